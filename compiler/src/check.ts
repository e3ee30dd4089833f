// The line of stages as one function: text, tree, program, and for every choreography core, global automaton,
// observations, coherence, knowledge, local automata. In: a source. Out: what every stage has made of it, and all
// diagnostics. Look here first.

import { parse } from "@chor/grammar";
import type { Diagnostic, Source } from "@chor/grammar";
import { globalAutomaton } from "./automaton/build.js";
import type { GlobalAutomaton } from "./automaton/global.js";
import { observe } from "./automaton/observe.js";
import type { Observation } from "./automaton/observe.js";
import { bind } from "./bind/bind.js";
import type { Choreography, Program } from "./bind/program.js";
import { coherence } from "./coherence/coherent.js";
import type { Core } from "./core/core.js";
import { desugar } from "./core/desugar.js";
import { knowledge } from "./knowledge/knowledge.js";
import { lostBySyntax } from "./lost.js";
import type { LocalAutomaton } from "./project/local.js";
import { project } from "./project/project.js";

export interface Checked {
  readonly program: Program;
  /** Every choreography of the program, in the order of the source. */
  readonly choreographies: readonly CheckedChoreography[];
  /** Of all stages, sorted by place. The source is accepted if none is an error. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface CheckedChoreography {
  readonly choreography: Choreography;
  readonly core: Core;
  /** null: its form is wrong, and nothing behind it was made. */
  readonly automaton: GlobalAutomaton | null;
  /** One for each role, in the order of `core.roles`. */
  readonly observations: readonly Observation[];
  /** One for each role; empty where the choreography has errors. */
  readonly locals: readonly LocalAutomaton[];
}

/** Checks one source. Every choreography is checked for itself: an error in one does not silence another. Never throws. */
export function check(source: Source): Checked {
  const parsed = parse(source);
  const bound = bind(source, parsed.tree);
  const lost = lostBySyntax(source, parsed);
  // What the parser had to leave out of a choreography would be missed by every stage behind it.
  const whole = bound.program.choreographies.filter(({ span }) => !lost.touches(span));
  const checked = whole.map(checkChoreography);
  const diagnostics = [
    ...parsed.diagnostics,
    ...bound.diagnostics.filter((each) => !lost.explains(each)),
    ...checked.flatMap((each) => each.diagnostics),
  ];
  return {
    program: bound.program,
    choreographies: checked.map((each) => each.result),
    diagnostics: inOrder(diagnostics),
  };
}

interface CheckedOne {
  readonly result: CheckedChoreography;
  readonly diagnostics: readonly Diagnostic[];
}

function checkChoreography(choreography: Choreography): CheckedOne {
  const core = desugar(choreography);
  const built = globalAutomaton(core);
  if (built.automaton === null) {
    return {
      result: { choreography, core, automaton: null, observations: [], locals: [] },
      diagnostics: built.diagnostics,
    };
  }
  const { automaton } = built;
  const observations = core.roles.map((_, role) => observe(automaton, role));
  const seen = observations.filter((observation) => observation.diagnostics.length === 0);
  const known = knowledge(automaton);
  const found = [
    ...built.diagnostics,
    ...observations.flatMap((observation) => observation.diagnostics),
    ...coherence(automaton, seen),
    ...known.diagnostics,
  ];
  const checked = { choreography, core, automaton, observations };
  if (found.some(isError)) return { result: { ...checked, locals: [] }, diagnostics: found };
  const projected = observations.map((observation) => project(automaton, observation, known.reaching.knows));
  const all = [...found, ...projected.flatMap((each) => each.diagnostics)];
  return {
    result: { ...checked, locals: all.some(isError) ? [] : projected.map((each) => each.local) },
    diagnostics: all,
  };
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

/** By place, errors before warnings; what two stages say in the same words is said once. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const said = new Set<string>();
  return diagnostics
    .filter(({ code, span, message }) => {
      const key = `${code} ${span.start} ${span.end} ${message}`;
      return !said.has(key) && said.add(key);
    })
    .toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || rank(a) - rank(b));
}

function rank({ severity }: Diagnostic): number {
  return severity === "error" ? 0 : 1;
}
