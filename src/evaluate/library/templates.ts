import type { Template, TemplateOptions, TemplateSyntax } from "../../program/template.ts";
import type { TextPiece } from "../../source/mapped-text.ts";
import { constant, list, listElement, record, recordEntry, text } from "../../value/construct.ts";
import { accessPath, entryOf, libraryName, literalText } from "../../value/inspect.ts";
import type { ArgumentValue, OpaqueValue, TextValue, Value } from "../../value/value.ts";
import { callValue } from "../calls.ts";
import { truth } from "../conditions.ts";
import { iterable } from "../iteration.ts";
import { getMember } from "../members.ts";
import { derivedValue, opaqueMember } from "../opaques.ts";
import { renderTemplate, type TemplateVariable } from "../templates.ts";
import { readFile } from "./files.ts";
import type { LibraryCall, LibraryFunction } from "./library.ts";
import { allRegistered, register, registered, share } from "./template-engines.ts";

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
  /^@?langchain[\w.]*\.(?:PromptTemplate|ChatPromptTemplate)(?:\.from_?[tT]emplate)?\(\)(?:\.partial\(\))*\.format$/;
const liquidCall =
  /^liquid\.(?:\w+\.)?(?:\w*Environment\(\)\.(?:get_template|from_string|parse)|Template|parse)\(\)\.render$/;

/** Renders a template where a call of this name does; undefined: it does not, or the template is not in view. */
export function renderCall(call: LibraryCall, name: string): Value | undefined {
  const { receiver } = call;
  if (receiver.type !== "opaque") return undefined;
  if (register(call, name)) return constant(undefined);
  if (call.isPython) {
    if (jinjaCall.test(name) || liquidCall.test(name)) {
      return render(call, jinjaTemplate(call, receiver), call.args, call.named);
    }
    if (promptTemplateCall.test(name))
      return render(call, promptTemplate(call, receiver), call.args, call.named);
    if (/^(?:chevron|pystache)\.render$/.test(name)) return renderText(call, "handlebars");
    if (/^langchain[\w.]*\.PromptTemplate\.from_file$/.test(name)) return fromFile(call, receiver);
    return undefined;
  }
  const compiled = compilers.find(([pattern]) => pattern.test(name));
  if (compiled) {
    const [, syntax] = compiled;
    // Handlebars takes options behind the variables, the others take none.
    const [variables, options] = call.args;
    const given = new Map([
      ...(syntax === "handlebars" ? allRegistered(call.run, "partial") : []),
      ...valuesIn(entryOf(options?.value, "partials")?.value),
    ]);
    const template = fromText(call, argumentAt(receiver, 0), syntax, undefined, given);
    return render(call, template, variables ? [variables] : [], call.named);
  }
  if (promptTemplateCall.test(name))
    return render(call, promptTemplate(call, receiver), call.args, call.named);
  if (/^mustache(?:\.default)?\.render$/.test(name)) return renderText(call, "handlebars");
  if (/^nunjucks(?:\.default)?\.(?:(?:configure|Environment)\(\)\.)?renderString$/.test(name)) {
    return renderText(call, "jinja");
  }
  if (/^nunjucks(?:\.default)?\.(?:render|(?:configure|Environment)\(\)\.render)$/.test(name)) {
    return renderNamed(call, "jinja", receiver, call.args);
  }
  if (/^nunjucks(?:\.default)?\.(?:configure|Environment)\(\)\.getTemplate\(\)\.render$/.test(name)) {
    const made = callBefore(receiver);
    const maker =
      made?.origin.kind === "call" && made.origin.callee.type === "opaque" ? made.origin : undefined;
    if (!maker) return undefined;
    return renderNamed(call, "jinja", maker.callee as OpaqueValue, [
      ...maker.arguments.slice(0, 1),
      ...call.args,
    ]);
  }
  if (/^liquidjs\.Liquid\(\)\.parseAndRender(?:Sync)?$/.test(name)) return renderText(call, "jinja");
  if (/^liquidjs\.Liquid\(\)\.renderFile(?:Sync)?$/.test(name)) {
    return renderNamed(call, "jinja", receiver, call.args);
  }
  if (/^(?:ejs(?:\.default)?\.render|eta\.Eta\(\)\.renderString)(?:Async)?$/.test(name)) {
    return renderText(call, "tags");
  }
  if (/^(?:ejs(?:\.default)?\.renderFile|eta\.Eta\(\)\.render)(?:Async)?$/.test(name)) {
    return renderNamed(call, "tags", receiver, call.args);
  }
  return undefined;
}

/** Functions that make a template of a text, to be called with its variables. */
const compilers: readonly (readonly [RegExp, TemplateSyntax])[] = [
  [/^handlebars(?:\.\w+(?:\(\))?)*\.compile\(\)$/i, "handlebars"],
  [/^(?:ejs(?:\.default)?\.compile|lodash(?:\.default)?\.template)\(\)$/, "tags"],
];

/** `PromptTemplate.from_template(text)` or `PromptTemplate(template=text)` of LangChain. */
function promptTemplate(call: LibraryCall, callee: OpaqueValue): Named {
  const partial: (readonly [string, Value])[] = [];
  let made = callBefore(callee);
  while (made && memberOf(made) === "partial" && made.origin.kind === "call") {
    for (const { name, value } of made.origin.arguments.toReversed())
      partial.unshift(...(name === undefined ? valuesIn(value) : [[name, value] as const]));
    const { callee: method } = made.origin;
    made = method.type === "opaque" ? callBefore(method) : undefined;
  }
  if (!made) return { template: undefined };
  const options = argumentAt(made, 0);
  const given = argumentOf(made, "template") ?? entryOf(options, "template")?.value ?? options;
  const format = argumentOf(made, "template_format") ?? entryOf(options, "templateFormat")?.value;
  const formats: Readonly<Record<string, TemplateSyntax>> = { jinja2: "jinja", mustache: "handlebars" };
  const declared = argumentOf(made, "partial_variables") ?? entryOf(options, "partialVariables")?.value;
  const fixed = [...valuesIn(declared), ...partial].map(
    ([name, value]) => [name, askedAtEachFormat(call, value)] as const,
  );
  const named = fromText(call, given, formats[literalText(format) ?? ""] ?? "format");
  return {
    ...named,
    globals: record(
      call.span,
      fixed.map(([name, value]) => [name, recordEntry(value, call.span)] as const),
    ),
  };
}

/** `PromptTemplate.from_file(path)` as `from_template` with the text of the file. */
function fromFile(call: LibraryCall, callee: OpaqueValue): Value | undefined {
  const { run, span } = call;
  const path = call.args[0] ?? call.named.get("template_file");
  const read = path && readFile(run, path.value, path.span);
  if (read?.type !== "text" || callee.origin.kind !== "member") return undefined;
  const maker = opaqueMember(run, callee.origin.object, "from_template", span);
  const others = [...call.named.values()].filter((argument) => argument !== path);
  return callValue(run, maker, [{ ...path!, name: undefined, value: read }, ...others], span);
}

/** LangChain calls a function that stands for a variable whenever it formats the template. */
function askedAtEachFormat({ run, span }: LibraryCall, value: Value): Value {
  if (value.type === "function") return callValue(run, value, [], span);
  const isNamed = value.type === "opaque" && value.origin.kind !== "call" && libraryName(value) !== undefined;
  const given = isNamed ? callValue(run, value, [], span) : undefined;
  return given && !(given.type === "opaque" && given.scope === "unknown") ? given : value;
}

/** `engine.render(name, variables)`, where the engine knows the folders it looks in. */
function renderNamed(
  call: LibraryCall,
  syntax: TemplateSyntax,
  callee: OpaqueValue,
  args: readonly ArgumentValue[],
): TextValue | undefined {
  const engine = callee.origin.kind === "member" ? callee.origin.object : undefined;
  const first = engine && argumentAt(engine, 0);
  const folders = ["root", "views", "layouts"].flatMap((key) => textsIn(entryOf(first, key)?.value));
  const loaders = first?.type === "list" ? first.elements.map(({ value }) => value) : [first];
  const name = literalText(args[0]?.value);
  const known = [...textsIn(first), ...folders, ...loaders.flatMap((loader) => foldersOf(loader))];
  return render(call, { template: readNamed(call, name, known, syntax) }, args.slice(1), call.named);
}

/** `render(text, variables)`. */
function renderText(call: LibraryCall, syntax: TemplateSyntax): Value | undefined {
  const first = call.args[0]?.value ?? call.named.get("template")?.value;
  const source = first && openedFile(call, first);
  const [, variables, partials] = call.args;
  const data = call.named.get("data") ?? variables;
  const given = new Map(valuesIn((call.named.get("partials_dict") ?? partials)?.value));
  return render(call, fromText(call, source, syntax, undefined, given), data ? [data] : [], call.named);
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
    const shared = entryOf(globals, name)?.value ?? registered(run, "global", name);
    if (shared) return shared;
    const helper = registered(run, "helper", name);
    if (helper) return callValue(run, helper, [], at);
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
  share(call.run, "filter", environment ? functionsIn(entryOf(environment, "filters")?.value) : []);
  const loader = environment && argumentOf(environment, "loader");
  const given = new Map(textsInLoader(loader));
  if (method === "from_string" || !environment) {
    const source = argumentAt(made, 0) ?? argumentOf(made, "source");
    return { ...fromText(call, source, "jinja", optionsOf(environment ?? made), given), globals };
  }
  const name = literalText(argumentAt(made, 0) ?? argumentOf(made, "name"));
  const own = name === undefined ? undefined : given.get(name);
  const options = optionsOf(environment);
  if (own) return { ...fromText(call, own, "jinja", options, given), globals };
  return { template: readNamed(call, name, foldersOf(loader), "jinja", options), globals };
}

function readNamed(
  { run, span }: LibraryCall,
  name: string | undefined,
  folders: readonly string[],
  syntax: TemplateSyntax,
  options?: TemplateOptions,
): Template | undefined {
  if (name === undefined) return undefined;
  return run.host.readTemplate({ fromFile: span.file, name, folders, syntax, ...(options && { options }) });
}

/** What `Environment(...)` says about the templates it reads; undefined where they are as usual. */
function optionsOf(environment: OpaqueValue): TemplateOptions | undefined {
  const isSet = (name: string): boolean => {
    const value = argumentOf(environment, name);
    return value?.type === "constant" && value.value === true;
  };
  const kinds = { output: "variable", tag: "block", comment: "comment" } as const;
  const delimiters = Object.entries(kinds).flatMap(([kind, name]) => {
    const start = literalText(argumentOf(environment, `${name}_start_string`));
    const end = literalText(argumentOf(environment, `${name}_end_string`));
    return start && end ? [[kind, [start, end] as const] as const] : [];
  });
  const options: TemplateOptions = {
    ...(delimiters.length > 0 && { delimiters: Object.fromEntries(delimiters) }),
    ...(isSet("trim_blocks") && { trimBlocks: true }),
    ...(isSet("lstrip_blocks") && { stripBlocks: true }),
  };
  return Object.keys(options).length > 0 ? options : undefined;
}

/** The text of a file that is handed over opened; any other value is given back. */
function openedFile({ run, span }: LibraryCall, value: Value): Value {
  if (value.type !== "opaque" || value.origin.kind !== "call") return value;
  const [path] = value.origin.arguments;
  return path && libraryName(value) === "open()" ? readFile(run, path.value, span) : value;
}

/** The method whose call made a value. */
function memberOf({ origin }: OpaqueValue): string | undefined {
  if (origin.kind !== "call" || origin.callee.type !== "opaque") return undefined;
  return origin.callee.origin.kind === "member" ? origin.callee.origin.name : undefined;
}

/**
 * A template given as text. Holes in it are variables that nobody else can name.
 * @param given texts it may include, or templates compiled from them, by name
 */
function fromText(
  { run, span }: LibraryCall,
  source: Value | undefined,
  syntax: TemplateSyntax,
  options?: TemplateOptions,
  given: ReadonlyMap<string, Value> = new Map(),
): Named {
  if (source?.type !== "text") return { template: undefined };
  const holes = new Map<string, Value>();
  const piecesOf = ({ parts }: TextValue): TextPiece[] =>
    parts.map((part): TextPiece => {
      if (part.kind === "literal") return part;
      const name = `hole_${holes.size}`;
      holes.set(name, part.hole);
      return { text: placeholderOf(name, syntax, options), span: part.span };
    });
  const included = [...given].flatMap(([name, value]) => {
    const written = value.type === "opaque" ? argumentAt(value, 0) : value;
    return written?.type === "text" ? [[name, piecesOf(written)] as const] : [];
  });
  const pieces = piecesOf(source);
  return { template: run.host.parseTemplate(pieces, syntax, span.file, options, new Map(included)), holes };
}

function placeholderOf(name: string, syntax: TemplateSyntax, options: TemplateOptions | undefined): string {
  if (syntax === "format") return `{${name}}`;
  const usual = syntax === "tags" ? (["<%= ", " %>"] as const) : (["{{", "}}"] as const);
  const [start, end] = options?.delimiters?.output ?? usual;
  return start + name + end;
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

/** The templates a loader holds itself, by name. */
function textsInLoader(loader: Value | undefined): readonly (readonly [string, Value])[] {
  if (loader?.type !== "opaque") return [];
  const first = argumentAt(loader, 0);
  if (nameOfCallee(loader) === "DictLoader") return valuesIn(first ?? argumentOf(loader, "mapping"));
  if (nameOfCallee(loader) !== "ChoiceLoader" || first?.type !== "list") return [];
  return first.elements.flatMap(({ value }) => textsInLoader(value));
}

/** The values of a record, by key. */
function valuesIn(value: Value | undefined): readonly (readonly [string, Value])[] {
  return value?.type === "record"
    ? [...value.entries].map(([key, entry]) => [key, entry.value] as const)
    : [];
}

/** Filters that a program adds to those of the engine: `env.filters["day"] = ...`. */
function functionsIn(value: Value | undefined): readonly (readonly [string, Value])[] {
  const entries = value?.type === "record" ? value.entries : value?.type === "opaque" ? value.fields : [];
  return [...entries].flatMap(([name, entry]) =>
    entry.value.type === "function" ? [[name, entry.value] as const] : [],
  );
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
    const name = literalText(args.at(-1)?.value) ?? "";
    const helper = registered(run, "helper", name) ?? registered(run, "filter", name);
    if (helper) return callValue(run, helper, args.slice(0, -1), span);
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
    const isKnown =
      outer &&
      !(outer.value.type === "opaque" ? outer.value.scope === "unknown" : literalText(outer.value) === "");
    if (object?.value.type === "opaque" && !isKnown) return opaqueMember(run, object.value, name, span);
    return outer?.value ?? constant(undefined);
  },
};
