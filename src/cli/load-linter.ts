import type { FileKind } from "../engine/markers.ts";
import { javascript } from "../languages/javascript/javascript.ts";
import { notebook } from "../languages/notebook/notebook.ts";
import { python } from "../languages/python/python.ts";
import { createLinter } from "./create-linter.ts";
import type { Linter } from "./linter.ts";

const extensions: Readonly<Record<FileKind, readonly string[]>> = {
  code: [...javascript.extensions, ...python.extensions],
  notebook: notebook.extensions,
  data: [".json", ".jsonc", ".jsonl", ".ndjson", ".yaml", ".yml"],
  template: [".j2", ".jinja", ".jinja2", ".hbs", ".handlebars", ".mustache", ".prompt", ".prompty", ".md"],
};

const fileKinds = new Map(
  (Object.keys(extensions) as FileKind[]).flatMap((kind) =>
    extensions[kind].map((extension): [string, FileKind] => [extension, kind]),
  ),
);

/** The linter the command runs. */
export function loadLinter(): Linter {
  return createLinter(() => {
    throw new Error("no engine is plugged in yet");
  }, fileKinds);
}
