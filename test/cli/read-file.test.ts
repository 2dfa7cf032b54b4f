import nodeFs, { ftruncateSync, openSync, closeSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decode, FileReader, maximumBytes } from "../../src/cli/read-file.ts";
import { makeFolder, runCommand } from "./run-command.ts";

const binary = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]);
let folder: ReturnType<typeof makeFolder>;
beforeAll(() => {
  folder = makeFolder({
    "empty.py": "",
    "binary.py": binary,
    "request.py": "client.messages.create()",
    "plain.py": "print()",
    "utf-16.py": Buffer.from("\ufeffmessages.create() # é", "utf16le"),
    "folder.py/inner.py": "",
  });
  // A sparse file: it takes no room on the disk.
  const huge = openSync(join(folder.path, "huge.py"), "w");
  ftruncateSync(huge, maximumBytes.code + 1);
  closeSync(huge);
});
afterAll(() => folder.remove());

describe("decode", () => {
  test.each([
    { name: "UTF-8", bytes: Buffer.from("é日"), text: "é日" },
    { name: "a byte order mark is no text", bytes: Buffer.from("\ufeffa"), text: "a" },
    { name: "UTF-16, little end first", bytes: Buffer.from("\ufeffaé", "utf16le"), text: "aé" },
    { name: "UTF-16, big end first", bytes: Buffer.from("\ufeffaé", "utf16le").swap16(), text: "aé" },
    { name: "no UTF-8: Latin-1", bytes: Buffer.from([0x63, 0x61, 0x66, 0xe9]), text: "café" },
    { name: "nothing", bytes: Buffer.alloc(0), text: "" },
  ])("$name", ({ bytes, text }) => {
    expect(decode(bytes)).toBe(text);
  });
});

describe("FileReader", () => {
  const read = (file: string): unknown => new FileReader().read(join(folder.path, file), "code");

  test.each([
    { file: "request.py", result: { kind: "text", text: "client.messages.create()" } },
    { file: "empty.py", result: { kind: "text", text: "" } },
    { file: "utf-16.py", result: { kind: "text", text: "messages.create() # é" } },
    { file: "binary.py", result: { kind: "skipped", message: "Skipped, because it is a binary file." } },
    {
      file: "huge.py",
      result: {
        kind: "skipped",
        message: "Skipped, because it is too large: 5.0 MiB, where at most 5 are read.",
      },
    },
    { file: "folder.py", result: { kind: "unreadable", message: "Not a file." } },
    { file: "nope.py", result: { kind: "missing" } },
    { file: "request.py/x.py", result: { kind: "missing" } },
  ])("$file", ({ file, result }) => {
    expect(read(file)).toEqual(result);
  });

  test("only what may hold a request is decoded, in UTF-16 too", () => {
    const reader = new FileReader();
    const kinds = ["request.py", "plain.py", "empty.py", "utf-16.py"].map(
      (file) => reader.readRelevant(join(folder.path, file), "code").kind,
    );
    expect(kinds).toEqual(["text", "irrelevant", "irrelevant", "text"]);
  });

  test.each([
    { name: "a bundle", line: "x".repeat(4_000), kind: "skipped" },
    { name: "a long module of plain lines", line: "const answer = 42;", kind: "text" },
  ])("$name is $kind", ({ line, kind }) => {
    const count = Math.ceil(300_000 / line.length);
    const text = `client.messages.create();\n${`// ${line}\n`.repeat(count)}`;
    writeFileSync(join(folder.path, "long.js"), text);
    const reader = new FileReader();
    expect(reader.readRelevant(join(folder.path, "long.js"), "code").kind).toBe(kind);
    expect(reader.read(join(folder.path, "long.js"), "code").kind).toBe("text");
  });

  test("a short file is not followed by what a longer one left in the buffer", () => {
    const reader = new FileReader();
    reader.read(join(folder.path, "request.py"), "code");
    expect(reader.read(join(folder.path, "plain.py"), "code")).toEqual({ kind: "text", text: "print()" });
  });

  test.each([
    { code: "EACCES", message: "Permission denied." },
    { code: "EMFILE", message: "The system says: EMFILE." },
  ])("$code is why a file can't be read", ({ code, message }) => {
    const openSync = (): never => {
      throw Object.assign(new Error("refused"), { code });
    };
    expect(new FileReader({ ...nodeFs, openSync }).read("a.py", "code")).toEqual({
      kind: "unreadable",
      message,
    });
  });
});

describe("files nobody can lint, named on the command line", () => {
  test.each([
    { path: "empty.py", code: 0, stderr: "1 file, 0 requests: no findings.\n" },
    {
      path: "binary.py",
      code: 0,
      stderr: "binary.py: note: Skipped, because it is a binary file.\n1 file, 0 requests: no findings.\n",
    },
    {
      path: "huge.py",
      code: 0,
      stderr:
        "huge.py: note: Skipped, because it is too large: 5.0 MiB, where at most 5 are read.\n" +
        "1 file, 0 requests: no findings.\n",
    },
    {
      path: "nope.py",
      code: 2,
      stderr: "promptlint: nope.py: No such file or folder.\n0 files, 0 requests: no findings.\n",
    },
  ])("$path", async ({ path, code, stderr }) => {
    expect(await runCommand([path], folder.path)).toMatchObject({ code, stdout: "", stderr });
  });

  test("a note in JSON is a warning without a rule", async () => {
    const { stdout } = await runCommand(["--format", "json", "binary.py"], folder.path);
    expect(JSON.parse(stdout)).toMatchObject([
      { filePath: "binary.py", messages: [{ ruleId: null, severity: 1 }], warningCount: 1 },
    ]);
  });
});
