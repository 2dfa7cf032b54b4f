import { describe, expect, test } from "vitest";
import { isFramework, mayCallFramework, mayHoldRequest, type FileKind } from "../../src/engine/markers.ts";

describe("mayHoldRequest", () => {
  test.each<{ kind: FileKind; text: string }>([
    { kind: "code", text: 'block["cache_control"] = mark' },
    { kind: "code", text: "providerOptions: { anthropic: { cacheControl } }" },
    { kind: "code", text: "client.messages\n    .create(params)" },
    { kind: "code", text: "await openai?.chat?.completions.create(x)" },
    { kind: "code", text: "with client.messages.with_raw_response.create() as r:" },
    { kind: "code", text: "new ConverseStreamCommand(input)" },
    { kind: "code", text: "bedrock.converse(**kwargs)" },
    { kind: "code", text: "asyncio.to_thread(self.client.converse, **request)" },
    { kind: "code", text: "const { text } = await generateText({})" },
    { kind: "code", text: "from pydantic_ai import Agent" },
    { kind: "code", text: 'fetch("https://api.anthropic.com/v1/messages")' },
    { kind: "code", text: "await client.beta.messages.tool_runner(**params)" },
    { kind: "code", text: "ai.models.countTokens({ model, contents })" },
    { kind: "code", text: "openRouter.chat.send({ model })" },
    { kind: "code", text: "await chat.sendMessageStream(text)" },
    { kind: "code", text: "import litellm as llm" },
    { kind: "code", text: "router.acompletion(model=m)" },
    { kind: "code", text: "from langgraph.prebuilt import create_react_agent" },
    { kind: "code", text: "from strands import Agent" },
    { kind: "code", text: "body.prompt_cache_key = id" },
    { kind: "code", text: "new ChatAnthropicVertex({ model })" },
    { kind: "code", text: '} from "@langchain/core/messages"' },
    { kind: "code", text: "const { Agent } = require('@mastra/core/agent')" },
    { kind: "code", text: 'await import("@openai/agents")' },
    { kind: "notebook", text: '"source": ["import { genkit } from \\"genkit\\";\\n"]' },
    { kind: "notebook", text: '"source": ["client.messages.create(\\n"]' },
    { kind: "data", text: '{"model": "x", "messages": []}' },
    { kind: "data", text: "model: x\nsystem: |\n  text" },
    { kind: "data", text: '{"custom_id": "1", "params": {}}' },
    { kind: "data", text: "Type: AWS::Bedrock::Prompt" },
    { kind: "data", text: "prompts:\n  - a\nproviders:\n  - b" },
    { kind: "template", text: "Hello {{ name }}" },
    { kind: "template", text: "{% for t in tools %}" },
    { kind: "terraform", text: 'resource "aws_bedrockagent_prompt" "desk" {' },
  ])("$kind: $text", ({ kind, text }) => {
    expect(mayHoldRequest(text, kind)).toBe(true);
  });

  test.each<{ kind: FileKind; text: string }>([
    { kind: "code", text: "" },
    { kind: "code", text: 'console.log("messages", create)' },
    { kind: "code", text: 'res.setHeader("Cache-Control", "no-store")' },
    { kind: "code", text: "orderBy(messages.createdAt)" },
    { kind: "code", text: "desc(chats.createdAt)" },
    { kind: "code", text: "<code>supportsPromptCache</code>" },
    { kind: "code", text: "const used = countTokens(text)" },
    { kind: "code", text: "onCompletion(result)" },
    { kind: "code", text: 'href="https://openrouter.ai/keys"' },
    { kind: "code", text: 'case "litellm": return true' },
    { kind: "code", text: 'const frameworks = ["langgraph", "livekit", "genkit"]' },
    { kind: "code", text: '{ name: "ChatGoogleGenerativeAI" }' },
    { kind: "code", text: "type ChatPrompt = { promptVariables: string[] }" },
    { kind: "code", text: "// where the other branch strands its reader" },
    { kind: "data", text: '{"name": "package", "version": "1.0.0"}' },
    { kind: "data", text: '{"messages": {"hello": "Hello"}}' },
    { kind: "data", text: '{"description": "the model of messages"}' },
    { kind: "template", text: "# A page without placeholders" },
    { kind: "terraform", text: 'resource "aws_s3_object" "page" {\n  cache_control = "max-age=60"\n}' },
    { kind: "terraform", text: 'resource "aws_bedrockagent_prompt_version" "v1" {' },
    { kind: "terraform", text: "prompt = aws_bedrockagent_prompt.desk.arn" },
  ])("not $kind: $text", ({ kind, text }) => {
    expect(mayHoldRequest(text, kind)).toBe(false);
  });
});

test.each([
  "pydantic_ai",
  "strands.models",
  "langchain_core.prompts",
  "@langchain/anthropic",
  "google",
  "agents",
])("%s is a library whose objects send with plain methods", (module) => {
  expect(isFramework(module)).toBe(true);
});

test.each(["anthropic", "agents_of_change", "googletrans", "./agents"])("%s is none", (module) => {
  expect(isFramework(module)).toBe(false);
});

test.each([
  ["return agent.run_sync(question)", true],
  ["return support_agent(question)", true],
  ["await chain.ainvoke({})", true],
  ["chat.sendMessage({ message })", true],
  ["await run(desk, question)", true],
  ["new Agent<Context>({ instructions })", true],
  ["Agent[Context](instructions=RULES)", true],
  ["await chain.invoke<Answer>(question)", true],
  ["return question.strip()", false],
  ["subprocess.check_output(x)", false],
])("%s: %s", (text, expected) => {
  expect(mayCallFramework(text)).toBe(expected);
});
