import { asList, libraryName, literalText } from "../value/inspect.ts";
import type { Value } from "../value/value.ts";
import { isEnumeration } from "./enumerations.ts";
import type { Environment } from "./environment.ts";
import type { Run } from "./run.ts";
import { textsOfValueType, typeOfName } from "./script-types.ts";

/** Longest annotation that is read. */
const maximumLength = 2_000;

/** Deepest nesting of types and of the names that stand for them. */
const maximumDepth = 6;

/**
 * The texts that an annotation of Python or TypeScript holds a value to: `Literal["a", "b"]`, `"a" | "b"`, an `Enum` of
 * texts, unions of these, and names that stand for them. Undefined where something else is allowed as well.
 * @param environment where the names of the annotation are looked up
 */
export function annotatedChoices(
  run: Run,
  annotation: string,
  environment: Environment,
  depth = 0,
): readonly string[] | undefined {
  const type = annotation.trim();
  if (depth > maximumDepth || type.length > maximumLength) return undefined;
  const isPython = run.modules.languageOf(environment.file) === "python";
  const inner = (each: string): readonly string[] | undefined =>
    annotatedChoices(run, each, environment, depth + 1);
  const branches = splitTop(type, "|").filter((branch) => !isNothing(branch));
  if (branches.length > 1) return united(branches.map(inner));
  const only = branches[0]?.trim() ?? "";
  if (only !== type) return inner(only);
  const quoted = unquoted(type);
  // A text is a type of its own in TypeScript, and stands for what is written in it in Python.
  if (quoted !== undefined) return isPython ? inner(quoted) : [quoted];
  const generic = isPython ? /^([\w.]+)\s*\[(.*)\]$/s.exec(type) : null;
  if (generic) {
    const parts = splitTop(generic[2]!, ",").map((part) => part.trim());
    switch (/\w+$/.exec(generic[1]!)?.[0]) {
      case "Literal":
        return allKnown(parts.filter((part) => part !== "" && !isNothing(part)).map(unquoted));
      case "Optional":
      case "Union":
        return united(parts.filter((part) => part !== "" && !isNothing(part)).map(inner));
      case "Annotated":
      case "Final":
        return inner(parts[0] ?? "");
      default:
        return undefined;
    }
  }
  if (!isPython) {
    const texts = textsOfValueType(run, type, environment);
    if (texts) return texts;
    const named = /^[A-Z][\w$]*$/.test(type) ? typeOfName(run, type, environment) : undefined;
    return named && annotatedChoices(run, named.type, named.environment, depth + 1);
  }
  // Names begin with a capital where they stand for such types; `str` and `string` need no search.
  if (!/^(?:\w+\.)*_?[A-Z]\w*$/.test(type)) return undefined;
  return choicesOfName(run, type, environment, depth);
}

function choicesOfName(
  run: Run,
  name: string,
  environment: Environment,
  depth: number,
): readonly string[] | undefined {
  const [first, ...members] = name.split(".");
  const found = environment.find(first!);
  let value = found && run.read(found.binding);
  for (const member of members)
    value = value?.type === "record" ? value.entries.get(member)?.value : undefined;
  return value && choicesOfType(value, depth);
}

/** The texts a type allows that stands for others: `Model = Literal["a", "b"]`, `class Model(StrEnum)`. */
function choicesOfType(value: Value, depth: number): readonly string[] | undefined {
  if (depth > maximumDepth) return undefined;
  if (value.type === "class") {
    return isEnumeration(value)
      ? allKnown([...value.statics.values()].map((entry) => literalText(entry.value)))
      : undefined;
  }
  if (value.type !== "opaque") return undefined;
  const { origin } = value;
  if (origin.kind === "operation" && origin.operator === "|")
    return united(
      origin.operands
        .filter((each) => each.type !== "constant")
        .map((each) => choicesOfType(each, depth + 1)),
    );
  const [type, index] =
    origin.kind === "index"
      ? [origin.object, origin.index]
      : origin.kind === "member"
        ? [origin.object, undefined]
        : [];
  if (!type) return undefined;
  const parts = index ? (asList(index)?.elements.map((element) => element.value) ?? [index]) : [];
  switch (/\w+$/.exec(libraryName(type) ?? "")?.[0]) {
    case "Literal":
      // A single text is read like the name of a member.
      return origin.kind === "member" ? [origin.name] : allKnown(parts.map(literalText));
    case "Optional":
    case "Union":
      return united(
        parts.filter((each) => each.type !== "constant").map((each) => choicesOfType(each, depth + 1)),
      );
    default:
      return undefined;
  }
}

/** The text in quotes. */
function unquoted(source: string): string | undefined {
  return /^(["'])((?:(?!\1)[^\\\n])*)\1$/.exec(source.trim())?.[2];
}

function isNothing(type: string): boolean {
  return /^(?:None|null|undefined)$/.test(type.trim());
}

function allKnown(texts: readonly (string | undefined)[]): readonly string[] | undefined {
  return texts.length > 0 && texts.every((text) => text !== undefined) ? texts : undefined;
}

function united(all: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  if (all.length === 0 || all.some((each) => each === undefined)) return undefined;
  return [...new Set(all.flatMap((each) => each ?? []))];
}

/** Splits at a separator that stands in no brackets and no quotes. */
function splitTop(source: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = "";
  let from = 0;
  for (let at = 0; at < source.length; at++) {
    const character = source[at]!;
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if ("[({<".includes(character)) depth++;
    else if ("])}>".includes(character)) depth--;
    else if (character === separator && depth === 0) {
      parts.push(source.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, source.slice(from)];
}
