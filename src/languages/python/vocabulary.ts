/** Keywords by their text, so that each is kept once and not as a slice of the source. */
export const KEYWORDS = new Map(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global " +
    "if import in is lambda nonlocal not or pass raise return try while with yield"
  )
    .split(" ")
    .map((word) => [word, word]),
);

/** Keywords that no expression holds: at the start of a line they show that a bracket above was left open. */
export const STATEMENT_KEYWORDS = new Set(
  "assert break class continue def del elif except finally global import nonlocal pass raise return try while with".split(
    " ",
  ),
);

const LONG_OPERATORS =
  "**= //= >>= <<= ... ** // >> << <= >= == != -> += -= *= /= %= &= |= ^= @= := <>".split(" ");

/** Operators of two and three characters by their first one, longest first. */
export const OPERATORS_BY_FIRST = new Map<number, string[]>();
for (const operator of LONG_OPERATORS) {
  const code = operator.charCodeAt(0);
  const known = OPERATORS_BY_FIRST.get(code);
  if (known) known.push(operator);
  else OPERATORS_BY_FIRST.set(code, [operator]);
}

/** Prefixes of strings without fields. */
export const STRING_PREFIX = /^(?:[bru]|br|rb)$/i;

/** Template strings (`t"..."`) are read like f-strings. */
export const F_STRING_PREFIX = /^(?:[ft]|r[ft]|[ft]r)$/i;
