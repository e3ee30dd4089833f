// The regular expression of a `matches`: whether it compiles, and whether its time is bounded. In: the
// pattern as written. Out: its source, or null with a diagnostic.

import type { Diagnostic, PatternTree, Span } from "@chor/grammar";
import {
  patternBroken,
  patternExponential,
  patternFlags,
  patternOutOfRange,
  patternTooLarge,
} from "../report/types.js";
import { ambiguousRepetition } from "./ambiguity.js";
import { PATTERN_LIMIT, REPETITION_LIMIT } from "./limits.js";

/**
 * Takes the pattern and the range of the text that it must match in; gives its source (to be used with flag `u`).
 * Null: it is wrong, and somebody has said so.
 */
export function bindPattern(tree: PatternTree, lengths: Lengths | null, sink: Diagnostic[]): string | null {
  const { source, flags, span } = tree;
  // What is no regular expression at all, the lexer has refused.
  if (source.length <= PATTERN_LIMIT && compileError(source, flags) !== null) return null;
  const problem = problemOf(source, flags, span) ?? contradiction(source, lengths, span);
  if (problem === null) return source;
  sink.push(problem);
  return null;
}

interface Lengths {
  readonly min: number;
  readonly max: number;
}

/** `/^abc$/`: exactly this text, without a sign that means anything else. */
const FIXED = /^\^([\w \-/,:;@#%&=<>~'"!]*)\$$/;

/** A pattern that matches one text only, which is too long or too short for the range. */
function contradiction(source: string, lengths: Lengths | null, span: Span): Diagnostic | null {
  const [, text] = FIXED.exec(source) ?? [];
  if (text === undefined || lengths === null) return null;
  const fits = lengths.min <= text.length && text.length <= lengths.max;
  return fits ? null : patternOutOfRange(text, lengths.min, lengths.max, span);
}

function problemOf(source: string, flags: string, span: Span): Diagnostic | null {
  if (flags !== "") return patternFlags(flags, span);
  if (source.length > PATTERN_LIMIT) return patternTooLarge(`it has more than ${PATTERN_LIMIT} characters`, span);
  const reason = compileError(source, "u");
  if (reason !== null) return patternBroken(reason, span);
  const ambiguity = ambiguousRepetition(source);
  if (ambiguity === null) return null;
  if (ambiguity.kind === "ambiguous") return patternExponential(ambiguity.part, span);
  return patternTooLarge(`one repetition has more than ${REPETITION_LIMIT} characters and classes in it`, span);
}

/** JavaScript's own parser is the judge of syntax; what it says comes after the pattern, behind `: `. */
function compileError(source: string, flags: string): string | null {
  try {
    RegExp(source, flags);
    return null;
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const colon = message.lastIndexOf(": ");
    return (colon < 0 ? message : message.slice(colon + 2)).toLowerCase();
  }
}
