import { bounds, type BoundName } from "../evaluate/bounds.ts";
import { StepBudget } from "../evaluate/step-budget.ts";
import { Modules } from "../evaluate/modules.ts";
import type { LoweredRequest } from "../request/request.ts";
import type { Problem } from "../source/problem.ts";
import { isAssetPath, requestsInAsset, type FoundAssets } from "./asset-requests.ts";
import { findRequests, type FoundRequests } from "./find-requests.ts";
import { outlineOf, placeOf, type OutlinedFile } from "./group-calls.ts";
import { onlyHandsOver } from "./handed-over.ts";
import type { LeadingNames } from "./leading-names.ts";
import { mayHoldRequest } from "./markers.ts";
import type { Project } from "./project.ts";
import type { Asked } from "./questions.ts";
import { releaseCode } from "./release-code.ts";
import { isTestFile } from "./test-files.ts";

/** What was found out about one file without what only this process can hold. */
export interface FileOutline extends OutlinedFile {
  readonly problems: readonly Problem[];
  /** Bounds that were reached, with how often. */
  readonly reached: ReadonlyMap<BoundName, number>;
  /** The names in it that lead to a request, and what they were found out from. */
  readonly names: readonly string[];
  readonly askedForNames: Asked;
  /** What running it asked, given these names. */
  readonly asked: Asked;
  /** Places of conditions that were turned by functions which sent nothing. */
  readonly vain: readonly string[];
  /** Calls of other files, and conditions, of which it counted whether enough files had led to them, with the answer. */
  readonly seenEnough: ReadonlyMap<string, boolean>;
}

/** What running one file has shown. */
export interface FoundInFile extends FileOutline, FoundRequests, Pick<FoundAssets, "parts"> {
  readonly senders: ReadonlySet<string>;
}

/** The names of a file that lead to a request, and what they were found out from. */
export function findNames(
  project: Project,
  path: string,
  leading: LeadingNames,
): { readonly names: readonly string[]; readonly askedForNames: Asked } {
  const { result, asked } = project.questions.recording(() => {
    const module = isAssetPath(path) ? undefined : project.module(path);
    return module && module.body.length > 0 ? [...leading.in(module)].sort() : [];
  });
  return { names: result, askedForNames: asked };
}

/**
 * Finds the requests of one file: those its code sends, or those it holds as data. What it finds hangs on nothing but
 * what it asks, and on the calls it has seen enough of: no other file leaves it anything.
 * @param modules what is known of imported modules; they are loaded anew unless given
 * @param seenEnough whether enough files have led to a call, which stands at this place
 */
export function runFile(
  project: Project,
  path: string,
  leading: LeadingNames,
  seenEnough: (place: string) => boolean,
  modules?: Modules,
): FoundInFile {
  const seen = new Map<string, boolean>();
  const hasSeen = (place: string): boolean => {
    const known = seen.get(place) ?? seenEnough(place);
    seen.set(place, known);
    return known;
  };
  const budget = new StepBudget(
    (request) => isWorthEffort(request, path, hasSeen),
    (place) => hasSeen(vainAt(place)),
    isTestFile(path) ? bounds.stepsOfTests : undefined,
  );
  const { names, askedForNames } = findNames(project, path, leading);
  const { result: found, asked } = project.recordingFile(() =>
    requestsIn(project, modules ?? new Modules(project), path, budget, new Set(names)),
  );
  if (!modules) releaseCode(found.conversations);
  return {
    ...found,
    path,
    outlines: found.conversations.map(outlineOf),
    reached: budget.reached,
    names,
    askedForNames,
    asked,
    vain: [...budget.vain.keys()],
    seenEnough: seen,
  };
}

/** Files other than its own from which all ways to a request are tried; those after them show little that is new. */
export const triedCallers = 3;

/** The places, of calls with marks and of conditions that show nothing, of which a file has shown what they do. */
export function placesShownBy({ outlines, vain }: FileOutline): readonly string[] {
  // Effort is for marks: who leads to a call without one has shown nothing of them.
  const marked = outlines.filter(({ isMarked }) => isMarked);
  return [...marked.map(({ site }) => placeOf(site)), ...vain.map(vainAt)];
}

/** What conditions that show nothing are counted under, beside the calls that send something. */
function vainAt(place: string): string {
  return `vain:${place}`;
}

/** A request with a mark, unless enough other files have led to it. */
function isWorthEffort(
  { site, checkpoints, faults }: LoweredRequest,
  path: string,
  hasSeen: (place: string) => boolean,
): boolean {
  if (checkpoints.length + faults.length === 0) return false;
  if (site.file === path) return true;
  return !isTestFile(path) && !hasSeen(placeOf(site));
}

function requestsIn(
  project: Project,
  modules: Modules,
  path: string,
  budget: StepBudget,
  names: ReadonlySet<string>,
): FoundRequests & Pick<FoundAssets, "parts"> & { readonly problems: readonly Problem[] } {
  if (isAssetPath(path)) {
    const problems: Problem[] = [];
    return { ...requestsInAsset(project, modules, path, problems, budget), problems, senders: new Set() };
  }
  const module = project.module(path);
  if (!module) return { conversations: [], senders: new Set(), parts: [], problems: [] };
  const { problems } = module;
  const isMarked = mayHoldRequest(project.file(path)?.text ?? "", "code");
  if (!isMarked && onlyHandsOver(project, module, names))
    return { conversations: [], senders: new Set(), parts: [], problems };
  return { ...findRequests(project, modules, module, budget, names), parts: [], problems };
}
