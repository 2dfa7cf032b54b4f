// Sorts a rider's message into one of the desk's queues. The worked examples were pasted below the message.
import { readFileSync } from "node:fs";
import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";

const bedrock = new BedrockRuntimeClient({});
const handbook = readFileSync(new URL("prompts/workshop-handbook.md", import.meta.url), "utf8");

export async function triage(userMessage: string) {
  const prompt = [
    "Sort the message of a rider into one queue: safety, appointment, complaint, price or other.",
    `The message:\n${userMessage}`,
    `Sort it by the handbook of the desk:\n${handbook}`,
    "Answer with the name of the queue and nothing else.",
  ].join("\n\n");

  const { output } = await bedrock.send(
    new ConverseCommand({
      modelId: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
      messages: [{ role: "user", content: [{ text: prompt }] }],
    }),
  );
  return output?.message?.content?.[0]?.text;
}
