import type { Module } from "../../program/program.ts";
import type { Problem } from "../../source/problem.ts";
import type { SourceFile } from "../../source/source-file.ts";
import type { CodeLanguage } from "../language.ts";
import { readPython } from "../python/python.ts";
import { blankMagics } from "./magics.ts";
import { parseNotebook } from "./notebook-file.ts";
import type { Notebook, NotebookCell } from "./notebook-file.ts";

/** Jupyter notebooks with a Python kernel: their code cells, in order, are one program. */
export const notebook: CodeLanguage = {
  name: "notebook",
  extensions: [".ipynb"],
  read: readNotebook,
};

const PYTHON = /^i?python\d*$/;

function readNotebook(file: SourceFile): Module {
  const { cells, language, problems } = notebookOf(file);
  if (language !== undefined && !PYTHON.test(language)) {
    const problem: Problem = {
      severity: "note",
      message: `This notebook runs ${language}; only Python notebooks are read.`,
      span: { file: file.path, start: 0, end: Math.min(1, file.text.length) },
    };
    return { path: file.path, language: "python", body: [], comments: [], problems: [problem] };
  }
  // Cells are read one by one, so that a bracket or a string left open ends with its cell.
  const modules = cells.filter(isPython).map((cell) => readCell(cell, file.path));
  return {
    path: file.path,
    language: "python",
    body: modules.flatMap((module) => module.body),
    comments: modules.flatMap((module) => module.comments),
    problems: [...problems, ...modules.flatMap((module) => module.problems)],
  };
}

/** The cells whose source is Python. */
export function pythonCellsOf(file: SourceFile): readonly NotebookCell[] {
  return notebookOf(file).cells.filter(isPython);
}

function isPython({ isCode, language }: NotebookCell): boolean {
  return isCode && (language === undefined || PYTHON.test(language));
}

function readCell({ source }: NotebookCell, path: string): Module {
  return readPython(blankMagics(source.text), path, (offset, edge) =>
    edge === "start" ? source.toFileStart(offset) : source.toFileEnd(offset),
  );
}

/** A place in the source of a cell. */
export interface CellPosition {
  /** Index of the cell among all cells, from 0. */
  readonly cell: number;
  /** Line inside the source of the cell, and column inside the line, from 1. */
  readonly line: number;
  readonly column: number;
  /** The line, without the escapes of JSON. */
  readonly lineText: string;
}

/** The place in a cell that an offset of the file stands for; undefined when the offset is in no cell's source. */
export function findCell(file: SourceFile, offset: number): CellPosition | undefined {
  const cell = cellAround(file, offset);
  if (cell < 0) return undefined;
  const { source } = notebookOf(file).cells[cell]!;
  const at = source.toTextOffset(offset);
  const start = source.text.lastIndexOf("\n", at - 1) + 1;
  const end = source.text.indexOf("\n", at);
  return {
    cell,
    line: source.text.slice(0, at).split("\n").length,
    column: at - start + 1,
    lineText: source.text.slice(start, end < 0 ? undefined : end),
  };
}

/** What a stretch of the file says without the escapes of JSON; undefined when it is not in one cell's source. */
export function readInCell(file: SourceFile, start: number, end: number): string | undefined {
  const cell = cellAround(file, start);
  if (cell < 0 || cellAround(file, end) !== cell) return undefined;
  const { source } = notebookOf(file).cells[cell]!;
  return source.text.slice(source.toTextOffset(start), source.toTextOffset(end));
}

function cellAround(file: SourceFile, offset: number): number {
  return notebookOf(file).cells.findIndex(
    ({ source }) => source.start <= offset && offset <= source.end && source.end > 0,
  );
}

const notebooks = new WeakMap<SourceFile, Notebook>();

function notebookOf(file: SourceFile): Notebook {
  const known = notebooks.get(file);
  if (known) return known;
  const parsed = parseNotebook(file);
  notebooks.set(file, parsed);
  return parsed;
}
