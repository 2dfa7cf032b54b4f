import { describe, expect, test } from "vitest";
import { alignText, MappedText } from "../../src/source/mapped-text.ts";

/** Each piece of a text with what stands at its place in the source. */
function align(text: string, source: string): readonly (readonly [string, string])[] {
  const pieces = alignText(text, source, { file: "a", start: 0, end: source.length });
  return pieces.map((piece) => [piece.text, source.slice(piece.span.start, piece.span.end)]);
}

describe("alignText", () => {
  test.each([
    { name: "quotes around it", text: "a {{b}}", source: '"a {{b}}"', pieces: [["a {{b}}", "a {{b}}"]] },
    {
      name: "indentation taken out",
      text: "a b\nc",
      source: "|\n    a b\n    c",
      pieces: [
        ["a b", "a b"],
        ["c", "c"],
      ],
    },
    {
      name: "escapes",
      text: "a\n\n{{b}}",
      source: String.raw`"a\n\n{{b}}"`,
      pieces: [
        ["a", "a"],
        ["{{b}}", "{{b}}"],
      ],
    },
    {
      name: "a word that is written otherwise has the place of the whole",
      text: 'say "x" now',
      source: String.raw`"say \"x\" now"`,
      pieces: [
        ["say", "say"],
        ['"x"', String.raw`"say \"x\" now"`],
        ["now", "now"],
      ],
    },
  ])("$name", ({ text, source, pieces }) => {
    const found = align(text, source);
    expect(found.map(([piece]) => piece).join("")).toBe(text);
    expect(
      found.filter(([piece]) => piece.trim() !== "").map((each) => each.map((part) => part.trim())),
    ).toEqual(pieces);
  });
});

describe("MappedText", () => {
  const source = new MappedText([
    { text: "ab ", span: { file: "x", start: 10, end: 13 } },
    { text: "\n", span: { file: "x", start: 13, end: 15 } },
    { text: "cd", span: { file: "y", start: 0, end: 2 } },
  ]);

  test("a stretch within a piece has its exact place", () => {
    expect(source.spanOf(1, 2)).toEqual({ file: "x", start: 11, end: 12 });
    expect(source.spanOf(5, 6)).toEqual({ file: "y", start: 1, end: 2 });
  });

  test("a stretch over a piece that is written otherwise ends where that ends", () => {
    expect(source.spanOf(1, 4)).toEqual({ file: "x", start: 11, end: 15 });
  });

  test("a stretch over two files has the place of its first piece", () => {
    expect(source.spanOf(0, 6)).toEqual({ file: "x", start: 10, end: 13 });
  });

  test("a stretch is cut into its pieces", () => {
    expect(source.slice(1, 5).map(({ text }) => text)).toEqual(["b ", "\n", "c"]);
  });
});
