import type { Value } from "../value/value.ts";

/** A name's place: a value, or a way to get it at first use (imports). */
export interface Binding {
  value: Value | undefined;
  load: (() => Value) | undefined;
  /** True: an import gave the name. In JavaScript it is the module's own business, unless an export hands it on. */
  readonly isImport?: boolean;
}

/** A scope of names. */
export class Environment {
  readonly names = new Map<string, Binding>();
  readonly parent: Environment | undefined;
  /** What `var` and Python's assignments belong to: a function or a module. */
  readonly home: Environment;
  /** Path of the module this scope is in. */
  readonly file: string;
  /** The run it was made in; 0: while a module was loaded. */
  readonly run: number;
  /** Python: names that `global` or `nonlocal` lend from outside. */
  lent: Map<string, Environment> | undefined;
  /** `this`, `super` and what belongs to the function; read through the parents. */
  self: Value | undefined;

  constructor(parent: Environment | undefined, file: string, run: number, isHome: boolean) {
    this.parent = parent;
    this.home = isHome || !parent ? this : parent.home;
    this.file = file;
    this.run = run;
  }

  /** The environment that has the name, from here outwards. */
  find(name: string): { environment: Environment; binding: Binding } | undefined {
    for (let at: Environment | undefined = this; at; at = at.parent) {
      const lent = at.lent?.get(name);
      const environment = lent ?? at;
      const binding = environment.names.get(name);
      if (binding) return { environment, binding };
    }
    return undefined;
  }

  /** The outermost environment: the module's. */
  get module(): Environment {
    let at: Environment = this;
    while (at.parent) at = at.parent;
    return at;
  }
}
