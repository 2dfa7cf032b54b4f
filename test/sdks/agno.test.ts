import { testSdk } from "../support/sdk-cases.ts";

const imports = {
  py: `
    from agno.agent import Agent
    from agno.models.anthropic import Claude, SystemPromptBlock
    from agno.models.openai import OpenAIChat
  `,
};

testSdk("agno", imports, [
  {
    name: "the time stands in the system text that the flag caches",
    py: `
      agent = Agent(model=Claude(id="claude-sonnet-4-5", cache_system_prompt=True, extended_cache_time=True),
                    description="D", instructions=["A", "B"], add_datetime_to_context=True)
      agent.run("Q")`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | D\\n- A\\n- B\\n<additional_information>\\n- The current time is <request>.\\n</additional_information>\\n\\n
      -- injected system 1h
      messages 0.0 user text | Q`,
  },
  {
    name: "a date is cut to the day",
    py: `
      Agent(model=Claude(id="claude-sonnet-4-5"), add_datetime_to_context=True, datetime_format="%Y-%m-%d").run("Q")`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | <additional_information>\\n- The current time is <day>.\\n</additional_information>\\n\\n
      messages 0.0 user text | Q`,
  },
  {
    name: "blocks of the model, and tools",
    py: `
      def look(key: str):
          """Looks up a key."""
      model = Claude(id="claude-sonnet-4-5", cache_tools=True, system_prompt_blocks=[
          SystemPromptBlock(text="B", cache=True, ttl="1h"), SystemPromptBlock(text="C", cache=False)])
      Agent(model=model, instructions="I", tools=[look]).print_response("Q")`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      tools 0 tool | {"description": "Looks up a key.", "name": "look", "parameters": <static>}
      -- injected tools
      system 0 text | I\\n\\n
      system 1 text | B
      -- explicit system 1h
      system 2 text | C
      messages 0.0 history stretch | <unknown>
      messages 1.0 user text | Q`,
  },
  {
    name: "models of others",
    py: `Agent(model=OpenAIChat(id="gpt-5"), instructions="I").run("Q")`,
    gives: ``,
  },
]);
