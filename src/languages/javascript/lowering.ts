import type {
  Expression,
  LiteralExpression,
  NameExpression,
  UnknownExpression,
} from "../../program/program.ts";
import type { Problem } from "../../source/problem.ts";
import type { Span } from "../../source/source-file.ts";
import { endOf, startOf } from "./es-node.ts";
import type { EsNode } from "./es-node.ts";

/**
 * How many statements, expressions and patterns may stand inside one another. What lies deeper becomes unknown:
 * neither this front end nor the readers of its program may overflow the stack (Node gives it about 1 MB).
 */
export const maximumDepth = 300;

/** What every step of lowering one file needs: its text, its path, how deep we are, and what went wrong. */
export class Lowering {
  readonly path: string;
  readonly text: string;
  readonly problems: Problem[] = [];
  #depth = 0;
  #reportedDepth = false;

  /** @param path path as shown to the user; @param text the text that the tree's offsets count in. */
  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** The span of a node. */
  span(node: EsNode): Span {
    return { file: this.path, start: startOf(node), end: endOf(node) };
  }

  /** A span from one offset to another. */
  spanOf(start: number, end: number): Span {
    return { file: this.path, start, end };
  }

  /** The source text of a node. */
  textOf(node: EsNode): string {
    return this.text.slice(startOf(node), endOf(node));
  }

  /**
   * Goes one level down. False when that would be too deep: then the caller gives an unknown node instead, and the
   * file gets one note. Each `enter` that returned true needs one `leave`.
   */
  enter(node: EsNode): boolean {
    if (this.#depth < maximumDepth) {
      this.#depth++;
      return true;
    }
    if (!this.#reportedDepth) {
      this.#reportedDepth = true;
      const message = `Code nested more than ${maximumDepth} levels deep was skipped.`;
      this.problems.push({ span: this.span(node), message, severity: "note" });
    }
    return false;
  }

  /** Comes back up from `enter`. */
  leave(): void {
    this.#depth--;
  }
}

/** A literal at a span. */
export function literal(value: LiteralExpression["value"], span: Span): LiteralExpression {
  return { kind: "literal", value, span };
}

/** A name at a span. */
export function name(text: string, span: Span): NameExpression {
  return { kind: "name", name: text, span };
}

/** An expression whose value is unknown, with the parts that are still evaluated. */
export function unknownExpression(
  reason: string,
  span: Span,
  parts: readonly Expression[] = [],
): UnknownExpression {
  return { kind: "unknownExpression", reason, parts, span };
}
