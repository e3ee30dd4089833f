// Everything that can be wrong with a text before and while its brackets are matched, and how it is told:
// characters, literals, names, brackets, bounds. In: places and pieces of text; out: diagnostics. What the
// parser has to say is in syntax-errors.ts. Codes are stable for ever: CHOR0101 to CHOR0129 belong here.

import type { Code, Diagnostic, Related } from "./diagnostic.js";
import type { Span } from "./source.js";
import type { Problem } from "./text.js";

export function error(
  code: Code,
  span: Span,
  message: string,
  hint?: string,
  related: readonly Related[] = [],
): Diagnostic {
  return { code, severity: "error", message, span, related, ...(hint === undefined ? {} : { hint }) };
}

export function warning(
  code: Code,
  span: Span,
  message: string,
  hint: string,
  related: readonly Related[] = [],
): Diagnostic {
  return { code, severity: "warning", message, span, related, hint };
}

// ---- characters ----------------------------------------------------------------------------------------

/** `text` is a run of characters that begin no token. */
export function strangeCharacters(span: Span, text: string): Diagnostic {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  const what = `${quote(shorten(text))} means nothing here.`;
  return error("CHOR0101", span, what, strangeHints.get(first) ?? "Remove it.");
}

const strangeHints: ReadonlyMap<string, string> = new Map([
  [";", "Remove it: nothing needs to be separated."],
  ["&", "Write `&&`."],
  ["#", "Write comments with `//`."],
  ["@", "Remove it: there are no decorators; comments are written with `//`."],
  ["\u2014", "Write `-` or `->`."],
  ["\u2013", "Write `-` or `->`."],
  ["\u00A0", "Write an ordinary space: this is a no-break space."],
]);

/** A control character, or one that turns the direction of the text around it. */
export function hiddenCharacter(span: Span, unit: number): Diagnostic {
  const name = `U+${unit.toString(16).toUpperCase().padStart(4, "0")}`;
  const bidi = (unit >= 0x202a && unit <= 0x202e) || (unit >= 0x2066 && unit <= 0x2069);
  const what = bidi
    ? `${name} is here: it makes text look other than it is.`
    : `${name} is here: an invisible control character.`;
  return error("CHOR0102", span, what, `Remove it; in a string write \`\\u{${unit.toString(16)}}\`.`);
}

export function loneSurrogate(span: Span): Diagnostic {
  return error("CHOR0102", span, "Half a character is here: the text is not well-formed Unicode.", "Remove it.");
}

/** A sign of another language that was read as the one it stands for. */
export function lookAlike(span: Span, text: string, write: string): Diagnostic {
  return error("CHOR0117", span, `${quote(text)} is written \`${write}\` here.`, `Write \`${write}\`.`);
}

// ---- literals and comments -----------------------------------------------------------------------------

export function openString(span: Span): Diagnostic {
  return error(
    "CHOR0103",
    span,
    "This string does not end on its line.",
    'Close it with `"`; write a line break as `\\n`.',
  );
}

export function otherQuotes(span: Span, value: string): Diagnostic {
  return error("CHOR0104", span, "Strings are written in double quotes.", `Write ${quote(`"${shorten(value)}"`)}.`);
}

export function wrongEscape(span: Span, text: string, why: Problem["why"]): Diagnostic {
  switch (why) {
    case "unknown":
      return error(
        "CHOR0105",
        span,
        `${quote(shorten(text))} is no escape.`,
        'Write one of `\\n` `\\t` `\\"` `\\\\` `\\u0041` `\\u{1F600}`.',
      );
    case "range":
      return error(
        "CHOR0105",
        span,
        `${quote(text)} is beyond the last character of Unicode.`,
        "Write at most `\\u{10FFFF}`.",
      );
    case "surrogate":
      return error(
        "CHOR0105",
        span,
        `${quote(text)} is half a character.`,
        "Write the whole character, as in `\\u{1F600}`.",
      );
  }
}

export function openComment(span: Span): Diagnostic {
  return error("CHOR0106", span, "This comment never ends.", "Close it with `*/`.");
}

export function openRegex(span: Span): Diagnostic {
  return error("CHOR0107", span, "This regular expression does not end on its line.", "Close it with `/`.");
}

/** `why` is what the engine says about it. */
export function wrongRegex(span: Span, why: string): Diagnostic {
  return error(
    "CHOR0108",
    span,
    `This is no regular expression: ${why}.`,
    "Mend it; the syntax is that of JavaScript.",
  );
}

export function wrongNumber(span: Span, text: string): Diagnostic {
  return error("CHOR0109", span, `${quote(shorten(text))} is no number.`, wrongNumberHint(text));
}

function wrongNumberHint(text: string): string {
  if (/^\d+(?:\.\d+)?[a-zA-Z]+$/.test(text))
    return "Write a duration as a whole number and one of `ms` `s` `m` `h` `d`: `90m`.";
  if (/^0\d/.test(text)) return "Remove the zeros in front.";
  if (text.includes("_")) return "Write it without `_`.";
  return "Write digits, and perhaps a point and more digits: `12`, `0.5`.";
}

export function hugeNumber(span: Span, text: string): Diagnostic {
  const what = `${quote(shorten(text))} is too large to be exact.`;
  return error("CHOR0110", span, what, "Write at most `9007199254740991`.");
}

// ---- names ---------------------------------------------------------------------------------------------

export function foreignName(span: Span, name: string): Diagnostic {
  const plain = name.normalize("NFD").replace(/[^\w]/g, "");
  const hint = /^[A-Za-z_]/.test(plain) ? `Write ${quote(plain)}.` : "Write it with the letters `a` to `z`.";
  return error(
    "CHOR0111",
    span,
    `${quote(shorten(name))} is no name: names have the letters \`a\` to \`z\`, digits and \`_\`.`,
    hint,
  );
}

export function forbiddenName(span: Span, name: string): Diagnostic {
  return error(
    "CHOR0112",
    span,
    `${quote(name)} is no name: JavaScript reads it as something else.`,
    "Choose another name.",
  );
}

// ---- bounds --------------------------------------------------------------------------------------------

export function tooLarge(span: Span, limit: number): Diagnostic {
  const what = `This file is larger than ${limit / 1_048_576} MiB and is not read.`;
  return error("CHOR0113", span, what, "Divide it into several files.");
}

export function tooDeep(span: Span, limit: number): Diagnostic {
  const what = `This is nested more than ${limit} levels deep; the declaration around it is not read.`;
  return error(
    "CHOR0114",
    span,
    what,
    "Give the inner part a name of its own: an artifact, or a choreography and `do`.",
  );
}

export function tooLong(span: Span, limit: number): Diagnostic {
  const what = `This expression has more than ${limit} operators in a row; the declaration around it is not read.`;
  return error("CHOR0115", span, what, "Divide it: several `where`, or a contract with several `require`.");
}

export function tooMany(span: Span, more: number): Diagnostic {
  return error("CHOR0116", span, `${more} more problems are not shown.`, "Mend those above first.");
}

// ---- brackets ------------------------------------------------------------------------------------------

/** `at` is where the closing bracket is missing at the latest, `opening` the bracket that wants it. */
export function unclosed(at: Span, opening: Span, open: string, close: string): Diagnostic {
  const related = [{ message: `this ${quote(open)} is not closed`, span: opening }];
  return error(
    "CHOR0120",
    at,
    `${quote(close)} is missing.`,
    `Close the ${quote(open)} with ${quote(close)}.`,
    related,
  );
}

/** A closing bracket for which none is open. */
export function surplus(at: Span, close: string): Diagnostic {
  return error("CHOR0121", at, `${quote(close)} closes nothing.`, "Remove it, or open what it should close.");
}

/** A brace that ends a declaration although more of it follows. */
export function early(at: Span): Diagnostic {
  return error("CHOR0121", at, "`}` is one too many: it ends the declaration, and more of it follows.", "Remove it.");
}

// ---- words ---------------------------------------------------------------------------------------------

/**
 * Text from the source as messages show it. Backticks in it would end the quotation; what a terminal would obey
 * or nobody would see is spelled out.
 */
export function quote(text: string): string {
  const plain = text.replace(/(?! )[\p{C}\p{Z}]/gu, (found) => `\\u{${found.codePointAt(0)?.toString(16)}}`);
  return plain.includes("`") ? `"${plain}"` : `\`${plain}\``;
}

export function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
