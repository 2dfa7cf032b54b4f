import { isOfItem } from "../request/loop-items.ts";
import type { Checkpoint } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { weakest, type Confidence, type Scope } from "../value/scope.ts";
import type { HolePart, OpaqueValue, OrderEvidence } from "../value/value.ts";
import type { RelatedPlace, TokenEstimate } from "./finding.ts";
import type { CacheRates } from "./limits.ts";
import type { RequestView } from "./request-view.ts";

const numberFormat = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A whole number with thousands separators: `1,310`. */
export function formatNumber(value: number): string {
  return numberFormat.format(value);
}

/**
 * Tokens in words: "1,310 tokens", "about 1,310 tokens" for an estimate, "at least 1,000 tokens" where there is no
 * upper bound. Estimates are rounded to tens, lower bounds down. Undefined where nothing that could be counted is
 * known.
 */
export function wordTokens({ low, best, high }: TokenEstimate): string | undefined {
  if (high === Infinity) return low >= 1 ? `at least ${countOf(toTens(low, Math.floor))}` : undefined;
  if (high < 1) return undefined;
  return low === high ? countOf(low) : `about ${countOf(toTens(best, Math.round))}`;
}

/** Below this many tokens a unit matters; above it would pretend to a precision that no estimate has. */
const fewestRoundedTokens = 100;

function toTens(tokens: number, round: (value: number) => number): number {
  return tokens < fewestRoundedTokens ? tokens : round(tokens / 10) * 10;
}

function countOf(tokens: number): string {
  const rounded = Math.round(tokens);
  return `${formatNumber(rounded)} ${rounded === 1 ? "token" : "tokens"}`;
}

/** Tokens in words with the highest they can be: "about 1,750 tokens (1,990 at most)". */
export function wordBounded(tokens: TokenEstimate): string {
  if (tokens.high < 1) return "no tokens";
  const count = wordTokens(tokens) ?? "";
  if (tokens.low === tokens.high) return count;
  return `${count} (${formatNumber(toTens(tokens.high, Math.ceil))} at most)`;
}

/** A stretch of time: "90 s", "10 minutes", "3 hours". */
export function wordSeconds(seconds: number): string {
  if (seconds >= 7200) return `${formatNumber(seconds / 3600)} hours`;
  if (seconds >= 120) return `${formatNumber(seconds / 60)} minutes`;
  return `${formatNumber(seconds)} s`;
}

const ordinals = ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];

/** "second", "third", "12th". */
export function wordOrdinal(count: number): string {
  return ordinals[count] ?? `${count}th`;
}

/** "a", "a and b", "a, b and c". */
export function wordList(items: readonly string[], conjunction = "and"): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${conjunction} ${items.at(-1)}`;
}

/** The sentence with its first letter in upper case; code in backticks is left as it is. */
export function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

const longestSource = 60;

/**
 * An expression for a message: on one line, in backticks, cut where it is long, without the `${}` of a template literal or
 * the default of a name that is taken out of an object.
 */
export function wordSource(source: string): string {
  const own = /^\$\{([^{}]*)\}$|^([\w$]+)\s*=\s*(?:\[\]|\{\}|""|'')$/.exec(source.trim());
  const expression = own?.[1] ?? own?.[2] ?? source;
  const line = expression.replaceAll(/\s+/g, " ").trim().replaceAll("`", "'");
  return `\`${line.length > longestSource ? `${line.slice(0, longestSource - 1)}…` : line}\``;
}

/** What a hole is, with its source: "the clock `datetime.now()`", "`question`". */
export function wordHole(view: RequestView, { hole, span }: HolePart): string {
  const { origin } = hole;
  if (isLoopItem(hole)) return wordSource(view.sourceText(span).trim() || view.sourceText(hole.span).trim());
  // A parameter stands in the code with its type and what it is by default.
  const parameter = origin.kind === "parameter" && /^\w+$/.test(origin.name) ? origin.name : undefined;
  const source = parameter ?? (view.sourceText(hole.span).trim() || view.sourceText(span).trim());
  // A reason that already quotes code, such as a name that was judged, needs no second quotation.
  const quoted = /`[^`]+`/.exec(hole.reason)?.[0];
  if (quoted) return hole.reason.startsWith("the name ") ? quoted : hole.reason;
  if (source === "") return hole.reason || "a value";
  return hole.reason === "" ? wordSource(source) : `${hole.reason} ${wordSource(source)}`;
}

const changes: Partial<Record<Scope, string>> = {
  request: "changes on every request",
  turn: "changes on every turn",
  session: "differs from conversation to conversation",
  user: "differs from user to user",
  tenant: "differs from tenant to tenant",
};

/** True for a value of which nothing is known but that it is an item of a loop: two rounds send two of them. */
function isLoopItem(hole: OpaqueValue): boolean {
  return hole.scope === "unknown" && isOfItem(hole);
}

/** How sure it is that a value is new: items of one list may be alike. */
export function confidenceOfHole({ hole }: HolePart): Confidence {
  return isLoopItem(hole) ? weakest(hole.confidence, "likely") : hole.confidence;
}

/** How often a value changes: "changes on every request"; says so where only its name tells. */
export function wordChange(hole: OpaqueValue): string {
  const { scope, reason } = hole;
  if (isLoopItem(hole)) return "is another one in each round of the loop";
  const change = changes[scope] ?? "changes";
  return reason.startsWith("the name ") ? `${change} (going by its name)` : change;
}

/** Checkpoints with their places, as seen from `from`: "the checkpoint at line 31", "the checkpoints at lines ...". */
export function wordCheckpoints(view: RequestView, checkpoints: readonly Checkpoint[], from: Span): string {
  const places = [...new Set(checkpoints.map(({ span }) => view.describePlace(span, from)))];
  if (places.length === 1) {
    return checkpoints.length === 1
      ? `the checkpoint at ${places[0]}`
      : `the ${checkpoints.length} checkpoints at ${places[0]}`;
  }
  return `the ${checkpoints.length} checkpoints at ${wordList(places)}`;
}

/** A price as a multiple of the input price, ready to follow a word: " (1.25x)"; empty where it is not known. */
export function wordRate(rates: CacheRates | undefined, kind: keyof CacheRates): string {
  return rates ? ` (${Number(rates[kind].toFixed(3))}x)` : "";
}

/** The places on the way of a hole into the text: its source first, then the calls, outermost last. */
export function tellHole(view: RequestView, { hole, span, frame }: HolePart): RelatedPlace[] {
  const path = tellFrames(view, frame, span);
  if (contains(span, hole.span)) return path;
  const what = hole.reason === "" || hole.reason.includes("`") ? "the value" : hole.reason;
  return [{ span: hole.span, message: `${capitalize(what)} comes from here.` }, ...path];
}

/** The places on the way of an order into the request: the calls, outermost last. */
export function tellOrder(view: RequestView, { frame, span }: OrderEvidence): RelatedPlace[] {
  return tellFrames(view, frame, span);
}

/** As many calls as help a reader; the rest can be found from them. */
const longestPath = 5;

/** The calls on the way of something into the request, outermost last. */
export function tellFrames(view: RequestView, frame: HolePart["frame"], from: Span): RelatedPlace[] {
  const places: RelatedPlace[] = [];
  let inner = from;
  for (let call = frame; call && places.length < longestPath; call = call.parent) {
    // No step of the path: a call that a callback is part of; a function that nobody in view calls, whose name then
    // stands for the call; and the call that sends the request, where the reader looks for the checkpoint.
    const isNamed = !call.functionName.includes(" ");
    const isEntry = isNamed ? view.sourceText(call.call) === call.functionName : !call.parent;
    if (!isEntry && !contains(call.call, inner) && !isSameSpan(call.call, view.site)) {
      places.push({
        span: call.call,
        message: isNamed
          ? `It gets here through ${wordSource(`${call.functionName}()`)}.`
          : "It gets here through the function that is called here.",
      });
    }
    inner = call.call;
  }
  return places;
}

/** True where one stretch lies within another one. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}

/** True where both are the same stretch of the same file. */
export function isSameSpan(a: Span, b: Span): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}

/** Fewer tokens than this are no help in a message: what counts is then the values beside them. */
const fewestTokensToTell = 100;

/** What is lost, for the beginning of a clause: "about 1,310 tokens"; undefined where too little of it is known. */
export function wordLost(lost: TokenEstimate): string | undefined {
  return lost.low < fewestTokensToTell ? undefined : wordTokens(lost);
}
