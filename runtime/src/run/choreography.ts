// A choreography as generated code exports it. `run` plays all its roles in this process: reads their journals,
// takes their endpoints over, and waits until each is closed, or the first says that it cannot go on.

import { inProcess } from "../delivery/in-process.js";
import { endpoint, type Endpoint } from "../endpoint/endpoint.js";
import { OtherProtocol } from "../endpoint/fault.js";
import type { Handlers } from "../endpoint/handlers.js";
import { automaton, begin, fold, knownAs, reportIn, type State } from "../endpoint/state.js";
import type { Message } from "../endpoint/agent.js";
import type { Journal, JournalRecord } from "../journal/journal.js";
import { memory } from "../journal/memory.js";
import { monitor, type Monitor } from "../monitor/monitor.js";
import { problems } from "./check.js";
import { compared } from "./compare.js";
import { events, type Recorded } from "./events.js";
import type { Choreography, Event, Options, Role, Run } from "./run.js";
import { system, type World } from "./world.js";

/** What generated code says of a choreography. */
export interface ChoreographyParts {
  readonly name: string;
  readonly digest: string;
  readonly source: string;
  readonly places: { readonly [interaction: string]: string };
  readonly roles: readonly Role<any>[];
}

/**
 * The choreography. Its `run` throws a `TypeError` with all that is wrong with its options before anything starts;
 * afterwards what goes wrong rejects: `Fault`, `Fenced`, `Broken`, `OtherProtocol`, or the reason of the signal.
 * `world` is for tests.
 */
export function choreography<RunOptions, Outcome, M = Message>(
  parts: ChoreographyParts,
  world: World = system,
): Choreography<RunOptions, Outcome, M> {
  const monitors = new Map<string, Monitor>();
  const monitorOf = (role: Role<any>): Monitor => {
    const before = monitors.get(role.name);
    if (before !== undefined) return before;
    const made = monitor(role.machine);
    monitors.set(role.name, made);
    return made;
  };
  return {
    ...parts,
    run(options) {
      const wrong = problems(parts.roles, options);
      if (wrong.length > 0)
        throw new TypeError([`\`${parts.name}\` cannot run:`, ...wrong.map((one) => `- ${one}`)].join("\n"));
      return start(parts, monitorOf, options as Options & { readonly agents?: Agents }, world) as Run<Outcome, M>;
    },
  };
}

type Agents = { readonly [role: string]: Handlers };

function start(
  parts: ChoreographyParts,
  monitorOf: (role: Role<any>) => Monitor,
  options: Options & { readonly agents?: Agents },
  world: World,
): Run<unknown, Message> {
  const { session, journal = memory(), carrier = inProcess(), signal, agents = {} } = options;
  const { roles, places, digest } = parts;
  const fromRole = (role: Role<any>): State => begin(monitorOf(role), places);
  /** Where this run's own records begin, by role. */
  const begun = new Map<string, number>();

  const past = async (): Promise<readonly (readonly Recorded[])[]> =>
    Promise.all(
      roles.map(async (role) => {
        const records = await journal.read({ session, owner: role.name }, 0);
        return recordedOf(role.name, fromRole(role), records, begun.get(role.name) ?? Infinity);
      }),
    );
  const told = events(past, () => promise.catch(() => {}));

  const play = async (): Promise<unknown> => {
    signal?.throwIfAborted();
    const states = await readAll(parts, journal, session, fromRole);
    signal?.throwIfAborted();
    for (const state of states) begun.set(state.role, state.next);
    if (states.every((state) => state.closed === "done")) return outcome(session, states);
    return playAll(states);
  };

  const playAll = async (states: readonly State[]): Promise<unknown> => {
    let resolve!: () => void;
    let reject!: (reason: unknown) => void;
    const over = new Promise<void>((...ways) => ([resolve, reject] = ways));
    let left = states.filter((state) => state.closed === null).length;
    const endpoints = states.map((state): Endpoint => {
      const { role } = state;
      return endpoint({
        id: { session, owner: role },
        protocol: digest,
        state,
        handlers: agents[role] ?? {},
        journal,
        carrier,
        world,
        on: {
          recorded: (record, report) => told.record({ role, record, report, fresh: true }),
          refused: (report) => told.refuse(role, world.now(), report),
          closed: () => {
            if (--left === 0) resolve();
          },
          failed: reject,
        },
      });
    });
    const abort = (): void => reject(signal?.reason);
    signal?.addEventListener("abort", abort);
    let reason: unknown = new Error(`Session \`${session}\` is over.`);
    try {
      // All are there before the first speaks, so that nothing has to be said twice.
      await Promise.race([over, Promise.all(endpoints.map((one) => one.open()))]);
      for (const one of endpoints) one.go();
      await over;
    } catch (error) {
      reason = error;
      throw error;
    } finally {
      signal?.removeEventListener("abort", abort);
      await Promise.all(endpoints.map((one) => one.stop(reason)));
    }
    return outcome(
      session,
      endpoints.map((one) => one.state()),
    );
  };

  const promise = play().finally(told.end);
  return Object.assign(promise, { session, events: told.iterable as AsyncIterable<Event> });
}

/** The states of all roles; refuses a session that began under another protocol, that others take part in, or whose journals do not go together. */
async function readAll(
  { name, digest, roles }: ChoreographyParts,
  journal: Journal,
  session: string,
  fromRole: (role: Role<any>) => State,
): Promise<readonly State[]> {
  const heads = await journal.heads(session);
  const stranger = heads.find(({ owner }) => roles.every((role) => role.name !== owner));
  if (stranger !== undefined) {
    throw new OtherProtocol(
      `Session \`${session}\` in this journal has a role \`${stranger.owner}\`, which \`${name}\` has not: begin a new session.`,
    );
  }
  const states = await Promise.all(
    roles.map(async (role) => {
      const records = await journal.read({ session, owner: role.name }, 0);
      const [first] = records;
      if (first?.kind === "open" && first.protocol !== digest) {
        throw new OtherProtocol(
          `Session \`${session}\` began under ${first.protocol}, this build is ${digest}: finish it with that one, or begin a new session.`,
        );
      }
      return records.reduce(fold, fromRole(role));
    }),
  );
  const diverged = compared(session, states);
  if (diverged !== null) throw diverged;
  return states;
}

/** What each role knows at its end. */
function outcome(session: string, states: readonly State[]): { readonly session: string; readonly known: object } {
  const known = states.map((state): [string, object] => {
    const here = automaton(state);
    return [state.role, knownAs(state, "ends" in here ? (here.knows ?? []) : [])];
  });
  return { session, known: Object.fromEntries(known) };
}

function recordedOf(role: string, from: State, records: readonly JournalRecord[], begun: number): readonly Recorded[] {
  let state = from;
  return records.map((record): Recorded => {
    const report = record.kind === "rejected" ? reportIn(state, record) : null;
    state = fold(state, record);
    return { role, record, report, fresh: record.step >= begun };
  });
}
