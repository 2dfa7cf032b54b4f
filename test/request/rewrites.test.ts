import { expect, test } from "vitest";
import { findRewrites } from "../../src/request/rewrites.ts";
import type { Request } from "../../src/request/request.ts";
import { block, hole, holeOf, line, literal, request } from "../support/request-builder.ts";

const values = Array.from(
  { length: 6 },
  (_, index) => hole(`message ${index}`, index + 1, { scope: "turn" }).hole,
);
const say = (index: number, ...rest: ReturnType<typeof literal>[]) => [
  block([holeOf(values[index]!, index + 1), ...rest]),
];
const picture = hole("picture", 8, { scope: "turn" });
const sent = (indexes: readonly number[], dropped: readonly number[] = []): Request =>
  request({
    messages: indexes.map((index) => say(index)),
    cuts: dropped.map((count) => ({ span: line(40), dropped: count })),
  });
const found = (...[first, ...later]: Request[]) =>
  findRewrites(first!, later).map(({ kind, span, segment }) => `${kind} at ${span.start} from ${segment}`);

test.each([
  { name: "a history that grows", requests: [sent([0]), sent([0, 1]), sent([0, 1, 2])], is: [] },
  {
    name: "a window that slides",
    requests: [sent([0, 1], [1]), sent([1, 2], [2]), sent([2, 3], [3])],
    is: ["trimmed at 40 from 0"],
  },
  {
    name: "a list that loses its first element in each turn",
    requests: [sent([0, 1]), sent([1, 2], [1]), sent([2, 3], [1, 1])],
    is: ["trimmed at 40 from 0"],
  },
  { name: "dropped once", requests: [sent([0, 1]), sent([1, 2], [1]), sent([1, 2, 3], [1])], is: [] },
  {
    name: "the same number dropped from each",
    requests: [sent([1], [1]), sent([1, 2], [1]), sent([1, 2, 3], [1])],
    is: [],
  },
  { name: "dropped, and nothing behind it", requests: [sent([0, 1], [1]), sent([1, 2], [2])], is: [] },
  {
    name: "parts of a list that share nothing",
    requests: [sent([0], [1]), sent([1], [2]), sent([2], [3])],
    is: [],
  },
  {
    name: "text that only the newest message has",
    requests: [request({ messages: [say(0), say(1, literal(" Be brief.", 9))] }), sent([0, 1, 2])],
    is: ["edited at 9 from 1"],
  },
  {
    name: "text that is put in place of a message",
    requests: [sent([0, 1]), request({ messages: [say(0), [block([literal("(cleared)", 9)])], say(2)] })],
    is: ["edited at 9 from 1"],
  },
  {
    name: "a block that vanishes from a message",
    requests: [request({ messages: [[...say(0), block([literal("Now.", 9)])], say(1)] }), sent([0, 1, 2])],
    is: ["edited at 9 from 1"],
  },
  {
    name: "a picture that is left out of a message when it is sent again",
    requests: [request({ messages: [[block([picture]), ...say(0)], say(1)] }), sent([0, 1, 2])],
    is: ["thinned at 1 from 0"],
  },
  {
    name: "a block that is added to the newest message",
    requests: [sent([0]), request({ messages: [[...say(0), block([literal("More.")])], say(1)] })],
    is: [],
  },
  {
    name: "another message in its place",
    requests: [sent([0, 1]), sent([0, 2, 3])],
    is: [],
  },
  {
    name: "a retry with more text",
    requests: [sent([0]), request({ messages: [say(0, literal(" Be brief."))] })],
    is: [],
  },
])("$name", ({ requests, is }) => {
  expect(found(...requests)).toEqual(is);
});
