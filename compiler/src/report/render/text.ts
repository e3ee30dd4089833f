// Text for a terminal: what comes from a source or a file name may hold anything, what goes out is printable.
// In: any string. Out: the same with every invisible or controlling character spelt out (`\u{1b}`), and the
// number of columns it takes.

/** What a terminal shows for one character of the input. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  /** How many UTF-16 code units of the input it stands for. */
  readonly units: number;
}

const PLAIN = /^[\x20-\x7e]*$/;
/** Controls, bidirectional marks, lone surrogates, private use, line separators, whatever a terminal does not draw. */
const HIDDEN = /^[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]$/u;
/** Spaces that look like the ordinary one and are not; U+3000 is a wide one that nobody mistakes. */
const ODD_SPACE = /^[\u00a0\u1680\u2000-\u200a\u202f\u205f]$/;
const MARK = /^[\p{Mn}\p{Me}\ufe0f]$/u;
/** More marks than this on one base are drawn over neighbouring lines, and written by nobody in earnest. */
const MARKS_PER_BASE = 3;
/** Prose longer than this holds a name that nobody reads to its end. */
const PROSE = 2000;

/** The cells of `text`, left to right. A tab comes out as `\u{9}`; a caller that knows the column expands it itself. */
export function cells(text: string): readonly Cell[] {
  const out: Cell[] = [];
  let marks = 0;
  for (const character of text) {
    const mark = MARK.test(character);
    marks = mark ? marks + 1 : 0;
    const shown = printable(character, mark, marks);
    const width = shown !== character ? shown.length : mark ? 0 : wide(character) ? 2 : 1;
    out.push({ text: shown, width, units: character.length });
  }
  return out;
}

/** `text` made printable. */
export function escape(text: string): string {
  if (PLAIN.test(text)) return text;
  return cells(text)
    .map((cell) => cell.text)
    .join("");
}

/** The columns that `escape(text)` takes. */
export function columns(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return cells(text).reduce((sum, cell) => sum + cell.width, 0);
}

/** `text` made printable and cut to `width` columns (at least 4); what was cut ends with `...`. */
export function cut(text: string, width: number): string {
  // Wider than one column per two units is impossible only for marks; the slice bounds the work on a huge text.
  const head = text.length > width * 8 ? text.slice(0, width * 8) : text;
  if (head === text && columns(text) <= width) return escape(text);
  let out = "";
  let used = 0;
  for (const cell of cells(head)) {
    if (used + cell.width > width - 3) break;
    out += cell.text;
    used += cell.width;
  }
  return `${out}...`;
}

/**
 * `text` made printable, broken between words into lines of at most `width` columns. What stands in backticks is
 * one word; a word longer than a line is cut into pieces.
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const word of words(text).flatMap((each) => pieces(escape(each), width))) {
    const size = columns(word);
    if (used > 0 && used + 1 + size > width) {
      lines.push(line);
      line = word;
      used = size;
    } else {
      line += used > 0 ? ` ${word}` : word;
      used += used > 0 ? size + 1 : size;
    }
  }
  lines.push(line);
  return lines;
}

/** A quoted name keeps its spaces, and whatever is stuck to it. */
function words(text: string): readonly string[] {
  const short = text.length > PROSE ? `${text.slice(0, PROSE)}...` : text;
  return short.match(/(?:`[^`]*`|[^ `]|`)+/g) ?? [];
}

/** An escaped word, in pieces of at most `width` columns. */
function pieces(word: string, width: number): readonly string[] {
  if (columns(word) <= width) return [word];
  const out: string[] = [];
  let piece = "";
  let used = 0;
  for (const cell of cells(word)) {
    if (used + cell.width > width) {
      out.push(piece);
      piece = "";
      used = 0;
    }
    piece += cell.text;
    used += cell.width;
  }
  out.push(piece);
  return out;
}

function printable(character: string, mark: boolean, marks: number): string {
  if (mark) return marks > MARKS_PER_BASE ? spelt(character) : character;
  return HIDDEN.test(character) || ODD_SPACE.test(character) ? spelt(character) : character;
}

function spelt(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** East Asian wide and full width, and emoji drawn as pictures (Unicode Standard Annex 11, rounded to blocks). */
function wide(character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x1100) return false;
  return (
    point <= 0x115f ||
    (point >= 0x2e80 && point <= 0xa4cf && point !== 0x303f) ||
    (point >= 0xa960 && point <= 0xa97f) ||
    (point >= 0xac00 && point <= 0xd7a3) ||
    (point >= 0xf900 && point <= 0xfaff) ||
    (point >= 0xfe30 && point <= 0xfe6f) ||
    (point >= 0xff01 && point <= 0xff60) ||
    (point >= 0xffe0 && point <= 0xffe6) ||
    (point >= 0x20000 && point <= 0x3fffd) ||
    /^\p{Emoji_Presentation}$/u.test(character)
  );
}
