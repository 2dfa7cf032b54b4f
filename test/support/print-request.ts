import type { LoweredRequest, Segment } from "../../src/request/request.ts";
import type { TextPart } from "../../src/value/value.ts";

export interface PrintOptions {
  /** True: holes are printed with their key, which names files and library calls, and not with their scope alone. */
  readonly keys?: boolean;
}

/**
 * A request as short lines: what is sent, where the checkpoints stand, and nothing of files, SDKs and spans, so that
 * the same request prints the same whatever language it is written in.
 */
export function printRequest(
  request: Omit<LoweredRequest, "site" | "sdk">,
  { keys = false }: PrintOptions = {},
): string {
  const { dialect, platform, model, use, segments, checkpoints, faults, parameters, unresolved } = request;
  const lines = [`${dialect} ${platform ?? "?"} ${model.text ?? "?"}${use === "send" ? "" : ` (${use})`}`];
  segments.forEach((segment, index) => {
    lines.push(...marksBehind(checkpoints, index - 1, index === 0), printSegment(segment, keys));
  });
  lines.push(...marksBehind(checkpoints, segments.length - 1, segments.length === 0));
  for (const { kind, reason } of faults) lines.push(`! ${kind}: ${reason}`);
  for (const { name, invalidates } of parameters) lines.push(`~ ${name}: ${invalidates.join(" ")}`);
  if (model.chosenBy !== undefined) lines.push(`? model: ${model.chosenBy} names it`);
  for (const { part, reason } of unresolved) lines.push(`? ${part}: ${reason}`);
  return lines.join("\n");
}

function marksBehind(
  checkpoints: LoweredRequest["checkpoints"],
  after: number,
  isFirst: boolean,
): readonly string[] {
  return checkpoints
    .filter((checkpoint) => checkpoint.after === after || (isFirst && checkpoint.after < 0))
    .map(({ origin, region, ttl }) => {
      const life = ttl ? ` ${ttl.known ? ttl.text : "?"}` : "";
      return `-- ${origin} ${region}${life}`;
    });
}

function printSegment(segment: Segment, keys: boolean): string {
  const { region, role, kind, parts, message, block, stretch, sampled, order } = segment;
  const place = message === undefined ? `${block}` : `${message}.${block}`;
  const flags = [
    ...(stretch ? ["stretch"] : []),
    ...(sampled ? ["sampled"] : []),
    ...(order.order === "fixed" || order.order === "insertion" ? [] : [order.order]),
  ];
  const known = [region, place, ...(role && role !== region ? [role] : []), kind, ...flags].join(" ");
  return `${known} | ${parts.map((part) => printPart(part, keys)).join("")}`;
}

/** Longest literal that is printed in full. */
const longestLiteral = 120;

function printPart(part: TextPart, keys: boolean): string {
  if (part.kind === "literal") {
    const text = part.text.replaceAll("\n", "\\n");
    return text.length > longestLiteral ? `${text.slice(0, longestLiteral)}...(${text.length})` : text;
  }
  const { scope, key } = part.hole;
  return keys ? `<${key}:${scope}>` : `<${scope}>`;
}
