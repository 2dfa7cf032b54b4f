import { describe } from "vitest";
import { testSdk } from "../support/sdk-cases.ts";

const imports = {
  py: `
    import litellm
    RULES = {"role": "system", "content": "Rules"}
    TURNS = [{"role": "user", "content": str(number)} for number in range(5)]
    POINTS = [{"location": "message", "role": "user"}]
  `,
};
const claude = "openai anthropic anthropic/claude-sonnet-4-5";
const many = `litellm.completion(model="anthropic/claude-sonnet-4-5", messages=TURNS, cache_control_injection_points=POINTS)`;
const turn = (number: number) => `messages ${number}.0 user text | ${number}`;
const mark = "-- injected messages";
const starved =
  "! ignored: LiteLLM marks at most four messages, the oldest of a role first, so newer ones get no mark and what is cached of a conversation stops growing.";

describe("injection points of LiteLLM", () => {
  testSdk("litellm", imports, [
    {
      name: "mark four messages",
      py: many,
      gives: [claude, ...[0, 1, 2, 3].flatMap((number) => [turn(number), mark]), turn(4), starved].join("\n"),
    },
    {
      name: "mark all messages of a role in older versions",
      py: many,
      files: { "requirements.txt": "litellm<1.84.9" },
      gives: [claude, ...[0, 1, 2, 3, 4].flatMap((number) => [turn(number), mark])].join("\n"),
    },
    {
      name: "become breakpoints for models of OpenAI that take them",
      py: `
        litellm.completion(
            model="openai/gpt-5.6-sol", messages=[RULES, TURNS[0]],
            cache_control_injection_points=[{"location": "message", "role": "system"}],
        )
      `,
      gives: `
        openai openai openai/gpt-5.6-sol
        system 0 text | Rules
        -- injected messages
        messages 0.0 user text | 0
      `,
    },
    {
      name: "do nothing for models of OpenAI that take none",
      py: `
        litellm.completion(
            model="gpt-4o", messages=[RULES, TURNS[0]],
            cache_control_injection_points=[{"location": "message", "role": "system"}],
        )
      `,
      gives: `
        openai openai gpt-4o
        system 0 text | Rules
        messages 0.0 user text | 0
        ! ignored: OpenAI has no key \`cache_control\`, so this mark never becomes a cache checkpoint.
      `,
    },
  ]);
});
