import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { applyTextEdits, type SyntaxEditor } from "../../../src/languages/edit.ts";
import { itemsOf, walk, type ItemHolder } from "../../../src/languages/find-node.ts";
import { editJavaScript } from "../../../src/languages/javascript/javascript-editor.ts";
import { javascript } from "../../../src/languages/javascript/javascript.ts";
import { editPython } from "../../../src/languages/python/python-editor.ts";
import { python } from "../../../src/languages/python/python.ts";
import type { Module } from "../../../src/program/program.ts";
import { SourceFile, type Span } from "../../../src/source/source-file.ts";

const languages = [
  { extension: ".py", read: python.read, edit: editPython },
  { extension: ".ts", read: javascript.read, edit: editJavaScript },
];

const folders = ["../../cases", "../../../examples"].map((path) => join(import.meta.dirname, path));

/** One file in so many is enough to meet each way of writing things. */
const stride = 4;

function filesOf(extension: string): SourceFile[] {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(extension))
      .map((path) => new SourceFile(path, readFileSync(join(folder, path), "utf8"))),
  );
  return files.filter((_, index) => index % stride === 0);
}

/** The places of all items and assignments of a program. */
function placesOf(module: Module): Span[] {
  const places: Span[] = [];
  walk(module.body, (node) => {
    if (["call", "list", "record", "set"].includes(node.kind))
      places.push(...itemsOf(node as ItemHolder).map(({ span }) => span));
    if (node.kind === "assign") places.push(node.span);
  });
  return places;
}

test.each(languages)("each item of $extension files is taken out cleanly or not at all", (language) => {
  const wrong: string[] = [];
  let removed = 0;
  for (const file of filesOf(language.extension)) {
    const module = language.read(file);
    const comments = module.comments.map(({ text }) => text);
    const editor: SyntaxEditor = language.edit(file.text, module);
    for (const place of placesOf(module)) {
      const edits = editor.remove(place);
      if (!edits) continue;
      removed++;
      const text = applyTextEdits(
        file.text,
        edits.map(({ span, text: replacement }) => ({ ...span, text: replacement })),
      );
      const after = language.read(new SourceFile(file.path, text));
      // A comment inside of what is taken out goes with it.
      const inside = module.comments.filter(({ span }) => place.start <= span.start && span.end <= place.end);
      const isClean =
        after.problems.length <= module.problems.length &&
        after.comments.length === comments.length - inside.length;
      if (!isClean) wrong.push(`${file.path}: ${file.text.slice(place.start, place.end)}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(removed).toBeGreaterThan(150);
});
