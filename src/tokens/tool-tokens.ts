import { createRequire } from "node:module";
import type { EstimateOptions } from "./estimate-tokens.ts";
import { TokenCounter } from "./token-counter.ts";
import { tokenizerNames, type Band, type TokenizerName } from "./tokenizer-families.ts";
import { addRanges, hullOfRanges, roundRange, zeroTokens, type TokenRange } from "./token-range.ts";

/** What a tool's definition says. */
export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  /** The JSON Schema of the parameters, as JSON text. */
  readonly schemaJson?: string;
}

export interface ToolOptions extends EstimateOptions {
  /** Keeps what it has counted; without it, everything is counted anew. */
  readonly counter?: TokenCounter;
}

/**
 * What the definitions of tools cost together, without the preamble that comes with the first one. Tools whose loading
 * is deferred are not sent: leave them out.
 */
export function toolTokens(
  definitions: ToolDefinition | readonly ToolDefinition[],
  tokenizer: TokenizerName | undefined,
  options: ToolOptions = {},
): TokenRange {
  const tools = isList(definitions) ? definitions : [definitions];
  if (tools.length === 0) return zeroTokens;
  const counter = options.counter ?? new TokenCounter();
  if (tokenizer === undefined) {
    return hullOfRanges(tokenizerNames.map((name) => toolTokens(tools, name, { ...options, counter })));
  }
  const { render, overhead, band, slack } = toolForms[tokenizer];
  const text = counter.range(tools.map(render), tokenizer, options);
  return roundRange({
    low: Math.max(text.low * band[0] - slack * tools.length, 0) + overhead * tools.length,
    best: text.best + overhead * tools.length,
    high: text.high * band[1] + (slack + overhead) * tools.length,
  });
}

/** How the model must use tools: freely (also when told to use none), at least one of them, or a named one. */
export type ToolChoice = "auto" | "any" | "tool";

export interface ToolPreambleOptions {
  /** Catalog id, such as `claude-sonnet-4-5`; without it, the range covers all models of the tokenizer. */
  readonly model?: string;
  /** What the provider's documentation says for the model, where it says something. */
  readonly published?: { readonly auto?: number; readonly forced?: number };
}

/** What the provider adds to a request that has tools at all: its own instructions on how to call them. */
export function toolPreambleTokens(
  tokenizer: TokenizerName | undefined,
  choice: ToolChoice,
  { model, published }: ToolPreambleOptions = {},
): TokenRange {
  if (tokenizer === undefined) {
    return hullOfRanges(tokenizerNames.map((name) => toolPreambleTokens(name, choice)));
  }
  const rows = preambles[tokenizer];
  const own = rows.filter((row) => model !== undefined && row.models.test(model));
  const recorded = (own.length > 0 ? own : rows).map((row) => recordedPreamble(row, choice));
  const count = choice === "auto" ? published?.auto : published?.forced;
  if (count === undefined) return roundRange(hullOfRanges(recorded));
  // Published and recorded figures differ by up to 100 tokens, and neither is known to be wrong.
  const hull = hullOfRanges([...(own.length > 0 || rows.length === 1 ? recorded : []), around(count, count)]);
  return roundRange({ ...hull, best: count });
}

interface ToolForm {
  readonly render: (tool: ToolDefinition) => string;
  /** Tokens a tool on top of its text. */
  readonly overhead: number;
  /** What the rendering adds to the uncertainty of the text, as factors, and as tokens a tool. */
  readonly band: Band;
  readonly slack: number;
}

const claudeForm: ToolForm = { render: renderSpaced, overhead: 6, band: [1, 1], slack: 2 };
const novaForm: ToolForm = { render: renderCompact, overhead: 0, band: [0.9, 1.1], slack: 20 };
// Recorded definitions of Gemini cost 0.5 to 1.2 times their JSON.
const geminiForm: ToolForm = { render: renderCompact, overhead: 0, band: [0.5, 1.2], slack: 15 };
// Enumerations and titles in schemas are rendered in ways that no formula has caught.
const openaiForm: ToolForm = { render: renderNamespace, overhead: 0, band: [0.8, 1.35], slack: 4 };

const toolForms: Readonly<Record<TokenizerName, ToolForm>> = {
  "claude-v3": claudeForm,
  "claude-v4.7": claudeForm,
  "nova-1": novaForm,
  "nova-2": novaForm,
  "gemini-2": geminiForm,
  "gemini-3": geminiForm,
  o200k: openaiForm,
  cl100k: openaiForm,
};

type Interval = readonly [low: number, high: number];

interface Preamble {
  readonly models: RegExp;
  /** Recorded counts by choice. */
  readonly auto: Interval;
  readonly any?: Interval;
  readonly tool?: Interval;
}

const openaiPreambles: readonly Preamble[] = [
  // 9 tokens (5 with a system message) for the namespace; GPT-5 adds about 90 in chat completions, 8 in responses.
  { models: /^gpt-[5-9]/, auto: [5, 100] },
  { models: /^(?:gpt-[34]|o\d)/, auto: [5, 20] },
];

const preambles: Readonly<Record<TokenizerName, readonly Preamble[]>> = {
  "claude-v3": [
    { models: /^claude-3(?:-5)?-haiku/, auto: [265, 265], any: [340, 340], tool: [361, 361] },
    { models: /^claude-3-sonnet/, auto: [160, 160], any: [235, 235] },
    { models: /^claude-3-opus/, auto: [530, 530], any: [281, 281] },
    { models: /^claude-3-5-sonnet/, auto: [294, 294], any: [261, 261] },
    {
      models: /^claude-(?:3-7-sonnet|sonnet-4|opus-4|opus-4-1)$/,
      auto: [314, 314],
      any: [313, 313],
      tool: [287, 320],
    },
    // 290 with parallel calls off, 310 to 346 in recordings from before November 2025, 497 since.
    { models: /^claude-(?:haiku|sonnet|opus)-4-[56]$/, auto: [290, 497], any: [310, 589], tool: [310, 604] },
  ],
  "claude-v4.7": [
    { models: /^claude-fable-5$/, auto: [385, 385] },
    { models: /^claude-opus-5$/, auto: [381, 381] },
    { models: /^claude-sonnet-5$/, auto: [449, 449] },
    // Not isolated: too few recordings.
    { models: /^claude-opus-4-[78]$/, auto: [305, 465] },
  ],
  "nova-1": [{ models: /./, auto: [357, 357], any: [400, 400] }],
  "nova-2": [{ models: /./, auto: [832, 832] }],
  "gemini-2": [{ models: /./, auto: [0, 0] }],
  "gemini-3": [{ models: /./, auto: [0, 0] }],
  o200k: openaiPreambles,
  cl100k: openaiPreambles,
};

function recordedPreamble(row: Preamble, choice: ToolChoice): TokenRange {
  const recorded = row[choice] ?? (choice === "tool" ? row.any : undefined);
  if (recorded !== undefined) return around(...recorded);
  if (row.auto[1] <= 100) return around(...row.auto);
  // Other models' forced choices cost up to 30 tokens less and 120 more than a free one.
  return around(row.auto[0] - 30, row.auto[1] + 120);
}

/** With 5% to either side: the figures come from requests whose definitions were themselves estimated. */
function around(low: number, high: number): TokenRange {
  return { low: low * 0.95, best: high, high: high * 1.05 };
}

function isList(value: ToolDefinition | readonly ToolDefinition[]): value is readonly ToolDefinition[] {
  return Array.isArray(value);
}

/** The definition as Claude gets it: JSON with a blank after each comma and colon. */
function renderSpaced({ name, description, schemaJson }: ToolDefinition): string {
  const fields = [`"name": ${JSON.stringify(name)}`, `"parameters": ${spacedJson(parseSchema(schemaJson))}`];
  if (description !== undefined) fields.unshift(`"description": ${JSON.stringify(description)}`);
  return `{${fields.join(", ")}}`;
}

function renderCompact({ name, description, schemaJson }: ToolDefinition): string {
  return JSON.stringify({ name, description, parameters: parseSchema(schemaJson) });
}

/** The definition as OpenAI's models get it: a TypeScript type in a namespace. */
function renderNamespace(tool: ToolDefinition): string {
  const { name, description, schemaJson } = tool;
  let rendered = "";
  try {
    const library = createRequire(import.meta.url)("gpt-tokenizer/cjs/functionCalling") as FunctionCalling;
    library.estimateTokensInFunctions(
      [{ name, description, parameters: parseSchema(schemaJson) }],
      (text) => {
        rendered = text;
        return 0;
      },
    );
  } catch {
    return renderCompact(tool);
  }
  return rendered.replace("namespace functions {\n\n", "").replace("\n} // namespace functions", "");
}

interface FunctionCalling {
  estimateTokensInFunctions(functions: readonly object[], count: (text: string) => number): number;
}

/** A schema that is no JSON counts as the text it is. */
function parseSchema(schemaJson: string | undefined): unknown {
  if (schemaJson === undefined) return {};
  try {
    return JSON.parse(schemaJson);
  } catch {
    return schemaJson;
  }
}

function spacedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spacedJson).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${spacedJson(item)}`);
  return `{${fields.join(", ")}}`;
}

/** The tools of a request: their definitions and the preamble. Nothing without tools. */
export function allToolTokens(
  definitions: readonly ToolDefinition[],
  tokenizer: TokenizerName | undefined,
  choice: ToolChoice,
  options: ToolOptions & ToolPreambleOptions = {},
): TokenRange {
  if (definitions.length === 0) return zeroTokens;
  return addRanges(
    toolTokens(definitions, tokenizer, options),
    toolPreambleTokens(tokenizer, choice, options),
  );
}
