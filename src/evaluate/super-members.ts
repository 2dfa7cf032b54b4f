import type { Span } from "../source/source-file.ts";
import type { ClassValue, Value } from "../value/value.ts";
import { classLine, classMember, hasOwnMember } from "./class-members.ts";
import type { Environment } from "./environment.ts";
import { inheritedObject } from "./inherited-methods.ts";
import { opaqueMember, unknownValue } from "./opaques.ts";
import type { Run } from "./run.ts";

/** `super.name`, `super().name`. */
export function superMember(run: Run, environment: Environment, name: string, span: Span): Value {
  const self = environment.find("this")?.binding.value;
  const home = environment.find("home class")?.binding.value;
  if (home?.type !== "class") return unknownValue(run, "super", span);
  const wanted = name === "__init__" ? "constructor" : name;
  for (const base of basesOf(home, self)) {
    const member = hasOwnMember(base, wanted) ? classMember(run, base, wanted, span) : undefined;
    if (member?.type === "function") return { ...member, self };
    if (member) return member;
  }
  const inherited = self?.type === "record" && wanted !== "constructor" ? inheritedObject(self) : undefined;
  return inherited ? opaqueMember(run, inherited, name, span) : unknownValue(run, "super", span);
}

/** What comes behind a class in the order in which members of the object at hand are looked for. */
function basesOf(home: ClassValue, self: Value | undefined): readonly ClassValue[] {
  const type = self?.type === "record" ? self.class : self?.type === "class" ? self : undefined;
  const line = type && classLine(type);
  const at = line?.indexOf(home) ?? -1;
  return line && at >= 0 ? line.slice(at + 1) : classLine(home).slice(1);
}
