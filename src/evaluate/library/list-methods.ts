import { bounds } from "../bounds.ts";
import { constant, list, listElement } from "../../value/construct.ts";
import { isUnstable } from "../../value/scope.ts";
import type {
  ArgumentValue,
  ListElement,
  ListValue,
  OrderEvidence,
  RecordValue,
  Value,
} from "../../value/value.ts";
import { callValue, positional } from "../calls.ts";
import { areDifferent, truth } from "../conditions.ts";
import { literalText } from "../../value/inspect.ts";
import {
  appendAll,
  addElement,
  iterable,
  loopOver,
  mappedList,
  noteOrder,
  orderOf,
  pair,
  weaken,
} from "../iteration.ts";
import { identityOf } from "../keys.ts";
import { getIndex } from "../members.ts";
import { getSlice, replaceSlice, reversed } from "../slices.ts";
import { derivedValue, materialise } from "../opaques.ts";
import { addToSet } from "../operations.ts";
import { joinTexts, partsOf } from "../texts.ts";
import type { LibraryCall, LibraryFunction } from "./library.ts";
import { sortMethod } from "./sorting.ts";

type ListFunction = LibraryFunction<ListValue>;
type ListCall = LibraryCall<ListValue>;

const nothing = constant(undefined);

/** Calls a callback with an element, its index and the list, as JavaScript does. */
function callBack(
  call: LibraryCall,
  callback: ArgumentValue | undefined,
  element: ListElement,
  index: number,
): Value {
  const { run, receiver, span } = call;
  if (!callback) return nothing;
  const args = [
    positional(element.value, element.span),
    positional(constant(index), span),
    positional(receiver, span),
  ];
  if (callback.value.type !== "opaque") {
    const wanted = callback.value.type === "function" ? callback.value.node.parameters.length : 1;
    const given = call.isPython ? args.slice(0, 1) : args.slice(0, Math.max(1, wanted));
    return callValue(run, callback.value, given, callback.span, false, false);
  }
  // `filter(Boolean)`, `map(String)`, `map(str)`.
  return callValue(run, callback.value, args.slice(0, 1), callback.span);
}

/** Runs a callback over all elements, in a loop that has the order of the list, unless another one is given. */
function overElements<T>(
  call: ListCall,
  visit: (element: ListElement, index: number) => T,
  order: OrderEvidence = orderOf(call.receiver, call.span, call.run),
): T[] {
  const { run, receiver } = call;
  const elements = materialise(run, receiver).slice();
  return run.withLoop(loopOver(order), () => elements.map(visit));
}

/**
 * What a callback makes of each element of a list.
 * @param order that of the list unless given
 */
export function mapElements(
  call: ListCall,
  callback: ArgumentValue | undefined,
  order: OrderEvidence = orderOf(call.receiver, call.span, call.run),
): ListValue {
  const { receiver, span, run } = call;
  const give = (element: ListElement, index: number): ListElement =>
    listElement(callBack(call, callback, element, index), callback?.span ?? span, run.frame);
  return mappedList(receiver, overElements(call, give, order), span, order);
}

const map: ListFunction = (call) => mapElements(call, call.args[0]);

const filter: ListFunction = (call) => {
  const { receiver, span, run } = call;
  const [callback] = call.args;
  const kept = overElements(call, (element, index) =>
    truth(run, callBack(call, callback, element, index), callback?.span ?? span) ? [element] : [],
  );
  return mappedList(receiver, kept.flat(), span, orderOf(receiver, span, run));
};

const flatMap: ListFunction = (call) => {
  const { receiver, span, run } = call;
  const [callback] = call.args;
  const lists = overElements(call, (element, index) => {
    const value = callBack(call, callback, element, index);
    return value.type === "list"
      ? value.elements
      : [listElement(value, callback?.span ?? span, run.frame, value.type === "opaque")];
  });
  return mappedList(receiver, bounded(run, lists.flat()), span, orderOf(receiver, span, run));
};

function bounded(run: LibraryCall["run"], elements: ListElement[]): ListElement[] {
  if (elements.length <= bounds.elements) return elements;
  run.reach("elements");
  return elements.slice(0, bounds.elements);
}

const forEach: ListFunction = (call) => {
  overElements(call, (element, index) => callBack(call, call.args[0], element, index));
  return nothing;
};

function fold(from: "start" | "end"): ListFunction {
  return (call) => {
    const { run, receiver, args, span } = call;
    const [callback, start] = args;
    const elements = materialise(run, receiver).map((element, index) => ({ element, index }));
    if (from === "end") elements.reverse();
    let value = start?.value ?? elements.shift()?.element.value ?? nothing;
    if (!callback) return value;
    run.withLoop(loopOver(orderOf(receiver, span, run)), () => {
      for (const { element, index } of elements) {
        const given = [value, element.value, constant(index), receiver];
        value = callValue(
          run,
          callback.value,
          given.map((each) => positional(each, element.span)),
          callback.span,
        );
      }
    });
    return value;
  };
}

/** Looks for the first (or last) element a callback accepts. */
function search(from: "start" | "end", gives: "element" | "index"): ListFunction {
  return (call) => {
    const { run, receiver, args, span } = call;
    const [callback] = args;
    const elements = materialise(run, receiver).map((element, index) => ({ element, index }));
    if (from === "end") elements.reverse();
    for (const { element, index } of elements) {
      if (truth(run, callBack(call, callback, element, index), callback?.span ?? span)) {
        return gives === "element" ? element.value : constant(index);
      }
    }
    return gives === "element" ? nothing : constant(-1);
  };
}

function quantify(every: boolean): ListFunction {
  return (call) => {
    const { run, receiver, args, span } = call;
    const [callback] = args;
    const found = materialise(run, receiver).some(
      (element, index) =>
        truth(run, callBack(call, callback, element, index), callback?.span ?? span) !== every,
    );
    return constant(found !== every);
  };
}

const push: ListFunction = ({ run, receiver, args, span }) => {
  for (const argument of args) {
    addElement(
      run,
      receiver,
      { value: argument.value, span: argument.span, frame: run.frame, stretch: argument.stretch },
      span,
    );
  }
  return constant(receiver.elements.length);
};

const extend: ListFunction = ({ run, receiver, args, span }) => {
  const [items] = args;
  if (!items) return nothing;
  const source = iterable(run, items.value, items.span);
  run.willChangeList(receiver);
  if (source) {
    appendAll(run, receiver, source.elements);
    weaken(receiver, orderOf(items.value, items.span, run));
  } else {
    receiver.elements.push(
      listElement(derivedValue(run, "elements", [items.value], span), items.span, run.frame, true),
    );
  }
  noteOrder(run, receiver, span);
  return nothing;
};

const insert: ListFunction = ({ run, receiver, args, span }) => {
  const [at, item] = args;
  if (!item) return nothing;
  const position = at?.value.type === "constant" && typeof at.value.value === "number" ? at.value.value : 0;
  const index = position < 0 ? Math.max(0, materialise(run, receiver).length + position) : position;
  addElement(run, receiver, listElement(item.value, item.span, run.frame), span, index);
  return nothing;
};

const unshift: ListFunction = ({ run, receiver, args, span }) => {
  args
    .toReversed()
    .forEach((item) =>
      addElement(
        run,
        receiver,
        { value: item.value, span: item.span, frame: run.frame, stretch: item.stretch },
        span,
        0,
      ),
    );
  return constant(receiver.elements.length);
};

const pop: ListFunction = (call) => {
  const { run, receiver, args, span } = call;
  const at = args[0]?.value;
  const position = at?.type === "constant" && typeof at.value === "number" ? at.value : -1;
  // How many there are shows once an unknown stretch is taken apart.
  const index = position < 0 ? materialise(run, receiver).length + position : position;
  const value = getIndex(run, receiver, constant(index), span);
  replaceSlice(run, receiver, position, 1, [], span);
  return value;
};

const shift: ListFunction = ({ run, receiver, span }) => {
  const removed = replaceSlice(run, receiver, 0, 1, [], span);
  return removed.elements[0]?.value ?? nothing;
};

const concat: ListFunction = ({ run, receiver, args, span }) => {
  const result = list(receiver.elements.slice(), span);
  result.order = receiver.order;
  result.cuts = receiver.cuts;
  for (const argument of args) {
    const source =
      argument.value.type === "list" || argument.value.type === "opaque"
        ? iterable(run, argument.value, argument.span)
        : undefined;
    if (source) {
      appendAll(run, result, source.elements);
      weaken(result, orderOf(argument.value, argument.span, run));
    } else {
      result.elements.push(listElement(argument.value, argument.span, run.frame));
    }
  }
  return result;
};

function allKnown(values: readonly Value[]): boolean {
  return values.every((value) => value.type === "constant" || literalText(value) !== undefined);
}

/** A value that JavaScript tells from others by which one it is, and not by what it holds. */
function isObject(value: Value): value is ListValue | RecordValue {
  return value.type === "list" || value.type === "record";
}

const includes: ListFunction = ({ run, receiver, args, span, isPython }) => {
  const [wanted] = args;
  if (!wanted) return constant(false);
  const elements = materialise(run, receiver);
  const isTold = !isPython && isObject(wanted.value);
  const identity = identityOf(wanted.value);
  const isSame = ({ value }: ListElement): boolean =>
    isTold ? value === wanted.value : identityOf(value) === identity;
  if (elements.some(isSame)) return constant(true);
  const isOther = ({ value }: ListElement): boolean =>
    isTold ? value.type !== "opaque" : areDifferent(value, wanted.value);
  if (elements.every(isOther)) return constant(false);
  const known = allKnown([wanted.value, ...elements.map((element) => element.value)]);
  return known ? constant(false) : derivedValue(run, "in", [wanted.value, receiver], span);
};

const indexOf: ListFunction = ({ run, receiver, args, span, isPython }) => {
  const wanted = args[0]?.value;
  const isTold = !isPython && wanted !== undefined && isObject(wanted);
  const identity = wanted && identityOf(wanted);
  const elements = materialise(run, receiver);
  const at = elements.findIndex(({ value }) => (isTold ? value === wanted : identityOf(value) === identity));
  if (at >= 0) return constant(at);
  const known = isTold
    ? elements.every(({ value }) => value.type !== "opaque")
    : wanted && allKnown([wanted, ...elements.map((element) => element.value)]);
  return known
    ? constant(-1)
    : derivedValue(run, "indexOf", [receiver, ...args.map((arg) => arg.value)], span);
};

const copy: ListFunction = ({ receiver, span }) => {
  const result = list(receiver.elements.slice(), span, receiver.shape);
  result.order = receiver.order;
  result.cuts = receiver.cuts;
  return result;
};

const slice: ListFunction = ({ run, receiver, args, span }) =>
  getSlice(run, receiver, args[0]?.value, args[1]?.value, undefined, span);

const splice: ListFunction = ({ run, receiver, args, span }) => {
  const [start, count, ...inserted] = args;
  const from =
    start?.value.type === "constant" && typeof start.value.value === "number" ? start.value.value : undefined;
  if (from === undefined) return list([], span);
  const length = materialise(run, receiver).length;
  const wanted =
    count?.value.type === "constant" && typeof count.value.value === "number" ? count.value.value : length;
  return replaceSlice(
    run,
    receiver,
    from,
    wanted,
    inserted.map((argument) => listElement(argument.value, argument.span, run.frame)),
    span,
  );
};

const flat: ListFunction = ({ run, receiver, span }) => {
  const elements = receiver.elements.flatMap((element) => {
    if (element.value.type === "list") return element.value.elements;
    return element.value.type === "opaque" ? [{ ...element, stretch: true }] : [element];
  });
  return mappedList(receiver, bounded(run, elements), span, orderOf(receiver, span, run));
};

const pairs: ListFunction = ({ run, receiver, span }) => {
  const elements = materialise(run, receiver).map((element, index) =>
    listElement(pair(constant(index), element.value, element.span), element.span, element.frame),
  );
  return mappedList(receiver, elements, span, orderOf(receiver, span, run));
};

const add: ListFunction = ({ run, receiver, args, span }) => {
  const [item] = args;
  if (item) addToSet(run, receiver, [listElement(item.value, item.span, run.frame)], span);
  noteOrder(run, receiver, span);
  return receiver;
};

/** The set operations of Python and JavaScript that keep or lose elements. */
const union: ListFunction = ({ run, receiver, args, span }) => {
  const elements = args.flatMap((argument) => iterable(run, argument.value, argument.span)?.elements ?? []);
  const result = addToSet(run, list([], span, "set"), [...receiver.elements, ...elements], span);
  if (isUnstable(receiver.order.order)) weaken(result, receiver.order);
  return result;
};

const clear: ListFunction = ({ run, receiver }) => {
  run.willChangeList(receiver);
  receiver.elements = [];
  return nothing;
};

const remove: ListFunction = ({ run, receiver, args }) => {
  const wanted = args[0] && identityOf(args[0].value);
  run.willChangeList(receiver);
  const at = receiver.elements.findIndex((element) => identityOf(element.value) === wanted);
  if (at >= 0) receiver.elements.splice(at, 1);
  return nothing;
};

/** Methods of lists, tuples and sets in both languages. */
export const listMethods: Readonly<Record<string, ListFunction>> = {
  map,
  filter,
  flatMap,
  forEach,
  reduce: fold("start"),
  reduceRight: fold("end"),
  find: search("start", "element"),
  findIndex: search("start", "index"),
  findLast: search("end", "element"),
  findLastIndex: search("end", "index"),
  some: quantify(false),
  every: quantify(true),
  push,
  append: push,
  extend,
  insert,
  unshift,
  appendleft: unshift,
  pop,
  popleft: shift,
  shift,
  concat,
  sort: sortMethod(true),
  toSorted: sortMethod(false),
  reverse: (call) => {
    const turned = reversed(call.run, call.receiver, call.span);
    call.run.willChangeList(call.receiver);
    call.receiver.elements = turned.elements;
    call.receiver.cuts = turned.cuts;
    return call.isPython ? nothing : call.receiver;
  },
  toReversed: ({ run, receiver, span }) => reversed(run, receiver, span),
  includes,
  has: includes,
  indexOf,
  index: indexOf,
  slice,
  splice,
  toSpliced: (call) => {
    const result = list(materialise(call.run, call.receiver).slice(), call.span);
    result.order = call.receiver.order;
    splice({ ...call, receiver: result });
    return result;
  },
  copy,
  flat,
  entries: pairs,
  values: copy,
  keys: (call) => {
    const { run, receiver, span } = call;
    return list(
      materialise(run, receiver).map((element, index) => listElement(constant(index), element.span)),
      span,
    );
  },
  add,
  update: ({ run, receiver, args, span }) => {
    for (const argument of args)
      addToSet(run, receiver, iterable(run, argument.value, argument.span)?.elements ?? [], span);
    return nothing;
  },
  union,
  intersection: union,
  difference: union,
  clear,
  remove,
  discard: remove,
  delete: remove,
  at: ({ run, receiver, args, span }) => {
    const at = args[0]?.value;
    if (at?.type !== "constant" || typeof at.value !== "number") return undefined;
    const elements = materialise(run, receiver);
    const isKnown = elements.every((element) => !element.stretch);
    return elements.at(at.value)?.value ?? (isKnown ? nothing : derivedValue(run, "at", [receiver], span));
  },
  with: ({ run, receiver, args, span }) => {
    const [at, item] = args;
    const result = list(materialise(run, receiver).slice(), span);
    result.order = receiver.order;
    const position =
      at?.value.type === "constant" && typeof at.value.value === "number" ? at.value.value : undefined;
    const index = position === undefined ? -1 : position < 0 ? result.elements.length + position : position;
    if (item && index >= 0 && index < result.elements.length)
      result.elements[index] = listElement(item.value, item.span, run.frame);
    return result;
  },
  fill: ({ run, receiver, args, span }) => {
    const [item] = args;
    run.willChangeList(receiver);
    if (item) receiver.elements = receiver.elements.map(() => listElement(item.value, item.span, run.frame));
    noteOrder(run, receiver, span);
    return receiver;
  },
  join: (call) => {
    const [separator] = call.args;
    const between = separator
      ? partsOf(call.run, separator.value, separator.span)
      : partsOf(
          call.run,
          { type: "text", parts: [{ kind: "literal", text: ",", span: call.span }] },
          call.span,
        );
    return joinTexts(call.run, call.receiver, between, call.span);
  },
};
