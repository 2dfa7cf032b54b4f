import type { Module } from "../program/program.ts";

/** How the engine gets at files other than those it was given: imports and prompt files. */
export interface EngineHost {
  /** The text of a file, why it can't be had, or undefined where there is no such file. */
  readText(path: string): { readonly text: string } | { readonly problem: string } | undefined;
  /** Whether there is a file or folder of this path. */
  exists(path: string): boolean;
  /** The program of a file that is parsed already; where there is none, the file's text is parsed. */
  readProgram?(path: string): Module | undefined;
  /** The file of the repository that a bare JavaScript import names, if there is one. */
  resolveModule?(fromFile: string, specifier: string): string | undefined;
}
