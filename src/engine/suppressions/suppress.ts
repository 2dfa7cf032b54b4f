import type { Finding } from "../../rule/finding.ts";
import type { Problem } from "../../source/problem.ts";
import type { SourceFile, Span } from "../../source/source-file.ts";
import type { Project } from "../project.ts";
import type { SuppressedFinding } from "../result.ts";
import { readDirectives, type Directive } from "./directives.ts";
import { commentsOf, type FileComments } from "./file-comments.ts";

/** What comments leave of the findings, and what is wrong with the comments. */
export interface Suppressions {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly problems: readonly Problem[];
}

export interface SuppressOptions {
  /** Files that are linted: their comments are looked at even where nothing was found. */
  readonly linted: ReadonlySet<string>;
  /** Every rule there is. */
  readonly ruleIds: readonly string[];
  /** Whether comments that suppress nothing are a problem. */
  readonly reportUnused: boolean;
}

/** Takes out the findings that comments of their files turn off. */
export function suppress(
  found: readonly Finding[],
  project: Project,
  { linted, ruleIds, reportUnused }: SuppressOptions,
): Suppressions {
  const findings: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  const problems: Problem[] = [];
  const known = new Set(ruleIds);
  const files = new Map<string, FileDirectives | undefined>();
  const directivesOf = (path: string): FileDirectives | undefined => {
    if (!files.has(path)) files.set(path, FileDirectives.of(project, project.file(path)));
    return files.get(path);
  };
  for (const finding of found) {
    const directive = directivesOf(finding.at.file)?.find(finding);
    if (directive) suppressed.push({ finding, reason: directive.reason, by: directive.span });
    else findings.push(finding);
  }
  for (const path of linted) {
    const directives = directivesOf(path);
    if (!directives) continue;
    problems.push(...directives.unknown(known));
    if (reportUnused) problems.push(...directives.unused(known));
  }
  return { findings, suppressed, problems };
}

/** The directives of one file, with which of them were of use. */
class FileDirectives {
  readonly #directives: readonly Directive[];
  readonly #file: FileComments;
  /** Rule ids a directive has suppressed something of. */
  readonly #used = new Map<Directive, Set<string>>();

  constructor(directives: readonly Directive[], file: FileComments) {
    this.#directives = directives;
    this.#file = file;
  }

  /** Undefined where a file has no directives, which is told without reading it. */
  static of(project: Project, file: SourceFile | undefined): FileDirectives | undefined {
    if (!file || !/promptlint-(?:disable|enable)/.test(file.text)) return undefined;
    const comments = commentsOf(project, file);
    const directives = readDirectives(comments.comments);
    return directives.length > 0 ? new FileDirectives(directives, comments) : undefined;
  }

  /** The directive that turns a finding off, the nearest one first. */
  find({ ruleId, at }: Pick<Finding, "ruleId" | "at">): Directive | undefined {
    const lines = this.#linesOf(at);
    const speaking = this.#directives.filter(
      ({ ruleIds }) => ruleIds.length === 0 || ruleIds.includes(ruleId),
    );
    const matching = [
      ...speaking.filter((each) => each.kind === "disable-next-line" && lines.first.has(this.#target(each))),
      ...speaking.filter(
        (each) => each.kind === "disable-line" && lines.last.has(this.#file.lineOf(each.span.start)),
      ),
      ...this.#openBlock(speaking, at),
      ...speaking.filter((each) => each.kind === "disable-file"),
    ];
    for (const directive of matching) {
      const used = this.#used.get(directive) ?? new Set();
      this.#used.set(directive, used.add(ruleId));
    }
    return matching[0];
  }

  /** The `disable` that holds where something stands. */
  #openBlock(speaking: readonly Directive[], at: Span): readonly Directive[] {
    const last = speaking.findLast(
      ({ kind, span }) => (kind === "disable" || kind === "enable") && span.start < at.start,
    );
    return last?.kind === "disable" ? [last] : [];
  }

  /**
   * The lines whose directives speak of a place: its own, and where it stands in a string of several lines, between
   * which there can be no comment, the line where that begins for what stands above, where it ends for what follows.
   */
  #linesOf({ start, end }: Span): {
    readonly first: ReadonlySet<number>;
    readonly last: ReadonlySet<number>;
  } {
    const { texts, lineOf } = this.#file;
    const around = texts.filter((text) => text.start <= start && end <= text.end);
    const own = lineOf(start);
    return {
      first: new Set([own, ...around.map((text) => lineOf(text.start))]),
      last: new Set([own, ...around.map((text) => lineOf(text.end))]),
    };
  }

  /** The line behind a comment, or behind the comments of its kind that follow it. */
  #target({ span }: Directive): number {
    const { lineOf } = this.#file;
    const taken = new Set(
      this.#directives
        .filter(({ kind }) => kind === "disable-next-line")
        .map((other) => lineOf(other.span.start)),
    );
    let line = lineOf(span.end) + 1;
    while (taken.has(line)) line++;
    return line;
  }

  unknown(known: ReadonlySet<string>): Problem[] {
    return this.#directives.flatMap(({ ruleIds, span }) =>
      ruleIds
        .filter((id) => !known.has(id))
        .map((id): Problem => ({
          kind: "directive",
          severity: "note",
          message: `There is no rule "${id}". What is no rule id stands behind " -- ".`,
          span,
        })),
    );
  }

  unused(known: ReadonlySet<string>): Problem[] {
    return this.#directives.flatMap((directive): Problem[] => {
      const message = this.#unusedMessage(directive, known);
      return message === undefined
        ? []
        : [{ kind: "directive", severity: "error", message, span: directive.span }];
    });
  }

  #unusedMessage(directive: Directive, known: ReadonlySet<string>): string | undefined {
    const { kind, ruleIds } = directive;
    if (kind === "enable") {
      const ends = this.#directives.some(
        (other) =>
          other.kind === "disable" &&
          other.span.start < directive.span.start &&
          (ruleIds.length === 0 ||
            other.ruleIds.length === 0 ||
            other.ruleIds.some((id) => ruleIds.includes(id))),
      );
      return ends ? undefined : "Nothing was disabled that this comment could enable again.";
    }
    const used = this.#used.get(directive);
    if (ruleIds.length === 0) return used ? undefined : "This comment suppresses nothing.";
    const idle = ruleIds.filter((id) => known.has(id) && !used?.has(id));
    if (idle.length === 0) return undefined;
    return idle.length === ruleIds.length && idle.length > 1
      ? "This comment suppresses nothing."
      : `This comment suppresses nothing of ${idle.join(", ")}.`;
  }
}
