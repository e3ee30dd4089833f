// Handlers at work: at most one of an endpoint at a time, called again when it throws, aborted when its answer is
// not wanted any more. In: which handler should be running. Out: its answer, for the journal; or a fault.

import type { RecordBody } from "../journal/journal.js";
import type { World } from "../run/world.js";
import { quote } from "../schema/text.js";
import type { Report } from "./agent.js";
import { backOff } from "./back-off.js";
import { decisionContext, heardContext, type Asking } from "./context.js";
import { decide } from "./decide.js";
import { handlerOf, notificationOf, type Handlers } from "./handlers.js";
import { get } from "./list.js";
import { endpointReport } from "./reports.js";
import type { State } from "./state.js";
import type { Want } from "./wants.js";

export interface HandlingParts {
  readonly session: string;
  readonly handlers: Handlers;
  readonly world: World;
  readonly state: () => State;
  readonly append: (make: (state: State) => readonly RecordBody[]) => Promise<void>;
  readonly turn: () => void;
  readonly fault: (report: Report) => void;
  readonly fail: (reason: unknown) => void;
}

type Work = Extract<Want, { readonly want: "ask" | "hear" }>;

export interface Handling {
  /** Starts this, unless it is running; stops everything else. */
  want(work: Want | null): void;
  /** The step of the last message whose notification has run; -1 for none. */
  heard(): number;
  stop(reason: unknown): void;
}

/** How often a handler that throws is called again, and how long that waits: milliseconds. */
const recalls = 5;
const first = 1_000;
const longest = 60_000;

/** How often an endpoint may be opened where a handler is to work, and nothing comes of it; once more is a fault. */
const openings = 5;

export function handling({ session, handlers, world, state, append, turn, fault, fail }: HandlingParts): Handling {
  let running: { readonly key: string; readonly controller: AbortController } | null = null;
  let heard = -1;

  const stop = (reason: unknown): void => {
    const before = running;
    running = null;
    before?.controller.abort(reason);
  };

  /** Runs to its end, unless it is aborted. */
  const start = async (work: Work, signal: AbortSignal): Promise<void> => {
    const done = work.want === "ask" ? await ask(work, signal) : await hear(work.step, signal);
    if (!done || signal.aborted) return;
    running = null;
    turn();
  };

  const ask = async (work: Extract<Work, { readonly want: "ask" }>, signal: AbortSignal): Promise<boolean> => {
    const { point, attempt } = work;
    const handler = handlerOf(handlers, work.handler);
    const answer = await call(work.handler, signal, () => {
      const { known, ctx } = decisionContext(state(), asking(signal));
      return handler?.(known, ctx);
    });
    if (!answer.ok) return false;
    await append((current) =>
      current.point === point && current.attempt === attempt ? [decide(current, answer.value)] : [],
    );
    return true;
  };

  const hear = async (step: number, signal: AbortSignal): Promise<boolean> => {
    const label = lastLabel(state());
    const result = await call(`on.${label}`, signal, () => {
      const { message, ctx } = heardContext(state(), asking(signal));
      return notificationOf(handlers, label)?.(message.payload, ctx);
    });
    if (result.ok) heard = step;
    return result.ok;
  };

  /** Calls it until it does not throw; not `ok` if it is not wanted any more, or has thrown too often. */
  const call = async (
    name: string,
    signal: AbortSignal,
    work: () => unknown,
  ): Promise<{ readonly ok: true; readonly value: unknown } | { readonly ok: false }> => {
    for (let times = 0; ; times++) {
      try {
        const value = await work();
        return signal.aborted ? { ok: false } : { ok: true, value };
      } catch (error) {
        if (signal.aborted) return { ok: false };
        if (times === recalls) {
          fault(threw(state(), name, error));
          return { ok: false };
        }
      }
      await world.sleep(backOff(times, first, longest, world.random()), signal);
      if (signal.aborted) return { ok: false };
    }
  };

  const asking = (signal: AbortSignal): Asking => ({
    session,
    signal,
    async remember(memo) {
      await append((current) => (signal.aborted || current.point !== memo.point ? [] : [{ kind: "memo", ...memo }]));
      signal.throwIfAborted();
    },
  });

  return {
    want(work) {
      const wanted = work !== null && (work.want === "ask" || work.want === "hear") ? work : null;
      if (wanted?.want === "hear" && notificationOf(handlers, lastLabel(state())) === undefined) {
        heard = wanted.step;
        return turn();
      }
      const key = wanted === null ? null : keyOf(wanted);
      if (running !== null && running.key !== key) stop(new Error("The answer is not wanted any more."));
      if (running !== null || wanted === null || key === null) return;
      if (state().reopened > openings) return fault(killed(state(), nameOf(wanted, state())));
      const controller = new AbortController();
      running = { key, controller };
      start(wanted, controller.signal).catch(fail);
    },
    heard: () => heard,
    stop,
  };
}

function lastLabel({ history }: State): string {
  return get(history, history.length - 1)!.label;
}

function keyOf(work: Work): string {
  return work.want === "ask" ? `ask ${work.point} ${work.attempt}` : `hear ${work.step}`;
}

function nameOf(work: Work, state: State): string {
  return work.want === "ask" ? work.handler : `on.${lastLabel(state)}`;
}

function killed(state: State, name: string): Report {
  return endpointReport(state, "killed", { label: name, from: state.role, to: state.role }, [
    `\`${state.role}\` was opened ${state.reopened} times at \`${name}\`, and nothing came of it:`,
    "that handler ends the process, or the process was ended each time before it had answered.",
    "See what ends it, then run the session again: it goes on here.",
  ]);
}

function threw(state: State, name: string, error: unknown): Report {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : error;
  return endpointReport(state, "threw", { label: name, from: state.role, to: state.role }, [
    `The handler \`${name}\` of \`${state.role}\` has thrown ${recalls + 1} times, at last ${quote(said, 300)}.`,
    "Mend it, then run the session again: it goes on here.",
  ]);
}
