// `unbounded-loop`: a role may wait for ever while others go round. `loop-without-else`: who runs out of rounds goes on
// like who left. In: a program. Out: a warning for each such loop.

import type { Diagnostic } from "@chor/grammar";
import type { Artifacts } from "../bind/artifact-table.js";
import type { Block, Choreography, Loop, Statement } from "../bind/program.js";
import { blocksIn, statementsIn } from "../bind/walk.js";
import type { Domain, Party } from "../figures/domain.js";
import { walk } from "../figures/walk.js";
import { noElse, unboundedLoop } from "../report/lints.js";
import { firstActs } from "./acts.js";
import type { Subject } from "./lint.js";

/**
 * Loops without `max`, in sessions without a deadline, that can go round without a role that waits meanwhile. A role that
 * has a part in every round goes round with the others, for as long as they all want to.
 */
export function unboundedLoops({ program, artifacts, limits }: Subject): readonly Diagnostic[] {
  return program.choreographies.flatMap((choreography) => {
    const loops = limits.get(choreography) === null ? loopsIn(choreography).filter(({ max }) => max === null) : [];
    if (loops.length === 0) return [];
    const always = roundsOf(choreography, artifacts);
    return loops.flatMap((loop) => {
      const taking = always.get(loop);
      // No round of it ends: it is no loop.
      if (taking === undefined) return [];
      const next = firstActs(choreography, loop);
      const waiting = choreography.roles.filter(
        ({ name, optional }, role) => !optional && !taking.has(role) && next.get(name) === "waits",
      );
      if (waiting.length === 0) return [];
      const names = waiting.map(({ name }) => name);
      return [unboundedLoop(loop.name, names, leavers(loop), loop.headSpan)];
    });
  });
}

/** Counted loops that can be left and have no `else`. */
export function loopsWithoutElse({ program }: Subject): readonly Diagnostic[] {
  return program.choreographies.flatMap((choreography) =>
    loopsIn(choreography).flatMap(({ name, max, body, otherwise, headSpan }) => {
      const isLeft = statementsIn(body).some((each) => each.kind === "break" && each.name === name);
      return max !== null && otherwise === null && isLeft ? [noElse(name, headSpan)] : [];
    }),
  );
}

function loopsIn({ body }: Choreography): readonly Loop[] {
  return statementsIn(body).filter((statement) => statement.kind === "loop");
}

/** By loop, the roles that have a part in every round of it, families with all of their members. */
function roundsOf(choreography: Choreography, artifacts: Artifacts): ReadonlyMap<Loop, ReadonlySet<number>> {
  const found = new Map<Loop, ReadonlySet<number>>();
  const none: ReadonlySet<number> = new Set();
  const isWhole = ({ role, high }: Party): boolean => high >= (choreography.roles[role]?.family?.high ?? 1);
  const union = (one: ReadonlySet<number>, other: ReadonlySet<number>): ReadonlySet<number> =>
    other.size === 0 ? one : new Set([...one, ...other]);
  const common = (one: ReadonlySet<number>, other: ReadonlySet<number>): ReadonlySet<number> =>
    new Set([...one].filter((role) => other.has(role)));
  const domain: Domain<ReadonlySet<number>> = {
    start: none,
    join: common,
    decide: (state) => state,
    exchange: (state, { from, to }) => union(state, new Set([...from, ...to].filter(isWhole).map(({ role }) => role))),
    loop: (state, round, rounds, loop) => {
      const { again, out } = round(none);
      const before = found.get(loop);
      if (again !== null) found.set(loop, before === undefined ? again : common(before, again));
      return {
        again: rounds === null || again === null ? null : union(state, again),
        out: new Map([...out].map(([way, one]) => [way, union(state, one)])),
      };
    },
    beside: (state, arms) => {
      const all = arms.map((arm) => arm(state));
      const ends = all.flatMap((ways) => ways.get("on") ?? []);
      const outs = all.flatMap((ways) =>
        [...ways].filter(([way]) => way !== "on").map(([way]) => [way, state] as const),
      );
      return new Map([...outs, ...(ends.length === all.length ? [["on", ends.reduce(union, state)] as const] : [])]);
    },
    instances: (state, body, count) => {
      const { again, out } = body(state);
      return { again: count.low > 0 ? again : state, out };
    },
  };
  walk(choreography, artifacts, domain);
  return found;
}

/** Who decides that a loop is over: roles at choices, and judges who give up, one of whose ways leads out. */
function leavers(loop: Loop): readonly string[] {
  const found = new Set<string>();
  for (const statement of statementsIn(loop.body)) {
    if (
      statement.kind === "choice" &&
      statement.at !== null &&
      statement.branches.some(({ body }) => leaves(body, loop))
    )
      found.add(statement.at);
    if (statement.kind !== "interaction") continue;
    const { otherwise, to } = statement.interaction;
    if (otherwise !== null && leaves(otherwise, loop)) for (const { role } of to) found.add(role);
  }
  return [...found];
}

/** Whether a part of a loop leads out of it. */
function leaves(body: Block, loop: Loop): boolean {
  const inner = new Set<string>();
  const isOut = (statement: Statement): boolean => {
    switch (statement.kind) {
      case "break":
        return !inner.has(statement.name);
      case "continue":
        return statement.name !== loop.name && !inner.has(statement.name);
      case "return":
      case "abort":
      case "fail":
        return true;
      default:
        if (statement.kind === "loop") inner.add(statement.name);
        if (statement.kind === "scatter") inner.add(statement.as);
        return blocksIn(statement).some((block) => block.statements.some(isOut));
    }
  };
  return body.statements.some(isOut);
}
