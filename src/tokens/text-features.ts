/** Counts of characters and of runs of characters in a text; the first four lines are plain ASCII. */
export interface CharacterFeatures {
  /** ASCII letters; runs of them; letters after the 4th and after the 8th of a run. */
  letters: number;
  words: number;
  ex4: number;
  ex8: number;
  /** A-Z; runs of A-Z; A-Z directly after a-z. */
  upper: number;
  caprun: number;
  camel: number;
  /** Runs of ASCII punctuation, and what goes beyond the first of each run. */
  prun: number;
  pex: number;
  /** Spaces and tabs after the 16th of a run. */
  blankex: number;
  /** Runs of line feeds; runs of digits; digits. */
  nlrun: number;
  drun: number;
  digits: number;
  /** UTF-16 units of Latin letters outside ASCII (U+00C0-024F, U+1E00-1EFF). */
  lat: number;
  /**
   * UTF-16 units of letters for which the calibration has no figure of its own, so that estimates of texts full of them
   * are rough: Vietnamese, combining marks, `s_oth`, and the letters of a script that its main languages don't use.
   */
  uncharted: number;
  /** UTF-16 units by script; `s_oth` is everything else from U+0370 up outside U+2000-218F. */
  s_cyr: number;
  s_grk: number;
  s_grkx: number;
  s_heb: number;
  s_arab: number;
  s_deva: number;
  s_indic: number;
  s_thai: number;
  s_han: number;
  s_kana: number;
  s_hang: number;
  s_cjkp: number;
  s_fw: number;
  s_sym: number;
  s_oth: number;
  /** Surrogate pairs. */
  s_astral: number;
  /** UTF-16 units, UTF-8 bytes. */
  chars: number;
  bytes: number;
}

/** Features of no text. */
export function emptyFeatures(): CharacterFeatures {
  return {
    letters: 0,
    words: 0,
    ex4: 0,
    ex8: 0,
    upper: 0,
    caprun: 0,
    camel: 0,
    prun: 0,
    pex: 0,
    blankex: 0,
    nlrun: 0,
    drun: 0,
    digits: 0,
    lat: 0,
    uncharted: 0,
    s_cyr: 0,
    s_grk: 0,
    s_grkx: 0,
    s_heb: 0,
    s_arab: 0,
    s_deva: 0,
    s_indic: 0,
    s_thai: 0,
    s_han: 0,
    s_kana: 0,
    s_hang: 0,
    s_cjkp: 0,
    s_fw: 0,
    s_sym: 0,
    s_oth: 0,
    s_astral: 0,
    chars: 0,
    bytes: 0,
  };
}

// Classes of ASCII characters.
const [OTHER, NEWLINE, DIGIT, UPPER, LOWER, PUNCTUATION, BLANK] = [0, 1, 2, 3, 4, 5, 6] as const;

const asciiClasses = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (character === "\n") return NEWLINE;
  if (character === " " || character === "\t") return BLANK;
  if (/[0-9]/.test(character)) return DIGIT;
  if (/[A-Z]/.test(character)) return UPPER;
  if (/[a-z]/.test(character)) return LOWER;
  return /[!-~]/.test(character) ? PUNCTUATION : OTHER;
});

/** Counts the features of a text in one pass. */
export function measureFeatures(text: string): CharacterFeatures {
  const features = emptyFeatures();
  // Local counters: property writes in this loop would make it three times slower.
  let [letters, words, ex4, ex8, upper, caprun, camel, prun, pex, nlrun, drun, digits, bytes] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  ];
  let previous: number = OTHER;
  // Letters so far in this run of letters, blanks so far in this run of blanks.
  let runLength = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 128) {
      if (code >= 0xd800 && code <= 0xdbff && isLowSurrogate(text.charCodeAt(at + 1))) {
        features.s_astral++;
        bytes += 4;
        at++;
      } else {
        bytes += code < 0x800 ? 2 : 3;
        countBeyondAscii(features, code);
      }
      previous = OTHER;
      runLength = 0;
      continue;
    }
    bytes++;
    const kind = asciiClasses[code]!;
    switch (kind) {
      case UPPER:
      case LOWER:
        letters++;
        if (previous !== UPPER && previous !== LOWER) {
          words++;
          runLength = 0;
        }
        runLength++;
        if (runLength > 4) ex4++;
        if (runLength > 8) ex8++;
        if (kind === UPPER) {
          upper++;
          if (previous === LOWER) camel++;
          if (previous !== UPPER) caprun++;
        }
        break;
      case PUNCTUATION:
        if (previous === PUNCTUATION) pex++;
        else prun++;
        break;
      case BLANK:
        runLength = previous === BLANK ? runLength + 1 : 1;
        if (runLength > 16) features.blankex++;
        break;
      case NEWLINE:
        if (previous !== NEWLINE) nlrun++;
        break;
      case DIGIT:
        digits++;
        if (previous !== DIGIT) drun++;
        break;
    }
    previous = kind;
  }
  return Object.assign(features, {
    letters,
    words,
    ex4,
    ex8,
    upper,
    caprun,
    camel,
    prun,
    pex,
    nlrun,
    drun,
    digits,
    chars: text.length,
    bytes,
  });
}

/** Features of several texts together: each is counted alone, so that runs don't join. */
export function addFeatures(parts: readonly CharacterFeatures[]): CharacterFeatures {
  const sum = emptyFeatures();
  for (const part of parts) {
    for (const name of featureNames) sum[name] += part[name];
  }
  return sum;
}

/**
 * The text that is counted with a base encoding: without the scripts that have a coefficient of their own, because
 * the base encodings spend far more or far fewer tokens on those than the models do.
 */
export function stripScripts(text: string, features: CharacterFeatures): string {
  return hasScripts(features) ? text.replace(scripts, "") : text;
}

const scripts =
  /[\u0370-\u1dff\u1f00-\u1fff\u2c00-\u2dff\u2e80-\u2eff\u3001-\ud7ff\uf900-\ufdff\ufe70-\uffef]|[\ud800-\udbff][\udc00-\udfff]/g;

const featureNames = Object.keys(emptyFeatures()) as (keyof CharacterFeatures)[];
const scriptNames = featureNames.filter((name) => name.startsWith("s_"));

function hasScripts(features: CharacterFeatures): boolean {
  return scriptNames.some((name) => features[name] > 0);
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

function countBeyondAscii(features: CharacterFeatures, code: number): void {
  if ((code >= 0xc0 && code <= 0x24f) || (code >= 0x1e00 && code <= 0x1eff)) features.lat++;
  if (uncharted.test(String.fromCharCode(code))) features.uncharted++;
  if (code < 0x370 || (code >= 0x2000 && code <= 0x218f)) return;
  features[scriptOf(code)]++;
}

// Combining marks; Cyrillic beyond Russian and Ukrainian; Arabic beyond Arabic and Persian, Syriac and Thaana; Indic
// scripts beyond Bengali, Gujarati, Tamil, Telugu, Kannada and Malayalam; Lao; and whatever `s_oth` counts.
const uncharted =
  /[\u0300-\u036f\u0400\u0402\u0403\u0405\u0408-\u040f\u0450\u0452\u0453\u0455\u0458-\u048f\u0492-\u058f\u0671-\u067d\u067f-\u0685\u0687-\u0697\u0699-\u06a8\u06aa-\u06ae\u06b0-\u06cb\u06cd-\u08ff\u0a00-\u0a7f\u0b00-\u0b7f\u0d80-\u0dff\u0e80-\u1eff\u2c00-\u2e7f\u3100-\u33ff\ua000-\uabff\ud800-\uf8ff\ufb00-\ufeff]/;

function scriptOf(code: number): keyof CharacterFeatures {
  if (code <= 0x3ff) return "s_grk";
  if (code <= 0x52f) return "s_cyr";
  if (code >= 0x3400 && code <= 0x9fff) return "s_han";
  if (code >= 0x3040 && code <= 0x30ff) return "s_kana";
  if (code >= 0xac00 && code <= 0xd7af) return "s_hang";
  if (code >= 0x3000 && code <= 0x303f) return "s_cjkp";
  if (code >= 0x590 && code <= 0x5ff) return "s_heb";
  if (code >= 0x600 && code <= 0x77f) return "s_arab";
  if (code >= 0x900 && code <= 0x97f) return "s_deva";
  if (code >= 0x980 && code <= 0xdff) return "s_indic";
  if (code >= 0xe00 && code <= 0xeff) return "s_thai";
  if (code >= 0x1f00 && code <= 0x1fff) return "s_grkx";
  if (code >= 0x2190 && code <= 0x2bff) return "s_sym";
  if (code >= 0xff00 && code <= 0xffef) return "s_fw";
  return "s_oth";
}
