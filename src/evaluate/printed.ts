import type { Span } from "../source/source-file.ts";
import { literalText } from "../value/inspect.ts";
import { isUnstable } from "../value/scope.ts";
import type { Frame, OpaqueValue, TextPart, Value } from "../value/value.ts";
import { bounds } from "./bounds.ts";

/** How a language or format writes lists and records down. */
export interface PrintStyle {
  readonly quote: (text: string) => string;
  readonly constants: { readonly true: string; readonly false: string; readonly null: string };
  readonly comma: string;
  readonly colon: string;
  /** Spaces or text of one level of indentation; empty: all on one line. */
  readonly indent: string;
  /** Records with an undefined field leave it out. */
  readonly dropsUndefined: boolean;
  readonly tuples: boolean;
  readonly sortsKeys: boolean;
}

const jsonConstants = { true: "true", false: "false", null: "null" };

/** `json.dumps` with its usual separators, escaping what is not ASCII. */
function pythonJson(indent: string, keepsUnicode: boolean): PrintStyle {
  return {
    quote: (text) =>
      keepsUnicode
        ? JSON.stringify(text)
        : JSON.stringify(text).replace(
            /[\u0080-\uffff]/g,
            (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
          ),
    constants: jsonConstants,
    comma: indent === "" ? ", " : ",",
    colon: ": ",
    indent,
    dropsUndefined: false,
    tuples: false,
    sortsKeys: false,
  };
}

/** `JSON.stringify`. */
function javascriptJson(indent: string): PrintStyle {
  return {
    quote: (text) => JSON.stringify(text),
    constants: jsonConstants,
    comma: ",",
    colon: indent === "" ? ":" : ": ",
    indent,
    dropsUndefined: true,
    tuples: false,
    sortsKeys: false,
  };
}

/** Python's `repr`. */
export const pythonRepr: PrintStyle = {
  quote: (text) => {
    const escaped = text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
    return text.includes("'") && !text.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`;
  },
  constants: { true: "True", false: "False", null: "None" },
  comma: ", ",
  colon: ": ",
  indent: "",
  dropsUndefined: false,
  tuples: true,
  sortsKeys: false,
};

/** Thrown inside when a value has no text that can be known. */
class Unprintable extends Error {}

/**
 * The text of a value in a style, holes where opaque values stand; undefined where its bytes can't be known: an
 * order that is not fixed, elements of unknown number, functions, instances, a value inside itself, too much text.
 */
export function printKnown(
  value: Value,
  style: PrintStyle,
  span: Span,
  frame: Frame | undefined,
): readonly TextPart[] | undefined {
  const printer = new Printer(style, frame);
  try {
    printer.print(value, span, 0);
  } catch (error) {
    if (error instanceof Unprintable) return undefined;
    throw error;
  }
  return printer.finish(span);
}

class Printer {
  readonly #style: PrintStyle;
  readonly #frame: Frame | undefined;
  readonly #parts: TextPart[] = [];
  readonly #open = new Set<Value>();
  #literal = "";
  #length = 0;

  constructor(style: PrintStyle, frame: Frame | undefined) {
    this.#style = style;
    this.#frame = frame;
  }

  finish(span: Span): readonly TextPart[] {
    this.#flush(span);
    return this.#parts;
  }

  print(value: Value, span: Span, depth: number): void {
    const { constants, quote } = this.#style;
    switch (value.type) {
      case "text": {
        const literal = literalText(value);
        if (literal !== undefined) return this.#write(quote(literal));
        this.#write('"');
        for (const part of value.parts) {
          if (part.kind === "literal") this.#write(quote(part.text).slice(1, -1));
          else this.#hole(part);
        }
        return this.#write('"');
      }
      case "constant":
        if (typeof value.value === "boolean")
          return this.#write(value.value ? constants.true : constants.false);
        return this.#write(value.value == null ? constants.null : String(value.value));
      case "opaque":
        return this.#hole({ kind: "hole", hole: value, span, frame: this.#frame });
      case "list": {
        if (value.shape === "set" || isUnstable(value.order.order)) throw new Unprintable();
        const isTuple = value.shape === "tuple" && this.#style.tuples;
        const rows = value.elements.map((element) => () => {
          if (element.stretch) throw new Unprintable();
          this.print(element.value, element.span, depth + 1);
        });
        const close = isTuple && rows.length === 1 ? ",)" : isTuple ? ")" : "]";
        return this.#nested(value, isTuple ? "(" : "[", close, rows, depth);
      }
      case "record": {
        const isShuffled = value.order && isUnstable(value.order.order) && !this.#style.sortsKeys;
        if (value.class || value.rest.length > 0 || isShuffled) throw new Unprintable();
        const rows: (() => void)[] = [];
        const entries = [...value.entries];
        if (this.#style.sortsKeys) entries.sort(([a], [b]) => (a < b ? -1 : 1));
        for (const [key, entry] of entries) {
          if (
            this.#style.dropsUndefined &&
            entry.value.type === "constant" &&
            entry.value.value === undefined
          )
            continue;
          rows.push(() => {
            this.#write(quote(key) + this.#style.colon);
            this.print(entry.value, entry.span, depth + 1);
          });
        }
        return this.#nested(value, "{", "}", rows, depth);
      }
      default:
        throw new Unprintable();
    }
  }

  #nested(value: Value, open: string, close: string, rows: readonly (() => void)[], depth: number): void {
    if (this.#open.has(value) || depth > 20) throw new Unprintable();
    this.#open.add(value);
    const { indent, comma } = this.#style;
    this.#write(open);
    rows.forEach((row, index) => {
      if (index > 0) this.#write(comma);
      if (indent !== "") this.#write(`\n${indent.repeat(depth + 1)}`);
      row();
    });
    if (indent !== "" && rows.length > 0) this.#write(`\n${indent.repeat(depth)}`);
    this.#write(close);
    this.#open.delete(value);
  }

  #hole(part: TextPart & { kind: "hole" }): void {
    this.#flush(part.span);
    this.#parts.push(part);
    if (this.#parts.length > bounds.parts) throw new Unprintable();
  }

  #write(text: string): void {
    this.#length += text.length;
    if (this.#length > bounds.printed) throw new Unprintable();
    this.#literal += text;
  }

  #flush(span: Span): void {
    if (this.#literal === "") return;
    this.#parts.push({ kind: "literal", text: this.#literal, span });
    this.#literal = "";
  }
}

/**
 * The text of `json.dumps(x)` or `JSON.stringify(x)`, where all of `x` is in view. Its operands are the value, the
 * indentation, whether letters beyond ASCII stay as they are, and whether keys are sorted.
 */
export function printJson(hole: OpaqueValue, isPython: boolean, span: Span): readonly TextPart[] | undefined {
  const { origin, order } = hole;
  if (origin.kind !== "operation" || origin.operator !== "json" || isUnstable(order)) return undefined;
  const [value, indent, unicode, sorted] = origin.operands;
  if (!value || value.type === "opaque") return undefined;
  const step = literalText(indent) ?? "";
  const style = isPython ? pythonJson(step, isTrue(unicode)) : javascriptJson(step);
  return printKnown(value, { ...style, sortsKeys: isTrue(sorted) }, span, hole.frame);
}

function isTrue(value: Value | undefined): boolean {
  return value?.type === "constant" && value.value === true;
}
