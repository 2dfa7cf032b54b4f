import { describe, expect, test } from "vitest";
import type { StatedScope } from "../../src/engine/settings.ts";
import { dedent } from "../support/dedent.ts";
import { lintTexts } from "../support/lint-texts.ts";

/** The scopes of the segments of all requests in some files. */
function scopesIn(
  texts: Readonly<Record<string, string>>,
  stated: { readonly variables?: readonly StatedScope[]; readonly sources?: readonly StatedScope[] } = {},
): readonly string[] {
  const sources = Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, dedent(text)]));
  return lintTexts(sources, { only: [], settings: stated }).requests.flatMap(({ segments }) =>
    segments.map(({ scope }) => scope),
  );
}

describe("what a template states about its placeholders", () => {
  test.each([
    { name: "a comment", path: "prompts/a.j2", text: "{# promptlint-scope: topic=session #}{{ topic }}" },
    {
      name: "a comment about a part",
      path: "prompts/a.j2",
      text: "{# promptlint-scope: ticket.body=session #}{{ ticket.body }}",
    },
    {
      name: "front matter",
      path: "desk.prompt",
      text: "---\npromptlint-scope: {topic: session}\n---\n{{topic}}",
    },
    {
      name: "front matter as text",
      path: "prompts/a.hbs",
      text: "---\npromptlint-scope: topic=session, other=turn\n---\n{{topic}}",
    },
    {
      name: "a comment in front matter",
      path: "a.prompty",
      text: "---\n# promptlint-scope: topic=session\nname: a\n---\nuser:\n{{topic}}",
    },
  ])("$name", ({ path, text }) => {
    expect(scopesIn({ [path]: text })).toEqual(["session"]);
    expect(scopesIn({ [path]: text }, { variables: [{ pattern: "*", scope: "turn" }] })).toEqual(["session"]);
  });

  test("a comment is heard where code fills the template", () => {
    const texts = {
      "main.py": `
        import anthropic, jinja2
        env = jinja2.Environment(loader=jinja2.FileSystemLoader("prompts"))
        def ask(topic):
            anthropic.Anthropic().messages.create(
                model="claude-sonnet-4-5", max_tokens=9, messages=[], system=env.get_template("a.j2").render(topic=topic))
      `,
      "prompts/a.j2": "{# promptlint-scope: topic=tenant #}A {{ topic }}",
    };
    expect(scopesIn(texts)).toEqual(["tenant"]);
  });
});

describe("what the settings state", () => {
  const variables = [
    { pattern: "brand", scope: "static" },
    { pattern: "*_text", scope: "session" },
  ] as const;

  test.each<{ name: string; texts: Readonly<Record<string, string>>; scope: string }>([
    { name: "a placeholder", texts: { "prompts/a.j2": "{{ policy_text }}" }, scope: "session" },
    { name: "a name the lexicon knows", texts: { "prompts/a.hbs": "{{query_text}}" }, scope: "session" },
    { name: "a placeholder nobody speaks of", texts: { "prompts/a.hbs": "{{policy}}" }, scope: "unknown" },
    {
      name: "a parameter in Python",
      texts: {
        "a.py": `
          import anthropic
          def ask(policy_text):
              anthropic.Anthropic().messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[], system=policy_text)
        `,
      },
      scope: "session",
    },
    {
      name: "a parameter in TypeScript",
      texts: {
        "a.ts": `
          import Anthropic from "@anthropic-ai/sdk";
          export async function ask(policy_text: string) {
            await new Anthropic().messages.create({ model: "claude-sonnet-4-5", max_tokens: 9, messages: [], system: policy_text });
          }
        `,
      },
      scope: "session",
    },
    {
      name: "a placeholder that a call fills with something else",
      texts: {
        "a.ts": `
          import Anthropic from "@anthropic-ai/sdk";
          import Handlebars from "handlebars";
          const template = Handlebars.compile("For {{policy_text}}");
          export const ask = (question: string) =>
            new Anthropic().messages.create({ model: "claude-sonnet-4-5", max_tokens: 9, messages: [], system: template({ policy_text: question }) });
        `,
      },
      scope: "session",
    },
  ])("$name", ({ texts, scope }) => {
    expect(scopesIn(texts, { variables })).toEqual([scope]);
  });

  test.each([
    { name: "by its name", pattern: "load_policy" },
    { name: "by its path", pattern: "store.load_policy" },
    { name: "by a pattern", pattern: "*.load_*" },
  ])("a call $name", ({ pattern }) => {
    const texts = {
      "a.py": `
        import anthropic
        from app import store
        def ask():
            anthropic.Anthropic().messages.create(
                model="claude-sonnet-4-5", max_tokens=9, messages=[], system=f"Rules: {store.load_policy()}")
      `,
    };
    expect(scopesIn(texts)).toEqual(["unknown"]);
    expect(scopesIn(texts, { sources: [{ pattern, scope: "deploy" }] })).toEqual(["deploy"]);
  });

  test("a call of a function in view", () => {
    const texts = {
      "a.ts": `
        import Anthropic from "@anthropic-ai/sdk";
        import { db } from "./db";
        const rules = async () => "Rules: " + (await db.read());
        export async function ask() {
          await new Anthropic().messages.create({ model: "claude-sonnet-4-5", max_tokens: 9, messages: [], system: await rules() });
        }
      `,
    };
    expect(scopesIn(texts, { sources: [{ pattern: "rules", scope: "turn" }] })).toEqual(["turn"]);
  });
});
