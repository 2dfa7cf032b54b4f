import { testValues } from "../support/test-values.ts";

testValues("what a framework provides for a parameter", [
  {
    name: "a function named in the default or in the annotation",
    py: `
      from typing import Annotated
      from fastapi import Depends
      def rules():
          return "Rules"
      def build(a: str = Depends(rules), b: Annotated[str, Depends(rules)] = None):
          return [a, b]`,
    gives: `["Rules", "Rules"]`,
  },
  {
    name: "a type that stands for a dependency, and one that depends on others",
    files: {
      "deps.py": `
        from typing import Annotated
        from fastapi import Depends
        class Prompts:
            def __init__(self, rules):
                self.rules = rules
        def rules():
            return "Rules"
        def prompts(text: str = Depends(rules)):
            return Prompts(text)
        Provided = Annotated[Prompts, Depends(prompts)]`,
    },
    py: `
      from deps import Provided
      def build(prompts: Provided):
          return prompts.rules`,
    gives: `"Rules"`,
  },
  {
    name: "what a generator yields, and a class",
    py: `
      from fastapi import Depends
      def session():
          yield "open"
          print("closed")
      class Prompts:
          rules = "Rules"
      def build(opened=Depends(session), prompts=Depends(Prompts)):
          return [opened, prompts.rules]`,
    gives: `["open", "Rules"]`,
  },
  {
    name: "a function that is given the request, and options that nobody gives",
    py: `
      from fastapi import Depends, Header, Request
      def trace(request: Request, agent: str = Header(), tone: str = "short"):
          return [request.headers["x-trace"], agent, tone]
      def build(all=Depends(trace)):
          return all`,
    gives: `[<request>, <request>, "short"]`,
  },
  {
    name: "a function out of view",
    py: `
      from fastapi import Depends
      from elsewhere import rules
      def build(text=Depends(rules)):
          return text`,
    gives: `<unknown>`,
  },
  {
    name: "a user that is loaded out of view",
    py: `
      from fastapi import Depends, Header
      from elsewhere import tenant
      async def current_user(authorization: str = Header()):
          return await load_user(authorization)
      def build(user=Depends(current_user), tenant=Depends(tenant)):
          return [user.plan, tenant.name]`,
    gives: `[<user?>, <tenant?>]`,
  },
]);
