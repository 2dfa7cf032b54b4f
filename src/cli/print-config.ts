import { shownPath } from "./discover-files.ts";
import { configOf } from "./analyze.ts";
import type { Arguments } from "./arguments.ts";
import type { Linter } from "./linter.ts";
import { UsageError } from "./usage-error.ts";
import type { FileSettings, StatedScope } from "../engine/settings.ts";

/**
 * What holds for one file, as JSON: the configs it comes from, the farthest first, and their keys.
 * @throws UsageError as linting the file would
 */
export async function printConfig(
  args: Arguments,
  path: string,
  cwd: string,
  linter: Linter,
): Promise<string> {
  const config = await configOf(args, cwd, linter);
  const settings = config.settingsOf(path);
  const configs = config.configsOf(path).map((file) => shownPath(file, cwd));
  if (config.errors.length > 0) throw new UsageError(config.errors.join("\n"));
  const excluded = config.exclusionOf(path);
  const printed = { file: path, configs, ...(excluded && { excluded }), ...toConfig(settings) };
  return `${JSON.stringify(printed, undefined, 2)}\n`;
}

/** Settings under the keys that a config has for them. */
function toConfig({ rules, ruleOptions, model, variables, sources, reuse }: FileSettings): object {
  return {
    model,
    rules: Object.fromEntries(
      [...rules].map(([id, severity]) => {
        const options = ruleOptions.get(id);
        return [id, options ? [severity, options] : severity];
      }),
    ),
    variables: toRecord(variables),
    sources: toRecord(sources),
    reuse,
  };
}

/** The foremost of equal patterns counts. */
function toRecord(stated: readonly StatedScope[]): Readonly<Record<string, string>> {
  const record: Record<string, string> = {};
  for (const { pattern, scope } of stated) record[pattern] ??= scope;
  return record;
}
