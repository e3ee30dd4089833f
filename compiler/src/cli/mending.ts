// The mends of a run, file by file, made in memory. In: the sources of a run, a way to load what they import, and a way
// to check one. Out: what was mended and how, the texts afterwards, and what is wrong with them still.

import type { Diagnostic, Source } from "@chor/grammar";
import { check } from "../check.js";
import { checkFiles } from "../check-files.js";
import type { CheckedFile } from "../check-files.js";
import { checkedAgain } from "../mends/again.js";
import { nextMend } from "../mends/mends.js";
import type { Load } from "../modules/gather.js";
import { remembering } from "./checking.js";

/** So many mends are made in one file, and so long each of them is looked for, in milliseconds of work. */
const MAXIMAL_MENDS = 100;
const PATIENCE = 1_500;

export interface Mended {
  readonly file: string;
  readonly diagnostic: Diagnostic;
  /** What was done, in the imperative. */
  readonly title: string;
  /** The text in which the diagnostic stands, and that with the mend. */
  readonly before: Source;
  readonly after: Source;
}

export interface Mending {
  readonly mends: readonly Mended[];
  /** The named sources, mended. */
  readonly sources: readonly Source[];
  /** Every file of the run, checked with the mends. */
  readonly checked: readonly CheckedFile[];
  /** Files in which the search was given up for some error. */
  readonly cut: readonly string[];
}

/**
 * Mends the named sources. `loadWith` loads what is imported while sources stand for what is on the disk; `work` gives the
 * milliseconds that were worked so far; `at` hears how far it is. No mend is made after which any file of the run has more
 * errors, or this one has not fewer but for those that a syntax error has hidden.
 */
export function mending(
  named: readonly Source[],
  loadWith: (known: readonly Source[]) => Load,
  work: () => number,
  at: (done: number, file: string) => void,
): Mending {
  const run = { sources: [...named], mends: [] as Mended[], cut: new Set<string>() };
  const checkOne = remembering(new Map(), check);
  const checkAll = (sources: readonly Source[]): readonly CheckedFile[] =>
    checkFiles(sources, loadWith(sources), checkOne);
  let checked = checkAll(run.sources);
  named.forEach(({ file }, index) => {
    const passed = new Set<string>();
    const isPassed = (diagnostic: Diagnostic): boolean => passed.has(keyOf(diagnostic));
    for (let count = 0; ; count++) {
      at(index, file);
      const before = run.sources[index];
      if (before === undefined || errorsIn(checked, file) === 0) break;
      if (count >= MAXIMAL_MENDS) {
        run.cut.add(file);
        break;
      }
      const again = checkedAgain(before, checkOne);
      checkFiles([before], loadWith(run.sources), again.checkOne);
      const end = work() + PATIENCE;
      const { mend, vain, cut } = nextMend(before, isPassed, again.checkText, () => work() < end);
      for (const diagnostic of [...vain, ...cut]) passed.add(keyOf(diagnostic));
      if (cut.length > 0) run.cut.add(file);
      if (mend === null) break;
      const after = { file, text: mend.text };
      const sources = run.sources.with(index, after);
      const next = checkAll(sources);
      const isWorse = next.some((each) => errorsOf(each) > errorsIn(checked, each.source.file));
      if (isWorse) {
        passed.add(keyOf(mend.diagnostic));
        continue;
      }
      run.mends.push({ file, diagnostic: mend.diagnostic, title: mend.fix.title, before, after });
      run.sources = sources;
      checked = next;
    }
  });
  return { mends: run.mends, sources: run.sources, checked, cut: [...run.cut] };
}

/** The same wrong thing, wherever it has gone by a mend of another. */
function keyOf({ code, message }: Diagnostic): string {
  return `${code} ${message}`;
}

function errorsIn(checked: readonly CheckedFile[], file: string): number {
  const found = checked.find(({ source }) => source.file === file);
  return found === undefined ? 0 : errorsOf(found);
}

function errorsOf({ checked }: CheckedFile): number {
  return (checked?.diagnostics ?? []).filter(({ severity }) => severity === "error").length;
}
