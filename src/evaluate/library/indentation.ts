import { textOf } from "../../value/construct.ts";
import type { TextPart, TextValue } from "../../value/value.ts";

/** Stands for a hole where lines are measured: something that is no white space. */
const something = "x";

/**
 * Takes the indentation all lines share away, as `textwrap.dedent` does. A hole counts as a word of its line.
 * `startsInline`: the first line is not measured, since it stands behind the opening quote.
 */
export function dedentText(value: TextValue, startsInline = false): TextValue {
  const whole = value.parts.map((part) => (part.kind === "literal" ? part.text : something)).join("");
  const lines = whole.split("\n").slice(startsInline ? 1 : 0);
  const margins = lines.filter((line) => line.trim() !== "").map((line) => /^[ \t]*/.exec(line)![0].length);
  const margin = margins.length > 0 ? Math.min(...margins) : 0;
  if (margin === 0) return value;
  let due = startsInline ? 0 : margin;
  const parts = value.parts.flatMap((part): TextPart[] => {
    if (part.kind === "hole") {
      due = 0;
      return [part];
    }
    const start = new RegExp(`^[ \\t]{0,${due}}`).exec(part.text)![0].length;
    const text = part.text.slice(start).replace(new RegExp(`\\n[ \\t]{0,${margin}}`, "g"), "\n");
    const lastLine = part.text.slice(part.text.lastIndexOf("\n") + 1);
    if (lastLine.trim() !== "") due = 0;
    else due = Math.max(0, (part.text.includes("\n") ? margin : due) - lastLine.length);
    return text === "" ? [] : [{ ...part, text }];
  });
  return textOf(parts);
}

/** Puts a prefix in front of each line that is not blank, as `textwrap.indent` does. */
export function indentText(value: TextValue, prefix: string): TextValue {
  let atStart = true;
  const parts = value.parts.flatMap((part): TextPart[] => {
    const added = atStart && (part.kind === "hole" || /^[^\n]/.test(part.text));
    if (part.kind === "hole") {
      atStart = false;
      return added ? [{ kind: "literal", text: prefix, span: part.span }, part] : [part];
    }
    atStart = part.text.endsWith("\n");
    const text = (added ? prefix : "") + part.text.replace(/\n(?=[^\n])/g, `\n${prefix}`);
    return [{ ...part, text }];
  });
  return textOf(parts);
}
