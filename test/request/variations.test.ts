import { expect, test } from "vitest";
import type { Request } from "../../src/request/request.ts";
import { placeRequests } from "../../src/request/variations.ts";
import type { Decision } from "../../src/value/value.ts";
import { line, request } from "../support/request-builder.ts";

/** Decisions as a text: `+flag` is taken, `-flag` is not. */
function sent(decisions: string): Request {
  return request({
    decisions: decisions.split(" ").map((name): Decision => ({
      key: name.slice(1),
      taken: name.startsWith("+"),
      span: line(1),
      scope: "unknown",
      confidence: "certain",
      subjects: [],
    })),
  });
}

test.each([
  { name: "one condition turned", own: "+a +b", other: "-a +b", found: ["a"] },
  { name: "two conditions turned", own: "+a +b", other: "-a -b", found: [] },
  { name: "no condition turned", own: "+a +b", other: "+a +b", found: [] },
  { name: "a condition that only one branch asks", own: "+a +b", other: "-a +c", found: ["a"] },
])("$name", ({ own, other, found }) => {
  const [context] = placeRequests([sent(own)], [[sent(other)]]);
  expect(context!.variations.map(({ decision }) => decision.key)).toEqual(found);
});

test.each([
  { name: "the same way about something else", other: "-a +c", found: ["a"] },
  { name: "the other way about something else", other: "-a -c", found: [] },
])("one place that went $name", ({ other, found }) => {
  const [context] = placeRequests([sent("+a +b")], [[sent(other)]]);
  expect(context!.variations.map(({ decision }) => decision.key)).toEqual(found);
});

test("a condition has one variation however many runs turned it", () => {
  const others = [[sent("-a +b")], [sent("-a +c")]];
  const [context] = placeRequests([sent("+a")], others);
  expect(context!.variations.map(({ other }) => other)).toEqual([others[0]![0]]);
});

test("a run that stopped early has no request to compare with", () => {
  const own = [sent("+a"), sent("+a"), { ...sent("+b"), call: 1 }];
  const others = [[sent("-a"), { ...sent("-b"), call: 1 }]];
  const found = placeRequests(own, others).map(({ variations }) => variations.map(({ other }) => other));
  expect(found).toEqual([[others[0]![0]], [], [others[0]![1]]]);
});

test("requests are compared with those at their own step", () => {
  const others = [[sent("+a"), sent("-a")]];
  const [first, second] = placeRequests([sent("+a"), sent("+a")], others);
  expect(first!.variations).toEqual([]);
  expect(second!.variations.map(({ other }) => other)).toEqual([others[0]![1]]);
});

test("the requests behind each are given", () => {
  const requests = ["+a", "+b", "+c", "+d"].map(sent);
  expect(placeRequests(requests, []).map(({ later }) => later.length)).toEqual([2, 2, 1, 0]);
});
