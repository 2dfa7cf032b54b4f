import type { Comment } from "../../program/program.ts";
import { startOf, wordOf } from "./es-node.ts";
import type { EsComment } from "./es-node.ts";
import type { Lowering } from "./lowering.ts";

/** Lowers comments: without `//`, `/*`, the `*` in front of lines, and blanks around. A hashbang is none. */
export function lowerComments(comments: readonly EsComment[], lowering: Lowering): readonly Comment[] {
  return comments
    .filter((comment) => !(startOf(comment) === 0 && lowering.text.startsWith("#!")))
    .map((comment) => ({ text: commentText(comment), span: lowering.span(comment) }));
}

function commentText(comment: EsComment): string {
  const value = wordOf(comment, "value");
  if (comment.type === "Line") return value.replace(/^\/+/, "").trim();
  return value
    .split(/\r\n|\n|\r/)
    .map((line) => line.replace(/^\s*\*+/, "").trim())
    .join("\n")
    .trim();
}
