import type { Conversation } from "./find-requests.ts";

/** Parts of values that are the code itself, which all files share. */
const shared: ReadonlySet<string> = new Set(["node", "environment"]);

/** Stands for the names a function can see, where it is never called again. */
const nothing = Object.freeze({});

/**
 * Takes away from the functions and classes in some requests what they would need to be called: the names around them,
 * which would otherwise be kept as long as the requests are.
 */
export function releaseCode(conversations: readonly Conversation[]): void {
  const seen = new Set<object>();
  const pending: unknown[] = [conversations];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    if (Array.isArray(value) || value instanceof Set) {
      for (const item of value) pending.push(item);
    } else if (value instanceof Map) {
      for (const item of value.values()) pending.push(item);
    } else {
      const parts = value as Record<string, unknown>;
      const { type } = parts;
      if (type === "function" || type === "class") {
        parts["environment"] = nothing;
      } else if (type === "opaque") {
        // What makes them when somebody asks keeps all that it is made from.
        void parts["key"];
        void parts["id"];
      }
      for (const key in parts) if (!shared.has(key)) pending.push(parts[key]);
    }
  }
}
