// The lints of protocols: what is no error, but seldom meant so. In: a checked file, and the codes of the lints that are
// wanted. Out: their warnings, by place. A lint that is not wanted costs nothing; where something is wrong, nothing is said.

import type { Diagnostic } from "@chor/grammar";
import { artifactsOf, type Artifacts } from "../bind/artifact-table.js";
import type { Program } from "../bind/program.js";
import { inOrder, type Checked } from "../check.js";
import { bottlenecks } from "./bottlenecks.js";
import { conditions } from "./conditions.js";
import { emptyContracts } from "./contracts.js";
import { lateDeadlines } from "./deadlines.js";
import { limitsOf, type Limits } from "./limits.js";
import { loopsWithoutElse, unboundedLoops } from "./loops.js";
import { LINT_DEFAULTS, type LintOptions } from "./options.js";
import { needlessRetries } from "./retries.js";
import { unguardedArtifacts } from "./unguarded.js";
import { endlessWaits } from "./waits.js";

/** What a lint may look at. */
export interface Subject {
  readonly program: Program;
  readonly artifacts: Artifacts;
  /** After what time a session is over at the latest. */
  readonly limits: Limits;
  /** Where a comparison is told to be constant already, by the beginning of its span. */
  readonly constant: ReadonlySet<number>;
  readonly options: LintOptions;
}

type Lint = (subject: Subject) => readonly Diagnostic[];

/** What finds which codes. */
const LINTS: readonly (readonly [readonly string[], Lint])[] = [
  [["CHOR0650"], endlessWaits],
  [["CHOR0651"], unguardedArtifacts],
  [["CHOR0652"], unboundedLoops],
  [["CHOR0653"], bottlenecks],
  [["CHOR0654"], loopsWithoutElse],
  [["CHOR0655"], lateDeadlines],
  [["CHOR0656"], needlessRetries],
  [["CHOR0657", "CHOR0658"], conditions],
  [["CHOR0659"], emptyContracts],
];

/** The codes that a lint finds, sorted. */
export const LINT_CODES: readonly string[] = LINTS.flatMap(([codes]) => codes);

/** Takes a checked file and the codes that are wanted, gives their warnings. Never throws. */
export function lint(
  checked: Checked,
  wanted: ReadonlySet<string>,
  options: LintOptions = LINT_DEFAULTS,
): readonly Diagnostic[] {
  const runs = LINTS.filter(([codes]) => codes.some((code) => wanted.has(code)));
  if (runs.length === 0 || checked.diagnostics.some(isReal)) return [];
  const { program } = checked;
  const constant = checked.diagnostics.filter(({ code }) => code === CONSTANT).map(({ span }) => span.start);
  const subject: Subject = {
    program,
    artifacts: artifactsOf([program]),
    limits: limitsOf(program),
    constant: new Set(constant),
    options,
  };
  return inOrder(runs.flatMap(([, find]) => find(subject)).filter(({ code }) => wanted.has(code)));
}

const CONSTANT = "CHOR0291";

/** An error of the program, not a limit of the compiler. */
function isReal({ severity, code }: Diagnostic): boolean {
  return severity === "error" && code !== "CHOR0901";
}
