// What checking and compiling cost against the size of the source: a choreography of 100, 1,000 and 10,000 lines, a file
// of as many choreographies, and `chorc compile` of 1, 10 and 100 files. Prints the time of each line beside that of the
// smallest; 1.0 all the way is linear. `npm run build` first. Prints; judges nothing.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { check } from "../../compiler/dist/index.js";

const chorc = fileURLToPath(new URL("../../compiler/bin/chorc.js", import.meta.url));

const HEAD = `artifact Brief { title: string(1..120)  goals: string[1..10] }
artifact Module { name: string  source: string(1..20000) }
artifact Review { findings: string[1..20] }
`;

/** Ten lines. */
const round = (i) => `  loop attempt${i} max 3 {
    Coder -> Reviewer: Module
    choice verdict${i} at Reviewer {
      Reviewer -> Coder: Approve()
      Reviewer -> Lead: Deliver(module)
      break attempt${i}
    } or { Reviewer -> Coder: Revise(Review) as review }
  } else { Reviewer -> Lead: GiveUp() }
  Lead -> Coder, Reviewer: Next()
`;

const rounds = (count) => Array.from({ length: count }, (_, i) => round(i)).join("\n");
const choreography = (name, count) =>
  `choreography ${name}(Lead, Coder, Reviewer) {\n  Lead -> Coder: Brief\n${rounds(count)}}\n`;

const long = (lines) => HEAD + choreography("Build", lines / 10);
const many = (lines) => HEAD + Array.from({ length: lines / 20 }, (_, i) => choreography(`Build${i}`, 2)).join("\n");

function median(work) {
  const times = Array.from({ length: 5 }, () => {
    const start = process.hrtime.bigint();
    work();
    return Number(process.hrtime.bigint() - start) / 1e6;
  });
  return times.toSorted((a, b) => a - b)[2];
}

function print(name, sizes, unit, time) {
  let first = null;
  for (const size of sizes) {
    const took = time(size);
    const each = took / size;
    first ??= each;
    console.log(
      `${name.padEnd(34)} ${String(size).padStart(6)} ${unit.padEnd(6)} ${took.toFixed(0).padStart(7)} ms   each × ${(each / first).toFixed(2)}`,
    );
  }
}

check({ file: "warm.chor", text: long(1000) });
print("check, one choreography", [100, 1000, 10000], "lines", (lines) => {
  const source = { file: "long.chor", text: long(lines) };
  return median(() => {
    const { diagnostics } = check(source);
    if (diagnostics.length > 0) throw new Error(diagnostics[0].message);
  });
});
print("check, choreographies of 20 lines", [100, 1000, 10000], "lines", (lines) => {
  const source = { file: "many.chor", text: many(lines) };
  return median(() => check(source));
});

const folder = mkdtempSync(join(tmpdir(), "chorc-size-"));
try {
  print("chorc compile, a cold process", [1, 10, 100], "files", (count) => {
    const files = Array.from({ length: count }, (_, i) => join(folder, `team-${i}.chor`));
    files.forEach((file, i) => writeFileSync(file, HEAD + choreography(`Team${i}`, 2)));
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(
      process.execPath,
      [chorc, "compile", ...files, "--out", join(folder, `gen-${count}`)],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(stderr);
    return Number(process.hrtime.bigint() - start) / 1e6;
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
