/** The parts of the parser's tree that are read; its own types leave most fields out or too wide. */
export type HandlebarsNode =
  | ContentStatement
  | MustacheStatement
  | BlockStatement
  | PartialStatement
  | CommentStatement
  | DecoratorBlock
  | PartialBlockStatement
  | { readonly type: "Decorator"; readonly loc: Location };

/** Lines count from 1, columns from 0. */
export interface Location {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

export interface ContentStatement {
  readonly type: "ContentStatement";
  /** Without the white space that standalone tags take away. */
  readonly value: string;
  readonly original: string;
  readonly loc: Location;
}

export interface MustacheStatement {
  readonly type: "MustacheStatement";
  readonly path: HandlebarsExpression;
  readonly params: readonly HandlebarsExpression[];
  readonly hash: Hash | undefined;
  readonly loc: Location;
}

export interface BlockStatement {
  readonly type: "BlockStatement";
  readonly path: HandlebarsExpression;
  readonly params: readonly HandlebarsExpression[];
  readonly hash: Hash | undefined;
  readonly program: Program | undefined;
  readonly inverse: Program | undefined;
  readonly loc: Location;
}

export interface PartialStatement {
  readonly type: "PartialStatement";
  readonly name: HandlebarsExpression;
  readonly params: readonly HandlebarsExpression[];
  readonly hash: Hash | undefined;
  readonly loc: Location;
}

/** `{{#> layout}}what the layout prints as its block{{/layout}}`. */
export interface PartialBlockStatement extends Omit<PartialStatement, "type"> {
  readonly type: "PartialBlockStatement";
  readonly program: Program | undefined;
}

/** `{{#*inline "name"}}...{{/inline}}`. */
export interface DecoratorBlock {
  readonly type: "DecoratorBlock";
  readonly path: HandlebarsExpression;
  readonly params: readonly HandlebarsExpression[];
  readonly program: Program | undefined;
  readonly loc: Location;
}

export interface CommentStatement {
  readonly type: "CommentStatement";
  readonly value: string;
  readonly loc: Location;
}

export interface Program {
  readonly body: readonly HandlebarsNode[];
  readonly blockParams?: readonly string[] | undefined;
}

export interface Hash {
  readonly pairs: readonly { readonly key: string; readonly value: HandlebarsExpression }[];
}

export type HandlebarsExpression =
  | PathExpression
  | {
      readonly type: "SubExpression";
      readonly path: HandlebarsExpression;
      readonly params: readonly HandlebarsExpression[];
      readonly loc: Location;
    }
  | {
      readonly type: "StringLiteral" | "NumberLiteral" | "BooleanLiteral";
      readonly value: string | number | boolean;
      readonly loc: Location;
    }
  | { readonly type: "UndefinedLiteral" | "NullLiteral"; readonly loc: Location };

export interface PathExpression {
  readonly type: "PathExpression";
  /** `@index` and its kin. */
  readonly data: boolean;
  /** How many `../` stand in front. */
  readonly depth: number;
  readonly parts: readonly unknown[];
  readonly original: string;
  readonly loc: Location;
}
