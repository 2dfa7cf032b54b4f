import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { CodeAction, Diagnostic, TextEdit } from "./language-protocol.ts";

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** The server that editors start for ESLint. */
const server = createRequire(import.meta.url).resolve(
  "vscode-langservers-extracted/bin/vscode-eslint-language-server",
);

/** An editor as the language server of ESLint sees it: it speaks over standard input and output. */
export class LanguageClient {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #folder: string;
  readonly #settings: object;
  readonly #pending = new Map<number, (message: Message) => void>();
  readonly #versions = new Map<string, number>();
  readonly #texts = new Map<string, string>();
  /** Changes the server has asked for, by URI. */
  #applied: Record<string, readonly TextEdit[]>[] = [];
  /** Everything the server wrote for people to read. */
  log = "";
  #nextId = 1;
  #received = Buffer.alloc(0);

  /**
   * @param folder absolute path of the workspace
   * @param settings what differs from the usual settings of ESLint in an editor
   */
  constructor(folder: string, settings: object = {}) {
    this.#folder = folder;
    this.#settings = settings;
    this.#process = spawn(process.execPath, [server, "--stdio"], { cwd: folder });
    this.#process.stdout.on("data", (data: Buffer) => this.#receive(data));
    this.#process.stderr.on("data", (data: Buffer) => (this.log += data.toString()));
  }

  async start(): Promise<void> {
    const uri = pathToFileURL(this.#folder).href;
    await this.request("initialize", {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: "project" }],
      capabilities: {
        workspace: { configuration: true, applyEdit: true, diagnostics: { refreshSupport: true } },
        textDocument: { diagnostic: { dynamicRegistration: true }, codeAction: {} },
      },
    });
    this.notify("initialized", {});
  }

  /** Ends the server. */
  stop(): void {
    this.#process.kill();
  }

  open(path: string, languageId: string, text: string): void {
    const uri = this.#uri(path);
    this.#versions.set(uri, 1);
    this.#texts.set(uri, text);
    this.notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Replaces a stretch of an open file, as typing does. */
  edit(path: string, start: number, end: number, text: string): void {
    const uri = this.#uri(path);
    const before = this.textOf(path);
    const version = this.#versions.get(uri)! + 1;
    this.#versions.set(uri, version);
    this.#texts.set(uri, before.slice(0, start) + text + before.slice(end));
    const range = { start: positionAt(before, start), end: positionAt(before, end) };
    this.notify("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ range, text }],
    });
  }

  /** The text of an open file. */
  textOf(path: string): string {
    return this.#texts.get(this.#uri(path))!;
  }

  async diagnose(path: string): Promise<readonly Diagnostic[]> {
    const report = await this.request("textDocument/diagnostic", { textDocument: { uri: this.#uri(path) } });
    return (report as { items: Diagnostic[] }).items;
  }

  /** The quick fixes a diagnostic offers. */
  async quickFixes(path: string, diagnostic: Diagnostic): Promise<readonly CodeAction[]> {
    const actions = await this.request("textDocument/codeAction", {
      textDocument: { uri: this.#uri(path) },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic], only: ["quickfix"], triggerKind: 1 },
    });
    return actions as CodeAction[];
  }

  /** Does what a quick fix does, in the open files as well. */
  async apply(action: CodeAction): Promise<void> {
    this.#applied = [];
    await this.request("workspace/executeCommand", action.command);
    for (const changes of this.#applied) {
      for (const [uri, edits] of Object.entries(changes)) {
        const path = decodeURIComponent(uri.slice(pathToFileURL(this.#folder).href.length + 1));
        for (const { range, newText } of [...edits].reverse()) {
          const text = this.textOf(path);
          this.edit(path, offsetAt(text, range.start), offsetAt(text, range.end), newText);
        }
      }
    }
  }

  request(method: string, params: unknown): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}\n${this.log}`)) : resolve(result),
      );
      this.#send({ id, method, params });
    });
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  #uri(path: string): string {
    return pathToFileURL(`${this.#folder}/${path}`).href;
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #receive(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data]);
    for (;;) {
      const end = this.#received.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#received.toString("latin1", 0, end))![1]);
      if (this.#received.length < end + 4 + length) return;
      const body = this.#received.toString("utf8", end + 4, end + 4 + length);
      this.#received = this.#received.subarray(end + 4 + length);
      this.#handle(JSON.parse(body) as Message);
    }
  }

  #handle(message: Message): void {
    const { id, method, params } = message;
    if (method === undefined) {
      this.#pending.get(id as number)?.(message);
      this.#pending.delete(id as number);
      return;
    }
    if (method === "window/logMessage") this.log += `${(params as { message: string }).message}\n`;
    if (id !== undefined) this.#send({ id, result: this.#answer(method, params) });
  }

  /** Answers what the server asks of an editor. */
  #answer(method: string, params: unknown): unknown {
    if (method === "workspace/configuration") {
      return (params as { items: unknown[] }).items.map(() => this.#configuration());
    }
    if (method !== "workspace/applyEdit") return null;
    const { edit } = params as {
      edit: {
        changes?: Record<string, TextEdit[]>;
        documentChanges?: { textDocument: { uri: string }; edits: TextEdit[] }[];
      };
    };
    const documents = (edit.documentChanges ?? []).map(({ textDocument, edits }) => [
      textDocument.uri,
      edits,
    ]);
    this.#applied.push({ ...edit.changes, ...Object.fromEntries(documents) });
    return { applied: true };
  }

  #configuration(): object {
    const uri = pathToFileURL(this.#folder).href;
    return {
      validate: "on",
      packageManager: "npm",
      useESLintClass: true,
      useFlatConfig: true,
      experimental: {},
      codeAction: {
        disableRuleComment: { enable: true, location: "separateLine", commentStyle: "line" },
        showDocumentation: { enable: true },
      },
      codeActionOnSave: { enable: false, mode: "all" },
      format: false,
      quiet: false,
      onIgnoredFiles: "off",
      options: {},
      rulesCustomizations: [],
      run: "onType",
      problems: { shortenToSingleLine: false },
      nodePath: null,
      workingDirectory: { mode: "location" },
      workspaceFolder: { uri, name: "project" },
      ...this.#settings,
    };
  }
}

function positionAt(text: string, offset: number): { line: number; character: number } {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}

function offsetAt(text: string, { line, character }: { line: number; character: number }): number {
  const before = text.split("\n").slice(0, line);
  return before.reduce((sum, each) => sum + each.length + 1, 0) + character;
}
