import { constant, list, listElement, text, textOf } from "../../value/construct.ts";
import { literalText } from "../../value/inspect.ts";
import type { Span } from "../../source/source-file.ts";
import type { TextPart, TextValue, Value } from "../../value/value.ts";
import { bounds } from "../bounds.ts";
import { findText } from "../found-places.ts";
import { iterable } from "../iteration.ts";
import { getIndex, itemFactories } from "../members.ts";
import { getSlice } from "../slices.ts";
import { derivedValue } from "../opaques.ts";
import {
  concatenate,
  formattedParts,
  joinTexts,
  mapLiterals,
  partsOf,
  printedParts,
  replaceText,
  sliceOpaque,
  stripText,
} from "../texts.ts";
import { cutLiteral, fillPlace } from "../text-places.ts";
import { pathMethod } from "./files.ts";
import type { LibraryCall, LibraryFunction } from "./library.ts";
import { literalPattern, replacePattern } from "./regular-expressions.ts";
import { replacementFor } from "./substitutions.ts";

type TextFunction = LibraryFunction<TextValue>;

const same: TextFunction = ({ receiver }) => receiver;
const upper: TextFunction = ({ receiver }) => mapLiterals(receiver, (literal) => literal.toUpperCase());
const lower: TextFunction = ({ receiver }) => mapLiterals(receiver, (literal) => literal.toLowerCase());

function strip(sides: "both" | "start" | "end"): TextFunction {
  return ({ receiver, args }) => stripText(receiver, sides, literalText(args[0]?.value));
}

/** A question about a text that only a known text answers. */
function ask(
  operator: string,
  answer: (literal: string, argument: string) => boolean | number,
): TextFunction {
  return ({ run, receiver, args, span }) => {
    const literal = literalText(receiver);
    const argument = literalText(args[0]?.value);
    if (literal !== undefined && argument !== undefined) return constant(answer(literal, argument));
    return derivedValue(run, operator, [receiver, ...args.map((arg) => arg.value)], span);
  };
}

const find: TextFunction = ({ run, receiver, args, span }) =>
  findText(
    run,
    receiver,
    args.map((argument) => argument.value),
    span,
  );

const slice: TextFunction = ({ run, receiver, args, span }) =>
  getSlice(run, receiver, args[0]?.value, args[1]?.value, undefined, span);

/** `replace` with a text or pattern, by a text or a function of the match. */
const replaceAll =
  (once: boolean): TextFunction =>
  (call) => {
    const { run, receiver, args, span } = call;
    const [from, to] = args;
    const unknown = () => derivedValue(run, "replace", [receiver, ...args.map((arg) => arg.value)], span);
    if (!from || !to) return unknown();
    const literal = literalText(from.value);
    const length = receiver.parts.reduce(
      (sum, part) => sum + (part.kind === "literal" ? part.text.length : 0),
      0,
    );
    const pattern = literal === undefined ? literalPattern(run, from.value, length) : undefined;
    if (literal !== undefined && to.value.type !== "function") {
      return replaceText(run, receiver, literal, partsOf(run, to.value, to.span), once);
    }
    const searched = pattern ?? (literal ? new RegExp(escapePattern(literal), once ? "" : "g") : undefined);
    if (!searched) return unknown();
    return (
      replacePattern(run, receiver, searched, (match, at) => replacementFor(run, to, match, at)) ?? unknown()
    );
  };

function escapePattern(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** Cuts a text at a separator in its literals; a hole is taken not to hold one. */
function splitParts(parts: readonly TextPart[], separator: string, limit: number): TextPart[][] {
  const pieces: TextPart[][] = [[]];
  for (const part of parts) {
    if (part.kind === "hole") {
      pieces.at(-1)!.push(part);
      continue;
    }
    let rest = part.text;
    for (let at = rest.indexOf(separator); at >= 0 && pieces.length <= limit; at = rest.indexOf(separator)) {
      if (at > 0) pieces.at(-1)!.push({ ...part, text: rest.slice(0, at) });
      pieces.push([]);
      rest = rest.slice(at + separator.length);
    }
    if (rest !== "") pieces.at(-1)!.push({ ...part, text: rest });
  }
  return pieces;
}

function pieceList(
  pieces: readonly (readonly TextPart[])[],
  span: Span,
  shape: "list" | "tuple" = "list",
): Value | undefined {
  if (pieces.length > bounds.elements) return undefined;
  return list(
    pieces.map((parts) => listElement(textOf(parts), parts[0]?.span ?? span)),
    span,
    shape,
  );
}

const split: TextFunction = ({ run, receiver, args, span, isPython }) => {
  const [wanted, most] = args;
  const literal = literalText(receiver);
  const separator = literalText(wanted?.value);
  const [part] = receiver.parts;
  if (separator === undefined) {
    if (literal === undefined || !isPython || (wanted && wanted.value.type !== "constant")) return undefined;
    return pieceList(
      literal
        .trim()
        .split(/\s+/)
        .map((piece) => text(piece, part?.span ?? span).parts),
      span,
    );
  }
  if (
    receiver.parts.length === 1 &&
    part?.kind === "hole" &&
    part.hole.clock?.form === "iso" &&
    separator === "T"
  ) {
    const date = sliceOpaque(run, part.hole, 0, 10, span);
    const time = derivedValue(run, "time of day", [part.hole], span);
    return list([listElement(date, span), listElement(time, span)], span);
  }
  if (separator === "")
    return literal === undefined
      ? undefined
      : pieceList(
          [...literal].map((piece) => text(piece, span).parts),
          span,
        );
  // A text that is one hole is not cut: what it holds is not in view.
  if (!receiver.parts.some((each) => each.kind === "literal") && receiver.parts.length > 0) return undefined;
  const limit =
    most?.value.type === "constant" && typeof most.value.value === "number" && most.value.value >= 0
      ? most.value.value
      : Infinity;
  const pieces = splitParts(receiver.parts, separator, isPython ? limit : Infinity);
  return pieceList(isPython ? pieces : pieces.slice(0, limit), span);
};

/** `partition` and `rpartition`: what stands before the separator, the separator, and what stands behind it. */
const partition =
  (fromEnd: boolean): TextFunction =>
  ({ run, receiver, args, span }) => {
    const separator = literalText(args[0]?.value);
    if (!separator || !args[0]) return undefined;
    const pieces = splitParts(receiver.parts, separator, Infinity);
    const between = partsOf(run, args[0].value, args[0].span);
    const at = fromEnd ? pieces.length - 1 : 1;
    if (pieces.length === 1)
      return pieceList(fromEnd ? [[], [], receiver.parts] : [receiver.parts, [], []], span, "tuple");
    const rejoin = (some: readonly TextPart[][]) =>
      some.flatMap((piece, index) => (index > 0 ? [...between, ...piece] : piece));
    return pieceList([rejoin(pieces.slice(0, at)), between, rejoin(pieces.slice(at))], span, "tuple");
  };

const join: TextFunction = ({ run, receiver, args, span }) => {
  const [items] = args;
  const source = items && iterable(run, items.value, items.span);
  return source ? joinTexts(run, source, receiver.parts, span, items.span) : undefined;
};

/** Python's `"{} {name}".format(...)`. */
const format: TextFunction = ({ run, receiver, args, named, span }) => {
  let next = 0;
  const pieces = receiver.parts.map((part): readonly TextPart[] => {
    if (part.kind === "hole") return [part];
    let end = 0;
    return part.text.split(/(\{\{|\}\}|\{[^{}]*\})/).flatMap((piece): readonly TextPart[] => {
      const start = end;
      end += piece.length;
      if (piece === "{{" || piece === "}}") return [cutLiteral(run, part, start, start + 1)];
      const field = /^\{([^{}:!]*)(?:!([rsa]))?(?::([^{}]*))?\}$/.exec(piece);
      if (!field) return piece === "" ? [] : [cutLiteral(run, part, start, end)];
      const at = (given: readonly TextPart[]) => fillPlace(run, part, start, end, given);
      const [, path = "", conversion, specification] = field;
      const [root = "", ...steps] = path.split(/[.[]/).map((step) => step.replace(/\]$/, ""));
      const argument = root === "" ? args[next++] : /^\d+$/.test(root) ? args[Number(root)] : named.get(root);
      if (!argument) {
        const whole = derivedValue(
          run,
          `format ${path}`,
          args.concat([...named.values()]).map((arg) => arg.value),
          span,
        );
        return at([{ kind: "hole", hole: whole, span, frame: run.frame }]);
      }
      const value = steps.reduce(
        (object: Value, step) => getIndex(run, object, text(step, span), span),
        argument.value,
      );
      if (conversion === "r" || conversion === "a") return at(printedParts(run, value, argument.span));
      return at(formattedParts(run, value, specification, argument.span));
    });
  });
  return concatenate(run, pieces);
};

function pad(side: "start" | "end" | "both"): TextFunction {
  return ({ run, receiver, args, span }) => {
    const literal = literalText(receiver);
    const width = args[0]?.value;
    const wanted = width?.type === "constant" ? Number(width.value) : NaN;
    if (literal === undefined || !(wanted <= bounds.elements))
      return derivedValue(run, "pad", [receiver], span);
    const fill = literalText(args[1]?.value) ?? " ";
    const half = literal.length + Math.floor(Math.max(0, wanted - literal.length) / 2);
    const padded =
      side === "start"
        ? literal.padStart(wanted, fill)
        : (side === "both" ? literal.padStart(half, fill) : literal).padEnd(wanted, fill);
    return text(padded, receiver.parts[0]?.span ?? span);
  };
}

/** Capital letters at the start of the text, or of every word. */
const capital =
  (everyWord: boolean): TextFunction =>
  ({ receiver }) => {
    let isFirst = true;
    return mapLiterals(receiver, (literal) => {
      const lowered = literal.toLowerCase();
      const pattern = everyWord ? /(?<![a-z'])[a-z]/g : isFirst ? /^[a-z]/ : /(?!)/;
      isFirst = false;
      return lowered.replace(pattern, (letter) => letter.toUpperCase());
    });
  };

/** One character. */
const characterAt: TextFunction = ({ run, receiver, args, span }) => {
  const at = args[0]?.value ?? constant(0);
  return at.type === "constant"
    ? getIndex(run, receiver, at, span)
    : derivedValue(run, "at", [receiver, at], span);
};

/** Takes a prefix or suffix away where the text surely has it. */
const removeEnd =
  (end: "start" | "end"): TextFunction =>
  ({ receiver, args }) => {
    const wanted = literalText(args[0]?.value);
    const at = end === "start" ? 0 : receiver.parts.length - 1;
    const part = receiver.parts[at];
    if (!wanted || part?.kind !== "literal") return receiver;
    if (!(end === "start" ? part.text.startsWith(wanted) : part.text.endsWith(wanted))) return receiver;
    const cut = end === "start" ? part.text.slice(wanted.length) : part.text.slice(0, -wanted.length);
    return textOf(
      receiver.parts.flatMap((each, index) =>
        index !== at ? [each] : cut === "" ? [] : [{ ...part, text: cut }],
      ),
    );
  };

const lines: TextFunction = ({ receiver, span }) => {
  const literal = literalText(receiver);
  const [part] = receiver.parts;
  if (literal === undefined || !part) return undefined;
  const found = literal.split(/\r?\n/);
  if (found.at(-1) === "") found.pop();
  return found.length > bounds.elements
    ? undefined
    : list(
        found.map((line) => listElement(text(line, part.span), part.span)),
        span,
      );
};

const path =
  (name: string): TextFunction =>
  ({ run, receiver, args, span }: LibraryCall<TextValue>): Value | undefined =>
    pathMethod(
      run,
      receiver,
      name,
      args.map((arg) => arg.value),
      span,
    );

const listing: TextFunction = ({ run, receiver, span }) =>
  derivedValue(run, "listing", [receiver], span, {
    scope: "deploy",
    order: "filesystem",
    reason: "the folder listing",
  });

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
  // A file whose text is known, once it is open.
  read: same,
  casefold: lower,
  capitalize: capital(false),
  title: capital(true),
  startswith: ask("startswith", (literal, argument) => literal.startsWith(argument)),
  startsWith: ask("startswith", (literal, argument) => literal.startsWith(argument)),
  endswith: ask("endswith", (literal, argument) => literal.endsWith(argument)),
  endsWith: ask("endswith", (literal, argument) => literal.endsWith(argument)),
  includes: ask("includes", (literal, argument) => literal.includes(argument)),
  find,
  indexOf: find,
  index: find,
  rfind: ask("rfind", (literal, argument) => literal.lastIndexOf(argument)),
  lastIndexOf: ask("rfind", (literal, argument) => literal.lastIndexOf(argument)),
  localeCompare: ask("localeCompare", (literal, argument) =>
    literal < argument ? -1 : literal > argument ? 1 : 0,
  ),
  count: ask("count", (literal, argument) =>
    argument === "" ? literal.length + 1 : literal.split(argument).length - 1,
  ),
  slice,
  substring: slice,
  replace: (call) => replaceAll(!call.isPython)(call),
  replaceAll: replaceAll(false),
  removeprefix: removeEnd("start"),
  removesuffix: removeEnd("end"),
  split,
  partition: partition(false),
  rpartition: partition(true),
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
    const missing = itemFactories.get(mapping.value);
    for (const [, name] of missing ? (literalText(call.receiver) ?? "").matchAll(/\{(\w+)/g) : []) {
      if (named.has(name!)) continue;
      const { span } = mapping;
      named.set(name!, { name: name!, value: missing!(span), span, entrySpan: span, stretch: false });
    }
    return format({ ...call, args: [], named });
  },
  concat: ({ run, receiver, args }) =>
    concatenate(run, [receiver.parts, ...args.map((arg) => partsOf(run, arg.value, arg.span))]),
  padStart: pad("start"),
  padEnd: pad("end"),
  rjust: pad("start"),
  ljust: pad("end"),
  center: pad("both"),
  zfill: ({ run, receiver, args, span }) => {
    const literal = literalText(receiver);
    const width = args[0]?.value;
    if (literal === undefined || width?.type !== "constant")
      return derivedValue(run, "pad", [receiver], span);
    return text(literal.padStart(Number(width.value), "0"), receiver.parts[0]?.span ?? span);
  },
  repeat: ({ run, receiver, args, span }) => {
    const times = args[0]?.value;
    if (times?.type !== "constant" || typeof times.value !== "number" || times.value > 1000) {
      return derivedValue(run, "repeat", [receiver], span);
    }
    return concatenate(
      run,
      Array.from({ length: Math.max(0, times.value) }, () => receiver.parts),
    );
  },
  at: characterAt,
  charAt: characterAt,
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
  open: ({ run, receiver, span }) =>
    derivedValue(run, "open file", [receiver], span, { scope: "deploy", reason: "the file" }),
};
