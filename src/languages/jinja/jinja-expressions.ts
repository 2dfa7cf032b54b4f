import type { Argument, Expression, RecordEntry } from "../../program/program.ts";
import type { Span } from "../../source/source-file.ts";
import { applyFilter, applyTest } from "./jinja-filters.ts";
import type { JinjaTokens } from "./jinja-tokens.ts";

/** Deepest nesting of expressions that is read. */
const maximumDepth = 60;

const comparisons = new Set(["==", "!=", "<", "<=", ">", ">="]);

/** Parses expressions of Jinja, which are much like those of Python, straight into those of the program. */
export class JinjaExpressions {
  readonly #tokens: JinjaTokens;
  /** Every name that is read is added. */
  readonly #names: Set<string>;
  #depth = 0;

  constructor(tokens: JinjaTokens, names: Set<string>) {
    this.#tokens = tokens;
    this.#names = names;
  }

  /** An expression with `a if c else b`; `isLoop`: the `if` behind it belongs to the loop. */
  parse(isLoop = false): Expression {
    const start = this.#tokens.current.start;
    if (++this.#depth > maximumDepth) return this.#unknown(start, "an expression nested too deeply");
    const value = this.#or();
    const result = isLoop ? value : this.#conditional(value, start);
    this.#depth--;
    return result;
  }

  /** `a` or `a, b`: the latter is a tuple. */
  parseTuple(isLoop = false): Expression {
    const start = this.#tokens.current.start;
    const first = this.parse(isLoop);
    if (!this.#tokens.is(",")) return first;
    const values = [first];
    while (this.#tokens.take(",")) {
      if (this.#tokens.isAtEnd || this.#tokens.is("=")) break;
      values.push(this.parse(isLoop));
    }
    return this.#list(values, true, start);
  }

  /** Arguments up to the closing parenthesis, which is taken. */
  parseArguments(): Argument[] {
    const tokens = this.#tokens;
    const result: Argument[] = [];
    while (!tokens.isAtEnd && !tokens.take(")")) {
      const start = tokens.current.start;
      if (tokens.take("**")) {
        const value = this.parse();
        result.push({ kind: "namedSpread", value, span: tokens.spanFrom(start) });
      } else if (tokens.take("*")) {
        const value = this.parse();
        result.push({ kind: "spread", value, span: tokens.spanFrom(start) });
      } else if (tokens.current.kind === "name" && tokens.peek().text === "=") {
        const name = tokens.next();
        tokens.next();
        const value = this.parse();
        const nameSpan = tokens.source.spanOf(name.start, name.end);
        result.push({ kind: "named", name: name.text, nameSpan, value, span: tokens.spanFrom(start) });
      } else {
        const value = this.parse();
        result.push({ kind: "positional", value, span: tokens.spanFrom(start) });
      }
      if (!tokens.take(",") && !tokens.is(")")) this.#skip();
    }
    return result;
  }

  /** Filters up to the end: `| join(", ") | upper`; `isBare`: the first one stands without its bar. */
  parseFilterCalls(isBare = false): ((value: Expression, span: Span) => Expression)[] {
    const tokens = this.#tokens;
    const filters: ((value: Expression, span: Span) => Expression)[] = [];
    for (let isFirst = isBare; isFirst || tokens.take("|"); isFirst = false) {
      let name = tokens.takeName()?.text ?? "";
      while (tokens.take(".")) name = tokens.takeName()?.text ?? name;
      const args = tokens.take("(") ? this.parseArguments() : tokens.is(":") ? this.#liquidArguments() : [];
      filters.push((value, span) => applyFilter(value, name, args, span));
    }
    return filters;
  }

  /** `: a, b` behind a filter of Liquid. */
  #liquidArguments(): readonly Argument[] {
    const args: Argument[] = [];
    while (this.#tokens.take(":") || this.#tokens.take(",")) {
      const value = this.#primary();
      args.push({ kind: "positional", value, span: value.span });
    }
    return args;
  }

  #conditional(value: Expression, start: number): Expression {
    const tokens = this.#tokens;
    if (!tokens.is("if")) return value;
    tokens.next();
    const test = this.#or();
    const otherwise = tokens.take("else")
      ? this.parse()
      : ({ kind: "literal", value: "", span: tokens.spanFrom(start) } as const);
    return { kind: "conditional", test, then: value, else: otherwise, span: tokens.spanFrom(start) };
  }

  #or(): Expression {
    return this.#logical("or", () => this.#logical("and", () => this.#not()));
  }

  #logical(operator: "and" | "or", operand: () => Expression): Expression {
    const start = this.#tokens.current.start;
    let left = operand();
    while (this.#tokens.take(operator)) {
      const right = operand();
      left = { kind: "logical", operator, left, right, span: this.#tokens.spanFrom(start) };
    }
    return left;
  }

  #not(): Expression {
    const start = this.#tokens.current.start;
    if (!this.#tokens.is("not") || ++this.#depth > maximumDepth) return this.#comparison();
    this.#tokens.next();
    const operand = this.#not();
    this.#depth--;
    return { kind: "unary", operator: "not", operand, span: this.#tokens.spanFrom(start) };
  }

  #comparison(): Expression {
    const tokens = this.#tokens;
    const start = tokens.current.start;
    let left = this.#sum();
    for (;;) {
      const { text, kind } = tokens.current;
      if (kind === "operator" && comparisons.has(text)) {
        tokens.next();
        left = this.#binary(text as "==", left, this.#sum(), start);
      } else if (tokens.is("in")) {
        tokens.next();
        left = this.#binary("in", left, this.#sum(), start);
      } else if (tokens.is("not") && tokens.peek().text === "in") {
        tokens.next();
        tokens.next();
        left = this.#binary("not in", left, this.#sum(), start);
      } else return left;
    }
  }

  #sum(): Expression {
    const tokens = this.#tokens;
    const start = tokens.current.start;
    let left = this.#product();
    for (;;) {
      if (tokens.take("~")) left = this.#join(left, this.#product(), start);
      else if (tokens.is("+") || tokens.is("-")) {
        const operator = tokens.next().text as "+" | "-";
        left = this.#binary(operator, left, this.#product(), start);
      } else return left;
    }
  }

  #product(): Expression {
    const tokens = this.#tokens;
    const start = tokens.current.start;
    let left = this.#unary();
    while (tokens.is("*") || tokens.is("/") || tokens.is("//") || tokens.is("%") || tokens.is("**")) {
      const operator = tokens.next().text as "*";
      left = this.#binary(operator, left, this.#unary(), start);
    }
    return left;
  }

  #unary(): Expression {
    const tokens = this.#tokens;
    const start = tokens.current.start;
    if (tokens.is("-") || tokens.is("+")) {
      const operator = tokens.next().text as "-" | "+";
      const operand = this.#postfix(this.#primary(), start);
      return { kind: "unary", operator, operand, span: tokens.spanFrom(start) };
    }
    return this.#postfix(this.#primary(), start);
  }

  #postfix(first: Expression, start: number): Expression {
    const tokens = this.#tokens;
    let value = first;
    for (;;) {
      if (tokens.take(".")) {
        const name = tokens.next();
        const span = tokens.spanFrom(start);
        value =
          name.kind === "number"
            ? this.#index(value, { kind: "literal", value: Number(name.text), span }, span)
            : { kind: "member", object: value, name: name.text, optional: false, span };
      } else if (tokens.take("[")) {
        value = this.#subscript(value, start);
      } else if (tokens.take("(")) {
        const args = this.parseArguments();
        const span = tokens.spanFrom(start);
        value = { kind: "call", callee: value, arguments: args, isNew: false, optional: false, span };
      } else if (tokens.is("|")) {
        const span = (): Span => tokens.spanFrom(start);
        value = this.parseFilterCalls().reduce((changed, apply) => apply(changed, span()), value);
      } else if (tokens.is("is")) {
        value = this.#test(value, start);
      } else return value;
    }
  }

  #test(value: Expression, start: number): Expression {
    const tokens = this.#tokens;
    tokens.next();
    const isNegated = tokens.take("not");
    const name = tokens.takeName()?.text ?? "";
    let args: readonly Argument[] = [];
    const { kind, text } = tokens.current;
    const isOperand =
      kind === "number" ||
      kind === "string" ||
      (kind === "name" && !/^(?:and|or|if|else|in|is|not)$/.test(text));
    if (tokens.take("(")) args = this.parseArguments();
    else if (isOperand || tokens.is("[")) {
      const operand = this.#primary();
      args = [{ kind: "positional", value: operand, span: operand.span }];
    }
    const result = applyTest(value, name, args, tokens.spanFrom(start));
    return isNegated ? { kind: "unary", operator: "not", operand: result, span: result.span } : result;
  }

  #subscript(object: Expression, start: number): Expression {
    const tokens = this.#tokens;
    const parts: (Expression | undefined)[] = [undefined];
    while (!tokens.isAtEnd && !tokens.is("]")) {
      if (tokens.take(":")) {
        parts.push(undefined);
        continue;
      }
      parts[parts.length - 1] = this.parse();
      if (!tokens.is("]") && !tokens.is(":")) this.#skip();
    }
    tokens.take("]");
    const span = tokens.spanFrom(start);
    const [first, end, step] = parts;
    if (parts.length === 1 && first) return this.#index(object, first, span);
    return {
      kind: "slice",
      object,
      ...(first && { start: first }),
      ...(end && { end }),
      ...(step && { step }),
      span,
    };
  }

  #primary(): Expression {
    const tokens = this.#tokens;
    const { kind, text, start, end } = tokens.current;
    const span = tokens.source.spanOf(start, end);
    if (++this.#depth > maximumDepth) return this.#unknown(start, "an expression nested too deeply");
    try {
      if (kind === "name") {
        tokens.next();
        return this.#name(text, span);
      }
      if (kind === "number") {
        tokens.next();
        return { kind: "literal", value: Number(text.replaceAll("_", "")), span };
      }
      if (kind === "string") return this.#string();
      if (tokens.take("(")) {
        const value = tokens.is(")") ? this.#list([], true, start) : this.parseTuple();
        tokens.take(")");
        return value;
      }
      if (tokens.take("[")) return this.#list(this.#values("]"), false, start);
      if (tokens.take("{")) return this.#record(start);
      return this.#unknown(start, "an expression that was not understood");
    } finally {
      this.#depth--;
    }
  }

  #name(name: string, span: Span): Expression {
    if (/^[Tt]rue$/.test(name)) return { kind: "literal", value: true, span };
    if (/^[Ff]alse$/.test(name)) return { kind: "literal", value: false, span };
    if (/^[Nn]one$/.test(name) || name === "null") return { kind: "literal", value: null, span };
    this.#names.add(name);
    return { kind: "name", name, span };
  }

  /** Neighbouring strings are one. */
  #string(): Expression {
    const { start } = this.#tokens.current;
    let value = "";
    while (this.#tokens.current.kind === "string") value += this.#tokens.next().text;
    return { kind: "literal", value, span: this.#tokens.spanFrom(start) };
  }

  #values(close: string): Expression[] {
    const values: Expression[] = [];
    while (!this.#tokens.isAtEnd && !this.#tokens.take(close)) {
      values.push(this.parse());
      if (!this.#tokens.take(",") && !this.#tokens.is(close)) this.#skip();
    }
    return values;
  }

  #record(start: number): Expression {
    const tokens = this.#tokens;
    const entries: RecordEntry[] = [];
    while (!tokens.isAtEnd && !tokens.take("}")) {
      const entryStart = tokens.current.start;
      const key = this.parse();
      tokens.take(":");
      const value = this.parse();
      entries.push({ kind: "entry", key, value, span: tokens.spanFrom(entryStart) });
      if (!tokens.take(",") && !tokens.is("}")) this.#skip();
    }
    return { kind: "record", entries, span: tokens.spanFrom(start) };
  }

  #list(values: readonly Expression[], isTuple: boolean, start: number): Expression {
    const elements = values.map((value) => ({ kind: "element" as const, value, span: value.span }));
    return { kind: "list", elements, isTuple, span: this.#tokens.spanFrom(start) };
  }

  #index(object: Expression, index: Expression, span: Span): Expression {
    return { kind: "index", object, index, optional: false, span };
  }

  #binary(
    operator: "==" | "+" | "-" | "*" | "in" | "not in",
    left: Expression,
    right: Expression,
    start: number,
  ): Expression {
    return { kind: "binary", operator, left, right, span: this.#tokens.spanFrom(start) };
  }

  /** `a ~ b`: both printed, one behind the other. */
  #join(left: Expression, right: Expression, start: number): Expression {
    const parts = [left, right].map((value) => ({ kind: "value" as const, value, span: value.span }));
    return { kind: "template", parts, span: this.#tokens.spanFrom(start) };
  }

  #unknown(start: number, reason: string): Expression {
    this.#skip();
    return { kind: "unknownExpression", reason, parts: [], span: this.#tokens.spanFrom(start) };
  }

  /** Moves on by one token, so that no loop stands still. */
  #skip(): void {
    if (!this.#tokens.isAtEnd) this.#tokens.next();
  }
}
