import type { Span } from "../source/source-file.ts";
import type { Confidence } from "../value/scope.ts";
import type { RelatedPlace, TokenEstimate } from "./finding.ts";
import type { PlannedFix } from "./fix.ts";
import type { CostEstimate } from "./price.ts";
import type { Paid, RequestView } from "./request-view.ts";
import { isSameSpan } from "./wording.ts";

/** Where the pages of the rules are published. */
const pages = "https://github.com/promptlint/promptlint/blob/main/rules/";

/** What a rule says about one place of one request. */
export interface Report<MessageId extends string = string> {
  readonly messageId: MessageId;
  /** Where to edit. */
  readonly at: Span;
  /**
   * For rules that hold everywhere: the mark, or the site, in whose every occurrence the finding must be reported.
   * The site unless given.
   */
  readonly anchor?: Span;
  /** For rules that hold everywhere: which variants count; all unless given. */
  readonly among?: (other: RequestView) => boolean;
  /**
   * What is judged, where other rules judge it too: the mark, or the interpolation. Of several findings about one
   * subject only the foremost is shown; see `onePerSubject`.
   */
  readonly subject?: Span;
  /** Of several findings of this rule that give the same place here, the first one speaks for all. */
  readonly once?: Span | undefined;
  /**
   * A test that another request of the same call can pass to disprove the finding: a value that looks new from one
   * run to the next may well be kept within each of them.
   */
  readonly isDisprovedBy?: (other: RequestView) => boolean;
  /** Source, path and checkpoint, in the order in which they are told. */
  readonly related?: readonly RelatedPlace[];
  /** Values of the `{{placeholders}}` in the message. */
  readonly data?: Readonly<Record<string, string | number>>;
  /** `certain` unless given. */
  readonly confidence?: Confidence;
  /** Tokens written or read at full price because of it, per request. */
  readonly tokens?: TokenEstimate;
  /** How these tokens are paid in every request of this kind; unless given, no price is told. */
  readonly paid?: Paid;
  /** Keeps the meaning of the bytes the model reads, so it can be applied without asking. */
  readonly fix?: PlannedFix;
  /** Moves text or changes what the model sees: for a person to choose from. */
  readonly suggestions?: readonly PlannedFix[];
}

/** What a rule reported about one request, with its message filled in. */
export interface ReportedFinding {
  readonly ruleId: string;
  readonly messageId: string;
  readonly message: string;
  readonly at: Span;
  readonly anchor: Span;
  readonly among?: ((other: RequestView) => boolean) | undefined;
  readonly subject: Span | undefined;
  readonly once?: Span | undefined;
  readonly isDisprovedBy: ((other: RequestView) => boolean) | undefined;
  readonly related: readonly RelatedPlace[];
  readonly confidence: Confidence;
  readonly tokens: TokenEstimate | undefined;
  readonly cost: CostEstimate | undefined;
  /** The checkpoints of the request that it points at. */
  readonly checkpoints: readonly Span[];
  readonly fix?: PlannedFix | undefined;
  readonly suggestions?: readonly PlannedFix[] | undefined;
}

/** Settings of a rule beyond its severity. */
export interface RuleOptions<Options extends object> {
  /** JSON Schema of the options object. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly default: Options;
  /** What the strict preset sets, if it differs. */
  readonly strict?: Partial<Options>;
}

export interface RuleMeta<MessageId extends string, Options extends object> {
  /** `problem`: the cache is not used as intended; `suggestion`: it could be used better. */
  readonly type: "problem" | "suggestion";
  readonly docs: RuleDocs;
  /** Some findings carry a safe fix. */
  readonly fixable?: "code";
  /** Some findings carry suggestions. */
  readonly hasSuggestions?: true;
  readonly messages: Readonly<Record<MessageId, string>>;
  readonly options?: RuleOptions<Options>;
}

/** A rule of the recommended preset is in the strict one, too. */
export type RuleDocs = {
  /** One clause in the imperative without a full stop; the rule's page begins with the same words. */
  readonly description: string;
} & ({ readonly recommended: true } | { readonly strict: true });

export interface RuleDefinition<MessageId extends string, Options extends object> {
  readonly id: string;
  readonly meta: RuleMeta<MessageId, Options>;
  /**
   * The same call can send several variants of a request. `somewhere`: one of them is enough for a finding;
   * `everywhere`: it counts only if it is reported for all variants in which its anchor occurs.
   */
  readonly holds: "somewhere" | "everywhere";
  /** Looks at one request and reports what is wrong with it; it keeps nothing from one request to the next. */
  check(
    view: RequestView,
    report: (finding: Report<NoInfer<MessageId>>) => void,
    options: NoInfer<Options>,
  ): void;
}

/** A rule that can be run. */
export interface Rule<
  MessageId extends string = string,
  Options extends object = object,
> extends RuleDefinition<MessageId, Options> {
  /** Address of the rule's page. */
  readonly url: string;
}

/** Makes a rule; message ids are checked against `meta.messages` when it is compiled. */
export function defineRule<const MessageId extends string, Options extends object = Record<never, never>>(
  definition: RuleDefinition<MessageId, Options>,
): Rule<MessageId, Options> {
  return { ...definition, url: `${pages}${definition.id}.md` };
}

/**
 * Runs one rule on one request.
 * @param options what the user set, already checked against the schema; the rule's defaults fill the gaps.
 * @throws an internal error where a message lacks a value for one of its placeholders.
 */
export function runRule(rule: Rule, view: RequestView, options: object = {}): readonly ReportedFinding[] {
  const findings: ReportedFinding[] = [];
  rule.check(
    view,
    (report) => {
      checkFixes(rule, report);
      findings.push({
        ruleId: rule.id,
        messageId: report.messageId,
        message: fillMessage(rule, report),
        at: report.at,
        anchor: report.anchor ?? view.site,
        among: report.among,
        subject: report.subject,
        once: report.once,
        isDisprovedBy: report.isDisprovedBy,
        related: report.related ?? [],
        confidence: report.confidence ?? "certain",
        tokens: report.tokens,
        cost: report.tokens && report.paid && view.costOf(report.tokens, report.paid),
        checkpoints: checkpointsIn(view, report),
        fix: report.fix,
        suggestions: report.suggestions,
      });
    },
    { ...rule.meta.options?.default, ...options },
  );
  return findings;
}

/** The checkpoints a report is about, or that it names in its story. */
function checkpointsIn({ checkpoints }: RequestView, { at, subject, related = [] }: Report): Span[] {
  const told = [at, ...(subject ? [subject] : []), ...related.map(({ span }) => span)];
  const marks = checkpoints.map(({ span }) => span);
  return marks.filter(
    (mark, index) =>
      told.some((place) => isSameSpan(place, mark)) &&
      marks.findIndex((other) => isSameSpan(other, mark)) === index,
  );
}

/** Editors ask for fixes only where the rule says that it has some. */
function checkFixes({ id, meta }: Rule, { fix, suggestions = [] }: Report): void {
  if (fix && !meta.fixable) throw new Error(`internal error: ${id} is not fixable and has a fix`);
  if (suggestions.length > 0 && !meta.hasSuggestions)
    throw new Error(`internal error: ${id} is not known to have suggestions`);
}

function fillMessage(rule: Rule, { messageId, data = {} }: Report): string {
  const message = rule.meta.messages[messageId];
  if (message === undefined) throw new Error(`internal error: ${rule.id} has no message ${messageId}`);
  return message.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = data[name];
    if (value === undefined) throw new Error(`internal error: ${rule.id}/${messageId} lacks {{${name}}}`);
    return String(value);
  });
}
