import { cacheFolderOf, type ReadSettings } from "./plugin-settings.ts";
import { ReferenceIndex } from "./reference-index.ts";
import { Workspace } from "./workspace.ts";

/** Most workspaces that are kept: a process lints one folder, or few. */
const maximumKept = 4;

const indexes = new Map<string, ReferenceIndex>();
const workspaces = new Map<string, Workspace>();

/** The workspace of a folder and settings, kept for as long as it is in use. */
export function workspaceOf(cwd: string, settings: ReadSettings): Workspace {
  const key = [cwd, settings.key, String(settings.cache)].join("\0");
  const known = workspaces.get(key);
  if (known) return known;
  const index = indexes.get(cwd) ?? new ReferenceIndex(cwd);
  const folder = cacheFolderOf(cwd, settings);
  if (folder !== undefined) index.keepIn(folder);
  const workspace = new Workspace(cwd, settings, index);
  keep(indexes, cwd, index);
  keep(workspaces, key, workspace);
  return workspace;
}

function keep<Value>(kept: Map<string, Value>, key: string, value: Value): void {
  kept.set(key, value);
  for (const oldest of kept.keys()) {
    if (kept.size <= maximumKept) return;
    kept.delete(oldest);
  }
}
