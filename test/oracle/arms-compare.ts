// The comparison of a check of arms with the exploration of endpoints with arms and waits, on one program. In: a sketch
// and a checker. Out: whether they agree, and if not, how.

import { formOf } from "../../compiler/src/automaton/form.js";
import { desugar } from "../../compiler/src/core/desugar.js";
import type { Core } from "../../compiler/src/core/core.js";
import { build, innerParts, type Part, type Sketch } from "../support/build.js";
import { toldKnowers } from "../support/random-waits.js";
import type { ArmsChecker } from "./arms-checkers.js";
import type { Agreement } from "./compare.js";
import type { Limits, Outcome } from "./explore.js";
import { exploreJudges, type Sizes, type Weakness } from "./judges.js";
import { nativeOf } from "./native.js";

const limits: Limits = { situations: 2_000, channel: 2, compared: 0 };
const maximalStates = 400;

/** How long lists are: always as long, or by turns. */
const lists: readonly Sizes[] = [() => 0, () => 1, (n) => n % 2, () => 2, () => 3];

export function compareArms(sketch: Sketch, accepts: ArmsChecker, weakness: Weakness = {}): Agreement {
  const core = armsCoreOf(sketch);
  const accepted = isWellFormed(core) ? accepts(core) : null;
  if (accepted === null) return { kind: "unknown" };
  const native = nativeOf(sketch, maximalStates);
  if (native === null) return { kind: "unknown" };
  const outcomes: Outcome[] = [];
  for (const sizes of hasScatter(sketch.body) ? lists.slice(0, native.cyclic ? 4 : 5) : [() => 0]) {
    outcomes.push(exploreJudges(native, limits, weakness, sizes));
    if (outcomes.at(-1)?.kind === "failure") break;
  }
  const failed = outcomes.find((outcome) => outcome.kind === "failure");
  if (accepted)
    return failed === undefined ? { kind: "agree", accepted } : { kind: "wrongly accepted", outcome: failed };
  if (failed !== undefined) return { kind: "agree", accepted };
  const known = outcomes.slice(0, 4).every(({ kind }) => kind === "sound");
  return native.cyclic || !known ? { kind: "unknown" } : { kind: "wrongly refused" };
}

/** Whether the check of arms may be asked. */
export function isWellFormed(core: Core): boolean {
  return formOf(core).diagnostics.every(({ severity }) => severity !== "error");
}

export function armsCoreOf(sketch: Sketch): Core {
  return desugar(build(sketch).choreography, { knowers: toldKnowers });
}

function hasScatter(part: Part): boolean {
  return part.kind === "scatter" || innerParts(part).some(hasScatter);
}
