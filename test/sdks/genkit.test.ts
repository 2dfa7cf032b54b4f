import { testSdk } from "../support/sdk-cases.ts";

const imports = {
  py: `
    from genkit.ai import Genkit
  `,
  ts: `
    import { anthropic, cacheControl } from "@genkit-ai/anthropic";
    import { googleAI } from "@genkit-ai/google-genai";
    import { genkit, z } from "genkit";
    const ai = genkit({ plugins: [anthropic()] });
    const claude = anthropic.model("claude-sonnet-4-5");
  `,
};

testSdk("genkit", imports, [
  {
    name: "marks in the metadata of parts",
    ts: `
      const look = ai.defineTool({ name: "look", description: "Looks", inputSchema: z.object({}) }, async () => "x");
      await ai.generate({
        model: claude,
        tools: [look],
        system: { text: "S", metadata: { ...cacheControl({ ttl: "1h" }) } },
        messages: [{ role: "user", content: [
          { media: { url: "data:application/pdf;base64,AA", contentType: "application/pdf" }, metadata: { cache_control: { type: "ephemeral" } } },
          { text: "D", metadata: { ...cacheControl() } },
        ] }],
        prompt: "Q",
      });`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      tools 0 tool | {"description": "Looks", "name": "look", "parameters": <unknown>}
      system 0 text | S
      -- explicit system 1h
      messages 0.0 user document | data:application/pdf;base64,AA
      -- explicit messages
      messages 0.1 user text | D
      -- explicit messages
      messages 1.0 user text | Q`,
  },
  {
    name: "texts alone, a model by its name, and in a flow",
    ts: `
      const app = genkit({ plugins: [], model: "anthropic/claude-sonnet-4-5" });
      app.defineFlow("ask", async (question) => app.generate({ system: "S", prompt: question }));
      await app.generate("Q");`,
    py: `
      ai = Genkit(plugins=[], model="anthropic/claude-sonnet-4-5")
      async def ask(question):
          await ai.generate(system="S", prompt=question)
      ai.generate(prompt="Q")`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | Q
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      messages 0.0 user text | <turn>`,
  },
  {
    name: "a prompt with placeholders",
    ts: `
      const desk = ai.definePrompt({ name: "desk", model: claude, system: { text: "Rules of {{brand}}", metadata: { ...cacheControl() } }, prompt: "{{question}}" });
      export const ask = (question: string) => desk({ brand: "Acme", question });`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | Rules of Acme
      -- explicit system
      messages 0.0 user text | <turn>`,
  },
  {
    name: "a mark on a part that is not in view",
    ts: `
      export const ask = (part: object) => ai.generate({ model: claude, prompt: [{ ...part, metadata: { ...cacheControl() } }, { text: "Q" }] });`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user other | <unknown>
      -- explicit messages
      messages 0.1 user text | Q`,
  },
  {
    name: "a cache that the newer plugin for Gemini does not make",
    ts: `
      await ai.generate({ model: googleAI.model("gemini-2.5-pro"), messages: [
        { role: "user", content: [{ text: "D" }], metadata: { cache: { ttlSeconds: 300 } } }], prompt: "Q" });`,
    gives: `
      gemini gemini gemini-2.5-pro
      messages 0.0 user text | D
      messages 1.0 user text | Q
      ! ignored: The plugin \`@genkit-ai/google-genai\` makes no cache resource of a message, so \`cache\` in its metadata is dropped.`,
  },
  {
    name: "generators of something else",
    ts: `
      await ai.embed({ embedder: "e", content: "D" });
      await ai.generate({ model: "ollama/llama", prompt: "Q" });`,
    gives: ``,
  },
]);
