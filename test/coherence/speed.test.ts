// How long the check takes, printed and not asserted: a machine under load is no mistake of the check. The goals are
// 100 ms for 128 workers in a loop and a second for 1,000 ordinary choreographies, from the core to the diagnostics.

import { expect, test } from "vitest";
import { choice, core, leave, loop, send, seq } from "../support/build.js";
import { coherence } from "../../compiler/src/coherence/coherent.js";
import { globalAutomaton } from "../../compiler/src/automaton/build.js";
import { observe } from "../../compiler/src/automaton/observe.js";
import { problems } from "../../compiler/src/coherence/problems.js";
import { randomCore } from "../support/random-core.js";
import { tablesOf, viewOf } from "../../compiler/src/coherence/tables.js";
import type { Core } from "../../compiler/src/core/core.js";

test.each([128, 512])("%i workers in a loop", (workers) => {
  const program = crew(workers);
  const first = timed(() => verdict(program));
  const again = timed(() => verdict(program));
  console.log(
    `${workers} workers in a loop: ${first.milliseconds.toFixed(0)} ms, again ${again.milliseconds.toFixed(0)} ms`,
  );
  expect(first.result).toBe("coherent");
});

test("128 workers of whom the last is not told that it is over", () => {
  const program = crew(128, 1);
  const first = timed(() => verdict(program));
  console.log(`128 workers, one of them not told: ${first.milliseconds.toFixed(0)} ms`);
  expect(first.result).toBe("CHOR0604");
});

test("1,000 ordinary choreographies", () => {
  const programs = Array.from({ length: 1_000 }, (_, seed) =>
    randomCore(seed, { roles: 4, labels: 6, statements: 6, depth: 3, loops: "both" }),
  );
  const checked = timed(() => programs.map(problemsIn));
  const { milliseconds, result } = timed(() => programs.map(verdict));
  const refused = result.filter((said) => said !== "coherent").length;
  const alone = checked.milliseconds.toFixed(0);
  console.log(
    `1,000 choreographies: ${alone} ms; with runs and mends for the ${refused} that are refused ${milliseconds.toFixed(0)} ms`,
  );
  expect(checked.result.filter((count) => count > 0).length).toBe(refused);
  expect(refused).toBeGreaterThan(100);
  expect(refused).toBeLessThan(900);
});

/** A leader that in each round gives every worker a task and takes its result, or lets them go; all but `untold`. */
function crew(workers: number, untold = 0): Core {
  const names = Array.from({ length: workers }, (_, i) => `Worker${i}`);
  const round = seq(
    ...names.map((name) => send("Leader", name, "Task")),
    ...names.map((name) => send(name, "Leader", "Result")),
  );
  const end = seq(...names.slice(0, workers - untold).map((name) => send("Leader", name, "Home")), leave("day"));
  return core({ roles: ["Leader", ...names], body: loop("day", {}, choice("Leader", round, end)) });
}

/** The check without what it says. */
function problemsIn(program: Core): number {
  const { automaton } = globalAutomaton(program);
  if (automaton === null) return 0;
  const tables = tablesOf(automaton);
  return program.roles.reduce((sum, _, role) => sum + problems(viewOf(tables, observe(automaton, role))).length, 0);
}

function verdict(program: Core): string {
  const { automaton } = globalAutomaton(program);
  if (automaton === null) return "no automaton";
  const diagnostics = coherence(
    automaton,
    program.roles.map((_, role) => observe(automaton, role)),
  );
  return diagnostics.length === 0 ? "coherent" : [...new Set(diagnostics.map(({ code }) => code))].join();
}

/** Processor time, since others may be at work on the machine. */
function timed<T>(run: () => T): { readonly milliseconds: number; readonly result: T } {
  const start = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(start);
  return { milliseconds: (user + system) / 1_000, result };
}
