import type { Checkpoint } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { accessPath, literalText } from "../value/inspect.ts";
import type { RecordEntryValue, Value } from "../value/value.ts";
import { presentEntry, viewRecord, writtenEntry, type RecordView } from "./record-view.ts";
import type { FaultDraft } from "./request-draft.ts";

/** A mark as it is written. */
export interface Mark {
  readonly key: string;
  readonly span: Span;
  readonly ttl: Checkpoint["ttl"];
  /** What the mark says it is: `ephemeral`, `default`; undefined where it is not readable. */
  readonly markType: string | undefined;
  /** The entry that says so. */
  readonly typeSpan: Span | undefined;
}

/**
 * The Anthropic mark under a key (`cache_control`, or `cacheControl` as a slip), or undefined: HTTP headers and
 * other things called cache control have no `type` of `ephemeral`.
 */
export function readCacheControl(view: RecordView | undefined, key = "cache_control"): Mark | undefined {
  const mark = readMark(view, key);
  if (!mark) return undefined;
  return mark.markType === undefined || mark.markType === "ephemeral" ? mark : undefined;
}

/** The Bedrock mark under the key `cachePoint`, or undefined. */
export function readCachePoint(view: RecordView | undefined): Mark | undefined {
  return readMark(view, "cachePoint");
}

/** OpenAI's mark under the key `prompt_cache_breakpoint`, or undefined. */
export function readBreakpoint(view: RecordView | undefined): Pick<Mark, "span"> | undefined {
  const entry = writtenEntry(view, "prompt_cache_breakpoint");
  if (!entry || (entry.value.type !== "record" && entry.value.type !== "opaque")) return undefined;
  if (isHandedOn(entry.value, "prompt_cache_breakpoint")) return undefined;
  const mode = presentEntry(viewRecord(entry.value), "mode");
  return mode || entry.value.type === "opaque" ? { span: entry.entrySpan } : undefined;
}

function readMark(view: RecordView | undefined, key: string): Mark | undefined {
  const entry = writtenEntry(view, key);
  if (!entry || (entry.value.type !== "record" && entry.value.type !== "opaque")) return undefined;
  if (isHandedOn(entry.value, key)) return undefined;
  const mark = viewRecord(entry.value)!;
  const type = presentEntry(mark, "type");
  // A record without a `type` is no mark; an opaque one may well have it.
  if (mark.rest.length === 0 && (!type || isNoText(type.value))) return undefined;
  return {
    key,
    span: entry.entrySpan,
    ttl: readTtl(entry, mark),
    markType: literalText(type?.value),
    typeSpan: type?.entrySpan,
  };
}

/** A mark that is copied from another block, if that has one: who put it there decides how many there are. */
function isHandedOn(value: Value, key: string): boolean {
  if (value.type !== "opaque" || value.origin.kind !== "member") return false;
  const { name } = value.origin;
  // Converters read it under the name it has on the other side.
  return name === key || (anyMark.test(name) && accessPath(value).root.kind === "element");
}

const anyMark = /^(?:cache_?control|cache_?point|prompt_?cache_?breakpoint)$/i;

function isNoText(value: Value): boolean {
  return value.type !== "text" && value.type !== "opaque";
}

/** The TTL in an entry, at the place where it is written: in the entry, or where a constant or a caller gives it. */
export function ttlIn({ value, entrySpan }: RecordEntryValue): NonNullable<Checkpoint["ttl"]> {
  const text = literalText(value);
  const [literal] = value.type === "text" ? value.parts : [];
  const isElsewhere =
    literal?.kind === "literal" &&
    (literal.span.file !== entrySpan.file ||
      literal.span.start < entrySpan.start ||
      literal.span.end > entrySpan.end);
  return { text, span: isElsewhere ? literal.span : entrySpan, known: text !== undefined };
}

function readTtl(entry: RecordEntryValue, mark: RecordView): Checkpoint["ttl"] {
  const ttl = presentEntry(mark, "ttl");
  if (ttl) return ttlIn(ttl);
  if (mark.rest.length === 0) return undefined;
  return { text: undefined, span: entry.entrySpan, known: false };
}

/** A mark in the spelling of another dialect: the provider has no such key. */
export function foreignMark(mark: Mark, api: string, own: string): FaultDraft {
  return {
    kind: "ignored",
    span: mark.span,
    reason: `${api} has no key \`${mark.key}\`, so this mark never becomes a cache checkpoint.`,
    remedy: `Write ${own} instead.`,
  };
}

/** A mark in the right spelling where the provider rejects or ignores it; `error` names what the API answers. */
export function misplacedMark(
  mark: Pick<Mark, "span">,
  reason: string,
  remedy: string,
  error?: string,
): FaultDraft {
  return { kind: "misplaced", span: mark.span, reason, remedy, error };
}
