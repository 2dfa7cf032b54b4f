import type { Request } from "../request/request.ts";

type Named = Pick<Request, "dialect" | "platform" | "checkpoints">;

/**
 * The models that a request can go to whose model is not in view: those its API offers that read what is sent. For
 * them only what holds for every model of the dialect is judged. Undefined where the API may be anybody's.
 */
export function anyModelOf({ dialect, platform, checkpoints }: Named): string | undefined {
  switch (dialect) {
    case "anthropic":
      return platform === "anthropic" ||
        platform === "bedrock" ||
        platform === "vertex" ||
        platform === "foundry"
        ? "Claude"
        : undefined;
    case "converse":
      // Other models on Bedrock refuse cache points.
      return platform === "bedrock" && checkpoints.length > 0 ? "Claude or Nova" : undefined;
    case "nova":
      return platform === "bedrock" ? "Nova" : undefined;
    case "gemini":
      return platform === "gemini" || platform === "vertex" ? "Gemini" : undefined;
    case "openai":
      return platform === "openai" || platform === "azure-openai" ? "OpenAI" : undefined;
  }
}
