import type { Dialect } from "./request.ts";

/** What a mark of a dialect is made of. */
export interface MarkShape {
  /** An entry of the block that it marks, or an element of its own behind it. */
  readonly form: "entry" | "element";
  readonly key: string;
  readonly value: Readonly<Record<string, string>>;
}

/** The mark of a dialect; undefined where the provider finds the prefix by itself, or a cache has a name. */
export function markShapeOf(dialect: Dialect): MarkShape | undefined {
  switch (dialect) {
    case "anthropic":
      return { form: "entry", key: "cache_control", value: { type: "ephemeral" } };
    case "converse":
      return { form: "element", key: "cachePoint", value: { type: "default" } };
    case "nova":
      return { form: "entry", key: "cachePoint", value: { type: "default" } };
    case "openai":
    case "gemini":
      return undefined;
  }
}
