import type { Heir } from "../evaluate/host.ts";
import type { Expression, Module, Pattern, Statement } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { isFramework, mayCallFramework, mayHoldRequest } from "./markers.ts";
import type { Project } from "./project.ts";
import type { Asked } from "./questions.ts";

/** Stands for every name of a module: what it exports cannot be told apart. */
const everything = "*";

/** A part of a module's top level: the names it binds, and its text. */
interface Piece {
  readonly names: readonly string[];
  readonly text: string;
}

/** A module with what is found out about it once. */
interface Surveyed {
  readonly module: Module;
  /** Parts with a marker of their own. */
  readonly marked: readonly Piece[];
  readonly others: readonly Piece[];
  /** The modules its imports and exports lead to, by specifier. */
  readonly targets: ReadonlyMap<string, string>;
  /** The classes that may stand behind the types it names, by the names of these. */
  readonly heirs: ReadonlyMap<string, readonly Heir[]>;
  names: ReadonlySet<string>;
  /** All that it was surveyed from. */
  readonly asked: Asked;
}

/**
 * Rounds in which names are handed on among modules that import each other. Each adds a name, and there are few; what is
 * found must not hang on which of the modules was asked about first.
 */
const maximumRounds = 1_000;

/**
 * Tells which names of a module lead to a request, going by its text: functions, classes and variables in whose text a
 * marker stands, and those that use one of these. What uses none of them sends nothing and need not be run.
 */
export class LeadingNames {
  readonly #project: Project;
  readonly #surveyed = new Map<string, Surveyed>();

  /** @param followed files that lead to a request although they may hold no marker */
  constructor(project: Project, followed: ReadonlySet<string>) {
    this.#project = project;
    project.follow(followed);
  }

  /** Forgets modules whose text, or that of one they depend on, has changed. */
  forget(paths: Iterable<string>): void {
    for (const path of paths) this.#surveyed.delete(path);
  }

  /** The names at the top of a module that lead to a request, imported ones included; `*`: all of them may. */
  in({ path }: Module): ReadonlySet<string> {
    const reached = this.#survey(path);
    for (let round = 0, isStable = false; !isStable && round < maximumRounds; round++) {
      isStable = true;
      for (const each of reached) {
        const names = this.#findNames(each);
        isStable &&= names.size === each.names.size;
        each.names = names;
      }
    }
    return this.#surveyed.get(path)?.names ?? none;
  }

  /** Surveys a module and all it leads to; gives those that are new, each behind what it imports if that can be. */
  #survey(path: string): readonly Surveyed[] {
    const added: Surveyed[] = [];
    const seen = new Set<string>();
    const visit = (each: string): void => {
      if (seen.has(each)) return;
      seen.add(each);
      // What is known already depends on the file as well, for whoever asks now.
      const known = this.#surveyed.get(each);
      if (known) this.#project.questions.include(known.asked);
      this.#project.file(each);
      const module = known?.module ?? this.#project.module(each);
      if (!module) return;
      const surveyed = known ?? this.#record(module);
      this.#surveyed.set(each, surveyed);
      for (const target of new Set(surveyed.targets.values())) visit(target);
      for (const { module: heir } of [...surveyed.heirs.values()].flat()) visit(heir.path);
      if (!known) added.push(surveyed);
    };
    visit(path);
    return added;
  }

  #record(module: Module): Surveyed {
    const { result, asked } = this.#project.questions.recording(() => this.#read(module));
    return { ...result, asked };
  }

  #read(module: Module): Omit<Surveyed, "asked"> {
    const text = this.#project.file(module.path)?.text ?? "";
    const usesFramework = module.body.some(
      (statement) => statement.kind === "import" && !statement.typeOnly && isFramework(statement.module),
    );
    const targets = new Map<string, string>();
    const lead = (specifier: string): void => {
      const target = this.#project.resolveImport(module.path, specifier);
      if (target?.kind === "module" && this.#isFollowed(target.module.path))
        targets.set(specifier, target.module.path);
    };
    for (const specifier of specifiersIn(module, text)) lead(specifier);
    for (const statement of module.language === "python" ? module.body : []) {
      if (statement.kind !== "import" || !this.#isPackage(module, statement.module)) continue;
      for (const { imported } of statement.names) {
        if (imported !== "*") lead(joinModule(statement.module, imported));
      }
    }
    const holdsMarker = (piece: Piece): boolean =>
      mayHoldRequest(piece.text, "code") || (usesFramework && mayCallFramework(piece.text));
    const heirs = new Map<string, readonly Heir[]>();
    for (const name of typeNamesIn(module)) {
      const found = this.#project
        .heirsOf(module.path, name)
        .filter((heir) => this.#isFollowed(heir.module.path));
      if (found.length > 0) heirs.set(name, found);
    }
    const pieces = piecesOf(module.body, text);
    return {
      module,
      marked: pieces.filter(holdsMarker),
      others: pieces.filter((piece) => !holdsMarker(piece)),
      targets,
      heirs,
      names: none,
    };
  }

  /** Whether what is imported from a Python module may be modules of their own: not where that is a plain file. */
  #isPackage(module: Module, specifier: string): boolean {
    const target = this.#project.resolveImport(module.path, specifier);
    return target?.kind !== "module" || /(?:^|\/)__init__\.py$/.test(target.module.path);
  }

  #isFollowed(path: string): boolean {
    return this.#project.leads(path) || mayHoldRequest(this.#project.file(path)?.text ?? "", "code");
  }

  #findNames(surveyed: Surveyed): ReadonlySet<string> {
    const { marked, others } = surveyed;
    const names = new Set<string>();
    const requires = ({ text }: Piece): boolean =>
      requiredIn(text).some((specifier) => this.#offeredTo(surveyed, specifier).size > 0);
    let pending = others.filter((piece) => !requires(piece));
    let found = [
      ...this.#importedInto(surveyed),
      ...this.#inheritedIn(surveyed),
      ...[...marked, ...others.filter(requires)].flatMap(namesFor),
    ];
    while (found.length > 0) {
      for (const name of found) names.add(name);
      const uses = anyName(found);
      const leading = new Set(uses ? pending.filter((piece) => uses.test(piece.text)) : []);
      pending = pending.filter((piece) => !leading.has(piece));
      found = [...leading].flatMap(namesFor).filter((name) => !names.has(name));
    }
    for (const name of this.#reexportsOf(surveyed, names)) names.add(name);
    return names;
  }

  /** The local names of imports that lead to a request. */
  #importedInto(surveyed: Surveyed): readonly string[] {
    return surveyed.module.body.flatMap((statement) => {
      if (statement.kind !== "import" || statement.typeOnly) return [];
      const offered = this.#offeredTo(surveyed, statement.module);
      return statement.names.flatMap(({ imported, local }) => {
        if (imported === "*" && local === "*") return [...offered];
        return this.#leads(surveyed, statement.module, imported, offered) ? [local] : [];
      });
    });
  }

  /** The local names of types behind which a class that leads to a request may stand. */
  #inheritedIn({ heirs }: Surveyed): readonly string[] {
    return [...heirs].flatMap(([name, classes]) =>
      classes.some((heir) => this.#surveyed.get(heir.module.path)?.names.has(heir.name)) ? [name] : [],
    );
  }

  /** What a module hands on under names of its own. */
  #reexportsOf(surveyed: Surveyed, own: ReadonlySet<string>): readonly string[] {
    return surveyed.module.body.flatMap((statement) => {
      if (statement.kind !== "export") return [];
      const offered = statement.module === undefined ? own : this.#offeredTo(surveyed, statement.module);
      const isAll = offered.has(everything);
      const renamed = statement.names.filter(({ local }) => isAll || offered.has(local));
      return [
        ...(statement.all ? offered : []),
        ...(statement.allAs !== undefined && offered.size > 0 ? [statement.allAs] : []),
        ...renamed.map(({ exported }) => exported),
      ];
    });
  }

  /** The leading names of the module an import names; none where it is not followed. */
  #offeredTo({ targets }: Surveyed, specifier: string): ReadonlySet<string> {
    const target = targets.get(specifier);
    return (target === undefined ? undefined : this.#surveyed.get(target)?.names) ?? none;
  }

  #leads(surveyed: Surveyed, specifier: string, imported: string, offered: ReadonlySet<string>): boolean {
    if (offered.has(everything) || offered.has(imported)) return true;
    if (imported === "*") return offered.size > 0;
    // `from package import module`
    const isPython = surveyed.module.language === "python";
    return isPython && this.#offeredTo(surveyed, joinModule(specifier, imported)).size > 0;
  }
}

/** The names of types that a module imports or defines, as far as they can be those of classes. */
function typeNamesIn({ body }: Module): ReadonlySet<string> {
  const names = body.flatMap((statement) => {
    if (statement.kind === "import") return statement.names.map(({ local }) => local);
    return statement.kind === "class" || statement.kind === "export" ? namesBoundBy(statement) : [];
  });
  return new Set(names.filter((name) => /^[A-Z]/.test(name)));
}

/** The modules that a module imports or hands on, as it names them. */
function specifiersIn({ body }: Module, text: string): ReadonlySet<string> {
  const found = new Set(requiredIn(text));
  for (const statement of body) {
    if (statement.kind === "export" && statement.module !== undefined) found.add(statement.module);
    if (statement.kind === "import" && !statement.typeOnly) found.add(statement.module);
  }
  return found;
}

const none: ReadonlySet<string> = new Set();

/** Matches where one of these names is used; undefined where none of them can be. */
export function anyName(names: Iterable<string>): RegExp | undefined {
  const words = [...names].filter((name) => /^[\w$]+$/.test(name)).map((name) => name.replaceAll("$", "\\$"));
  return words.length === 0 ? undefined : new RegExp(`(?<![\\w$])(?:${words.join("|")})(?![\\w$])`);
}

/** `package` and `module`: `package.module`; `.` and `module`: `.module`. */
function joinModule(base: string, name: string): string {
  return base.endsWith(".") ? base + name : `${base}.${name}`;
}

/** Specifiers of CommonJS and of imports at run time. */
function requiredIn(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:require|import)\(\s*["']([^"'\n]+)["']\s*\)/g)].map(
    ([, specifier]) => specifier!,
  );
}

/** The names of a piece; where it has none but may export something, everything. */
function namesFor({ names, text }: Piece): readonly string[] {
  return names.length === 0 && /\bexports\b/.test(text) ? [everything] : names;
}

function piecesOf(statements: readonly Statement[], text: string): readonly Piece[] {
  return statements
    .filter(({ kind }) => kind !== "import")
    .map((statement) => ({ names: namesBoundBy(statement), text: textOf(text, statement.span) }));
}

function textOf(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

function namesBoundBy(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case "function":
      return [statement.function.name];
    case "class":
      return [statement.class.name];
    case "assign":
      return namesIn(statement.target);
    case "export":
      return [
        ...(statement.declaration ? namesBoundBy(statement.declaration) : []),
        ...(statement.module === undefined ? statement.names.map(({ exported }) => exported) : []),
        ...(statement.default ? ["default"] : []),
      ];
    case "if":
      return [...statement.then, ...statement.else].flatMap(namesBoundBy);
    case "try":
      return [
        ...statement.body,
        ...statement.handlers.flatMap(({ body }) => body),
        ...statement.else,
      ].flatMap(namesBoundBy);
    case "block":
    case "with":
    case "forEach":
      return statement.body.flatMap(namesBoundBy);
    default:
      return [];
  }
}

function namesIn(pattern: Pattern): readonly string[] {
  switch (pattern.kind) {
    case "namePattern":
      return [pattern.name];
    case "placePattern": {
      let place: Expression = pattern.place;
      while (place.kind === "member" || place.kind === "index" || place.kind === "slice")
        place = place.object;
      return place.kind === "name" && place.name !== "module" && place.name !== "exports" ? [place.name] : [];
    }
    case "listPattern":
      return pattern.elements.flatMap((element) => (element ? namesIn(element.pattern) : []));
    case "recordPattern":
      return pattern.entries.flatMap(({ pattern: inner }) => namesIn(inner));
    case "defaultPattern":
      return namesIn(pattern.pattern);
  }
}
