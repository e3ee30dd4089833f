// Random teams for the tests of `verify`. In: a kind and a seed. Out: the core, its team, and whether check accepts it.

import { desugar } from "../../compiler/src/core/desugar.js";
import type { Core } from "../../compiler/src/core/core.js";
import { teamOf, type Team } from "../../compiler/src/team/team.js";
import type { VerifyWish } from "../../compiler/src/verify/verify.js";
import { acceptsArms } from "../oracle/arms-checkers.js";
import { isWellFormed } from "../oracle/arms-compare.js";
import { build, type Sketch } from "../support/build.js";
import { randomArms, type ArmsSizes } from "../support/random-arms.js";
import { randomSketch, smallSizes } from "../support/random-core.js";
import { randomWaits, toldKnowers, type Kinds } from "../support/random-waits.js";

const waits: Kinds = { waits: [1, 3], statements: 3, depth: 2, labels: 2, roles: 3, loops: "none" };
const arms: ArmsSizes = { roles: 3, labels: 2, statements: 2, depth: 2, arms: 2, family: 0, loops: "none" };

/** Programs without arms. */
export const plainKinds: Readonly<Record<string, (seed: number) => Sketch>> = {
  plain: (seed) => randomSketch(seed, smallSizes),
  waits: (seed) => randomWaits(seed, waits),
  "waits with `fail`": (seed) => randomWaits(seed, { ...waits, fails: 0.3 }),
  "choices by data": (seed) => randomWaits(seed, { ...waits, waits: [0, 2], data: 0.6 }),
  gathers: (seed) => randomWaits(seed, { ...waits, roles: 2, family: 2, waits: [0, 2] }),
  "waits in counted loops": (seed) => randomWaits(seed, { ...waits, loops: "counted", waits: [1, 2] }),
  "waits in loops without end": (seed) => randomWaits(seed, { ...waits, loops: "uncounted", waits: [1, 2] }),
  "optional roles": (seed) => randomWaits(seed, { ...waits, optional: true, waits: [0, 2] }),
};

export const allKinds: Readonly<Record<string, (seed: number) => Sketch>> = {
  ...plainKinds,
  par: (seed) => randomArms(seed, arms),
  "par beside waits": (seed) => randomArms(seed, { ...arms, waits: 0.5 }),
  "par with loops": (seed) => randomArms(seed, { ...arms, loops: "uncounted" }),
  scatter: (seed) => randomArms(seed, { ...arms, roles: 2, family: 2 }),
};

export interface Sample {
  readonly sketch: Sketch;
  readonly core: Core;
  readonly team: Team;
  readonly accepted: boolean;
}

/** null: its form is wrong, or it is not carried. */
export function sampleOf(sketch: Sketch, elements = 1): Sample | null {
  const core = desugar(build(sketch).choreography, { knowers: toldKnowers });
  const accepted = isWellFormed(core) ? acceptsArms(core) : null;
  const { team } = accepted === null ? { team: null } : teamOf(core, { elements });
  return accepted === null || team === null ? null : { sketch, core, team, accepted };
}

/** Bounds that keep a test short. */
export const shortWish: VerifyWish = {
  members: new Map(),
  elements: 1,
  channel: null,
  lost: null,
  states: 4_000,
  reduce: true,
};

/** Of one team alone. */
export const oneSetting = { members: new Map<string, number>(), elements: null };
