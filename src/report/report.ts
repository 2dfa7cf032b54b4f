import type { LintResult } from "../engine/result.ts";
import type { SourceFile } from "../source/source-file.ts";

/** What a report says about a rule beside its findings. */
export interface RuleDescription {
  readonly id: string;
  /** One sentence without a full stop, as in the rule's `meta`. */
  readonly description: string;
  /** The rule's page. */
  readonly url: string;
}

/** Cell of a notebook and line within its source, both from 1. */
export interface CellPlace {
  readonly cell: number;
  readonly cellLine: number;
  /** The line as its author wrote it, and the column in it, from 1; undefined where only the file's is known. */
  readonly source?: { readonly text: string; readonly column: number };
}

/** Something that kept the run from doing all of its job; the run can't be called clean, whatever was found. */
export interface Failure {
  /** The file or folder that was named and can't be read; undefined where it is no file's fault. */
  readonly path: string | undefined;
  /** A whole sentence. */
  readonly message: string;
}

/** The cell of a notebook an offset lies in; undefined outside of notebooks. */
export type CellFinder = (file: SourceFile, offset: number) => CellPlace | undefined;

/** What the reporters need beside the result. */
export interface ReportContext {
  readonly rules: readonly RuleDescription[];
  /** The version of promptlint. */
  readonly version: string;
  readonly color: boolean;
  /** Columns to fit text for people into. */
  readonly width: number;
  /** Every file that was looked at: also files without messages are to be listed. Undefined: only those with some. */
  readonly allFiles?: readonly string[];
  readonly failures: readonly Failure[];
  /** Texts that a dry run of the fixes has changed, by path. */
  readonly outputs?: ReadonlyMap<string, string>;
  /** Undefined where no file of the result is a notebook. */
  readonly cellAt?: CellFinder;
}

/** Prints a result in one format. Ends with a line end unless there is nothing to say. */
export type Reporter = (result: LintResult, context: ReportContext) => string;
