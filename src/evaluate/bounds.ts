/**
 * What keeps the evaluator from running long. A bound that is reached makes the value at hand unknown, or ends the
 * run with the requests it has found so far, and is counted, so that a run can say what it gave up on.
 */
export const bounds = {
  /** Statements and expressions of one run. */
  steps: 60_000,
  /** The same for all runs that start in one file. */
  stepsPerFile: 250_000,
  /** The same while no run has sent a request with a mark. */
  stepsWithoutMark: 80_000,
  /** The same while no run has sent any request, and of one run that sends none. */
  stepsWithoutRequest: 30_000,
  /** The same of all runs in a file that speaks of caching. */
  stepsTowardsMark: 100_000,
  /** The same of one run at a second try there. */
  stepsOfLongRun: 100_000,
  /** The same in a file of tests: they call what others use, and are run for requests of their own alone. */
  stepsOfTests: 6_000,
  /** Statements and expressions of one entry point that sends no request with a mark. */
  stepsOfEntryWithoutMark: 20_000,
  /** The same of the calls of one function on the way to a request, none of which has sent one. */
  stepsOfFunction: 8_000,
  /** Calls inside each other. */
  depth: 24,
  /** Times one function may stand on the stack of calls. */
  recursion: 2,
  /** The same where each call is for a part of what the one around it was given. */
  nesting: 8,
  /** Rounds of a loop whose end is not known. */
  openRounds: 3,
  /** The same in a long conversation, of a loop in no other: what keeps the newest results shows only then. */
  openRoundsOfLong: 8,
  /** Rounds of a loop that goes on while a flag is up, from which on its end counts as not known. */
  flagRounds: 20,
  /** Rounds of a loop over known elements. */
  rounds: 2_000,
  /** Runs of one entry point with different decisions. */
  runs: 24,
  /** Requests of one run: two calls with a loop over a long list, and some more. */
  requests: 80,
  /** Conditions of one run that matter for its requests and are tried in all combinations. */
  combinedDecisions: 4,
  /** Characters of one text. */
  text: 4_000_000,
  /** Parts of one text. */
  parts: 4_000,
  /** Characters of one list or record that is printed. */
  printed: 1_000_000,
  /** Elements of one list. */
  elements: 5_000,
  /** Characters of a key before it is shortened to a hash. */
  key: 240,
  /** Entry points of one file. */
  entries: 200,
} as const;

export type BoundName = keyof typeof bounds;

/** Ends the run at hand; what it found so far counts. */
export class StopRun extends Error {
  readonly bound: BoundName;

  constructor(bound: BoundName) {
    super(`bound reached: ${bound}`);
    this.bound = bound;
  }
}
