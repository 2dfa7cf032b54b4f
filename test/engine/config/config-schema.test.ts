import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { loadLinter } from "../../../src/cli/load-linter.ts";
import { configSchema } from "../../../src/engine/config/config-schema.ts";
import type { Config } from "../../../src/engine/config/config.ts";

const schema = configSchema(loadLinter().rules);

// UPDATE=1 npx vitest run test/engine/config writes it anew.
test("the published schema is the one that configs are checked with", async () => {
  const path = join(import.meta.dirname, "../../../schema.json");
  if (process.env["UPDATE"]) {
    const { format, resolveConfig } = await import("prettier");
    const text = JSON.stringify(schema);
    writeFileSync(path, await format(text, { ...(await resolveConfig(path)), parser: "json" }));
  }
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(schema);
});

test.each<[name: string, config: Config | Record<string, unknown>, isValid: boolean]>([
  ["nothing", {}, true],
  [
    "every key",
    {
      $schema: "https://example.org",
      extends: ["promptlint:strict"],
      root: true,
      files: "src",
      ignores: ["*.py"],
      rules: {
        "valid-ttl": "off",
        "no-low-benefit-checkpoint": ["warn", { leastShare: 0.1 }],
        "max-checkpoints": ["error"],
      },
      overrides: [{ files: ["a"], ignores: "b", model: "gpt-5" }],
      model: "gpt-5",
      variables: { "user_*": "user" },
      sources: { load: "session" },
      reuse: { secondsBetweenRequests: 30, requestsPerPrefix: 5 },
    } satisfies Config,
    true,
  ],
  [
    "an option that is out of its range",
    { rules: { "no-low-benefit-checkpoint": ["warn", { leastShare: 3 }] } },
    false,
  ],
  ["a rule without a severity", { rules: { "valid-ttl": [] } }, false],
  ["an unknown scope", { variables: { a: "unknown" } }, false],
])("editors, which use other validators, judge %s alike", (_, config, isValid) => {
  const validate = new Ajv({ strict: false }).compile(schema);
  expect(validate(config)).toBe(isValid);
});
