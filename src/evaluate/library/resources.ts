import { text } from "../../value/construct.ts";
import { accessPath, libraryName, literalText } from "../../value/inspect.ts";
import type { Value } from "../../value/value.ts";
import type { Run } from "../run.ts";
import { first } from "./arguments.ts";
import { folderOf, joinPath, readFile } from "./files.ts";
import type { LibraryCall, LibraryFunction } from "./library.ts";

/** `importlib.resources.files(package)`: the path of its folder. */
export const filesOf: LibraryFunction = (call) => {
  const folder = folderOfPackage(call.run, first(call)?.value, call.span.file);
  return folder === undefined ? undefined : text(folder, call.span);
};

/** `importlib.resources.read_text(package, name)`, `open_text(package, name)` and `pkgutil.get_data(package, name)`. */
export const readResource: LibraryFunction = (call) => {
  const path = resourcePath(call);
  return path && readFile(call.run, path, call.span);
};

function resourcePath({ run, args, span }: LibraryCall): Value | undefined {
  const [anchor, ...names] = args;
  const folder = folderOfPackage(run, anchor?.value, span.file);
  if (folder === undefined || names.length === 0) return undefined;
  const parts = names.filter(({ name }) => name === undefined).map(({ value }) => value);
  return joinPath(run, [text(folder, span), ...parts], span);
}

/** The folder of a package that is given as a module, or by its dotted name; without one it is that of the caller. */
function folderOfPackage(run: Run, anchor: Value | undefined, fromFile: string): string | undefined {
  if (!anchor) return folderOf(fromFile);
  // A module in view knows its path by its name.
  const own = anchor.type === "record" ? literalText(anchor.entries.get("__name__")?.value) : undefined;
  const name = own ?? literalText(anchor) ?? (anchor.type === "opaque" ? nameOf(anchor) : undefined);
  if (name === undefined) return undefined;
  if (name === "__package__") return folderOf(fromFile);
  if (name.endsWith(".py")) return folderOf(name);
  if (name.startsWith(".") || !/^[\w.]+$/.test(name)) return undefined;
  const resolved = run.host.resolveImport(fromFile, name);
  if (resolved?.kind === "module") return folderOf(resolved.module.path);
  return namespaceFolder(name.split("."), folderOf(fromFile).split("/"));
}

function nameOf(value: Value & { readonly type: "opaque" }): string | undefined {
  const { root, steps } = accessPath(value);
  return root.kind === "global" && steps.length === 0 ? root.name : libraryName(value);
}

/** A package without a file of its own: below the folder that has its first name, or the working folder. */
function namespaceFolder(names: readonly string[], folders: readonly string[]): string {
  const at = folders.lastIndexOf(names[0]!);
  return [...(at < 0 ? [] : folders.slice(0, at)), ...names].join("/");
}
