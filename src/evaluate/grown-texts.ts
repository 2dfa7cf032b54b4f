import { list, listElement, textOf } from "../value/construct.ts";
import type { OrderEvidence, RecordValue, TextValue, Value } from "../value/value.ts";
import type { Environment } from "./environment.ts";
import { derivedValue } from "./opaques.ts";
import { bindName } from "./patterns.ts";
import type { Run } from "./run.ts";
import { holePart } from "./texts.ts";

/** A text that a loop may add to, and where it is kept. */
interface KeptText {
  readonly text: TextValue;
  current(): Value | undefined;
  replace(run: Run, text: TextValue): void;
}

/** How deep in objects texts are looked for: `self.text`, `self.state.text`. */
const deepestField = 2;

/** Objects that are looked into. */
const maximumRecords = 200;

/** The texts that names stand for, from here out to the function or module, and those in fields of what they stand for. */
export function textsInReach(environment: Environment): readonly KeptText[] {
  const kept: KeptText[] = [];
  const names = new Set<string>();
  const records = new Set<RecordValue>();
  const look = (value: Value | undefined, depth: number): void => {
    if (value?.type !== "record" || records.has(value) || records.size >= maximumRecords) return;
    records.add(value);
    for (const [key, entry] of value.entries) {
      if (entry.value.type === "text") kept.push(fieldText(value, key, entry.value));
      else if (depth < deepestField) look(entry.value, depth + 1);
    }
  };
  for (let at: Environment | undefined = environment; at; at = at === at.home ? undefined : at.parent) {
    for (const [name, { value }] of at.names) {
      if (names.has(name)) continue;
      names.add(name);
      if (value?.type === "text") kept.push(namedText(environment, name, value));
      else look(value, 1);
    }
  }
  return kept;
}

function namedText(environment: Environment, name: string, text: TextValue): KeptText {
  return {
    text,
    current: () => environment.find(name)?.binding.value,
    replace: (run, shuffled) => bindName(run, environment, name, shuffled, undefined),
  };
}

function fieldText(owner: RecordValue, key: string, text: TextValue): KeptText {
  return {
    text,
    current: () => owner.entries.get(key)?.value,
    replace(run, shuffled) {
      run.willChangeEntries(owner);
      owner.entries.set(key, { ...owner.entries.get(key)!, value: shuffled });
    },
  };
}

/** Texts that grew in a loop whose rounds come in no fixed order have what was added in no fixed order either. */
export function shuffleGrown(run: Run, before: readonly KeptText[], order: OrderEvidence): void {
  for (const { text: old, current, replace } of before) {
    const now = current();
    if (now?.type !== "text" || now.parts.length <= old.parts.length) continue;
    if (!old.parts.every((part, index) => part === now.parts[index])) continue;
    const added = now.parts.slice(old.parts.length);
    const pieces = added.map((part) => listElement(textOf([part]), part.span, run.frame));
    const hole = derivedValue(run, "join", [list(pieces, order.span)], order.span, { order: order.order });
    const place = added[0]?.span ?? order.span;
    replace(run, textOf([...old.parts, holePart(hole, place, run.frame)]));
  }
}
