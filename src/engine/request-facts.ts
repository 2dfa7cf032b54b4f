import {
  apiErrors,
  findModel,
  homePlatform,
  limitsOf,
  platformOf,
  platforms,
  sources,
  type ModelEntry,
  type ModelLimits,
  type Platform as CatalogPlatform,
} from "../catalog/catalog.ts";
import { findCell, readInCell } from "../languages/notebook/notebook.ts";
import type { Request, Segment } from "../request/request.ts";
import type { TokenEstimate } from "../rule/finding.ts";
import { unknownLimits, type Figure, type Limits } from "../rule/limits.ts";
import type { ApiAnswer, RequestFacts } from "../rule/request-view.ts";
import type { SourceFile, Span } from "../source/source-file.ts";
import { imageTokens } from "../tokens/image-tokens.ts";
import type { TokenCounter } from "../tokens/token-counter.ts";
import { addRanges, exactTokens, roundRange, type TokenRange } from "../tokens/token-range.ts";
import { toolPreambleTokens } from "../tokens/tool-tokens.ts";
import { priceOf, ratesOf } from "./pricing.ts";
import { joinLimits } from "./joined-limits.ts";
import type { Project } from "./project.ts";
import type { FileSettings } from "./settings.ts";

/** The model of a request, as the catalog knows it. */
export interface ResolvedModel {
  readonly entry: ModelEntry | undefined;
  readonly platform: CatalogPlatform | undefined;
  /** The id as written, or the one given for requests without. */
  readonly id: string | undefined;
}

/** Looks up the model of a request; `fallback` is the user's word for requests that name none. */
export function resolveModel(
  request: Pick<Request, "model" | "platform">,
  fallback: string | undefined,
): ResolvedModel {
  const id = request.model.text ?? fallback;
  const entry = id === undefined ? undefined : findModel(id);
  const own = request.platform === "other" ? undefined : request.platform;
  const platform = own ?? (id === undefined ? undefined : platformOf(id)) ?? (entry && homePlatform(entry));
  return { entry, platform, id };
}

/** What rules cannot find out from a request alone; the settings are those of the file it stands in. */
export function factsOf(
  project: Project,
  counter: TokenCounter,
  request: Request,
  { model: fallbackModel, reuse }: Pick<FileSettings, "model" | "reuse">,
): RequestFacts {
  const model = resolveModel(request, fallbackModel);
  const { entry, platform } = model;
  const catalogLimits = entry && platform && limitsOf(entry, platform);
  const tokenizer = entry?.tokenizer;
  const options = { unverified: entry ? !entry.tokenizerVerified : false };
  const count = (texts: readonly string[]): TokenRange => counter.range(texts, tokenizer, options);
  const sum = (segments: readonly Segment[], withHoles: boolean, withPreamble = true): TokenEstimate => {
    const ranges: TokenRange[] = [
      count(segments.map((segment) => literalsOf(segment, withHoles)).filter((text) => text !== "")),
    ];
    if (withHoles) {
      for (const segment of segments) {
        if (segment.kind === "image")
          ranges.push(imageTokens({}, tokenizer, entry ? { model: entry.id } : {}));
        else if (
          segment.stretch ||
          segment.parts.some((part) => part.kind === "hole" && part.sample === undefined) ||
          segment.kind === "document"
        ) {
          ranges.push(unknownAmount);
        }
      }
    }
    if (withPreamble && segments.some(({ kind }) => kind === "tool")) {
      const published = entry?.toolPreambleTokens;
      ranges.push(
        toolPreambleTokens(tokenizer, "auto", {
          ...(entry && { model: entry.id }),
          ...(published && { published }),
        }),
      );
    }
    return roundRange(addRanges(...ranges));
  };
  const others = (request.model.others ?? []).map((text) =>
    resolveModel({ ...request, model: { ...request.model, text } }, undefined),
  );
  const limits = joinLimits([model, ...others].map((each) => limitsWith(request, each)));
  const pricing = { model, listed: catalogLimits, limits, expectedReuse: reuse };
  return {
    modelName: entry && others.length === 0 ? nameOf(entry, platform) : "the model",
    limits,
    expectedReuse: reuse,
    tokensOf: (segments) => sum(segments, true),
    ownTokensOf: (segments) => sum(segments, true, false),
    staticTokensOf: (segments) => sum(segments, false),
    ratesOf: (checkpoint) => ratesOf(pricing, checkpoint),
    costOf: (tokens, paid) => priceOf(pricing, tokens, paid),
    neededKey: platform && platforms[platform].needsCacheKey ? platforms[platform].cacheKey : undefined,
    apiError: (name) => apiErrorOf(name, platform, request),
    describePlace: (span, from) => describePlace(project, span, from),
    sourceText: (span) => sourceText(project, span),
  };
}

/** The limits of a request with this model. */
function limitsWith(request: Request, { entry, platform }: ResolvedModel): Limits {
  const known = entry && platform && limitsOf(entry, platform);
  return inBatch(request, platform, known ? limitsFrom(known, platform) : dialectLimits(request));
}

const unknownAmount: TokenRange = { ...exactTokens(0), high: Infinity };

/**
 * Images and documents are not read as text: what stands for them are the bytes or the address.
 * @param withSamples whether holes count whose text is known in this request
 */
function literalsOf({ kind, parts }: Segment, withSamples: boolean): string {
  if (kind === "image" || kind === "document") return "";
  return parts
    .map((part) => (part.kind === "literal" ? part.text : withSamples ? (part.sample ?? "") : ""))
    .join("");
}

function nameOf(entry: ModelEntry, platform: CatalogPlatform | undefined): string {
  const suffix = platform === "bedrock" ? " on Amazon Bedrock" : platform === "vertex" ? " on Vertex AI" : "";
  const words = entry.id
    .replace(/^bedrock-/, "")
    .split("-")
    .map((word) => (/^\d/.test(word) ? word : word[0]!.toUpperCase() + word.slice(1)));
  const name = words
    .join(" ")
    .replace(/(\d) (\d+)\b/g, "$1.$2")
    .replace(/^Gpt /, "GPT-")
    .replace(/^Amazon /, "Amazon ");
  return name + suffix;
}

function limitsFrom(limits: ModelLimits, platform: CatalogPlatform): Limits {
  const cited = <Value>(value: Value): Figure<Value> => ({ value, source: limits.source, asOf: limits.asOf });
  return {
    caching: cited(limits.caching),
    minimumTokens: limits.minimumTokens,
    conservativeMinimumTokens: limits.conservativeMinimumTokens,
    maximumCheckpoints: limits.maximumCheckpoints,
    ttls: limits.ttls.some((ttl) => ttl === "custom") ? undefined : cited(limits.ttls),
    defaultTtl: limits.defaultTtl ?? platforms[platform].defaultTtl,
    maximumCachedTokens: limits.maximumCachedTokens,
    lookbackBlocks: limits.lookbackBlocks,
    markRegions: cited(limits.regions),
  };
}

/** The limits as they hold in a batch job, where some platforms have no caching at all. */
function inBatch({ use }: Request, platform: CatalogPlatform | undefined, limits: Limits): Limits {
  const facts = platform && platforms[platform];
  if (use !== "batch" || facts?.batch !== "unsupported") return limits;
  return { ...limits, caching: { value: "none", source: sources[facts.source].url, asOf: facts.asOf } };
}

/** What holds for every model of a dialect: the number of checkpoints and the TTLs of the wire format. */
function dialectLimits({ dialect }: Request): Limits {
  if (dialect !== "anthropic" && dialect !== "converse" && dialect !== "nova") return unknownLimits;
  const { source, asOf } = dialect === "anthropic" ? anthropicReading : bedrockReading;
  const cited = <Value>(value: Value): Figure<Value> => ({ value, source, asOf });
  return {
    ...unknownLimits,
    caching: cited("explicit"),
    maximumCheckpoints: cited(4),
    ttls: cited(dialect === "nova" ? ["5m"] : ["5m", "1h"]),
    defaultTtl: "5m",
  };
}

const anthropicReading = {
  source: "https://platform.claude.com/docs/en/build-with-claude/prompt-caching",
  asOf: "2026-10-10",
};
const bedrockReading = {
  source: "https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html",
  asOf: "2026-09",
};

function apiErrorOf(
  name: string,
  platform: CatalogPlatform | undefined,
  { sdk }: Request,
): ApiAnswer | undefined {
  const error = apiErrors.find(({ id }) => id === name);
  if (!error || !platform || !error.platforms.includes(platform)) return undefined;
  // Of the AWS SDKs only boto3 checks a request before it sends it.
  if (error.http === "client" && !sdk.startsWith("boto3")) return undefined;
  return { status: error.http, text: error.fragment };
}

function describePlace(project: Project, span: Span, from: Span): string {
  const file = project.file(span.file);
  if (!file) return span.file;
  const cell = isNotebook(file) ? findCell(file, span.start) : undefined;
  if (!cell) {
    const { line } = file.positionAt(span.start);
    return span.file === from.file ? `line ${line}` : `${span.file}:${line}`;
  }
  // In a notebook nobody sees the lines of the file.
  const isNear = span.file === from.file;
  if (isNear && findCell(file, from.start)?.cell === cell.cell) return `line ${cell.line}`;
  return `line ${cell.line} of cell ${cell.cell + 1}${isNear ? "" : ` in ${span.file}`}`;
}

function sourceText(project: Project, { file: path, start, end }: Span): string {
  const file = project.file(path);
  if (!file) return "";
  return (isNotebook(file) ? readInCell(file, start, end) : undefined) ?? file.text.slice(start, end);
}

function isNotebook({ path }: SourceFile): boolean {
  return /\.ipynb$/i.test(path);
}
