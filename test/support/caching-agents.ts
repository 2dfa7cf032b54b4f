/**
 * A module in Python that sends a request whose checkpoint stands behind what `opening` is and a file `handbook.md`. It
 * imports `opening` of `prompts`, and `extra` of a module that may be missing.
 * @param opening an expression
 * @param model another one
 */
export function python(opening: string, model = '"claude-sonnet-4-5"'): string {
  return [
    "import anthropic",
    "from prompts import opening",
    "from missing.module import extra",
    'HANDBOOK = open("handbook.md").read()',
    "def ask(question, note='none'):",
    "    return anthropic.Anthropic().messages.create(",
    `        model=${model},`,
    "        system=[",
    `            {"type": "text", "text": ${opening}},`,
    '            {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},',
    "        ],",
    '        messages=[{"role": "user", "content": question}],',
    "    )",
    "",
  ].join("\n");
}

/** The like in TypeScript, with `opening` by a path of a `tsconfig.json`. */
export const typescript = [
  'import Anthropic from "@anthropic-ai/sdk";',
  'import { opening } from "@lib/opening";',
  'import { readFileSync } from "node:fs";',
  "export const ask = (question: string) => new Anthropic().messages.create({",
  '  model: "claude-sonnet-4-5", max_tokens: 99,',
  '  system: [{ type: "text", text: opening() }, { type: "text", text: readFileSync("handbook.md", "utf8"), cache_control: { type: "ephemeral" } }],',
  '  messages: [{ role: "user", content: question }],',
  "});",
  "",
].join("\n");
