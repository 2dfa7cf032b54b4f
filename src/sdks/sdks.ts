import { agno } from "./agno.ts";
import { aiSdk } from "./ai-sdk/ai-sdk.ts";
import { anthropic } from "./anthropic.ts";
import { bedrockPrompt } from "./assets/bedrock-prompt.ts";
import { langchainPrompt } from "./assets/langchain-prompt.ts";
import { litellmProxy } from "./assets/litellm-proxy.ts";
import { promptFile } from "./assets/prompt-file.ts";
import { promptfoo } from "./assets/promptfoo.ts";
import { awsSdkJs } from "./aws-sdk-js.ts";
import { boto3 } from "./boto3.ts";
import { claudeAgentSdk } from "./claude-agent-sdk.ts";
import { crewai } from "./crewai/crewai.ts";
import { dspy } from "./dspy.ts";
import { genkit } from "./genkit.ts";
import { googleGenai } from "./google-genai.ts";
import { haystack } from "./haystack/haystack.ts";
import { instructor } from "./instructor.ts";
import { langchain } from "./langchain/langchain.ts";
import { litellm } from "./litellm.ts";
import { llamaIndex } from "./llama-index/llama-index.ts";
import { livekit } from "./livekit.ts";
import { mastra } from "./mastra.ts";
import { openaiAgents } from "./openai-agents.ts";
import { openai } from "./openai.ts";
import { openrouter } from "./openrouter.ts";
import { pydanticAi } from "./pydantic-ai/pydantic-ai.ts";
import { rawBody } from "./raw-body.ts";
import { rest } from "./rest.ts";
import type { Sdk } from "./sdk.ts";
import { strands } from "./strands/strands.ts";

/** Every way of sending requests that is recognised; the first that knows a call or a value takes it. */
export const sdks: readonly Sdk[] = [
  instructor,
  anthropic,
  openai,
  openrouter,
  litellm,
  aiSdk,
  langchain,
  strands,
  pydanticAi,
  googleGenai,
  openaiAgents,
  agno,
  haystack,
  llamaIndex,
  dspy,
  mastra,
  livekit,
  claudeAgentSdk,
  genkit,
  crewai,
  boto3,
  awsSdkJs,
  bedrockPrompt,
  litellmProxy,
  promptfoo,
  langchainPrompt,
  promptFile,
  rest,
  rawBody,
];
