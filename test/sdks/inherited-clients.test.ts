import { testSdk } from "../support/sdk-cases.ts";

const imports = {
  py: `
    from anthropic import Anthropic
    MARKED = [{"type": "text", "text": "S", "cache_control": {"type": "ephemeral"}}]
  `,
  ts: `
    import Anthropic from "@anthropic-ai/sdk";
    const marked = [{ type: "text", text: "S", cache_control: { type: "ephemeral" } }];
  `,
};
const sent = `
  anthropic anthropic claude-sonnet-4-5
  system 0 text | S
  -- explicit system
  messages 0.0 user text | Q`;

testSdk("anthropic-python", imports, [
  {
    name: "a class that inherits the client sends by what it has from there",
    py: `
      class Client(Anthropic):
          def ask(self):
              return self.messages.create(model="claude-sonnet-4-5", max_tokens=9, system=MARKED,
                                          messages=[{"role": "user", "content": "Q"}])`,
    gives: sent,
  },
  {
    name: "an object of a class that inherits the client",
    py: `
      class Client(Anthropic):
          retries = 3
      Client().messages.create(model="claude-sonnet-4-5", max_tokens=9, system=MARKED,
                               messages=[{"role": "user", "content": "Q"}])`,
    gives: sent,
  },
]);

testSdk("anthropic-typescript", imports, [
  {
    name: "a class that extends the client sends by what it has from there",
    ts: `
      class Client extends Anthropic {
        async ask() {
          const messages = [{ role: "user", content: "Q" }];
          return this.messages.create({ model: "claude-sonnet-4-5", max_tokens: 9, system: marked, messages });
        }
      }`,
    gives: sent,
  },
]);

testSdk("langchain", { py: "from langchain_anthropic import ChatAnthropic\n" }, [
  {
    name: "a method that calls the one it stands in front of",
    py: `
      class Named(ChatAnthropic):
          def __init__(self):
              super().__init__(model="claude-sonnet-4-5")
          def invoke(self):
              return super().invoke("Q")`,
    gives: "anthropic anthropic claude-sonnet-4-5\nmessages 0.0 user text | Q",
  },
]);
