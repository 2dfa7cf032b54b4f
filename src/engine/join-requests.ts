import type { SentRequest, Start } from "../evaluate/host.ts";
import type { Request } from "../request/request.ts";

/** The requests of one run, in the order in which they were sent, each with what it has to do with the others. */
export function joinRequests(sent: readonly SentRequest[]): readonly Request[] {
  const requests: Request[] = [];
  const ofCalls = groupCalls(sent);
  const branches = new Map<Start, { readonly branch: number | undefined; readonly request: Request }[]>();
  for (const [index, { request, decisions, call, start, branch }] of sent.entries()) {
    const readers = request.use === "cache" ? { readers: countReaders(sent, index) } : {};
    const group = ofCalls.get(call);
    const plain: Request = { ...request, decisions, call, ...(group && { ofSameCall: group }), ...readers };
    group?.push(plain);
    if (!start) {
      requests.push(plain);
      continue;
    }
    const started = branches.get(start) ?? [];
    branches.set(start, started);
    started.push({ branch, request: plain });
    const earlier = sent.findIndex((other) => other.start === start);
    requests.push({
      ...plain,
      fanOut: {
        span: start.span,
        // Those that follow are not known yet.
        get together() {
          return started.filter((other) => other.branch !== branch).map((other) => other.request);
        },
        earlier: requests.slice(0, earlier),
      },
    });
  }
  return requests;
}

/** A list to be filled for each call of the entry point in which requests are sent from several places. */
function groupCalls(sent: readonly SentRequest[]): ReadonlyMap<number, Request[]> {
  const first = new Map<number, SentRequest>();
  const groups = new Map<number, Request[]>();
  for (const one of sent) {
    const { site } = (first.get(one.call) ?? one).request;
    if (!first.has(one.call)) first.set(one.call, one);
    else if (site.start !== one.request.site.start || site.file !== one.request.site.file)
      groups.set(one.call, []);
  }
  return groups;
}

/** Requests of the same call of the entry point that name a cache resource, before the next one is made. */
function countReaders(sent: readonly SentRequest[], made: number): number {
  let readers = 0;
  for (const { request, call } of sent.slice(made + 1)) {
    if (call !== sent[made]!.call || request.use === "cache") break;
    if (request.checkpoints.some(({ origin }) => origin === "handle")) readers++;
  }
  return readers;
}
