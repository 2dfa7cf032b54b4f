import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readPython } from "../../../src/languages/python/python.ts";
import { printProgram } from "../../support/print-program.ts";

const folder = new URL("samples/", import.meta.url);
const samples = readdirSync(folder)
  .filter((name) => name.endsWith(".py"))
  .map((name) => readFileSync(new URL(name, folder), "utf8"));

/** Numbers from 0 up to a limit that are the same in every run (a linear congruential generator). */
function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const INSERTED = [
  ..."()[]{}\"'\\:,=*@.;!#%$\n\t\r\uFEFF\uD800",
  '"""',
  "'''",
  'f"',
  "f'''",
  "{{",
  "if ",
  "for ",
  "def ",
  "else",
  "lambda",
  "\n    ",
  "\n  def x",
  "match ",
  ":=",
];

function mutate(text: string, random: (limit: number) => number): string {
  let mutated = text;
  for (let count = 1 + random(4); count > 0; count -= 1) {
    const at = random(mutated.length + 1);
    const end = at + random(1 + Math.min(40, mutated.length - at));
    const kind = random(4);
    if (kind === 0) mutated = mutated.slice(0, at) + mutated.slice(end);
    else if (kind === 1) mutated = mutated.slice(0, end) + mutated.slice(at);
    else if (kind === 2) mutated = mutated.slice(0, at);
    else mutated = mutated.slice(0, at) + INSERTED[random(INSERTED.length)]! + mutated.slice(at);
  }
  return mutated;
}

/** Every span of a program, problems and comments. */
function* findSpans(value: unknown): Generator<{ start: number; end: number }> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, child] of Object.entries(value)) {
    if (name === "span" || name === "nameSpan") yield child as { start: number; end: number };
    else yield* findSpans(child);
  }
}

/** In milliseconds: many times what is needed, so that only a parser that is not linear takes longer. */
const TIMEOUT = 30_000;

describe("broken sources", { timeout: TIMEOUT }, () => {
  test("give a program with spans inside the text, whatever is broken", () => {
    const random = createRandom(1);
    for (let round = 0; round < 2000; round += 1) {
      const text = mutate(samples[random(samples.length)]!, random);
      const module = readPython(text, "a.py");
      for (const { start, end } of findSpans(module)) {
        if (!(start >= 0 && start <= end && end <= text.length)) {
          expect({ text, start, end }).toBe("a span inside the text");
        }
      }
      expect(typeof printProgram(module)).toBe("string");
    }
  });

  const deep = 10_000;
  const cases: readonly (readonly [name: string, text: string])[] = [
    ["nested parentheses", "a = " + "(".repeat(deep) + ")".repeat(deep)],
    ["nested lists that are not closed", "[".repeat(deep)],
    ["nested dicts", "{1:".repeat(deep)],
    ["nested calls", "f(".repeat(deep) + ")".repeat(deep)],
    ["nested lambdas", "lambda: ".repeat(deep) + "1"],
    ["nested conditionals", "a if b else ".repeat(deep) + "c"],
    ["negations", "not ".repeat(deep) + "a"],
    ["signs", "-".repeat(deep) + "a"],
    ["powers", "a ** ".repeat(deep) + "b"],
    ["a long sum", "a + ".repeat(50_000) + "a"],
    ["a long disjunction", "a or ".repeat(50_000) + "a"],
    ["a long comparison", "a < ".repeat(50_000) + "a"],
    ["a long chain of attributes", "a" + ".b".repeat(50_000)],
    ["a long chain of calls", "a" + ".b(1)".repeat(50_000)],
    ["a long chain of elif", "if a: b\n" + "elif a: b\n".repeat(deep)],
    ["nested f-strings", 'f"{'.repeat(deep)],
    ["nested formats", 'f"' + "{a:".repeat(deep)],
    [
      "nested blocks",
      Array.from({ length: 1000 }, (_, index) => `${" ".repeat(index)}if a:\n`).join("") +
        " ".repeat(1000) +
        "b",
    ],
    ["nested classes", Array.from({ length: 1000 }, (_, index) => `${" ".repeat(index)}class A:\n`).join("")],
    ["nested patterns", "match a:\n  case " + "[".repeat(deep) + "]".repeat(deep) + ": b"],
    ["nested targets", "(".repeat(deep) + "a" + ",)".repeat(deep) + " = b"],
    [
      "many matches inside each other",
      Array.from(
        { length: 60 },
        (_, index) => `${"  ".repeat(index)}match a:\n${"  ".repeat(index)} case 1 2:\n`,
      ).join(""),
    ],
  ];
  test.each(cases)("%s: a problem, not an overflow", (_, text) => {
    const module = readPython(text, "a.py");
    expect(module.problems.length).toBeGreaterThan(0);
    expect([...findSpans(module)].length).toBeGreaterThan(0);
  });

  test("open brackets on every line take no more than linear time", () => {
    const module = readPython("x = f(1\n".repeat(40_000), "a.py");
    expect(module.problems.length).toBeGreaterThan(0);
  });

  test("rubbish is read quickly", () => {
    const random = createRandom(2);
    const rubbish = Array.from({ length: 500_000 }, () => String.fromCharCode(1 + random(255))).join("");
    expect(readPython(rubbish, "a.py").problems.length).toBeGreaterThan(0);
  });
});
