// Whether what the roles of a system did is a run of the program, or the beginning of one: what projected systems
// are tested against. In: a core and what each role sent and received, in its own order. Out: yes or no.

import type { Core, Send } from "../core/core.js";
import { over, start, steps, type Configuration, type Rest } from "./interpret.js";

/** What one role did: it sent a message to `peer`, or received one from it. Roles are numbered as in the core. */
export interface Event {
  readonly kind: "send" | "receive";
  readonly peer: number;
  readonly label: string;
}

/** By role: what it did, in its order. A role that is missing did nothing. */
export type Traces = readonly (readonly Event[])[];

/**
 * Whether the traces are the beginning of a run: some run of the core begins, for each role, with what it did, and
 * nothing is received that was not sent. The core must be without errors of form.
 */
export function isRun(core: Core, traces: Traces): boolean {
  return search(core, traces, false);
}

/** Whether the traces are a run from its beginning to its end. */
export function isCompleteRun(core: Core, traces: Traces): boolean {
  return search(core, traces, true);
}

interface Place {
  readonly configuration: Configuration;
  /** By role: how many of its events are explained. */
  readonly explained: readonly number[];
}

/**
 * Walks the program along the traces. The sender of the next message says which it was, so there is one way on (for
 * each arm); only where it has not sent yet all ways are tried, for the sake of roles that are already further. Then no place
 * is visited twice, and there are finitely many, since only what the program has still to do distinguishes them.
 */
function search(core: Core, traces: Traces, complete: boolean): boolean {
  const total = traces.reduce((sum, trace) => sum + trace.length, 0);
  const visited = new Set<string>();
  const keys = new Map<object, number>();
  const work: Place[] = [{ configuration: start(core), explained: core.roles.map(() => 0) }];
  for (let place = work.pop(); place !== undefined; place = work.pop()) {
    const { configuration, explained } = place;
    const done = explained.reduce((sum, count) => sum + count, 0) === total;
    if (done && (!complete || over(core, configuration))) return true;
    const guesses: Place[] = [];
    for (const { send, after } of steps(core, configuration)) {
      const sent = explain(traces, explained, send.from, { kind: "send", peer: send.to, label: send.label });
      // What was not sent cannot have been received, so its receiver has done nothing more either.
      const received = explain(traces, explained, send.to, { kind: "receive", peer: send.from, label: send.label });
      if (sent === "other" || received === "other" || (sent === "none" && received === "this")) continue;
      if (complete && received === "none") continue;
      if (sent === "this")
        work.push({ configuration: after, explained: counted(explained, send, received === "this") });
      else guesses.push({ configuration: after, explained });
    }
    if (guesses.length === 0) continue;
    const key = `${keyOf(configuration.rest, keys)} ${explained.join(" ")}`;
    if (visited.has(key)) continue;
    visited.add(key);
    work.push(...guesses);
  }
  return false;
}

/** Whether the next event of a role is this one, another one, or none. */
function explain(traces: Traces, explained: readonly number[], role: number, event: Event): "this" | "other" | "none" {
  const next = traces[role]?.[explained[role] ?? 0];
  if (next === undefined) return "none";
  return next.kind === event.kind && next.peer === event.peer && next.label === event.label ? "this" : "other";
}

function counted(explained: readonly number[], send: Send, received: boolean): readonly number[] {
  return explained.map((count, role) => (role === send.from || (received && role === send.to) ? count + 1 : count));
}

/** A text for what is left to do: the same for the same. `keys` numbers the nodes of the core. */
export function keyOf(from: Rest, keys: Map<object, number>): string {
  const parts: string[] = [];
  for (let rest = from; rest !== null; rest = rest.next) {
    if (rest.kind === "round") {
      parts.push(`${rest.loop.loop}*${rest.round}`);
      continue;
    }
    if (rest.kind === "behind") {
      parts.push(`]${rest.block}`);
      continue;
    }
    if (rest.kind === "arms") {
      parts.push(`(${rest.arms.map((arm) => keyOf(arm, keys)).join("|")})`);
      continue;
    }
    const node = rest.nodes[rest.index] ?? rest.nodes;
    const number = keys.get(node) ?? keys.size;
    keys.set(node, number);
    parts.push(String(number));
  }
  return parts.join(",");
}
