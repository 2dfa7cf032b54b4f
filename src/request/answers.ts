import type { Span } from "../source/source-file.ts";
import { accessPath } from "../value/inspect.ts";
import type { Decision, OpaqueValue } from "../value/value.ts";
import { modelAnswer } from "../value/reasons.ts";

/** Whether a condition asks about nothing but what other calls than the one at `site` have answered. */
export function isAboutOtherAnswers({ subjects }: Decision, site: Span): boolean {
  return subjects.length > 0 && subjects.every((subject) => isOtherAnswer(subject, site));
}

function isOtherAnswer(value: OpaqueValue, site: Span): boolean {
  const answer = accessPath(value).values[0];
  if (value.reason !== modelAnswer || !answer) return false;
  return answer.span.file !== site.file || answer.span.start !== site.start;
}
