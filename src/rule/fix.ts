import type { Edit } from "../source/edit.ts";
import type { Span } from "../source/source-file.ts";

/** A fix as it is applied: edits that belong together. Those of one file do not overlap. */
export interface Fix {
  /** What it does, in the imperative and with a full stop: "Remove the checkpoint." */
  readonly description: string;
  /** At least one, by file and then position. */
  readonly edits: readonly Edit[];
}

/** A fix as a rule thinks of it. It is offered only where the language of each place can make all of its changes. */
export interface PlannedFix {
  /** What it does, in the imperative and with a full stop. */
  readonly description: string;
  readonly changes: readonly Change[];
  /** True: right only if the finding is reported for all requests that carry the mark which is its subject. */
  readonly everywhere?: boolean;
}

/** What a sort compares: the elements themselves, or a field of theirs. */
export type SortKey = { readonly kind: "element" } | { readonly kind: "field"; readonly name: string };

/**
 * A change of the parts a request is made of, each named by its span in the request model. The language of the file
 * says how it is written, or that it cannot be.
 */
export type Change =
  /** Takes out an entry, an element, an argument or an assignment, with what separates it from its neighbours. */
  | { readonly kind: "remove"; readonly at: Span }
  /** Writes another text where one literal stands: `at` is the literal, or the entry whose value it is. */
  | { readonly kind: "setText"; readonly at: Span; readonly text: string };
