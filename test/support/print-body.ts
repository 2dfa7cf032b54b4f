import { lowerAnthropic } from "../../src/dialects/anthropic.ts";
import { lowerConverse } from "../../src/dialects/converse.ts";
import { lowerNova } from "../../src/dialects/nova.ts";
import { lowerOpenAi } from "../../src/dialects/openai.ts";
import { readJson } from "../../src/languages/json/json.ts";
import { SourceFile } from "../../src/source/source-file.ts";
import type { Value } from "../../src/value/value.ts";
import { anywhere } from "./build-value.ts";
import { printRequest } from "./print-request.ts";

const lowerings = {
  anthropic: (body: Value) => lowerAnthropic(body, anywhere, { acceptsAutomaticMark: true }),
  bedrock: (body: Value) => lowerAnthropic(body, anywhere, { acceptsAutomaticMark: false }),
  converse: (body: Value) => lowerConverse(body, anywhere),
  nova: (body: Value) => lowerNova(body, anywhere),
  openai: (body: Value) => lowerOpenAi(body, anywhere, { takesCacheControl: false }),
  gateway: (body: Value) => lowerOpenAi(body, anywhere, { takesCacheControl: true }),
};

/** A body as `printRequest` prints it, without the line that names model and platform. */
export function printBody(dialect: keyof typeof lowerings, body: Value): string {
  const model = { text: undefined, span: undefined, certain: true };
  const request = { ...lowerings[dialect](body), platform: undefined, model, use: "send" } as const;
  const printed = printRequest(request, { keys: true });
  return printed.split("\n").slice(1).join("\n");
}

/** The same for a body written as JSON; fails on JSON with a mistake. */
export function printJsonBody(dialect: keyof typeof lowerings, json: string): string {
  const { values, problems } = readJson(new SourceFile("body.json", json));
  const [first] = values;
  if (problems.length > 0 || !first) throw new Error(problems[0]?.message ?? "no value");
  return printBody(dialect, first.value);
}
