import { testSdk } from "../support/sdk-cases.ts";

const imports = {
  py: `
    from datetime import datetime
    from agents import Agent, ModelSettings, Runner
  `,
  ts: `
    import { Agent, run, Runner } from "@openai/agents";
  `,
};

testSdk("openai-agents", imports, [
  {
    name: "instructions and one input",
    py: `Runner.run_sync(Agent(name="a", instructions="I", model="gpt-5"), "Q")`,
    ts: `await run(new Agent({ name: "a", instructions: "I", model: "gpt-5" }), "Q");`,
    gives: `
      openai openai gpt-5
      system 0 text | I
      messages 0.0 user text | Q`,
  },
  {
    name: "instructions that are made in every turn",
    py: `
      def instructions(context, agent):
          return f"It is {datetime.now()}."
      async def ask(question):
          return await Runner.run(Agent(name="a", instructions=instructions), question)`,
    gives: `
      openai openai ?
      system 0 text | It is <request>.
      messages 0.0 user text | <turn>
      ? model: the SDK's default model answers`,
  },
  {
    name: "breakpoints and settings",
    py: `
      settings = ModelSettings(prompt_cache_options={"mode": "explicit", "ttl": "30m"})
      agent = Agent(name="a", instructions="I", model="gpt-5.6-sol", model_settings=settings)
      Runner.run_sync(agent, [{"role": "user", "content": [
          {"type": "input_text", "text": "Guide", "prompt_cache_breakpoint": {"mode": "explicit"}},
          {"type": "input_text", "text": "Q"},
      ]}])`,
    ts: `
      const modelSettings = { promptCacheOptions: { mode: "explicit", ttl: "30m" } };
      const agent = new Agent({ name: "a", instructions: "I", model: "gpt-5.6-sol", modelSettings });
      await new Runner({}).run(agent, [{ role: "user", content: [
        { type: "input_text", text: "Guide", promptCacheBreakpoint: { mode: "explicit" } },
        { type: "input_text", text: "Q" },
      ] }]);`,
    gives: `
      openai openai gpt-5.6-sol
      system 0 text | I
      messages 0.0 user text | Guide
      -- explicit messages 30m
      messages 0.1 user text | Q`,
  },
  {
    name: "a session has earlier turns",
    py: `
      async def ask(question, session):
          return await Runner.run(Agent(name="a", instructions="I", model="gpt-5"), question, session=session)`,
    gives: `
      openai openai gpt-5
      system 0 text | I
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | <turn>`,
  },
  {
    name: "models of others, and other things that are run",
    py: `
      Runner.run_sync(Agent(name="a", model="litellm/anthropic/claude-sonnet-4-5"), "Q")
      Agent(name="a").run("Q")`,
    gives: ``,
  },
]);
