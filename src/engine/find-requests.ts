import { defaultedParameter } from "../evaluate/default-choices.ts";
import { entryPointsOf, runAsProgram, type EntryPoint } from "../evaluate/entries.ts";
import { explore, functionPlace, type Trace } from "../evaluate/explore.ts";
import type { Run } from "../evaluate/run.ts";
import type { StepBudget } from "../evaluate/step-budget.ts";
import { bounds } from "../evaluate/bounds.ts";
import { Modules } from "../evaluate/modules.ts";
import type { Module } from "../program/program.ts";
import { faultsOfDroppedMarks } from "../request/dropped-marks.ts";
import type { LoweredRequest, Request, Segment } from "../request/request.ts";
import { withCounters } from "../request/counters.ts";
import { joinRequests } from "./join-requests.ts";
import { findRewrites } from "../request/rewrites.ts";
import { placeRequests } from "../request/variations.ts";
import type { SourceFile, Span } from "../source/source-file.ts";
import type { Decision } from "../value/value.ts";
import {
  distanceFromTests,
  distanceToMark,
  isFramework,
  mayCallFramework,
  mayHoldMark,
  mayHoldRequest,
  speaksOfCaching,
} from "./markers.ts";
import { callsOfHeirs } from "./heir-methods.ts";
import { anyName } from "./leading-names.ts";
import type { Project } from "./project.ts";
import { isTestFile } from "./test-files.ts";

/** Requests of one call site in one run, in the order in which they were sent. */
export interface Conversation {
  readonly site: Span;
  readonly requests: readonly Request[];
  /** The same conversation in runs that decided some condition differently, under the same circumstances. */
  readonly others: readonly (readonly Request[])[];
  /** The function that was run, as `Exploration.entered` names it; undefined for the top level of a program. */
  readonly entry: string | undefined;
  /** That function is a method, and was called on an object that was made for it. */
  readonly isOnMadeUpObject: boolean;
  /** The file that was run. */
  readonly from: string;
}

/** The requests of a module. */
export interface FoundRequests {
  readonly conversations: readonly Conversation[];
  /** Functions that took part in sending a request, as `Exploration.senders` names them. */
  readonly senders: ReadonlySet<string>;
}

/**
 * Finds the requests a module sends, by running what in it may send one.
 * @param names those at the top of the module that lead to a request, imported ones included: what uses them is run
 */
export function findRequests(
  project: Project,
  modules: Modules,
  module: Module,
  budget: StepBudget,
  names: ReadonlySet<string>,
): FoundRequests {
  const senders = new Set<string>();
  const file = project.file(module.path);
  if (!file || module.body.length === 0) return { conversations: [], senders };
  const conversations = new Map<string, Conversation>();
  const entered = new Set<string>();
  const collect = (traces: readonly Trace[], entry: Partial<EntryPoint>): void => {
    for (const conversation of conversationsOf(traces, entry, module.path)) {
      const { site, requests, isOnMadeUpObject } = conversation;
      const key = `${placeOf(site)} ${isOnMadeUpObject} ${printAll(requests)}`;
      // The first of those that look alike is the one of the run that took the most usual way.
      if (!conversations.has(key)) conversations.set(key, conversation);
    }
  };
  const run = (entry: Pick<EntryPoint, "run"> & Partial<EntryPoint>): void => {
    const exploration = explore(
      project,
      modules,
      budget,
      (state) => entry.run(state),
      printTrace,
      rewritesHistory,
      (decision) => distanceOf(project, decision),
    );
    for (const place of exploration.entered) entered.add(place);
    for (const place of exploration.senders) senders.add(place);
    collect(exploration.traces, entry);
  };

  if (names.size === 0 && !mayHoldRequest(file.text, "code")) return { conversations: [], senders };
  budget.speaksOfCaching = speaksOfCaching(file.text);
  const loaded = modules.load(module);
  const program = { run: (state: Run) => runAsProgram(state, modules, module) };
  run(program);
  const texts = new Map(
    entryPointsOf(loaded).map((entry) => [
      entry,
      textOf(project.file(entry.node.span.file) ?? file, entry.node.span),
    ]),
  );
  const using = isTestFile(module.path) ? undefined : anyName(names);
  const callsGiven = isTestFile(module.path) ? undefined : callsOfHeirs(project, module.path, names);
  const usesFramework = module.body.some(
    (statement) => statement.kind === "import" && !statement.typeOnly && isFramework(statement.module),
  );
  const mayLead = (text: string): boolean =>
    mayHoldInCode(text) ||
    using?.test(text) === true ||
    callsGiven?.test(text) === true ||
    (usesFramework && mayCallFramework(text));
  const isOwn = (entry: EntryPoint): boolean => entry.node.span.file === module.path;
  const all = [...texts.keys()];
  const callsOwn = callOfAny(all.filter(isOwn));
  const callsLeading = callOfAny(
    all.filter((entry) => (isOwn(entry) ? mayLead : mayHoldInCode)(texts.get(entry)!)),
  );
  // A method of a base class in another file is run from here only if it sends by itself, or by what is filled in here.
  const entries = all.filter((entry) => {
    const text = texts.get(entry)!;
    return isOwn(entry) || mayHoldInCode(text) || (callsOwn?.test(text) && callsLeading?.test(text));
  });
  // Code that writes marks comes first: effort is bounded.
  const candidates = entries
    .filter((entry) => mayLead(texts.get(entry)!))
    .sort((a, b) => Number(mayHoldMark(texts.get(b)!)) - Number(mayHoldMark(texts.get(a)!)));
  if (candidates.length > bounds.entries) budget.reached.set("entries", candidates.length - bounds.entries);
  const marked = candidates.slice(0, bounds.entries);
  const holdingMark = marked.filter((entry) => mayHoldMark(texts.get(entry)!));
  const runAll = (): void => {
    for (const wanted of [holdingMark, marked]) {
      // Of the functions that lead to a mark, those that speak of caching are the ones that ask for it.
      const roots = rootsOf(entries, wanted, texts)
        .map((entry) => ({ entry, asks: /cach/i.test(texts.get(entry)!) }))
        .sort((a, b) => Number(b.asks) - Number(a.asks))
        .map(({ entry }) => entry);
      // What no root reaches is run on its own, with unknown arguments.
      const left = new Set([...roots, ...wanted]);
      for (const entry of left) {
        left.delete(entry);
        budget.waiting = [...left].filter(({ node }) => !entered.has(functionPlace(node))).length;
        if (!entered.has(functionPlace(entry.node))) run(entry);
      }
    }
  };
  runAll();
  if (!budget.hasRequest && budget.speaksOfCaching) {
    // The way to a request may be longer than what a run is given that sends nothing.
    budget.allowLongRuns();
    entered.clear();
    run(program);
    runAll();
  }
  return { conversations: [...conversations.values()], senders };
}

/** How far behind a decision what it may be about puts a mark, in characters; infinite: it is about none. */
function distanceOf(project: Project, decision: Decision): number {
  // What a function finds out that is asked about caching is about marks, wherever these are put.
  if (decision.within !== undefined && questionsOfCaching.test(decision.within)) return 0;
  const { span } = decision;
  const text = project.file(span.file)?.text ?? "";
  // `strategies[config.caching]`: which marks are made.
  if (span.end - span.start <= longestQuestion && /cach/i.test(text.slice(span.start, span.end))) return 0;
  const parameter = defaultedParameter(decision);
  const behind = distanceToMark(text, span.end);
  return parameter === undefined ? behind : Math.min(behind, distanceFromTests(text, parameter));
}

/** Longest expression that is taken for a question about caching because it speaks of it, in characters. */
const longestQuestion = 120;

/** Names of functions that say whether something is cached: `supports_prompt_caching`, `shouldUseCache`. */
const questionsOfCaching =
  /^_*(?:is|are|has|have|can|may|should|uses?|supports?|allows?|wants?|needs?|enabled?)(?:_|[A-Z])\w*cach/i;

/**
 * Entry points that lead to a marked one and are called by no other that does. Where they all call each other in turn,
 * the one farthest from what is marked is where others come in.
 */
function rootsOf(
  entries: readonly EntryPoint[],
  marked: readonly EntryPoint[],
  texts: ReadonlyMap<EntryPoint, string>,
): readonly EntryPoint[] {
  const bodies = new Map([...texts].map(([entry, text]) => [entry, bodyOf(text)]));
  const callersOf = (target: EntryPoint): EntryPoint[] => {
    if (!/^[\w$]+$/.test(target.name) || target.name === "constructor") return [];
    // A name in quotes is told to somebody, not called.
    const call = new RegExp(`(?<![\\w$"'])${target.name.replaceAll("$", "\\$")}\\b`);
    return entries.filter((entry) => entry !== target && call.test(bodies.get(entry)!));
  };
  const leading = new Map<EntryPoint, readonly EntryPoint[]>();
  const called = new Map<EntryPoint, EntryPoint[]>();
  const pending = [...marked];
  for (const entry of pending) {
    if (leading.has(entry)) continue;
    const callers = callersOf(entry);
    leading.set(entry, callers);
    for (const caller of callers) called.set(caller, [...(called.get(caller) ?? []), entry]);
    pending.push(...callers);
  }
  const reached = new Set<EntryPoint>();
  const reach = (entry: EntryPoint): void => {
    if (reached.has(entry)) return;
    reached.add(entry);
    for (const next of called.get(entry) ?? []) reach(next);
  };
  const roots = [...leading].filter(([, callers]) => callers.length === 0).map(([entry]) => entry);
  roots.forEach(reach);
  for (const entry of [...leading.keys()].reverse()) {
    if (reached.has(entry)) continue;
    roots.push(entry);
    reach(entry);
  }
  return roots;
}

/** What calls one of some functions as a method of the same object; undefined: none of them has a name. */
function callOfAny(entries: readonly EntryPoint[]): RegExp | undefined {
  const names = entries
    .map(({ name }) => name)
    .filter((name) => /^\w+$/.test(name) && name !== "constructor");
  return names.length > 0 ? new RegExp(`\\b(?:self|this)\\.(?:${names.join("|")})\\s*\\(`) : undefined;
}

function mayHoldInCode(text: string): boolean {
  return mayHoldRequest(text, "code");
}

/** The text of a function behind its own name, without lines that are remarks. */
function bodyOf(text: string): string {
  return text.slice(text.indexOf("(") + 1).replaceAll(/^[ \t]*(?:\/\/|\/?\*|#[ !]).*$/gm, "");
}

function textOf(file: SourceFile, { start, end }: Span): string {
  return file.text.slice(start, end);
}

/**
 * The requests of some runs, one conversation for each run, call site and way to it. Runs that have given up on other calls
 * are not compared: what differs may be what one of them did not follow.
 */
function conversationsOf(
  traces: readonly Trace[],
  { node, isOnMadeUpObject = false }: Partial<EntryPoint>,
  from: string,
): Conversation[] {
  const alike = new Map<string, (readonly Request[])[]>();
  for (const { requests: sent, length, givenUp, dropped } of traces) {
    const groups = new Map<string, Request[]>();
    const lost = faultsOfDroppedMarks(
      sent.map(({ request }) => request),
      dropped,
    );
    const whole = sent.map((one, index) => ({
      ...one,
      request: { ...one.request, faults: [...one.request.faults, ...lost[index]!] },
    }));
    for (const [index, request] of joinRequests(whole).entries()) {
      const key = `${length} ${givenUp} ${placeOf(request.site)} ${sent[index]!.path}`;
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      group.push(request);
    }
    for (const [key, requests] of groups) {
      alike.set(key, [...(alike.get(key) ?? []), withCounters(requests)]);
    }
  }
  return [...alike.values()].flatMap((conversations) =>
    conversations.map((requests) => ({
      site: requests[0]!.site,
      requests,
      others: conversations.filter((other) => other !== requests),
      entry: node && functionPlace(node),
      isOnMadeUpObject,
      from,
    })),
  );
}

/** True where requests of a run send messages again in another form: other conditions may keep them from it. */
function rewritesHistory(trace: Trace): boolean {
  return conversationsOf([trace], {}, "").some(({ requests }) =>
    placeRequests(requests, []).some(({ request, later }) => findRewrites(request, later).length > 0),
  );
}

/** What tells two runs apart: the requests they send. */
function printTrace(trace: Trace): string {
  return printAll(trace.requests.map(({ request }) => request));
}

function printAll(requests: readonly LoweredRequest[]): string {
  return requests.map(printRequest).join("\n");
}

/** Requests printed so far: each is compared with those of many runs. */
const prints = new WeakMap<LoweredRequest, string>();

/** The shape of a request, without what is new at each evaluation. */
function printRequest(request: LoweredRequest): string {
  let print = prints.get(request);
  if (print === undefined) prints.set(request, (print = shapeOf(request)));
  return print;
}

function shapeOf(request: LoweredRequest): string {
  const { site, model, segments, checkpoints, faults, parameters, unresolved } = request;
  return [
    placeOf(site),
    `${model.text ?? "?"}${model.certain ? "" : " or another"}`,
    ...segments.map(printSegment),
    ...checkpoints.map(({ span, after, origin, ttl }) => [placeOf(span), after, origin, ttl?.text].join()),
    ...faults.map(({ kind, span }) => kind + placeOf(span)),
    ...parameters.map(({ name, entry }) => name + placeOf(entry.span) + describeValue(entry.value)),
    ...unresolved.map(({ part }) => part),
  ].join(";");
}

/** Segments printed so far: consecutive requests share most of theirs. */
const segmentPrints = new WeakMap<Segment, string>();

function printSegment(segment: Segment): string {
  let print = segmentPrints.get(segment);
  if (print === undefined) {
    const { region, role, kind, stretch, order, parts } = segment;
    const atoms = parts.map((part) => (part.kind === "literal" ? part.text.length : part.hole.key));
    print = [region, role, kind, stretch, order.order, ...atoms].join();
    segmentPrints.set(segment, print);
  }
  return print;
}

function describeValue(value: Request["parameters"][number]["entry"]["value"]): string {
  if (value.type === "constant") return String(value.value);
  if (value.type === "opaque") return value.key;
  if (value.type === "text") {
    return value.parts.map((part) => (part.kind === "literal" ? part.text : part.hole.key)).join("");
  }
  return value.type === "record"
    ? [...value.entries].map(([key, entry]) => key + describeValue(entry.value)).join()
    : value.type;
}

function placeOf({ file, start, end }: Span): string {
  return `${file}:${start}:${end}`;
}
