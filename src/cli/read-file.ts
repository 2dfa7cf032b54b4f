import { isUtf8 } from "node:buffer";
import nodeFs from "node:fs";
import { mayHoldRequest, type FileKind } from "../engine/markers.ts";

/** The part of `node:fs` that reading takes. */
export type ReadingFileSystem = Pick<typeof nodeFs, "openSync" | "fstatSync" | "readSync" | "closeSync">;

const mebibyte = 2 ** 20;

/** Largest file of each kind that is read, in bytes. Data and notebooks hold many records and pictures. */
export const maximumBytes: Readonly<Record<FileKind, number>> = {
  code: 5 * mebibyte,
  template: 5 * mebibyte,
  terraform: 5 * mebibyte,
  notebook: 64 * mebibyte,
  data: 64 * mebibyte,
};

/** Code of at least this many bytes, in lines that are this long on average, was put together by a bundler. */
const bundled = { bytes: 200_000, bytesPerLine: 1_000 } as const;

/** A NUL byte this early in a file tells that it is no text, as it does for git. */
const binaryProbe = 8000;

export type ReadResult =
  | { readonly kind: "text"; readonly text: string }
  /** Text without any of the markers of a request, where only such were asked for. */
  | { readonly kind: "irrelevant" }
  /** `skipped` is our decision, `unreadable` the system's; the message is a whole sentence. */
  | { readonly kind: "skipped" | "unreadable"; readonly message: string }
  | { readonly kind: "missing" };

/** Reads files one after the other into one buffer. */
export class FileReader {
  readonly #fs: ReadingFileSystem;
  #buffer = Buffer.allocUnsafe(mebibyte);

  constructor(fs: ReadingFileSystem = nodeFs) {
    this.#fs = fs;
  }

  /** Reads a text file of at most `maximumBytes[kind]`. */
  read(path: string, kind: FileKind): ReadResult {
    return this.#read(path, kind, false);
  }

  /** As `read`, but decodes only what may hold a request, and no bundles: those are mended where they come from. */
  readRelevant(path: string, kind: FileKind): ReadResult {
    return this.#read(path, kind, true);
  }

  #read(path: string, kind: FileKind, onlyRelevant: boolean): ReadResult {
    const loaded = this.#load(path, maximumBytes[kind]);
    if (!(loaded instanceof Uint8Array)) return loaded;
    if (isUtf16(loaded)) {
      const text = decode(loaded);
      return onlyRelevant && !mayHoldRequest(text, kind) ? { kind: "irrelevant" } : { kind: "text", text };
    }
    if (loaded.subarray(0, binaryProbe).includes(0)) {
      return { kind: "skipped", message: "Skipped, because it is a binary file." };
    }
    if (onlyRelevant && !mayHoldRequest(loaded.toString("latin1"), kind)) return { kind: "irrelevant" };
    if (onlyRelevant && kind === "code" && isBundle(loaded)) {
      return {
        kind: "skipped",
        message: "Skipped, because it is a bundle: its lines are too long for code.",
      };
    }
    return { kind: "text", text: decode(loaded) };
  }

  /** The bytes of a file, valid until the next call, or why there are none. */
  #load(path: string, limit: number): Buffer | Exclude<ReadResult, { kind: "text" | "irrelevant" }> {
    let descriptor: number | undefined;
    try {
      descriptor = this.#fs.openSync(path, "r");
      const status = this.#fs.fstatSync(descriptor);
      if (!status.isFile()) return { kind: "unreadable", message: "Not a file." };
      if (status.size > limit) {
        const sizes = `${inMebibytes(status.size)} MiB, where at most ${inMebibytes(limit)} are read`;
        return { kind: "skipped", message: `Skipped, because it is too large: ${sizes}.` };
      }
      if (status.size > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(status.size);
      let length = 0;
      while (length < status.size) {
        const count = this.#fs.readSync(descriptor, this.#buffer, length, status.size - length, length);
        if (count === 0) break;
        length += count;
      }
      return this.#buffer.subarray(0, length);
    } catch (error) {
      const code = codeOf(error);
      if (code === "ENOENT" || code === "ENOTDIR") return { kind: "missing" };
      return { kind: "unreadable", message: reasonOf(error) };
    } finally {
      if (descriptor !== undefined) this.#fs.closeSync(descriptor);
    }
  }
}

/**
 * The text of some bytes: UTF-16 where a byte order mark says so, UTF-8 where it is valid, otherwise Latin-1, in which
 * every byte means something. The byte order mark is not part of the text.
 */
export function decode(bytes: Buffer): string {
  if (isUtf16(bytes)) return new TextDecoder(bytes[0] === 0xff ? "utf-16le" : "utf-16be").decode(bytes);
  if (!isUtf8(bytes)) return bytes.toString("latin1");
  const text = bytes.toString("utf8");
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

function isBundle(bytes: Buffer): boolean {
  if (bytes.length < bundled.bytes) return false;
  const mostLines = bytes.length / bundled.bytesPerLine;
  let lines = 1;
  for (let at = bytes.indexOf(10); at >= 0 && lines <= mostLines; at = bytes.indexOf(10, at + 1)) lines++;
  return lines <= mostLines;
}

function isUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

function inMebibytes(bytes: number): string {
  return (bytes / mebibyte).toFixed(bytes % mebibyte === 0 ? 0 : 1);
}

/** The code of a system error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** Why the system refused, as a sentence. */
export function reasonOf(error: unknown): string {
  switch (codeOf(error)) {
    case "EACCES":
    case "EPERM":
      return "Permission denied.";
    case "ENOENT":
      return "No such file or folder.";
    case "EISDIR":
      return "It is a folder.";
    case "ENOTDIR":
    case "EEXIST":
      return "A file stands where a folder should.";
    case "ELOOP":
      return "Its symbolic links lead in a circle.";
    case "ENOSPC":
      return "The disk is full.";
    case "EROFS":
      return "The disk is read-only.";
  }
  return `The system says: ${codeOf(error) ?? String(error)}.`;
}
