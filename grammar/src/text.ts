// The insides of tokens: strings, doc comments, numbers and durations, from their text to their value. All
// functions are total; what is wrong is told as a list of problems with offsets into the token's text.

/** Something wrong inside a token; offsets count from the token's start. */
export interface Problem {
  readonly start: number;
  readonly end: number;
  readonly why: "unknown" | "range" | "surrogate";
}

/** The value of a string literal (quotes included in `image`) and its wrong escapes, which are kept as written. */
export function unescape(image: string): { readonly value: string; readonly problems: readonly Problem[] } {
  const inner = image.length > 1 && image.endsWith(closingQuote(image)) ? image.slice(1, -1) : image.slice(1);
  if (!inner.includes("\\")) return { value: inner, problems: [] };
  const problems: Problem[] = [];
  const value = inner.replace(/\\(?:u\{([^}"]*)\}|u([0-9a-fA-F]{4})|([^]?))/g, (whole, braced, four, one, at) => {
    const complain = (why: Problem["why"]): string => {
      problems.push({ start: at + 1, end: at + 1 + whole.length, why });
      return whole;
    };
    if (one !== undefined) return simpleEscapes.get(one) ?? complain("unknown");
    if (braced !== undefined && !/^[0-9a-fA-F]{1,6}$/.test(braced)) return complain("unknown");
    const point = parseInt(braced ?? four, 16);
    if (point > 0x10ffff) return complain("range");
    return point >= 0xd800 && point <= 0xdfff ? complain("surrogate") : String.fromCodePoint(point);
  });
  return { value, problems };
}

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ['"', '"'],
  ["\\", "\\"],
]);

function closingQuote(image: string): string {
  return image.charAt(0) === "\u201C" || image.charAt(0) === "\u201E" ? "\u201D" : image.charAt(0);
}

/** The text of a doc comment without its stars, its common indentation and its empty first and last lines. */
export function docText(image: string): string {
  const lines = image
    .slice(3, -2)
    .split(/\r\n|\r|\n/)
    .map((line, index) => (index === 0 ? line.trim() : line.replace(/^[ \t]*\*?[ \t]?/, "").trimEnd()));
  while (lines.length > 0 && lines[0] === "") lines.shift();
  while (lines.length > 0 && lines.at(-1) === "") lines.pop();
  return lines.join("\n");
}

/** The value of a number as the language writes it, or null: digits, and perhaps a point and digits. */
export function numberValue(image: string): number | null {
  return /^(?:0|[1-9]\d*)(?:\.\d+)?$/.test(image) ? Number(image) : null;
}

/** A duration in milliseconds: `500ms`, `30s`, `20m`, `4h`, `7d`. */
export function durationValue(image: string): number {
  const unit = /[a-z]+$/.exec(image)?.[0] ?? "ms";
  return parseInt(image, 10) * (unitMilliseconds.get(unit) ?? 1);
}

const unitMilliseconds: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

/** Source and flags of `/source/flags`. */
export function patternParts(image: string): { readonly source: string; readonly flags: string } {
  const end = image.lastIndexOf("/");
  return end > 0 ? { source: image.slice(1, end), flags: image.slice(end + 1) } : { source: image.slice(1), flags: "" };
}
