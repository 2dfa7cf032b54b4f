import { libraryName } from "../../value/inspect.ts";
import type { OpaqueValue } from "../../value/value.ts";

/** Message classes of LangChain, by name, with what their field `type` says. */
const types: ReadonlyMap<string, string> = new Map([
  ["SystemMessage", "system"],
  ["HumanMessage", "human"],
  ["AIMessage", "ai"],
  ["ToolMessage", "tool"],
]);

/** The type of a message that was made by a class of LangChain: of `SystemMessage("...")` it is `system`. */
export function typeOfMessage({ origin }: OpaqueValue): string | undefined {
  if (origin.kind !== "call" || origin.callee.type !== "opaque") return undefined;
  const [module, name] =
    /^(langchain\w*)\.(?:.*\.)?(\w+)$/.exec(libraryName(origin.callee) ?? "")?.slice(1) ?? [];
  return module === undefined ? undefined : types.get(name ?? "");
}

/** Whether a list holds messages of LangChain, going by the annotation of the parameter it came by. */
export function holdsMessages({ origin }: OpaqueValue): boolean {
  return origin.kind === "parameter" && /\b(?:BaseMessage|AnyMessage)\b/.test(origin.annotation ?? "");
}

/** The type of a message of LangChain whose role in OpenAI's words is this one. */
export function typeOfRole(role: "system" | "user" | "assistant"): string {
  return role === "user" ? "human" : role === "assistant" ? "ai" : role;
}
