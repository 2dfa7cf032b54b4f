import type { Comment } from "../program/program.ts";
import { templateOutput, type Template } from "../program/template.ts";
import type { Span } from "../source/source-file.ts";
import { constant, text, textOf } from "../value/construct.ts";
import type { TextValue, Value } from "../value/value.ts";
import { Environment } from "./environment.ts";
import { partsOf } from "./texts.ts";
import type { Run } from "./run.ts";
import { executeAll } from "./statements.ts";
import { readStatedComments, restate, withStatedScopes } from "./stated-scopes.ts";

/** Gives a variable of a template its value; undefined: it has none. */
export type TemplateVariable = (name: string, span: Span) => Value | undefined;

/**
 * Renders a template: literals keep their places in the template, and holes stand at their placeholders.
 * @param site the call that renders it.
 * @param comments that state scopes, besides those of the template.
 */
export function renderTemplate(
  run: Run,
  template: Template,
  variable: TemplateVariable,
  site: Span,
  comments: readonly Comment[] = [],
): TextValue {
  const { module, names } = template;
  const stated = readStatedComments([...comments, ...module.comments]);
  const start: Span = { file: module.path, start: 0, end: 0 };
  const environment = new Environment(undefined, module.path, run.id, true);
  const bind = (name: string, value: Value) => environment.names.set(name, { value, load: undefined });
  // What is missing prints nothing; Jinja can tell it from empty text.
  const missing = module.language === "python" ? constant(undefined) : text("", start);
  for (const name of names) {
    const value = variable(name, start) ?? missing;
    const scope = stated.named.get(name) ?? run.host.statedScope?.("variable", module.path, () => [name]);
    bind(name, scope ? restate(value, scope, `the variable \`${name}\``) : value);
  }
  bind(templateOutput, text("", start));
  run.withFrame(site, "render", () => executeAll(run, module.body, environment));
  const output = environment.names.get(templateOutput)?.value;
  if (!output) return text("", start);
  const rendered = output.type === "text" ? output : textOf(partsOf(run, output, start));
  return withStatedScopes(rendered, stated);
}
