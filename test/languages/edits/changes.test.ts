import { describe, expect, test } from "vitest";
import type { SyntaxEditor } from "../../../src/languages/edit.ts";
import type { Edit } from "../../../src/source/edit.ts";
import { editText, type At } from "../../support/edit-text.ts";

interface ChangeCase {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly edit: (editor: SyntaxEditor, at: At) => readonly Edit[] | undefined;
  /** Undefined: the language refuses. */
  readonly gives: string | undefined;
}

function testChanges(what: string, cases: readonly ChangeCase[]): void {
  describe(what, () => {
    test.each(cases)("$path: $name", ({ path, text, edit, gives }) => {
      expect(editText(path, text, edit)).toBe(gives);
    });
  });
}

const sortElements = (piece: string, onlyTexts: boolean) => (editor: SyntaxEditor, at: At) =>
  editor.sort!(at(piece), { kind: "element" }, onlyTexts);

testChanges("a text", [
  {
    name: "in single quotes",
    path: "a.py",
    text: `x = {'ttl': '5m'}\n`,
    edit: (editor, at) => editor.setText(at(`'ttl': '5m'`), "1h"),
    gives: `x = {'ttl': '1h'}\n`,
  },
  {
    name: "of an entry of an object",
    path: "a.ts",
    text: `const x = { ttl: "5m" as const };\n`,
    edit: (editor, at) => editor.setText(at(`ttl: "5m" as const`), "1h"),
    gives: `const x = { ttl: "1h" as const };\n`,
  },
  {
    name: "that is worked out is refused",
    path: "a.ts",
    text: "const x = { ttl: `${y}m` };\n",
    edit: (editor, at) => editor.setText(at("ttl: `${y}m`"), "1h"),
    gives: undefined,
  },
  {
    name: "in JSON",
    path: "a.json",
    text: `{"ttl": "5m"}`,
    edit: (editor, at) => editor.setText(at(`"ttl": "5m"`), "1h"),
    gives: `{"ttl": "1h"}`,
  },
  {
    name: "that is plain",
    path: "a.yaml",
    text: `ttl: 5m # short\n`,
    edit: (editor, at) => editor.setText(at("ttl: 5m"), "1h"),
    gives: `ttl: 1h # short\n`,
  },
  {
    name: "that would be a number without quotes is refused",
    path: "a.yaml",
    text: `ttl: 5m\n`,
    edit: (editor, at) => editor.setText(at("ttl: 5m"), "300"),
    gives: undefined,
  },
  {
    name: "in an escaped cell",
    path: "a.ipynb",
    text: String.raw`{"cells": [{"cell_type": "code", "source": ["x = {\"ttl\": \"5m\"}"]}]}`,
    edit: (editor, at) => editor.setText(at(String.raw`\"ttl\": \"5m\"`), "1h"),
    gives: String.raw`{"cells": [{"cell_type": "code", "source": ["x = {\"ttl\": \"1h\"}"]}]}`,
  },
]);

const mark = { type: "ephemeral" };

testChanges("a mark is put on", [
  {
    name: "as an entry",
    path: "a.py",
    text: `x = [{'text': y}]\n`,
    edit: (editor, at) => editor.addMark!(at(`{'text': y}`), "entry", "cache_control", mark),
    gives: `x = [{'text': y, 'cache_control': {'type': 'ephemeral'}}]\n`,
  },
  {
    name: "as an entry on a line of its own, behind a comment",
    path: "a.ts",
    text: `f([\n  {\n    text: y // rules\n  },\n]);\n`,
    edit: (editor, at) => editor.addMark!(at(`{\n    text: y // rules\n  }`), "entry", "cache_control", mark),
    gives: `f([\n  {\n    text: y, // rules\n    cache_control: { type: "ephemeral" }\n  },\n]);\n`,
  },
  {
    name: "as an element with tabs and CRLF",
    path: "a.json",
    text: `[\r\n\t{"text": "a"}\r\n]`,
    edit: (editor, at) => editor.addMark!(at(`{"text": "a"}`), "element", "cachePoint", { type: "default" }),
    gives: `[\r\n\t{"text": "a"},\r\n\t{"cachePoint": {"type": "default"}}\r\n]`,
  },
  {
    name: "as a line of a cell",
    path: "a.ipynb",
    text: String.raw`{"cells": [{"cell_type": "code", "source": ["x = [\n", "  {\"text\": y},\n", "]"]}]}`,
    edit: (editor, at) =>
      editor.addMark!(at(String.raw`{\"text\": y}`), "element", "cachePoint", { type: "default" }),
    gives: String.raw`{"cells": [{"cell_type": "code", "source": ["x = [\n", "  {\"text\": y},\n", "  {\"cachePoint\": {\"type\": \"default\"}},\n", "]"]}]}`,
  },
  {
    name: "what is no block is refused",
    path: "a.py",
    text: `x = [y]\n`,
    edit: (editor, at) => editor.addMark!(at("y"), "entry", "cache_control", mark),
    gives: undefined,
  },
]);

testChanges("a mark moves", [
  {
    name: "as an entry, to another list",
    path: "a.py",
    text: `f([{"text": a}], [{"text": b, "cache_control": M}])\n`,
    edit: (editor, at) => editor.moveMark!(at(`"cache_control": M`), at(`{"text": a}`)),
    gives: `f([{"text": a, "cache_control": M}], [{"text": b}])\n`,
  },
  {
    name: "as an element",
    path: "a.ts",
    text: `f([{ text: a }, { text: b }, { cachePoint: M }]);\n`,
    edit: (editor, at) => editor.moveMark!(at("{ cachePoint: M }"), at("{ text: a }")),
    gives: `f([{ text: a }, { cachePoint: M }, { text: b }]);\n`,
  },
  {
    name: "as an assignment it is refused",
    path: "a.py",
    text: `x = [{"text": a}]\nx[-1]["m"] = M\n`,
    edit: (editor, at) => editor.moveMark!(at(`x[-1]["m"] = M`), at(`{"text": a}`)),
    gives: undefined,
  },
  {
    name: "out of the block it is merged with",
    path: "a.ts",
    text: `f([\n  { text: a, cachePoint: M }, // rules\n  { text: b },\n]);\n`,
    edit: (editor, at) => editor.isolate!(at("cachePoint: M")),
    gives: `f([\n  { text: a }, // rules\n  { cachePoint: M },\n  { text: b },\n]);\n`,
  },
]);

testChanges("an element moves", [
  {
    name: "behind a marked one, with its line",
    path: "a.py",
    text: `x = [\n    # the clock\n    {"text": now},\n    {"text": a, "m": M},\n]\n`,
    edit: (editor, at) => editor.moveBehind!(at(`{"text": now}`), at(`{"text": a, "m": M}`), at(`"m": M`)),
    gives: `x = [\n    # the clock\n    {"text": a, "m": M},\n    {"text": now},\n]\n`,
  },
  {
    name: "behind the mark of another one",
    path: "a.ts",
    text: `f([now, a, M]);\n`,
    edit: (editor, at) => editor.moveBehind!(at("now"), at("a"), at("M")),
    gives: `f([a, M, now]);\n`,
  },
  {
    name: "not where the mark is put on by its position",
    path: "a.py",
    text: `x = [now, block]\nx[-1]["m"] = M\n`,
    edit: (editor, at) => editor.moveBehind!(at("now"), at("block"), at(`x[-1]["m"] = M`)),
    gives: undefined,
  },
]);

testChanges("a block is split", [
  {
    name: "in front of the line of a hole",
    path: "a.py",
    text: `f([{"text": f"""{rules}\nToday is {now}.""", "m": M}])\n`,
    edit: (editor, at) => {
      const block = at(`{"text": f"""{rules}\nToday is {now}.""", "m": M}`);
      return editor.split!(block, at("{now}"), block, [at(`"m": M`)], true);
    },
    gives: `f([{"text": f"""{rules}\n""", "m": M}, {"text": f"""Today is {now}."""}])\n`,
  },
  {
    name: "around a line in the middle, which leaves a text without holes",
    path: "a.py",
    text: String.raw`f([{"text": f"Rules.\nIt is {now}.\nMore.", "m": M}])` + "\n",
    edit: (editor, at) => {
      const block = at(String.raw`{"text": f"Rules.\nIt is {now}.\nMore.", "m": M}`);
      return editor.split!(block, at("{now}"), block, [at(`"m": M`)], true);
    },
    gives: String.raw`f([{"text": "Rules.\nMore.", "m": M}, {"text": f"It is {now}."}])` + "\n",
  },
  {
    name: "doubled braces keep the prefix",
    path: "a.py",
    text: String.raw`f([{"text": f"{{}}\n{now}", "m": M}])` + "\n",
    edit: (editor, at) => {
      const block = at(String.raw`{"text": f"{{}}\n{now}", "m": M}`);
      return editor.split!(block, at("{now}"), block, [at(`"m": M`)], true);
    },
    gives: String.raw`f([{"text": f"{{}}\n", "m": M}, {"text": f"{now}"}])` + "\n",
  },
  {
    name: "a sum in front of its last term, behind a mark of its own",
    path: "a.ts",
    text: "f([{ text: RULES + ` Q: ${q}` }, { cachePoint: M }]);\n",
    edit: (editor, at) => {
      const block = at("{ text: RULES + ` Q: ${q}` }");
      return editor.split!(block, at("${q}"), block, [at("{ cachePoint: M }")], true);
    },
    gives: "f([{ text: RULES }, { cachePoint: M }, { text: ` Q: ${q}` }]);\n",
  },
  {
    name: "where its text has a name",
    path: "a.py",
    text: `def g(now):\n    s = f"Rules.\\nIt is {now}.\\nMore."  # all of it\n    f([{"text": s, "m": M}])\n`,
    edit: (editor, at) => {
      const block = at(`{"text": s, "m": M}`);
      return editor.split!(block, at("{now}"), block, [at(`"m": M`)], true);
    },
    gives: `def g(now):\n    s = "Rules.\\nMore."  # all of it\n    f([{"text": s, "m": M}, {"text": f"It is {now}."}])\n`,
  },
  {
    name: "where its text has the name of the key",
    path: "a.ts",
    text: "const g = (now) => {\n  const text = `Rules.\\nIt is ${now}.`;\n  f([{ text, m: M }]);\n};\n",
    edit: (editor, at) => {
      const block = at("{ text, m: M }");
      return editor.split!(block, at("${now}"), block, [at("m: M")], true);
    },
    gives:
      "const g = (now) => {\n  const text = `Rules.\\n`;\n  f([{ text, m: M }, { text: `It is ${now}.` }]);\n};\n",
  },
  {
    name: "not where its name is read elsewhere",
    path: "a.py",
    text: `def g(now):\n    s = f"Rules.\\nIt is {now}."\n    log(s)\n    f([{"text": s, "m": M}])\n`,
    edit: (editor, at) => {
      const block = at(`{"text": s, "m": M}`);
      return editor.split!(block, at("{now}"), block, [at(`"m": M`)], true);
    },
    gives: undefined,
  },
  {
    name: "not where a value in it changes in between",
    path: "a.py",
    text: `def g(now):\n    s = f"Rules.\\nIt is {now}."\n    now = 1\n    f([{"text": s, "m": M}])\n`,
    edit: (editor, at) => {
      const block = at(`{"text": s, "m": M}`);
      return editor.split!(block, at("{now}"), block, [at(`"m": M`)], true);
    },
    gives: undefined,
  },
  {
    name: "strings side by side are refused",
    path: "a.py",
    text: `f([{"text": "a" f"b{now}", "m": M}])\n`,
    edit: (editor, at) => {
      const block = at(`{"text": "a" f"b{now}", "m": M}`);
      return editor.split!(block, at("{now}"), block, [at(`"m": M`)], true);
    },
    gives: undefined,
  },
]);

testChanges("a sort", [
  {
    name: "of a set that is iterated",
    path: "a.py",
    text: `for x in {"b", "a"}:\n    f(x)\n`,
    edit: sortElements(`{"b", "a"}`, true),
    gives: `for x in sorted({"b", "a"}):\n    f(x)\n`,
  },
  {
    name: "of the only name of a set, where it is read",
    path: "a.py",
    text: `A = {"b", "a"}\nx = [f(y) for y in A if "c" in A]\n`,
    edit: sortElements(`{"b", "a"}`, true),
    gives: `A = {"b", "a"}\nx = [f(y) for y in sorted(A) if "c" in A]\n`,
  },
  {
    name: "not of a name that is changed",
    path: "a.py",
    text: `A = {"b", "a"}\nA.add(z)\nx = [f(y) for y in A]\n`,
    edit: sortElements(`{"b", "a"}`, true),
    gives: undefined,
  },
  {
    name: "not of what may not be texts",
    path: "a.py",
    text: `for x in {b, "a"}:\n    f(x)\n`,
    edit: sortElements(`{b, "a"}`, true),
    gives: undefined,
  },
  {
    name: "of a listing that is awaited",
    path: "a.ts",
    text: `const x = (await readdir(d)).map(f);\n`,
    edit: sortElements("readdir(d)", false),
    gives: `const x = ([...await readdir(d)].sort()).map(f);\n`,
  },
  {
    name: "of records by a field",
    path: "a.py",
    text: `f(tools=load())\n`,
    edit: (editor, at) => editor.sort!(at("load()"), { kind: "field", path: ["toolSpec", "name"] }, false),
    gives: `f(tools=sorted(load(), key=lambda each: each["toolSpec"]["name"]))\n`,
  },
  {
    name: "not of a short form",
    path: "a.ts",
    text: `f({ tools });\n`,
    edit: (editor, at) => editor.sort!(at("tools"), { kind: "field", path: ["name"] }, false),
    gives: undefined,
  },
  {
    name: "of keys",
    path: "a.py",
    text: `json.dumps(\n    x,  # all\n)\n`,
    edit: (editor, at) => editor.addArgument!(at(`json.dumps(\n    x,  # all\n)`), "sort_keys", true),
    gives: `json.dumps(\n    x,  # all\n    sort_keys=True,\n)\n`,
  },
  {
    name: "not of keys that somebody else may sort",
    path: "a.py",
    text: `json.dumps(x, **options)\n`,
    edit: (editor, at) => editor.addArgument!(at("json.dumps(x, **options)"), "sort_keys", true),
    gives: undefined,
  },
]);

testChanges("lines go to the end", [
  {
    name: "of a template, with the empty line behind them",
    path: "a.hbs",
    text: `Asked: {{q}}\r\n\r\nRules.\r\nMore.\r\n`,
    edit: (editor, at) => editor.moveToEnd!(at("{{q}}")),
    gives: `Rules.\r\nMore.\r\n\r\nAsked: {{q}}\r\n`,
  },
  {
    name: "not out of a block",
    path: "a.j2",
    text: `{% if q %}\nAsked: {{ q }}\n{% endif %}\nRules.\n`,
    edit: (editor, at) => editor.moveToEnd!(at("{{ q }}")),
    gives: undefined,
  },
  {
    name: "of what one role says",
    path: "a.hbs",
    text: `{{role "system"}}\nAsked: {{q}}\n\nRules.\n{{role "user"}}\nMore.\n`,
    edit: (editor, at) => editor.moveToEnd!(at("{{q}}")),
    gives: `{{role "system"}}\nRules.\n\nAsked: {{q}}\n{{role "user"}}\nMore.\n`,
  },
  {
    name: "not out of what one role says",
    path: "a.prompty",
    text: `system:\nAsked: {{q}}\n\nuser:\nMore.\n`,
    edit: (editor, at) => editor.moveToEnd!(at("{{q}}")),
    gives: undefined,
  },
  {
    name: "of a string in triple quotes, in front of the indented quotes",
    path: "a.py",
    text: `x = f"""\n    Asked: {q}\n    Rules.\n    """\n`,
    edit: (editor, at) => editor.moveToEnd!(at("{q}")),
    gives: `x = f"""\n    Rules.\n    Asked: {q}\n    """\n`,
  },
  {
    name: "of a template literal with escapes",
    path: "a.ts",
    text: "const x = `Asked: ${q}\\nRules.`;\n",
    edit: (editor, at) => editor.moveToEnd!(at("${q}")),
    gives: "const x = `Rules.\\nAsked: ${q}`;\n",
  },
  {
    name: "of a block of YAML",
    path: "a.yaml",
    text: `x: |\n  Asked: {{q}}\n  Rules.\ny: 1 # one\n`,
    edit: (editor, at) => editor.moveToEnd!(at("{{q}}")),
    gives: `x: |\n  Rules.\n  Asked: {{q}}\ny: 1 # one\n`,
  },
  {
    name: "nothing where they stand there already",
    path: "a.hbs",
    text: `Rules.\nAsked: {{q}}\n`,
    edit: (editor, at) => editor.moveToEnd!(at("{{q}}")),
    gives: undefined,
  },
]);

testChanges("a text becomes a block", [
  {
    name: "as an argument",
    path: "a.py",
    text: `f(system=RULES + more)\n`,
    edit: (editor, at) => editor.wrap!(at("RULES + more"), [{ type: "text", text: "-slot-" }], "-slot-"),
    gives: `f(system=[{"type": "text", "text": RULES + more}])\n`,
  },
  {
    name: "not in a short form",
    path: "a.ts",
    text: `f({ system });\n`,
    edit: (editor, at) => editor.wrap!(at("system"), [{ type: "text", text: "-slot-" }], "-slot-"),
    gives: undefined,
  },
]);
