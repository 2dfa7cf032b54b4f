import { describeOpaque, opaqueIn, presentEntry, viewRecord } from "../dialects/record-view.ts";
import type { LoweredBody } from "../dialects/request-draft.ts";
import { withListedTools } from "../request/listings.ts";
import type { LoweredRequest, ModelReference, Unresolved } from "../request/request.ts";
import { accessPath } from "../value/inspect.ts";
import { possibleTexts } from "../value/possible-values.ts";
import type { OpaqueValue, RecordEntryValue, Value } from "../value/value.ts";
import { chooserOf } from "./model-chooser.ts";

/** What an SDK knows of a request beside its body. */
export interface RequestFacts extends Pick<
  LoweredRequest,
  "site" | "sdk" | "platform" | "use" | "takesMarks" | "isNeutral"
> {
  /** The entry that names the model, if there is one. */
  readonly model: RecordEntryValue | undefined;
  /** Why there is no model: a clause for `explain`. Without one, the request just does not name it. */
  readonly modelless?: string;
}

/** A request from its lowered body and what the SDK knows. */
export function assembleRequest(body: LoweredBody, facts: RequestFacts): LoweredRequest {
  const { site, sdk, platform, use, takesMarks = true, isNeutral = false } = facts;
  const { model, unresolved } = readModel(facts, body);
  const all = unresolved ? [...body.unresolved, unresolved] : body.unresolved;
  return {
    site,
    sdk,
    platform,
    use,
    takesMarks,
    ...(isNeutral && { isNeutral }),
    ...body,
    segments: withListedTools(body.segments),
    model,
    unresolved: all,
  };
}

/** The entry of a body under a key, as far as the code in view wrote or read it. */
export function bodyEntry(body: Value, key: string): RecordEntryValue | undefined {
  return presentEntry(viewRecord(body), key);
}

function readModel(
  { model: entry, site, modelless }: RequestFacts,
  body: LoweredBody,
): { readonly model: ModelReference; readonly unresolved?: Unresolved } {
  if (!entry) {
    const model = { text: undefined, span: undefined, certain: true };
    // An unknown rest of the body may well name the model; that it is unknown has been said.
    if (body.unresolved.some(({ part }) => part === "body")) return { model };
    const reason = modelless ?? "the request does not name a model";
    return { model, unresolved: { part: "model", span: site, reason } };
  }
  const { span, value } = entry;
  const possible = possibleTexts(value);
  if (possible) {
    const [text, ...others] = possible.texts;
    const certain = !possible.isOpen && entry.overridable !== true;
    return {
      model: {
        text,
        span,
        certain,
        ...(others.length > 0 && { others }),
        ...(possible.isTested && { isTested: true }),
      },
    };
  }
  const model = { text: undefined, span, certain: false };
  const chosenBy = chooserOf(value);
  if (chosenBy !== undefined) return { model: { ...model, chosenBy } };
  const [hole] = opaqueIn(value);
  const reason = hole ? `the model comes from ${describeOpaque(hole)}` : "the model is no text";
  return { model, unresolved: { part: "model", span, reason } };
}

/** Names on the way to a callee, for conventions: `self`, `bedrock_client`, a parameter's annotation. */
export function namesOnPath(callee: OpaqueValue): readonly string[] {
  const { root, steps } = accessPath(callee);
  if (root.kind === "parameter") return [root.name, root.annotation ?? "", ...steps];
  if (root.kind === "import") return [root.module, root.name, ...steps];
  return root.kind === "global" ? [root.name, ...steps] : steps;
}
