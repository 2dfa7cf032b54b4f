import type { Module, Statement } from "../program/program.ts";
import type { Edit } from "../source/edit.ts";
import type { Span } from "../source/source-file.ts";
import type { SyntaxEditor, TextEdit } from "./edit.ts";
import { findExpression, findItemValue, findNode, itemsOf, type ItemHolder } from "./find-node.ts";
import { removeItem, type ListSyntax, type SeparatedItems, type Stretch } from "./separated-items.ts";

/** What the editors of code need to know of a language. */
export interface CodeSyntax extends ListSyntax {
  /** The edits that leave nothing of a statement behind; undefined where that is not clean. */
  removeStatement(text: string, statement: Stretch, isAlone: boolean): readonly TextEdit[] | undefined;
  /** A text as a literal, in the quotes of the literal it replaces. */
  quote(text: string, replaced: string): string | undefined;
}

/** Edits code on its program: what stands where is asked there, how it is written of the language. */
export class CodeEditor implements SyntaxEditor {
  readonly #text: string;
  readonly #module: Module;
  readonly #syntax: CodeSyntax;

  /** @param text what the spans of the program are offsets of */
  constructor(text: string, module: Module, syntax: CodeSyntax) {
    this.#text = text;
    this.#module = module;
    this.#syntax = syntax;
  }

  remove(at: Span): readonly Edit[] | undefined {
    const found = findNode(this.#module, at);
    if (!found) return undefined;
    if (found.kind === "statement")
      return this.#edits(this.#removeStatement(found.statement, found.siblings));
    const items = separate(this.#text, found.holder);
    return items && this.#edits(removeItem(this.#text, items, found.index, this.#syntax));
  }

  setText(at: Span, text: string): readonly Edit[] | undefined {
    const literal = findExpression(this.#module, at, "literal") ?? findItemValue(this.#module, at);
    if (literal?.kind !== "literal" || typeof literal.value !== "string") return undefined;
    const { start, end } = literal.span;
    const quoted = this.#syntax.quote(text, this.#text.slice(start, end));
    return quoted === undefined ? undefined : this.#edits([{ start, end, text: quoted }]);
  }

  #removeStatement(statement: Statement, siblings: readonly Statement[]): readonly TextEdit[] | undefined {
    return this.#syntax.removeStatement(this.#text, statement.span, siblings.length === 1);
  }

  #edits(edits: readonly TextEdit[] | undefined): readonly Edit[] | undefined {
    const file = this.#module.path;
    return edits?.map(({ start, end, text }) => ({ span: { file, start, end }, text }));
  }
}

const closers: Readonly<Record<string, string>> = { "[": "]", "{": "}", "(": ")" };

/** The items of a holder between its brackets; undefined where it has none, as a tuple may. */
function separate(text: string, holder: ItemHolder): SeparatedItems | undefined {
  const items = itemsOf(holder).map(({ span: { start, end } }) => ({ start, end }));
  const end = holder.span.end - 1;
  const start = holder.kind === "call" ? openOfCall(text, holder, items[0]) : holder.span.start;
  if (start === undefined || closers[text.charAt(start)] !== text.charAt(end)) return undefined;
  return { start: start + 1, end, items, isTuple: holder.kind === "list" && holder.isTuple };
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
