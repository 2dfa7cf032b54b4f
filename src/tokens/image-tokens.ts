import { tokenizerNames, type TokenizerName } from "./tokenizer-families.ts";
import { hullOfRanges, multiplyRange, roundRange, unknownTokens, type TokenRange } from "./token-range.ts";

/** An image as far as it is known. */
export interface ImageSize {
  /** Pixels; the range covers all sizes unless both are known. */
  readonly width?: number;
  readonly height?: number;
  /** OpenAI's `detail: "low"`. */
  readonly lowDetail?: boolean;
}

export interface MediaOptions {
  /** Catalog id, such as `gpt-4o-mini`; without it, the range covers all models of the tokenizer. */
  readonly model?: string;
}

/** What an image costs as input. */
export function imageTokens(
  image: ImageSize,
  tokenizer: TokenizerName | undefined,
  { model = "" }: MediaOptions = {},
): TokenRange {
  switch (tokenizer) {
    case undefined:
      return hullOfRanges(tokenizerNames.map((name) => imageTokens(image, name)));
    case "claude-v3":
    case "claude-v4.7":
      return claudeImage(sizeOf(image), tokenizer, model);
    case "o200k":
    case "cl100k":
      return openaiImage(image, model);
    case "nova-1":
      // 800 to 2,600 by aspect ratio; 3:2 was recorded as 1,826.
      return { low: 800, best: 1800, high: 2600 };
    case "nova-2":
      // Billed as 230, while the reported input still varies with the aspect ratio.
      return { low: 230, best: 230, high: 2600 };
    case "gemini-2":
      return geminiImage(sizeOf(image));
    case "gemini-3":
      return { low: 1060, best: 1105, high: 1150 };
  }
}

/** How the text of a PDF reaches the model. */
export interface PdfOptions {
  /** Only the text is sent, no page images: Bedrock's Converse without citations. */
  readonly textOnly?: boolean;
}

/** What the pages of a PDF cost whose text isn't known. */
export function pdfTokens(
  pages: number,
  tokenizer: TokenizerName | undefined,
  { textOnly }: PdfOptions = {},
): TokenRange {
  switch (tokenizer) {
    case "claude-v3":
      return multiplyRange(textOnly === true ? textPage : { low: 1500, best: 2100, high: 3600 }, pages);
    case "claude-v4.7":
      return multiplyRange(textOnly === true ? textPage : { low: 1500, best: 2330, high: 4200 }, pages);
    case "gemini-2":
      return multiplyRange({ low: 258, best: 258, high: 258 }, pages);
    case "gemini-3":
      return multiplyRange({ low: 500, best: 560, high: 620 }, pages);
    default:
      return pages === 0 ? multiplyRange(unknownTokens, 0) : unknownTokens;
  }
}

/** About 330 tokens were recorded; an empty page has none, a full one of small print some 1,500. */
const textPage: TokenRange = { low: 0, best: 330, high: 1500 };

interface Size {
  readonly width: number;
  readonly height: number;
}

function sizeOf({ width, height }: ImageSize): Size | undefined {
  return width !== undefined && height !== undefined && width > 0 && height > 0
    ? { width, height }
    : undefined;
}

/** Tiles of so many pixels that cover an image. */
function tilesOf({ width, height }: Size, pixels: number): number {
  return Math.ceil(width / pixels) * Math.ceil(height / pixels);
}

function scale({ width, height }: Size, factor: number): Size {
  return { width: width * factor, height: height * factor };
}

const claudeLimits = {
  "claude-v3": { edge: 1568, tiles: 1568 },
  "claude-v4.7": { edge: 2576, tiles: 4784 },
} as const;

/** A token for each tile of 28 pixels, 3 for the image, 1 more when text follows. */
function claudeImage(
  size: Size | undefined,
  tokenizer: keyof typeof claudeLimits,
  model: string,
): TokenRange {
  const { edge, tiles: limit } = claudeLimits[tokenizer];
  // Two recordings of early models are 18 and 70 tokens above the formula.
  const early = /^claude-3-(?:haiku|sonnet|opus|5-haiku)/.test(model) || model === "" ? 70 : 0;
  const extra = tokenizer === "claude-v3" ? early : 0;
  if (size === undefined) return { low: 4, best: 37 ** 2 + 3, high: limit + 4 + extra };
  let fitted = scale(size, Math.min(1, edge / Math.max(size.width, size.height)));
  fitted = scale(fitted, Math.min(1, Math.sqrt((limit * 28 * 28) / (fitted.width * fitted.height))));
  const isResized = fitted.width < size.width;
  while (tilesOf(fitted, 28) > limit) fitted = scale(fitted, 0.998);
  const tiles = tilesOf(fitted, 28);
  // How a resized image is rounded isn't published.
  return roundRange({
    low: isResized ? tiles * 0.95 + 3 : tiles + 3,
    best: tiles + 3,
    high: tiles + 4 + extra,
  });
}

interface TileModel {
  readonly models: RegExp;
  readonly base: number;
  readonly perTile: number;
}

const tileModels: readonly TileModel[] = [
  { models: /^gpt-4o-mini/, base: 2833, perTile: 5667 },
  { models: /^gpt-5(?:\.[1-3])?$/, base: 70, perTile: 140 },
  { models: /^(?:gpt-4o|gpt-4\.1|gpt-4\.5|o1|o3)$/, base: 85, perTile: 170 },
];

interface PatchModel {
  readonly models: RegExp;
  readonly factor: number;
  readonly cap: number;
}

const patchModels: readonly PatchModel[] = [
  { models: /^gpt-4\.1-mini/, factor: 1.62, cap: 1536 },
  { models: /^gpt-4\.1-nano/, factor: 2.46, cap: 1536 },
  { models: /^o4-mini/, factor: 1.72, cap: 1536 },
  { models: /^gpt-5-mini/, factor: 1.2, cap: 1536 },
  { models: /^gpt-5-nano/, factor: 1.5, cap: 1536 },
  // From GPT-5.4 on the cap is larger; how much isn't recorded.
  { models: /^gpt-(?:5\.[4-9]|[6-9])/, factor: 1.2, cap: Infinity },
];

function openaiImage(image: ImageSize, model: string): TokenRange {
  const size = sizeOf(image);
  const forms = [
    ...tileModels.map((form) => ({ ...form, range: () => tileImage(size, image.lowDetail === true, form) })),
    ...patchModels.map((form) => ({ ...form, range: () => patchImage(size, form) })),
  ];
  const own = forms.filter(({ models }) => models.test(model));
  return hullOfRanges((own.length > 0 ? own : forms).map(({ range }) => range()));
}

function tileImage(size: Size | undefined, lowDetail: boolean, { base, perTile }: TileModel): TokenRange {
  if (lowDetail) return { low: base, best: base, high: base };
  // At most 2048 pixels long and 768 wide: 4 by 2 tiles.
  if (size === undefined) return { low: base + perTile, best: base + perTile * 4, high: base + perTile * 8 };
  let fitted = scale(size, Math.min(1, 2048 / Math.max(size.width, size.height)));
  fitted = scale(fitted, Math.min(1, 768 / Math.min(fitted.width, fitted.height)));
  const tokens = base + perTile * tilesOf(fitted, 512);
  return { low: tokens, best: tokens, high: tokens };
}

function patchImage(size: Size | undefined, { factor, cap }: PatchModel): TokenRange {
  const count = (patches: number): number => Math.ceil(patches * factor);
  if (size === undefined) return { low: 1, best: count(1024), high: count(cap) };
  const tokens = count(Math.min(tilesOf(size, 32), cap));
  // Without a known cap a large image may have been scaled down to the smallest cap there is.
  return { low: Math.min(tokens, count(1536)), best: tokens, high: tokens };
}

/** 258 tokens for a small image, or for each tile of 768 pixels. */
function geminiImage(size: Size | undefined): TokenRange {
  if (size === undefined) return { low: 258, best: 258, high: Infinity };
  const isSmall = size.width <= 384 && size.height <= 384;
  const tokens = 258 * (isSmall ? 1 : tilesOf(size, 768));
  return { low: 258, best: tokens, high: tokens };
}
