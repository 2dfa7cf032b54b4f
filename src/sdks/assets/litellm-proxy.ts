import { presentEntry, viewRecord } from "../../dialects/record-view.ts";
import type { LoweredRequest } from "../../request/request.ts";
import type { Span } from "../../source/source-file.ts";
import { identityId, list, listElement, opaque, record, recordEntry } from "../../value/construct.ts";
import { asList, literalText } from "../../value/inspect.ts";
import type { OpaqueValue, RecordEntryValue } from "../../value/value.ts";
import { chatMessage, earlierTurns } from "../chat-body.ts";
import { litellmRequest } from "../litellm.ts";
import type { Sdk } from "../sdk.ts";

/**
 * The configuration of LiteLLM's proxy: its models with injection points, which mark whatever is sent through it.
 * https://docs.litellm.ai/docs/tutorials/prompt_caching, read 2026-11-22.
 */
export const litellmProxy: Sdk = {
  name: "litellm-proxy",
  fromData(value) {
    const models = asList(presentEntry(viewRecord(value), "model_list")?.value)?.elements ?? [];
    const requests = models.flatMap(({ value: model, span }) => {
      const parameters = presentEntry(viewRecord(model), "litellm_params");
      return parameters ? ofModel(parameters, span) : [];
    });
    return requests.length > 0 ? requests : undefined;
  },
};

/** What a model of the proxy is sent, as far as the configuration says something of it. */
function ofModel(parameters: RecordEntryValue, site: Span): readonly LoweredRequest[] {
  const view = viewRecord(parameters.value);
  const points = asList(presentEntry(view, "cache_control_injection_points")?.value)?.elements ?? [];
  if (points.length === 0) return [];
  const system = chatMessage("system", sentBy("the system text", site), site);
  const newest = chatMessage("user", sentBy("the newest message", site), site);
  const messages = [listElement(system, site), earlierTurns(site), listElement(newest, site)];
  const body = record(site, [["messages", recordEntry(list(messages, site), site)]]);
  const marksTools = points.some(
    ({ value }) => literalText(presentEntry(viewRecord(value), "location")?.value) === "tool_config",
  );
  if (marksTools) body.entries.set("tools", sentBy("the tools", site));
  return [{ ...litellmRequest(body, site, "litellm-proxy", { routed: parameters.value }), use: "asset" }];
}

function sentBy(what: string, span: Span): RecordEntryValue {
  const reason = `${what} of whoever asks the proxy`;
  const key = `${what}@${span.file}:${span.start}`;
  const value: OpaqueValue = opaque(
    { origin: { kind: "unknown", reason }, key, span },
    { id: identityId(key), reason },
  );
  return recordEntry(value, span);
}
