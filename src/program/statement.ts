import type { Span } from "../source/source-file.ts";
import type { BinaryOperator, ClassNode, Expression, FunctionNode, Pattern } from "./expression.ts";

export type Statement =
  | ExpressionStatement
  | AssignStatement
  | IfStatement
  | ForEachStatement
  | WhileStatement
  | ReturnStatement
  | BreakStatement
  | ContinueStatement
  | ThrowStatement
  | TryStatement
  | WithStatement
  | SwitchStatement
  | FunctionStatement
  | ClassStatement
  | ImportStatement
  | ExportStatement
  | DeleteStatement
  | BlockStatement
  | ScopeStatement
  | UnknownStatement;

export interface ExpressionStatement {
  readonly kind: "expression";
  readonly expression: Expression;
  readonly span: Span;
}

/** `a = b`, `const a = b`, `a += b`. Python's `a = b = c` becomes two assignments of one value, left first. */
export interface AssignStatement {
  readonly kind: "assign";
  readonly target: Pattern;
  readonly value: Expression;
  /** The binary operator of a compound assignment without its `=`: `+`, `||`, `??`, `|` ... */
  readonly operator?: BinaryOperator | "and" | "or" | "nullish";
  /** JavaScript declarations are block scoped (`var`: function scoped); Python assignments declare nothing. */
  readonly declare?: "const" | "let" | "var";
  /** Text of the type annotation, if there is one: `list[dict]`, `Anthropic.MessageParam[]`. */
  readonly annotation?: string;
  readonly span: Span;
}

export interface IfStatement {
  readonly kind: "if";
  readonly test: Expression;
  readonly then: readonly Statement[];
  readonly else: readonly Statement[];
  readonly span: Span;
}

/** `for x of xs`, `for x in xs` of Python; `over: "keys"` is JavaScript's `for (k in o)`. */
export interface ForEachStatement {
  readonly kind: "forEach";
  readonly target: Pattern;
  readonly declare?: "const" | "let" | "var";
  readonly iterable: Expression;
  readonly over: "values" | "keys";
  readonly body: readonly Statement[];
  /** Python's `else` of a loop. */
  readonly else: readonly Statement[];
  readonly span: Span;
}

/** `while`, `do ... while` and the C-style `for`, whose initialiser stands in a block around it. */
export interface WhileStatement {
  readonly kind: "while";
  /** Missing: forever. */
  readonly test?: Expression;
  /** Runs after each round, `continue` included: `i++`. */
  readonly update?: Expression;
  readonly body: readonly Statement[];
  readonly else: readonly Statement[];
  /** The body runs once before the first test. */
  readonly testLast: boolean;
  readonly span: Span;
}

export interface ReturnStatement {
  readonly kind: "return";
  readonly value?: Expression;
  readonly span: Span;
}

export interface BreakStatement {
  readonly kind: "break";
  /** JavaScript's `break outer`. */
  readonly label?: string;
  readonly span: Span;
}

export interface ContinueStatement {
  readonly kind: "continue";
  readonly label?: string;
  readonly span: Span;
}

export interface ThrowStatement {
  readonly kind: "throw";
  readonly value?: Expression;
  readonly span: Span;
}

export interface TryStatement {
  readonly kind: "try";
  readonly body: readonly Statement[];
  /** The error's name is bound to an unknown value in each handler. */
  readonly handlers: readonly { readonly name?: Pattern; readonly body: readonly Statement[] }[];
  /** Python's `else`: runs after `body`. */
  readonly else: readonly Statement[];
  readonly finally: readonly Statement[];
  readonly span: Span;
}

export interface WithStatement {
  readonly kind: "with";
  readonly items: readonly { readonly context: Expression; readonly target?: Pattern }[];
  readonly body: readonly Statement[];
  readonly span: Span;
}

/** JavaScript's `switch` (`fallsThrough`) and Python's `match`. */
export interface SwitchStatement {
  readonly kind: "switch";
  readonly subject: Expression;
  readonly cases: readonly SwitchCase[];
  readonly fallsThrough: boolean;
  readonly span: Span;
}

export interface SwitchCase {
  /** Values the subject is compared with; empty: the default case. */
  readonly tests: readonly Expression[];
  /** Python's `if` behind a pattern, or a pattern that no value list expresses (then an unknown expression). */
  readonly guard?: Expression;
  /** Names a Python pattern binds to the subject itself (`case x:`). */
  readonly binds?: Pattern;
  readonly body: readonly Statement[];
  readonly span: Span;
}

export interface FunctionStatement {
  readonly kind: "function";
  readonly function: FunctionNode;
  readonly span: Span;
}

export interface ClassStatement {
  readonly kind: "class";
  readonly class: ClassNode;
  readonly span: Span;
}

/**
 * `import a.b as c`, `from a import b as c`, `import d, { b as c } from "a"`, `import * as n from "a"`.
 * CommonJS `require` stays a call.
 */
export interface ImportStatement {
  readonly kind: "import";
  /** As written, with Python's leading dots: `..pkg.mod`, `./prompt.js`, `@scope/pkg`. Query strings stay: `./p.md?raw`. */
  readonly module: string;
  readonly names: readonly ImportedName[];
  /** A type-only import binds nothing at run time. */
  readonly typeOnly: boolean;
  readonly span: Span;
}

/**
 * `imported: "*"` binds the module itself to `local`, except Python's `from m import *`, whose `local` is `"*"`.
 * `import a.b` without `as` binds `a`: then `local` is `a`, `imported` is `*` and `module` stays `a.b`.
 * `default` is JavaScript's default export.
 */
export interface ImportedName {
  readonly imported: string;
  readonly local: string;
  readonly span: Span;
}

/** JavaScript's `export`. Declarations that are exported stand in `declaration`, and are declared as usual too. */
export interface ExportStatement {
  readonly kind: "export";
  readonly declaration?: Statement;
  /** `export { local as exported }`, `export { imported as exported } from "m"` (then `module` is set). */
  readonly names: readonly { readonly local: string; readonly exported: string }[];
  /** `export default <expression>`. */
  readonly default?: Expression;
  /** Re-export from another module. With `all`: `export * from "m"`; `allAs` names it: `export * as ns from "m"`. */
  readonly module?: string;
  readonly all?: boolean;
  readonly allAs?: string;
  readonly span: Span;
}

/** `del x[0]`, `del d["k"]`, `delete o.k` (a statement here even though JavaScript's is an expression). */
export interface DeleteStatement {
  readonly kind: "delete";
  readonly targets: readonly Expression[];
  readonly span: Span;
}

/** Statements with a scope of their own for `const` and `let`. */
export interface BlockStatement {
  readonly kind: "block";
  /** `outer: for (...)`: the block holds the loop alone, which `break outer` and `continue outer` are about. */
  readonly label?: string;
  readonly body: readonly Statement[];
  readonly span: Span;
}

/** Python's `global x` and `nonlocal x`. */
export interface ScopeStatement {
  readonly kind: "scope";
  readonly scope: "global" | "nonlocal";
  readonly names: readonly string[];
  readonly span: Span;
}

/** Syntax the front end does not know; the names it may assign become unknown. */
export interface UnknownStatement {
  readonly kind: "unknown";
  readonly reason: string;
  readonly assigns: readonly string[];
  readonly span: Span;
}
