import { declareChoices } from "../../value/choices.ts";
import { constant, record, recordEntry } from "../../value/construct.ts";
import { noteDefault } from "../../value/defaults.ts";
import { accessPath, asList, literalText } from "../../value/inspect.ts";
import type { OpaqueValue, RecordValue, Value } from "../../value/value.ts";
import type { Span } from "../../source/source-file.ts";
import { callFunction } from "../calls.ts";
import { getMember } from "../members.ts";
import type { Run } from "../run.ts";
import type { LibraryCall } from "./library.ts";

/**
 * What a schema makes of a value: `z.object({ MODEL: z.string().default("...") }).parse(process.env)` has the fields of
 * the schema, `z.enum(["us", "eu"]).parse(region)` is the region. Undefined for other methods, and for what is no schema
 * of an object or of some texts.
 */
export function parseBySchema(call: LibraryCall<OpaqueValue>, name: string): Value | undefined {
  const { receiver, args, span } = call;
  if (!/^(?:safe)?[pP]arse(?:Async)?$/.test(name) || !args[0] || !isSchema(receiver)) return undefined;
  const parsed = parsedRecord(call) ?? parsedText(receiver, args[0].value);
  if (!parsed || !name.startsWith("safe")) return parsed;
  return record(span, [
    ["success", recordEntry(constant(true), span)],
    ["data", recordEntry(parsed, span)],
  ]);
}

function parsedRecord({ run, receiver, args, span }: LibraryCall<OpaqueValue>): RecordValue | undefined {
  const shape = argumentOf(receiver, "object");
  if (shape?.type !== "record" || !args[0]) return undefined;
  const parsed = record(span);
  for (const [key, { value: schema, span: place, entrySpan }] of shape.entries) {
    const given = getMember(run, args[0].value, key, span);
    const otherwise = defaultOf(run, schema, span);
    noteDefault(given, otherwise);
    const allowed = textsOf(schema);
    if (given.type === "opaque" && allowed) declareChoices(given, allowed);
    const isMissing = given.type === "constant" && given.value === undefined;
    parsed.entries.set(key, recordEntry((isMissing && otherwise) || given, place, entrySpan, run.frame));
  }
  return parsed;
}

/** What stands for a missing value: the argument of `default`, or what it gives where it is a function. */
function defaultOf(run: Run, schema: Value, span: Span): Value | undefined {
  const given = argumentOf(schema, "default");
  return given?.type === "function" ? callFunction(run, given, [], span) : given;
}

/** What a schema of some texts lets through, or has in the place of what it does not. */
function parsedText(schema: OpaqueValue, given: Value): Value | undefined {
  const allowed = textsOf(schema);
  if (!allowed || argumentOf(schema, "transform")) return undefined;
  const otherwise = argumentOf(schema, "default") ?? argumentOf(schema, "catch");
  if (given.type === "opaque") {
    declareChoices(given, allowed);
    noteDefault(given, otherwise);
    return given;
  }
  const text = literalText(given);
  return text !== undefined && allowed.includes(text) ? given : otherwise;
}

/** The texts that `z.enum(["a", "b"])`, `z.nativeEnum(Kinds)` or `z.literal("a")` lets through. */
function textsOf(schema: Value): readonly string[] | undefined {
  const given =
    argumentOf(schema, "enum") ?? argumentOf(schema, "nativeEnum") ?? argumentOf(schema, "literal");
  if (!given) return undefined;
  const values =
    given.type === "record"
      ? [...given.entries.values()].map(({ value }) => value)
      : (asList(given)?.elements.map(({ value }) => value) ?? [given]);
  const texts = values.map(literalText);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function isSchema(value: OpaqueValue): boolean {
  const { root } = accessPath(value);
  return root.kind === "import" && /^zod\b/.test(root.module);
}

/** The first argument of the call of a method on the way to a value: of `default` in `z.string().default("x").trim()`. */
function argumentOf(value: Value, method: string): Value | undefined {
  if (value.type !== "opaque") return undefined;
  for (const { origin } of accessPath(value).values.toReversed()) {
    if (origin.kind !== "call" || origin.callee.type !== "opaque") continue;
    const { origin: callee } = origin.callee;
    const name = callee.kind === "member" || callee.kind === "import" ? callee.name : undefined;
    if (name === method) return origin.arguments[0]?.value;
  }
  return undefined;
}
