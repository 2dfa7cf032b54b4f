import { defaultOf, isDefault } from "./defaults.ts";
import { fieldOf, literalText } from "./inspect.ts";
import type { Value } from "./value.ts";

/** What a value may be, as far as that is in view. */
export interface PossibleTexts {
  readonly texts: readonly string[];
  /** True: it may be something else as well. */
  readonly isOpen: boolean;
}

/** Most values that are followed; a table of more entries says nothing of one of them. */
const maximumValues = 60;

/** Deepest chain of members and lookups that is followed. */
const maximumDepth = 6;

interface Possible {
  readonly values: readonly Value[];
  readonly isOpen: boolean;
}

const unknown: Possible = { values: [], isOpen: true };

/**
 * The texts a value may be: the entries of a table in view that is looked up with an unknown key, and the default of a
 * setting. Undefined where no text is in view.
 */
export function possibleTexts(value: Value): PossibleTexts | undefined {
  const { values, isOpen } = possibleValues(value, 0);
  const texts = values.map((each) => literalText(each));
  const known = [...new Set(texts.filter((text) => text !== undefined))];
  if (known.length === 0) return undefined;
  return { texts: known, isOpen: isOpen || texts.includes(undefined) };
}

function possibleValues(value: Value, depth: number): Possible {
  if (depth > maximumDepth) return unknown;
  if (value.type === "text" && value.parts.some((part) => part.kind === "hole"))
    return filledTexts(value, depth);
  if (value.type !== "opaque") return { values: [value], isOpen: isDefault(value) };
  const fallback = defaultOf(value);
  if (fallback) return { values: possibleValues(fallback, depth + 1).values, isOpen: true };
  const { origin } = value;
  if (origin.kind === "member") {
    return flatMap(possibleValues(origin.object, depth + 1), (object) => {
      const field = fieldOf(object, origin.name);
      return field ? possibleValues(field, depth + 1) : unknown;
    });
  }
  if (origin.kind !== "operation" || origin.operator !== "index") return unknown;
  const [table, , otherwise] = origin.operands;
  if (table?.type !== "record" && table?.type !== "list") return unknown;
  const entries = table.type === "record" ? [...table.entries.values()] : table.elements;
  const values = [...entries.map((entry) => entry.value), ...(otherwise ? [otherwise] : [])];
  const isOpen =
    table.type === "record" ? table.rest.length > 0 : table.elements.some(({ stretch }) => stretch);
  const all = flatMap({ values, isOpen }, (each) => possibleValues(each, depth + 1));
  return all.values.length <= maximumValues ? all : unknown;
}

/** A text with one hole that may be one of several texts: `us.${models[tier]}`. */
function filledTexts(value: Extract<Value, { type: "text" }>, depth: number): Possible {
  const holes = value.parts.filter((part) => part.kind === "hole");
  const [hole] = holes;
  if (holes.length !== 1 || !hole) return unknown;
  return flatMap(possibleValues(hole.hole, depth + 1), (filling) => {
    if (filling.type !== "text") return unknown;
    const parts = value.parts.flatMap((part) => (part === hole ? filling.parts : [part]));
    return { values: [{ type: "text", parts }], isOpen: isDefault(filling) };
  });
}

function flatMap({ values, isOpen }: Possible, follow: (value: Value) => Possible): Possible {
  const followed = values.map(follow);
  return {
    values: followed.flatMap((each) => each.values),
    isOpen: isOpen || followed.some((each) => each.isOpen),
  };
}
