import { describe, expect, it } from "vitest";
import { lintTexts } from "../support/lint-texts.ts";

interface HostileCase {
  readonly name: string;
  readonly texts: Readonly<Record<string, string>>;
  /** True: only the main file is linted, and the others are imported. */
  readonly imports?: boolean;
  /** A bound the statistics must name. */
  readonly reaches?: string;
}

const send = `
client.messages.create(model="claude-sonnet-4-5", max_tokens=1, messages=[{"role": "user", "content": text}])
`;

/** A Python function `ask` that does something and then sends a text it made. */
function py(body: string, before = ""): Record<string, string> {
  const lines = `${body}\n${send.trim()}`.split("\n").map((line) => `    ${line}`);
  return {
    "main.py": `import anthropic\nclient = anthropic.Anthropic()\n${before}\ndef ask(q):\n${lines.join("\n")}\n`,
  };
}

function ts(body: string, before = ""): Record<string, string> {
  return {
    "main.ts": `import Anthropic from "@anthropic-ai/sdk";
const client = new Anthropic();
${before}
export async function ask(q: any) {
  ${body}
  return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 1, messages: [{ role: "user", content: text }] });
}
`,
  };
}

const cases: readonly HostileCase[] = [
  {
    name: "deep recursion",
    texts: py("text = down(1000000)", "def down(n):\n    return 'x' if n == 0 else 'y' + down(n - 1)"),
    reaches: "recursion",
  },
  {
    name: "mutual recursion that doubles",
    texts: ts(
      "const text = a(q);",
      "const a = (x: any): string => b(x) + c(x);\nconst b = (x: any): string => a(x) + c(x);\nconst c = (x: any): string => a(x) + b(x);",
    ),
    reaches: "recursion",
  },
  {
    name: "a long chain of calls",
    texts: py(
      "text = f0(q)",
      Array.from(
        { length: 100 },
        (_, i) => `def f${i}(x):\n    return ${i < 99 ? `f${i + 1}(x)` : "x"}`,
      ).join("\n"),
    ),
    reaches: "depth",
  },
  {
    name: "a loop that sends 1,500 requests",
    texts: py(
      "for n in range(1500):\n    client.messages.create(model='m', max_tokens=1, messages=[])\ntext = q",
    ),
    reaches: "requests",
  },
  {
    name: "an import that takes all steps in front of what a function fills",
    texts: ts(
      "const text = q;",
      `let pool = null;
export function connect(url: string) { pool = createPool(url, { retries: 3 }); }
for (let n = 0; n < 1000; n++) for (let m = 0; m < 1000; m++) n + m;`,
    ),
  },
  {
    name: "10,000 conditions",
    texts: py(
      `text = ""\n${Array.from({ length: 10_000 }, (_, i) => `if q.a${i}:\n    text += "${i}"`).join("\n")}`,
    ),
    reaches: "steps",
  },
  {
    name: "a loop that never ends",
    texts: py(`text = ""\nn = 0\nwhile True:\n    n += 1\n    text += "x"\n    if n < 0:\n        break`),
  },
  {
    name: "loops inside loops",
    texts: ts(
      "let text = '';\n for (let i = 0; i < 1000; i++) for (let j = 0; j < 1000; j++) for (let k = 0; k < 1000; k++) text += 'x';",
    ),
    reaches: "steps",
  },
  {
    name: "a text that doubles",
    texts: py(`text = "xxxxxxxx"\nfor i in range(60):\n    text = text + text`),
    reaches: "text",
  },
  {
    name: "a text that doubles by templates",
    texts: ts("let text = q + 'xxxxxxxx';\n for (let i = 0; i < 60; i++) text = `${text}${text}`;"),
    reaches: "parts",
  },
  {
    name: "a text repeated and joined",
    texts: py(
      `text = ("x" * 100000) * 100000\ntext = text.replace("x", "xxxxxxxxxx" * 1000).join([text] * 4000)`,
    ),
  },
  {
    name: "text multiplied by repeat",
    texts: ts("let text = 'x';\n for (let i = 0; i < 40; i++) text = text.repeat(1000).padEnd(1e9);"),
  },
  {
    name: "a replacement that grows",
    texts: ts("let text = 'xx';\n for (let i = 0; i < 60; i++) text = text.replaceAll('x', 'xx');"),
  },
  {
    name: "a list that doubles",
    texts: py(`xs = [1]\nfor i in range(60):\n    xs = xs + xs\n    xs.extend(xs)\ntext = str(xs)`),
    reaches: "elements",
  },
  {
    name: "a list that doubles by spreading",
    texts: ts(
      "let xs = [q, 1];\n for (let i = 0; i < 60; i++) xs = [...xs, ...xs];\n const text = xs.join();",
    ),
    reaches: "elements",
  },
  {
    name: "a set put into itself",
    texts: py(`xs = set(q.names)\nxs.update(xs)\ntext = str(sorted(xs))`),
  },
  {
    name: "a range of a million",
    texts: py(`text = "".join(str(i) for i in range(1000000))`),
    reaches: "elements",
  },
  {
    name: "an array of a million",
    texts: ts(
      "const text = Array.from({ length: 1e6 }, (_, i) => i).join() + [...Array(1e6).keys()].length;",
    ),
  },
  {
    name: "a list of a list of a list",
    texts: ts(
      "const grow = (xs: any[]) => xs.flatMap((x) => [xs, xs, x]);\n let xs: any[] = [1];\n for (let i = 0; i < 50; i++) xs = grow(xs);\n const text = JSON.stringify(xs);",
    ),
  },
  {
    name: "nested records that share",
    texts: py(
      `o = {"x": q}\nfor i in range(60):\n    o = {"a": o, "b": o, "c": [o, o]}\nimport copy, json\np = copy.deepcopy(o)\ntext = json.dumps(p) + str(o) + f"{o == p}"`,
    ),
  },
  {
    name: "a list inside itself",
    texts: py(
      `import copy, json\na = []\na.append(a)\na.append(a)\nb = copy.deepcopy(a)\ntext = f"{a} {b}" + json.dumps(a) + str(a == b) + ",".join(a)\nif a in b:\n    text += "x"`,
    ),
  },
  {
    name: "a record inside itself",
    texts: ts(
      "const o: any = { q };\n o.self = o;\n o.list = [o, o];\n const p = structuredClone(o);\n const text = `${o}` + JSON.stringify(o) + JSON.stringify({ ...p }) + [o].includes(p) + Object.keys(o).join();",
    ),
  },
  {
    name: "a request that holds itself",
    texts: {
      "main.py": `import anthropic
client = anthropic.Anthropic()
def ask(q):
    block = {"type": "text", "text": q}
    block["content"] = [block, block]
    messages = [{"role": "user", "content": [block]}]
    messages.append({"role": "user", "content": messages})
    client.messages.create(model="m", max_tokens=1, messages=messages, system=[block], tools=[block])
`,
    },
  },
  {
    name: "getters that call each other",
    texts: ts(
      "const text = new A().x;",
      "class A { get x(): string { return this.y + this.y; } get y(): string { return this.x + this.x; } toString() { return `${this}`; } }",
    ),
    reaches: "recursion",
  },
  {
    name: "a property that reads itself",
    texts: py(
      `text = f"{A().x} {A()}"`,
      "class A:\n    @property\n    def x(self):\n        return self.x\n    def __str__(self):\n        return f'{self}'\n    def __getitem__(self, key):\n        return self[key]",
    ),
    reaches: "recursion",
  },
  {
    name: "a class that is its own base",
    texts: py(`text = A().x`, "class A:\n    pass\nclass A(A):\n    pass\nA.x = A"),
  },
  {
    name: "modules that import each other",
    texts: {
      ...py("text = b.text() + T", "from b import T\nimport b"),
      "b.py": "from main import ask, client\nfrom c import *\nT = 'x'\ndef text():\n    return c_text()\n",
      "c.py": "from b import *\nfrom main import *\ndef c_text():\n    return T\n",
    },
  },
  {
    name: "re-exports in a circle",
    texts: {
      ...ts("const text = x + y + q;", 'import { x, y } from "./a";'),
      "a.ts": 'export * from "./b";\nexport { y } from "./b";\n',
      "b.ts": 'export * from "./a";\nexport { y } from "./a";\nexport * from "./c";\n',
      "c.ts": 'export * from "./c";\nexport * from "./a";\n',
    },
  },
  {
    name: "a module of five megabytes of constants",
    texts: {
      ...py("text = constants.C5", "import constants"),
      "constants.py": Array.from({ length: 5_000 }, (_, i) => `C${i} = "${"x".repeat(1000)}"`).join("\n"),
    },
    imports: true,
    reaches: "imported files too large",
  },
  {
    name: "a module of five megabytes that sends a request",
    texts: py(
      "text = C5",
      Array.from({ length: 5_000 }, (_, i) => `C${i} = "${"x".repeat(1000)}"`).join("\n"),
    ),
  },
  {
    name: "an imported module with errors",
    texts: { ...py("text = broken.T", "import broken"), "broken.py": "T = 'x'\ndef f(:\n    return (\n" },
    imports: true,
    reaches: "imported files with errors",
  },
  {
    name: "a file of a megabyte of records",
    texts: ts(
      "const text = String(table[5].name) + q;",
      `const table = [\n${Array.from({ length: 30_000 }, (_, i) => `  { name: "n${i}", size: ${i} },`).join("\n")}\n];`,
    ),
  },
  {
    name: "deep data",
    texts: py(`text = str(${"[".repeat(80)}${"]".repeat(80)})`),
  },
  {
    name: "a callback that calls its own map",
    texts: ts("const f = (x: any): any => [x, x].map(f);\n const text = f(q).join();"),
    reaches: "recursion",
  },
  {
    name: "handlers that hand themselves over",
    texts: ts(
      "const text = q;\n const again = () => { setTimeout(again, 1); register(again); register(() => again()); };\n again();",
    ),
    reaches: "recursion",
  },
  {
    name: "a generator without an end",
    texts: py(
      "text = ''.join(parts())",
      "def parts():\n    n = 0\n    while True:\n        n += 1\n        yield f'{n}'",
    ),
  },
  {
    name: "a sort with a comparison that sorts",
    texts: ts(
      "const f = (a: any, b: any): number => [a, b].sort(f).length;\n const text = [3, 1, 2].sort(f).join();",
    ),
    reaches: "recursion",
  },
  {
    name: "a pattern that backtracks",
    texts: ts(
      `const text = "${"a".repeat(5_000)}".replace(/(a+)+b/, "x").replace(/a*a*a*b/, "x").replace(/[a]+b/g, "y") + q;`,
    ),
  },
];

describe("hostile programs end soon", () => {
  it.each(cases)("$name", ({ texts, imports, reaches }) => {
    // The time that the process works, not the time that passes: other processes may be busy.
    const before = process.cpuUsage();
    const result = lintTexts(texts, imports ? { lint: [Object.keys(texts)[0]!] } : {});
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(5_000);
    expect(result.failures).toEqual([]);
    expect(result.statistics.parsedFiles).toBeGreaterThan(0);
    if (reaches !== undefined) expect([...result.statistics.bounds.keys()]).toContain(reaches);
  });
});

it("keeps a set small that is united with others of its kind again and again", () => {
  const { requests, statistics } = lintTexts(
    py(
      `seen = set(q.terms)
for i in range(40):
    seen = seen.union(seen, q.terms)
text = "Answer " + ", ".join(sorted(seen))`,
    ),
  );
  expect(requests).toHaveLength(1);
  expect([...statistics.bounds.keys()]).toEqual([]);
});

it("does not try what a nested record holds deep inside in every way it may be", () => {
  const leaves = Array.from({ length: 60 }, (_, i) => `"f${i}": q.f${i}`).join(", ");
  const { statistics } = lintTexts(
    py(
      `store.put(clean({"a": {"b": {"c": {${leaves}}}}}))\ntext = q.text`,
      `
def clean(value):
    if isinstance(value, float):
        return str(value)
    if isinstance(value, dict):
        return {key: clean(inner) for key, inner in value.items()}
    return value
`,
    ),
  );
  expect([...statistics.bounds.keys()]).toEqual([]);
});

it("reads settings a hundred times and still comes to the request", () => {
  const fields = Array.from({ length: 100 }, (_, i) => `    read["f${i}"] = decode(raw.get("f${i}"))`);
  const settings = `def settings():\n    raw = load()\n    read = {}\n${fields.join("\n")}\n    return read`;
  const { requests, statistics } = lintTexts(
    py('text = "Answer."\nfor i in range(100):\n    log(settings()["f1"])', settings),
  );
  expect(requests.map(({ unresolved }) => unresolved)).toEqual([[]]);
  expect([...statistics.bounds.keys()]).toContain("stepsOfFunction");
});
