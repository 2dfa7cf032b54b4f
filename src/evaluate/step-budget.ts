import type { LoweredRequest } from "../request/request.ts";
import { bounds, type BoundName } from "./bounds.ts";
import type { SentRequest } from "./host.ts";
import type { Run } from "./run.ts";

/** Entry points of a file that turn the same condition and send nothing before others leave it as it is. */
const enoughVain = 3;

/** Counts what the runs of one file used up. */
export class StepBudget {
  steps = 0;
  /** Some run has sent a request that carries a mark: the file is worth more effort. */
  hasMark = false;
  /** Some run has sent a request. */
  hasRequest = false;
  /** The file speaks of caching, so that it is worth more effort to get to a request. */
  speaksOfCaching = false;
  /** Entry points of the file that are still to be run. */
  waiting = 0;
  readonly reached = new Map<BoundName, number>();
  /** Conditions that were turned by entry points which sent nothing, by place, with how many these were. */
  readonly vain = new Map<string, number>();
  readonly #isWorthEffort: (request: LoweredRequest) => boolean;
  readonly #wasVain: (place: string) => boolean;
  readonly #mostSteps: number;
  #allowsLongRuns = false;

  /**
   * @param isWorthEffort whether it is worth finding out all ways in which a request is sent
   * @param wasVain whether enough other files have turned the condition at a place, and sent nothing
   * @param mostSteps to be spent while no run has sent such a request, however promising the file is
   */
  constructor(
    isWorthEffort: (request: LoweredRequest) => boolean,
    wasVain: (place: string) => boolean,
    mostSteps: number = Infinity,
  ) {
    this.#wasVain = wasVain;
    this.#isWorthEffort = isWorthEffort;
    this.#mostSteps = mostSteps;
  }

  /** Whether the run has sent something that calls for more runs. */
  calls({ requests }: { readonly requests: readonly SentRequest[] }): boolean {
    return requests.some(({ request }) => this.#isWorthEffort(request));
  }

  get isUsedUp(): boolean {
    if (this.hasMark) return this.steps > bounds.stepsPerFile;
    return this.steps > (this.hasRequest ? this.#stepsWithoutMark : this.#stepsWithoutRequest);
  }

  /** Steps of one run that sends something. */
  get stepsOfRun(): number {
    return Math.min(this.#mostSteps, bounds.steps);
  }

  /** Steps of one run that sends nothing. */
  get stepsInVain(): number {
    const most = this.#allowsLongRuns ? bounds.stepsOfLongRun : bounds.stepsWithoutRequest;
    return Math.min(this.#mostSteps, most);
  }

  get #stepsWithoutMark(): number {
    return Math.min(this.#mostSteps, Math.max(bounds.stepsWithoutMark, this.#stepsWithoutRequest));
  }

  get #stepsWithoutRequest(): number {
    const most = this.speaksOfCaching ? bounds.stepsTowardsMark : bounds.stepsWithoutRequest;
    return Math.min(this.#mostSteps, this.#allowsLongRuns ? most + bounds.stepsOfLongRun : most);
  }

  /**
   * Whether what is left is for the entry points that are still to be run, each of which takes about as many steps in a run
   * as this one. At most half of it is kept for them.
   */
  isForOthers(stepsOfRun: number): boolean {
    if (!this.hasRequest) return false;
    const most = this.hasMark ? bounds.stepsPerFile : this.#stepsWithoutMark;
    return this.steps + Math.min(this.waiting * stepsOfRun, most / 2) > most;
  }

  /** Lets runs that send nothing go on for longer, and gives them what that takes. */
  allowLongRuns(): void {
    this.#allowsLongRuns = true;
  }

  /** Whether turning the condition at a place has shown nothing often enough. */
  isVain(place: string): boolean {
    return (this.vain.get(place) ?? 0) >= enoughVain || this.#wasVain(place);
  }

  /** Adds the places of conditions that an entry point has turned which sent nothing. */
  addVain(places: ReadonlySet<string>): void {
    for (const place of places) this.vain.set(place, (this.vain.get(place) ?? 0) + 1);
  }

  /** Adds what one run used. */
  add(run: Run): void {
    this.steps += run.steps;
    for (const [name, count] of run.boundsReached)
      this.reached.set(name, (this.reached.get(name) ?? 0) + count);
  }
}
