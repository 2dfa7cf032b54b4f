import { describe, expect, it, test } from "vitest";
import { lintTexts } from "../support/lint-texts.ts";

interface ExplorationCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** Checkpoints of the request that is found. */
  readonly checkpoints: number;
}

/** Conditions that have nothing to do with what is sent: more than are tried where no mark is in view. */
const noise = Array.from(
  { length: 12 },
  (_, index) => `    if flags.f${index}:\n        log(${index})\n`,
).join("");

const cases: readonly ExplorationCase[] = [
  {
    name: "a flag that a caller out of view sets, which is tested where the mark is written",
    files: {
      "main.py": `
import litellm
class Chat:
    def convert(self, messages, explicit=False):
        result = [{"role": m["role"], "content": m["content"]} for m in messages]
        if explicit and result:
            result[-1]["cache_control"] = {"type": "ephemeral"}
        return result
    def ask(self, flags, messages=None, system="", explicit=False, **options):
${noise.replace(/^/gm, "    ")}
        if not messages:
            messages = []
        if system:
            messages.insert(0, {"role": "system", "content": system})
        sent = self.convert(messages, explicit=explicit)
        return litellm.completion(model="anthropic/claude-sonnet-4-5", messages=sent, **options)
`,
    },
    checkpoints: 1,
  },
  {
    name: "what a condition shows behind the first mark, before all other conditions",
    files: {
      "main.py": `
import anthropic
client = anthropic.Anthropic()
def ask(flags, text, options=None):
${noise}
${noise.replaceAll("flags.f", "flags.g")}
    body = {"model": "claude-haiku-4-5", "max_tokens": 1, "messages": []}
    if options:
        body["system"] = [{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}]
        if options.model:
            body["model"] = options.model
    client.messages.create(**body)
`,
    },
    checkpoints: 1,
  },
  {
    name: "a call that a thread makes, with its arguments by name",
    files: {
      "main.py": `
import asyncio
import anthropic
client = anthropic.Anthropic()
async def ask(text):
    system = [{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}]
    body = {"model": "claude-haiku-4-5", "max_tokens": 1, "messages": [], "system": system}
    return await asyncio.to_thread(client.messages.create, **body)
`,
    },
    checkpoints: 1,
  },
  ...[
    "run_in_threadpool(client.messages.create, **body)",
    "anyio.to_thread.run_sync(partial(client.messages.create, **body), abandon_on_cancel=True)",
    "sync_to_async(client.messages.create)(**body)",
    "asyncio.get_running_loop().run_in_executor(None, lambda: client.messages.create(**body))",
    "loop.run_in_executor(pool, lambda given: client.messages.create(**given), body)",
  ].map((call) => ({
    name: `a call that a thread makes: ${call.replace(/\(\w.*/, "")}`,
    files: {
      "main.py": `
import asyncio
from functools import partial
import anthropic
import anyio.to_thread
from asgiref.sync import sync_to_async
from starlette.concurrency import run_in_threadpool
client = anthropic.Anthropic()
async def ask(text, loop, pool):
    system = [{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}]
    body = {"model": "claude-haiku-4-5", "max_tokens": 1, "messages": [], "system": system}
    return await ${call}
`,
    },
    checkpoints: 1,
  })),
  {
    name: "a flag of a model whose fields are not in view, off where nobody sets it",
    files: {
      "main.py": `
from typing import Literal
import anthropic
from pydantic import BaseModel
class Settings(BaseModel):
    model: str = "claude-haiku-4-5"
    caching: Literal["system"] | None = None
class Chat:
    def __init__(self, **kwargs):
        self.settings = Settings(**kwargs)
    def ask(self, text):
        system = [{"type": "text", "text": text}]
        if self.settings.caching is not None:
            system[-1]["cache_control"] = {"type": "ephemeral"}
        return anthropic.Anthropic().messages.create(
            model=self.settings.model, max_tokens=1, system=system, messages=[])
`,
    },
    checkpoints: 1,
  },
  {
    name: "a function, far from the mark, that is asked whether a model is cached, before a switch",
    files: {
      "main.py": `
import os
import anthropic
from models import can_use_cache
client = anthropic.Anthropic()
def ask(text, options):
    system = [{"type": "text", "text": text}]
${noise}
    if can_use_cache(options.family):
        if os.environ.get("CACHING", "no").lower() == "yes":
            system[-1]["cache_control"] = {"type": "ephemeral"}
    client.messages.create(model="claude-haiku-4-5", max_tokens=1, system=system, messages=[])
`,
      "models.py": `
def can_use_cache(model):
    name = model.lower()
    if "claude" in name:
        if any(old in name for old in ["instant", "claude-2"]):
            return False
        return True
    return False
`,
    },
    checkpoints: 1,
  },
  {
    name: "a module that throws on what it cannot read, in front of what is imported from it",
    files: {
      "main.py": `
import anthropic
from blocks import marked
def ask(text):
    anthropic.Anthropic().messages.create(
        model="claude-haiku-4-5", max_tokens=1, system=marked(text), messages=[])
`,
      "blocks.py": `
import json
class Catalog:
    def __init__(self, data):
        if data.get("version") not in ("1", "2"):
            raise ValueError("version")
CATALOG = Catalog({"version": "3"})
def marked(text):
    return [{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}]
`,
    },
    checkpoints: 1,
  },
  {
    name: "a table whose keys are not known, which may have no entry",
    files: {
      "main.py": `
import anthropic
import others
SPECIAL = {spec.name: spec for spec in others.load()}
def ask(name, text):
    spec = SPECIAL.get(name)
    if spec is not None:
        return others.send(spec, text)
    system = [{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}]
    return anthropic.Anthropic().messages.create(
        model="claude-haiku-4-5", max_tokens=1, system=system, messages=[])
`,
    },
    checkpoints: 1,
  },
  {
    name: "a body that is made as a typed dict, which holds nothing but what it is given",
    files: {
      "main.py": `
from typing import TypedDict
import anthropic
class Body(TypedDict, total=False):
    model: str
    system: list
    messages: list
def ask(text, history):
    body = Body({"model": "claude-haiku-4-5"}, messages=history)
    if "tools" not in body:
        body["system"] = [{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}]
    anthropic.Anthropic().messages.create(max_tokens=1, **body)
`,
    },
    checkpoints: 1,
  },
  {
    name: "a method of a base in another file, which sends by what is filled in here",
    files: {
      "main.py": `
import requests
from base import Chat
class Desk(Chat):
    def send(self, body):
        return requests.post(self.url, json={"model": "claude-haiku-4-5", "max_tokens": 1, **body})
`,
      "base.py": `
class Chat:
    def __init__(self):
        self.url = "https://api.anthropic.com/v1/messages"
    def mark(self, text):
        return [{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}]
    def ask(self, text):
        return self.send({"system": self.mark(text), "messages": []})
    def send(self, body):
        raise NotImplementedError
`,
    },
    checkpoints: 1,
  },
  {
    name: "a method that a decorator wraps, of a class whose settings come through its bases",
    files: {
      "main.py": `
import anthropic
from base import Service, traced
class Chat(Service[str]):
    def __init__(self, key):
        super().__init__(settings={"model": "claude-haiku-4-5", "cache": True})
        self.client = anthropic.Anthropic(api_key=key)
    @traced
    def ask(self, text):
        mark = {"cache_control": {"type": "ephemeral"}} if self.settings["cache"] else {}
        return self.client.messages.create(model=self.settings["model"], max_tokens=1, messages=[],
            system=[{"type": "text", "text": text, **mark}])
`,
      "base.py": `
import functools
from tracing import tracer
from typing import Generic, TypeVar
T = TypeVar("T")
class Service(Generic[T]):
    def __init__(self, settings):
        self.settings = settings
def traced(function):
    @functools.wraps(function)
    def wrapper(self, *args):
        return function(self, *args)
    tracer.register(function)
    return wrapper
`,
    },
    checkpoints: 1,
  },
  {
    name: "a model that sends by a function of its base, among others without a mark",
    files: Object.fromEntries([
      [
        "base.py",
        `
class Base:
    def send(self, call, **body):
        return call(**body)
`,
      ],
      ...["a", "b", "c", "d"].map((name) => [
        `${name}.py`,
        `
import anthropic
from base import Base
class Model(Base):
    def run(self, messages):
        return self.send(anthropic.Anthropic().messages.create, model="claude-haiku-4-5", max_tokens=1, messages=messages)
`,
      ]),
      [
        "marked.py",
        `
import anthropic
from base import Base
class Model(Base):
    def __init__(self, config=None):
        self.mark = (config or {}).get("cache_control")
    def run(self, messages, system=""):
        body = {"model": "claude-haiku-4-5", "max_tokens": 1, "messages": messages}
        if system:
            body["system"] = system
            if self.mark:
                mark = {"type": "ephemeral", "ttl": self.mark}
                body["system"] = [{"type": "text", "text": system, "cache_control": mark}]
        return self.send(anthropic.Anthropic().messages.create, **body)
`,
      ],
    ]),
    checkpoints: 1,
  },
  {
    name: "what throws at its end is asked for its last conditions first",
    files: {
      "main.py": `
from sender import send
def ask(flags, model):
${noise}
    if model in ("a", "b"):
        return log(model)
    if model in ("claude-haiku-4-5", "claude-sonnet-4-5"):
        return send(model, "Be kind.")
    raise ValueError(model)
`,
      "sender.py": `
import anthropic
client = anthropic.Anthropic()
def send(model, text):
    return client.messages.create(model=model, max_tokens=1, messages=[],
        system=[{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}])
`,
    },
    checkpoints: 1,
  },
  {
    name: "an object whose constructor throws on what it is not given",
    files: {
      "main.py": `
import anthropic
class Chat:
    def __init__(self, key):
        self.client = anthropic.Anthropic(api_key=key)
        found = {"missing": [], "ok": True}
        if "REGION" not in key:
            found["ok"] = False
        if not found["ok"]:
            raise ValueError(key)
    def ask(self):
        self.client.messages.create(model="claude-haiku-4-5", max_tokens=1, messages=[],
            system=[{"type": "text", "text": "Be kind.", "cache_control": {"type": "ephemeral"}}])
`,
    },
    checkpoints: 1,
  },
  {
    name: "conversations that begin with the system prompt are tried before other conditions",
    files: {
      "main.py": `
import anthropic
from split import split
client = anthropic.Anthropic()
def ask(flags, messages):
    system, rest = split(flags, messages)
    body = {"model": "claude-haiku-4-5", "max_tokens": 1, "messages": rest}
    if system:
        body["system"] = [{"type": "text", "text": system[0], "cache_control": {"type": "ephemeral"}}]
    client.messages.create(**body)
`,
      "split.py": `
def split(flags, messages):
${noise}
    return [m["content"] for m in messages if m["role"] == "system"], [m for m in messages if m["role"] != "system"]
`,
    },
    checkpoints: 1,
  },
  {
    name: "a guard that throws unless several settings are given",
    files: {
      "main.ts": `
import Anthropic from "@anthropic-ai/sdk";
import { settings } from "settings";
const problemsOf = (given) => {
  const problems = [];
  if (!(given.key?.trim().length > 3)) problems.push("key");
  if (!(given.region?.trim().length > 3)) problems.push("region");
  if (!(given.model?.trim().length > 3)) problems.push("model");
  return problems;
};
export async function ask(question) {
  const problems = problemsOf(settings.load());
  if (problems.length > 0) throw new Error(problems.join());
  return new Anthropic().messages.create({ model: "claude-haiku-4-5", max_tokens: 1,
    system: [{ type: "text", text: "Be kind.", cache_control: { type: "ephemeral" } }],
    messages: [{ role: "user", content: question }] });
}
`,
    },
    checkpoints: 1,
  },
  {
    name: "guards of several callbacks, each behind much that takes effort",
    files: {
      "main.py": `
import anthropic
from graphs import Graph
client = anthropic.Anthropic()
def checked(report, limit):
    problems = []
    if report["size"] > limit:
        problems.append("too long")
    return problems
def build(flags, settings):
${noise}
    total = sum(number for number in range(1900))
    async def ask(state):
        for problem in checked(state["report"], settings.limit):
            if problem:
                raise ValueError(problem)
        return client.messages.create(model="claude-haiku-4-5", max_tokens=1, messages=[],
            system=[{"type": "text", "text": "Be kind.", "cache_control": {"type": "ephemeral"}}])
    async def tools(state):
        for problem in checked(state["calls"], settings.calls):
            if problem:
                raise ValueError(problem)
    return Graph([ask, tools])
`,
    },
    checkpoints: 1,
  },
];

describe("conditions that decide whether a marked request is sent", () => {
  for (const { name, files, checkpoints } of cases) {
    it(name, () => {
      const { requests } = lintTexts(files);
      expect(requests).toHaveLength(1);
      const [request] = requests;
      expect(request?.checkpoints).toHaveLength(checkpoints);
      expect(request?.unresolved.filter(({ part }) => part === "model" || part === "body")).toEqual([]);
    });
  }

  it("tries what decides which call is made, however many conditions there are about marks", () => {
    const conditions = Array.from(
      { length: 26 },
      (_, index) => `    if flags.g${index}:\n        mark = {"cache_control": {"type": "ephemeral"}}\n`,
    );
    const text = `
import anthropic
client = anthropic.Anthropic()
def quick(model, text, mark):
    return client.messages.create(model=model, max_tokens=1, messages=[],
        system=[{"type": "text", "text": text, **mark}])
def ask(flags, text):
    mark = {"cache_control": {"type": "ephemeral"}}
${conditions.join("")}
    if flags.quick:
        return quick("claude-haiku-4-5", text, mark)
    return client.messages.create(model="claude-sonnet-4-5", max_tokens=1, messages=[],
        system=[{"type": "text", "text": text, **mark}])
`;
    const { requests } = lintTexts({ "main.py": text });
    expect(requests.map(({ model }) => model).sort()).toEqual(["claude-haiku-4-5", "claude-sonnet-4-5"]);
  });

  it("leaves effort for the functions that are still to be run", () => {
    const functions = Array.from(
      { length: 8 },
      (_, index) => `
def ask_${index}(flags, text):
    total = 0
    for i in range(900):
        total = total + i * 2
${noise}
    return client.messages.create(model="claude-haiku-4-5", max_tokens=1, messages=[],
        system=[{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}])
`,
    );
    const text = `import anthropic\nclient = anthropic.Anthropic()\n${functions.join("")}`;
    expect(lintTexts({ "main.py": text }).requests).toHaveLength(8);
  });
});

test("a long list that a loop sends something for is gone through once", () => {
  const { statistics, requests } = lintTexts({
    "main.py": `
from openai import OpenAI
client = OpenAI()
def read(pages):
    messages = []
    for page in pages:
        messages.append({"role": "user", "content": page.text})
        answer = client.chat.completions.create(model="gpt-5", messages=messages)
        messages.append({"role": "assistant", "content": answer.choices[0].message.content})
`,
  });
  expect(requests).toHaveLength(1);
  expect([...statistics.bounds.keys()]).toEqual([]);
});
