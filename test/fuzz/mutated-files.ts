import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import * as fc from "fast-check";
import { fileKinds } from "../../src/cli/file-kinds.ts";

/** Larger files take long to lint and break no differently. */
const largest = 12_000;

const root = join(import.meta.dirname, "../..");

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return fileKinds.has(extname(path)) && entry.name !== "case.json" && statSync(path).size < largest
      ? [path]
      : [];
  });
}

/** Files as people write them, of each kind that is read, by extension. */
export const corpus: ReadonlyMap<string, readonly string[]> = (() => {
  const found = new Map<string, string[]>();
  for (const path of ["test/cases", "examples", "test/languages/python/samples"].flatMap((folder) =>
    filesBelow(join(root, folder)),
  )) {
    const extension = extname(path);
    found.set(extension, [...(found.get(extension) ?? []), readFileSync(path, "utf8")]);
  }
  return found;
})();

/** What breaks one grammar or another, or all of them. */
const inserted: readonly string[] = [
  [..."()[]{}<>\"'`\\:,=*@.;!#%$&|/\n\t\r", ..."\u0000\ufeff\ud800\u2028\u202e\u{1f600}"],
  ['"""', "'''", 'f"', "${", "{{", "}}", "{%", "%}", "{#", "=>", "...", "/*", "*/", "//"],
  ["\n    ", "\n  - ", "\n---\n", "<<: *a", "&a ", "!!js/function "],
  ["if ", "for ", "def ", "class ", "else", "lambda ", "match ", "await ", "yield ", "async ", "return "],
  ["import ", "export ", "__proto__", "constructor"],
  ["1e999", "9".repeat(400), "0x", "-1", "NaN", "null", "true"],
  ["cache_control", '"cachePoint"', "messages", '{"type": "ephemeral", "ttl": "1h"}'],
].flat();

type Mutation =
  | {
      readonly kind: "delete" | "repeat" | "move";
      readonly at: number;
      readonly length: number;
      readonly to: number;
    }
  | { readonly kind: "insert"; readonly at: number; readonly text: string }
  | {
      readonly kind: "nest";
      readonly at: number;
      readonly depth: number;
      readonly pair: readonly [string, string];
    }
  | { readonly kind: "splice"; readonly at: number; readonly other: number; readonly length: number }
  | { readonly kind: "cut"; readonly at: number };

const place = fc.double({ min: 0, max: 1, noNaN: true });
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("delete" as const, "repeat" as const, "move" as const),
      at: place,
      length: fc.nat(60),
      to: place,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("insert" as const),
      at: place,
      text: fc.constantFrom(...inserted),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("splice" as const),
      at: place,
      other: fc.nat(),
      length: fc.nat(300),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cut" as const), at: place }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("nest" as const),
      at: place,
      depth: fc.constantFrom(10, 100, 399, 401, 3000),
      pair: fc.constantFrom<(readonly [string, string])[]>(
        ["(", ")"],
        ["[", "]"],
        ["{", "}"],
        ["{a:", "}"],
        ["`${", "}`"],
        ["f(", ")"],
        ["!", ""],
        ["-", ""],
        ["not ", ""],
        ["{% if a %}", "{% endif %}"],
        ["{{#if a}}", "{{/if}}"],
        ["a?", ":b"],
        ["a=>", ""],
        ["<a>", "</a>"],
        ["if (a) ", ""],
        ["a.", ""],
        ["await ", ""],
        ["[...", "]"],
      ),
    }),
  },
);

/** A file's text of one kind, changed in a few places. */
export function mutatedText(extension: string): fc.Arbitrary<string> {
  const texts = corpus.get(extension) ?? [];
  return fc
    .record({
      index: fc.nat(texts.length - 1),
      mutations: fc.array(mutation, { minLength: 1, maxLength: 5 }),
    })
    .map(({ index, mutations }) => mutations.reduce((text, one) => mutate(text, one, texts), texts[index]!));
}

function mutate(text: string, one: Mutation, texts: readonly string[]): string {
  const at = Math.floor(one.at * text.length);
  switch (one.kind) {
    case "delete":
      return text.slice(0, at) + text.slice(at + one.length);
    case "repeat":
      return text.slice(0, at + one.length) + text.slice(at);
    case "move": {
      const to = Math.floor(one.to * text.length);
      const rest = text.slice(0, at) + text.slice(at + one.length);
      return rest.slice(0, to) + text.slice(at, at + one.length) + rest.slice(to);
    }
    case "insert":
      return text.slice(0, at) + one.text + text.slice(at);
    case "nest":
      return (
        text.slice(0, at) +
        one.pair[0].repeat(one.depth) +
        "x" +
        one.pair[1].repeat(one.depth) +
        text.slice(at)
      );
    case "splice": {
      const other = texts[one.other % texts.length]!;
      const from = one.other % other.length;
      return text.slice(0, at) + other.slice(from, from + one.length) + text.slice(at);
    }
    case "cut":
      return text.slice(0, at);
  }
}

/** How many inputs a test tries in CI, or as many as FUZZ_RUNS says in all, by their share. */
export function runsOf(usual: number, share: number): number {
  const all = process.env["FUZZ_RUNS"];
  return all === undefined ? usual : Math.ceil(Number(all) * share);
}

/** The seed that all fuzz tests start from; FUZZ_SEED sets another one. */
export const seed = Number(process.env["FUZZ_SEED"] ?? 20261122);
