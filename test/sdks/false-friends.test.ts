import { expect, test } from "vitest";
import { dedent } from "../support/dedent.ts";
import { lintTexts } from "../support/lint-texts.ts";

/** Code or data that looks like prompt caching and is not. */
interface FalseFriend {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  /** How many requests it sends all the same; none of them has a mark. */
  readonly requests?: number;
}

const headers: readonly FalseFriend[] = [
  {
    name: "Django's decorator",
    path: "views.py",
    text: `
      from django.views.decorators.cache import cache_control
      @cache_control(max_age=3600, public=True)
      def page(request):
          return render(request, "page.html", {"cache_control": {"max_age": 3600}})`,
  },
  {
    name: "HTTP headers in Python",
    path: "server.py",
    text: `
      from flask import make_response
      def page():
          response = make_response("Hi")
          response.cache_control.max_age = 60
          response.headers["Cache-Control"] = "no-store"
          return response`,
  },
  {
    name: "HTTP headers in JavaScript",
    path: "server.ts",
    text: `
      export function page(response: Response) {
        response.headers.set("Cache-Control", "no-cache");
        return fetch("https://shop.test/items", { headers: { "Cache-Control": "max-age=60" }, cache: "no-store" });
      }`,
  },
  {
    name: "objects in S3",
    path: "upload.ts",
    text: `
      import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
      await new S3Client({}).send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: "x", CacheControl: "max-age=31536000" }));`,
  },
  {
    name: "objects in S3, from Python, and blobs of Google",
    path: "upload.py",
    text: `
      import boto3
      from google.cloud import storage
      boto3.client("s3").put_object(Bucket="b", Key="k", Body=b"x", CacheControl="max-age=60")
      blob = storage.Client().bucket("b").blob("k")
      blob.cache_control = "public, max-age=60"
      blob.patch()`,
  },
  {
    name: "Next.js",
    path: "route.ts",
    text: `
      export const dynamic = "force-static";
      export const config = { cacheControl: "s-maxage=60", headers: [{ key: "cache-control", value: "public" }] };`,
  },
  {
    name: "a resource of Terraform",
    path: "site.tf.json",
    text: `{"resource": {"aws_s3_object": {"page": {"content": "x", "cache_control": "max-age=60"}}}}`,
  },
  {
    name: "a resource in Terraform's own language",
    path: "site.tf",
    text: `resource "aws_s3_object" "page" {
  cache_control = "max-age=60"
}`,
  },
];

const usage: readonly FalseFriend[] = [
  {
    name: "counters of usage in JavaScript",
    path: "usage.ts",
    text: `
      export function cost(usage: { cacheReadInputTokens: number; cachedInputTokens: number; cachedContentTokenCount: number }) {
        return { cachedContents: [], cachePoint: usage.cacheReadInputTokens, cached: usage.cachedInputTokens };
      }`,
  },
  {
    name: "counters of usage in Python",
    path: "usage.py",
    text: `
      def cost(response):
          usage = response.usage_metadata
          return {"cached_content_token_count": usage.cached_content_token_count, "cached_contents": usage.cached}`,
  },
  {
    name: "a stored answer",
    path: "answer.json",
    text: `{"usage": {"cacheReadInputTokens": 3, "cache_creation_input_tokens": 4}, "messages": [], "cachedContents": []}`,
  },
];

const memos: readonly FalseFriend[] = [
  {
    name: "answers kept by LangChain",
    path: "main.py",
    text: `
      from langchain_core.caches import InMemoryCache
      from langchain_core.globals import set_llm_cache
      from langchain_openai import ChatOpenAI
      set_llm_cache(InMemoryCache())
      ChatOpenAI(model="gpt-5", cache=True).invoke("Hi")`,
    requests: 1,
  },
  {
    name: "answers kept by LiteLLM",
    path: "main.py",
    text: `
      import litellm
      from litellm.caching.caching import Cache
      litellm.cache = Cache(type="redis")
      litellm.completion(model="anthropic/claude-sonnet-4-5", messages=[{"role": "user", "content": "Hi"}],
                         caching=True, cache={"no-cache": True, "ttl": 600})`,
    requests: 1,
  },
  {
    name: "answers kept by the proxy of LiteLLM",
    path: "config.yaml",
    text: `
      litellm_settings:
        cache: true
        cache_params: {type: redis, ttl: 600}`,
  },
  {
    name: "answers kept by Portkey",
    path: "main.ts",
    text: `
      import { Portkey } from "portkey-ai";
      export const client = new Portkey({ apiKey: "k", config: { cache: { mode: "simple", max_age: 60 } } });`,
  },
  {
    name: "answers kept by promptfoo",
    path: "promptfooconfig.yaml",
    text: `
      evaluateOptions: {cache: true}
      commandLineOptions: {cache: false}`,
  },
  {
    name: "answers kept by DSPy",
    path: "main.py",
    text: `
      import dspy
      dspy.configure_cache(enable_disk_cache=True, enable_memory_cache=True)
      dspy.LM("anthropic/claude-sonnet-4-5", cache=True)("Hi")`,
    requests: 1,
  },
  {
    name: "answers kept by GPTCache",
    path: "main.py",
    text: `
      from gptcache import cache
      from gptcache.adapter.api import init_similar_cache
      init_similar_cache()
      cache.set_openai_key()`,
  },
  {
    name: "results of tools that CrewAI keeps",
    path: "main.py",
    text: `
      from crewai import Agent, Crew
      Agent(role="R", goal="G", backstory="B", cache=True)
      Crew(agents=[], tasks=[], cache=True)`,
  },
  {
    name: "answers kept by Helicone",
    path: "main.py",
    text: `
      from openai import OpenAI
      OpenAI(default_headers={"Helicone-Cache-Enabled": "true", "Cache-Control": "max-age=60"}).chat.completions.create(
          model="gpt-5", messages=[{"role": "user", "content": "Hi"}])`,
    requests: 1,
  },
  {
    name: "lists of tools kept by the OpenAI Agents SDK",
    path: "main.py",
    text: `
      from agents.mcp import MCPServerStdio
      server = MCPServerStdio(params={"command": "x"}, cache_tools_list=True)
      server.invalidate_tools_cache()`,
  },
  {
    name: "a client of MCP that keeps what it has read",
    path: "main.ts",
    text: `
      import { Client } from "@modelcontextprotocol/sdk/client/index.js";
      const cache = new Map<string, unknown>();
      export async function listed(client: Client) {
        if (!cache.has("tools")) cache.set("tools", await client.listTools());
        return cache.get("tools");
      }`,
  },
];

const localModels: readonly FalseFriend[] = [
  {
    name: "llama.cpp",
    path: "main.py",
    text: `
      import requests
      requests.post("http://localhost:8080/completion", json={"prompt": "Hi", "cache_prompt": True, "n_predict": 9})`,
  },
  {
    name: "vLLM",
    path: "main.py",
    text: `
      from vllm import LLM
      LLM(model="m", enable_prefix_caching=True).generate("Hi")`,
  },
];

const otherApis: readonly FalseFriend[] = [
  {
    name: "models of pictures and speech",
    path: "main.py",
    text: `
      from openai import OpenAI
      client = OpenAI()
      client.images.generate(model="gpt-image-1", prompt="A tent")
      client.audio.speech.create(model="tts-1", input="Hi", voice="alloy")
      synthesizer.run(system_prompt="Speak slowly.", text="Hi")`,
  },
  {
    name: "messages of Twilio",
    path: "main.py",
    text: `
      from twilio.rest import Client
      Client("a", "b").messages.create(to="+1", from_="+2", body="Hi")`,
  },
  {
    name: "messages of Twilio, in JavaScript",
    path: "main.ts",
    text: `
      import twilio from "twilio";
      await twilio("a", "b").messages.create({ to: "+1", from: "+2", body: "Hi" });`,
  },
  {
    name: "messages of Slack",
    path: "main.py",
    text: `
      def tell(slack):
          slack.messages.create(channel="c", text="Hi")
          slack.chat.completions = None`,
  },
  {
    name: "messages of a queue",
    path: "main.ts",
    text: `
      import { ServiceBusClient } from "@azure/service-bus";
      export async function send(client: ServiceBusClient) {
        const sender = client.createSender("q");
        await sender.sendMessages({ body: "Hi" });
        await sender.messages.create({ body: "Hi", role: "reader" });
      }`,
  },
  {
    name: "cache points of maps and of classes of one's own",
    path: "main.ts",
    text: `
      interface CachePoint { lat: number; lng: number }
      class TileCache { cachePoint(point: CachePoint) { return { cachePoint: point }; } }
      export const cached = new TileCache().cachePoint({ lat: 1, lng: 2 });`,
  },
  {
    name: "cache points of maps and of classes of one's own, in Python",
    path: "main.py",
    text: `
      class CachePoint:
          def __init__(self, page): self.page = page
      points = [CachePoint("a"), {"cachePoint": {"lat": 1, "lng": 2}}]
      store(points)`,
  },
  {
    name: "conversations with somebody else",
    path: "main.py",
    text: `
      bot.converse("Hi")
      assistant.converse(text="Hi", session="s")
      async def talk(wit):
          await wit.converse(session_id="s", message="Hi")`,
  },
  {
    name: "conversations with somebody else, in JavaScript",
    path: "main.ts",
    text: `
      export async function talk(bot: { converse(text: string, options?: object): Promise<string> }) {
        return bot.converse("Hi", { messages: ["a"], system: "polite" });
      }`,
  },
];

test.each([...headers, ...usage, ...memos, ...localModels, ...otherApis])(
  "$name ($path)",
  ({ path, text, requests = 0 }) => {
    const result = lintTexts({ [path]: dedent(text) }, { preset: "strict", minimumConfidence: "possible" });
    expect(result.requests).toHaveLength(requests);
    expect(result.requests.flatMap(({ checkpoints }) => checkpoints)).toEqual([]);
    expect(result.findings.filter(({ ruleId }) => ruleId !== "require-cache-key")).toEqual([]);
  },
);
