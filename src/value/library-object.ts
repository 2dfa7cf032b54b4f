import { freshId, opaque } from "./construct.ts";
import { accessPath } from "./inspect.ts";
import type { ArgumentValue, ClassValue, OpaqueValue, RecordValue } from "./value.ts";

const objects = new WeakMap<RecordValue, OpaqueValue>();

/** Longest line of bases that is followed. */
const maximumDepth = 10;

/**
 * What an object of a class in view is to the library whose class that inherits: an object the library's class made, with
 * the fields it has at the time of asking as its arguments. Undefined where all its bases are in view, or built in.
 */
export function libraryObject(value: RecordValue): OpaqueValue | undefined {
  const known = objects.get(value);
  if (known) return known;
  const base = value.class && baseOutside(value.class, 0);
  if (!base) return undefined;
  const origin = {
    kind: "call" as const,
    callee: base,
    get arguments(): readonly ArgumentValue[] {
      return [...value.entries].map(([name, entry]) => ({
        name,
        value: entry.value,
        span: entry.span,
        entrySpan: entry.entrySpan,
        stretch: false,
      }));
    },
    isNew: true,
  };
  const id = freshId();
  // Decisions about its fields are told apart by this key, in all runs alike.
  const key = `${base.key}@${value.span.file}:${value.span.start}`;
  const made = opaque({ origin, key, span: value.span }, { id });
  objects.set(value, made);
  return made;
}

/** The nearest base that a library exports. */
function baseOutside({ bases }: ClassValue, depth: number): OpaqueValue | undefined {
  if (depth > maximumDepth) return undefined;
  for (const base of bases) {
    const found =
      base.type === "class"
        ? baseOutside(base, depth + 1)
        : base.type === "opaque" && accessPath(base).root.kind === "import"
          ? base
          : undefined;
    if (found) return found;
  }
  return undefined;
}
