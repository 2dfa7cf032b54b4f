/**
 * The kinds of tokens of the JSON scanner. The package declares them as a constant enum, which a file that is compiled
 * on its own cannot read; a test holds the numbers to the scanner.
 */
export const tokens = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  lineComment: 12,
  blockComment: 13,
  end: 17,
} as const;

/** What is wrong with a token, by the number the scanner gives; the numbers left out are of no use to a reader. */
export const scanMessages: Readonly<Record<number, string>> = {
  1: "A comment is not closed.",
  2: "A string is not closed.",
  3: "A number is not complete.",
  4: "A string has a broken \\u escape.",
  5: "A string has an escape that JSON does not know.",
};
