import { literalText } from "./inspect.ts";
import type { OpaqueValue, Value } from "./value.ts";

/** Texts that values are held to, by the key of the value. */
const choices = new Map<string, readonly string[]>();

/** Most texts a value is held to; a list of more says little about one of them. */
const maximumChoices = 300;

/**
 * Remembers what a value may be from now on: a test such as `model in MODELS` has been passed. Gives what takes that
 * back, or undefined where nothing was learnt.
 * @param table the record whose keys, or the list whose elements, are the texts the value may be
 */
export function noteChoices(value: Value, table: Value): (() => void) | undefined {
  return value.type === "opaque" ? holdTo(value, textsIn(table) ?? []) : undefined;
}

/** The same for some texts. */
export function holdTo(value: OpaqueValue, texts: readonly string[]): (() => void) | undefined {
  if (texts.length === 0 || texts.length > maximumChoices) return undefined;
  const key = keyOf(value);
  const before = choices.get(key);
  const both = (before ?? choicesOf(value))?.filter((text) => texts.includes(text)) ?? [];
  choices.set(key, both.length > 0 ? both : texts);
  return () => {
    if (before) choices.set(key, before);
    else choices.delete(key);
  };
}

/** Texts that values are held to by how they are declared: `model: Literal["a", "b"]`. */
const declared = new WeakMap<OpaqueValue, readonly string[]>();

/** Remembers what the declaration of a value allows. */
export function declareChoices(value: OpaqueValue, texts: readonly string[]): void {
  if (texts.length > 0 && texts.length <= maximumChoices) declared.set(value, texts);
}

/**
 * The texts an unknown value is held to by the tests that were passed on the way here, or else by how it is declared.
 */
export function choicesOf(value: OpaqueValue): readonly string[] | undefined {
  return testedChoices(value) ?? declared.get(enumMember(value) ?? value);
}

/** The texts an unknown value is held to by the tests that were passed: it is surely one of them. */
export function testedChoices(value: OpaqueValue): readonly string[] | undefined {
  return choices.size === 0 ? undefined : choices.get(keyOf(value));
}

/** The member of a Python `Enum` whose value this is. */
function enumMember({ origin, span }: OpaqueValue): OpaqueValue | undefined {
  const isEnumValue = origin.kind === "member" && origin.name === "value" && span.file.endsWith(".py");
  return isEnumValue ? origin.object : undefined;
}

/** Members of a Python `Enum` are their values here, so `model.value` is held to what `model` is held to. */
function keyOf(value: OpaqueValue): string {
  return (enumMember(value) ?? value).key;
}

/** Does something for each text that a value is held to, as if it were held to this one alone. */
export function forEachChoice<Result>(value: OpaqueValue, work: () => Result): readonly Result[] {
  const key = keyOf(value);
  const tested = choices.get(key);
  const all = tested ?? choicesOf(value) ?? [];
  try {
    return all.map((one) => {
      choices.set(key, [one]);
      return work();
    });
  } finally {
    if (tested) choices.set(key, tested);
    else choices.delete(key);
  }
}

/** The keys of a record or the elements of a list, where all of them are in view. */
export function textsIn(table: Value): readonly string[] | undefined {
  if (table.type === "record") {
    if (table.rest.length > 0 || table.class) return undefined;
    // A key in brackets stands for one that is not known.
    const keys = [...table.entries.keys()];
    return keys.some((key) => key.startsWith("[")) ? undefined : keys;
  }
  if (table.type !== "list") return undefined;
  const texts = table.elements.map(({ value, stretch }) => (stretch ? undefined : literalText(value)));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}
