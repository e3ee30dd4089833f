// Mends for a whole file. In: a source, what is said of it, a way to check a text. Out: for each diagnostic that could be
// mended, or is asked for, its fixes, all verified; or one fix to make next, and the text after it.

import { parse } from "@chor/grammar";
import type { Diagnostic, Fix, Source, Span } from "@chor/grammar";
import { isMendable } from "./candidates.js";
import { applied } from "./edits.js";
import { hinted } from "./hinted.js";
import { mendsOf } from "./search.js";
import type { CheckText, Effort } from "./search.js";

/** So many mends of one diagnostic are offered. */
const OFFERED = 10;

/**
 * Takes a source, what is shown of it, the places that are asked for, a way to check a text and whether there is time.
 * Gives what is shown, the diagnostics at these places each with all its verified fixes; those that nothing is known of
 * stay as they are.
 */
export function withMends(
  source: Source,
  shown: readonly Diagnostic[],
  within: Span,
  check: CheckText,
  hasTime: Effort["hasTime"],
): readonly Diagnostic[] {
  const isHere = ({ span }: Diagnostic): boolean => span.start <= within.end && span.end >= within.start;
  if (!shown.some((each) => isHere(each) && isMendable(each))) return shown;
  const said = check(source.text);
  return shown.map((diagnostic) => {
    if (!isHere(diagnostic) || !isMendable(diagnostic)) return diagnostic;
    const { fixes } = mendsOf(source, said, diagnostic, check, { wanted: OFFERED, hasTime });
    const { fix: _, ...rest } = diagnostic;
    return fixes.length === 0 ? rest : { ...rest, fix: fixes };
  });
}

/** A fix that is to be made, and what it is for. */
export interface NextMend {
  readonly diagnostic: Diagnostic;
  readonly fix: Fix;
  /** The text with it. */
  readonly text: string;
}

export interface Next {
  /** null: no error that is left can be mended. */
  readonly mend: NextMend | null;
  /** Errors for which none was found; `cut`: those for which the search was given up. */
  readonly vain: readonly Diagnostic[];
  readonly cut: readonly Diagnostic[];
}

/**
 * Takes a source, which of its errors are to be passed over, a way to check a text and whether there is time. Gives the
 * first mend of the first error that has one: what its hint leaves no choice about, or a verified one.
 */
export function nextMend(
  source: Source,
  passed: (diagnostic: Diagnostic) => boolean,
  check: CheckText,
  hasTime: Effort["hasTime"],
): Next {
  const said = check(source.text);
  const vain: Diagnostic[] = [];
  const cut: Diagnostic[] = [];
  for (const diagnostic of said.filter((each) => isError(each) && !passed(each))) {
    if (!hasTime()) {
      cut.push(diagnostic);
      continue;
    }
    const plain = hintedMend(source, said, diagnostic, check);
    if (plain !== null) return { mend: plain, vain, cut };
    const mends = isMendable(diagnostic)
      ? mendsOf(source, said, diagnostic, check, { wanted: 1, hasTime })
      : { fixes: [], cut: false };
    const [fix] = mends.fixes;
    if (fix !== undefined) return { mend: { diagnostic, fix, text: applied(source.text, fix) }, vain, cut };
    (mends.cut ? cut : vain).push(diagnostic);
  }
  return { mend: null, vain, cut };
}

/**
 * What a hint leaves no choice about, if there are fewer errors afterwards. Behind a syntax error others may come to
 * light: there it is enough that there are not more.
 */
function hintedMend(
  source: Source,
  said: readonly Diagnostic[],
  diagnostic: Diagnostic,
  check: CheckText,
): NextMend | null {
  const fixes = hinted(source.text, parse(source).tree, diagnostic);
  const [fix] = fixes;
  if (fix === undefined || fixes.length > 1) return null;
  const text = applied(source.text, fix);
  if (text === source.text) return null;
  const before = said.filter(isError).length;
  const after = check(text).filter(isError);
  const isGone = after.every(
    ({ code, message, span }) =>
      code !== diagnostic.code || message !== diagnostic.message || span.start !== diagnostic.span.start,
  );
  const isBetter = after.length < before || (diagnostic.code.startsWith("CHOR01") && after.length === before);
  return isGone && isBetter ? { diagnostic, fix, text } : null;
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}
