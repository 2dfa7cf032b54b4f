import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  parseAllDocuments,
  visit,
  type Alias,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from "yaml";
import type { Comment } from "../../program/program.ts";
import type { Problem } from "../../source/problem.ts";
import type { SourceFile, Span } from "../../source/source-file.ts";
import { constant, list, listElement, record, recordEntry, text } from "../../value/construct.ts";
import type { DataContent, DataValue } from "../../value/data-content.ts";
import type { RecordEntryValue, Value } from "../../value/value.ts";

/** Deepest nesting that is read, what aliases bring in included. */
const maximumDepth = 60;

/** Largest file that is read, in UTF-16 units: the parser manages some ten million a second. */
const maximumLength = 8 * 1024 * 1024;

/** Most values that aliases may copy, so that a few lines can't grow without end. */
const maximumAliases = 1000;

/** Most problems that are reported of one file. */
const maximumProblems = 20;

/**
 * Reads a YAML file, one value for each of its documents. A tag that YAML does not define is kept as CloudFormation
 * writes it without tags: `!Sub text` is `{"Fn::Sub": text}`, `!Ref x` is `{"Ref": x}`.
 */
export function readYaml(file: SourceFile): DataContent {
  return readYamlText(file, 0, file.text.length);
}

/** Reads a stretch of a file as YAML: the front matter of a prompt. */
export function readYamlText(file: SourceFile, start: number, end: number): DataContent {
  if (end - start > maximumLength) {
    const message = `The file has more than ${maximumLength} characters, so it is not read.`;
    return {
      values: [],
      problems: [{ severity: "error", message, span: { file: file.path, start, end: start } }],
    };
  }
  const source = file.text.slice(start, end);
  const documents = parseAllDocuments(source, {
    keepSourceTokens: false,
    logLevel: "silent",
    merge: true,
    prettyErrors: false,
    uniqueKeys: false,
    lineCounter: new LineCounter(),
  });
  const values: DataValue[] = [];
  const problems: Problem[] = [];
  if (!Array.isArray(documents)) return { values, problems };
  for (const document of documents) {
    const reader = new YamlReader(file, start, document);
    const value = document.contents && reader.value(document.contents, 0);
    if (value) values.push({ value, span: reader.spanOf(document.contents!) });
    for (const { message, pos } of document.errors) {
      if (problems.length >= maximumProblems) break;
      // The parser places what is missing behind the end of the text.
      const [from, to] = pos.map((offset) => Math.min(start + offset, file.text.length));
      const span = { file: file.path, start: from!, end: to! };
      problems.push({ severity: value ? "note" : "error", message: sentence(message), span });
    }
  }
  return { values, problems };
}

/** The comments of a file, or of a stretch of it. What only looks like one inside of a text is none. */
export function yamlComments(file: SourceFile, start = 0, end = file.text.length): Comment[] {
  return yamlTokens(file, start, end).flatMap(({ source, at, isScalar: isText }) => {
    // In templates that make YAML, `{#` begins a comment of another language.
    if (isText || !source.startsWith("#") || !/^\s?$/.test(file.text.slice(at - 1, at))) return [];
    const span = { file: file.path, start: at, end: at + source.length };
    return [{ text: source.replace(/^#+/, "").trim(), span }];
  });
}

/** Where the texts of a file stand that go over several lines: nothing between them is a comment. */
export function multiLineYamlTexts(file: SourceFile): Span[] {
  return yamlTokens(file, 0, file.text.length).flatMap(({ source, at, isScalar: isText }) => {
    const isQuoted = source.startsWith('"') || source.startsWith("'");
    if (!(isText || isQuoted) || !source.trim().includes("\n")) return [];
    // The header of a block scalar, such as `|`, stands in the line above.
    return [
      { file: file.path, start: isQuoted ? at : Math.max(0, at - 1), end: at + source.trimEnd().length },
    ];
  });
}

interface YamlToken {
  readonly source: string;
  /** Offset in the file. */
  readonly at: number;
  readonly isScalar: boolean;
}

/** What the lexer puts between tokens: nothing of it stands in the text. */
const lexerMarks: ReadonlySet<string> = new Set(["\u0002", "\u0018", "\u001f"]);
const scalarMark = "\u001f";

function yamlTokens(file: SourceFile, start: number, end: number): YamlToken[] {
  if (end - start > maximumLength) return [];
  const tokens: YamlToken[] = [];
  let at = start;
  let isNextScalar = false;
  for (const source of new Lexer().lex(file.text.slice(start, end))) {
    if (!lexerMarks.has(source)) {
      tokens.push({ source, at, isScalar: isNextScalar });
      at += source.length;
    }
    isNextScalar = source === scalarMark;
  }
  return tokens;
}

function sentence(message: string): string {
  const line = message.split("\n")[0]!.trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/** What the aliases of a document stand for: the last node before each that has its name. */
function targetsOfAliases(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const targets = new Map<Alias, Node>();
  const anchors = new Map<string, Node>();
  visit(document, {
    Node: (_, node) => {
      const target = isAlias(node) ? anchors.get(node.source) : undefined;
      if (isAlias(node) && target) targets.set(node, target);
      else if (!isAlias(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

class YamlReader {
  readonly #file: SourceFile;
  readonly #offset: number;
  readonly #document: Document.Parsed;
  #aliases = 0;
  #targets: ReadonlyMap<Alias, Node> | undefined;

  constructor(file: SourceFile, offset: number, document: Document.Parsed) {
    this.#file = file;
    this.#offset = offset;
    this.#document = document;
  }

  spanOf(node: Node): Span {
    const [start, end] = node.range ?? [0, 0];
    return { file: this.#file.path, start: this.#offset + start, end: this.#offset + end };
  }

  value(node: Node, depth: number): Value {
    if (depth > maximumDepth) return constant(undefined);
    if (isAlias(node)) {
      this.#targets ??= targetsOfAliases(this.#document);
      const target = ++this.#aliases <= maximumAliases ? this.#targets.get(node) : undefined;
      return target ? this.value(target, depth + 1) : constant(undefined);
    }
    const value = this.#plain(node, depth);
    const key = functionOf(node.tag);
    if (key === undefined) return value;
    const span = this.spanOf(node);
    return record(span, [[key, recordEntry(value, span)]]);
  }

  #plain(node: Node, depth: number): Value {
    const span = this.spanOf(node);
    if (isMap(node)) return record(span, this.#entries(node, depth));
    if (isSeq(node)) {
      const elements = node.items.flatMap((item) => {
        // A pair in a list is a map of one entry.
        const inner = (isPair(item) ? undefined : item) as Node | undefined;
        return inner ? [listElement(this.value(inner, depth + 1), this.spanOf(inner))] : [];
      });
      return list(elements, span);
    }
    if (!isScalar(node)) return constant(undefined);
    const { value } = node;
    if (typeof value === "string") return text(value, span);
    if (typeof value === "number" || typeof value === "boolean" || value === null) return constant(value);
    return text(this.#file.text.slice(span.start, span.end), span);
  }

  #entries(node: YAMLMap, depth: number): [string, RecordEntryValue][] {
    const merged: [string, RecordEntryValue][] = [];
    const own: [string, RecordEntryValue][] = [];
    for (const pair of node.items) {
      const { key, value } = pair as Pair<Node, Node | null>;
      if (!isScalar(key)) continue;
      if (typeof key.value === "symbol" || key.value === "<<") {
        if (value) merged.push(...this.#merged(key, value, depth));
        continue;
      }
      const keySpan = this.spanOf(key);
      const span = value ? this.spanOf(value) : keySpan;
      const entrySpan = { ...keySpan, end: Math.max(keySpan.end, span.end) };
      own.push([
        String(key.value),
        recordEntry(value ? this.value(value, depth + 1) : constant(null), span, entrySpan),
      ]);
    }
    // The keys of a map itself beat those it merges in.
    return [...merged, ...own];
  }

  /** `<<: *defaults`. */
  #merged(key: Node, node: Node, depth: number): [string, RecordEntryValue][] {
    const value = this.value(node, depth + 1);
    // What is kept under an anchor by itself, such as a mark, stands where it is merged in.
    if (value.type === "record" && value.entries.size === 1 && isAlias(node)) {
      const entrySpan = { ...this.spanOf(key), end: this.spanOf(node).end };
      return [...value.entries].map(([name, entry]) => [name, { ...entry, entrySpan }]);
    }
    if (value.type === "record") return [...value.entries];
    if (value.type !== "list") return [];
    return value.elements.flatMap((element) =>
      element.value.type === "record" ? [...element.value.entries] : [],
    );
  }
}

/** The intrinsic function a tag stands for; undefined for the tags of YAML itself. */
function functionOf(tag: string | undefined): string | undefined {
  const name = /^!([A-Za-z][\w.:-]*)$/.exec(tag ?? "")?.[1];
  if (name === undefined) return undefined;
  return name === "Ref" || name === "Condition" ? name : `Fn::${name}`;
}
