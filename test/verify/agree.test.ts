// Verify against check on random programs of every kind: what check accepts does not fail, what it refuses fails with a run
// that the team really makes, or a bound was in the way; and the reduction changes no verdict. CHOR_CASES and CHOR_SEED
// choose how many programs of a kind and which.

import { describe, expect, test } from "vitest";
import { actsAt, afterAct, beginningOf, type Act, type Play } from "../../compiler/src/verify/play.js";
import { PROPERTIES, type Verdict } from "../../compiler/src/verify/properties.js";
import { wrongAt } from "../../compiler/src/verify/trouble.js";
import { verifyTeam } from "../../compiler/src/verify/verify.js";
import { isFinite, USUAL_CHANNEL } from "../../compiler/src/verify/play.js";
import { build } from "../support/build.js";
import { allKinds, oneSetting, sampleOf, shortWish, type Sample } from "./team.js";

const cases = Number(process.env["CHOR_CASES"] ?? 25);
const firstSeed = Number(process.env["CHOR_SEED"] ?? 1);
const timeout = 60_000 + cases * 4_000;
const asked = PROPERTIES.filter((property) => property !== "reached");

describe("verify and check agree:", () => {
  for (const [name, make] of Object.entries(allKinds))
    test(
      name,
      () => {
        const tally: Record<string, number> = {};
        let places = 0;
        let all = 0;
        for (let seed = firstSeed; seed < firstSeed + cases; seed++) {
          const sample = sampleOf(make(seed));
          if (sample === null) continue;
          const text = build(sample.sketch).source.text;
          const { verdicts, explored } = verifyTeam(sample.team, oneSetting, shortWish, () => null);
          const full = verifyTeam(sample.team, oneSetting, { ...shortWish, reduce: false }, () => null);
          for (const property of asked)
            expect(differs(verdicts.get(property), full.verdicts.get(property)), `${seed} ${property}\n${text}`).toBe(
              null,
            );
          if (explored.limit === null && full.explored.limit === null) {
            places += explored.states;
            all += full.explored.states;
            expect(sample.accepted && seenIn(full.explored) !== seenIn(explored), text).toBe(false);
          }
          const failing = [...verdicts.values()].filter(({ kind }) => kind === "fails");
          const isOpen = [...verdicts.values()].some(({ kind }) => kind === "held" || kind === "unexplored");
          if (sample.accepted) expect(failing, `${seed}\n${text}`).toEqual([]);
          else if (!isOpen) expect(failing.length, `${seed}\n${text}`).toBeGreaterThan(0);
          for (const verdict of failing) expect(replays(sample, verdict), text).toBe(true);
          const what = `${sample.accepted ? "accepted" : "refused"}, ${failing.length > 0 ? "fails" : isOpen ? "bounded" : "proved"}`;
          tally[what] = (tally[what] ?? 0) + 1;
        }
        console.log(`${name}: ${JSON.stringify(tally)}, ${places} situations reduced, ${all} in full`);
      },
      timeout,
    );
});

function seenIn({ seen }: { readonly seen: ReadonlySet<string> }): string {
  return [...seen].toSorted().join();
}

/**
 * How two verdicts contradict each other; null: they do not. With reduction channels fill less, so that what held up to a
 * bound may be proved, and where no end can be reached may be seen.
 */
function differs(reduced: Verdict | undefined, full: Verdict | undefined): string | null {
  const kinds = [reduced?.kind, full?.kind];
  if (kinds.includes("unexplored") || kinds.includes("held") || kinds[0] === kinds[1]) return null;
  return kinds.join(" and ");
}

/** Whether the run of a failure is one that the team makes, and ends in what it is said to show. */
function replays({ team }: Sample, verdict: Verdict): boolean {
  if (verdict.kind !== "fails") return false;
  const { acts, property } = verdict.failure;
  const play: Play = { team, network: "fifo", channel: isFinite(team) ? Infinity : USUAL_CHANNEL, mortal: [] };
  let at = beginningOf(play);
  for (const wanted of acts) {
    const act = actsAt(play, at).acts.find((one) => isSame(one, wanted));
    if (act === undefined) return false;
    at = afterAct(play, at, act);
  }
  if (property === "faithful" || property === "ends") return true;
  return wrongAt(play, at, actsAt(play, at)).some((wrong) => wrong.property === property);
}

function isSame(one: Act, other: Act): boolean {
  if (one.kind !== "move" || other.kind !== "move") return one.kind === other.kind;
  const [a, b] = [one.move, other.move];
  return a.role === b.role && a.kind === b.kind && a.peer === b.peer && a.label === b.label && a.path === b.path;
}
