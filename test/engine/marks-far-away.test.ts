import { expect, test } from "vitest";
import { lintTexts } from "../support/lint-texts.ts";

const client = `import anthropic
client = anthropic.Anthropic()
`;

/** Sends some messages behind a system prompt that is marked. */
const sends = `client.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=sent, system=[
        {"type": "text", "text": "Be kind.", "cache_control": {"type": "ephemeral"}}])`;

interface Program {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** Checkpoints of each request. */
  readonly checkpoints: readonly number[];
  /** What each request is sent to, where it is known; \`or\`: where nobody sets something else. */
  readonly models?: readonly string[];
}

const programs: readonly Program[] = [
  {
    name: "roles in words of the program's own",
    files: {
      "main.py": `${client}
def convert(messages):
    for message in messages:
        if message["role"] == "human":
            yield {"role": "user", "content": message["text"]}
        elif message["role"] == "ai":
            yield {"role": "assistant", "content": message["text"]}
        else:
            raise ValueError(message["role"])
def ask(messages):
    sent = list(convert(messages))
    return ${sends}
`,
    },
    checkpoints: [1],
  },
  {
    name: "a chain of tests that throws where none of them holds",
    files: {
      "main.py": `${client}
def convert(message):
    if message["role"] == "visitor":
        return {"role": "user", "content": message["text"]}
    elif message["role"] == "clerk":
        return {"role": "assistant", "content": message["text"]}
    else:
        raise ValueError(message["role"])
def ask(messages):
    sent = [convert(message) for message in messages]
    return ${sends}
`,
    },
    checkpoints: [1],
  },
  {
    name: "pictures beside the text of a message",
    files: {
      "main.py": `${client}
def blocks(message):
    made = [{"type": "text", "text": message["text"]}]
    for each in message["media"]:
        if each["type"] == "image":
            made.append({"type": "image", "source": {"type": "url", "url": each["url"]}})
        else:
            raise ValueError(each["type"])
    return made
def ask(messages):
    sent = [{"role": "user", "content": blocks(message)} for message in messages]
    return ${sends}
`,
    },
    checkpoints: [1],
  },
  {
    name: "a flag that a function reads from the environment while a module is loaded",
    files: {
      "env.py": `import os
def get_env(name, default=None):
    given = os.environ.get(name)
    if given is not None:
        return given
    return default
CACHING = get_env("CACHING", "false") == "true"
MODEL = get_env("MODEL", "claude-sonnet-4-5")
`,
      "main.py": `${client}
from env import CACHING, MODEL
def ask(question):
    block = {"type": "text", "text": "Be kind."}
    if CACHING:
        block["cache_control"] = {"type": "ephemeral"}
    return client.messages.create(model=MODEL, max_tokens=9, system=[block],
        messages=[{"role": "user", "content": question}])
`,
    },
    checkpoints: [1],
    models: ["claude-sonnet-4-5 or"],
  },
  {
    name: "a flag and a model of an object of settings that has a constructor of its own",
    files: {
      "settings.py": `from pydantic import Field
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    PROVIDER: str = "openai"
    MODEL: str = Field(default="claude-sonnet-4-5")
    CACHING: bool = False
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.ready = True
settings = Settings()
`,
      "main.py": `${client}
from settings import settings
def ask(question):
    block = {"type": "text", "text": "Be kind."}
    if settings.CACHING and settings.PROVIDER == "anthropic":
        block["cache_control"] = {"type": "ephemeral"}
    return client.messages.create(model=settings.MODEL, max_tokens=9, system=[block],
        messages=[{"role": "user", "content": question}])
`,
    },
    checkpoints: [1],
    models: ["claude-sonnet-4-5 or"],
  },
  {
    name: "a table of models that says of each whether it caches",
    files: {
      "models.ts": `export const MODELS: Record<string, { window: number; caches?: boolean }> = {
  "claude-sonnet-4-5": { window: 200000, caches: true },
  "claude-opus-4-5": { window: 200000, caches: true },
  "small": { window: 8000 },
  "smaller": { window: 4000 },
  "smallest": { window: 2000 },
};
export function describe(model: string) {
  if (MODELS[model]) return MODELS[model];
  for (const [name, each] of Object.entries(MODELS)) if (model.startsWith(name)) return each;
  return { window: 1000 };
}
`,
      "main.ts": `import Anthropic from "@anthropic-ai/sdk";
import { describe } from "./models";
const client = new Anthropic();
export class Sender {
  constructor(private model: string) {}
  ask(rules: string, question: string) {
    const system: Anthropic.TextBlockParam = { type: "text", text: rules };
    if (describe(this.model).caches) system.cache_control = { type: "ephemeral" };
    return client.messages.create({ model: this.model, max_tokens: 9, system: [system],
      messages: [{ role: "user", content: question }] });
  }
}
`,
    },
    checkpoints: [1],
    models: ["claude-sonnet-4-5 or claude-opus-4-5"],
  },
  {
    name: "a function that a remark in a long one speaks of",
    files: {
      "main.ts": `import Anthropic from "@anthropic-ai/sdk";
const client = new Anthropic();
export class Desk {
  async list(options: Record<string, string>) {
    // Settings are those that answer() takes.
    const settings = read();
    let sum = 0;
    for (let index = 0; index < 1900; index++) sum += settings.weight * index + 1;
    for (let index = 0; index < 1900; index++) sum += settings.other * index + 1;
    if (sum < 10) log(options);
    if (!settings.ready) throw new Error("not ready");
    return settings.names;
  }
  async answer(rules: string, question: string) {
    this.note(rules, { cache_control: "logged" });
    return this.send(rules, question);
  }
  private note(text: string, more: object) {
    log(text, more);
  }
  private send(rules: string, question: string) {
    return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 9,
      system: [{ type: "text", text: rules, cache_control: { type: "ephemeral" } }],
      messages: [{ role: "user", content: question }] });
  }
}
`,
    },
    checkpoints: [1],
  },
];

test.each(programs)("a mark behind $name is found", ({ files, checkpoints, models }) => {
  const { requests } = lintTexts(files);
  expect(requests.map((request) => request.checkpoints.length)).toEqual(checkpoints);
  if (!models) return;
  const named = requests.map(({ modelId, otherModelIds = [], isDefaultModel }) =>
    [modelId ?? "?", ...otherModelIds, ...(isDefaultModel ? [""] : [])].join(" or ").trim(),
  );
  expect(named).toEqual(models);
});
