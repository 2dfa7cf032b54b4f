import type { FunctionNode } from "../program/program.ts";
import type { ClassValue, RecordValue } from "../value/value.ts";
import { callFunction } from "./calls.ts";
import { classLine, findMember } from "./class-members.ts";
import type { Environment } from "./environment.ts";
import { ProgramThrow, type Run } from "./run.ts";

/** Names of static methods that make an object as the program needs it. */
const makes =
  /^(?:async_?)?(?:create|make|build|init|initiali[sz]e|load|open|start|connect|default|from_?(?:env|environment|config|settings|defaults?|file))(?:_?(?:async|new|instance|default))?$/i;

/**
 * An object as the class itself makes it, where its constructor is told what only such a method finds out:
 * `static async create() { return new Agent(await loadTools()); }`. Undefined where there is none, or it gives something
 * else.
 */
export function madeByOwnFactory(run: Run, type: ClassValue, isPython: boolean): RecordValue | undefined {
  const constructor = findMember(type, "constructor")?.member;
  if (constructor?.kind !== "method" || !needsArguments(constructor.function, isPython)) return undefined;
  for (const owner of classLine(type)) {
    for (const member of owner.node.members) {
      if (member.kind !== "method" || !(member.isStatic || member.isClassMethod)) continue;
      if (!makes.test(member.name) || needsArguments(member.function, member.isClassMethod)) continue;
      const environment = owner.environment as Environment;
      const self = member.isClassMethod || !isPython ? type : undefined;
      const target = { type: "function" as const, node: member.function, environment, self, home: owner };
      try {
        const made = callFunction(run, target, [], member.function.nameSpan);
        if (made.type === "record" && made.class === type) return made;
      } catch (error) {
        if (!(error instanceof ProgramThrow)) throw error;
      }
    }
  }
  return undefined;
}

/** Whether a function cannot be called without arguments; the first parameter may be the object itself. */
function needsArguments({ parameters }: FunctionNode, hasSelf: boolean): boolean {
  return parameters
    .slice(hasSelf ? 1 : 0)
    .some(
      ({ default: fallback, kind, optional }) =>
        fallback === undefined && !optional && kind !== "rest" && kind !== "namedRest",
    );
}
