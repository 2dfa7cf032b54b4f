import { testSdk } from "../support/sdk-cases.ts";

const imports = {
  py: `
    from llama_index.core.agent.workflow import FunctionAgent
    from llama_index.core.llms import CacheControl, CachePoint, ChatMessage, ImageBlock, MessageRole, TextBlock
    from llama_index.core.tools import FunctionTool
    from llama_index.llms.anthropic import Anthropic
    from llama_index.llms.bedrock_converse import BedrockConverse
    from llama_index.llms.openai import OpenAI
    CLAUDE = "claude-sonnet-4-5"
    NOVA = "us.amazon.nova-pro-v1:0"
    MARK = {"cache_control": {"type": "ephemeral"}}
    POINT = CachePoint(cache_control=CacheControl(type="ephemeral"))
    def look(key: str):
        """Looks up a key."""
  `,
  ts: `
    import { anthropic, Anthropic } from "@llamaindex/anthropic";
    import { OpenAI } from "@llamaindex/openai";
  `,
};

const tool = 'tools 0 tool | {"description": "Looks up a key.", "name": "look", "parameters": <static>}';

testSdk("llama-index", imports, [
  {
    name: "a cache point marks the block in front of it",
    py: `
      llm = Anthropic(model=CLAUDE)
      llm.chat([
          ChatMessage(role="system", content=[TextBlock(text="S"), CachePoint(cache_control=CacheControl(type="ephemeral", ttl="1h"))]),
          ChatMessage(role=MessageRole.USER, blocks=[TextBlock(text="D"), POINT, TextBlock(text="Q")])])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      -- explicit system 1h
      messages 0.0 user text | D
      -- explicit messages
      messages 0.1 user text | Q`,
  },
  {
    name: "additional_kwargs mark the last block",
    py: `
      message = ChatMessage(role="system", content="S")
      message.additional_kwargs["cache_control"] = {"type": "ephemeral", "ttl": "1h"}
      async def ask(question):
          return await Anthropic(CLAUDE).astream_chat(messages=[
              message, ChatMessage(role="user", blocks=[TextBlock(text="D"), TextBlock(text="E")], additional_kwargs=MARK),
              ChatMessage("A", role="assistant"), ChatMessage(role="user", content=question)])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      -- explicit system 1h
      messages 0.0 user text | D
      messages 0.1 user text | E
      -- explicit messages
      messages 1.0 assistant text | A
      messages 2.0 user text | <turn>`,
  },
  {
    name: "every message up to an index",
    py: `
      Anthropic(model=CLAUDE, cache_idx=1).chat([
          ChatMessage(role="system", content="S"), ChatMessage(role="user", content="D"), ChatMessage(role="user", content="Q")])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      -- explicit system
      messages 0.0 user text | D
      -- explicit messages
      messages 1.0 user text | Q`,
  },
  {
    name: "a cache point as the first block",
    py: `Anthropic(model=CLAUDE).chat([ChatMessage(role="user", blocks=[POINT, TextBlock(text="Q")])])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | Q
      ! misplaced: A message cannot begin with a cache point: LlamaIndex raises \`Cache point must be after at least one block\`.`,
  },
  {
    name: "a cache point that is appended",
    py: `
      message = ChatMessage(role="user", content="D")
      message.blocks.append(POINT)
      Anthropic(model=CLAUDE).chat([message, ChatMessage(role="user", content="Q")])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | D
      -- explicit messages
      messages 1.0 user text | Q`,
  },
  {
    name: "Bedrock joins system texts, drops TTLs, and has a flag for tools",
    py: `
      llm = BedrockConverse(model=NOVA, tool_caching=True)
      llm.chat_with_tools([FunctionTool.from_defaults(fn=look)], user_msg="Q", chat_history=[
          ChatMessage(role="system", blocks=[TextBlock(text="S"), TextBlock(text="T"), CachePoint(cache_control=CacheControl(type="default", ttl="1h")), TextBlock(text="U")]),
          ChatMessage(role="user", content="D", additional_kwargs=MARK)])`,
    gives: `
      converse bedrock us.amazon.nova-pro-v1:0
      ${tool}
      -- injected tools
      system 0 text | S\\nT
      -- explicit system
      system 1 text | U
      messages 0.0 user text | D
      messages 1.0 user text | Q
      ! ignored: For Bedrock, LlamaIndex reads cache points among the blocks only, so this mark is dropped.`,
  },
  {
    name: "pictures, a text alone, and the services behind the class for Anthropic",
    py: `
      Anthropic(model=CLAUDE, aws_region="us-east-1").chat([ChatMessage(role="user", blocks=[ImageBlock(path="a.png"), POINT])])
      OpenAI(model="gpt-5", system_prompt="S").complete("Q")`,
    gives: `
      anthropic bedrock claude-sonnet-4-5
      messages 0.0 user image | a.png
      -- explicit messages
      openai openai gpt-5
      system 0 text | S
      messages 0.0 user text | Q`,
  },
  {
    name: "an agent with tools",
    py: `
      agent = FunctionAgent(tools=[look], llm=Anthropic(model=CLAUDE), system_prompt="S")
      async def ask(question):
          return await agent.run(question)`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      ${tool}
      system 0 text | S
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | <turn>`,
  },
  {
    name: "options of messages",
    ts: `
      const llm = new Anthropic({ model: "claude-sonnet-4-5" });
      await llm.chat({ messages: [
        { role: "system", content: "S", options: { cache_control: { type: "ephemeral" } } },
        { role: "user", content: "D", options: { cache_control: { type: "ephemeral" } } },
      ] });`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      -- explicit system
      messages 0.0 user text | D
      ! ignored: LlamaIndex for TypeScript reads \`cache_control\` of system messages only, so this mark is dropped.`,
  },
  {
    name: "chats of something else",
    py: `
      from llama_index.core import VectorStoreIndex
      VectorStoreIndex.from_documents([]).as_chat_engine().chat("Q")`,
    gives: ``,
  },
]);
