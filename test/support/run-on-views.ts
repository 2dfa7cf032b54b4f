import { expect, test } from "vitest";
import { runRule, type RequestView, type Rule } from "../../src/rule/index.ts";

/** A request built by hand, and what a rule says about it. */
export interface ViewCase {
  readonly name: string;
  readonly view: RequestView;
  readonly options?: object;
  /** Message id and line of each finding; with `message`, its text as well. */
  readonly found: readonly { readonly id: string; readonly at: number; readonly message?: string }[];
}

/** Runs a rule on requests built by hand: for what takes long to say in code, and for exact messages. */
export function testViews(rule: Rule, cases: readonly ViewCase[]): void {
  test.each(cases)("$name", ({ view, options, found }) => {
    const findings = runRule(rule, view, options);
    expect(findings.map(({ messageId, at }) => ({ id: messageId, at: at.start }))).toEqual(
      found.map(({ id, at }) => ({ id, at })),
    );
    for (const [index, { message }] of found.entries()) {
      if (message !== undefined) expect(findings[index]!.message).toBe(message);
    }
  });
}
