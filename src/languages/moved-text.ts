import type { Module, Statement } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { functionAround } from "./block-text.ts";
import { walk, type AnyNode, type Parent } from "./find-node.ts";

/** A statement with the list of statements it stands in. */
interface Step {
  readonly statement: Statement;
  readonly siblings: unknown;
}

/** What may stand between a place and its statement without deciding whether, or how often, the place is evaluated. */
const plainKinds = new Set([
  "list",
  "element",
  "record",
  "entry",
  "call",
  "positional",
  "named",
  "namedSpread",
  "await",
  "member",
  "index",
]);

/**
 * True where a text of one block can as well be written at another place: both go into one and the same statement and
 * nowhere else, under no condition of their own, and the names of the text have their values at the other place.
 * @param text the expressions that are moved
 */
export function canStandAt(module: Module, text: Span, block: Span, to: Span): boolean {
  const around = functionAround(module, block);
  if (around !== functionAround(module, to)) return false;
  const from = stepsOf(module, block);
  const target = stepsOf(module, to);
  const isJoined = from.some(({ statement }) => target.some((other) => other.statement === statement));
  const isOneList = [...from, ...target].every(({ siblings }) => siblings === from[0]?.siblings);
  if (!isJoined || !isOneList) return false;
  const names = new Set<string>();
  walk(module, (node) => {
    if (node.kind === "name" && contains(text, node.span)) names.add((node as NamedNode).name);
  });
  return [...names].every((name) => isGiven(module, name, around, to));
}

/**
 * The statement of a place and, where that gives a name which is read once, those the value goes on to. Nothing where
 * the place may not be evaluated with its statement.
 */
function stepsOf(module: Module, place: Span): readonly Step[] {
  const steps: Step[] = [];
  for (let at: Span | undefined = place; at;) {
    const step = stepAt(module, at);
    if (!step || steps.some(({ statement }) => statement === step.statement)) return steps;
    steps.push(step);
    const { statement } = step;
    const isName =
      statement.kind === "assign" && !statement.operator && statement.target.kind === "namePattern";
    at = isName ? onlyReadOf(module, (statement.target as unknown as NamedNode).name) : undefined;
  }
  return steps;
}

type NamedNode = AnyNode & { readonly name: string };

/** Where a name is read, if it is given and read only once. */
function onlyReadOf(module: Module, name: string): Span | undefined {
  const reads: Span[] = [];
  let bindings = 0;
  walk(module, (node) => {
    if ((node as NamedNode).name !== name) return;
    if (node.kind === "name") reads.push(node.span);
    if (node.kind === "namePattern") bindings++;
  });
  return bindings === 1 && reads.length === 1 ? reads[0] : undefined;
}

/** The statement that evaluates what stands at a place. */
function stepAt(module: Module, place: Span): Step | undefined {
  let found: Step | undefined;
  walk(module, (node, parent) => {
    if (!isAt(node.span, place) || !isExpressionOrItem(node)) return;
    let above = parent;
    while (above && isPlain(above)) above = above.above;
    found = above && stepOf(above);
  });
  return found;
}

function isExpressionOrItem({ kind }: AnyNode): boolean {
  return plainKinds.has(kind) || kind === "name" || kind === "literal" || kind === "template";
}

function isPlain({ node }: Parent): boolean {
  return typeof node["kind"] === "string" && plainKinds.has(node["kind"]);
}

const statementKinds = new Set(["assign", "expression", "return"]);

function stepOf({ node, above }: Parent): Step | undefined {
  if (typeof node["kind"] !== "string" || !statementKinds.has(node["kind"]) || !above) return undefined;
  return { statement: node as unknown as Statement, siblings: above.node[above.key] };
}

/** True where a name has one value in a function, which it has before a place of it is reached. */
function isGiven(module: Module, name: string, around: number, to: Span): boolean {
  let isSure = true;
  let bindings = 0;
  walk(module, (node, parent) => {
    if (node.kind !== "namePattern" || (node as NamedNode).name !== name) return;
    const own = functionAround(module, node.span);
    // What a function around this one gives is the same everywhere in it.
    if (own < around) return;
    bindings++;
    if (own !== around || !isGivenBy(parent, to)) isSure = false;
  });
  return isSure && bindings <= 1;
}

function isGivenBy(parent: Parent | undefined, to: Span): boolean {
  let above = parent;
  while (above && above.key !== "parameters" && above.node["kind"] !== "assign") above = above.above;
  if (!above || above.key === "parameters") return above !== undefined;
  const { span } = above.node as unknown as Statement;
  const list = above.above && above.above.node[above.above.key];
  const holdsPlace =
    Array.isArray(list) && (list as readonly Statement[]).some((statement) => contains(statement.span, to));
  return above.key === "target" && holdsPlace && span.end <= to.start;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}

function isAt(a: Span, b: Span): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}
