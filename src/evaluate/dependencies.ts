import type { Argument, Expression, Parameter } from "../program/program.ts";
import { libraryName } from "../value/inspect.ts";
import { scopeOfName } from "../value/lexicon.ts";
import type { ArgumentValue, FunctionValue, Value } from "../value/value.ts";
import { callValue } from "./calls.ts";
import { readDottedName } from "./dotted-name.ts";
import type { Environment } from "./environment.ts";
import { evaluate } from "./expressions.ts";
import { dependencyIn, dependencyParameter } from "./library/handlers.ts";
import { sourceValue } from "./opaques.ts";
import type { Run } from "./run.ts";

/**
 * What FastAPI gives for a parameter: what the function it depends on gives, called for this request. Where that is not
 * in view, the parameter's name may tell that it is about the sender. Undefined for other parameters, and where neither
 * tells anything.
 * @param environment the scope of the function that has the parameter
 */
export function provided(run: Run, parameter: Parameter, environment: Environment): Value | undefined {
  if (run.modules.languageOf(environment.file) !== "python") return undefined;
  const provider = providerOf(run, parameter, environment.parent ?? environment);
  if (!provider) return undefined;
  const value = resultOf(run, provider, parameter);
  return value && !(value.type === "opaque" && value.scope === "unknown")
    ? value
    : (senderNamed(run, parameter) ?? value);
}

function resultOf(run: Run, provider: Value, parameter: Parameter): Value | undefined {
  if (provider.type !== "function" && provider.type !== "class") return undefined;
  const args = provider.type === "function" ? fromRequest(run, provider) : [];
  const value = callValue(run, provider, args, parameter.span);
  const isGenerator = provider.type === "function" && provider.node.isGenerator;
  return isGenerator && value.type === "list" ? value.elements[0]?.value : value;
}

/** A parameter that is named after who sends the request: `user: User = Depends(current_user)`. */
function senderNamed(run: Run, { pattern, annotation, span }: Parameter): Value | undefined {
  const name = pattern.kind === "namePattern" ? pattern.name : "";
  const scope = scopeOfName(name);
  if (scope !== "user" && scope !== "tenant") return undefined;
  const origin = { kind: "parameter" as const, functionName: "", name, annotation };
  const facts = { scope, confidence: "likely" as const, reason: `the name \`${name}\`` };
  return sourceValue(run, origin, `${span.file}:${span.start}(${name})`, span, facts);
}

/** The parameters of a dependency that are filled from the incoming request. */
function fromRequest(run: Run, { node, self }: FunctionValue): readonly ArgumentValue[] {
  if (self) return [];
  return node.parameters.flatMap((parameter): ArgumentValue[] => {
    const { pattern, annotation, span } = parameter;
    const facts = dependencyParameter(parameter);
    const isRest = parameter.kind === "rest" || parameter.kind === "namedRest";
    if (!facts || isRest || pattern.kind !== "namePattern") return [];
    const { name } = pattern;
    const origin = { kind: "parameter" as const, functionName: node.name, name, annotation };
    const value = sourceValue(run, origin, `${span.file}:${node.name}(${name})`, span, facts);
    return [{ name, value, span, entrySpan: span, stretch: false }];
  });
}

function providerOf(run: Run, parameter: Parameter, environment: Environment): Value | undefined {
  const { annotation, default: fallback } = parameter;
  const written = fallback && dependedOn(fallback);
  if (written) return evaluate(run, written, environment);
  if (annotation === undefined) return undefined;
  const name = dependencyIn(annotation);
  if (name !== undefined) return name === "" ? undefined : readDottedName(run, name, environment);
  return /^\w+$/.test(annotation) ? inAlias(readDottedName(run, annotation, environment)) : undefined;
}

/** `Depends(builder)`: what it depends on. */
function dependedOn(expression: Expression): Expression | undefined {
  if (expression.kind !== "call") return undefined;
  const { callee } = expression;
  const name = callee.kind === "name" || callee.kind === "member" ? callee.name : "";
  const first: Argument | undefined = expression.arguments[0];
  return /^(?:Depends|Security)$/.test(name) && first?.kind === "positional" ? first.value : undefined;
}

/** `Prompt = Annotated[PromptBuilder, Depends(builder)]`: what the name of the type depends on. */
function inAlias(type: Value | undefined): Value | undefined {
  if (type?.type !== "opaque" || type.origin.kind !== "index") return undefined;
  const { object, index } = type.origin;
  if (!/(?:^|\.)Annotated$/.test(libraryName(object) ?? "") || index.type !== "list") return undefined;
  for (const { value } of index.elements) {
    if (value.type !== "opaque" || value.origin.kind !== "call") continue;
    const { callee, arguments: args } = value.origin;
    const isDependency =
      callee.type === "opaque" && /(?:^|\.)(?:Depends|Security)$/.test(libraryName(callee) ?? "");
    if (isDependency) return args[0]?.value;
  }
  return undefined;
}
