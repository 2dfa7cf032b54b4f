import { textOf } from "../value/construct.ts";
import { literalText } from "../value/inspect.ts";
import type { TextPart, Value } from "../value/value.ts";
import type { Span } from "../source/source-file.ts";

/** Python's format specification: `[[fill]align][sign][#][0][width][,][.precision][type]`. */
const specification =
  /^(?:(.)?([<>=^]))?([+\- ])?#?(0)?(\d{1,4})?([,_])?(?:\.(\d{1,2}))?([bcdeEfFgGnosxX%])?$/su;

interface Layout {
  readonly fill: string;
  /** `<`, `>`, `^`, or `=`: padding between sign and digits. */
  readonly align: string;
  readonly width: number;
}

/**
 * A value in a format of Python's mini-language; undefined where the value or the format is not known well enough.
 * A text with holes keeps its parts, since only its padding would change.
 */
export function formatValue(value: Value, format: string, span: Span): readonly TextPart[] | undefined {
  const match = specification.exec(format);
  if (!match) return undefined;
  const [, fill, align, sign = "", zero, width, grouping, precision, type] = match;
  const isNumber = value.type === "constant" && typeof value.value === "number";
  const layout: Layout = {
    fill: fill ?? (zero ? "0" : " "),
    align: align ?? (zero ? "=" : isNumber ? ">" : "<"),
    width: width === undefined ? 0 : Number(width),
  };
  if (isNumber) {
    const digits = printNumber(
      value.value as number,
      type,
      precision === undefined ? undefined : Number(precision),
    );
    const signed = (value.value as number) >= 0 && sign !== "-" ? sign + digits : digits;
    return [{ kind: "literal", text: pad(grouping ? group(signed, grouping) : signed, layout), span }];
  }
  const literal = literalText(value);
  if (literal === undefined || value.type !== "text") return undefined;
  const cut = precision === undefined ? literal : literal.slice(0, Number(precision));
  return textOf([{ kind: "literal", text: pad(cut, layout), span: value.parts[0]?.span ?? span }]).parts;
}

function printNumber(value: number, type: string | undefined, precision: number | undefined): string {
  switch (type) {
    case "f":
    case "F":
      return value.toFixed(precision ?? 6);
    case "%":
      return `${(value * 100).toFixed(precision ?? 6)}%`;
    case "e":
    case "E":
      return value.toExponential(precision ?? 6).replace(/e([+-])(\d)$/, "e$10$2");
    case "x":
      return Math.trunc(value).toString(16);
    case "X":
      return Math.trunc(value).toString(16).toUpperCase();
    case "o":
      return Math.trunc(value).toString(8);
    case "b":
      return Math.trunc(value).toString(2);
    default:
      return precision === undefined
        ? String(value)
        : String(Number(value.toPrecision(Math.max(1, precision))));
  }
}

function group(digits: string, separator: string): string {
  const [whole = "", ...fraction] = digits.split(".");
  return [whole.replace(/\B(?=(?:\d{3})+(?!\d))/g, separator), ...fraction].join(".");
}

function pad(text: string, { fill, align, width }: Layout): string {
  const missing = width - text.length;
  if (missing <= 0) return text;
  switch (align) {
    case "<":
      return text + fill.repeat(missing);
    case "^":
      return fill.repeat(Math.floor(missing / 2)) + text + fill.repeat(Math.ceil(missing / 2));
    case "=": {
      const sign = /^[+\- ]/.exec(text)?.[0] ?? "";
      return sign + fill.repeat(missing) + text.slice(sign.length);
    }
    default:
      return fill.repeat(missing) + text;
  }
}

/** The format specification that does what a `%` directive does: `%-5.2f` is `<5.2f`. */
export function formatOfDirective(directive: string): string | undefined {
  const match = /^%(?:\([^)]*\))?([#0\- +]*)(\d*(?:\.\d+)?)([sdrfFixXeEgG])$/.exec(directive);
  if (!match) return undefined;
  const [, flags = "", size = "", type = "s"] = match;
  const align = flags.includes("-") ? "<" : flags.includes("0") ? "0" : ">";
  const sign = flags.includes("+") ? "+" : "";
  const suffix = type === "s" || type === "r" ? "" : type === "i" ? "d" : type;
  if (size === "" && sign === "") return suffix;
  return align === "0" ? `${sign}0${size}${suffix}` : `${align}${sign}${size}${suffix}`;
}
