import type { Expression, Statement, TemplatePart } from "../program/program.ts";
import { templateOutput } from "../program/template.ts";
import type { TextPiece } from "../source/mapped-text.ts";
import type { Span } from "../source/source-file.ts";

/** Writes the statements of a template: what is printed in a row becomes one statement. */
export class TemplateWriter {
  readonly #statements: Statement[] = [];
  #parts: TemplatePart[] = [];

  /** Prints text as it stands in the template. */
  text(pieces: readonly TextPiece[]): void {
    for (const { text, span } of pieces) this.#parts.push({ kind: "text", text, span });
  }

  /** Prints a value; `span` is the placeholder, braces included. */
  value(value: Expression, span: Span): void {
    this.#parts.push({ kind: "value", value, span });
  }

  add(...statements: readonly Statement[]): void {
    this.#flush();
    this.#statements.push(...statements);
  }

  finish(): Statement[] {
    this.#flush();
    return this.#statements;
  }

  #flush(): void {
    const first = this.#parts[0]?.span;
    const last = this.#parts.at(-1)?.span;
    if (!first || !last) return;
    const span = {
      file: first.file,
      start: first.start,
      end: last.file === first.file ? last.end : first.end,
    };
    this.#statements.push(appendOutput({ kind: "template", parts: this.#parts, span }, span));
    this.#parts = [];
  }
}

/** `output += value`. */
function appendOutput(value: Expression, span: Span): Statement {
  return { ...assignName(templateOutput, value, span), operator: "+" };
}

/** `name = value`. */
export function assignName(name: string, value: Expression, span: Span): Statement & { kind: "assign" } {
  return { kind: "assign", target: { kind: "namePattern", name, span }, value, span };
}

/** A body that prints into an output of its own and returns it. */
export function capturing(body: readonly Statement[], span: Span): Statement[] {
  return [
    assignName(templateOutput, { kind: "literal", value: "", span }, span),
    ...body,
    { kind: "return", value: { kind: "name", name: templateOutput, span }, span },
  ];
}
