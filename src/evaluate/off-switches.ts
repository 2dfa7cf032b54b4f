import { literalText } from "../value/inspect.ts";
import type { OpaqueValue, Value } from "../value/value.ts";

/** Longest way from a condition to the setting that it asks for. */
const maximumDepth = 5;

/**
 * Whether something is asked for that says by its name that whoever sets it turns something off: `DISABLE_CACHING`,
 * `options.skipCache`, `os.getenv("CACHE_DISABLED", "").lower() in ("1", "true")`, or has nothing sent: `MOCK_AI`,
 * `dryRun`. Few set it.
 */
export function asksForOffSwitch(value: Value, depth = 0): boolean {
  if (value.type !== "opaque" || depth > maximumDepth) return false;
  const name = nameOf(value);
  if (name !== undefined) return turnsOff(name);
  const { origin } = value;
  if (origin.kind !== "operation") return false;
  const [first, second] = origin.operands;
  if (!first || (origin.operator === "==" && negative.has(literalText(second)?.toLowerCase() ?? "")))
    return false;
  const goesOn = /^(?:in|==|bool|Boolean|\|\||or|\..*)$/.test(origin.operator);
  return goesOn && asksForOffSwitch(first, depth + 1);
}

const negative = new Set(["", "0", "false", "no", "off"]);

function nameOf({ origin }: OpaqueValue): string | undefined {
  if (origin.kind === "member" || origin.kind === "parameter" || origin.kind === "import") return origin.name;
  if (origin.kind === "index") return literalText(origin.index);
  return origin.kind === "operation" && origin.operator === "environment"
    ? literalText(origin.operands[0])
    : undefined;
}

function turnsOff(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some(
    (word, index) =>
      /^(?:disabled?|skip|mock(?:ed|s)?|fake|stub(?:bed)?)$/.test(word) ||
      (word === "no" && index === 0) ||
      (word === "dry" && words[index + 1] === "run"),
  );
}
