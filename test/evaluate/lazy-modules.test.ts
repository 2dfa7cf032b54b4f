import { expect, test } from "vitest";
import { sentRequests } from "../support/sent-requests.ts";

const send = `litellm.completion(model="claude-sonnet-5", messages=[{"role": "user", "content": "Hi"}])`;

test.each([
  ["by importlib", `import importlib\nlitellm = importlib.import_module("litellm")\n`],
  ["by the built-in function", `litellm = __import__("litellm")\n`],
  [
    "when a class is first asked for a member",
    `
import importlib

class Lazy:
    _module = None

    def __getattr__(self, name):
        if self._module is None:
            self._module = importlib.import_module("litellm")
        return getattr(self._module, name)

litellm = Lazy()
`,
  ],
])("a module that is imported %s", (_, code) => {
  expect(sentRequests("main.py", code + send)).toHaveLength(1);
});

test("a class that answers for members it does not have, without an end", () => {
  const code = `
class Odd:
    def __getattr__(self, name):
        return self.other

Odd().thing
`;
  expect(sentRequests("main.py", code)).toEqual([]);
});
