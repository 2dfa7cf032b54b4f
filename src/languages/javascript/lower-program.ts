import type { Module } from "../../program/program.ts";
import { childrenOf } from "./es-node.ts";
import type { EsComment, EsNode } from "./es-node.ts";
import { lowerComments } from "./lower-comments.ts";
import { lowerStatements } from "./lower-statement.ts";
import { Lowering } from "./lowering.ts";

/**
 * Lowers a whole syntax tree. Reads node types, ranges and the standard children only, so that the tree of
 * typescript-eslint, espree, @babel/eslint-parser or oxc-parser will do.
 *
 * @param ast the `Program` node
 * @param text the text that the tree's UTF-16 offsets count in, without a byte order mark
 * @param path path as shown to the user
 * @param comments the file's comments, as the parser gives them
 * @returns the program; syntax that is unknown or nested too deeply is an unknown node in it, never an exception
 */
export function lowerProgram(
  ast: EsNode,
  text: string,
  path: string,
  comments: readonly EsComment[],
): Module {
  const lowering = new Lowering(path, text);
  const body = lowerStatements(childrenOf(ast, "body"), lowering);
  return {
    path,
    language: "javascript",
    body,
    comments: lowerComments(comments, lowering),
    problems: lowering.problems,
  };
}
