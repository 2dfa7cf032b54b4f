import { npmLockFiles, rangeInPackageJson, versionInPackageJson, type LockFile } from "./npm-packages.ts";
import { pythonLockFiles, pythonManifests } from "./python-packages.ts";
import { isVersionText, latest, satisfies, type PackageName, type StatedVersion } from "./stated-version.ts";

/** How manifests are got at: by path, as everything else. */
export interface ManifestHost {
  /** The text of a file; undefined where there is none that can be read. */
  readText(path: string): string | undefined;
  /** Whether there is a file or folder of this path. */
  exists(path: string): boolean;
}

/** Folders above the working folder that are looked at for the head of a repository. */
const maximumAbove = 8;

/** The versions of packages, as the manifests and lock files next to a file state them. Each file is read once. */
export class PackageVersions {
  readonly #host: ManifestHost;
  readonly #texts = new Map<string, string | undefined>();
  readonly #stated = new Map<string, StatedVersion | undefined>();
  #above: readonly string[] | undefined;

  constructor(host: ManifestHost) {
    this.#host = host;
  }

  /**
   * What the nearest manifest that names the package says of it; where a lock file has the version that was installed
   * for it, that one. Undefined: no manifest names it, or not by a version.
   */
  stated(name: PackageName, fromFile: string): StatedVersion | undefined {
    const folder = folderOf(fromFile);
    const key = `${name.registry}:${name.name}\0${folder}`;
    if (!this.#stated.has(key)) this.#stated.set(key, this.#find(name, this.#foldersFrom(folder)));
    return this.#stated.get(key);
  }

  #find(name: PackageName, folders: readonly string[]): StatedVersion | undefined {
    for (const [index, folder] of folders.entries()) {
      const manifest = this.#manifest(name, folder);
      if (!manifest) continue;
      const locked = this.#locked(name, manifest.text, folders.slice(index));
      const installed = locked ?? this.#installed(name, manifest.text, folders.slice(index));
      if (installed) return installed;
      return manifest.text === "" ? undefined : { registry: name.registry, ...manifest };
    }
    // A lock file alone tells as much.
    return this.#locked(name, "", folders);
  }

  /** The range a manifest in a folder gives, and its path; an empty range where it names the package without one. */
  #manifest({ registry, name }: PackageName, folder: string): { text: string; file: string } | undefined {
    const manifests =
      registry === "npm" ? [{ name: "package.json", range: rangeInPackageJson }] : pythonManifests;
    for (const manifest of manifests) {
      const file = join(folder, manifest.name);
      const text = this.#text(file);
      const range = text === undefined ? undefined : manifest.range(text, name);
      if (range !== undefined) return { text: range, file };
    }
    return undefined;
  }

  #locked(
    { registry, name }: PackageName,
    range: string,
    folders: readonly string[],
  ): StatedVersion | undefined {
    const locks: readonly LockFile[] = registry === "npm" ? npmLockFiles : pythonLockFiles;
    for (const folder of folders) {
      for (const lock of locks) {
        const file = join(folder, lock.name);
        const text = this.#text(file);
        if (text === undefined) continue;
        const versions = lock.versions(text, name, below(folder, folders[0]!));
        const fitting = versions.filter((version) => range === "" || satisfies(registry, version, range));
        const version = latest(registry, fitting);
        if (version !== undefined) return { registry, text: version, file };
      }
    }
    return undefined;
  }

  #installed(
    { registry, name }: PackageName,
    range: string,
    folders: readonly string[],
  ): StatedVersion | undefined {
    if (registry !== "npm") return undefined;
    for (const folder of folders) {
      const file = join(folder, `node_modules/${name}/package.json`);
      const text = this.#text(file);
      const version = text === undefined ? undefined : versionInPackageJson(text);
      if (version === undefined || !isVersionText(registry, version)) continue;
      return range === "" || satisfies(registry, version, range)
        ? { registry, text: version, file }
        : undefined;
    }
    return undefined;
  }

  #text(path: string): string | undefined {
    if (!this.#texts.has(path)) this.#texts.set(path, this.#host.readText(path));
    return this.#texts.get(path);
  }

  /** A folder and those above it, up to the head of the repository. */
  #foldersFrom(folder: string): readonly string[] {
    const folders = [folder];
    let current = folder;
    while (current !== "" && current !== "/" && !current.endsWith("..") && !this.#isHead(current)) {
      const slash = current.lastIndexOf("/");
      current = slash < 0 ? "" : slash === 0 ? "/" : current.slice(0, slash);
      folders.push(current);
    }
    if (current !== "" || this.#isHead(current)) return folders;
    return [...folders, ...(this.#above ??= this.#foldersAbove())];
  }

  /** Folders above the working folder, where that lies inside of a repository. */
  #foldersAbove(): readonly string[] {
    const folders: string[] = [];
    let current = "..";
    for (let count = 0; count < maximumAbove; count++, current += "/..") {
      folders.push(current);
      if (this.#isHead(current)) return folders;
    }
    return [];
  }

  #isHead(folder: string): boolean {
    return this.#host.exists(join(folder, ".git"));
  }
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  const folder = slash < 0 ? "" : slash === 0 ? "/" : path.slice(0, slash);
  return folder === "." ? "" : folder.replace(/^\.\//, "");
}

function join(folder: string, name: string): string {
  return folder === "" ? name : folder.endsWith("/") ? folder + name : `${folder}/${name}`;
}

/** The path of a folder as seen from one above it; empty for the same one. */
function below(above: string, folder: string): string {
  if (above === folder) return "";
  return above === "" ? folder : folder.startsWith(`${above}/`) ? folder.slice(above.length + 1) : "";
}
