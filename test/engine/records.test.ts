import { describe, expect, test } from "vitest";
import { handbook } from "../support/handbook.ts";
import { lintTexts } from "../support/lint-texts.ts";

const mark = { type: "ephemeral" };

/** A body of the Messages API. */
function body(system: string, user = "Hello", options: { readonly isMarked?: boolean } = {}) {
  const { isMarked = true } = options;
  return {
    model: "claude-sonnet-4-5",
    max_tokens: 9,
    system: [{ type: "text", text: system, ...(isMarked && { cache_control: mark }) }],
    messages: [{ role: "user", content: user }],
  };
}

function lines(values: readonly object[]): string {
  return values.map((value) => JSON.stringify(value)).join("\n");
}

function batch(bodies: readonly object[]): string {
  return lines(bodies.map((params, index) => ({ custom_id: `c${index}`, params })));
}

/** What is found: rule, line, and the text it points at. */
function found(path: string, text: string): readonly string[] {
  const { findings, files } = lintTexts({ [path]: text });
  const file = files.get(path)!;
  return findings.map(
    ({ ruleId, at }) =>
      `${ruleId} ${file.positionAt(at.start).line}: ${text.slice(at.start, at.end).slice(0, 20)}`,
  );
}

const cases = ["4711", "4812", "5013"];

/** A tool whose schema has its keys in this order. */
function tool(name: string, keys = ["type", "properties"]) {
  const schema: Readonly<Record<string, unknown>> = {
    type: "object",
    properties: { id: { type: "string" } },
  };
  return {
    name,
    description: `Does ${name}.`,
    input_schema: Object.fromEntries(keys.map((key) => [key, schema[key]])),
  };
}

/** A conversation of which each request sends the messages from `first` on, with a mark on the newest one. */
function turns(first: number, last: number, size = 40) {
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const number = first + index;
    const text = `Message ${number}. ${"It is about keys and locks. ".repeat(size)}`;
    const block = { type: "text", text, ...(number === last && { cache_control: mark }) };
    return { role: number % 2 === 0 ? "user" : "assistant", content: [block] };
  });
}

describe("requests of one file", () => {
  test.each([
    {
      name: "that differ in front of the text they share",
      text: batch(cases.map((id) => body(`Case ${id}\n${handbook}`))),
      findings: ["no-dynamic-prefix 1: 4711"],
    },
    {
      name: "that differ at the end of the marked text",
      text: batch(cases.map((id) => body(`${handbook}\nCase ${id}`))),
      findings: ["no-dynamic-checkpoint 1: 4711"],
    },
    {
      name: "that differ behind the mark",
      text: batch(cases.map((id) => body(handbook, `Case ${id}`))),
      findings: [],
    },
    {
      name: "of which each shares its beginning with another",
      text: batch(
        ["North", "North", "South", "South"].map((shop, i) => body(`${shop}\n${handbook}`, `Case ${i}`)),
      ),
      findings: [],
    },
    {
      name: "of which one is odd",
      text: batch(["A", "A", "A", "B"].map((shop, i) => body(`${shop}\n${handbook}`, `Case ${i}`))),
      findings: [],
    },
    {
      name: "that have nothing in common",
      text: lines([
        body(handbook),
        body(handbook.replaceAll(/[a-z]+/g, (word) => [...word].reverse().join(""))),
      ]),
      findings: [],
    },
    {
      name: "whose conversation grows",
      text: lines(
        [1, 2, 3].map((turns) => ({
          ...body(handbook),
          messages: Array.from({ length: 2 * turns - 1 }, (_, i) => ({
            role: i % 2 === 0 ? "user" : "assistant",
            content: `Message ${i}`,
          })),
        })),
      ),
      findings: [],
    },
    {
      name: "without a mark behind what they share",
      text: batch(cases.map((id) => body(handbook + handbook, `Case ${id}`, { isMarked: false }))),
      findings: ['require-checkpoint 1: {"custom_id":"c0","p'],
    },
    { name: "that is alone", text: batch([body(`Case 4711\n${handbook}`)]), findings: [] },
    {
      name: "to a model that caches by itself",
      text: lines(
        cases.map((id) => ({
          custom_id: id,
          method: "POST",
          url: "/v1/chat/completions",
          body: { model: "gpt-5.2", messages: [{ role: "system", content: `Case ${id}\n${handbook}` }] },
        })),
      ),
      findings: ["no-static-after-dynamic 1: 4711"],
    },
  ])("$name", ({ text, findings }) => {
    expect(found("jobs.jsonl", text)).toEqual(findings);
  });

  test.each([
    {
      name: "tools in another order",
      bodies: [
        ["find", "book"],
        ["book", "find"],
      ].map((names) => ({
        ...body(handbook),
        tools: names.map((name) => tool(name)),
      })),
      findings: ["no-unstable-tool-order 1"],
    },
    {
      name: "tools in another order in one of many",
      bodies: [
        ["find", "book"],
        ["book", "find"],
        ["find", "book"],
        ["find", "book"],
      ].map((names, i) => ({
        ...body(handbook, `Question ${i}`),
        tools: names.map((name) => tool(name)),
      })),
      findings: ["no-unstable-tool-order 2"],
    },
    {
      name: "keys of a tool in another order",
      bodies: [
        ["type", "properties"],
        ["properties", "type"],
      ].map((keys) => ({
        ...body(handbook),
        tools: [tool("find", keys)],
      })),
      findings: ["no-unstable-serialization 1"],
    },
    {
      name: "one tool less",
      bodies: [["find", "book"], ["find"]].map((names, i) => ({
        ...body(handbook, `Question ${i}`),
        tools: names.map((name) => tool(name)),
      })),
      findings: ["no-varying-tools 1"],
    },
    {
      name: "a window that slides",
      bodies: [0, 2, 4].map((first) => ({ ...body(handbook), messages: turns(first, first + 6) })),
      findings: ["no-rewritten-history 1"],
    },
    {
      name: "a window that slides, and no mark in the messages",
      bodies: [0, 2, 4].map((first) => ({
        ...body(handbook),
        messages: turns(first, first + 6).map(({ role, content: [block] }) => ({
          role,
          content: block!.text,
        })),
      })),
      findings: [],
    },
    {
      name: "many messages dropped at once",
      bodies: [
        [0, 12],
        [0, 14],
        [0, 16],
        [10, 18],
      ].map(([first, last]) => ({
        ...body(handbook),
        messages: turns(first!, last!),
      })),
      findings: [],
    },
    {
      name: "another choice of tools with a mark in the messages",
      bodies: ["auto", "any"].map((type, i) => ({
        ...body(handbook),
        tools: [tool("find")],
        tool_choice: { type },
        messages: [...turns(0, 0, 400), { role: "assistant", content: `Answer ${i}` }],
      })),
      findings: ["no-varying-parameters 1"],
    },
    {
      name: "another choice of tools, and no mark in the messages",
      bodies: ["auto", "any"].map((type, i) => ({
        ...body(handbook, `Question ${i}`),
        tools: [tool("find")],
        tool_choice: { type },
      })),
      findings: [],
    },
  ])("with $name", ({ bodies, findings }) => {
    const { findings: all, files } = lintTexts({ "log.jsonl": lines(bodies) });
    const file = files.get("log.jsonl")!;
    expect(all.map(({ ruleId, at }) => `${ruleId} ${file.positionAt(at.start).line}`)).toEqual(findings);
  });

  test("whose tools differ", () => {
    const find = (id: string) => ({ name: "find", description: `Finds orders of ${id}.`, input_schema: {} });
    const text = batch(cases.map((id) => ({ ...body(handbook), tools: [find(id)] })));
    expect(found("jobs.jsonl", text)).toEqual(["no-varying-tools 1: 4711"]);
  });

  test("of a job in which nothing is cached", () => {
    const text = lines(
      cases.map((id) => {
        const { model: _, ...input } = body(`Case ${id}\n${handbook}`);
        return { recordId: id, modelInput: { anthropic_version: "bedrock-2023-05-31", ...input } };
      }),
    );
    const rules = lintTexts({ "jobs.jsonl": text }).findings.map(({ ruleId }) => ruleId);
    expect(new Set(rules)).toEqual(new Set(["no-unsupported-checkpoint"]));
  });

  test("in a list", () => {
    const text = JSON.stringify(
      cases.map((id) => body(`Case ${id}\n${handbook}`)),
      undefined,
      1,
    );
    expect(found("bodies.json", text)).toEqual(["no-dynamic-prefix 8: 4711"]);
  });

  test("in documents of YAML", () => {
    const document = (id: string): string =>
      [
        "model: claude-sonnet-4-5",
        "max_tokens: 9",
        "system:",
        "  - type: text",
        "    cache_control: {type: ephemeral}",
        "    text: |",
        ...`Case ${id}\n${handbook}`.split("\n").map((line) => `      ${line}`),
        "messages: [{role: user, content: Hello}]",
      ].join("\n");
    expect(found("fixtures.yaml", cases.map(document).join("\n---\n"))).toEqual([
      "no-dynamic-prefix 7: 4711",
    ]);
  });

  test("the finding says where they begin to differ, and speaks for all of them", () => {
    const text = batch(cases.map((id) => body(`Größe, Case ${id}\n${handbook}`)));
    const [finding] = lintTexts({ "jobs.jsonl": text }).findings;
    expect(finding?.message).toMatch(
      /^`4711` differs from request to request \(from the one at line 2 at byte 15 of its text, about \d+ tokens in, in segment 1: the system text\)/,
    );
    expect(finding?.affects?.requests).toBe(3);
  });

  test("explain counts what stands in each of them", () => {
    const text = batch(cases.map((id) => body(handbook, `Case ${id}. ${handbook}`)));
    const [request] = lintTexts({ "jobs.jsonl": text }).requests;
    expect(request?.segments.map(({ scope }) => scope)).toEqual(["static", "turn"]);
    expect(request?.segments[1]?.tokens.high).toBeLessThan(10_000);
    expect(request?.checkpoints.map(({ reusable }) => reusable)).toEqual([true]);
  });
});
