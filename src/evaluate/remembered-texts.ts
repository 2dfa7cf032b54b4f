import { literalText } from "../value/inspect.ts";
import type { ArgumentValue, FunctionValue, Value } from "../value/value.ts";
import type { Environment } from "./environment.ts";
import type { Run } from "./run.ts";

/** Shortest text in an argument for which a result is worth remembering. */
const minimumLength = 500;

/** Steps that functions may spend on texts in one run, beside those of the run itself. */
const maximumFreeSteps = 200_000;

/** What a function made of a text, and how many steps that took. */
interface MadeText {
  readonly value: Value;
  readonly steps: number;
}

/**
 * By the names of the module a function belongs to: they are others once the module, or one it imports, is loaded anew,
 * and the text may hang on them.
 */
const remembered = new WeakMap<object, Map<string, MadeText>>();

/** Steps on texts by run: those that were spent, and those that would have been if the text were not known. */
const freeSteps = new WeakMap<Run, number>();

/**
 * Calls a function of a module on long literal texts, such as one that takes the indentation out of a prompt line by line.
 * Where it does nothing but give a text, the text is remembered, as it is the same in each run, and the steps it takes are
 * free up to a bound. They are counted alike whether the text is known or not: what a run finds must not hang on those
 * before it.
 */
export function rememberText(
  run: Run,
  { node, self, environment }: FunctionValue,
  args: readonly ArgumentValue[],
  call: () => Value,
): Value {
  const isOfModule = self === undefined && (environment as Environment).parent === undefined;
  const given = isOfModule ? keyOf(args) : undefined;
  if (given === undefined) return call();
  const key = `${node.span.start}\0${given}`;
  const texts = remembered.get(environment) ?? new Map<string, MadeText>();
  const before = texts.get(key);
  if (before) {
    if (!takeFreeSteps(run, before.steps)) run.steps += before.steps;
    return before.value;
  }
  const { steps } = run;
  const stepsIn = new Map(run.stepsIn);
  const { isOnText } = run;
  run.isOnText = true;
  const effects = effectsOf(run);
  let result: Value;
  try {
    result = call();
  } finally {
    run.isOnText = isOnText;
  }
  if (literalText(result) === undefined || effectsOf(run) !== effects) return result;
  const spent = run.steps - steps;
  texts.set(key, { value: result, steps: spent });
  remembered.set(environment, texts);
  if (!takeFreeSteps(run, spent)) return result;
  run.steps = steps;
  run.stepsIn.clear();
  for (const [each, count] of stepsIn) run.stepsIn.set(each, count);
  return result;
}

function takeFreeSteps(run: Run, steps: number): boolean {
  const taken = (freeSteps.get(run) ?? 0) + steps;
  if (taken > maximumFreeSteps) return false;
  freeSteps.set(run, taken);
  return true;
}

/** Grows with all that a call can leave behind. */
function effectsOf({ decisions, sent, dropped, escaped, starts, changes, boundsReached }: Run): number {
  return (
    decisions.length +
    sent.length +
    dropped.length +
    escaped.length +
    starts.size +
    changes +
    boundsReached.size
  );
}

/** Tells arguments apart by their texts and places; undefined where they are no texts, or short ones. */
function keyOf(args: readonly ArgumentValue[]): string | undefined {
  let length = 0;
  const parts: string[] = [];
  const add = (value: Value, depth: number): boolean => {
    if (value.type === "constant") return parts.push(String(value.value)) > 0;
    if (value.type === "list" && depth === 0) {
      parts.push("[");
      return value.elements.every((element) => !element.stretch && add(element.value, 1));
    }
    if (value.type !== "text") return false;
    for (const part of value.parts) {
      if (part.kind === "hole") return false;
      length += part.text.length;
      parts.push(`${part.span.file}:${part.span.start}:${part.text}`);
    }
    return true;
  };
  const isKnown = args.every(({ value, name, stretch }) => name === undefined && !stretch && add(value, 0));
  return isKnown && length >= minimumLength ? parts.join("\0") : undefined;
}
