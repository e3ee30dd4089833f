// Random accepted programs played by real endpoints: whoever dies and goes on, whatever the carrier loses and the
// agents get wrong, every session comes to its end, its journals are a run of the reference interpreter, and nothing
// that is recorded is asked for again. `CHOR_CASES` and `CHOR_SEED` widen and reproduce the search.

import { describe, expect, test } from "vitest";
import { memory, type Journal, type JournalRecord, type Machine } from "@chor/runtime";
import { isCompleteRun, isRun, type Event } from "../../compiler/src/reference/run.js";
import { below, pick, randomFrom, type Random } from "../support/random.js";
import type { Sizes } from "../support/random-core.js";
import { play, type Fate, type Played } from "./playing.js";
import { forwardingSystem, type System } from "./system.js";

const cases = Math.ceil(Number(process.env["CHOR_CASES"] ?? "10000") * 0.03);
const seed = Number(process.env["CHOR_SEED"] ?? "1");

describe(`${cases} programs, seed ${seed}`, () => {
  test("run to their end, and what is in the journals is a run of the reference interpreter", async () => {
    const count = { programs: 0, messages: 0, ended: 0, crashes: 0, refused: 0, passedOn: 0 };
    for (const { number, system } of systems(cases)) {
      const random = randomFrom(number);
      const lossy = random() < 0.25;
      const crashes = random() < 0.6 ? Array.from({ length: 1 + below(random, 3) }, () => below(random, 90)) : [];
      const { played, problem } = await tried(system, { seed: number, crashes, lossy });
      expect({ number, problem }).toEqual({ number, problem: null });
      count.programs++;
      count.messages += played!.journals.flat().filter(({ kind }) => kind === "sent").length;
      count.ended += played!.ended ? 1 : 0;
      count.crashes += played!.lives - 1;
      count.refused += played!.refused;
      count.passedOn += system.machines.some((machine) => choosesToPassOn(machine)) ? 1 : 0;
    }
    // That the search is as wide as it is meant to be.
    expect(count.ended).toBeGreaterThan(count.programs * 0.9);
    expect(count.messages).toBeGreaterThan(count.programs * 4);
    expect(count.crashes).toBeGreaterThan(count.programs / 4);
    expect(count.refused).toBeGreaterThan(count.programs / 4);
    expect(count.passedOn).toBeGreaterThan(count.programs / 40);
  });
});

describe("the harness is caught when", () => {
  test("a journal loses its last record, where that is an answer", async () => {
    const fate = (number: number): Fate => ({ seed: number, crashes: [40], lossy: false, reopened: withoutAnAnswer });
    expect(await caught((system, number) => tried(system, fate(number)))).toBeGreaterThan(10);
  });

  test("two labels of a table are swapped", async () => {
    expect(
      await caught((system, number) => {
        const machines = withSwappedLabels(system.machines, randomFrom(number));
        return machines === null
          ? { problem: null }
          : tried({ ...system, machines }, { seed: number, crashes: [], lossy: false });
      }),
    ).toBeGreaterThan(20);
  });

  test("a value is passed on that is not the one that was named", async () => {
    expect(
      await caught((system, number) =>
        tried(
          { ...system, machines: system.machines.map(passingNonsense) },
          { seed: number, crashes: [], lossy: false },
        ),
      ),
    ).toBeGreaterThan(20);
  });

  test("nothing is wrong, it is not", async () => {
    expect(await caught((system, number) => tried(system, { seed: number, crashes: [40], lossy: false }))).toBe(0);
  });
});

/** Accepted programs, of two roles and more; those in which nothing is decided are not all of interest. */
function* systems(most: number): Generator<{ readonly number: number; readonly system: System }> {
  for (let number = seed * 1_000_000, given = 0; given < most; number++) {
    const system = forwardingSystem(number, sizesOf(number));
    if (system === null) continue;
    const chooses = system.machines.some(({ states }) => states.some((one) => "sends" in one && one.asks === "choice"));
    if (!chooses && number % 4 !== 0) continue;
    given++;
    yield { number, system };
  }
}

function sizesOf(number: number): Sizes {
  const loops = (["none", "counted", "uncounted", "both"] as const)[number % 4]!;
  return { roles: 2 + (number % 3), labels: 4, statements: 4, depth: 3, loops, leaving: 0.7, payloads: true };
}

/** Plays it and looks at what is left; `problem` says what is wrong. */
async function tried(
  system: System,
  fate: Fate,
): Promise<{ readonly played?: Played; readonly problem: string | null }> {
  try {
    const played = await play(system.machines, fate);
    return { played, problem: problemOf(system, played) };
  } catch (error) {
    return { problem: String(error) };
  }
}

/** How many of 60 programs something is found wrong with. */
async function caught(
  attempt: (system: System, number: number) => Promise<{ readonly problem: string | null }> | { problem: null },
): Promise<number> {
  let found = 0;
  for (const { number, system } of systems(60)) if ((await attempt(system, number)).problem !== null) found++;
  return found;
}

function problemOf(system: System, { ended, journals, heard }: Played): string | null {
  const { core } = system;
  const roles = core.roles.map((role) => role.name);
  const traces = journals.map((journal) => journal.flatMap((record) => eventOf(roles, record)));
  if (ended ? !isCompleteRun(core, traces) : !isRun(core, traces)) return "the journals are no run of the program";
  for (const [role, journal] of journals.entries()) {
    const name = roles[role] ?? "";
    if (journal.some(({ step }, index) => step !== index)) return `the journal of ${name} is not dense`;
    if (ended && journal.filter(({ kind }) => kind === "close").length !== 1) return `${name} is not closed`;
    const received = journal.filter(({ kind }) => kind === "received").length;
    if (ended && heard[role] !== received) return `${name} was told of ${heard[role]} messages of ${received}`;
    const problem = altered(journals, roles, name, journal) ?? notPassedOn(system, role, journal);
    if (problem !== null) return problem;
  }
  return null;
}

function eventOf(roles: readonly string[], record: JournalRecord): readonly Event[] {
  if (record.kind === "sent") return [{ kind: "send", peer: roles.indexOf(record.to), label: record.label }];
  if (record.kind === "received") return [{ kind: "receive", peer: roles.indexOf(record.from), label: record.label }];
  return [];
}

/** The first message that did not come as it was sent. */
function altered(
  journals: readonly (readonly JournalRecord[])[],
  roles: readonly string[],
  name: string,
  journal: readonly JournalRecord[],
): string | null {
  for (const record of journal) {
    if (record.kind !== "received") continue;
    const sent = journals[roles.indexOf(record.from)]?.find(
      (other) => other.kind === "sent" && other.to === name && other.seq === record.seq,
    );
    const same =
      sent?.kind === "sent" &&
      sent.label === record.label &&
      sent.digest === record.digest &&
      JSON.stringify(sent.payload) === JSON.stringify(record.payload);
    if (!same) return `${name} has another message ${record.seq} from ${record.from} than was sent`;
  }
  return null;
}

/** The first message whose payload is not what its sender knows under the name in the source. */
function notPassedOn({ locals, monitors }: System, role: number, journal: readonly JournalRecord[]): string | null {
  const local = locals[role]!;
  const stepper = monitors[role]!;
  const row = new Int32Array(stepper.width);
  const known = new Map<string, unknown>();
  stepper.open(row, 0);
  for (const record of journal) {
    if (record.kind !== "sent" && record.kind !== "received") continue;
    const state = local.states[stepper.state(row, 0)];
    const { label, seq, payload } = record;
    if (record.kind === "sent") {
      const send =
        state?.kind === "sends" ? state.sends.find((one) => one.label === label && one.to === record.to) : null;
      if (send === undefined || send === null) return `${local.role} cannot send ${label}`;
      const name =
        typeof send.origin === "object" && "name" in send.origin
          ? send.origin.name
          : send.origin === "copy"
            ? send.binds
            : null;
      if (name !== null && JSON.stringify(known.get(name)) !== JSON.stringify(payload))
        return `${local.role} passes another ${name} on`;
      if (send.binds !== null) known.set(send.binds, payload);
      stepper.send(row, 0, record.to, seq, label, payload);
    } else {
      const receive =
        state?.kind === "receives"
          ? state.receives.find((one) => one.label === label && one.from === record.from)
          : null;
      if (receive === undefined || receive === null) return `${local.role} cannot receive ${label}`;
      if (receive.binds !== null) known.set(receive.binds, payload);
      stepper.receive(row, 0, record.from, seq, label, payload);
    }
  }
  return null;
}

// ---- what is spoilt ----------------------------------------------------------------------------------------

/** A copy in which one role's journal ends before its last answer, if an answer was its last record. */
async function withoutAnAnswer(journal: Journal): Promise<Journal> {
  const copy = memory();
  let lost = false;
  for (const { owner } of await journal.heads("random")) {
    const of = { session: "random", owner };
    const records = await journal.read(of, 0);
    const last = records.at(-1);
    const loses: boolean = !lost && last?.kind === "sent";
    lost ||= loses;
    const kept = loses ? records.slice(0, -1) : records;
    if (kept.length > 0) await copy.append(of, 0, kept);
  }
  return copy;
}

/** Two steps of one role say each other's label; null where there are no two. */
function withSwappedLabels(machines: readonly Machine[], random: Random): readonly Machine[] | null {
  const spoilt = machines.flatMap((machine, index) => {
    const labels = [...new Set(machine.states.flatMap(stepsOf).map(({ label }) => label))];
    if (labels.length < 2) return [];
    const [a, b] = [pick(random, labels), pick(random, labels)];
    if (a === b) return [];
    const swapped = (label: string): string => (label === a ? b : label === b ? a : label);
    const states = machine.states.map((state) => {
      if ("sends" in state)
        return { ...state, sends: state.sends.map((one) => ({ ...one, label: swapped(one.label) })) };
      if ("receives" in state)
        return { ...state, receives: state.receives.map((one) => ({ ...one, label: swapped(one.label) })) };
      return state;
    });
    return [{ index, machine: { ...machine, states } }];
  });
  const [first] = spoilt;
  return first === undefined
    ? null
    : machines.map((machine, index) => (index === first.index ? first.machine : machine));
}

function stepsOf(state: Machine["states"][number]): readonly { readonly label: string }[] {
  return "sends" in state ? state.sends : "receives" in state ? state.receives : [];
}

function passingNonsense(machine: Machine): Machine {
  const states = machine.states.map((state) => {
    if (!("sends" in state)) return state;
    const sends = state.sends.map((send) =>
      send.computes === undefined ? send : { ...send, computes: () => ({ number: -1 }) },
    );
    return { ...state, sends };
  });
  return { ...machine, states };
}

/** Whether one of its choices begins with something that is passed on. */
function choosesToPassOn({ states }: Machine): boolean {
  return states.some(
    (state) =>
      "sends" in state && state.asks === "choice" && state.sends.some(({ computes }) => computes !== undefined),
  );
}
