import { earliestDay } from "./dates.ts";
import {
  automaticMarks,
  cachings,
  markApis,
  markRegions,
  modelStatuses,
  providers,
  sourceConfidences,
  tokenizerNames,
  ttls,
} from "./model-entry.ts";
import { modelIdForms } from "./model-id.ts";
import { platforms } from "./platforms.ts";
import { sources } from "./sources.ts";

/** What a field takes. */
interface FieldSchema {
  readonly accepts: string;
  readonly test: (value: unknown) => boolean;
  readonly required?: true;
}

type Schema = Readonly<Record<string, FieldSchema>>;
type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";
const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0;
const isPrice = (value: unknown): value is number =>
  typeof value === "number" && value > 0 && value < Infinity;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof RegExp);

const text: FieldSchema = { accepts: "a text that is not empty", test: isText };
const count: FieldSchema = { accepts: "a whole number above 0", test: isCount };
const price: FieldSchema = { accepts: "a number of US dollars above 0", test: isPrice };
const flag: FieldSchema = { accepts: "true or false", test: (value) => typeof value === "boolean" };
const date: FieldSchema = {
  accepts: "a date as YYYY, YYYY-MM or YYYY-MM-DD",
  test: (value) => typeof value === "string" && earliestDay(value) !== undefined,
};
const fields: FieldSchema = { accepts: "an object", test: isFields };

function required(schema: FieldSchema): FieldSchema {
  return { ...schema, required: true };
}

function oneOf(...values: readonly string[]): FieldSchema {
  return { accepts: `one of ${values.join(", ")}`, test: (value) => values.includes(value as string) };
}

function listOf(...values: readonly string[]): FieldSchema {
  return {
    accepts: `a list, without repetition, of ${values.join(", ")}`,
    test: (value) =>
      Array.isArray(value) &&
      new Set(value).size === value.length &&
      value.every((item) => values.includes(item as string)),
  };
}

const citation: Schema = {
  source: required(oneOf(...Object.keys(sources))),
  asOf: required(date),
  confidence: required(oneOf(...sourceConfidences)),
};

const citedNumber: Schema = { value: required(count), ...citation };

const figureFields = [
  "minimumTokens",
  "conservativeMinimumTokens",
  "maximumCheckpoints",
  "maximumCachedTokens",
  "lookbackBlocks",
] as const;
const figure: FieldSchema = {
  accepts: "a whole number above 0, or such a value with its source, asOf and confidence",
  test: (value) => isCount(value) || isFields(value),
};

const priceList: Schema = {
  input: price,
  cacheWrite5m: price,
  cacheWrite30m: price,
  cacheWrite1h: price,
  cacheWrite12h: price,
  cacheRead: price,
  output: price,
};

const platformEntry: Schema = {
  ...citation,
  caching: required(oneOf(...cachings)),
  automaticMark: required(oneOf(...automaticMarks)),
  ...Object.fromEntries(figureFields.map((field) => [field, figure])),
  ttls: required(listOf(...ttls)),
  regions: required(listOf(...markRegions)),
  apis: listOf(...markApis),
  cacheResource: { accepts: "true, or nothing", test: (value) => value === true },
  prices: fields,
  pricesFrom: fields,
  priceScope: text,
  regionalPriceMultiplier: price,
  longContextPrices: fields,
  storagePricePerHour: price,
  status: oneOf(...modelStatuses),
  retiredOn: date,
  note: text,
};

const modelEntry: Schema = {
  id: required(text),
  provider: required(oneOf(...providers)),
  ids: required({ accepts: "a list of ids", test: (value) => Array.isArray(value) && value.every(isText) }),
  family: {
    accepts: "a pattern from ^ to $ without flags",
    test: (value) => value instanceof RegExp && /^\^.+\$$/.test(value.source) && value.flags === "",
  },
  tokenizer: oneOf(...tokenizerNames),
  tokenizerVerified: required(flag),
  toolPreambleTokens: fields,
  thinkingBinding: text,
  platforms: required(fields),
};

/**
 * Takes catalog entries from anywhere and returns a sentence for each thing wrong with them, naming the model, the
 * field, what was found and what is accepted. An empty list means that every entry is sound and that no two of them
 * claim the same id.
 */
export function validateCatalog(entries: readonly unknown[]): string[] {
  const problems: string[] = [];
  entries.forEach((entry, index) => {
    if (!isFields(entry)) {
      problems.push(`Entry ${index + 1}: found ${shown(entry)}, accepted is an object.`);
      return;
    }
    const model = isText(entry["id"]) ? `Model ${entry["id"]}` : `Entry ${index + 1}`;
    problems.push(...modelProblems(model, entry));
  });
  return [...problems, ...idProblems(entries.filter(isFields))];
}

function modelProblems(model: string, entry: Fields): string[] {
  const problems = schemaProblems(model, entry, modelEntry);
  if (isFields(entry["toolPreambleTokens"])) {
    const preamble = { auto: required(count), forced: required(count), ...citation };
    problems.push(...schemaProblems(`${model}, toolPreambleTokens`, entry["toolPreambleTokens"], preamble));
  }
  if (!isFields(entry["platforms"])) return problems;

  const offered = Object.entries(entry["platforms"]);
  if (offered.length === 0) problems.push(`${model}, platforms: found none, accepted is at least one.`);
  for (const [platform, limits] of offered) {
    const where = `${model} on ${platform}`;
    if (!Object.hasOwn(platforms, platform)) {
      problems.push(
        `${model}, platforms: found "${platform}", accepted is ${oneOf(...Object.keys(platforms)).accepts}.`,
      );
    }
    if (isFields(limits)) problems.push(...platformProblems(where, limits, entry["family"] !== undefined));
    else problems.push(`${where}: found ${shown(limits)}, accepted is an object.`);
  }
  return problems;
}

function platformProblems(where: string, entry: Fields, isFamily: boolean): string[] {
  const problems = schemaProblems(where, entry, platformEntry);
  for (const field of figureFields) {
    const value = entry[field];
    if (isFields(value)) problems.push(...schemaProblems(`${where}, ${field}`, value, citedNumber));
  }
  if (isFields(entry["prices"]))
    problems.push(...schemaProblems(`${where}, prices`, entry["prices"], priceList));
  if (isFields(entry["pricesFrom"])) {
    problems.push(...schemaProblems(`${where}, pricesFrom`, entry["pricesFrom"], citation));
  }
  if (isFields(entry["longContextPrices"])) {
    const schema = { ...priceList, aboveInputTokens: required(count) };
    problems.push(...schemaProblems(`${where}, longContextPrices`, entry["longContextPrices"], schema));
  }
  return [...problems, ...contradictions(where, entry, isFamily)];
}

function contradictions(where: string, entry: Fields, isFamily: boolean): string[] {
  const problems: string[] = [];
  const [minimum, conservative] = [
    figureValue(entry["minimumTokens"]),
    figureValue(entry["conservativeMinimumTokens"]),
  ];
  if (conservative !== undefined && !(minimum !== undefined && conservative >= minimum)) {
    problems.push(
      `${where}, conservativeMinimumTokens: found ${conservative}, ` +
        `accepted is at least the minimumTokens of ${minimum ?? "an entry that has one"}.`,
    );
  }

  const takesMarks = entry["caching"] === "explicit" || entry["caching"] === "both";
  const regions = Array.isArray(entry["regions"]) ? entry["regions"] : [];
  if (takesMarks && regions.length === 0 && entry["cacheResource"] !== true) {
    problems.push(
      `${where}, regions: found none, accepted is at least one where caching is ${entry["caching"]}.`,
    );
  }
  if (!takesMarks && regions.length > 0) {
    problems.push(
      `${where}, regions: found ${shown(regions)}, accepted is none where caching is not explicit.`,
    );
  }
  if (entry["caching"] === "none") {
    for (const field of [...figureFields, "prices"]) {
      if (entry[field] !== undefined) {
        problems.push(
          `${where}, ${field}: found ${shown(entry[field])}, accepted is nothing where caching is none.`,
        );
      }
    }
  } else if (isFamily) {
    problems.push(`${where}, caching: found ${shown(entry["caching"])}, accepted is none for a family.`);
  }

  const { input, cacheRead } = isFields(entry["prices"]) ? entry["prices"] : {};
  if (isPrice(input) && isPrice(cacheRead) && cacheRead > input) {
    problems.push(
      `${where}, prices.cacheRead: found ${cacheRead}, accepted is at most the input price of ${input}.`,
    );
  }
  if (entry["retiredOn"] !== undefined && entry["status"] !== "retired") {
    problems.push(
      `${where}, status: found ${shown(entry["status"])}, accepted is retired with a retiredOn date.`,
    );
  }
  return problems;
}

/** Every id must lead to its own entry and to no other. */
function idProblems(entries: readonly Fields[]): string[] {
  const problems: string[] = [];
  const owners = new Map<string, string>();
  const seen = new Set<string>();
  for (const entry of entries) {
    const { id, ids, family } = entry;
    if (!isText(id)) continue;
    if (seen.has(id)) problems.push(`Model ${id}, id: found a second entry, accepted is one entry a model.`);
    seen.add(id);

    const written = Array.isArray(ids) ? ids.filter(isText) : [];
    if ((written.length === 0) === (family === undefined)) {
      problems.push(
        `Model ${id}, ids: found ${shown(ids)}, accepted are the ids of a model or the pattern of a family.`,
      );
    }
    for (const each of family === undefined ? [id, ...written] : written) {
      const forms = modelIdForms(each);
      if (!forms) {
        problems.push(`Model ${id}, ids: found "${each}", accepted is an id that names its model.`);
        continue;
      }
      const owner = owners.get(forms.name);
      if (owner !== undefined && owner !== id) {
        problems.push(
          `Model ${id}, ids: found "${each}", which model ${owner} claims too; accepted is one owner.`,
        );
      }
      owners.set(forms.name, id);
      const matching = entries.find(
        (other) =>
          other["family"] instanceof RegExp &&
          forms.bedrock !== undefined &&
          other["family"].test(forms.bedrock),
      );
      if (matching) {
        problems.push(
          `Model ${id}, ids: found "${each}", which the family ${shown(matching["id"])} matches; accepted is an id outside it.`,
        );
      }
    }
  }
  return problems;
}

function schemaProblems(where: string, record: Fields, schema: Schema): string[] {
  const problems: string[] = [];
  for (const [field, { accepts, test, required: isRequired }] of Object.entries(schema)) {
    const value = record[field];
    if (value === undefined) {
      if (isRequired) problems.push(`${where}, ${field}: found nothing, accepted is ${accepts}.`);
    } else if (!test(value)) {
      problems.push(`${where}, ${field}: found ${shown(value)}, accepted is ${accepts}.`);
    }
  }
  for (const field of Object.keys(record)) {
    if (Object.hasOwn(schema, field)) continue;
    problems.push(
      `${where}: found the field ${field}, accepted is ${oneOf(...Object.keys(schema)).accepts}.`,
    );
  }
  return problems;
}

function figureValue(stated: unknown): number | undefined {
  const value = isFields(stated) ? stated["value"] : stated;
  return isCount(value) ? value : undefined;
}

function shown(value: unknown): string {
  return value instanceof RegExp ? String(value) : (JSON.stringify(value) ?? "nothing");
}
