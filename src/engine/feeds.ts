import type { Conversation } from "./find-requests.ts";
import type { Project } from "./project.ts";

/** By each file that requests stand in, every file that was needed to find out what they send, itself included. */
export type Feeds = ReadonlyMap<string, ReadonlySet<string>>;

/** Which files feed the requests that were found. More than really do: all that such a file imports counts. */
export function feedsOf(found: readonly Conversation[], project: Project): Feeds {
  const feeds = new Map<string, Set<string>>();
  const closures = new Map<string, ReadonlySet<string>>();
  for (const { site, from } of found) {
    let closure = closures.get(from);
    if (!closure) closures.set(from, (closure = project.usesOf(from)));
    let files = feeds.get(site.file);
    if (!files) feeds.set(site.file, (files = new Set([site.file])));
    for (const path of closure) files.add(path);
  }
  return feeds;
}
