// What a handler is given beside what it knows: `ctx`. Made from the state at the moment of asking, so that the
// same decision has the same context after a restart. Its only way back into the endpoint is `remember`.

import { digest } from "../canonical/digest.js";
import { actions } from "../monitor/actions.js";
import type { Sends } from "../monitor/machine.js";
import type { Answer, Ctx, DecisionPoint, Heard, Here, KnownValues, Message } from "./agent.js";
import { answerSchema, chooser } from "./choice.js";
import { get, toArray } from "./list.js";
import { promptText } from "./prompt.js";
import { automaton, knownAs, memoOf, type State } from "./state.js";

/** For whom a handler works, and how what it wants to be remembered gets into the journal. */
export interface Asking {
  readonly session: string;
  readonly signal: AbortSignal;
  /** Durable when it resolves; rejects when the answer is not wanted any more. */
  readonly remember: (memo: Remembered) => Promise<void>;
}

export interface Remembered {
  readonly point: number;
  readonly attempt: number;
  readonly name: string;
  readonly value: unknown;
}

/** Stands in the key and the memos of a notification where a decision has the number of its refusals. */
const notification = -1;

/** What a decision's handler is called with. */
export function decisionContext(
  state: State,
  asking: Asking,
): { readonly known: KnownValues; readonly ctx: Ctx<unknown> } {
  const here = automaton(state) as Sends;
  const known = knownAs(state, here.knows ?? []);
  const decision = decisionPoint(state, here);
  const answer = answerSchema(here);
  const attempt = state.attempt + 1;
  const { role, rejection, monitor } = state;
  const { session } = asking;
  const { choreography } = monitor.machine;
  const ctx = Object.assign(contextHere(state, asking, state.attempt), {
    decision,
    answer,
    choose: chooser(here),
    attempt,
    ...(rejection === null ? {} : { rejection }),
    prompt: () => promptText({ role, choreography, session, decision, known, answer, attempt, rejection }),
  });
  return { known, ctx };
}

/** What the notification of the last message is called with. */
export function heardContext(state: State, asking: Asking): { readonly message: Message; readonly ctx: Heard } {
  const message = get(state.history, state.history.length - 1)!;
  return { message, ctx: Object.assign(contextHere(state, asking, notification), { from: message.from }) };
}

function contextHere(state: State, asking: Asking, attempt: number): Here<Message> {
  const { role, point, epoch, protocol } = state;
  const { session, signal } = asking;
  const running = new Map<string, Promise<unknown>>();
  // Both cost something, and most handlers want neither.
  let key: string | undefined;
  let history: readonly Message[] | undefined;
  return {
    session,
    role,
    signal,
    get idempotencyKey() {
      return (key ??= digest({ protocol, session, owner: role, point, attempt }));
    },
    epoch,
    get history() {
      return (history ??= Object.freeze(toArray(state.history)));
    },
    step<R>(name: string, work: () => Answer<R>): Promise<R> {
      // The same name asked for twice at a time is one piece of work; once it has failed, it may be tried again.
      let result = running.get(name);
      if (result === undefined) {
        result = step(state, asking, attempt, name, work);
        running.set(name, result);
        result.catch(() => running.delete(name));
      }
      return result as Promise<R>;
    },
  };
}

async function step<R>(
  state: State,
  asking: Asking,
  attempt: number,
  name: string,
  work: () => Answer<R>,
): Promise<unknown> {
  asking.signal.throwIfAborted();
  const before = memoOf(state, attempt, name);
  if (before !== undefined) return before.value;
  const value = asReplayed(name, await work());
  asking.signal.throwIfAborted();
  await asking.remember({ point: state.point, attempt, name, value });
  return value;
}

/** The value as a restart will give it: what is not JSON would not be the same again. */
function asReplayed(name: string, value: unknown): unknown {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value);
  if (text === undefined)
    throw new TypeError(`\`ctx.step("${name}")\` gave a ${typeof value}: give JSON, which can be replayed.`);
  return JSON.parse(text);
}

function decisionPoint(state: State, here: Sends): DecisionPoint {
  const enabled = actions(state.monitor.machine, state.monitor.state(state.row, 0), state.places);
  const at = [...new Set(enabled.map((action) => action.at))].join(", ");
  return { name: here.handler ?? "", doc: here.doc ?? enabled[0]?.doc ?? "", at, actions: enabled };
}
