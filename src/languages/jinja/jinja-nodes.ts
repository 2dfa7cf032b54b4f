import type { Expression, Parameter, Pattern } from "../../program/program.ts";
import type { Span } from "../../source/source-file.ts";

/** What a template is made of, in order. */
export type JinjaNode =
  | { readonly kind: "text"; readonly start: number; readonly end: number }
  | { readonly kind: "output"; readonly value: Expression; readonly span: Span }
  | {
      readonly kind: "if";
      readonly branches: readonly { readonly test: Expression; readonly body: readonly JinjaNode[] }[];
      readonly otherwise: readonly JinjaNode[];
      readonly span: Span;
    }
  | {
      readonly kind: "for";
      readonly target: Pattern;
      readonly iterable: Expression;
      readonly condition: Expression | undefined;
      readonly body: readonly JinjaNode[];
      readonly otherwise: readonly JinjaNode[];
      readonly usesLoop: boolean;
      readonly span: Span;
    }
  | { readonly kind: "set"; readonly target: Pattern; readonly value: Expression; readonly span: Span }
  /** `{% set x %}...{% endset %}` and `{% filter f %}...{% endfilter %}`: what is printed inside becomes a value. */
  | {
      readonly kind: "capture";
      /** Undefined: it is printed. */
      readonly name: string | undefined;
      readonly change: (value: Expression) => Expression;
      readonly body: readonly JinjaNode[];
      readonly span: Span;
    }
  | { readonly kind: "block"; readonly name: string; readonly body: readonly JinjaNode[] }
  | { readonly kind: "include"; readonly names: readonly Expression[]; readonly span: Span }
  | { readonly kind: "extends"; readonly name: Expression }
  | {
      readonly kind: "import";
      readonly source: Expression;
      /** `import x as alias`. */
      readonly alias: string | undefined;
      readonly names: readonly { readonly name: string; readonly local: string }[];
      readonly span: Span;
    }
  | {
      readonly kind: "macro";
      readonly name: string;
      readonly parameters: readonly Parameter[];
      readonly body: readonly JinjaNode[];
      readonly span: Span;
    }
  /** `{% call f() %}body{% endcall %}`. */
  | {
      readonly kind: "callBlock";
      readonly call: Expression;
      readonly parameters: readonly Parameter[];
      readonly body: readonly JinjaNode[];
      readonly span: Span;
    }
  /** `{% do x.append(1) %}`. */
  | { readonly kind: "do"; readonly value: Expression; readonly span: Span };
