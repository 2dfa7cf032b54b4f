import type { Region, Role } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { literalText } from "../value/inspect.ts";
import type { OrderEvidence, RecordEntryValue, Value } from "../value/value.ts";
import { fieldTexts, sourceParts, unknownBlock, valueText, type BlockText } from "./block-text.ts";
import { misplacedMark } from "./marks.ts";
import { printEntries, printValue, unknownHole } from "./print-value.ts";
import { presentEntry, viewRecord, type RecordView } from "./record-view.ts";
import { lessStable, readRegion, type RegionItem } from "./region-items.ts";
import { fixedOrder, RequestDraft, type LoweredBody } from "./request-draft.ts";

/**
 * Lowers a body of the Gemini API: `contents` and, beside it, the system instruction, the tools and the name of a cache
 * resource, in the spelling of Python or of JSON. What stands in the resource is read first; the order of system
 * instruction and tools is not documented, and both count as one head.
 */
export function lowerGemini(body: Value, bodySpan: Span): LoweredBody {
  return new GeminiLowering().lower(body, bodySpan);
}

/** Lowers what a cache resource holds: the whole of it is one prefix. */
export function lowerGeminiCache(body: Value, bodySpan: Span): LoweredBody {
  return new GeminiLowering().lowerCache(body, bodySpan);
}

/** The entry under a key, in either spelling. */
export function geminiEntry(view: RecordView | undefined, key: string): RecordEntryValue | undefined {
  const camelCase = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return presentEntry(view, key) ?? presentEntry(view, camelCase);
}

const headOnly = ["system_instruction", "tools", "tool_config"];

class GeminiLowering {
  readonly #draft = new RequestDraft("gemini");

  lower(body: Value, bodySpan: Span): LoweredBody {
    const draft = this.#draft;
    const view = viewRecord(body);
    if (!view) return draft.finish();
    this.#handle(view);
    this.#head(view);
    this.#contents(geminiEntry(view, "contents"));
    for (const rest of view.rest) draft.addUnresolved("body", rest, bodySpan);
    return draft.finish();
  }

  lowerCache(body: Value, bodySpan: Span): LoweredBody {
    const draft = this.#draft;
    const view = viewRecord(body);
    if (view) {
      this.#head(view);
      this.#contents(geminiEntry(view, "contents"));
      for (const rest of view.rest) draft.addUnresolved("body", rest, bodySpan);
    }
    const ttl = geminiEntry(view, "ttl") ?? geminiEntry(view, "expire_time");
    const text = literalText(ttl?.value);
    draft.addCheckpoint({
      span: bodySpan,
      origin: "handle",
      region: draft.segments.at(-1)?.region ?? "messages",
      ttl: ttl && { text, span: ttl.entrySpan, known: text !== undefined },
    });
    return draft.finish();
  }

  /** `cached_content`: a stretch that stands for the resource, and the checkpoint that ends it. */
  #handle(view: RecordView): void {
    const entry = geminiEntry(view, "cached_content");
    if (!entry) return;
    const { span, entrySpan } = entry;
    const hole = entry.value.type === "opaque" ? entry.value : unknownHole("the contents of the cache", span);
    const place = { region: "system", role: "system", order: fixedOrder(span), block: 0 } as const;
    this.#draft.addStretch(hole, span, place);
    this.#draft.addCheckpoint({ span: entrySpan, origin: "handle", region: "system", ttl: undefined });
    if (!headOnly.some((key) => geminiEntry(view, key))) return;
    const reason =
      "A request that names a cache takes no system instruction, tools or tool config of its own and is rejected.";
    this.#draft.addFault(misplacedMark({ span: entrySpan }, reason, "Put them into the cache."));
  }

  #head(view: RecordView): void {
    const draft = this.#draft;
    const tools = geminiEntry(view, "tools");
    if (tools) {
      this.#items(
        tools,
        { region: "tools", role: undefined, message: undefined },
        ({ value, span, order }, block) => {
          const known = { region: "tools", role: undefined, kind: "tool", block } as const;
          draft.addSegment({ ...known, parts: printValue(value, span), span, order, from: [value] });
        },
      );
    }
    const system = geminiEntry(view, "system_instruction");
    if (!system) return;
    const parts = geminiEntry(viewRecord(system.value), "parts") ?? system;
    const place = { region: "system", role: "system", message: undefined } as const;
    this.#items(parts, place, (item, block) => this.#part(item, { ...place, block }));
  }

  #contents(entry: RecordEntryValue | undefined): void {
    if (!entry) return;
    const content = readRegion(entry);
    if (content.kind === "opaque") {
      // What is handed in whole is a text or a list of parts of the user more often than a conversation.
      const known = { region: "messages", role: "user", message: 0, block: 0 } as const;
      const { value, order } = content;
      const kind = value.list ? "other" : "text";
      const parts = valueText(value, entry.span);
      return this.#draft.addSegment({
        ...known,
        kind,
        parts,
        span: entry.span,
        order,
        stretch: kind === "other",
        from: [value],
      });
    }
    const single: RegionItem = { value: entry.value, span: entry.span, order: fixedOrder(entry.span) };
    const items = content.kind === "list" ? content.items : [{ ...single, stretch: false }];
    if (content.kind === "list") this.#draft.cuts = content.cuts;
    let message = -1;
    let block = 0;
    let isOpen = false;
    for (const { value, span, order, stretch } of items) {
      const view = stretch ? undefined : viewRecord(value);
      const parts = geminiEntry(view, "parts");
      if (stretch && value.type === "opaque") {
        this.#draft.addStretch(value, span, {
          region: "messages",
          role: undefined,
          order,
          message: ++message,
          block: 0,
        });
        isOpen = false;
      } else if (parts) {
        this.#content(parts, roleOf(view), ++message, order, value);
        isOpen = false;
      } else {
        // Texts and parts that follow each other make one message of the user.
        if (!isOpen) message++;
        block = isOpen ? block + 1 : 0;
        isOpen = true;
        this.#part({ value, span, order }, { region: "messages", role: "user", message, block });
      }
    }
  }

  #content(
    parts: RecordEntryValue,
    role: Role | undefined,
    message: number,
    order: OrderEvidence,
    owner: Value,
  ): void {
    const place = { region: "messages", role, message } as const;
    this.#items(parts, place, (item, block) =>
      this.#part({ ...item, order: lessStable(item.order, order) }, { ...place, block }, owner),
    );
  }

  #items(
    entry: RecordEntryValue,
    place: Omit<Place, "block">,
    lower: (item: RegionItem, block: number) => void,
  ): void {
    const content = readRegion(entry);
    if (content.kind === "list") {
      content.items.forEach((item, block) => {
        if (item.stretch && item.value.type === "opaque") {
          this.#draft.addStretch(item.value, item.span, { ...place, order: item.order, block });
        } else lower(item, block);
      });
      return;
    }
    if (content.kind === "opaque" && place.region === "tools") {
      this.#draft.addStretch(content.value, entry.span, { ...place, order: content.order, block: 0 });
      return this.#draft.addUnresolved("tools", content.value, entry.span);
    }
    lower({ value: content.value, span: entry.span, order: fixedOrder(entry.span) }, 0);
  }

  #part({ value, span, order }: RegionItem, place: Place, owner?: Value): void {
    const view = value.type === "record" ? viewRecord(value) : undefined;
    const part: BlockText = view
      ? geminiPart(value, view, span)
      : { kind: "text", parts: valueText(value, span) };
    this.#draft.addSegment({ ...place, ...part, span, order, from: owner ? [owner, value] : [value] });
  }
}

interface Place {
  readonly region: Region;
  readonly role: Role | undefined;
  readonly message: number | undefined;
  readonly block: number;
}

/** What the model reads of a part. */
function geminiPart(value: Value, view: RecordView, span: Span): BlockText {
  const thought = presentEntry(view, "thought")?.value;
  const isThought = thought?.type === "constant" && thought.value === true;
  if (presentEntry(view, "text"))
    return { kind: isThought ? "thinking" : "text", parts: fieldTexts(view, ["text"]) };
  const data = geminiEntry(view, "inline_data") ?? geminiEntry(view, "file_data");
  if (data) {
    const type = literalText(geminiEntry(viewRecord(data.value), "mime_type")?.value) ?? "";
    const kind = type.startsWith("image/") ? "image" : "document";
    return { kind, parts: sourceParts(data, ["data", "file_uri", "fileUri"]) };
  }
  const call = geminiEntry(view, "function_call");
  if (call) return { kind: "toolUse", parts: printed(call) };
  const response = geminiEntry(view, "function_response");
  return response ? { kind: "toolResult", parts: printed(response) } : unknownBlock(value, view, span);
}

function printed({ value, span }: RecordEntryValue): BlockText["parts"] {
  const view = viewRecord(value);
  return view ? printEntries(view.entries, view.rest, span) : valueText(value, span);
}

const roles: Readonly<Record<string, Role>> = {
  user: "user",
  model: "assistant",
  function: "tool",
  system: "system",
};

function roleOf(view: RecordView | undefined): Role | undefined {
  const role = presentEntry(view, "role");
  const name = literalText(role?.value);
  if (name === undefined) return role ? undefined : "user";
  return Object.hasOwn(roles, name) ? roles[name] : undefined;
}
