import { narrowest, type Scope } from "../value/scope.ts";
import { accessPath } from "../value/inspect.ts";
import type { HolePart, OpaqueValue } from "../value/value.ts";
import { holesOf, mayHoldMore } from "../request/questions.ts";
import type { Request, Segment, Unresolved } from "../request/request.ts";
import type { RequestView } from "../rule/request-view.ts";
import type { CheckpointView } from "../rule/request-view.ts";
import { formatNumber } from "../rule/wording.ts";
import { wireOf } from "../sdks/assets/placeholders.ts";
import { anyModelOf } from "./any-model.ts";
import type { CheckpointSummary, RequestSummary } from "./result.ts";
import type { ResolvedModel } from "./request-facts.ts";

/** Characters of a segment's text that are shown. */
const previewLength = 80;

/** Longest expression that is quoted in a sentence. */
const longestExpression = 40;

/** One request as `explain` shows it. */
export function summarize(view: RequestView, model: ResolvedModel): RequestSummary {
  const { entry, platform } = model;
  return {
    at: view.site,
    sdk: view.sdk,
    dialect: view.isNeutral ? dialectOf(model) : view.dialect,
    platform: view.platform ?? platformName(platform),
    model: entry?.id,
    modelId: view.model.text,
    otherModelIds: view.model.others ?? [],
    ...anyModel(view, model),
    isDefaultModel: view.model.text !== undefined && !view.model.certain,
    segments: view.segments.map((segment) => ({
      region: segment.region,
      role: segment.role,
      kind: segment.kind,
      scope: scopeOf(segment),
      order: segment.order.order,
      tokens: view.ownTokensOf([segment]),
      at: segment.span,
      ...(segment.message !== undefined && { message: segment.message }),
      ...(segment.sampled && { sampled: true }),
      preview: previewOf(segment, view),
    })),
    checkpoints: view.checkpoints.map((checkpoint) => ({
      at: checkpoint.span,
      afterSegment: checkpoint.after,
      ttl: checkpoint.ttl?.text ?? (checkpoint.ttl ? undefined : view.limits.defaultTtl),
      origin: checkpoint.origin,
      prefixTokens: checkpoint.tokens,
      ...reuseOf(checkpoint, view),
    })),
    ...preambleOf(view),
    unresolved: unresolvedOf(view, model).map(({ span, reason, part }) => ({ at: span, reason, part })),
    versions: view.versions ?? [],
  };
}

/** For a request whose model is not in view: the models it may be, and who names one. */
function anyModel(
  view: RequestView,
  { id }: ResolvedModel,
): Pick<RequestSummary, "anyModelOf" | "modelChosenBy"> {
  if (id !== undefined || view.isNeutral === true || view.use === "asset") return {};
  const models = anyModelOf(view);
  const { chosenBy } = view.model;
  return {
    ...(models !== undefined && { anyModelOf: models }),
    ...(chosenBy !== undefined && { modelChosenBy: chosenBy }),
  };
}

/** A model that the settings name leaves nothing open. */
function unresolvedOf({ unresolved }: RequestView, { id }: ResolvedModel): readonly Unresolved[] {
  return id === undefined ? unresolved : unresolved.filter(({ part }) => part !== "model");
}

/** The wire shape a model is usually spoken to in; undefined where there is no model either. */
function dialectOf({ entry, platform, id }: ResolvedModel): RequestSummary["dialect"] {
  if (id === undefined) return undefined;
  return platform === "bedrock" ? "converse" : wireOf(entry?.id ?? id).dialect;
}

function platformName(platform: ResolvedModel["platform"]): Request["platform"] {
  switch (platform) {
    case "anthropic":
    case "bedrock":
    case "vertex":
    case "foundry":
    case "openai":
    case "azure-openai":
    case "gemini":
      return platform;
    case undefined:
      return undefined;
    default:
      return "other";
  }
}

/** What the provider adds to the tools, which is known where nothing else of them is. */
function preambleOf(view: RequestView): Pick<RequestSummary, "toolPreambleTokens"> {
  const tool = view.segments.find(({ kind }) => kind === "tool");
  return tool ? { toolPreambleTokens: view.tokensOf([{ ...tool, parts: [], stretch: false }]) } : {};
}

/** The narrowest scope of what a segment is made of. */
function scopeOf(segment: Segment): Scope {
  return segment.parts.reduce<Scope>(
    (scope, part) => (part.kind === "hole" ? narrowest(scope, part.hole.scope) : scope),
    "static",
  );
}

function previewOf({ parts }: Segment, view: RequestView): string {
  let preview = "";
  for (const part of parts) {
    preview += part.kind === "literal" ? part.text : `{${expressionIn(view.sourceText(part.span))}}`;
    if (preview.length > previewLength) break;
  }
  const line = preview.replaceAll(/\s+/g, " ").trim();
  return line.length > previewLength ? `${line.slice(0, previewLength - 1)}…` : line;
}

/** The expression in an interpolation, which may bring its braces along: `{x}`, `${x}`, `{{ x }}`. */
function expressionIn(source: string): string {
  const inner = /^\$?\{\{?\{?([\s\S]*?)\}?\}?\}$/.exec(source.trim())?.[1];
  return (inner ?? source).trim();
}

/** Rules take what they know nothing about for the same next time; here it is said. */
function reuseOf(
  checkpoint: CheckpointView,
  view: RequestView,
): Pick<CheckpointSummary, "reusable" | "reason"> {
  const unwritten = whyNothingIsWritten(checkpoint, view);
  if (unwritten) return { reusable: false, reason: unwritten };
  const { reusable } = checkpoint.reuse;
  const doubt = reusable ? firstUnknown(checkpoint, view) : undefined;
  if (!doubt) return { reusable, reason: reasonOf(checkpoint, view) };
  const what = expressionIn(view.sourceText(doubt.span)).replaceAll(/\s+/g, " ");
  const name = what.length > longestExpression ? "what stands" : `\`${what}\``;
  const place = view.describePlace(doubt.span, checkpoint.span);
  return {
    reusable: undefined,
    reason: `The next request starts with the same bytes if ${name} at ${place} stays the same.`,
  };
}

/** Why the provider keeps nothing at a checkpoint, whatever the next request repeats. */
function whyNothingIsWritten(
  { region, tokens, prefix, origin }: CheckpointView,
  view: RequestView,
): string | undefined {
  const { limits, modelName, use } = view;
  if (use === "count" || use === "fragment" || origin === "implicit") return undefined;
  if (limits.caching?.value === "none") {
    const isJob = use === "batch" && view.platform === "bedrock";
    return `${isJob ? "A batch job on Amazon Bedrock" : modelName} has no prompt caching.`;
  }
  const regions = limits.markRegions?.value ?? [];
  if (regions.length > 0 && !regions.includes(region))
    return `${modelName} takes no checkpoint in ${region}.`;
  const minimum = limits.minimumTokens?.value;
  const isWhole = !mayHoldMore(view, region) && prefix.every(({ stretch, sampled }) => !stretch && !sampled);
  if (minimum === undefined || tokens.high >= minimum || !isWhole) return undefined;
  return `${modelName} caches no prefix below ${formatNumber(minimum)} tokens.`;
}

/** The first value in front of a checkpoint that nothing is known about, and that the next request makes anew. */
function firstUnknown({ prefix }: CheckpointView, { next }: RequestView): HolePart | undefined {
  const again = new Set(holesOf(next?.segments ?? []).map(({ hole }) => hole.hole.id));
  return holesOf(prefix.filter(({ kind }) => kind !== "history")).find(
    ({ hole: { hole } }) => hole.scope === "unknown" && (isGivenAnew(hole) || !again.has(hole.id)),
  )?.hole;
}

/** Whatever a call is given may be another thing in the next call; what a constructor is given stays. */
function isGivenAnew(value: OpaqueValue): boolean {
  const { root } = accessPath(value);
  return root.kind === "parameter" && root.functionName !== "__init__" && root.functionName !== "constructor";
}

function reasonOf({ reuse, span, after }: CheckpointView, view: RequestView): string {
  const [culprit] = reuse.culprits;
  if (culprit) {
    const { hole } = culprit.hole;
    const what = hole.reason === "" ? "A value" : hole.reason[0]!.toUpperCase() + hole.reason.slice(1);
    return `${what} at ${view.describePlace(culprit.hole.span, span)} differs in the next request.`;
  }
  if (after < 0) return "Nothing stands in front of it.";
  if (reuse.reusable) return "The next request starts with the same bytes.";
  return view.next
    ? "The next request differs, but not surely in every case."
    : "No next request is in view.";
}
