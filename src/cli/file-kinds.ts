import type { FileKind } from "../engine/markers.ts";

// Stands here and not with the languages, so that looking for files loads no parser.
const extensions: Readonly<Record<FileKind, readonly string[]>> = {
  code: [".py", ".pyw", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"],
  notebook: [".ipynb"],
  data: [".json", ".jsonc", ".jsonl", ".ndjson", ".yaml", ".yml"],
  template: [".j2", ".jinja", ".jinja2", ".hbs", ".handlebars", ".mustache", ".prompt", ".prompty", ".md"],
  terraform: [".tf"],
};

/** What the files of an extension hold, for every extension that is looked for. */
export const fileKinds: ReadonlyMap<string, FileKind> = new Map(
  (Object.keys(extensions) as FileKind[]).flatMap((kind) =>
    extensions[kind].map((extension): [string, FileKind] => [extension, kind]),
  ),
);
