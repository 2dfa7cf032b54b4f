import { textParts } from "../value/inspect.ts";
import type { TextPart, TextValue, Value } from "../value/value.ts";
import { placeHoles, placeholder } from "./assets/placeholders.ts";

/**
 * Fills the placeholders of a Jinja text that a library renders: each with the value of its name. What stands in a block
 * of its own, as a loop does, is one hole.
 */
export function fillJinja(text: TextValue, valueFor: (name: string) => Value): TextValue {
  const parts = text.parts.flatMap((part): readonly TextPart[] => {
    if (part.kind === "hole") return [part];
    const filled: TextPart[] = [];
    let depth = 0;
    for (const piece of part.text.split(/(\{\{.*?\}\}|\{%.*?%\})/s)) {
      const tag = /^\{%-?\s*(end)?(for|if)\b(?:\s+\w+\s+in)?\s*([\w.]*)/.exec(piece);
      if (tag) {
        if (!tag[1] && depth === 0) filled.push(...partsOf(valueFor(rootOf(tag[3]!)), part));
        depth += tag[1] ? -1 : 1;
        continue;
      }
      if (depth > 0 || piece === "" || piece.startsWith("{%")) continue;
      const name = /^\{\{-?\s*([\w.]+)/.exec(piece)?.[1];
      if (name === undefined) filled.push({ ...part, text: piece });
      else filled.push(...partsOf(valueFor(rootOf(name)), part));
    }
    return filled;
  });
  return placeHoles({ type: "text", parts });
}

function rootOf(name: string): string {
  return name.replace(/\..*$/, "");
}

function partsOf(value: Value, { span }: TextPart): readonly TextPart[] {
  if (value.type === "opaque") return [{ kind: "hole", hole: value, span, frame: value.frame }];
  const known = textParts(value, span);
  if (known) return known;
  return [{ kind: "hole", hole: placeholder("list", span.file), span, frame: undefined }];
}
