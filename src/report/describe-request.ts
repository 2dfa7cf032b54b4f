import type { RequestSummary } from "../engine/result.ts";

/** What a request is, in a line: `anthropic-python, anthropic dialect, claude-sonnet-4-5 on bedrock`. */
export function describeRequest(request: RequestSummary): string {
  const { sdk, dialect, platform } = request;
  const shape = dialect === undefined ? "" : `, ${dialect} dialect`;
  return `${sdk}${shape}, ${describeModel(request)}${platform ? ` on ${platform}` : ""}`;
}

/** The model of the catalog and as it is written, and how sure it is. */
function describeModel(request: RequestSummary): string {
  const { model, modelId, otherModelIds = [], isDefaultModel, anyModelOf, modelChosenBy } = request;
  const written = modelId !== undefined && modelId !== model ? `"${modelId}"` : undefined;
  const name = model && written ? `${model} (${written})` : (model ?? written);
  const notes = [
    ...(isDefaultModel ? ["a default"] : []),
    ...(otherModelIds.length > 0 ? [`or one of ${otherModelIds.length} others`] : []),
    ...(modelChosenBy === undefined ? [] : [`${modelChosenBy} names it`]),
  ];
  const note = notes.length > 0 ? ` (${notes.join(", ")})` : "";
  return `${name ?? (anyModelOf ? `any ${anyModelOf} model` : "unknown model")}${note}`;
}
