import { describe, expect, test } from "vitest";
import { hclComments, readHcl } from "../../../src/languages/hcl/hcl.ts";
import { SourceFile, type Span } from "../../../src/source/source-file.ts";
import type { Value } from "../../../src/value/value.ts";

interface Row {
  readonly name: string;
  readonly text: string;
  readonly value: unknown;
}

/** A value as JavaScript has it, with what is unknown between angle brackets, as it is written. */
function plain(value: Value | undefined, source: string): unknown {
  const written = ({ start, end }: Span): string => `<${source.slice(start, end)}>`;
  switch (value?.type) {
    case "text":
      return value.parts.map((part) => (part.kind === "literal" ? part.text : written(part.span))).join("");
    case "constant":
      return value.value;
    case "list":
      return value.elements.map((element) => plain(element.value, source));
    case "record":
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plain(entry.value, source)]));
    case "opaque":
      return written(value.span);
    default:
      return undefined;
  }
}

function read(text: string) {
  const { values, problems } = readHcl(new SourceFile("main.tf", text));
  return {
    value: plain(values[0]?.value, text),
    problems: problems.map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message}`),
  };
}

describe("values", () => {
  test.each<Row>([
    { name: "numbers", text: "[1, -2.5e1, 0]", value: [1, -25, 0] },
    { name: "words", text: "[true, false, null]", value: [true, false, null] },
    { name: "a list over lines, with a comma at its end", text: "[\n  1, # one\n  2,\n]", value: [1, 2] },
    { name: "an empty list", text: "[ ]", value: [] },
    { name: "an object", text: '{ a = 1, "b c": 2\n  3 = "d" }', value: { 3: "d", a: 1, "b c": 2 } },
    { name: "a key that is worked out", text: "{ (var.k) = 1, b = 2 }", value: { b: 2 } },
    { name: "a value in brackets", text: "(\n 1\n)", value: 1 },
    { name: "a variable", text: "var.x", value: "<var.x>" },
    {
      name: "members, lookups and splats",
      text: 'a.b[0]["c"].*.d[*]',
      value: '<a.b[0]["c"].*.d[*]>',
    },
    { name: "a call", text: 'join(", ", [var.x])', value: '<join(", ", [var.x])>' },
    {
      name: "a call of a provider's function",
      text: "provider::aws::arn(1)",
      value: "<provider::aws::arn(1)>",
    },
    { name: "a condition", text: 'var.x ? "a" : "b"', value: '<var.x ? "a" : "b">' },
    { name: "a sum", text: "1 + 2", value: "<1 + 2>" },
    { name: "a negation", text: "!var.x", value: "<!var.x>" },
    { name: "a loop over a list", text: "[for x in y : x]", value: "<[for x in y : x]>" },
    {
      name: "a loop over an object",
      text: "{ for k, v in y : k => v }",
      value: "<{ for k, v in y : k => v }>",
    },
    { name: "a list of a name `for`", text: "[for]", value: ["<for>"] },
  ])("$name", ({ text, value }) => {
    expect(read(`a = ${text}\nb = 1`)).toEqual({ value: { a: value, b: 1 }, problems: [] });
  });
});

describe("texts", () => {
  test.each<Row>([
    { name: "escapes", text: String.raw`"a\n\t\"\\ \u00e9\U0001F600"`, value: 'a\n\t"\\ é😀' },
    { name: "an empty text", text: '""', value: "" },
    { name: "a value", text: '"a ${var.x} b"', value: "a <${var.x}> b" },
    { name: "nothing but a value", text: '"${var.x}"', value: "<var.x>" },
    { name: "texts inside of texts", text: '"a ${"b ${"c"} }"} d"', value: "a b c } d" },
    { name: "a number and a text in text", text: '"${1} ${"x"}"', value: "1 x" },
    { name: "brackets of objects in a value", text: '"a ${f({ b = "}" })}"', value: 'a <${f({ b = "}" })}>' },
    { name: "signs that are doubled", text: '"$${x} %%{y} $x 5%"', value: "${x} %{y} $x 5%" },
    { name: "white space that is taken away", text: '"a ${~ "b" ~} c"', value: "abc" },
    {
      name: "a condition",
      text: '"a %{ if x }b %{ if y }c%{ endif }%{ else }d%{ endif } e"',
      value: "a <%{ if x }b %{ if y }c%{ endif }%{ else }d%{ endif }> e",
    },
    { name: "braces that are text", text: '"{{question}} }"', value: "{{question}} }" },
    { name: "a heredoc", text: "<<EOT\n  a\n b ${var.x}\n  EOT", value: "  a\n b <${var.x}>\n" },
    {
      name: "a heredoc without its indentation",
      text: "<<-EOT\n    a\n\n  b\n      c\n  EOT",
      value: "  a\n\nb\n    c\n",
    },
    { name: "a value at the start of a line", text: '<<-EOT\n  a\n${"b"}\n  EOT', value: "  a\nb\n" },
    { name: "a value behind the indentation", text: '<<-EOT\n    a\n  ${"b"}\n  EOT', value: "  a\nb\n" },
    { name: "no escapes in a heredoc", text: '<<EOT\na\\n "b" # c\nEOT', value: 'a\\n "b" # c\n' },
    { name: "an empty heredoc", text: "<<EOT\nEOT", value: "" },
    {
      name: "a loop in a heredoc",
      text: "<<EOT\n%{ for x in y ~}\n${x}\n%{ endfor ~}\nz\nEOT",
      value: "<%{ for x in y ~}\n${x}\n%{ endfor ~}>z\n",
    },
    { name: "Windows line ends", text: "<<-EOT\r\n    a\r\n\r\n  b\r\n  EOT\r", value: "  a\r\n\r\nb\r\n" },
  ])("$name", ({ text, value }) => {
    expect(read(`a = ${text}\nb = 1`)).toEqual({ value: { a: value, b: 1 }, problems: [] });
  });
});

describe("blocks", () => {
  test.each<Row>([
    { name: "one without labels", text: "locals {\n a = 1\n}", value: { locals: { a: 1 } } },
    { name: "one in a line", text: 'a { b = "c" }', value: { a: { b: "c" } } },
    { name: "an empty one", text: "a {}", value: { a: {} } },
    { name: "labels", text: 'r "t" n {\n a = 1\n}', value: { r: { t: { n: { a: 1 } } } } },
    {
      name: "blocks that share labels",
      text: 'r "t" "a" {}\nr "t" "b" {}\nr "u" "a" {}',
      value: { r: { t: { a: {}, b: {} }, u: { a: {} } } },
    },
    {
      name: "blocks of one kind",
      text: "m {\n a = 1\n}\nn {}\nm {\n a = 2\n}",
      value: { m: [{ a: 1 }, { a: 2 }], n: {} },
    },
    { name: "blocks in blocks", text: "a {\n  b {\n    c {}\n  }\n}", value: { a: { b: { c: {} } } } },
    {
      name: "comments",
      text: "# a\n// b\na /* { */ {\n  b = 1 # c\n  c = 2 // d\n}",
      value: { a: { b: 1, c: 2 } },
    },
    {
      name: "names that all objects of JavaScript have",
      text: "a = 1\nb { c = 2 }\nconstructor {}",
      value: { a: 1, b: { c: 2 }, constructor: {} },
    },
    { name: "nothing", text: "", value: {} },
  ])("$name", ({ text, value }) => {
    expect(read(text)).toEqual({ value, problems: [] });
  });
});

describe("mistakes", () => {
  test.each<Row & { readonly problems: readonly string[] }>([
    {
      name: "a missing value",
      text: "a = \nb = 1",
      value: { a: undefined, b: 1 },
      problems: ["\n: A value was expected here."],
    },
    {
      name: "a text without its end",
      text: 'a = "b\nb = 1',
      value: { a: "b", b: 1 },
      problems: ['": This text has no closing quote in its line.'],
    },
    {
      name: "a template without its end",
      text: 'a = "b ${c"\nb = 1',
      value: { a: "b ${c", b: 1 },
      problems: ["${: No brace closes this template."],
    },
    {
      name: "a heredoc without its end",
      text: "a = <<EOT\nb\n",
      value: { a: "b\n" },
      problems: ["<<EOT\n: This text has no line with `EOT` that ends it."],
    },
    {
      name: "a block without its end",
      text: 'a "b" {\n  c {\n    d = 1\n}\ne "f" {\n  g = 1\n}',
      value: { a: { b: { c: { d: 1 } } }, e: { f: { g: 1 } } },
      problems: ["{: Nothing closes this block."],
    },
    {
      name: "a list without its end",
      text: "a {\n  b = [1\n}\nc = 1",
      value: { a: { b: "<[1>" }, c: 1 },
      problems: ["[: Nothing closes this `[`."],
    },
    {
      name: "a brace too many",
      text: "a {\n}\n}\nb = 1",
      value: { a: {}, b: 1 },
      problems: ["}: An attribute or a block was expected here."],
    },
    {
      name: "something else",
      text: "a b c\n; d\ne = 1",
      value: { e: 1 },
      problems: [
        ";: There is a character that HCL does not know.",
        "a: An attribute or a block was expected here.",
      ],
    },
    {
      name: "a list without commas",
      text: "a = [1 2]\nb = 1",
      value: { a: ["<1 2>"], b: 1 },
      problems: [],
    },
    {
      name: "an object without a sign",
      text: "a = {\n  b 1\n  c = 2\n}",
      value: { a: { c: 2 } },
      problems: ["b: A key with `=` or `:` behind it was expected here."],
    },
    {
      name: "a comment without its end",
      text: "a = 1\n/* b = 2",
      value: { a: 1 },
      problems: ["/*: This comment has no end."],
    },
  ])("$name", ({ text, value, problems }) => {
    expect(read(text)).toEqual({ value, problems });
  });

  test.each([
    { name: "lists", open: "a = ", text: "[", close: "]" },
    { name: "templates", open: "a = ", text: '"${', close: '}"' },
    { name: "calls", open: "a = ", text: "f(", close: ")" },
    { name: "blocks", open: "", text: "a {\n", close: "}\n" },
    { name: "lists that nothing closes", open: "a = ", text: "[", close: "" },
    { name: "templates that nothing closes", open: "a = ", text: '"${', close: "" },
  ])("$name nested very deeply are a problem", ({ open, text, close }) => {
    const depth = 20_000;
    const { problems } = read(`${open}${text.repeat(depth)}${close.repeat(depth)}\nb = 1`);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(20);
  });

  test("a file that is too large is not read", () => {
    const { values, problems } = readHcl(new SourceFile("main.tf", " ".repeat(1_000_001)));
    expect({ values, severities: problems.map(({ severity }) => severity) }).toEqual({
      values: [],
      severities: ["error"],
    });
  });
});

describe("places", () => {
  const text = 'r "t" "n" {\n  a = "x ${var.y} z"\n  m {}\n  m { b = 1 }\n}\n';
  const { values } = readHcl(new SourceFile("main.tf", text));
  const at = ({ start, end }: Span): string => text.slice(start, end);
  const entry = (value: Value | undefined, key: string) =>
    value?.type === "record" ? value.entries.get(key) : undefined;
  const body = entry(entry(entry(values[0]?.value, "r")?.value, "t")?.value, "n");

  test("of a block", () => {
    expect(at(body!.span)).toBe(text.trim());
  });

  test("of an attribute and its value", () => {
    const attribute = entry(body?.value, "a")!;
    expect([at(attribute.entrySpan), at(attribute.span)]).toEqual(['a = "x ${var.y} z"', '"x ${var.y} z"']);
  });

  test("of the parts of a text, and of the value in it", () => {
    const value = entry(body?.value, "a")!.value;
    const parts = value.type === "text" ? value.parts : [];
    expect(parts.map(({ span }) => at(span))).toEqual(["x ", "${var.y}", " z"]);
    expect(parts.map((part) => part.kind === "hole" && at(part.hole.span))).toEqual([false, "var.y", false]);
  });

  test("of blocks of one kind", () => {
    const blocks = entry(body?.value, "m")!.value;
    expect(blocks.type === "list" && blocks.elements.map(({ span }) => at(span))).toEqual([
      "m {}",
      "m { b = 1 }",
    ]);
  });
});

test("comments, and texts that hold none", () => {
  const text = '# one\na = <<EOT\n# text\nEOT\n/* two\n * lines */ b = "# text" // three\n';
  const { comments, texts } = hclComments(new SourceFile("main.tf", text));
  expect(comments.map((comment) => comment.text)).toEqual(["one", "two\n lines", "three"]);
  expect(texts.map(({ start, end }) => text.slice(start, end))).toEqual(["<<EOT\n# text\nEOT"]);
});
