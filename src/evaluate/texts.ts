import type { TemplatePart } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { textOf } from "../value/construct.ts";
import { literalText } from "../value/inspect.ts";
import { isUnstable } from "../value/scope.ts";
import type {
  ClassValue,
  Frame,
  ListValue,
  OpaqueValue,
  OrderEvidence,
  RecordValue,
  TextPart,
  TextValue,
  Value,
} from "../value/value.ts";
import { bounds } from "./bounds.ts";
import { callMember } from "./calls.ts";
import { formatValue } from "./formats.ts";
import { cutClock, isoPrefixResolution, strftimeResolution } from "./library/clocks.ts";
import { findMember } from "./class-members.ts";
import { derivedValue, holesIn, isInsideElement, unknownValue } from "./opaques.ts";
import { printJson, printKnown, pythonRepr } from "./printed.ts";
import type { Run } from "./run.ts";
import { cutLiteral, fillPlace } from "./text-places.ts";

/** The parts of a value that is turned into text where `span` stands. */
export function partsOf(run: Run, value: Value, span: Span): readonly TextPart[] {
  switch (value.type) {
    case "text":
      return value.parts;
    case "constant": {
      const python = run.modules.languageOf(span.file) === "python";
      return [{ kind: "literal", text: python ? pythonConstant(value.value) : String(value.value), span }];
    }
    case "opaque":
      return (
        printJson(value, run.modules.languageOf(span.file) === "python", span) ?? [
          holePart(value, span, run.frame),
        ]
      );
    case "record": {
      const own = ownText(run, value, span);
      return own ?? printedCollection(run, value, span);
    }
    case "list":
      return printedCollection(run, value, span);
    case "function":
      if (run.modules.languageOf(span.file) === "python") return printedAddress(run, value, span);
      return [holePart(derivedValue(run, "print", [value], span), span, run.frame)];
    case "class":
      return [holePart(derivedValue(run, "print", [value], span), span, run.frame)];
  }
}

/** What an object's own `__str__` or `toString` gives. */
function ownText(run: Run, value: RecordValue, span: Span): readonly TextPart[] | undefined {
  if (!value.class) return undefined;
  const type = value.class;
  const isPython = run.modules.languageOf(span.file) === "python";
  const name = (isPython ? ["__str__", "__repr__"] : ["toString"]).find((each) => findMember(type, each));
  const made = name && callMember(run, value, name, [], span, span);
  if (!made) return isPython && isPlain(type) ? printedAddress(run, value, span) : undefined;
  return made.type === "text" || made.type === "opaque" ? partsOf(run, made, span) : undefined;
}

/** Python's default text of an object holds its address. */
function isPlain({ bases, node }: ClassValue): boolean {
  return bases.length === 0 && node.decorators.length === 0;
}

/** Deepest nesting that is searched for objects. */
const maximumDepth = 4;

/** Whether something inside a value is printed with its address by `str`. */
export function holdsAddress(value: Value, depth = 0): boolean {
  if (depth > maximumDepth) return false;
  if (value.type === "list") return value.elements.some((each) => holdsAddress(each.value, depth + 1));
  if (value.type !== "record") return value.type === "function";
  const type = value.class;
  if (!type) return [...value.entries.values()].some((each) => holdsAddress(each.value, depth + 1));
  return isPlain(type) && !["__str__", "__repr__"].some((name) => findMember(type, name));
}

/** The text Python makes of functions, and of objects that do not say otherwise: `<function f at 0x7f...>`. */
export function addressOf(run: Run, value: Value, span: Span): OpaqueValue {
  return derivedValue(run, "address", [value], span, { scope: "process", reason: "the memory address of" });
}

function printedAddress(run: Run, value: Value, span: Span): readonly TextPart[] {
  return [holePart(addressOf(run, value, span), span, run.frame)];
}

function pythonConstant(value: number | boolean | null | undefined): string {
  if (value === true) return "True";
  if (value === false) return "False";
  return value === null || value === undefined ? "None" : String(value);
}

export function holePart(hole: OpaqueValue, span: Span, frame: Frame | undefined): TextPart {
  return { kind: "hole", hole, span, frame };
}

/** A list or record printed as a whole: its bytes depend on the order of what is in it. */
function printedCollection(run: Run, value: ListValue | RecordValue, span: Span): readonly TextPart[] {
  const isPython = run.modules.languageOf(span.file) === "python";
  if (isPython) {
    const known = printKnown(value, pythonRepr, span, run.frame);
    if (known) return known;
  } else if (value.type === "list" && value.shape === "list" && !isNested(value)) {
    const comma: TextPart = { kind: "literal", text: ",", span };
    const joined = joinTexts(run, value, [comma], span);
    if (joined.type === "text") return joined.parts;
  } else if (value.type === "record" && !value.class) {
    return [{ kind: "literal", text: "[object Object]", span }];
  }
  return [holePart(printedValue(run, "print", [value], span, unstableWithin(value, span)), span, run.frame)];
}

function isNested(value: ListValue): boolean {
  return value.elements.some((element) => element.value.type === "list" || element.value.type === "record");
}

/**
 * What leaves the order inside a value open, where it comes first.
 * @param at where the value is printed, which puts a set in order that was filled piece by piece, and can sort keys
 * @param sortsKeys whether the order of its keys does not count
 */
export function unstableWithin(
  value: Value,
  at: Span,
  sortsKeys = false,
  seen = new Set<Value>(),
): OrderEvidence | undefined {
  if (value.type === "opaque")
    return isUnstable(value.order) ? { order: value.order, span: value.span, frame: value.frame } : undefined;
  if (seen.has(value) || (value.type !== "list" && value.type !== "record")) return undefined;
  seen.add(value);
  const counts = value.type === "list" || !sortsKeys;
  if (counts && value.order && isUnstable(value.order.order)) {
    const isFilled = value.type === "list" && value.shape === "set" && value.order.span !== value.span;
    return isFilled || value.type === "record" ? { ...value.order, span: at } : value.order;
  }
  for (const item of value.type === "list" ? value.elements : value.entries.values()) {
    const within = unstableWithin(item.value, at, sortsKeys, seen);
    if (within) return within;
  }
  return undefined;
}

/** A text made from a value, which has the order that the value has inside. */
export function printedValue(
  run: Run,
  operator: string,
  operands: readonly Value[],
  span: Span,
  within: OrderEvidence | undefined,
): OpaqueValue {
  return within
    ? derivedValue(run, operator, operands, within.span, { order: within.order })
    : derivedValue(run, operator, operands, span);
}

/**
 * Joins texts. Neighbouring literals stay apart, so that each keeps its place, unless they come from one place. What
 * goes beyond the bounds is one unknown value.
 */
export function concatenate(run: Run, pieces: readonly (readonly TextPart[])[]): TextValue {
  const [start = [], ...others] = pieces;
  if (start.length > bounds.parts) return textOf(start);
  // A text that grows in a loop is copied, not looked through again.
  const parts = start.slice();
  let length = lengthOf(start);
  for (const piece of others) {
    for (const part of piece) {
      const last = parts.at(-1);
      if (part.kind === "literal") length += part.text.length;
      if (parts.length >= bounds.parts || length > bounds.text) {
        run.reach(length > bounds.text ? "text" : "parts");
        parts.push(holePart(unknownValue(run, "a text too long to follow", part.span), part.span, run.frame));
        return textOf(parts);
      }
      if (part.kind === "literal" && last?.kind === "literal" && last.span === part.span) {
        parts[parts.length - 1] = { ...last, text: last.text + part.text };
      } else {
        parts.push(part);
      }
    }
  }
  literalLengths.set(parts, length);
  return textOf(parts);
}

const literalLengths = new WeakMap<readonly TextPart[], number>();

/** Characters of the literals of a text. */
export function lengthOf(parts: readonly TextPart[]): number {
  const known = literalLengths.get(parts);
  if (known !== undefined) return known;
  return parts.reduce((sum, part) => sum + (part.kind === "literal" ? part.text.length : 0), 0);
}

/** `f"{x:%Y-%m-%d}"` and friends: formats one value of a template. */
export function formatted(
  run: Run,
  value: Value,
  part: Extract<TemplatePart, { kind: "value" }>,
): readonly TextPart[] {
  const pieces = part.format ?? [];
  const isKnown = pieces.every((piece) => piece.kind === "text");
  const format = isKnown ? pieces.map((piece) => piece.text).join("") : undefined;
  if (part.conversion === "r" || part.conversion === "a") return printedParts(run, value, part.span);
  return formattedParts(run, value, format, part.span);
}

/** A value in a format of Python's; undefined: a format that is not known. */
export function formattedParts(
  run: Run,
  value: Value,
  format: string | undefined,
  span: Span,
): readonly TextPart[] {
  if (format === undefined || format === "") return enteringParts(run, value, span);
  if (value.type === "opaque" && value.clock && value.clock.form !== "number") {
    const cut = cutClock(run, `format ${format}`, value, "text", strftimeResolution(format), span);
    return [holePart(cut, span, run.frame)];
  }
  return formatValue(value, format, span) ?? partsOf(run, value, span);
}

/**
 * The parts of a value that is put into a text. A text of nothing but values and what separates them, such as joined
 * passages, is a value itself: where it meets other text is where a reader would take it out, unless it was put together
 * right there.
 */
export function enteringParts(run: Run, value: Value, span: Span): readonly TextPart[] {
  const parts = partsOf(run, value, span);
  const isBare = parts.every((part) => part.kind === "hole" || !/[\p{L}\p{N}]/u.test(part.text));
  if (value.type !== "text" || !isBare) return parts;
  const isHere = ({ file, start, end }: Span): boolean =>
    file === span.file && span.start <= start && end <= span.end;
  return parts.map((part) =>
    part.kind === "hole" && !isHere(part.span) ? { ...part, span, frame: run.frame } : part,
  );
}

/** Python's `repr` of a value. */
export function printedParts(run: Run, value: Value, span: Span): readonly TextPart[] {
  if (value.type === "opaque") return [holePart(derivedValue(run, "repr", [value], span), span, run.frame)];
  return printKnown(value, pythonRepr, span, run.frame) ?? partsOf(run, value, span);
}

/**
 * The texts of list elements with a separator between them, as `join` does.
 * @param at where the list is named, if that is a part of the call
 */
export function joinTexts(
  run: Run,
  source: ListValue,
  separator: readonly TextPart[],
  span: Span,
  at = span,
): Value {
  const [only, ...more] = source.elements;
  // One that was made up stands for as many as there are.
  const isSingle =
    only !== undefined && more.length === 0 && !only.stretch && !holesIn([only.value]).some(isInsideElement);
  if (isUnstable(source.order.order) && !isSingle) {
    const hole = printedValue(run, "join", [source], span, unstableWithin(source, at));
    return textOf([holePart(hole, span, run.frame)]);
  }
  const pieces: (readonly TextPart[])[] = [];
  source.elements.forEach((element, index) => {
    if (index > 0) pieces.push(separator);
    pieces.push(
      element.stretch
        ? [holePart(derivedValue(run, "join", [element.value], span), element.span, run.frame)]
        : withPlace(partsOf(run, element.value, element.span), element.span, run.frame),
    );
  });
  return concatenate(run, pieces);
}

/** A hole that is the whole of what it was put in enters the text where that stands. */
function withPlace(parts: readonly TextPart[], span: Span, frame: Frame | undefined): readonly TextPart[] {
  const [only] = parts;
  const isWhole = parts.length === 1 && only?.kind === "hole" && only.span === only.hole.span;
  return isWhole ? [{ ...only, span, frame }] : parts;
}

/** Cuts a text where only literals are touched; a cut through a hole is a new hole. */
export function sliceText(
  run: Run,
  value: TextValue,
  start: number,
  end: number | undefined,
  span: Span,
): Value {
  const literal = literalText(value);
  if (literal !== undefined) {
    const cut = literal.slice(start, end);
    const at = value.parts[0]?.span ?? span;
    return textOf(cut === "" ? [] : [{ kind: "literal", text: cut, span: at }]);
  }
  const [first] = value.parts;
  if (start >= 0 && end !== undefined && first?.kind === "literal" && end <= first.text.length && end >= 0) {
    return textOf([{ ...first, text: first.text.slice(start, end) }]);
  }
  if (value.parts.length === 1 && first?.kind === "hole" && first.hole.clock?.form === "iso") {
    return sliceOpaque(run, first.hole, start, end, span);
  }
  return textOf([holePart(derivedValue(run, `slice:${start}:${end}`, [value], span), span, run.frame)]);
}

/** Cuts an opaque text; ISO clocks lose resolution. */
export function sliceOpaque(
  run: Run,
  value: OpaqueValue,
  start: number,
  end: number | undefined,
  span: Span,
): Value {
  if (value.clock?.form === "iso" && start === 0 && end !== undefined) {
    const kept = end >= 0 ? end : 24 + end;
    return cutClock(run, "slice", value, "iso", isoPrefixResolution(kept), span);
  }
  return derivedValue(run, `slice:${start}:${end}`, [value], span);
}

/** Applies a function to the literals of a text that leaves its holes alone: `replace`, `upper`. */
export function mapLiterals(value: TextValue, change: (literal: string) => string): TextValue {
  return textOf(
    value.parts.flatMap((part): TextPart[] => {
      if (part.kind === "hole") return [part];
      const literal = change(part.text);
      return literal === "" ? [] : [{ ...part, text: literal }];
    }),
  );
}

/** Strips white space (or the given characters) at the ends; holes at an end stay as they are. */
export function stripText(value: TextValue, sides: "both" | "start" | "end", characters?: string): TextValue {
  const parts = value.parts.slice();
  const isStripped = (character: string) =>
    characters === undefined ? /\s/.test(character) : characters.includes(character);
  if (sides !== "end") {
    for (let first = parts[0]; first?.kind === "literal"; first = parts[0]) {
      let from = 0;
      while (from < first.text.length && isStripped(first.text[from]!)) from++;
      if (from < first.text.length) {
        parts[0] = { ...first, text: first.text.slice(from) };
        break;
      }
      parts.shift();
    }
  }
  if (sides !== "start") {
    for (let last = parts.at(-1); last?.kind === "literal"; last = parts.at(-1)) {
      let to = last.text.length;
      while (to > 0 && isStripped(last.text[to - 1]!)) to--;
      if (to > 0) {
        parts[parts.length - 1] = { ...last, text: last.text.slice(0, to) };
        break;
      }
      parts.pop();
    }
  }
  return textOf(parts);
}

/** Places of one literal in which each replacement stays apart, with the place it comes from. */
const longestReplaced = 200;

/** Replaces a literal pattern in a text by another text, holes included. */
export function replaceText(
  run: Run,
  value: TextValue,
  pattern: string,
  replacement: readonly TextPart[],
  once: boolean,
): TextValue {
  const plain = literalText(textOf(replacement));
  let done = false;
  const pieces = value.parts.map((part): readonly TextPart[] => {
    if (part.kind === "hole" || pattern === "" || (once && done) || !part.text.includes(pattern))
      return [part];
    const between = part.text.split(pattern);
    const count = once ? 1 : between.length - 1;
    done = true;
    if (count > longestReplaced && plain !== undefined) {
      const length = part.text.length + count * (plain.length - pattern.length);
      if (length <= bounds.text) return [{ ...part, text: between.join(plain) }];
    }
    if (count * replacement.length > bounds.parts) {
      run.reach("parts");
      return [
        holePart(
          derivedValue(run, "replace", [textOf([part]), textOf(replacement)], part.span),
          part.span,
          run.frame,
        ),
      ];
    }
    if (once) between.splice(1, between.length, between.slice(1).join(pattern));
    let start = 0;
    return between.flatMap((literal, index): TextPart[] => {
      const end = start + literal.length;
      const filled = index > 0 ? fillPlace(run, part, start - pattern.length, start, replacement) : [];
      const kept = literal === "" ? [] : [cutLiteral(run, part, start, end)];
      start = end + pattern.length;
      return [...filled, ...kept];
    });
  });
  return concatenate(run, pieces);
}
