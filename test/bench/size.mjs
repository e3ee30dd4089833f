// What checking, formatting and compiling cost against the size of the source: a choreography of 100, 1,000 and 10,000
// lines, a file of as many choreographies, and `chorc compile` of 1, 10 and 100 files; and how soon `chorc compile
// --watch` has written what follows from a save. Prints the time of each line beside that of the smallest; 1.0 all the
// way is linear. `npm run build` first. Prints; judges nothing.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bind } from "../../compiler/dist/bind/bind.js";
import { check } from "../../compiler/dist/index.js";
import { knowledge } from "../../compiler/dist/knowledge/knowledge.js";
import { format, parse } from "../../grammar/dist/index.js";

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

for (let i = 0; i < 20; i++) check({ file: "warm.chor", text: many(1000) });
for (const [shape, make] of [
  ["one", long],
  ["many", many],
]) {
  const sizes = [100, 1000, 10000];
  print(`parse, ${shape}`, sizes, "lines", (lines) => {
    const source = { file: "stage.chor", text: make(lines) };
    return median(() => parse(source));
  });
  print(`bind, ${shape}`, sizes, "lines", (lines) => {
    const source = { file: "stage.chor", text: make(lines) };
    const { tree } = parse(source);
    return median(() => bind(source, tree, new Map()));
  });
  print(`knowledge, ${shape}`, sizes, "lines", (lines) => {
    const source = { file: "stage.chor", text: make(lines) };
    const { tree } = parse(source);
    // It is worked out once for a choreography: each measurement needs choreographies of its own.
    const programs = Array.from({ length: 5 }, () => bind(source, tree, new Map()).program);
    return median(() => programs.pop().choreographies.forEach(knowledge));
  });
}

for (const lines of [200, 2000]) {
  const text = many(lines);
  const times = [];
  for (let round = 0; round < 5; round++) {
    const start = process.hrtime.bigint();
    await format(text);
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  const parsed = median(() => parse({ file: "fmt.chor", text }));
  const took = times.toSorted((a, b) => a - b)[2];
  console.log(`format, ${lines} lines: ${took.toFixed(0)} ms, ${(took / parsed).toFixed(1)} × parse`);
}

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
  await watched();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** From a save to the written output, of which the digest of a changed label is a part; beside a cold compile. */
async function watched() {
  const file = join(folder, "watched.chor");
  const out = join(folder, "watched");
  const written = join(out, "watched", "lead.ts");
  const save = (i) => writeFileSync(file, `choreography Watched(Lead, Coder) {\n  Lead -> Coder: Begin${i}()\n}\n`);
  save(0);
  const begun = process.hrtime.bigint();
  const child = spawn(process.execPath, [chorc, "compile", file, "--out", out, "--watch"], { stdio: "ignore" });
  const times = [];
  try {
    await until(() => existsSync(written));
    const cold = Number(process.hrtime.bigint() - begun) / 1e6;
    // The watcher begins after the first round.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    for (let i = 1; i <= 7; i++) {
      const start = process.hrtime.bigint();
      save(i);
      await until(() => readFileSync(written, "utf8").includes(`Begin${i}`));
      times.push(Number(process.hrtime.bigint() - start) / 1e6);
    }
    const took = times.toSorted((a, b) => a - b)[3];
    console.log(
      `compile --watch, from a save to the output: ${took.toFixed(0)} ms, ${(took / cold).toFixed(2)} × cold`,
    );
  } finally {
    child.kill();
  }
}

async function until(isSo) {
  const end = performance.now() + 20_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error("nothing was written in 20 s");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
