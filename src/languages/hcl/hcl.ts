import type { Comment } from "../../program/program.ts";
import type { SourceFile, Span } from "../../source/source-file.ts";
import { list, listElement, record, recordEntry } from "../../value/construct.ts";
import type { DataContent } from "../../value/data-content.ts";
import { literalText } from "../../value/inspect.ts";
import type { RecordEntryValue, RecordValue } from "../../value/value.ts";
import { ExpressionReader } from "./hcl-expressions.ts";
import { HclReading, maximumDepth } from "./hcl-reading.ts";
import { tokenize } from "./hcl-tokens.ts";

/** Largest file that is read, in UTF-16 units. */
const maximumLength = 1_000_000;

/**
 * Reads a file of HCL, the language of Terraform, as the same data that its JSON form has: a block is an entry with its
 * type and labels as keys, and blocks of one kind are a list. What can be read of a broken file is read, and the rest is a
 * problem. https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md, read 2026-11-22.
 */
export function readHcl(file: SourceFile): DataContent {
  if (file.text.length > maximumLength) {
    const message = `The file has more than ${maximumLength} characters, so it is not read.`;
    const span = { file: file.path, start: 0, end: 0 };
    return { values: [], problems: [{ severity: "error", message, span }] };
  }
  const reading = new HclReading(file, tokenize(file));
  const span = { file: file.path, start: 0, end: file.text.length };
  const value = new BodyReader(reading).read(0, reading.tokens.length - 1, span, 0);
  return { values: [{ value, span }], problems: reading.problems };
}

/** The comments of a file, and its texts that go over several lines: nothing between them is a comment. */
export function hclComments(file: SourceFile): {
  readonly comments: readonly Comment[];
  readonly texts: readonly Span[];
} {
  if (file.text.length > maximumLength) return { comments: [], texts: [] };
  const { tokens, comments } = tokenize(file);
  const texts = tokens.flatMap(({ kind, text, start, close }) =>
    kind === "open" && text.startsWith("<<") && close >= 0
      ? [{ file: file.path, start, end: tokens[close]!.end }]
      : [],
  );
  return { comments, texts };
}

/** A block with its type and labels. */
interface Block {
  readonly path: readonly string[];
  readonly value: RecordValue;
  readonly span: Span;
}

class BodyReader {
  readonly #reading: HclReading;
  readonly #expressions: ExpressionReader;

  constructor(reading: HclReading) {
    this.#reading = reading;
    this.#expressions = new ExpressionReader(reading);
  }

  /** The attributes and blocks from one token up to another. */
  read(first: number, limit: number, span: Span, depth: number): RecordValue {
    const reading = this.#reading;
    const attributes: [string, RecordEntryValue][] = [];
    const blocks: Block[] = [];
    for (let at = reading.behindLines(first); at < limit; at = reading.behindLines(at)) {
      const brace = this.#headEnd(at, limit);
      if (reading.is(at, "name") && reading.is(at + 1, "operator", "=")) {
        const { value, span: place, next } = this.#expressions.read(at + 2, limit, true);
        const entrySpan = { ...place, start: reading.at(at).start };
        attributes.push([reading.at(at).text, recordEntry(value, place, entrySpan)]);
        if (reading.is(next, "operator", ",")) reading.problemAt("A line end was expected here.", next);
        at = Math.max(next, this.#lineEnd(next, limit));
      } else if (brace !== undefined) {
        const { block, next } = this.#block(at, brace, limit, depth);
        if (block) blocks.push(block);
        at = next;
      } else {
        reading.problemAt("An attribute or a block was expected here.", at);
        at = Math.max(at + 1, this.#lineEnd(at, limit));
      }
    }
    return record(span, [...attributes, ...grouped(blocks, 0)]);
  }

  #lineEnd(index: number, limit: number): number {
    return this.#reading.lineEnd(index, limit);
  }

  /** The brace that opens the block whose head stands here; undefined where none does. */
  #headEnd(index: number, limit: number): number | undefined {
    const reading = this.#reading;
    if (!reading.is(index, "name")) return undefined;
    let at = index + 1;
    while (at < limit && (reading.is(at, "name") || reading.is(at, "open", '"'))) at = reading.behind(at);
    return at < limit && reading.is(at, "open", "{") ? at : undefined;
  }

  #block(first: number, brace: number, limit: number, depth: number) {
    const reading = this.#reading;
    const { close } = reading.at(brace);
    const end = close >= 0 ? Math.min(close, limit) : this.#missingEnd(brace, limit);
    const next = close >= 0 ? Math.min(close + 1, limit) : end;
    if (close < 0) reading.problemAt("Nothing closes this block.", brace);
    if (depth >= maximumDepth) {
      reading.tooDeep(first);
      return { block: undefined, next };
    }
    const path: string[] = [];
    for (let at = first; at < brace; at = reading.behind(at)) {
      const label = reading.is(at, "name") ? reading.at(at).text : this.#label(at);
      if (label !== undefined) path.push(label);
    }
    const span = reading.span(first, close >= 0 ? end : Math.max(brace, end - 1));
    return { block: { path, value: this.read(brace + 1, end, span, depth + 1), span }, next };
  }

  #label(index: number): string | undefined {
    return literalText(this.#expressions.read(index, this.#reading.behind(index), false).value);
  }

  /** Where a block ends that nothing closes: in front of the next block that is not indented. */
  #missingEnd(brace: number, limit: number): number {
    const { file } = this.#reading;
    for (let at = brace + 1; at < limit; at++) {
      const { start } = this.#reading.at(at);
      if (file.text[start - 1] === "\n" && this.#headEnd(at, limit) !== undefined) return at;
    }
    return limit;
  }
}

/** The entries of blocks: records in records for their types and labels, a list for blocks of one kind. */
function grouped(blocks: readonly Block[], level: number): [string, RecordEntryValue][] {
  const groups = new Map<string, Block[]>();
  for (const block of blocks) {
    const key = block.path[level]!;
    const group = groups.get(key);
    if (group) group.push(block);
    else groups.set(key, [block]);
  }
  return [...groups].map(([key, group]) => {
    const [first] = group as [Block];
    const span = { ...first.span, end: group.at(-1)!.span.end };
    const inner = group.filter(({ path }) => path.length > level + 1);
    if (inner.length > 0) return [key, recordEntry(record(span, grouped(inner, level + 1)), span)];
    if (group.length === 1) return [key, recordEntry(first.value, first.span)];
    const elements = group.map((block) => listElement(block.value, block.span));
    return [key, recordEntry(list(elements, span), span)];
  });
}
