import { testSdk, type SdkCase } from "../../support/sdk-cases.ts";

const imports = {
  py: `
    from operator import itemgetter
    from langchain.agents import create_agent
    from langchain.chat_models import init_chat_model
    from langchain_anthropic import ChatAnthropic
    from langchain_anthropic.middleware import AnthropicPromptCachingMiddleware
    from langchain_aws import ChatBedrock, ChatBedrockConverse
    from langchain_google_genai import ChatGoogleGenerativeAI
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage
    from langchain_core.output_parsers import StrOutputParser
    from langchain_core.prompts import ChatPromptTemplate, MessagesPlaceholder, PromptTemplate
    from langchain_core.runnables import RunnablePassthrough
  `,
  ts: `
    import { createAgent, anthropicPromptCachingMiddleware, bedrockPromptCachingMiddleware } from "langchain";
    import { initChatModel } from "langchain/chat_models/universal";
    import { ChatAnthropic } from "@langchain/anthropic";
    import { ChatBedrockConverse } from "@langchain/aws";
    import { AIMessage, HumanMessage, SystemMessage, ToolMessage } from "@langchain/core/messages";
    import { StringOutputParser } from "@langchain/core/output_parsers";
    import { ChatPromptTemplate, MessagesPlaceholder, PromptTemplate } from "@langchain/core/prompts";
    import { z } from "zod";
    import { RunnableSequence } from "@langchain/core/runnables";
  `,
};

const cases: readonly SdkCase[] = [
  {
    name: "a list of messages, with a mark on a block",
    py: `
      llm = ChatAnthropic(model="claude-sonnet-4-5")
      llm.invoke([
          SystemMessage(content=[{"type": "text", "text": "S", "cache_control": {"type": "ephemeral", "ttl": "1h"}}]),
          HumanMessage("Q"),
      ])`,
    ts: `
      const llm = new ChatAnthropic({ model: "claude-sonnet-4-5" });
      await llm.invoke([
        new SystemMessage({ content: [{ type: "text", text: "S", cache_control: { type: "ephemeral", ttl: "1h" } }] }),
        new HumanMessage("Q"),
      ]);`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      -- explicit system 1h
      messages 0.0 user text | Q`,
  },
  {
    name: "tuples, dicts and plain texts as messages",
    py: `
      llm = ChatAnthropic(model_name="claude-sonnet-4-5")
      llm.invoke([("system", "S"), {"role": "human", "content": "Q"}, ("ai", "A"), "Q2"])`,
    ts: `
      const llm = new ChatAnthropic({ modelName: "claude-sonnet-4-5" });
      await llm.invoke([["system", "S"], { role: "human", content: "Q" }, ["ai", "A"], "Q2"]);`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      messages 0.0 user text | Q
      messages 1.0 assistant text | A
      messages 2.0 user text | Q2`,
  },
  {
    name: "one text",
    py: `
      ChatAnthropic(model="claude-sonnet-4-5").invoke("Q")`,
    ts: `
      await new ChatAnthropic({ model: "claude-sonnet-4-5" }).invoke("Q");`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | Q`,
  },
  {
    name: "tool calls and their results",
    py: `
      ChatAnthropic(model="claude-sonnet-4-5").invoke([
          HumanMessage("Q"),
          AIMessage(content="", tool_calls=[{"name": "look", "args": {"k": 1}, "id": "1"}]),
          ToolMessage(content="found", tool_call_id="1"),
      ])`,
    ts: `
      await new ChatAnthropic({ model: "claude-sonnet-4-5" }).invoke([
        new HumanMessage("Q"),
        new AIMessage({ content: "", tool_calls: [{ name: "look", args: { k: 1 }, id: "1" }] }),
        new ToolMessage({ content: "found", tool_call_id: "1" }),
      ]);`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | Q
      messages 1.0 assistant toolUse | {"name": "look", "input": {"k": 1}}
      messages 2.0 user toolResult | found`,
  },
  {
    name: "bound tools with a mark, and a tool choice",
    py: `
      tools = [{"name": "look", "description": "D", "input_schema": {}, "cache_control": {"type": "ephemeral"}}]
      llm = ChatAnthropic(model="claude-sonnet-4-5").bind_tools(tools, tool_choice="any")
      llm.invoke("Q")`,
    ts: `
      const tools = [{ name: "look", description: "D", input_schema: {}, cache_control: { type: "ephemeral" } }];
      const llm = new ChatAnthropic({ model: "claude-sonnet-4-5" }).bindTools(tools, { tool_choice: "any" });
      await llm.invoke("Q");`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      tools 0 tool | {"description": "D", "name": "look", "parameters": {}}
      -- explicit tools
      messages 0.0 user text | Q
      ~ tool_choice: messages`,
  },
  {
    name: "a tool that is a function",
    py: `
      def look(key):
          """Looks up a key."""
      ChatAnthropic(model="claude-sonnet-4-5").bind_tools([look]).invoke("Q")`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      tools 0 tool | {"description": "Looks up a key.", "name": "look", "parameters": <static>}
      messages 0.0 user text | Q`,
  },
  {
    name: "the option cache_control, with the call and bound",
    py: `
      ChatAnthropic(model="claude-sonnet-4-5").invoke("Q", cache_control={"type": "ephemeral"})
      ChatAnthropic(model="claude-opus-4-5").bind(cache_control={"type": "ephemeral"}).invoke("Q")`,
    ts: `
      await new ChatAnthropic({ model: "claude-sonnet-4-5" }).invoke("Q", { cache_control: { type: "ephemeral" } });
      await new ChatAnthropic({ model: "claude-opus-4-5" }).bind({ cache_control: { type: "ephemeral" } }).invoke("Q");`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | Q
      -- automatic messages
      anthropic anthropic claude-opus-4-5
      messages 0.0 user text | Q
      -- automatic messages`,
  },
  {
    name: "a batch sends a request for each input",
    py: `
      ChatAnthropic(model="claude-sonnet-4-5").batch(["Q1", "Q2"])`,
    ts: `
      await new ChatAnthropic({ model: "claude-sonnet-4-5" }).batch(["Q1", "Q2"]);`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | Q1
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | Q2`,
  },
  {
    name: "a mark in additional_kwargs goes nowhere",
    py: `
      ChatAnthropic(model="claude-sonnet-4-5").invoke([
          SystemMessage(content="S", additional_kwargs={"cache_control": {"type": "ephemeral"}}),
          HumanMessage("Q"),
      ])`,
    ts: `
      await new ChatAnthropic({ model: "claude-sonnet-4-5" }).invoke([
        new SystemMessage({ content: "S", additional_kwargs: { cache_control: { type: "ephemeral" } } }),
        new HumanMessage("Q"),
      ]);`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      messages 0.0 user text | Q
      ! ignored: LangChain sends nothing of \`additional_kwargs\` to the provider, so this mark never becomes a cache checkpoint.`,
  },
  {
    name: "a mark that is put into additional_kwargs later",
    py: `
      system = SystemMessage("S")
      system.additional_kwargs["cache_control"] = {"type": "ephemeral"}
      ChatAnthropic(model="claude-sonnet-4-5").invoke([system, HumanMessage("Q")])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      messages 0.0 user text | Q
      ! ignored: LangChain sends nothing of \`additional_kwargs\` to the provider, so this mark never becomes a cache checkpoint.`,
  },
  {
    name: "Converse: cache points in contents and tools",
    py: `
      cp = ChatBedrockConverse.create_cache_point()
      llm = ChatBedrockConverse(model="us.anthropic.claude-sonnet-4-6").bind_tools([{"toolSpec": {"name": "look"}}, cp])
      llm.invoke([SystemMessage(content=[{"type": "text", "text": "S"}, cp]), HumanMessage("Q")])`,
    ts: `
      const cp = { cachePoint: { type: "default" } };
      const llm = new ChatBedrockConverse({ model: "us.anthropic.claude-sonnet-4-6" })
        .bindTools([{ toolSpec: { name: "look" } }, cp]);
      await llm.invoke([new SystemMessage({ content: [{ type: "text", text: "S" }, cp] }), new HumanMessage("Q")]);`,
    gives: `
      converse bedrock us.anthropic.claude-sonnet-4-6
      tools 0 tool | {"name": "look"}
      -- explicit tools
      system 0 text | S
      -- explicit system
      messages 0.0 user text | Q`,
  },
  {
    name: "Converse drops Anthropic's mark",
    py: `
      ChatBedrockConverse(model_id="us.anthropic.claude-sonnet-4-6").invoke([
          HumanMessage([{"type": "text", "text": "Q", "cache_control": {"type": "ephemeral"}}])])`,
    gives: `
      converse bedrock us.anthropic.claude-sonnet-4-6
      messages 0.0 user text | Q
      ! ignored: Converse has no key \`cache_control\`, so this mark never becomes a cache checkpoint.`,
  },
  {
    name: "Converse: the option puts points behind system, tools, the last message and the one in front of it",
    py: `
      llm = ChatBedrockConverse(model="us.anthropic.claude-sonnet-4-6").bind_tools([{"toolSpec": {"name": "look"}}])
      llm.invoke([("system", "S"), ("human", "Q"), ("ai", "A"), ("human", "R")], cache_control={"ttl": "1h"})`,
    gives: `
      converse bedrock us.anthropic.claude-sonnet-4-6
      tools 0 tool | {"name": "look"}
      -- injected tools 1h
      system 0 text | S
      -- injected system 1h
      messages 0.0 user text | Q
      messages 1.0 assistant text | A
      -- injected messages 1h
      messages 2.0 user text | R
      -- injected messages 1h`,
  },
  {
    name: "ChatBedrock drops the TTL of system blocks",
    py: `
      llm = ChatBedrock(model_id="anthropic.claude-sonnet-4-5-20250929-v1:0")
      llm.invoke([
          SystemMessage(content=[{"type": "text", "text": "S", "cache_control": {"type": "ephemeral", "ttl": "1h"}}]),
          HumanMessage("Q"),
      ])`,
    gives: `
      anthropic bedrock anthropic.claude-sonnet-4-5-20250929-v1:0
      system 0 text | S
      -- explicit system
      messages 0.0 user text | Q`,
  },
  {
    name: "a chain of a prompt, a model and a parser",
    py: `
      prompt = ChatPromptTemplate.from_messages([
          ("system", "Be {tone}. Write {{x}}."), MessagesPlaceholder("history"), ("human", "{question}")])
      chain = prompt | ChatAnthropic(model="claude-sonnet-4-5") | StrOutputParser()
      chain.invoke({"tone": "kind", "question": "Q", "history": [HumanMessage("H"), ("ai", "A")]})`,
    ts: `
      const prompt = ChatPromptTemplate.fromMessages([
        ["system", "Be {tone}. Write {{x}}."], new MessagesPlaceholder("history"), ["human", "{question}"]]);
      const chain = prompt.pipe(new ChatAnthropic({ model: "claude-sonnet-4-5" })).pipe(new StringOutputParser());
      await chain.invoke({ tone: "kind", question: "Q", history: [new HumanMessage("H"), ["ai", "A"]] });`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | Be kind. Write {x}.
      messages 0.0 user text | H
      messages 1.0 assistant text | A
      messages 2.0 user text | Q`,
  },
  {
    name: "blocks of a prompt keep their marks",
    py: `
      prompt = ChatPromptTemplate.from_messages([
          ("system", [{"type": "text", "text": "Be {tone}.", "cache_control": {"type": "ephemeral"}}]),
          ("human", "{question}")])
      (prompt | ChatAnthropic(model="claude-sonnet-4-5")).invoke({"tone": "kind", "question": "Q"})`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | Be kind.
      -- explicit system
      messages 0.0 user text | Q`,
  },
  {
    name: "a chain that begins with a mapping",
    py: `
      prompt = ChatPromptTemplate.from_template("{context}: {question}")
      model = ChatAnthropic(model="claude-sonnet-4-5")
      chain = {"context": retriever, "question": RunnablePassthrough()} | prompt | model
      chain.invoke("Q")`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | <unknown>: Q`,
  },
  {
    name: "what is filled in beforehand",
    py: `
      prompt = ChatPromptTemplate.from_messages([("system", "Be {tone}."), ("human", "{q}")]).partial(tone="kind")
      (prompt | ChatAnthropic(model="claude-sonnet-4-5")).invoke("Q")`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | Be kind.
      messages 0.0 user text | Q`,
  },
  {
    name: "what a function fills in at each format",
    py: `
      prompt = ChatPromptTemplate.from_messages([("system", "Be {tone}."), ("human", "{q}")]).partial(tone=lambda: "kind")
      (prompt | ChatAnthropic(model="claude-sonnet-4-5")).invoke("Q")`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | Be kind.
      messages 0.0 user text | Q`,
  },
  {
    name: "a prompt that is filled by a call of its own",
    py: `
      prompt = ChatPromptTemplate.from_messages([("system", "Be {tone}."), ("human", "{q}")])
      model = ChatAnthropic(model="claude-sonnet-4-5")
      model.invoke(prompt.format_messages(tone="kind", q="Q"))
      model.invoke(prompt.invoke({"tone": "curt", "q": "Q"}))
      model.invoke(prompt.format_prompt(tone="odd", q="Q").to_messages())
      model.invoke(PromptTemplate.from_template("Say {q}").format(q="Q"))`,
    ts: `
      const prompt = ChatPromptTemplate.fromMessages([["system", "Be {tone}."], ["human", "{q}"]]);
      const model = new ChatAnthropic({ model: "claude-sonnet-4-5" });
      await model.invoke(await prompt.formatMessages({ tone: "kind", q: "Q" }));
      await model.invoke(await prompt.invoke({ tone: "curt", q: "Q" }));
      await model.invoke((await prompt.formatPromptValue({ tone: "odd", q: "Q" })).toChatMessages());
      await model.invoke(await PromptTemplate.fromTemplate("Say {q}").format({ q: "Q" }));`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | Be kind.
      messages 0.0 user text | Q
      anthropic anthropic claude-sonnet-4-5
      system 0 text | Be curt.
      messages 0.0 user text | Q
      anthropic anthropic claude-sonnet-4-5
      system 0 text | Be odd.
      messages 0.0 user text | Q
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | Say Q`,
  },
  {
    name: "variables that are not in view are holes",
    py: `
      def ask(state):
          prompt = ChatPromptTemplate.from_messages([("system", "Be {tone}."), ("placeholder", "{history}")])
          return (prompt | ChatAnthropic(model="claude-sonnet-4-5")).invoke(state)`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | Be <unknown>.
      messages 0 history stretch | <unknown>
      ? messages: the parameter \`state.history\` is not in view`,
  },
  {
    name: "a model by its name",
    py: `
      init_chat_model("anthropic:claude-sonnet-4-5").invoke("Q")
      init_chat_model("us.anthropic.claude-sonnet-4-6", model_provider="bedrock_converse").invoke("Q")
      init_chat_model("gpt-5").invoke("Q")`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | Q
      converse bedrock us.anthropic.claude-sonnet-4-6
      messages 0.0 user text | Q
      openai openai gpt-5
      messages 0.0 user text | Q`,
  },
  {
    name: "Gemini, with a cache",
    py: `
      llm = ChatGoogleGenerativeAI(model="gemini-2.5-flash")
      llm.invoke([SystemMessage("S"), HumanMessage([{"type": "text", "text": "Q"}]), AIMessage("A"), HumanMessage("R")])
      ChatGoogleGenerativeAI(model="gemini-2.5-pro", cached_content="c").invoke("Q")`,
    gives: `
      gemini gemini gemini-2.5-flash
      system 0 text | S
      messages 0.0 user text | Q
      messages 1.0 assistant text | A
      messages 2.0 user text | R
      gemini gemini gemini-2.5-pro
      system 0 other stretch | <unknown>
      -- handle system
      messages 0.0 user text | Q`,
  },
  {
    name: "the model bedrock names in JavaScript",
    ts: `
      const model = await initChatModel("bedrock:us.anthropic.claude-sonnet-4-6");
      await model.invoke("Q");`,
    gives: `
      converse bedrock us.anthropic.claude-sonnet-4-6
      messages 0.0 user text | Q`,
  },
  {
    name: "an agent with caching middleware",
    py: `
      agent = create_agent("anthropic:claude-sonnet-4-5", tools=[{"name": "look", "input_schema": {}}],
                           system_prompt="S", middleware=[AnthropicPromptCachingMiddleware(ttl="1h")])
      agent.invoke({"messages": [HumanMessage("Q")]})`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      tools 0 tool | {"name": "look", "parameters": {}}
      -- injected tools 1h
      system 0 text | S
      -- injected system 1h
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | Q
      -- injected messages 1h`,
  },
  {
    name: "an agent with caching middleware whose model is handed in",
    py: `
      def ask(llm):
          agent = create_agent(llm, system_prompt="S", middleware=[AnthropicPromptCachingMiddleware()])
          agent.invoke({"messages": [HumanMessage("Q")]})`,
    gives: `
      anthropic anthropic ?
      system 0 text | S
      -- injected system
      messages 0.0 user text | Q
      -- injected messages
      ? model: the parameter \`llm\` names it`,
  },
  {
    name: "the middleware of JavaScript marks the end only",
    ts: `
      const agent = createAgent({ model: "anthropic:claude-sonnet-4-5", systemPrompt: "S",
        middleware: [anthropicPromptCachingMiddleware({ minMessagesToCache: 1 })] });
      await agent.invoke({ messages: [new HumanMessage("Q")] });`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      messages 0.0 user text | Q
      -- injected messages`,
  },
  {
    name: "the middleware of JavaScript marks no short conversation",
    ts: `
      const agent = createAgent({ model: "anthropic:claude-sonnet-4-5", systemPrompt: "S",
        middleware: [anthropicPromptCachingMiddleware()] });
      await agent.invoke({ messages: [new HumanMessage("Q")] });`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      messages 0.0 user text | Q
      ! ignored: \`anthropicPromptCachingMiddleware\` places a mark from 3 messages on, and this request has 2.`,
  },
  {
    name: "a function as the first step",
    py: `
      from langchain_core.runnables import RunnableLambda
      def ask(question):
          return [SystemMessage("S"), HumanMessage(f"Q: {question}")]
      chain = RunnableLambda(ask) | ChatAnthropic(model="claude-sonnet-4-5") | StrOutputParser()
      chain.invoke("Why?")`,
    ts: `
      const ask = (question: string) => [new SystemMessage("S"), new HumanMessage(\`Q: \${question}\`)];
      const model = new ChatAnthropic({ model: "claude-sonnet-4-5" });
      await RunnableSequence.from([ask, model, new StringOutputParser()]).invoke("Why?");`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      messages 0.0 user text | Q: Why?`,
  },
  {
    name: "a schema for the answer",
    ts: `
      const model = new ChatAnthropic({ model: "claude-sonnet-4-5" }).withStructuredOutput(z.object({ a: z.string() }));
      await model.invoke([new SystemMessage("S"), new HumanMessage("Q")]);`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      tools 0 tool | <static>
      system 0 text | S
      messages 0.0 user text | Q`,
  },
  {
    name: "middleware for Converse",
    ts: `
      const agent = createAgent({ model: "bedrock:us.anthropic.claude-sonnet-4-6", systemPrompt: "S",
        middleware: [bedrockPromptCachingMiddleware({ ttl: "1h" })] });
      await agent.invoke({ messages: "Q" });`,
    gives: `
      converse bedrock us.anthropic.claude-sonnet-4-6
      system 0 text | S
      -- injected system 1h
      messages 0.0 user text | Q
      -- injected messages 1h`,
  },
  {
    name: "middleware of another provider does nothing",
    ts: `
      const agent = createAgent({ model: "openai:gpt-5", systemPrompt: "S",
        middleware: [anthropicPromptCachingMiddleware()] });
      await agent.invoke({ messages: "Q" });`,
    gives: `
      openai openai gpt-5
      system 0 text | S
      messages 0.0 user text | Q
      ! ignored: \`anthropicPromptCachingMiddleware\` does nothing for \`ChatOpenAI\`: it places no mark.`,
  },
  {
    name: "an agent whose threads are kept",
    ts: `
      const agent = createAgent({ model: "anthropic:claude-sonnet-4-5", checkpointer: new MemorySaver() });
      await agent.invoke({ messages: [{ role: "user", content: "Q" }] }, { configurable: { thread_id: "1" } });`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | Q`,
  },
  {
    name: "a model that is not in view, of which the marks tell",
    py: `
      def ask(llm, question):
          llm.invoke([SystemMessage([{"type": "text", "text": "S", "cache_control": {"type": "ephemeral"}}]),
                      HumanMessage(question)])
          llm.invoke([SystemMessage("S"), HumanMessage(question)])`,
    gives: `
      anthropic ? ?
      system 0 text | S
      -- explicit system
      messages 0.0 user text | <turn>
      ? model: the parameter \`llm\` names it`,
  },
  {
    name: "invoke of other things",
    py: `
      def run(graph, tool, retriever):
          graph.invoke({"messages": [("human", "Q")]})
          tool.invoke({"query": "Q"})
          StrOutputParser().invoke("x")
          ChatPromptTemplate.from_template("{q}").invoke({"q": 1})`,
    gives: ``,
  },
];

testSdk("langchain", imports, cases);
