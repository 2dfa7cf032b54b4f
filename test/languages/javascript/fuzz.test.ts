import { expect, test } from "vitest";
import type { Module } from "../../../src/program/program.ts";
import { readSource } from "./read-source.ts";
import { sample } from "./sample.ts";

const rounds = 1_500;
const snippets =
  `( ) [ ] { } \` ' " \${ /* */ // \\ => ... ?. ?? ! < > / = ; , : @ # await yield return class function
  import export default const enum namespace as satisfies new async get static case 0x 1n \\u{ 😀 é`.split(
    /\s+/,
  );

/** Whole numbers below a limit, the same ones in every run. */
function seededNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

function mutate(text: string, below: (limit: number) => number): string {
  const at = below(text.length);
  const length = below(8);
  switch (below(4)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length);
    case 1:
      return text.slice(0, at) + snippets[below(snippets.length)] + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at, at + length).repeat(3) + text.slice(at + length);
    default:
      return text.slice(at) + text.slice(0, at);
  }
}

function spansLieInside(module: Module, length: number): boolean {
  let inside = true;
  JSON.stringify(module, (key, value: unknown) => {
    if (key === "span" || key === "nameSpan") {
      const { start, end } = value as { start: number; end: number };
      inside &&= start >= 0 && start <= end && end <= length;
    }
    return value;
  });
  return inside;
}

test.each(["file.ts", "file.tsx", "file.js"])("mutated source never throws: %s", (path) => {
  const below = seededNumbers(7);
  const lines = sample.split("\n");
  let read = 0;
  for (let round = 0; round < rounds; round++) {
    // Whole samples hardly ever survive a mutation; a few lines of one do.
    const from = below(lines.length);
    let source = lines.slice(from, from + 1 + below(4)).join("\n");
    for (let times = 1 + below(2); times > 0; times--) source = mutate(source, below);
    const module = readSource(source, path);
    if (module.body.length > 0) read++;
    expect(spansLieInside(module, source.length), source).toBe(true);
  }
  expect(read).toBeGreaterThan(rounds / 20);
});
