import { testSdk } from "../support/sdk-cases.ts";

const imports = {
  py: `
    from livekit.agents import Agent, AgentSession, ChatContext, function_tool
    from livekit.agents.llm import ChatMessage
    from livekit.plugins import anthropic, aws, openai
    CLAUDE = "claude-sonnet-4-5"
    NOVA = "amazon.nova-pro-v1:0"
  `,
};

testSdk("livekit", imports, [
  {
    name: "a session with an agent of its own class",
    py: `
      class Desk(Agent):
          def __init__(self):
              super().__init__(instructions="S")

          @function_tool
          async def look(self, key: str):
              """Looks up a key."""

      async def entrypoint(ctx):
          session = AgentSession(llm=anthropic.LLM(model=CLAUDE, caching="ephemeral"))
          await session.start(agent=Desk(), room=ctx.room)`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      tools 0 tool | {"description": "Looks up a key.", "name": "look", "parameters": <static>}
      -- injected tools
      system 0 text | S
      -- injected system
      messages 0.0 history stretch | <unknown>
      -- injected messages
      messages 1.0 user text | <turn>`,
  },
  {
    name: "an agent is made once for a session",
    py: `
      from datetime import datetime

      class Desk(Agent):
          def __init__(self):
              super().__init__(instructions=f"The call began at {datetime.now()}.")

      async def entrypoint(ctx):
          session = AgentSession(llm=anthropic.LLM(model=CLAUDE))
          await session.start(agent=Desk(), room=ctx.room)`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | The call began at <session>.
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | <turn>`,
  },
  {
    name: "flags for Bedrock",
    py: `
      @function_tool
      async def look(key: str):
          """Looks up a key."""
      session = AgentSession(llm=aws.LLM(model=NOVA, cache_system=True, cache_tools=True))
      async def start(ctx):
          await session.start(Agent(instructions="S", tools=[look]), room=ctx.room)`,
    gives: `
      converse bedrock amazon.nova-pro-v1:0
      tools 0 tool | {"description": "Looks up a key.", "name": "look", "parameters": <static>}
      -- injected tools
      system 0 text | S
      -- injected system
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | <turn>`,
  },
  {
    name: "a model that is called with a context",
    py: `
      ctx = ChatContext()
      ctx.add_message(role="system", content="S")
      ctx.add_message(role="user", content="A")
      ctx.add_message(role="assistant", content="B")
      ctx.add_message(role="user", content="Q")
      anthropic.LLM(model=CLAUDE, caching="ephemeral").chat(chat_ctx=ctx)
      openai.LLM(model="gpt-5").chat(chat_ctx=ChatContext([ChatMessage(role="user", content=["Q"])]))`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      -- injected system
      messages 0.0 user text | A
      -- injected messages
      messages 1.0 assistant text | B
      -- injected messages
      messages 2.0 user text | Q
      openai openai gpt-5
      messages 0.0 user text | Q`,
  },
  {
    name: "sessions of something else",
    py: `
      AgentSession(llm="openai/gpt-4.1-mini").start(agent=Agent(instructions="S"))
      anthropic.LLM(model=CLAUDE).aclose()`,
    gives: ``,
  },
]);
