import { describe, expect, it } from "vitest";
import { lintTexts } from "../support/lint-texts.ts";

interface ModelCase {
  readonly name: string;
  readonly py?: string;
  readonly ts?: string;
  /** `certain`: the finding about the model's minimum is one; `likely`: the model is only a default. */
  readonly finds: "certain" | "likely" | "nothing";
}

const python = `
import argparse, os
import anthropic, click, typer
from dataclasses import dataclass
from pydantic_settings import BaseSettings
from config import settings
client = anthropic.Anthropic()
def send(model):
    return client.messages.create(model=model, max_tokens=1, messages=[{"role": "user", "content": "hi"}],
        system=[{"type": "text", "text": "Be kind.", "cache_control": {"type": "ephemeral"}}])
`;

const typescript = `
import Anthropic from "@anthropic-ai/sdk";
import { z } from "zod";
const client = new Anthropic();
const send = (model: string) => client.messages.create({ model, max_tokens: 1, messages: [{ role: "user", content: "hi" }],
  system: [{ type: "text", text: "Be kind.", cache_control: { type: "ephemeral" } }] });
`;

const cases: readonly ModelCase[] = [
  {
    name: "a default of the environment",
    py: `def ask():\n    send(os.getenv("MODEL", "claude-haiku-4-5"))`,
    ts: `export const ask = () => send(process.env.MODEL ?? "claude-haiku-4-5");`,
    finds: "likely",
  },
  {
    name: "what stands behind `or`",
    py: `def ask():\n    send(os.environ.get("MODEL") or "claude-haiku-4-5")`,
    ts: `export const ask = () => send(process.env.MODEL || "claude-haiku-4-5");`,
    finds: "likely",
  },
  {
    name: "a default of a parameter",
    py: `def ask(model="claude-haiku-4-5"):\n    send(model)`,
    ts: `export const ask = ({ model = "claude-haiku-4-5" }: { model?: string } = {}) => send(model);`,
    finds: "likely",
  },
  {
    name: "a default that is set later",
    py: `def ask(model=None):\n    if model is None:\n        model = "claude-haiku-4-5"\n    send(model)`,
    ts: `export function ask(model?: string) { if (!model) model = "claude-haiku-4-5"; return send(model); }`,
    finds: "likely",
  },
  {
    name: "a small table in view",
    py: `MODELS = {"fast": "claude-haiku-4-5", "good": "claude-sonnet-4-5"}\ndef ask(tier):\n    send(MODELS[tier])`,
    ts: `const models = { fast: "claude-haiku-4-5", good: "claude-sonnet-4-5" };\nexport const ask = (tier: keyof typeof models) => send(models[tier]);`,
    finds: "certain",
  },
  {
    name: "a large table in view",
    py: `MODELS = {f"m{i}": {"id": "claude-haiku-4-5"} for i in range(9)}\ndef ask(tier):\n    send(f"{MODELS[tier]['id']}")`,
    ts: `const models = Object.fromEntries([1, 2, 3, 4, 5, 6].map((i) => ["m" + i, { id: "claude-haiku-4-5" }]));\nexport const ask = (tier: string) => send(models[tier].id);`,
    finds: "certain",
  },
  {
    name: "a table with a model that is not known",
    py: `MODELS = {"fast": "claude-haiku-4-5", "own": "our-own-model"}\ndef ask(tier):\n    send(MODELS[tier])`,
    ts: `const models = { fast: "claude-haiku-4-5", own: "our-own-model" };\nexport const ask = (tier: keyof typeof models) => send(models[tier]);`,
    finds: "nothing",
  },
  {
    name: "a class of settings",
    py: `class Settings(BaseSettings):\n    model: str = "claude-haiku-4-5"\nown = Settings()\ndef ask():\n    send(own.model)`,
    finds: "likely",
  },
  {
    name: "a parameter whose class has defaults",
    py: `@dataclass\nclass Config:\n    model: str = "claude-haiku-4-5"\ndef ask(config: Config):\n    send(config.model)`,
    finds: "likely",
  },
  {
    name: "a default of a lookup",
    py: `def ask(config):\n    send(config.get("model", "claude-haiku-4-5"))`,
    finds: "likely",
  },
  {
    name: "a default of an attribute",
    py: `def ask():\n    send(getattr(settings, "model", "claude-haiku-4-5"))`,
    finds: "likely",
  },
  {
    name: "an option of argparse",
    py: `def ask():\n    parser = argparse.ArgumentParser()\n    parser.add_argument("-m", "--chat-model", default="claude-haiku-4-5")\n    args = parser.parse_args()\n    send(args.chat_model)`,
    finds: "likely",
  },
  {
    name: "an option of click",
    py: `@click.command()\n@click.option("--model", default="claude-haiku-4-5")\ndef ask(model):\n    send(model)`,
    finds: "likely",
  },
  {
    name: "an option of typer",
    py: `def ask(model: str = typer.Option("claude-haiku-4-5", "--model")):\n    send(model)`,
    finds: "likely",
  },
  {
    name: "a default of a schema",
    ts: `const env = z.object({ MODEL: z.string().min(1).default("claude-haiku-4-5") }).parse(process.env);\nexport const ask = () => send(env.MODEL);`,
    finds: "likely",
  },
  {
    name: "a default that unknown options may replace",
    ts: `export const ask = (options: object) => { const all = { model: "claude-haiku-4-5", ...options }; return send(all.model); };`,
    finds: "likely",
  },
  {
    name: "what a test holds to the keys of a table",
    py: `MODELS = {"claude-haiku-4-5": 1, "claude-haiku-4-5-20251001": 2}\ndef ask(model):\n    if model not in MODELS:\n        raise ValueError(model)\n    send(model)`,
    ts: `const models = { "claude-haiku-4-5": 1, "claude-haiku-4-5-20251001": 2 };\nexport function ask(model: string) { if (!(model in models)) throw new Error(model); return send(model); }`,
    finds: "certain",
  },
  {
    name: "what a test holds to the elements of a list",
    py: `MODELS = ("claude-haiku-4-5", "claude-haiku-4-5-20251001")\ndef ask(model):\n    if model in MODELS:\n        send(model)`,
    ts: `const models = new Set(["claude-haiku-4-5", "claude-haiku-4-5-20251001"]);\nexport function ask(model: string) { if (models.has(model)) return send(model); }`,
    finds: "certain",
  },
  {
    name: "what a lookup holds to the keys of a table",
    ts: `const models = Object.fromEntries(["", "-20251001", "@20251001", "-v1", "-v2"].map((end) => ["claude-haiku-4-5" + end, { end }]));\nexport function ask(model: string) { const info = models[model]; if (!info) throw new Error(model); return send(model); }`,
    finds: "certain",
  },
  {
    name: "the entries of a table whose key a test holds to some of them",
    py: `NAMES = {"a": {"id": "claude-haiku-4-5"}, "b": {"id": "claude-haiku-4-5"}, "c": {"id": "our-own-model"}}\ndef ask(key):\n    if key in ["a", "b"]:\n        send(NAMES.get(key, {}).get("id", key))`,
    finds: "certain",
  },
  {
    name: "a member of an enumeration that a test holds to some of them",
    py: `from enum import Enum\nclass Model(Enum):\n    HAIKU = "claude-haiku-4-5"\n    OWN = "our-own-model"\n    OTHER = "other"\nCLAUDE = {Model.HAIKU}\ndef ask(model: Model):\n    if model in CLAUDE:\n        send(model.value)`,
    finds: "certain",
  },
  {
    name: "a parameter that is one of some literals",
    py: `from typing import Literal\ndef ask(model: Literal["claude-haiku-4-5", "claude-haiku-4-5-20251001"]):\n    send(model)`,
    ts: `export const ask = (model: "claude-haiku-4-5" | "claude-haiku-4-5-20251001") => send(model);`,
    finds: "certain",
  },
  {
    name: "a parameter whose type has a name and may be missing",
    py: `from typing import Literal, Optional\nHaiku = Literal["claude-haiku-4-5"]\nDated = Literal["claude-haiku-4-5-20251001"]\nModel = Haiku | Dated\ndef ask(model: Optional["Model"] = None):\n    if model:\n        send(model)`,
    finds: "certain",
  },
  {
    name: "a parameter that is a member of an enumeration of texts",
    py: `from enum import StrEnum\nclass Model(StrEnum):\n    HAIKU = "claude-haiku-4-5"\n    DATED = "claude-haiku-4-5-20251001"\ndef ask(model: Model):\n    send(model.value)`,
    finds: "certain",
  },
  {
    name: "a table whose keys are members of an enumeration",
    py: `from enum import Enum\nclass Tier(Enum):\n    FAST = "fast"\n    GOOD = "good"\nMODELS = {"fast": "claude-haiku-4-5", "good": "claude-haiku-4-5", "a": "our-own-model", "b": "x", "c": "y"}\ndef ask(tier: Tier):\n    send(MODELS[tier.value])`,
    finds: "certain",
  },
  {
    name: "a required field of a model",
    py: `from typing import Annotated, Literal\nfrom pydantic import BaseModel, Field\nclass Request(BaseModel):\n    model: Annotated[Literal["claude-haiku-4-5"], Field(description="which")] = Field(...)\ndef ask(request: Request):\n    send(request.model)`,
    finds: "likely",
  },
  {
    name: "a parameter whose type is made of a value",
    ts: `import type { ModelName } from "./models";\nexport const ask = (model: ModelName) => send(model);`,
    finds: "certain",
  },
  {
    name: "a key of a table in view",
    ts: `const MODELS = { "claude-haiku-4-5": { limit: 9 } } as const;\nexport const ask = (model: keyof typeof MODELS) => send(model);`,
    finds: "certain",
  },
  {
    name: "an element of a list in view, by the name of its type",
    ts: `const names = ["claude-haiku-4-5", "claude-haiku-4-5-20251001"] as const;\ntype Name = (typeof names)[number];\nexport const ask = (model: Name) => send(model);`,
    finds: "certain",
  },
  {
    name: "a member of an enumeration in view",
    ts: `enum Model {\n  HAIKU = "claude-haiku-4-5",\n}\nexport const ask = (model: Model) => send(model);`,
    finds: "certain",
  },
  {
    name: "what a schema takes for one of some",
    ts: `const Body = z.object({ model: z.enum(["claude-haiku-4-5"]) });\nexport const ask = (given: unknown) => send(Body.parse(given).model);`,
    finds: "certain",
  },
  {
    name: "what a schema of some texts takes for one of them",
    ts: `const Tier = z.enum(["claude-haiku-4-5"]);\nexport const ask = (given: unknown) => send(Tier.catch("claude-haiku-4-5").parse(given));`,
    finds: "certain",
  },
  {
    name: "a text of two parts that each come from a table",
    ts: `const ids = { fast: "haiku-4-5", dated: "haiku-4-5-20251001" };\nconst makers = { usual: "claude", other: "claude" };\nexport const ask = (maker: keyof typeof makers, id: keyof typeof ids) => send(\`\${makers[maker]}-\${ids[id]}\`);`,
    finds: "certain",
  },
  {
    name: "the keys of the entries whose function sends",
    ts: `const table = Object.fromEntries(["a", "b", "c"].map((name) => [name, { send: (_: string) => "" }]));\nconst makers = { ...table, "claude-haiku-4-5": { send }, "claude-haiku-4-5-20251001": { send } };\nexport const ask = (model: string) => makers[model].send(model);`,
    finds: "certain",
  },
  {
    name: "an option that has a default where its object is taken apart",
    ts: `const DEFAULT = "claude-haiku-4-5";\nexport const ask = (options: { model?: string }) => { const { model = DEFAULT } = options; return send(model); };`,
    finds: "likely",
  },
  {
    name: "a key of a table of which not all is in view",
    ts: `import { more } from "./elsewhere";\nconst MODELS = { "claude-haiku-4-5": 1, ...more };\nexport const ask = (model: keyof typeof MODELS) => send(model);`,
    finds: "nothing",
  },
  {
    name: "a parameter that may also be another text",
    py: `from typing import Literal\ndef ask(model: Literal["claude-haiku-4-5"] | str):\n    send(model)`,
    ts: `export const ask = (model: "claude-haiku-4-5" | (string & {})) => send(model);`,
    finds: "nothing",
  },
  {
    name: "one of the literals is a model that is not known",
    py: `from typing import Literal\ndef ask(model: Literal["claude-haiku-4-5", "our-own-model"]):\n    send(model)`,
    finds: "nothing",
  },
  {
    name: "a test for some models that others pass by",
    py: `SMALL = ("claude-haiku-4-5",)\ndef ask(model):\n    if model in SMALL:\n        print("small")\n    send(model)`,
    ts: `const small = ["claude-haiku-4-5"];\nexport function ask(model: string) { if (small.includes(model)) console.log("small"); return send(model); }`,
    finds: "nothing",
  },
  {
    name: "no model in view",
    py: `def ask(model):\n    send(model)`,
    ts: `export const ask = (model: string) => send(model);`,
    finds: "nothing",
  },
];

/** A module beside the one that asks. */
const models = `
const known = { haiku: "claude-haiku-4-5", dated: "claude-haiku-4-5-20251001" } as const;
export type ModelName = (typeof known)[keyof typeof known];
`;

describe("the model may be one of several", () => {
  const found = (path: string, text: string) =>
    lintTexts({ [path]: text, "models.ts": models }).findings.find(
      ({ ruleId }) => ruleId === "min-prefix-tokens",
    )?.confidence ?? "nothing";
  for (const { name, py, ts, finds } of cases) {
    if (py) it(`${name} (Python)`, () => expect(found("main.py", `${python}\n${py}\n`)).toBe(finds));
    if (ts) it(`${name} (TypeScript)`, () => expect(found("main.ts", `${typescript}\n${ts}\n`)).toBe(finds));
  }
});

describe("what is learnt of the model on the way", () => {
  it("does not change what a table is taken to hold", () => {
    const { findings } = lintTexts({
      "main.ts": `
import Anthropic from "@anthropic-ai/sdk";
const client = new Anthropic();
const models = { a: { budget: 1 }, b: { budget: 2 }, c: { budget: 3 }, d: {}, e: {} };
const large = ["a", "b"];
export async function ask(model: keyof typeof models, prompt: string) {
  const { budget } = models[model];
  if (large.includes(model)) console.log("large");
  return client.messages.create({
    model, max_tokens: 1, ...(budget && { thinking: { type: "enabled", budget_tokens: budget } }),
    messages: [{ role: "user", content: [{ type: "text", text: prompt, cache_control: { type: "ephemeral" } }] }],
  });
}
`,
    });
    expect(findings.filter(({ ruleId }) => ruleId === "no-varying-parameters")).toEqual([]);
  });
});

describe("a request without a model in view may go to any model that its API offers", () => {
  const families = [
    { client: "Anthropic()", anyModelOf: "Claude" },
    { client: "AnthropicBedrock()", anyModelOf: "Claude" },
    { client: "Anthropic(base_url=url)", anyModelOf: undefined },
  ];
  for (const { client, anyModelOf } of families) {
    it(client, () => {
      const { requests } = lintTexts({
        "main.py": `
import anthropic
def ask(model, url):
    anthropic.${client}.messages.create(model=model, max_tokens=1, messages=[{"role": "user", "content": "hi"}])
`,
      });
      expect(requests.map((request) => request.anyModelOf)).toEqual([anyModelOf]);
    });
  }

  it("not where it names one", () => {
    const { requests } = lintTexts({ "main.py": `${python}\ndef ask():\n    send("claude-haiku-4-5")\n` });
    expect(requests.filter(({ modelId }) => modelId !== undefined).map((each) => each.anyModelOf)).toEqual([
      undefined,
    ]);
  });

  it("is told by its field where a class asks for it", () => {
    const { requests } = lintTexts({
      "main.py": `
import anthropic
from pydantic import BaseModel, Field
class Chat(BaseModel):
    model: str = Field(..., description="which one")
    def ask(self):
        anthropic.Anthropic().messages.create(model=self.model, max_tokens=1, messages=[])
`,
    });
    expect(requests.map(({ modelChosenBy, unresolved }) => [modelChosenBy, unresolved])).toEqual([
      ["the parameter `model`", []],
    ]);
  });

  it("is a default where data out of view may hold another", () => {
    const { requests } = lintTexts({
      "main.py": `
import json
import anthropic
from pydantic import BaseModel
class Settings(BaseModel):
    model: str = "claude-haiku-4-5"
def ask(path):
    settings = Settings.model_validate(json.load(open(path)))
    anthropic.Anthropic().messages.create(model=settings.model, max_tokens=1, messages=[])
`,
    });
    expect(requests.map(({ modelId, isDefaultModel }) => [modelId, isDefaultModel])).toEqual([
      ["claude-haiku-4-5", true],
    ]);
  });

  it("is open to nobody once the settings name one", () => {
    const files = {
      "main.py": `
import anthropic
import helpers
def ask():
    anthropic.Anthropic().messages.create(model=helpers.choose(), max_tokens=1, messages=[])
`,
    };
    const partsOf = (model?: string) =>
      lintTexts(files, model === undefined ? {} : { model }).requests.flatMap(({ unresolved }) =>
        unresolved.map(({ part }) => part),
      );
    expect([partsOf(), partsOf("claude-haiku-4-5")]).toEqual([["model"], []]);
  });
});
