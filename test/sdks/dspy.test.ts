import { testSdk } from "../support/sdk-cases.ts";

const imports = {
  py: `
    import dspy
    CLAUDE = "anthropic/claude-sonnet-4-5"
    SYSTEM = [{"location": "message", "role": "system"}]
  `,
};

testSdk("dspy", imports, [
  {
    name: "a model that is called",
    py: `
      lm = dspy.LM(CLAUDE, cache_control_injection_points=[{"location": "message", "role": "system"}, {"location": "message", "index": -1}], cache=False)
      lm(messages=[{"role": "system", "content": "S"}, {"role": "user", "content": "Q"}])
      lm("Q")`,
    gives: `
      openai anthropic anthropic/claude-sonnet-4-5
      system 0 text | S
      -- injected system
      messages 0.0 user text | Q
      -- injected messages
      openai anthropic anthropic/claude-sonnet-4-5
      messages 0.0 user text | Q
      -- injected messages`,
  },
  {
    name: "a module, with the model that the library is set up with",
    py: `
      lm = dspy.LM(CLAUDE, cache_control_injection_points=SYSTEM)
      dspy.configure(lm=lm)
      class Answer(dspy.Signature):
          """Answer by the handbook."""
          context = dspy.InputField(desc="passages")
          question: str = dspy.InputField()
          answer: str = dspy.OutputField(desc="short")
      class Desk(dspy.Module):
          def __init__(self):
              self.predict = dspy.ChainOfThought(Answer)
          def forward(self, question):
              return self.predict(question=question, context="C")`,
    gives: `
      openai anthropic anthropic/claude-sonnet-4-5
      system 0 text | <static>Answer by the handbook.passagesshort
      -- injected system
      messages 0.0 user text | [[ ## context ## ]]\\nC\\n\\n[[ ## question ## ]]\\n<turn>`,
  },
  {
    name: "a signature in a text, and a model for a while",
    py: `
      predict = dspy.Predict(dspy.Signature("question -> answer", "Be brief."))
      def ask(question):
          with dspy.context(lm=dspy.LM("openai/gpt-5")):
              return predict(question=question)`,
    gives: `
      openai openai openai/gpt-5
      system 0 text | <static>Be brief.
      messages 0.0 user text | [[ ## question ## ]]\\n<turn>`,
  },
  {
    name: "modules whose model is not in view, and memos of answers",
    py: `
      dspy.configure_cache(enable_disk_cache=True)
      dspy.Predict("question -> answer")(question="Q")`,
    gives: ``,
  },
]);
