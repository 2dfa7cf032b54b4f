import type { Argument, Expression } from "../../program/program.ts";
import type { Span } from "../../source/source-file.ts";

/*
 * Filters and tests as the program's own operations. The built-in ones of Jinja 3.1:
 * https://jinja.palletsprojects.com/en/stable/templates/#list-of-builtin-filters, read 2026-11-22.
 */

type Filter = (value: Expression, args: readonly Argument[], span: Span) => Expression;

/** Filters that change white space, case of tags or nothing at all, as far as it matters here. */
const unchanged: Filter = (value) => value;

const method =
  (name: string): Filter =>
  (value, args, span) =>
    call({ kind: "member", object: value, name, optional: false, span }, args, span);

/** A function by its dotted name, whatever the template's own variables are called. */
const libraryFunction =
  (name: string): Filter =>
  (value, args, span) =>
    call({ kind: "name", name, span }, [positional(value), ...args], span);

const item =
  (index: number): Filter =>
  (value, _args, span) => ({
    kind: "index",
    object: value,
    index: { kind: "literal", value: index, span },
    optional: false,
    span,
  });

const filters: Readonly<Record<string, Filter>> = {
  trim: method("strip"),
  upper: method("upper"),
  lower: method("lower"),
  title: method("title"),
  capitalize: method("capitalize"),
  replace: method("replace"),
  items: method("items"),
  dictsort: (value, _args, span) => libraryFunction("sorted")(method("items")(value, [], span), [], span),
  safe: unchanged,
  escape: unchanged,
  e: unchanged,
  forceescape: unchanged,
  indent: unchanged,
  wordwrap: unchanged,
  striptags: unchanged,
  string: libraryFunction("str"),
  int: libraryFunction("int"),
  float: libraryFunction("float"),
  round: libraryFunction("round"),
  abs: libraryFunction("abs"),
  length: libraryFunction("len"),
  count: libraryFunction("len"),
  sum: libraryFunction("sum"),
  min: libraryFunction("min"),
  max: libraryFunction("max"),
  list: libraryFunction("list"),
  reverse: libraryFunction("reversed"),
  random: libraryFunction("random.choice"),
  tojson: libraryFunction("json.dumps"),
  to_json: libraryFunction("json.dumps"),
  to_nice_json: libraryFunction("json.dumps"),
  pprint: libraryFunction("repr"),
  first: item(0),
  last: item(-1),
  sort: (value, args, span) => {
    const attribute = named(args, "attribute");
    return attribute ? derived("sort")(value, args, span) : libraryFunction("sorted")(value, [], span);
  },
  join: (value, args, span) => {
    const attribute = named(args, "attribute") ?? args.filter(({ kind }) => kind === "positional")[1]?.value;
    const separator = args.find(({ kind }) => kind === "positional")?.value ?? named(args, "d");
    const source = attribute ? attributeOfEach(value, attribute, span) : value;
    return call(
      {
        kind: "member",
        object: separator ?? { kind: "literal", value: "", span },
        name: "join",
        optional: false,
        span,
      },
      [positional(source)],
      span,
    );
  },
  map: (value, args, span) => {
    const attribute = named(args, "attribute");
    return attribute ? attributeOfEach(value, attribute, span) : derived("map")(value, args, span);
  },
  attr: (value, [name], span) =>
    name ? { kind: "index", object: value, index: name.value, optional: false, span } : value,
  default: (value, args, span) => ({
    kind: "logical",
    operator: isTrue(args[1]?.value ?? named(args, "boolean")) ? "or" : "nullish",
    left: value,
    right: args[0]?.value ?? { kind: "literal", value: "", span },
    span,
  }),
  format: (value, args, span) => ({
    kind: "binary",
    operator: "%",
    left: value,
    right: {
      kind: "list",
      isTuple: true,
      elements: args.map((argument) => ({ kind: "element", value: argument.value, span: argument.span })),
      span,
    },
    span,
  }),
};
/** `value | name(args)`. A filter that is not known makes something of its input and its arguments. */
export function applyFilter(
  value: Expression,
  name: string,
  args: readonly Argument[],
  span: Span,
): Expression {
  const known = name === "d" ? "default" : name;
  return Object.hasOwn(filters, known)
    ? filters[known]!(value, args, span)
    : derived(name)(value, args, span);
}

/** `value is name(args)`. */
export function applyTest(
  value: Expression,
  name: string,
  args: readonly Argument[],
  span: Span,
): Expression {
  const [operand] = args;
  switch (name) {
    case "defined":
    case "undefined":
    case "none":
      return {
        kind: "binary",
        operator: name === "defined" ? "!=" : "==",
        left: value,
        right: { kind: "literal", value: null, span },
        span,
      };
    case "eq":
    case "equalto":
    case "sameas":
    case "ne":
    case "in":
      if (!operand) break;
      return {
        kind: "binary",
        operator: name === "in" ? "in" : name === "ne" ? "!=" : "==",
        left: value,
        right: operand.value,
        span,
      };
    case "true":
    case "false":
      return {
        kind: "binary",
        operator: "==",
        left: value,
        right: { kind: "literal", value: name === "true", span },
        span,
      };
  }
  return derived(`is ${name}`)(value, args, span);
}

/** Something made of a value that is not looked into: as narrow as what it is made of. */
const derived =
  (name: string): Filter =>
  (value, args, span) =>
    libraryFunction("template filter")(
      value,
      [...args, positional({ kind: "literal", value: name, span })],
      span,
    );

function attributeOfEach(value: Expression, attribute: Expression, span: Span): Expression {
  const element: Expression = { kind: "name", name: "filtered item", span };
  return {
    kind: "comprehension",
    result: "list",
    element: { kind: "index", object: element, index: attribute, optional: false, span },
    clauses: [
      { target: { kind: "namePattern", name: "filtered item", span }, iterable: value, conditions: [] },
    ],
    span,
  };
}

function call(callee: Expression, args: readonly Argument[], span: Span): Expression {
  return { kind: "call", callee, arguments: args, isNew: false, optional: false, span };
}

function positional(value: Expression): Argument {
  return { kind: "positional", value, span: value.span };
}

function named(args: readonly Argument[], name: string): Expression | undefined {
  return args.find((argument) => argument.kind === "named" && argument.name === name)?.value;
}

function isTrue(value: Expression | undefined): boolean {
  return value?.kind === "literal" && value.value === true;
}
