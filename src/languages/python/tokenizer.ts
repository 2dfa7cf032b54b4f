import {
  AT,
  BACKSLASH,
  BYTE_ORDER_MARK,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COLON,
  CR,
  DOT,
  DOUBLE_QUOTE,
  EQUALS,
  EXCLAMATION,
  FORM_FEED,
  HASH,
  LF,
  MINUS,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  PLUS,
  SINGLE_QUOTE,
  SPACE,
  TAB,
  UNDERSCORE,
  findStringEnd,
  isDigit,
  isNamePart,
  isNameStart,
} from "./characters.ts";
import {
  F_STRING_PREFIX,
  KEYWORDS,
  OPERATORS_BY_FIRST,
  STATEMENT_KEYWORDS,
  STRING_PREFIX,
} from "./vocabulary.ts";

/** Kinds of tokens. A `name` is no keyword; `fStart`, `fMiddle` and `fEnd` are the pieces of an f-string or t-string. */
export type TokenKind =
  | "name"
  | "keyword"
  | "number"
  | "string"
  | "operator"
  | "newline"
  | "indent"
  | "dedent"
  | "end"
  | "fStart"
  | "fMiddle"
  | "fEnd";

/** Tokens in parallel lists: millions of them are read, and an object for each costs more than the parser itself. */
export interface Tokens {
  readonly kinds: readonly TokenKind[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The text of names, keywords and operators; empty for all others. */
  readonly values: readonly string[];
  /** Comments as pairs of offsets: from `#` to the end of the line, exclusive. */
  readonly comments: readonly { readonly start: number; readonly end: number }[];
  /** Lines whose indentation matches no block around them. */
  readonly badIndents: readonly number[];
}

/**
 * How often one file is read again from the line behind a bracket that is open at its end. Each time costs a pass over
 * the rest of the file; beyond it, the first line that looks like a statement ends the bracket at once.
 */
const MAX_REWINDS = 8;

const TAB_WIDTH = 8;

/** Splits Python source into tokens. Never fails: what no token fits becomes an operator of one character. */
export function tokenize(text: string): Tokens {
  return new Tokenizer(text).run();
}

/** An f-string that is being read. */
interface OpenFString {
  readonly quote: number;
  /** 1 or 3. */
  readonly quoteLength: number;
  readonly raw: boolean;
  /** Whether the tokenizer is inside a replacement field, in front of its format specification. */
  inField: boolean;
  /** How many format specifications are open. */
  specs: number;
  /** For each open field: how many brackets around it were open when it began. */
  readonly bases: number[];
}

/** Where to go on when a bracket turns out to be never closed. */
interface Rewind {
  readonly at: number;
  readonly tokens: number;
  readonly comments: number;
}

class Tokenizer {
  readonly #text: string;
  readonly #length: number;
  readonly #kinds: TokenKind[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #values: string[] = [];
  readonly #comments: { start: number; end: number }[] = [];
  readonly #badIndents: number[] = [];
  readonly #indents: number[] = [0];
  readonly #fStrings: OpenFString[] = [];
  /** The last of `#fStrings`. */
  #openFString: OpenFString | undefined;
  /** Open brackets; those below `#base` stand around the replacement field that is being read. */
  readonly #brackets: number[] = [];
  #base = 0;
  #at: number;
  #lineBegins = true;
  #rewind: Rewind | undefined;
  #rewinds = 0;

  constructor(text: string) {
    this.#text = text;
    this.#length = text.length;
    this.#at = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  }

  run(): Tokens {
    for (;;) {
      while (this.#at < this.#length) this.#step();
      if (this.#openFString?.inField === false) this.#readFStringText();
      if (!this.#isNested || !this.#rewind) break;
      this.#rewinds += 1;
      this.#goBackTo(this.#rewind);
    }
    const end = this.#length;
    if (!this.#lineBegins) this.#push("newline", end, end);
    while (this.#indents.length > 1) {
      this.#indents.pop();
      this.#push("dedent", end, end);
    }
    this.#push("end", end, end);
    return {
      kinds: this.#kinds,
      starts: this.#starts,
      ends: this.#ends,
      values: this.#values,
      comments: this.#comments,
      badIndents: this.#badIndents,
    };
  }

  /** Whether line ends are blanks here. */
  get #isNested(): boolean {
    return this.#brackets.length > 0 || this.#fStrings.length > 0;
  }

  #push(kind: TokenKind, start: number, end: number, value = ""): void {
    this.#kinds.push(kind);
    this.#starts.push(start);
    this.#ends.push(end);
    this.#values.push(value);
  }

  #operator(value: string): void {
    this.#push("operator", this.#at, this.#at + value.length, value);
    this.#at += value.length;
  }

  #code(offset: number): number {
    return this.#text.charCodeAt(offset);
  }

  #step(): void {
    const fString = this.#openFString;
    if (fString && !fString.inField) {
      this.#readFStringText();
      return;
    }
    if (this.#lineBegins && !this.#isNested && !this.#readIndentation()) return;
    const code = this.#code(this.#at);
    if (code === SPACE || code === TAB || code === FORM_FEED) this.#at += 1;
    else if (code === LF || code === CR) this.#readLineEnd();
    else if (code === BACKSLASH && this.#lineEndLength(this.#at + 1) > 0) {
      this.#at += 1 + this.#lineEndLength(this.#at + 1);
    } else if (code === HASH) this.#readComment();
    else if (isNameStart(code)) this.#readName();
    else if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) this.#readString(this.#at, this.#at);
    else if (isDigit(code) || (code === DOT && isDigit(this.#code(this.#at + 1)))) this.#readNumber();
    else this.#readOperator(code);
  }

  #lineEndLength(offset: number): number {
    const code = this.#code(offset);
    if (code === LF) return 1;
    if (code === CR) return this.#code(offset + 1) === LF ? 2 : 1;
    return 0;
  }

  /** Reads the blanks that begin a line. Returns false for a line that holds no statement. */
  #readIndentation(): boolean {
    const { column, at } = this.#measureIndentation(this.#at);
    this.#at = at;
    if (at >= this.#length) return false;
    const code = this.#code(at);
    if (code === HASH) {
      this.#readComment();
      this.#at += this.#lineEndLength(this.#at);
      return false;
    }
    const lineEnd = this.#lineEndLength(at);
    if (lineEnd > 0) {
      this.#at += lineEnd;
      return false;
    }
    this.#lineBegins = false;
    this.#indentTo(column);
    return true;
  }

  #measureIndentation(lineStart: number): { column: number; at: number } {
    let column = 0;
    let at = lineStart;
    for (; ; at += 1) {
      const code = this.#code(at);
      if (code === SPACE) column += 1;
      else if (code === TAB) column = (Math.floor(column / TAB_WIDTH) + 1) * TAB_WIDTH;
      else if (code === FORM_FEED) column = 0;
      else return { column, at };
    }
  }

  #indentTo(column: number): void {
    const indents = this.#indents;
    // Cells of notebooks and pieces of documents may be indented as a whole: their first line says how far.
    if (this.#kinds.length === 0 || column < indents[0]!) indents[0] = column;
    if (column > indents[indents.length - 1]!) {
      indents.push(column);
      this.#push("indent", this.#at, this.#at);
      return;
    }
    while (column < indents[indents.length - 1]!) {
      if (column > indents[indents.length - 2]!) {
        // Between two levels: the line is taken to belong to the inner one.
        indents[indents.length - 1] = column;
        this.#badIndents.push(this.#at);
        return;
      }
      indents.pop();
      this.#push("dedent", this.#at, this.#at);
    }
  }

  #readLineEnd(): void {
    const start = this.#at;
    this.#at += this.#lineEndLength(start);
    if (this.#isNested) {
      this.#lookForOpenBracket();
      return;
    }
    this.#push("newline", start, start + 1);
    this.#lineBegins = true;
  }

  /** Inside brackets, at the start of a line: a statement here means that a bracket above was never closed. */
  #lookForOpenBracket(): void {
    const { column, at } = this.#measureIndentation(this.#at);
    const code = this.#code(at);
    if (!isNameStart(code) && code !== AT) return;
    const here = { at: this.#at, tokens: this.#kinds.length, comments: this.#comments.length };
    let end = at;
    while (isNamePart(this.#code(end))) end += 1;
    const isOutside = column <= this.#indents[this.#indents.length - 1]!;
    if (STATEMENT_KEYWORDS.has(this.#text.slice(at, end))) this.#goBackTo(here);
    else if (isOutside && this.#rewinds >= MAX_REWINDS) this.#goBackTo(here);
    else if (isOutside) this.#rewind ??= here;
  }

  /** Goes on at the start of a line as if no bracket and no f-string were open. */
  #goBackTo(rewind: Rewind): void {
    for (const list of [this.#kinds, this.#starts, this.#ends, this.#values]) list.length = rewind.tokens;
    this.#comments.length = rewind.comments;
    this.#brackets.length = 0;
    this.#fStrings.length = 0;
    this.#openFString = undefined;
    this.#base = 0;
    this.#rewind = undefined;
    this.#at = rewind.at;
    this.#push("newline", rewind.at, rewind.at);
    this.#lineBegins = true;
  }

  #readComment(): void {
    const start = this.#at;
    let end = start;
    while (end < this.#length && this.#lineEndLength(end) === 0) end += 1;
    this.#comments.push({ start, end });
    this.#at = end;
  }

  #readName(): void {
    const start = this.#at;
    let end = start + 1;
    while (isNamePart(this.#code(end))) end += 1;
    const next = this.#code(end);
    if ((next === DOUBLE_QUOTE || next === SINGLE_QUOTE) && end - start <= 2) {
      const prefix = this.#text.slice(start, end);
      if (STRING_PREFIX.test(prefix)) {
        this.#readString(start, end);
        return;
      }
      if (F_STRING_PREFIX.test(prefix)) {
        this.#startFString(start, end, /r/i.test(prefix));
        return;
      }
    }
    const value = this.#text.slice(start, end);
    const keyword = KEYWORDS.get(value);
    this.#push(keyword === undefined ? "name" : "keyword", start, end, keyword ?? value);
    this.#at = end;
  }

  /** @param start where the prefix begins; @param quoteAt where the quotes begin. */
  #readString(start: number, quoteAt: number): void {
    const end = findStringEnd(this.#text, quoteAt, this.#quoteLength(quoteAt));
    this.#push("string", start, end);
    this.#at = end;
  }

  #quoteLength(quoteAt: number): 1 | 3 {
    const quote = this.#code(quoteAt);
    return this.#code(quoteAt + 1) === quote && this.#code(quoteAt + 2) === quote ? 3 : 1;
  }

  #startFString(start: number, quoteAt: number, raw: boolean): void {
    const quoteLength = this.#quoteLength(quoteAt);
    this.#at = quoteAt + quoteLength;
    this.#push("fStart", start, this.#at);
    const quote = this.#code(quoteAt);
    this.#openFString = { quote, quoteLength, raw, inField: false, specs: 0, bases: [] };
    this.#fStrings.push(this.#openFString);
  }

  /** Reads text of the innermost f-string up to its next field, the end of a specification, or its end. */
  #readFStringText(): void {
    const fString = this.#openFString!;
    const start = this.#at;
    for (;;) {
      // An escape may reach beyond the end of the text.
      const at = Math.min(this.#at, this.#length);
      const code = this.#code(at);
      const isEnd = code === fString.quote && this.#quotesAt(at, fString);
      const isLineEnd = (code === LF || code === CR) && fString.quoteLength === 1;
      if (at >= this.#length || isEnd || isLineEnd) {
        this.#pushFStringText(start);
        const end = isEnd ? at + fString.quoteLength : at;
        this.#push("fEnd", at, end);
        this.#at = end;
        this.#closeFString(fString);
        return;
      }
      if (code === OPEN_BRACE && (fString.specs > 0 || this.#code(at + 1) !== OPEN_BRACE)) {
        this.#pushFStringText(start);
        this.#operator("{");
        fString.bases.push(this.#base);
        this.#base = this.#brackets.length;
        fString.inField = true;
        return;
      }
      if (code === CLOSE_BRACE && fString.specs > 0) {
        this.#pushFStringText(start);
        this.#operator("}");
        fString.specs -= 1;
        this.#base = fString.bases.pop() ?? 0;
        return;
      }
      if (code === OPEN_BRACE || (code === CLOSE_BRACE && this.#code(at + 1) === CLOSE_BRACE)) this.#at += 2;
      else if (code === BACKSLASH) this.#at += this.#escapeLength(at, fString.raw);
      else this.#at += 1;
    }
  }

  #quotesAt(at: number, { quote, quoteLength }: OpenFString): boolean {
    return quoteLength === 1 || (this.#code(at + 1) === quote && this.#code(at + 2) === quote);
  }

  /** How far a backslash in an f-string reaches; a brace behind it still begins a field. */
  #escapeLength(at: number, raw: boolean): number {
    const next = this.#code(at + 1);
    if (!raw && next === 78 && this.#code(at + 2) === OPEN_BRACE) {
      const close = this.#text.indexOf("}", at);
      return close < 0 ? this.#length - at : close + 1 - at;
    }
    if (next === OPEN_BRACE || next === CLOSE_BRACE) return 1;
    return Math.max(2, 1 + this.#lineEndLength(at + 1));
  }

  #pushFStringText(start: number): void {
    this.#at = Math.min(this.#at, this.#length);
    if (this.#at > start) this.#push("fMiddle", start, this.#at);
  }

  #closeFString(fString: OpenFString): void {
    this.#base = fString.bases[0] ?? this.#base;
    this.#fStrings.pop();
    this.#openFString = this.#fStrings.at(-1);
    if (!this.#isNested) this.#rewind = undefined;
  }

  #readNumber(): void {
    const start = this.#at;
    let at = start;
    if (this.#code(at) === 48 && /[xob]/i.test(this.#text.charAt(at + 1))) {
      at += 2;
      while (isNamePart(this.#code(at))) at += 1;
    } else {
      at = this.#skipDigits(at);
      if (this.#code(at) === DOT) at = this.#skipDigits(at + 1);
      const code = this.#code(at);
      if (code === 69 || code === 101) {
        const sign = this.#code(at + 1);
        const digits = sign === PLUS || sign === MINUS ? at + 2 : at + 1;
        if (isDigit(this.#code(digits))) at = this.#skipDigits(digits);
      }
      if (this.#code(at) === 74 || this.#code(at) === 106) at += 1;
    }
    this.#push("number", start, at);
    this.#at = at;
  }

  #skipDigits(offset: number): number {
    let at = offset;
    while (isDigit(this.#code(at)) || this.#code(at) === UNDERSCORE) at += 1;
    return at;
  }

  #readOperator(code: number): void {
    const fString = this.#openFString;
    if (fString && this.#brackets.length === this.#base && this.#readFieldMark(code, fString)) return;
    if (code === OPEN_PAREN || code === OPEN_BRACKET || code === OPEN_BRACE) this.#brackets.push(code);
    else if (code === CLOSE_PAREN || code === CLOSE_BRACKET || code === CLOSE_BRACE) this.#closeBracket(code);
    const longer = OPERATORS_BY_FIRST.get(code)?.find((operator) =>
      this.#text.startsWith(operator, this.#at),
    );
    this.#operator(longer ?? this.#text.charAt(this.#at));
  }

  /** `}`, `:` and `!` mean something else on the outermost level of a replacement field. */
  #readFieldMark(code: number, fString: OpenFString): boolean {
    if (code === CLOSE_BRACE) {
      this.#operator("}");
      this.#base = fString.bases.pop() ?? 0;
      fString.inField = false;
      return true;
    }
    if (code === COLON) {
      this.#operator(":");
      fString.specs += 1;
      fString.inField = false;
      return true;
    }
    if (code === EXCLAMATION && this.#code(this.#at + 1) !== EQUALS) {
      this.#operator("!");
      return true;
    }
    return false;
  }

  /** A closing bracket of another kind closes what stands open inside its partner; without one it closes nothing. */
  #closeBracket(code: number): void {
    const open = code === CLOSE_PAREN ? OPEN_PAREN : code - 2;
    const partner = this.#brackets.lastIndexOf(open);
    if (partner < this.#base) return;
    this.#brackets.length = partner;
    if (!this.#isNested) this.#rewind = undefined;
  }
}
