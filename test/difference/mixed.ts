// A team of two versions: every role an endpoint of one of them, over one FIFO channel for each ordered pair of roles, in
// every order. In: local automata. Out: what goes wrong first, or that nothing does. It knows nothing of how versions are
// compared.

import type { LocalAutomaton, LocalState } from "../../compiler/src/project/local.js";

export type MixedOutcome = "sound" | "unknown" | "stuck" | "unexpected" | "orphan";

interface Situation {
  readonly states: readonly number[];
  readonly counters: readonly (readonly number[])[];
  /** By `from to`. */
  readonly channels: ReadonlyMap<string, readonly string[]>;
}

const situations = 20_000;
const channel = 3;

/** Explores all that can happen, with bounded channels and a bound on situations. */
export function exploreMixed(team: readonly LocalAutomaton[]): MixedOutcome {
  const first: Situation = {
    states: team.map(() => 0),
    counters: team.map(({ counters }) => counters.map(() => 1)),
    channels: new Map(),
  };
  const start = team.reduce((at, _, role) => settled(team, at, role), first);
  const seen = new Set([keyOf(start)]);
  const work = [start];
  for (let i = 0; i < work.length; i++) {
    const here = work[i];
    if (here === undefined) break;
    if (work.length > situations) return "unknown";
    const failure = failureAt(team, here);
    if (failure !== null) return failure;
    const { next, held } = nextOf(team, here);
    if (next.length === 0 && !held && !team.every((_, role) => stateOf(team, here, role)?.kind === "end"))
      return "stuck";
    for (const situation of next) {
      const key = keyOf(situation);
      if (!seen.has(key)) {
        seen.add(key);
        work.push(situation);
      }
    }
  }
  return "sound";
}

function stateOf(team: readonly LocalAutomaton[], { states }: Situation, role: number): LocalState | undefined {
  return team[role]?.states[states[role] ?? 0];
}

/** Passes through the states of a role that only count. */
function settled(team: readonly LocalAutomaton[], from: Situation, role: number): Situation {
  let here = from;
  for (;;) {
    const state = stateOf(team, here, role);
    const counters = here.counters[role] ?? [];
    if (state?.kind === "enter") {
      here = moved(here, role, state.then, counters.with(state.counter, 1));
    } else if (state?.kind === "repeat") {
      const rounds = counters[state.counter] ?? 1;
      const isLast = rounds >= (team[role]?.counters[state.counter]?.max ?? 1);
      here = moved(here, role, isLast ? state.last : state.then, counters.with(state.counter, isLast ? 1 : rounds + 1));
    } else return here;
  }
}

function moved(here: Situation, role: number, then: number, counters: readonly number[]): Situation {
  return { ...here, states: here.states.with(role, then), counters: here.counters.with(role, counters) };
}

/** A role whose every awaited channel begins with a message that it does not take there; messages left at the end. */
function failureAt(team: readonly LocalAutomaton[], here: Situation): MixedOutcome | null {
  for (const [role, { role: name }] of team.entries()) {
    const state = stateOf(team, here, role);
    const waiting = [...here.channels].filter(([pair, queue]) => pair.endsWith(` ${name}`) && queue.length > 0);
    if (state?.kind === "receives") {
      const senders = new Set(state.receives.map(({ from }) => from));
      const heads = [...senders].map((from) => here.channels.get(`${from} ${name}`)?.[0]);
      const wrong = heads.every(
        (head, i) =>
          head !== undefined && !state.receives.some(({ from, label }) => from === [...senders][i] && label === head),
      );
      if (wrong) return "unexpected";
    }
    if (state?.kind === "end" && waiting.length > 0) return "orphan";
  }
  return null;
}

function nextOf(
  team: readonly LocalAutomaton[],
  here: Situation,
): { readonly next: readonly Situation[]; readonly held: boolean } {
  const next: Situation[] = [];
  let held = false;
  team.forEach(({ role: name }, role) => {
    const state = stateOf(team, here, role);
    const go = (pair: string, queue: readonly string[], then: number): void => {
      const channels = new Map(here.channels).set(pair, queue);
      next.push(settled(team, { ...moved(here, role, then, here.counters[role] ?? []), channels }, role));
    };
    if (state?.kind === "sends")
      for (const { to, label, then } of state.sends) {
        const queue = here.channels.get(`${name} ${to}`) ?? [];
        if (queue.length >= channel) held = true;
        else go(`${name} ${to}`, [...queue, label], then);
      }
    if (state?.kind === "receives")
      for (const { from, label, then } of state.receives) {
        const [head, ...rest] = here.channels.get(`${from} ${name}`) ?? [];
        if (head === label) go(`${from} ${name}`, rest, then);
      }
  });
  return { next, held };
}

function keyOf({ states, counters, channels }: Situation): string {
  const queues = [...channels].filter(([, queue]) => queue.length > 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([states, counters, queues]);
}
