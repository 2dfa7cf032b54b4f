import type { OpaqueValue, TextValue, Value } from "./value.ts";
import { textOf } from "./construct.ts";

const fallbacks = new WeakMap<OpaqueValue, Value>();
const replaceable = new WeakSet<TextValue>();

/** Remembers what a setting is worth where nobody sets it: `os.getenv("MODEL", fallback)`. */
export function noteDefault(setting: Value, fallback: Value | undefined): void {
  if (setting.type === "opaque" && fallback) fallbacks.set(setting, fallback);
}

/** What an opaque value is worth where nobody sets it, if the code says so. */
export function defaultOf(setting: OpaqueValue): Value | undefined {
  return fallbacks.get(setting);
}

/** A copy of a text that says that it is a default only: the field of a settings class that is read from outside. */
export function asDefault(value: Value): Value {
  if (value.type !== "text") return value;
  const copy = textOf(value.parts);
  replaceable.add(copy);
  return copy;
}

/** Whether a text is only what holds where nobody sets something else. */
export function isDefault(value: Value): boolean {
  return value.type === "text" && replaceable.has(value);
}
