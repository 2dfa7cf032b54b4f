import type {
  BinaryExpression,
  ComprehensionExpression,
  Expression,
  ListElement,
  RecordEntry,
  TemplateExpression,
} from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { noteChosen } from "../value/chosen-places.ts";
import { constant, list, listElement, opaque, record, recordEntry, text } from "../value/construct.ts";
import { defaultOf, noteDefault } from "../value/defaults.ts";
import { literalText } from "../value/inspect.ts";
import type {
  ArgumentValue,
  FunctionValue,
  ListValue,
  OpaqueValue,
  RecordValue,
  Value,
} from "../value/value.ts";
import { addToSet, binary } from "./operations.ts";
import { superMember } from "./super-members.ts";
import { callFunction, callValue, evaluateCall, isSuper, positional } from "./calls.ts";
import { makeClass } from "./classes.ts";
import { noteOptional, truth } from "./conditions.ts";
import { Environment } from "./environment.ts";
import { appendAll, elementsOf, iterable, loopOver, noteOrder, orderOf, weaken } from "./iteration.ts";
import { keyOf } from "./keys.ts";
import { folderOf } from "./library/files.ts";
import { callLibraryFunction } from "./library/library.ts";
import { givesAnswer } from "./library/retrieval.ts";
import { entryUnder } from "./copied-entries.ts";
import { copiedItems } from "./copied-items.ts";
import { copyEntries, placeFragment, sortIntegerKeys } from "./copies.ts";
import { getIndex, getMember, getters } from "./members.ts";
import { getSlice } from "./slices.ts";
import { isBestLeftOut } from "./injected-values.ts";
import { derivedValue, isInsideElement, unknownValue } from "./opaques.ts";
import { assign } from "./patterns.ts";
import { runToEnd } from "./fan-out.ts";
import type { Run } from "./run.ts";
import { restatePlaceholder } from "./stated-scopes.ts";
import { concatenate, formatted } from "./texts.ts";

/**
 * Whether a condition holds. What is unknown in it goes the way that makes the whole `preferred`: `a or b` in front of
 * a `return` fails in both parts.
 */
export function holds(run: Run, expression: Expression, environment: Environment, preferred = true): boolean {
  if (expression.kind === "logical" && expression.operator !== "nullish") {
    const isAnd = expression.operator === "and";
    // `a and b` fails by its last part: what is asked for first is usually there.
    const left = holds(run, expression.left, environment, isAnd || preferred);
    return left === isAnd ? holds(run, expression.right, environment, preferred) : left;
  }
  if (expression.kind === "unary" && expression.operator === "not" && expression.operand.kind === "logical") {
    return !holds(run, expression.operand, environment, !preferred);
  }
  return truth(run, evaluate(run, expression, environment), expression.span, preferred);
}

/** The value of an expression in this run. */
export function evaluate(run: Run, expression: Expression, environment: Environment): Value {
  run.step();
  const { span } = expression;
  switch (expression.kind) {
    case "literal":
      return typeof expression.value === "string" ? text(expression.value, span) : constant(expression.value);
    case "template":
      return template(run, expression, environment);
    case "name":
      return readName(run, expression.name, environment, span);
    case "member": {
      if (isSuper(expression.object)) return superMember(run, environment, expression.name, span);
      const own = importMeta(expression.object) ? modulePlace(environment.file, expression.name) : undefined;
      if (own !== undefined) return text(own, span);
      const object = evaluate(run, expression.object, environment);
      if (expression.optional && object.type === "constant" && object.value == null)
        return constant(undefined);
      return getMember(run, object, expression.name, span);
    }
    case "index": {
      const object = evaluate(run, expression.object, environment);
      if (expression.optional && object.type === "constant" && object.value == null)
        return constant(undefined);
      return getIndex(run, object, evaluate(run, expression.index, environment), span);
    }
    case "slice":
      return getSlice(
        run,
        evaluate(run, expression.object, environment),
        expression.start && evaluate(run, expression.start, environment),
        expression.end && evaluate(run, expression.end, environment),
        expression.step && evaluate(run, expression.step, environment),
        span,
      );
    case "call": {
      const result = evaluateCall(run, expression, environment);
      if (expression.optional && result.type === "opaque") noteOptional(result);
      return result;
    }
    case "list": {
      const result = list([], span, expression.isTuple ? "tuple" : "list");
      fillList(run, result, expression.elements, environment);
      return result;
    }
    case "set": {
      const source = list([], span);
      fillList(run, source, expression.elements, environment);
      return addToSet(run, list([], span, "set"), source.elements, span);
    }
    case "record": {
      const result = record(span);
      for (const entry of expression.entries) fillRecord(run, result, entry, environment);
      if (run.modules.languageOf(span.file) === "javascript") sortIntegerKeys(result);
      return result;
    }
    case "conditional": {
      const test = holds(run, expression.test, environment);
      const [chosen, other] = test ? [expression.then, expression.else] : [expression.else, expression.then];
      const value = evaluate(run, chosen, environment);
      if (chosen.kind === "literal" || chosen.kind === "call") noteChosen(value, span);
      return withAlternative(run, value, other, environment);
    }
    case "logical": {
      const left = evaluate(run, expression.left, environment);
      if (expression.operator === "nullish") {
        if (left.type === "constant")
          return left.value == null ? evaluate(run, expression.right, environment) : left;
        if (left.type !== "opaque") return left;
        return truth(run, left, expression.left.span, !isBestLeftOut(left, expression.right))
          ? withAlternative(run, left, expression.right, environment)
          : evaluate(run, expression.right, environment);
      }
      const isUsual = expression.operator === "and" || !isBestLeftOut(left, expression.right);
      const isTrue = truth(run, left, expression.left.span, isUsual);
      if (isTrue === (expression.operator === "and")) return evaluate(run, expression.right, environment);
      return isTrue ? withAlternative(run, left, expression.right, environment) : falseValue(run, left, span);
    }
    case "unary":
      return unary(
        run,
        expression.operator,
        evaluate(run, expression.operand, environment),
        expression.operand.span,
        span,
      );
    case "binary":
      return evaluateBinary(run, expression, environment);
    case "functionExpression":
      return {
        type: "function",
        node: expression.function,
        environment,
        self: expression.function.isArrow ? environment.find("this")?.binding.value : undefined,
        home: undefined,
      };
    case "classExpression":
      return makeClass(run, expression.class, environment);
    case "comprehension":
      return comprehension(run, expression, environment);
    case "await": {
      run.awaited = true;
      const value = runToEnd(run, () => evaluate(run, expression.value, environment));
      run.awaited = false;
      for (const loop of run.loops) if (loop.concurrent) loop.waited = true;
      return value;
    }
    case "yield": {
      const value = expression.value ? evaluate(run, expression.value, environment) : constant(undefined);
      const output = environment.find("yield output")?.binding.value;
      if (output?.type === "list") {
        const inner = expression.all ? iterable(run, value, span) : undefined;
        if (inner) {
          appendAll(run, output, inner.elements);
          weaken(output, orderOf(value, span, run));
        } else if (!expression.all)
          output.elements.push(listElement(value, expression.value?.span ?? span, run.frame));
        noteOrder(run, output, span);
      }
      return unknownValue(run, "sent value", span);
    }
    case "assignExpression": {
      const old = expression.operator ? readPattern(run, expression.target, environment) : undefined;
      const right = () => evaluate(run, expression.value, environment);
      const value = compound(run, expression.operator, old, right, expression.value.span, span);
      assign(run, expression.target, value, environment, undefined, expression.value.span, span);
      return expression.returnsOld && old ? old : value;
    }
    case "sequence": {
      let value: Value = constant(undefined);
      for (const part of expression.expressions) value = evaluate(run, part, environment);
      return value;
    }
    case "unknownExpression":
      for (const part of expression.parts) evaluate(run, part, environment);
      return unknownValue(run, expression.reason, span);
  }
}

/**
 * A value that is not in view, with what it is worth otherwise: `process.env.MODEL ?? "..."`. While a module is loaded
 * only one way is gone, so the other one has to be remembered.
 */
function withAlternative(run: Run, value: Value, alternative: Expression, environment: Environment): Value {
  if (value.type !== "opaque" || run.id !== 0 || defaultOf(value)) return value;
  if (alternative.kind === "literal" || alternative.kind === "name" || alternative.kind === "member") {
    const otherwise = evaluate(run, alternative, environment);
    if (otherwise.type === "text") noteDefault(value, otherwise);
  }
  return value;
}

/** What `left and right` gives where the left side was decided to be false. */
function falseValue(run: Run, left: Value, span: Span): Value {
  if (left.type === "text") return text("", span);
  if (left.type !== "opaque") return left;
  const { origin } = left;
  if (origin.kind === "operation" && /^(?:[=!<>]=?|not|!?in|instanceof)/.test(origin.operator))
    return constant(false);
  // Python's may be an empty text or list as well, which is printed as such.
  return run.modules.languageOf(span.file) === "javascript" ? constant(undefined) : left;
}

/** An f-string or template literal; a tag gets its texts and values as a function, unless a library knows the tag. */
function template(run: Run, expression: TemplateExpression, environment: Environment): Value {
  const { tag, span } = expression;
  const target = tag && evaluate(run, tag, environment);
  const values = expression.parts.map((part) =>
    part.kind === "value" ? evaluate(run, part.value, environment) : text(part.text, part.span),
  );
  if (tag && target?.type === "function") return callTag(run, expression, target, values);
  const whole = concatenate(
    run,
    expression.parts.map((part, index) => {
      const value = values[index]!;
      if (part.kind !== "value") return value.type === "text" ? value.parts : [];
      return formatted(run, restatePlaceholder(run, value, part.span), part);
    }),
  );
  if (target?.type !== "opaque") return whole;
  const args = [positional(whole, span)];
  if (givesAnswer(target)) return callValue(run, target, args, span, false);
  return callLibraryFunction(run, target, args, span, false) ?? whole;
}

function callTag(
  run: Run,
  expression: TemplateExpression,
  target: FunctionValue,
  values: readonly Value[],
): Value {
  const { span } = expression;
  const texts = list([listElement(text("", span), span)], span);
  const args: ArgumentValue[] = [positional(texts, span)];
  expression.parts.forEach((part, index) => {
    const value = values[index]!;
    if (part.kind === "text") texts.elements[texts.elements.length - 1] = listElement(value, part.span);
    else {
      args.push(positional(value, part.span));
      texts.elements.push(listElement(text("", span), span));
    }
  });
  return callFunction(run, target, args, span);
}

/** The value of what is assigned to, for compound assignments. */
export function readPattern(
  run: Run,
  pattern: Extract<Expression, { kind: "assignExpression" }>["target"],
  environment: Environment,
): Value | undefined {
  if (pattern.kind === "namePattern") return readName(run, pattern.name, environment, pattern.span);
  return pattern.kind === "placePattern" ? evaluate(run, pattern.place, environment) : undefined;
}

/** What `??=` and `||=` filled in, with the place that did. */
const filledAt = new WeakMap<OpaqueValue, Span>();

/** `old op= right`; the right side runs only if it is needed. */
export function compound(
  run: Run,
  operator: Extract<Expression, { kind: "assignExpression" }>["operator"],
  old: Value | undefined,
  evaluateRight: () => Value,
  rightSpan: Span,
  span: Span,
): Value {
  if (!operator || !old) return evaluateRight();
  if (operator === "and") return truth(run, old, span) ? evaluateRight() : old;
  if (operator === "or" || operator === "nullish") {
    // What is missing is usual, unless it was filled in by the same place before.
    const isThere =
      operator === "nullish" && old.type !== "opaque"
        ? old.type !== "constant" || old.value != null
        : (old.type === "opaque" && filledAt.get(old) === span) || truth(run, old, span, false);
    if (isThere) return old;
    const filled = evaluateRight();
    if (filled.type === "opaque") filledAt.set(filled, span);
    return filled;
  }
  const right = evaluateRight();
  if (operator === "+" && old.type === "list" && run.modules.languageOf(span.file) === "python") {
    const source = iterable(run, right, rightSpan);
    if (source) {
      run.willChangeList(old);
      appendAll(run, old, source.elements);
      weaken(old, orderOf(right, rightSpan, run));
      return old;
    }
  }
  const isSet = operator === "|" && old.type === "list" && old.shape === "set" && right.type === "list";
  if (isSet && run.modules.languageOf(span.file) === "python") {
    addToSet(run, old, right.elements, span);
    noteOrder(run, old, span);
    return old;
  }
  if (operator === "|" && old.type === "record" && run.modules.languageOf(span.file) === "python") {
    copyEntries(run, old, right);
    return old;
  }
  return binary(run, operator, old, right, span, rightSpan, rightSpan);
}

/** The value a name stands for: a binding in view, or what the language or its host provides. */
function readName(run: Run, name: string, environment: Environment, span: Span): Value {
  const found = environment.find(name);
  if (found) {
    const value = run.read(found.binding);
    if (value) return value;
  }
  if (name === "__file__" || name === "__filename") return text(environment.file, span);
  if (name === "__dirname") return text(folderOf(environment.file), span);
  if (name === "undefined") return constant(undefined);
  if (name === "Infinity" && run.modules.languageOf(span.file) === "javascript") return constant(Infinity);
  return opaque(
    { origin: { kind: "global", name }, key: name, span },
    { scope: "unknown", frame: run.frame },
  );
}

function importMeta(object: Expression): boolean {
  return (
    object.kind === "member" &&
    object.name === "meta" &&
    object.object.kind === "name" &&
    object.object.name === "import"
  );
}

/** `import.meta.url` and its kin, as paths. */
function modulePlace(file: string, name: string): string | undefined {
  if (name === "url" || name === "filename" || name === "path") return file;
  return name === "dirname" || name === "dir" ? folderOf(file) : undefined;
}

function fillList(
  run: Run,
  target: ListValue,
  elements: readonly ListElement[],
  environment: Environment,
): void {
  for (const element of elements) {
    const value = evaluate(run, element.value, environment);
    if (element.kind === "element") {
      target.elements.push(listElement(value, element.value.span, run.frame));
      continue;
    }
    spreadInto(run, target, value, element.value.span);
  }
}

/** `[...xs]`, `*xs`: the elements of a value become elements of a list. */
function spreadInto(run: Run, target: ListValue, value: Value, span: Span): void {
  const source = iterable(run, value, span);
  if (source) {
    appendAll(run, target, source.elements);
    if (source.elements.length > 1 || source.elements.some((element) => element.stretch)) {
      weaken(target, orderOf(value, span, run));
    }
    if (source.cuts.length > 0) target.cuts = [...target.cuts, ...source.cuts];
  } else if (value.type !== "constant") {
    target.elements.push(listElement(derivedValue(run, "elements", [value], span), span, run.frame, true));
  }
}

function fillRecord(run: Run, target: RecordValue, entry: RecordEntry, environment: Environment): void {
  if (entry.kind === "spread") {
    const source = evaluate(run, entry.value, environment);
    if (source.type !== "constant" && source.type !== "text") copyEntries(run, target, source);
    if (source.type === "record" && source.entries.size === 1)
      placeFragment(target, source, entry.value.span);
    return;
  }
  const key = evaluate(run, entry.key, environment);
  const name = literalText(key) ?? (key.type === "constant" ? String(key.value) : `[${keyOf(key)}]`);
  if (entry.kind === "getter") {
    const getter: Value = {
      type: "function",
      node: entry.function,
      environment,
      self: target,
      home: undefined,
    };
    getters.add(getter);
    target.entries.set(name, recordEntry(getter, entry.span, entry.span, run.frame));
    return;
  }
  const value = evaluate(run, entry.value, environment);
  target.entries.set(name, recordEntry(value, entry.value.span, entry.span, run.frame));
  target.removed.delete(name);
}

function unary(run: Run, operator: string, operand: Value, operandSpan: Span, span: Span): Value {
  if (operator === "void") return constant(undefined);
  if (operand.type === "constant") {
    if (operator === "not") return constant(!operand.value);
    if (operator === "-" && typeof operand.value === "number") return constant(-operand.value);
    if (operator === "+") return constant(Number(operand.value));
    if (operator === "typeof") return text(operand.value === null ? "object" : typeof operand.value, span);
  }
  if (operator === "not") {
    if (operand.type === "opaque") return derivedValue(run, "not", [operand], span);
    return constant(!truth(run, operand, operandSpan, false));
  }
  if (operator === "typeof") {
    if (operand.type === "text") return text("string", span);
    if (operand.type === "function" || operand.type === "class") return text("function", span);
    if (operand.type === "list" || operand.type === "record") return text("object", span);
  }
  const clock =
    operand.type === "opaque" && operand.clock ? { ...operand.clock, form: "number" as const } : undefined;
  return derivedValue(run, operator, [operand], span, { clock });
}

function evaluateBinary(run: Run, expression: BinaryExpression, environment: Environment): Value {
  const left = evaluate(run, expression.left, environment);
  const right = evaluate(run, expression.right, environment);
  return binary(
    run,
    expression.operator,
    left,
    right,
    expression.span,
    expression.left.span,
    expression.right.span,
  );
}

function comprehension(run: Run, expression: ComprehensionExpression, environment: Environment): Value {
  const { span } = expression;
  const copied = expression.result === "record" ? copiedItems(run, expression, environment) : undefined;
  if (copied) return copied;
  const result = list([], span);
  const entries = record(span);
  const cuts: ListValue["cuts"] = [];
  const visit = (at: number, scope: Environment): void => {
    const clause = expression.clauses[at];
    if (!clause) {
      const value = evaluate(run, expression.element, scope);
      if (expression.key) {
        const key = evaluate(run, expression.key, scope);
        const name = literalText(key) ?? (key.type === "constant" ? String(key.value) : `[${keyOf(key)}]`);
        const { span: place } = expression.element;
        entries.entries.set(name, entryUnder(key, value, place, place, run.frame));
      } else {
        result.elements.push(listElement(value, expression.element.span, run.frame));
      }
      return;
    }
    const source = evaluate(run, clause.iterable, scope);
    const order = orderOf(source, clause.iterable.span, run);
    const elements = elementsOf(run, source, clause.iterable.span);
    // One that was made up stands for as many as there are.
    if (
      elements.length > 1 ||
      elements.some(({ value }) => value.type === "opaque" && isInsideElement(value))
    ) {
      weaken(result, order);
      weaken(entries, order);
    }
    if (at === 0 && source.type === "list") cuts.push(...source.cuts);
    run.withLoop(loopOver(order), () => {
      for (const element of elements) {
        const inner = new Environment(scope, scope.file, run.id, true);
        assign(run, clause.target, element.value, inner, "let", element.span);
        if (clause.conditions.every((test) => holds(run, test, inner))) visit(at + 1, inner);
      }
    });
  };
  visit(0, environment);
  if (expression.result === "record") return entries;
  if (cuts.length > 0) result.cuts = cuts;
  if (expression.result === "set") return addToSet(run, list([], span, "set"), result.elements, span);
  return result;
}
