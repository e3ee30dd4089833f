// The coherence of a core with arms: `par`, `scatter`, messages from all members of a family. Every block (the body, and
// each arm) is coherent for itself, each construct in it being one letter; the product of the arms is never built.
// In: a core. Out: what its blocks are, and diagnostics; none of them an error means that it is coherent.

import type { Diagnostic } from "@chor/grammar";
import { coherence } from "../coherence/coherent.js";
import { problems } from "../coherence/problems.js";
import type { Core } from "../core/core.js";
import { inArm, incoherentWithArms, onlySometimes } from "../report/arms.js";
import { blocksOf } from "./blocks.js";
import { conditionsWithArms, withBegins, type Asking } from "./conditions.js";
import { headsOf } from "./heads.js";
import { passageOf } from "./passage.js";
import { stageOf, type Built, type Stage } from "./views.js";

export interface ArmsChecked {
  /** null: the form of a block is wrong. */
  readonly stage: Stage | null;
  /** Of form and of coherence, by place. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Takes a core in which no choice begins with arms and no loop goes round in silence (`formOf` of the whole tells), and
 * in whose arms there is no role of the network, no optional role and no `fail`. Errors: those of the form of a block,
 * seen for itself; those of coherence. P1, P2, S1 and S4 stand in SPEC.md, section 7.
 */
export function armsCoherence(core: Core): ArmsChecked {
  const { stage, diagnostics } = stageOf(blocksOf(core));
  if (stage === null) return { stage, diagnostics };
  const heads = headsOf(stage);
  const asking: Asking = { stage, heads, passage: passageOf(stage) };
  const found = stage.built.flatMap((built, block) => problemsOf(asking, built, block));
  return { stage, diagnostics: [...diagnostics, ...found].toSorted((a, b) => a.span.start - b.span.start) };
}

function problemsOf(asking: Asking, built: Built, block: number): readonly Diagnostic[] {
  const { stage } = asking;
  const partly = stage.built[block]?.block.of === null ? [] : rolesPartly(built);
  const others = built.observations.filter(({ role }) => !partly.includes(role));
  const told = partly.map((role) => onlySometimes(stage, block, role));
  if (built.constructOf.every((construct) => construct < 0)) {
    const plain = coherence(built.tables.automaton, others).map((each) => inArm(stage, block, each));
    return [...told, ...plain];
  }
  const withLetters = others.flatMap(({ role }) => {
    const view = built.views.get(role);
    if (view === undefined) return [];
    const asked = withBegins(stage, asking.heads, built, view);
    return problems(asked, conditionsWithArms(asking, block)).map((example) =>
      incoherentWithArms(stage, asking.heads, block, asked, example),
    );
  });
  return [...told, ...withLetters];
}

/** The roles that take part in some runs of an arm and not in others: they cannot know whether it is over for them (S4). */
function rolesPartly({ roles, tables, views }: Built): readonly number[] {
  return roles.filter((role) => {
    const first = views.get(role)?.sets[0];
    return first !== undefined && first.edges.length > 0 && first.states.some((state) => tables.final[state] === 1);
  });
}
