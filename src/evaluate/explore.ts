import type { DroppedMarks } from "../request/dropped-marks.ts";
import type { FunctionNode } from "../program/program.ts";
import type { Decision, FunctionValue, Value } from "../value/value.ts";
import { bounds, StopRun } from "./bounds.ts";
import type { StepBudget } from "./step-budget.ts";
import { defaultedParameter } from "./default-choices.ts";
import type { EvaluateHost, SentRequest } from "./host.ts";
import type { Modules } from "./modules.ts";
import { beginningOfConversation, textsOfConversation } from "./opaques.ts";
import { ProgramThrow, Run, type Scenario } from "./run.ts";

/** The requests of one run, in the order in which they were sent. */
export interface Trace {
  readonly requests: readonly SentRequest[];
  /** Marks in what was made and not used. */
  readonly dropped: readonly DroppedMarks[];
  readonly decisions: readonly Decision[];
  /** Those that decided on a branch in which a request was sent. */
  readonly leading: ReadonlySet<Decision>;
  /** Elements a list of unknown length had. */
  readonly length: number;
  /** Functions handed to code outside of view. */
  readonly escaped: readonly FunctionValue[];
  /** Calls that were not followed, since their function had taken too many steps already. */
  readonly givenUp: number;
  /** What the entry point returned, in its last call. */
  readonly result: Value | undefined;
}

/** What runs of one entry point found. */
export interface Exploration {
  readonly traces: readonly Trace[];
  /** Functions that were entered in some run, as `file:start`. */
  readonly entered: ReadonlySet<string>;
  /** Those that were entered in a run that sent a request. */
  readonly senders: ReadonlySet<string>;
}

/** Runs an entry point once, with given decisions; undoes what it changed. */
function runOnce(
  host: EvaluateHost,
  modules: Modules,
  budget: StepBudget,
  scenario: Scenario,
  entry: (run: Run) => Value | undefined,
): { readonly trace: Trace; readonly run: Run } {
  const run = new Run(host, modules, scenario, false, budget.stepsOfRun, budget.stepsInVain);
  let result: Value | undefined;
  try {
    result = entry(run);
  } catch (error) {
    if (error instanceof RangeError) run.reach("depth");
    else if (!endsRun(error)) throw error;
  } finally {
    run.undoAll();
    budget.add(run);
  }
  const trace = {
    requests: run.sent,
    dropped: run.dropped,
    decisions: run.decisions,
    leading: run.leading,
    length: scenario.length,
    escaped: run.escaped,
    givenUp: run.boundsReached.get("stepsOfFunction") ?? 0,
    result,
  };
  return { trace, run };
}

/** What ends a run before its end: a bound, or a throw of the program that nobody catches. */
function endsRun(error: unknown): boolean {
  return error instanceof StopRun || error instanceof ProgramThrow;
}

/** Lengths of unknown lists that are tried: short, usual, and longer than any window. */
export const historyLengths = { usual: 3, others: [1, 31] } as const;

/** Times a long conversation calls its entry point, so that a history of its own grows past the usual windows. */
const longConversation = 16;

/** Requests of a long conversation that are looked at: as many as tell what happens each time from what happens once. */
const lookedAt = 4;

/** Requests of a loop over a long list that show all that others would. */
const enoughRequests = 24;

/** Calls with a long history that is not the code's own: enough to see whether what happens to it happens each time. */
const callsOfLongHistory = 3;

/** Conditions of a long conversation that are turned where it is in doubt that it always goes that way. */
const turnedInLongRuns = 8;

/** Guards of one entry point after which no further ones are passed over. */
const maximumPassed = 3;

/** Runs of an entry point that has sent only requests without marks, after which we give up. */
const runsWithoutMark = 10;

/** The same where it has sent none at all: what it leads to is run by itself as well. */
const runsWithoutRequest = 5;

/** The same where the runs are short, as they are where a guard ends each of them. */
const cheapRuns = 16;

/** Steps from which on one run is a good part of what there is for a file in which nothing has been sent. */
const costlySteps = bounds.stepsWithoutRequest / 4;

/** Steps up to which runs of an entry point count as short, all together. */
const cheapSteps = 10_000;

/**
 * Runs an entry point under the conditions that matter: first as the code prefers, then with each undecided
 * condition turned, then with all combinations of those that changed what is sent, and last with histories of other
 * lengths. Code that places no mark is tried less hard. Where nothing is sent, since the code throws on what it is not
 * given, such as a setting, it is given that: what is deployed gets past its guards.
 * @param isDoubtful whether what a run with another length shows must be seen under other conditions as well
 * @param distanceToMark how far behind a condition the code that writes a mark stands, in characters; infinite: none
 *   does that the condition could be about. The nearest are turned first. It is given the key and place of the decision.
 * @param passed guards that are passed over
 */
export function explore(
  host: EvaluateHost,
  modules: Modules,
  budget: StepBudget,
  entry: (run: Run) => Value | undefined,
  fingerprint: (trace: Trace) => string,
  isDoubtful: (trace: Trace) => boolean = () => false,
  distanceToMark: (condition: Decision) => number = () => Infinity,
  passed: ReadonlySet<string> = new Set(),
): Exploration {
  const traces = new Map<string, Trace>();
  const entered = new Set<string>();
  const senders = new Set<string>();
  let runs = 0;
  /** Runs that came further than others, and have sent nothing yet. */
  let progress = 0;
  let hasMark = false;
  let hasRequest = false;
  let guards: ReadonlySet<string> = new Set();
  let stepsOfFirst = 0;
  const { usual, others } = historyLengths;
  const stepsBefore = budget.steps;
  const attempt = (
    forced: ReadonlyMap<string, boolean>,
    length: number,
    calls: number,
    isPromising = false,
  ): Trace | undefined => {
    // Conditions leave some for the lengths that are tried at the end.
    const mostRuns = length === usual ? bounds.runs - others.length : bounds.runs;
    if (runs >= mostRuns || budget.isUsedUp || (runs > 0 && budget.isForOthers(stepsOfFirst))) {
      budget.reached.set("runs", (budget.reached.get("runs") ?? 0) + 1);
      return undefined;
    }
    const steps = budget.steps - stepsBefore;
    // While nothing is found in a file, what is spent here is missing in the functions that are still to be run.
    const isCheap = steps <= cheapSteps && (budget.hasRequest || budget.waiting === 0);
    const most = hasRequest ? runsWithoutMark : isCheap ? cheapRuns : runsWithoutRequest;
    const isTired = runs - progress >= most || steps > bounds.stepsOfEntryWithoutMark;
    // What promises a mark is worth more, and leaves the rest to the other entry points of the file.
    const isSpent = steps > 2 * bounds.stepsOfEntryWithoutMark;
    if (!hasMark && runs > 0 && (isPromising ? isSpent : isTired)) return undefined;
    runs++;
    const { trace, run } = runOnce(
      host,
      modules,
      budget,
      {
        forced,
        length,
        calls,
        looksFrom: Math.max(0, calls - lookedAt),
        ...(length > usual && { enough: enoughRequests }),
        passed,
      },
      entry,
    );
    if (runs === 1) {
      guards = run.guards.size > 0 || run.guard === undefined ? run.guards : new Set([run.guard]);
      stepsOfFirst = run.steps;
    }
    hasMark ||= budget.calls(trace);
    hasRequest ||= trace.requests.length > 0;
    budget.hasMark ||= hasMark;
    budget.hasRequest ||= hasRequest;
    const hasSent = trace.requests.some(({ request }) => request.use !== "fragment");
    for (const name of run.entered) {
      entered.add(name);
      if (hasSent) senders.add(name);
    }
    const print = `${length}:${fingerprint(trace)}`;
    if (!traces.has(print)) traces.set(print, trace);
    return trace;
  };
  /** Tries the other lengths; a long conversation is held only with what keeps a history of its own. */
  const tryLengths = (forced: ReadonlyMap<string, boolean>, like: Trace): void => {
    for (const length of others) {
      const calls = length < usual ? 2 : grows(like) ? longConversation : callsOfLongHistory;
      const trace = attempt(forced, length, calls);
      if (!trace || length < usual || !isDoubtful(trace)) continue;
      const open = decisionsBeforeLast(trace).filter(({ scope }) => scope !== "static");
      for (const { key, taken } of open.slice(0, turnedInLongRuns)) {
        attempt(new Map(forced).set(key, !taken), length, calls);
      }
    }
  };
  const base = attempt(new Map(), usual, 2);
  const tryPastGuard = (): Exploration | undefined => {
    const further = new Set([...passed, ...guards]);
    if (hasRequest || further.size === passed.size || passed.size >= maximumPassed) return undefined;
    return explore(host, modules, budget, entry, fingerprint, isDoubtful, distanceToMark, further);
  };
  const isInVain = passed.size > 0 && !hasRequest;
  if (base && stepsOfFirst > costlySteps) {
    // A long way to a throw leaves nothing for other attempts to get around it.
    const past = tryPastGuard();
    if (past && past.traces.length > 0) return past;
    guards = new Set();
  }
  if (!base || isInVain) return tryPastGuard() ?? { traces: [], entered, senders };
  let most: Revealed = { trace: base, forced: new Map() };
  /** Providers that look for a common prefix by themselves lose it as well where a history slides. */
  const tryLongHistory = (isPromising = false): void => {
    const calls = grows(base) ? longConversation : callsOfLongHistory;
    if (holdsHistory(base)) attempt(new Map(), others.at(-1)!, calls, isPromising);
  };
  const mayMark = !hasMark && decisionsToTurn(base).some((one) => distanceToMark(one) < Infinity);
  if (hasMark) tryLengths(most.forced, base);
  // Where a mark may be one condition away, the effort is for that first.
  else if (!mayMark) tryLongHistory();
  const relevant: ReadonlyMap<string, boolean>[] = [];
  const tried = new Set<string>();
  const vain = new Set<string>();
  // Breadth first: every condition of the usual run is turned by itself before those that only turning reveals.
  const pending = [most];
  const allGiven = givingAll(base, distanceToMark);
  const given = allGiven && attempt(allGiven, usual, 2, true);
  if (given) {
    const next = { trace: given, forced: allGiven };
    if (marksIn(given) > marksIn(base)) pending.unshift((most = next));
    else pending.push(next);
  }
  for (let next = pending.shift(); next; next = pending.shift()) {
    const print = fingerprint(next.trace);
    for (const turned of nearestFirst(next.trace, distanceToMark, hasMark)) {
      const { key, taken, distance } = turned;
      const place = `${turned.span.file}:${turned.span.start}`;
      if (tried.has(key) || (!hasRequest && budget.isVain(place))) continue;
      // What tools answer decides at most about where marks stand.
      if (!hasMark && distance === Infinity && key.startsWith(textsOfConversation)) continue;
      // What is near a mark is turned first, wherever it shows; once there is one, what asks about caching.
      const waits = hasMark ? distance > 0 : distance === Infinity;
      if (waits && pending.some(({ isNear, asks }) => (hasMark ? asks : isNear))) {
        pending.push({ ...next, isNear: false, asks: false });
        break;
      }
      tried.add(key);
      const forced = new Map(next.forced).set(key, !taken);
      const trace = attempt(forced, usual, 2, distance < Infinity);
      // Those that begin a conversation come first, whether or not they are near a mark.
      if (!trace && key.startsWith(beginningOfConversation)) continue;
      if (!trace) break;
      vain.add(place);
      const revealed: Revealed = { trace, forced, isNear: distance < Infinity, asks: distance === 0 };
      const isFirstMark = marksIn(trace) > 0 && marksIn(next.trace) === 0;
      if (!hasRequest && getsFurther(trace, next.trace, turned)) {
        // What stands behind a guard that was passed decides about the request, and not what stands in front of it.
        progress++;
        pending.unshift(revealed, next);
        break;
      }
      if (!isFirstMark) pending.push(revealed);
      if (fingerprint(trace) === print) continue;
      if (marksIn(trace) > marksIn(most.trace)) most = { trace, forced };
      if (relevant.length < bounds.combinedDecisions) relevant.push(forced);
      if (!isFirstMark) continue;
      // What matters from here on is what happens to the mark; the conditions that are left come after that.
      pending.unshift(revealed, next);
      break;
    }
  }
  if (!hasRequest) budget.addVain(vain);
  if (mayMark && !hasMark) tryLongHistory(true);
  for (const chosen of combinations(relevant)) {
    const forced = new Map(chosen.flatMap((each) => [...each]));
    const trace = attempt(forced, usual, 2);
    if (trace && marksIn(trace) > marksIn(most.trace)) most = { trace, forced };
  }
  // The most marks show best what a history of another length does to them.
  if (most.trace !== base) tryLengths(most.forced, most.trace);
  return tryPastGuard() ?? { traces: [...traces.values()], entered, senders };
}

/** A run and the decisions that were forced in it. */
interface Revealed {
  readonly trace: Trace;
  readonly forced: ReadonlyMap<string, boolean>;
  /** What was turned last may be about a mark, and what it shows has not been looked at. */
  readonly isNear?: boolean;
  /** The same of what asks about caching itself. */
  readonly asks?: boolean;
}

/**
 * A caller who leaves no parameter at its default, where one of them stands in a test in front of a mark: `caching=True`
 * does nothing for a conversation that is left out. Undefined where there is none, or no other parameter to give.
 */
function givingAll(
  { decisions }: Trace,
  distanceToMark: (condition: Decision) => number,
): ReadonlyMap<string, boolean> | undefined {
  const left = decisions.filter((decision) => decision.taken && defaultedParameter(decision) !== undefined);
  const isPromising = left.length > 1 && left.some((decision) => distanceToMark(decision) < Infinity);
  return isPromising ? new Map(left.map(({ key }) => [key, false])) : undefined;
}

/** Whether a run in which a condition was turned decides something farther down in its file than the other run did. */
function getsFurther({ decisions }: Trace, before: Trace, { span: { file, end } }: Decision): boolean {
  const farthest = (all: readonly Decision[]): number =>
    Math.max(end, ...all.filter(({ span }) => span.file === file).map(({ span }) => span.start));
  return farthest(decisions) > farthest(before.decisions);
}

/** The most marks one request of a run carries. */
function marksIn({ requests }: Trace): number {
  return Math.max(0, ...requests.map(({ request }) => request.checkpoints.length + request.faults.length));
}

/**
 * Whether the messages grow from one call of the entry point to the next, by more than unknown lists do, or the marks: a
 * list that all calls share may be given another one by each.
 */
function grows({ requests }: Trace): boolean {
  const firsts = new Map<string, { readonly call: number; readonly own: number; readonly marks: number }>();
  return requests.some(({ request, path, call }) => {
    const key = `${request.site.file}:${request.site.start} ${path}`;
    const { checkpoints, segments } = request;
    const own = segments.filter(
      ({ region, sampled, stretch }) => region === "messages" && !sampled && !stretch,
    ).length;
    const marks = checkpoints.length;
    const first = firsts.get(key);
    if (!first) firsts.set(key, { call, own, marks });
    // Later rounds of a loop are compared with nothing: what counts is where the next call begins.
    if (!first || first.call === call) return false;
    firsts.set(key, { call, own, marks });
    return own > first.own || marks > first.marks;
  });
}

/** In the order in which they are turned. Where nothing was sent, it was most likely the last that kept it from that. */
function decisionsToTurn(trace: Trace): readonly Decision[] {
  const decisions = decisionsBeforeLast(trace);
  return trace.requests.length > 0 ? decisions : decisions.toReversed();
}

/** Whether a request repeats earlier messages: its own, or made-up ones. */
function holdsHistory(trace: Trace): boolean {
  const isSampled = trace.requests.some(({ request }) =>
    request.segments.some(({ region, sampled }) => region === "messages" && sampled),
  );
  return isSampled || grows(trace);
}

/** What is decided behind the last request changes nothing any more. */
function decisionsBeforeLast({ requests, decisions }: Trace): readonly Decision[] {
  const last = requests.at(-1);
  return last ? last.decisions : decisions;
}

/**
 * Decisions with the distance to a mark, the nearest first. What a made-up conversation is like may decide about any
 * mark, wherever it is asked for, so it comes before all others; and once there is a mark, so does what decides which
 * call sends it. What is decided about the answer of a call changes at most what the next call remembers, and comes last.
 */
function nearestFirst(trace: Trace, distanceToMark: (condition: Decision) => number, hasMark: boolean) {
  const [first] = trace.requests;
  const sending = new Set(trace.requests.findLast(({ call }) => call === first?.call)?.decisions);
  const placed = decisionsToTurn(trace).map((decision) => {
    const isLeading = hasMark && trace.leading.has(decision);
    const isBehind = first !== undefined && !sending.has(decision);
    return {
      ...decision,
      distance: distanceToMark(decision),
      rank: isAboutConversation(decision) ? 0 : isBehind ? 3 : isLeading ? 1 : 2,
    };
  });
  return placed.sort(
    (a, b) => a.rank - b.rank || (a.rank !== 2 || a.distance === b.distance ? 0 : a.distance - b.distance),
  );
}

/** Whether a decision says what a made-up conversation is like. */
function isAboutConversation({ key }: Decision): boolean {
  return key.startsWith(beginningOfConversation) || key.startsWith(textsOfConversation);
}

/** All combinations of two or more of the given choices. */
function combinations<T>(choices: readonly T[]): T[][] {
  const result: T[][] = [];
  for (let mask = 1; mask < 1 << choices.length; mask++) {
    const chosen = choices.filter((_, index) => mask & (1 << index));
    if (chosen.length > 1) result.push(chosen);
  }
  return result;
}

/** The place that names a function in `Exploration.entered`. */
export function functionPlace(node: FunctionNode): string {
  return `${node.span.file}:${node.span.start}`;
}
