// The monitor against a plain stepper, on random machines and messages that are right, wrong, doubled or early.

import { describe, expect, test } from "vitest";
import type { Machine } from "../../runtime/src/monitor/machine.js";
import { monitor, Verdict, type Monitor } from "../../runtime/src/monitor/monitor.js";
import { anyMachine, labels, Oracle, peers } from "./machines.js";
import { seeded, type Chance } from "./seeded.js";

const names = Object.keys(Verdict);

interface Message {
  readonly sending: boolean;
  readonly peer: string;
  readonly seq: number;
  readonly label: string;
  readonly payload: unknown;
}

/** What is right now, if there is anything. */
function rightMessage(chance: Chance, oracle: Oracle): Message | null {
  const { state } = oracle;
  const sending = "sends" in state;
  if (!sending && !("receives" in state)) return null;
  const step = sending ? chance.one(state.sends) : chance.one((state as { receives: readonly any[] }).receives);
  const peer: string = sending ? (step as { to: string }).to : step.from;
  return {
    sending,
    peer,
    seq: oracle.next(sending ? "out" : "in", peer),
    label: step.label,
    payload: step.artifact === undefined ? undefined : 5 + chance.below(5),
  };
}

function anyMessage(chance: Chance): Message {
  return {
    sending: chance.once(2),
    peer: chance.one([...peers, "Nobody", "constructor"]),
    seq: chance.below(4),
    label: chance.one([...labels, "Nothing"]),
    payload: chance.one([undefined, null, 3, 7, 70, "7"]),
  };
}

function wrong(chance: Chance, message: Message): Message {
  const other = anyMessage(chance);
  switch (chance.below(6)) {
    case 0:
      return { ...message, peer: other.peer };
    case 1:
      return { ...message, label: other.label };
    case 2:
      return { ...message, payload: other.payload };
    case 3:
      return {
        ...message,
        seq: chance.one([message.seq - 1, message.seq + 1, -1, 0.5, Number.NaN, 2 ** 31, 2 ** 32 + message.seq]),
      };
    case 4:
      return { ...message, sending: !message.sending };
    default:
      return other;
  }
}

function tell(
  stepper: Monitor,
  rows: Int32Array,
  at: number,
  { sending, peer, seq, label, payload }: Message,
  only: boolean,
): Verdict {
  if (only)
    return sending
      ? stepper.maySend(rows, at, peer, seq, label, payload)
      : stepper.mayReceive(rows, at, peer, seq, label, payload);
  return sending
    ? stepper.send(rows, at, peer, seq, label, payload)
    : stepper.receive(rows, at, peer, seq, label, payload);
}

test("a monitor says what the plain stepper says: 100,000 messages", () => {
  const chance = seeded(20260);
  const told = new Map<string, number>();
  let messages = 0;
  let machines = 0;
  let refused = 0;
  while (messages < 100_000) {
    const machine = anyMachine(chance);
    let stepper: Monitor;
    try {
      stepper = monitor(machine);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      refused++;
      continue;
    }
    machines++;
    // The row lies between others, which nobody may touch.
    const before = 1 + chance.below(5);
    const rows = new Int32Array(before + stepper.width + 3).fill(-77);
    const around = (): number[] => [...rows.subarray(0, before), ...rows.subarray(before + stepper.width)];
    stepper.open(rows, before);
    let oracle = new Oracle(machine);
    const said: Message[] = [];
    for (let i = 0; i < 200; i++, messages++) {
      if (stepper.state(rows, before) !== oracle.now) expect(stepper.state(rows, before)).toBe(oracle.now);
      const right = rightMessage(chance, oracle);
      if (right === null && chance.once(4)) {
        stepper.open(rows, before);
        oracle = new Oracle(machine);
        continue;
      }
      const base = right ?? anyMessage(chance);
      const message = chance.once(2)
        ? base
        : said.length > 0 && chance.once(4)
          ? chance.one(said)
          : wrong(chance, base);
      const row = rows.slice();
      const would = tell(stepper, rows, before, message, true);
      const untouched = same(rows, row);
      const verdict = tell(stepper, rows, before, message, false);
      const { sending, peer, seq, label, payload } = message;
      const expected = sending ? oracle.send(peer, seq, label, payload) : oracle.receive(peer, seq, label, payload);
      told.set(expected, (told.get(expected) ?? 0) + 1);
      if (verdict === Verdict.accepted) said.push(message);
      const fine = untouched && would === verdict && names[verdict] === expected;
      // `expect` for each of them would take most of the time.
      if (!fine || (verdict !== Verdict.accepted && !same(rows, row))) {
        expect({ machine, message, rows, verdict: names[verdict], would, untouched }).toEqual({
          machine,
          message,
          rows: row,
          verdict: expected,
          would: verdict,
          untouched: true,
        });
      }
    }
    expect(around().every((value) => value === -77)).toBe(true);
    for (const peer of stepper.peers) {
      expect(stepper.nextFrom(rows, before, peer)).toBe(oracle.next("in", peer));
      expect(stepper.nextTo(rows, before, peer)).toBe(oracle.next("out", peer));
    }
  }
  // Every verdict has come often, and the machines that were refused are the fewer ones.
  for (const name of names) expect(told.get(name) ?? 0, name).toBeGreaterThan(500);
  expect(told.get("accepted")).toBeGreaterThan(20_000);
  expect(machines).toBeGreaterThan(refused);
});

function same(one: Int32Array, other: Int32Array): boolean {
  return one.every((value, i) => value === other[i]);
}

const counting: Machine = {
  role: "Me",
  choreography: "Counting",
  counters: [
    { loop: "outer", max: 2 },
    { loop: "inner", max: 3 },
  ],
  states: [
    { enter: "outer", then: 1 },
    { enter: "inner", then: 2 },
    { receives: [{ label: "Go", from: "Bob", then: 3, at: "Go" }] },
    { repeat: "inner", max: 3, then: 2, last: 4 },
    { sends: [{ label: "Done", to: "Bob", then: 5, at: "Done" }] },
    { repeat: "outer", max: 2, then: 1, last: 6 },
    { ends: true },
  ],
};

test("loops within loops are counted: 3 rounds, twice", () => {
  const stepper = monitor(counting);
  const rows = new Int32Array(stepper.width);
  stepper.open(rows, 0);
  let heard = 0;
  for (let done = 0; done < 2; done++) {
    for (let i = 0; i < 3; i++)
      expect(stepper.receive(rows, 0, "Bob", heard++, "Go", undefined)).toBe(Verdict.accepted);
    expect(stepper.receive(rows, 0, "Bob", heard, "Go", undefined)).toBe(Verdict.notNow);
    expect(stepper.send(rows, 0, "Bob", done, "Done", undefined)).toBe(Verdict.accepted);
  }
  expect(stepper.state(rows, 0)).toBe(6);
  expect(stepper.receive(rows, 0, "Bob", heard, "Go", undefined)).toBe(Verdict.notNow);
  expect(stepper.receive(rows, 0, "Bob", 0, "Go", undefined)).toBe(Verdict.duplicate);
  expect(stepper.nextFrom(rows, 0, "Ann")).toBe(-1);
  expect(stepper.nextTo(rows, 0, "Ann")).toBe(-1);
});

test("a sequence number never wraps", () => {
  const stepper = monitor({
    role: "Me",
    choreography: "On",
    states: [{ receives: [{ label: "A", from: "Bob", then: 0, at: "A" }] }],
  });
  const rows = new Int32Array(stepper.width);
  stepper.open(rows, 0);
  rows[1] = 2 ** 31 - 2;
  expect(stepper.receive(rows, 0, "Bob", 2 ** 31 - 2, "A", undefined)).toBe(Verdict.accepted);
  expect(stepper.receive(rows, 0, "Bob", 2 ** 31 - 1, "A", undefined)).toBe(Verdict.gap);
  expect(stepper.receive(rows, 0, "Bob", -(2 ** 31), "A", undefined)).toBe(Verdict.duplicate);
});

test("sessions side by side do not touch each other", () => {
  const stepper = monitor(counting);
  const rows = new Int32Array(stepper.width * 1000);
  for (let i = 0; i < 1000; i++) stepper.open(rows, i * stepper.width);
  expect(stepper.receive(rows, 500 * stepper.width, "Bob", 0, "Go", undefined)).toBe(Verdict.accepted);
  for (let i = 0; i < 1000; i++) expect(stepper.nextFrom(rows, i * stepper.width, "Bob")).toBe(i === 500 ? 1 : 0);
});

function machine(states: Machine["states"]): Machine {
  return {
    role: "Me",
    choreography: "Odd",
    counters: [{ loop: "l", max: 2 }],
    states,
  };
}

describe("a table that cannot be", () => {
  test.each<readonly [string, Machine, RegExp]>([
    ["no state", machine([]), /leads to 0, of 0 states/],
    [
      "a step to nowhere",
      machine([{ receives: [{ label: "A", from: "Bob", then: 7, at: "A" }] }]),
      /leads to 7, of 1 states/,
    ],
    ["a loop that nobody declared", machine([{ enter: "other", then: 1 }, { ends: true }]), /counts `other`/],
    [
      "a repeat without rounds",
      machine([{ repeat: "l", max: 0, then: 1, last: 1 }, { ends: true }]),
      /repeats 0 times/,
    ],
    [
      "a silent circle",
      machine([{ enter: "l", then: 1 }, { repeat: "l", max: 2, then: 0, last: 2 }, { ends: true }]),
      /for ever/,
    ],
    ["a silent circle of one", machine([{ enter: "l", then: 0 }]), /for ever/],
    [
      "two steps alike",
      machine([
        {
          sends: [
            { label: "A", to: "Bob", then: 1, at: "A" },
            { label: "A", to: "Bob", then: 0, at: "A" },
          ],
        },
        { ends: true },
      ]),
      /one label and peer/,
    ],
  ])("%s is refused", (_, odd, words) => expect(() => monitor(odd)).toThrow(words));
});
