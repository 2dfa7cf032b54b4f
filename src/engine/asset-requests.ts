import { explore, type Trace } from "../evaluate/explore.ts";
import type { StepBudget } from "../evaluate/step-budget.ts";
import type { Modules } from "../evaluate/modules.ts";
import type { Run } from "../evaluate/run.ts";
import { renderTemplate } from "../evaluate/templates.ts";
import { readCsv } from "../languages/csv/csv.ts";
import { hclComments, readHcl } from "../languages/hcl/hcl.ts";
import { readJson } from "../languages/json/json.ts";
import { readYaml, yamlComments } from "../languages/yaml/yaml.ts";
import type { Comment } from "../program/program.ts";
import { compareRecords } from "../request/records.ts";
import type { LoweredRequest, Request } from "../request/request.ts";
import type { AssetContext } from "../sdks/sdk.ts";
import { sdks } from "../sdks/sdks.ts";
import { alignText, MappedText, type TextPiece } from "../source/mapped-text.ts";
import { SourceFile } from "../source/source-file.ts";
import type { Problem } from "../source/problem.ts";
import type { DataContent } from "../value/data-content.ts";
import { literalText } from "../value/inspect.ts";
import { movedData } from "../value/moved-data.ts";
import type { TextValue, Value } from "../value/value.ts";
import type { Conversation } from "./find-requests.ts";
import type { Project } from "./project.ts";
import { isPromptFile, isTemplatePath, readPromptFile } from "./prompt-files.ts";
import { folderOf } from "../evaluate/library/files.ts";
import { joinPaths } from "./resolve-import.ts";

const dataFormats = /\.(?:jsonc?|jsonl|ndjson|ya?ml|tf)$/i;

/** Whether a file holds requests as data or as a template, and no code. */
export function isAssetPath(path: string): boolean {
  return dataFormats.test(path) || isTemplatePath(path);
}

/** What was found in one file of data or one template. */
export interface FoundAssets {
  readonly conversations: readonly Conversation[];
  /** Templates that are parts of it. */
  readonly parts: readonly string[];
}

/** The requests a file of data or a template stands for. */
export function requestsInAsset(
  project: Project,
  modules: Modules,
  path: string,
  problems: Problem[],
  budget: StepBudget,
): FoundAssets {
  const file = project.file(path);
  if (!file) return { conversations: [], parts: [] };
  const reading = new AssetReading(project, modules, path, problems, budget);
  if (dataFormats.test(path)) {
    const content = readData(project, path);
    if (/\.ya?ml$/i.test(path)) reading.comments = yamlComments(file);
    if (/\.tf$/i.test(path)) reading.comments = hclComments(file).comments;
    for (const { value, span } of content?.values ?? []) {
      reading.find((context) => {
        for (const sdk of sdks) {
          const requests = sdk.fromData?.(value, span, context);
          if (requests) return requests;
        }
        return [];
      });
    }
    reading.compareRecords();
    // A template that makes YAML is none: what is wrong with it matters only where it holds a request.
    const isGenerated = /\.ya?ml$/i.test(path) && /\{\{|\{%/.test(file.text);
    if (!isGenerated || reading.conversations.length > 0) problems.push(...(content?.problems ?? []));
  } else if (isPromptFile(file)) {
    const { prompt, comments, problems: inMatter } = readPromptFile(file);
    problems.push(...inMatter);
    reading.comments = comments;
    reading.find((context) => {
      for (const sdk of sdks) {
        const requests = sdk.fromPrompt?.(prompt, context);
        if (requests) return requests;
      }
      return [];
    });
  }
  return { conversations: reading.conversations, parts: [...reading.parts] };
}

function readData(project: Project, path: string): DataContent | undefined {
  const file = dataFormats.test(path) || /\.csv$/i.test(path) ? project.file(path) : undefined;
  if (!file) return undefined;
  if (/\.csv$/i.test(path)) return readCsv(file);
  if (/\.tf$/i.test(path)) return readHcl(file);
  return /\.ya?ml$/i.test(path) ? readYaml(file) : readJson(file);
}

/** Reads one file; each way through the conditions of its templates gives a request of its own. */
class AssetReading {
  readonly conversations: Conversation[] = [];
  readonly parts = new Set<string>();
  /** Comments of the file that are no part of a template. */
  comments: readonly Comment[] = [];
  readonly #project: Project;
  readonly #modules: Modules;
  readonly #path: string;
  readonly #problems: Problem[];
  readonly #budget: StepBudget;

  constructor(project: Project, modules: Modules, path: string, problems: Problem[], budget: StepBudget) {
    this.#project = project;
    this.#modules = modules;
    this.#path = path;
    this.#problems = problems;
    this.#budget = budget;
  }

  find(read: (context: AssetContext) => readonly LoweredRequest[]): void {
    let isTemplate = false;
    const requestsOf = (run: Run | undefined): readonly LoweredRequest[] =>
      read(
        this.#context((...rendering) => {
          isTemplate = true;
          return run ? this.#render(run, ...rendering) : rendering[0];
        }),
      );
    const plain = requestsOf(undefined);
    if (!isTemplate) {
      this.#add([
        { requests: plain.map((request) => ({ request, path: "", decisions: [], call: 0 })), length: 0 },
      ]);
      return;
    }
    const { traces } = explore(
      this.#project,
      this.#modules,
      this.#budget,
      (run) => {
        for (const request of requestsOf(run)) {
          run.sent.push({ request, path: "", decisions: run.decisions.slice(), call: run.call });
        }
        return undefined;
      },
      ({ requests }) => requests.map(({ request }) => printTexts(request)).join("\n"),
    );
    this.#add(traces);
  }

  /** A request is its own conversation; what it is under other conditions stands beside it. */
  #add(traces: readonly Pick<Trace, "requests" | "length">[]): void {
    const alike = new Map<string, Request[]>();
    for (const { requests, length } of traces) {
      for (const { request, decisions } of requests) {
        const key = `${length} ${request.site.file}:${request.site.start}:${request.site.end}`;
        alike.set(key, [...(alike.get(key) ?? []), { ...request, decisions, call: 0 }]);
      }
    }
    for (const requests of alike.values()) {
      for (const request of requests) {
        this.conversations.push({
          site: request.site,
          requests: [request],
          others: requests.filter((other) => other !== request).map((other) => [other]),
          from: this.#path,
          entry: undefined,
          isOnMadeUpObject: false,
        });
      }
    }
  }

  /** Compares the requests that are written down in full: each is what another one may be measured by. */
  compareRecords(): void {
    const isRecord = ({ requests: [request] }: Conversation): boolean => request?.sdk === "json";
    const places = [...this.conversations.keys()].filter((index) => isRecord(this.conversations[index]!));
    const requests = places.flatMap((index) => this.conversations[index]!.requests);
    const text = this.#project.file(this.#path)?.text ?? "";
    const compared = compareRecords(requests, (part) =>
      part.span.file === this.#path ? alignText(part.text, text, part.span) : [part],
    );
    for (const [position, index] of places.entries()) {
      this.conversations[index] = { ...this.conversations[index]!, requests: [compared[position]!] };
    }
  }

  #context(render: AssetContext["render"]): AssetContext {
    const home = folderOf(this.#path);
    return {
      render,
      readText: (path) => {
        const file = this.#project.file(joinPaths(home, path));
        if (!file) return undefined;
        const span = { file: file.path, start: 0, end: file.text.length };
        return { type: "text", parts: [{ kind: "literal", text: file.text, span }] };
      },
      readData: (path) => readData(this.#project, joinPaths(home, path))?.values ?? [],
      parseJson: (text) => this.#parseJson(text),
    };
  }

  /** The value in a text of JSON, with the places it has in the file around it. */
  #parseJson(text: TextValue): Value | undefined {
    const literal = literalText(text) ?? "";
    const source = this.#project.file(this.#path)?.text ?? "";
    const pieces = text.parts.flatMap((part): readonly TextPiece[] => {
      if (part.kind === "hole") return [];
      return part.span.file === this.#path ? alignText(part.text, source, part.span) : [part];
    });
    const mapped = new MappedText(pieces);
    const { values, problems } = readJson(new SourceFile(this.#path, literal));
    const [data] = values;
    if (!data || problems.some(({ severity }) => severity === "error")) return undefined;
    return movedData(data.value, ({ start, end }) => mapped.spanOf(start, end));
  }

  #render(
    run: Run,
    ...[text, syntax, variable]: Parameters<AssetContext["render"]>
  ): ReturnType<AssetContext["render"]> {
    const [first] = text.parts;
    if (!first) return text;
    // What is filled already is a variable that nobody else can name.
    const holes = new Map<string, Value>();
    const pieces = text.parts.map((part): TextPiece => {
      if (part.kind === "literal") return part;
      const name = `hole_${holes.size}`;
      holes.set(name, part.hole);
      return { text: syntax === "format" ? `{${name}}` : `{{${name}}}`, span: part.span };
    });
    const template = this.#project.parseTemplate(pieces, syntax, first.span.file);
    for (const part of template.includes) this.parts.add(part);
    for (const problem of template.module.problems) {
      const isKnown = this.#problems.some(
        ({ span }) => span.file === problem.span.file && span.start === problem.span.start,
      );
      if (!isKnown) this.#problems.push(problem);
    }
    const valueOf = (name: string) => holes.get(name) ?? variable(name);
    return renderTemplate(run, template, valueOf, first.span, this.comments);
  }
}

/** What tells two requests apart: their texts. */
function printTexts({ segments }: LoweredRequest): string {
  return segments
    .flatMap(({ parts }) => parts.map((part) => (part.kind === "literal" ? part.text : `{${part.hole.key}}`)))
    .join("");
}
