import type { Scope } from "./scope.ts";

/**
 * Names that programmers give to values of one scope, as word parts in order. Evidence of the weakest kind: used
 * only where nothing else is known, and only for names that hardly ever mean something else. Words
 * like `text`, `input` or `context` name cached documents as often as questions and are left out.
 */
const namedScopes: readonly (readonly [pattern: RegExp, scope: Scope])[] = [
  [
    /^(?:request|trace|run|correlation|call) ids?$|^(?:uuid|nonce|timestamp|current time|time now|now iso)$/,
    "request",
  ],
  [/^(?:user |new |next |current |latest |last )?(?:question|query|utterance)(?: text)?$/, "turn"],
  [
    /^(?:retrieved|relevant|recalled|matching) (?:passages|chunks|snippets|docs|documents|context|memories|facts)$/,
    "turn",
  ],
  [/^(?:passages|(?:search|retrieval) results?)$/, "turn"],
  [/^(?:user|human) (?:input|message|prompt|msg|text|request)$/, "turn"],
  [/^(?:tenant|org|organi[sz]ation|company|customer|account)(?: id| name| slug)?$/, "tenant"],
  [/^is (?:admin|manager|staff|superuser|authenticated|logged in)$/, "user"],
  [/^user (?:role|roles|plan|tier|permissions)$/, "user"],
  [/^(?:user|username|user name|user id|current user|user email|user profile)$/, "user"],
  [/^(?:session|session id|conversation id|thread id|chat id)$/, "session"],
];

/** What a client says of whoever sits in front of it: the same in the next request. */
const ofSenders =
  /^(?:user )?(?:locale|lang|language|time ?zone|tz|preferences|email|plan|tier|country|city)$/;

/** Whether a part of an incoming request, going by its name, tells of its sender. */
export function tellsOfSender(name: string): boolean {
  return ofSenders.test(wordsOf(name));
}

/** Whether a field, going by its name, says when or as what a record was made: the same whenever the record is read. */
export function namesRecord(name: string): boolean {
  return /^(?:timestamp|uuid)$/.test(wordsOf(name));
}

/** Splits camelCase, snake_case and kebab-case into lower-case words. */
export function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_\-.]+/g, " ")
    .trim()
    .toLowerCase();
}

const known = new Map<string, Scope | undefined>();

/** The scope a name suggests, if it does. */
export function scopeOfName(name: string): Scope | undefined {
  // The same few names are asked for with every field that is read.
  if (known.has(name)) return known.get(name);
  const words = wordsOf(name);
  const scope = namedScopes.find(([pattern]) => pattern.test(words))?.[1];
  known.set(name, scope);
  return scope;
}

/** Whether a name says of what bears it that a cache mark stands there: `cache_control`, `isCached`, `CacheBreakpoint`. */
export function namesMark(name: string): boolean {
  return /cach|breakpoint|checkpoint/i.test(name);
}
