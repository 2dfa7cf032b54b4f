import type { TextEdit } from "./edit.ts";

/** A stretch of a text, `end` exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Items between brackets, with commas between them: a list, a record, arguments. */
export interface SeparatedItems extends Stretch {
  /** In order. The list itself begins behind its opening bracket and ends in front of the closing one. */
  readonly items: readonly Stretch[];
  /** True: one item alone needs a comma behind it, as a Python tuple does. */
  readonly isTuple?: boolean;
  /** Where the list stands with its brackets. */
  readonly owner?: Stretch;
}

/** How comments are written where lists stand. */
export interface ListSyntax {
  /** A comment, from where it begins: sticky. Undefined: there are none. */
  readonly comment: RegExp | undefined;
}

interface Token extends Stretch {
  readonly kind: "space" | "newline" | "comma" | "comment" | "open" | "close";
}

/** What stands between two items; undefined where it holds something else than separators, comments and brackets. */
function readGap(text: string, { start, end }: Stretch, { comment }: ListSyntax): Token[] | undefined {
  const tokens: Token[] = [];
  let at = start;
  while (at < end) {
    const kind = kinds.find(([pattern]) => matchAt(pattern, text, at))?.[1];
    const pattern = kinds.find((one) => one[1] === kind)?.[0] ?? comment;
    const length = pattern ? matchAt(pattern, text, at) : 0;
    if (length === 0 || at + length > end) return undefined;
    tokens.push({ kind: kind ?? "comment", start: at, end: at + length });
    at += length;
  }
  return tokens;
}

const kinds: readonly (readonly [RegExp, Exclude<Token["kind"], "comment">])[] = [
  [/[ \t\f]+/y, "space"],
  [/\r?\n|\r/y, "newline"],
  [/,/y, "comma"],
  [/\(/y, "open"],
  [/\)/y, "close"],
];

/** Length of what matches at an offset. */
function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** An item with what stands around it, brackets that only group it included in the item. */
interface Placed extends Stretch {
  readonly before: readonly Token[];
  readonly after: readonly Token[];
}

/** The item with its surroundings; undefined where these hold something unexpected. */
function placeItem(
  text: string,
  list: SeparatedItems,
  index: number,
  syntax: ListSyntax,
): Placed | undefined {
  const item = list.items[index];
  if (!item) return undefined;
  const previous = list.items[index - 1];
  const next = list.items[index + 1];
  const before = readGap(text, { start: previous?.end ?? list.start, end: item.start }, syntax);
  const after = readGap(text, { start: item.end, end: next?.start ?? list.end }, syntax);
  if (!before || !after) return undefined;
  const [outerBefore, opened] = splitBehindComma(before, previous !== undefined);
  const [closed, outerAfter] = splitAtComma(after);
  const opens = opened.filter(({ kind }) => kind === "open");
  const closes = closed.filter(({ kind }) => kind === "close");
  if (opens.length !== closes.length) return undefined;
  if (opens.length === 0) return { ...item, before, after };
  const start = opens[0]!.start;
  const end = closes.at(-1)!.end;
  return {
    start,
    end,
    before: [...outerBefore, ...opened].filter((token) => token.end <= start),
    after: [...closed, ...outerAfter].filter((token) => token.start >= end),
  };
}

function splitBehindComma(tokens: readonly Token[], hasComma: boolean): [Token[], Token[]] {
  const comma = hasComma ? tokens.findIndex(({ kind }) => kind === "comma") : -1;
  return [tokens.slice(0, comma + 1), tokens.slice(comma + 1)];
}

function splitAtComma(tokens: readonly Token[]): [Token[], Token[]] {
  const comma = tokens.findIndex(({ kind }) => kind === "comma");
  const end = comma < 0 ? tokens.length : comma;
  return [tokens.slice(0, end), tokens.slice(end)];
}

/**
 * Takes out one item with its separator, and its line if nothing else stands there. Comments stay where they are.
 * Undefined where something unexpected stands around the item.
 */
export function removeItem(
  text: string,
  list: SeparatedItems,
  index: number,
  syntax: ListSyntax,
): readonly TextEdit[] | undefined {
  const item = placeItem(text, list, index, syntax);
  if (!item) return undefined;
  const { before, after } = item;
  const hasPrevious = index > 0;
  const hasNext = index < list.items.length - 1;
  const commaBefore = before.find(({ kind }) => kind === "comma");
  const commaAfter = after.find(({ kind }) => kind === "comma");
  if ((hasPrevious && !commaBefore) || (hasNext && !commaAfter)) return undefined;

  if (!hasPrevious && !hasNext && ![...before, ...after].some(isComment)) {
    return [{ start: list.start, end: list.end, text: "" }];
  }
  const ownEnd = commaAfter?.end ?? item.end;
  const needsComma = list.isTuple === true && list.items.length === 2;
  // The comma in front of the last item goes with it, unless the item has one of its own that takes its place.
  const surplus = hasPrevious && !hasNext && !commaAfter && !needsComma ? commaBefore : undefined;

  const line = ownLine(text, before, after, ownEnd);
  if (line) {
    const dropped = { ...line, text: "" };
    return surplus ? [remove(surplus), dropped] : [dropped];
  }
  const gapAfter = after.filter(({ start }) => start >= ownEnd);
  const gapBefore = before.filter(({ start }) => start >= (commaBefore?.end ?? list.start));
  if (hasNext && gapAfter.every(({ kind }) => kind === "space")) {
    return [{ start: item.start, end: gapAfter.at(-1)?.end ?? ownEnd, text: "" }];
  }
  if (hasPrevious && gapBefore.every((token) => !isComment(token))) {
    const start = surplus ? surplus.start : commaBefore!.end;
    if (surplus && before.some((token) => token.start > surplus.start && isComment(token))) return undefined;
    return [{ start, end: ownEnd, text: "" }];
  }
  const own = { start: item.start, end: ownEnd, text: "" };
  return surplus ? [remove(surplus), own] : [own];
}

function remove({ start, end }: Stretch): TextEdit {
  return { start, end, text: "" };
}

function isComment({ kind }: Token): boolean {
  return kind === "comment";
}

/**
 * What goes with an item that is alone on its lines: the lines themselves, or the item up to the comment that stands
 * behind it. Undefined where it shares a line with another item or a bracket.
 */
function ownLine(
  text: string,
  before: readonly Token[],
  after: readonly Token[],
  ownEnd: number,
): Stretch | undefined {
  const last = before.findLastIndex(({ kind }) => kind !== "space");
  if (last < 0 || before[last]!.kind !== "newline") return undefined;
  const lineStart = before[last]!.end;
  const rest = after.filter(({ start }) => start >= ownEnd);
  const first = rest.find(({ kind }) => kind !== "space");
  // A comma that begins the next line belongs there.
  if (after.some(({ kind, end }) => kind === "newline" && end <= ownEnd)) return undefined;
  if (!first) return undefined;
  if (first.kind === "newline") return { start: lineStart, end: first.end };
  if (!isComment(first) || text.slice(first.start, first.end).includes("\n")) return undefined;
  const behind = rest[rest.indexOf(first) + 1];
  const start = before[last + 1]?.end ?? lineStart;
  return behind?.kind === "newline" ? { start, end: first.start } : undefined;
}

/**
 * Puts an item behind another one, on a line of its own if that one has. Undefined where something unexpected stands
 * around it.
 * @param itemText without indentation in front; further lines carry the indentation of the item they stand behind
 */
export function insertBehind(
  text: string,
  list: SeparatedItems,
  index: number,
  itemText: string,
  syntax: ListSyntax,
): readonly TextEdit[] | undefined {
  const item = placeItem(text, list, index, syntax);
  if (!item) return undefined;
  const { before, after } = item;
  const comma = after.find(({ kind }) => kind === "comma");
  const lastBreak = before.findLastIndex(({ kind }) => kind === "newline");
  const startsLine = lastBreak >= 0 && before.slice(lastBreak + 1).every(({ kind }) => kind === "space");
  const at = comma?.end ?? item.end;
  const rest = after.filter(({ start }) => start >= at);
  if (!startsLine || (index < list.items.length - 1 && !rest.some(({ kind }) => kind === "newline"))) {
    const separated = comma ? ` ${itemText}${list.items[index + 1] ? "," : ""}` : `, ${itemText}`;
    return [{ start: at, end: at, text: separated }];
  }
  const newline = before[lastBreak]!;
  const indent = before[lastBreak + 1] ? text.slice(before[lastBreak + 1]!.start, item.start) : "";
  const lead = text.slice(newline.start, newline.end) + indent;
  const comment = rest.find(({ kind }) => kind !== "space");
  const behind = comment?.kind === "comment" ? comment.end : at;
  const line = { start: behind, end: behind, text: `${lead}${itemText}${comma ? "," : ""}` };
  if (comma) return [line];
  if (behind === at) return [{ ...line, text: `,${line.text}` }];
  return [{ start: at, end: at, text: "," }, line];
}

/** Puts an item into a list without any; undefined where something else stands there, such as a comment. */
export function insertFirst(
  text: string,
  { start, end }: SeparatedItems,
  itemText: string,
): readonly TextEdit[] | undefined {
  return /^\s*$/.test(text.slice(start, end)) ? [{ start, end, text: itemText }] : undefined;
}
