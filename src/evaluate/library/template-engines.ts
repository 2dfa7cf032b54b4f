import { literalText } from "../../value/inspect.ts";
import type { Value } from "../../value/value.ts";
import type { Modules } from "../modules.ts";
import type { Run } from "../run.ts";
import type { LibraryCall } from "./library.ts";

/** What a program tells an engine once for all of its templates. */
type SharedKind = "partial" | "helper" | "filter" | "global";

const registrations: readonly (readonly [pattern: RegExp, kind: SharedKind])[] = [
  [/^handlebars(?:\.\w+(?:\(\))?)*\.registerPartial$/i, "partial"],
  [/^handlebars(?:\.\w+(?:\(\))?)*\.registerHelper$/i, "helper"],
  [/^nunjucks(?:\.default)?\.(?:configure|Environment)\(\)\.addGlobal$/, "global"],
];

/** Engines are told apart by none of their users: a program has one of them. */
const shared = new WeakMap<Modules, Map<string, Value>>();

/** Keeps what `registerPartial(name, value)` and its kin tell an engine; false: the call is none of them. */
export function register({ run, args }: LibraryCall, name: string): boolean {
  const kind = registrations.find(([pattern]) => pattern.test(name))?.[1];
  const [first, second] = args;
  if (!kind || !first) return false;
  const { value } = first;
  const several =
    value.type === "record" ? [...value.entries].map(([key, entry]) => [key, entry.value] as const) : [];
  const single = literalText(value);
  const named = single !== undefined && second ? [[single, second.value] as const] : several;
  share(run, kind, named);
  return true;
}

/** Keeps what all templates of a program have, by name. */
export function share(run: Run, kind: SharedKind, named: readonly (readonly [string, Value])[]): void {
  const known = shared.get(run.modules) ?? new Map<string, Value>();
  shared.set(run.modules, known);
  for (const [each, given] of named) {
    const key = `${kind} ${each}`;
    const old = known.get(key);
    run.undoLater(() => (old ? known.set(key, old) : known.delete(key)));
    known.set(key, given);
  }
}

/** What was registered under a name. */
export function registered(run: Run, kind: SharedKind, name: string): Value | undefined {
  run.modules.loadBareImports(run);
  return shared.get(run.modules)?.get(`${kind} ${name}`);
}

/** All that was registered of a kind, by name. */
export function allRegistered(run: Run, kind: SharedKind): ReadonlyMap<string, Value> {
  run.modules.loadBareImports(run);
  const all = [...(shared.get(run.modules) ?? [])].filter(([key]) => key.startsWith(`${kind} `));
  return new Map(all.map(([key, value]) => [key.slice(kind.length + 1), value]));
}
