import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** One file in this many sends requests, and one in as many imports one that does. */
const filesPerRequest = 50;

/**
 * Writes a corpus of Python and TypeScript files in equal parts, the same for the same number, and gives its folder.
 * Each has some 40 to 400 lines of plain code; one in fifty sends a marked request.
 */
export function generateCorpus(folder, files) {
  const random = seededRandom(files);
  for (let index = 0; index < files; index++) {
    const isPython = index % 2 === 0;
    const sends = index % filesPerRequest < 2;
    const imports = !sends && index % filesPerRequest < 4;
    const pieces = Array.from({ length: 4 + Math.floor(random() * 36) }, (_, piece) =>
      isPython ? pythonPiece(index, piece, random) : typescriptPiece(index, piece, random),
    );
    // The sender of the same language stands two files before, in the same folder.
    const head = imports ? (isPython ? pythonCaller(index - 2) : typescriptCaller(index - 2)) : "";
    const tail = sends ? (isPython ? pythonSender : typescriptSender) : "";
    const path = join(folder, `package${Math.floor(index / 100)}`, `part${index}.${isPython ? "py" : "ts"}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, [head, ...pieces, tail].filter(Boolean).join("\n\n") + "\n");
  }
  return folder;
}

/** Numbers from 0 to 1 that are the same for the same seed (a linear congruential generator). */
function seededRandom(seed) {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

const words = "order invoice customer report session queue worker region ledger parcel ticket quota".split(
  " ",
);

function pythonPiece(index, piece, random) {
  const word = words[Math.floor(random() * words.length)];
  const name = `${word}_${index}_${piece}`;
  return `def load_${name}(rows, limit=${Math.floor(random() * 100)}):
    """Collects the ${word} rows up to a limit."""
    found = []
    for row in rows:
        if row.get("${word}") is None or len(found) >= limit:
            continue
        total = sum(item["price"] * item["count"] for item in row["items"])
        found.append({"id": row["id"], "total": total, "label": f"{row['name']}: {total:.2f}"})
    return sorted(found, key=lambda entry: entry["total"], reverse=True)`;
}

function typescriptPiece(index, piece, random) {
  const word = words[Math.floor(random() * words.length)];
  const name = `${word}${index}x${piece}`;
  return `export function load_${name}(rows: Row[], limit = ${Math.floor(random() * 100)}): Entry[] {
  const found: Entry[] = [];
  for (const row of rows) {
    if (row.${word} === undefined || found.length >= limit) continue;
    const total = row.items.reduce((sum, item) => sum + item.price * item.count, 0);
    found.push({ id: row.id, total, label: \`\${row.name}: \${total.toFixed(2)}\` });
  }
  return found.sort((a, b) => b.total - a.total);
}`;
}

const rulesText = "Answer from the handbook. Name the page you rely on. ".repeat(120);

const pythonSender = `import anthropic
from datetime import date

RULES = """${rulesText}"""


class Desk:
    def __init__(self, tools):
        self.client = anthropic.Anthropic()
        self.tools = sorted(tools, key=lambda tool: tool["name"])
        self.history = []

    def answer(self, question, note=""):
        self.history.append({"role": "user", "content": question})
        system = [{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}]
        if note:
            system.append({"type": "text", "text": f"{date.today()}: {note}"})
        reply = self.client.messages.create(
            model="claude-sonnet-4-5", max_tokens=800, system=system, tools=self.tools, messages=self.history
        )
        self.history.append({"role": "assistant", "content": reply.content})
        return reply.content[0].text`;

const typescriptSender = `import Anthropic from "@anthropic-ai/sdk";

const RULES = \`${rulesText}\`;

export class Desk {
  private readonly client = new Anthropic();
  private readonly history: Anthropic.MessageParam[] = [];

  constructor(private readonly tools: Anthropic.Tool[]) {}

  async answer(question: string, note?: string): Promise<string> {
    this.history.push({ role: "user", content: question });
    const reply = await this.client.messages.create({
      model: "claude-sonnet-4-5",
      max_tokens: 800,
      system: [
        { type: "text", text: RULES, cache_control: { type: "ephemeral" } },
        ...(note ? [{ type: "text" as const, text: note }] : []),
      ],
      tools: this.tools,
      messages: this.history,
    });
    this.history.push({ role: "assistant", content: reply.content });
    return reply.content[0].text;
  }
}`;

function pythonCaller(sender) {
  return `from .part${sender} import Desk


def reply_to(ticket, tools):
    return Desk(tools).answer(ticket["text"], note=ticket.get("note", ""))`;
}

function typescriptCaller(sender) {
  return `import { Desk } from "./part${sender}.ts";

export async function replyTo(ticket: Ticket, tools: Tool[]): Promise<string> {
  return new Desk(tools).answer(ticket.text, ticket.note);
}`;
}
