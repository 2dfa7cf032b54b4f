import type { Span } from "../source/source-file.ts";
import { constant, list, listElement, opaque, recordEntry, text, waitFor } from "../value/construct.ts";
import type { Confidence, Order, Scope } from "../value/scope.ts";
import { capScope, isFresh, isUnstable, narrowest } from "../value/scope.ts";
import type {
  ArgumentValue,
  ClockFacet,
  ListElement,
  ListValue,
  OpaqueValue,
  Origin,
  TextValue,
  Value,
} from "../value/value.ts";
import { accessPath, libraryName, literalText } from "../value/inspect.ts";
import { choose } from "./conditions.ts";
import { boundedKey, identityOf, keyOf } from "./keys.ts";
import { namesRecord, scopeOfName, tellsOfSender } from "../value/lexicon.ts";
import { holdsMessages, typeOfMessage, typeOfRole } from "./library/chat-messages.ts";
import { clockMember } from "./library/clocks.ts";
import { handlerMember } from "./library/handlers.ts";
import { librarySource, typedInput, usageMember } from "./library/sources.ts";
import type { Run } from "./run.ts";
import { roleOfAnswer, sampleRole } from "./sample-roles.ts";

/** What is known of a source besides its origin. */
export interface SourceFacts {
  readonly scope?: Scope;
  readonly confidence?: Confidence;
  readonly reason?: string;
  readonly order?: Order;
  readonly clock?: ClockFacet;
}

/** A new value from a source; a narrow one is new at each evaluation, a wide one the same for the same key. */
export function sourceValue(
  run: Run,
  origin: Origin,
  key: string | (() => string),
  span: Span,
  facts: SourceFacts = {},
  wait?: number,
): OpaqueValue {
  const cap = run.siteCap;
  const scope = cap ? capScope(facts.scope ?? "unknown", cap) : (facts.scope ?? "unknown");
  const bounded = (): string => boundedKey(typeof key === "string" ? key : key());
  const made = opaque(
    { origin, key: bounded, span },
    {
      scope,
      confidence: facts.confidence,
      reason: facts.reason,
      order: facts.order,
      clock: facts.clock,
      frame: run.frame,
      identity: isFresh(scope) ? undefined : () => made.key,
      wait,
    },
  );
  return made;
}

/** A value made from others by an operation: as narrow as the narrowest, the same when they are the same. */
export function derivedValue(
  run: Run,
  operator: string,
  operands: readonly Value[],
  span: Span,
  facts: SourceFacts = {},
): OpaqueValue {
  const narrow = narrowestHole(operands);
  // An order that a collection has is no matter of the elements in it.
  const tells = narrow && isOrderOfAnother(narrow, facts) ? undefined : narrow;
  const wait = waitFor(operands);
  const key = later(wait, () =>
    boundedKey(`${operator}(${operands.map((operand) => keyOf(operand)).join()})`),
  );
  const identity = later(wait, () => `${operator}(${operands.map((operand) => identityOf(operand)).join()})`);
  return opaque(
    { origin: { kind: "operation", operator, operands }, key, span: tells?.span ?? span },
    {
      identity,
      wait,
      scope: facts.scope ?? narrow?.scope ?? "static",
      confidence: facts.confidence ?? narrow?.confidence ?? "certain",
      reason: facts.reason ?? narrow?.reason ?? "",
      order: facts.order ?? "insertion",
      clock: facts.clock,
      frame: tells ? tells.frame : run.frame,
    },
  );
}

/** Whether what is made has an unstable order that a value in it, which is no news itself, does not explain. */
function isOrderOfAnother(narrow: OpaqueValue, { order }: SourceFacts): boolean {
  return order !== undefined && isUnstable(order) && !isUnstable(narrow.order) && !isFresh(narrow.scope);
}

/** What makes a text when somebody asks for it, or at once if what it is made from may change until then. */
function later(wait: number | undefined, make: () => string): () => string {
  if (wait !== undefined) return make;
  const made = make();
  return () => made;
}

/** The opaque value of narrowest scope in some values; the first one of several. */
export function narrowestHole(values: readonly Value[]): OpaqueValue | undefined {
  let narrow: OpaqueValue | undefined;
  for (const hole of holesIn(values)) {
    if (!narrow || narrowest(narrow.scope, hole.scope) !== narrow.scope) narrow = hole;
  }
  return narrow;
}

/** Deepest nesting that is searched for holes. */
const maximumHoleDepth = 4;

/** Values that are looked into when holes are searched for. */
const maximumSearched = 2_000;

/** The opaque values inside some values, nested ones included. */
export function holesIn(values: readonly Value[]): OpaqueValue[] {
  const found: OpaqueValue[] = [];
  let searched = 0;
  const search = (value: Value, depth: number): void => {
    if (++searched > maximumSearched) return;
    if (value.type === "opaque") found.push(value);
    else if (value.type === "text") {
      for (const part of value.parts) if (part.kind === "hole") found.push(part.hole);
    } else if (depth < maximumHoleDepth && value.type === "list") {
      for (const element of value.elements) search(element.value, depth + 1);
    } else if (depth < maximumHoleDepth && value.type === "record") {
      for (const entry of value.entries.values()) search(entry.value, depth + 1);
      found.push(...value.rest);
    }
  };
  for (const value of values) search(value, 0);
  return found;
}

/** A value nothing is known about. */
export function unknownValue(run: Run, reason: string, span: Span): OpaqueValue {
  return sourceValue(run, { kind: "unknown", reason }, `unknown:${reason}@${span.file}:${span.start}`, span, {
    reason,
  });
}

/** A field of an opaque value: what was written, or a new opaque value that belongs to it from now on. */
export function opaqueMember(run: Run, object: OpaqueValue, name: string, span: Span): Value {
  const known = object.fields.get(name);
  if (known) return known.value;
  if (object.removed.has(name)) return constant(undefined);
  const value =
    sampleField(run, object, name, span) ??
    roleOfAnswer(object, name, span) ??
    newMember(run, object, name, span);
  // A global that stands for the request at hand is another one each time.
  if (value.type === "opaque" && value.reason === incomingRequest && object.scope === "unknown") return value;
  run.willChangeEntries(object);
  object.fields.set(name, recordEntry(value, span, span, run.frame));
  return value;
}

function newMember(run: Run, object: OpaqueValue, name: string, span: Span): OpaqueValue {
  const cut = clockMember(run, object, name, span);
  if (cut) return cut;
  const origin: Origin = { kind: "member", object, name };
  const key = (): string => `${object.key}.${name}`;
  const source =
    usageMember(object, name) ??
    librarySource(origin, run.modules.languageOf(span.file)) ??
    (object.scope === "unknown" ? handlerMember(object, name) : undefined);
  if (source) return sourceValue(run, origin, key, span, source, waitFor([object]));
  return partOf(run, object, origin, key, `.${name}`, span, name);
}

/** A part of an opaque value shares its scope; where that is unknown, the part's name may tell. */
function partOf(
  run: Run,
  object: OpaqueValue,
  origin: Origin,
  key: () => string,
  step: string,
  span: Span,
  name?: string,
  order: Order = object.order,
): OpaqueValue {
  const hint = name === undefined ? undefined : scopeOfPart(object, name);
  const scope = hint ?? object.scope;
  const wait = waitFor([object]);
  return opaque(
    { origin, key: later(wait, () => boundedKey(key())), span },
    {
      identity: hint && isFresh(hint) ? undefined : later(wait, () => `#${object.id}${step}`),
      wait,
      scope: run.siteCap ? capScope(scope, run.siteCap) : scope,
      confidence: hint ? "likely" : object.confidence,
      reason: hint ? `the name \`${name}\`` : object.reason,
      // A listing often comes wrapped: `(await server.listTools()).tools`.
      order,
      frame: run.frame,
    },
  );
}

/** The reason of what a server is asked with. */
const incomingRequest = "the incoming request";

/** True for what a server is asked with, and its parts. */
export function isOfIncoming(value: OpaqueValue): boolean {
  if (value.scope !== "request") return false;
  return accessPath(value).root.kind === "parameter" || value.reason === incomingRequest;
}

/**
 * What the name of a part says that the whole does not: who sends a request, or takes part in a session, is the same
 * in the next one.
 */
function scopeOfPart(object: OpaqueValue, name: string): Scope | undefined {
  const hint = namesRecord(name) ? undefined : scopeOfName(name);
  if (object.scope === "unknown") return hint;
  const isIncoming = isOfIncoming(object);
  if (isIncoming && tellsOfSender(name)) return "user";
  if (hint === undefined) return undefined;
  const isSender = hint === "tenant" || hint === "user" || (hint === "session" && isIncoming);
  return isSender && (isIncoming || object.scope === "session") ? hint : undefined;
}

/** An element of an opaque value under a key that is not a plain name or a known position: wherever it stands there. */
export function opaqueIndex(run: Run, object: OpaqueValue, index: Value, span: Span): Value {
  // `Literal[tuple(names)]` is as narrow as the names.
  if (/^typing(?:_extensions)?\.Literal$/.test(libraryName(object) ?? ""))
    return derivedValue(run, "Literal", [index], span);
  const key = keyOf(index);
  return partOf(
    run,
    object,
    { kind: "index", object, index },
    () => `${object.key}[${key}]`,
    `[${key}]`,
    span,
    undefined,
    "insertion",
  );
}

/** Begins the key of the choice who speaks first in a made-up conversation. */
export const beginningOfConversation = "begins with the user:";

/** Begins the key of the choice whether a made-up conversation is text alone, or goes on with rounds of tool calls. */
export const textsOfConversation = "is text alone:";

/** The roles of a made-up conversation, and the type of a made-up content block. */
function sampleField(run: Run, object: OpaqueValue, name: string, span: Span): TextValue | undefined {
  const { origin } = object;
  if (name === "type") {
    const made = typeOfMessage(object);
    if (made !== undefined) return text(made, span);
  }
  if (origin.kind !== "element") return undefined;
  const isTyped = name === "type" && holdsMessages(origin.of);
  if (name === "role" || isTyped) {
    // Some histories begin with the system prompt, and code that expects it looks there.
    const beginsWithUser = origin.index > 0 || choose(run, beginningOfConversation + origin.of.key, span);
    const role = !beginsWithUser ? "system" : origin.index % 2 === 0 ? "user" : "assistant";
    return sampleRole(isTyped ? typeOfRole(role) : role, role, span);
  }
  if (name === "type" && isInsideElement(origin.of) && !holdsMedia(origin.of))
    return text(typeOfBlock(run, origin.of, span), span);
  return undefined;
}

/** Lists beside the text of a message: what they hold is no text. */
function holdsMedia({ origin }: OpaqueValue): boolean {
  return origin.kind === "member" && /media|image|attachment|file|audio|video/i.test(origin.name);
}

/**
 * The type of a block of a made-up message: text, or, in a conversation that goes on with rounds of tools behind its first
 * message, their calls and results in turn. A list of blocks in a block is text.
 */
function typeOfBlock(run: Run, blocks: OpaqueValue, span: Span): string {
  const message = elementAround(blocks);
  if (!message || isInsideElement(message.of) || message.index === 0) return "text";
  if (choose(run, textsOfConversation + message.of.key, span)) return "text";
  return message.index % 2 === 0 ? "tool_result" : "tool_use";
}

/** The made-up element that a value is a part of. */
function elementAround(value: OpaqueValue): Extract<Origin, { kind: "element" }> | undefined {
  for (let at: OpaqueValue | undefined = value, hops = 0; at && hops < maximumHops; hops++) {
    if (at.origin.kind === "element") return at.origin;
    at = at.origin.kind === "member" || at.origin.kind === "index" ? at.origin.object : undefined;
  }
  return undefined;
}

/** True for an element that was made up for a list of unknown length, and for a part of one. */
export function isInsideElement(value: OpaqueValue): boolean {
  return elementAround(value) !== undefined;
}

/** Members of members that are gone through to find what they are parts of. */
const maximumHops = 6;

/** Elements of a list inside an element of an unknown list: the blocks of a message. */
const nestedSampleLength = 2;

/** The same in a short conversation: more than a request takes checkpoints, which shows what marks each of them. */
const nestedLengthOfShort = 5;

/** Elements of a list that is new with each turn. */
const freshSampleLength = 3;

/** How many elements an unknown list has in this run. */
function sampleLength(run: Run, value: OpaqueValue): number {
  if (isInsideElement(value)) return run.scenario.length === 1 ? nestedLengthOfShort : nestedSampleLength;
  // What is new with each turn (the blocks of an answer, the passages found) is no history that grows.
  if (isFresh(value.scope) || isSplitText(value)) return Math.min(run.scenario.length, freshSampleLength);
  return run.scenario.length + (isGiven(value) ? 2 * run.call : 0);
}

/** Names under which a parameter holds a conversation. */
export const conversations = /messages?$|history$|conversation$|transcript$|turns$/i;

/** True for a parameter, and for a conversation that it holds under a name: `state["messages"]`. */
function isGiven({ origin }: OpaqueValue): boolean {
  if (origin.kind === "parameter") return true;
  const name =
    origin.kind === "member" ? origin.name : origin.kind === "index" ? literalText(origin.index) : undefined;
  if (origin.kind !== "member" && origin.kind !== "index") return false;
  return (
    name !== undefined && conversations.test(name) && accessPath(origin.object).root.kind === "parameter"
  );
}

/** True for the parts of a text: they are as many as somebody wrote, and no history. */
function isSplitText({ origin }: OpaqueValue): boolean {
  const method = origin.kind === "call" && origin.callee.type === "opaque" ? origin.callee.origin : undefined;
  return method?.kind === "member" && /^r?split(?:lines)?$/.test(method.name);
}

/** An opaque value as the list the code treats it as: one stretch until somebody asks for an element. */
export function listOf(run: Run, value: OpaqueValue, span: Span): ListValue {
  if (value.list) return value.list;
  const result = list([listElement(value, span, run.frame, true)], span);
  result.order = { order: value.order, span: value.span, frame: value.frame };
  run.undoLater(() => {
    value.list = undefined;
  });
  value.list = result;
  return result;
}

/** Replaces the stretches of a list by elements made up for this run. */
export function materialise(run: Run, target: ListValue): readonly ListElement[] {
  if (!target.elements.some((element) => element.stretch)) return target.elements;
  run.willChangeList(target);
  target.elements = target.elements.flatMap((element) => {
    if (!element.stretch || element.value.type !== "opaque") return [element];
    const own = listOf(run, element.value, element.span);
    if (own === target) return sampleElements(run, element.value, element.span);
    // Lists made by spreading one unknown list share its elements.
    return [...materialise(run, own)];
  });
  return target.elements;
}

function sampleElements(run: Run, of: OpaqueValue, span: Span): ListElement[] {
  const length = sampleLength(run, of);
  return Array.from({ length }, (_, index) => elementOf(run, of, index, length, span));
}

/** An element that is made up for a list of unknown length. */
export function elementOf(run: Run, of: OpaqueValue, index: number, length: number, span: Span): ListElement {
  const wait = waitFor([of]);
  // A client sends the conversation so far, or its tools, with each request: that they are new is not known.
  const isHandedOver = of.scope === "request" && of.reason === incomingRequest;
  // The stream is one for the process, and each of its lines is news from the same place.
  const isTyped = of.reason === typedInput;
  const value = opaque(
    {
      origin: { kind: "element", of, index, length },
      key: later(wait, () => boundedKey(isTyped ? `${of.key}[]` : `${of.key}[${index}]`)),
      span: of.span,
    },
    {
      identity: later(wait, () => `#${of.id}[${index}]`),
      wait,
      scope: isHandedOver ? "unknown" : isTyped ? "turn" : of.scope,
      confidence: of.confidence,
      reason: of.reason,
      frame: of.frame,
    },
  );
  return listElement(value, span, run.frame);
}

/** Methods that give what an object holds, in the order in which it holds that. */
function keepsOrder({ origin }: OpaqueValue): boolean {
  return origin.kind === "member" && /^(?:json|items|keys|values)$/.test(origin.name);
}

/** True for what is named like a question and has methods that no text has: `collection.query.fetch_objects()`. */
function isNamespace({ origin, reason, scope }: OpaqueValue, { origin: method }: OpaqueValue): boolean {
  const isNamed = isFresh(scope) && origin.kind === "member" && reason === `the name \`${origin.name}\``;
  return isNamed && method.kind === "member" && method.name.includes("_");
}

/** The result of a call that nobody knows: as narrow as the object it was called on. */
export function callResult(
  run: Run,
  callee: Value,
  args: readonly ArgumentValue[],
  isNew: boolean,
  span: Span,
  facts?: SourceFacts,
): OpaqueValue {
  const origin: Origin = { kind: "call", callee, arguments: args, isNew };
  const operands = [callee, ...args.map(({ value }) => value)];
  const wait = waitFor(operands);
  // Objects that are made of nothing are told apart by where they are made: what is asked of one says nothing of others.
  const place = isNew && args.length === 0 ? `@${span.file}:${span.start}` : "";
  const key = later(
    wait,
    () => `${keyOf(callee)}(${args.map(({ name, value }) => `${name ?? ""}${keyOf(value)}`).join()})${place}`,
  );
  if (facts) return sourceValue(run, origin, key, span, facts, wait);
  if (callee.type === "opaque") {
    const receiver = callee.origin.kind === "member" ? callee.origin.object : undefined;
    // Of a value made from known things, everything that is asked is known to be as narrow as what it is asked with.
    const isKnown =
      receiver?.scope === "static"
        ? receiver.origin.kind === "operation"
        : receiver?.scope !== "unknown" && !(receiver && isNamespace(receiver, callee));
    if (receiver && isKnown) {
      const narrow = narrowestHole([receiver, ...args.map((argument) => argument.value)]) ?? receiver;
      return opaque(
        { origin, key: () => boundedKey(key()), span: narrow.span },
        {
          identity: later(
            wait,
            () => `${identityOf(callee)}(${args.map((argument) => identityOf(argument.value)).join()})`,
          ),
          wait,
          scope: narrow.scope,
          confidence: narrow.confidence,
          reason: narrow.reason,
          order: keepsOrder(callee) ? receiver.order : undefined,
          frame: narrow.frame,
        },
      );
    }
  }
  return sourceValue(run, origin, key, span, {}, wait);
}
