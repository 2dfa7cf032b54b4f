import type { Span } from "../source/source-file.ts";
import { record, recordEntry } from "../value/construct.ts";
import type { RecordEntryValue, RecordValue, Value } from "../value/value.ts";
import { toolRecord } from "./chat-body.ts";
import { constructionOf, findArgument } from "./construction.ts";

/** Names under which libraries take the parts of a tool. */
const names = ["name"];
const descriptions = ["description"];
const schemas = ["parameters", "args_schema", "inputSchema", "input_schema", "fn_schema"];
const functions = ["function", "fn", "func", "async_fn"];

/**
 * A tool that a library's class or function makes of a name, a description and a schema, or of a function, as the
 * record that `toolRecord` makes of a function. Any other value is given back.
 */
export function declaredTool(tool: Value, span: Span): Value {
  if (tool.type !== "opaque") return toolRecord(tool);
  const made = constructionOf(tool);
  if (!made) return tool;
  const wrapped = findArgument(made, functions, 0);
  const own = wrapped?.value.type === "function" ? toolRecord(wrapped.value) : undefined;
  const base = own?.type === "record" ? own.entries : new Map<string, RecordEntryValue>();
  const name = findArgument(made, names) ?? base.get("name");
  if (!name) return tool;
  const description = findArgument(made, descriptions) ?? base.get("description");
  const schema = findArgument(made, schemas) ?? base.get("input_schema");
  return toolOf(name, description, schema, span);
}

/** A tool of its parts. */
export function toolOf(
  name: RecordEntryValue,
  description: RecordEntryValue | undefined,
  schema: RecordEntryValue | undefined,
  span: Span,
): RecordValue {
  const result = record(span, [["name", name]]);
  if (description) result.entries.set("description", description);
  if (schema) result.entries.set("input_schema", schema);
  return result;
}

/** A tool as an element of Converse's list of tools. */
export function converseTool(tool: Value): Value {
  if (tool.type !== "record" || !tool.entries.has("name")) return tool;
  const { span } = tool;
  const specification = new Map(tool.entries);
  const schema = specification.get("input_schema");
  specification.delete("input_schema");
  if (schema) {
    specification.set("inputSchema", recordEntry(record(schema.span, [["json", schema]]), schema.span));
  }
  return record(span, [["toolSpec", recordEntry(record(span, specification), span)]]);
}
