import { accessPath } from "../value/inspect.ts";
import type { OpaqueValue } from "../value/value.ts";
import { bodyEntry, namesOnPath } from "./assemble-request.ts";
import { bedrockRequest, type BedrockOperation } from "./bedrock-calls.ts";
import { callBody } from "./call-body.ts";
import type { Sdk } from "./sdk.ts";

const commands: Readonly<Record<string, BedrockOperation>> = {
  ConverseCommand: "converse",
  ConverseStreamCommand: "converse",
  InvokeModelCommand: "invokeModel",
  InvokeModelWithResponseStreamCommand: "invokeModel",
  CountTokensCommand: "countTokens",
};

const methods: Readonly<Record<string, BedrockOperation>> = {
  converse: "converse",
  converseStream: "converse",
  invokeModel: "invokeModel",
  invokeModelWithResponseStream: "invokeModel",
  countTokens: "countTokens",
};

const names: Readonly<Record<BedrockOperation, string>> = {
  converse: "aws-sdk-js-converse",
  invokeModel: "aws-sdk-js-invoke-model",
  countTokens: "aws-sdk-js-count-tokens",
};

/** Bedrock Runtime through the AWS SDK for JavaScript: a request stands where its command is made. */
export const awsSdkJs: Sdk = {
  name: "aws-sdk-js",
  fromCall(call) {
    const { callee } = call;
    if (callee.type !== "opaque") return undefined;
    const operation = call.isNew ? commandOperation(callee) : methodOperation(callee);
    const body = operation && callBody(call);
    if (!operation || !body || (body.type !== "record" && body.type !== "opaque")) return undefined;
    if (!call.isNew && !bodyEntry(body, "modelId") && !isBedrockClient(callee)) return undefined;
    // Named arguments are Python's; its client has methods of the same names.
    if (call.arguments.some(({ name }) => name !== undefined)) return undefined;
    return bedrockRequest(operation, body, call.span, names[operation]);
  },
};

function commandOperation(callee: OpaqueValue): BedrockOperation | undefined {
  const { root, steps } = accessPath(callee);
  if (root.kind === "import" && !root.module.includes("bedrock-runtime")) return undefined;
  const name = steps.at(-1) ?? (root.kind === "import" || root.kind === "global" ? root.name : "");
  return Object.hasOwn(commands, name) ? commands[name] : undefined;
}

function methodOperation(callee: OpaqueValue): BedrockOperation | undefined {
  const name = accessPath(callee).steps.at(-1);
  return name !== undefined && Object.hasOwn(methods, name) ? methods[name] : undefined;
}

function isBedrockClient(callee: OpaqueValue): boolean {
  return namesOnPath(callee).some((name) => /bedrock/i.test(name));
}
