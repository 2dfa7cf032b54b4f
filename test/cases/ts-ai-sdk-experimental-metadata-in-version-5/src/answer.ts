import { readFileSync } from "node:fs";
import { anthropic } from "@ai-sdk/anthropic";
import { generateText } from "ai";

const handbook = readFileSync("src/handbook.md", "utf8");

export async function answer(question: string): Promise<string> {
  const { text } = await generateText({
    model: anthropic("claude-sonnet-4-5"),
    messages: [
      {
        role: "system",
        content: handbook,
        experimental_providerMetadata: { anthropic: { cacheControl: { type: "ephemeral" } } },
      },
      { role: "user", content: question },
    ],
  });
  return text;
}
