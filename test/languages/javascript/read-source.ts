import { javascript } from "../../../src/languages/javascript/javascript.ts";
import type { Module } from "../../../src/program/program.ts";
import { SourceFile } from "../../../src/source/source-file.ts";
import { printProgram } from "../../support/print-program.ts";

/** Reads source text as a file of this name. */
export function readSource(text: string, path = "file.ts"): Module {
  return javascript.read(new SourceFile(path, text));
}

/** The printed program of source text. */
export function printSource(text: string, path = "file.ts"): string {
  return printProgram(readSource(text, path));
}

/** The nodes of a module, in the order of its fields, that have this `kind`. */
export function nodesOf(module: Module, kind: string): readonly Node[] {
  const found: Node[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      if ((value as { kind?: unknown }).kind === kind) found.push(value as Node);
      Object.values(value).forEach(visit);
    }
  };
  visit(module.body);
  return found;
}

interface Node {
  readonly kind: string;
  readonly span: { readonly start: number; readonly end: number };
}
