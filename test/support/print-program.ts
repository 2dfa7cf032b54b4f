import type {
  Argument,
  ClassMember,
  ClassNode,
  Expression,
  FunctionNode,
  ListElement,
  Module,
  Parameter,
  Pattern,
  RecordEntry,
  Statement,
  TemplatePart,
} from "../../src/program/program.ts";

/**
 * Prints a program for tests: one S-expression a statement, bodies indented, spans and comments left out. Problems
 * follow the program, one a line: `!error The message.`
 */
export function printProgram(module: Module): string {
  const statements = module.body.map((statement) => new Printer().statement(statement));
  const problems = module.problems.map(({ severity, message }) => `!${severity} ${message}`);
  return [...statements, ...problems].join("\n");
}

class Printer {
  #indent = 0;

  statement(statement: Statement): string {
    switch (statement.kind) {
      case "expression":
        return this.expression(statement.expression);
      case "assign": {
        const { declare, operator, target, annotation, value } = statement;
        const typed = annotation === undefined ? "" : ` :${JSON.stringify(annotation)}`;
        return `(${declare ? `${declare} ` : ""}${operator ?? ""}= ${this.pattern(target)}${typed} ${this.expression(value)})`;
      }
      case "if": {
        const head = `(if ${this.expression(statement.test)}${this.body(statement.then)}`;
        return `${head}${this.labelled("else", statement.else)})`;
      }
      case "forEach": {
        const { declare, target, over, iterable, body } = statement;
        const head = `(for ${declare ? `${declare} ` : ""}${this.pattern(target)} ${over === "keys" ? "in" : "of"}`;
        return `${head} ${this.expression(iterable)}${this.body(body)}${this.labelled("else", statement.else)})`;
      }
      case "while": {
        const { test, update, body, testLast } = statement;
        const head = `(${testLast ? "do-while" : "while"} ${test ? this.expression(test) : "_"}`;
        const step = update ? ` (update ${this.expression(update)})` : "";
        return `${head}${step}${this.body(body)}${this.labelled("else", statement.else)})`;
      }
      case "return":
        return `(return${this.optional(statement.value)})`;
      case "break":
      case "continue":
        return `(${statement.kind}${statement.label === undefined ? "" : ` ${statement.label}`})`;
      case "throw":
        return `(throw${this.optional(statement.value)})`;
      case "try": {
        const handlers = statement.handlers
          .map(({ name, body }) =>
            this.line(() => `(catch${name ? ` ${this.pattern(name)}` : ""}${this.body(body)})`),
          )
          .join("");
        const rest = this.labelled("else", statement.else) + this.labelled("finally", statement.finally);
        return `(try${this.body(statement.body)}${handlers}${rest})`;
      }
      case "with": {
        const items = statement.items.map(({ context, target }) =>
          target ? `(as ${this.expression(context)} ${this.pattern(target)})` : this.expression(context),
        );
        return `(with ${items.join(" ")}${this.body(statement.body)})`;
      }
      case "switch": {
        const cases = statement.cases.map((one) => {
          const tests = one.tests.length > 0 ? one.tests.map((test) => this.expression(test)).join(" ") : "_";
          const binds = one.binds ? ` (as ${this.pattern(one.binds)})` : "";
          const guard = one.guard ? ` (when ${this.expression(one.guard)})` : "";
          return this.line(() => `(case ${tests}${binds}${guard}${this.body(one.body)})`);
        });
        const head = `(switch${statement.fallsThrough ? "-through" : ""} ${this.expression(statement.subject)}`;
        return `${head}${cases.join("")})`;
      }
      case "function":
        return this.function(statement.function);
      case "class":
        return this.class(statement.class);
      case "import": {
        const names = statement.names.map(({ imported, local }) =>
          imported === local ? local : `${imported}:${local}`,
        );
        return `(import${statement.typeOnly ? "-type" : ""} ${JSON.stringify(statement.module)}${words(names)})`;
      }
      case "export": {
        const { module, declaration, all, allAs } = statement;
        const names = statement.names.map(({ local, exported }) =>
          local === exported ? local : `${local}:${exported}`,
        );
        const star = all ? ["*"] : [];
        const starAs = allAs === undefined ? [] : [`*:${allAs}`];
        const byDefault = statement.default ? [`(default ${this.expression(statement.default)})`] : [];
        const parts = [
          ...(module === undefined ? [] : [JSON.stringify(module)]),
          ...star,
          ...starAs,
          ...names,
          ...byDefault,
          ...(declaration ? [this.statement(declaration)] : []),
        ];
        return `(export${words(parts)})`;
      }
      case "delete":
        return `(delete${this.expressions(statement.targets)})`;
      case "block":
        return `(block${statement.label === undefined ? "" : ` ${statement.label}`}${this.body(statement.body)})`;
      case "scope":
        return `(${statement.scope}${words(statement.names)})`;
      case "unknown":
        return `(unknown-statement ${JSON.stringify(statement.reason)}${words(statement.assigns)})`;
    }
  }

  expression(expression: Expression): string {
    switch (expression.kind) {
      case "literal":
        return expression.value === undefined ? "undefined" : JSON.stringify(expression.value);
      case "template": {
        const tag = expression.tag ? ` tag=${this.expression(expression.tag)}` : "";
        return `(template${tag}${this.templateParts(expression.parts)})`;
      }
      case "name":
        return expression.name;
      case "member":
        return `(${expression.optional ? "?." : "."} ${this.expression(expression.object)} ${expression.name})`;
      case "index": {
        const head = expression.optional ? "?.[]" : "[]";
        return `(${head} ${this.expression(expression.object)} ${this.expression(expression.index)})`;
      }
      case "slice": {
        const bounds = [expression.start, expression.end, expression.step];
        const printed = bounds.map((bound) => (bound ? this.expression(bound) : "_"));
        return `([:] ${this.expression(expression.object)} ${printed.join(" ")})`;
      }
      case "call": {
        const head = `${expression.isNew ? "new" : "call"}${expression.optional ? "?" : ""}`;
        const values = expression.arguments.map((argument) => this.argument(argument));
        return `(${head} ${this.expression(expression.callee)}${words(values)})`;
      }
      case "list":
        return expression.isTuple
          ? `(tuple${this.elements(expression.elements)})`
          : `[${this.elements(expression.elements).trimStart()}]`;
      case "set":
        return `(set${this.elements(expression.elements)})`;
      case "record":
        return `{${expression.entries.map((entry) => this.entry(entry)).join(", ")}}`;
      case "conditional":
        return `(?${this.expressions([expression.test, expression.then, expression.else])})`;
      case "logical": {
        const operator = expression.operator === "nullish" ? "??" : expression.operator;
        return `(${operator}${this.expressions([expression.left, expression.right])})`;
      }
      case "unary":
        return `(${expression.operator} ${this.expression(expression.operand)})`;
      case "binary":
        return `(${expression.operator}${this.expressions([expression.left, expression.right])})`;
      case "functionExpression":
        return this.function(expression.function);
      case "classExpression":
        return this.class(expression.class);
      case "comprehension": {
        const clauses = expression.clauses.map(({ target, iterable, conditions }) => {
          const tests = conditions.map((condition) => ` (if ${this.expression(condition)})`).join("");
          return `(for ${this.pattern(target)} of ${this.expression(iterable)}${tests})`;
        });
        const key = expression.key ? ` ${this.expression(expression.key)}:` : "";
        return `(${expression.result}-of${key} ${this.expression(expression.element)}${words(clauses)})`;
      }
      case "await":
        return `(await ${this.expression(expression.value)})`;
      case "yield":
        return `(yield${expression.all ? "*" : ""}${this.optional(expression.value)})`;
      case "assignExpression": {
        const operator = `${expression.returnsOld ? "old" : ""}${expression.operator ?? ""}:=`;
        return `(${operator} ${this.pattern(expression.target)} ${this.expression(expression.value)})`;
      }
      case "sequence":
        return `(,${this.expressions(expression.expressions)})`;
      case "unknownExpression":
        return `(unknown ${JSON.stringify(expression.reason)}${this.expressions(expression.parts)})`;
    }
  }

  pattern(pattern: Pattern): string {
    switch (pattern.kind) {
      case "namePattern":
        return pattern.name;
      case "placePattern":
        return this.expression(pattern.place);
      case "listPattern": {
        const elements = pattern.elements.map((element) =>
          element ? `${element.rest ? "*" : ""}${this.pattern(element.pattern)}` : "_",
        );
        return `[${elements.join(" ")}]`;
      }
      case "recordPattern": {
        const entries = pattern.entries.map(
          (entry) => `${this.expression(entry.key)}: ${this.pattern(entry.pattern)}`,
        );
        if (pattern.rest) entries.push(`...${this.pattern(pattern.rest)}`);
        return `{${entries.join(", ")}}`;
      }
      case "defaultPattern":
        return `(default ${this.pattern(pattern.pattern)} ${this.expression(pattern.default)})`;
    }
  }

  function(node: FunctionNode): string {
    const marks = `${node.isAsync ? "async-" : ""}${node.isArrow ? "arrow" : "function"}${node.isGenerator ? "*" : ""}`;
    const name = node.name === "" ? "" : ` ${node.name}`;
    const parameters = node.parameters.map((parameter) => this.parameter(parameter)).join(" ");
    return `(${marks}${name} (${parameters})${this.decorators(node.decorators)}${this.body(node.body)})`;
  }

  class(node: ClassNode): string {
    const bases = node.bases.length > 0 ? ` (extends${this.expressions(node.bases)})` : "";
    const members = node.members.map((member) => this.line(() => this.member(member))).join("");
    const name = node.name === "" ? "" : ` ${node.name}`;
    return `(class${name}${bases}${this.decorators(node.decorators)}${members})`;
  }

  member(member: ClassMember): string {
    const marks = member.isStatic ? "static " : "";
    if (member.kind === "field") {
      const typed = member.annotation === undefined ? "" : ` :${JSON.stringify(member.annotation)}`;
      return `(${marks}field ${member.name}${typed}${this.optional(member.value)})`;
    }
    const forClass = member.kind === "method" && member.isClassMethod ? "class-" : "";
    return `(${marks}${forClass}${member.kind} ${member.name} ${this.function(member.function)})`;
  }

  parameter(parameter: Parameter): string {
    const mark = parameterMarks[parameter.kind];
    const typed = parameter.annotation === undefined ? "" : `:${JSON.stringify(parameter.annotation)}`;
    const initial = parameter.default ? `=${this.expression(parameter.default)}` : "";
    return `${mark}${this.pattern(parameter.pattern)}${parameter.optional ? "?" : ""}${typed}${initial}`;
  }

  argument(argument: Argument): string {
    const value = this.expression(argument.value);
    if (argument.kind === "named") return `${argument.name}=${value}`;
    return `${argument.kind === "spread" ? "*" : argument.kind === "namedSpread" ? "**" : ""}${value}`;
  }

  entry(entry: RecordEntry): string {
    if (entry.kind === "spread") return `**${this.expression(entry.value)}`;
    if (entry.kind === "getter") return `get ${this.expression(entry.key)}: ${this.function(entry.function)}`;
    return `${this.expression(entry.key)}: ${this.expression(entry.value)}`;
  }

  elements(elements: readonly ListElement[]): string {
    return words(
      elements.map(({ kind, value }) => `${kind === "spread" ? "*" : ""}${this.expression(value)}`),
    );
  }

  templateParts(parts: readonly TemplatePart[]): string {
    return words(
      parts.map((part) => {
        if (part.kind === "text") return JSON.stringify(part.text);
        const conversion = part.conversion ? `!${part.conversion}` : "";
        const format = part.format ? `:${this.templateParts(part.format).trimStart()}` : "";
        return `{${this.expression(part.value)}${conversion}${format}}`;
      }),
    );
  }

  decorators(decorators: readonly Expression[]): string {
    return decorators.map((decorator) => ` @${this.expression(decorator)}`).join("");
  }

  expressions(expressions: readonly Expression[]): string {
    return words(expressions.map((expression) => this.expression(expression)));
  }

  optional(expression: Expression | undefined): string {
    return expression ? ` ${this.expression(expression)}` : "";
  }

  /** Statements on lines of their own, one step further in. */
  body(statements: readonly Statement[]): string {
    return statements.map((statement) => this.line(() => this.statement(statement))).join("");
  }

  labelled(label: string, statements: readonly Statement[]): string {
    return statements.length > 0 ? this.line(() => `(${label}${this.body(statements)})`) : "";
  }

  line(print: () => string): string {
    this.#indent += 1;
    const text = `\n${"  ".repeat(this.#indent)}${print()}`;
    this.#indent -= 1;
    return text;
  }
}

const parameterMarks: Record<Parameter["kind"], string> = {
  positional: "",
  positionalOnly: "/",
  keywordOnly: "=",
  rest: "*",
  namedRest: "**",
};

/** Each text with a space in front. */
function words(texts: readonly string[]): string {
  return texts.map((text) => ` ${text}`).join("");
}
