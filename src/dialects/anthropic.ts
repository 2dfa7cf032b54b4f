import type { Region, Role } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { literalText } from "../value/inspect.ts";
import type { OpaqueValue, OrderEvidence, RecordEntryValue, Value } from "../value/value.ts";
import {
  anthropicBlock,
  anthropicTool,
  findUnmarkable,
  isDeferred,
  nestedMarks,
} from "./anthropic-blocks.ts";
import { isEmptyText, valueText } from "./block-text.ts";
import { foreignMark, misplacedMark, readCacheControl, readCachePoint, type Mark } from "./marks.ts";
import { lessStable, readRegion, type OpaqueRegion, type RegionItem } from "./region-items.ts";
import { presentEntry, viewRecord, type RecordView } from "./record-view.ts";
import { fixedOrder, RequestDraft, type LoweredBody } from "./request-draft.ts";

/** What the endpoint that gets the body adds to what the body says. */
export interface AnthropicOptions {
  /** False: InvokeModel of Amazon Bedrock, which rejects a mark at the top level. */
  readonly acceptsAutomaticMark: boolean;
}

/** Lowers a body of the Anthropic Messages API, or the named arguments of an SDK call that makes one. */
export function lowerAnthropic(body: Value, bodySpan: Span, options: AnthropicOptions): LoweredBody {
  return new AnthropicLowering(options).lower(body, bodySpan);
}

const ownMark = '`cache_control: {"type": "ephemeral"}` on the block';

class AnthropicLowering {
  readonly #draft = new RequestDraft("anthropic");
  readonly #options: AnthropicOptions;

  constructor(options: AnthropicOptions) {
    this.#options = options;
  }

  lower(body: Value, bodySpan: Span): LoweredBody {
    const draft = this.#draft;
    const view = viewRecord(body);
    if (!view) return draft.finish();
    this.#tools(presentEntry(view, "tools"));
    this.#system(presentEntry(view, "system"));
    this.#messages(presentEntry(view, "messages"));
    this.#automaticMark(view);
    this.#foreignMarks(view);
    for (const rest of view.rest) draft.addUnresolved("body", rest, bodySpan);
    draft.addParameter("tool_choice", presentEntry(view, "tool_choice"), ["messages"]);
    draft.addParameter("thinking", presentEntry(view, "thinking"), ["messages"]);
    draft.addParameter("output_config", presentEntry(view, "output_config"), ["messages"]);
    draft.addParameter("output_format", presentEntry(view, "output_format"), ["messages"]);
    draft.addParameter("speed", presentEntry(view, "speed"), ["system", "messages"]);
    return draft.finish();
  }

  #tools(entry: RecordEntryValue | undefined): void {
    if (!entry) return;
    const draft = this.#draft;
    draft.lists = { tools: entry.span };
    const content = readRegion(entry);
    if (content.kind === "opaque") return this.#opaqueRegion(content, entry, "tools");
    const items = content.kind === "list" ? content.items : [lone(content.value, entry)];
    items.forEach(({ value, span, order, stretch }, block) => {
      if (stretch && value.type === "opaque") {
        return draft.addStretch(value, span, { region: "tools", role: undefined, order, block });
      }
      const view = viewRecord(value);
      if (this.#isBareCachePoint(view)) return;
      const parts = anthropicTool(value, view, span);
      draft.addSegment({
        region: "tools",
        role: undefined,
        kind: "tool",
        parts,
        span,
        order,
        block,
        from: [value],
      });
      if (!view) return;
      const mark = readCacheControl(view) ?? decoratorMark(value);
      if (mark && isDeferred(view)) {
        const reason = "A tool with `defer_loading: true` cannot carry a mark: it is not part of the prefix.";
        const remedy = "Mark the last tool that is not deferred.";
        draft.addFault(misplacedMark(mark, reason, remedy, "defer-loading-marked"));
      } else if (mark) this.#checkpoint(mark, "tools");
      this.#foreignMarks(view);
    });
  }

  #system(entry: RecordEntryValue | undefined): void {
    if (!entry) return;
    const draft = this.#draft;
    const content = readRegion(entry);
    const known = { region: "system", role: "system" } as const;
    if (content.kind !== "list") {
      const { value } = content;
      if (value.type === "opaque" && value.scope === "unknown")
        draft.addUnresolved("system", value, entry.span);
      return this.#textOrBlock(lone(value, entry), { ...known, message: undefined, block: 0 });
    }
    content.items.forEach((item, block) => {
      if (item.stretch && item.value.type === "opaque") {
        return draft.addStretch(item.value, item.span, { ...known, order: item.order, block });
      }
      this.#block(item, { ...known, message: undefined, block });
    });
  }

  #messages(entry: RecordEntryValue | undefined): void {
    if (!entry) return;
    const content = readRegion(entry);
    if (content.kind === "opaque") return this.#opaqueRegion(content, entry, "messages");
    if (content.kind === "list") this.#draft.cuts = content.cuts;
    const items = content.kind === "list" ? content.items : [lone(content.value, entry)];
    items.forEach(({ value, span, order, stretch }, message) => {
      const view = stretch ? undefined : viewRecord(value);
      if (view) return this.#message(value, view, span, order, message);
      const known = { region: "messages", role: undefined, order, message, block: 0 } as const;
      if (value.type === "opaque") return this.#draft.addStretch(value, span, known);
      this.#draft.addSegment({ ...known, kind: "other", parts: valueText(value, span), span, from: [value] });
    });
  }

  #message(value: Value, view: RecordView, span: Span, order: OrderEvidence, message: number): void {
    const role = roleOf(view);
    const content = presentEntry(view, "content");
    if (content) this.#content(value, content, role, order, message);
    else if (view.rest[0]) {
      this.#draft.addStretch(view.rest[0], span, { region: "messages", role, order, message, block: 0 });
    }
    const mark = readCacheControl(view);
    if (mark) {
      const reason = "A message takes `role` and `content` only, so a mark beside them is rejected.";
      this.#draft.addFault(
        misplacedMark(mark, reason, "Move it onto the last content block of the message."),
      );
    }
    this.#foreignMarks(view);
  }

  #content(
    owner: Value,
    entry: RecordEntryValue,
    role: Role | undefined,
    order: OrderEvidence,
    message: number,
  ): void {
    const known = { region: "messages", role, message } as const;
    const content = readRegion(entry);
    if (content.kind === "opaque" && isBlockList(content.value, role)) {
      const hole = content.value;
      return this.#draft.addStretch(hole, entry.span, {
        ...known,
        order: lessStable(order, content.order),
        block: 0,
      });
    }
    if (content.kind !== "list") {
      return this.#textOrBlock(
        { value: content.value, span: entry.span, order },
        { ...known, block: 0, owner },
      );
    }
    content.items.forEach((item, block) => {
      const least = lessStable(item.order, order);
      if (item.stretch && item.value.type === "opaque") {
        return this.#draft.addStretch(item.value, item.span, { ...known, order: least, block });
      }
      this.#block({ ...item, order: least }, { ...known, block, owner });
    });
  }

  /** What stands where a text or a list of blocks may stand: an opaque value is taken for a text. */
  #textOrBlock(item: RegionItem, place: Place): void {
    if (item.value.type !== "opaque") return this.#block(item, place);
    this.#text(item, place);
  }

  #text({ value, span, order }: RegionItem, { owner, ...known }: Place): void {
    const from = owner ? [owner, value] : [value];
    this.#draft.addSegment({ ...known, kind: "text", parts: valueText(value, span), span, order, from });
  }

  /** A system or content block, or a text that stands for one. */
  #block(item: RegionItem, place: Place): void {
    const draft = this.#draft;
    const { value, span, order } = item;
    const { owner, ...known } = place;
    const view = viewRecord(value);
    if (!view) return this.#text(item, place);
    const from = owner ? [owner, value] : [value];
    if (this.#isBareCachePoint(view)) return;
    const block = anthropicBlock(value, view, span);
    draft.addSegment({ ...known, ...block, span, order, from });
    const citations = block.kind === "document" ? presentEntry(view, "citations") : undefined;
    draft.addParameter("citations", citations, ["system", "messages"]);

    const mark = readCacheControl(view);
    const unmarkable = findUnmarkable(view, block);
    if (mark && unmarkable) {
      const remedy = "Mark the block in front of it that holds text.";
      const fault = misplacedMark(mark, unmarkable.reason, remedy, unmarkable.error);
      draft.addFault({ ...fault, ofContent: true });
    } else if (mark) this.#checkpoint(mark, known.region);
    this.#nestedMarks(view, known.region, mark !== undefined);
    this.#foreignMarks(view, mark ? undefined : span);
  }

  #nestedMarks(view: RecordView, region: Region, isMarked: boolean): void {
    for (const { mark, endsToolResult } of nestedMarks(view)) {
      if (endsToolResult && !isMarked) this.#checkpoint(mark, region);
      else {
        const reason = "A block inside another block cannot carry a mark.";
        this.#draft.addFault(misplacedMark(mark, reason, "Put the mark on the outer block."));
      }
    }
  }

  #checkpoint(mark: Mark, region: Region): void {
    this.#draft.addCheckpoint({ span: mark.span, origin: "explicit", region, ttl: mark.ttl });
  }

  /** The mark at the top level stands behind the last block that can carry one, whichever that is. */
  #automaticMark(view: RecordView): void {
    const draft = this.#draft;
    const mark = readCacheControl(view);
    if (!mark) return;
    if (!this.#options.acceptsAutomaticMark) {
      draft.addFault({
        kind: "unsupported",
        span: mark.span,
        reason: "InvokeModel on Amazon Bedrock takes no `cache_control` at the top level of the body.",
        remedy: "Put the mark on a content block.",
        error: "top-level-legacy",
      });
      return;
    }
    const after = draft.segments.findLastIndex(
      ({ kind, parts, stretch }) =>
        kind !== "thinking" && (stretch || kind !== "text" || !isEmptyText(parts)),
    );
    const region = draft.segments[after]?.region ?? "messages";
    draft.checkpoints.push({ span: mark.span, origin: "automatic", region, after, ttl: mark.ttl });
  }

  /** A `{cachePoint: ...}` element of its own: Converse's mark, which is no block here. */
  #isBareCachePoint(view: RecordView | undefined): boolean {
    if (!view || view.entries.size !== 1 || view.rest.length > 0 || !readCachePoint(view)) return false;
    this.#foreignMarks(view);
    return true;
  }

  /** @param block where the block stands that could carry the mark */
  #foreignMarks(view: RecordView, block?: Span): void {
    for (const mark of [readCachePoint(view), readCacheControl(view, "cacheControl")]) {
      if (!mark) continue;
      const fault = foreignMark(mark, "The Messages API", ownMark);
      this.#draft.addFault(block ? { ...fault, cure: { kind: "rewrite", block } } : fault);
    }
  }

  #opaqueRegion({ value, order }: OpaqueRegion, entry: RecordEntryValue, region: Region): void {
    this.#draft.addStretch(value, entry.span, { region, role: undefined, order, block: 0 });
    this.#draft.addUnresolved(region, value, entry.span);
  }
}

/** Where a block stands. */
interface Place {
  readonly region: Region;
  readonly role: Role | undefined;
  readonly message: number | undefined;
  readonly block: number;
  /** The message the block belongs to. */
  readonly owner?: Value;
}

/** A value that stands where a list is expected. */
function lone(value: Value, entry: RecordEntryValue) {
  return { value, span: entry.span, order: fixedOrder(entry.span), stretch: false };
}

/** Contents of earlier answers are lists of blocks; what a user says is a text more often than not. */
function isBlockList(value: OpaqueValue, role: Role | undefined): boolean {
  const { origin } = value;
  return role !== "user" && origin.kind === "member" && origin.name === "content";
}

const roles: Readonly<Record<string, Role>> = {
  system: "system",
  user: "user",
  assistant: "assistant",
  tool: "tool",
};

/** The role of a message, where it is readable. */
export function roleOf(view: RecordView): Role | undefined {
  const text = literalText(presentEntry(view, "role")?.value);
  return text === undefined ? undefined : roles[text];
}

/** The mark of a function that was made a tool by `beta_tool(..., cache_control=...)`. */
function decoratorMark(value: Value): Mark | undefined {
  for (let current = value, hops = 0; current.type === "opaque" && hops < 2; hops++) {
    const { origin } = current;
    if (origin.kind !== "call") return undefined;
    const argument = origin.arguments.find(({ name }) => name === "cache_control");
    if (argument) {
      const entry = {
        value: argument.value,
        span: argument.span,
        entrySpan: argument.entrySpan,
        frame: undefined,
      };
      return readCacheControl({ entries: new Map([["cache_control", entry]]), rest: [] });
    }
    current = origin.callee;
  }
  return undefined;
}
