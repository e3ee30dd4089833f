// The comparison of a checker with the oracle on one program. In: a sketch and a checker. Out: whether they agree,
// and if not, how.

import { globalAutomaton } from "../../compiler/src/automaton/build.js";
import { explore } from "./explore.js";
import { runsOf } from "./unroll.js";
import { build } from "../support/build.js";
import { desugar } from "../../compiler/src/core/desugar.js";
import type { GlobalAutomaton } from "../../compiler/src/automaton/global.js";
import type { Core } from "../../compiler/src/core/core.js";
import type { Limits, Outcome } from "./explore.js";
import type { Part, Sketch } from "../support/build.js";

/** Whether a checker accepts an automaton. */
export type Checker = (automaton: GlobalAutomaton) => boolean;

export type Agreement =
  | { readonly kind: "agree"; readonly accepted: boolean }
  /** The program has an error of form, or is too large to be explored. */
  | { readonly kind: "unknown" }
  /** Accepted, but it fails. */
  | { readonly kind: "wrongly accepted"; readonly outcome: Outcome }
  /** Refused, but nothing goes wrong. */
  | { readonly kind: "wrongly refused" };

const limits: Limits = { situations: 4_000, channel: 2, compared: 12 };
const maximalStates = 400;
/** Counted loops are compared with this many rounds, and with all numbers below. */
const maximalRounds = 4;

export function compare(sketch: Sketch, accepts: Checker): Agreement {
  const core = coreOf(sketch);
  const { automaton } = globalAutomaton(core);
  if (automaton === null) return { kind: "unknown" };
  const accepted = accepts(automaton);
  const outcomes = coresToRun(sketch, core).map(outcomeOf);
  const failed = outcomes.find((outcome) => outcome.kind === "failure");
  if (accepted)
    return failed === undefined ? { kind: "agree", accepted } : { kind: "wrongly accepted", outcome: failed };
  if (failed !== undefined) return { kind: "agree", accepted };
  const cyclic = core.loops.some((loop) => loop.max === null);
  return cyclic || outcomes.some((outcome) => outcome.kind === "unknown")
    ? { kind: "unknown" }
    : { kind: "wrongly refused" };
}

/** A program without counted loops as it is; one with them with every number of rounds. */
function coresToRun(sketch: Sketch, core: Core): readonly Core[] {
  if (core.loops.every((loop) => loop.max === null)) return [core];
  return Array.from({ length: maximalRounds }, (_, i) => coreOf({ ...sketch, body: withRounds(sketch.body, i + 1) }));
}

function outcomeOf(core: Core): Outcome {
  const runs = runsOf(core, maximalStates);
  return runs === null ? { kind: "unknown" } : explore(runs, core.roles.length, limits);
}

function coreOf(sketch: Sketch): Core {
  return desugar(build(sketch).choreography);
}

/** The part with `max` of every counted loop replaced. */
function withRounds(part: Part, max: number): Part {
  switch (part.kind) {
    case "seq":
      return { ...part, parts: part.parts.map((inner) => withRounds(inner, max)) };
    case "choice":
      return { ...part, branches: part.branches.map((branch) => withRounds(branch, max)) };
    case "loop": {
      const { options } = part;
      const body = withRounds(part.body, max);
      if (options.max === undefined) return { ...part, body };
      const otherwise = options.otherwise === undefined ? {} : { otherwise: withRounds(options.otherwise, max) };
      return { ...part, body, options: { max, ...otherwise } };
    }
    default:
      return part;
  }
}
