import type { Dialect } from "../request/request.ts";
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

/** What a sort compares: the elements themselves, or a field of theirs, by its path. */
export type SortKey =
  { readonly kind: "element" } | { readonly kind: "field"; readonly path: readonly string[] };

/**
 * A change of the parts a request is made of, each named by its span in the request model. The language of the file
 * says how it is written, or that it cannot be.
 */
export type Change =
  /** Takes out an entry, an element, an argument or an assignment, with what separates it from its neighbours. */
  | { readonly kind: "remove"; readonly at: Span }
  /** Writes another text where one literal stands: `at` is the literal, or the entry whose value it is. */
  | { readonly kind: "setText"; readonly at: Span; readonly text: string }
  /** Puts the dialect's own mark on the block at this place, or behind it. */
  | { readonly kind: "addMark"; readonly at: Span; readonly dialect: Dialect }
  /** Moves a mark to the block at another place, in the form it has. */
  | { readonly kind: "moveMark"; readonly at: Span; readonly to: Span }
  /** Moves an element behind another one, or behind the mark that stands behind that. */
  | { readonly kind: "moveBehind"; readonly at: Span; readonly to: Span; readonly mark: Span | undefined }
  /** Makes a mark that is an entry of a block an element of its own behind it. */
  | { readonly kind: "isolate"; readonly at: Span }
  /**
   * Takes the lines that hold a hole out of the text of a block: they become a block without marks of its own, behind
   * the block at `end` and the mark that may stand there.
   */
  | {
      readonly kind: "split";
      readonly at: Span;
      readonly hole: Span;
      readonly end: Span;
      readonly marks: readonly Span[];
      /** True: what follows the lines goes with them. */
      readonly isTail: boolean;
    }
  /** Writes the text at this place as a block with the dialect's own mark. */
  | { readonly kind: "markText"; readonly at: Span; readonly dialect: Dialect }
  /** Sorts what an expression gives. `onlyTexts`: only where all of the elements are surely texts. */
  | { readonly kind: "sort"; readonly at: Span; readonly by: SortKey; readonly onlyTexts?: boolean }
  /** Gives a call one more argument by name, if it has none of this name. */
  | { readonly kind: "addArgument"; readonly at: Span; readonly name: string; readonly value: boolean }
  /** Moves the lines that hold a value to the end of the text they stand in. */
  | { readonly kind: "moveToEnd"; readonly at: Span }
  /**
   * Moves the text of a block, or the lines of it that hold a hole, into the message whose text or last block stands
   * at `to`.
   */
  | {
      readonly kind: "moveToMessage";
      readonly at: Span;
      readonly hole: Span | undefined;
      readonly to: Span;
      readonly dialect: Dialect;
    };
