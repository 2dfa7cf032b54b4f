import { lowerConverse } from "../dialects/converse.ts";
import { viewRecord } from "../dialects/record-view.ts";
import type { LoweredRequest } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import type { Value } from "../value/value.ts";
import { storedPrompt } from "./assets/bedrock-prompt.ts";
import { assembleRequest, bodyEntry } from "./assemble-request.ts";
import { lowerCountInput, lowerInvokeModel } from "./invoke-model.ts";

/** The operations of Bedrock Runtime that send a prompt. */
export type BedrockOperation = "converse" | "invokeModel" | "countTokens";

/** The request an operation of Bedrock Runtime sends with these parameters. */
export function bedrockRequest(
  operation: BedrockOperation,
  parameters: Value,
  site: Span,
  sdk: string,
): readonly LoweredRequest[] | undefined {
  const view = operation === "converse" ? viewRecord(parameters) : undefined;
  const stored = view && storedPrompt(view, site);
  if (stored) {
    const facts = { site, sdk, platform: "bedrock", use: "send", model: stored.model } as const;
    return [assembleRequest(lowerConverse(stored.body, site), facts)];
  }
  const model = bodyEntry(parameters, "modelId");
  const use = operation === "countTokens" ? "count" : "send";
  const body =
    operation === "converse"
      ? lowerConverse(parameters, site)
      : operation === "invokeModel"
        ? lowerInvokeModel(bodyEntry(parameters, "body"), model)
        : lowerCountInput(bodyEntry(parameters, "input"), model);
  return body && [assembleRequest(body, { site, sdk, platform: "bedrock", use, model })];
}
