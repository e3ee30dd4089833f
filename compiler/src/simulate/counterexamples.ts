// The counterexamples of a check, as runs and not as words. In: a choreography that is refused for coherence. Out: for
// each of its diagnostics the view of the role and the two runs.

import type { Diagnostic } from "@chor/grammar";
import { blocksOf } from "../arms/blocks.js";
import { conditionsWithArms, withBegins, type Asking } from "../arms/conditions.js";
import { headsOf } from "../arms/heads.js";
import { passageOf } from "../arms/passage.js";
import { stageOf, type Stage } from "../arms/views.js";
import type { Choreography } from "../bind/program.js";
import { sizesOf } from "../carried/sizes.js";
import { problems } from "../coherence/problems.js";
import type { Counterexample } from "../coherence/runs.js";
import type { View } from "../coherence/tables.js";
import type { Core } from "../core/core.js";
import { hasArms } from "../core/holds.js";
import { inArm, incoherentWithArms } from "../report/arms.js";
import { incoherent } from "../report/coherence.js";
import { withSizes } from "../report/sizes.js";
import { coreWith } from "./ready.js";

export interface Told {
  readonly core: Core;
  /** The block that the runs are of; 0: the body. */
  readonly block: number;
  readonly view: View;
  readonly example: Counterexample;
  /** As `check` tells it, but for its mend. */
  readonly diagnostic: Diagnostic;
}

/** Of the smallest sizes of families with which there are any. */
export function counterexamplesOf(choreography: Choreography): readonly Told[] {
  for (const sizes of sizesOf(choreography)) {
    const core = coreWith(choreography, sizes);
    const found = inCore(core).map((told) => {
      const [diagnostic = told.diagnostic] = withSizes([told.diagnostic], choreography, sizes.members);
      return { ...told, diagnostic };
    });
    if (found.length > 0) return found;
  }
  return [];
}

/** Of one core, with its sizes. */
export function inCore(core: Core): readonly Told[] {
  const { stage } = stageOf(blocksOf(core));
  if (stage === null) return [];
  const heads = headsOf(stage);
  const asking: Asking = { stage, heads, passage: passageOf(stage) };
  return stage.built.flatMap((built, block) =>
    [...built.views.values()].flatMap((view) => {
      if (!built.constructOf.some((construct) => construct >= 0))
        return problems(view).map((example): Told => {
          const diagnostic = plainly(stage, block, incoherent(view, example, null), hasArms(core));
          return { core, block, view, example, diagnostic };
        });
      const asked = withBegins(stage, heads, built, view);
      return problems(asked, conditionsWithArms(asking, block)).map((example): Told => {
        const diagnostic = incoherentWithArms(stage, heads, block, asked, example);
        return { core, block, view: asked, example, diagnostic };
      });
    }),
  );
}

function plainly(stage: Stage, block: number, diagnostic: Diagnostic, isArm: boolean): Diagnostic {
  return isArm ? inArm(stage, block, diagnostic) : diagnostic;
}
