import type { Span } from "../../source/source-file.ts";
import { constant, record, recordEntry, text } from "../../value/construct.ts";
import type { ArgumentValue, OpaqueValue, TextPart, Value } from "../../value/value.ts";
import { callValue, positional } from "../calls.ts";
import { getIndex } from "../members.ts";
import { nativeFunction } from "../natives.ts";
import { derivedValue } from "../opaques.ts";
import type { Run } from "../run.ts";
import { partsOf } from "../texts.ts";
import type { LibraryFunction } from "./library.ts";
import { pythonPattern, replacePattern } from "./regular-expressions.ts";

/** What stands for a match: a text without references to groups, or what a function makes of it. */
export function replacementFor(
  run: Run,
  to: ArgumentValue,
  match: RegExpMatchArray,
  at: Span,
): readonly TextPart[] | undefined {
  if (to.value.type === "function") {
    const isPython = run.modules.languageOf(to.span.file) === "python";
    const given = isPython ? [matchObject(run, match, at)] : match.map((group) => groupText(group, at));
    const made = callValue(
      run,
      to.value,
      given.map((value) => positional(value, at)),
      to.span,
    );
    return partsOf(run, made, to.span);
  }
  const parts = partsOf(run, to.value, to.span);
  const refers = parts.some((part) => part.kind === "literal" && /[$\\][\d&<{g]/.test(part.text));
  return refers ? undefined : parts;
}

function groupText(group: string | undefined, at: Span): Value {
  return group === undefined ? constant(undefined) : text(group, at);
}

/** What Python gives to a function that replaces: `m.group(1)`, `m["name"]`. */
function matchObject(run: Run, match: RegExpMatchArray, at: Span): Value {
  const groups = record(at);
  const named = Object.entries(match.groups ?? {});
  for (const [name, group] of [...Object.entries([...match]), ...named])
    groups.entries.set(name, recordEntry(groupText(group, at), at, at, run.frame));
  const group = nativeFunction("group", at, (caller, [wanted], span) =>
    getIndex(caller, groups, wanted?.value ?? constant(0), span),
  );
  const object = record(at);
  for (const [name, entry] of groups.entries) object.entries.set(name, entry);
  object.entries.set("group", recordEntry(group, at, at, run.frame));
  return object;
}

/** `re.sub(pattern, to, subject)`. */
export const substitutePattern: LibraryFunction = ({ run, args: [pattern, to, subject], span }) =>
  pattern && to && subject && substituted(run, pattern.value, to, subject, span);

/** `PATTERN.sub(to, subject)`, where `PATTERN = re.compile(...)`. */
export const substituteCompiled: LibraryFunction<Value> = ({ run, receiver, args: [to, subject], span }) => {
  const pattern = compiledPattern(receiver as OpaqueValue);
  return pattern && to && subject && substituted(run, pattern, to, subject, span);
};

/** The pattern of `re.compile(pattern).sub`, if there are no flags beside it. */
function compiledPattern({ origin }: OpaqueValue): Value | undefined {
  const compiled = origin.kind === "member" ? origin.object.origin : undefined;
  if (compiled?.kind !== "call" || compiled.arguments.length !== 1) return undefined;
  return compiled.arguments[0]!.value;
}

function substituted(
  run: Run,
  pattern: Value,
  to: ArgumentValue,
  { value }: ArgumentValue,
  span: Span,
): Value {
  if (value.type === "text") {
    const length = value.parts.reduce((sum, part) => sum + (literalOf(part)?.length ?? 0), 0);
    const known = pythonPattern(pattern, length);
    const replaced =
      known && replacePattern(run, value, known, (match, at) => replacementFor(run, to, match, at));
    if (replaced) return replaced;
  }
  return derivedValue(run, "re.sub", [pattern, to.value, value], span);
}

function literalOf(part: TextPart): string | undefined {
  return part.kind === "literal" ? part.text : undefined;
}
