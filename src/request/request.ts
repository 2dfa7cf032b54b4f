import type { Span } from "../source/source-file.ts";
import type { Cut, Decision, OrderEvidence, RecordEntryValue, TextPart } from "../value/value.ts";

/** The wire shape of a request; it decides the render order and what a mark looks like. */
export type Dialect = "anthropic" | "converse" | "nova" | "openai" | "gemini";

/** Who serves the model. Decides limits and prices together with the model. */
export type Platform =
  "anthropic" | "bedrock" | "vertex" | "foundry" | "openai" | "azure-openai" | "gemini" | "other";

/** Regions in the order the provider reads them. */
export type Region = "tools" | "system" | "messages";

export type Role = "system" | "user" | "assistant" | "tool";

export type SegmentKind =
  | "text"
  | "image"
  | "document"
  | "tool"
  | "toolUse"
  | "toolResult"
  | "thinking"
  /** Messages, or blocks, nothing is known about, however many. */
  | "history"
  | "other";

/** A run of the prompt with one origin: a content block, a tool definition, a stretch of unknown messages. */
export interface Segment {
  readonly region: Region;
  readonly role: Role | undefined;
  readonly kind: SegmentKind;
  /** What the model reads of it, as far as it is known; images and documents: their source. */
  readonly parts: readonly TextPart[];
  /** The expression of the block. */
  readonly span: Span;
  /** 0-based index of the message (region `messages`), and of the block within its message or region. */
  readonly message: number | undefined;
  readonly block: number;
  /** True: stands for an unknown number of such segments. */
  readonly stretch: boolean;
  /** True: an element of a list of unknown length, made up to see what the code does with one. */
  readonly sampled: boolean;
  /** Order of the list this segment stands in (the tools, the blocks of a message, the messages). */
  readonly order: OrderEvidence;
}

export type CheckpointOrigin = "explicit" | "automatic" | "injected" | "implicit" | "handle";

/** A cache checkpoint of a request: the prefix ends behind segment `after`. */
export interface Checkpoint {
  /** The mark: `cache_control: {...}`, the `cachePoint` element, the flag that injects it. */
  readonly span: Span;
  readonly origin: CheckpointOrigin;
  readonly region: Region;
  /** Index into `Request.segments` of the last segment of the prefix; -1: nothing stands in front of it. */
  readonly after: number;
  /** As written (`5m`, `1h`, ...); undefined: the provider's default. `known` is false where it is not readable. */
  readonly ttl:
    { readonly text: string | undefined; readonly span: Span; readonly known: boolean } | undefined;
}

/** A mark that does not become a checkpoint, or not the one its author thinks of. */
export interface MarkFault {
  readonly kind: "unsupported" | "misplaced" | "ignored";
  readonly span: Span;
  /** A clause for the message: what is wrong with the mark, as a sentence with a full stop. */
  readonly reason: string;
  readonly remedy: string;
  /** Index into `Request.segments` of the last segment it was meant to cover; -1: nothing stands in front of it. */
  readonly after: number;
  /** Name of the error an API may answer with, for `RequestFacts.apiError`. */
  readonly error?: string | undefined;
  /** True: wrong because of the block it stands on or behind; the same mark may be right with other content. */
  readonly ofContent?: boolean | undefined;
  /** True: alone in a list that was put together in steps, all others of which have added nothing here. */
  readonly isAlone?: boolean | undefined;
  /** True: `span` is no mark, but an expression whose marked result nobody uses. */
  readonly isUnmarked?: boolean | undefined;
  /** True: the mark names another provider than the one the request goes to. */
  readonly isForOther?: boolean | undefined;
  /** The entry of the mark with a wrong text, and the text that would be right. */
  readonly correction?: { readonly span: Span; readonly text: string } | undefined;
  /** How the mark would be right: as the dialect's own mark of the block at this place, or behind its block. */
  readonly cure?:
    { readonly kind: "rewrite"; readonly block: Span } | { readonly kind: "isolate" } | undefined;
}

/** The model as the request names it. */
export interface ModelReference {
  /** The text as written, when it has no hole. */
  readonly text: string | undefined;
  /** What it may be instead: other entries of the table it is looked up in. */
  readonly others?: readonly string[];
  /** True: a condition on the way to this request holds the model to these; requests on other ways have others. */
  readonly isTested?: boolean;
  /**
   * Where nothing in view names the model: who does when the program runs, as a noun phrase, such as "the parameter
   * `model`" or "the environment". Absent as well where that could not be followed.
   */
  readonly chosenBy?: string;
  readonly span: Span | undefined;
  /** False: the text is a default that somebody outside may replace, not surely what is sent. */
  readonly certain: boolean;
}

/** A parameter beside the text that belongs to the prefix: `tool_choice`, `thinking`, ... */
export interface PrefixParameter {
  readonly name: string;
  readonly entry: RecordEntryValue;
  /** Regions whose cache entries are lost when it changes. */
  readonly invalidates: readonly Region[];
}

/** A place where we could not follow the code, with the reason as a short clause. */
export interface Unresolved {
  readonly span: Span;
  readonly reason: string;
  /** What of the request is not known because of it. */
  readonly part: "model" | Region | "body";
}

/** The version of a package that was taken for the one in use. */
export interface AssumedVersion {
  readonly registry: "npm" | "pypi";
  readonly name: string;
  /** As the manifest or lock file writes it; undefined: none names one, and the newest is assumed. */
  readonly version: string | undefined;
  /** Path of that file. */
  readonly file: string | undefined;
}

/** Requests that were started together, without waiting for any of them. */
export interface FanOut {
  /** The call that starts them: `asyncio.gather(...)`, `Promise.all(...)`, `pool.submit(...)`. */
  readonly span: Span;
  /** The requests of the other calls it started. */
  readonly together: readonly Request[];
  /** The requests that had been sent before, in the same run. */
  readonly earlier: readonly Request[];
}

/** What a written request shares with the one of its file that is most like it. */
export interface RecordComparison {
  /** The site of the first request it is compared with: one for all of them. */
  readonly group: Span;
  /** The site of the request that shares the longest beginning with it. */
  readonly other: Span;
  /**
   * Where the two begin to differ: the index into `Request.segments`, and how many bytes of text, in UTF-8, both begin
   * with. Undefined: the other one begins with all of this one.
   */
  readonly first: { readonly segment: number; readonly byte: number } | undefined;
  /** Where the other one holds the same things in another way. */
  readonly change?: RecordChange;
  /** A request that begins with the same text up to the last checkpoint, and gives parameters other values. */
  readonly twin?: LoweredRequest;
}

/**
 * `toolOrder`: the same tools in another order; `keyOrder`: the same tools with their keys in another order; `slide`:
 * one of both goes on with the conversation of the other and has dropped its first messages.
 */
export interface RecordChange {
  readonly kind: "toolOrder" | "keyOrder" | "slide";
  /** The first tool that differs, the first message that is dropped. */
  readonly span: Span;
  /** The site of the request that has it otherwise, or no longer. */
  readonly other: Span;
  /** Index into `Request.segments` of the first segment that differs. */
  readonly segment: number;
}

/** Everything one model call sends, in the order the provider reads it. A snapshot: it never changes. */
export interface Request {
  /** Where the body meets the SDK: the call, the command's constructor, the object in a data file. */
  readonly site: Span;
  /** Name of the SDK or format that was recognised: `boto3-converse`, `anthropic-python`, `json`. */
  readonly sdk: string;
  readonly dialect: Dialect;
  readonly platform: Platform | undefined;
  readonly model: ModelReference;
  /**
   * `asset`: a data file or template, `count`: nothing is generated, `batch`: no order of processing, `cache`: makes
   * a cache resource and generates nothing. The segments of a `cache` are what the resource holds, and its one
   * checkpoint, of the origin `handle`, ends them and has the TTL of the resource. A later request names the resource:
   * it begins with a stretch that stands for its contents and ends with a checkpoint of the same origin.
   */
  readonly use: "send" | "count" | "batch" | "asset" | "fragment" | "cache";
  /** False: a prompt file whose format has no marks; whoever sends the prompt may place some. */
  readonly takesMarks?: boolean;
  /** The option that leaves out the checkpoint which the provider would place by itself. */
  readonly explicitOnly?: Span;
  /** True: nothing says in which wire shape it is sent; `dialect` is then no more than a stand-in. */
  readonly isNeutral?: boolean;
  readonly segments: readonly Segment[];
  /** The expressions that give the lists of regions, where one does. */
  readonly lists?: Readonly<Partial<Record<Region, Span>>>;
  /** In render order. */
  readonly checkpoints: readonly Checkpoint[];
  readonly faults: readonly MarkFault[];
  readonly parameters: readonly PrefixParameter[];
  /** The routing hint given with the request: `prompt_cache_key`. */
  readonly cacheKey?: RecordEntryValue;
  readonly unresolved: readonly Unresolved[];
  /** Of a request that is written in a file with others. */
  readonly record?: RecordComparison;
  /** Where messages were dropped from the front of the history that is sent. */
  readonly cuts: readonly Cut[];
  /**
   * True: sent in a loop that goes on for as long as the answer leaves something to do, the SDK's own one included: the next
   * step may send it again.
   */
  readonly isStep?: boolean;
  /** Conditions that were decided on the way to this request. */
  readonly decisions: readonly Decision[];
  /** How often its entry point had been called before, in the run that sent it. */
  readonly call: number;
  /** All requests of the same call of the entry point, in the order in which they were sent, where several calls sent them. */
  readonly ofSameCall?: readonly Request[];
  /** Of a request that was started together with others. */
  readonly fanOut?: FanOut;
  /** Of a request that makes a cache resource: how many requests named it before the next one was made. */
  readonly readers?: number;
  /** Packages on whose versions it depends what is sent. */
  readonly versions?: readonly AssumedVersion[];
}

/** What one SDK or dialect lowering gives: decisions and calls are the evaluator's to add. */
export type LoweredRequest = Omit<Request, "decisions" | "call" | "ofSameCall" | "fanOut" | "readers">;
