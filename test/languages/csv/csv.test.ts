import { expect, test } from "vitest";
import { readCsv } from "../../../src/languages/csv/csv.ts";
import { SourceFile } from "../../../src/source/source-file.ts";
import { asList, literalText } from "../../../src/value/inspect.ts";

/** The rows of a table as plain objects. */
function rowsIn(text: string): readonly object[] {
  const [data] = readCsv(new SourceFile("a.csv", text)).values;
  return (asList(data?.value)?.elements ?? []).map(({ value }) =>
    value.type === "record"
      ? Object.fromEntries([...value.entries].map(([key, entry]) => [key, literalText(entry.value)]))
      : {},
  );
}

test.each([
  {
    name: "plain cells",
    text: "a,b\n1,2\n3,4\n",
    rows: [
      { a: "1", b: "2" },
      { a: "3", b: "4" },
    ],
  },
  {
    name: "quotes, commas and line ends in cells",
    text: 'a,b\r\n"x, ""y""","1\n2"\r\n',
    rows: [{ a: 'x, "y"', b: "1\n2" }],
  },
  { name: "missing and empty cells", text: "a,b\n1\n,2", rows: [{ a: "1" }, { a: "", b: "2" }] },
  { name: "a quote that is not closed", text: 'a\n"x\n', rows: [{ a: "x\n" }] },
  { name: "nothing", text: "", rows: [] },
])("$name", ({ text, rows }) => {
  expect(rowsIn(text)).toEqual(rows);
});

test("a cell knows its place", () => {
  const text = 'a,b\n1,"two"\n';
  const [data] = readCsv(new SourceFile("a.csv", text)).values;
  const row = asList(data?.value)?.elements[0]?.value;
  const span = row?.type === "record" ? row.entries.get("b")?.span : undefined;
  expect(span && text.slice(span.start, span.end)).toBe('"two"');
});
