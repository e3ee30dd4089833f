// Verify finds what it is for: bugs that are put into the endpoints of programs that are right, roles that are lost, runs
// that are none of the choreography's. A comparison that cannot fail says nothing. And places have the names they should.

import { describe, expect, test } from "vitest";
import type { Machine, State, Step, Team } from "../../compiler/src/team/team.js";
import { keyOf } from "../../compiler/src/team/situation.js";
import { explore } from "../../compiler/src/verify/explore.js";
import { namesOfPlaces } from "../../compiler/src/verify/places.js";
import { actsAt, afterAct, beginningOf, type At } from "../../compiler/src/verify/play.js";
import { verifyTeam } from "../../compiler/src/verify/verify.js";
import { allKinds, oneSetting, plainKinds, sampleOf, shortWish } from "./team.js";

const make = plainKinds["plain"];
if (make === undefined) throw new Error("There are no plain programs.");

/** Bugs by name: what becomes of the steps of a state. */
const bugs: Readonly<Record<string, (steps: readonly Step[], states: number) => readonly Step[]>> = {
  "a step is left out": (steps) => steps.slice(1),
  "a step leads elsewhere": (steps, states) =>
    steps.map((step, i) => (i === 0 ? { ...step, then: (step.then + 1) % states } : step)),
  "a message has another label": (steps) =>
    steps.map((step, i) => (i === 0 ? { ...step, label: step.label + 1 } : step)),
};

describe("a bug in an endpoint is found:", () => {
  test.each(Object.entries(bugs))(
    "%s",
    (_, bug) => {
      let made = 0;
      let found = 0;
      for (let seed = 1; made < 20 && seed < 400; seed++) {
        const sample = sampleOf(make(seed));
        if (sample === null || !sample.accepted) continue;
        const broken = withBug(sample.team, bug);
        if (broken === null) continue;
        made++;
        const { verdicts } = verifyTeam(broken, oneSetting, shortWish, () => null);
        if ([...verdicts.values()].some(({ kind }) => kind === "fails")) found++;
      }
      expect(made).toBe(20);
      // A bug may make no difference: two states that are alike, two labels that lead to the same.
      expect(found).toBeGreaterThanOrEqual(16);
    },
    120_000,
  );
});

function withBug(team: Team, bug: (steps: readonly Step[], states: number) => readonly Step[]): Team | null {
  const which = team.machines.findIndex(({ states }) => states.some(({ steps }) => steps.length > 0));
  const machine = team.machines[which];
  if (machine === undefined) return null;
  const state = machine.states.findIndex(({ steps }) => steps.length > 0);
  const broken: Machine = {
    ...machine,
    states: machine.states.map((each, i): State =>
      i === state ? { ...each, steps: bug(each.steps, machine.states.length) } : each,
    ),
  };
  return { ...team, machines: team.machines.with(which, broken) };
}

test("a role that is lost is missed by those who wait for it without an `else`", () => {
  let missed = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const sample = sampleOf(make(seed));
    if (sample === null || !sample.accepted) continue;
    const wish = { ...shortWish, lost: ["A", "B", "C"] };
    const { verdicts } = verifyTeam(sample.team, oneSetting, wish, () => null);
    if (verdicts.get("deadlock")?.kind === "fails") missed++;
  }
  expect(missed).toBeGreaterThan(10);
}, 120_000);

test("a limit is told, and is no proof", () => {
  const sample = [1, 2, 3, 4, 5, 6].map((seed) => sampleOf(make(seed))).find((each) => each?.accepted === true);
  if (sample === undefined || sample === null) throw new Error("No program is accepted.");
  const { verdicts } = verifyTeam(sample.team, oneSetting, { ...shortWish, states: 1 }, () => null);
  expect(verdicts.get("deadlock")).toEqual({ kind: "unexplored", limit: "states" });
  const stopped = verifyTeam(sample.team, oneSetting, shortWish, () => "memory");
  expect(stopped.verdicts.get("ends")).toEqual({ kind: "unexplored", limit: "memory" });
});

test("two places have one name iff the team has one key for them", () => {
  for (const [kind, sketch] of Object.entries(allKinds))
    for (let seed = 1; seed <= 4; seed++) {
      const sample = sampleOf(sketch(seed));
      if (sample === null) continue;
      for (const network of ["fifo", "mailbox", "bag"] as const) {
        const play = { team: sample.team, network, channel: 2, mortal: [] };
        const nameOf = namesOfPlaces(play);
        const names = new Map<string, string>();
        const keys = new Map<string, string>();
        const work: At[] = [beginningOf(play)];
        for (let i = 0; i < work.length && i < 150; i++) {
          const at = work[i];
          if (at === undefined) break;
          const key = keyOf(sample.team, at.situation, network);
          const name = nameOf(at);
          expect(names.get(key) ?? name, `${kind} ${seed}`).toBe(name);
          expect(keys.get(name) ?? key, `${kind} ${seed}`).toBe(key);
          if (!names.has(key)) for (const act of actsAt(play, at).acts) work.push(afterAct(play, at, act));
          names.set(key, name);
          keys.set(name, key);
        }
      }
    }
}, 120_000);

test("nothing is found in an empty search", () => {
  const sample = sampleOf(make(3));
  if (sample === null) throw new Error("The program is not carried.");
  const play = { team: sample.team, network: "fifo", channel: 4, mortal: [] } as const;
  const explored = explore(play, { states: 0, reduce: true, until: [], watch: () => null });
  expect(explored).toMatchObject({ limit: "states", found: [] });
});
