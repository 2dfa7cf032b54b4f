import { presentEntry, viewRecord } from "../../dialects/record-view.ts";
import type { LoweredBody } from "../../dialects/request-draft.ts";
import type { Checkpoint, MarkFault } from "../../request/request.ts";
import { literalText } from "../../value/inspect.ts";
import type { RecordEntryValue } from "../../value/value.ts";
import { behaviours } from "../behaviours.ts";
import { constructionOf, findArgument } from "../construction.ts";
import { injectCheckpoint, lastSegmentOf, type InjectedMark } from "../inject-checkpoints.ts";
import type { CallContext } from "../sdk.ts";
import type { AgentModel } from "./models.ts";

/** Model settings: those of the agent, with those of the run on top. */
export class ModelSettings {
  readonly #layers: readonly RecordEntryValue[];

  constructor(layers: readonly (RecordEntryValue | undefined)[]) {
    this.#layers = layers.filter((layer) => layer !== undefined);
  }

  /** A setting by its name. */
  get(name: string): RecordEntryValue | undefined {
    for (const { value } of this.#layers) {
      const made = constructionOf(value);
      const entry = made ? findArgument(made, [name]) : presentEntry(viewRecord(value), name);
      if (entry) return entry;
    }
    return undefined;
  }

  /** A setting that switches a mark on: `True`, or a TTL. */
  mark(name: string): InjectedMark | undefined {
    const entry = this.get(name);
    if (!entry || (entry.value.type === "constant" && entry.value.value === false)) return undefined;
    const text = literalText(entry.value);
    const isOn = entry.value.type === "constant";
    const ttl: Checkpoint["ttl"] = isOn ? undefined : { text, span: entry.span, known: text !== undefined };
    return { span: entry.entrySpan, ttl };
  }
}

/** Most checkpoints of a request; Pydantic AI removes those on the oldest messages beyond it. */
const maximumCheckpoints = 4;

/**
 * The checkpoints the settings place: behind the tools, behind the last static instruction, and at the end of the
 * messages. `staticBlocks`: how many blocks of the system text come before the first dynamic instruction.
 * https://github.com/pydantic/pydantic-ai/blob/4fda389/pydantic_ai_slim/pydantic_ai/models/anthropic.py and
 * .../models/bedrock.py, .../models/openrouter.py, read 2026-11-22.
 */
export function applySettings(
  lowered: LoweredBody,
  model: AgentModel,
  settings: ModelSettings,
  staticBlocks: number,
  context: CallContext,
): LoweredBody {
  const faults: MarkFault[] = [];
  /** The mark a setting asks for, if this version reads it. */
  const mark = (name: MarkSetting | OpenRouterSetting): InjectedMark | undefined => {
    const asked = settings.mark(name);
    const dropped = asked && whyDropped(name, model);
    if (asked && dropped) {
      faults.push({ kind: "ignored", span: asked.span, after: lowered.segments.length - 1, ...dropped });
      return undefined;
    }
    if (!asked || isForOpenRouter(name) || context.holds(`pydantic-ai: reads ${name}`)) return asked;
    const after = lowered.segments.length - 1;
    faults.push({ kind: "ignored", span: asked.span, after, ...unreadSetting(name) });
    return undefined;
  };
  const prefix = model.settings;
  if (!prefix) return lowered;
  let body = lowered;
  const tools = mark(`${prefix}_cache_tool_definitions`);
  if (tools) body = injectCheckpoint(body, lastSegmentOf(body, "tools"), tools);
  const instructions = mark(`${prefix}_cache_instructions`);
  if (instructions) {
    const after = body.segments.findLastIndex(
      ({ region, block }) => region === "system" && block < staticBlocks,
    );
    body = injectCheckpoint(body, after, instructions);
  }
  const messages = mark(`${prefix}_cache_messages`);
  const last = lastSegmentOf(body, "messages");
  if (messages) body = injectCheckpoint(body, last, messages);
  const automatic = prefix === "anthropic" ? mark("anthropic_cache") : undefined;
  if (automatic && !body.checkpoints.some(({ after }) => after === last) && last >= 0) {
    const checkpoint: Checkpoint = { ...automatic, origin: "automatic", region: "messages", after: last };
    body = { ...body, checkpoints: [...body.checkpoints, checkpoint] };
  }
  return withoutSurplus({ ...body, faults: [...body.faults, ...faults] });
}

/**
 * For Bedrock, Pydantic AI looks up what a model takes before it places a cache point.
 * https://github.com/pydantic/pydantic-ai/blob/4fda389/pydantic_ai_slim/pydantic_ai/providers/bedrock.py, read 2026-11-22.
 */
function whyDropped(name: string, model: AgentModel): Pick<MarkFault, "reason" | "remedy"> | undefined {
  const id = literalText(model.model?.value);
  if (model.settings !== "bedrock" || id === undefined || id.startsWith("arn:")) return undefined;
  if (!/anthropic|nova/.test(id)) {
    return {
      reason:
        "On Bedrock, Pydantic AI places cache points for Claude and Amazon Nova only, so this setting does nothing.",
      remedy: "Remove it.",
    };
  }
  if (!/nova/.test(id) || name !== "bedrock_cache_tool_definitions") return undefined;
  return {
    reason: "Pydantic AI places no cache point behind the tools for Amazon Nova, which takes none there.",
    remedy: "Remove the setting: a checkpoint behind the instructions covers the tools as well.",
  };
}

/** Those of OpenRouter came all at once, with a version that nobody has looked up. */
type OpenRouterSetting = `openrouter_cache_${"tool_definitions" | "instructions" | "messages"}`;

function isForOpenRouter(name: MarkSetting | OpenRouterSetting): name is OpenRouterSetting {
  return name.startsWith("openrouter_");
}

/** Settings that place marks. */
type MarkSetting =
  `${"anthropic" | "bedrock"}_cache_${"tool_definitions" | "instructions" | "messages"}` | "anthropic_cache";

function unreadSetting(name: MarkSetting): Pick<MarkFault, "reason" | "remedy"> {
  const { since } = behaviours[`pydantic-ai: reads ${name}`];
  return {
    reason: `Pydantic AI reads \`${name}\` from version ${since} on, so nothing is marked here.`,
    remedy: `Require pydantic-ai ${since} or later.`,
  };
}

function withoutSurplus(body: LoweredBody): LoweredBody {
  const surplus = body.checkpoints.length - maximumCheckpoints;
  if (surplus <= 0) return body;
  const oldest = body.checkpoints.filter(
    ({ region, origin }) => region === "messages" && origin !== "automatic",
  );
  const removed = new Set(oldest.slice(0, surplus));
  return { ...body, checkpoints: body.checkpoints.filter((checkpoint) => !removed.has(checkpoint)) };
}
