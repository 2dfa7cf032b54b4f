import { describe, expect, test } from "vitest";
import { decodeFStringText, decodeStringContent } from "../../../src/languages/python/string-literal.ts";

const text = { isRaw: false, isBytes: false };

describe("decodeStringContent", () => {
  const cases: readonly (readonly [name: string, content: string, decoded: string])[] = [
    ["plain text", "abc", "abc"],
    ["simple escapes", String.raw`\n\t\r\a\b\f\v\\\'\"`, "\n\t\r\x07\b\f\v\\'\""],
    ["hexadecimal", String.raw`\x41\xe9`, "Aé"],
    ["16 and 32 bits", String.raw`\u00e9\U0001F389`, "é🎉"],
    ["octal", String.raw`\101\0\377`, "A\0ÿ"],
    ["an octal escape has three digits at most", String.raw`\1012`, "A2"],
    ["a continued line", "a\\\nb\\\r\nc", "abc"],
    ["line ends", "a\r\nb\rc\nd", "a\nb\nc\nd"],
    ["an unknown escape stays", String.raw`\d\q`, String.raw`\d\q`],
    ["a broken escape stays", String.raw`\x4 \u12 \U00110000`, String.raw`\x4 \u12 \U00110000`],
    ["an escaped backslash begins no escape", String.raw`\\n`, String.raw`\n`],
    ["a named character is stood for", String.raw`\N{LATIN SMALL LETTER A}b`, "\uFFFDb"],
  ];
  test.each(cases)("%s", (_, content, decoded) => {
    expect(decodeStringContent(content, text)).toBe(decoded);
  });

  test("raw text keeps its backslashes", () => {
    expect(decodeStringContent("\\n\\\r\n", { isRaw: true, isBytes: false })).toBe("\\n\\\n");
  });

  test("bytes know no Unicode escapes", () => {
    expect(decodeStringContent(String.raw`\x41\u0041\N{BULLET}`, { isRaw: false, isBytes: true })).toBe(
      String.raw`A\u0041\N{BULLET}`,
    );
  });
});

describe("decodeFStringText", () => {
  const cases: readonly (readonly [name: string, content: string, decoded: string])[] = [
    ["doubled braces", "a{{b}}c", "a{b}c"],
    ["doubled braces next to each other", "{{{{}}", "{{}"],
    ["escapes between braces", String.raw`{{\n}}\t`, "{\n}\t"],
    ["a named character beside braces", String.raw`{{\N{BULLET}}}`, "{\uFFFD}"],
    ["a backslash in front of a name", String.raw`{{\\N{{`, String.raw`{\N{`],
  ];
  test.each(cases)("%s", (_, content, decoded) => {
    expect(decodeFStringText(content, false)).toBe(decoded);
  });

  test("raw text keeps its backslashes", () => {
    expect(decodeFStringText(String.raw`\n{{`, true)).toBe(String.raw`\n{`);
  });
});
