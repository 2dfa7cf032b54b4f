import { createRequire } from "node:module";
import type { KeyPath } from "../../engine/config/check-config.ts";

/** Data that was read from a text, and where in it each key stands. */
export interface ConfigText {
  readonly value: unknown;
  /** What is wrong with the text itself, each with its line from 1. */
  readonly errors: readonly { readonly line: number; readonly message: string }[];
  /** Line from 1 of a key, or of the innermost key around it. */
  lineOf(path: KeyPath): number;
}

const require = createRequire(import.meta.url);

/** Reads JSON, in which comments and trailing commas are no errors. */
export function readJsonText(text: string): ConfigText {
  const { findNodeAtLocation, parseTree, getNodeValue, printParseErrorCode } =
    require("jsonc-parser") as typeof import("jsonc-parser");
  const errors: import("jsonc-parser").ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  return {
    value: tree ? (getNodeValue(tree) as unknown) : {},
    errors: errors.map(({ error, offset }) => ({
      line: lineAt(text, offset),
      message: `${sentence(printParseErrorCode(error))}.`,
    })),
    lineOf(path) {
      for (let end = path.length; tree && end > 0; end--) {
        const node = findNodeAtLocation(tree, path.slice(0, end));
        // The key stands in front of its value, and may stand on an earlier line.
        const from = node?.parent?.type === "property" ? node.parent : node;
        if (from) return lineAt(text, from.offset);
      }
      return 1;
    },
  };
}

/** Reads YAML. Where it holds several documents, the first one counts. */
export function readYamlText(text: string): ConfigText {
  const { isMap, isScalar, isSeq, parseDocument } = require("yaml") as typeof import("yaml");
  const document = parseDocument(text, { logLevel: "silent", prettyErrors: false });
  const errors = document.errors.map(({ pos, message }) => ({
    line: lineAt(text, pos[0]),
    message: `${message.replace(/\.$/, "")}.`,
  }));
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (error) {
    errors.push({ line: 1, message: `${error instanceof Error ? error.message : String(error)}.` });
  }
  return {
    value,
    errors,
    lineOf(path) {
      let node: unknown = document.contents;
      let offset = 0;
      for (const key of path) {
        if (isMap(node)) {
          const pair = node.items.find(
            (item) => String(isScalar(item.key) ? item.key.value : item.key) === String(key),
          );
          if (!pair) break;
          offset = (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
          node = pair.value;
        } else if (isSeq(node) && typeof key === "number") {
          const item = node.items[key] as { range?: readonly number[] } | undefined;
          offset = item?.range?.[0] ?? offset;
          node = item;
        } else {
          break;
        }
      }
      return lineAt(text, offset);
    },
  };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|[\r\n]/).length;
}

/** `InvalidSymbol` as `Invalid symbol`. */
function sentence(code: string): string {
  return code.replaceAll(/(?<=[a-z])([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
}
