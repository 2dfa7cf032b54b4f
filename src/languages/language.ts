import type { Module } from "../program/program.ts";
import type { SourceFile } from "../source/source-file.ts";

/** A language whose files hold code: text in, program out. */
export interface CodeLanguage {
  readonly name: string;
  /** With the dot, lower case. */
  readonly extensions: readonly string[];
  /**
   * Reads one file. Never throws on bad input: what could not be read stands in `Module.problems`, the rest in
   * `Module.body`.
   */
  read(file: SourceFile): Module;
}
