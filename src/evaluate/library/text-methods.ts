import { constant, list, listElement, text, textOf } from "../../value/construct.ts";
import { literalText } from "../../value/inspect.ts";
import type { TextPart, TextValue, Value } from "../../value/value.ts";
import { bounds } from "../bounds.ts";
import { iterable } from "../iteration.ts";
import { getSlice } from "../members.ts";
import { derivedValue } from "../opaques.ts";
import { concatenate, joinTexts, mapLiterals, partsOf, replaceText, sliceOpaque, stripText } from "../texts.ts";
import { pathMethod } from "./files.ts";
import type { LibraryCall, LibraryFunction } from "./library.ts";

type TextFunction = LibraryFunction<TextValue>;

const same: TextFunction = ({ receiver }) => receiver;
const upper: TextFunction = ({ receiver }) => mapLiterals(receiver, (literal) => literal.toUpperCase());
const lower: TextFunction = ({ receiver }) => mapLiterals(receiver, (literal) => literal.toLowerCase());

function strip(sides: "both" | "start" | "end"): TextFunction {
  return ({ receiver, args }) => stripText(receiver, sides, literalText(args[0]?.value));
}

/** A question about a text that only a known text answers. */
function ask(operator: string, answer: (literal: string, argument: string) => boolean | number): TextFunction {
  return ({ run, receiver, args, span }) => {
    const literal = literalText(receiver);
    const argument = literalText(args[0]?.value);
    if (literal !== undefined && argument !== undefined) return constant(answer(literal, argument));
    return derivedValue(run, operator, [receiver, ...args.map((arg) => arg.value)], span);
  };
}

const slice: TextFunction = ({ run, receiver, args, span }) =>
  getSlice(run, receiver, args[0]?.value, args[1]?.value, undefined, span);

const replaceAll =
  (once: boolean): TextFunction =>
  ({ run, receiver, args, span }) => {
    const [from, to] = args;
    const pattern = literalText(from?.value);
    if (pattern === undefined || !to || to.value.type === "function") {
      return derivedValue(run, "replace", [receiver], span);
    }
    return replaceText(run, receiver, pattern, partsOf(run, to.value, to.span), once);
  };

const split: TextFunction = ({ run, receiver, args, span }) => {
  const literal = literalText(receiver);
  const separator = args[0] ? literalText(args[0].value) : undefined;
  const [part] = receiver.parts;
  if (literal !== undefined && part && (separator || args.length === 0)) {
    const pieces = separator ? literal.split(separator) : literal.trim().split(/\s+/);
    if (pieces.length <= bounds.elements) {
      return list(pieces.map((piece) => listElement(text(piece, part.span), part.span)), span);
    }
  }
  if (receiver.parts.length === 1 && part?.kind === "hole" && part.hole.clock?.form === "iso" && separator === "T") {
    const date = sliceOpaque(run, part.hole, 0, 10, span);
    const time = derivedValue(run, "time of day", [part.hole], span);
    return list([listElement(date, span), listElement(time, span)], span);
  }
  return undefined;
};

const join: TextFunction = ({ run, receiver, args, span }) => {
  const [items] = args;
  const source = items && iterable(run, items.value, items.span);
  return source ? joinTexts(run, source, receiver.parts, span) : undefined;
};

/** Python's `"{} {name}".format(...)`. */
const format: TextFunction = ({ run, receiver, args, named, span }) => {
  let next = 0;
  const pieces = receiver.parts.map((part): readonly TextPart[] => {
    if (part.kind === "hole") return [part];
    return part.text.split(/(\{\{|\}\}|\{[^{}]*\})/).flatMap((piece): readonly TextPart[] => {
      if (piece === "{{" || piece === "}}") return [{ ...part, text: piece[0]! }];
      const field = /^\{([^{}:!]*)[^{}]*\}$/.exec(piece)?.[1];
      if (field === undefined) return piece === "" ? [] : [{ ...part, text: piece }];
      const [root = "", ...path] = field.split(/[.[]/);
      const argument = root === "" ? args[next++] : /^\d+$/.test(root) ? args[Number(root)] : named.get(root);
      if (argument && path.length === 0) return partsOf(run, argument.value, argument.span);
      const whole = derivedValue(run, `format ${field}`, args.concat([...named.values()]).map((arg) => arg.value), span);
      return [{ kind: "hole", hole: whole, span, frame: run.frame }];
    });
  });
  return concatenate(run, pieces);
};

function pad(side: "start" | "end"): TextFunction {
  return ({ run, receiver, args, span }) => {
    const literal = literalText(receiver);
    const width = args[0]?.value;
    if (literal === undefined || width?.type !== "constant") return derivedValue(run, "pad", [receiver], span);
    const fill = literalText(args[1]?.value) ?? " ";
    const padded = side === "start" ? literal.padStart(Number(width.value), fill) : literal.padEnd(Number(width.value), fill);
    return text(padded, receiver.parts[0]?.span ?? span);
  };
}

const lines: TextFunction = ({ receiver, span }) => {
  const literal = literalText(receiver);
  const [part] = receiver.parts;
  if (literal === undefined || !part) return undefined;
  const found = literal.split(/\r?\n/);
  if (found.at(-1) === "") found.pop();
  return found.length > bounds.elements ? undefined : list(found.map((line) => listElement(text(line, part.span), part.span)), span);
};

const path =
  (name: string): TextFunction =>
  ({ run, receiver, args, span }: LibraryCall<TextValue>): Value | undefined =>
    pathMethod(run, receiver, name, args.map((arg) => arg.value), span);

const listing: TextFunction = ({ run, receiver, span }) =>
  derivedValue(run, "listing", [receiver], span, { scope: "deploy", order: "filesystem", reason: "the folder listing" });

/** Methods of texts in both languages; Python's paths are texts too. */
export const textMethods: Readonly<Record<string, TextFunction>> = {
  strip: strip("both"),
  lstrip: strip("start"),
  rstrip: strip("end"),
  trim: strip("both"),
  trimStart: strip("start"),
  trimEnd: strip("end"),
  upper,
  lower,
  toUpperCase: upper,
  toLowerCase: lower,
  toString: same,
  toWellFormed: same,
  normalize: same,
  encode: same,
  decode: same,
  casefold: lower,
  capitalize: same,
  title: same,
  startswith: ask("startswith", (literal, argument) => literal.startsWith(argument)),
  startsWith: ask("startswith", (literal, argument) => literal.startsWith(argument)),
  endswith: ask("endswith", (literal, argument) => literal.endsWith(argument)),
  endsWith: ask("endswith", (literal, argument) => literal.endsWith(argument)),
  includes: ask("includes", (literal, argument) => literal.includes(argument)),
  find: ask("find", (literal, argument) => literal.indexOf(argument)),
  indexOf: ask("find", (literal, argument) => literal.indexOf(argument)),
  slice,
  substring: slice,
  replace: (call) => replaceAll(!call.isPython)(call),
  replaceAll: replaceAll(false),
  removeprefix: ({ receiver }) => receiver,
  removesuffix: ({ receiver }) => receiver,
  split,
  splitlines: lines,
  join,
  format,
  format_map: (call) => {
    const [mapping] = call.args;
    if (mapping?.value.type !== "record") return undefined;
    const named = new Map(
      [...mapping.value.entries].map(([name, entry]) => [
        name,
        { name, value: entry.value, span: entry.span, entrySpan: entry.entrySpan, stretch: false },
      ]),
    );
    return format({ ...call, args: [], named });
  },
  concat: ({ run, receiver, args }) =>
    concatenate(run, [receiver.parts, ...args.map((arg) => partsOf(run, arg.value, arg.span))]),
  padStart: pad("start"),
  padEnd: pad("end"),
  zfill: ({ run, receiver, args, span }) => {
    const literal = literalText(receiver);
    const width = args[0]?.value;
    if (literal === undefined || width?.type !== "constant") return derivedValue(run, "pad", [receiver], span);
    return text(literal.padStart(Number(width.value), "0"), receiver.parts[0]?.span ?? span);
  },
  repeat: ({ run, receiver, args, span }) => {
    const times = args[0]?.value;
    if (times?.type !== "constant" || typeof times.value !== "number" || times.value > 1000) {
      return derivedValue(run, "repeat", [receiver], span);
    }
    return textOf(Array.from({ length: Math.max(0, times.value) }, () => receiver.parts).flat());
  },
  at: ({ run, receiver, span }) => derivedValue(run, "at", [receiver], span),
  charAt: ({ run, receiver, span }) => derivedValue(run, "at", [receiver], span),
  read_text: path("read_text"),
  read_bytes: path("read_bytes"),
  resolve: path("resolve"),
  absolute: path("absolute"),
  expanduser: path("expanduser"),
  as_posix: path("as_posix"),
  joinpath: path("joinpath"),
  with_name: path("with_name"),
  with_stem: path("with_stem"),
  with_suffix: path("with_suffix"),
  iterdir: listing,
  glob: listing,
  rglob: listing,
  exists: ({ run, receiver, span }) => derivedValue(run, "exists", [receiver], span, { scope: "deploy" }),
  is_file: ({ run, receiver, span }) => derivedValue(run, "exists", [receiver], span, { scope: "deploy" }),
  open: ({ run, receiver, span }) => derivedValue(run, "open file", [receiver], span, { scope: "deploy", reason: "the file" }),
};
