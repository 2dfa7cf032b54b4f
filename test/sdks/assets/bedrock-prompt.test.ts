import { expect, test } from "vitest";
import { readJson } from "../../../src/languages/json/json.ts";
import { bedrockPrompt } from "../../../src/sdks/assets/bedrock-prompt.ts";
import { SourceFile } from "../../../src/source/source-file.ts";
import type { AssetContext } from "../../../src/sdks/sdk.ts";
import type { TextValue } from "../../../src/value/value.ts";
import { alone } from "../../support/asset-context.ts";
import { printRequest } from "../../support/print-request.ts";
import { sentRequests } from "../../support/sent-requests.ts";
import { testSdk } from "../../support/sdk-cases.ts";

testSdk(
  "bedrock-prompt",
  {
    py: `
      import aws_cdk.aws_bedrock as bedrock
      from aws_cdk import aws_bedrock
      import boto3
    `,
    ts: `
      import { aws_bedrock as bedrock } from "aws-cdk-lib";
    `,
  },
  [
    {
      name: "the CDK: a prompt of the type TEXT",
      py: `
        class Prompts(Stack):
            def __init__(self, scope):
                super().__init__(scope, "prompts")
                bedrock.CfnPrompt(self, "Desk", name="desk", default_variant="v1", variants=[
                    bedrock.CfnPrompt.PromptVariantProperty(
                        name="v1", template_type="TEXT", model_id="amazon.nova-pro-v1:0",
                        template_configuration=bedrock.CfnPrompt.PromptTemplateConfigurationProperty(
                            text=bedrock.CfnPrompt.TextPromptTemplateConfigurationProperty(
                                text="Rules. {{question}}",
                                cache_point=bedrock.CfnPrompt.CachePointBlockProperty(type="default"),
                                input_variables=[bedrock.CfnPrompt.PromptInputVariableProperty(name="question")])))])`,
      ts: `
        new bedrock.CfnPrompt(this, "Desk", { name: "desk", variants: [{ name: "v1", templateType: "TEXT", modelId: "amazon.nova-pro-v1:0",
          templateConfiguration: { text: { text: "Rules. {{question}}", cachePoint: { type: "default" }, inputVariables: [{ name: "question" }] } } }] });`,
      gives: `
        converse bedrock amazon.nova-pro-v1:0 (asset)
        messages 0.0 user text | Rules. <turn>
        -- explicit messages`,
    },
    {
      name: "the CDK: a prompt in a field of its stack",
      ts: `
        class Prompts extends Stack {
          readonly desk = new bedrock.CfnPrompt(this, "Desk", { name: "desk", variants: [{ name: "v1", templateType: "TEXT",
            modelId: "amazon.nova-pro-v1:0", templateConfiguration: { text: { text: "Rules. {{question}}", cachePoint: { type: "default" } } } }] });

          constructor(scope: Construct) {
            super(scope, "prompts");
          }
        }`,
      gives: `
        converse bedrock amazon.nova-pro-v1:0 (asset)
        messages 0.0 user text | Rules. <turn>
        -- explicit messages`,
    },
    {
      name: "the CDK: a prompt of the type CHAT, of plain dicts as well",
      py: `
        aws_bedrock.CfnPrompt(stack, "Desk", name="desk", variants=[{
            "name": "v1", "template_type": "CHAT", "model_id": "amazon.nova-pro-v1:0",
            "template_configuration": {"chat": aws_bedrock.CfnPrompt.ChatPromptTemplateConfigurationProperty(
                system=[aws_bedrock.CfnPrompt.SystemContentBlockProperty(text="S"),
                        aws_bedrock.CfnPrompt.SystemContentBlockProperty(cache_point={"type": "default"})],
                messages=[{"role": "user", "content": [{"text": "{{question}}"}]}],
                tool_configuration={"tools": [{"tool_spec": {"name": "look", "description": "Looks", "input_schema": {"json": {"type": "object"}}}}]})}}])`,
      gives: `
        converse bedrock amazon.nova-pro-v1:0 (asset)
        tools 0 tool | {"description": "Looks", "name": "look", "parameters": {"type": "object"}}
        system 0 text | S
        -- explicit system
        messages 0.0 user text | <turn>`,
    },
  ],
);

const variants = [
  {
    name: "v1",
    modelId: "amazon.nova-pro-v1:0",
    templateType: "CHAT",
    templateConfiguration: {
      chat: {
        system: [{ text: "S" }, { cachePoint: { type: "default" } }],
        messages: [{ role: "user", content: [{ text: "{{question}}" }] }],
        inputVariables: [{ name: "question" }],
      },
    },
  },
];
const chat = `converse bedrock amazon.nova-pro-v1:0 (asset)
system 0 text | S
-- explicit system
messages 0.0 user text | {{question}}`;

const terraform = {
  name: "desk",
  variant: [
    {
      name: "v1",
      model_id: "amazon.nova-pro-v1:0",
      template_type: "CHAT",
      template_configuration: {
        chat: [
          {
            system: [{ text: "S" }, { cache_point: { type: "default" } }],
            message: { role: "user", content: { text: "{{question}}" } },
            input_variable: [{ name: "question" }],
          },
        ],
      },
    },
  ],
};

test.each([
  ["what `get-prompt` gives", { arn: "arn:aws:bedrock:p", version: "1", variants }, chat],
  ["what `create-prompt` is given", { name: "desk", defaultVariant: "v1", variants }, chat],
  ["Terraform's JSON", { resource: { aws_bedrockagent_prompt: { desk: terraform } } }, chat],
  ["Terraform's JSON, with lists", { resource: { aws_bedrockagent_prompt: { desk: [terraform] } } }, chat],
  [
    "Terraform's JSON: expressions, and a cache point in one block with its text",
    {
      resource: {
        aws_bedrockagent_prompt: {
          desk: {
            variant: {
              model_id: "${var.model}",
              template_configuration: {
                chat: {
                  system: { text: "For ${var.brand}, at $${x}.", cache_point: { type: "default" } },
                  message: [{ role: "user", content: [{ text: "Q" }] }],
                },
              },
            },
          },
        },
      },
    },
    `converse bedrock ? (asset)
system 0 text | For <deploy>, at \${x}.
messages 0.0 user text | Q
! misplaced: An element has exactly one key, so a cache point beside another key is rejected.
? model: the deployment names it`,
  ],
  ["other resources", { resource: { aws_s3_object: { desk: { cache_control: "max-age=60" } } } }, ""],
])("%s", (_, data, gives) => {
  expect(printed(data).join("\n")).toBe(gives);
});

/** The requests of a data file, with placeholders as they are written. */
function printed(data: object, context: AssetContext = alone): readonly string[] {
  const { values } = readJson(new SourceFile("main.tf.json", JSON.stringify(data)));
  const requests = values.flatMap(({ value, span }) => bedrockPrompt.fromData?.(value, span, context) ?? []);
  return requests.map((request) => printRequest(request));
}

test("a file that a Terraform expression reads", () => {
  const text = '${file("${path.module}/rules.txt")}';
  const data = {
    resource: {
      aws_bedrockagent_prompt: { desk: { variant: { template_configuration: { text: { text } } } } },
    },
  };
  const readText = (path: string): TextValue => ({
    type: "text",
    parts: [{ kind: "literal", text: `<${path}>`, span: { file: path, start: 0, end: 1 } }],
  });
  expect(printed(data, { ...alone, readText }).join()).toContain("messages 0.0 user text | <rules.txt>");
});

const program = `
import boto3
agent = boto3.client("bedrock-agent")
runtime = boto3.client("bedrock-runtime")
prompt = agent.create_prompt(name="desk", defaultVariant="v1", variants=[{
    "name": "v1", "templateType": "TEXT", "modelId": "amazon.nova-pro-v1:0",
    "templateConfiguration": {"text": {"text": "Rules of {{brand}}. {{question}}", "inputVariables": [{"name": "brand"}, {"name": "question"}]}}}])
version = agent.create_prompt_version(promptIdentifier=prompt["id"])
def ask(question):
    return runtime.converse(modelId=version["arn"], promptVariables={"brand": {"text": "Acme"}, "question": {"text": question}})
`;

test("a prompt that is made and used in one program is joined with the values of its variables", () => {
  expect(sentRequests("main.py", program).join("\n")).toContain(
    "boto3-converse\nconverse bedrock amazon.nova-pro-v1:0\nmessages 0.0 user text | Rules of Acme. <turn>",
  );
});
