// The models for SPIN: `spin -a` accepts them, and SPIN finds an error where verify does and nowhere else, on random
// programs. CHOR_CASES chooses how many (20). Without `spin` and a C compiler there is nothing to compare with: skipped.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { explore } from "../../compiler/src/verify/explore.js";
import { isFinite } from "../../compiler/src/verify/play.js";
import { promelaOf } from "../../compiler/src/verify/promela.js";
import type { Team } from "../../compiler/src/team/team.js";
import { build } from "../support/build.js";
import { plainKinds, sampleOf } from "./team.js";

const cases = Number(process.env["CHOR_CASES"] ?? 20);
const firstSeed = Number(process.env["CHOR_SEED"] ?? 1);
const hasSpin = ["spin", "cc"].every((tool) => spawnSync(tool, ["--version"]).error === undefined);
if (!hasSpin) console.log("spin.test.ts is skipped: `spin` and a C compiler (`cc`) are not both there");

const room = 4;

test.skipIf(!hasSpin)(
  "SPIN and verify say the same",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "chor-spin-"));
    const tally: Record<string, number> = {};
    try {
      const kinds = Object.values(plainKinds);
      for (let seed = firstSeed, compared = 0; compared < cases; seed++) {
        const sketch = kinds[seed % kinds.length]?.(seed);
        const sample = sketch === undefined ? null : sampleOf(sketch);
        if (sample === null) continue;
        const { team } = sample;
        const channel = isFinite(team) ? 16 : room;
        const play = { team, network: "fifo", channel, mortal: [] } as const;
        const explored = explore(play, { states: 20_000, reduce: true, until: [], watch: () => null });
        if (explored.limit !== null) continue;
        compared++;
        const own = explored.found.some(({ property }) => property !== "ends") ? "fails" : "sound";
        const spins = verdictOfSpin(team, channel, folder);
        tally[own] = (tally[own] ?? 0) + 1;
        expect(`${seed}: ${spins}`, build(sample.sketch).source.text).toBe(`${seed}: ${own}`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    console.log(`SPIN and verify agree on ${cases} programs: ${JSON.stringify(tally)}`);
    expect(Object.keys(tally).length).toBe(cases >= 20 ? 2 : Object.keys(tally).length);
  },
  60_000 + cases * 20_000,
);

function verdictOfSpin(team: Team, channel: number, folder: string): string {
  const model = promelaOf(team, "Random", channel, "a test");
  if (model.kind !== "model") return model.message;
  writeFileSync(join(folder, "model.pml"), model.text);
  const made = execFileSync("spin", ["-a", "model.pml"], { cwd: folder, encoding: "utf8" });
  if (/error/i.test(made)) return made;
  execFileSync("cc", ["-O0", "-w", "-DSAFETY", "-DVECTORSZ=16384", "-o", "pan", "pan.c"], { cwd: folder });
  const said = spawnSync("./pan", ["-m100000", "-w18"], { cwd: folder, encoding: "utf8" }).stdout;
  const errors = /errors: (\d+)/.exec(said)?.[1];
  if (errors === undefined || /search depth too small/.test(said)) return `SPIN says: ${said}`;
  return errors === "0" ? "sound" : "fails";
}
