import { testValues } from "../support/test-values.ts";

testValues("texts", [
  {
    name: "a constant",
    py: `"rules"`,
    ts: `"rules"`,
    gives: `"rules"`,
  },
  {
    name: "a module constant",
    py: `
      RULES = "rules"
      def build():
          return RULES`,
    ts: `
      const RULES = "rules";
      export const build = () => RULES;`,
    gives: `"rules"`,
  },
  {
    name: "interpolation",
    py: `
      def build(name):
          return f"Hello {name}, {1 + 1} times {True}"`,
    ts: "export function build(name: string) { return `Hello ${name}, ${1 + 1} times True`; }",
    gives: `"Hello <unknown>, 2 times True"`,
  },
  {
    name: "the length of what is printed is not known",
    py: `
      import json
      def build(value):
          return [len(json.dumps(value))]`,
    ts: `
      export function build(value: unknown) {
        return [JSON.stringify(value).length];
      }`,
    gives: `[<unknown>]`,
  },
  {
    name: "the number of tokens of a text is not known",
    py: `
      import tiktoken
      encoding = tiktoken.get_encoding("cl100k_base")
      def build(value):
          return [len(encoding.encode(value))]`,
    ts: `
      import { encode } from "gpt-tokenizer";
      export function build(value: unknown) {
        return [encode(value).length];
      }`,
    gives: `[<unknown>]`,
  },
  {
    name: "the length of what a type test found to be a text is not known",
    ts: `
      export function build(value: unknown) {
        return typeof value === "string" ? [value.length] : [];
      }`,
    gives: ["[<unknown>]", "[]"],
  },
  {
    name: "an f-string with number formats",
    py: `f"{7:03d} {2.5:.2f} {12}{{}}"`,
    gives: `"007 2.50 12{}"`,
  },
  {
    name: "an f-string that aligns text",
    py: `f"[{'ab':>4}] [{'ab':<4}] [{'ab':^4}] [{5:>3}]"`,
    gives: `"[  ab] [ab  ] [ ab ] [  5]"`,
  },
  {
    name: "an f-string with thousands separators",
    py: `f"{1234567:,} {1234.5:,.2f}"`,
    gives: `"1,234,567 1,234.50"`,
  },
  {
    name: "an f-string with a conversion",
    py: `f"{'it'!r} {'it'!s}"`,
    gives: `"'it' it"`,
  },
  {
    name: "concatenation",
    py: `"a" + "b" + str(3)`,
    ts: `"a" + "b" + 3`,
    gives: `"ab3"`,
  },
  {
    name: "appending",
    py: `
      text = "a"
      text += "b"
      text += "c"
      text`,
    ts: `
      let text = "a";
      text += "b";
      text += "c";
      text`,
    gives: `"abc"`,
  },
  {
    name: "appending in a loop",
    py: `
      text = ""
      for line in ["a", "b"]:
          text += line + ";"
      text`,
    ts: `
      let text = "";
      for (const line of ["a", "b"]) text += line + ";";
      text`,
    gives: `"a;b;"`,
  },
  {
    name: "format",
    py: `
      def build(q):
          return "{} and {name}, {0!s} {{x}}".format("a", name=q)`,
    gives: `"a and <unknown>, a {x}"`,
  },
  {
    name: "format with a specification",
    py: `"{:.1f} {n:03d}".format(2.26, n=4)`,
    gives: `"2.3 004"`,
  },
  {
    name: "format_map and spread keywords",
    py: `
      values = {"a": "1", "b": "2"}
      "{a}{b}".format_map(values) + "{a}{b}".format(**values)`,
    gives: `"1212"`,
  },
  {
    name: "percent formatting",
    py: `
      def build(q):
          return "%s is %d%% of %s" % ("a", 5, q) + "%(k)s" % {"k": "v"} + "one %s" % "x"`,
    gives: `"a is 5% of <unknown>vone x"`,
  },
  {
    name: "a placeholder replaced",
    py: `
      def build(q):
          return "Ask {X}. {X}".replace("{X}", q)`,
    ts: `
      export function build(q: string) { return "Ask {X}. {X}".replaceAll("{X}", q); }`,
    gives: `"Ask <unknown>. <unknown>"`,
  },
  {
    name: "JavaScript's replace takes the first only",
    ts: `"a-a".replace("a", "b")`,
    gives: `"b-a"`,
  },
  {
    name: "a placeholder replaced by a pattern",
    ts: `
      export function build(q: string) { return "Ask {{x}} now".replace(/\\{\\{x\\}\\}/g, q); }`,
    gives: `"Ask <unknown> now"`,
  },
  {
    name: "a pattern replaced by a callback",
    ts: `"a1b2".replace(/\\d/g, (digit) => "<" + digit + ">")`,
    gives: `"a<1>b<2>"`,
  },
  {
    name: "placeholders filled by a callback of their names",
    py: `
      import re
      PLACE = re.compile(r"\\{\\{\\s*(?P<name>\\w+)\\s*\\}\\}")
      VALUES = {"desk": "Leeds"}
      def fill(match):
          return VALUES.get(match["name"], match.group(1))
      PLACE.sub(fill, "Desk {{ desk }}, {{time}}.")`,
    ts: `
      const values: Record<string, string> = { desk: "Leeds" };
      "Desk {{ desk }}, {{time}}.".replace(/\\{\\{\\s*(\\w+)\\s*\\}\\}/g, (_, name) => values[name] ?? name)`,
    gives: `"Desk Leeds, time."`,
  },
  {
    name: "re.sub",
    py: `
      import re
      re.sub(r"\\s+", " ", "a  b   c")`,
    gives: `"a b c"`,
  },
  {
    name: "join",
    py: `", ".join(["a", "b", "c"])`,
    ts: `["a", "b", "c"].join(", ")`,
    gives: `"a, b, c"`,
  },
  {
    name: "join of a generator",
    py: `"\\n".join(f"- {x}" for x in ["a", "b"])`,
    ts: '["a", "b"].map((x) => `- ${x}`).join("\\n")',
    gives: `"- a\\n- b"`,
  },
  {
    name: "the separator of an array's join is a comma",
    ts: `["a", "b"].join()`,
    gives: `"a,b"`,
  },
  {
    name: "strip",
    py: `"  a ".strip() + "--b--".strip("-") + " c ".lstrip() + " d ".rstrip()`,
    ts: `"  a ".trim() + "b" + " c ".trimStart() + " d ".trimEnd()`,
    gives: `"abc  d"`,
  },
  {
    name: "removeprefix and removesuffix",
    py: `"a-b-c".removeprefix("a-").removesuffix("-c")`,
    gives: `"b"`,
  },
  {
    name: "letter case",
    py: `"a".upper() + "B".lower() + "cd".capitalize() + "e f".title()`,
    gives: `"AbCdE F"`,
  },
  {
    name: "dedent",
    py: `
      from textwrap import dedent
      def build():
          return dedent("""\\
              one
                two
              three""")`,
    gives: `"one\\n  two\\nthree"`,
  },
  {
    name: "dedent of a text that starts on the next line",
    py: `
      import textwrap
      def build(q):
          return textwrap.dedent(f"""
              one
              {q}
              """).strip()`,
    gives: `"one\\n<unknown>"`,
  },
  {
    name: "a dedent tag",
    ts: `
      import dedent from "dedent";
      export const build = (q: string) => dedent\`
        one
          two \${q}
      \`;`,
    gives: `"one\\n  two <unknown>"`,
  },
  {
    name: "a tag of one's own",
    ts: `
      const say = (parts: TemplateStringsArray, ...values: string[]) =>
        parts.reduce((all, part, index) => all + part + (values[index] ?? ""), "");
      export const build = () => say\`a\${"b"}c\`;`,
    gives: `"abc"`,
  },
  {
    name: "String.raw",
    ts: "String.raw`a${1}b`",
    gives: `"a1b"`,
  },
  {
    name: "slices",
    py: `"abcdef"[:2] + "abcdef"[-1] + "abcdef"[1:-3] + "abcdef"[2]`,
    ts: `"abcdef".slice(0, 2) + "abcdef".at(-1) + "abcdef".substring(1, 3) + "abcdef"[2]`,
    gives: `"abfbcc"`,
  },
  {
    name: "split",
    py: `"a,b,c".split(",")`,
    ts: `"a,b,c".split(",")`,
    gives: `["a", "b", "c"]`,
  },
  {
    name: "split at a boundary inside a text with holes",
    py: `
      def build(q):
          rules, tail = f"Rules.==={q}".split("===")
          return [rules, tail]`,
    ts: `
      export function build(q: string) {
        const [rules, tail] = \`Rules.===\${q}\`.split("===");
        return [rules, tail];
      }`,
    gives: `["Rules.", "<unknown>"]`,
  },
  {
    name: "splitlines",
    py: `"a\\nb\\n".splitlines()`,
    gives: `["a", "b"]`,
  },
  {
    name: "partition",
    py: `"a=b=c".partition("=")`,
    gives: `["a", "=", "b=c"]`,
  },
  {
    name: "repetition",
    py: `"ab" * 3`,
    ts: `"ab".repeat(3)`,
    gives: `"ababab"`,
  },
  {
    name: "padding",
    py: `"7".zfill(3) + "a".ljust(3, ".") + "b".rjust(3)`,
    ts: `"7".padStart(3, "0") + "a".padEnd(3, ".") + "b".padStart(3)`,
    gives: `"007a..  b"`,
  },
  {
    name: "length and search",
    py: `[len("abc"), "b" in "abc", "abc".startswith("a"), "abc".find("c")]`,
    ts: `["abc".length, "abc".includes("b"), "abc".startsWith("a"), "abc".indexOf("c")]`,
    gives: `[3, true, true, 2]`,
  },
  {
    name: "a Template of the standard library",
    py: `
      from string import Template
      def build(q):
          return Template("Ask $name or \${name}; $$5").substitute(name=q)`,
    gives: `"Ask <unknown> or <unknown>; $5"`,
  },
  {
    name: "text of constants",
    py: `f"{None} {True} {1.5}"`,
    gives: `"None True 1.5"`,
  },
  {
    name: "JavaScript's text of constants",
    ts: '`${null} ${undefined} ${true} ${["a", "b"]}`',
    gives: `"null undefined true a,b"`,
  },
  {
    name: "JSON of known values",
    py: `
      import json
      f"{json.dumps({'a': [1, True, None], 'b': 'x'})}"`,
    gives: `"{"a": [1, true, null], "b": "x"}"`,
  },
  {
    name: "JSON of known values without spaces",
    ts: `"" + JSON.stringify({ a: [1, true, null], b: "x", c: undefined })`,
    gives: `"{"a":[1,true,null],"b":"x"}"`,
  },
  {
    name: "JSON of a record with a hole",
    py: `
      import json
      def build(q):
          return "Row:" + json.dumps({"a":q}, indent=1)`,
    ts: `export const build = (q: string) => "Row:" + JSON.stringify({ a: q }, null, 1);`,
    gives: `"Row:{\\n "a": <unknown>\\n}"`,
  },
  {
    name: "indentation",
    py: `
      import textwrap
      textwrap.indent("a\\nb", "> ")`,
    gives: `"> a\\n> b"`,
  },
  {
    name: "the least indentation of the lines of a long text",
    ts: `
      const prompt = "  Answer." + "\\n    Be brief, and say where it stands.".repeat(900);
      function unindent(text: string) {
        let least = Infinity;
        for (const line of text.split("\\n")) least = Math.min(least, line.length - line.trimStart().length);
        return text.split("\\n").map((line) => line.slice(least)).join("\\n");
      }
      export const build = () => [unindent(prompt).slice(0, 12), unindent(prompt).length];`,
    gives: `["Answer.\\n  Be", 33307]`,
  },
  {
    name: "a path behind a slice of what is not in view",
    ts: `
      export const build = (host: string) => (host.endsWith("/") ? host.slice(0, -1) + "/messages" : "-");`,
    gives: [`"<unknown>/messages"`, `"-"`],
  },
  {
    name: "a text cut at a boundary that stands behind a hole",
    py: `
      def build(name):
          whole = f"{name} a|b {name}"
          at = whole.find("|")
          return [at == -1, whole[:at], whole[at + 1:]]`,
    ts: `
      export function build(name: string) {
        const whole = \`\${name} a|b \${name}\`;
        const at = whole.indexOf("|");
        return [at < 0, whole.slice(0, at), whole.substring(at + 1)];
      }`,
    gives: `[false, "<unknown> a", "b <unknown>"]`,
  },
  {
    name: "a text without the boundary",
    ts: `
      export function build(name: string) {
        const whole = \`\${name} a\`;
        return whole.slice(0, whole.indexOf("|"));
      }`,
    gives: `<unknown>`,
  },
]);
