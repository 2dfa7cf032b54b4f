import type { BinaryOperator } from "../../program/program.ts";

/**
 * The syntax tree of a Python module. Nodes are named as those of CPython's `ast` module; `start` and `end` are UTF-16
 * offsets into the text that was parsed, `end` exclusive. Where source order matters more than CPython's grouping
 * (arguments of a call, parameters, entries of a dict), one list holds them in source order.
 */
export interface Located {
  readonly start: number;
  readonly end: number;
}

export type Expr =
  | (Located & { readonly type: "Name"; readonly id: string })
  /** `undefined` stands for a number that JavaScript has no value for, such as `3j`. */
  | (Located & { readonly type: "Constant"; readonly value: string | number | boolean | null | undefined })
  | JoinedStr
  | Attribute
  | Subscript
  | (Located & { readonly type: "Slice"; readonly lower?: Expr; readonly upper?: Expr; readonly step?: Expr })
  | (Located & { readonly type: "Call"; readonly func: Expr; readonly args: readonly CallArgument[] })
  | Sequence
  | (Located & { readonly type: "Dict"; readonly entries: readonly DictEntry[] })
  | (Located & { readonly type: "Starred"; readonly value: Expr })
  | (Located & { readonly type: "IfExp"; readonly test: Expr; readonly body: Expr; readonly orelse: Expr })
  | (Located & { readonly type: "BoolOp"; readonly op: "and" | "or"; readonly values: readonly Expr[] })
  | (Located & { readonly type: "UnaryOp"; readonly op: "not" | "-" | "+" | "~"; readonly operand: Expr })
  | (Located & {
      readonly type: "BinOp";
      readonly op: BinaryOperator;
      readonly left: Expr;
      readonly right: Expr;
    })
  | Compare
  | Lambda
  | Comprehension
  | (Located & { readonly type: "Await"; readonly value: Expr })
  | (Located & { readonly type: "Yield"; readonly value?: Expr; readonly from: boolean })
  | (Located & { readonly type: "NamedExpr"; readonly target: Expr; readonly value: Expr });

/** f-strings and t-strings, with the plain strings next to them. */
export interface JoinedStr extends Located {
  readonly type: "JoinedStr";
  readonly values: readonly StringPiece[];
}

export type StringPiece = TextPiece | FormattedValue;

/** Literal text, decoded; the span leaves out quotes and prefix. */
export interface TextPiece extends Located {
  readonly type: "Text";
  readonly text: string;
}

/** A replacement field; the span holds the braces. */
export interface FormattedValue extends Located {
  readonly type: "FormattedValue";
  readonly value: Expr;
  /** Of `{x = }`: the source text that is printed in front of the value, up to and with the blanks after `=`. */
  readonly debug?: TextPiece;
  readonly conversion?: "r" | "s" | "a";
  readonly format?: readonly StringPiece[];
}

export interface Attribute extends Located {
  readonly type: "Attribute";
  readonly value: Expr;
  readonly attr: string;
}

export interface Subscript extends Located {
  readonly type: "Subscript";
  readonly value: Expr;
  readonly slice: Expr;
}

export interface Sequence extends Located {
  readonly type: "List" | "Tuple" | "Set";
  readonly elts: readonly Expr[];
}

export interface Compare extends Located {
  readonly type: "Compare";
  readonly left: Expr;
  readonly ops: readonly BinaryOperator[];
  readonly comparators: readonly Expr[];
}

export interface Lambda extends Located {
  readonly type: "Lambda";
  readonly args: readonly Param[];
  readonly body: Expr;
  readonly isGenerator: boolean;
}

export interface Comprehension extends Located {
  readonly type: "ListComp" | "SetComp" | "DictComp" | "GeneratorExp";
  /** Of a `DictComp`: the key; `elt` is then the value. */
  readonly key?: Expr;
  readonly elt: Expr;
  readonly generators: readonly Generator[];
}

export interface Generator extends Located {
  readonly target: Expr;
  readonly iter: Expr;
  readonly ifs: readonly Expr[];
}

/** `kind` is how the argument is written: `x`, `*x`, `x=y`, `**x`. */
export type CallArgument = Located &
  (
    | { readonly kind: "positional" | "spread" | "namedSpread"; readonly value: Expr }
    | { readonly kind: "named"; readonly value: Expr; readonly name: string; readonly nameEnd: number }
  );

/** An entry without a key is `**value`. */
export interface DictEntry extends Located {
  readonly key?: Expr;
  readonly value: Expr;
}

export interface Param extends Located {
  readonly name: string;
  readonly nameStart: number;
  readonly kind: "positional" | "positionalOnly" | "keywordOnly" | "rest" | "namedRest";
  readonly annotation?: Expr;
  readonly default?: Expr;
}

export type Stmt =
  | (Located & { readonly type: "Expr"; readonly value: Expr })
  | (Located & { readonly type: "Assign"; readonly targets: readonly Expr[]; readonly value: Expr })
  | (Located & {
      readonly type: "AugAssign";
      readonly target: Expr;
      readonly op: BinaryOperator;
      readonly value: Expr;
    })
  | (Located & {
      readonly type: "AnnAssign";
      readonly target: Expr;
      readonly annotation: Expr;
      readonly value?: Expr;
    })
  | (Located & { readonly type: "Return"; readonly value?: Expr })
  | (Located & { readonly type: "Raise"; readonly exc?: Expr; readonly cause?: Expr })
  | (Located & { readonly type: "Assert"; readonly test: Expr; readonly msg?: Expr })
  | (Located & { readonly type: "Delete"; readonly targets: readonly Expr[] })
  | (Located & { readonly type: "Pass" | "Break" | "Continue" })
  | (Located & { readonly type: "Global" | "Nonlocal"; readonly names: readonly string[] })
  | (Located & { readonly type: "Import"; readonly names: readonly Alias[] })
  | (Located & { readonly type: "ImportFrom"; readonly module: string; readonly names: readonly Alias[] })
  | (Located & { readonly type: "TypeAlias"; readonly name: string; readonly value: Expr })
  | If
  | (Located & { readonly type: "While"; readonly test: Expr; readonly body: Block; readonly orelse: Block })
  | For
  | Try
  | (Located & { readonly type: "With"; readonly items: readonly WithItem[]; readonly body: Block })
  | Match
  | FunctionDef
  | ClassDef
  | Skipped;

export type Block = readonly Stmt[];

/** `if` with its `elif`s in one list, since chains of them may be longer than a tree may be deep. */
export interface If extends Located {
  readonly type: "If";
  readonly branches: readonly (Located & { readonly test: Expr; readonly body: Block })[];
  readonly orelse: Block;
}

export interface For extends Located {
  readonly type: "For";
  readonly target: Expr;
  readonly iter: Expr;
  readonly body: Block;
  readonly orelse: Block;
}

export interface Try extends Located {
  readonly type: "Try";
  readonly body: Block;
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: Block;
  readonly finalbody: Block;
}

export interface ExceptHandler extends Located {
  readonly exc?: Expr;
  readonly name?: Identifier;
  readonly body: Block;
}

export interface Identifier extends Located {
  readonly name: string;
}

/** `name` is dotted as written; `"*"` of `from m import *`. */
export interface Alias extends Located {
  readonly name: string;
  readonly asname?: string;
}

export interface WithItem extends Located {
  readonly context: Expr;
  readonly target?: Expr;
}

export interface Match extends Located {
  readonly type: "Match";
  readonly subject: Expr;
  readonly cases: readonly MatchCase[];
}

export interface MatchCase extends Located {
  /** Missing when the pattern could not be read. */
  readonly pattern?: MatchPattern;
  readonly guard?: Expr;
  readonly body: Block;
}

export type MatchPattern =
  | (Located & { readonly type: "MatchValue"; readonly value: Expr })
  /** `x`, `_` (no name), `pattern as x`. */
  | (Located & { readonly type: "MatchAs"; readonly pattern?: MatchPattern; readonly name?: Identifier })
  | (Located & { readonly type: "MatchOr"; readonly patterns: readonly MatchPattern[] })
  | (Located & { readonly type: "MatchSequence"; readonly patterns: readonly MatchPattern[] })
  /** Inside a sequence: `*rest`, `*_` (no name). */
  | (Located & { readonly type: "MatchStar"; readonly name?: Identifier })
  | (Located & {
      readonly type: "MatchMapping";
      readonly keys: readonly Expr[];
      readonly patterns: readonly MatchPattern[];
      readonly rest?: Identifier;
    })
  | (Located & {
      readonly type: "MatchClass";
      readonly cls: Expr;
      readonly patterns: readonly MatchPattern[];
    });

export interface FunctionDef extends Located {
  readonly type: "FunctionDef";
  readonly name: Identifier;
  readonly args: readonly Param[];
  readonly body: Block;
  readonly decorators: readonly Expr[];
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
}

export interface ClassDef extends Located {
  readonly type: "ClassDef";
  readonly name: Identifier;
  readonly args: readonly CallArgument[];
  readonly body: Block;
  readonly decorators: readonly Expr[];
}

/** A statement with a syntax error. What stood indented under it was read and is in `body`. */
export interface Skipped extends Located {
  readonly type: "Skipped";
  /** What is wrong, without a capital letter and a full stop: `expected ')'`. */
  readonly message: string;
  readonly errorStart: number;
  readonly errorEnd: number;
  /** Names that the statement may have assigned. */
  readonly assigns: readonly string[];
  readonly body: Block;
}

export interface PythonModule extends Located {
  readonly body: Block;
}
