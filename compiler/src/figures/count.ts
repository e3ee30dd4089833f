// How many messages and decisions: at least and at most over all runs, and along the run with the most messages. In: how
// many roles there are. Out: the domain for `walk`. Linear: what a part adds does not depend on what was before.

import { put, type Domain, type Exchange, type Party, type Quorum, type Range, type Ways } from "./domain.js";

export interface Counts {
  readonly least: Tally;
  readonly most: Tally;
  /** The run with the most messages; a loop without `max` goes round once in it. */
  readonly heaviest: Tally;
}

/** By role: sent, then received, then decisions; then the sum of the decisions, last that of the messages. */
export type Tally = Float64Array;

/** The domain that counts, for a choreography of so many roles. */
export function counting(roles: number): Domain<Counts> {
  const nothing = new Float64Array(3 * roles + 2);
  const zero: Counts = { least: nothing, most: nothing, heaviest: nothing };
  const domain: Domain<Counts> = {
    start: zero,
    join: (one, other) => ({
      least: one.least.map((count, i) => Math.min(count, other.least[i] ?? 0)),
      most: one.most.map((count, i) => Math.max(count, other.most[i] ?? 0)),
      heaviest: sum(one.heaviest) >= sum(other.heaviest) ? one.heaviest : other.heaviest,
    }),
    decide: (state, { by }) =>
      changed(state, (tally, end) => {
        for (const party of by) {
          add(tally, 2 * roles + party.role, party[end]);
          add(tally, 3 * roles, party[end]);
        }
      }),
    exchange: (state, exchange) => changed(state, (tally, end) => exchanged(tally, exchange, end, roles)),
    loop: (state, round, rounds) => {
      const { again, out } = round(zero);
      const before = again === null ? zero : times(again, { low: 0, high: (rounds?.high ?? Infinity) - 1 }, 0);
      const behind = rounds === null || again === null ? null : plus(state, times(again, rounds, 1));
      const left = [...out].map(([way, one]): [string, Counts] => [way, plus(state, plus(one, before))]);
      return { again: behind, out: new Map(left) };
    },
    beside: (state, arms) => {
      const all = arms.map((arm) => arm(zero));
      const found = new Map<string, Counts>();
      const ends = all.flatMap((ways) => ways.get("on") ?? []);
      if (ends.length === all.length) found.set("on", ends.reduce(plus, state));
      all.forEach((ways, i) => {
        // Somebody fails: by then the others have done anything between nothing and all.
        const others = all.filter((_, j) => j !== i).map((other) => anyOf(other, domain));
        for (const [way, one] of ways)
          if (way !== "on")
            put(
              found,
              way,
              others.map((other) => ({ ...other, least: nothing })).reduce(plus, plus(state, one)),
              domain,
            );
      });
      return found;
    },
    instances: (state, body, count) => {
      const { again, out } = body(zero);
      const many = again === null ? null : times(again, count, 0);
      const any = [...out.values()].reduce(domain.join, again ?? zero);
      const beside = { ...times(any, { low: 0, high: Math.max(0, count.high - 1) }, 0), least: nothing };
      const left = [...out].map(([way, one]): [string, Counts] => [way, plus(state, plus(one, beside))]);
      const ended = many === null ? (count.low > 0 ? null : state) : plus(state, many);
      return { again: ended, out: count.high > 0 ? new Map(left) : new Map<string, Counts>() };
    },
  };
  return domain;
}

function sum(tally: Tally): number {
  return tally.at(-1) ?? 0;
}

function add(tally: Tally, index: number, count: number): void {
  tally[index] = (tally[index] ?? 0) + count;
}

/** A copy of a state with something done to each of its tallies. */
function changed({ least, most, heaviest }: Counts, change: (tally: Tally, end: "low" | "high") => void): Counts {
  const copies = { least: least.slice(), most: most.slice(), heaviest: heaviest.slice() };
  change(copies.least, "low");
  change(copies.most, "high");
  change(copies.heaviest, "high");
  return copies;
}

function exchanged(tally: Tally, { from, to, read }: Exchange, end: "low" | "high", roles: number): void {
  const receivers = total(to, end);
  const speaking = read === null ? total(from, end) : read[end];
  for (const party of from) add(tally, party.role, receivers * spoken(party, from, read, end));
  for (const party of to) add(tally, roles + party.role, speaking * party[end]);
  add(tally, tally.length - 1, speaking * receivers);
}

/** How many of a party are read: with a quorum as few, or as many, as the others leave. */
function spoken(party: Party, from: readonly Party[], read: Quorum | null, end: "low" | "high"): number {
  if (read === null) return party[end];
  if (end === "high") return Math.min(party.high, read.high);
  const others = (size: "low" | "high"): number => total(from, size) - party[size];
  return Math.max(0, Math.min(read.low - others("low"), read.full - others("high")));
}

function total(parties: readonly Party[], end: "low" | "high"): number {
  return parties.reduce((sum, party) => sum + party[end], 0);
}

function plus(one: Counts, other: Counts): Counts {
  const both = (a: Tally, b: Tally): Tally => a.map((count, i) => count + (b[i] ?? 0));
  return {
    least: both(one.least, other.least),
    most: both(one.most, other.most),
    heaviest: both(one.heaviest, other.heaviest),
  };
}

/** The same so many times; `unbounded`: how often in the heaviest run where there is no bound. */
function times({ least, most, heaviest }: Counts, { low, high }: Range, unbounded: number): Counts {
  const product = (count: number, factor: number): number => (count === 0 || factor === 0 ? 0 : count * factor);
  const often = high === Infinity ? unbounded : high;
  return {
    least: least.map((count) => product(count, low)),
    most: most.map((count) => product(count, high)),
    heaviest: heaviest.map((count) => product(count, often)),
  };
}

function anyOf(ways: Ways<Counts>, { join, start }: Domain<Counts>): Counts {
  return [...ways.values()].reduce(join, start);
}
