import { describe, expect, it } from "vitest";
import type { Conversation } from "../../src/engine/find-requests.ts";
import type { JudgedCall } from "../../src/engine/judge-call.ts";
import { Session } from "../../src/engine/session.ts";
import type { FileSettings } from "../../src/engine/settings.ts";

const conversations = [{ from: "a.ts" }, { from: "b.ts" }] as unknown as Conversation[];
const settings = {} as FileSettings;

interface JudgingCase {
  readonly name: string;
  /** What is asked for between the first and the second time, or how the second time differs. */
  readonly again: (session: Session, judge: () => JudgedCall) => void;
  readonly times: number;
}

const cases: readonly JudgingCase[] = [
  {
    name: "is asked of the rules once while nothing changes",
    again: (session, judge) => session.judged(conversations, settings, false, judge),
    times: 1,
  },
  {
    name: "is asked again when a file has changed",
    again: (session, judge) => {
      session.forget(["c.ts"]);
      session.judged(conversations, settings, false, judge);
    },
    times: 2,
  },
  {
    name: "is asked again when other files are worth following",
    again: (session, judge) => {
      session.forgetRequests();
      session.judged(conversations, settings, false, judge);
    },
    times: 2,
  },
  {
    name: "is asked again under other settings",
    again: (session, judge) => session.judged(conversations, {} as FileSettings, false, judge),
    times: 2,
  },
  {
    name: "is asked again where the request is shown",
    again: (session, judge) => session.judged(conversations, settings, true, judge),
    times: 2,
  },
  {
    name: "is asked again when fewer files send the request",
    again: (session, judge) => session.judged(conversations.slice(0, 1), settings, false, judge),
    times: 2,
  },
];

describe("what is said of a call", () => {
  it.each(cases)("$name", ({ again, times }) => {
    const session = new Session({ readText: () => undefined, exists: () => false });
    let asked = 0;
    const judge = (): JudgedCall => {
      asked++;
      return {} as JudgedCall;
    };
    session.judged(conversations, settings, false, judge);
    again(session, judge);
    expect(asked).toBe(times);
  });
});
