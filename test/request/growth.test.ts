import { expect, test } from "vitest";
import { continues } from "../../src/request/growth.ts";
import { block, hole, holeOf, literal, request } from "../support/request-builder.ts";

const { hole: question } = hole("question", 3, { scope: "turn" });
const asked = () => [block([holeOf(question, 3)])];
const said = (text: string) => [block([literal(text)])];

test.each([
  { name: "the same messages and one more", own: [asked()], next: [asked(), said("Yes.")], is: true },
  { name: "literal messages and one more", own: [said("Hi.")], next: [said("Hi."), said("Yes.")], is: true },
  { name: "the same messages: a retry", own: [asked()], next: [asked()], is: false },
  {
    name: "another question",
    own: [asked()],
    next: [[block([hole("question", 3, { scope: "turn" })])], said("Yes.")],
    is: false,
  },
  { name: "another literal", own: [said("Hi.")], next: [said("Hello."), said("Yes.")], is: false },
  {
    name: "a question with something added",
    own: [asked()],
    next: [[block([holeOf(question, 3), literal(" Be brief.")])], said("Yes.")],
    is: true,
  },
  {
    name: "unknown history",
    own: [[block([holeOf(question, 3)], { kind: "history", stretch: true })]],
    next: [[block([holeOf(question, 3)], { kind: "history", stretch: true })], said("Yes.")],
    is: false,
  },
  { name: "no messages", own: [], next: [asked()], is: false },
])("$name", ({ own, next, is }) => {
  expect(continues(request({ messages: own }), request({ messages: next }))).toBe(is);
});
