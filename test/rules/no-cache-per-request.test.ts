import rule from "../../rules/no-cache-per-request.ts";
import { testRule } from "../support/test-rule.ts";

const start = `
        from functools import cache as once
        from pathlib import Path
        from google import genai
        from google.genai import types

        client = genai.Client()
        MODEL = "gemini-2.5-flash"
        RULES = Path("handbook.md").read_text()
`;

testRule(rule, {
  valid: [
    {
      name: "the resource is made once and kept",
      py: `${start}
        @once
        def rules_cache():
            return client.caches.create(
                model=MODEL, config=types.CreateCachedContentConfig(contents=[RULES], ttl="3600s")
            )

        def answer(question):
            return client.models.generate_content(
                model=MODEL,
                contents=question,
                config=types.GenerateContentConfig(cached_content=rules_cache().name),
            )
      `,
    },
    {
      name: "a field that is filled on first use",
      py: `${start}
        class Desk:
            def __init__(self):
                self.cache = None

            def answer(self, question):
                if self.cache is None:
                    config = types.CreateCachedContentConfig(contents=[RULES], ttl="3600s")
                    self.cache = client.caches.create(model=MODEL, config=config)
                return client.models.generate_content(
                    model=MODEL,
                    contents=question,
                    config=types.GenerateContentConfig(cached_content=self.cache.name),
                )
      `,
    },
    ...["name ??= create()", "if (!name) name = create();\n            return name", "name ||= create()"].map(
      (fill) => ({
        name: `a promise that is kept: ${fill.split("\n")[0]!}`,
        ts: `
          import { readFileSync } from "node:fs";
          import { GoogleGenAI } from "@google/genai";

          const client = new GoogleGenAI({});
          const RULES = readFileSync("handbook.md", "utf8");
          let name: Promise<string> | undefined;

          async function create() {
            const cache = await client.caches.create({ model: "gemini-2.5-flash", config: { contents: [RULES] } });
            return cache.name!;
          }

          function cacheName() {
            ${fill.startsWith("if") ? fill : `return (${fill})`};
          }

          export async function answer(question: string) {
            const config = { cachedContent: await cacheName() };
            return client.models.generateContent({ model: "gemini-2.5-flash", contents: question, config });
          }
        `,
      }),
    ),
    {
      name: "many questions about one document",
      py: `${start}
        def read(document, questions):
            config = types.CreateCachedContentConfig(contents=[document], ttl="3600s")
            cache = client.caches.create(model=MODEL, config=config)
            return [
                client.models.generate_content(
                    model=MODEL,
                    contents=question,
                    config=types.GenerateContentConfig(cached_content=cache.name),
                )
                for question in questions
            ]
      `,
    },
    {
      name: "a resource that is looked up before it is made",
      py: `${start}
        def answer(question, store):
            name = store.get("rules")
            if name is None:
                config = types.CreateCachedContentConfig(contents=[RULES], ttl="3600s")
                name = client.caches.create(model=MODEL, config=config).name
            return client.models.generate_content(
                model=MODEL,
                contents=question,
                config=types.GenerateContentConfig(cached_content=name),
            )
      `,
    },
    {
      name: "a field that is filled again when the resource has expired",
      py: `${start}
        class Desk:
            def __init__(self):
                self.cache = None

            def rules(self, now):
                if self.cache is not None and self.cache.expire_time > now:
                    return self.cache.name
                config = types.CreateCachedContentConfig(contents=[RULES], ttl="3600s")
                self.cache = client.caches.create(model=MODEL, config=config)
                return self.cache.name

            def answer(self, question, now):
                config = types.GenerateContentConfig(cached_content=self.rules(now))
                return client.models.generate_content(model=MODEL, contents=question, config=config)
      `,
    },
    {
      name: "a function that only makes the resource",
      py: `${start}
        def make():
            config = types.CreateCachedContentConfig(contents=[RULES], ttl="3600s")
            return client.caches.create(model=MODEL, config=config)
      `,
    },
  ],
  invalid: [
    {
      name: "one resource for each question",
      py: `${start}
        def answer(question):
            config = types.CreateCachedContentConfig(contents=[RULES], ttl="3600s")
            cache = client.caches.create(model=MODEL, config=config)
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ single
            return client.models.generate_content(
                model=MODEL,
                contents=question,
                config=types.GenerateContentConfig(cached_content=cache.name),
            )
      `,
    },
    {
      name: "one resource for each page, whatever is answered",
      py: `${start}
        def translate(pages):
            texts = []
            for page in pages:
                config = types.CreateCachedContentConfig(contents=[RULES, page], ttl="300s")
                cache = client.caches.create(model=MODEL, config=config)
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ single
                config = types.GenerateContentConfig(cached_content=cache.name)
                answer = client.models.generate_content(model=MODEL, contents="Translate.", config=config)
                texts.append(answer.text or "")
            return texts
      `,
    },
    {
      name: "the question is put into the resource",
      ts: `
        import { readFileSync } from "node:fs";
        import { GoogleGenAI } from "@google/genai";

        const client = new GoogleGenAI({});
        const RULES = readFileSync("handbook.md", "utf8");

        export async function answer(question: string) {
          const cache = await client.caches.create({
            model: "gemini-2.5-flash",
            config: { contents: [{ role: "user", parts: [{ text: RULES }, { text: question }] }] },
                                                                                  ^^^^^^^^ contents
          });
          return client.models.generateContent({
            model: "gemini-2.5-flash",
            contents: "Answer the question.",
            config: { cachedContent: cache.name },
          });
        }
      `,
    },
  ],
});
