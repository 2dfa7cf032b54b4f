// A chat about one repair. Every message gets a checkpoint, so that "the whole conversation is cached".
import { readFileSync } from "node:fs";
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();
const handbook = readFileSync(new URL("prompts/workshop-handbook.md", import.meta.url), "utf8");

interface Turn {
  role: "user" | "assistant";
  text: string;
}

export async function reply(turns: Turn[]) {
  return client.messages.create({
    model: "claude-sonnet-4-5",
    max_tokens: 600,
    system: [{ type: "text", text: handbook, cache_control: { type: "ephemeral" } }],
    messages: turns.map(({ role, text }) => ({
      role,
      content: [{ type: "text", text, cache_control: { type: "ephemeral" } }],
    })),
  });
}
