/** Packages of Python, and those of npm that have no scope of their own. */
const packages = [
  "agno",
  "ai",
  "aioboto3",
  "anthropic",
  "boto3",
  "claude_agent_sdk",
  "claude_code_sdk",
  "crewai",
  "dspy",
  "genkit",
  "haystack",
  "haystack_integrations",
  "instructor",
  "langchain",
  "langchain_\\w+",
  "langgraph",
  "litellm",
  "livekit",
  "llama_index",
  "openai",
  "pydantic_ai",
  "strands",
];

const scopes = [
  "ai-sdk",
  "anthropic-ai",
  "aws-sdk",
  "google/genai",
  "genkit-ai",
  "langchain",
  "llamaindex",
  "mastra",
  "openai",
  "openrouter",
  "strands-agents",
];

const sdkModule = new RegExp(`^(?:(?:${packages.join("|")})(?:[./]|$)|@(?:${scopes.join("|")})(?:/|$))`);

/**
 * True for a module of an SDK whose calls are recognised by name. It is not followed into its source: a file of the
 * same name beside the importing one is another module, and the source of a library in the same repository ends in
 * calls that say less than the one the user wrote.
 */
export function isSdkModule(specifier: string): boolean {
  return sdkModule.test(specifier);
}
