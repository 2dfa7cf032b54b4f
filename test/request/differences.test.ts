import { expect, test } from "vitest";
import { differenceIn, holdsLiteral } from "../../src/request/differences.ts";
import { block, hole, literal, request } from "../support/request-builder.ts";

const guide = () => block([literal("Guide. ")]);
const flag = () => block([literal("Tables.")]);

function printed(difference: ReturnType<typeof differenceIn>) {
  if (!difference) return undefined;
  const print = (atoms: typeof difference.own) =>
    atoms.map((atom) => (typeof atom === "string" ? atom : `{${atom.key}}`)).join("");
  return `${difference.segment}: ${print(difference.own)} | ${print(difference.other)}`;
}

test.each([
  { name: "the same", own: [guide()], other: [guide()], found: undefined },
  { name: "a block that vanishes", own: [guide(), flag()], other: [guide()], found: "1: Tables. | " },
  { name: "a block that appears in front", own: [guide()], other: [flag(), guide()], found: "0:  | Tables." },
  {
    name: "a sentence within a text",
    own: [block([literal("Guide. Tables. End.")])],
    other: [block([literal("Guide. End.")])],
    found: "0: Tables.  | ",
  },
  {
    name: "a value that is evaluated anew",
    own: [block([hole("clock", 3)])],
    other: [block([hole("clock", 3)])],
    found: undefined,
  },
  {
    name: "a value of another source",
    own: [block([literal("By "), hole("name", 3)])],
    other: [block([literal("By nobody")])],
    found: "0: {name} | nobody",
  },
])("$name", ({ own, other, found }) => {
  expect(printed(differenceIn(request({ system: own }), request({ system: other }), "system"))).toBe(found);
});

test("a region that only the other request has begins behind the regions in front of it", () => {
  const difference = differenceIn(
    request({ tools: [guide()] }),
    request({ tools: [guide()], system: [flag()] }),
    "system",
  );
  expect(printed(difference)).toBe("1:  | Tables.");
});

test("of the messages the first is compared", () => {
  const own = request({ messages: [[guide()], [flag()]] });
  expect(differenceIn(own, request({ messages: [[guide()], [guide()]] }), "messages")).toBeUndefined();
  expect(printed(differenceIn(own, request({ messages: [[flag()], [flag()]] }), "messages"))).toBe(
    "0: Guide.  | Tables.",
  );
});

test.each([
  { atoms: ["Tables."], is: true },
  { atoms: ["\n\n- "], is: false },
  { atoms: [hole("clock", 3).hole], is: false },
])("$atoms holds a literal: $is", ({ atoms, is }) => {
  expect(holdsLiteral(atoms)).toBe(is);
});
