import type { Finding } from "../rule/finding.ts";
import type { ReportedFinding } from "../rule/rule.ts";
import type { Project } from "./project.ts";
import type { HashOf } from "./questions.ts";

/** The fixes that a finding offers. */
export type Offer = Pick<Finding, "fix" | "suggestions">;

type Planned = Pick<ReportedFinding, "fix" | "suggestions" | "confidence">;

/**
 * Offers that were made, by what they are made of: the plans, and the texts of the files that these would change. To make
 * one is to parse such a file several times.
 */
export class Offers {
  readonly #project: Project;
  readonly #hashOf: HashOf;
  readonly #earlier: ReadonlyMap<string, Offer>;
  /** Those that somebody has asked for. */
  readonly used = new Map<string, Offer>();

  constructor(project: Project, hashOf: HashOf, earlier: ReadonlyMap<string, Offer>) {
    this.#project = project;
    this.#hashOf = hashOf;
    this.#earlier = earlier;
  }

  /** What a finding offers, made by `make` unless it is known. */
  of({ fix, suggestions = [], confidence }: Planned, make: () => Offer): Offer {
    const plans = fix ? [fix, ...suggestions] : suggestions;
    if (plans.length === 0) return make();
    const texts = [...filesIn(plans)].map((path) => [path, this.#project.file(path)?.text]);
    const key = this.#hashOf([fix, suggestions, confidence, texts]);
    const offer = this.used.get(key) ?? this.#earlier.get(key) ?? make();
    this.used.set(key, offer);
    return offer;
  }
}

/** The files of all places in some plans. */
function filesIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof value !== "object" || value === null) return found;
  const { file, start } = value as { file?: unknown; start?: unknown };
  if (typeof file === "string" && typeof start === "number") found.add(file);
  else for (const inner of Object.values(value)) filesIn(inner, found);
  return found;
}
