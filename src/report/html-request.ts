import type { CheckpointSummary, LintResult, RequestSummary } from "../engine/result.ts";
import type { Finding } from "../rule/finding.ts";
import { isUnstable } from "../value/scope.ts";
import { affectsPhrase, breakEvenPhrase, costPhrase } from "./cost-text.ts";
import { html, type Html } from "./html-text.ts";
import { cellText, placeOf, placeText } from "./place.ts";
import type { ReportContext } from "./report.ts";
import { describeRequest } from "./describe-request.ts";
import { bar, entriesOf, fateOf, fateOfMark, fates, foldAlike, leftText, type Fate } from "./html-bar.ts";
import type { SegmentRun } from "./segment-runs.ts";
import { tokenPhrase, tokenText } from "./token-text.ts";

/**
 * One request as the provider reads it: a bar to scale, and a table of its segments with checkpoints and findings in
 * their places.
 * @param findings by index of the segment; -1: the request as a whole
 */
export function requestSection(
  request: RequestSummary,
  id: string,
  findings: ReadonlyMap<number, readonly Finding[]>,
  result: LintResult,
  context: ReportContext,
): Html {
  const place = placeOf(request.at, result.files);
  const title = `${place.file}:${place.start.line}${cellText(request.at, result.files, context.cellAt)}`;
  const shown = foldAlike(entriesOf(request, findings));
  const rows = shown.map((entry) =>
    "left" in entry
      ? html`<tr class="faint">
          <td colspan="7">${leftText(entry.left)}</td>
        </tr>`
      : [
          segmentRow(entry.run, fateOf(entry.run.last, request)),
          ...entry.findings.map(
            (finding) =>
              html`<tr class="finding">
                <td colspan="7">${findingNote(finding, result, context)}</td>
              </tr>`,
          ),
          ...entry.marks.map(checkpointRow),
        ],
  );
  const marksInFront = request.checkpoints.filter(({ afterSegment }) => afterSegment < 0);
  return html`
    <section id="${id}" aria-labelledby="${id}-title">
      <h2 id="${id}-title">${title}</h2>
      <p class="faint">${describeRequest(request)}</p>
      ${(findings.get(-1) ?? []).map((finding) => findingNote(finding, result, context))}
      ${bar(shown, marksInFront, request)}
      <div class="scroll" role="group" tabindex="0" aria-label="Segments of ${title}">
        <table>
          <caption>
            Segments of the request at ${title}, in the order in which the provider reads them
          </caption>
          <thead>
            <tr>
              <th scope="col">region</th>
              <th scope="col">role</th>
              <th scope="col">kind</th>
              <th scope="col">scope</th>
              <th scope="col" class="tokens">tokens</th>
              <th scope="col">next request</th>
              <th scope="col">text</th>
            </tr>
          </thead>
          <tbody>
            ${marksInFront.map(checkpointRow)}${rows}
          </tbody>
        </table>
      </div>
      ${request.segments.length === 0 ? html`<p>Nothing of this request is known.</p>` : undefined}
      ${request.checkpoints.length === 0 ? html`<p class="faint">No checkpoint.</p>` : undefined}
      ${notUnderstood(request, result)}
    </section>
  `;
}

function segmentRow({ segment, times }: SegmentRun, fate: Fate | undefined): Html {
  const { region, role, kind, scope, order, tokens, preview } = segment;
  const notes = [
    ...(times > 1 ? [`${times} times`] : []),
    ...(isUnstable(order) ? [`${order} order`] : []),
  ].join(", ");
  return html`<tr>
    <td>${region}</td>
    <td>${role}</td>
    <td>${kind}</td>
    <td><span class="swatch" style="--scope:var(--${scope})"></span>${scope}</td>
    <td class="tokens">${tokenText(tokens)}</td>
    <td>${fate && fates[fate]}</td>
    <td class="text">${preview}${notes === "" ? undefined : html` <b>${notes}</b>`}</td>
  </tr> `;
}

function checkpointRow(checkpoint: CheckpointSummary): Html {
  const { ttl, origin, prefixTokens, reason } = checkpoint;
  const fate = fateOfMark(checkpoint);
  const kind = origin === "explicit" ? "Checkpoint" : `Checkpoint (${origin})`;
  return html`<tr class="checkpoint mark-${fate}">
    <td colspan="7">
      ${kind}${ttl === undefined ? "" : ` ${ttl}`}: ${tokenPhrase(prefixTokens)} in front of it,
      ${fate === "open" ? "not known whether they are read" : fates[fate]}.
      <span class="faint">${reason}</span>
    </td>
  </tr> `;
}

/** A finding with its place, what it costs and the way to its page. */
export function findingNote(finding: Finding, { files }: LintResult, context: ReportContext): Html {
  const { ruleId, severity, message, at, tokens, cost, affects, confidence } = finding;
  const url = context.rules.find(({ id }) => id === ruleId)?.url;
  const costs = cost && costPhrase(cost);
  const notes = [
    ...(tokens ? [`${tokenPhrase(tokens)} in each request${costs ? `: ${costs}` : ""}`] : []),
    ...[cost && breakEvenPhrase(cost), affects && affectsPhrase(affects)].filter(
      (note) => note !== undefined,
    ),
    ...(confidence === "certain" ? [] : [`confidence: ${confidence}`]),
  ];
  return html`<div class="note level-${severity}">
    <p>
      <strong>${severity === "error" ? "error" : "warning"}</strong>
      ${url === undefined ? ruleId : html`<a href="${url}">${ruleId}</a>`}
      <code>${placeText(placeOf(at, files))}</code>
    </p>
    <p>${message}</p>
    ${notes.map((note) => html`<p class="faint">${note}</p>`)}
  </div>`;
}

function notUnderstood({ unresolved }: RequestSummary, { files }: LintResult): Html | undefined {
  if (unresolved.length === 0) return undefined;
  return html`<details>
    <summary>Not understood (${unresolved.length})</summary>
    <ul class="plain">
      ${unresolved.map(
        ({ at, reason }) => html`<li><code>${placeText(placeOf(at, files))}</code>: ${reason}</li>`,
      )}
    </ul>
  </details>`;
}
