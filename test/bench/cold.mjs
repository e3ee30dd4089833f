// How long a cold `chorc check` of a hundred lines takes, beside a bare `node -e 0`: medians of twenty, the two
// in turn so that a busy moment hits both. `npm run build` first. Prints; judges nothing.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROUNDS = 20;
const chorc = fileURLToPath(new URL("../../compiler/bin/chorc.js", import.meta.url));

const round = (i) => `
  // Part ${i}
  loop attempt${i} max 3 {
    Coder -> Reviewer: Module as module${i}
    choice verdict${i} at Reviewer {
      Reviewer -> Coder: Approve${i}()
      Reviewer -> Lead: Deliver${i}(module${i})
      break attempt${i}
    } or {
      Reviewer -> Coder: Revise${i}(Review) as review${i}
    }
  } else {
    Reviewer -> Lead: GiveUp${i}()
  }`;

/** A hundred lines: six rounds of review, one after the other. */
function protocol() {
  const lines = `/** What is to be built. */
artifact Brief { title: string(1..120)  goals: string[1..10] }
artifact Module { name: string  source: string(1..20000) }
artifact Review { findings: string[1..20] }

choreography Build(Lead, Coder, Reviewer) {
  Lead -> Coder: Brief${Array.from({ length: 6 }, (_, i) => round(i + 1)).join("\n")}
}`.split("\n");
  return [...lines, ...Array.from({ length: 100 - lines.length }, (_, i) => `// line ${lines.length + i + 1}`)].join(
    "\n",
  );
}

function once(words) {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  const took = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`node ${words.join(" ")} ended with ${status}\n${stdout}${stderr}`);
  return took;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const folder = mkdtempSync(join(tmpdir(), "chorc-cold-"));
try {
  const file = join(folder, "build.chor");
  writeFileSync(file, protocol());
  const runs = {
    "node -e 0": ["-e", "0"],
    "chorc --version": [chorc, "--version"],
    "chorc check, 100 lines": [chorc, "check", file],
  };
  const times = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  for (let i = 0; i < ROUNDS; i++) for (const [name, words] of Object.entries(runs)) times[name].push(once(words));
  for (const [name, numbers] of Object.entries(times)) {
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    console.log(
      `${name.padEnd(24)} ${median(numbers).toFixed(0).padStart(5)} ms  (${low.toFixed(0)} to ${high.toFixed(0)})`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
