/**
 * What a file holds, as far as the search for requests cares: program text, a notebook, plain data (JSON, YAML), a
 * prompt template, or resources of Terraform.
 */
export type FileKind = "code" | "notebook" | "data" | "template" | "terraform";

/**
 * Text without which a file cannot hold a request or a cache mark. Each entry is the source of a regular expression
 * and is matched with upper and lower case told apart. A marker may be met by files that hold no request: it only
 * has to be missed by none that do. Files that a request imports or reads are followed whatever they hold.
 */
export const cacheMarkers: readonly string[] = [
  "cache_?[cC]ontrol",
  "CacheControl",
  "[cC]achePoint",
  "cache_point",
  "prompt_?[cC]ache_?(?:[kK]ey|[rR]etention|[oO]ptions|[bB]reakpoint)",
  "cached_?[cC]ontent",
  "caches\\.create",
  "cache_breakpoint",
  "cache_prompt",
  "cache_config",
  "cacheConfig",
  "cache_tools",
  "cache_system",
  "cache_messages",
  "cache_instructions",
  "anthropic_cache",
  "PromptCachingMiddleware",
];

/** Calls that send a request, and the frameworks whose agents do. */
export const requestMarkers: readonly string[] = [
  "messages\\s{0,99}\\??\\.\\s{0,99}(?:(?:create|stream|parse|batches|count_?[tT]okens|tool_?[rR]unner)\\b|with_)",
  "models\\s{0,99}\\??\\.\\s{0,99}count_?[tT]okens\\b",
  "chat\\s{0,99}\\??\\.\\s{0,99}completions",
  "responses\\s{0,99}\\??\\.\\s{0,99}(?:(?:create|stream|parse|compact|send|input_?[tT]okens)\\b|with_)",
  "chat\\s{0,99}\\??\\.\\s{0,99}send(?:_?(?:[mM]essage|async))?(?:_?[sS]tream)?\\(",
  "\\bcallModel\\(",
  "converse\\(",
  "\\.converse\\b",
  "converse_stream",
  "Converse(?:Stream)?Command",
  "InvokeModel",
  "invoke_model",
  "anthropic[-_]version",
  "promptVariables[\"']?\\s{0,99}[:=]\\s{0,99}\\{",
  "(?:create_prompt|CreatePromptCommand|CfnPrompt)\\b",
  "/v1/messages",
  "api\\.(?:anthropic|openai)\\.com",
  "bedrock-runtime",
  "rawPredict",
  "/chat/completions",
  "/v1/responses",
  "\\b(?:generate|stream)(?:Text|Object)\\b",
  "ToolLoopAgent|Experimental_Agent",
  "\\.do(?:Generate|Stream)\\(",
  "generate_?[cC]ontent",
  "chats\\.create\\b",
  "litellm\\.",
  "(?:\\b|batch_)a?completion\\(",
  "Chat(?:Anthropic|Bedrock|OpenAI|Google|Vertex|PromptTemplate)\\w{0,40}\\s{0,9}[(<.]",
  "init_?[cC]hat_?[mM]odel",
  "bind_?[tT]ools",
  "Runner\\.run",
  "from agents import",
  "instructor\\.from_",
  "dspy\\.",
  "ChatGenerator",
  "agno\\.",
  // In other places than imports these are names that are listed, shown or traced.
  "\\b(?:from|import|require)\\b[\\s(]{0,99}(?:\\\\?[\"'`])?@?(?:langchain|langgraph|deepagents|litellm|strands|llama_?index|" +
    "pydantic_ai|claude[-_](?:agent|code)[-_]sdk|anthropic-ai/claude-|livekit|openai/agents|crewai|agno|mastra/|genkit)",
];

/**
 * Libraries whose models, chains and agents are made in one place and send with a plain method in another, which holds
 * no marker of its own.
 */
const frameworks = new RegExp(
  `^(?:${[
    "ai$",
    "@?langchain",
    "@?langgraph",
    "deepagents",
    "strands",
    "@strands-agents",
    "pydantic_ai",
    "google\\b",
    "@google/",
    "vertexai",
    "agents\\b",
    "@openai/agents",
    "agno",
    "haystack",
    "crewai",
    "@?llama_?index",
    "dspy",
    "instructor",
    "livekit",
    "claude_(?:agent|code)_sdk",
    "@anthropic-ai/claude-",
    "@mastra/",
    "@?genkit",
  ].join("|")})`,
);

/** `<Context>` or `[Context]` between a name and its arguments. */
const typeArguments = "(?:<[^;()]{0,200}>|\\[[^;()]{0,200}\\])?";

/** How objects of these libraries send. */
const frameworkCalls = new RegExp(
  [
    "\\.a?(?:invoke|stream|batch|run|iter|print_response|call|chat|complete|predict|kickoff|generate|query|create)" +
      "(?:_sync|_async|_legacy|_with_completion|_stream\\w*|_events|_chat|_complete|_with_tools|_partial|_iterable" +
      `|Legacy|VNext)?${typeArguments}\\s*\\(`,
    "send_?message",
    `(?:agent|query|llm|lm|predict\\w*|program)\\w*${typeArguments}\\s*\\(`,
    // The one function without a receiver that sends.
    `\\brun${typeArguments}\\s*\\(`,
    "\\bself\\.\\w+\\(\\s*\\w+\\s*=",
  ].join("|"),
  "i",
);

/** Whether a module that is imported is one of a library whose objects send with plain methods. */
export function isFramework(module: string): boolean {
  return frameworks.test(module);
}

/** Whether a function may use an object of such a library to send a request. */
export function mayCallFramework(text: string): boolean {
  return frameworkCalls.test(text);
}

/** Single words that make a data file worth reading. */
export const dataMarkers: readonly string[] = [
  "AWS::Bedrock::",
  "[tT]emplateConfiguration",
  "aws_bedrockagent_prompt",
  "basePromptTemplate",
  "modelInput",
  "anthropic[-_]version",
  "system_?[iI]nstruction",
  "litellm_params",
  "input_variables",
  "template_format",
  "providerOptions",
];

/**
 * Pairs for data files: one key of the first list and one of the second. A key is followed by a colon, behind its
 * closing quote where it has one.
 */
export const dataMarkerPairs: readonly {
  readonly one: readonly string[];
  readonly other: readonly string[];
}[] = [
  {
    one: ["messages", "system", "input", "instructions", "contents", "systemInstruction"],
    other: ["model", "model_?[iI]d", "inferenceConfig", "schemaVersion", "max_tokens", "generationConfig"],
  },
  { one: ["prompts", "prompt"], other: ["providers", "targets", "tests", "defaultTest", "model"] },
  { one: ["custom_id", "recordId"], other: ["params", "body", "modelInput"] },
];

/** The placeholders and tags that tell a template from plain text. */
export const templateMarkers: readonly string[] = ["\\{\\{", "\\{%"];

/** Resources of Terraform that hold prompts. Of what else such files hold, `cache_control` is about web pages. */
const inTerraform = /\bresource\s{1,99}"?aws_bedrockagent_prompt\b/;

const inMarks = anyOf(cacheMarkers);
const inCode = anyOf([...cacheMarkers, ...requestMarkers]);
const inData = anyOf([...cacheMarkers, ...dataMarkers]);
const inTemplate = anyOf([...cacheMarkers, ...requestMarkers, ...templateMarkers]);
const pairs = dataMarkerPairs.map(({ one, other }) => ({ one: anyKeyOf(one), other: anyKeyOf(other) }));

/**
 * Whether a file may hold a request or a cache mark and has to be parsed. `text` may be the bytes of the file read as
 * Latin-1: every marker is ASCII.
 */
export function mayHoldRequest(text: string, kind: FileKind): boolean {
  switch (kind) {
    case "code":
    case "notebook":
      return inCode.test(text);
    case "data":
      return inData.test(text) || pairs.some(({ one, other }) => one.test(text) && other.test(text));
    case "template":
      return inTemplate.test(text);
    case "terraform":
      return inTerraform.test(text);
  }
}

/** Whether a text may place a cache mark. */
export function mayHoldMark(text: string): boolean {
  return inMarks.test(text);
}

const caching = /cache_?(?:control|point|breakpoint)|prompt_?cach/i;

/** Whether a text speaks of what makes a provider cache, be it only by the name of a function that places the marks. */
export function speaksOfCaching(text: string): boolean {
  return caching.test(text);
}

/** Characters behind a place within which a mark may be what a condition there is about. */
const maximumDistance = 3_000;

/** How far behind a place in a text the next cache mark is written, in characters; infinite: too far to matter. */
export function distanceToMark(text: string, from: number): number {
  const at = text.slice(from, from + maximumDistance).search(inMarks);
  return at < 0 ? Infinity : at;
}

/** Farthest mark behind a test that the test is surely about. */
const guardedDistance = 600;

/**
 * How far behind a test of a name in a text the next cache mark is written, in characters, wherever the name is tested:
 * `if explicit_caching: ...` in a helper. Infinite: no test of it stands in front of one.
 */
export function distanceFromTests(text: string, name: string): number {
  if (!/^[\w$]+$/.test(name)) return Infinity;
  const word = name.replaceAll("$", "\\$");
  const test = new RegExp(`(?:\\bif\\b[^\\n]{0,200}?|&&\\s*|\\band\\s+)(?<![\\w$])${word}(?![\\w$])`, "g");
  let nearest = Infinity;
  for (const { index, 0: found } of text.matchAll(test)) {
    const distance = distanceToMark(text, index + found.length);
    if (distance <= guardedDistance) nearest = Math.min(nearest, distance);
  }
  return nearest;
}

function anyOf(sources: readonly string[]): RegExp {
  return new RegExp(sources.join("|"));
}

function anyKeyOf(sources: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${sources.join("|")})["']?\\s*:`);
}
