import { describe, expect, test } from "vitest";
import { dedent } from "../support/dedent.ts";
import { testSdk } from "../support/sdk-cases.ts";
import { sentRequests } from "../support/sent-requests.ts";

const imports = {
  py: `
    import json
    import os
    import urllib.request
    import aiohttp
    import httpx
    import requests

    BODY = {"model": "claude-sonnet-5", "max_tokens": 9, "messages": [{"role": "user", "content": "Hi"}]}
    CHAT = {"model": "gpt-5.6-sol", "messages": [{"role": "user", "content": "Hi"}]}
    TAGGED = {"messages": [{"role": "user", "content": [{"text": "Hi"}]}]}
    HEADERS = {"x-api-key": os.environ["KEY"]}
  `,
  ts: `
    import axios from "axios";
    import got from "got";
    import ky from "ky";
    const body = { model: "claude-sonnet-5", max_tokens: 9, messages: [{ role: "user", content: "Hi" }] };
    const chat = { model: "gpt-5.6-sol", messages: [{ role: "user", content: "Hi" }] };
    const tagged = { messages: [{ role: "user", content: [{ text: "Hi" }] }] };
    const headers = { "x-api-key": process.env.KEY };
  `,
};
const hi = "messages 0.0 user text | Hi";
const claude = `anthropic anthropic claude-sonnet-5\n${hi}`;
const gpt = `openai openai gpt-5.6-sol\n${hi}`;

describe("requests over HTTP", () => {
  testSdk("http", imports, [
    {
      name: "to Anthropic",
      py: `requests.post("https://api.anthropic.com/v1/messages", headers=HEADERS, json=BODY)`,
      ts: `
        await fetch("https://api.anthropic.com/v1/messages", { method: "POST", headers, body: JSON.stringify(body) });
      `,
      gives: claude,
    },
    {
      name: "through clients with an address in front of paths",
      py: `
        client = httpx.Client(base_url="https://api.anthropic.com/v1/")
        client.send(client.build_request("POST", "messages", json=BODY))
      `,
      ts: `await ky.create({ prefixUrl: "https://api.anthropic.com/v1" }).post("messages", { json: body });`,
      gives: claude,
    },
    {
      name: "through a client that extends another",
      ts: `await got.extend({ prefixUrl: "https://api.anthropic.com/v1" }).post("messages", { json: body });`,
      gives: claude,
    },
    {
      name: "to Gemini",
      py: `
        url = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent"
        requests.post(url, params={"key": "k"}, json={"contents": [{"role": "user", "parts": [{"text": "Hi"}]}]})
      `,
      ts: `
        const url = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent?key=k";
        await axios.post(url, { contents: [{ role: "user", parts: [{ text: "Hi" }] }] });
      `,
      gives: `gemini gemini gemini-2.5-flash\n${hi}`,
    },
    {
      name: "to Gemini's caches",
      py: `
        url = "https://generativelanguage.googleapis.com/v1beta/cachedContents"
        contents = [{"role": "user", "parts": [{"text": "Manual"}]}]
        requests.post(url, json={"model": "models/gemini-2.5-flash", "contents": contents, "ttl": "300s"})
      `,
      gives: `
        gemini gemini models/gemini-2.5-flash (cache)
        messages 0.0 user text | Manual
        -- handle messages 300s
      `,
    },
    {
      name: "with the body in other places",
      py: `requests.post("https://api.anthropic.com/v1/messages", data=json.dumps(BODY), headers=HEADERS)`,
      ts: `await axios.post("https://api.anthropic.com/v1/messages", body, { headers });`,
      gives: claude,
    },
    {
      name: "through urllib, and with options alone",
      py: `
        request = urllib.request.Request("https://api.anthropic.com/v1/messages", data=json.dumps(BODY).encode("utf-8"))
        urllib.request.urlopen(request)
      `,
      ts: `await axios({ method: "post", url: "https://api.anthropic.com/v1/messages", data: body, headers });`,
      gives: claude,
    },
    {
      name: "through a client with an address of its own",
      py: `
        client = httpx.AsyncClient(base_url="https://api.anthropic.com", headers=HEADERS)
        async def send():
            await client.post("/v1/messages", json=BODY)
      `,
      ts: `
        const client = axios.create({ baseURL: "https://api.anthropic.com", headers });
        await client.post("/v1/messages", body);
      `,
      gives: claude,
    },
    {
      name: "as a stream, and through got",
      py: `
        with httpx.stream("POST", "https://api.anthropic.com/v1/messages", json=BODY) as response:
            pass
      `,
      ts: `await got.post("https://api.anthropic.com/v1/messages", { json: body, headers });`,
      gives: claude,
    },
    {
      name: "to OpenAI",
      py: `
        async def send():
            async with aiohttp.ClientSession() as session:
                await session.post("https://api.openai.com/v1/chat/completions", json=CHAT)
      `,
      ts: `
        await fetch("https://api.openai.com/v1/chat/completions", { method: "POST", body: JSON.stringify(chat) });
      `,
      gives: gpt,
    },
    {
      name: "to Responses",
      py: `requests.post("https://api.openai.com/v1/responses", json={"model": "gpt-5.6-sol", "input": "Hi"})`,
      ts: `
        const input = { model: "gpt-5.6-sol", input: "Hi" };
        await fetch("https://api.openai.com/v1/responses", { method: "POST", body: JSON.stringify(input) });
      `,
      gives: gpt,
    },
    {
      name: "to OpenRouter",
      py: `requests.post(url="https://openrouter.ai/api/v1/chat/completions", json=CHAT)`,
      ts: `await axios.post("https://openrouter.ai/api/v1/chat/completions", chat);`,
      gives: `openai other gpt-5.6-sol\n${hi}`,
    },
    {
      name: "to an address that is known in part",
      py: `
        def send(base):
            requests.post(f"{base}/chat/completions", json=CHAT)
      `,
      ts: `
        export async function send(base: string) {
          await fetch(base + "/chat/completions?api-version=1", { method: "POST", body: JSON.stringify(chat) });
        }
      `,
      gives: `openai ? gpt-5.6-sol\n${hi}`,
    },
    {
      name: "to an address of the user's choice, with headers that only this API has",
      ts: `
        const post = (base: string) =>
          window.pluginFetch(base.slice(0, -1) + "/messages", {
            headers: { ...headers, "anthropic-version": "2023-06-01" },
            body: new TextEncoder().encode(JSON.stringify(body)),
          });
        await post(process.env.BASE);
      `,
      gives: `anthropic ? claude-sonnet-5\n${hi}`,
    },
    {
      name: "a batch to such an address",
      ts: `
        await fetch(process.env.BASE + "/batches", {
          headers: { ...headers, "Anthropic-Version": "2023-06-01" },
          body: JSON.stringify({ requests: [{ custom_id: "1", params: body }] }),
        });
      `,
      gives: `anthropic ? claude-sonnet-5 (batch)\n${hi}`,
    },
    {
      name: "to such an address, with a body that no other service takes",
      ts: `
        await fetch(process.env.GATEWAY, { method: "POST", body: JSON.stringify({ ...body, system: "Be brief." }) });
      `,
      gives: `anthropic ? claude-sonnet-5\nsystem 0 text | Be brief.\n${hi}`,
    },
    {
      name: "to Converse",
      py: `
        requests.post(
            "https://bedrock-runtime.eu-west-1.amazonaws.com/model/us.amazon.nova-pro-v1%3A0/converse", json=TAGGED
        )
      `,
      ts: `
        const url = "https://bedrock-runtime.eu-west-1.amazonaws.com/model/us.amazon.nova-pro-v1%3A0/converse";
        await fetch(url, { method: "POST", body: JSON.stringify(tagged) });
      `,
      gives: `converse bedrock us.amazon.nova-pro-v1:0\n${hi}`,
    },
    {
      name: "to a model that is a hole of the address",
      py: `
        def send(region, model):
            url = f"https://bedrock-runtime.{region}.amazonaws.com/model/{model}/converse-stream"
            requests.post(url, json=TAGGED)
      `,
      ts: `
        export async function send(region: string, model: string) {
          const url = \`https://bedrock-runtime.\${region}.amazonaws.com/model/\${encodeURIComponent(model)}/converse-stream\`;
          await fetch(url, { method: "POST", body: JSON.stringify(tagged) });
        }
      `,
      gives: `converse bedrock ?\n${hi}\n? model: the parameter \`model\` names it`,
    },
    {
      name: "to InvokeModel",
      py: `
        requests.post(
            "https://bedrock-runtime.eu-west-1.amazonaws.com/model/anthropic.claude-sonnet-4-6/invoke",
            data=json.dumps({"anthropic_version": "bedrock-2023-05-31", "max_tokens": 9, "messages": BODY["messages"]}),
        )
      `,
      gives: `anthropic bedrock anthropic.claude-sonnet-4-6\n${hi}`,
    },
    {
      name: "counting, and a batch",
      py: `
        requests.post("https://api.anthropic.com/v1/messages/count_tokens", json=BODY)
        requests.post("https://api.anthropic.com/v1/messages/batches", json={"requests": [{"custom_id": "1", "params": BODY}]})
      `,
      gives: `
        anthropic anthropic claude-sonnet-5 (count)
        ${hi}
        anthropic anthropic claude-sonnet-5 (batch)
        ${hi}
      `,
    },
    {
      name: "with a body that is not in view",
      py: `
        def send(payload):
            requests.post("https://api.anthropic.com/v1/messages", json=payload)
      `,
      ts: `
        export async function send(payload: object) {
          await axios.post("https://api.anthropic.com/v1/messages", payload);
        }
      `,
      gives: "anthropic anthropic ?\n? body: the parameter `payload` is not in view",
    },
  ]);
});

describe("other requests over HTTP", () => {
  test.each([
    [
      "messages of another service",
      `requests.post("https://api.twilio.com/v1/messages.json", data={"Body": "Hi"})`,
    ],
    [
      "messages of a service of one's own",
      `def f(base): requests.post(f"{base}/v1/messages", json={"text": "Hi"})`,
    ],
    ["an embedding", `requests.post("https://api.openai.com/v1/embeddings", json={"input": "Hi"})`],
    ["reading", `requests.get("https://api.openai.com/v1/responses")`],
    [
      "a header called cache control",
      `requests.post("https://cdn.test/", headers={"Cache-Control": "max-age=60"})`,
    ],
    ["an address that is not in view", `def f(url): requests.post(url, json=CHAT)`],
  ])("%s", (_, code) => {
    expect(sentRequests("main.py", dedent(imports.py) + code)).toEqual([]);
  });
});
