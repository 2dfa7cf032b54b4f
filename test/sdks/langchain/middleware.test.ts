import { testSdk } from "../../support/sdk-cases.ts";

const imports = {
  py: `
    from datetime import datetime
    from langchain.agents import create_agent
    from deepagents import create_deep_agent
    from langchain_openai import ChatOpenAI
    from langchain_anthropic import ChatAnthropic
    from langchain_anthropic.middleware import AnthropicPromptCachingMiddleware
    from langchain_aws.middleware import BedrockPromptCachingMiddleware
    from langchain.agents.middleware import AgentMiddleware, dynamic_prompt, wrap_model_call
    from langchain_core.messages import HumanMessage, SystemMessage
    MODEL = "anthropic:claude-sonnet-4-5"
    MARK = {"type": "ephemeral"}
    def ask(agent):
        agent.invoke({"messages": [HumanMessage("Q")]})
  `,
  ts: `
    import { createAgent, createMiddleware, dynamicSystemPromptMiddleware } from "langchain";
    import { HumanMessage, SystemMessage } from "@langchain/core/messages";
    import { ChatAnthropic } from "@langchain/anthropic";
    const model = "anthropic:claude-sonnet-4-5";
    const marked = (text) =>
      new SystemMessage({ content: [{ type: "text", text, cache_control: { type: "ephemeral" } }] });
    const input = { messages: [new HumanMessage("Q")] };
  `,
};
const head = "anthropic anthropic claude-sonnet-4-5";
const question = "messages 0.0 user text | Q";

testSdk("langchain", imports, [
  {
    name: "a function gives the system text of each step",
    py: `
      @dynamic_prompt
      def prompt(request):
          return f"It is {datetime.now()}."
      ask(create_agent(MODEL, system_prompt="S", middleware=[prompt]))`,
    gives: `${head}\nsystem 0 text | It is <request>.\n${question}`,
  },
  {
    name: "a function adds to the system text of each step",
    ts: `
      const middleware = [dynamicSystemPromptMiddleware(() => \`It is \${new Date()}.\`)];
      await createAgent({ model, systemPrompt: "S", middleware }).invoke(input);`,
    gives: `${head}\nsystem 0 text | S\nsystem 1 text | It is <process>.\n${question}`,
  },
  {
    name: "a function around the call of the model marks the system text",
    py: `
      @wrap_model_call
      def caching(request, handler):
          block = {"type": "text", "text": request.system_prompt, "cache_control": MARK}
          return handler(request.override(system_message=SystemMessage(content=[block])))
      ask(create_agent(MODEL, system_prompt="S", middleware=[caching]))`,
    ts: `
      const caching = createMiddleware({
        name: "caching",
        wrapModelCall: async (request, handler) =>
          handler({ ...request, systemMessage: marked(request.systemPrompt) }),
      });
      await createAgent({ model, systemPrompt: "S", middleware: [caching] }).invoke(input);`,
    gives: `${head}\nsystem 0 text | S\n-- explicit system\n${question}`,
  },
  {
    name: "a function around the call of the model marks for the models of one class only",
    ts: `
      const caching = createMiddleware({
        name: "caching",
        wrapModelCall: (request, handler) =>
          typeof request.model !== "string" && request.model.getName() === "ChatAnthropic"
            ? handler({ ...request, systemMessage: marked(request.systemPrompt) })
            : handler(request),
      });
      const chat = new ChatAnthropic({ model: "claude-sonnet-4-5" });
      await createAgent({ model: chat, systemPrompt: "S", middleware: [caching] }).invoke(input);`,
    gives: `${head}\nsystem 0 text | S\n-- explicit system\n${question}`,
  },
  {
    name: "a function around the call of the model that drops old messages, of which there are none",
    ts: `
      const short = createMiddleware({
        name: "short",
        wrapModelCall: (request, handler) => handler({ ...request, messages: request.messages.slice(20) }),
      });
      await createAgent({ model, systemPrompt: "S", middleware: [short] }).invoke(input);`,
    gives: `${head}\nsystem 0 text | S\n${question}`,
  },
  {
    name: "middleware that is merged by its names, in an agent that is configured",
    ts: `
      const caching = createMiddleware({
        name: "caching",
        wrapModelCall: (request, handler) => handler({ ...request, systemMessage: marked(request.systemPrompt) }),
      });
      const merged = [...new Map([caching].map((each) => [each.name, each])).values()];
      const agent = createAgent({ model, systemPrompt: "S", middleware: merged }).withConfig({ recursionLimit: 100 });
      await agent.invoke(input);`,
    gives: `${head}\nsystem 0 text | S\n-- explicit system\n${question}`,
  },
  {
    name: "a class of middleware adds a block and a setting",
    py: `
      class Caching(AgentMiddleware):
          def wrap_model_call(self, request, handler):
              blocks = list(request.system_message.content_blocks) + [{"type": "text", "text": "T", "cache_control": MARK}]
              changed = request.override(system_message=SystemMessage(content=blocks))
              return handler(changed.override(model_settings={"cache_control": MARK}))
      ask(create_agent(MODEL, system_prompt="S", middleware=[Caching()]))`,
    gives: `
      ${head}
      system 0 text | S
      system 1 text | T
      -- explicit system
      ${question}
      -- automatic messages`,
  },
  {
    name: "a function that hands the request on as it is, or nothing that can be read",
    py: `
      @wrap_model_call
      def logging(request, handler):
          print(request.messages)
          return handler(request)
      @wrap_model_call
      def other(request, handler):
          return choose(request)
      ask(create_agent(MODEL, system_prompt="S", middleware=[logging, other]))`,
    gives: `${head}\nsystem 0 text | S\n${question}`,
  },
  {
    name: "a model that is not in view, which the mark on its system text gives away",
    py: `
      def answer(models, tools):
          system = SystemMessage(content=[{"type": "text", "text": "S", "cache_control": MARK}])
          agent = create_agent(models.pick(), system_prompt=system, tools=[])
          agent.invoke({"messages": [HumanMessage("Q")]})`,
    gives: `
      anthropic ? ?
      system 0 text | S
      -- explicit system
      ${question}
      ? model: the model comes from the parameter \`models.pick()\``,
  },
  {
    name: "a model whose class inherits one of the library",
    py: `
      class Streaming(ChatAnthropic):
          def convert(self, chunk):
              return chunk
      ask(create_agent(Streaming(model="claude-sonnet-4-5"), system_prompt="S"))`,
    gives: `${head}\nsystem 0 text | S\n${question}`,
  },
  {
    name: "of several that mark for one provider each, the one that knows the model",
    py: `
      caching = [
          BedrockPromptCachingMiddleware(unsupported_model_behavior="ignore"),
          AnthropicPromptCachingMiddleware(unsupported_model_behavior="ignore"),
      ]
      ask(create_agent(MODEL, system_prompt="S", middleware=caching))`,
    gives: `${head}\nsystem 0 text | S\n-- injected system\n${question}\n-- injected messages`,
  },
  {
    name: "deep agents bring text, tools and middleware that marks",
    py: `
      agent = create_deep_agent(ChatAnthropic(model="claude-sonnet-4-5"), system_prompt="S")
      agent.invoke({"messages": [HumanMessage("Q")]})`,
    gives: `
      ${head}
      tools 0 other stretch | <deploy>
      -- injected tools
      system 0 text | S<deploy>
      -- injected system
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | Q
      -- injected messages
      ? tools: the tools a deep agent brings along is not in view`,
  },
  {
    name: "deep agents leave the models of others alone",
    py: `
      agent = create_deep_agent(ChatOpenAI(model="gpt-5"), system_prompt="S")
      agent.invoke({"messages": [HumanMessage("Q")]})`,
    gives: `
      openai openai gpt-5
      tools 0 other stretch | <deploy>
      system 0 text | S<deploy>
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | Q
      ? tools: the tools a deep agent brings along is not in view`,
  },
]);
