import { defaultOf, noteDefault } from "../../value/defaults.ts";
import { asList, literalText } from "../../value/inspect.ts";
import type { ArgumentValue, OpaqueValue, Value } from "../../value/value.ts";

/*
 * Settings that the user gives when the program starts, with what they are worth where nobody gives them: options of
 * the command line, and what is asked of a configuration by name.
 */

/** Functions that are asked for a setting by its name, with what it is otherwise. */
const settingGetter =
  /^(?:get|env|config|setting|option)s?$|^(?:get|read|load)_?(?:[Ee]nv|[Cc]onfig|[Ss]etting|[Oo]ption|[Vv]ar|[Ss]tr)/;

/** Notes the default of what an unknown call gives that asks for a setting: `config.get("model", "...")`. */
export function noteSetting(result: Value, { origin }: OpaqueValue, args: readonly ArgumentValue[]): void {
  if (origin.kind !== "member" && origin.kind !== "import" && origin.kind !== "global") return;
  if (!settingGetter.test(origin.name)) return;
  const [name, fallback] = args.filter((argument) => argument.name === undefined);
  if (literalText(name?.value) === undefined) return;
  const named = args.find((argument) => argument.name === "default" || argument.name === "fallback");
  noteDefault(result, (fallback ?? named)?.value);
}

/** Notes the default of a field where an option of the command line says it: `parser.parse_args().model`. */
export function noteOption(field: Value, object: OpaqueValue, name: string): void {
  const { origin } = object;
  if (field.type !== "opaque" || origin.kind !== "call" || origin.callee.type !== "opaque") return;
  if (defaultOf(field)) return;
  const { origin: callee } = origin.callee;
  if (callee.kind !== "member" || !/^(?:parse_args|opts|parseSync)$/.test(callee.name)) return;
  for (const method of ["@add_argument", "@option"]) {
    for (const { value } of asList(callee.object.fields.get(method)?.value)?.elements ?? []) {
      const option = value.type === "opaque" && value.origin.kind === "call" ? value.origin.arguments : [];
      if (optionName(option) === name) noteDefault(field, optionDefault(option));
    }
  }
}

/** The name under which an option is read: that of its `dest`, or its long form with underscores. */
export function optionName(args: readonly ArgumentValue[]): string | undefined {
  const dest = literalText(args.find((argument) => argument.name === "dest")?.value);
  if (dest !== undefined) return dest;
  const flags = args.flatMap((argument) =>
    argument.name === undefined ? (literalText(argument.value) ?? "").split(/[\s,]+/) : [],
  );
  const long = flags.find((flag) => flag.startsWith("--")) ?? flags[0];
  return long?.replace(/^-+/, "").replaceAll("-", "_");
}

/** `default=...`; commander takes it behind the description. */
export function optionDefault(args: readonly ArgumentValue[]): Value | undefined {
  const named = args.find((argument) => argument.name === "default")?.value;
  if (named) return named;
  const ordered = args.filter((argument) => argument.name === undefined);
  return ordered.length >= 3 ? ordered.at(-1)!.value : undefined;
}
