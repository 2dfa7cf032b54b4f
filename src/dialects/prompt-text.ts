import type { Dialect, Role } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import type { OpaqueValue, TextPart } from "../value/value.ts";
import { fixedOrder, RequestDraft, type LoweredBody } from "./request-draft.ts";

/** A message of a prompt that is written down as text. */
export interface PromptMessage {
  readonly role: Role;
  readonly parts: readonly TextPart[];
  readonly span: Span;
}

/** Where earlier messages are put in. */
export interface PromptHistory {
  readonly history: OpaqueValue;
  readonly span: Span;
}

/** Lowers a prompt of plain messages: those of the system that come first are the system text. */
export function lowerPromptText(
  dialect: Dialect,
  messages: readonly (PromptMessage | PromptHistory)[],
): LoweredBody {
  const draft = new RequestDraft(dialect);
  let block = 0;
  let message = -1;
  for (const each of messages) {
    const order = fixedOrder(each.span);
    if ("history" in each) {
      message++;
      const place = { region: "messages", role: undefined, order, block: 0, message } as const;
      draft.addStretch(each.history, each.span, place);
      continue;
    }
    const { role, parts, span } = each;
    const known = { role, kind: "text", parts, span, order, from: [] } as const;
    if (role === "system" && message < 0) draft.addSegment({ ...known, region: "system", block: block++ });
    else draft.addSegment({ ...known, region: "messages", block: 0, message: ++message });
  }
  return draft.finish();
}
