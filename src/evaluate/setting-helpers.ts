import { noteDefault } from "../value/defaults.ts";
import { literalText } from "../value/inspect.ts";
import type { Decision, OpaqueValue, Value } from "../value/value.ts";
import type { Run } from "./run.ts";

/** Longest text that is taken for the name of something, such as a model, in characters. */
const longestName = 100;

/**
 * What a call gives while a module is loaded. Where it asked for a variable of the environment, took it for missing and
 * gave a name or a flag instead, that is what holds where nobody sets the variable: `get_env("MODEL", "...")`. Later
 * conditions on it can come out either way, which those of a module, being loaded once, cannot.
 */
export function orSetting(run: Run, call: () => Value): Value {
  if (run.id !== 0) return call();
  const before = run.decisions.length;
  const result = call();
  if (!isNameOrFlag(result)) return result;
  for (let at = before; at < run.decisions.length; at++) {
    const setting = missingSetting(run.decisions[at]!);
    if (!setting) continue;
    noteDefault(setting, result);
    return setting;
  }
  return result;
}

/** Whether a value says which of several ways a program goes, and holds no text of a prompt. */
export function isNameOrFlag(value: Value): boolean {
  if (value.type === "constant") return value.value == null || typeof value.value === "boolean";
  const name = literalText(value);
  return name !== undefined && name.length <= longestName && !/\s/.test(name);
}

function missingSetting({ key, taken, subjects }: Decision): OpaqueValue | undefined {
  const [subject] = subjects;
  const isMissing = !taken && subjects.length === 1 && key.startsWith("truth:");
  return isMissing && subject?.reason === "the environment" ? subject : undefined;
}
