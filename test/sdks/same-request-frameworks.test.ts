import { describe, expect, test } from "vitest";
import { dedent } from "../support/dedent.ts";
import { sentRequests } from "../support/sent-requests.ts";

/** One request, and the programs that send it with the frameworks that can say it. */
interface FrameworkRequest {
  readonly name: string;
  readonly programs: Readonly<Record<string, readonly ["main.py" | "main.ts", string]>>;
  /** The request as it prints, without the line that names platform and model. */
  readonly gives: string;
}

const heads: Readonly<Record<string, string>> = {
  Agno: `
from agno.agent import Agent
from agno.models.anthropic import Claude, SystemPromptBlock
`,
  CrewAI: `
from crewai import LLM
from crewai.llms.cache import mark_cache_breakpoint
llm = LLM(model="anthropic/claude-sonnet-5")
`,
  Genkit: `
import { anthropic, cacheControl } from "@genkit-ai/anthropic";
import { genkit } from "genkit";
const ai = genkit({ plugins: [anthropic()] });
const model = anthropic.model("claude-sonnet-5");
`,
  Haystack: `
from haystack.dataclasses import ChatMessage, ImageContent
from haystack_integrations.components.generators.amazon_bedrock import AmazonBedrockChatGenerator
from haystack_integrations.components.generators.anthropic import AnthropicChatGenerator
MARK = {"cache_control": {"type": "ephemeral"}}
POINT = {"cachePoint": {"type": "default"}}
claude = AnthropicChatGenerator(model="claude-sonnet-5")
nova = AmazonBedrockChatGenerator(model="us.amazon.nova-pro-v1:0")
`,
  Instructor: `
import instructor
from anthropic import Anthropic
client = instructor.from_anthropic(Anthropic())
MARK = {"cache_control": {"type": "ephemeral"}}
`,
  LlamaIndex: `
from llama_index.core.llms import CacheControl, CachePoint, ChatMessage, ImageBlock, TextBlock
from llama_index.llms.anthropic import Anthropic
from llama_index.llms.bedrock_converse import BedrockConverse
claude = Anthropic(model="claude-sonnet-5")
nova = BedrockConverse(model="us.amazon.nova-pro-v1:0")
POINT = CachePoint(cache_control=CacheControl(type="ephemeral"))
`,
  Mastra: `
import { anthropic } from "@ai-sdk/anthropic";
import { Agent } from "@mastra/core/agent";
const model = anthropic("claude-sonnet-5");
const providerOptions = { anthropic: { cacheControl: { type: "ephemeral" } } };
`,
  "Pydantic AI": `
from pydantic_ai import Agent, CachePoint, ImageUrl
`,
};

const rulesMarked = `
  system 0 text | Rules
  -- explicit system
  messages 0.0 user text | Where?
  messages 1.0 assistant text | There.
  messages 2.0 user text | Why?
  -- explicit messages
`;
const picture = `
  messages 0.0 user image | https://pictures.test/1.png
  -- explicit messages
  messages 0.1 user text | What?
`;
const twoTtls = `
  system 0 text | Rules
  -- explicit system 1h
  system 1 text | Note
  -- explicit system 5m
  messages 0.0 user text | Why?
`;
const plain = `
  system 0 text | Rules
  messages 0.0 user text | Why?
`;

const anthropicRequests: readonly FrameworkRequest[] = [
  {
    name: "a marked system text and a history that ends in a mark",
    programs: {
      CrewAI: [
        "main.py",
        `llm.call([mark_cache_breakpoint({"role": "system", "content": "Rules"}), {"role": "user", "content": "Where?"},
          {"role": "assistant", "content": "There."}, mark_cache_breakpoint({"role": "user", "content": "Why?"})])`,
      ],
      Genkit: [
        "main.ts",
        `await ai.generate({ model, system: { text: "Rules", metadata: { ...cacheControl() } }, messages: [
          { role: "user", content: [{ text: "Where?" }] }, { role: "model", content: [{ text: "There." }] },
          { role: "user", content: [{ text: "Why?", metadata: { cache_control: { type: "ephemeral" } } }] }] });`,
      ],
      Haystack: [
        "main.py",
        `claude.run([ChatMessage.from_system("Rules", meta=MARK), ChatMessage.from_user("Where?"),
          ChatMessage.from_assistant("There."), ChatMessage.from_user("Why?", meta=MARK)])`,
      ],
      Instructor: [
        "main.py",
        `client.messages.create(model="claude-sonnet-5", response_model=None, system=[{"type": "text", "text": "Rules", **MARK}],
          messages=[{"role": "user", "content": "Where?"}, {"role": "assistant", "content": "There."},
                    {"role": "user", "content": [{"type": "text", "text": "Why?", **MARK}]}])`,
      ],
      LlamaIndex: [
        "main.py",
        `claude.chat([ChatMessage(role="system", blocks=[TextBlock(text="Rules"), POINT]), ChatMessage(role="user", content="Where?"),
          ChatMessage(role="assistant", content="There."), ChatMessage(role="user", blocks=[TextBlock(text="Why?"), POINT])])`,
      ],
      Mastra: [
        "main.ts",
        `await new Agent({ name: "a", model, instructions: { role: "system", content: "Rules", providerOptions } }).generate([
          { role: "user", content: "Where?" }, { role: "assistant", content: "There." }, { role: "user", content: "Why?", providerOptions }]);`,
      ],
    },
    gives: rulesMarked,
  },
  {
    name: "a marked picture in front of a question",
    programs: {
      Genkit: [
        "main.ts",
        `await ai.generate({ model, prompt: [
          { media: { url: "https://pictures.test/1.png" }, metadata: { ...cacheControl() } }, { text: "What?" }] });`,
      ],
      Instructor: [
        "main.py",
        `client.messages.create(model="claude-sonnet-5", response_model=None, messages=[{"role": "user", "content": [
          {"type": "image", "source": {"type": "url", "url": "https://pictures.test/1.png"}, **MARK}, {"type": "text", "text": "What?"}]}])`,
      ],
      LlamaIndex: [
        "main.py",
        `claude.chat([ChatMessage(role="user", blocks=[ImageBlock(url="https://pictures.test/1.png"), POINT, TextBlock(text="What?")])])`,
      ],
      Mastra: [
        "main.ts",
        `await new Agent({ name: "a", model }).generate([{ role: "user", content: [
          { type: "image", image: "https://pictures.test/1.png", providerOptions }, { type: "text", text: "What?" }] }]);`,
      ],
      "Pydantic AI": [
        "main.py",
        `Agent("anthropic:claude-sonnet-5").run_sync([ImageUrl(url="https://pictures.test/1.png"), CachePoint(), "What?"])`,
      ],
    },
    gives: picture,
  },
  {
    name: "two TTLs",
    programs: {
      Agno: [
        "main.py",
        `Agent(model=Claude(id="claude-sonnet-5", system_prompt_blocks=[
          SystemPromptBlock(text="Rules", cache=True, ttl="1h"), SystemPromptBlock(text="Note", cache=True, ttl="5m")])).run("Why?")`,
      ],
      Genkit: [
        "main.ts",
        `await ai.generate({ model, system: [{ text: "Rules", metadata: { ...cacheControl({ ttl: "1h" }) } },
          { text: "Note", metadata: { ...cacheControl({ ttl: "5m" }) } }], prompt: "Why?" });`,
      ],
      Haystack: [
        "main.py",
        `claude.run([ChatMessage.from_system("Rules", meta={"cache_control": {"type": "ephemeral", "ttl": "1h"}}),
          ChatMessage.from_system("Note", meta={"cache_control": {"type": "ephemeral", "ttl": "5m"}}), ChatMessage.from_user("Why?")])`,
      ],
      LlamaIndex: [
        "main.py",
        `claude.chat([ChatMessage(role="system", blocks=[TextBlock(text="Rules"), CachePoint(cache_control=CacheControl(type="ephemeral", ttl="1h")),
          TextBlock(text="Note"), CachePoint(cache_control=CacheControl(type="ephemeral", ttl="5m"))]), ChatMessage(role="user", content="Why?")])`,
      ],
    },
    gives: twoTtls,
  },
  {
    name: "no marks",
    programs: {
      Agno: ["main.py", `Agent(model=Claude(id="claude-sonnet-5"), system_message="Rules").run("Why?")`],
      CrewAI: [
        "main.py",
        `llm.call([{"role": "system", "content": "Rules"}, {"role": "user", "content": "Why?"}])`,
      ],
      Genkit: ["main.ts", `await ai.generate({ model, system: "Rules", prompt: "Why?" });`],
      Haystack: ["main.py", `claude.run([ChatMessage.from_system("Rules"), ChatMessage.from_user("Why?")])`],
      Instructor: [
        "main.py",
        `client.create(model="claude-sonnet-5", response_model=None, messages=[{"role": "system", "content": "Rules"}, {"role": "user", "content": "Why?"}])`,
      ],
      LlamaIndex: [
        "main.py",
        `claude.chat([ChatMessage(role="system", content="Rules"), ChatMessage(role="user", content="Why?")])`,
      ],
      Mastra: ["main.ts", `await new Agent({ name: "a", model, instructions: "Rules" }).generate("Why?");`],
      "Pydantic AI": ["main.py", `Agent("anthropic:claude-sonnet-5", instructions="Rules").run_sync("Why?")`],
    },
    gives: plain,
  },
];

const converseRequests: readonly FrameworkRequest[] = [
  {
    name: "a cache point behind the system text and at the end",
    programs: {
      Haystack: [
        "main.py",
        `nova.run([ChatMessage.from_system("Rules", meta=POINT), ChatMessage.from_user("Where?"),
          ChatMessage.from_assistant("There."), ChatMessage.from_user("Why?", meta=POINT)])`,
      ],
      LlamaIndex: [
        "main.py",
        `nova.chat([ChatMessage(role="system", blocks=[TextBlock(text="Rules"), POINT]), ChatMessage(role="user", content="Where?"),
          ChatMessage(role="assistant", content="There."), ChatMessage(role="user", blocks=[TextBlock(text="Why?"), POINT])])`,
      ],
    },
    gives: rulesMarked,
  },
  {
    name: "a picture",
    programs: {
      LlamaIndex: [
        "main.py",
        `nova.chat([ChatMessage(role="user", blocks=[ImageBlock(url="https://pictures.test/1.png"), POINT, TextBlock(text="What?")])])`,
      ],
      "Pydantic AI": [
        "main.py",
        `Agent("bedrock:us.amazon.nova-pro-v1:0").run_sync([ImageUrl(url="https://pictures.test/1.png"), CachePoint(), "What?"])`,
      ],
    },
    gives: picture,
  },
  {
    name: "no marks",
    programs: {
      Haystack: ["main.py", `nova.run([ChatMessage.from_system("Rules"), ChatMessage.from_user("Why?")])`],
      LlamaIndex: [
        "main.py",
        `nova.chat([ChatMessage(role="system", content="Rules"), ChatMessage(role="user", content="Why?")])`,
      ],
      "Pydantic AI": [
        "main.py",
        `Agent("bedrock:us.amazon.nova-pro-v1:0", instructions="Rules").run_sync("Why?")`,
      ],
    },
    gives: plain,
  },
];

/** The lines of a printed request, whatever it was put together from. */
function lines(text: string): readonly string[] {
  return dedent(text)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

describe.each([
  ["Anthropic", anthropicRequests],
  ["Converse", converseRequests],
] as const)("the same %s request prints the same in frameworks", (_, requests) => {
  describe.each(requests)("$name", ({ programs, gives }) => {
    test.each(Object.entries(programs))("%s", (framework, [path, program]) => {
      const sent = sentRequests(path, `${heads[framework]!}${program}`);
      expect(sent).toHaveLength(1);
      expect(lines(sent[0]!.replace(/^(?:[\w-]+\n)?.*\n/, ""))).toEqual(lines(gives));
    });
  });
});
