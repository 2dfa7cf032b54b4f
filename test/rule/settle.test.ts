import { describe, expect, test } from "vitest";
import { onePerSubject, settleVariants, type ReportedFinding } from "../../src/rule/index.ts";
import { settleCalls } from "../../src/rule/settle.ts";
import { block, line, literal, marked, request, viewOf } from "../support/request-builder.ts";

function finding(facts: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    ruleId: "min-prefix-tokens",
    messageId: "tooShort",
    message: "Too short.",
    at: line(5),
    anchor: line(5),
    subject: line(5),
    isDisprovedBy: undefined,
    related: [],
    confidence: "certain",
    tokens: undefined,
    cost: undefined,
    checkpoints: [],
    ...facts,
  };
}

const withMark = viewOf(request({ system: [marked(block([literal("rules")]), 5)] }));
const withoutMark = viewOf(request({ system: [block([literal("rules")])] }));

describe("variants of one call", () => {
  const cases = [
    {
      name: "somewhere: one variant is enough",
      holds: "somewhere",
      variants: [
        { view: withMark, findings: [finding()] },
        { view: withMark, findings: [] },
      ],
      count: 1,
    },
    {
      name: "everywhere: a variant with the mark and without the finding clears it",
      holds: "everywhere",
      variants: [
        { view: withMark, findings: [finding()] },
        { view: withMark, findings: [] },
      ],
      count: 0,
    },
    {
      name: "everywhere: a variant without the mark says nothing about it",
      holds: "everywhere",
      variants: [
        { view: withMark, findings: [finding()] },
        { view: withoutMark, findings: [] },
      ],
      count: 1,
    },
    {
      name: "everywhere: a finding anchored at the site needs all variants",
      holds: "everywhere",
      variants: [
        { view: withMark, findings: [finding({ anchor: line(90) })] },
        { view: withoutMark, findings: [] },
      ],
      count: 0,
    },
    {
      name: "the same finding of two variants counts once",
      holds: "somewhere",
      variants: [
        { view: withMark, findings: [finding()] },
        { view: withMark, findings: [finding({ message: "Too short by far." })] },
      ],
      count: 1,
    },
  ] as const;

  test.each(cases)("$name", ({ holds, variants, count }) => {
    expect(settleVariants({ holds }, variants)).toHaveLength(count);
  });

  test.each([
    { holds: "everywhere", confidence: "possible" },
    { holds: "somewhere", confidence: "certain" },
  ] as const)("$holds: the one that is $confidence speaks for all", ({ holds, confidence }) => {
    const variants = [
      { view: withMark, findings: [finding({ confidence: "certain" })] },
      { view: withMark, findings: [finding({ confidence: "possible" })] },
    ];
    expect(settleVariants({ holds }, variants)[0]?.confidence).toBe(confidence);
  });
});

test("a variant can disprove a finding of another one", () => {
  const isDisprovedBy = (view: unknown): boolean => view === withoutMark;
  const findings = [finding({ isDisprovedBy })];
  const kept = (other: typeof withMark) =>
    settleVariants({ holds: "somewhere" }, [
      { view: withMark, findings },
      { view: other, findings: [] },
    ]);
  expect([kept(withMark), kept(withoutMark)].map(({ length }) => length)).toEqual([1, 0]);
});

describe("one finding for each subject", () => {
  const groups = [["max-checkpoints", "valid-ttl", "min-prefix-tokens"]];

  test("the foremost rule of the group stays", () => {
    const kept = onePerSubject([finding(), finding({ ruleId: "valid-ttl", at: line(6) })], groups);
    expect(kept.map(({ ruleId }) => ruleId)).toEqual(["valid-ttl"]);
  });

  test("another mark is another subject", () => {
    const kept = onePerSubject([finding(), finding({ ruleId: "valid-ttl", subject: line(6) })], groups);
    expect(kept).toHaveLength(2);
  });

  test("two findings of one rule both stay", () => {
    expect(onePerSubject([finding(), finding({ at: line(6) })], groups)).toHaveLength(2);
  });

  test("a rule outside of the groups is not touched", () => {
    expect(onePerSubject([finding({ ruleId: "no-other" }), finding()], groups)).toHaveLength(2);
  });

  test("a finding without a subject is not touched", () => {
    expect(
      onePerSubject([finding({ subject: undefined }), finding({ ruleId: "valid-ttl" })], groups),
    ).toHaveLength(2);
  });
});

describe("a mark that several calls share", () => {
  const rules = [
    { id: "min-prefix-tokens", holds: "everywhere" },
    { id: "no-dynamic-prefix", holds: "somewhere" },
  ] as const;
  const silent = { marks: [line(5)], findings: [] };

  test.each([
    { name: "everywhere: all calls report it", calls: [finding(), finding()], left: 2 },
    { name: "everywhere: one call does not", calls: [finding(), undefined], left: 0 },
    {
      name: "somewhere: one call is enough",
      calls: [finding({ ruleId: "no-dynamic-prefix" }), undefined],
      left: 1,
    },
  ])("$name", ({ calls, left }) => {
    const given = calls.map((one) => (one ? { marks: [line(5)], findings: [one] } : silent));
    expect(settleCalls(given, rules).flat()).toHaveLength(left);
  });

  test("a call without the mark says nothing", () => {
    const calls = [
      { marks: [line(5)], findings: [finding()] },
      { marks: [line(6)], findings: [] },
    ];
    expect(settleCalls(calls, rules).flat()).toHaveLength(1);
  });
});
