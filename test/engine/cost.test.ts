import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/rule/finding.ts";
import { breakEvenRequests, costOf, type CachePrices, type ExpectedReuse } from "../../src/rule/price.ts";
import { dedent } from "../support/dedent.ts";
import { handbook } from "../support/handbook.ts";
import { lintTexts } from "../support/lint-texts.ts";

/** Claude Sonnet 4.5 on the Claude API, as in the catalog. */
const sonnet: CachePrices = {
  input: 3,
  write: 3.75,
  read: 0.3,
  source: "https://platform.claude.com/docs/en/about-claude/pricing",
  asOf: "2026-10-10",
  scope: undefined,
};
const exactly = (count: number) => ({ low: count, best: count, high: count });

describe("break-even", () => {
  test.each([
    { name: "five minutes on Claude", write: 1.25, read: 0.1, requests: 2 },
    { name: "an hour on Claude", write: 2, read: 0.1, requests: 3 },
    { name: "Nova, where a write costs as much as the input", write: 1, read: 0.25, requests: 2 },
    { name: "twelve hours on OpenAI", write: 2.5, read: 0.1, requests: 3 },
    { name: "an hour with a cheaper read", write: 2, read: 0.025, requests: 3 },
    { name: "a read as dear as the input", write: 1, read: 1, requests: Infinity },
  ])("$name", ({ write, read, requests }) => {
    expect(breakEvenRequests({ input: 1, write, read })).toBe(requests);
  });
});

describe("cost", () => {
  const expecting = (expected: ExpectedReuse, ttlSeconds = 300) => ({
    requests: 2,
    ttl: "5m",
    ttlSeconds,
    expected,
  });

  test("of tokens that are written instead of read", () => {
    // 1,000 tokens x 1,000 requests x (3.75 - 0.30) dollars a million.
    expect(costOf(exactly(1000), 3.75, sonnet, undefined)?.usdPer1000Requests.best).toBeCloseTo(3.45);
  });

  test("of tokens that are paid as input although they could be read", () => {
    expect(costOf(exactly(1000), 3, sonnet, undefined)?.usdPer1000Requests.best).toBeCloseTo(2.7);
  });

  test("has no upper end where the tokens have none", () => {
    const cost = costOf({ low: 500, best: 600, high: Infinity }, 3.75, sonnet, undefined);
    expect(cost?.usdPer1000Requests.low).toBeCloseTo(1.725);
    expect(cost?.usdPer1000Requests.high).toBe(Infinity);
  });

  test("leaves out the write that the first request of a prefix needs in any case", () => {
    // Ideal for four requests: one write and three reads, (3.75 + 3 x 0.3) / 4 = 1.1625.
    const cost = costOf(exactly(1000), 3.75, sonnet, expecting({ requestsPerPrefix: 4 }));
    expect(cost?.usdPer1000Requests.best).toBeCloseTo(3.75 - 1.1625);
  });

  test.each([
    { name: "an entry that is gone before the next request", expected: { secondsBetweenRequests: 301 } },
    { name: "a prefix that is sent once", expected: { requestsPerPrefix: 1 } },
  ])("none for $name", ({ expected }) => {
    expect(costOf(exactly(1000), 3.75, sonnet, expecting(expected))).toBeUndefined();
  });

  test("none where there are no tokens", () => {
    expect(costOf(exactly(0), 3.75, sonnet, undefined)).toBeUndefined();
  });
});

/** A clock in front of a checkpoint, sent with this client and model. */
function request(client: string, model: string, ttl = ""): string {
  return dedent(`
    import anthropic
    from datetime import datetime

    HANDBOOK = open("handbook.md").read()

    def ask(turns):
        return anthropic.${client}().messages.create(model="${model}", max_tokens=99, messages=turns, system=[
            {"type": "text", "text": f"It is {datetime.now()}"},
            {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"${ttl}}},
        ])
    `);
}

function findingIn(text: string, reuse?: ExpectedReuse): Finding {
  const { findings } = lintTexts(
    { "handbook.md": handbook, "a.py": text },
    { only: ["no-dynamic-prefix"], ...(reuse && { settings: { reuse } }) },
  );
  expect(findings).toHaveLength(1);
  return findings[0]!;
}

describe("prices of a finding", () => {
  test.each([
    { name: "Claude API", client: "Anthropic", model: "claude-sonnet-4-5", input: 3, write: 3.75, read: 0.3 },
    {
      name: "Claude API, an hour",
      client: "Anthropic",
      model: "claude-sonnet-4-5",
      ttl: ', "ttl": "1h"',
      input: 3,
      write: 6,
      read: 0.3,
    },
    {
      name: "Claude API, a read at a fortieth",
      client: "Anthropic",
      model: "claude-fable-5-1",
      input: 10,
      write: 12.5,
      read: 0.25,
    },
    {
      name: "Bedrock, global profile",
      client: "AnthropicBedrock",
      model: "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
      input: 3,
      write: 3.75,
      read: 0.3,
    },
    {
      name: "Bedrock, regional profile",
      client: "AnthropicBedrock",
      model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
      input: 3.3,
      write: 4.125,
      read: 0.33,
    },
  ])("$name", ({ client, model, ttl, input, write, read }) => {
    const { cost, tokens } = findingIn(request(client, model, ttl));
    expect(cost?.prices.input).toBeCloseTo(input);
    expect(cost?.prices.write).toBeCloseTo(write);
    expect(cost?.prices.read).toBeCloseTo(read);
    expect(cost?.usdPer1000Requests.low).toBeCloseTo((tokens!.low * (write - read)) / 1000);
    expect(cost?.prices.asOf).toMatch(/^2026-/);
    expect(cost?.breakEven).toBeUndefined();
  });

  test("a model without a price has tokens only", () => {
    const { cost, tokens } = findingIn(request("Anthropic", "claude-nobody-9"));
    expect(tokens?.low).toBeGreaterThan(1000);
    expect(cost).toBeUndefined();
  });

  test("the settings say from when on a write pays", () => {
    const reuse = { secondsBetweenRequests: 60, requestsPerPrefix: 12 };
    expect(
      findingIn(request("Anthropic", "claude-sonnet-4-5", ', "ttl": "1h"'), reuse).cost?.breakEven,
    ).toEqual({
      requests: 3,
      ttl: "1h",
      ttlSeconds: 3600,
      expected: reuse,
    });
  });
});

describe("what a finding affects", () => {
  const shared = dedent(`
    import anthropic
    from datetime import datetime

    HANDBOOK = open("handbook.md").read()
    client = anthropic.Anthropic()

    def system():
        return [
            {"type": "text", "text": f"It is {datetime.now()}"},
            {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},
        ]

    def ask(turns):
        return client.messages.create(model="claude-sonnet-4-5", max_tokens=99, system=system(), messages=turns)

    def sum_up(turns):
        return client.messages.create(model="claude-sonnet-4-5", max_tokens=9, system=system(), messages=turns)
    `);

  test("two calls that share a helper have one finding, which names both", () => {
    const { at, affects, related } = findingIn(shared);
    expect(shared.slice(at.start, at.end)).toBe("{datetime.now()}");
    expect(affects).toEqual({ requests: 2, checkpoints: 1 });
    expect(related.at(-1)?.message).toBe("The request sent here is affected, too.");
    expect(shared.slice(related.at(-1)!.span.start).startsWith("client.messages.create(model")).toBe(true);
  });

  test("one clock in front of two checkpoints is one finding", () => {
    const text = request("Anthropic", "claude-sonnet-4-5").replace(
      "messages=turns,",
      'messages=turns, tools=[{"name": "look_up", "input_schema": {"type": "object"}}],',
    );
    const second = text.replace(
      "    ])",
      '        {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},\n    ])',
    );
    expect(findingIn(second).affects).toEqual({ requests: 1, checkpoints: 2 });
  });
});
