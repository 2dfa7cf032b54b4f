import type { Span } from "../../source/source-file.ts";
import { constant, list, listElement, record, recordEntry, text } from "../../value/construct.ts";
import { literalText } from "../../value/inspect.ts";
import type { Value } from "../../value/value.ts";
import { deepCopy } from "../copies.ts";
import type { Run } from "../run.ts";
import { first } from "./arguments.ts";
import { readFile } from "./files.ts";
import type { LibraryFunction } from "./library.ts";

/** Longest literal in the code that is read as JSON, in characters. */
const maximumLength = 1_000_000;

/** The value of a text that is a whole file of data, or JSON itself; undefined: it is neither. */
export function parsedData(run: Run, value: Value | undefined): Value | undefined {
  const literal = literalText(value);
  if (value?.type !== "text" || literal === undefined || literal.length > maximumLength) return undefined;
  const [part] = value.parts;
  const isFile = value.parts.length === 1 && part!.span.start === 0 && part!.span.end === literal.length;
  const data = isFile ? run.host.readData(part!.span.file) : undefined;
  // Each call makes a value of its own.
  if (data) return deepCopy(data);
  try {
    return part && fromJson(JSON.parse(literal), part.span);
  } catch {
    return undefined;
  }
}

function fromJson(data: unknown, span: Span): Value {
  if (typeof data === "string") return text(data, span);
  if (Array.isArray(data))
    return list(
      data.map((item) => listElement(fromJson(item, span), span)),
      span,
    );
  if (typeof data === "object" && data !== null) {
    return record(
      span,
      Object.entries(data).map(([key, item]) => [key, recordEntry(fromJson(item, span), span)]),
    );
  }
  return constant(data as number | boolean | null);
}

/** `json.loads(text)`, `yaml.safe_load(text)`, `JSON.parse(text)`. */
export const parseText: LibraryFunction = ({ run, args: [argument] }) => parsedData(run, argument?.value);

/** `json.load(file)`, `yaml.safe_load(file)`: of a file that was opened by its name, or of its text. */
export const parseFile: LibraryFunction = (call) => {
  const value = first(call)?.value;
  return parsedData(call.run, value?.type === "text" ? value : openedFile(call.run, value, call.span));
};

function openedFile(run: Run, value: Value | undefined, span: Span): Value | undefined {
  if (value?.type !== "opaque") return undefined;
  const { origin } = value;
  if (origin.kind === "operation" && origin.operator === "open file" && origin.operands[0])
    return readFile(run, origin.operands[0], span);
  const isOpen =
    origin.kind === "call" && origin.callee.type === "opaque" && /(?:^|[.:])open$/.test(origin.callee.key);
  const path = isOpen ? origin.arguments[0]?.value : undefined;
  return path && readFile(run, path, span);
}
