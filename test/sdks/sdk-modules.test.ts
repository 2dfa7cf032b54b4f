import { describe, expect, test } from "vitest";
import { isSdkModule } from "../../src/sdks/sdk-modules.ts";
import { lintTexts } from "../support/lint-texts.ts";

describe("modules of SDKs", () => {
  test.each([
    "ai",
    "anthropic",
    "openai.types.chat",
    "@ai-sdk/anthropic",
    "@aws-sdk/client-bedrock-runtime",
    "litellm",
  ])("%s is one", (specifier) => expect(isSdkModule(specifier)).toBe(true));

  test.each(["./ai", "../openai", "aider", "ai_helpers", "@acme/ai", ".anthropic"])(
    "%s is none",
    (specifier) => expect(isSdkModule(specifier)).toBe(false),
  );
});

test("a file named like the SDK does not hide it", () => {
  const { requests } = lintTexts(
    {
      "app/openai.py": "class OpenAI:\n    pass\n",
      "app/main.py": `
from openai import OpenAI
OpenAI().chat.completions.create(model="gpt-5.6-sol", messages=[{"role": "user", "content": "Hi"}])
`,
    },
    { lint: ["app/main.py"] },
  );
  expect(requests.map(({ platform }) => platform)).toEqual(["openai"]);
});
