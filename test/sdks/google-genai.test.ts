import { testSdk } from "../support/sdk-cases.ts";

const imports = {
  py: `
    from google import genai
    from google.genai import types
    import google.generativeai as legacy
    from google.generativeai import caching
    client = genai.Client()
    MODEL = "gemini-2.5-flash"
  `,
  ts: `
    import { GoogleGenAI, createPartFromUri, createUserContent } from "@google/genai";
    import { VertexAI } from "@google-cloud/vertexai";
    import { GoogleGenerativeAI } from "@google/generative-ai";
    import { GoogleAICacheManager } from "@google/generative-ai/server";
    const ai = new GoogleGenAI({});
    const old = new GoogleGenerativeAI("k");
    const MODEL = "gemini-2.5-flash";
  `,
};

const history = "history stretch | <unknown>";

testSdk("google-genai", imports, [
  {
    name: "one text",
    py: `client.models.generate_content(model=MODEL, contents="Q")`,
    ts: `await ai.models.generateContent({ model: MODEL, contents: "Q" });`,
    gives: `
      gemini gemini gemini-2.5-flash
      messages 0.0 user text | Q`,
  },
  {
    name: "a system instruction, tools and contents",
    py: `
      client.models.generate_content_stream(
          model=MODEL,
          contents=[types.Content(role="user", parts=[types.Part(text="A")]), {"role": "model", "parts": [{"text": "B"}]}],
          config=types.GenerateContentConfig(
              system_instruction="S", tools=[{"function_declarations": [{"name": "look"}]}], temperature=0))`,
    ts: `
      await ai.models.generateContentStream({
        model: MODEL,
        contents: [{ role: "user", parts: [{ text: "A" }] }, { role: "model", parts: [{ text: "B" }] }],
        config: { systemInstruction: "S", tools: [{ function_declarations: [{ name: "look" }] }], temperature: 0 },
      });`,
    gives: `
      gemini gemini gemini-2.5-flash
      tools 0 tool | {"function_declarations": [{"name": "look"}]}
      system 0 text | S
      messages 0.0 user text | A
      messages 1.0 assistant text | B`,
  },
  {
    name: "parts in a list are one message",
    py: `
      client.models.generate_content(model=MODEL, contents=[
          types.Part.from_bytes(data=b"x", mime_type="image/png"),
          types.Part.from_uri(file_uri="gs://b/d.pdf", mime_type="application/pdf"), "Q"])`,
    gives: `
      gemini gemini gemini-2.5-flash
      messages 0.0 user image | x
      messages 0.1 user document | gs://b/d.pdf
      messages 0.2 user text | Q`,
  },
  {
    name: "contents made by functions",
    ts: `
      await ai.models.generateContent({ model: MODEL, contents: createUserContent([
        createPartFromUri("gs://b/d.pdf", "application/pdf"), "Q"]) });`,
    gives: `
      gemini gemini gemini-2.5-flash
      messages 0.0 user document | gs://b/d.pdf
      messages 0.1 user text | Q`,
  },
  {
    name: "a cache resource",
    py: `
      client.caches.create(model=MODEL, config=types.CreateCachedContentConfig(
          system_instruction="S", contents=["M"], ttl="1800s"))`,
    ts: `
      await ai.caches.create({ model: MODEL, config: { systemInstruction: "S", contents: ["M"], ttl: "1800s" } });`,
    gives: `
      gemini gemini gemini-2.5-flash (cache)
      system 0 text | S
      messages 0.0 user text | M
      -- handle messages 1800s`,
  },
  {
    name: "a request that names a cache",
    py: `
      def ask(cache, question):
          client.models.generate_content(model=MODEL, contents=question,
                                         config=types.GenerateContentConfig(cached_content=cache.name))`,
    ts: `
      export async function ask(cache: Cache, question: string) {
        await ai.models.generateContent({ model: MODEL, contents: question, config: { cachedContent: cache.name } });
      }`,
    gives: `
      gemini gemini gemini-2.5-flash
      system 0 other stretch | <unknown>
      -- handle system
      messages 0.0 user text | <turn>`,
  },
  {
    name: "a system instruction beside a cache",
    py: `
      client.models.generate_content(model=MODEL, contents="Q", config={"cached_content": "c", "system_instruction": "S"})`,
    gives: `
      gemini gemini gemini-2.5-flash
      system 0 other stretch | <unknown>
      -- handle system
      system 0 text | S
      messages 0.0 user text | Q
      ! misplaced: A request that names a cache takes no system instruction, tools or tool config of its own and is rejected.`,
  },
  {
    name: "a system instruction that is taken out again, where more comes from elsewhere",
    py: `
      def ask(extra):
          config = {"system_instruction": "S", **extra}
          print(config.get("tools"))
          for key in ("system_instruction", "tools"):
              config.pop(key, None)
          config["cached_content"] = "c"
          client.models.generate_content(model=MODEL, contents="Q", config=config)`,
    gives: `
      gemini gemini gemini-2.5-flash
      system 0 other stretch | <unknown>
      -- handle system
      messages 0.0 user text | Q
      ? body: the parameter \`extra\` is not in view`,
  },
  {
    name: "a chat",
    py: `
      chat = client.chats.create(model=MODEL, config={"system_instruction": "S"})
      chat.send_message("Q")`,
    ts: `
      const chat = ai.chats.create({ model: MODEL, config: { systemInstruction: "S" } });
      await chat.sendMessage({ message: "Q" });`,
    gives: `
      gemini gemini gemini-2.5-flash
      system 0 text | S
      messages 0.0 ${history}
      messages 1.0 user text | Q`,
  },
  {
    name: "counting, and a client of Vertex AI",
    py: `
      genai.Client(vertexai=True, project="p").models.count_tokens(model=MODEL, contents="Q")`,
    gives: `
      gemini vertex gemini-2.5-flash (count)
      messages 0.0 user text | Q`,
  },
  {
    name: "models of the older SDKs for JavaScript",
    ts: `
      await old.getGenerativeModel({ model: "gemini-1.5-flash", systemInstruction: "S" }).generateContent("A");
      await new VertexAI({}).getGenerativeModel({ model: "gemini-2.0-flash" }).generateContent("B");`,
    gives: `
      gemini gemini gemini-1.5-flash
      system 0 text | S
      messages 0.0 user text | A
      gemini vertex gemini-2.0-flash
      messages 0.0 user text | B`,
  },
  {
    name: "a cache resource of the older SDK for JavaScript",
    ts: `
      const cache = await new GoogleAICacheManager("k").create({
        model: "models/gemini-1.5-flash", contents: [{ role: "user", parts: [{ text: "M" }] }], ttlSeconds: 300,
      });
      await old.getGenerativeModelFromCachedContent(cache).generateContent("Q");`,
    gives: `
      gemini ? models/gemini-1.5-flash (cache)
      messages 0.0 user text | M
      -- handle messages ?
      gemini gemini models/gemini-1.5-flash
      system 0 other stretch | <process>
      -- handle system
      messages 0.0 user text | Q`,
  },
  {
    name: "the older SDK",
    py: `
      cache = caching.CachedContent.create(model="models/gemini-1.5-flash", system_instruction="S", contents=["M"])
      legacy.GenerativeModel(model_name="gemini-1.5-flash", system_instruction="S").generate_content(["A", "B"])
      legacy.GenerativeModel("gemini-1.5-flash").start_chat(history=[]).send_message("Q")`,
    gives: `
      gemini ? models/gemini-1.5-flash (cache)
      system 0 text | S
      messages 0.0 user text | M
      -- handle messages
      gemini gemini gemini-1.5-flash
      system 0 text | S
      messages 0.0 user text | A
      messages 0.1 user text | B
      gemini gemini gemini-1.5-flash
      messages 0.0 ${history}
      messages 1.0 user text | Q`,
  },
  {
    name: "a cache of something else",
    py: `
      def warm(redis):
          redis.caches.create(model="m", config={"contents": ["x"]})`,
    gives: ``,
  },
]);
