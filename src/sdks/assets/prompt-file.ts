import { lowerPromptText, type PromptHistory, type PromptMessage } from "../../dialects/prompt-text.ts";
import { presentEntry, viewRecord, type RecordView } from "../../dialects/record-view.ts";
import type { Role } from "../../request/request.ts";
import type { Span } from "../../source/source-file.ts";
import { opaque } from "../../value/construct.ts";
import { asList, literalText } from "../../value/inspect.ts";
import { scopeOfName } from "../../value/lexicon.ts";
import type { OpaqueValue, RecordEntryValue, TextPart, TextValue, Value } from "../../value/value.ts";
import { assembleRequest } from "../assemble-request.ts";
import type { PlaceholderSyntax, PromptFile, Sdk } from "../sdk.ts";
import { nowhere, placeHoles, placeholder, wireOf, type PlaceholderFacts } from "./placeholders.ts";

/**
 * Files that hold one prompt each: Dotprompt (https://google.github.io/dotprompt/reference/frontmatter/), Prompty
 * (https://prompty.ai/docs/prompty-file-spec), and plain templates. Read 2026-11-22.
 */
export const promptFile: Sdk = {
  name: "prompt-file",
  fromPrompt(prompt, context) {
    const settings = viewRecord(prompt.frontMatter);
    const format = formatOf(prompt, settings);
    const variables = new PromptVariables(prompt.path, declaredDefaults(settings), declaredInputs(settings));
    const rendered = placeHoles(context.render(prompt.body, format.syntax, (name) => variables.value(name)));
    const messages = splitMessages(rendered, prompt.path, format, variables.markers);
    const model = modelEntry(settings);
    const { dialect, platform } = wireOf(literalText(model?.value));
    return [
      assembleRequest(lowerPromptText(dialect, messages), {
        site: prompt.span,
        sdk: format.name,
        platform,
        use: "asset",
        takesMarks: false,
        isNeutral: model === undefined,
        model,
        modelless: "the file does not name a model",
      }),
    ];
  },
};

/** How the template in a prompt file is written. */
export function templateSyntaxOf(prompt: PromptFile): PlaceholderSyntax {
  return formatOf(prompt, viewRecord(prompt.frontMatter)).syntax;
}

interface Format {
  readonly name: string;
  readonly syntax: PlaceholderSyntax;
  /** Lines such as `system:` begin a message. */
  readonly hasRoleLines: boolean;
}

function formatOf({ path, body }: PromptFile, settings: RecordView | undefined): Format {
  if (/\.prompty$/i.test(path)) {
    const template = presentEntry(settings, "template");
    const format = presentEntry(viewRecord(template?.value), "format") ?? template;
    const kind =
      literalText(format?.value) ??
      literalText(presentEntry(viewRecord(format?.value), "kind")?.value) ??
      literalText(presentEntry(viewRecord(template?.value), "type")?.value);
    return { name: "prompty", syntax: kind === "mustache" ? "handlebars" : "jinja", hasRoleLines: true };
  }
  if (/\.prompt$/i.test(path)) return { name: "dotprompt", syntax: "handlebars", hasRoleLines: false };
  const name = "template";
  if (/\.(?:j2|jinja2?)$/i.test(path)) return { name, syntax: "jinja", hasRoleLines: false };
  if (/\.(?:hbs|handlebars|mustache)$/i.test(path))
    return { name, syntax: "handlebars", hasRoleLines: false };
  const source = literalText(body) ?? "";
  const syntax = /\{%/.test(source) ? "jinja" : /\{\{[#>^]/.test(source) ? "handlebars" : "braces";
  return { name, syntax, hasRoleLines: false };
}

/** `model: id`, `model: {id}`, or the deployment of Prompty's first version. */
function modelEntry(settings: RecordView | undefined): RecordEntryValue | undefined {
  const model = presentEntry(settings, "model");
  const inner = viewRecord(model?.value);
  if (!inner) return model;
  const configuration = viewRecord(presentEntry(inner, "configuration")?.value);
  return (
    presentEntry(inner, "id") ??
    ["model", "name", "azure_deployment", "deployment"]
      .map((key) => presentEntry(configuration, key))
      .find(Boolean)
  );
}

/**
 * Inputs with a default, by name: `input.default` of Dotprompt, `inputs` of Prompty. A default is no more than a hint
 * that the value seldom differs, so it takes the word of the name away and puts nothing in its place.
 */
function declaredDefaults(settings: RecordView | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  const defaults = viewRecord(
    presentEntry(viewRecord(presentEntry(settings, "input")?.value), "default")?.value,
  );
  for (const name of defaults?.entries.keys() ?? []) names.add(name);
  const inputs = presentEntry(settings, "inputs")?.value;
  for (const { value } of asList(inputs)?.elements ?? []) {
    const view = viewRecord(value);
    const name = literalText(presentEntry(view, "name")?.value);
    if (name !== undefined && presentEntry(view, "default")) names.add(name);
  }
  for (const [name, { value }] of viewRecord(inputs)?.entries ?? []) {
    if (presentEntry(viewRecord(value), "default")) names.add(name);
  }
  return names;
}

/** Inputs that a caller has to give: `input.schema` of Dotprompt, `inputs` of Prompty. */
function declaredInputs(settings: RecordView | undefined): ReadonlySet<string> {
  const schema = viewRecord(
    presentEntry(viewRecord(presentEntry(settings, "input")?.value), "schema")?.value,
  );
  const inputs = presentEntry(settings, "inputs")?.value;
  const listed = (asList(inputs)?.elements ?? []).flatMap(({ value }) => {
    const name = literalText(presentEntry(viewRecord(value), "name")?.value);
    return name === undefined ? [] : [name];
  });
  const names = [...(schema?.entries.keys() ?? []), ...(viewRecord(inputs)?.entries.keys() ?? []), ...listed];
  // Dotprompt writes `results(array, what was found)` and `topic?`.
  return new Set(names.map((name) => name.replace(/[(?].*$/s, "")));
}

/** Words in the names of inputs that are given anew, yet seldom differ from one request to the next. */
const lasting = new Set(
  (
    "instructions rules policy policies guidelines guide persona role schema format examples shots tools glossary style " +
    "tone brand date today day week version env region model cwd workdir hostname platform os branch name email locale " +
    "lang language timezone preferences plan profile memory summary conversation session document documents manual book " +
    "contract file source company product"
  ).split(" "),
);

function isLasting(name: string): boolean {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.split(/[^a-z]+/).some((word) => lasting.has(word));
}

/** The variables of one prompt. */
class PromptVariables {
  /** What stands for the helpers of Dotprompt that place messages. */
  readonly markers = new Map<string, OpaqueValue>();
  readonly #path: string;
  readonly #defaults: ReadonlySet<string>;
  readonly #inputs: ReadonlySet<string>;
  readonly #values = new Map<string, OpaqueValue>();

  constructor(path: string, defaults: ReadonlySet<string>, inputs: ReadonlySet<string>) {
    this.#path = path;
    this.#defaults = defaults;
    this.#inputs = inputs;
  }

  value(name: string): Value {
    if (/^(?:role|history|media|section)$/.test(name)) {
      const marker = this.markers.get(name) ?? placeholder(name, this.#path, unknown);
      this.markers.set(name, marker);
      return marker;
    }
    const clock = clocks.get(name);
    if (clock) return clockValue(name, this.#path, clock);
    const known = this.#values.get(name);
    if (known) return known;
    const value = placeholder(name, this.#path, this.#factsOf(name));
    this.#values.set(name, value);
    return value;
  }

  /** An input is given with each request, whatever it is called; names say which of them last. */
  #factsOf(name: string): PlaceholderFacts | undefined {
    if (this.#defaults.has(name)) return unknown;
    const [root = name] = name.split(".");
    if (!this.#inputs.has(root) || isLasting(name) || scopeOfName(name) !== undefined) return undefined;
    return { scope: "turn", confidence: "likely", reason: `the input variable \`${name}\`` };
  }
}

const unknown = { scope: "unknown", confidence: "certain", reason: "" } as const;

/** Variables that stand for the clock, with the function of Python they are when a template calls them. */
const clocks: ReadonlyMap<string, Clock> = new Map([
  ["now", { module: "datetime.datetime", name: "now", scope: "request" }],
  ["utcnow", { module: "datetime.datetime", name: "utcnow", scope: "request" }],
  ["strftime_now", { module: "time", name: "strftime", scope: "request" }],
  ["isodate", { module: "datetime.date", name: "today", scope: "day" }],
  ["currentDate", { module: "datetime.date", name: "today", scope: "day" }],
  ["today", { module: "datetime.date", name: "today", scope: "day" }],
]);

interface Clock {
  readonly module: string;
  readonly name: string;
  readonly scope: "request" | "day";
}

function clockValue(variable: string, path: string, { module, name, scope }: Clock): OpaqueValue {
  const reason = scope === "day" ? "the date" : "the clock";
  const origin = { kind: "import", module, name } as const;
  const facts = { scope, confidence: "likely", reason } as const;
  return opaque({ origin, key: `${path}{${variable}}`, span: nowhere }, facts);
}

const roles: ReadonlyMap<string, Role> = new Map([
  ["system", "system"],
  ["developer", "system"],
  ["user", "user"],
  ["human", "user"],
  ["assistant", "assistant"],
  ["model", "assistant"],
  ["ai", "assistant"],
  ["tool", "tool"],
]);

/** Cuts what was rendered into messages: at the lines or helpers that name a role, and where the history stands. */
function splitMessages(
  rendered: TextValue,
  path: string,
  { hasRoleLines }: Format,
  markers: ReadonlyMap<string, OpaqueValue>,
): readonly (PromptMessage | PromptHistory)[] {
  const messages: (PromptMessage | PromptHistory)[] = [];
  let role: Role = roleOfPath(path);
  let parts: TextPart[] = [];
  const end = (): void => {
    const span = spanOf(parts);
    if (span && parts.some((part) => part.kind === "hole" || part.text.trim() !== "")) {
      messages.push({ role, parts, span });
    }
    parts = [];
  };
  for (const part of rendered.parts) {
    if (part.kind === "literal") {
      if (!hasRoleLines) {
        parts.push(part);
        continue;
      }
      for (const piece of cutAtRoles(part)) {
        if (piece.kind === "role") {
          end();
          role = piece.role;
        } else parts.push(piece.part);
      }
      continue;
    }
    const marker = markerOf(part.hole, markers);
    if (marker === "role") {
      end();
      role = roles.get(roleNamed(part.hole)) ?? "user";
    } else if (marker === "history") {
      end();
      messages.push({ history: part.hole, span: part.span });
      role = "user";
    } else parts.push(part);
  }
  end();
  return messages;
}

function roleOfPath(path: string): Role {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return /system|instructions|persona/i.test(name) ? "system" : "user";
}

/** Which marker a hole is, or is a call of. */
function markerOf(hole: OpaqueValue, markers: ReadonlyMap<string, OpaqueValue>): string | undefined {
  const target =
    hole.origin.kind === "call" && hole.origin.callee.type === "opaque" ? hole.origin.callee : hole;
  for (const [name, marker] of markers) if (marker.id === target.id) return name;
  return undefined;
}

function roleNamed({ origin }: OpaqueValue): string {
  return origin.kind === "call" ? (literalText(origin.arguments[0]?.value) ?? "") : "";
}

type RolePiece =
  | { readonly kind: "role"; readonly role: Role }
  | { readonly kind: "text"; readonly part: TextPart & { readonly kind: "literal" } };

const roleLine =
  /^[ \t]*#?[ \t]*(system|developer|user|assistant|tool)(?:\[[^\]\n]*\])?[ \t]*:[ \t]*$\r?\n?/gim;

function cutAtRoles(part: TextPart & { readonly kind: "literal" }): readonly RolePiece[] {
  const pieces: RolePiece[] = [];
  let at = 0;
  const add = (end: number): void => {
    if (end > at) pieces.push({ kind: "text", part: cut(part, at, end) });
  };
  for (const match of part.text.matchAll(roleLine)) {
    add(match.index);
    pieces.push({ kind: "role", role: roles.get(match[1]!.toLowerCase()) ?? "user" });
    at = match.index + match[0].length;
  }
  add(part.text.length);
  return pieces;
}

/** A stretch of a literal, with its own place where the literal stands in the file as it is. */
function cut(part: TextPart & { readonly kind: "literal" }, start: number, end: number) {
  const { span } = part;
  const isVerbatim = span.end - span.start === part.text.length;
  const place = isVerbatim ? { file: span.file, start: span.start + start, end: span.start + end } : span;
  return { ...part, text: part.text.slice(start, end), span: place };
}

/** The place of some parts: those of the first one's file. */
function spanOf(parts: readonly TextPart[]): Span | undefined {
  const first = parts[0]?.span;
  if (!first) return undefined;
  const last = parts.findLast(({ span }) => span.file === first.file)!.span;
  return { file: first.file, start: first.start, end: Math.max(first.end, last.end) };
}
