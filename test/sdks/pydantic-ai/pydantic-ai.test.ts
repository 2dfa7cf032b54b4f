import { testSdk } from "../../support/sdk-cases.ts";

const imports = {
  py: `
    from datetime import datetime
    from anthropic import AsyncAnthropic, AsyncAnthropicBedrock
    from pydantic_ai import Agent, BinaryContent, CachePoint, ImageUrl
    from pydantic_ai.models.anthropic import AnthropicModel, AnthropicModelSettings
    from pydantic_ai.models.bedrock import BedrockConverseModel, BedrockModelSettings
    from pydantic_ai.providers.anthropic import AnthropicProvider
  `,
};

testSdk("pydantic-ai", imports, [
  {
    name: "static instructions come first, and the mark behind the last of them",
    py: `
      agent = Agent("anthropic:claude-sonnet-4-5", instructions="I",
                    model_settings=AnthropicModelSettings(anthropic_cache_instructions="1h"))
      @agent.instructions
      def clock():
          return f"It is {datetime.now()}."
      def ask(question):
          return agent.run_sync(question)`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | I
      -- injected system 1h
      system 1 text | It is <request>.
      messages 0.0 user text | <turn>`,
  },
  {
    name: "system prompts stand in front of the instructions, as one block",
    py: `
      agent = Agent("bedrock:us.anthropic.claude-sonnet-4-6", system_prompt=["A", "B"], instructions=["C", "D"],
                    model_settings=BedrockModelSettings(bedrock_cache_instructions=True))
      @agent.system_prompt
      def clock():
          return f"It is {datetime.now()}."
      def ask(question):
          return agent.run_sync(question)`,
    gives: `
      converse bedrock us.anthropic.claude-sonnet-4-6
      system 0 text | A\\n\\nB\\n\\nIt is <request>.
      system 1 text | C\\nD
      -- injected system
      messages 0.0 user text | <turn>`,
  },
  {
    name: "a conversation that goes on keeps its first system prompt",
    py: `
      agent = Agent("anthropic:claude-sonnet-4-5")
      @agent.system_prompt
      def clock():
          return f"It is {datetime.now()}."
      def ask(question, history):
          return agent.run_sync(question, message_history=history)`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | <session>
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | <turn>`,
  },
  {
    name: "cache points in the prompt",
    py: `
      Agent("anthropic:claude-sonnet-4-5").run_sync(["D", CachePoint(ttl="1h"), "Q"])
      Agent("bedrock:us.anthropic.claude-sonnet-4-6").run_sync(["D", CachePoint(), "Q"])
      Agent("openai:gpt-5").run_sync(["D", CachePoint(), "Q"])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | D
      -- explicit messages 1h
      messages 0.1 user text | Q
      converse bedrock us.anthropic.claude-sonnet-4-6
      messages 0.0 user text | D
      -- explicit messages
      messages 0.1 user text | Q
      openai openai gpt-5
      messages 0.0 user text | D
      messages 0.1 user text | Q`,
  },
  {
    name: "the marks of tools and messages",
    py: `
      agent = Agent("anthropic:claude-sonnet-4-5", model_settings={
          "anthropic_cache_tool_definitions": True, "anthropic_cache_messages": "5m"})
      @agent.tool_plain
      def look(key: str) -> str:
          """Looks up a key."""
      agent.run_sync("Q")`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      tools 0 tool | {"description": "Looks up a key.", "name": "look", "parameters": <static>}
      -- injected tools
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | Q
      -- injected messages 5m`,
  },
  {
    name: "tools in the order in which they are written, whichever decorator they have",
    py: `
      agent = Agent("anthropic:claude-sonnet-4-5", model_settings={"anthropic_cache_tool_definitions": True})
      @agent.tool_plain
      def look(key: str) -> str:
          """Looks up a key."""
      @agent.tool
      def mend(ctx, key: str) -> str:
          """Mends a key."""
      agent.run_sync("Q")`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      tools 0 tool | {"description": "Looks up a key.", "name": "look", "parameters": <static>}
      tools 1 tool | {"description": "Mends a key.", "name": "mend", "parameters": <static>}
      -- injected tools
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | Q`,
  },
  {
    name: "a tool that is prepared for nobody",
    py: `
      agent = Agent("anthropic:claude-sonnet-4-5", model_settings={"anthropic_cache_tool_definitions": True})
      async def never(ctx, definition):
          return None
      async def always(ctx, definition):
          return definition
      @agent.tool_plain(prepare=always)
      def look(key: str) -> str:
          """Looks up a key."""
      @agent.tool_plain(prepare=never)
      def mend(key: str) -> str:
          """Mends a key."""
      agent.run_sync("Q")`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      tools 0 tool | {"description": "Looks up a key.", "name": "look", "parameters": <static>}
      -- injected tools
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | Q`,
  },
  {
    name: "automatic caching, and settings of the run in front of those of the agent",
    py: `
      agent = Agent("anthropic:claude-sonnet-4-5", instructions="I", model_settings={"anthropic_cache_instructions": True})
      agent.run_sync("Q", model_settings={"anthropic_cache": True, "anthropic_cache_instructions": False})`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | I
      messages 0.0 user text | Q
      -- automatic messages`,
  },
  {
    name: "beyond four marks the oldest messages lose theirs",
    py: `
      agent = Agent("anthropic:claude-sonnet-4-5", instructions="I", model_settings={
          "anthropic_cache_instructions": True, "anthropic_cache": True})
      agent.run_sync(["A", CachePoint(), "B", CachePoint(), "C", CachePoint(), "Q"])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | I
      -- injected system
      messages 0.0 user text | A
      messages 0.1 user text | B
      -- explicit messages
      messages 0.2 user text | C
      -- explicit messages
      messages 0.3 user text | Q
      -- automatic messages`,
  },
  {
    name: "models made by their classes, and files",
    py: `
      model = AnthropicModel("claude-sonnet-4-5", provider=AnthropicProvider(anthropic_client=AsyncAnthropicBedrock()))
      Agent(model).run_sync([ImageUrl(url="https://example.org/a.png"), "Q"])
      gateway = AnthropicProvider(anthropic_client=AsyncAnthropic(base_url="https://gateway.example"))
      Agent(AnthropicModel("claude-sonnet-4-5", provider=gateway)).run_sync("Q")
      Agent(BedrockConverseModel("us.amazon.nova-pro-v1:0")).run_sync("Q")`,
    gives: `
      anthropic bedrock claude-sonnet-4-5
      messages 0.0 user image | https://example.org/a.png
      messages 0.1 user text | Q
      anthropic other claude-sonnet-4-5
      messages 0.0 user text | Q
      converse bedrock us.amazon.nova-pro-v1:0
      messages 0.0 user text | Q`,
  },
  {
    name: "instructions of a run count as static",
    py: `
      agent = Agent("anthropic:claude-sonnet-4-5", instructions="I", model_settings={"anthropic_cache_instructions": True})
      def ask(question):
          return agent.run_sync(question, instructions=f"It is {datetime.now()}.")`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | I\\nIt is <request>.
      -- injected system
      messages 0.0 user text | <turn>`,
  },
  {
    name: "Gemini",
    py: `
      Agent("google-gla:gemini-2.5-flash", instructions="I").run_sync(["D", CachePoint(), "Q"])`,
    gives: `
      gemini gemini gemini-2.5-flash
      system 0 text | I
      messages 0.0 user text | D
      messages 0.1 user text | Q`,
  },
  {
    name: "a cache point is a breakpoint for GPT-5.6, and nothing for its elders",
    py: `
      Agent("openai:gpt-5.6-sol", instructions="I").run_sync(["D", CachePoint(ttl="1h"), "Q"])
      Agent("openai:gpt-5", instructions="I").run_sync(["D", CachePoint(), "Q"])`,
    gives: `
      openai openai gpt-5.6-sol
      system 0 text | I
      messages 0.0 user text | D
      -- explicit messages
      messages 0.1 user text | Q
      openai openai gpt-5
      system 0 text | I
      messages 0.0 user text | D
      messages 0.1 user text | Q`,
  },
  {
    name: "OpenRouter",
    py: `
      agent = Agent("openrouter:anthropic/claude-sonnet-4.5", instructions="I",
                    model_settings={"openrouter_cache_instructions": "1h", "openrouter_cache_messages": True})
      agent.run_sync(["D", CachePoint(), "Q"])`,
    gives: `
      openai other anthropic/claude-sonnet-4.5
      system 0 text | I
      -- injected system 1h
      messages 0.0 user text | D
      -- explicit messages
      messages 0.1 user text | Q
      -- injected messages`,
  },
  {
    name: "settings that mean nothing to a model on Bedrock",
    py: `
      def look(key: str):
          """Looks up a key."""
      Agent("bedrock:us.amazon.nova-lite-v1:0", instructions="I", tools=[look], model_settings=BedrockModelSettings(
          bedrock_cache_instructions=True, bedrock_cache_tool_definitions=True)).run_sync("Q")
      Agent("bedrock:meta.llama3-70b-instruct-v1:0", instructions="I",
            model_settings=BedrockModelSettings(bedrock_cache_instructions=True)).run_sync("Q")`,
    gives: `
      converse bedrock us.amazon.nova-lite-v1:0
      tools 0 tool | {"description": "Looks up a key.", "name": "look", "parameters": <static>}
      system 0 text | I
      -- injected system
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | Q
      ! ignored: Pydantic AI places no cache point behind the tools for Amazon Nova, which takes none there.
      converse bedrock meta.llama3-70b-instruct-v1:0
      system 0 text | I
      messages 0.0 user text | Q
      ! ignored: On Bedrock, Pydantic AI places cache points for Claude and Amazon Nova only, so this setting does nothing.`,
  },
  {
    name: "a cache point with nothing in front of it",
    py: `
      Agent("anthropic:claude-sonnet-4-5").run_sync([CachePoint(), "Q"])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | Q
      ! misplaced: Pydantic AI raises \`CachePoint cannot be the first content in a user message\`.`,
  },
  {
    name: "models that are not read",
    py: `
      Agent("groq:llama-3").run_sync("Q")`,
    gives: ``,
  },
]);
