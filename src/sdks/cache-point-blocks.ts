import { presentEntry, viewRecord } from "../dialects/record-view.ts";
import type { Span } from "../source/source-file.ts";
import { list, record, recordEntry, text } from "../value/construct.ts";
import { asList } from "../value/inspect.ts";
import type { ListElement, RecordEntryValue, RecordValue, Value } from "../value/value.ts";

/**
 * Blocks as the Messages API takes them: a cache point becomes a mark on the block in front of it. `dropsTtl`: its TTL
 * does not come along.
 */
export function asAnthropicBlocks(blocks: RecordEntryValue, dropsTtl: boolean): RecordEntryValue {
  const known = asList(blocks.value);
  if (!known) return blocks;
  const elements: ListElement[] = [];
  for (const element of known.elements) {
    const view = element.stretch ? undefined : viewRecord(element.value);
    const point = presentEntry(view, "cachePoint");
    const last = elements.at(-1);
    if (point && last?.value.type === "record") {
      elements[elements.length - 1] = { ...last, value: marked(last.value, point, element.span, dropsTtl) };
    } else if (!point) elements.push({ ...element, value: typed(element.value) });
  }
  return { ...blocks, value: { ...list(elements, known.span), order: known.order, cuts: known.cuts } };
}

function marked(block: RecordValue, point: RecordEntryValue, span: Span, dropsTtl: boolean): RecordValue {
  const mark = record(span, [["type", recordEntry(text("ephemeral", span), span)]]);
  const ttl = dropsTtl ? undefined : presentEntry(viewRecord(point.value), "ttl");
  if (ttl) mark.entries.set("ttl", ttl);
  return { ...block, entries: new Map(block.entries).set("cache_control", recordEntry(mark, span)) };
}

/** `{text: ...}` as a block with a type. */
function typed(block: Value): Value {
  if (block.type !== "record" || !block.entries.has("text") || block.entries.has("type")) return block;
  const type = recordEntry(text("text", block.span), block.span);
  return { ...block, entries: new Map([["type", type], ...block.entries]) };
}
