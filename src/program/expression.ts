import type { Span } from "../source/source-file.ts";
import type { Statement } from "./statement.ts";

export type Expression =
  | LiteralExpression
  | TemplateExpression
  | NameExpression
  | MemberExpression
  | IndexExpression
  | SliceExpression
  | CallExpression
  | ListExpression
  | SetExpression
  | RecordExpression
  | ConditionalExpression
  | LogicalExpression
  | UnaryExpression
  | BinaryExpression
  | FunctionExpression
  | ClassExpression
  | ComprehensionExpression
  | AwaitExpression
  | YieldExpression
  | AssignExpression
  | SequenceExpression
  | UnknownExpression;

/** Text (escapes decoded, adjacent Python strings joined), numbers, booleans, `None`/`null`, `undefined`. */
export interface LiteralExpression {
  readonly kind: "literal";
  readonly value: string | number | boolean | null | undefined;
  readonly span: Span;
}

/** f-strings and template literals. */
export interface TemplateExpression {
  readonly kind: "template";
  readonly parts: readonly TemplatePart[];
  /** The tag of a tagged template: `dedent`. Its parts are cooked text. */
  readonly tag?: Expression;
  readonly span: Span;
}

export type TemplatePart =
  | { readonly kind: "text"; readonly text: string; readonly span: Span }
  | {
      readonly kind: "value";
      readonly value: Expression;
      /** Python's format specification: `%Y-%m-%d`, `>8`, or an expression list when it is built itself. */
      readonly format?: readonly TemplatePart[];
      /** Python's `!r`, `!s`, `!a`. */
      readonly conversion?: "r" | "s" | "a";
      /** Braces included: where the value enters the text. */
      readonly span: Span;
    };

export interface NameExpression {
  readonly kind: "name";
  readonly name: string;
  readonly span: Span;
}

/** `object.name`; `this` and `super` are names. */
export interface MemberExpression {
  readonly kind: "member";
  readonly object: Expression;
  readonly name: string;
  /** `a?.b` gives undefined when `a` is null or undefined. */
  readonly optional: boolean;
  readonly span: Span;
}

export interface IndexExpression {
  readonly kind: "index";
  readonly object: Expression;
  readonly index: Expression;
  readonly optional: boolean;
  readonly span: Span;
}

/** Python's `x[a:b:c]`. */
export interface SliceExpression {
  readonly kind: "slice";
  readonly object: Expression;
  readonly start?: Expression;
  readonly end?: Expression;
  readonly step?: Expression;
  readonly span: Span;
}

export interface CallExpression {
  readonly kind: "call";
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  /** `new C()`. */
  readonly isNew: boolean;
  readonly optional: boolean;
  readonly span: Span;
}

export type Argument =
  | { readonly kind: "positional"; readonly value: Expression; readonly span: Span }
  /** `*xs`, `...xs` */
  | { readonly kind: "spread"; readonly value: Expression; readonly span: Span }
  /** `key=value` */
  | {
      readonly kind: "named";
      readonly name: string;
      readonly nameSpan: Span;
      readonly value: Expression;
      readonly span: Span;
    }
  /** `**kwargs` */
  | { readonly kind: "namedSpread"; readonly value: Expression; readonly span: Span };

export interface ListExpression {
  readonly kind: "list";
  readonly elements: readonly ListElement[];
  /** A Python tuple. */
  readonly isTuple: boolean;
  readonly span: Span;
}

export type ListElement =
  | { readonly kind: "element"; readonly value: Expression; readonly span: Span }
  | { readonly kind: "spread"; readonly value: Expression; readonly span: Span };

/** Python's `{a, b}`. */
export interface SetExpression {
  readonly kind: "set";
  readonly elements: readonly ListElement[];
  readonly span: Span;
}

export interface RecordExpression {
  readonly kind: "record";
  readonly entries: readonly RecordEntry[];
  readonly span: Span;
}

export type RecordEntry =
  | {
      readonly kind: "entry";
      /** A plain key is a literal expression. */
      readonly key: Expression;
      readonly value: Expression;
      /** Key and value together: what a fix removes. */
      readonly span: Span;
    }
  | { readonly kind: "spread"; readonly value: Expression; readonly span: Span }
  /** `get name() { ... }` */
  | {
      readonly kind: "getter";
      readonly key: Expression;
      readonly function: FunctionNode;
      readonly span: Span;
    };

export interface ConditionalExpression {
  readonly kind: "conditional";
  readonly test: Expression;
  readonly then: Expression;
  readonly else: Expression;
  readonly span: Span;
}

/** `and`/`&&`, `or`/`||`, `??`: the value is that of the side that decided. */
export interface LogicalExpression {
  readonly kind: "logical";
  readonly operator: "and" | "or" | "nullish";
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

export interface UnaryExpression {
  readonly kind: "unary";
  readonly operator: "not" | "-" | "+" | "~" | "typeof" | "void";
  readonly operand: Expression;
  readonly span: Span;
}

/** `===` and `is` are `==`, `!==` and `is not` are `!=`. Chained Python comparisons become `and` of pairs. */
export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "//"
  | "%"
  | "**"
  | "@"
  | "&"
  | "|"
  | "^"
  | "<<"
  | ">>"
  | ">>>"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "in"
  | "not in"
  | "instanceof";

export interface BinaryExpression {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

export interface FunctionExpression {
  readonly kind: "functionExpression";
  readonly function: FunctionNode;
  readonly span: Span;
}

export interface ClassExpression {
  readonly kind: "classExpression";
  readonly class: ClassNode;
  readonly span: Span;
}

/** Comprehensions and generator expressions. `result: "generator"` counts as a list that is read once. */
export interface ComprehensionExpression {
  readonly kind: "comprehension";
  readonly result: "list" | "set" | "record" | "generator";
  readonly element: Expression;
  /** Only with `result: "record"`: the key; `element` is then the value. */
  readonly key?: Expression;
  readonly clauses: readonly ComprehensionClause[];
  readonly span: Span;
}

export interface ComprehensionClause {
  readonly target: Pattern;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
}

export interface AwaitExpression {
  readonly kind: "await";
  readonly value: Expression;
  readonly span: Span;
}

export interface YieldExpression {
  readonly kind: "yield";
  readonly value?: Expression;
  /** `yield from`, `yield*`. */
  readonly all: boolean;
  readonly span: Span;
}

/** An assignment with a value: `x := v`, `(x = v)`, `i++` (lowered to `i = i + 1`). */
export interface AssignExpression {
  readonly kind: "assignExpression";
  readonly target: Pattern;
  readonly value: Expression;
  readonly operator?: BinaryOperator | "and" | "or" | "nullish";
  /** `i++` has the value from before. */
  readonly returnsOld: boolean;
  readonly span: Span;
}

export interface SequenceExpression {
  readonly kind: "sequence";
  readonly expressions: readonly Expression[];
  readonly span: Span;
}

/** Syntax the front end does not know. Its parts are still evaluated, since a request may be sent inside. */
export interface UnknownExpression {
  readonly kind: "unknownExpression";
  readonly reason: string;
  readonly parts: readonly Expression[];
  readonly span: Span;
}

/** What an assignment, a parameter or a loop binds. */
export type Pattern =
  | { readonly kind: "namePattern"; readonly name: string; readonly span: Span }
  /** `o.k = v`, `o[k] = v`. */
  | {
      readonly kind: "placePattern";
      readonly place: MemberExpression | IndexExpression | SliceExpression;
      readonly span: Span;
    }
  | {
      readonly kind: "listPattern";
      /** `undefined`: a hole (`[, b]`). At most one has `rest`. */
      readonly elements: readonly ({ readonly pattern: Pattern; readonly rest: boolean } | undefined)[];
      readonly span: Span;
    }
  | {
      readonly kind: "recordPattern";
      readonly entries: readonly { readonly key: Expression; readonly pattern: Pattern }[];
      readonly rest?: Pattern;
      readonly span: Span;
    }
  | {
      readonly kind: "defaultPattern";
      readonly pattern: Pattern;
      readonly default: Expression;
      readonly span: Span;
    };

export interface FunctionNode {
  /** Empty for anonymous functions. */
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** An arrow function or lambda with an expression body has one return statement. */
  readonly body: readonly Statement[];
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** Arrow functions take `this` from outside. Python lambdas are no arrows: they have no `this` at all. */
  readonly isArrow: boolean;
  readonly decorators: readonly Expression[];
  /** The whole function. */
  readonly span: Span;
  readonly nameSpan: Span;
}

export interface Parameter {
  /** The name, or a pattern for destructured JavaScript parameters. */
  readonly pattern: Pattern;
  readonly default?: Expression;
  readonly kind: "positional" | "positionalOnly" | "keywordOnly" | "rest" | "namedRest";
  /** JavaScript's `x?: T`. */
  readonly optional: boolean;
  /** Text of the type annotation. */
  readonly annotation?: string;
  readonly span: Span;
}

export interface ClassNode {
  readonly name: string;
  /** Base classes; a call base (`extends mixin(A)`) is an expression like any other. */
  readonly bases: readonly Expression[];
  readonly members: readonly ClassMember[];
  readonly decorators: readonly Expression[];
  readonly span: Span;
  readonly nameSpan: Span;
}

/**
 * `field`: JavaScript instance fields run for each instance; Python class attributes and JavaScript static fields
 * have `isStatic` and run once. A Python annotation without a value (`name: str`) is a field without `value`:
 * dataclasses and models read these in order. `constructor` and `__init__` are methods named `constructor`.
 * TypeScript parameter properties (`constructor(private x: X)`) become assignments at the head of the constructor.
 */
export type ClassMember =
  | {
      readonly kind: "method";
      readonly name: string;
      readonly function: FunctionNode;
      readonly isStatic: boolean;
      readonly isClassMethod: boolean;
      readonly span: Span;
    }
  | {
      readonly kind: "getter";
      readonly name: string;
      readonly function: FunctionNode;
      readonly isStatic: boolean;
      readonly span: Span;
    }
  | {
      readonly kind: "setter";
      readonly name: string;
      readonly function: FunctionNode;
      readonly isStatic: boolean;
      readonly span: Span;
    }
  | {
      readonly kind: "field";
      readonly name: string;
      readonly value?: Expression;
      readonly annotation?: string;
      readonly isStatic: boolean;
      readonly span: Span;
    };
