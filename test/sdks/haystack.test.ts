import { testSdk } from "../support/sdk-cases.ts";

const imports = {
  py: `
    from haystack import Pipeline
    from haystack.components.agents import Agent
    from haystack.components.builders import ChatPromptBuilder
    from haystack.components.generators.chat import OpenAIChatGenerator
    from haystack.dataclasses import ChatMessage, ChatRole, ImageContent, TextContent, ToolCall
    from haystack.tools import Tool
    from haystack_integrations.components.generators.amazon_bedrock import AmazonBedrockChatGenerator
    from haystack_integrations.components.generators.anthropic import AnthropicChatGenerator
    CLAUDE = "claude-sonnet-4-5"
    NOVA = "us.amazon.nova-pro-v1:0"
    MARK = {"cache_control": {"type": "ephemeral"}}
    POINT = {"cachePoint": {"type": "default"}}
    look = Tool(name="look", description="Looks", parameters={"type": "object"}, function=print)
  `,
};

const tool = 'tools 0 tool | {"description": "Looks", "name": "look", "parameters": {"type": "object"}}';

testSdk("haystack", imports, [
  {
    name: "marks in meta, with a TTL",
    py: `
      AnthropicChatGenerator(model=CLAUDE).run(messages=[
          ChatMessage.from_system("S", meta={"cache_control": {"type": "ephemeral", "ttl": "1h"}}),
          ChatMessage.from_user("Q")])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      -- explicit system 1h
      messages 0.0 user text | Q`,
  },
  {
    name: "each system message is a block, and meta may be written afterwards",
    py: `
      rules = ChatMessage.from_system("S")
      rules.meta["cache_control"] = {"type": "ephemeral"}
      llm = AnthropicChatGenerator(CLAUDE)
      async def ask(question):
          return await llm.run_async([rules, ChatMessage.from_system("T"), ChatMessage.from_user(question)], tools=[look])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      ${tool}
      system 0 text | S
      -- explicit system
      system 1 text | T
      messages 0.0 user text | <turn>`,
  },
  {
    name: "a mark stands behind every block of its message",
    py: `
      AnthropicChatGenerator(model=CLAUDE).run([
          ChatMessage.from_user(content_parts=["A", ImageContent.from_file_path("b.png"), TextContent("C")], meta=MARK),
          ChatMessage.from_assistant("D", meta=MARK, tool_calls=[ToolCall(tool_name="look", arguments={"at": "E"})])])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | A
      -- explicit messages
      messages 0.1 user image | b.png
      -- explicit messages
      messages 0.2 user text | C
      -- explicit messages
      messages 1.0 assistant text | D
      -- explicit messages
      messages 1.1 assistant toolUse | {"name": "look", "input": {"at": "E"}}
      -- explicit messages`,
  },
  {
    name: "of tool results that follow each other the first one's mark counts",
    py: `
      AnthropicChatGenerator(model=CLAUDE).run([
          ChatMessage.from_tool(tool_result="A", origin=None, meta=MARK),
          ChatMessage.from_tool(tool_result="B", origin=None, meta={"cache_control": {"type": "ephemeral"}})])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user toolResult | A
      -- explicit messages
      messages 1.0 user toolResult | B
      ! ignored: Of tool results that follow each other only the first message's \`cache_control\` counts.`,
  },
  {
    name: "cache points for Bedrock: in meta, behind the tools and behind each system message",
    py: `
      llm = AmazonBedrockChatGenerator(model=NOVA, tools_cachepoint_config={"type": "default", "ttl": "1h"},
                                       system_cachepoint_config={"type": "default"}, tools=[look])
      llm.run(messages=[ChatMessage.from_system("S"), ChatMessage.from_system("T", meta={"cachePoint": {"type": "default", "ttl": "5m"}}),
                        ChatMessage.from_user("Q", meta=POINT)])`,
    gives: `
      converse bedrock us.amazon.nova-pro-v1:0
      ${tool}
      -- injected tools 1h
      system 0 text | S
      -- explicit system
      system 1 text | T
      -- explicit system 5m
      messages 0.0 user text | Q
      -- explicit messages`,
  },
  {
    name: "no tools, no cache point behind them",
    py: `AmazonBedrockChatGenerator(model=NOVA, tools_cachepoint_config={"type": "default"}).run([ChatMessage.from_user("Q")])`,
    gives: `
      converse bedrock us.amazon.nova-pro-v1:0
      messages 0.0 user text | Q`,
  },
  {
    name: "the other provider's mark",
    py: `
      AmazonBedrockChatGenerator(model=NOVA).run([ChatMessage.from_system("S", meta=MARK), ChatMessage.from_user("Q")])
      AnthropicChatGenerator(model=CLAUDE).run([ChatMessage.from_system("S", meta=POINT), ChatMessage.from_user("Q")])`,
    gives: `
      converse bedrock us.amazon.nova-pro-v1:0
      system 0 text | S
      messages 0.0 user text | Q
      ! ignored: This generator never looks at \`cache_control\` in \`meta\`, so the mark is dropped.
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      messages 0.0 user text | Q
      ! ignored: This generator never looks at \`cachePoint\` in \`meta\`, so the mark is dropped.`,
  },
  {
    name: "a pipeline with a prompt builder",
    py: `
      template = [ChatMessage.from_system("S {{ brand }}", meta=MARK), ChatMessage.from_user("Docs: {% for d in documents %}{{ d.content }}{% endfor %} Q: {{ question }}")]
      pipe = Pipeline()
      pipe.add_component("prompt_builder", ChatPromptBuilder(template=template))
      pipe.add_component("llm", AnthropicChatGenerator(model=CLAUDE))
      pipe.connect("prompt_builder.prompt", "llm.messages")
      def ask(question, documents):
          return pipe.run({"prompt_builder": {"question": question, "documents": documents, "template_variables": {"brand": "Acme"}}})`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S Acme
      -- explicit system
      messages 0.0 user text | Docs: <unknown> Q: <turn>`,
  },
  {
    name: "a pipeline that searches",
    py: `
      from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
      def build():
          pipe = Pipeline()
          pipe.add_component("retriever", InMemoryBM25Retriever(store))
          pipe.add_component("prompt", ChatPromptBuilder(template=[ChatMessage.from_system("{{ documents }} S", meta=POINT), ChatMessage.from_user("{{ question }}")]))
          pipe.add_component("llm", AmazonBedrockChatGenerator(model=NOVA))
          pipe.connect("retriever.documents", "prompt.documents")
          pipe.connect("prompt.prompt", "llm.messages")
          return pipe
      pipe = build()
      def ask(question):
          return pipe.run({"retriever": {"query": question}, "prompt": {"question": question}})`,
    gives: `
      converse bedrock us.amazon.nova-pro-v1:0
      system 0 text | <turn> S
      -- explicit system
      messages 0.0 user text | <turn>`,
  },
  {
    name: "a pipeline that is given messages",
    py: `
      pipe = Pipeline()
      pipe.add_component(instance=OpenAIChatGenerator(model="gpt-5"), name="llm")
      pipe.run(data={"llm": {"messages": [ChatMessage.from_user("Q")], "generation_kwargs": {"prompt_cache_key": "k"}}})`,
    gives: `
      openai openai gpt-5
      messages 0.0 user text | Q`,
  },
  {
    name: "an agent",
    py: `
      agent = Agent(chat_generator=AmazonBedrockChatGenerator(model=NOVA, system_cachepoint_config={"type": "default"}), system_prompt="S", tools=[look])
      agent.run(messages=[ChatMessage.from_user("Q")])`,
    gives: `
      converse bedrock us.amazon.nova-pro-v1:0
      ${tool}
      system 0 text | S
      -- explicit system
      messages 0.0 user text | Q`,
  },
  {
    name: "runs of something else",
    py: `
      ChatPromptBuilder(template=[ChatMessage.from_system("S", meta=MARK)]).run()
      Pipeline().run({"llm": {"messages": []}})`,
    gives: ``,
  },
]);
