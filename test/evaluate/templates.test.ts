import { describe, expect, test } from "vitest";
import { evaluateText } from "../support/evaluate-text.ts";

/** The texts a Jinja template renders to, as a Python program calls it. */
function render(
  template: string,
  args = "",
  files: Readonly<Record<string, string>> = {},
): readonly string[] {
  return evaluateText(
    "main.py",
    `
      import jinja2
      env = jinja2.Environment(loader=jinja2.FileSystemLoader("prompts"))
      def build(q, xs, flag):
          return env.get_template("a.j2").render(${args})
    `,
    { files: { "prompts/a.j2": template, ...files } },
  ).values.map(unquoted);
}

/** A printed text as it is. */
function unquoted(printed: string): string {
  return printed.replace(/^"(.*)"$/, "$1").replaceAll("\\n", "\n");
}

describe("Jinja", () => {
  test.each([
    { name: "variables", template: "Hi {{ q }}!", args: "q=q", expected: ["Hi <unknown>!"] },
    { name: "constants", template: "{{ a }}-{{ b.c }}", args: 'a=1, b={"c": "x"}', expected: ["1-x"] },
    { name: "a dict of variables", template: "{{ a }}", args: '{"a": "x"}', expected: ["x"] },
    {
      name: "comments and raw blocks",
      template: "{# no #}a{% raw %}{{ b }}{% endraw %}",
      expected: ["a{{ b }}"],
    },
    { name: "white space control", template: "a  {{- ' b ' -}}  c", expected: ["a b c"] },
    { name: "set", template: "{% set x = 'a' ~ 1 %}{{ x }}", expected: ["a1"] },
    { name: "set blocks", template: "{% set x %}a{{ 1 + 1 }}{% endset %}{{ x }}{{ x }}", expected: ["a2a2"] },
    {
      name: "known conditions",
      template: "{% if a > 2 %}x{% elif a %}y{% else %}z{% endif %}",
      args: "a=1",
      expected: ["y"],
    },
    {
      name: "unknown conditions",
      template: "a{% if flag %}b{% endif %}",
      args: "flag=flag",
      expected: ["ab", "a"],
    },
    {
      name: "conditional expressions",
      template: "{{ 'a' if b else 'c' }}",
      args: "b=False",
      expected: ["c"],
    },
    {
      name: "tags of Liquid",
      template:
        '{% assign x = q | append: "!" %}{% capture y %}b{% endcapture %}{% unless off %}{{ y }}{% endunless %}{% comment %}c{% endcomment %}{% if off %}d{% elsif on %}e{% endif %}',
      args: "on=True, off=False",
      expected: ["be"],
    },
    {
      name: "slices",
      template: "{{ 'abcdef'[:3] }}{{ 'abcdef'[2:4] }}{{ 'abcdef'[-1] }}",
      expected: ["abccdf"],
    },
    {
      name: "loops",
      template: "{% for x in xs %}{{ loop.index }}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}",
      args: 'xs=["a", "b"]',
      expected: ["1a, 2b"],
    },
    {
      name: "loops over pairs",
      template: "{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}",
      args: "d={'a': 1, 'b': 2}",
      expected: ["a=1;b=2;"],
    },
    {
      name: "filtered loops",
      template: "{% for x in [1, 2, 3] if x > 1 %}{{ x }}{% endfor %}",
      expected: ["23"],
    },
    {
      name: "empty loops",
      template: "{% for x in [] %}{{ x }}{% else %}none{% endfor %}",
      expected: ["none"],
    },
    {
      name: "macros",
      template: "{% macro m(a, b='!') %}<{{ a }}{{ b }}>{% endmacro %}{{ m('x') }}{{ m('y', b='?') }}",
      expected: ["<x!><y?>"],
    },
    {
      name: "filters",
      template: "{{ ' a ' | trim | upper }}{{ [1, 2] | join('+') }}{{ xs | length }}",
      args: "xs=[1]",
      expected: ["A1+21"],
    },
    {
      name: "a default",
      template: "{{ missing | default('d') }}{{ a | default('d') }}",
      args: "a='x'",
      expected: ["dx"],
    },
    { name: "defined or not", template: "{% if a is defined %}x{% else %}y{% endif %}", expected: ["y"] },
    {
      name: "filters that are not known",
      template: "{{ q | emojify }}",
      args: "q=q",
      expected: ["<unknown>"],
    },
    {
      name: "slices and calls of methods",
      template: "{{ 'abc'[1:] }}{{ 'a,b'.split(',')[0] }}",
      expected: ["bca"],
    },
    { name: "tags of extensions", template: "{% trans %}a{% endtrans %}b", expected: ["ab"] },
    { name: "what has no value", template: "[{{ a }}{{ a.b }}{{ c.d }}]", args: "c={}", expected: ["[]"] },
    { name: "with", template: "{% with a = 1 %}{{ a }}{% endwith %}", expected: ["1"] },
    { name: "filter blocks", template: "{% filter upper %}a{% endfilter %}", expected: ["A"] },
    { name: "one line end at the end", template: "a\n\n", expected: ["a\n"] },
  ])("$name", ({ template, args, expected }) => {
    expect(render(template, args)).toEqual(expected);
  });

  test("includes, also of the first template that exists", () => {
    const files = { "prompts/b.j2": "b{{ q }}" };
    expect(render("a{% include 'b.j2' %}{% include ['no.j2', 'b.j2'] %}", "q=1", files)).toEqual(["ab1b1"]);
  });

  test("blocks of the template it extends, with super", () => {
    const files = { "prompts/base.j2": "<{% block a %}1{% endblock %}{% block b %}2{% endblock %}>" };
    expect(render("{% extends 'base.j2' %}{% block a %}[{{ super() }}]{% endblock %}", "", files)).toEqual([
      "<[1]2>",
    ]);
  });

  test("imported macros", () => {
    const files = { "prompts/m.j2": "{% macro m(a) %}({{ a }}){% endmacro %}" };
    expect(render("{% from 'm.j2' import m as n %}{{ n(1) }}", "", files)).toEqual(["(1)"]);
    expect(render("{% import 'm.j2' as m %}{{ m.m(2) }}", "", files)).toEqual(["(2)"]);
  });

  test("a template that includes itself ends", () => {
    expect(render("a{% include 'a.j2' %}")[0]).toMatch(/^a/);
  });

  test.each([
    { name: "Template(text)", code: "jinja2.Template('a{{ x }}').render(x=q)" },
    { name: "from_string", code: "jinja2.Environment().from_string('a{{ x }}').render({'x': q})" },
    { name: "a file read by the program", code: "jinja2.Template(Path('t.txt').read_text()).render(x=q)" },
    { name: "a template with a value in it", code: "jinja2.Template('a' + q).render()" },
    { name: "a global", code: "make(q)" },
    { name: "a filter of the program's own", code: "filtered(q)" },
  ])("$name", ({ code }) => {
    const { values } = evaluateText(
      "main.py",
      `
        import jinja2
        from pathlib import Path
        def make(q):
            env = jinja2.Environment(loader=jinja2.DictLoader({"t": "a{{ x }}"}))
            env.globals["x"] = q
            return env.get_template("t").render()
        def filtered(q):
            env = jinja2.Environment()
            env.filters["last"] = lambda pair, more: pair[1] + more
            return env.from_string("a{{ x | last('') }}").render(x=["b", q])
        def build(q):
            return ${code}
      `,
      { files: { "t.txt": "a{{ x }}" } },
    );
    expect(values.map(unquoted)).toEqual(["a<unknown>"]);
  });
});

describe("Handlebars", () => {
  test.each([
    {
      name: "variables",
      template: "Hi {{q}} {{{a.b}}}!",
      args: "{ q, a: { b: 1 } }",
      expected: ["Hi <unknown> 1!"],
    },
    { name: "comments", template: "a{{! no }}{{!-- no --}}b", args: "{}", expected: ["ab"] },
    {
      name: "if and else",
      template: "{{#if a}}x{{else}}y{{/if}}{{#unless a}}z{{/unless}}",
      args: "{ a: false }",
      expected: ["yz"],
    },
    { name: "unknown conditions", template: "{{#if q}}x{{/if}}y", args: "{ q }", expected: ["xy", "y"] },
    {
      name: "each",
      template: "{{#each xs}}{{this.n}}{{../s}}{{/each}}",
      args: '{ xs: [{ n: 1 }, { n: 2 }], s: ";" }',
      expected: ["1;2;"],
    },
    {
      name: "each with a name",
      template: "{{#each xs as |x|}}{{x}}{{/each}}",
      args: "{ xs: [1, 2] }",
      expected: ["12"],
    },
    { name: "with", template: "{{#with a}}{{b}}{{/with}}", args: "{ a: { b: 1 } }", expected: ["1"] },
    {
      name: "sections over lists",
      template: "{{#xs}}{{n}},{{/xs}}",
      args: "{ xs: [{ n: 1 }, { n: 2 }] }",
      expected: ["1,2,"],
    },
    {
      name: "sections as conditions",
      template: "{{#on}}{{n}}{{/on}}{{^on}}off{{/on}}",
      args: "{ on: true, n: 3 }",
      expected: ["3"],
    },
    {
      name: "comparisons",
      template: '{{#if (eq a "x")}}1{{else}}2{{/if}}',
      args: '{ a: "x" }',
      expected: ["1"],
    },
    {
      name: "helpers of the program",
      template: "{{shout q}}",
      args: "{ q }",
      expected: ["<unknown>"],
    },
    {
      name: "standalone tags take their lines",
      template: "a\n{{#if b}}\nc\n{{/if}}\nd",
      args: "{ b: true }",
      expected: ["a\nc\nd"],
    },
    {
      name: "a partial that the template defines",
      template: '{{#*inline "head"}}[{{q}}{{n}}]{{/inline}}{{> head n=1}}{{> head n=2}}',
      args: "{ q }",
      expected: ["[<unknown>1][<unknown>2]"],
    },
    {
      name: "a partial that uses itself ends",
      template: '{{#*inline "head"}}a{{> head}}{{/inline}}{{> head}}',
      args: "{}",
      expected: ["aaaaaaaa<unknown>"],
    },
    {
      name: "the block of a partial that is not in view",
      template: "{{#> missing}}a{{q}}{{/missing}}",
      args: "{ q }",
      expected: ["a<unknown>"],
    },
    {
      name: "delimiters of its own",
      template: "{{a}}{{=<% %>=}}<% a %> {{b}}<%={{ }}=%>{{a}}",
      args: "{ a: 1, b: 2 }",
      expected: ["11 {{b}}1"],
    },
    {
      name: "text that is no Handlebars keeps its placeholders",
      template: "{{#if}} {{q}}",
      args: "{ q }",
      expected: ["{{#if}} <unknown>"],
    },
  ])("$name", ({ template, args, expected }) => {
    const { values } = evaluateText(
      "main.ts",
      `
        import Handlebars from "handlebars";
        import { readFileSync } from "node:fs";
        export function build(q: string) {
          return Handlebars.compile(readFileSync("a.hbs", "utf8"))(${args});
        }
      `,
      { files: { "a.hbs": template } },
    );
    expect(values.map(unquoted)).toEqual(expected);
  });

  test("a partial prints the block it is given", () => {
    const { values } = evaluateText(
      "main.ts",
      `
        import Handlebars from "handlebars";
        import { readFileSync } from "node:fs";
        export function build(q: string) {
          return Handlebars.compile(readFileSync("prompts/a.hbs", "utf8"))({ q });
        }
      `,
      {
        files: {
          "prompts/a.hbs": "{{#> layout}}Ask {{q}}{{/layout}}",
          "prompts/layout.hbs": "<{{> @partial-block}}>",
        },
      },
    );
    expect(values.map(unquoted)).toEqual(["<Ask <unknown>>"]);
  });

  test("partials", () => {
    const { values } = evaluateText(
      "main.ts",
      `
        import Handlebars from "handlebars";
        import { readFileSync } from "node:fs";
        export function build(q: string) {
          return Handlebars.compile(readFileSync("prompts/a.hbs", "utf8"))({ q });
        }
      `,
      { files: { "prompts/a.hbs": '{{> style tone="dry"}}{{q}}', "prompts/_style.hbs": "Be {{tone}}. " } },
    );
    expect(values.map(unquoted)).toEqual(["Be dry. <unknown>"]);
  });
});
