import type { Affected, RelatedPlace } from "../rule/finding.ts";
import type { ReportedFinding } from "../rule/rule.ts";
import type { Span } from "../source/source-file.ts";
import { confidenceRank } from "../value/scope.ts";

/** What a rule reported about one request, which the call at `site` sends. */
export interface SiteFinding extends ReportedFinding {
  readonly site: Span;
}

/** A finding that speaks for all requests in which its rule reports the place. */
export interface MergedFinding extends ReportedFinding {
  readonly affects: Affected;
}

/**
 * One finding for each place and rule, in the order in which they were first reported: several calls that share a
 * helper, a constant or a mark share its defect, and the reader edits one place; requests of one file share the text
 * that tells them apart. The surest of them speaks for all,
 * and says where another of the requests stands.
 */
export function mergeFindings(findings: readonly SiteFinding[]): readonly MergedFinding[] {
  const groups = new Map<string, [SiteFinding, ...SiteFinding[]]>();
  for (const finding of findings) {
    const key = `${finding.ruleId} ${keyOf(finding.once ?? finding.at)}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map((group) => {
    const spokesman = group.reduce((best, each) =>
      confidenceRank[each.confidence] < confidenceRank[best.confidence] ? each : best,
    );
    const sites = new Map(group.map(({ site }) => [keyOf(site), site]));
    const marks = new Set(group.flatMap(({ checkpoints }) => checkpoints.map(keyOf)));
    sites.delete(keyOf(spokesman.site));
    const others = [...sites.values()];
    return {
      ...spokesman,
      related: [...oneOfEach(spokesman.related), ...tellOthers(others)],
      affects: { requests: others.length + 1, checkpoints: marks.size },
    };
  });
}

/** A statement that marks in several requests or rounds is said once what becomes of its marks. */
function oneOfEach(related: readonly RelatedPlace[]): readonly RelatedPlace[] {
  return [...new Map(related.map((place) => [`${keyOf(place.span)} ${place.message}`, place])).values()];
}

function tellOthers([first, ...more]: readonly Span[]) {
  if (!first) return [];
  const rest = more.length === 0 ? "" : `, and so are ${more.length} more`;
  return [{ span: first, message: `The request sent here is affected, too${rest}.` }];
}

function keyOf({ file, start, end }: Span): string {
  return `${file}:${start}:${end}`;
}
