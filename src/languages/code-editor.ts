import type { Expression, Module, RecordExpression } from "../program/program.ts";
import type { Edit } from "../source/edit.ts";
import type { Span } from "../source/source-file.ts";
import { findNamedText, findOwnText } from "./block-text.ts";
import { applyTextEdits, type Data, type SortKey, type SyntaxEditor, type TextEdit } from "./edit.ts";
import {
  findCallStatement,
  findExpression,
  findItemValue,
  findNode,
  hasExpression,
  isElementOfList,
  isValueOfEntry,
  itemsOf,
  type FoundStatement,
  type ItemHolder,
} from "./find-node.ts";
import { ListEditor, type DataSyntax, type Outline, type OutlineItem } from "./list-editor.ts";
import { linesAround, type LiteralText } from "./literal-text.ts";
import { insertBehind, type SeparatedItems, type Stretch } from "./separated-items.ts";
import { findSortPlaces } from "./sort-places.ts";
import { canStandAt } from "./moved-text.ts";
import { moveLinesToEnd } from "./text-lines.ts";

/** What the editors of code need to know of a language. */
export interface CodeSyntax extends DataSyntax {
  /** The edits that leave nothing of a statement behind; undefined where that is not clean. */
  removeStatement(text: string, statement: Stretch, isAlone: boolean): readonly TextEdit[] | undefined;
  /** A text as a literal, in the quotes of the literal it replaces. */
  quote(text: string, replaced: string): string | undefined;
  /** A literal that is one token of the source. @param holes what is written into it, in order */
  literal(text: string, at: Stretch, holes: readonly Stretch[]): LiteralText | undefined;
  /** A literal of some source of another one, as long as that needs its prefix. */
  requote(source: string, literal: LiteralText, hasHoles: boolean): string;
  /** A text with another one behind it, after an empty line, each a literal or a value; undefined: not cleanly. */
  join(first: string, second: string): string | undefined;
  /** An argument with its name, where a language has such. */
  printArgument?(name: string, value: Data): string;
  /** An expression with its result sorted. */
  sorted(source: string, key: SortKey): string;
}

/** Edits code on its program: what stands where is asked there, how it is written of the language. */
export class CodeEditor implements SyntaxEditor {
  readonly #text: string;
  readonly #module: Module;
  readonly #syntax: CodeSyntax;
  readonly #lists: ListEditor;

  /** @param text what the spans of the program are offsets of */
  constructor(text: string, module: Module, syntax: CodeSyntax) {
    this.#text = text;
    this.#module = module;
    this.#syntax = syntax;
    this.#lists = new ListEditor(text, outlineOf(text, module), syntax);
  }

  remove(at: Span): readonly Edit[] | undefined {
    const found = findNode(this.#module, at);
    if (found?.kind === "statement") return this.#removeStatement(found);
    if (found?.kind === "item" && itemsOf(found.holder).length === 1) {
      // `tools.append(mark)` without its argument would be a mistake, and so would an empty element.
      const call = found.holder.kind === "call" && findCallStatement(this.#module, found.holder.span);
      if (call) return this.#removeStatement(call);
      const outer = findNode(this.#module, found.holder.span);
      if (outer?.kind === "item" && outer.holder.kind === "list")
        return this.#lists.remove(found.holder.span);
      if (outer === undefined && isElementOfList(this.#module, found.holder.span)) return undefined;
    }
    return this.#lists.remove(at);
  }

  setText(at: Span, text: string): readonly Edit[] | undefined {
    const literal = findExpression(this.#module, at, "literal") ?? findItemValue(this.#module, at);
    if (literal?.kind !== "literal" || typeof literal.value !== "string") return undefined;
    const { start, end } = literal.span;
    const quoted = this.#syntax.quote(text, this.#source(literal.span));
    return quoted === undefined ? undefined : this.#edits([{ start, end, text: quoted }]);
  }

  addMark(block: Span, form: "entry" | "element", key: string, value: Data): readonly Edit[] | undefined {
    return this.#lists.addMark(block, form, key, value);
  }

  moveMark(mark: Span, block: Span): readonly Edit[] | undefined {
    return this.#lists.moveMark(mark, block);
  }

  moveBehind(element: Span, block: Span, mark: Span | undefined): readonly Edit[] | undefined {
    return this.#lists.moveBehind(element, block, mark);
  }

  isolate(entry: Span): readonly Edit[] | undefined {
    return this.#lists.isolate(entry);
  }

  sort(expression: Span, key: SortKey, onlyTexts: boolean): readonly Edit[] | undefined {
    // A list of records is sorted where it is handed over, whatever gives it.
    const places =
      key.kind === "field"
        ? hasExpression(this.#module, expression) && [{ span: expression, holdsTexts: false }]
        : findSortPlaces(this.#module, expression);
    if (!places || (onlyTexts && !places.every(({ holdsTexts }) => holdsTexts))) return undefined;
    return this.#edits(
      places.map(({ span }) => ({
        start: span.start,
        end: span.end,
        text: this.#syntax.sorted(this.#source(span), key),
      })),
    );
  }

  split(
    block: Span,
    hole: Span,
    end: Span,
    marks: readonly Span[],
    isTail: boolean,
  ): readonly Edit[] | undefined {
    const record = findExpression(this.#module, block, "record");
    const text = record && (findOwnText(record, hole) ?? findNamedText(this.#module, record, hole));
    const parts =
      text &&
      (this.#cutLines(text.value, hole, isTail) ?? (isTail ? this.#cutSum(text.value, hole) : undefined));
    if (!record || !parts) return undefined;
    const own = marks.filter((mark) => record.entries.some(({ span }) => isAt(span, mark)));
    const withoutMarks = own.flatMap((mark) => this.#lists.remove(mark) ?? []);
    const whole = { start: text.value.span.start, end: text.value.span.end };
    const second = this.#sourceWith(block, [
      ...withoutMarks.map((edit) => ({ start: edit.span.start, end: edit.span.end, text: edit.text })),
      { start: text.read.start, end: text.read.end, text: text.lead + parts.second },
    ]);
    const last = this.#lists.endOf(end, marks);
    const added = last && this.#lists.insertSource(last, second);
    return added && [...this.#edits([{ ...whole, text: parts.first }])!, ...added];
  }

  wrap(expression: Span, data: Data, slot: string): readonly Edit[] | undefined {
    const source = this.#source(expression);
    const printed = this.#syntax.print(data, source);
    const quoted = this.#syntax.print(slot, source);
    if (printed.split(quoted).length !== 2 || !hasExpression(this.#module, expression)) return undefined;
    const { start, end } = expression;
    return this.#edits([{ start, end, text: printed.replace(quoted, () => source) }]);
  }

  addArgument(call: Span, name: string, value: Data): readonly Edit[] | undefined {
    const found = findExpression(this.#module, call, "call");
    const list = found && separate(this.#text, found);
    if (!found || !list || !this.#syntax.printArgument) return undefined;
    // What is spread may hold it.
    const isOpen = found.arguments.some(
      (argument) => argument.kind === "namedSpread" || (argument.kind === "named" && argument.name === name),
    );
    const source = this.#syntax.printArgument(name, value);
    const last = list.items.length - 1;
    return isOpen || last < 0
      ? undefined
      : this.#edits(insertBehind(this.#text, list, last, source, this.#syntax));
  }

  moveToEnd(hole: Span): readonly Edit[] | undefined {
    const literal = this.#literalAround(hole);
    const lines = literal && linesAround(this.#text, literal, hole);
    return lines && this.#edits(moveLinesToEnd(this.#text, lines, literal.content, literal.lineEnd));
  }

  moveToText(
    block: Span,
    hole: Span | undefined,
    to: Span,
    data: Readonly<Record<string, Data>>,
    slot: string,
  ): readonly Edit[] | undefined {
    const record = findExpression(this.#module, block, "record");
    const entries = record && plainEntries(record);
    const own = entries?.find(([key]) => data[key] === slot)?.[1];
    if (!record || !own || !canStandAt(this.#module, own.span, block, to)) return undefined;
    if (hole) {
      const parts = contains(own.span, hole) ? this.#cutLines(own, hole, false) : undefined;
      if (!parts) return undefined;
      const { start, end } = own.span;
      const added = this.#addText(to, parts.second, data, slot);
      return added && [...this.#edits([{ start, end, text: parts.first }])!, ...added];
    }
    const around = this.#source({ start: block.start, end: own.span.start });
    const behind = this.#source({ start: own.span.end, end: block.end });
    const isWhole = entries!.every(([key]) => key in data) && !/#|\/[/*]/.test(around + behind);
    const removed = isWhole ? this.#lists.remove(block) : undefined;
    const added = removed && this.#addText(to, this.#source(own.span), data, slot);
    return added && [...removed, ...added];
  }

  #addText(
    to: Span,
    source: string,
    data: Readonly<Record<string, Data>>,
    slot: string,
  ): readonly Edit[] | undefined {
    const record = findExpression(this.#module, to, "record");
    if (record) {
      const isSuch = plainEntries(record)?.some(([key]) => data[key] === slot);
      const near = this.#source(to);
      const printed = this.#syntax.print(data, near).replace(this.#syntax.print(slot, near), () => source);
      return isSuch ? this.#lists.insertLast(to, printed) : undefined;
    }
    const kinds = ["literal", "template", "name"] as const;
    const isText = kinds.some((kind) => findExpression(this.#module, to, kind));
    if (!isText || !isValueOfEntry(this.#module, to)) return undefined;
    const joined = this.#syntax.join(source, this.#source(to));
    return joined === undefined ? undefined : this.#edits([{ start: to.start, end: to.end, text: joined }]);
  }

  /** Cuts the lines of a hole out of a literal: what is left is the first part, the lines are the second. */
  #cutLines(value: Expression, hole: Span, isTail: boolean): { first: string; second: string } | undefined {
    const literal = value.kind === "template" ? this.#literalOf(value) : undefined;
    const lines = literal && linesAround(this.#text, literal, hole);
    if (!lines) return undefined;
    const isWhole = lines.before.start === lines.before.end && lines.end === literal.content.end;
    if (isWhole && !isTail) return undefined;
    const at = literal.holes.find(({ start, end }) => start <= hole.start && hole.end <= end)!;
    // In one line there is nothing to keep together but what follows the hole.
    const cut = isWhole ? { ...lines, start: at.start } : lines;
    const before = this.#text.slice(literal.content.start, cut.start);
    const after = this.#text.slice(cut.end, literal.content.end);
    if (before.trim() === "" && after.trim() === "") return undefined;
    const hasHoles = literal.holes.some(({ start, end }) => end <= cut.start || start >= cut.end);
    return {
      first: this.#syntax.requote(before + after, literal, hasHoles),
      second: this.#syntax.requote(
        withoutLastBreak(this.#text.slice(cut.start, cut.end), literal),
        literal,
        true,
      ),
    };
  }

  /** Cuts a sum of texts in front of the term that holds the hole. */
  #cutSum(value: Expression, hole: Span): { first: string; second: string } | undefined {
    const terms = termsOf(value);
    let index = terms.findIndex(({ span }) => contains(span, hole));
    // The words right in front of a value introduce it.
    while (index > 1 && terms[index - 1]!.kind === "literal") index--;
    const [term, previous] = [terms[index], terms[index - 1]];
    if (!term || !previous) return undefined;
    return {
      first: this.#text.slice(value.span.start, previous.span.end),
      second: this.#text.slice(term.span.start, value.span.end),
    };
  }

  #removeStatement({ statement, siblings }: FoundStatement): readonly Edit[] | undefined {
    return this.#edits(this.#syntax.removeStatement(this.#text, statement.span, siblings.length === 1));
  }

  #literalAround(hole: Span): LiteralText | undefined {
    const found = findTemplateAround(this.#module, hole);
    return found && this.#literalOf(found);
  }

  #literalOf(template: Extract<Expression, { kind: "template" }>): LiteralText | undefined {
    if (template.tag) return undefined;
    const holes = template.parts.flatMap((part) => (part.kind === "value" ? [part.span] : []));
    return this.#syntax.literal(this.#text, template.span, holes);
  }

  #sourceWith({ start, end }: Stretch, edits: readonly TextEdit[]): string {
    const shifted = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    return applyTextEdits(this.#text.slice(start, end), shifted);
  }

  #source({ start, end }: Stretch): string {
    return this.#text.slice(start, end);
  }

  #edits(edits: readonly TextEdit[] | undefined): readonly Edit[] | undefined {
    const file = this.#module.path;
    return edits?.map(({ start, end, text }) => ({ span: { file, start, end }, text }));
  }
}

/** The entries of a record by their keys; undefined where it has others. */
function plainEntries({ entries }: RecordExpression): readonly (readonly [string, Expression])[] | undefined {
  const plain = entries.flatMap((entry) =>
    entry.kind === "entry" && entry.key.kind === "literal" && typeof entry.key.value === "string"
      ? [[entry.key.value, entry.value] as const]
      : [],
  );
  return plain.length === entries.length ? plain : undefined;
}

/** What set the lines off from the next ones. */
function withoutLastBreak(source: string, { lineEnd }: LiteralText): string {
  const last = [...source.matchAll(lineEnd)].at(-1);
  return last && last.index + last[0].length === source.length ? source.slice(0, last.index) : source;
}

/** The terms of a sum, in order. */
function termsOf(value: Expression): readonly Expression[] {
  if (value.kind !== "binary" || value.operator !== "+") return [value];
  return [...termsOf(value.left), value.right];
}

/** The innermost template that a hole is written into. */
function findTemplateAround(
  module: Module,
  hole: Span,
): Extract<Expression, { kind: "template" }> | undefined {
  let found: Extract<Expression, { kind: "template" }> | undefined;
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("kind" in value && value.kind === "template") {
      const template = value as Extract<Expression, { kind: "template" }>;
      if (template.parts.some((part) => part.kind === "value" && contains(part.span, hole))) found = template;
    }
    for (const child of Object.values(value)) visit(child);
  };
  visit(module.body);
  return found;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}

function isAt(a: Span, b: Span): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}

function outlineOf(text: string, module: Module): Outline {
  return {
    item(at) {
      const found = findNode(module, at);
      if (found?.kind !== "item") return undefined;
      const list = separate(text, found.holder);
      return list && { kind: kindOf(found.holder), list, index: found.index };
    },
    record(at) {
      const record = findExpression(module, at, "record");
      return record && separate(text, record);
    },
  };
}

function kindOf({ kind }: ItemHolder): OutlineItem["kind"] {
  if (kind === "call") return "argument";
  return kind === "record" ? "entry" : "element";
}

const closers: Readonly<Record<string, string>> = { "[": "]", "{": "}", "(": ")" };

/** The items of a holder between its brackets; undefined where it has none, as a tuple may. */
function separate(text: string, holder: ItemHolder): SeparatedItems | undefined {
  const items = itemsOf(holder).map(({ span: { start, end } }) => ({ start, end }));
  const end = holder.span.end - 1;
  const start = holder.kind === "call" ? openOfCall(text, holder, items[0]) : holder.span.start;
  if (start === undefined || closers[text.charAt(start)] !== text.charAt(end)) return undefined;
  const isTuple = holder.kind === "list" && holder.isTuple;
  return { start: start + 1, end, items, isTuple, owner: { start: holder.span.start, end: holder.span.end } };
}

/** Where the arguments of a call begin: at the first bracket with nothing but space and brackets behind it. */
function openOfCall(
  text: string,
  { callee, span }: Extract<ItemHolder, { kind: "call" }>,
  first: Stretch | undefined,
): number | undefined {
  const end = first?.start ?? span.end - 1;
  for (let at = text.indexOf("(", callee.span.end); at >= 0 && at < end; at = text.indexOf("(", at + 1)) {
    if (/^(?:[\s(]|#.*|\/\/.*)*$/.test(text.slice(at + 1, end))) return at;
  }
  return undefined;
}
