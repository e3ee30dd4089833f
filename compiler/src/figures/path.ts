// The longest chain of what depends on each other: by messages, by decisions of agents, or by time. In: how many roles
// there are, and what weighs how much. Out: the domain for `walk`. A state has a clock for each role: how long the longest
// chain is that ends in what the role has done last. Members of a family are alike, so one clock is that of the latest.
//
// A message is linear in the clocks where "plus" is the maximum and "times" is the sum, and so is everything that is made
// of messages, one after the other or by choice; hence clocks can be taken together where ways meet, and many rounds of a
// loop can be skipped at once; see `regime` and `skipped`.

import { put, type Domain, type Round } from "./domain.js";

/** By role. */
export type Clocks = Float64Array;

export interface Weights {
  readonly message: number;
  readonly decision: number;
  /** Whether a decision takes as long as whoever waits for it would wait. */
  readonly deadlines: boolean;
}

export interface PathDomain extends Domain<Clocks> {
  /** Whether the steps that were allowed have been enough; otherwise the path is at least as long as was found. */
  readonly exact: () => boolean;
}

/** How many roles are written to and asked, over all rounds, before the search is given up. */
const mostSteps = 100_000;
/** In so many rounds clocks that take turns are looked for. */
const longestPeriod = 4;

/** The domain that finds longest chains, for a choreography of so many roles. */
export function chains(roles: number, weights: Weights, allowed = mostSteps): PathDomain {
  let steps = 0;
  const isAllowed = (): boolean => steps <= allowed;

  const join = (one: Clocks, other: Clocks): Clocks => one.map((clock, role) => Math.max(clock, other[role] ?? 0));

  /** Behind so many rounds; the clocks only grow, so what leaves in the last round is latest. */
  const goRound = (state: Clocks, round: (state: Clocks) => Round<Clocks>, most: number): Round<Clocks> => {
    let history = [state];
    let last = round(state);
    for (let done = 1; last.again !== null && done < most && isAllowed(); done++) {
      let at: Clocks = last.again;
      history = [...history.slice(-2 * longestPeriod), at];
      const even = regime(history);
      if (even !== null && most === Infinity) return endless(at, even, round, isAllowed);
      if (even !== null) {
        const often = skipped(at, even, Math.floor((most - 1 - done) / even.period), round);
        at = moved(at, even, often);
        done += often * even.period;
        if (often > 0) history = [at];
      }
      last = round(at);
    }
    return { again: most === Infinity ? null : last.again, out: last.out };
  };

  const domain: PathDomain = {
    exact: isAllowed,
    start: new Float64Array(roles),
    join,
    decide: (state, { by, judges, within }) => {
      const clocks = state.slice();
      for (const { role } of by) {
        steps++;
        if (!weights.deadlines) clocks[role] = (clocks[role] ?? 0) + weights.decision;
        else if (judges.length === 0) clocks[role] = Infinity;
        // The judge waits from when it has come here and the other could act; by then the other is over with it, too.
        for (const judge of weights.deadlines ? judges : []) {
          steps++;
          const until = Math.max(state[role] ?? 0, state[judge.role] ?? 0) + within;
          clocks[role] = Math.max(clocks[role] ?? 0, until);
          clocks[judge.role] = Math.max(clocks[judge.role] ?? 0, until);
        }
      }
      return clocks;
    },
    exchange: (state, { from, to }) => {
      const clocks = state.slice();
      for (const sender of from)
        for (const receiver of to) {
          steps++;
          const comes = (state[sender.role] ?? 0) + weights.message;
          clocks[receiver.role] = Math.max(clocks[receiver.role] ?? 0, comes);
        }
      return clocks;
    },
    loop: (state, round, rounds) => goRound(state, round, rounds?.high ?? Infinity),
    beside: (state, arms) => {
      const all = arms.map((arm) => arm(state));
      const found = new Map<string, Clocks>();
      const ends = all.flatMap((ways) => ways.get("on") ?? []);
      if (ends.length === all.length) found.set("on", ends.reduce(join, state));
      const reached = all.flatMap((ways) => [...ways.values()]).reduce(join, state);
      for (const ways of all) for (const way of ways.keys()) if (way !== "on") put(found, way, reached, domain);
      return found;
    },
    instances: (state, body, count, members) => {
      if (count.high === 0) return { again: state, out: new Map() };
      // A member that is free takes the next element; where deadlines count, there are as few members as there may be.
      const rows = Math.ceil(count.high / (weights.deadlines ? members.low : members.high));
      const { again, out } = goRound(state, body, rows);
      return { again: again === null && count.low === 0 ? state : again, out };
    },
  };
  return domain;
}

interface Regime {
  readonly period: number;
  /** By role: how much its clock grows in a period, from here on. */
  readonly growth: Clocks;
}

/**
 * Whether the clocks have grown by as much twice, in one round or in a few: clocks that take turns do so with a period
 * (Baccelli, Cohen, Olsder, Quadrat: Synchronization and Linearity, 1992). Null: not yet.
 */
function regime(history: readonly Clocks[]): Regime | null {
  for (let period = 1; period <= longestPeriod; period++) {
    const [now, before, earlier] = [history.at(-1), history.at(-1 - period), history.at(-1 - 2 * period)];
    if (now === undefined || before === undefined || earlier === undefined) return null;
    const growth = difference(now, before);
    if (difference(before, earlier).every((step, role) => step === growth[role])) return { period, growth };
  }
  return null;
}

function moved(clocks: Clocks, { growth }: Regime, often: number): Clocks {
  return clocks.map((clock, role) => clock + often * (growth[role] ?? 0));
}

/**
 * How many periods can be skipped, at most so many. A round is a maximum of sums, so along one direction it is convex:
 * where it does at the far end what it does here, it does so all the way, and a slower clock is not caught up with.
 */
function skipped(at: Clocks, even: Regime, most: number, round: (state: Clocks) => Round<Clocks>): number {
  for (let often = most; often > 0; often = Math.floor(often / 2)) {
    let clocks: Clocks | null = moved(at, even, often);
    for (let i = 0; i < even.period && clocks !== null; i++) clocks = round(clocks).again;
    const expected = moved(at, even, often + 1);
    if (clocks?.every((clock, role) => clock === expected[role])) return often;
  }
  return 0;
}

/** Without a last round: what has grown by as much twice goes on, and so does whatever depends on it. */
function endless(
  from: Clocks,
  { growth }: Regime,
  round: (state: Clocks) => Round<Clocks>,
  isAllowed: () => boolean,
): Round<Clocks> {
  let at = from.map((clock, role) => ((growth[role] ?? 0) > 0 ? Infinity : clock));
  for (;;) {
    const { again, out } = round(at);
    const isOver = again === null || !isAllowed() || again.every((clock, role) => clock === at[role]);
    if (isOver) return { again: null, out };
    at = again.map((clock, role) => (clock === at[role] ? clock : Infinity));
  }
}

function difference(later: Clocks, earlier: Clocks): Clocks {
  return later.map((clock, role) => (clock === earlier[role] ? 0 : clock - (earlier[role] ?? 0)));
}
