// The oracle: the endpoints of a choreography run against each other in every order, and what goes wrong is found by
// looking. In: the runs of a choreography (unroll.ts). Out: the first failure, or none. Exponential and naive on
// purpose; it shares no code and no idea with the coherence check.

import { action, isRun } from "./unroll.js";
import type { Message, Runs } from "./unroll.js";

export type Outcome =
  | { readonly kind: "sound" }
  /** Too large to be explored. */
  | { readonly kind: "unknown" }
  | { readonly kind: "failure"; readonly failure: Failure; readonly trace: readonly string[] };

export type Failure =
  /** Nobody can go on, and not all are at an end. */
  | "deadlock"
  /** Nobody can go on, and a role has a message before it that it cannot take. */
  | "unspecified reception"
  /** All are at an end, and a message lies in a channel. */
  | "orphan message"
  /** A role is at an end and waits: it cannot tell "done" from "wait". */
  | "unaware of termination"
  /** What the endpoints have done is no run of the choreography. */
  | "infidelity";

export interface Limits {
  /** Situations, at most. */
  readonly situations: number;
  /** Messages in a channel, at most, where the runs are cyclic. */
  readonly channel: number;
  /** How many of the situations of a cyclic system are compared with the runs. */
  readonly compared: number;
}

/** The endpoint of one role: deterministic, by the names of its actions. */
interface Machine {
  readonly states: readonly { readonly actions: ReadonlyMap<string, Step>; readonly end: boolean }[];
}

interface Step {
  readonly sends: boolean;
  /** The channel, as `from * roles + to`. */
  readonly channel: number;
  readonly label: string;
  readonly target: number;
}

interface Situation {
  readonly states: readonly number[];
  readonly channels: readonly (readonly string[])[];
  readonly words: readonly (readonly string[])[];
  readonly trace: readonly string[];
}

/**
 * Explores the endpoints over one FIFO channel for each ordered pair of roles; a role that waits may wait for several
 * senders at once. Without cycles, what each role has done belongs to the situation, so that every ending is compared
 * with the runs; with cycles, channels are bounded and only some situations are compared.
 */
export function explore(runs: Runs, roles: number, limits: Limits): Outcome {
  const machines = Array.from({ length: roles }, (_, role) => machineOf(runs, role, roles));
  const first: Situation = {
    states: machines.map(() => 0),
    channels: Array.from({ length: roles * roles }, () => []),
    words: machines.map(() => []),
    trace: [],
  };
  const seen = new Set([keyOf(first, runs.cyclic)]);
  const work = [first];
  for (let i = 0; i < work.length; i++) {
    if (work.length > limits.situations) return runs.cyclic ? { kind: "sound" } : { kind: "unknown" };
    const here = work[i];
    if (here === undefined) break;
    const failure = failureAt(here, machines, runs, runs.cyclic && i < limits.compared);
    if (failure !== null) return { kind: "failure", failure, trace: here.trace };
    const { next, held } = nextOf(here, machines, runs.cyclic ? limits.channel : Infinity);
    if (next.length === 0 && !held && !machines.every((machine, role) => machine.states[here.states[role] ?? 0]?.end)) {
      return {
        kind: "failure",
        failure: here.channels.some((c) => c.length > 0) ? "unspecified reception" : "deadlock",
        trace: here.trace,
      };
    }
    for (const situation of next) {
      const key = keyOf(situation, runs.cyclic);
      if (seen.has(key)) continue;
      seen.add(key);
      work.push(situation);
    }
  }
  return { kind: "sound" };
}

function failureAt(here: Situation, machines: readonly Machine[], runs: Runs, compare: boolean): Failure | null {
  const local = machines.map((machine, role) => machine.states[here.states[role] ?? 0]);
  if (local.some((state) => state?.end === true && [...state.actions.values()].some((step) => !step.sends)))
    return "unaware of termination";
  if (compare && !isRun(runs, here.words, true)) return "infidelity";
  if (!local.every((state) => state?.end === true)) return null;
  if (here.channels.every((channel) => channel.length === 0))
    return isRun(runs, here.words, false) ? null : "infidelity";
  return local.every((state) => state?.actions.size === 0) ? "orphan message" : null;
}

/** All that can happen next; `held`: a channel is full, so that nothing follows from standing still. */
function nextOf(
  here: Situation,
  machines: readonly Machine[],
  bound: number,
): { readonly next: readonly Situation[]; readonly held: boolean } {
  const next: Situation[] = [];
  let held = false;
  machines.forEach((machine, role) => {
    for (const [name, step] of machine.states[here.states[role] ?? 0]?.actions ?? []) {
      const channel = here.channels[step.channel] ?? [];
      if (step.sends && channel.length >= bound) {
        held = true;
        continue;
      }
      if (!step.sends && channel[0] !== step.label) continue;
      next.push({
        states: here.states.with(role, step.target),
        channels: here.channels.with(step.channel, step.sends ? [...channel, step.label] : channel.slice(1)),
        words: here.words.with(role, [...(here.words[role] ?? []), name]),
        trace: [...here.trace, name],
      });
    }
  });
  return { next, held };
}

function keyOf({ states, channels, words }: Situation, cyclic: boolean): string {
  return cyclic ? `${states.join()};${channels.join(";")}` : words.join(";");
}

/** The subset construction as in the textbook: sets of states, by their written form. */
function machineOf(runs: Runs, role: number, roles: number): Machine {
  const numbers = new Map<string, number>();
  const sets: (readonly number[])[] = [];
  const number = (from: readonly number[]): number => {
    const set = closed(runs, role, from);
    const key = set.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, sets.length);
    return sets.push(set) - 1;
  };
  number([runs.start]);
  const states: Machine["states"][number][] = [];
  for (let i = 0; i < sets.length; i++) {
    const set = sets[i] ?? [];
    const own = set
      .flatMap((state) => runs.states[state]?.messages ?? [])
      .filter((message) => message.from === role || message.to === role);
    const actions = new Map<string, Step>();
    for (const message of own) {
      const name = nameOf(message, role);
      if (actions.has(name)) continue;
      const targets = own.filter((other) => nameOf(other, role) === name).map((other) => other.target);
      const channel = message.from * roles + message.to;
      actions.set(name, { sends: message.from === role, channel, label: message.label, target: number(targets) });
    }
    states.push({ actions, end: set.some((state) => runs.states[state]?.end) });
  }
  return { states };
}

function nameOf(message: Message, role: number): string {
  return action(message.from === role ? "!" : "?", message.from, message.to, message.label);
}

function closed(runs: Runs, role: number, from: readonly number[]): readonly number[] {
  const set = new Set(from);
  for (const state of set) {
    for (const target of runs.states[state]?.silent ?? []) set.add(target);
    for (const message of runs.states[state]?.messages ?? [])
      if (message.from !== role && message.to !== role) set.add(message.target);
  }
  return [...set].toSorted((a, b) => a - b);
}
