import { expect, test } from "vitest";
import { dedent } from "../support/dedent.ts";
import { handbook } from "../support/handbook.ts";
import { lintTexts } from "../support/lint-texts.ts";
import { testSdk } from "../support/sdk-cases.ts";

const imports = {
  py: `
    from crewai import LLM, Agent, Crew, Task
    from crewai.llms.cache import mark_cache_breakpoint
    CLAUDE = "anthropic/claude-sonnet-4-5"
  `,
};

testSdk("crewai", imports, [
  {
    name: "marked messages for Claude",
    py: `
      llm = LLM(model=CLAUDE, temperature=0)
      llm.call([
          mark_cache_breakpoint({"role": "system", "content": "S"}),
          mark_cache_breakpoint({"role": "user", "content": "D"}),
          {"role": "assistant", "content": "A"},
          {"role": "user", "content": "Q"}])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      -- explicit system
      messages 0.0 user text | D
      -- explicit messages
      messages 1.0 assistant text | A
      messages 2.0 user text | Q`,
  },
  {
    name: "system messages are joined, and one flag marks them all",
    py: `
      async def ask(question):
          return await LLM("claude-sonnet-4-5").acall([
              {"role": "system", "content": "S", "cache_breakpoint": True},
              {"role": "system", "content": "T"},
              {"role": "user", "content": [{"type": "text", "text": "D"}], "cache_breakpoint": True},
              {"role": "user", "content": question}])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S\\n\\nT
      -- explicit system
      messages 0.0 user text | D
      -- explicit messages
      messages 1.0 user text | <turn>`,
  },
  {
    name: "flags that are dropped",
    py: `
      LLM(model=CLAUDE).call([
          {"role": "user", "content": "Q"},
          mark_cache_breakpoint({"role": "assistant", "content": "A"}),
          mark_cache_breakpoint({"role": "user", "content": [{"type": "text", "text": "B"}, {"type": "text", "text": "C"}]})])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | Q
      messages 1.0 assistant text | A
      messages 2.0 user text | B
      messages 2.1 user text | C
      ! ignored: CrewAI marks system messages and messages of the user only, so this mark is dropped.
      ! ignored: CrewAI finds a marked message by its one text, and this one has none or several, so the mark is dropped.`,
  },
  {
    name: "a mark of Anthropic beside the content, and one on a block",
    py: `
      LLM(model=CLAUDE).call([
          {"role": "user", "content": "D", "cache_control": {"type": "ephemeral"}},
          {"role": "user", "content": [{"type": "text", "text": "E", "cache_control": {"type": "ephemeral"}}]}])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | D
      messages 1.0 user text | E
      -- explicit messages
      ! ignored: CrewAI takes the role and the content of a message along and nothing else, so this mark is dropped.`,
  },
  {
    name: "Bedrock gets no cache points, OpenAI needs none",
    py: `
      messages = [mark_cache_breakpoint({"role": "system", "content": "S"}), {"role": "user", "content": "Q"}]
      LLM(model="bedrock/us.anthropic.claude-sonnet-4-6").call(messages)
      LLM(model="openai/gpt-5").call(messages)`,
    gives: `
      converse bedrock us.anthropic.claude-sonnet-4-6
      system 0 text | S
      messages 0.0 user text | Q
      ! ignored: CrewAI places no cache points for Amazon Bedrock, so this mark is dropped.
      openai openai gpt-5
      system 0 text | S
      messages 0.0 user text | Q`,
  },
  {
    name: "a text, and a model that LiteLLM asks",
    py: `
      LLM(model=CLAUDE).call("Q")
      LLM(model="groq/llama").call("Q")`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | Q`,
  },
  {
    name: "a crew: the system text and, with tools, the task are marked without being asked",
    py: `
      def look(key: str):
          """Looks up a key."""
      writer = Agent(role="Writer for {brand}", goal="G", backstory="B", llm=CLAUDE, tools=[look])
      task = Task(description="Write about {topic}.", expected_output="E", agent=writer)
      Crew(agents=[writer], tasks=[task]).kickoff(inputs={"brand": "Acme", "topic": "tides"})`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      tools 0 tool | {"description": "Looks up a key.", "name": "look", "parameters": <static>}
      system 0 text | You are Writer for Acme. B\\nYour personal goal is: G<static>
      -- injected system
      messages 0.0 user text | \\nCurrent Task: Write about tides.\\n\\nThis is the expected criteria for your final answer: E<static>
      -- injected messages
      messages 1.0 history stretch | <unknown>`,
  },
  {
    name: "the time in the system text",
    py: `
      agent = Agent(role="R", goal="G", backstory="B", llm=LLM(model=CLAUDE), inject_date=True, date_format="%Y-%m-%d %H:%M")
      def ask(question):
          return agent.kickoff(question)`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | You are R. B\\nYour personal goal is: G<static>\\n\\nCurrent Date: <request>
      -- injected system
      messages 0.0 user text | <turn>`,
  },
  {
    name: "calls of something else",
    py: `
      Task(description="D", expected_output="E").call("Q")
      Crew(agents=[], tasks=[]).kickoff()`,
    gives: ``,
  },
]);

test("marks that CrewAI places by itself are no reason to complain", () => {
  const code = dedent(`
    from crewai import Agent, Crew, Task
    writer = Agent(role="Writer", goal="Write.", backstory="Has always written.", llm="anthropic/claude-sonnet-4-5")
    def write(topic):
        task = Task(description=f"Write about {topic}.", expected_output="A page", agent=writer)
        return Crew(agents=[writer], tasks=[task]).kickoff(inputs={"topic": topic})
  `);
  expect(lintTexts({ "main.py": code }).findings).toEqual([]);
});

test("what is fresh in a task is read again by the later steps of the agent", () => {
  const code = dedent(`
    from uuid import uuid4
    from crewai import Agent, Crew, Task
    RULES = """${handbook}"""
    def look(key: str):
        """Looks up a key."""
    writer = Agent(role="Writer", goal="Write.", backstory=RULES, llm="anthropic/claude-sonnet-4-5", tools=[look])
    def write(topic):
        task = Task(description=f"Write about {topic} as {uuid4()}.", expected_output="A page", agent=writer)
        return Crew(agents=[writer], tasks=[task]).kickoff()
  `);
  expect(lintTexts({ "main.py": code }).findings).toEqual([]);
});

test("a clock in the injected date", () => {
  const code = dedent(`
    from crewai import Agent, Crew, Task
    RULES = """${handbook}"""
    writer = Agent(role="Writer", goal="Write.", backstory=RULES, llm="anthropic/claude-sonnet-4-5",
                   inject_date=True, date_format="%Y-%m-%d %H:%M")
    task = Task(description="Write about the sea.", expected_output="A page", agent=writer)
    def write():
        return Crew(agents=[writer], tasks=[task]).kickoff()
  `);
  expect(lintTexts({ "main.py": code }).findings.map(({ ruleId }) => ruleId)).toEqual([
    "no-dynamic-checkpoint",
  ]);
});
