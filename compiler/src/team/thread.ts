// One role at work in one block. In: a team, a thread. Out: where it is, and the thread further on. Nothing is changed in
// place.

import { pathOf } from "./paths.js";
import type { State, Team } from "./team.js";

/** A role in the body, or in an arm. */
export interface Thread {
  readonly machine: number;
  /** The role in the block: of a member in a scatter, the family's. */
  readonly role: number;
  /** `construct.entry.arm` for each arm around, joined by `/`; empty in the body. */
  readonly path: string;
  readonly state: number;
  readonly counters: readonly number[];
  /** By construct: how often it was entered. */
  readonly entries: Readonly<Record<number, number>>;
  /** The construct that it is in. */
  readonly inside: Inside | null;
}

export interface Inside {
  readonly construct: number;
  readonly entry: number;
  /** The state behind the construct. */
  readonly then: number;
  /** Of a scatter, for who may claim: those that it has claimed. */
  readonly threads: readonly Thread[];
}

/** The end of a round of a counted loop, as one role counts it. */
export interface Round {
  readonly role: number;
  readonly loop: string;
  /** From 1; the round that is over. */
  readonly round: number;
  /** Whether it was the last. */
  readonly last: boolean;
}

/** A thread at the beginning of a block. */
export function threadOf(team: Team, block: number, path: string, role: number): Thread {
  const machine = team.blocks[block]?.[role] ?? -1;
  const counters = team.machines[machine]?.counters.map(() => 0) ?? [];
  return advance(team, { machine, role, path, state: 0, counters, entries: {}, inside: null }, 0).thread;
}

/** A thread that goes on to a state, and past everything that counts; with the rounds that end on the way. */
export function advance(
  team: Team,
  thread: Thread,
  to: number,
): { readonly thread: Thread; readonly rounds: readonly Round[] } {
  const machine = team.machines[thread.machine];
  const rounds: Round[] = [];
  const counters = [...thread.counters];
  let state = to;
  for (let pass = machine?.states[state]?.passes; pass; pass = machine?.states[state]?.passes) {
    const { counter } = pass;
    const count = counters[counter] ?? 0;
    const { loop = "", max = 1 } = machine?.counters[counter] ?? {};
    const last = count + 1 >= max;
    counters[counter] = pass.kind === "enter" || last ? 0 : count + 1;
    state = pass.kind === "repeat" && last ? pass.last : pass.then;
    if (pass.kind === "repeat") rounds.push({ role: thread.role, loop, round: count + 1, last });
  }
  return { thread: { ...thread, state, counters: counters.length === 0 ? thread.counters : counters }, rounds };
}

/** The state that a thread is in; null: its role does not take part in the block. */
export function stateOf(team: Team, { machine, state }: Thread): State | null {
  return team.machines[machine]?.states[state] ?? null;
}

/** Whether the part of a role in a block may be over. */
export function isAtEnd(team: Team, thread: Thread): boolean {
  return thread.inside === null && (stateOf(team, thread)?.final ?? true);
}

/** The paths of the elements of a scatter that a thread is in. */
export function elementsOf(team: Team, { path }: Thread, { construct, entry }: Inside): readonly string[] {
  return Array.from({ length: team.elements }, (_, element) => pathOf(path, construct, entry, element));
}

/** The threads of a role that are not in a construct; its own where it waits in one for the elements of others. */
export function leavesOf(thread: Thread): readonly Thread[] {
  const { inside } = thread;
  return inside === null || inside.threads.length === 0 ? [thread] : inside.threads.flatMap(leavesOf);
}

/** Those of them that can take a step. */
export function actingOf(thread: Thread): readonly Thread[] {
  return leavesOf(thread).filter(({ inside }) => inside === null);
}
