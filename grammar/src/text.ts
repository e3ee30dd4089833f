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

/**
 * The name that a label or an artifact binds: its leading run of capitals goes down, but for the last one
 * before a small letter. `Module` module, `PRD` prd, `CIReport` ciReport.
 */
export function lowerCamel(name: string): string {
  const run = /^[A-Z]+/.exec(name)?.[0].length ?? 0;
  const down = run > 1 && /[a-z]/.test(name.charAt(run)) ? run - 1 : run;
  return name.slice(0, down).toLowerCase() + name.slice(down);
}

/** A name with a capital in front, for hints: `coder` Coder. Leading underscores go. */
export function upperCamel(name: string): string {
  const bare = name.replace(/^_+/, "");
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

/**
 * The word of `words` that is nearest to `word`, if it is near enough to be meant: at most one edit in a short
 * word, two in a longer one. Distance: insertions, deletions, substitutions, swaps of neighbours (Damerau,
 * optimal string alignment).
 */
export function nearest(word: string, words: Iterable<string>): string | null {
  if (word.length > 40) return null;
  let best: string | null = null;
  let bestDistance = word.length < 5 ? 1.5 : 2.5;
  for (const candidate of words) {
    const distance = editDistance(word, candidate);
    if (distance < bestDistance && distance < candidate.length - 1) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    [before, previous] = [previous, row];
  }
  return previous[b.length] ?? 3;
}
