// Text that came from outside: how long it is, whether it is well-formed, and how it is shown. What is shown is
// quoted as data: cut, with everything escaped that could steer a terminal or hide from a reader.

/** No half of a surrogate pair stands alone; such a text has no UTF-8, so it could not travel. */
export function wellFormed(text: string): boolean {
  return (text as WellFormed).isWellFormed();
}

/** ES2024, in Node since 20. */
type WellFormed = string & { isWellFormed(): boolean };

/**
 * True when `text` has `min` to `max` code points, as JSON Schema counts them. Allocates nothing. Lone surrogates
 * count as one: they are refused where a value becomes JSON (`canonical`, `parseJson`), once and not at each check.
 */
export function fits(text: string, min: number, max: number): boolean {
  const { length } = text;
  // A code point takes one unit or two, so most texts need not be counted.
  if (length <= max && length >= 2 * min - 1) return true;
  if (length < min || length > 2 * max) return false;
  let points = length;
  for (let i = 1; i < length; i++) {
    const pair = (text.charCodeAt(i) & 0xfc00) === 0xdc00 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800;
    if (pair) points--;
  }
  return points >= min && points <= max;
}

/**
 * A value as JSON on one line, in at most `limit` characters (the last one `…` if there was more). Control
 * characters, invisible and bidirectional ones are escaped. Takes anything, circles and proxies too; never throws.
 */
export function quote(value: unknown, limit: number = 80): string {
  const out: Quoted = { pieces: [], length: 0, limit, full: false };
  try {
    quoteValue(out, value);
  } catch {
    put(out, "<throws when it is read>");
  }
  return out.pieces.join("");
}

/** A text with everything escaped that `quote` would escape, without quotes around it, cut likewise. */
export function plain(text: string, limit: number): string {
  if (text.length <= limit && ascii.test(text)) return text;
  const out: Quoted = { pieces: [], length: 0, limit, full: false };
  quoteText(out, text, false);
  return out.pieces.join("");
}

interface Quoted {
  /** Harmless text, or one escape, so that a cut never leaves half of one. */
  readonly pieces: string[];
  length: number;
  readonly limit: number;
  /** Cut already: nothing is added any more. */
  full: boolean;
}

/** Recursion is bounded by `limit`: each level has written a bracket, and stops when there is no more room. */
function quoteValue(out: Quoted, value: unknown): void {
  if (out.full) return;
  if (typeof value === "string") {
    put(out, '"');
    quoteText(out, value, true);
    put(out, '"');
  } else if (typeof value === "bigint") {
    // The digits of a huge one would take for ever.
    put(out, BigInt.asIntN(64, value) === value ? `${value}n` : "bigint");
  } else if (typeof value === "function" || typeof value === "symbol") put(out, typeof value);
  else if (typeof value !== "object" || value === null) put(out, Object.is(value, -0) ? "-0" : String(value));
  else if (Array.isArray(value)) {
    put(out, "[");
    for (let i = 0; i < value.length && !out.full; i++) {
      if (i > 0) put(out, ",");
      quoteValue(out, value[i]);
    }
    put(out, "]");
  } else {
    let fields = 0;
    put(out, "{");
    for (const name in value) {
      if (out.full) return;
      if (fields++ > 0) put(out, ",");
      quoteValue(out, name);
      put(out, ":");
      quoteValue(out, (value as Record<string, unknown>)[name]);
    }
    put(out, "}");
  }
}

/** Characters that are not seen, or that change how others are seen: controls, formats, separators, lone surrogates. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;
/** What is seen as it is, told fast. */
const ascii = /^[ -~]*$/;
const asciiUnquoted = /^[ !#-[\]-~]*$/;
const short: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\t", "\\t"],
  ["\r", "\\r"],
]);

function quoteText(out: Quoted, text: string, quotes: boolean): void {
  // Most texts are short and harmless: then they are one piece.
  const harmless = quotes ? asciiUnquoted : ascii;
  if (out.length + text.length <= out.limit && harmless.test(text)) return put(out, text);
  for (const point of text) {
    if (out.full) return;
    if (quotes && (point === '"' || point === "\\")) put(out, `\\${point}`);
    else if (unseen.test(point)) put(out, short.get(point) ?? escape(point));
    else put(out, point);
  }
}

function escape(point: string): string {
  let text = "";
  for (let i = 0; i < point.length; i++) text += `\\u${point.charCodeAt(i).toString(16).padStart(4, "0")}`;
  return text;
}

/** Adds a piece; where it has no room, takes as many away as the mark needs. */
function put(out: Quoted, piece: string): void {
  if (out.full) return;
  out.full = out.length + piece.length > out.limit;
  if (!out.full) {
    out.pieces.push(piece);
    out.length += piece.length;
    return;
  }
  while (out.length >= out.limit && out.pieces.length > 0) {
    const last = out.pieces.pop()!;
    // An escape goes as a whole, of harmless text the last character.
    const rest = last.startsWith("\\") ? [] : [...last].slice(0, -1);
    out.pieces.push(...rest);
    out.length -= last.length - rest.join("").length;
  }
  out.pieces.push("…");
}
