import { expect, it } from "vitest";
import { countNeeded } from "../../src/tokens/estimate-tokens.ts";
import { classifyText, isPlainProse } from "../../src/tokens/text-class.ts";
import { measureFeatures } from "../../src/tokens/text-features.ts";

const english = "The warehouse opens at half past six, and early drivers wait in the marked bays. ".repeat(
  20,
);
const json = JSON.stringify({ id: 17, tags: ["a", "b"], nested: { on: true, n: [1, 2, 3] } }).repeat(20);

it.each([
  ["English prose", english, "prose"],
  ["a short sentence", "Answer only from the context.", "short"],
  ["JSON", json, "dense"],
  ["Czech", "Příliš žluťoučký kůň úpěl ďábelské ódy. ".repeat(30), "accented"],
  [
    "Hawaiian without accents",
    "Hanau kuokoa na kanaka apau loa, a ua kaulike no hoi ka hanohano. ".repeat(20),
    "unfamiliar",
  ],
  ["base64", Buffer.from(english).toString("base64"), "unbroken"],
  ["Armenian", "Բոլոր մարդիկ ծնվում են ազատ ու հավասար ".repeat(20), "mostlyUncharted"],
  [
    "English with a few Kazakh words",
    `${english}${"Барлық адамдар қадір қасиеті мен құқықтары тең. ".repeat(4)}`,
    "partlyUncharted",
  ],
  ["Russian", "Все люди рождаются свободными и равными. ".repeat(30), "prose"],
])("%s", (_, text, expected) => {
  const features = measureFeatures(text);
  const cl100s = countNeeded(text, features, "claude-v3").cl100s?.tokens ?? NaN;
  expect(classifyText(features, cl100s, text.length / 4)).toBe(expected);
});

it.each([
  ["English prose", english, true],
  ["accents", `${english}é`, false],
  ["digits without blanks", "0123456789".repeat(50), false],
  ["letters without blanks", "qwertyuiop".repeat(50), false],
  ["blanks", " ".repeat(500), false],
])("%s as plain prose: %s", (_, text, expected) => {
  expect(isPlainProse(measureFeatures(text))).toBe(expected);
});
