// The comparison of a check of arms with the oracle on one program. In: a sketch and a checker. Out: whether they
// agree, and if not, how.

import { formOf } from "../../compiler/src/automaton/form.js";
import { desugar } from "../../compiler/src/core/desugar.js";
import { innerNodes } from "../../compiler/src/core/message.js";
import type { Core, Node } from "../../compiler/src/core/core.js";
import { build, type Sketch } from "../support/build.js";
import type { Agreement } from "./compare.js";
import type { ArmsChecker } from "./arms-checkers.js";
import { exploreArms, type Sizes } from "./arms-explore.js";
import { armsRunsOf } from "./arms-runs.js";
import type { Limits, Outcome } from "./explore.js";

const limits: Limits = { situations: 1_500, channel: 2, compared: 0 };
const maximalStates = 400;

/** How long lists are: always as long, or by turns. */
const lists: readonly Sizes[] = [() => 0, () => 1, (n) => n % 2, () => 2];

export function compareArms(sketch: Sketch, accepts: ArmsChecker): Agreement {
  const core = armsCoreOf(sketch);
  const accepted = isWellFormed(core) ? accepts(core) : null;
  if (accepted === null) return { kind: "unknown" };
  const outcomes: Outcome[] = [];
  const scatters = nodesOf(core).some(({ kind }) => kind === "scatter");
  for (const sizes of scatters ? lists : [() => 0]) {
    outcomes.push(outcomeOf(core, sizes));
    if (outcomes.at(-1)?.kind === "failure") break;
  }
  const failed = outcomes.find((outcome) => outcome.kind === "failure");
  if (accepted)
    return failed === undefined ? { kind: "agree", accepted } : { kind: "wrongly accepted", outcome: failed };
  if (failed !== undefined) return { kind: "agree", accepted };
  const cyclic = core.loops.some((loop) => loop.max === null);
  return cyclic || outcomes.some((outcome) => outcome.kind === "unknown")
    ? { kind: "unknown" }
    : { kind: "wrongly refused" };
}

/** Whether the check of arms may be asked. */
export function isWellFormed(core: Core): boolean {
  const { diagnostics, quiet } = formOf(core);
  return quiet.length === 0 && diagnostics.every(({ severity }) => severity !== "error");
}

export function armsCoreOf(sketch: Sketch): Core {
  return desugar(build(sketch).choreography);
}

function outcomeOf(core: Core, sizes: Sizes): Outcome {
  const runs = armsRunsOf(core, maximalStates);
  return runs === null ? { kind: "unknown" } : exploreArms(runs, core.roles.length, sizes, limits, networkOf(core));
}

/** The roles of the network need not come to an end. */
function networkOf({ roles }: Core): ReadonlySet<number> {
  return new Set([...roles.keys()].filter((role) => roles[role]?.kind === "network"));
}

function nodesOf(core: Core): readonly Node[] {
  const found: Node[] = [];
  const work: Node[] = [core.body];
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    found.push(node);
    work.push(...innerNodes(node));
  }
  return found;
}
