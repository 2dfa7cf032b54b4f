import type { LintResult, RequestSummary } from "../engine/result.ts";
import type { Span } from "../source/source-file.ts";
import { jsonPlace, jsonTokens } from "./json.ts";
import type { ReportContext, Reporter } from "./report.ts";

/**
 * The requests as data, version 1. Every place that need not lie in the request's own file carries its `filePath`;
 * what is not known is null.
 */
export const explainJson: Reporter = (result, context) => {
  const requests = result.requests.map((request) => toRequest(request, result, context));
  return `${JSON.stringify({ version: 1, requests }, undefined, 2)}\n`;
};

function toRequest(request: RequestSummary, result: LintResult, context: ReportContext): object {
  const lineOf = (span: Span): object => {
    const { line, cell, cellLine } = jsonPlace(span, result, context);
    return { filePath: span.file, line, ...(cell !== undefined && { cell, cellLine }) };
  };
  return {
    filePath: request.at.file,
    ...jsonPlace(request.at, result, context),
    sdk: request.sdk,
    dialect: request.dialect ?? null,
    platform: request.platform ?? null,
    model: request.model ?? null,
    modelId: request.modelId ?? null,
    otherModelIds: request.otherModelIds ?? [],
    isDefaultModel: request.isDefaultModel ?? false,
    anyModelOf: request.anyModelOf ?? null,
    modelChosenBy: request.modelChosenBy ?? null,
    ...(request.toolPreambleTokens && { toolPreambleTokens: jsonTokens(request.toolPreambleTokens) }),
    segments: request.segments.map(({ region, role, kind, scope, order, tokens, at }) => ({
      region,
      role: role ?? null,
      kind,
      scope,
      order,
      tokens: jsonTokens(tokens),
      ...lineOf(at),
    })),
    checkpoints: request.checkpoints.map(
      ({ at, afterSegment, ttl, origin, prefixTokens, reusable, reason }) => ({
        ...lineOf(at),
        afterSegment,
        ttl: ttl ?? null,
        origin,
        prefixTokens: jsonTokens(prefixTokens),
        reusable: reusable ?? null,
        reason,
      }),
    ),
    unresolved: request.unresolved.map(({ at, reason, part }) => ({
      ...lineOf(at),
      ...(part && { part }),
      reason,
    })),
    versions: request.versions.map(({ name, version, file }) => ({
      package: name,
      version: version ?? null,
      filePath: file ?? null,
    })),
  };
}
