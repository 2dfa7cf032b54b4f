import type { LoweredRequest, MarkFault } from "../request/request.ts";
import { accessPath } from "../value/inspect.ts";
import type { CallEvent } from "../value/value.ts";
import { bodyEntry, namesOnPath } from "./assemble-request.ts";
import { bedrockRequest, type BedrockOperation } from "./bedrock-calls.ts";
import { callBody } from "./call-body.ts";
import type { CallContext, Sdk } from "./sdk.ts";

const operations: Readonly<Record<string, readonly [BedrockOperation, string]>> = {
  converse: ["converse", "boto3-converse"],
  converse_stream: ["converse", "boto3-converse"],
  invoke_model: ["invokeModel", "boto3-invoke-model"],
  invoke_model_with_response_stream: ["invokeModel", "boto3-invoke-model"],
  count_tokens: ["countTokens", "boto3-count-tokens"],
};

/** Bedrock Runtime through boto3 and its asynchronous twins. */
export const boto3: Sdk = {
  name: "boto3",
  fromCall(call, context) {
    if (call.callee.type !== "opaque" || call.isNew) return undefined;
    const { steps } = accessPath(call.callee);
    const method = steps.at(-1);
    const operation =
      method !== undefined && Object.hasOwn(operations, method) ? operations[method] : undefined;
    if (!operation || !isPythonCall(call)) return undefined;
    const body = callBody(call);
    if (!body || (!bodyEntry(body, "modelId") && !isBedrockClient(call))) return undefined;
    const requests = bedrockRequest(operation[0], body, call.span, operation[1]);
    return operation[0] === "converse" ? requests?.map((request) => asValidated(request, context)) : requests;
  },
};

/** boto3 refuses parameters that the API model it came with does not have. */
function asValidated(request: LoweredRequest, context: CallContext): LoweredRequest {
  const { checkpoints } = request;
  if (checkpoints.length === 0) return request;
  if (!context.holds("botocore: knows cache points"))
    return refused(request, checkpoints, "cachePoint", "1.37.24");
  const timed = checkpoints.filter(({ ttl }) => ttl !== undefined);
  if (timed.length === 0 || context.holds("botocore: knows TTLs")) return request;
  return refused(request, timed, "ttl", "1.42.31");
}

function refused(
  request: LoweredRequest,
  marks: LoweredRequest["checkpoints"],
  key: string,
  version: string,
): LoweredRequest {
  const faults = marks.map(({ span, after }): MarkFault => ({
    kind: "unsupported",
    span,
    after,
    reason: `Before version ${version} boto3 does not know \`${key}\` and ends with \`Unknown parameter in ...: "${key}"\`.`,
    remedy: `Require boto3 ${version} or later.`,
  }));
  const checkpoints = request.checkpoints.filter((checkpoint) => !marks.includes(checkpoint));
  return { ...request, checkpoints, faults: [...request.faults, ...faults] };
}

/** Parameters are named, or wholly unknown; other APIs have methods of these names with positional ones. */
function isPythonCall(call: CallEvent): boolean {
  return (
    call.arguments.length > 0 && call.arguments.every(({ name, stretch }) => name !== undefined || stretch)
  );
}

/** True where the client's import, name or annotation says that it is one of Bedrock Runtime. */
function isBedrockClient({ callee }: CallEvent): boolean {
  return (
    callee.type === "opaque" &&
    namesOnPath(callee).some((name) => /bedrock/i.test(name) || /^(?:aio)?boto(?:3|core)/.test(name))
  );
}
