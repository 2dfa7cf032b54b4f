import { testValues } from "../support/test-values.ts";

testValues("imports", [
  {
    name: "named, default and namespace",
    files: { "p.ts": 'export const A = "a";\nexport default "d";\nexport function f() { return A; }' },
    ts: `
      import d, { A, f as g } from "./p";
      import * as all from "./p.js";
      export const build = () => [d, A, g(), all.A, all.default];`,
    gives: `["d", "a", "a", "a", "d"]`,
  },
  {
    name: "re-exports, export * and index files",
    files: {
      "lib/index.ts":
        'export * from "./a";\nexport { B as C } from "./b";\nexport * as ns from "./b";\nexport { default } from "./b";',
      "lib/a.ts": 'export const A = "a";',
      "lib/b.ts": 'const B = "b";\nexport { B };\nexport default B + "!";',
    },
    ts: `
      import d, { A, C, ns } from "./lib";
      export const build = () => [d, A, C, ns.B];`,
    gives: `["b!", "a", "b", "b"]`,
  },
  {
    name: "CommonJS",
    files: {
      "a.js": 'exports.A = "a";\nmodule.exports.B = "b";',
      "c.js": 'const C = "c";\nmodule.exports = { C, get: () => C };',
    },
    ts: `
      const { A, B } = require("./a");
      const c = require("./c.js");
      export const build = () => [A, B, c.C, c.get()];`,
    gives: `["a", "b", "c", "c"]`,
  },
  {
    name: "a dynamic import",
    files: { "p.ts": 'export const A = "a";' },
    ts: `export const build = async () => (await import("./p")).A;`,
    gives: `"a"`,
  },
  {
    name: "JSON",
    files: { "p.json": '{"a": ["x"]}' },
    ts: `
      import p from "./p.json";
      export const build = () => p.a[0];`,
    gives: `"x"`,
  },
  {
    name: "prompt text by ?raw, readFileSync and import.meta",
    files: { "p.md": "Rules.", "d/q.md": "More." },
    ts: `
      import p from "./p.md?raw";
      import { readFileSync } from "node:fs";
      import path, { join } from "node:path";
      import { fileURLToPath } from "node:url";
      const here = path.dirname(fileURLToPath(import.meta.url));
      export const build = () => [
        p,
        readFileSync("p.md", "utf8"),
        readFileSync(new URL("./d/q.md", import.meta.url), "utf-8"),
        readFileSync(join(here, "d", "q.md")).toString(),
        readFileSync(path.resolve(__dirname, "p.md"), { encoding: "utf8" }).trim(),
      ];`,
    gives: `["Rules.", "Rules.", "More.", "More.", "Rules."]`,
  },
  {
    name: "prompt text by open, with and read_text",
    files: { "p.md": "Rules.", "d/q.md": "More." },
    py: `
      import os
      from pathlib import Path
      HERE = Path(__file__).parent
      def load():
          with open("p.md", encoding="utf-8") as f:
              return f.read()
      def build():
          with (HERE / "d" / "q.md").open() as g:
              opened = g.read()
          return [load(), open(os.path.join(os.path.dirname(__file__), "d", "q.md")).read(), Path("p.md").read_text(), (HERE / "d/q.md").read_text(), opened]`,
    gives: `["Rules.", "More.", "Rules.", "More.", "More."]`,
  },
  {
    name: "prompt text that lies in packages",
    files: { "desk/__init__.py": "", "desk/p.md": "Rules.", "plain/texts/q.md": "More." },
    py: `
      import pkgutil
      from importlib import resources
      from importlib.resources import files, read_text
      import desk
      def build(name):
          with resources.open_text(desk, "p.md") as opened:
              return [opened.read(), files("plain.texts").joinpath("q.md").read_text(), (files("desk") / "p.md").read_text(),
                  read_text("desk", "p.md"), pkgutil.get_data("desk", "p.md").decode(), files("desk").joinpath(name).read_text()]`,
    gives: `["Rules.", "More.", "Rules.", "Rules.", "Rules.", <unknown>]`,
  },
  {
    name: "a file that is not in view, and one of an unknown name",
    py: `
      from pathlib import Path
      def build(name):
          return [Path("missing.md").read_text(), Path(name).read_text(), open(f"{name}.md").read()]`,
    gives: `[<deploy>, <unknown>, <unknown>]`,
  },
  {
    name: "a file read on the way has the scope of its path",
    ts: `
      import { readFileSync } from "fs";
      export const build = (name: string) => [readFileSync("missing.md", "utf8"), readFileSync(\`\${name}.md\`, "utf8")];`,
    gives: `[<deploy>, <unknown>]`,
  },
  {
    name: "modules, packages and relative imports",
    files: {
      "pkg/__init__.py": "from .a import A\nfrom . import b\nNAME = 'pkg'",
      "pkg/a.py": "from .b import B\nA = 'a' + B",
      "pkg/b.py": "from .. import other\nB = 'b'",
      "other.py": "X = 'x'",
    },
    py: `
      import pkg
      import pkg.b
      import other as o
      from pkg import A, b, NAME
      from pkg.b import B as BB
      from pkg import *
      def build():
          return [pkg.A, pkg.b.B, o.X, A, b.B, NAME, BB]`,
    gives: `["ab", "b", "x", "ab", "b", "pkg", "b"]`,
  },
  {
    name: "an import inside a function",
    files: { "p.py": "A = 'a'" },
    py: `
      def build():
          from p import A
          import p as q
          return [A, q.A]`,
    gives: `["a", "a"]`,
  },
  {
    name: "a circle",
    files: { "p.py": "from main import X\ndef text():\n    return 'p'" },
    py: `
      X = "x"
      import p
      def build():
          return p.text() + X`,
    gives: `"px"`,
  },
  {
    name: "a circle of modules",
    files: { "p.ts": 'import { X } from "./main";\nexport const text = () => "p" + X;' },
    ts: `
      import { text } from "./p";
      export const X = "x";
      export const build = () => text();`,
    gives: `"px"`,
  },
  {
    name: "a name that a module in a circle had not come to yet",
    files: {
      "desk/config.py": "from desk.kinds import KINDS\nmodel = KINDS[0]\nNAME = 'm'",
      "desk/kinds.py": "import desk.agent as agent\nKINDS = [agent.name() or 'x']",
      "desk/agent.py": "from desk.config import NAME\ndef name():\n    return 'a' if NAME is None else NAME",
    },
    py: `
      from desk.config import model
      from desk.agent import name
      def build():
          read = model
          return name()`,
    gives: `"m"`,
  },
  {
    name: "a name that a module in a circle had not come to yet",
    files: {
      "config.ts":
        'import { kinds } from "./kinds";\nexport const model = kinds[0];\nexport const NAME = "m";',
      "kinds.ts": 'import { name } from "./agent";\nexport const kinds = [name()];',
      "agent.ts": 'import { NAME } from "./config";\nexport const name = () => NAME;',
    },
    ts: `
      import { model } from "./config";
      import { name } from "./agent";
      export const build = () => [model, name()][1];`,
    gives: `"m"`,
  },
  {
    name: "a module that takes a name from the index that hands on its own",
    files: {
      "lib/index.ts": 'export * from "./desk";\nexport * from "./texts";',
      "lib/desk.ts": 'import { greet } from "./index";\nexport const open = () => greet("desk");',
      "lib/texts.ts": "export const greet = (who: string) => `Hello ${who}`;",
    },
    ts: `
      import { greet, open } from "./lib/index";
      export const build = () => [greet("you"), open()];`,
    gives: `["Hello you", "Hello desk"]`,
  },
  {
    name: "an import is no export of a script",
    files: {
      "p.ts": 'import { X } from "./q";\nexport const Y = X;',
      "q.ts": 'export const X = "x";',
    },
    ts: `
      import { X, Y } from "./p";
      export const build = () => [X, Y];`,
    gives: `[<unknown>, "x"]`,
  },
  {
    name: "a missing module is unknown",
    py: `
      from gone import TEXT
      def build():
          return f"{TEXT}"`,
    ts: `
      import { TEXT } from "./gone";
      export const build = () => \`\${TEXT}\`;`,
    gives: `"<unknown>"`,
  },
  {
    name: "an import under try",
    files: { "p.py": "A = 'a'" },
    py: `
      try:
          from p import A
      except ImportError:
          A = None
      def build():
          return A`,
    gives: `"a"`,
  },
  {
    name: "a clock in another file",
    files: {
      "p.ts":
        "export const prompt = () => `Now ${new Date().toISOString()}`;\nexport const started = new Date();",
      "p.py":
        "from datetime import datetime\nstarted = datetime.now()\ndef prompt():\n    return f'Now {datetime.now()}'",
    },
    py: `
      from p import prompt, started
      def build():
          return [prompt(), started]`,
    ts: `
      import { prompt, started } from "./p";
      export const build = () => [prompt(), started];`,
    gives: `["Now <request>", <process>]`,
  },
  {
    name: "a class of another file",
    files: {
      "p.ts": 'export class Base { rules = "r"; text() { return this.rules; } }',
      "p.py": "class Base:\n    rules = 'r'\n    def text(self):\n        return self.rules",
    },
    py: `
      from p import Base
      class Bot(Base):
          rules = "bot"
      def build():
          return Bot().text()`,
    ts: `
      import { Base } from "./p";
      class Bot extends Base { rules = "bot"; }
      export const build = () => new Bot().text();`,
    gives: `"bot"`,
  },
  {
    name: "data in JSON and YAML files",
    files: {
      "data/p.json": '{"rules": ["a", {"b": 1}], "name": "n"}',
      "data/p.yaml": "rules: [a, b]\nname: n",
    },
    py: `
      import json, yaml
      from pathlib import Path
      def build():
          with open("data/p.json") as file:
              first = json.load(file)
          second = json.loads(Path("data/p.json").read_text())
          third = yaml.safe_load(open("data/p.yaml"))
          first["name"] = "changed"
          return [first["name"], second["rules"][1]["b"], second["name"], third["rules"], json.loads('{"x": [1]}')["x"]]`,
    gives: `["changed", 1, "n", ["a", "b"], [1]]`,
  },
  {
    name: "imports of JSON",
    files: { "data/p.json": '{"rules": ["a", {"b": 1}], "name": "n"}', "data/q.yaml": "name: y" },
    ts: `
      import p from "./data/p.json" with { type: "json" };
      import { name } from "./data/p.json";
      import { readFileSync } from "node:fs";
      import yaml from "js-yaml";
      const q = require("./data/p.json");
      export const build = () => [
        p.rules[1].b, name, q.rules[0],
        JSON.parse(readFileSync("data/p.json", "utf8")).name,
        yaml.load(readFileSync("data/q.yaml", "utf8")).name,
      ];`,
    gives: `[1, "n", "a", "n", "y"]`,
  },
  {
    name: "a register that is asked for a name",
    files: {
      "register.py":
        "KNOWN = {}\n\ndef known(name):\n    def add(f):\n        KNOWN[name] = f\n        return f\n    return add",
      "a.py": 'from register import known\n\n@known("a")\ndef a():\n    return "A"',
    },
    py: `
      import a
      from register import KNOWN
      def build():
          return ["a" in KNOWN, KNOWN["a"](), KNOWN.get("b")]`,
    gives: `[true, "A", null]`,
  },
  {
    name: "a register that modules fill which are imported for it",
    files: {
      "register.py": "KNOWN = []\n\ndef known(f):\n    KNOWN.append(f)\n    return f",
      "a.py": 'from register import known\n\n@known\ndef a():\n    return "a"',
      "kit/b.py": 'from register import known\n\n@known\ndef b():\n    return "b"',
    },
    py: `
      import a
      from kit import b
      from register import KNOWN
      def build():
          return [each() for each in KNOWN]`,
    gives: `["a", "b"]`,
  },
]);
