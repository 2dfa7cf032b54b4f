import { describeOpaque, opaqueIn } from "../dialects/record-view.ts";
import { accessPath, libraryName } from "../value/inspect.ts";
import type { OpaqueValue, Value } from "../value/value.ts";

/** How many values made from others are looked through. */
const maximumOperations = 16;

/**
 * Who names a model that no text in view names, as a noun phrase: a source that is known, such as the environment, or
 * what is handed to a function whose callers are out of view.
 * @returns undefined where a part of the value could not be followed to where it enters the program
 */
export function chooserOf(value: Value): string | undefined {
  return sourcesOf(value, maximumOperations)?.[0];
}

function sourcesOf(value: Value, left: number): readonly string[] | undefined {
  const found: string[] = [];
  for (const opaque of opaqueIn(value)) {
    const sources = sourcesOfOpaque(opaque, left);
    if (!sources) return undefined;
    found.push(...sources);
  }
  return found;
}

function sourcesOfOpaque(value: OpaqueValue, left: number): readonly string[] | undefined {
  const { origin } = value;
  if (origin.kind === "operation") {
    const each = left === 0 ? [undefined] : origin.operands.map((operand) => sourcesOf(operand, left - 1));
    if (!each.every((sources) => sources !== undefined)) return undefined;
    const sources = each.flat();
    if (sources.length > 0) return sources;
  }
  if (isOption(value)) return ["the command line"];
  return isGiven(value) || value.scope !== "unknown" ? [describeOpaque(value)] : undefined;
}

/** `parser.parse_args().model`, `program.opts().model`, `yargs(argv).argv.model` */
const options = /\.parse_(?:known_)?args\(\)|^(?:commander|yargs|minimist|meow|cac)\b/;

function isOption(value: OpaqueValue): boolean {
  return options.test(libraryName(value) ?? "");
}

/** Methods of records, lists and texts that give what is in them. */
const contents = /^(?:get|items|values|keys|entries|at|pop|shift|copy|r?split|r?partition|model_dump|dict)$/;

/** Whether a value is handed to the program; what other methods of such an object give is code that was not followed. */
function isGiven(value: OpaqueValue): boolean {
  const { root, steps } = accessPath(value);
  if (!steps.every((step, index) => step !== "()" || contents.test(steps[index - 1] ?? ""))) return false;
  return root.kind === "element" ? isGiven(root.of) : root.kind === "parameter";
}
