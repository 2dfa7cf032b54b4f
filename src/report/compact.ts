import { placeOf, placeText, printable } from "./place.ts";
import type { Reporter } from "./report.ts";

/** One finding a line, for editors and `grep`. */
export const compact: Reporter = ({ findings, files }) =>
  findings
    .map(({ at, message, ruleId, severity }) => {
      const label = severity === "error" ? "error" : "warning";
      return `${placeText(placeOf(at, files))}: ${label}: ${printable(message)} [${ruleId}]\n`;
    })
    .join("");
