import { describe, expect, test } from "vitest";
import { sharedStretches } from "../../src/request/shared-text.ts";

const rules = "Boots worn on a carpet count as unused, and boots with mud do not.\n";
const terms = "Gas canisters cannot travel by air, so they are sold over the counter only.\n";

/** What of a text another one does not have. */
function ownOf(own: string, other: string): readonly string[] {
  const result: string[] = [];
  let at = 0;
  for (const { start, end } of [...sharedStretches(own, other), { start: own.length, end: own.length }]) {
    if (start > at) result.push(own.slice(at, start));
    at = end;
  }
  return result;
}

describe("what of a text another one does not have", () => {
  test.each([
    { name: "nothing", own: rules, other: rules, found: [] },
    {
      name: "a number at the beginning",
      own: `Case 41.\n${rules}`,
      other: `Case 42.\n${rules}`,
      found: ["41"],
    },
    { name: "a word at the end", own: `${rules}Anna`, other: `${rules}Anton`, found: ["Anna"] },
    {
      name: "both, and what stands between is shared",
      own: `Case 41\n${rules}Anna`,
      other: `Case 52\n${rules}Ben`,
      found: ["41\n", "Anna"],
    },
    {
      name: "a line that only one has",
      own: `${rules}Mind the gap.\n${terms}`,
      other: `${rules}${terms}`,
      found: ["Mind the gap.\n"],
    },
    {
      name: "sentences of one long line",
      own: `Case 41 of Monday. ${rules.trim()} ${terms.trim()} ${rules.trim()} Anna`.replaceAll("\n", " "),
      other: `Case 52 of Sunday. ${rules.trim()} ${terms.trim()} ${rules.trim()} Ben`.replaceAll("\n", " "),
      found: ["41 of Monday. ", "Anna"],
    },
    { name: "all of it", own: "one", other: "two", found: ["one"] },
    {
      name: "a short line that both happen to have",
      own: "a1\nHm.\nb1",
      other: "c2\nHm.\nd2",
      found: ["a1\nHm.\nb1"],
    },
    { name: "an empty text", own: "", other: "two", found: [] },
  ])("$name", ({ own, other, found }) => {
    expect(ownOf(own, other)).toEqual(found);
  });
});
