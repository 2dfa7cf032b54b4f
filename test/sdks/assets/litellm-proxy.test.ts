import { expect, test } from "vitest";
import { readYaml } from "../../../src/languages/yaml/yaml.ts";
import { litellmProxy } from "../../../src/sdks/assets/litellm-proxy.ts";
import { SourceFile } from "../../../src/source/source-file.ts";
import { alone } from "../../support/asset-context.ts";
import { dedent } from "../../support/dedent.ts";
import { printRequest } from "../../support/print-request.ts";

function requestsIn(yaml: string): string {
  const { values } = readYaml(new SourceFile("config.yaml", dedent(yaml)));
  const requests = values.flatMap(({ value, span }) => litellmProxy.fromData?.(value, span, alone) ?? []);
  return requests.map((request) => printRequest(request)).join("\n");
}

const model = (name: string, points: string) => `
  model_list:
    - model_name: chat
      litellm_params:
        model: ${name}
        cache_control_injection_points: ${points}
`;

const cases: readonly (readonly [string, string, string])[] = [
  [
    "marks behind the system text, the newest message and the tools",
    model(
      "bedrock/us.anthropic.claude-sonnet-4-6",
      "[{location: message, role: system}, {location: message, index: -1}, {location: tool_config}]",
    ),
    `
      openai bedrock bedrock/us.anthropic.claude-sonnet-4-6 (asset)
      tools 0 other stretch | <unknown>
      -- injected tools
      system 0 text | <unknown>
      -- injected system
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | <unknown>
      -- injected messages
      ? tools: the tools of whoever asks the proxy is not in view
    `,
  ],
  [
    "a TTL, and a point that only Bedrock knows",
    model(
      "anthropic/claude-sonnet-4-5",
      "[{location: message, role: system, control: {type: ephemeral, ttl: 1h}}, {location: tool_config}]",
    ),
    `
      openai anthropic anthropic/claude-sonnet-4-5 (asset)
      tools 0 other stretch | <unknown>
      system 0 text | <unknown>
      -- injected system 1h
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | <unknown>
      ! ignored: LiteLLM places a mark for \`tool_config\` on Amazon Bedrock only.
      ? tools: the tools of whoever asks the proxy is not in view
    `,
  ],
  ["a model without injection points", model("gpt-4o", "[]"), ""],
  ["a list of models of something else", "model_list: [{name: a}]", ""],
  ["a file of something else", "litellm_params: {model: a}", ""],
];

test.each(cases)("%s", (_name, yaml, expected) => {
  expect(requestsIn(yaml)).toBe(dedent(expected).trim());
});
