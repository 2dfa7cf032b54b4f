import type { CallExpression, Expression } from "../program/expression.ts";
import type { ClassNode, FunctionNode, Module, Statement } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { recordEntry } from "../value/construct.ts";
import type { ClassValue, RecordValue, Value } from "../value/value.ts";
import { Environment } from "./environment.ts";
import { evaluate } from "./expressions.ts";
import { classLine, findMember } from "./class-members.ts";
import { sourceValue } from "./opaques.ts";
import { ProgramThrow, type Run } from "./run.ts";
import { executeAll } from "./statements.ts";

/*
 * `_client = None` at the top of a module, and a function that sets it: when another function runs, it may be set or
 * not. The same holds for fields that a constructor leaves empty for another method to fill.
 */

/** Nodes of a program, as far as the search for assignments needs them. */
interface Visited {
  readonly kind?: unknown;
  readonly [key: string]: unknown;
}

/** Most nodes that are searched in one module or class. */
const maximumNodes = 200_000;

/** Calls a function for the nodes below a value. */
function walk(root: unknown, visit: (node: Visited) => void): void {
  const pending: unknown[] = [root];
  for (let count = 0; pending.length > 0 && count < maximumNodes; count++) {
    const value = pending.pop();
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value) pending.push(item);
      continue;
    }
    const node = value as Visited;
    visit(node);
    for (const key in node) if (key !== "span" && key !== "nameSpan") pending.push(node[key]);
  }
}

const readIn = new WeakMap<Module, ReadonlySet<string>>();

/** The names that anything in a module reads. */
export function namesRead(module: Module): ReadonlySet<string> {
  const before = readIn.get(module);
  if (before) return before;
  const names = new Set<string>();
  walk(module.body, (node) => {
    if (node.kind === "name") names.add(String(node["name"]));
  });
  readIn.set(module, names);
  return names;
}

function isEmpty(value: Value | undefined): boolean {
  return value?.type === "constant" && (value.value === null || value.value === undefined);
}

/** Makes module variables unknown that are empty after the import and that some function fills. */
export function openModuleState(run: Run, module: Module, environment: Environment): void {
  const empty = new Set(
    [...environment.names].filter(([, { value }]) => isEmpty(value)).map(([name]) => name),
  );
  if (empty.size === 0) return;
  const filled = new Set<string>();
  const fillings = new Map<string, Filling>();
  walk(module.body, (node) => {
    if (!isFunction(node)) return;
    walk(node.body, (inner) => {
      const isLent = inner.kind === "scope" && inner["scope"] === "global";
      if (isLent) for (const name of inner["names"] as readonly string[]) filled.add(name);
      const isAssignment =
        (inner.kind === "assign" && inner["declare"] === undefined) || inner.kind === "assignExpression";
      const target = inner["target"] as Visited | undefined;
      if (isAssignment && target?.kind === "namePattern")
        noteFilling(fillings, String(target["name"]), inner, node);
      if (module.language === "javascript" && isAssignment && target?.kind === "namePattern")
        filled.add(String(target["name"]));
    });
  });
  for (const name of empty) {
    if (!filled.has(name)) continue;
    const origin = { kind: "unknown" as const, reason: `the variable \`${name}\`` };
    const span = { file: module.path, start: 0, end: 0 };
    const value =
      objectMade(run, fillings.get(name), environment) ??
      sourceValue(run, origin, `${module.path}:${name}`, span, { scope: "unknown" });
    environment.names.set(name, { value, load: undefined });
  }
}

/** Makes fields of an instance unknown that its constructor left empty and that another method fills. */
export function openFields(run: Run, instance: RecordValue): void {
  if (!instance.class) return;
  const type = instance.class;
  const line = classLine(type);
  for (const name of new Set(line.flatMap(({ node }) => [...fieldsFilledIn(node).keys()]))) {
    const entry = instance.entries.get(name);
    // A field that is only declared, or not even that, is as empty as one that is set to nothing.
    if (entry ? !isEmpty(entry.value) : isGivenByClass(type, name)) continue;
    const origin = { kind: "unknown" as const, reason: `the field \`${name}\`` };
    const key = `${type.node.name}.${name}`;
    const owner = line.find(({ node }) => fieldsFilledIn(node).has(name))!;
    const filling = fieldsFilledIn(owner.node).get(name);
    const { span, entrySpan, frame } = entry ?? recordEntry(instance, instance.span);
    const value =
      objectMade(run, filling, owner.environment as Environment, instance) ??
      sourceValue(run, origin, key, span, { scope: "unknown" });
    instance.entries.set(name, recordEntry(value, span, entrySpan, frame));
  }
}

/** Whether objects have a member without anybody setting it: a method, a property, an attribute of the class. */
function isGivenByClass(type: ClassValue, name: string): boolean {
  const found = findMember(type, name);
  return found !== undefined && (found.member.kind !== "field" || found.member.value !== undefined);
}

/** A call that fills a variable or field that was empty before, and the function that makes it. */
interface Filling {
  readonly call: CallExpression;
  readonly within: FunctionNode;
}

/** Remembers the first call whose result is assigned to a name. */
function noteFilling(
  fillings: Map<string, Filling>,
  name: string,
  assignment: Visited,
  within: FunctionNode,
) {
  const given = assignment["value"] as Expression | undefined;
  const call = given?.kind === "await" ? given.value : given;
  if (call?.kind === "call" && !fillings.has(name)) fillings.set(name, { call, within });
}

/** Functions that make a client, going by their names: `boto3.client`, `createAnthropic`, `make_client`. */
const clientFactories = /^(?:client|resource|(?:create|make|build)(?:_\w|[A-Z])\w*)$/;

/**
 * The object that fills a variable, where a class makes it: whoever uses a client that `init()` sets up has called that.
 * What only the function around it knows is unknown.
 */
function objectMade(
  run: Run,
  filling: Filling | undefined,
  environment: Environment,
  self?: RecordValue,
): Value | undefined {
  if (!filling) return undefined;
  const { call, within } = filling;
  const callee = call.callee.kind === "member" || call.callee.kind === "name" ? call.callee.name : "";
  if (!/^[A-Z]\w*[a-z]/.test(callee) && !clientFactories.test(callee)) return undefined;
  const scope = new Environment(environment, environment.file, run.id, true);
  if (self) scope.names.set("this", { value: self, load: undefined });
  for (const { pattern, span } of within.parameters) {
    if (pattern.kind !== "namePattern") continue;
    const isSelf = self !== undefined && pattern.name === "self";
    const value = isSelf ? self : handedOver(run, within, pattern.name, span);
    scope.names.set(pattern.name, { value, load: undefined });
  }
  try {
    return run.withCap("process", () => {
      for (const statement of within.body)
        if (statement.kind === "import" && !statement.typeOnly) run.modules.bindImport(run, statement, scope);
      executeAll(run, statementsFor(call, within), scope);
      const made = evaluate(run, call, scope);
      const isObject = made.type === "record" || (made.type === "opaque" && made.origin.kind === "call");
      return isObject ? made : undefined;
    });
  } catch (error) {
    if (error instanceof ProgramThrow) return undefined;
    throw error;
  }
}

/** Most statements that are executed for the names a call is given. */
const mostStatements = 16;

/** The statements in front of a call that give a value to the names in it, or to those in them. */
function statementsFor(call: CallExpression, { body }: FunctionNode): readonly Statement[] {
  const needed = namesIn(call, "name");
  const found: Statement[] = [];
  for (const statement of body.filter(({ span }) => span.end <= call.span.start).toReversed()) {
    if (statement.kind !== "assign" || found.length === mostStatements) continue;
    if (![...namesIn(statement.target, "namePattern")].some((name) => needed.has(name))) continue;
    found.unshift(statement);
    for (const name of namesIn(statement.value, "name")) needed.add(name);
  }
  return found;
}

function namesIn(root: unknown, kind: "name" | "namePattern"): Set<string> {
  const names = new Set<string>();
  walk(root, (node) => {
    if (node.kind === kind) names.add(String(node["name"]));
  });
  return names;
}

/** What somebody hands to the function that fills a variable or field. */
function handedOver(run: Run, { name: functionName }: FunctionNode, name: string, span: Span): Value {
  const origin = { kind: "parameter", functionName, name, annotation: undefined } as const;
  return sourceValue(run, origin, `${span.file}:${span.start}:${functionName}(${name})`, span);
}

const known = new WeakMap<ClassNode, ReadonlyMap<string, Filling | undefined>>();

/** The fields that methods other than the constructor assign, with the first call that fills each. */
function fieldsFilledIn(node: ClassNode): ReadonlyMap<string, Filling | undefined> {
  const before = known.get(node);
  if (before) return before;
  const fields = new Map<string, Filling | undefined>();
  const fillings = new Map<string, Filling>();
  for (const member of node.members) {
    if (member.kind !== "method" || member.name === "constructor") continue;
    walk(member.function.body, (inner) => {
      const pattern = (inner.kind === "assign" ? inner["target"] : inner) as Visited | undefined;
      if (pattern?.kind !== "placePattern") return;
      const place = pattern["place"] as Visited;
      const object = place["object"] as Visited | undefined;
      const isOwn = object?.kind === "name" && (object["name"] === "self" || object["name"] === "this");
      if (place.kind !== "member" || !isOwn) return;
      const name = String(place["name"]);
      if (inner.kind === "assign") noteFilling(fillings, name, inner, member.function);
      fields.set(name, fillings.get(name));
    });
  }
  known.set(node, fields);
  return fields;
}

function isFunction(node: Visited): node is Visited & FunctionNode {
  return Array.isArray(node["parameters"]) && Array.isArray(node["body"]);
}
