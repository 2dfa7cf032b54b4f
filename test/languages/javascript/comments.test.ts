import { expect, test } from "vitest";
import { readSource } from "./read-source.ts";

test.each<[name: string, comment: string, text: string]>([
  ["a line", "// promptlint-scope: session ", "promptlint-scope: session"],
  ["a reference", "/// <reference />", "<reference />"],
  ["a block", "/* a * b */", "a * b"],
  ["a document block", "/**\n * a\n *\n *  b\n */", "a\n\nb"],
  ["a block with Windows line ends", "/*\r\n * a\r\n * b\r\n */", "a\nb"],
  ["an empty comment", "/**/", ""],
])("%s", (_, comment, text) => {
  expect(readSource(`a; ${comment}\nb;`).comments).toEqual([
    { text, span: { file: "file.ts", start: 3, end: 3 + comment.length } },
  ]);
});

test("a hashbang is no comment", () => {
  expect(readSource("#!/usr/bin/env node\n// a").comments.map(({ text }) => text)).toEqual(["a"]);
});

test("comments in JSX count", () => {
  expect(readSource("<a>{/* b */}</a>", "a.jsx").comments.map(({ text }) => text)).toEqual(["b"]);
});
