import { expect, test } from "vitest";
import { editText } from "../../support/edit-text.ts";

const anthropic = { type: "text", text: "slot" };
const converse = { text: "slot" };

interface MoveCase {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly block: string;
  readonly hole?: string;
  readonly to: string;
  readonly data?: Readonly<Record<string, string>>;
  /** Undefined: the language refuses. */
  readonly gives: string | undefined;
}

const cases: readonly MoveCase[] = [
  {
    name: "a block in front of a name",
    path: "a.py",
    text: `def f(q):\n    send(a=[{"text": f"At {now()}"}, {"text": BOOK}], b=[{"content": q}])\n`,
    block: `{"text": f"At {now()}"}`,
    to: "q",
    gives: `def f(q):\n    send(a=[{"text": BOOK}], b=[{"content": f"At {now()}\\n\\n{q}"}])\n`,
  },
  {
    name: "a block in front of a plain text with braces",
    path: "a.py",
    text: `send(a=[{"text": f"At {now()}"}, {"text": BOOK}], b=[{"content": "{?}"}])\n`,
    block: `{"text": f"At {now()}"}`,
    to: `"{?}"`,
    gives: `send(a=[{"text": BOOK}], b=[{"content": f"At {now()}\\n\\n{{?}}"}])\n`,
  },
  {
    name: "a line, behind the last block and its mark",
    path: "a.py",
    text: `send(a=[{"text": f"A\\n{now()}\\nB"}], b=[{"text": q}, {"mark": 1}])\n`,
    block: `{"text": f"A\\n{now()}\\nB"}`,
    hole: "now()",
    to: `{"text": q}`,
    gives: `send(a=[{"text": "A\\nB"}], b=[{"text": q}, {"mark": 1}, {"text": f"{now()}"}])\n`,
  },
  {
    name: "a block into a list of blocks with types",
    path: "a.ts",
    text: `send({ a: [{ type: "text", text: now() }, BOOK], b: [{ type: "text", text: q }] });\n`,
    block: `{ type: "text", text: now() }`,
    to: `{ type: "text", text: q }`,
    data: anthropic,
    gives: `send({ a: [BOOK], b: [{ type: "text", text: q }, { type: "text", text: now() }] });\n`,
  },
  {
    name: "a block in front of a string",
    path: "a.ts",
    text: "send({ a: [{ text: `At ${now()}` }, BOOK], b: [{ content: 'Why?' }] });\n",
    block: "{ text: `At ${now()}` }",
    to: "'Why?'",
    gives: "send({ a: [BOOK], b: [{ content: `At ${now()}\\n\\nWhy?` }] });\n",
  },
  {
    name: "a sum of texts is refused",
    path: "a.ts",
    text: `send({ a: [{ text: "At " + now() + "." }, BOOK], b: [{ content: q }] });\n`,
    block: `{ text: "At " + now() + "." }`,
    to: "q",
    gives: undefined,
  },
  {
    name: "a block with a mark is refused",
    path: "a.py",
    text: `send(a=[{"text": now(), "mark": 1}, BOOK], b=[{"text": q}])\n`,
    block: `{"text": now(), "mark": 1}`,
    to: `{"text": q}`,
    gives: undefined,
  },
  {
    name: "a list that is read twice is refused",
    path: "a.py",
    text: `a = [{"text": now()}, BOOK]\nsend(a, [{"text": q}])\nsend(a, [])\n`,
    block: `{"text": now()}`,
    to: `{"text": q}`,
    gives: undefined,
  },
  {
    name: "a message that is made before the name has its value is refused",
    path: "a.py",
    text: `b = [{"text": q}]\nt = now()\nsend([{"text": t}, BOOK], b)\n`,
    block: `{"text": t}`,
    to: `{"text": q}`,
    gives: undefined,
  },
  {
    name: "a message that is made behind the name is taken",
    path: "a.py",
    text: `t = now()\nb = [{"text": q}]\nsend([{"text": t}, BOOK], b)\n`,
    block: `{"text": t}`,
    to: `{"text": q}`,
    gives: `t = now()\nb = [{"text": q}, {"text": t}]\nsend([BOOK], b)\n`,
  },
  {
    name: "a message under a condition is refused",
    path: "a.py",
    text: `send([{"text": now()}, BOOK], [{"text": q}] if q else [])\n`,
    block: `{"text": now()}`,
    to: `{"text": q}`,
    gives: undefined,
  },
  {
    name: "a message in another function is refused",
    path: "a.py",
    text: `def b(q):\n    return [{"text": q}]\ndef f(q):\n    send([{"text": now()}, BOOK], b(q))\n`,
    block: `{"text": now()}`,
    to: `{"text": q}`,
    gives: undefined,
  },
];

test.each(cases)("$path: $name", ({ path, text, block, hole, to, data = converse, gives }) => {
  // A name is looked for where it is the content, and not where it is given.
  const content = (at: (piece: string) => { file: string; start: number; end: number }) => {
    const entry = [`"content": ${to}`, `content: ${to}`].find((one) => text.includes(one));
    return entry ? { ...at(entry), start: at(entry).end - to.length } : at(to);
  };
  const edited = editText(path, text, (editor, at) =>
    editor.moveToText!(at(block), hole === undefined ? undefined : at(hole), content(at), data, "slot"),
  );
  expect(edited).toBe(gives);
});
