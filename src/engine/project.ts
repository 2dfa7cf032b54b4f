import { folderOf } from "../evaluate/library/files.ts";
import type { EvaluateHost, Heir, ResolvedImport, TemplateReference } from "../evaluate/host.ts";
import { javascript } from "../languages/javascript/javascript.ts";
import { readJson } from "../languages/json/json.ts";
import { readYaml } from "../languages/yaml/yaml.ts";
import type { CodeLanguage } from "../languages/language.ts";
import { notebook } from "../languages/notebook/notebook.ts";
import { python } from "../languages/python/python.ts";
import type { Module } from "../program/program.ts";
import type { GivenTemplates, Template, TemplateOptions, TemplateSyntax } from "../program/template.ts";
import type { DroppedMarks } from "../request/dropped-marks.ts";
import type { LoweredRequest, Segment } from "../request/request.ts";
import { shareSegments } from "../request/share-segments.ts";
import { readDroppedMarks } from "../sdks/dropped-marks.ts";
import { lowerFragment } from "../sdks/fragment.ts";
import { takesMarks } from "../sdks/marking-providers.ts";
import { isSdkModule } from "../sdks/sdk-modules.ts";
import { sdks } from "../sdks/sdks.ts";
import type { TextPiece } from "../source/mapped-text.ts";
import { SourceFile, type Span } from "../source/source-file.ts";
import type { Scope } from "../value/scope.ts";
import type { CallEvent, Value } from "../value/value.ts";
import { PackageVersions, type ManifestHost } from "../manifests/package-versions.ts";
import { FileContext } from "./call-context.ts";
import { CommentedScopes } from "./commented-scopes.ts";
import type { EngineHost } from "./engine-host.ts";
import { Heirs, type ClassPlace } from "./heirs.ts";
import { Questions, type Asked, type HashOf, type Question } from "./questions.ts";
import { joinPaths, resolveImport } from "./resolve-import.ts";
import type { FileSettings } from "./settings.ts";
import { findStatedScope } from "./stated-scopes.ts";
import { TemplateReader } from "./template-reader.ts";
import { languageOf } from "./written-bases.ts";

/** Languages whose files hold code. */
export const codeLanguages: readonly CodeLanguage[] = [python, notebook, javascript];

/** Largest imported file that is parsed, in UTF-16 units: beyond it stand bundles and data. */
const maximumImportedLength = 1_000_000;

/** The files of one run, each read and parsed at most once. */
export class Project implements EvaluateHost {
  readonly #host: EngineHost;
  readonly #files = new Map<string, SourceFile | undefined>();
  readonly #modules = new Map<string, Module | undefined>();
  /** What comments state about scopes, by path; null where a file has no such comments. */
  readonly #commentedScopes = new Map<string, CommentedScopes | null>();
  /** Whether a name occurs only once in a file, by path and name. */
  readonly #occurrences = new Map<string, boolean>();
  /** The segments of the last request of each call. */
  readonly #lastSegments = new Map<string, readonly Segment[]>();
  readonly #targets = new Map<
    string,
    { readonly result: ResolvedImport | undefined; readonly asked: Asked }
  >();
  /** Files that were needed to read or to run a file, by its path. */
  readonly #uses = new Map<string, Set<string>>();
  #heirs: Heirs | undefined;
  /** Files that hold requests or lead to them. */
  #leading: ReadonlySet<string> = new Set();
  /** The file that is being run. */
  #reader: string | undefined;
  #templates = new TemplateReader((path) => this.file(path));

  /** What was asked of the host, and for what. */
  readonly questions: Questions;
  #packages: PackageVersions;
  /** What was asked so far to find out about packages: manifests are read once for all that ask. */
  readonly #askedForPackages = new Set<Asked>();
  #hasAskedForPackages = false;
  readonly #versions: Pick<PackageVersions, "stated"> = {
    stated: (name, fromFile) => {
      this.#hasAskedForPackages = true;
      const { result, asked } = this.questions.recording(() => this.#packages.stated(name, fromFile));
      if (asked.manifest.size + asked.exists.size > 0) this.#askedForPackages.add(asked);
      return result;
    },
  };

  /**
   * @param settingsOf what the user states about the values of a file; nothing unless given.
   * @param hashOf what answers of the host are compared by in another run, where there may be one
   */
  constructor(host: EngineHost, settingsOf?: (path: string) => FileSettings, hashOf?: HashOf) {
    this.questions = new Questions(host, settingsOf, hashOf);
    this.#host = this.questions.host;
    this.#packages = new PackageVersions(this.#manifests());
  }

  /** How manifests are read: as any file. */
  #manifests(): ManifestHost {
    return {
      readText: (path) => {
        const result = this.questions.readManifest(path);
        return result && "text" in result ? result.text : undefined;
      },
      exists: (path) => this.#host.exists(path),
    };
  }

  /** Runs a file from a state in which those before it have left nothing; gives also all that was asked for it. */
  recordingFile<Result>(work: () => Result): { readonly result: Result; readonly asked: Asked } {
    this.#templates = new TemplateReader((path) => this.file(path));
    this.#lastSegments.clear();
    this.#hasAskedForPackages = false;
    return this.questions.recording(() => {
      const result = work();
      if (this.#hasAskedForPackages)
        for (const asked of this.#askedForPackages) this.questions.include(asked);
      return result;
    });
  }

  get templates(): TemplateReader {
    return this.#templates;
  }

  /** Takes note of the files that hold requests or lead to them: classes are looked for there. */
  follow(leading: ReadonlySet<string>): void {
    this.#leading = leading;
    this.#heirs = new Heirs(this, leading);
  }

  /** Whether a file is known to hold a request, or to lead to one. */
  leads(path: string): boolean {
    return this.questions.ask("leads", path, () => this.#leading.has(path));
  }

  heirsOf(file: string, name: string): readonly Heir[] {
    return this.#heirPlaces(JSON.stringify([file, name])).flatMap((heir) => {
      const module = this.module(heir.path);
      return module ? [{ module, name: heir.name }] : [];
    });
  }

  #heirPlaces(key: string): readonly ClassPlace[] {
    return this.questions.ask("heirs", key, () =>
      this.questions.unseen(() => this.#heirs?.of(...(JSON.parse(key) as [string, string])) ?? []),
    );
  }

  /** Does something that needs files, and remembers that `path` needs them. */
  reading<Result>(path: string, work: () => Result): Result {
    const before = this.#reader;
    this.#reader = path;
    try {
      return work();
    } finally {
      this.#reader = before;
    }
  }

  /** Files whose meaning depends on some others, with these. */
  readersOf(paths: readonly string[]): ReadonlySet<string> {
    const readers = new Set(paths);
    for (let size = -1; size !== readers.size;) {
      size = readers.size;
      for (const [path, uses] of this.#uses) {
        if (!readers.has(path) && [...uses].some((used) => readers.has(used))) readers.add(path);
      }
    }
    return readers;
  }

  /** A file and all that was needed to read and run it, by whichever file needed it first. */
  usesOf(path: string): ReadonlySet<string> {
    const used = new Set([path]);
    // What is added while the set is walked is walked as well.
    for (const one of used) for (const next of this.#uses.get(one) ?? []) used.add(next);
    return used;
  }

  /** What is known of a file: its text, `null` where there is none, or undefined where nobody has asked for it. */
  knownText(path: string): string | null | undefined {
    return this.#files.has(path) ? (this.#files.get(path)?.text ?? null) : undefined;
  }

  /** Forgets files whose text has changed; gives the questions that may be answered otherwise by now. */
  forget(paths: readonly string[]): readonly Question[] {
    for (const path of paths) {
      this.#files.delete(path);
      this.#commentedScopes.delete(path);
      this.#modules.delete(path);
      this.#uses.delete(path);
    }
    const changed = new Set(paths);
    for (const [key, target] of this.#targets) {
      const { result } = target;
      const path = result?.kind === "module" ? result.module.path : result?.path;
      if (changed.has(key.slice(0, key.indexOf("\0"))) || (path !== undefined && changed.has(path)))
        this.#targets.delete(key);
    }
    this.#heirs?.forget();
    this.#occurrences.clear();
    this.#templates = new TemplateReader((path) => this.file(path));
    return this.questions.doubtFiles(paths);
  }

  /**
   * Forgets what paths and imports lead to; files and programs that were found stay.
   * @returns the questions that may be answered otherwise by now
   */
  forgetPaths(): readonly Question[] {
    this.#heirs?.forget();
    for (const [path, file] of this.#files) if (!file) this.#files.delete(path);
    this.#targets.clear();
    this.#uses.clear();
    this.#packages = new PackageVersions(this.#manifests());
    this.#askedForPackages.clear();
    this.#templates = new TemplateReader((path) => this.file(path));
    return this.questions.doubtPaths((path) => this.#files.has(path));
  }

  #use(from: string | undefined, path: string): void {
    if (from === undefined || from === path) return;
    const uses = this.#uses.get(from);
    if (uses) uses.add(path);
    else this.#uses.set(from, new Set([path]));
  }

  /** Files read so far, by path. */
  get files(): ReadonlyMap<string, SourceFile> {
    return new Map([...this.#files].filter((entry): entry is [string, SourceFile] => entry[1] !== undefined));
  }

  /** Whether the program in a file has errors. */
  isBroken(path: string): boolean {
    return this.module(path)?.problems.some(({ severity }) => severity === "error") ?? false;
  }

  /** Whether a file was parsed by now. */
  isParsed(path: string): boolean {
    return this.#modules.has(path);
  }

  /** A file by its path, relative to the working folder or absolute. */
  file(path: string): SourceFile | undefined {
    this.#use(this.#reader, path);
    this.questions.note("text", path);
    if (this.#files.has(path)) return this.#files.get(path);
    const result = this.#host.readText(path);
    const file = result && "text" in result ? new SourceFile(path, result.text) : undefined;
    this.#files.set(path, file);
    return file;
  }

  /** The program in a file; undefined where it holds none. */
  module(path: string): Module | undefined {
    this.#use(this.#reader, path);
    this.questions.note("text", path);
    this.questions.note("parsed", path);
    if (this.#modules.has(path)) return this.#modules.get(path);
    const module = this.#host.readProgram?.(path) ?? this.#readProgram(path);
    this.#modules.set(path, module);
    return module;
  }

  #readProgram(path: string): Module | undefined {
    const language = codeLanguages.find(({ extensions }) =>
      extensions.some((extension) => path.toLowerCase().endsWith(extension)),
    );
    const file = language && this.file(path);
    return file && language.read(file);
  }

  resolveImport(fromFile: string, specifier: string): ResolvedImport | undefined {
    const key = `${fromFile}\0${specifier}`;
    const known = this.#targets.get(key);
    if (known) this.questions.include(known.asked);
    const target = known ?? this.questions.recording(() => this.#resolve(fromFile, specifier));
    this.#targets.set(key, target);
    return target.result;
  }

  #resolve(fromFile: string, specifier: string): ResolvedImport | undefined {
    if (isSdkModule(specifier)) return undefined;
    const language = this.#modules.get(fromFile)?.language ?? languageOf(fromFile) ?? "python";
    const target = resolveImport(this.#host, language, fromFile, specifier);
    if (!target) return undefined;
    if (target.kind === "folder") return { kind: "namespace", path: target.path };
    this.#use(fromFile, target.path);
    if (target.raw || /\.(?:json|ya?ml)$/i.test(target.path)) {
      const file = this.file(target.path);
      if (file && target.raw) return { kind: "text", path: target.path, text: file.text };
      const value = file && this.readData(target.path);
      if (value) return { kind: "data", path: target.path, value };
    }
    const importable = this.#importable(target.path);
    if (importable === "too large") this.questions.note("tooLarge", target.path);
    if (importable !== "code") return undefined;
    // What is imported need not be run: whoever does so says it.
    this.questions.note("parsed", target.path);
    const module = this.questions.unseen(() => this.module(target.path));
    return module && { kind: "module", module };
  }

  /** Whether the file of a path can be imported, as far as that hangs on it alone. */
  #importable(path: string): "code" | "too large" | undefined {
    return this.questions.ask("importable", path, () => {
      const file = this.questions.unseen(() => this.file(path));
      if (!file) return undefined;
      return file.text.length > maximumImportedLength ? "too large" : "code";
    });
  }

  mayExport(path: string, name: string): boolean {
    return this.questions.ask("exports", JSON.stringify([path, name]), () => {
      const text = this.questions.unseen(() => this.file(path)?.text);
      return text === undefined || text.includes(name) || /\bexports\b|\bexport\s*\*/.test(text);
    });
  }

  runs(path: string): void {
    this.questions.note("text", path);
  }

  /** Asks a question again that was asked in another run, or may be answered otherwise by now. */
  askAgain([kind, key]: Question): void {
    switch (kind) {
      case "text":
        this.file(key);
        return;
      case "manifest":
        this.questions.readManifest(key);
        return;
      case "exists":
        this.#host.exists(key);
        return;
      case "module":
        this.#host.resolveModule?.(...(JSON.parse(key) as [string, string]));
        return;
      case "scopes":
        this.questions.scopesOf(key);
        return;
      case "leads":
        this.leads(key);
        return;
      case "importable":
        this.#importable(key);
        return;
      case "exports":
        this.mayExport(...(JSON.parse(key) as [string, string]));
        return;
      case "heirs":
        this.#heirPlaces(key);
    }
  }

  readText(fromFile: string, path: string): { path: string; text: string } | undefined {
    // Scripts are started from their own folder as often as from the repository's.
    for (const candidate of [path, joinPaths(folderOf(fromFile), path)]) {
      const file = this.file(joinPaths(".", candidate));
      this.#use(fromFile, joinPaths(".", candidate));
      if (file) return { path: file.path, text: file.text };
    }
    return undefined;
  }

  readData(path: string): Value | undefined {
    const file = this.file(path);
    if (!file || file.text.length > maximumImportedLength) return undefined;
    if (/\.jsonc?$/i.test(path)) return readJson(file).values[0]?.value;
    return /\.ya?ml$/i.test(path) ? readYaml(file).values[0]?.value : undefined;
  }

  readTemplate(reference: TemplateReference): Template | undefined {
    return this.reading(reference.fromFile, () => this.#templates.read(reference));
  }

  parseTemplate(
    pieces: readonly TextPiece[],
    syntax: TemplateSyntax,
    fromFile: string,
    options?: TemplateOptions,
    given?: GivenTemplates,
  ): Template {
    return this.reading(fromFile, () => this.#templates.ofText(pieces, syntax, fromFile, options, given));
  }

  takesMarks(name: string): boolean {
    return takesMarks(name);
  }

  droppedMarks(value: Value, span: Span, name: string | undefined): DroppedMarks | undefined {
    if (name !== undefined) {
      this.questions.note("text", span.file);
      if (!this.#occursOnce(span.file, name)) return undefined;
    }
    return readDroppedMarks(value, span);
  }

  /** True for a name that is given in a file and never read. */
  #occursOnce(path: string, name: string): boolean {
    const key = `${path} ${name}`;
    const known = this.#occurrences.get(key);
    if (known !== undefined) return known;
    const text = this.file(path)?.text ?? "";
    const first = findName(text, name, 0);
    const isOnce = first >= 0 && findName(text, name, first + name.length) < 0;
    this.#occurrences.set(key, isOnce);
    return isOnce;
  }

  fragmentOf(
    values: readonly Value[],
    site: Span,
    dropped: readonly DroppedMarks[],
  ): LoweredRequest | undefined {
    return lowerFragment(values, site, new FileContext(this.#versions, site.file), dropped);
  }

  statedScope(kind: "variable" | "source", file: string, names: () => readonly string[]): Scope | undefined {
    const settings = this.questions.scopesOf(file);
    const stated = kind === "variable" ? settings?.variables : settings?.sources;
    return stated && stated.length > 0 ? findStatedScope(stated, names()) : undefined;
  }

  commentedScope(span: Span, name: string | undefined): Scope | undefined {
    this.questions.note("text", span.file);
    let scopes = this.#commentedScopes.get(span.file);
    if (scopes === undefined) {
      const file = this.file(span.file);
      const states = file?.text.includes("promptlint-scope");
      const comments = states ? this.module(span.file)?.comments : undefined;
      scopes = file && comments ? new CommentedScopes(file, comments) : null;
      this.#commentedScopes.set(span.file, scopes);
    }
    return scopes?.find(span, name);
  }

  requestsOf(call: CallEvent): readonly LoweredRequest[] | undefined {
    const context = new FileContext(this.#versions, call.span.file);
    for (const fromCall of callReaders) {
      const requests = fromCall(call, context);
      if (!requests) {
        context.forget();
        continue;
      }
      const { versions } = context;
      return requests.map((request) => {
        const shared = this.#share(request);
        return versions.length === 0 ? shared : { ...shared, versions };
      });
    }
    return undefined;
  }

  /** The request with the segments that it has in common with the last one of the same call. */
  #share(request: LoweredRequest): LoweredRequest {
    const key = `${request.site.file}:${request.site.start}`;
    const segments = shareSegments(request.segments, this.#lastSegments.get(key));
    this.#lastSegments.set(key, segments);
    return { ...request, segments };
  }
}

const callReaders = sdks.flatMap(({ fromCall }) => fromCall ?? []);

/** Where a name begins in a text as a word of its own, from an offset on; -1: nowhere. */
function findName(text: string, name: string, from: number): number {
  for (let at = text.indexOf(name, from); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!/[\w$]/.test(text[at - 1] ?? "") && !/[\w$]/.test(text[at + name.length] ?? "")) return at;
  }
  return -1;
}
