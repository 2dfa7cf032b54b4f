import { restated, textOf } from "../value/construct.ts";
import { isFresh } from "../value/scope.ts";
import type { TextValue } from "../value/value.ts";

/** A text that is made once for a conversation: what is fresh in it lasts as long as that. */
export function ofSession({ parts }: TextValue): TextValue {
  return textOf(
    parts.map((part) =>
      part.kind === "hole" && isFresh(part.hole.scope)
        ? { ...part, hole: restated(part.hole, { scope: "session" }) }
        : part,
    ),
  );
}
