import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeAtomically } from "../../src/cli/write-atomically.ts";
import { makeFolder } from "./run-command.ts";

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => (folder = makeFolder({ "old.txt": "old" })));
afterEach(() => folder.remove());

const at = (name: string): string => join(folder.path, name);

test("takes the place of a file in one step, and keeps its mode", () => {
  chmodSync(at("old.txt"), 0o640);
  writeAtomically(at("old.txt"), "new");
  expect(readFileSync(at("old.txt"), "utf8")).toBe("new");
  expect(statSync(at("old.txt")).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder.path)).toEqual(["old.txt"]);
});

test("makes the folders on the way", () => {
  writeAtomically(at("a/b/c.txt"), "text");
  expect(readFileSync(at("a/b/c.txt"), "utf8")).toBe("text");
});

test("writes through a link, which stays one", () => {
  symlinkSync(at("old.txt"), at("link"));
  writeAtomically(at("link"), "new");
  expect(lstatSync(at("link")).isSymbolicLink()).toBe(true);
  expect(readFileSync(at("old.txt"), "utf8")).toBe("new");
});

test("leaves nothing behind where it fails", () => {
  mkdirSync(at("taken"));
  writeFileSync(at("taken/inside"), "");
  expect(() => writeAtomically(at("taken"), "text")).toThrow(/EISDIR/);
  expect(() => writeAtomically(at("old.txt/below"), "text")).toThrow(/EEXIST|ENOTDIR/);
  expect(readdirSync(folder.path).toSorted()).toEqual(["old.txt", "taken"]);
});
