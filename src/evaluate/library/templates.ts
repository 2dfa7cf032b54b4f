import type { Template, TemplateSyntax } from "../../program/template.ts";
import type { TextPiece } from "../../source/mapped-text.ts";
import { constant, list, listElement, text } from "../../value/construct.ts";
import { accessPath, entryOf, literalText } from "../../value/inspect.ts";
import type { ArgumentValue, OpaqueValue, TextValue, Value } from "../../value/value.ts";
import { truth } from "../conditions.ts";
import { iterable } from "../iteration.ts";
import { getMember } from "../members.ts";
import { derivedValue, opaqueMember } from "../opaques.ts";
import { renderTemplate, type TemplateVariable } from "../templates.ts";
import type { LibraryCall, LibraryFunction } from "./library.ts";

/*
 * What template libraries render. A template is found through the object it is rendered with:
 * `Environment(loader=FileSystemLoader(folder)).get_template(name).render(...)`.
 */

/** A template as the program names it, and the object that holds the variables all templates share. */
interface Named {
  readonly template: Template | undefined;
  readonly globals?: Value | undefined;
  /** Values that stand in a template's text as holes. */
  readonly holes?: ReadonlyMap<string, Value>;
}

const jinjaCall =
  /^jinja2\.(?:\w+\.)?(?:\w*Environment\(\)\.(?:get_template|select_template|get_or_select_template|from_string)|Template)\(\)\.(?:render|render_async|generate)$/;
const promptTemplateCall =
  /^langchain[\w.]*\.(?:PromptTemplate|ChatPromptTemplate)(?:\.from_template)?\(\)\.format$/;

/** Renders a template where a call of this name does; undefined: it does not, or the template is not in view. */
export function renderCall(call: LibraryCall, name: string): Value | undefined {
  const { receiver } = call;
  if (receiver.type !== "opaque") return undefined;
  if (call.isPython) {
    if (jinjaCall.test(name)) return render(call, jinjaTemplate(call, receiver), call.args, call.named);
    if (promptTemplateCall.test(name)) {
      const made = callBefore(receiver);
      const source = made && argumentOf(made, "template", 0);
      const isJinja = literalText(made && argumentOf(made, "template_format")) === "jinja2";
      return render(call, fromText(call, source, isJinja ? "jinja" : "format"), call.args, call.named);
    }
    if (/^(?:chevron|pystache)\.render$/.test(name)) return renderText(call, "handlebars");
    return undefined;
  }
  if (/^(?:handlebars|Handlebars)(?:\.\w+)?\.compile\(\)$/.test(name)) {
    return render(call, fromText(call, argumentAt(receiver, 0), "handlebars"), call.args, call.named);
  }
  if (/^mustache(?:\.default)?\.render$/.test(name)) return renderText(call, "handlebars");
  if (/^nunjucks(?:\.default)?\.renderString$/.test(name)) return renderText(call, "jinja");
  if (/^nunjucks(?:\.default)?\.(?:render|(?:configure|Environment)\(\)\.render)$/.test(name)) {
    const configured = receiver.origin.kind === "member" ? receiver.origin.object : undefined;
    const folders = configured ? textsIn(argumentAt(configured, 0)) : [];
    const template = readNamed(call, literalText(call.args[0]?.value), folders);
    return render(call, { template }, call.args.slice(1), call.named);
  }
  return undefined;
}

/** `render(text, variables)`. */
function renderText(call: LibraryCall, syntax: TemplateSyntax): Value | undefined {
  const source = call.args[0]?.value ?? call.named.get("template")?.value;
  const rest = call.args.slice(1);
  const data = call.named.get("data");
  return render(call, fromText(call, source, syntax), data ? [data] : rest, new Map());
}

function render(
  { run, span }: LibraryCall,
  { template, globals, holes }: Named,
  args: readonly ArgumentValue[],
  named: ReadonlyMap<string, ArgumentValue>,
): TextValue | undefined {
  if (!template) return undefined;
  const variable: TemplateVariable = (name, at) => {
    const given = holes?.get(name) ?? named.get(name)?.value;
    if (given) return given;
    for (const { value } of args) {
      const entry = value.type === "record" ? value.entries.get(name) : undefined;
      if (entry) return getMember(run, value, name, at);
    }
    const shared = entryOf(globals, name)?.value;
    if (shared) return shared;
    // Variables that come from somewhere unknown.
    for (const { value } of args) {
      if (value.type === "opaque") return opaqueMember(run, value, name, at);
      const rest = value.type === "record" ? value.rest.at(-1) : undefined;
      if (rest) return opaqueMember(run, rest, name, at);
    }
    return undefined;
  };
  return renderTemplate(run, template, variable, span);
}

/** The template of `get_template(name).render`, `from_string(text).render` and `Template(text).render`. */
function jinjaTemplate(call: LibraryCall, callee: OpaqueValue): Named {
  const made = callBefore(callee);
  if (!made) return { template: undefined };
  const { values } = accessPath(made);
  const maker =
    made.origin.kind === "call" && made.origin.callee.type === "opaque" ? made.origin.callee : undefined;
  const method = maker?.origin.kind === "member" ? maker.origin.name : "";
  const environment = values.find(
    (value) => value.origin.kind === "call" && value !== made && /Environment$/.test(nameOfCallee(value)),
  );
  const globals = environment && entryOf(environment, "globals")?.value;
  if (method === "from_string" || !environment) {
    return { ...fromText(call, argumentAt(made, 0) ?? argumentOf(made, "source"), "jinja"), globals };
  }
  const loader = argumentOf(environment, "loader");
  const name = literalText(argumentAt(made, 0) ?? argumentOf(made, "name"));
  const own = name === undefined ? undefined : textInLoader(loader, name);
  if (own) return { ...fromText(call, own, "jinja"), globals };
  return { template: readNamed(call, name, foldersOf(loader)), globals };
}

function readNamed(
  { run, span }: LibraryCall,
  name: string | undefined,
  folders: readonly string[],
): Template | undefined {
  if (name === undefined) return undefined;
  return run.host.readTemplate({ fromFile: span.file, name, folders, syntax: "jinja" });
}

/** A template given as text. Holes in it are variables that nobody else can name. */
function fromText({ run, span }: LibraryCall, source: Value | undefined, syntax: TemplateSyntax): Named {
  if (source?.type !== "text") return { template: undefined };
  const holes = new Map<string, Value>();
  const pieces = source.parts.map((part): TextPiece => {
    if (part.kind === "literal") return part;
    const name = `hole_${holes.size}`;
    holes.set(name, part.hole);
    return { text: syntax === "format" ? `{${name}}` : `{{${name}}}`, span: part.span };
  });
  return { template: run.host.parseTemplate(pieces, syntax, span.file), holes };
}

/** The call whose result a method is called on. */
function callBefore(callee: OpaqueValue): OpaqueValue | undefined {
  return callee.origin.kind === "member" && callee.origin.object.origin.kind === "call"
    ? callee.origin.object
    : undefined;
}

function argumentAt(made: OpaqueValue, position: number): Value | undefined {
  if (made.origin.kind !== "call") return undefined;
  return made.origin.arguments.filter(({ name }) => name === undefined)[position]?.value;
}

function argumentOf(made: OpaqueValue, name: string, position?: number): Value | undefined {
  if (made.origin.kind !== "call") return undefined;
  const found = made.origin.arguments.find((argument) => argument.name === name)?.value;
  return found ?? (position === undefined ? undefined : argumentAt(made, position));
}

/** The last part of the name of what was called. */
function nameOfCallee({ origin }: OpaqueValue): string {
  if (origin.kind !== "call" || origin.callee.type !== "opaque") return "";
  const { origin: callee } = origin.callee;
  return callee.kind === "import" || callee.kind === "member" || callee.kind === "global" ? callee.name : "";
}

/** The folders a loader looks in; none where they are not known. */
function foldersOf(loader: Value | undefined): readonly string[] {
  if (loader?.type !== "opaque") return [];
  const first = argumentAt(loader, 0);
  switch (nameOfCallee(loader)) {
    case "FileSystemLoader":
      return textsIn(first ?? argumentOf(loader, "searchpath"));
    case "PackageLoader": {
      const folder = literalText(argumentOf(loader, "package_path", 1)) ?? "templates";
      const home = (literalText(first ?? argumentOf(loader, "package_name")) ?? "").replaceAll(".", "/");
      return [folder, `${home}/${folder}`, `src/${home}/${folder}`];
    }
    case "ChoiceLoader":
      return first?.type === "list" ? first.elements.flatMap((element) => foldersOf(element.value)) : [];
    default:
      return [];
  }
}

function textInLoader(loader: Value | undefined, name: string): Value | undefined {
  if (loader?.type !== "opaque" || nameOfCallee(loader) !== "DictLoader") return undefined;
  return entryOf(argumentAt(loader, 0), name)?.value;
}

/** One text, or those in a list. */
function textsIn(value: Value | undefined): readonly string[] {
  const own = literalText(value);
  if (own !== undefined) return [own];
  if (value?.type !== "list") return [];
  return value.elements.flatMap((element) => literalText(element.value) ?? []);
}

/** What the programs of templates call under names that no variable can have. */
export const templateFunctions: Readonly<Record<string, LibraryFunction>> = {
  "template filter": ({ run, args, span }) => {
    const [operand] = args;
    if (args.length === 1 && operand?.value.type === "text") {
      // A helper without operands: only its name is known.
      return undefined;
    }
    return derivedValue(
      run,
      "filter",
      args.map((argument) => argument.value),
      span,
    );
  },
  "template print": ({ args: [argument], span }) =>
    argument?.value.type === "constant" && argument.value.value === undefined
      ? text("", span)
      : argument?.value,
  "template items": ({ run, args: [argument] }) => {
    if (!argument) return undefined;
    const { value, span } = argument;
    if (value.type !== "record") return iterable(run, value, span) ?? list([], span);
    return list(
      [...value.entries.values()].map((entry) => listElement(entry.value, entry.span)),
      span,
    );
  },
  "template section": ({ run, args: [argument] }) => {
    if (!argument) return undefined;
    const { value, span } = argument;
    if (value.type === "list") return value;
    return list(truth(run, value, span) ? [listElement(value, span)] : [], span);
  },
  "template lookup": ({ run, args: [object, key, outer], span }) => {
    const name = literalText(key?.value) ?? "";
    if (object?.value.type === "record" && entryOf(object.value, name))
      return getMember(run, object.value, name, span);
    const isKnown = outer && !(outer.value.type === "opaque" && outer.value.scope === "unknown");
    if (object?.value.type === "opaque" && !isKnown) return opaqueMember(run, object.value, name, span);
    return outer?.value ?? constant(undefined);
  },
};
