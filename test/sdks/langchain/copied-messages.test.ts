import { testSdk } from "../../support/sdk-cases.ts";

const imports = {
  py: `
    from langchain_anthropic import ChatAnthropic
    from langchain_core.messages import HumanMessage, SystemMessage
    llm = ChatAnthropic(model="claude-sonnet-4-5")
    def marked(text):
        return [{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}]
  `,
};
const sent = `
  anthropic anthropic claude-sonnet-4-5
  system 0 text | S
  -- explicit system
  messages 0.0 user text | Q`;

testSdk("langchain", imports, [
  {
    name: "a copy of a message with another content",
    py: `
      system = SystemMessage(content="S")
      changed = system.model_copy(update={"content": marked(system.content)})
      llm.invoke([changed, HumanMessage("Q")])`,
    gives: sent,
  },
  {
    name: "a copy that is not sent leaves the message as it was",
    py: `
      system = SystemMessage(content="S")
      system.model_copy(update={"content": marked(system.content)})
      llm.invoke([system, HumanMessage("Q")])`,
    gives: sent.replace("\n  -- explicit system", ""),
  },
  {
    name: "a message whose content is written once more",
    py: `
      system = SystemMessage(content="S")
      system.content = marked(system.content)
      llm.invoke([system, HumanMessage("Q")])`,
    gives: sent,
  },
]);
