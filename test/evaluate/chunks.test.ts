import { testValues } from "../support/test-values.ts";

testValues("lists of unknown length in pieces", [
  {
    name: "pieces longer than the list is taken to be have others behind them",
    py: `
      def build(rows):
          starts = []
          for start in range(0, len(rows), 500):
              starts.append([start, len(rows[start:start + 500]) > 0])
          return starts`,
    ts: `
      export function build(rows: Row[]) {
        const starts = [];
        for (let start = 0; start < rows.length; start += 500) starts.push([start, rows.slice(start, start + 500).length > 0]);
        return starts;
      }`,
    gives: `[[0, true], [500, true], [1000, true]]`,
  },
  {
    name: "a list in view ends where it ends",
    py: `
      def build():
          rows = [1, 2, 3]
          return [rows[start:start + 500] for start in range(0, len(rows), 500)]`,
    ts: `
      export function build() {
        const rows = [1, 2, 3];
        const pieces = [];
        for (let start = 0; start < rows.length; start += 500) pieces.push(rows.slice(start, start + 500));
        return pieces;
      }`,
    gives: `[[1, 2, 3]]`,
  },
  {
    name: "what lies behind the end of a short list is nothing elsewhere",
    py: `
      def build(rows):
          return [len(rows[500:]), len(rows[len(rows):])]`,
    ts: `export const build = (rows: Row[]) => [rows.slice(500).length, rows.slice(rows.length).length];`,
    gives: `[0, 0]`,
  },
]);
