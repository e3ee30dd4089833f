// Projected systems against the reference interpreter: accepted programs run to their end with random agents, every
// run is a run of the program, and of mutated messages the monitors accept exactly those that the reference accepts.
// `CHOR_CASES=100000 CHOR_SEED=7 npx vitest run test/system` widens and reproduces the search.

import { describe, expect, test } from "vitest";
import { isCompleteRun, isRun, type Event } from "../../compiler/src/reference/run.js";
import type { Core } from "../../compiler/src/core/core.js";
import type { Monitor } from "../../runtime/src/monitor/monitor.js";
import { below, pick, randomFrom, type Random } from "../support/random.js";
import { randomCore, type Sizes } from "../support/random-core.js";
import { after, expectation, mayBeOver, meant, type Expectation } from "./expected.js";
import { payload, randomSystem, systemOf, wrongPayloads, type System } from "./system.js";

const cases = Number(process.env["CHOR_CASES"] ?? "10000");
const seed = Number(process.env["CHOR_SEED"] ?? "1");
const mutations = cases * 10;
const mostSteps = 120;

interface Message {
  readonly from: number;
  readonly to: number;
  readonly seq: number;
  readonly label: string;
  readonly payload: unknown;
}

/** A system that runs: what each monitor has stepped through, and what is on its way. */
interface Session {
  readonly system: System;
  readonly rows: readonly Int32Array[];
  readonly traces: readonly Event[][];
  readonly expected: Expectation[];
  readonly channels: Map<string, Message[]>;
  readonly delivered: Message[];
}

describe(`accepted programs of ${cases}, seed ${seed}`, () => {
  test("run to the end, and every run is a run of the reference interpreter", () => {
    let accepted = 0;
    let ended = 0;
    for (let number = 0; number < cases; number++) {
      const system = randomSystem(seed * 1_000_000 + number, sizesOf(number));
      if (system === null) continue;
      accepted++;
      const random = randomFrom(number);
      const session = begin(system);
      while (session.traces.flat().length < mostSteps && advance(session, random));
      const over = isOver(session);
      const stuck = !over && session.traces.flat().length < mostSteps;
      if (over) ended++;
      expect({ number, stuck }).toEqual({ number, stuck: false });
      expect({
        number,
        isRun: over ? isCompleteRun(system.core, session.traces) : isRun(system.core, session.traces),
      }).toEqual({ number, isRun: true });
    }
    expect(accepted).toBeGreaterThan(cases / 10);
    expect(ended).toBeGreaterThan(accepted / 2);
  });

  test(`${mutations} mutated messages: accepted are those that the reference accepts`, () => {
    const count = { tried: 0, accepted: 0 };
    for (let number = 0; count.tried < mutations; number++) {
      const system = randomSystem(seed * 1_000_000 + number, sizesOf(number));
      if (system === null) continue;
      const random = randomFrom(number);
      const session = begin(system);
      for (let step = 0; step < mostSteps && advance(session, random); step++) {
        for (let each = 0; each < 3; each++) {
          const mutant = mutate(session, random);
          const verdict = judge(session, mutant);
          count.tried++;
          if (verdict) count.accepted++;
          if (verdict !== isExpected(session, mutant))
            expect.fail(`accepted: ${verdict}, ${JSON.stringify({ number, step, mutant })}`);
        }
      }
    }
    expect(count.accepted).toBeGreaterThan(mutations / 100);
    expect(count.accepted).toBeLessThan(mutations / 2);
  });
});

describe("the harness is caught when", () => {
  test("a monitor takes every label", () => {
    expect(
      differs((monitor) => ({
        ...monitor,
        mayReceive: (rows, at, from, seq, _label, data) => firstLabel(monitor, rows, at, from, seq, data),
      })),
    ).toBe(true);
  });
  test("a monitor takes a message twice", () => {
    expect(
      differs((monitor) => ({
        ...monitor,
        mayReceive: (rows, at, from, _seq, label, data) =>
          monitor.mayReceive(rows, at, from, monitor.nextFrom(rows, at, from), label, data),
      })),
    ).toBe(true);
  });
  test("a monitor does not look at payloads", () => {
    expect(
      differs((monitor) => ({
        ...monitor,
        mayReceive: (rows, at, from, seq, label) =>
          minimal(
            monitor.mayReceive(rows, at, from, seq, label, payload),
            monitor.mayReceive(rows, at, from, seq, label, undefined),
          ),
      })),
    ).toBe(true);
  });
  test("nothing is wrong, it is not", () => {
    expect(differs((monitor) => monitor)).toBe(false);
  });
});

/** Whether mutated messages tell systems with such monitors from the reference, within a few hundred programs. */
function differs(spoil: (monitor: Monitor) => Monitor): boolean {
  for (let number = 0; number < 400; number++) {
    const sound = systemOf(randomCore(number, sizesOf(number)));
    if (sound === null) continue;
    const system = { ...sound, monitors: sound.monitors.map(spoil) };
    const random = randomFrom(number);
    const session = begin(system);
    for (let step = 0; step < mostSteps && advance(session, random); step++) {
      const mutant = mutate(session, random);
      if (judge(session, mutant) !== isExpected(session, mutant)) return true;
    }
  }
  return false;
}

function firstLabel(monitor: Monitor, rows: Int32Array, at: number, from: string, seq: number, data: unknown): 0 | 1 {
  return ["L0", "L1", "L2", "L3"].some((label) => monitor.mayReceive(rows, at, from, seq, label, data) === 0) ? 0 : 1;
}

function minimal<T extends number>(a: T, b: T): T {
  return a < b ? a : b;
}

function sizesOf(number: number): Sizes {
  return {
    roles: 3 + (number % 2),
    labels: 4,
    statements: 4,
    depth: 3,
    loops: number % 3 === 0 ? "none" : number % 3 === 1 ? "counted" : "both",
    payloads: true,
    silent: number % 2 === 0 ? 0.5 : 0,
  };
}

function begin(system: System): Session {
  const rows = system.monitors.map((monitor) => {
    const row = new Int32Array(monitor.width);
    monitor.open(row, 0);
    return row;
  });
  const expected = system.core.roles.map((_, role) => {
    const counted = new Set(system.locals[role]?.counters.map(({ loop }) => loop));
    return expectation(system.core, role, (loop) => counted.has(loop));
  });
  return { system, rows, traces: system.core.roles.map(() => []), expected, channels: new Map(), delivered: [] };
}

/** One step of a random agent or of the network; false where nothing can happen. */
function advance(session: Session, random: Random): boolean {
  const moves = [...sendable(session), ...receivable(session)];
  if (moves.length === 0) return false;
  const { kind, message } = pick(random, moves);
  const role = kind === "send" ? message.from : message.to;
  const peer = kind === "send" ? message.to : message.from;
  const { monitor, row } = of(session, role);
  const verdict = monitor[kind](row, 0, name(session.system.core, peer), message.seq, message.label, message.payload);
  if (verdict !== 0) expect.fail(`verdict ${verdict} for ${JSON.stringify(message)}`);
  const channel = channelOf(session, message);
  if (kind === "send") channel.push(message);
  else session.delivered.push(...channel.splice(0, 1));
  const event: Event = { kind, peer, label: message.label };
  session.traces[role]?.push(event);
  const next = after(session.expected[role] as Expectation, event);
  if (next === null) expect.fail(`the reference refuses ${JSON.stringify(event)}`);
  session.expected[role] = next as Expectation;
  return true;
}

interface Move {
  readonly kind: "send" | "receive";
  readonly message: Message;
}

function sendable(session: Session): readonly Move[] {
  const { core, locals } = session.system;
  return core.roles.flatMap((_, from) => {
    const { monitor, row } = of(session, from);
    const state = locals[from]?.states[monitor.state(row, 0)];
    if (state?.kind !== "sends") return [];
    return state.sends.map((send): Move => {
      const to = core.roles.findIndex((role) => role.name === send.to);
      return {
        kind: "send",
        message: {
          from,
          to,
          seq: monitor.nextTo(row, 0, send.to),
          label: send.label,
          payload: send.payload === null ? undefined : payload,
        },
      };
    });
  });
}

function receivable(session: Session): readonly Move[] {
  return [...session.channels.values()].flatMap((channel): readonly Move[] => {
    const message = channel[0];
    return message !== undefined && judge(session, { ...message, kind: "receive" })
      ? [{ kind: "receive", message }]
      : [];
  });
}

interface Mutant extends Message {
  readonly kind: "send" | "receive";
}

/** A message that might be right, with something changed: role, order, label, payload, doubled, replayed, or nothing. */
function mutate(session: Session, random: Random): Mutant {
  const { core } = session.system;
  const waiting = [...session.channels.values()].flat();
  const base = pick(random, [
    ...waiting,
    ...sendable(session).map(({ message }) => message),
    ...session.delivered,
    arbitrary(core, random),
  ]);
  const kind = random() < 0.7 ? "receive" : "send";
  switch (below(random, 7)) {
    case 0:
      return { ...base, kind, from: other(core, random, base.to) };
    case 1:
      return { ...base, kind, to: other(core, random, base.from) };
    case 2:
      return { ...base, kind, seq: Math.max(0, base.seq + below(random, 5) - 2) };
    case 3:
      return { ...base, kind, label: `L${below(random, 4)}` };
    case 4:
      return {
        ...base,
        kind,
        payload: base.payload === undefined ? payload : wrongPayloads[below(random, wrongPayloads.length)],
      };
    case 5: {
      const { monitor, row } = of(session, kind === "send" ? base.from : base.to);
      const peer = name(core, kind === "send" ? base.to : base.from);
      return {
        ...base,
        kind,
        seq: Math.max(0, kind === "send" ? monitor.nextTo(row, 0, peer) : monitor.nextFrom(row, 0, peer)),
      };
    }
    default:
      return { ...base, kind };
  }
}

function arbitrary(core: Core, random: Random): Message {
  const from = below(random, core.roles.length);
  return {
    from,
    to: other(core, random, from),
    seq: below(random, 3),
    label: `L${below(random, 4)}`,
    payload: random() < 0.5 ? payload : undefined,
  };
}

function other(core: Core, random: Random, role: number): number {
  return (role + 1 + below(random, core.roles.length - 1)) % core.roles.length;
}

/** Whether the role's monitor would accept the message now. */
function judge(session: Session, { kind, from, to, seq, label, payload: data }: Mutant): boolean {
  const { monitor, row } = of(session, kind === "send" ? from : to);
  const before = row.slice();
  const peer = name(session.system.core, kind === "send" ? to : from);
  const verdict =
    kind === "send"
      ? monitor.maySend(row, 0, peer, seq, label, data)
      : monitor.mayReceive(row, 0, peer, seq, label, data);
  if (!row.every((value, i) => value === before[i])) expect.fail("a monitor has changed its row without a step");
  return verdict === 0;
}

/** Whether the reference accepts it: the next number of its channel, in protocol, with the payload that belongs there. */
function isExpected(session: Session, { kind, from, to, seq, label, payload: data }: Mutant): boolean {
  const role = kind === "send" ? from : to;
  const peer = kind === "send" ? to : from;
  const trace = session.traces[role] ?? [];
  if (seq !== trace.filter((event) => event.kind === kind && event.peer === peer).length) return false;
  const send = meant(session.expected[role] as Expectation, { kind, peer, label });
  if (send === undefined) return false;
  const carries = session.system.core.messages[send.message]?.interaction?.payload.kind !== "none";
  return carries ? data === payload : data === undefined;
}

function isOver(session: Session): boolean {
  return (
    session.system.core.roles.every((_, role) => {
      const { monitor, row } = of(session, role);
      const ends = session.system.locals[role]?.states[monitor.state(row, 0)]?.kind === "end";
      return ends && mayBeOver(session.expected[role] as Expectation);
    }) && [...session.channels.values()].every((channel) => channel.length === 0)
  );
}

function of(session: Session, role: number): { readonly monitor: Monitor; readonly row: Int32Array } {
  return { monitor: session.system.monitors[role] as Monitor, row: session.rows[role] as Int32Array };
}

function channelOf(session: Session, { from, to }: Message): Message[] {
  const key = `${from} ${to}`;
  const channel = session.channels.get(key) ?? [];
  session.channels.set(key, channel);
  return channel;
}

function name(core: Core, role: number): string {
  return core.roles[role]?.name ?? "";
}
