import { describe, expect, test } from "vitest";
import { excerptOf } from "../../src/report/excerpt.ts";
import { SourceFile } from "../../src/source/source-file.ts";
import { columnsOf } from "../../src/report/text-layout.ts";

/** Draws the excerpt of the text between `<` and `>`, which are taken out first. */
function draw(marked: string, width = 40): string {
  const start = marked.indexOf("<");
  const end = marked.indexOf(">") - 1;
  const file = new SourceFile("a.py", marked.replace("<", "").replace(">", ""));
  const excerpt = excerptOf({ file: "a.py", start, end }, new Map([["a.py", file]]), width);
  if (!excerpt) return "nothing";
  const carets = "^".repeat(excerpt.carets) + (excerpt.continues ? "…" : "");
  return `${excerpt.line}: ${excerpt.text}\n${" ".repeat(excerpt.indent + 3)}${carets}`;
}

describe("excerptOf", () => {
  const cases: { name: string; marked: string; width?: number; drawn: string }[] = [
    { name: "a short line", marked: "x = 1\ny = <now()>\n", drawn: "2: y = now()\n       ^^^^^" },
    { name: "a tab in front", marked: "\ty = <now()>", drawn: "1:     y = now()\n           ^^^^^" },
    { name: "an empty span", marked: "y = <>now()", drawn: "1: y = now()\n       ^" },
    { name: "a span at the end of the file", marked: "y\n<>", drawn: "2: \n   ^" },
    { name: "a span over two lines", marked: "y = <f(\n1)>", drawn: "1: y = f(\n       ^^…" },
    { name: "wide characters", marked: "s = '日本<語>'", drawn: "1: s = '日本語'\n            ^^" },
    {
      name: "a long line is cut on both sides",
      marked: `${"a".repeat(100)} <now()> ${"b".repeat(100)}`,
      drawn: `1: …${"a".repeat(32)} now()…\n${" ".repeat(37)}^^^^^`,
    },
    {
      name: "only blanks are cut without an ellipsis",
      marked: `${" ".repeat(30)}y = <now()> ${"b".repeat(10)}`,
      drawn: "1: y = now() bbbbbbbbbb\n       ^^^^^",
    },
    {
      name: "a span that is longer than the line",
      marked: `y = <${"c".repeat(100)}>`,
      drawn: `1: y = ${"c".repeat(34)}…\n       ${"^".repeat(34)}…`,
    },
    {
      name: "escape sequences do not reach the terminal",
      marked: 'y = "\u001b[31m<x>"',
      drawn: '1: y = "\ufffd[31mx"\n             ^',
    },
    {
      name: "characters that turn the direction of text are shown as such",
      marked: 'y = "\u202e<x>"',
      drawn: '1: y = "\ufffdx"\n         ^',
    },
  ];
  test.each(cases)("$name", ({ marked, width, drawn }) => {
    expect(draw(marked, width)).toBe(drawn);
  });

  test("a file without text has none", () => {
    expect(excerptOf({ file: "a.py", start: 0, end: 0 }, new Map(), 40)).toBeUndefined();
  });

  test("no excerpt is wider than asked, whatever stands in front", () => {
    for (const filler of ["日", "😀", "\t", "a", "e\u0301"]) {
      for (let length = 0; length < 90; length += 7) {
        const [first] = draw(`${filler.repeat(length)}<now()>${filler.repeat(50)}`, 30).split("\n");
        expect(columnsOf(first!.slice(3))).toBeLessThanOrEqual(30);
        expect(first).toContain("now()");
      }
    }
  });
});
