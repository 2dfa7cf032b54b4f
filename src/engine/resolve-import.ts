import { folderOf } from "../evaluate/library/files.ts";
import type { ProgramLanguage } from "../program/program.ts";
import type { EngineHost } from "./engine-host.ts";

/** What an import specifier leads to inside the repository. */
export type ImportTarget =
  | { readonly kind: "file"; readonly path: string; readonly raw: boolean }
  | { readonly kind: "folder"; readonly path: string };

/** The file an import names, if it is in view. */
export function resolveImport(
  host: EngineHost,
  language: ProgramLanguage,
  fromFile: string,
  specifier: string,
): ImportTarget | undefined {
  return language === "python"
    ? resolvePython(host, fromFile, specifier)
    : resolveJavascript(host, fromFile, specifier);
}

const extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json"];

/** A specifier for `./x.js` may stand for the TypeScript source beside it. */
const sourceOf: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

function resolveJavascript(host: EngineHost, fromFile: string, specifier: string): ImportTarget | undefined {
  const [bare = "", query] = specifier.split("?");
  const isRelative = bare.startsWith(".") || bare.startsWith("/");
  const path = isRelative ? joinPaths(folderOf(fromFile), bare) : host.resolveModule?.(fromFile, bare);
  if (path === undefined) return undefined;
  const isText = query !== undefined || /\.(?:md|mdx|txt|prompt|j2|jinja|hbs|xml|html)$/.test(bare);
  for (const candidate of javascriptCandidates(path)) {
    const file = host.readText(candidate);
    if (file && "text" in file) return { kind: "file", path: candidate, raw: isText };
  }
  return undefined;
}

function* javascriptCandidates(path: string): Generator<string> {
  const extension = /\.[^./]+$/.exec(path)?.[0] ?? "";
  if (extension !== "") yield path;
  for (const source of sourceOf[extension] ?? []) yield path.slice(0, -extension.length) + source;
  for (const added of extensions) yield path + added;
  for (const added of extensions) yield `${path}/index${added}`;
}

/** How many folders above a file are tried as roots of its absolute imports. */
const maximumRoots = 12;

function resolvePython(host: EngineHost, fromFile: string, specifier: string): ImportTarget | undefined {
  const dots = /^\.*/.exec(specifier)![0].length;
  const parts = specifier.slice(dots).split(".").filter(Boolean);
  if (dots > 0) {
    let folder = folderOf(fromFile);
    for (let up = 1; up < dots; up++) folder = folderOf(folder);
    return pythonModule(host, joinPaths(folder, parts.join("/")));
  }
  let folder = folderOf(fromFile);
  for (let hops = 0; hops < maximumRoots; hops++) {
    for (const root of [folder, joinPaths(folder, "src")]) {
      const found = pythonModule(host, joinPaths(root, parts.join("/")));
      // A folder of the same name as a library is no package of ours unless it holds Python.
      if (found && found.path !== fromFile && (found.kind === "file" || parts.length > 1)) return found;
    }
    if (folder === "." || folder === "/" || folder === "") break;
    folder = folderOf(folder);
  }
  return undefined;
}

function pythonModule(host: EngineHost, path: string): ImportTarget | undefined {
  for (const candidate of [`${path}.py`, `${path}/__init__.py`]) {
    const file = host.readText(candidate);
    if (file && "text" in file) return { kind: "file", path: candidate, raw: false };
  }
  return path !== "." && host.exists(path) ? { kind: "folder", path } : undefined;
}

/** Joins a folder and a path below it; `.` and `..` are resolved. */
export function joinPaths(folder: string, path: string): string {
  const whole = path.startsWith("/") || folder === "." ? path : `${folder}/${path}`;
  const parts: string[] = [];
  for (const part of whole.split("/")) {
    if (part === "." || (part === "" && parts.length > 0)) continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== ".." && parts.at(-1) !== "") parts.pop();
    else parts.push(part);
  }
  return parts.join("/") || ".";
}
