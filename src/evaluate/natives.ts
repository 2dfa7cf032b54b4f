import type { Span } from "../source/source-file.ts";
import { opaque } from "../value/construct.ts";
import type { ArgumentValue, OpaqueValue, Value } from "../value/value.ts";
import type { Run } from "./run.ts";

/** What a function that is made by a library does when it is called. */
export type NativeBody = (run: Run, args: readonly ArgumentValue[], span: Span) => Value;

const bodies = new WeakMap<OpaqueValue, NativeBody>();

/** A function without a node in the program: what `partial` or `bind` gives, the `resolve` of a promise. */
export function nativeFunction(name: string, span: Span, body: NativeBody): OpaqueValue {
  const key = `${name}@${span.file}:${span.start}`;
  const value = opaque({ origin: { kind: "unknown", reason: name }, key, span });
  bodies.set(value, body);
  return value;
}

/** What to do where an opaque value is called that such a library function made. */
export function nativeBody(value: OpaqueValue): NativeBody | undefined {
  return bodies.get(value);
}
