// Running a choreography: what `X.run(options)` takes and gives, and what generated code builds with. Types only.

import type { Agent, Message, Report } from "../endpoint/agent.js";
import type { Carrier } from "../delivery/carrier.js";
import type { Journal } from "../journal/journal.js";
import type { Machine } from "../monitor/machine.js";

export interface Options {
  /** The session's name. The same name and journal again: resumes. */
  readonly session: string;
  /** Default: in memory. */
  readonly journal?: Journal | undefined;
  /** Default: one of its own, in this process. */
  readonly carrier?: Carrier | undefined;
  /** Stops this process's part; the session can be resumed. */
  readonly signal?: AbortSignal | undefined;
}

/** A running session: await it for the outcome, iterate its events. */
export interface Run<Outcome, M = Message> extends Promise<Outcome> {
  readonly session: string;
  /** Everything that is journalled, from the beginning, and what was refused. Ends with the run. */
  readonly events: AsyncIterable<Event<M>>;
}

/** `fresh` is false for what was in the journal before this run began. */
export type Event<M = Message> =
  | {
      readonly kind: "sent" | "received";
      readonly role: string;
      readonly step: number;
      readonly at: number;
      readonly fresh: boolean;
      readonly message: M;
    }
  | {
      readonly kind: "rejected";
      readonly role: string;
      readonly step: number;
      readonly at: number;
      readonly fresh: boolean;
      readonly report: Report;
    }
  | {
      readonly kind: "open" | "memo" | "era" | "close";
      readonly role: string;
      readonly step: number;
      readonly at: number;
      readonly fresh: boolean;
    }
  /** Out of protocol and for no awaited slot: it is not journalled and counts for nothing. */
  | { readonly kind: "refused"; readonly role: string; readonly at: number; readonly report: Report };

/** A role as generated code exports it. `A` is what an agent of this role has to be. */
export interface Role<A> {
  readonly name: string;
  readonly machine: Machine;
  /** All decisions of this role by one agent: a plain object, to be spread. */
  by(agent: Agent): A;
}

export interface Choreography<RunOptions, Outcome, M> {
  readonly name: string;
  /** Of the protocol: endpoints of another one are refused. */
  readonly digest: string;
  /** The `.chor` file as generated code names it. */
  readonly source: string;
  /** Where each interaction stands in it: `{ "Missing#2": "build.chor:43:7" }`. */
  readonly places: { readonly [interaction: string]: string };
  readonly roles: readonly Role<any>[];
  run(options: RunOptions): Run<Outcome, M>;
}
