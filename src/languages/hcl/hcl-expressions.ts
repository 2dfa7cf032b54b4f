import type { Span } from "../../source/source-file.ts";
import { constant, list, listElement, record, recordEntry, text } from "../../value/construct.ts";
import { literalText } from "../../value/inspect.ts";
import type { ArgumentValue, OpaqueValue, RecordEntryValue, Value } from "../../value/value.ts";
import { maximumDepth, type HclReading } from "./hcl-reading.ts";
import { readTemplate } from "./hcl-templates.ts";

/** A value and the token behind it. */
export interface Expression {
  readonly value: Value;
  readonly span: Span;
  readonly next: number;
}

/** Longest chain of members, lookups and calls that is followed. */
const maximumChain = 30;

const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

/** Reads expressions: literals as they are, names and calls as the way to a value, all else as unknown. */
export class ExpressionReader {
  readonly #reading: HclReading;
  #depth = 0;

  constructor(reading: HclReading) {
    this.#reading = reading;
  }

  /**
   * The expression at a token.
   * @param limit the token that cannot be part of it; @param isLine whether it ends with its line
   */
  read(index: number, limit: number, isLine: boolean): Expression {
    const reading = this.#reading;
    const first = isLine ? index : Math.min(reading.behindLines(index), limit);
    if (this.#isEnd(first, limit, isLine)) {
      reading.problemAt("A value was expected here.", first);
      return { value: constant(undefined), span: reading.span(first, first), next: first };
    }
    if (this.#depth >= maximumDepth) {
      reading.tooDeep(first);
      return this.#unknown(first, first, limit, isLine);
    }
    this.#depth++;
    const found = this.#primary(first, limit);
    this.#depth--;
    const next = found && (isLine ? found.next : Math.min(reading.behindLines(found.next), limit));
    if (found && next !== undefined && this.#isEnd(next, limit, isLine)) return { ...found, next };
    return this.#unknown(first, found?.next ?? first, limit, isLine);
  }

  #isEnd(index: number, limit: number, isLine: boolean): boolean {
    return (
      index >= limit ||
      (isLine && this.#reading.is(index, "newline")) ||
      this.#reading.is(index, "operator", ",")
    );
  }

  /** An expression that is not worked out, from its first token to its end. */
  #unknown(first: number, from: number, limit: number, isLine: boolean): Expression {
    const reading = this.#reading;
    let next = from;
    let last = Math.max(first, from - 1);
    while (!this.#isEnd(next, limit, isLine)) {
      const { kind, text: written, close } = reading.at(next);
      if ((kind === "open" && close < 0) || kind === "close") {
        const message =
          kind === "close" ? `Nothing opens this \`${written}\`.` : `Nothing closes this \`${written}\`.`;
        reading.problemAt(message, next);
      }
      if (kind !== "newline") last = reading.behind(next) - 1;
      next = reading.behind(next);
    }
    const span = reading.span(first, Math.min(last, limit - 1));
    return { value: reading.unknown(undefined, span), span, next: Math.min(next, limit) };
  }

  /** The operand an expression begins with; undefined where that is not worked out. */
  #primary(index: number, limit: number): Expression | undefined {
    const reading = this.#reading;
    const { kind, text: written, close, start } = reading.at(index);
    if (kind === "number") return this.#done(constant(Number(written)), index, index + 1);
    if (kind === "operator" && written === "-" && reading.is(index + 1, "number")) {
      return this.#done(constant(-Number(reading.at(index + 1).text)), index, index + 2);
    }
    if (kind === "name") {
      const word = Object.hasOwn(words, written) ? words[written] : undefined;
      return word === undefined ? this.#chain(index, limit) : this.#done(constant(word), index, index + 1);
    }
    if (kind !== "open" || close < 0 || close >= limit) return undefined;
    if (written === '"' || written.startsWith("<<")) {
      const value = readTemplate(reading, index, (from, end) => this.read(from, end, false).value);
      return this.#done(value, index, close + 1);
    }
    const inner = reading.behindLines(index + 1);
    if (written === "(") {
      const { value, next } = this.read(inner, close, false);
      return next === close ? this.#done(value, index, close + 1) : undefined;
    }
    if (reading.is(inner, "name", "for") && reading.is(reading.behindLines(inner + 1), "name"))
      return undefined;
    const span = { file: reading.file.path, start, end: reading.at(close).end };
    const value = written === "[" ? this.#list(inner, close, span) : this.#object(inner, close, span);
    return { value, span, next: close + 1 };
  }

  #done(value: Value, first: number, next: number): Expression {
    return { value, span: this.#reading.span(first, next - 1), next };
  }

  #list(first: number, close: number, span: Span): Value {
    const elements = this.#elements(first, close).map((element) => listElement(element.value, element.span));
    return list(elements, span);
  }

  /** Values with commas between them. */
  #elements(first: number, close: number): Expression[] {
    const elements: Expression[] = [];
    for (let at = first; at < close; at = this.#reading.behindLines(at)) {
      const element = this.read(at, close, false);
      elements.push(element);
      at = this.#reading.is(element.next, "operator", ",")
        ? element.next + 1
        : Math.max(element.next, at + 1);
    }
    return elements;
  }

  #object(first: number, close: number, span: Span): Value {
    const reading = this.#reading;
    const entries: [string, RecordEntryValue][] = [];
    const unread: OpaqueValue[] = [];
    let at = first;
    while (at < close) {
      const sign = reading.behind(at);
      const isKey = reading.is(at, "name") || reading.is(at, "number") || reading.is(at, "open");
      if (!isKey || !(reading.is(sign, "operator", "=") || reading.is(sign, "operator", ":"))) {
        reading.problemAt("A key with `=` or `:` behind it was expected here.", at);
        at = reading.behindLines(Math.max(at + 1, this.#entryEnd(at, close)));
        continue;
      }
      const { value, span: place, next } = this.read(sign + 1, close, true);
      const key = this.#key(at, sign);
      const entrySpan = { ...place, start: reading.at(at).start };
      if (key === undefined) unread.push(reading.unknown(undefined, entrySpan));
      else entries.push([key, recordEntry(value, place, entrySpan)]);
      at = reading.behindLines(reading.is(next, "operator", ",") ? next + 1 : next);
    }
    const made = record(span, entries);
    made.rest.push(...unread);
    return made;
  }

  #entryEnd(index: number, close: number): number {
    let at = index;
    while (!this.#isEnd(at, close, true)) at = this.#reading.behind(at);
    return this.#reading.is(at, "operator", ",") ? at + 1 : at;
  }

  /** The key between two tokens; undefined where it is worked out. */
  #key(index: number, sign: number): string | undefined {
    const { kind, text: written } = this.#reading.at(index);
    if (kind !== "open") return written;
    return written === '"' ? literalText(this.read(index, sign, false).value) : undefined;
  }

  /** A name and what is read of it: `var.x`, `local.rules[0].text`, `file("a.txt")`. */
  #chain(first: number, limit: number): Expression | undefined {
    const reading = this.#reading;
    let name = reading.at(first).text;
    let next = first + 1;
    while (reading.is(next, "operator", "::") && reading.is(next + 1, "name")) {
      name += `::${reading.at(next + 1).text}`;
      next += 2;
    }
    let value = reading.unknown({ kind: "global", name }, reading.span(first, next - 1));
    if (reading.is(next, "open", "(")) {
      const { close } = reading.at(next);
      if (close < 0 || close >= limit) return undefined;
      const given = this.#arguments(next, close);
      if (!given) return undefined;
      const origin = { kind: "call", callee: value, arguments: given, isNew: false } as const;
      value = reading.unknown(origin, reading.span(first, close));
      next = close + 1;
    }
    for (let length = 0; next < limit; length++) {
      const step = this.#step(value, next);
      if (!step) break;
      if (length >= maximumChain) return undefined;
      next = step.next;
      value = reading.unknown(step.origin, reading.span(first, next - 1));
    }
    return this.#done(value, first, next);
  }

  #arguments(open: number, close: number): readonly ArgumentValue[] | undefined {
    const reading = this.#reading;
    // `f(values...)`: how many there are is unknown.
    if (reading.is(close - 1, "operator", "...")) return undefined;
    return this.#elements(reading.behindLines(open + 1), close).map(({ value, span }) => ({
      name: undefined,
      value,
      span,
      entrySpan: span,
      stretch: false,
    }));
  }

  /** `.name`, `.0`, `.*` or `[key]` behind a value. */
  #step(object: OpaqueValue, index: number) {
    const reading = this.#reading;
    if (reading.is(index, "operator", ".")) {
      const { kind, text: name } = reading.at(index + 1);
      if (kind !== "name" && kind !== "number" && name !== "*") return undefined;
      return { origin: { kind: "member", object, name } as const, next: index + 2 };
    }
    const { close } = reading.at(index);
    if (!reading.is(index, "open", "[") || close < 0) return undefined;
    const isSplat = reading.is(index + 1, "operator", "*");
    const key = isSplat ? text("*", reading.span(index, close)) : this.read(index + 1, close, false).value;
    return { origin: { kind: "index", object, index: key } as const, next: close + 1 };
  }
}
