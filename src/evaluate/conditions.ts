import type { BinaryOperator } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { choicesOf, noteChoices, testedChoices, textsIn } from "../value/choices.ts";
import { constant } from "../value/construct.ts";
import { defaultOf } from "../value/defaults.ts";
import { literalText } from "../value/inspect.ts";
import { namesMark } from "../value/lexicon.ts";
import { narrowest, weakest, type Confidence, type Scope } from "../value/scope.ts";
import type { OpaqueValue, Value } from "../value/value.ts";
import { comparePlace } from "./found-places.ts";
import { areSameElements } from "./made-up-elements.ts";
import { asksForOffSwitch } from "./off-switches.ts";
import { holesIn } from "./opaques.ts";
import { keyOf } from "./keys.ts";
import type { Run } from "./run.ts";
import { isWordForRole } from "./sample-roles.ts";

/** Decisions do not tell the elements of one unknown list apart. */
function generalKey(key: string): string {
  return key.includes("[") ? key.replace(/\[\d+\]/g, "[*]") : key;
}

/** Takes a decision about something unknown: as it was taken before in this run, as forced, or as preferred. */
function decide(
  run: Run,
  rawKey: string,
  span: Span,
  subjects: readonly Value[],
  preferred: boolean,
): boolean {
  const key = generalKey(rawKey);
  const before = run.decided.get(key);
  if (before !== undefined) return before;
  const taken = run.scenario.forced.get(key) ?? preferred;
  run.decided.set(key, taken);
  // What a nested record holds deep inside is looked at, and not tried in every way it may be.
  if (run.deepCalls > 0) return taken;
  const holes = holesIn(subjects);
  let scope: Scope = "static";
  let confidence: Confidence = "certain";
  for (const hole of holes) {
    if (narrowest(scope, hole.scope) !== scope) confidence = hole.confidence;
    else if (hole.scope === scope) confidence = weakest(confidence, hole.confidence);
    scope = narrowest(scope, hole.scope);
  }
  const within = run.frame?.functionName;
  run.decisions.push({ key, taken, span, scope, confidence, subjects: holes, ...(within && { within }) });
  return taken;
}

/**
 * A free choice that is tried both ways; the first way first.
 * @param subjects what it is about
 */
export function choose(run: Run, key: string, span: Span, subjects: readonly Value[] = []): boolean {
  return decide(run, key, span, subjects, true);
}

/** Whether a value counts as true; undefined: it depends on something unknown. */
function knownTruth(run: Run, value: Value, span: Span): boolean | undefined {
  switch (value.type) {
    case "constant":
      return Boolean(value.value);
    case "text":
      if (value.parts.some((part) => part.kind === "literal" && part.text !== "")) return true;
      return value.parts.length === 0 ? false : undefined;
    case "list":
      if (run.modules.languageOf(span.file) === "javascript") return true;
      if (value.elements.some((element) => !element.stretch)) return true;
      return value.elements.length === 0 ? false : undefined;
    case "record":
      if (value.class || run.modules.languageOf(span.file) === "javascript" || value.entries.size > 0)
        return true;
      return value.rest.length === 0 ? false : undefined;
    case "function":
    case "class":
      return true;
    case "opaque":
      if (value.list?.elements.some((element) => !element.stretch)) return true;
      if (value.clock || isInstance(value)) return true;
      return value.fields.size > 0 ? true : undefined;
  }
}

/** What a constructor gave: an object, which is never missing. */
function isInstance({ origin }: OpaqueValue): boolean {
  if (origin.kind !== "call") return false;
  if (origin.isNew) return true;
  const made = origin.callee.type === "opaque" ? origin.callee.origin : undefined;
  return (made?.kind === "member" || made?.kind === "import") && /^[A-Z]\w*[a-z]/.test(made.name);
}

/** What calls of functions gave that may be missing themselves. */
const optionalResults = new WeakSet<OpaqueValue>();

/** Remembers what `hook?.(x)` gave where the hook is not in view: most callers pass none. */
export function noteOptional(result: OpaqueValue): void {
  if (result.origin.kind === "call") optionalResults.add(result);
}

const hookName = /^on[A-Z_]\w*$|(?:^|_|[a-z])(?:[Hh]ook|[Cc]allback)$/;

/** Something a caller may pass to look on or to step in, and seldom does. */
function isHook(value: OpaqueValue): boolean {
  const { origin } = value;
  if (optionalResults.has(value)) return true;
  return (origin.kind === "parameter" || origin.kind === "member") && hookName.test(origin.name);
}

/** A field of a model that nobody in view sets, and that is off, or left out, where nobody else does. */
function isOffByDefault(value: OpaqueValue): boolean {
  if (value.origin.kind !== "unknown") return false;
  const fallback = defaultOf(value);
  return fallback?.type === "constant" && !fallback.value;
}

/** Decides a condition; where it cannot be known, both ways are tried in different runs. */
export function truth(run: Run, value: Value, span: Span, preferred = true): boolean {
  if (isInnerMark(value)) return false;
  const known = value.type === "opaque" ? run.decided.get(generalKey(`truth:${value.key}`)) : undefined;
  const answer = known ?? knownTruth(run, value, span);
  if (answer !== undefined) return answer;
  if (value.type === "opaque" && value.origin.kind === "operation") {
    const { operator, operands } = value.origin;
    const [left, right] = operands;
    if (operator === "not" && left) {
      // What is asked for its absence is usually there; what is not in a set is what is left of a filter.
      const isPlain = left.type === "opaque" && left.origin.kind !== "operation" && !isMembership(left);
      return !truth(run, left, span, isPlain || !preferred);
    }
    const ofType =
      left?.type === "opaque" && isEquality(operator) ? typeQuestion(run, left, right, span) : undefined;
    if (ofType !== undefined) return operator === "==" ? ofType : !ofType;
    // Whoever throws where two things are given is seldom given both.
    if (operator === "!=" && !preferred && left?.type === "opaque" && isNothing(right))
      return truth(run, left, span, false);
    if ((operator === "==" || operator === "!=") && left && right) {
      const isUsual = !asksForOffSwitch(value);
      const equal = decideEqual(run, left, right, span, isUsual && preferred === (operator === "=="));
      return operator === "==" ? equal : !equal;
    }
    // `i % n` is false for each nth.
    if (isOpenRemainder(value)) return !decideEqual(run, value, constant(0), span, !preferred);
    if (operator === "!in" && left && right) {
      return !decide(run, `in(${keyOf(left)},${keyOf(right)})`, span, operands, !preferred);
    }
  }
  const member = value.type === "opaque" ? membership(run, value) : undefined;
  if (member !== undefined) return member;
  const isUsual =
    value.type !== "opaque" || !(isHook(value) || isOffByDefault(value) || asksForOffSwitch(value));
  const isFound = value.type === "opaque" && looksUpDescription(value);
  const taken = decide(run, `truth:${keyOf(value)}`, span, [value], (preferred && isUsual) || isFound);
  if (value.type === "opaque") (taken ? learnChoices : learnExclusions)(run, value);
  return taken;
}

/** Fewest entries of a table of descriptions. */
const fewestDescriptions = 2;

/** `MODELS[name]`, `name in MODELS` for a table in view that describes each thing it knows: what is asked for is known. */
function looksUpDescription({ origin }: OpaqueValue): boolean {
  if (origin.kind !== "operation" || (origin.operator !== "index" && origin.operator !== "in")) return false;
  const table = origin.operands[origin.operator === "index" ? 0 : 1];
  if (table?.type !== "record" || table.class || table.entries.size < fewestDescriptions) return false;
  return [...table.entries.values()].every(({ value }) => value.type === "record");
}

/** `excluded.has(name)`, `seen.includes(id)`. */
function isMembership({ origin }: OpaqueValue): boolean {
  const asked = origin.kind === "call" && origin.callee.type === "opaque" ? origin.callee.origin : undefined;
  return asked?.kind === "member" && /^(?:has|includes|contains)$/.test(asked.name);
}

/** Whether `x in TEXTS` holds, where this run has found out before which text `x` is. */
function membership(run: Run, { origin }: OpaqueValue): boolean | undefined {
  if (origin.kind !== "operation" || origin.operator !== "in") return undefined;
  const [subject, table] = origin.operands;
  const texts = subject?.type === "opaque" && table ? textsIn(table) : undefined;
  if (!texts || subject?.type !== "opaque") return undefined;
  const prefix = `equal:${generalKey(subject.key)}=`;
  for (const [key, taken] of run.decided) {
    if (!taken || !key.startsWith(prefix)) continue;
    return texts.some((each) => key === prefix + JSON.stringify([each]));
  }
  return undefined;
}

/**
 * Whether something is asked of an element of a list that is not in view, other than the last one, that would make it a
 * mark or marked: `"cachePoint" in tool`, `message.cached`, `part.kind === "cache-breakpoint"`. Decisions do not tell
 * elements apart, and a list in which each is marked is none that anybody hands over.
 */
function isInnerMark(subject: Value | undefined, answer?: Value): boolean {
  if (subject?.type !== "opaque") return false;
  const { origin } = subject;
  const isTested = origin.kind === "operation" && origin.operator === "in";
  const [name, holder] = isTested
    ? [literalText(origin.operands[0]), origin.operands[1]]
    : [nameOf(origin), subject];
  const names = [name, answer && (answer.type === "opaque" ? nameOf(answer.origin) : literalText(answer))];
  if (!names.some((one) => one !== undefined && namesMark(one))) return false;
  return isOfInnerElement(holder, 0);
}

/** Longest way from a part of an element to the list. */
const maximumElementHops = 12;

/** True for the parts of an element other than the last one, and for what stands under it as a key. */
function isOfInnerElement(value: Value | undefined, hops: number): boolean {
  if (value?.type !== "opaque" || hops > maximumElementHops) return false;
  const { origin } = value;
  const isOf = (holder: Value | undefined): boolean => isOfInnerElement(holder, hops + 1);
  switch (origin.kind) {
    case "element":
      return origin.index < origin.length - 1 || isOf(origin.of);
    case "member":
      return isOf(origin.object);
    case "index":
      return isOf(origin.index) || isOf(origin.object);
    case "operation":
      return origin.operator === "index" && origin.operands.some(isOf);
    default:
      return false;
  }
}

function nameOf(origin: OpaqueValue["origin"]): string | undefined {
  return origin.kind === "member" || origin.kind === "import" ? origin.name : undefined;
}

/** Whoever passes `model in MODELS`, or finds something at `MODELS[model]`, is one of the keys. */
function learnChoices(run: Run, { origin }: OpaqueValue): void {
  // What a module decides while it is loaded holds for one way of loading it only.
  if (origin.kind !== "operation" || run.id === 0) return;
  const [first, second, fallback] = origin.operands;
  if (!first || !second || fallback) return;
  const [subject, table] = origin.operator === "in" ? [first, second] : [second, first];
  if (origin.operator !== "in" && origin.operator !== "index") return;
  const forget = noteChoices(subject, table);
  if (forget) run.undoLater(forget);
}

function isEquality(operator: string): boolean {
  return operator === "==" || operator === "!=";
}

/** `typeof x === "string"`: the same question as other type tests of `x`. */
function typeQuestion(
  run: Run,
  left: OpaqueValue,
  right: Value | undefined,
  span: Span,
): boolean | undefined {
  const name = literalText(right);
  if (name === undefined || left.origin.kind !== "operation" || left.origin.operator !== "typeof")
    return undefined;
  const [subject] = left.origin.operands;
  if (subject?.type !== "opaque") return undefined;
  if (name === "undefined") return !truth(run, subject, span, true);
  if (name !== "object") return decideType(run, subject, name === "string" ? "text" : "other", name, span);
  if (subject.list) return true;
  const known = [...run.decided].find(
    ([key, taken]) => taken && key.startsWith(`type:${generalKey(subject.key)}=`),
  );
  return known ? /=(?:list|record)$/.test(known[0]) : decideType(run, subject, "record", name, span);
}

/** Whether an unknown value is equal to another one; both ways are tried. */
export function isEqual(run: Run, left: Value, right: Value, span: Span): boolean {
  return decideEqual(run, left, right, span, true);
}

/** Equality with an unknown value: equal to one constant is unequal to all others. */
function decideEqual(run: Run, left: Value, right: Value, span: Span, preferred: boolean): boolean {
  const [a, b] = [generalKey(keyOf(left)), generalKey(keyOf(right))].sort() as [string, string];
  if (a === b && left.type === "opaque" && right.type === "opaque" && left.id === right.id) return true;
  const subject = left.type === "opaque" ? left : right;
  const other = subject === left ? right : left;
  if (isInnerMark(subject, other) || isInnerMark(other, subject)) return false;
  if (isLaterRemainder(run, left) || isLaterRemainder(run, right)) return false;
  const text = literalText(other);
  const held = text !== undefined && subject.type === "opaque" ? choicesOf(subject) : undefined;
  if (held && !held.includes(text!)) return false;
  if (isConstant(other)) {
    const prefix = `equal:${generalKey(keyOf(subject))}=`;
    for (const [key, taken] of run.decided) {
      if (taken && key.startsWith(prefix) && key !== `${prefix}${keyOf(other)}`) return false;
    }
    if (text !== undefined && isLastChoice(run, subject, text, prefix)) return true;
    if (isNothing(other)) {
      return !truth(run, subject, span, true);
    }
    return decide(run, `${prefix}${keyOf(other)}`, span, [left, right], preferred);
  }
  return decide(run, `equal:${a}=${b}`, span, [left, right], preferred);
}

/** Whether a value that has passed a test for several texts is none of the others. */
function isLastChoice(run: Run, subject: Value, text: string, prefix: string): boolean {
  const tested = subject.type === "opaque" ? testedChoices(subject) : undefined;
  if (!tested || tested.length > mostExcluded) return false;
  return tested.every((one) => one === text || run.decided.get(prefix + JSON.stringify([one])) === false);
}

/** Most texts of a list that a value is compared with one by one. */
const mostExcluded = 16;

/** What has failed a test for several texts is none of them. */
function learnExclusions(run: Run, { origin }: OpaqueValue): void {
  if (origin.kind !== "operation" || origin.operator !== "in" || run.id === 0) return;
  const [subject, table] = origin.operands;
  const texts = subject?.type === "opaque" && table ? textsIn(table) : undefined;
  if (!texts || texts.length > mostExcluded) return;
  const prefix = `equal:${generalKey(keyOf(subject!))}=`;
  for (const text of texts) {
    const key = prefix + JSON.stringify([text]);
    if (!run.decided.has(key)) run.decided.set(key, false);
  }
}

/** `i % n` for a known `i` and an `n` that is not known. */
function isOpenRemainder({ origin }: OpaqueValue): boolean {
  if (origin.kind !== "operation" || origin.operator !== "%") return false;
  const [number, divisor] = origin.operands;
  return number?.type === "constant" && divisor?.type === "opaque";
}

/** Whether a value is the remainder of another round than the nth that this run has had: most rounds are not the nth. */
function isLaterRemainder(run: Run, value: Value): boolean {
  if (value.type !== "opaque" || value.origin.kind !== "operation" || !isOpenRemainder(value)) return false;
  const end = `,${keyOf(value.origin.operands[1]!)})`;
  return [...run.decided].some(
    ([key, taken]) =>
      taken &&
      key.startsWith("equal:") &&
      key.includes("%(") &&
      key.includes(end) &&
      !key.includes(value.key),
  );
}

function isNothing(value: Value | undefined): boolean {
  return value?.type === "constant" && value.value == null;
}

function isConstant(value: Value): boolean {
  return value.type === "constant" || literalText(value) !== undefined;
}

/** Compares two values as far as they are known; undefined where they are not. */
export function compareKnown(operator: BinaryOperator, left: Value, right: Value): boolean | undefined {
  const placed = comparePlace(operator, left, right);
  if (placed !== undefined) return placed;
  if (operator === "==" || operator === "!=") {
    const equal = knownEqual(left, right);
    return equal === undefined ? undefined : operator === "==" ? equal : !equal;
  }
  const a = comparable(left);
  const b = comparable(right);
  if (a === undefined || b === undefined || typeof a !== typeof b) return undefined;
  switch (operator) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    default:
      return undefined;
  }
}

function comparable(value: Value): number | string | undefined {
  if (value.type === "constant" && typeof value.value === "number") return value.value;
  return literalText(value);
}

function knownEqual(left: Value, right: Value): boolean | undefined {
  const a = literalText(left);
  const b = literalText(right);
  if (a !== undefined && b !== undefined) return a === b || isWordForRole(left, right, a, b);
  if (left.type === "constant" && right.type === "constant") {
    // `x == null` of JavaScript and `is None` of Python mean both kinds of nothing.
    return left.value === right.value || (left.value == null && right.value == null);
  }
  if (left.type === "opaque" && right.type === "opaque" && left.id === right.id) return true;
  const areSame = areDifferent(left, right) ? false : areSameElements(left, right);
  if (areSame !== undefined) return areSame;
  if (left.type === "opaque" || right.type === "opaque") return undefined;
  if (left.type !== right.type)
    return left.type === "text" || right.type === "text" ? knownUnequal(left, right) : false;
  if (left.type === "list" || left.type === "record") return left === right ? true : undefined;
  return left === right ? true : left.type === "text" ? undefined : false;
}

/** Whether two values that are not known are surely two: members of an enumeration, or elements of a list. */
export function areDifferent(left: Value, right: Value): boolean {
  if (areSameElements(left, right) === false) return true;
  return left.type === "opaque" && right.type === "opaque" && areDifferentMembers(left, right);
}

/** `Kind.Mail` and `Kind.Note` of a module that is not in view: members that are named like those of an enumeration. */
function areDifferentMembers({ origin: a }: OpaqueValue, { origin: b }: OpaqueValue): boolean {
  if (a.kind !== "member" || b.kind !== "member" || a.name === b.name) return false;
  const isEnumeration = a.object.origin.kind === "import" && /^[A-Z]/.test(a.object.origin.name);
  return isEnumeration && a.object.key === b.object.key && /^[A-Z]/.test(a.name) && /^[A-Z]/.test(b.name);
}

function knownUnequal(left: Value, right: Value): boolean | undefined {
  const text = left.type === "text" ? left : right;
  return text.type === "text" && text.parts.some((part) => part.kind === "literal") ? false : undefined;
}

/** Whether a type test of this run found a text. */
export function isDecidedText(run: Run, subject: OpaqueValue): boolean {
  return run.decided.get(`type:${generalKey(subject.key)}=text`) === true;
}

/** Classes whose one object says that a value is left out: most values are given. */
const signOfAbsence = /^_*(?:not_?given|unset|missing|omit|undefined|sentinel)/i;

/** The opaque subject a type test like `isinstance(x, str)` asks about, decided consistently for one value. */
export function decideType(
  run: Run,
  subject: OpaqueValue,
  type: "text" | "list" | "record" | "other",
  name: string,
  span: Span,
): boolean {
  if (type === "list" && subject.list) return true;
  if (type === "text" && subject.list) return false;
  const prefix = `type:${generalKey(subject.key)}=`;
  for (const [key, taken] of run.decided) {
    if (taken && key.startsWith(prefix)) return key === `${prefix}${type === "other" ? name : type}`;
  }
  // What `new Client()` gave is no text.
  if (type === "text" && subject.origin.kind === "call" && subject.origin.isNew) return false;
  const annotation = subject.origin.kind === "parameter" ? subject.origin.annotation : undefined;
  if (annotation !== undefined && /^(?:str|string)$/.test(annotation.trim())) return type === "text";
  return decide(
    run,
    `${prefix}${type === "other" ? name : type}`,
    span,
    [subject],
    !signOfAbsence.test(name),
  );
}
