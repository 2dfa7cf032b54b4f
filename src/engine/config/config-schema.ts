import { scopes } from "../../value/scope.ts";

/** What the schema must know of a rule. */
export interface ConfigurableRule {
  readonly id: string;
  /** One sentence without a full stop. */
  readonly description: string;
  /** The rule's page. */
  readonly url: string;
  /** JSON Schema of the rule's options; undefined where it has none. */
  readonly optionsSchema?: Readonly<Record<string, unknown>> | undefined;
}

/** A JSON Schema, as much of it as configs and the options of rules need. */
export type Schema = Readonly<Record<string, unknown>>;

const severities = ["error", "warn", "off"];
const patterns = {
  type: ["string", "array"],
  items: { type: "string", minLength: 1 },
  minLength: 1,
};

/**
 * The JSON Schema of config files for some rules. The published `schema.json` is this for all rules; whether models
 * exist and patterns match is checked elsewhere.
 */
export function configSchema(rules: readonly ConfigurableRule[]): Schema {
  const settings = settingsSchema(rules);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Config of promptlint",
    type: "object",
    properties: {
      $schema: { type: "string" },
      extends: {
        description:
          "Presets (promptlint:recommended, promptlint:strict), config files and packages; later ones beat earlier ones.",
        type: ["string", "array"],
        items: { type: "string", minLength: 1 },
        minLength: 1,
      },
      root: { description: "True where configs of folders further up do not count.", type: "boolean" },
      files: {
        description: "Only files that match are linted. Patterns are those of .gitignore.",
        ...patterns,
      },
      ignores: {
        description: "Files that match are not linted. Patterns are those of .gitignore.",
        ...patterns,
      },
      ...settings,
      overrides: {
        description: "Settings for some files; later ones beat earlier ones.",
        type: "array",
        items: {
          type: "object",
          properties: {
            files: { description: "The files that these settings are for.", ...patterns },
            ignores: { description: "Files among them that are left out.", ...patterns },
            ...settings,
          },
          required: ["files"],
          additionalProperties: false,
        },
      },
    },
    additionalProperties: false,
  };
}

function settingsSchema(rules: readonly ConfigurableRule[]): Schema {
  return {
    rules: {
      description: "Severities by rule id, alone or in a list with the options of the rule.",
      type: "object",
      properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule)])),
      additionalProperties: false,
    },
    model: {
      description: "The model of requests whose own is not known, by any of its names.",
      type: "string",
      minLength: 1,
    },
    variables: {
      description: "Scopes of template placeholders and parameters, by name or by a pattern with *.",
      ...statedScopes,
    },
    sources: {
      description: "Scopes of what your own functions return, by name or by a pattern with *.",
      ...statedScopes,
    },
    reuse: {
      description: "How often a prefix is sent, for rules about TTL and cost.",
      type: "object",
      properties: {
        secondsBetweenRequests: {
          description: "Seconds from one request of a prefix to the next one.",
          type: "number",
          exclusiveMinimum: 0,
        },
        requestsPerPrefix: {
          description: "Requests that are sent with one prefix before it changes, the first one included.",
          type: "number",
          minimum: 1,
        },
      },
      additionalProperties: false,
    },
  };
}

const statedScopes = {
  type: "object",
  additionalProperties: { enum: scopes.filter((scope) => scope !== "unknown") },
};

/** A severity, or a list of it and options. Options are checked where the value is a list, so that errors name them. */
function ruleSchema({ description, url, optionsSchema }: ConfigurableRule): Schema {
  const list = optionsSchema
    ? { items: [{ enum: severities }, optionsSchema], minItems: 1, maxItems: 2 }
    : { items: [{ enum: severities }], minItems: 1, maxItems: 1 };
  return {
    description: `${description}. ${url}`,
    if: { type: "array" },
    // oxlint-disable-next-line unicorn/no-thenable -- The keyword of JSON Schema.
    then: { ...list },
    else: { enum: severities },
  };
}
