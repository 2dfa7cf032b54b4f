import type { Region, Role } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { asList } from "../value/inspect.ts";
import type { OrderEvidence, RecordEntryValue, Value } from "../value/value.ts";
import { roleOf } from "./anthropic.ts";
import { isEmptyText, valueText } from "./block-text.ts";
import { foreignMark, misplacedMark, readCacheControl, readCachePoint, type Mark } from "./marks.ts";
import { presentEntry, viewRecord, type RecordView } from "./record-view.ts";
import { lessStable, readRegion, type RegionItem } from "./region-items.ts";
import { fixedOrder, RequestDraft, type LoweredBody } from "./request-draft.ts";
import { isPlainDocument, taggedBlock, taggedTool } from "./tagged-blocks.ts";

const apiNames = { converse: "Converse", nova: "The Nova request format" };
const ownMarks = {
  converse: '`{"cachePoint": {"type": "default"}}` as an element of its own behind the block',
  nova: '`"cachePoint": {"type": "default"}` beside the text',
};

/** Fields of `additionalModelRequestFields` that belong to the prefix. */
const modelFields = ["thinking", "reasoning_config", "reasoningConfig", "output_config", "tool_choice"];

/**
 * Lowers bodies of Converse and of Nova, which share everything but the form of the mark: an element of its own for
 * Converse, a key beside the text for Nova.
 */
export class TaggedLowering {
  readonly #dialect: "converse" | "nova";
  readonly #draft: RequestDraft;

  constructor(dialect: "converse" | "nova") {
    this.#dialect = dialect;
    this.#draft = new RequestDraft(dialect);
  }

  lower(body: Value, bodySpan: Span): LoweredBody {
    const draft = this.#draft;
    const view = viewRecord(body);
    if (!view) return draft.finish();
    this.#toolConfig(presentEntry(view, "toolConfig"));
    this.#system(presentEntry(view, "system"));
    this.#messages(presentEntry(view, "messages"));
    this.#foreignMark(view);
    this.#strayCachePoint(view, "the body");
    for (const rest of view.rest) draft.addUnresolved("body", rest, bodySpan);
    this.#modelFields(presentEntry(view, "additionalModelRequestFields"));
    draft.addParameter("outputConfig", presentEntry(view, "outputConfig"), ["messages"]);
    return draft.finish();
  }

  #modelFields(entry: RecordEntryValue | undefined): void {
    if (!entry) return;
    const view = viewRecord(entry.value);
    if (entry.value.type === "opaque" && !view?.entries.size) {
      this.#draft.addParameter("additionalModelRequestFields", entry, ["messages"]);
    }
    for (const field of modelFields) this.#draft.addParameter(field, presentEntry(view, field), ["messages"]);
  }

  #toolConfig(entry: RecordEntryValue | undefined): void {
    const view = viewRecord(entry?.value);
    if (!entry || !view) return;
    const tools = presentEntry(view, "tools") ?? (view.rest.length > 0 ? entry : undefined);
    if (tools) {
      this.#draft.lists = { tools: tools.span };
      this.#region(tools, { region: "tools", role: undefined, message: undefined }, (item, block) => {
        const tool = viewRecord(item.value);
        const parts = tool ? taggedTool(tool, item.span) : valueText(item.value, item.span);
        const known = { region: "tools", role: undefined, kind: "tool", parts, block } as const;
        this.#draft.addSegment({ ...known, span: item.span, order: item.order, from: [item.value] });
        const inner = viewRecord(presentEntry(tool, "toolSpec")?.value);
        if (inner) this.#foreignMark(inner);
        if (inner) this.#strayCachePoint(inner, "`toolSpec`");
      });
    }
    this.#draft.addParameter("toolChoice", presentEntry(view, "toolChoice"), ["messages"]);
  }

  #system(entry: RecordEntryValue | undefined): void {
    if (!entry) return;
    const place = { region: "system", role: "system", message: undefined } as const;
    this.#region(entry, place, (item, block) => this.#block(item, { ...place, block }, undefined));
  }

  #messages(entry: RecordEntryValue | undefined): void {
    if (!entry) return;
    const content = readRegion(entry);
    const known = { region: "messages", role: undefined, block: 0 } as const;
    if (content.kind === "opaque") {
      this.#draft.addStretch(content.value, entry.span, { ...known, order: content.order });
      return this.#draft.addUnresolved("messages", content.value, entry.span);
    }
    if (content.kind === "single") return;
    this.#draft.cuts = content.cuts;
    content.items.forEach(({ value, span, order, stretch }, message) => {
      const view = stretch ? undefined : viewRecord(value);
      if (view) this.#message(value, view, span, order, message);
      else if (value.type === "opaque") this.#draft.addStretch(value, span, { ...known, order, message });
    });
  }

  #message(value: Value, view: RecordView, span: Span, order: OrderEvidence, message: number): void {
    const place = { region: "messages", role: roleOf(view), message } as const;
    const content = presentEntry(view, "content");
    if (content) {
      this.#region(
        content,
        place,
        (item, block) =>
          this.#block({ ...item, order: lessStable(item.order, order) }, { ...place, block }, value),
        order,
      );
    } else if (view.rest[0]) this.#draft.addStretch(view.rest[0], span, { ...place, order, block: 0 });
    this.#foreignMark(view);
    this.#strayCachePoint(view, "a message, beside `role`");
  }

  /** The elements of a list that may hold cache points. */
  #region(
    entry: RecordEntryValue,
    place: Omit<Place, "block">,
    lower: (item: RegionItem, block: number) => void,
    outerOrder?: OrderEvidence,
  ): void {
    const draft = this.#draft;
    const content = readRegion(entry);
    if (content.kind === "opaque") {
      const order = outerOrder ? lessStable(content.order, outerOrder) : content.order;
      draft.addStretch(content.value, entry.span, { ...place, order, block: 0 });
      if (place.region !== "messages") draft.addUnresolved(place.region, content.value, entry.span);
      return;
    }
    const items =
      content.kind === "list"
        ? content.items
        : [{ value: content.value, span: entry.span, order: fixedOrder(entry.span), stretch: false }];
    let block = 0;
    let before: Neighbour | undefined;
    for (const item of items) {
      const { value, span, order, stretch } = item;
      const view = stretch ? undefined : viewRecord(value);
      const mark = readCachePoint(view);
      if (stretch && value.type === "opaque")
        draft.addStretch(value, span, { ...place, order, block: block++ });
      else if (mark && view && isBare(view)) {
        const isAlone = items.length === 1 && !isInside(span, entry.value);
        this.#cachePoint({ ...mark, span }, place.region, before, isAlone);
        before = "cachePoint";
        continue;
      } else {
        lower(item, block++);
        if (mark) this.#inlineCachePoint(mark, place.region);
        if (view) this.#foreignMark(view, span);
      }
      before = neighbourOf(view);
    }
  }

  #cachePoint(mark: Mark, region: Region, before: Neighbour | undefined, isAlone: boolean): void {
    const fault = this.#typeFault(mark) ?? this.#placeFault(mark, before);
    if (fault) this.#draft.addFault(isAlone ? { ...fault, isAlone } : fault);
    else this.#draft.addCheckpoint({ span: mark.span, origin: "explicit", region, ttl: mark.ttl });
  }

  #placeFault(mark: Mark, before: Neighbour | undefined) {
    const problem = before === undefined ? placeProblems.nothing : placeProblems[before];
    if (!problem || this.#dialect !== "converse") return undefined;
    return { ...misplacedMark(mark, problem.reason, problem.remedy, problem.error), ofContent: true };
  }

  #typeFault(mark: Mark) {
    if (mark.markType === undefined || mark.markType === "default") return undefined;
    return {
      kind: "unsupported",
      span: mark.span,
      reason: `A cache point has the type \`default\`, and \`${mark.markType}\` is rejected.`,
      remedy: 'Write `"type": "default"`.',
      correction: mark.typeSpan && { span: mark.typeSpan, text: "default" },
    } as const;
  }

  /** A cache point that is one key of several: right for Nova, rejected by Converse. */
  #inlineCachePoint(mark: Mark, region: Region): void {
    const fault = this.#typeFault(mark);
    if (fault) this.#draft.addFault(fault);
    else if (this.#dialect === "nova") {
      this.#draft.addCheckpoint({ span: mark.span, origin: "explicit", region, ttl: mark.ttl });
    } else {
      const reason = "An element has exactly one key, so a cache point beside another key is rejected.";
      const remedy = "Make it an element of its own behind this one.";
      const fault = misplacedMark(mark, reason, remedy, "merged-block");
      this.#draft.addFault({ ...fault, cure: { kind: "isolate" } });
    }
  }

  #block({ value, span, order }: RegionItem, place: Place, owner: Value | undefined): void {
    const view = viewRecord(value);
    const block = view
      ? taggedBlock(value, view, span)
      : { kind: "text" as const, parts: valueText(value, span) };
    this.#draft.addSegment({ ...place, ...block, span, order, from: owner ? [owner, value] : [value] });
    for (const key of ["toolResult", "document", "searchResult"]) {
      const inner = viewRecord(presentEntry(view, key)?.value);
      for (const nested of asList(presentEntry(inner, "content")?.value)?.elements ?? []) {
        const part = viewRecord(nested.value);
        if (part) this.#foreignMark(part);
        if (part) this.#strayCachePoint(part, `\`${key}.content\``);
      }
      if (inner) this.#foreignMark(inner);
    }
  }

  /** A cache point where only whole regions and contents take one. */
  #strayCachePoint(view: RecordView, where: string): void {
    const mark = readCachePoint(view);
    if (!mark) return;
    const reason = `A cache point cannot stand in ${where}.`;
    const remedy = "Put it into `system`, `toolConfig.tools` or the `content` of a message.";
    this.#draft.addFault(misplacedMark(mark, reason, remedy));
  }

  /** @param block where the block stands that the mark would be right behind */
  #foreignMark(view: RecordView, block?: Span): void {
    const mark = readCacheControl(view) ?? readCacheControl(view, "cacheControl");
    if (!mark) return;
    const fault = foreignMark(mark, apiNames[this.#dialect], ownMarks[this.#dialect]);
    this.#draft.addFault(block ? { ...fault, cure: { kind: "rewrite", block } } : fault);
  }
}

/** Whether an element is written where its list is. */
function isInside({ file, start, end }: Span, list: Value): boolean {
  if (list.type !== "list") return true;
  return list.span.file === file && list.span.start <= start && end <= list.span.end;
}

interface Place {
  readonly region: Region;
  readonly role: Role | undefined;
  readonly message: number | undefined;
  readonly block: number;
}

/** What stands in front of a cache point, as far as it matters. */
type Neighbour = "block" | "cachePoint" | "reasoning" | "document" | "empty";

function neighbourOf(view: RecordView | undefined): Neighbour {
  if (!view || view.rest.length > 0) return "block";
  if (presentEntry(view, "reasoningContent")) return "reasoning";
  if (presentEntry(view, "video") || isPlainDocument(view)) return "document";
  const text = presentEntry(view, "text");
  return text?.value.type === "text" && isEmptyText(text.value.parts) ? "empty" : "block";
}

interface PlaceProblem {
  readonly reason: string;
  readonly remedy: string;
  /** Name of the error the API answers with. */
  readonly error?: string;
}

const placeProblems: Readonly<Record<Neighbour | "nothing", PlaceProblem | undefined>> = {
  nothing: {
    reason: "The cache point is the first element of its list, so there is nothing in front of it to cache.",
    remedy: "Move it behind the element that ends the stable part.",
    error: "nothing-to-cache",
  },
  cachePoint: {
    reason: "Two cache points follow each other, so the second one has nothing of its own to cache.",
    remedy: "Remove one of them.",
  },
  reasoning: {
    reason: "A cache point directly behind a reasoning block is rejected.",
    remedy: "Move it behind a text, a tool use or a tool result.",
    error: "after-reasoning",
  },
  document: {
    reason: "A cache point directly behind a video, or a document that is no PDF, is rejected.",
    remedy: "Put a text block between them, or move the cache point in front of the document.",
    error: "after-non-pdf-document",
  },
  empty: {
    reason: "An empty text cannot carry a cache point.",
    remedy: "Move the cache point behind the block in front of it that holds text.",
  },
  block: undefined,
};

/** True for an object that is a cache point and nothing else. */
function isBare(view: RecordView): boolean {
  if (view.rest.length > 0) return false;
  return [...view.entries.keys()].every((key) => key === "cachePoint" || !presentEntry(view, key));
}
