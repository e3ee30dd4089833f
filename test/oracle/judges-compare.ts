// The comparison of a checker with the exploration of endpoints with waits, on one program. In: a sketch and a checker.
// Out: whether they agree, and if not, how.

import { globalAutomaton } from "../../compiler/src/automaton/build.js";
import { desugar } from "../../compiler/src/core/desugar.js";
import { build, innerParts, withInnerParts, type Part, type Sketch } from "../support/build.js";
import { toldKnowers } from "../support/random-waits.js";
import type { Agreement, Checker } from "./compare.js";
import type { Limits, Outcome } from "./explore.js";
import { exploreJudges, type Weakness } from "./judges.js";
import { nativeOf } from "./native.js";

const limits: Limits = { situations: 3_000, channel: 2, compared: 12 };
const maximalStates = 300;
/** Counted loops are compared with this many rounds, and with all numbers below. */
const maximalRounds = 3;

export function compare(sketch: Sketch, checker: Checker, weakness: Weakness = {}): Agreement {
  const core = desugar(build(sketch).choreography, { knowers: toldKnowers });
  const { automaton } = globalAutomaton(core);
  if (automaton === null) return { kind: "unknown" };
  const accepted = checker(automaton);
  const counted = core.loops.some(({ max }) => max !== null);
  const sketches = counted
    ? Array.from({ length: maximalRounds }, (_, i) => ({ ...sketch, body: withRounds(sketch.body, i + 1) }))
    : [sketch];
  const outcomes = sketches.map((each): Outcome => {
    const native = nativeOf(each, maximalStates);
    return native === null ? { kind: "unknown" } : exploreJudges(native, limits, weakness);
  });
  const failed = outcomes.find((outcome) => outcome.kind === "failure");
  if (accepted)
    return failed === undefined ? { kind: "agree", accepted } : { kind: "wrongly accepted", outcome: failed };
  if (failed !== undefined) return { kind: "agree", accepted };
  const open = core.loops.some(({ max }) => max === null) || outcomes.some(({ kind }) => kind === "unknown");
  return open ? { kind: "unknown" } : { kind: "wrongly refused" };
}

function withRounds(part: Part, max: number): Part {
  const inner = withInnerParts(
    part,
    innerParts(part).map((one) => withRounds(one, max)),
  );
  return inner.kind === "loop" && inner.options.max !== undefined
    ? { ...inner, options: { ...inner.options, max } }
    : inner;
}
