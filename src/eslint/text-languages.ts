import { noOptions } from "./no-javascript.ts";
import { TextSourceCode } from "./text-source-code.ts";

/** A file as ESLint hands it to a language. */
interface LanguageFile {
  readonly path: string;
  /** Without a byte order mark; bytes only for languages that ask for them. */
  readonly body: string | Uint8Array;
}

/** How ESLint reads the files of a language that promptlint brings. */
function textLanguage() {
  return {
    fileType: "text" as const,
    lineStart: 1 as const,
    columnStart: 0 as const,
    nodeTypeKey: "type",
    visitorKeys: { Document: [] },
    defaultLanguageOptions: noOptions,
    // Options of other languages reach all files where a config does not say which files it is for.
    validateLanguageOptions(): void {},
    /** Always succeeds: what is wrong with a file, the tools of its language say better. */
    parse: ({ path, body }: LanguageFile) => ({ ok: true as const, ast: { path, text: textOf(body) } }),
    createSourceCode: ({ path, body }: LanguageFile) => new TextSourceCode(path, textOf(body)),
  };
}

function textOf(body: string | Uint8Array): string {
  return typeof body === "string" ? body : new TextDecoder().decode(body);
}

/** The languages of the plugin, by the name that follows `promptlint/`, with the files of each. */
export const textLanguages = {
  python: { files: ["**/*.py", "**/*.pyw"], language: textLanguage() },
  notebook: { files: ["**/*.ipynb"], language: textLanguage() },
  json: { files: ["**/*.json", "**/*.jsonc"], language: textLanguage() },
  jsonl: { files: ["**/*.jsonl", "**/*.ndjson"], language: textLanguage() },
  yaml: { files: ["**/*.yaml", "**/*.yml"], language: textLanguage() },
  terraform: { files: ["**/*.tf"], language: textLanguage() },
  template: {
    files: [
      "**/*.{j2,jinja,jinja2,hbs,handlebars,mustache,prompt,prompty}",
      // Of other Markdown there is so much, and so little of it is sent to a model.
      "**/{prompt,prompts}/**/*.md",
      "**/{prompt,prompts}.md",
      "**/*[-_.]{prompt,prompts}.md",
      "**/{prompt,prompts}[-_.]*.md",
    ],
    language: textLanguage(),
  },
} as const;

/** Reads TypeScript where ESLint has no parser for it. No preset turns it on: other rules would find nothing. */
export const typescript = textLanguage();
