import { testValues } from "../support/test-values.ts";

const table = (entry: (name: string, at: number) => string): string =>
  ["opus", "sonnet", "haiku", "nova", "micro", "lite"].map((name, at) => entry(name, at)).join("\n");

testValues("entries of tables under a key that is not known", [
  {
    name: "a function that all entries share",
    py: `
      def prepare(text):
          return f"Be brief: {text}"
      MODELS = {
${table((name) => `          "${name}": {"limit": 1, "prepare": prepare},`)}
      }
      def build(model):
          return MODELS[model]["prepare"]("now")`,
    ts: `
      const prepare = (text: string) => \`Be brief: \${text}\`;
      const MODELS = {
${table((name, at) => `        ${name}: { limit: ${at}, prepare },`)}
      };
      export const build = (model: string) => MODELS[model].prepare("now");`,
    gives: `"Be brief: now"`,
  },
  {
    name: "two kinds of functions",
    ts: `
      const marked = (text: string) => ({ text, mark: true });
      const plain = (text: string) => ({ text });
      const MODELS = {
${table((name, at) => `        ${name}: { prepare: ${at < 3 ? "marked" : "plain"} },`)}
      };
      export const build = (model: string) => MODELS[model].prepare("x");`,
    gives: [`{text: "x", mark: true}`, `{text: "x"}`],
  },
  {
    name: "objects of classes with one method each",
    ts: `
      class Plain { send(text: string) { return text; } }
      class Marked { constructor(private mark: string) {} send(text: string) { return text + this.mark; } }
      const senders = {
${table((name, at) => `        ${name}: ${at === 3 ? "new Marked('!')" : "new Plain()"},`)}
      };
      export const build = (name: string) => senders[name].send("hi");`,
    gives: [`"hi"`, `"hi!"`],
  },
  {
    name: "what is the same everywhere, and what differs",
    ts: `
      const MODELS = {
${table((name, at) => `        ${name}: { family: "claude", limits: { input: ${at}, unit: "k" } },`)}
      };
      export const build = (model: string) => [MODELS[model].family, MODELS[model].limits];`,
    gives: `["claude", {input: <unknown>, unit: "k"}]`,
  },
  {
    name: "what a lookup has shown holds for what else it shows",
    ts: `
      const MODELS = {
${table((name, at) => `        ${name}: { caches: ${at < 3}, style: ${at < 3 ? '"blocks"' : '"text"'} },`)}
      };
      export const build = (model: string) => [MODELS[model].caches, MODELS[model].style];`,
    gives: [`[true, "blocks"]`, `[false, "text"]`],
  },
  {
    name: "a field that only some entries have",
    ts: `
      const MODELS = {
${table((name, at) => `        ${name}: { ${at < 2 ? 'cache: { fields: ["system"] }' : ""} },`)}
      };
      export const build = (model: string) => MODELS[model].cache;`,
    gives: [`{fields: ["system"]}`, `undefined`],
  },
  {
    name: "more kinds than are tried",
    ts: `
      const MODELS = {
${table((name) => `        ${name}: { prepare: () => "${name}" },\n        ${name}2: { prepare: () => "${name}2" },`)}
      };
      export const build = (model: string) => MODELS[model].prepare();`,
    gives: `<unknown>`,
  },
  {
    name: "a text for what a request asks for",
    py: `
      from flask import request
      TONES = {"plain": "Be plain.", "kind": "Be kind."}
      def build():
          return TONES[request.json["tone"]]`,
    ts: `
      const TONES = { plain: "Be plain.", kind: "Be kind." };
      export async function build(req: Request) { return TONES[(await req.json()).tone]; }`,
    gives: [`"Be plain."`, `"Be kind."`],
  },
  {
    name: "one of many texts for what a request asks for",
    py: `
      from flask import request
      TONES = {
${table((name) => `          "${name}": "Be like ${name}.",`)}
      }
      def build():
          return TONES.get(request.json["tone"], "Be plain.")`,
    ts: `
      const TONES = {
${table((name) => `        ${name}: "Be like ${name}.",`)}
      };
      export async function build(req: Request) { return TONES[(await req.json()).tone]; }`,
    gives: `<unknown>`,
  },
  {
    name: "a text that chance picks",
    py: `
      import random
      TONES = {1: "Be plain.", 2: "Be kind."}
      def build():
          return TONES[random.randint(1, 2)]`,
    ts: `
      const TONES = { 1: "Be plain.", 2: "Be kind." };
      export const build = () => TONES[1 + Math.floor(Math.random() * 2)];`,
    gives: `<request>`,
  },
]);
