import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import packageJson from "../../package.json" with { type: "json" };

let known: string | undefined;

/**
 * What tells this version and build of promptlint, and this version of Node, from others, which may find something else.
 * @throws what the system says where the build cannot be read
 */
export function buildIdentity(): string {
  // Only the plugin needs this file, so it lies in the bundle that names all other parts of the build by their hashes.
  known ??= `${packageJson.version} ${process.version} ${createHash("sha256")
    .update(readFileSync(import.meta.filename))
    .digest("hex")}`;
  return known;
}
