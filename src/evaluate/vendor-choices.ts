import type { Expression, IfStatement, SwitchStatement } from "../program/program.ts";
import type { Run } from "./run.ts";

/*
 * Code that serves several providers asks for each of them in turn. Marks are for some of them alone, so the way of these
 * is the one that is gone first where nobody says which it is. Who they are, the host knows.
 */

/** Deepest expression in which names are searched. */
const maximumDepth = 4;

/** The positions of the cases of a choice in the order in which they are tried. */
export function casesToTry(run: Run, { cases }: SwitchStatement): readonly number[] {
  const positions = cases.map((_, index) => index);
  const first = positions.find((index) =>
    cases[index]!.tests.some((test) => takesMarks(run, nameIn(test) ?? "")),
  );
  return first === undefined ? positions : [first, ...positions.filter((index) => index !== first)];
}

const known = new WeakMap<IfStatement, boolean>();

/** Whether a later test of a chain asks the same thing for a provider whose requests carry marks, and this one for another. */
export function isForOtherVendor(run: Run, statement: IfStatement): boolean {
  let isOther = known.get(statement);
  if (isOther === undefined) known.set(statement, (isOther = asksForOther(run, statement)));
  return isOther;
}

function takesMarks({ host }: Run, name: string): boolean {
  return host.takesMarks?.(name) ?? false;
}

function asksForOther(run: Run, { test, else: otherwise }: IfStatement): boolean {
  const asked = questionIn(test);
  if (!asked || takesMarks(run, asked.name)) return false;
  for (let [next] = otherwise; next?.kind === "if"; [next] = next.else) {
    const later = questionIn(next.test);
    if (later && later.subject === asked.subject && takesMarks(run, later.name)) return true;
  }
  return false;
}

interface Question {
  /** The last name of what is asked about. */
  readonly subject: string;
  /** What it is compared with. */
  readonly name: string;
}

/** `provider === "openai"`, `"gpt" in model`, `model.startswith("gpt")`. */
function questionIn(test: Expression, depth = 0): Question | undefined {
  if (depth > maximumDepth) return undefined;
  if (test.kind === "logical") return questionIn(test.left, depth + 1) ?? questionIn(test.right, depth + 1);
  if (test.kind === "binary") {
    const [left, right] = [nameIn(test.left), nameIn(test.right)];
    const [subject, other] = [subjectIn(test.left), subjectIn(test.right)];
    if (subject !== undefined && right !== undefined) return { subject, name: right };
    return other !== undefined && left !== undefined ? { subject: other, name: left } : undefined;
  }
  if (test.kind !== "call" || test.callee.kind !== "member") return undefined;
  const subject = subjectIn(test.callee.object);
  const [first] = test.arguments;
  const name = first && nameIn(first.value);
  return subject !== undefined && name !== undefined ? { subject, name } : undefined;
}

/** A text, or a member of an enumeration, which is written in capitals or begins with one. */
function nameIn(expression: Expression): string | undefined {
  if (expression.kind === "literal")
    return typeof expression.value === "string" ? expression.value : undefined;
  if (expression.kind === "list")
    return expression.elements.map(({ value }) => nameIn(value) ?? "").join(" ");
  return expression.kind === "member" && /^[A-Z]/.test(expression.name) ? expression.name : undefined;
}

/** The last name of something that is asked about, whatever is done to its letters. */
function subjectIn(expression: Expression): string | undefined {
  if (expression.kind === "name") return expression.name;
  if (expression.kind === "member") return /^[A-Z]/.test(expression.name) ? undefined : expression.name;
  const isCall = expression.kind === "call" && expression.callee.kind === "member";
  return isCall ? subjectIn(expression.callee.object) : undefined;
}
