// Random programs of every kind that a team can be made of. In: a seed. Out: a core, and whether the check accepts it.

import { globalAutomaton } from "../../compiler/src/automaton/build.js";
import type { Core } from "../../compiler/src/core/core.js";
import { desugar } from "../../compiler/src/core/desugar.js";
import { acceptsArms } from "../oracle/arms-checkers.js";
import { isWellFormed } from "../oracle/arms-compare.js";
import { accepts } from "../oracle/checkers.js";
import { build, type Sketch } from "../support/build.js";
import { randomArms, type ArmsSizes } from "../support/random-arms.js";
import { randomSketch, smallSizes } from "../support/random-core.js";
import { randomWaits, toldKnowers, type Kinds } from "../support/random-waits.js";

export interface Kind {
  readonly name: string;
  /** Of all programs of a test. */
  readonly share: number;
  readonly make: (seed: number) => Sketch;
  readonly hasArms: boolean;
  /** Who fails ends the session for all: then nothing need go wrong. */
  readonly mayFail?: boolean;
}

const waits: Kinds = { waits: [1, 3], statements: 3, depth: 2, labels: 2, roles: 3, loops: "none" };
const arms: ArmsSizes = { roles: 3, labels: 2, statements: 2, depth: 2, arms: 3, family: 0, loops: "none" };

const ofWaits = (name: string, share: number, kinds: Partial<Kinds>, mayFail = false): Kind => ({
  name,
  share,
  make: (seed) => randomWaits(seed, { ...waits, ...kinds }),
  hasArms: false,
  mayFail,
});

const ofArms = (name: string, share: number, sizes: Partial<ArmsSizes>): Kind => ({
  name,
  share,
  make: (seed) => randomArms(seed, { ...arms, ...sizes }),
  hasArms: true,
});

export const kinds: readonly Kind[] = [
  { name: "plain", share: 0.2, make: (seed) => randomSketch(seed, smallSizes), hasArms: false },
  {
    name: "counted loops",
    share: 0.1,
    make: (seed) => randomSketch(seed, { ...smallSizes, loops: "counted" }),
    hasArms: false,
  },
  ofWaits("waits", 0.15, {}),
  ofWaits("waits with `fail`", 0.05, { fails: 0.3 }, true),
  ofWaits("choices by data", 0.1, { waits: [0, 2], data: 0.6 }),
  ofWaits("gathers and picks", 0.1, { roles: 2, family: 2, waits: [0, 3] }),
  ofWaits("waits in counted loops", 0.05, { loops: "counted", waits: [1, 2] }),
  ofWaits("an optional role", 0.05, { optional: true, waits: [0, 2] }),
  ofArms("par", 0.1, {}),
  ofArms("par behind and before waits", 0.05, { arms: 2, waits: 0.5 }),
  ofArms("scatter", 0.05, { roles: 2, arms: 2, family: 2 }),
];

export interface Sample {
  readonly core: Core;
  readonly accepted: boolean;
  readonly text: string;
}

/** The program of a seed; null where its form is wrong. */
export function sampleOf({ make, hasArms }: Kind, seed: number): Sample | null {
  const { choreography, source } = build(make(seed));
  const core = desugar(choreography, { knowers: toldKnowers });
  if (!isWellFormed(core)) return null;
  const { automaton } = hasArms ? { automaton: null } : globalAutomaton(core);
  const accepted = automaton === null ? acceptsArms(core) : accepts(automaton);
  return accepted === null ? null : { core, accepted, text: source.text };
}

/** How many programs of a kind a test takes, and from which seed on. */
export function seedsOf({ share }: Kind, usual: number): readonly number[] {
  const cases = Number(process.env["CHOR_CASES"] ?? usual);
  const first = Number(process.env["CHOR_SEED"] ?? 1);
  return Array.from({ length: Math.ceil(cases * share) }, (_, i) => first + i);
}
