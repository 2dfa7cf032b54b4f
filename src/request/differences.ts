import type { OpaqueValue } from "../value/value.ts";
import type { Region, Request, Segment } from "./request.ts";
import { joinLiterals } from "./reuse.ts";

/** Where a region of two requests differs, and in what. */
export interface RegionDifference {
  readonly region: Region;
  /** Index into `Request.segments` at which the first request begins to differ: what stands there, or what is missing. */
  readonly segment: number;
  /** Characters of literal text in that segment that both requests have in front of the difference. */
  readonly alike: number;
  /** What only the one and only the other holds between the first and the last difference: literals and values. */
  readonly own: readonly (OpaqueValue | string)[];
  readonly other: readonly (OpaqueValue | string)[];
  /** The expressions of the segments that only one of them has, of the first request before the other. */
  readonly segments: readonly Segment[];
}

/**
 * The first difference of two requests within a region, undefined where both hold the same literals and the same
 * sources. A value that is evaluated anew is no difference here. Of the messages only the first is compared: later
 * ones depend on the answers.
 */
export function differenceIn(request: Request, other: Request, region: Region): RegionDifference | undefined {
  const mine = placesIn(request, region);
  const theirs = placesIn(other, region);
  const start = commonLength(mine, theirs, (index) => index);
  if (start === mine.length && start === theirs.length) return undefined;
  const longest = Math.min(mine.length, theirs.length) - start;
  const end = Math.min(
    longest,
    commonLength(mine, theirs, (index, length) => length - 1 - index),
  );
  const [ownPlaces, otherPlaces] = [
    mine.slice(start, mine.length - end),
    theirs.slice(start, theirs.length - end),
  ];
  const [own, others] = withoutCommonText(
    ownPlaces.flatMap(({ atoms }) => atoms),
    otherPlaces.flatMap(({ atoms }) => atoms),
  );
  return {
    region,
    segment: mine[start]?.index ?? endOf(request, region),
    alike: alikeLength(mine[start]?.atoms ?? [], theirs[start]?.atoms ?? []),
    own,
    other: others,
    segments: [...ownPlaces, ...otherPlaces].map(({ segment }) => segment),
  };
}

interface Place {
  readonly index: number;
  readonly segment: Segment;
  readonly atoms: readonly (OpaqueValue | string)[];
  /** The same for two segments that hold the same. */
  readonly print: string;
}

function placesIn({ segments }: Request, region: Region): Place[] {
  return segments.flatMap((segment, index) => {
    if (segment.region !== region || (segment.message ?? 0) > 0) return [];
    const atoms = joinLiterals(segment.parts);
    const print = [segment.role, segment.kind, segment.stretch, ...atoms.map(printAtom)].join("\0");
    return [{ index, segment, atoms, print }];
  });
}

function printAtom(atom: OpaqueValue | string): string {
  return typeof atom === "string" ? `"${atom}` : atom.key;
}

function endOf({ segments }: Request, region: Region): number {
  const last = segments.findLastIndex((segment) => rank(segment.region) <= rank(region));
  return last + 1;
}

function rank(region: Region): number {
  return ["tools", "system", "messages"].indexOf(region);
}

function commonLength(
  a: readonly Place[],
  b: readonly Place[],
  at: (index: number, length: number) => number,
): number {
  const longest = Math.min(a.length, b.length);
  for (let index = 0; index < longest; index++) {
    if (a[at(index, a.length)]!.print !== b[at(index, b.length)]!.print) return index;
  }
  return longest;
}

/** The length of the literals that both begin with, holes between them left out. */
function alikeLength(own: Atoms, other: Atoms): number {
  const [rest] = withoutCommonStart(own, other);
  return literalLength(own) - literalLength(rest);
}

function literalLength(atoms: Atoms): number {
  return atoms.reduce((length, atom) => length + (typeof atom === "string" ? atom.length : 0), 0);
}

type Atoms = readonly (OpaqueValue | string)[];

/** Both without what they begin and end with alike; literals are compared by their characters. */
export function withoutCommonText(own: Atoms, other: Atoms): [Atoms, Atoms] {
  const [a, b] = withoutCommonStart(own, other);
  const [reversedA, reversedB] = withoutCommonStart(reverse(a), reverse(b));
  return [reverse(reversedA), reverse(reversedB)];
}

function withoutCommonStart(own: Atoms, other: Atoms): [Atoms, Atoms] {
  let index = 0;
  while (index < own.length && index < other.length && printAtom(own[index]!) === printAtom(other[index]!))
    index++;
  const [first, second] = [own[index], other[index]];
  if (typeof first !== "string" || typeof second !== "string") return [own.slice(index), other.slice(index)];
  let same = 0;
  while (same < first.length && same < second.length && first[same] === second[same]) same++;
  return [
    [first.slice(same), ...own.slice(index + 1)].filter((atom) => atom !== ""),
    [second.slice(same), ...other.slice(index + 1)].filter((atom) => atom !== ""),
  ];
}

function reverse(atoms: Atoms): Atoms {
  return atoms.toReversed().map((atom) => (typeof atom === "string" ? [...atom].reverse().join("") : atom));
}

/** True where text that anybody can read is among what differs: letters or digits of a literal. */
export function holdsLiteral(atoms: Atoms): boolean {
  return atoms.some((atom) => typeof atom === "string" && /[\p{L}\p{N}]/u.test(atom));
}
