import type { FunctionNode, Statement } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import type { Scope } from "../value/scope.ts";
import type {
  ArgumentValue,
  Decision,
  Frame,
  FunctionValue,
  ListValue,
  OpaqueValue,
  OrderEvidence,
  RecordValue,
  Value,
} from "../value/value.ts";
import type { DroppedMarks } from "../request/dropped-marks.ts";
import { currentId } from "../value/construct.ts";
import { bounds, StopRun, type BoundName } from "./bounds.ts";
import type { Binding, Environment } from "./environment.ts";
import type { EventRound } from "./event-kinds.ts";
import type { EvaluateHost, SentRequest, Start } from "./host.ts";
import type { Modules } from "./modules.ts";

/** How a statement ended, if not by running to its end. */
export type Completion =
  | { readonly kind: "return"; readonly value: Value }
  | { readonly kind: "break" | "continue"; readonly label: string | undefined }
  | { readonly kind: "throw" }
  | undefined;

/** A loop that is running, or a call in one of its rounds that runs at the same time as those of other rounds. */
export interface LoopContext {
  /** What fixes the order of its rounds. */
  readonly order: OrderEvidence;
  /** Lists made before the loop have an id up to this one. */
  readonly firstId: number;
  /** A call that nobody waits for: what it appends after it waited for something itself comes in any order. */
  readonly concurrent: boolean;
  waited: boolean;
  /** The comparison with a budget that a `while` loop goes on for. */
  readonly until?: Span;
  /** The comparison with a budget that may end the loop early. */
  budget?: Span;
  /** A model is asked for its next step in it for as long as there is one. */
  readonly isAgents?: boolean;
}

/** Choices that are made before a run: the conditions forced, and how long an unknown list is. */
export interface Scenario {
  readonly forced: ReadonlyMap<string, boolean>;
  /** Elements of a list of unknown length. */
  readonly length: number;
  /** Times an entry point is called. */
  readonly calls: number;
  /** Requests after which it is not called once more, and a loop that sends them ends; any number unless given. */
  readonly enough?: number;
  /** The call of the entry point, from 0, from which on requests are looked at; those before only let history grow. */
  readonly looksFrom?: number;
  /** Guards whose throw is passed over, as `file:start` of the condition. */
  readonly passed?: ReadonlySet<string>;
}

/** Thrown when a function of the program throws: caught by its `try`, or the end of the call from outside. */
export class ProgramThrow extends Error {}

let lastRun = 0;

/** Dropped values with marks that are remembered: a loop may drop one in each round. */
const maximumDropped = 50;

/** The state of one run: what is decided, what was sent, what is to be undone. */
export class Run {
  /** 0 while a module is loaded: what is made then stays. */
  readonly id: number;
  readonly host: EvaluateHost;
  readonly modules: Modules;
  readonly scenario: Scenario;
  readonly decisions: Decision[] = [];
  /** Those that decided on a branch in which a request was sent: the other branch may send another one. */
  readonly leading = new Set<Decision>();
  /** The last condition that led to a throw, as `file:start`. */
  guard: string | undefined;
  /** Those that ended a call from outside by such a throw, which nobody caught. */
  readonly guards = new Set<string>();
  readonly decided = new Map<string, boolean>();
  /** Conditions on a size at which a model has summed up what was said: it is far from its limit then. */
  readonly roomMade = new Set<object>();
  /** Loops that drop messages until a budget holds which is not known. */
  readonly openBudgets = new Set<object>();
  readonly sent: SentRequest[] = [];
  /** How often a request was sent, those that are not looked at included. */
  asked = 0;
  /** Marks in what was made and not used. */
  readonly dropped: DroppedMarks[] = [];
  /** Functions handed to code that is not in view: it may call them later. */
  readonly escaped: FunctionValue[] = [];
  /** Spans of the functions that were entered, as `file:start`. */
  readonly entered = new Set<string>();
  readonly boundsReached = new Map<BoundName, number>();
  readonly loops: LoopContext[] = [];
  /** The event that the round of a loop over events has, where one is running. */
  event: EventRound | undefined;
  /** Results of functions that are called once per process, by function and arguments. */
  readonly memo = new Map<string, Value>();
  frame: Frame | undefined;
  depth = 0;
  steps = 0;
  /** Which call of the entry point is running, from 0: a history has grown by then. */
  call = 0;
  /** What is made in this call of the entry point has a larger id. */
  callFrom = Infinity;
  /** What runs here runs once in a process or a deployment: nothing made here is narrower. */
  cap: Scope | undefined;
  /** The top level of a program is running: outside of loops it runs once per process. */
  isProgram = false;
  /** `try` statements that would catch a throw here. */
  tries = 0;
  /** The next call is awaited at once. */
  awaited = false;
  /** Loops, from the outermost on, whose rounds wait for what is running. */
  waitingLoops = 0;
  /** Indexes into `sent` of requests sent by calls that nobody has waited for yet, each with a number of its call. */
  readonly pending = new Map<number, number>();
  /** Changes so far of names, lists and records that were there before this run. */
  changes = 0;
  /** Indexes into `sent` of requests that only one call at a time may send: those under a lock. */
  readonly serialized = new Set<number>();
  /** How many requests had been sent before the arguments of the call at hand were evaluated. */
  argumentsFrom = 0;
  /** How often a function stands on the stack of calls. */
  readonly active = new Map<FunctionNode, number>();
  /** How many functions stand on the stack more often than one that calls itself usually may. */
  deepCalls = 0;
  /** What each of these calls was given, by function. */
  readonly given = new Map<FunctionNode, (readonly ArgumentValue[])[]>();
  /** Steps spent in this call of the entry point, by function; none count of one that has sent a request. */
  readonly stepsIn = new Map<FunctionNode, number>();
  /** A function works on long literal texts, which takes a while and is done once. */
  isOnText = false;
  /** Calls that start several requests at once, by call of the entry point and place. */
  readonly starts = new Map<string, Start>();
  /** Steps after which it ends: if it has sent something, and if not. */
  readonly #limits: readonly [ofSender: number, inVain: number];
  #nextLimit: number;
  #undo: (() => void)[] = [];
  /** Lists and records with a larger id were made in this run and need not be restored. */
  readonly #firstId = currentId();
  /** Ids of what modules made that were loaded during this run: it stays, and is restored like what was there before. */
  readonly #keptIds: (readonly [from: number, to: number])[] = [];
  /** What can be restored already: a run goes back to the state before its first change. */
  readonly #saved = new Set<object>();

  /**
   * @param keeps whether what it makes stays, as what a module makes when it is loaded
   * @param maximumSteps after which it ends if it has sent something
   * @param stepsInVain after which it ends if it has sent nothing, fewer or more
   */
  constructor(
    host: EvaluateHost,
    modules: Modules,
    scenario: Scenario,
    keeps: boolean,
    maximumSteps: number = bounds.steps,
    stepsInVain: number = bounds.stepsWithoutRequest,
  ) {
    this.#limits = keeps ? [maximumSteps, maximumSteps] : [maximumSteps, stepsInVain];
    this.#nextLimit = Math.min(...this.#limits);
    this.id = keeps ? 0 : ++lastRun;
    this.host = host;
    this.modules = modules;
    this.scenario = scenario;
  }

  /** The widest scope that what is read here can have: the top level of a program runs once per process. */
  get siteCap(): Scope | undefined {
    if (this.cap) return this.cap;
    return this.isProgram && this.loops.length === 0 ? "process" : undefined;
  }

  /** Counts one step; ends the run when there were too many. */
  step(): void {
    if (++this.steps > this.#nextLimit) this.#passLimit();
  }

  /** Counts work on a long text as the steps it takes as long as. */
  spend(characters: number): void {
    this.steps += Math.floor(characters / 1024);
    if (this.steps > this.#nextLimit) this.#passLimit();
  }

  /** Goes on up to the next limit, or ends. What has sent nothing for a long time seldom sends anything later. */
  #passLimit(): void {
    const [ofSender, inVain] = this.#limits;
    const limit = this.sent.length > 0 ? ofSender : inVain;
    if (this.steps > limit) throw new StopRun(this.reach("steps"));
    this.#nextLimit = limit;
  }

  /** Whether the entry point is called for the time that `call` says. */
  get mayCallAgain(): boolean {
    return this.call === 0 || (this.call < this.scenario.calls && !this.hasSentEnough(0));
  }

  /** Whether enough has been sent since there were so many requests. */
  hasSentEnough(since: number): boolean {
    return this.sent.length - since >= (this.scenario.enough ?? Infinity);
  }

  /** Counts a bound that was reached. */
  reach(bound: BoundName): BoundName {
    this.boundsReached.set(bound, (this.boundsReached.get(bound) ?? 0) + 1);
    return bound;
  }

  /**
   * Looks at a value that nobody uses, or only by a name, for marks.
   * @param since the last id given before the value was made: what is older is known by another name
   */
  noteUnused(value: Value, span: Span, since: number, name?: string): void {
    const made = value.type === "opaque" ? value.list : value;
    if ((made?.type !== "list" && made?.type !== "record") || made.id <= since) return;
    if (this.dropped.length >= maximumDropped) return;
    const marks = this.host.droppedMarks(value, span, name);
    if (marks) this.dropped.push(marks);
  }

  /** Keeps a way to undo a change, so that the next run starts from the same state. */
  undoLater(undo: () => void): void {
    if (this.id !== 0) this.#undo.push(undo);
  }

  /** Takes back every change this run made to what was there before it. */
  undoAll(): void {
    for (let undo = this.#undo.pop(); undo; undo = this.#undo.pop()) undo();
  }

  /** Binds a name in an environment. */
  bind(environment: Environment, name: string, value: Value): void {
    const old = environment.names.get(name);
    if (environment.run !== this.id) {
      this.changes++;
      if (old) {
        const { value: oldValue, load } = old;
        this.undoLater(() => {
          old.value = oldValue;
          old.load = load;
        });
      } else {
        this.undoLater(() => environment.names.delete(name));
      }
    }
    if (old) {
      old.value = value;
      old.load = undefined;
    } else {
      environment.names.set(name, { value, load: undefined });
    }
  }

  /** The value of a binding; loads it at first use. */
  read(binding: Binding): Value | undefined {
    const { load } = binding;
    if (binding.value !== undefined || !load) return binding.value;
    // A package that imports its own submodule by name meets this name again: then it is not there yet.
    binding.load = undefined;
    const { missed } = this.modules;
    try {
      const value = this.keeping(load);
      // What a module has not come to yet, it may give later.
      if (this.modules.missed === missed) binding.value = value;
      return value;
    } finally {
      binding.load = load;
    }
  }

  /** Loads a module: what it makes is there for all runs. */
  keeping<T>(load: () => T): T {
    const from = currentId();
    const result = load();
    if (this.id !== 0) this.#keptIds.push([from, currentId()]);
    return result;
  }

  /** Whether a list or record was made in this run and goes with it. */
  isOwn(id: number): boolean {
    return id > this.#firstId && !this.#keptIds.some(([from, to]) => id > from && id <= to);
  }

  /** To be called before the elements, order or cuts of a list change. */
  willChangeList(list: ListValue): void {
    if (this.id === 0 || this.isOwn(list.id)) return;
    this.changes++;
    if (this.#saved.has(list)) return;
    this.#saved.add(list);
    const { elements, order, cuts } = list;
    const copy = elements.slice();
    this.undoLater(() => {
      list.elements = copy;
      list.order = order;
      list.cuts = cuts;
    });
  }

  /** To be called before entries of a record, or fields of an opaque value, change. */
  willChangeEntries(target: RecordValue | OpaqueValue): void {
    if (this.id === 0 || (target.type === "record" && this.isOwn(target.id))) return;
    if (target.type === "record") this.changes++;
    if (this.#saved.has(target)) return;
    this.#saved.add(target);
    const map = target.type === "record" ? target.entries : target.fields;
    const entries = [...map];
    const removed = [...target.removed];
    const { rest, order } = target.type === "record" ? target : {};
    this.undoLater(() => {
      map.clear();
      for (const [key, entry] of entries) map.set(key, entry);
      target.removed.clear();
      for (const key of removed) target.removed.add(key);
      if (target.type !== "record") return;
      if (rest) target.rest = rest;
      if (order) target.order = order;
      else delete target.order;
    });
  }

  /** Runs something to see what it gives. Undefined where that hangs on a decision, which then counts as not taken. */
  probe(body: () => Value): Value | undefined {
    const count = this.decisions.length;
    const value = body();
    if (this.decisions.length === count) return value;
    for (const { key } of this.decisions.splice(count)) this.decided.delete(key);
    return undefined;
  }

  /** Runs something with a call on the stack. */
  withFrame<T>(call: Span, functionName: string, body: () => T): T {
    const { frame, depth } = this;
    this.frame = { call, functionName, parent: frame };
    this.depth = depth + 1;
    try {
      return body();
    } finally {
      this.frame = frame;
      this.depth = depth;
    }
  }

  /** Runs something whose values are at most as narrow as the scope. */
  withCap<T>(cap: Scope, body: () => T): T {
    const outer = this.cap;
    this.cap = cap;
    try {
      return body();
    } finally {
      this.cap = outer;
    }
  }

  /** Runs the rounds of a loop. */
  withLoop<T>(loop: LoopContext, body: () => T): T {
    this.loops.push(loop);
    try {
      return body();
    } finally {
      this.loops.pop();
    }
  }

  /** Runs a round of a loop that has this event; a throw ends that, too. */
  withEvent<T>(event: EventRound | undefined, round: () => T): T {
    const outer = this.event;
    this.event = event;
    try {
      return round();
    } finally {
      this.event = outer;
    }
  }
}

/** True where control surely leaves the list of statements: the way an `if` guards what follows. */
export function alwaysLeaves(statements: readonly Statement[]): boolean {
  const last = statements.at(-1);
  if (!last) return false;
  switch (last.kind) {
    case "return":
    case "throw":
    case "break":
    case "continue":
      return true;
    case "block":
      return alwaysLeaves(last.body);
    case "if":
      return alwaysLeaves(last.then) && alwaysLeaves(last.else);
    default:
      return false;
  }
}

/** Calls inside each other up to which a function decides which of several others goes on. */
export const outerCalls = 3;

/** Whether all that is left to do is for another function: `if (...) return this.#stream(body)`. */
export function leavesByCall(statements: readonly Statement[]): boolean {
  const last = statements.at(-1);
  if (last?.kind === "block") return leavesByCall(last.body);
  const value = last?.kind === "return" ? last.value : undefined;
  return (value?.kind === "await" ? value.value : value)?.kind === "call";
}
