import { describe, expect, test } from "vitest";
import { defineRule, runRule, type RequestView, type Rule } from "../../src/rule/index.ts";
import { line, request, viewOf } from "../support/request-builder.ts";

const example = defineRule({
  id: "no-example",
  meta: {
    type: "problem",
    docs: { description: "Disallow examples", recommended: true },
    messages: { found: "{{count}} examples, {{count}} too many, at most {{most}}." },
    options: { schema: { type: "object" }, default: { most: 0 }, strict: { most: 1 } },
  },
  holds: "somewhere",
  check(_view: RequestView, report, { most }) {
    report({ messageId: "found", at: line(3), data: { count: 2, most } });
  },
});

describe("defineRule", () => {
  test("derives the address of the page from the id", () => {
    expect(example.url).toMatch(/\/rules\/no-example\.md$/);
  });

  test("a wrong message id does not compile", () => {
    const wrong = defineRule({
      ...example,
      check(_view, report) {
        // @ts-expect-error: `lost` is no message of this rule.
        report({ messageId: "lost", at: line(3) });
      },
    });
    expect(() => runRule(wrong, viewOf(request({})))).toThrow(
      "internal error: no-example has no message lost",
    );
  });
});

describe("runRule", () => {
  const view = viewOf(request({}));

  test("fills in the message and what the report leaves out", () => {
    expect(runRule(example, view)).toEqual([
      {
        ruleId: "no-example",
        messageId: "found",
        message: "2 examples, 2 too many, at most 0.",
        at: line(3),
        anchor: line(90),
        subject: undefined,
        isDisprovedBy: undefined,
        related: [],
        confidence: "certain",
        tokens: undefined,
        checkpoints: [],
      },
    ]);
  });

  test("options of the user win over the defaults", () => {
    expect(runRule(example, view, { most: 7 })[0]?.message).toBe("2 examples, 2 too many, at most 7.");
  });

  test("a value that the message lacks is an internal error", () => {
    const forgetful: Rule = {
      ...example,
      check: (_view, report) => report({ messageId: "found", at: line(3), data: { count: 2 } }),
    };
    expect(() => runRule(forgetful, view)).toThrow("internal error: no-example/found lacks {{most}}");
  });
});
