// The coherence of a core with arms: `par`, `scatter`, messages from all members of a family. Every block (the body, and
// each arm) is coherent for itself, each construct in it being one letter; the product of the arms is never built.
// In: a core. Out: what its blocks are, and diagnostics; none of them an error means that it is coherent.

import type { Diagnostic } from "@chor/grammar";
import { coherence } from "../coherence/coherent.js";
import { circleOfOptional } from "../coherence/leaving.js";
import { problems } from "../coherence/problems.js";
import type { Core } from "../core/core.js";
import { inArm, incoherentWithArms, onlySometimes, optionalGoesOn } from "../report/arms.js";
import { roleName } from "../report/waits.js";
import { blocksOf } from "./blocks.js";
import { conditionsWithArms, withBegins, type Asking } from "./conditions.js";
import { headsOf } from "./heads.js";
import { leavingWithArms } from "./leaving.js";
import { passageOf } from "./passage.js";
import { stageOf, type Built, type Stage } from "./views.js";

export interface ArmsChecked {
  /** null: the form of a block is wrong. */
  readonly stage: Stage | null;
  /** Of form and of coherence, by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Optional roles that may wait for each other to leave, or null. */
  readonly circle: readonly number[] | null;
}

/**
 * Takes a core in which no choice begins with arms and no loop goes round in silence (`formOf` of the whole tells).
 * Errors: those of the form of a block, seen for itself; those of coherence. P1, P2, S1 and S4 stand in SPEC.md, section 7.
 */
export function armsCoherence(core: Core): ArmsChecked {
  const { stage, diagnostics } = stageOf(blocksOf(core));
  if (stage === null) return { stage, diagnostics, circle: null };
  const heads = headsOf(stage);
  const asking: Asking = { stage, heads, passage: passageOf(stage) };
  const found = stage.built.flatMap((built, block) => problemsOf(asking, built, block));
  return {
    stage,
    diagnostics: [...diagnostics, ...found].toSorted((a, b) => a.span.start - b.span.start),
    circle: circleOfOptional(leavingWithArms(stage, heads)),
  };
}

function problemsOf(asking: Asking, built: Built, block: number): readonly Diagnostic[] {
  const { stage } = asking;
  const partly = stage.built[block]?.block.of === null ? [] : rolesPartly(built);
  const others = built.observations.filter(({ role }) => !partly.includes(role));
  const told = partly.map((role) => asOptional(stage, block, role, onlySometimes(stage, block, role)));
  if (built.constructOf.every((construct) => construct < 0)) {
    const { automaton } = built.tables;
    const plain = coherence(automaton, others).map((each) => {
      const role = others.find((other) => roleName(automaton, other.role) === each.runs?.role)?.role ?? -1;
      return asOptional(stage, block, role, inArm(stage, block, each));
    });
    return [...told, ...plain];
  }
  const withLetters = others.flatMap(({ role }) => {
    const view = built.views.get(role);
    if (view === undefined) return [];
    const asked = withBegins(stage, asking.heads, built, view);
    return problems(asked, conditionsWithArms(asking, block)).map((example) =>
      asOptional(stage, block, role, incoherentWithArms(stage, asking.heads, block, asked, example)),
    );
  });
  return [...told, ...withLetters];
}

/** Of an optional role that has to know whether an arm is over, since it goes on behind: so that this is what is told. */
function asOptional({ blocks, built }: Stage, block: number, role: number, diagnostic: Diagnostic): Diagnostic {
  const isOptional = blocks.blocks[block]?.core.roles[role]?.kind === "optional";
  const isWaived = built[block]?.tables.automaton.core.roles[role]?.kind === "optional";
  const ofEnd = ["CHOR0604", "CHOR0608", "CHOR0609"].includes(diagnostic.code);
  return isOptional && !isWaived && ofEnd ? optionalGoesOn({ blocks, built }, block, role, diagnostic) : diagnostic;
}

/** The roles that take part in some runs of an arm and not in others: they cannot know whether it is over for them (S4). */
function rolesPartly({ roles, tables, views }: Built): readonly number[] {
  return roles.filter((role) => {
    const first = views.get(role)?.sets[0];
    if (tables.automaton.core.roles[role]?.kind === "optional") return false;
    return first !== undefined && first.edges.length > 0 && first.states.some((state) => tables.final[state] === 1);
  });
}
