import { paletteFor } from "./palette.ts";
import { placeOf, placeText, printable } from "./place.ts";
import type { Reporter } from "./report.ts";

/** What could not be read, and comments to us that are wrong, one problem a line. For people: the formats for machines carry the problems themselves. */
export const problemLines: Reporter = ({ problems, files }, { color }) => {
  const { error, strong } = paletteFor(color);
  return problems
    .map(({ kind, span, message, severity }) => {
      // A file that could not be opened has no lines to point into.
      const at = files.has(span.file) ? placeText(placeOf(span, files)) : printable(span.file);
      const label =
        severity === "note" ? strong("note:") : error(kind === "directive" ? "error:" : "cannot read:");
      return `${at}: ${label} ${printable(message)}\n`;
    })
    .join("");
};
