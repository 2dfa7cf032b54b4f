import { describe, expect, it } from "vitest";
import { evaluateText, type EvaluateOptions } from "./evaluate-text.ts";

/** One program, in one language or the same in both, and what it is worth. */
export interface ValueCase extends EvaluateOptions {
  readonly name: string;
  readonly py?: string;
  readonly ts?: string;
  /** The printed value; several where a condition leaves several ways. */
  readonly gives: string | readonly string[];
}

/** Holds programs to the values they give, in every language they are written in. */
export function testValues(title: string, cases: readonly ValueCase[]): void {
  describe(title, () => {
    for (const { name, py, ts, gives, ...options } of cases) {
      const expected = typeof gives === "string" ? [gives] : gives;
      if (py !== undefined) {
        it(`${name} (Python)`, () => {
          expect(evaluateText("main.py", py, options).values).toEqual(expected);
        });
      }
      if (ts !== undefined) {
        it(`${name} (TypeScript)`, () => {
          expect(evaluateText("main.ts", ts, options).values).toEqual(expected);
        });
      }
    }
  });
}
