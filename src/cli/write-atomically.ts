import { randomBytes } from "node:crypto";
import { mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Writes a file, all of it or nothing: whoever stops the command, or reads the file meanwhile, never meets a half. The
 * folders it is to lie in are made. What is no plain file, such as `/dev/stdout`, is written to as it is.
 * @throws what the system says
 */
export function writeAtomically(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const status = statSync(path, { throwIfNoEntry: false });
  if (status && !status.isFile()) {
    writeFileSync(path, text);
    return;
  }
  // A link stays one.
  const target = status ? realpathSync(path) : path;
  const temporary = join(dirname(target), `.${basename(target)}-${randomBytes(6).toString("hex")}.tmp`);
  try {
    writeFileSync(temporary, text, { flag: "wx", ...(status && { mode: status.mode }) });
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
