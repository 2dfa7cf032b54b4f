import type { Comment } from "../program/program.ts";
import { scopes, type Scope } from "../value/scope.ts";
import type { OpaqueValue, TextValue } from "../value/value.ts";

/**
 * Gives placeholders the scopes that comments state: `promptlint-scope: question=turn, brand=static` names them, and
 * `promptlint-scope: turn` speaks of the placeholder that follows.
 */
export function statedScopes(text: TextValue, comments: readonly Comment[]): TextValue {
  const named = new Map<string, Scope>();
  const following: { readonly comment: Comment; readonly scope: Scope }[] = [];
  for (const comment of comments) {
    const stated = /\bpromptlint-scope:\s*([^\r\n]+)/.exec(comment.text)?.[1] ?? "";
    for (const item of stated.split(/[,;]|\s--\s/)) {
      const [, name, word] = /^\s*(?:([\w.]+)\s*=\s*)?([a-z]+)\s*$/.exec(item) ?? [];
      const scope = scopes.find((each) => each === word);
      if (scope && name !== undefined) named.set(name, scope);
      else if (scope) following.push({ comment, scope });
    }
  }
  if (named.size === 0 && following.length === 0) return text;
  const used = new Set<Comment>();
  return {
    type: "text",
    parts: text.parts.map((part) => {
      if (part.kind === "literal") return part;
      const { hole, span } = part;
      const own = following.findLast(
        ({ comment }) =>
          comment.span.file === span.file && comment.span.end <= span.start && !used.has(comment),
      );
      const scope = own?.scope ?? named.get(nameOf(hole));
      if (own) used.add(own.comment);
      return scope === undefined
        ? part
        : { ...part, hole: { ...hole, scope, confidence: "certain", reason: "the placeholder" } };
    }),
  };
}

function nameOf({ origin }: OpaqueValue): string {
  return origin.kind === "parameter" || origin.kind === "member" ? origin.name : "";
}
