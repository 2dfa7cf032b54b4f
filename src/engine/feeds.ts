import type { FileOutline } from "./run-file.ts";

/** By each file that requests stand in, every file that was needed to find out what they send, itself included. */
export type Feeds = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Which files feed the requests that were found. More than really do: all that such a file imports counts.
 * @param usesOf a file and all that was needed to run it
 */
export function feedsOf(
  files: readonly FileOutline[],
  usesOf: (file: FileOutline) => Iterable<string>,
): Feeds {
  const feeds = new Map<string, Set<string>>();
  for (const file of files) {
    const sites = new Set(file.outlines.map(({ site }) => site.file));
    const uses = sites.size > 0 ? [...usesOf(file)] : [];
    for (const site of sites) {
      let fed = feeds.get(site);
      if (!fed) feeds.set(site, (fed = new Set([site])));
      for (const path of uses) fed.add(path);
    }
  }
  return feeds;
}
