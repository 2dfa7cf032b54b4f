// Writes an accident report from the photographs of a bicycle. Several questions follow about the same photographs.
import { readFile } from "node:fs/promises";
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

async function loadPhotographs(paths: string[]) {
  const photographs: Anthropic.ImageBlockParam[] = [];
  await Promise.all(
    paths.map(async (path) => {
      const data = (await readFile(path)).toString("base64");
      photographs.push({ type: "image", source: { type: "base64", media_type: "image/jpeg", data } });
    }),
  );
  return photographs;
}

export async function ask(paths: string[], question: string) {
  const photographs = await loadPhotographs(paths);
  return client.messages.create({
    model: "claude-sonnet-4-5",
    max_tokens: 1500,
    messages: [
      {
        role: "user",
        content: [
          ...photographs,
          { type: "text", text: "These are all photographs of one bicycle.", cache_control: { type: "ephemeral" } },
          { type: "text", text: question },
        ],
      },
    ],
  });
}
