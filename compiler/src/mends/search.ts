// Mends that have been tried: candidates, each checked in the text before it is offered. In: a source, one of its
// diagnostics, and a way to check a text. Out: fixes after which the diagnostic is gone and nothing new is said.

import { parse } from "@chor/grammar";
import type { Diagnostic, Fix, Source } from "@chor/grammar";
import { candidatesFor } from "./candidates.js";
import { areApart, asFix, moved, settled, together, written } from "./edits.js";
import type { Edit } from "./edits.js";

/** All that is said of a text that would stand for the source. */
export type CheckText = (text: string) => readonly Diagnostic[];

export interface Effort {
  /** How many fixes are wanted. */
  readonly wanted: number;
  /** Whether more time may be spent. */
  readonly hasTime: () => boolean;
}

export interface Mends {
  /** The best first. */
  readonly fixes: readonly Fix[];
  /** The search was given up before all had been tried. */
  readonly cut: boolean;
}

/** So many texts are checked for one diagnostic, and so many candidates are put together. */
const MAXIMAL_CHECKS = 60;
const MAXIMAL_TOGETHER = 3;
/** Of the texts in which something else is wrong now, so many are gone on from. */
const MAXIMAL_ON = 4;

/**
 * Takes a source, what `check` says of it, one of these diagnostics, that `check`, and the effort. A mend is verified:
 * in the text with it the diagnostic is gone, and no error and no warning is there that was not there before. Where one
 * candidate is not enough, those are put together that leave few other errors behind.
 */
export function mendsOf(
  source: Source,
  said: readonly Diagnostic[],
  diagnostic: Diagnostic,
  check: CheckText,
  effort: Effort,
): Mends {
  const search: Search = {
    source,
    said,
    diagnostic,
    check,
    effort,
    left: MAXIMAL_CHECKS,
    tried: new Set([source.text]),
  };
  const fixes: Fix[] = [];
  let level: readonly State[] = [{ text: source.text, edits: [], titles: [], next: diagnostic, open: 0 }];
  for (let depth = 0; depth < MAXIMAL_TOGETHER && fixes.length === 0 && level.length > 0; depth++) {
    const further: State[] = [];
    for (const state of level) {
      if (fixes.length >= effort.wanted) break;
      further.push(...step(search, state, fixes));
    }
    level = further.toSorted((a, b) => a.open - b.open).slice(0, MAXIMAL_ON);
  }
  return { fixes, cut: fixes.length < effort.wanted && (search.left <= 0 || !effort.hasTime()) };
}

interface Search {
  readonly source: Source;
  readonly said: readonly Diagnostic[];
  readonly diagnostic: Diagnostic;
  readonly check: CheckText;
  readonly effort: Effort;
  left: number;
  readonly tried: Set<string>;
}

/** A text on the way to a mend. */
interface State {
  readonly text: string;
  /** From the source to it, settled. */
  readonly edits: readonly Edit[];
  readonly titles: readonly string[];
  /** What is wrong with it now. */
  readonly next: Diagnostic;
  /** How much is wrong with it that was not wrong before. */
  readonly open: number;
}

/** Tries the candidates for what is wrong with a text; adds what mends the source, gives what may after more of it. */
function step(search: Search, state: State, fixes: Fix[]): readonly State[] {
  const { source, effort, check } = search;
  const own: Source = { file: source.file, text: state.text };
  const further: State[] = [];
  for (const candidate of candidatesFor(own, parse(own).tree, state.next)) {
    if (fixes.length >= effort.wanted || search.left <= 0 || !effort.hasTime()) break;
    const edits = settled(state.text, candidate.edits);
    const text = written(state.text, edits);
    if (!areApart(edits) || search.tried.has(text)) continue;
    search.tried.add(text);
    search.left--;
    const all = together(source.text.length, state.edits, edits);
    const titles = [...state.titles, candidate.title];
    const verdict = judge(search, all, check(text));
    if (verdict.isMended) {
      const fix = asFix(source.text, all);
      const title = titledOf(titles);
      // The same message in another place is no other mend to whom they are offered.
      if (fix !== null && fixes.every((other) => other.title !== title)) fixes.push({ title, edits: fix });
    } else if (verdict.next !== null)
      further.push({ text, edits: all, titles, next: verdict.next, open: verdict.open });
  }
  return further;
}

function titledOf([first = "", ...others]: readonly string[]): string {
  return [first, ...others.map((title) => title.charAt(0).toLowerCase() + title.slice(1))].join(", and ");
}

interface Verdict {
  readonly isMended: boolean;
  /** What to go on with; null: it leads nowhere. */
  readonly next: Diagnostic | null;
  readonly open: number;
}

function judge({ said, diagnostic }: Search, edits: readonly Edit[], after: readonly Diagnostic[]): Verdict {
  const target = keyOf(diagnostic, edits);
  const before = new Set(said.map((each) => keyOf(each, edits)).filter((key) => key !== target));
  const still = after.find((each) => keyOf(each, []) === target);
  const fresh = after.filter((each) => each !== still && !before.has(keyOf(each, [])));
  const errors = fresh.filter(isError);
  const isLess = after.filter(isError).length < said.filter(isError).length || !isError(diagnostic);
  const isMended = still === undefined && fresh.length === 0 && isLess;
  // Another way of the same choice may be left; more than that is no way to a mend.
  const goesOn = still === undefined || waysOf(still) !== waysOf(diagnostic);
  const next = still ?? errors[0] ?? null;
  return { isMended, next: goesOn && errors.length < MAXIMAL_TOGETHER ? next : null, open: errors.length };
}

/** What makes two diagnostics of two texts the same; of warnings their place does not matter. */
function keyOf({ code, severity, span, runs, message }: Diagnostic, edits: readonly Edit[]): string {
  if (severity === "warning") return `${code} ${message}`;
  return `${code} ${moved(edits, span.start)} ${runs?.role ?? message}`;
}

function waysOf({ runs }: Diagnostic): string {
  return JSON.stringify(runs?.runs.map(({ steps, then }) => [steps.map(({ text }) => text), then]));
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}
