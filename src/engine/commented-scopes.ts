import type { Comment } from "../program/program.ts";
import { readStatedComments } from "../evaluate/stated-scopes.ts";
import type { SourceFile, Span } from "../source/source-file.ts";
import type { Scope } from "../value/scope.ts";

/** What comments state about the values of one line. */
interface LineStatement {
  /** Of whatever the line gives a value to. */
  scope: Scope | undefined;
  readonly named: Map<string, Scope>;
}

/**
 * The scopes that comments of code state: `promptlint-scope: session` speaks of the line it stands behind, or of the
 * next one where it has a line for itself; `promptlint-scope: question=turn` of the values of these names there.
 */
export class CommentedScopes {
  readonly #file: SourceFile;
  readonly #lines = new Map<number, LineStatement>();

  constructor(file: SourceFile, comments: readonly Comment[]) {
    this.#file = file;
    for (const comment of comments) {
      if (!comment.text.includes("promptlint-scope")) continue;
      const { named, following } = readStatedComments([comment]);
      const line = this.#lineOf(comment);
      const statement = this.#lines.get(line) ?? { scope: undefined, named: new Map() };
      statement.scope = following.at(-1)?.scope ?? statement.scope;
      for (const [name, scope] of named) statement.named.set(name, scope);
      this.#lines.set(line, statement);
    }
  }

  /** The scope of what stands at a place and has a name, or none. */
  find(span: Span, name: string | undefined): Scope | undefined {
    if (this.#lines.size === 0) return undefined;
    const stated = this.#lines.get(this.#file.positionAt(span.start).line);
    return (name === undefined ? undefined : stated?.named.get(name)) ?? stated?.scope;
  }

  #lineOf({ span }: Comment): number {
    const { line, column } = this.#file.positionAt(span.start);
    const before = this.#file.lineText(line).slice(0, column - 1);
    // A line of a notebook is a string, and a block comment of TypeScript may stand in JSX.
    const isAlone = /^[\s"{]*$/.test(before);
    return isAlone ? this.#file.positionAt(span.end).line + 1 : line;
  }
}
