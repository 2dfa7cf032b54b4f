import { describe, expect, it } from "vitest";
import { lintTexts } from "../support/lint-texts.ts";

const system = `[{"type": "text", "text": "Be kind.", "cache_control": {"type": "ephemeral"}}]`;
const ask = `messages.create(model="claude-haiku-4-5", max_tokens=1, messages=[], system=${system})`;

const cases: readonly { readonly name: string; readonly files: Readonly<Record<string, string>> }[] = [
  {
    name: "a variable that a function fills, read by one that a decorator wraps",
    files: {
      "main.py": `
from functools import wraps
_client: "Anthropic | None" = None
def retrying(times=3):
    def decorate(function):
        @wraps(function)
        def wrapper(*args, **kwargs):
            for attempt in range(times):
                try:
                    return function(*args, **kwargs)
                except ConnectionError:
                    print(attempt)
        return wrapper
    return decorate
def init(settings):
    global _client
    from anthropic import Anthropic
    _client = Anthropic(api_key=settings.key)
@retrying()
def ask(text):
    assert _client, "not set up"
    return _client.${ask}
`,
    },
  },
  {
    name: "an object of a class in view, which another function makes",
    files: {
      "agent.py": `
import anthropic
class Agent:
    def __init__(self, settings):
        self.api = anthropic.Anthropic(api_key=settings.key)
    def ask(self, text):
        return self.api.${ask}
`,
      "main.py": `
from agent import Agent
agent = None
def start(settings):
    global agent
    agent = Agent(settings)
def handle(text):
    return agent.ask(text)
`,
    },
  },
  {
    name: "a field that another method fills",
    files: {
      "main.py": `
from anthropic import AsyncAnthropic
class Service:
    def __init__(self):
        self.api = None
    async def connect(self, key):
        self.api = AsyncAnthropic(api_key=key)
    async def ask(self, text):
        return await self.api.${ask}
`,
    },
  },
];

describe("clients that are made later than what holds them", () => {
  for (const { name, files } of cases) {
    it(name, () => {
      const { requests } = lintTexts(files);
      expect(requests.map(({ platform, checkpoints }) => [platform, checkpoints.length])).toEqual([
        ["anthropic", 1],
      ]);
    });
  }
});
