import { createTwoFilesPatch } from "diff";
import { printable } from "../report/place.ts";

const unprintable = /(?![\t\r\n])[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** The changes of some files as one patch. Control characters, which could move the cursor, are replaced. */
export function printDiff(
  fixed: ReadonlyMap<string, { readonly before: string; readonly after: string }>,
): string {
  return [...fixed]
    .map(([path, { before, after }]) => {
      const name = printable(path);
      const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, "", "", { context: 3 });
      // The line of equal signs belongs to another format.
      return patch.replace(/^=+\n/, "").replaceAll(/^((?:---|\+\+\+) .*)\t$/gm, "$1");
    })
    .join("")
    .replaceAll(unprintable, "\ufffd");
}
