import { describe, expect, test } from "vitest";
import { dedent } from "../support/dedent.ts";
import { handbook } from "../support/handbook.ts";
import { lintTexts } from "../support/lint-texts.ts";

type Texts = Readonly<Record<string, string>>;

const python = `
  import anthropic
  from datetime import datetime
  def send(text):
      anthropic.Anthropic().messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[{"role": "user", "content": "Hi"}],
          system=[{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}])
`;

const typeScript = `
  import Anthropic from "@anthropic-ai/sdk";
  export const send = (text: string) =>
    new Anthropic().messages.create({ model: "claude-sonnet-4-5", max_tokens: 9, messages: [{ role: "user", content: "Hi" }],
      system: [{ type: "text", text, cache_control: { type: "ephemeral" } }] });
`;

/** What is found: the rule, the file, and the text it points at. */
function found(texts: Texts): readonly string[] {
  const { findings } = lintTexts(texts);
  return findings.map(({ ruleId, at }) => `${ruleId} ${at.file} ${texts[at.file]!.slice(at.start, at.end)}`);
}

/** What a service does with each request; a script that sends once repeats nothing. */
const inService = {
  python: (code: string) => code.replace(/^send\(.*$/m, (call) => `def handle():\n    ${call}`),
  typeScript: (code: string) =>
    code.replace(/^send\(.*$/m, (call) => `export async function handle() { return ${call} }`),
};

interface Case {
  readonly name: string;
  /** Behind the definition of `send`; what it sends, it sends anew for each request. */
  readonly code: string;
  readonly file: string;
  /** Stands in front of the handbook. */
  readonly template: string;
  readonly at: string;
}

const pythonCases: readonly Case[] = [
  {
    name: "str.format",
    code: `send(open("prompts/desk.txt").read().format(shop="Fern", stamp=datetime.now()))`,
    file: "prompts/desk.txt",
    template: "For {shop}, {{json}}, now {stamp:%H:%M}. ",
    at: "{stamp:%H:%M}",
  },
  {
    name: "the % operator",
    code: `send(open("prompts/desk.txt").read() % {"shop": "Fern", "stamp": datetime.now()})`,
    file: "prompts/desk.txt",
    template: "For %(shop)s, 100%%, now %(stamp)s. ",
    at: "%(stamp)s",
  },
  {
    name: "replace",
    code: `send(open("prompts/desk.md").read().replace("[[NOW]]", str(datetime.now())))`,
    file: "prompts/desk.md",
    template: "Now [[NOW]]. ",
    at: "[[NOW]]",
  },
  {
    name: "string.Template",
    code: `
      from string import Template
      send(Template(open("prompts/desk.txt").read()).substitute(shop="Fern", stamp=datetime.now()))
    `,
    file: "prompts/desk.txt",
    template: "For $shop, $$5, now ${stamp}. ",
    at: "${stamp}",
  },
  {
    name: "PromptTemplate.from_file",
    code: `
      from langchain_core.prompts import PromptTemplate
      send(PromptTemplate.from_file("prompts/desk.txt").format(stamp=datetime.now()))
    `,
    file: "prompts/desk.txt",
    template: "Now {stamp}. ",
    at: "{stamp}",
  },
  {
    name: "PromptTemplate.partial",
    code: `
      from langchain_core.prompts import PromptTemplate
      desk = PromptTemplate.from_file("prompts/desk.txt", partial_variables={"shop": "Fern"})
      send(desk.partial(stamp=datetime.now).format())
    `,
    file: "prompts/desk.txt",
    template: "For {shop}, now {stamp}. ",
    at: "{stamp}",
  },
  {
    name: "chevron with a section",
    code: `
      import chevron, random
      send(chevron.render(open("prompts/desk.mustache").read(), {"examples": random.sample(["a", "b", "c"], 2)}))
    `,
    file: "prompts/desk.mustache",
    template: "{{#examples}}Like {{text}}. {{/examples}}",
    at: "{{text}}",
  },
  {
    name: "a partial handed to chevron",
    code: `
      import chevron
      send(chevron.render("{{> head}}", {"stamp": datetime.now()}, partials_dict={"head": open("prompts/head.txt").read()}))
    `,
    file: "prompts/head.txt",
    template: "Now {{stamp}}. ",
    at: "{{stamp}}",
  },
  {
    name: "a template that another one of a DictLoader includes",
    code: `
      from jinja2 import DictLoader, Environment
      env = Environment(loader=DictLoader({"desk": "{% include 'head' %}", "head": open("prompts/head.txt").read()}))
      send(env.get_template("desk").render(stamp=datetime.now()))
    `,
    file: "prompts/head.txt",
    template: "Now {{ stamp }}. ",
    at: "{{ stamp }}",
  },
  {
    name: "chevron with an open file",
    code: `
      import chevron
      f = open("prompts/desk.mustache")
      send(chevron.render(f, {"stamp": datetime.now()}))
    `,
    file: "prompts/desk.mustache",
    template: "Now {{stamp}}. ",
    at: "{{stamp}}",
  },
  {
    name: "an environment of Jinja with delimiters of its own",
    code: `
      from jinja2 import Environment, FileSystemLoader
      env = Environment(loader=FileSystemLoader("prompts"), variable_start_string="<<", variable_end_string=">>",
          block_start_string="<%", block_end_string="%>", comment_start_string="<#", comment_end_string="#>")
      send(env.get_template("desk.txt").render(stamp=datetime.now()))
    `,
    file: "prompts/desk.txt",
    template: "<# note #>{{ braces }} <% if stamp %>now << stamp >><% endif %>. ",
    at: "<< stamp >>",
  },
  {
    name: "Liquid",
    code: `
      from liquid import Template
      send(Template(open("prompts/desk.liquid").read()).render(stamp=datetime.now(), shop="Fern"))
    `,
    file: "prompts/desk.liquid",
    template: `{% assign title = shop | append: "!" %}{% unless shop %}x{% endunless %}{{ title }} {{ stamp }}. `,
    at: "{{ stamp }}",
  },
  {
    name: "a date cut out in the template",
    code: `
      from jinja2 import Environment, PackageLoader
      send(Environment(loader=PackageLoader("desk")).get_template("desk.j2").render(stamp=datetime.now().isoformat()))
    `,
    file: "desk/templates/desk.j2",
    template: "On {{ stamp[:10] }} at {{ stamp[11:16] }}. ",
    at: "{{ stamp[11:16] }}",
  },
];

const typeScriptCases: readonly Case[] = [
  {
    name: "nunjucks with a loader",
    code: `
      import nunjucks from "nunjucks";
      const env = new nunjucks.Environment(new nunjucks.FileSystemLoader("prompts"));
      send(env.getTemplate("desk.njk").render({ stamp: new Date() }));
    `,
    file: "prompts/desk.njk",
    template: "Now {{ stamp }}. ",
    at: "{{ stamp }}",
  },
  {
    name: "Liquid with a root",
    code: `
      import { Liquid } from "liquidjs";
      const engine = new Liquid({ root: "prompts", extname: ".liquid" });
      send(await engine.renderFile("desk", { stamp: Date.now() }));
    `,
    file: "prompts/desk.liquid",
    template: "{% comment %}no{% endcomment %}Now {{ stamp }}. ",
    at: "{{ stamp }}",
  },
  {
    name: "EJS",
    code: `
      import ejs from "ejs";
      send(await ejs.renderFile("prompts/desk.ejs", { desk: { name: "Fern", stamp: Date.now() } }));
    `,
    file: "prompts/desk.ejs",
    template: "<% if (desk) { %>For <%- desk.name %>, <%= desk.stamp %><% } %>. ",
    at: "<%= desk.stamp %>",
  },
  {
    name: "lodash",
    code: `
      import _ from "lodash";
      import { readFileSync } from "node:fs";
      send(_.template(readFileSync("prompts/desk.txt", "utf8"))({ stamp: Date.now() }));
    `,
    file: "prompts/desk.txt",
    template: "Now <%= stamp %>. ",
    at: "<%= stamp %>",
  },
  {
    name: "PromptTemplate.fromTemplate",
    code: `
      import { PromptTemplate } from "@langchain/core/prompts";
      import { readFileSync } from "node:fs";
      send(await PromptTemplate.fromTemplate(readFileSync("prompts/desk.txt", "utf8")).format({ stamp: Date.now() }));
    `,
    file: "prompts/desk.txt",
    template: "Now {stamp}. ",
    at: "{stamp}",
  },
  {
    name: "a template below the working folder that is kept",
    code: `
      import Handlebars from "handlebars";
      import { promises as fs } from "node:fs";
      import path from "node:path";
      const kept = new Map();
      const load = async (name: string) => {
        let template = kept.get(name);
        if (!template) kept.set(name, (template = Handlebars.compile(
          await fs.readFile(path.join(process.cwd(), "prompts", \`\${name}.hbs\`), "utf8"))));
        return template;
      };
      send((await load("desk"))({ stamp: Date.now() }));
    `,
    file: "prompts/desk.hbs",
    template: "Now {{stamp}}. ",
    at: "{{stamp}}",
  },
  {
    name: "a partial registered from another file",
    code: `
      import Handlebars from "handlebars";
      import { readFileSync } from "node:fs";
      Handlebars.registerPartial("header", readFileSync("prompts/parts/top.hbs", "utf8"));
      const template = Handlebars.compile("{{> header}}Answer.");
      send(template({ stamp: Date.now() }));
    `,
    file: "prompts/parts/top.hbs",
    template: "Now {{stamp}}. ",
    at: "{{stamp}}",
  },
  {
    name: "a partial beside the template",
    code: `
      import Handlebars from "handlebars";
      import { readFileSync } from "node:fs";
      send(Handlebars.create().compile(readFileSync("prompts/desk.hbs", "utf8"))({ stamp: Date.now() }));
    `,
    file: "prompts/partials/header.hbs",
    template: "Now {{stamp}}. ",
    at: "{{stamp}}",
  },
  {
    name: "a partial handed to Mustache",
    code: `
      import Mustache from "mustache";
      import { readFileSync } from "node:fs";
      send(Mustache.render("{{> header}}Answer.", { stamp: Date.now() }, { header: readFileSync("prompts/top.txt", "utf8") }));
    `,
    file: "prompts/top.txt",
    template: "Now {{stamp}}. ",
    at: "{{stamp}}",
  },
  {
    name: "a helper that asks the clock",
    code: `
      import Handlebars from "handlebars";
      import { readFileSync } from "node:fs";
      Handlebars.registerHelper("now", () => new Date().toISOString());
      send(Handlebars.compile(readFileSync("prompts/desk.hbs", "utf8"))({ shop: "Fern" }));
    `,
    file: "prompts/desk.hbs",
    template: "For {{shop}}, now {{now}}. ",
    at: "{{now}}",
  },
  {
    name: "a global of nunjucks",
    code: `
      import nunjucks from "nunjucks";
      const env = nunjucks.configure("prompts", { autoescape: false });
      env.addGlobal("now", () => new Date().toISOString());
      send(env.render("desk.njk", { shop: "Fern" }));
    `,
    file: "prompts/desk.njk",
    template: "For {{ shop }}, now {{ now() }}. ",
    at: "{{ now() }}",
  },
  {
    name: "a pattern and a function",
    code: `
      import { readFileSync } from "node:fs";
      const fill = (text: string, values: Record<string, string>) => text.replace(/\\{\\{(\\w+)\\}\\}/g, (_, name) => values[name] ?? "");
      send(fill(readFileSync(new URL("./prompts/desk.md", import.meta.url), "utf8"), { stamp: new Date().toISOString() }));
    `,
    file: "prompts/desk.md",
    template: "Now {{stamp}}. ",
    at: "{{stamp}}",
  },
];

describe("the placeholder is named where a template in a file is filled by", () => {
  test.each(pythonCases)("$name", ({ code, file, template, at }) => {
    const texts = {
      "app.py": `${dedent(python)}\n${inService.python(dedent(code))}`,
      [file]: template + handbook,
    };
    expect(found(texts)).toEqual([`no-dynamic-prefix ${file} ${at}`]);
  });

  test.each(typeScriptCases)("$name", ({ code, file, template, at }) => {
    const texts = {
      "app.ts": `${dedent(typeScript)}\n${inService.typeScript(dedent(code))}`,
      [file]: template + handbook,
      ...(file.includes("/partials/") && { "prompts/desk.hbs": "{{> header}}" }),
    };
    expect(found(texts)).toEqual([`no-dynamic-prefix ${file} ${at}`]);
  });

  test("a value that a block of YAML holds", () => {
    const texts = {
      "app.py": `${dedent(python)}\nimport yaml\ndef handle():\n    send(yaml.safe_load(open("prompts.yaml"))["desk"].format(stamp=datetime.now()))\n`,
      "prompts.yaml": `desk: |\n  Now {stamp}.\n${handbook.replaceAll(/^/gm, "  ")}\n`,
    };
    expect(found(texts)).toEqual(["no-dynamic-prefix prompts.yaml {stamp}"]);
  });
});

test("a chain fills the template of a file at its placeholder", () => {
  const texts = {
    "app.py": dedent(`
      from langchain_anthropic import ChatAnthropic
      from langchain_core.prompts import PromptTemplate
      chain = PromptTemplate.from_file("prompts/desk.txt") | ChatAnthropic(model="claude-sonnet-4-5")
      def ask(question):
          return chain.invoke({"question": question})
    `),
    "prompts/desk.txt": `They ask {question}. ${handbook}`,
  };
  expect(found(texts)).toEqual(["no-static-after-dynamic prompts/desk.txt {question}"]);
});

test("a template that stands in code is named where it is filled", () => {
  const texts = {
    "app.py": `${dedent(python)}\nTEXT = """Now {stamp}. ${handbook}"""\ndef handle():\n    send(TEXT.format(stamp=datetime.now()))\n`,
  };
  expect(found(texts)).toEqual(["no-dynamic-prefix app.py datetime.now()"]);
});

test("helpers of a module that is imported for nothing else", () => {
  const texts = {
    "app.ts": dedent(`
      import "./register.ts";
      import Anthropic from "@anthropic-ai/sdk";
      import Handlebars from "handlebars";
      import { readFileSync } from "node:fs";
      const client = new Anthropic();
      const render = Handlebars.compile(readFileSync("desk.hbs", "utf8"));
      export const ask = (content: string) =>
        client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, messages: [{ role: "user", content }],
          system: [{ type: "text", text: render({}), cache_control: { type: "ephemeral" } }] });
    `),
    "register.ts": dedent(`
      import Handlebars from "handlebars";
      Handlebars.registerHelper("now", () => new Date().toISOString());
    `),
    "desk.hbs": `Now {{now}}. ${handbook}`,
  };
  expect(found(texts)).toEqual(["no-dynamic-prefix desk.hbs {{now}}"]);
});
