// Machines for the monitor's tests: random ones with names that hurt, and a stepper that is written as plainly as
// can be (objects and Maps, by the comments of machine.ts), to say what the monitor has to say.

import type { Machine, Receive, Send, State } from "../../runtime/src/monitor/machine.js";
import { schema } from "../../runtime/src/schema/artifact.js";
import type { Schema } from "../../runtime/src/schema/schema.js";
import type { Chance } from "./seeded.js";

export const labels = ["A", "B", "C", "constructor", "__proto__", "toString"] as const;
export const peers = ["Bob", "Ann", "__proto__", "hasOwnProperty"] as const;

function small(name: string, least: number): Schema<number> {
  const is = (value: unknown): value is number => typeof value === "number" && value >= least && value <= 9;
  return schema<number>(
    name,
    "",
    is,
    (value, pointer, issues) => {
      if (!is(value)) issues.push({ pointer, code: "range", expected: `${least} to 9`, actual: String(value) });
    },
    { type: "number", minimum: least, maximum: 9 },
  );
}

const artifacts = [small("Low", 0), small("High", 5)];

/** A machine of up to twelve states. It may have silent circles: `monitor` refuses those. */
export function anyMachine(chance: Chance): Machine {
  const count = 2 + chance.below(11);
  const counters = Array.from({ length: chance.below(3) }, (_, i) => ({ loop: `loop${i}`, max: 1 + chance.below(4) }));
  const silent = (at: number): State => {
    const { loop, max } = chance.one(counters);
    const then = chance.below(count);
    return chance.once(2)
      ? { enter: loop, then: at + 1 < count ? at + 1 : then }
      : { repeat: loop, max, then, last: chance.below(count) };
  };
  const states = Array.from({ length: count }, (_, at): State => {
    const kind = chance.below(8);
    if (kind === 0) return { ends: true };
    if (kind <= 2 && counters.length > 0) return silent(at);
    if (kind <= 4) return { sends: steps(chance, count).map((step): Send => Object.assign(step, { to: step.peer })) };
    return { receives: steps(chance, count).map((step): Receive => Object.assign(step, { from: step.peer })) };
  });
  return { role: "Me", choreography: "Any", states, counters };
}

function steps(chance: Chance, states: number) {
  const taken = new Map<string, { readonly label: string; readonly peer: string }>();
  for (let i = 1 + chance.below(3); i > 0; i--) {
    const step = { label: chance.one(labels), peer: chance.one(peers) };
    taken.set(`${step.label}/${step.peer}`, step);
  }
  return [...taken.values()].map(({ label, peer }) => {
    const step = { label, peer, then: chance.below(states), at: label };
    return chance.once(3) ? step : Object.assign(step, { artifact: chance.one(artifacts) });
  });
}

/** The states that a message leads through are walked one by one, the counters are a Map, a channel is a name. */
export class Oracle {
  readonly machine: Machine;
  now = 0;
  rounds = new Map<string, number>();
  used = new Map<string, number>();

  constructor(machine: Machine) {
    this.machine = machine;
    this.go(0);
  }

  get state(): State {
    return this.machine.states[this.now]!;
  }

  next(way: "in" | "out", peer: string): number {
    return this.used.get(`${way} ${peer}`) ?? 0;
  }

  receive(from: string, seq: number, label: string, payload: unknown): string {
    const everyone = this.machine.states.flatMap((state) =>
      "receives" in state ? state.receives.map((s) => s.from) : "sends" in state ? state.sends.map((s) => s.to) : [],
    );
    if (!everyone.includes(from)) return "role";
    if (seq < this.next("in", from)) return "duplicate";
    if (seq !== this.next("in", from)) return "gap";
    const { state } = this;
    if (!("receives" in state)) return "notNow";
    const here = state.receives.filter((step) => step.from === from);
    if (here.length === 0) return "role";
    const step = here.find((one) => one.label === label);
    if (step === undefined) return this.comesLater(from, label, this.now, []) ? "role" : "label";
    return this.take(step, "in", from, payload);
  }

  /** Whether a label of a role may be right before anything else of that role is. */
  private comesLater(from: string, label: string, at: number, passed: readonly number[]): boolean {
    const state = this.machine.states[at]!;
    if (passed.includes(at)) return false;
    const on = (target: number): boolean => this.comesLater(from, label, target, [...passed, at]);
    if ("receives" in state)
      return state.receives.some((step) => (step.from === from ? step.label === label : on(step.then)));
    if ("sends" in state) return state.sends.some(({ then }) => on(then));
    if ("enter" in state) return on(state.then);
    return "repeat" in state && (on(state.then) || on(state.last));
  }

  send(to: string, seq: number, label: string, payload: unknown): string {
    const { state } = this;
    if (!("sends" in state)) return "notNow";
    const here = state.sends.filter((step) => step.label === label);
    if (here.length === 0) return "label";
    const step = here.find((one) => one.to === to);
    if (step === undefined) return "role";
    if (seq < this.next("out", to)) return "duplicate";
    if (seq !== this.next("out", to)) return "gap";
    return this.take(step, "out", to, payload);
  }

  private take(step: Send | Receive, way: "in" | "out", peer: string, payload: unknown): string {
    const fine =
      step.artifact === undefined
        ? payload === undefined
        : (step.artifact as Schema<unknown>).issues(payload).length === 0;
    if (!fine) return "payload";
    this.used.set(`${way} ${peer}`, this.next(way, peer) + 1);
    this.go(step.then);
    return "accepted";
  }

  private go(target: number): void {
    this.now = target;
    const { state } = this;
    if ("enter" in state) {
      this.rounds.set(state.enter, 0);
      this.go(state.then);
    } else if ("repeat" in state) {
      const over = (this.rounds.get(state.repeat) ?? 0) + 1;
      this.rounds.set(state.repeat, over >= state.max ? 0 : over);
      this.go(over >= state.max ? state.last : state.then);
    }
  }
}
