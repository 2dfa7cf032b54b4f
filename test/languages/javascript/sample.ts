/** A file with every construct that has something of its own, as TypeScript. */
export const sample = `#!/usr/bin/env node
// A comment before everything.
import Anthropic, { type MessageParam, Tool as T } from "@anthropic-ai/sdk";
import * as fs from "node:fs";
import type { Options } from "./options.js";
import config = require("./config.cjs");

/** Where prompts are. */
export const root = new URL("./prompts/", import.meta.url), { a, b: [c, , d = 1], ...rest } = config as any;
const client = (await import("@anthropic-ai/sdk")).default;
enum Level { Low, Middle = 5, High, Text = "text" }
export namespace Prompts.System { export const intro = \`You are \${root!.name}, 😀 \${\`nested \${a}\`}.\`; const hidden = 1; }

@injectable()
export default class Agent<T> extends mixin(Base)<T> implements Other {
  static #count = 0;
  static { Agent.#count = 1; }
  readonly tools: T[] = [];
  declare ambient: string;
  constructor(private readonly client: Anthropic, public model = "m", ...more: string[]) { super(); }
  abstract later(): void;
  get system(): string { return dedent\`a \${this.model} \\u0041\`; }
  set system(value) { this.model = value; }
  @traced("x") async *run(this: Agent<T>, { limit = 3, ...options }: Options = {}, question?: string) {
    outer: for (let i = 0, n = limit; i < n; i++) {
      if (!(question as string)) continue outer; else if (#count in this) break;
      for await (const [key, value] of Object.entries(options ?? {})) yield* value?.[key]?.(i, ...this.tools)!;
    }
    do { question += "?", limit; } while (question.length < 10);
    for (const key in options) { delete options[key]; }
    switch (typeof question) { case "string": case "number": return; default: throw new Error(\`no \${question}\`, { cause: void 0 }); }
  }
  [Symbol.iterator]() { return /a+/g.exec(this.system)?.[0]; }
}

export function overloaded(a: string): void;
export function overloaded(a: any, b = (x: number): x is 1 => x === 1) { try { return a satisfies string; } catch { } finally { b(1); } }
const record = { a, "b-c": 1, [d]: 2n, ...rest, get e() { return 3; }, async f() {}, g: (async () => ({ h: 1 }))(), 4: <number>a };
({ a: record.a, b: [rest[0]] = [] } = record), record.a ||= -1, record["b-c"]--;
export { record as "the record", type Options };
export * as everything from "./everything.js";
declare global { interface Window { a: string } }
while (true) { if (a ? c : d) { break; } }
var last = [1, , ...c] as const, undefinedValue = undefined, nothing = null;
`;
