/**
 * The names that a mistyped one most likely meant, nearest first, at most `limit`. Empty when nothing is near: more
 * than a third of the letters would have to change.
 */
export function nearest(name: string, names: Iterable<string>, limit = 1): string[] {
  const wanted = name.toLowerCase();
  const near: { name: string; distance: number }[] = [];
  for (const candidate of names) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    const bound = Math.max(2, Math.floor(Math.max(wanted.length, candidate.length) / 3));
    if (distance <= bound && distance < wanted.length) near.push({ name: candidate, distance });
  }
  near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return near.slice(0, limit).map((candidate) => candidate.name);
}

/** Letters to insert, delete, replace or swap with their neighbour to turn one text into the other. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) best = Math.min(best, beforeLast[column - 2]! + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length]!;
}
