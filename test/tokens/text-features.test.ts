import { describe, expect, it } from "vitest";
import { addFeatures, measureFeatures, stripScripts } from "../../src/tokens/text-features.ts";

describe("measureFeatures", () => {
  it.each([
    [
      "letters after the fourth and eighth of a run",
      "abcdefghij abcde",
      { words: 2, ex4: 7, ex8: 2, letters: 15 },
    ],
    ["runs of capitals and camel case", "HTTPServer getURL", { upper: 8, caprun: 2, camel: 1 }],
    ["runs of punctuation", "a, b!?; (c)", { prun: 4, pex: 2 }],
    ["underscores as punctuation", "a_b", { prun: 1, words: 2 }],
    ["runs of line feeds", "a\n\nb\nc\r\n\r\n", { nlrun: 4 }],
    ["runs of digits", "2026-11-22 x1", { drun: 4, digits: 9 }],
    ["blanks beyond the sixteenth of a run", `a${" ".repeat(20)}b${"\t".repeat(17)}c d`, { blankex: 5 }],
    ["a surrogate pair once", "😀", { s_astral: 1, chars: 2, bytes: 4 }],
    ["a lone surrogate as another character", "\ud800a", { s_astral: 0, s_oth: 1, words: 1 }],
    ["Han, kana and their punctuation apart", "漢字かな。", { s_han: 2, s_kana: 2, s_cjkp: 1 }],
    ["Greek and polytonic Greek apart", "αἀ", { s_grk: 1, s_grkx: 1 }],
    ["typographic quotes as no script", "“x”…", { s_oth: 0, s_sym: 0 }],
    ["arrows as symbols", "→", { s_sym: 1 }],
    ["accented letters as Latin", "čé", { lat: 2, s_oth: 0 }],
    ["Russian and Ukrainian as charted", "Щїґ", { s_cyr: 3, uncharted: 0 }],
    ["Kazakh letters as uncharted", "Қә", { s_cyr: 2, uncharted: 2 }],
    ["combining marks as uncharted", "e\u0301", { uncharted: 1 }],
    ["Armenian as uncharted", "բարև", { s_oth: 4, uncharted: 4 }],
  ])("counts %s", (_, text, expected) => {
    expect(measureFeatures(text)).toMatchObject(expected);
  });

  it("counts the bytes of UTF-8", () => {
    const text = "aé漢😀\n";
    expect(measureFeatures(text).bytes).toBe(Buffer.byteLength(text));
  });
});

describe("addFeatures", () => {
  it("adds up texts without joining their runs", () => {
    const sum = addFeatures([measureFeatures("abcde"), measureFeatures("fghij")]);
    expect(sum).toMatchObject({ words: 2, ex4: 2, chars: 10 });
  });
});

describe("stripScripts", () => {
  it.each([
    ["keeps ASCII, Latin, quotes and symbols", "aé “x” → б", "aé “x” → "],
    ["removes CJK and emoji", "a漢。b😀c", "abc"],
    ["keeps the ideographic space", "a\u3000b漢", "a\u3000b"],
  ])("%s", (_, text, expected) => {
    expect(stripScripts(text, measureFeatures(text))).toBe(expected);
  });
});
