import type { Expression } from "../program/program.ts";
import type { LoweredRequest } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { currentId, list, listElement, textOf } from "../value/construct.ts";
import { isUnstable, leastStable } from "../value/scope.ts";
import type { Cut, ListElement, ListValue, OrderEvidence, RecordValue, Value } from "../value/value.ts";
import { literalText } from "../value/inspect.ts";
import { bounds } from "./bounds.ts";
import { keyOfEntry } from "./copied-entries.ts";
import { membersOf } from "./enumerations.ts";
import { listOf, materialise, opaqueMember } from "./opaques.ts";
import type { LoopContext, Run } from "./run.ts";

/** A value as the list one iterates over: lists as they are, keys of a dict, characters of a text. */
export function iterable(run: Run, value: Value, span: Span): ListValue | undefined {
  switch (value.type) {
    case "list":
      if (value.elements.length === 0) fillRegister(run, value);
      return value;
    case "opaque":
      return listOf(run, value, span);
    case "record":
      // What JavaScript iterates over is a Map.
      return recordList(
        run,
        value,
        span,
        run.modules.languageOf(span.file) === "javascript" ? "pairs" : "keys",
      );
    case "text": {
      const literal = literalText(value);
      if (literal === undefined || literal.length > 200) return undefined;
      const at = value.parts[0]?.span ?? span;
      return list(
        [...literal].map((character) =>
          listElement(textOf([{ kind: "literal", text: character, span: at }]), at),
        ),
        span,
      );
    }
    case "class": {
      const members = membersOf(value);
      return members && list([...members], span);
    }
    default:
      return undefined;
  }
}

/** A list or table that a module has made and not filled is a register: modules that are imported for it fill it. */
function fillRegister(run: Run, value: ListValue | RecordValue): void {
  if (!run.isOwn(value.id)) run.modules.loadBareImports(run);
}

/** The same for a table that is asked for an entry. */
export function fillTable(run: Run, value: RecordValue): void {
  if (value.entries.size === 0 && value.rest.length === 0 && !value.class) fillRegister(run, value);
}

/** The keys of a record, or its keys with their values; keys that are not in view are one stretch. */
export function recordList(run: Run, value: RecordValue, span: Span, gives: "keys" | "pairs"): ListValue {
  fillTable(run, value);
  const elements = [...value.entries].map(([key, entry]) => {
    const name = keyOfEntry(key, entry);
    return listElement(gives === "keys" ? name : pair(name, entry.value, entry.span), entry.entrySpan);
  });
  for (const rest of value.rest) {
    elements.push(listElement(opaqueMember(run, rest, `${gives}()`, span), span, run.frame, true));
  }
  const result = list(elements, span);
  if (value.order) result.order = value.order;
  return result;
}

/** What a loop over the keys of a value goes through: the keys of a table, in view or not; else the value itself. */
export function keysOf(run: Run, value: Value, span: Span): Value {
  if (value.type === "record") return recordList(run, value, span, "keys");
  return value.type === "opaque" && !value.list ? opaqueMember(run, value, "keys()", span) : value;
}

/** The elements to run a loop over; unknown stretches become made-up elements. */
export function elementsOf(run: Run, value: Value, span: Span): readonly ListElement[] {
  const source = iterable(run, value, span);
  return source ? materialise(run, source).slice() : [];
}

/** The order in which a value gives its elements. */
export function orderOf(value: Value, span: Span, run: Run): OrderEvidence {
  if (value.type === "list") {
    // A set that was filled piece by piece is put in order where it is read.
    const isFilled = value.shape === "set" && value.order.span !== value.span;
    return isUnstable(value.order.order) && !isFilled
      ? value.order
      : { order: value.order.order, span, frame: run.frame };
  }
  if (value.type === "opaque") {
    return value.list && isUnstable(value.list.order.order)
      ? value.list.order
      : { order: value.order, span: isUnstable(value.order) ? value.span : span, frame: value.frame };
  }
  return (value.type === "record" && value.order) || { order: "insertion", span, frame: run.frame };
}

/** A loop whose rounds come in an order. */
export function loopOver(order: OrderEvidence, until?: Span): LoopContext {
  return { order, firstId: currentId(), concurrent: false, waited: false, ...(until && { until }) };
}

/** Sizes up to this one say whether there is anything left, and are no budget. */
const smallestBudget = 10;

/** The test of a loop that compares a size with a budget: `size > budget`, or asks somebody: `!fits(kept)`. */
export function budgetTest(test: Expression | undefined): Span | undefined {
  if (test?.kind === "logical") return (budgetTest(test.left) ?? budgetTest(test.right)) && test.span;
  const asked = test?.kind === "unary" && test.operator === "not" ? test.operand : test;
  const call = asked?.kind === "await" ? asked.value : asked;
  if (call?.kind === "call") return call.arguments.length > 0 ? test?.span : undefined;
  if (test?.kind !== "binary" || !/^[<>]=?$/.test(test.operator)) return undefined;
  const isAboutNothing = [test.left, test.right].some(
    (side) => side.kind === "literal" && typeof side.value === "number" && side.value <= smallestBudget,
  );
  return isAboutNothing ? undefined : test.span;
}

/** Elements that a round of a loop drops where it drops as few as it can: a message, or a question with its answer. */
const mostPerRound = 2;

/** What dropped elements from the front of a list. */
export function cutOf(run: Run, span: Span, dropped: number): Cut {
  const until = dropped <= mostPerRound ? run.loops.at(-1)?.until : undefined;
  return { span, dropped, ...(until && { until }) };
}

/**
 * A request without the budgets of loops that are still running when it is sent: what such a loop goes on for, as the
 * steps of an agent, is no size that messages are dropped for.
 */
function withoutOpenBudgets(run: Run, request: LoweredRequest): LoweredRequest {
  const open = run.loops.flatMap(({ until }) => until ?? []);
  if (open.length === 0 || request.cuts.length === 0) return request;
  const cuts = request.cuts.map(({ until, ...cut }): Cut =>
    until && !open.includes(until) ? { ...cut, until } : cut,
  );
  return { ...request, cuts };
}

/** A request as the loops around the call at hand send it. */
export function inItsLoops(run: Run, sent: LoweredRequest): LoweredRequest {
  const request = withoutOpenBudgets(run, sent);
  return run.loops.some(({ isAgents }) => isAgents) ? { ...request, isStep: true } : request;
}

/** A call inside a loop that is not waited for: it runs at the same time as those of the other rounds. */
export function concurrentCall(run: Run, span: Span, waited: boolean): LoopContext {
  const firstId = run.loops.at(-1)?.firstId ?? currentId();
  return { order: { order: "insertion", span, frame: run.frame }, firstId, concurrent: true, waited };
}

/** Adds elements at the end of a list, as many as a list may have. */
export function appendAll(run: Run, target: ListValue, elements: readonly ListElement[]): void {
  const room = bounds.elements - target.elements.length;
  if (elements.length > room) run.reach("elements");
  const count = Math.min(elements.length, Math.max(0, room));
  for (let index = 0; index < count; index++) target.elements.push(elements[index]!);
}

/** Adds an element to a list, noting what decides its place. `at` counts from the front; undefined: the end. */
export function addElement(run: Run, target: ListValue, element: ListElement, span: Span, at?: number): void {
  run.willChangeList(target);
  if (target.elements.length >= bounds.elements) {
    run.reach("elements");
    return;
  }
  if (at === undefined) target.elements.push(element);
  else target.elements.splice(at, 0, element);
  noteBudget(run, target, at === 0);
  const limit = lengthLimits.get(target);
  if (limit !== undefined && target.elements.length > limit) {
    if (at === 0) target.elements.length = limit;
    else dropFront(target, target.elements.length - limit);
  }
  noteOrder(run, target, span);
}

/** Lists that keep no more than so many elements: `deque(maxlen=20)`. */
export const lengthLimits = new WeakMap<ListValue, number>();

/** It is the list that drops them, wherever something is added to it. */
/** Lists that a loop filled until a budget was used up, the last element first. */
const budgets = new WeakMap<ListValue, Span>();

/** A list that a loop fills from its end until a budget is used up lacks what would have come first. */
function noteBudget(run: Run, target: ListValue, isFromEnd: boolean): void {
  const loop = run.loops.at(-1);
  if (!loop?.budget || target.id > loop.firstId) return;
  if (isFromEnd) target.cuts = [budgetCut(loop.budget)];
  else budgets.set(target, loop.budget);
}

function budgetCut(budget: Span): Cut {
  return { span: budget, dropped: 1, until: budget };
}

/** What a list lacks at its front once it is turned round. */
export function cutsOfReversed(list: ListValue): Cut[] {
  const budget = budgets.get(list);
  return budget ? [budgetCut(budget)] : [];
}

function dropFront(target: ListValue, count: number): void {
  target.elements.splice(0, count);
  target.cuts = [...target.cuts, { span: target.span, dropped: count }];
}

/**
 * A list or record that is filled inside a loop from outside takes over the loop's order.
 * @param isPlaced the code says at which place: whichever round is done first, it comes there
 */
export function noteOrder(
  run: Run,
  target: ListValue | RecordValue,
  span: Span,
  isPlaced: boolean = false,
): void {
  for (const loop of run.loops) {
    if (target.id > loop.firstId) continue;
    if (isUnstable(loop.order.order)) weaken(target, loop.order);
    if (loop.concurrent && loop.waited && !isPlaced)
      weaken(target, { order: "race", span, frame: run.frame });
  }
}

/** Gives a list or record the less stable of its own order and another. */
export function weaken(target: ListValue | RecordValue, evidence: OrderEvidence): void {
  const own = target.order?.order ?? "insertion";
  if (leastStable(own, evidence.order) !== own) target.order = evidence;
}

/** A list with the elements of another one changed one by one; it keeps the order of its source. */
export function mappedList(
  source: ListValue,
  elements: ListElement[],
  span: Span,
  order: OrderEvidence,
): ListValue {
  const result = list(elements, span);
  result.order = isUnstable(order.order) ? order : result.order;
  result.cuts = source.cuts;
  return result;
}

/** An entry of a list as `[index, value]` pairs need it. */
export function pair(first: Value, second: Value, span: Span): ListValue {
  return list([listElement(first, span), listElement(second, span)], span, "tuple");
}
