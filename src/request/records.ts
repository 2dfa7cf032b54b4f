import { MappedText, type TextPiece } from "../source/mapped-text.ts";
import type { Span } from "../source/source-file.ts";
import { opaque } from "../value/construct.ts";
import type { LiteralPart, TextPart } from "../value/value.ts";
import { markedCheckpoints } from "./questions.ts";
import { differingParameters } from "./parameters.ts";
import { findChange } from "./record-changes.ts";
import type { LoweredRequest, RecordChange, RecordComparison, Region, Segment } from "./request.ts";
import { commonStart, sharedStretches } from "./shared-text.ts";

/** Requests of one file that are compared with each other. */
const maximumCompared = 300;

/** Requests that share less than this with any other, in UTF-16 units and as a part, have nothing to do with it. */
const leastShared = { characters: 400, part: 0.2 };

/** From so many requests on, a job whose requests share nothing is known to read nothing. */
const manyRecords = 3;

/**
 * Compares the written requests of one file: each with the one it shares the longest beginning with. Text that the
 * other does not have becomes a hole whose text is known. Requests that no other is like, and those of which most of
 * the others could read what they write, are given back as they are.
 * @param piecesOf where the text of a literal stands in its file
 */
export function compareRecords<Request extends LoweredRequest>(
  requests: readonly Request[],
  piecesOf: PiecesOf,
): readonly Request[] {
  const groups = new Map<string, number[]>();
  for (const [index, { use, dialect, platform, model }] of requests.entries()) {
    const key = [use, dialect, platform, model.text].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), index]);
  }
  const result = requests.slice();
  for (const indices of groups.values()) {
    const group = indices.slice(0, maximumCompared);
    if (group.length < 2) continue;
    const compared = compareGroup(
      group.map((index) => requests[index]!),
      piecesOf,
    );
    for (const [position, request] of compared.entries()) result[group[position]!] = request;
  }
  return result;
}

type PiecesOf = (part: LiteralPart) => readonly TextPiece[];

interface Draft<Request extends LoweredRequest> {
  readonly request: Request;
  readonly print: string;
  readonly position: number;
}

function compareGroup<Request extends LoweredRequest>(
  requests: readonly Request[],
  piecesOf: PiecesOf,
): readonly Request[] {
  const drafts = requests.map((request, position) => ({ request, position, print: printOf(request) }));
  const sorted = drafts.toSorted((a, b) => (a.print < b.print ? -1 : a.print > b.print ? 1 : 0));
  const result = requests.slice();
  let broken = 0;
  for (const [index, draft] of sorted.entries()) {
    const other = nearest(draft, [sorted[index - 1], sorted[index + 1]]);
    if (!other) continue;
    const isJob = draft.request.use === "batch" && requests.length >= manyRecords;
    if (!isJob && !isAkin(draft, other)) continue;
    const first = requests[0]!.site;
    const compared = compare(draft.request, other.request, first, piecesOf);
    if (!compared) continue;
    result[draft.position] = compared;
    if (isBroken(compared)) broken++;
  }
  const twins = findTwins(sorted);
  const withTwins = result.map((request, index): Request => {
    const twin = twins.get(index);
    if (!twin) return request;
    const record = request.record ?? { group: requests[0]!.site, other: twin.site, first: undefined };
    return { ...request, record: { ...record, twin } };
  });
  // What a few requests do not share with the rest is nothing that their author could have avoided.
  if (broken * 2 > requests.length) return withTwins;
  return withTwins.map((request, index) => {
    if (!isBroken(request)) return request;
    const kind = request.record?.change?.kind;
    // Nobody wants the same tools in several orders.
    const isMeant = kind !== "toolOrder" && kind !== "keyOrder";
    return isMeant ? requests[index]! : { ...requests[index]!, record: request.record! };
  });
}

/**
 * Requests that could read what others wrote, but for their parameters, with one of these. None where most of the
 * requests find another one whose parameters are the same.
 */
function findTwins<Request extends LoweredRequest>(
  sorted: readonly Draft<Request>[],
): ReadonlyMap<number, Request> {
  const twins = new Map<number, Request>();
  if (sorted.every(({ request }) => request.parameters.length === 0)) return twins;
  for (const { request, position } of sorted) {
    const last = markedCheckpoints(request.checkpoints).at(-1);
    if (!last) continue;
    const prefix = printOf({ segments: request.segments.slice(0, last.after + 1) });
    const alike = sorted.filter((other) => other.position !== position && other.print.startsWith(prefix));
    const differing = alike.filter(({ request: other }) => differingParameters(request, other).length > 0);
    if (alike.length > 0 && differing.length === alike.length) twins.set(position, alike[0]!.request);
  }
  return twins.size * 2 > sorted.length ? twins : new Map();
}

/** Everything that is sent, in render order. */
function printOf({ segments }: Pick<LoweredRequest, "segments">): string {
  return segments
    .map(({ region, role, kind, parts }) => `\0${region}\0${role}\0${kind}\0${literalsIn(parts)}`)
    .join("");
}

function literalsIn(parts: readonly TextPart[]): string {
  return parts.map((part) => (part.kind === "literal" ? part.text : "\u0001")).join("");
}

function nearest<Request extends LoweredRequest>(
  draft: Draft<Request>,
  others: readonly (Draft<Request> | undefined)[],
): Draft<Request> | undefined {
  const [a, b] = others;
  if (!a || !b) return a ?? b;
  return commonStart(draft.print, a.print) > commonStart(draft.print, b.print) ? a : b;
}

/** Whether two requests are so much alike that the one could have been meant to read what the other wrote. */
function isAkin(draft: Draft<LoweredRequest>, other: Draft<LoweredRequest>): boolean {
  const shared = sharedStretches(draft.print, other.print).reduce(
    (length, { start, end }) => length + end - start,
    0,
  );
  return shared >= leastShared.characters && shared >= leastShared.part * draft.print.length;
}

/** True where a difference stands in front of a checkpoint, or of much that both share. */
function isBroken({ segments, checkpoints, record }: LoweredRequest): boolean {
  if (!record?.first) return false;
  const last = markedCheckpoints(checkpoints).at(-1);
  if (last) return record.first.segment <= last.after;
  const parts = segments.slice(record.first.segment).flatMap((segment) => segment.parts);
  const hole = parts.findIndex((part) => part.kind === "hole" && part.sample !== undefined);
  return literalsIn(parts.slice(hole + 1)).length >= leastShared.characters;
}

function compare<Request extends LoweredRequest>(
  request: Request,
  other: Request,
  group: Span,
  piecesOf: PiecesOf,
): Request | undefined {
  if (request.segments.some(({ stretch }) => stretch)) return undefined;
  const change = findChange(request, other);
  const moved: Region | undefined = change && regionOf(change);
  let first: RecordComparison["first"];
  let bytes = 0;
  const segments = request.segments.map((segment, index) => {
    const counterpart = counterpartOf(request, other, index);
    if (!first && holdsMoreBefore(other, request, index)) first = { segment: index, byte: bytes };
    const { parts, alike } = compareSegments(segment, counterpart, group, piecesOf);
    if (!first && alike !== undefined) {
      const own = bytes + Buffer.byteLength(literalsIn(segment.parts).slice(0, alike));
      first = { segment: index, byte: own };
    }
    bytes += Buffer.byteLength(literalsIn(segment.parts));
    // What has moved as a whole is no text of its own.
    return parts === segment.parts || segment.region === moved ? segment : { ...segment, parts };
  });
  return { ...request, segments, record: { group, other: other.site, first, ...(change && { change }) } };
}

function regionOf({ kind }: RecordChange): Region {
  return kind === "slide" ? "messages" : "tools";
}

/** True at the first segment of a region where the other request has more segments in an earlier one. */
function holdsMoreBefore(other: LoweredRequest, request: LoweredRequest, index: number): boolean {
  const { segments } = request;
  const region = segments[index]!.region;
  const before = segments[index - 1]?.region;
  if (before === undefined || before === region) return false;
  const count = (all: readonly Segment[]) => all.filter((segment) => segment.region === before).length;
  return count(other.segments) > count(segments);
}

/** The segment at the same place of the same region. */
function counterpartOf(request: LoweredRequest, other: LoweredRequest, index: number): Segment | undefined {
  const { region } = request.segments[index]!;
  const from = (segments: readonly Segment[]) => segments.findIndex((segment) => segment.region === region);
  const start = from(other.segments);
  const counterpart = start < 0 ? undefined : other.segments[start + index - from(request.segments)];
  return counterpart?.region === region ? counterpart : undefined;
}

/** The parts with a hole for each stretch that only this segment has, and where the first one begins. */
function compareSegments(
  segment: Segment,
  other: Segment | undefined,
  group: Span,
  piecesOf: PiecesOf,
): { readonly parts: readonly TextPart[]; readonly alike?: number } {
  const { parts, role, kind } = segment;
  const text = literalsIn(parts);
  const isAlike = other !== undefined && other.role === role && other.kind === kind;
  const otherText = isAlike ? literalsIn(other.parts) : "";
  if (isAlike && text === otherText) return { parts };
  const alike = commonStart(text, otherText);
  // A text that goes on where the other one ends differs from there on; so does one that ends early.
  if (text === "" || parts.some((part) => part.kind === "hole")) return { parts, alike };
  const isText = kind !== "image" && kind !== "document";
  const shared = isText ? sharedStretches(text, otherText) : [];
  const source = new MappedText(parts.flatMap((part) => (part.kind === "literal" ? piecesOf(part) : [])));
  const result: TextPart[] = [];
  let at = 0;
  for (const { start, end } of [...shared, { start: text.length, end: text.length }]) {
    if (start > at) result.push(ownText(source, at, start, group));
    for (const piece of source.slice(start, end)) result.push({ kind: "literal", ...piece });
    at = end;
  }
  return { parts: result, alike };
}

/** Text of one record as the hole it would be in a template. */
function ownText(source: MappedText, start: number, end: number, group: Span): TextPart {
  const span = source.spanOf(start, end);
  const hole = opaque(
    {
      origin: { kind: "unknown", reason: "another record" },
      key: `record@${group.file}:${group.start}`,
      span,
    },
    { scope: "turn", reason: "", confidence: "certain" },
  );
  return { kind: "hole", hole, span, frame: undefined, sample: source.text.slice(start, end) };
}
