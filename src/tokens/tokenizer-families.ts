import type { BaseEncoding } from "./base-encoding.ts";
import type { CharacterFeatures } from "./text-features.ts";

/** Tokenizers the estimator knows; docs/tokens.md says which models use which. */
export type TokenizerName =
  "claude-v3" | "claude-v4.7" | "nova-1" | "nova-2" | "gemini-2" | "gemini-3" | "o200k" | "cl100k";

/** Lower and upper factor on an estimate. */
export type Band = readonly [low: number, high: number];

/** Coefficients of a sum over counts; `cl100s` is the cl100k_base count of the text without scripts. */
export type Coefficients = Readonly<Partial<Record<keyof CharacterFeatures | "cl100s", number>>>;

/** A tokenizer that is not public, estimated by a sum over a cl100k_base count and counts of characters. */
export interface LinearFamily {
  readonly kind: "linear";
  readonly coefficients: Coefficients;
  /** The same without cl100k_base: rougher, for questions far from any limit and for when the encoding is missing. */
  readonly withoutEncoding: Coefficients;
}

/** A tokenizer that is public (factor 1, band [1, 1]), or close to a public one by a factor. */
export interface ScaledFamily {
  readonly kind: "scaled";
  readonly encoding: BaseEncoding;
  readonly factor: number;
  readonly band: Band;
}

/**
 * Where the figures of this file come from: input and output token counts that providers returned for requests whose
 * exact text is public, recorded in these repositories (https://github.com/<repository>/tree/<commit>), read 2026-11-22.
 * docs/tokens.md has the method and the errors.
 */
export const calibration = {
  made: "2026-11-22",
  recordedCounts: 9626,
  repositories: {
    "sanderland/ctok": "70872fd4981dc5990267923235b4114535bb4473",
    "Arize-ai/openinference": "1fe497f1d9f45a07eee55d97fe185e020560f9c7",
    "Mirascope/mirascope": "41d433578653411dbff96c6eaca4fa869aafc931",
    "crewAIInc/crewAI": "f4731f5025f861c78e3af0487cc80bf5e7c64782",
    "crmne/ruby_llm": "fb5a49bf04da78d3e74496431ad1c99df5e7e5f0",
    "open-telemetry/opentelemetry-python-contrib": "466ae4c00de77d1f54f77a9600f1d08eba2306b5",
    "pydantic/pydantic-ai": "4fda38988f2939fa6ea9cdefcf120693e10ef491",
    "simonw/llm-anthropic": "3ae428f3b5143cc81da25af0271d8fa55bda3f05",
    "traceloop/openllmetry": "93429cfb9767e6b51db6cb35f6b70f758117669a",
  },
} as const;

// Set by hand rather than fitted: too few texts have these. Claude spends a token on 16 blanks, cl100k on some 80.
const rareCharacters = {
  blankex: 0.05,
  s_astral: 4,
  s_sym: 0.5,
  s_cjkp: 1,
  s_fw: 1.2,
  s_grkx: 2,
} satisfies Coefficients;

/** Every tokenizer family. */
export const tokenizerFamilies: Readonly<Record<TokenizerName, LinearFamily | ScaledFamily>> = {
  "claude-v3": {
    kind: "linear",
    coefficients: {
      cl100s: 0.9873,
      ex4: 0.0314,
      camel: 0.7913,
      prun: 0.1073,
      pex: 0.1044,
      nlrun: 1.0347,
      s_cyr: 0.3717,
      s_grk: 0.7077,
      s_heb: 0.7883,
      s_arab: 0.753,
      s_deva: 0.8231,
      s_thai: 0.8603,
      s_han: 1.0881,
      s_kana: 0.7919,
      s_hang: 1.3119,
      s_indic: 1.1058,
      s_oth: 0.73,
      ...rareCharacters,
    },
    withoutEncoding: {
      words: 0.9238,
      ex4: 0.07,
      caprun: 0.1122,
      prun: 0.9423,
      pex: 0.1738,
      nlrun: 2.138,
      drun: 1.7488,
      lat: 2.0799,
      camel: 1.3514,
      s_cyr: 0.39,
      s_grk: 0.7249,
      s_heb: 0.8084,
      s_arab: 0.7626,
      s_deva: 0.8332,
      s_thai: 0.8582,
      s_han: 1.0796,
      s_kana: 0.7684,
      s_hang: 1.3575,
      s_indic: 1.1481,
      s_oth: 1.1357,
      ...rareCharacters,
    },
  },
  "claude-v4.7": {
    kind: "linear",
    coefficients: {
      cl100s: 1.0323,
      ex4: 0.3122,
      upper: 0.3804,
      prun: 0.1121,
      pex: 0.2048,
      nlrun: 1.1891,
      s_cyr: 0.3683,
      s_grk: 0.7072,
      s_heb: 0.7842,
      s_arab: 0.7475,
      s_deva: 0.8209,
      s_thai: 0.859,
      s_han: 1.0846,
      s_kana: 0.7903,
      s_hang: 1.3167,
      s_indic: 1.1035,
      s_oth: 1.0995,
      ...rareCharacters,
    },
    withoutEncoding: {
      words: 1.0706,
      ex4: 0.2975,
      ex8: 0.019,
      caprun: 0.8106,
      prun: 0.9679,
      pex: 0.2778,
      nlrun: 2.2806,
      drun: 1.7282,
      lat: 2.1829,
      camel: 0.5505,
      s_cyr: 0.388,
      s_grk: 0.7258,
      s_heb: 0.8063,
      s_arab: 0.7632,
      s_deva: 0.8321,
      s_thai: 0.8572,
      s_han: 1.0777,
      s_kana: 0.7658,
      s_hang: 1.3576,
      s_indic: 1.1485,
      s_oth: 1.1269,
      ...rareCharacters,
    },
  },
  "nova-1": { kind: "scaled", encoding: "o200k", factor: 1.016, band: [0.97, 1.3] },
  "nova-2": { kind: "scaled", encoding: "o200k", factor: 1, band: [0.92, 1.08] },
  "gemini-2": { kind: "scaled", encoding: "o200k", factor: 1.043, band: [0.95, 1.2] },
  "gemini-3": { kind: "scaled", encoding: "o200k", factor: 1.044, band: [0.95, 1.12] },
  o200k: { kind: "scaled", encoding: "o200k", factor: 1, band: [1, 1] },
  cl100k: { kind: "scaled", encoding: "cl100k", factor: 1, band: [1, 1] },
};

export const tokenizerNames = Object.keys(tokenizerFamilies) as readonly TokenizerName[];
