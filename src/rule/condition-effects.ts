import { differenceIn, holdsLiteral, type RegionDifference } from "../request/differences.ts";
import { isModelSupport } from "../request/model-support.ts";
import { markedCheckpoints } from "../request/questions.ts";
import type { Region, Segment } from "../request/request.ts";
import { isFresh, type Confidence, type Scope } from "../value/scope.ts";
import type { Decision, OpaqueValue } from "../value/value.ts";
import type { RelatedPlace, TokenEstimate } from "./finding.ts";
import { isImplicitlyCached, isLong, reachesMinimum, usualMinimum } from "./fresh-holes.ts";
import type { CheckpointView, RequestView } from "./request-view.ts";
import { contains, isSameSpan, wordChange, wordSource } from "./wording.ts";

/** A condition that decides what stands in front of a checkpoint. */
export interface ConditionEffect {
  readonly decision: Decision;
  /** Where the two ways differ, in render order; at least one. */
  readonly differences: readonly [RegionDifference, ...RegionDifference[]];
  /** The checkpoints behind the first difference; none where the provider finds the prefix by itself. */
  readonly broken: readonly CheckpointView[];
  /** Static text that is cached once for each way instead of once. */
  readonly lost: TokenEstimate;
}

/**
 * The conditions that decide about literal text, or tools, in these regions, in front of text worth caching. What the
 * condition itself looks at is no such text: a document that is sent if there is one differs anyway.
 */
export function findConditionEffects(
  view: RequestView,
  regions: readonly Region[],
): readonly ConditionEffect[] {
  return view.variations.flatMap(({ decision, other }): ConditionEffect[] => {
    if (isModelSupport(decision) || lastingScopes.has(decision.scope)) return [];
    const [first, ...more] = regions.flatMap((region) => {
      const difference = differenceIn(view, other, region);
      return difference && isSharable(difference, decision) ? [difference] : [];
    });
    if (!first) return [];
    const differences = [first, ...more] as const;
    const loss = lossBehind(view, first.segment, first.alike);
    const lost = loss && without(view, loss.lost, differences);
    if (!lost || lost.best < fewestShared(view, loss)) return [];
    return [{ decision, differences, broken: loss.broken, lost }];
  });
}

/** Two ways that have little in common would have an entry each in any case. */
function fewestShared(view: RequestView, { broken }: Pick<ConditionEffect, "broken">): number {
  const minimum = view.limits.minimumTokens?.value ?? usualMinimum;
  return broken.length > 0 ? minimum / 4 : minimum;
}

/** The tokens without those of literals that only this way has. */
function without(
  view: RequestView,
  tokens: TokenEstimate,
  differences: readonly RegionDifference[],
): TokenEstimate {
  const segments = differences.flatMap(({ own, segment }): Segment[] => {
    const place = view.segments[Math.min(segment, view.segments.length - 1)];
    if (!place) return [];
    const texts = own.filter((atom) => typeof atom === "string");
    return [
      { ...place, kind: "text", parts: texts.map((text) => ({ kind: "literal", text, span: place.span })) },
    ];
  });
  const { low, best, high } = view.staticTokensOf(segments);
  return {
    low: Math.max(0, tokens.low - high),
    best: Math.max(0, tokens.best - best),
    high: Math.max(0, tokens.high - low),
  };
}

/** Scopes whose conditions come out alike for all requests that could share a cache. */
const lastingScopes: ReadonlySet<Scope> = new Set<Scope>(["static", "deploy", "process", "day"]);

/**
 * The checkpoints behind a place of the prefix that changes, and the static text they would otherwise share; undefined
 * where there is too little of it, or where something else breaks them already.
 * @param alike characters of literal text at the beginning of the segment that do not change.
 */
export function lossBehind(
  view: RequestView,
  segment: number,
  alike = 0,
): Pick<ConditionEffect, "broken" | "lost"> | undefined {
  const marks = markedCheckpoints(view.checkpoints).filter(({ origin }) => origin !== "handle");
  if (marks.length === 0) {
    if (!isImplicitlyCached(view)) return undefined;
    const lost = view.staticTokensOf(withoutStart(view.segments.slice(segment), alike));
    return reachesMinimum(view, lost) ? { broken: [], lost } : undefined;
  }
  const broken = marks.filter(({ after }) => after >= segment);
  const last = broken.findLast(({ reuse }) => reuse.culprits.length === 0);
  if (!last) return undefined;
  const intact = marks.findLast(({ after }) => after < segment)?.after ?? -1;
  const segments = view.segments.slice(intact + 1, last.after + 1);
  return isLong(view, segments) ? { broken, lost: view.staticTokensOf(segments) } : undefined;
}

/** The segments without the first characters of the literal text in the first of them. */
function withoutStart([first, ...others]: readonly Segment[], length: number): readonly Segment[] {
  if (!first) return [];
  let left = length;
  const parts = first.parts.map((part) => {
    if (part.kind === "hole") return part;
    const text = part.text.slice(left);
    left -= part.text.length - text.length;
    return { ...part, text };
  });
  return [{ ...first, parts }, ...others];
}

function isSharable({ own, other, segments }: RegionDifference, decision: Decision): boolean {
  const holdsTool = segments.some(isSentTool);
  if (!holdsTool && !holdsLiteral(own) && !holdsLiteral(other)) return false;
  return ![...own, ...other].some((atom) => typeof atom !== "string" && isAskedAbout(atom, decision));
}

/** True for a single tool; one that is deferred holds no text, since it is no part of the prefix. */
export function isSentTool({ kind, stretch, parts }: Segment): boolean {
  return kind === "tool" && !stretch && parts.length > 0;
}

/** True where the condition looks at the value itself, or at a part of it, as a sort and a filter do. */
function isAskedAbout(value: OpaqueValue, { scope, subjects }: Decision): boolean {
  return subjects.some(
    (subject) =>
      value.id === subject.id ||
      value.key.includes(subject.key) ||
      (scope === value.scope && subject.key.includes(value.key)),
  );
}

/**
 * What the condition is worth as evidence: where nothing is known of what it looks at, only what is passed to a
 * function in view is likely to differ from request to request. What is passed when an object is made, and what has a
 * default that nobody in view overrides, may well be the same for all of them.
 */
export function confidenceOfCondition(
  view: RequestView,
  { scope, confidence, subjects }: Decision,
): Confidence {
  if (scope !== "unknown") return confidence;
  return subjects.some((subject) => isPassed(view, subject)) ? "likely" : "possible";
}

/** Longest way from a value to what it was made from. */
const maximumHops = 12;

function isPassed(view: RequestView, subject: OpaqueValue): boolean {
  let current: OpaqueValue | undefined = subject;
  for (let hops = 0; current && hops < maximumHops; hops++) {
    const { origin }: OpaqueValue = current;
    switch (origin.kind) {
      case "parameter":
        if (origin.functionName === "constructor" || origin.functionName === "__init__") return false;
        return !view.decisions.some(({ key }) => isDefaultOf(key, origin.name, subject.span.file));
      case "member":
      case "index":
        current = origin.object;
        break;
      case "element":
        current = origin.of;
        break;
      case "call":
        current = origin.callee.type === "opaque" ? origin.callee : undefined;
        break;
      case "operation":
        return origin.operands.some((operand) => operand.type === "opaque" && isPassed(view, operand));
      default:
        return false;
    }
  }
  return false;
}

/** The evaluator decides whether a parameter with a default is given. */
function isDefaultOf(key: string, name: string, file: string): boolean {
  return key.startsWith(`default:${file}:`) && key.endsWith(`:${name}`);
}

/** Where what the condition asks about comes from, where what it decides about stands, and the checkpoints that suffer. */
export function tellCondition({ decision, differences, broken }: ConditionEffect): RelatedPlace[] {
  const [segment] = differences.flatMap(({ segments }) => segments);
  const source = decision.subjects.find(
    ({ origin, span }) => origin.kind === "member" && !contains(decision.span, span),
  );
  const isElsewhere =
    segment && !contains(segment.span, decision.span) && !contains(decision.span, segment.span);
  return [
    ...(source ? [{ span: source.span, message: "This is what it asks about." }] : []),
    ...(isElsewhere ? [{ span: segment.span, message: "What is sent here depends on it." }] : []),
    ...broken.map(({ span }) => ({ span, message: "This checkpoint has an entry for each way." })),
  ];
}

/** What a condition looks at and how often that changes: "`session.user.isManager` differs from user to user". */
export function wordCondition(view: RequestView, { span, scope, subjects }: Decision): string {
  const subject = subjects.find((each) => each.scope === scope);
  const source = wordSource(view.sourceText(span) || "a condition");
  if (!subject)
    return isFresh(scope) ? `${source} can come out differently in every ${scope}` : `${source} differs`;
  // Of the two ways it can go, the next request may well take the same.
  return `${source} ${wordChange(subject).replace(/^changes on every/, "can come out differently in every")}`;
}

/**
 * True where a comparison has come out one way and then the other before the next request, as it does once when a limit is
 * reached: what it decides about changes on purpose, and no second time.
 */
export function hasReachedLimit({ next }: RequestView): boolean {
  const compared = (next?.decisions ?? []).filter(({ subjects }) =>
    subjects.some(({ origin }) => origin.kind === "operation" && /^[<>]=?$/.test(origin.operator)),
  );
  return compared.some(({ span, taken }) =>
    compared.some((other) => other.taken !== taken && isSameSpan(other.span, span)),
  );
}

/**
 * What a difference from the next request is worth as evidence: a condition that nothing is known of and that is asked
 * anew in each step may well come out the same each time.
 */
export function confidenceOfStep({ decisions, next }: RequestView): Confidence {
  const isNew = next?.decisions.slice(decisions.length).some(({ scope }) => scope === "unknown");
  return isNew ? "likely" : "certain";
}
