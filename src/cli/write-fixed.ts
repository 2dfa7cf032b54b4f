import { randomBytes } from "node:crypto";
import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Failure } from "../report/report.ts";
import { decode, reasonOf } from "./read-file.ts";

/** Writes all fixed texts. @returns what kept some of them from being written */
export function writeAllFixed(
  fixed: ReadonlyMap<string, { readonly before: string; readonly after: string }>,
  cwd: string,
): readonly Failure[] {
  return [...fixed].flatMap(([path, { before, after }]) => {
    const message = writeFixed(path, before, after, cwd);
    return message === undefined ? [] : [{ path, message }];
  });
}

/**
 * Writes a fixed text in the place of the one that was read, all of it or nothing: byte order mark, encoding and mode
 * stay. A link is followed only within the current folder.
 * @param original the text as it was read; a file that has changed since is left alone
 * @returns why it was not written, as a whole sentence, or undefined
 */
export function writeFixed(path: string, original: string, text: string, cwd: string): string | undefined {
  let temporary: string | undefined;
  try {
    const target = targetOf(path, cwd);
    if (target === undefined)
      return "It was not fixed, because it is a link to a place outside of this folder.";
    const bytes = readFileSync(target);
    if (decode(bytes) !== original) return "It was not fixed, because it has changed since it was read.";
    temporary = join(dirname(target), `.promptlint-${randomBytes(6).toString("hex")}.tmp`);
    writeFileSync(temporary, encodeAs(text, bytes), { flag: "wx" });
    chmodSync(temporary, statSync(target).mode);
    renameSync(temporary, target);
    return undefined;
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    return `It can't be written. ${reasonOf(error)}`;
  }
}

/** The file itself, behind all links; undefined where a link leads out of the current folder. */
function targetOf(path: string, cwd: string): string | undefined {
  const root = realpathSync(cwd);
  const target = realpathSync(resolve(cwd, path));
  const isDirect = target === resolve(root, relative(cwd, resolve(cwd, path)));
  return isDirect || target.startsWith(root + sep) ? target : undefined;
}

/** The bytes of a text in the encoding of others, with their byte order mark. */
function encodeAs(text: string, bytes: Buffer): Buffer {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return Buffer.from(`\ufeff${text}`, "utf16le");
  if (first === 0xfe && second === 0xff) return Buffer.from(`\ufeff${text}`, "utf16le").swap16();
  if (first === 0xef && second === 0xbb && third === 0xbf) return Buffer.from(`\ufeff${text}`, "utf8");
  // What is no UTF-8 was read as Latin-1.
  return decode(Buffer.from(bytes)) === bytes.toString("utf8")
    ? Buffer.from(text, "utf8")
    : Buffer.from(text, "latin1");
}
