/** A stretch of a text, in UTF-16 units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Shorter stretches that two texts share are taken for coincidence, in UTF-16 units. */
const shortestShared = 40;

/** Longest line that is compared as a whole; longer ones are cut into sentences. */
const longestLine = 200;

/**
 * The stretches of a text that another one holds as well, in the same order: what both begin and end with, and whole
 * lines or sentences in between that occur once in each. They begin and end at the ends of words.
 */
export function sharedStretches(own: string, other: string): readonly Stretch[] {
  if (own === other) return own === "" ? [] : [{ start: 0, end: own.length }];
  const start = commonStart(own, other);
  const end = commonEnd(own, other, start);
  const stretches: Stretch[] = [];
  const add = (stretch: Stretch): void => {
    const last = stretches.at(-1);
    if (last && last.end >= stretch.start) stretches[stretches.length - 1] = { ...last, end: stretch.end };
    else if (stretch.end > stretch.start) stretches.push(stretch);
  };
  add({ start: 0, end: wordEndBefore(own, start) });
  for (const each of sharedChunks(own, other, start, end)) add(each);
  add({ start: wordStartAfter(own, own.length - end), end: own.length });
  return stretches.filter(
    (each) => each.start === 0 || each.end === own.length || each.end - each.start >= shortestShared,
  );
}

/** How many UTF-16 units two texts begin with alike. */
export function commonStart(a: string, b: string): number {
  const longest = Math.min(a.length, b.length);
  let at = 0;
  while (at < longest && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

function commonEnd(a: string, b: string, start: number): number {
  const longest = Math.min(a.length, b.length) - start;
  let length = 0;
  while (length < longest && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) {
    length++;
  }
  return length;
}

/** The end of the last whole word in front of an offset at which two texts begin to differ. */
function wordEndBefore(text: string, offset: number): number {
  if (offset === text.length) return offset;
  let at = offset;
  while (at > 0 && isWord(text, at - 1)) at--;
  return at;
}

function wordStartAfter(text: string, offset: number): number {
  if (offset === 0) return offset;
  let at = offset;
  while (at < text.length && isWord(text, at) && isWord(text, at - 1)) at++;
  return at;
}

const word = /[\p{L}\p{N}_]/u;

/** Letters, digits, and what joins them in ids and dates. */
function isWord(text: string, at: number): boolean {
  const character = text.charAt(at);
  if (isLetter(character)) return true;
  return /[-:.+]/.test(character) && isLetter(text.charAt(at - 1)) && isLetter(text.charAt(at + 1));
}

function isLetter(character: string): boolean {
  return word.test(character) || isSurrogate(character);
}

function isSurrogate(character: string): boolean {
  const code = character.charCodeAt(0);
  return code >= 0xd800 && code <= 0xdfff;
}

interface Chunk extends Stretch {
  readonly text: string;
}

function chunksOf(text: string, start: number, end: number): Chunk[] {
  const chunks: Chunk[] = [];
  for (const line of text.slice(start, end).matchAll(/[^\n]+\n*|\n+/g)) {
    const pieces = line[0].length > longestLine ? line[0].match(/[\s\S]*?[.!?]\s+|[\s\S]+$/g)! : [line[0]];
    let at = start + line.index;
    for (const piece of pieces) {
      chunks.push({ text: piece, start: at, end: at + piece.length });
      at += piece.length;
    }
  }
  return chunks;
}

/** Most pairs of chunks that are held against each other. */
const mostPairs = 1_000_000;

/** A longest sequence of chunks that both texts hold between their common beginning and end. */
function sharedChunks(own: string, other: string, start: number, end: number): readonly Stretch[] {
  const mine = chunksOf(own, start, own.length - end);
  const theirs = chunksOf(other, start, other.length - end);
  const isSmall = mine.length * theirs.length <= mostPairs;
  const pairs = isSmall ? longestCommon(mine, theirs) : commonUnique(mine, theirs);
  // White space alone between two chunks that differ is shared by coincidence.
  return pairs.filter(({ text }) => text.trim() !== "");
}

/** The chunks of a longest common subsequence. */
function longestCommon(mine: readonly Chunk[], theirs: readonly Chunk[]): readonly Chunk[] {
  const width = theirs.length + 1;
  const lengths = new Uint32Array((mine.length + 1) * width);
  for (let i = mine.length - 1; i >= 0; i--) {
    for (let j = theirs.length - 1; j >= 0; j--) {
      const at = i * width + j;
      lengths[at] =
        mine[i]!.text === theirs[j]!.text
          ? lengths[at + width + 1]! + mine[i]!.text.length
          : Math.max(lengths[at + width]!, lengths[at + 1]!);
    }
  }
  const result: Chunk[] = [];
  for (let i = 0, j = 0; i < mine.length && j < theirs.length;) {
    const at = i * width + j;
    if (mine[i]!.text === theirs[j]!.text) {
      result.push(mine[i]!);
      i++;
      j++;
    } else if (lengths[at + width]! >= lengths[at + 1]!) i++;
    else j++;
  }
  return result;
}

/** Chunks that occur once in each of both, in an order that both have. */
function commonUnique(mine: readonly Chunk[], theirs: readonly Chunk[]): readonly Chunk[] {
  const places = uniquePlaces(theirs);
  const unique = uniquePlaces(mine);
  const pairs = mine.flatMap((chunk) => {
    const place = unique.has(chunk.text) ? places.get(chunk.text) : undefined;
    return place === undefined ? [] : [{ chunk, place }];
  });
  return longestRising(pairs.map(({ place }) => place)).map((index) => pairs[index]!.chunk);
}

/** Where each chunk begins that occurs once. */
function uniquePlaces(chunks: readonly Chunk[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (const { text, start } of chunks) {
    if (places.has(text)) repeated.add(text);
    places.set(text, start);
  }
  for (const text of repeated) places.delete(text);
  return places;
}

/** The indices of a longest sequence of rising numbers. */
function longestRising(numbers: readonly number[]): readonly number[] {
  const tails: number[] = [];
  const before: number[] = [];
  for (const [index, number] of numbers.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[tails[middle]!]! < number) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? tails[low - 1]! : -1;
    tails[low] = index;
  }
  const result: number[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index]!) result.unshift(index);
  return result;
}
