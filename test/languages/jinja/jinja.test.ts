import { describe, expect, test } from "vitest";
import { readJinja } from "../../../src/languages/jinja/jinja.ts";
import type { Statement } from "../../../src/program/program.ts";
import { MappedText } from "../../../src/source/mapped-text.ts";
import { SourceFile } from "../../../src/source/source-file.ts";

function read(text: string) {
  return readJinja(MappedText.ofFile(new SourceFile("a.j2", text)), "a.j2", () => undefined);
}

/** The source texts of the placeholders that are printed, in order. */
function placeholders(text: string): readonly string[] {
  const found: string[] = [];
  const visit = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === "assign" && statement.value.kind === "template") {
        for (const { kind, span } of statement.value.parts) {
          if (kind === "value") found.push(text.slice(span.start, span.end));
        }
      } else if (statement.kind === "if") {
        visit(statement.then);
        visit(statement.else);
      } else if (statement.kind === "forEach") visit(statement.body);
    }
  };
  visit(read(text).module.body);
  return found;
}

describe("places", () => {
  test.each([
    { text: "a {{ b }} c", expected: ["{{ b }}"] },
    { text: "{{- b.c | f(1) -}}", expected: ["{{- b.c | f(1) -}}"] },
    { text: '{{ {"a": {"b": 1}}["a"] }}{{ "}}" }}', expected: ['{{ {"a": {"b": 1}}["a"] }}', '{{ "}}" }}'] },
    { text: "{% if a %}{{ b }}{% else %}{{ c }}{% endif %}", expected: ["{{ b }}", "{{ c }}"] },
    { text: "don't {{ a }} isn't {{ b }}", expected: ["{{ a }}", "{{ b }}"] },
  ])("$text", ({ text, expected }) => {
    expect(placeholders(text)).toEqual(expected);
  });
});

describe("names that whoever renders it gives", () => {
  test.each([
    { text: "{{ a.b }}{{ c[d] }}", names: ["a", "c", "d"] },
    { text: "{% set a = b %}{{ a }}", names: ["b"] },
    { text: "{% for x in xs %}{{ loop.index }}{{ x }}{% endfor %}", names: ["xs"] },
    { text: "{% macro m(a) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}", names: ["b"] },
    { text: "{{ range(3) }}{{ true }}", names: [] },
  ])("$text", ({ text, names }) => {
    expect([...read(text).names].toSorted()).toEqual(names);
  });
});

describe("problems", () => {
  test.each([
    { text: "{{ a", message: "A tag is not closed, so the rest of the template is not read." },
    { text: "{% if a %}b", message: "The block `if` is not closed." },
    { text: "{{ a b }}", message: "`b` was not expected here, so a part of the tag is not read." },
  ])("$text", ({ text, message }) => {
    expect(read(text).module.problems.map((problem) => problem.message)).toEqual([message]);
  });
});

test("comments are kept for what they state", () => {
  expect(read("{# promptlint-scope: a=turn #}").module.comments.map(({ text }) => text)).toEqual([
    "promptlint-scope: a=turn",
  ]);
});
