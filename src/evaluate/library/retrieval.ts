import { accessPath } from "../../value/inspect.ts";
import { wordsOf } from "../../value/lexicon.ts";
import { isFresh, type Scope } from "../../value/scope.ts";
import type { ArgumentValue, OpaqueValue, Value } from "../../value/value.ts";
import { conversations, holesIn, type SourceFacts } from "../opaques.ts";

const found: SourceFacts = { scope: "turn", confidence: "likely", reason: "a retrieval result" };

/** Words of names of calls that look something up by what it is about. */
const searches =
  /\b(?:search|retrieve|retrieval|retriever|recall|similar|similarity|nearest|neighbou?rs|knn|rerank|near (?:text|vector)|bm25|query points)\b/;

/** Calls of databases and services, which are also asked for what a whole session is about. */
const queries = /^(?:query|\$?query raw(?: unsafe)?|rpc|aggregate|look ?up|sql|execute|fetch)$/;

/** Calls that give the vector of a text. */
const embeds = /\b(?:embed|embeddings?)\b/;

/**
 * What is known of a call that looks something up: asked with what is new in each turn, as the question or its vector, it
 * gives another answer each time. An id of the request may be that of a document that is talked about for long, so
 * only what is called a search is held to be as new as what is merely of the request.
 */
export function factsOfRetrieval(
  callee: OpaqueValue,
  args: readonly ArgumentValue[],
): SourceFacts | undefined {
  const { origin } = callee;
  const name = nameOf(callee);
  if (name === undefined) return undefined;
  const words = wordsOf(name);
  const command = commandOf(args);
  if (searches.test(words) || (command && searches.test(wordsOf(command)))) {
    return isAskedWith(args, isFresh) ? found : undefined;
  }
  const isQuery = queries.test(words) || embeds.test(words) || isPartOfEmbeddings(origin);
  return isQuery && isAskedWith(args, (scope) => scope === "turn") ? found : undefined;
}

/**
 * Whether a tag of a template literal gives what the text asks for, and not the text: rows of a database, or what a
 * command prints.
 */
export function givesAnswer(tag: OpaqueValue): boolean {
  return /^(?:\$(?:query|execute)Raw|sql|\$)$/.test(nameOf(tag) ?? "");
}

/** The last name of what is called; what a client of Postgres makes is always called `sql`. */
function nameOf({ origin }: OpaqueValue): string | undefined {
  if ("name" in origin) return origin.name === "default" && "module" in origin ? origin.module : origin.name;
  if (origin.kind !== "call" || origin.callee.type !== "opaque") return undefined;
  const { origin: maker } = origin.callee;
  const isClient = maker.kind === "import" && /^(?:postgres|@neondatabase\/serverless)$/.test(maker.module);
  return isClient ? "sql" : undefined;
}

/** `openai.embeddings.create(...)`. */
function isPartOfEmbeddings(origin: OpaqueValue["origin"]): boolean {
  if (origin.kind !== "member" || origin.object.origin.kind !== "member") return false;
  return embeds.test(wordsOf(origin.object.origin.name));
}

/** The class of a command that is sent: `client.send(new RetrieveCommand({ ... }))`. */
export function commandOf([first]: readonly ArgumentValue[]): string | undefined {
  const origin = first?.value.type === "opaque" ? first.value.origin : undefined;
  if (origin?.kind !== "call" || !origin.isNew || origin.callee.type !== "opaque") return undefined;
  const made = origin.callee.origin;
  return "name" in made ? made.name : undefined;
}

/** Whether what is asked with, commands and their parts included, holds a value of such a scope. */
function isAskedWith(args: readonly ArgumentValue[], isMeant: (scope: Scope) => boolean): boolean {
  const asked = holesIn(args.flatMap(({ value }) => [value, ...partsOf(value)]));
  return asked.some((value) => isMeant(isOfNewestMessages(value) ? "turn" : value.scope));
}

function partsOf(value: Value): readonly Value[] {
  if (value.type !== "opaque" || value.origin.kind !== "call" || !value.origin.isNew) return [];
  return value.origin.arguments.map((argument) => argument.value);
}

/**
 * Whether a value is made of a part of one of the last two messages of a conversation, the last that the user has
 * written among them.
 */
function isOfNewestMessages(value: OpaqueValue): boolean {
  const { root } = accessPath(value);
  if (root.kind === "operation") return holesIn(root.operands).some(isOfNewestMessages);
  if (root.kind !== "element" || root.index < root.length - 2) return false;
  const { origin } = root.of;
  return "name" in origin && conversations.test(origin.name);
}
