// One program of a seed, compared: the check with the exploration of the endpoints, or the local automata with the
// reference interpreter. In: a seed. Out: whether they differ.

import { accepts } from "../oracle/checkers.js";
import { compare, type Agreement } from "../oracle/compare.js";
import { acceptsArms } from "../oracle/arms-checkers.js";
import { compareArms } from "../oracle/arms-compare.js";
import { compare as compareJudges } from "../oracle/judges-compare.js";
import type { LocalAutomaton } from "../../compiler/src/project/local.js";
import type { Event } from "../../compiler/src/reference/run.js";
import { randomArms, type ArmsSizes } from "../support/random-arms.js";
import { randomSketch, type Sizes } from "../support/random-core.js";
import { randomWaits, type Kinds } from "../support/random-waits.js";
import { after, allowed, expectation, mayBeOver, type Expectation } from "../system/expected.js";
import { randomSystem } from "../system/system.js";

const sizes: readonly Sizes[] = [
  { roles: 3, labels: 3, statements: 4, depth: 3, loops: "none" },
  { roles: 4, labels: 2, statements: 4, depth: 2, loops: "none" },
  { roles: 3, labels: 3, statements: 3, depth: 3, loops: "uncounted" },
  { roles: 3, labels: 3, statements: 3, depth: 2, loops: "counted" },
  { roles: 2, labels: 4, statements: 2, depth: 4, loops: "counted", leaving: 0.7 },
  { roles: 3, labels: 2, statements: 2, depth: 3, loops: "uncounted" },
  { roles: 3, labels: 2, statements: 3, depth: 3, loops: "none" },
];

/** Whether the check and the exploration disagree about a program without waits and arms. */
export function compareOf(seed: number): boolean {
  return disagree(compare(randomSketch(seed, at(sizes, seed)), accepts));
}

const waits: Kinds = { waits: [1, 3], statements: 3, depth: 2, labels: 2, roles: 3, loops: "none" };
const kinds: readonly Kinds[] = [
  waits,
  { ...waits, fails: 0.3 },
  { ...waits, waits: [0, 1], fails: 0.5 },
  { ...waits, waits: [0, 2], data: 0.6 },
  { ...waits, roles: 2, family: 2, waits: [0, 3] },
  { ...waits, optional: true, waits: [0, 2] },
];

/** The same with waits. Where somebody fails, some are refused that would do: he who could do without is asked as well. */
export function waitsOf(seed: number): boolean {
  const kind = at(kinds, seed);
  const agreement = compareJudges(randomWaits(seed, kind), accepts);
  return kind.fails === undefined ? disagree(agreement) : agreement.kind === "wrongly accepted";
}

const side: ArmsSizes = { roles: 3, labels: 2, statements: 2, depth: 2, arms: 2, family: 0, loops: "none" };
const arms: readonly ArmsSizes[] = [
  side,
  { ...side, arms: 3 },
  { ...side, depth: 3 },
  { ...side, roles: 2, family: 2 },
  { ...side, roles: 2, family: 1 },
];

/** The same with arms. */
export function armsOf(seed: number): boolean {
  return disagree(compareArms(randomArms(seed, at(arms, seed)), acceptsArms));
}

function disagree({ kind }: Agreement): boolean {
  return kind === "wrongly accepted" || kind === "wrongly refused";
}

/** Whether a local automaton offers anything but what the reference interpreter lets its role do, in some place. */
export function projectionOf(seed: number): boolean {
  const system = randomSystem(seed, { ...at(sizes, seed), payloads: true });
  if (system === null) return false;
  const { core, locals } = system;
  return locals.some((local, role) => {
    const counted = new Set(local.counters.map(({ loop }) => loop));
    return differs(
      local,
      expectation(core, role, (loop) => counted.has(loop)),
      core.roles.map(({ name }) => name),
    );
  });
}

/** Where a local automaton is: its state, and how many rounds its counters have seen. */
interface Place {
  readonly state: number;
  readonly rounds: readonly number[];
}

const mostPlaces = 60;

/** Walks the local automaton and what is expected side by side, breadth first. */
function differs(local: LocalAutomaton, expected: Expectation, names: readonly string[]): boolean {
  const first = settled(local, { state: 0, rounds: local.counters.map(() => 0) });
  const work = [{ place: first, expected }];
  for (const { place, expected } of work) {
    const state = local.states[place.state];
    const steps = state?.kind === "sends" ? state.sends : state?.kind === "receives" ? state.receives : [];
    const offered = steps.map((step): Event & { readonly then: number } => ({
      kind: "to" in step ? "send" : "receive",
      peer: names.indexOf("to" in step ? step.to : step.from),
      label: step.label,
      then: step.then,
    }));
    if (!isSame(offered.map(textOf), allowed(expected).map(textOf))) return true;
    if (state?.kind !== "end" && mayBeOver(expected)) return true;
    for (const { then, ...event } of offered) {
      const next = after(expected, event);
      if (next === null) return true;
      if (work.length < mostPlaces)
        work.push({ place: settled(local, { state: then, rounds: place.rounds }), expected: next });
    }
  }
  return false;
}

function textOf({ kind, peer, label }: Event): string {
  return `${kind} ${peer} ${label}`;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return new Set(a).size === new Set([...a, ...b]).size && new Set(b).size === new Set(a).size;
}

/** Passes the states that keep counters. */
function settled(local: LocalAutomaton, { state: start, rounds: counts }: Place): Place {
  const rounds = [...counts];
  let state = start;
  for (let passed = 0; ; passed++) {
    if (passed > 1_000) throw new Error("The counters of a local automaton go round by themselves.");
    const here = local.states[state];
    if (here?.kind === "enter") {
      rounds[here.counter] = 0;
      state = here.then;
    } else if (here?.kind === "repeat") {
      const round = (rounds[here.counter] ?? 0) + 1;
      const isLast = round === local.counters[here.counter]?.max;
      rounds[here.counter] = isLast ? 0 : round;
      state = isLast ? here.last : here.then;
    } else return { state, rounds };
  }
}

function at<T>(items: readonly T[], seed: number): T {
  const item = items[seed % items.length];
  if (item === undefined) throw new Error("there is nothing to choose from");
  return item;
}
