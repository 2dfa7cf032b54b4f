import type { ImportStatement, Module, ProgramLanguage, Statement } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { opaque, record, recordEntry, text } from "../value/construct.ts";
import type { FunctionValue, OpaqueValue, Value } from "../value/value.ts";
import { StopRun } from "./bounds.ts";
import { Environment } from "./environment.ts";
import type { EvaluateHost, ResolvedImport } from "./host.ts";
import { namesRead, openModuleState } from "./late-values.ts";
import { getMember } from "./members.ts";
import { unknownValue } from "./opaques.ts";
import { ProgramThrow, Run } from "./run.ts";
import { executeAll, hoist } from "./statements.ts";

/** A module that was evaluated once, as an import evaluates it: what it made stays for all runs. */
export interface LoadedModule {
  readonly module: Module;
  readonly environment: Environment;
  /** Functions its top level handed to code outside of view: routes, tools, callbacks. */
  readonly escaped: readonly FunctionValue[];
  /** Names an import may ask for, besides the module's own: re-exports. */
  readonly exports: Map<string, () => Value>;
  /** The modules behind `export *` that may give a name; others are not loaded for it. */
  readonly starExports: ((name: string) => LoadedModule | undefined)[];
}

/** `import "./register.js"`, `import tools.stock`. */
interface BareImport {
  readonly file: string;
  /** What is imported; the first that is a module in view counts. */
  readonly specifiers: readonly string[];
  /** The name it binds: it is there for its effects if nothing reads the name. */
  readonly local?: string;
}

/** The modules of one lint run, evaluated at first use. */
export class Modules {
  readonly #host: EvaluateHost;
  /** Imports that may be there for what they do, not yet followed. */
  readonly #bareImports: BareImport[] = [];
  /** The imports above, and those that were: a function that imports may run thousands of times. */
  readonly #notedImports = new Set<string>();
  readonly #loaded = new Map<string, LoadedModule>();
  readonly #languages = new Map<string, ProgramLanguage>();
  /** Modules and programs that have begun to run, by path. */
  readonly #begun = new Map<string, Module>();
  /** Calls that have sent a request, as `file:start`. */
  readonly sendingCalls = new Set<string>();
  /** Names that are being looked for, as `path:name`: re-exports may lead in a circle. */
  readonly #resolving = new Set<string>();
  /** Modules whose top level is running. */
  readonly #open = new Set<string>();
  /** How often an import found a name missing in a module that had not come to it yet. */
  missed = 0;

  constructor(host: EvaluateHost) {
    this.#host = host;
  }

  /** The language whose truth and library rules apply in a file. */
  languageOf(file: string): ProgramLanguage {
    const known = this.#languages.get(file);
    if (known) return known;
    return /\.(?:[cm]?[jt]sx?|hbs|handlebars|mustache|prompt)$/.test(file) ? "javascript" : "python";
  }

  /** Makes an environment for a module's body. */
  newEnvironment(module: Module, run: number): Environment {
    this.#languages.set(module.path, module.language);
    this.#begun.set(module.path, module);
    const environment = new Environment(undefined, module.path, run, true);
    if (module.language === "javascript") {
      const start = startOf(module);
      const exports = record(start);
      const common = record(start, [["exports", recordEntry(exports, start)]]);
      environment.names.set("exports", { value: exports, load: undefined });
      environment.names.set("module", { value: common, load: undefined });
    }
    return environment;
  }

  /** Evaluates a module as an import does; a module that imports itself in a circle sees what there is so far. */
  load(module: Module): LoadedModule {
    const before = this.#loaded.get(module.path);
    this.#host.runs?.(module.path);
    if (before) return before;
    const environment = this.newEnvironment(module, 0);
    const escaped: FunctionValue[] = [];
    const loaded: LoadedModule = { module, environment, escaped, exports: new Map(), starExports: [] };
    this.#loaded.set(module.path, loaded);
    const run = this.#runOfImport();
    environment.names.set("__name__", { value: text(module.path, startOf(module)), load: undefined });
    this.#open.add(module.path);
    withinBounds(() => run.withCap("process", () => executeModule(run, module, environment)));
    this.#open.delete(module.path);
    // A module that took all steps there are leaves variables empty as well.
    withinBounds(() => openModuleState(this.#runOfImport(), module, environment));
    escaped.push(...run.escaped);
    this.#collectExports(run, loaded);
    return loaded;
  }

  #runOfImport(): Run {
    return new Run(quiet(this.#host), this, { forced: new Map(), length: 3, calls: 1 }, true);
  }

  /** Whether a module is evaluated already. */
  isLoaded(path: string): boolean {
    return this.#loaded.has(path);
  }

  /** Forgets a module, because its text or that of one it imports has changed. */
  forget(path: string): void {
    this.#loaded.delete(path);
    this.#notedImports.clear();
  }

  forgetAll(): void {
    this.#loaded.clear();
    this.#notedImports.clear();
  }

  /** Binds the names of an import; the module is loaded when one of them is read. */
  bindImport(run: Run, statement: ImportStatement, environment: Environment): void {
    const { file } = environment;
    if (statement.names.length === 0 && statement.module.startsWith(".")) {
      this.#noteBare({ file, specifiers: [statement.module] });
    }
    for (const { imported, local, span } of statement.names) {
      this.#noteNamed(file, statement.module, imported, local);
      if (local === "*") {
        this.#bindAll(run, statement, environment);
        continue;
      }
      const home = this.languageOf(file) === "python" ? environment.home : environment;
      const load = () => this.#importedValue(run, file, statement.module, imported, local, span);
      home.names.set(local, { value: undefined, load, isImport: true });
    }
  }

  /** Loads the modules that are imported for what they do, once somebody asks what that may have been. */
  loadBareImports(run: Run): void {
    // What is loaded imports others in turn.
    while (this.#bareImports.length > 0) {
      for (const { file, specifiers, local } of this.#bareImports.splice(0)) {
        const importing = this.#begun.get(file);
        if (local !== undefined && (!importing || namesRead(importing).has(local))) continue;
        for (const specifier of specifiers) {
          const resolved = this.#host.resolveImport(file, specifier);
          if (resolved?.kind !== "module") continue;
          this.#loadFor(run, resolved.module);
          break;
        }
      }
    }
  }

  #noteNamed(file: string, module: string, imported: string, local: string): void {
    if (this.languageOf(file) !== "python" || local === "*") return;
    const inside = module.endsWith(".") ? module + imported : `${module}.${imported}`;
    this.#noteBare({ file, specifiers: imported === "*" ? [module] : [inside, module], local });
  }

  #noteBare(one: BareImport): void {
    const key = [one.file, one.local, ...one.specifiers].join("\0");
    if (this.#notedImports.has(key)) return;
    this.#notedImports.add(key);
    this.#bareImports.push(one);
  }

  /** The value of `import("m")` and `require("m")`. */
  moduleValue(run: Run, file: string, specifier: string, span: Span): Value {
    return this.#importedValue(run, file, specifier, "*", specifier, span);
  }

  #bindAll(run: Run, statement: ImportStatement, environment: Environment): void {
    const resolved = this.#host.resolveImport(environment.file, statement.module);
    if (resolved?.kind !== "module") return;
    const loaded = this.#loadFor(run, resolved.module);
    for (const [name, binding] of loaded.environment.names) {
      if (!name.startsWith("_")) environment.home.names.set(name, binding);
    }
  }

  /** Loads a module that a run needs. */
  #loadFor(run: Run, module: Module): LoadedModule {
    if (this.#loaded.has(module.path)) return this.#loaded.get(module.path)!;
    return run.keeping(() => this.load(module));
  }

  #importedValue(
    run: Run,
    file: string,
    specifier: string,
    imported: string,
    local: string,
    span: Span,
  ): Value {
    // `import a.b` binds `a`, and everything below it is reached by its members.
    const isPythonPath =
      this.languageOf(file) === "python" &&
      imported === "*" &&
      specifier.includes(".") &&
      local === specifier.split(".")[0];
    const wanted = isPythonPath && !specifier.startsWith(".") ? local : specifier;
    const resolved = this.#host.resolveImport(file, wanted);
    const value = resolved && this.#fromResolved(run, file, wanted, resolved, imported, span);
    if (value) return value;
    if (!resolved && imported !== "*" && this.languageOf(file) === "python") {
      // `from package import module`
      const submodule = this.#host.resolveImport(
        file,
        specifier.endsWith(".") ? specifier + imported : `${specifier}.${imported}`,
      );
      const found =
        submodule && this.#fromResolved(run, file, `${specifier}.${imported}`, submodule, "*", span);
      if (found) return found;
    }
    return externalValue(wanted, imported, span);
  }

  #fromResolved(
    run: Run,
    file: string,
    specifier: string,
    resolved: ResolvedImport,
    imported: string,
    span: Span,
  ): Value | undefined {
    if (resolved.kind === "text")
      return text(resolved.text, { file: resolved.path, start: 0, end: resolved.text.length });
    if (resolved.kind === "data") {
      const isWhole = imported === "*" || imported === "default";
      return isWhole ? resolved.value : getMember(run, resolved.value, imported, span);
    }
    if (resolved.kind === "namespace" || imported !== "*") {
      if (resolved.kind === "module") {
        const loaded = this.#loadFor(run, resolved.module);
        const value = this.exported(run, loaded, imported);
        if (value) return value;
        if (this.#open.has(resolved.module.path)) this.missed++;
        if (resolved.module.language !== "python") return unknownValue(run, `import ${imported}`, span);
      }
      if (this.languageOf(file) !== "python" || imported === "*") return undefined;
      const name = specifier.endsWith(".") ? specifier + imported : `${specifier}.${imported}`;
      const submodule = this.#host.resolveImport(file, name);
      return submodule && submodule.kind !== "namespace"
        ? this.#fromResolved(run, file, name, submodule, "*", span)
        : undefined;
    }
    return this.#namespaceValue(run, this.#loadFor(run, resolved.module), file, specifier, span);
  }

  /** The module itself as a record of its exports. */
  #namespaceValue(run: Run, loaded: LoadedModule, file: string, specifier: string, span: Span): Value {
    const assigned = commonExports(loaded);
    if (assigned) return assigned;
    const result = record(span);
    const isScript = loaded.module.language === "javascript";
    for (const [name, binding] of loaded.environment.names) {
      if (isScript && (binding.isImport === true || name === "module" || name === "exports")) continue;
      const value = run.read(binding);
      const key = name === "export default" ? "default" : name;
      if (value) result.entries.set(key, recordEntry(value, span));
    }
    for (const [name, get] of loaded.exports) result.entries.set(name, recordEntry(get(), span));
    // Python: submodules are members of their package.
    if (loaded.module.language === "python" && loaded.module.path.endsWith("__init__.py")) {
      result.rest = [externalValue(specifier, "*", span)];
      for (const other of this.#loaded.values()) {
        const name = submoduleName(loaded.module.path, other.module.path);
        if (name !== undefined && !result.entries.has(name)) {
          result.entries.set(
            name,
            recordEntry(this.#namespaceValue(run, other, file, `${specifier}.${name}`, span), span),
          );
        }
      }
    }
    return result;
  }

  /** What a module gives under a name: its own, a re-export, or something behind `export *`. */
  exported(run: Run, loaded: LoadedModule, name: string): Value | undefined {
    const place = `${loaded.module.path}:${name}`;
    if (this.#resolving.has(place)) return undefined;
    this.#resolving.add(place);
    try {
      return this.#exportedOnce(run, loaded, name);
    } finally {
      this.#resolving.delete(place);
    }
  }

  #exportedOnce(run: Run, loaded: LoadedModule, name: string): Value | undefined {
    const own = loaded.environment.names.get(name === "default" ? "export default" : name);
    const reexported = loaded.exports.get(name);
    if (reexported) return reexported();
    const isPrivate = own?.isImport === true && loaded.module.language === "javascript";
    const value = own && !isPrivate ? run.read(own) : undefined;
    if (value) return value;
    const common = commonExports(loaded);
    if (common && name === "default") return common;
    if (common?.type === "record" && common.entries.has(name)) return common.entries.get(name)!.value;
    for (const star of loaded.starExports) {
      const other = star(name);
      const found = other && other !== loaded ? this.exported(run, other, name) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  #collectExports(run: Run, loaded: LoadedModule): void {
    const { module, environment } = loaded;
    for (const statement of module.body) {
      if (statement.kind !== "export") continue;
      this.#collectExport(run, loaded, statement, environment);
    }
  }

  #collectExport(
    run: Run,
    loaded: LoadedModule,
    statement: Extract<Statement, { kind: "export" }>,
    environment: Environment,
  ): void {
    const { file } = environment;
    if (statement.module === undefined) {
      for (const { local, exported } of statement.names) {
        loaded.exports.set(exported, () => {
          const found = environment.find(local);
          return (found && run.read(found.binding)) ?? unknownValue(run, local, statement.span);
        });
      }
      return;
    }
    const source = statement.module;
    if (statement.all && statement.allAs === undefined) {
      loaded.starExports.push((name) => {
        const resolved = this.#host.resolveImport(file, source);
        if (resolved?.kind !== "module") return undefined;
        const mayGive = this.#host.mayExport?.(resolved.module.path, name) ?? true;
        return mayGive ? this.load(resolved.module) : undefined;
      });
      return;
    }
    const names =
      statement.allAs === undefined ? statement.names : [{ local: "*", exported: statement.allAs }];
    for (const { local, exported } of names) {
      loaded.exports.set(exported, () =>
        this.#importedValue(run, file, source, local, exported, statement.span),
      );
    }
  }
}

/** Does work that may reach a bound, and keeps what it has done until then. */
function withinBounds(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof StopRun || error instanceof RangeError)) throw error;
  }
}

/** Runs the top level of a module. Whoever imports it got past what throws there, such as a check of what it has read. */
function executeModule(run: Run, { body, language }: Module, environment: Environment): void {
  if (language === "javascript") hoist(run, body, environment);
  for (const statement of body) {
    try {
      executeAll(run, [statement], environment);
    } catch (error) {
      if (!(error instanceof ProgramThrow)) throw error;
    }
  }
}

/** What a module assigned to `module.exports`, or put into `exports`. */
function commonExports({ module, environment }: LoadedModule): Value | undefined {
  const common = module.language === "javascript" ? environment.names.get("module")?.value : undefined;
  const assigned = common?.type === "record" ? common.entries.get("exports")?.value : undefined;
  return assigned?.type === "record" && assigned.entries.size === 0 ? undefined : assigned;
}

/** A host that sends nothing: what a module does while it is imported is seen when it runs as a program itself. */
function quiet(host: EvaluateHost): EvaluateHost {
  return {
    resolveImport: (fromFile, specifier) => host.resolveImport(fromFile, specifier),
    readText: (fromFile, path) => host.readText(fromFile, path),
    readData: (path) => host.readData(path),
    readTemplate: (reference) => host.readTemplate(reference),
    parseTemplate: (...given) => host.parseTemplate(...given),
    takesMarks: (name) => host.takesMarks?.(name) ?? false,
    requestsOf: () => undefined,
    droppedMarks: () => undefined,
    fragmentOf: () => undefined,
  };
}

function startOf(module: Module): Span {
  return { file: module.path, start: 0, end: 0 };
}

function submoduleName(packagePath: string, path: string): string | undefined {
  const folder = packagePath.replace(/__init__\.py$/, "");
  if (!path.startsWith(folder) || path === packagePath) return undefined;
  const match = /^([^/]+?)(?:\.py|\/__init__\.py)$/.exec(path.slice(folder.length));
  return match?.[1];
}

/** Something a module outside of view exports. */
function externalValue(module: string, name: string, span: Span): OpaqueValue {
  // Frameworks give whoever sends the request at hand under a name of the whole process.
  const isSender = /^current_?user$/i.test(name);
  return opaque(
    { origin: { kind: "import", module, name }, key: `${module}:${name}`, span },
    isSender ? { scope: "user", confidence: "likely", reason: `the name \`${name}\`` } : { scope: "unknown" },
  );
}
