// A session of real endpoints with random agents, which may die and go on, over a carrier that may lose. In: a system
// of machines, a seed, what befalls it. Out: how it ended and what its journals hold, or what went wrong meanwhile.

import { choreography, inProcess, memory, role, type Journal, type JournalRecord, type Machine } from "@chor/runtime";
import { monitor } from "../../runtime/src/monitor/monitor.js";
import { decisions, handlers } from "../../runtime/src/run/role.js";
import type { Sends } from "../../runtime/src/monitor/machine.js";
import { Crash, doomed, type Doomed } from "../support/crash.js";
import { lossy } from "../support/lossy.js";
import { below, pick, randomFrom, type Random } from "../support/random.js";
import { testWorld } from "../support/world.js";
import { wrongPayloads } from "./system.js";

export interface Fate {
  readonly seed: number;
  /** The effects at which the process dies, one for each life; afterwards it lives on. */
  readonly crashes: readonly number[];
  readonly lossy: boolean;
  /** What a life finds in the journal that the last one has left. */
  readonly reopened?: (journal: Journal) => Promise<Journal>;
}

export interface Played {
  readonly ended: boolean;
  /** By role, in the order of the machines. */
  readonly journals: readonly (readonly JournalRecord[])[];
  /** How often the process died. */
  readonly lives: number;
  /** How many answers were refused. */
  readonly refused: number;
  /** By role: how many messages its agent was told of. */
  readonly heard: readonly number[];
}

const session = "random";
/** After so many messages a session that does not end is stopped: its loops have no bound. */
const mostMessages = 80;
/** So many turns of the event loop without a record: nothing will ever happen again. */
const patience = 4_000;

/** Plays to the end. Throws for whatever must not happen while it does. */
export async function play(machines: readonly Machine[], fate: Fate): Promise<Played> {
  const ledger = ledgerOf(machines);
  const random = randomFrom(fate.seed);
  let journal: Journal = memory();
  for (let lives = 1; ; lives++) {
    const end = await life(machines, journal, ledger, random, fate, lives);
    if (end instanceof Crash) {
      journal = (await fate.reopened?.(journal)) ?? journal;
      continue;
    }
    if (end instanceof Error && end !== enough) throw end;
    const owners = machines.map((machine) => machine.role);
    const journals = await Promise.all(owners.map((owner) => journal.read({ session, owner }, 0)));
    const heard = owners.map((owner) => ledger.heard.get(owner)?.size ?? 0);
    return { ended: end !== enough, journals, lives, refused: ledger.refused, heard };
  }
}

const enough = new Error("There were enough messages.");
const stuck = new Error("Nothing happens any more.");

/** What all lives of a session share: what is in the journal must never be asked for again. */
interface Ledger {
  /** Keys of decisions whose answer is recorded, and of work whose result is. */
  readonly recorded: Set<string>;
  /** What a handler was last asked, by role. */
  readonly open: Map<string, string>;
  /** Keys of the messages that a role was told of. */
  readonly heard: Map<string, Set<string>>;
  messages: number;
  records: number;
  refused: number;
}

function ledgerOf(machines: readonly Machine[]): Ledger {
  const heard = new Map(machines.map((machine) => [machine.role, new Set<string>()]));
  return { recorded: new Set(), open: new Map(), heard, messages: 0, records: 0, refused: 0 };
}

function note(ledger: Ledger, owner: string, record: JournalRecord): void {
  ledger.records++;
  const key = ledger.open.get(owner);
  if (record.kind === "memo") ledger.recorded.add(`${key} ${record.name}`);
  if (record.kind === "sent") ledger.messages++;
  if (record.kind === "rejected") ledger.refused++;
  const answered = record.kind === "sent" || (record.kind === "rejected" && record.from === owner);
  if (!answered || key === undefined) return;
  ledger.recorded.add(key);
  ledger.open.delete(owner);
}

/** One process: its outcome, or why it has none. */
async function life(
  machines: readonly Machine[],
  journal: Journal,
  ledger: Ledger,
  random: Random,
  fate: Fate,
  lives: number,
): Promise<unknown> {
  const world = testWorld(fate.seed);
  const carrier = fate.lossy ? lossy(world, fate.seed + lives) : inProcess();
  const noting: Journal = {
    ...journal,
    async append(of, step, batch) {
      await journal.append(of, step, batch);
      for (const record of batch) note(ledger, of.owner, record);
    },
  };
  const process = doomed(noting, carrier, fate.crashes[lives - 1] ?? Infinity);
  const stop = new AbortController();
  process.signal.addEventListener("abort", () => stop.abort(process.signal.reason));
  const watch = watched(ledger, stop);
  const run = choreography<any, unknown>(
    { name: "Random", digest: "sha256:random", source: "random.chor", places: {}, roles: machines.map(role<any>) },
    world,
  ).run({
    session,
    journal: process.journal,
    carrier: process.carrier,
    signal: stop.signal,
    agents: Object.fromEntries(machines.map((machine) => [machine.role, agent(machine, process, ledger, random)])),
  });
  const end = await run.catch((error: unknown) => error);
  watch();
  if (!fate.lossy && world.sleepers() > 0) throw new Error(`${world.sleepers()} timers are left.`);
  return end;
}

/** Stops what has gone on for long enough, and what does not go on. Gives a function that ends the watch. */
function watched(ledger: Ledger, stop: AbortController): () => void {
  let over = false;
  let idle = 0;
  let records = ledger.records;
  const look = (): void => {
    if (over) return;
    idle = ledger.records === records ? idle + 1 : 0;
    records = ledger.records;
    if (ledger.messages >= mostMessages) stop.abort(enough);
    else if (idle > patience) stop.abort(stuck);
    else setImmediate(look);
  };
  setImmediate(look);
  return () => (over = true);
}

/**
 * An agent that plays a role: it answers at random, rather what leads to the end, now and then what must be refused,
 * and looks at all that it is given.
 */
function agent(machine: Machine, process: Doomed, ledger: Ledger, random: Random): object {
  const stepper = monitor(machine);
  const distances = distancesToEnd(machine);
  const decide = process.work(async (known: object, ctx: any) => {
    const key = ctx.idempotencyKey as string;
    if (ledger.recorded.has(key))
      throw new Error(`${machine.role} is asked again: ${ctx.decision.name}, ${ctx.attempt}`);
    ledger.open.set(machine.role, key);
    const here = stateAfter(ctx.history);
    if (here.handler !== ctx.decision.name)
      throw new Error(`${machine.role} is asked for ${ctx.decision.name} elsewhere`);
    for (const name of Object.keys(known)) {
      if (!here.knows?.includes(name)) throw new Error(`${machine.role} knows \`${name}\`, which it should not`);
    }
    if (random() < 0.3) {
      const work = (): number => {
        if (ledger.recorded.has(`${key} think`)) throw new Error(`${machine.role} does its work again`);
        return ctx.attempt;
      };
      const done = await ctx.step("think", process.work(work));
      if (done !== ctx.attempt) throw new Error(`${machine.role} is given ${done} of its work`);
    }
    const bad = ctx.attempt < 3 && random() < 0.15;
    return bad ? wrongAnswer(here) : rightAnswer(here, ctx.choose);
  });

  const stateAfter = (history: readonly any[]): Sends => {
    const row = new Int32Array(stepper.width);
    stepper.open(row, 0);
    for (const { label, from, to, payload } of history) {
      const sends = from === machine.role;
      const peer = sends ? to : from;
      const seq = sends ? stepper.nextTo(row, 0, peer) : stepper.nextFrom(row, 0, peer);
      const verdict = stepper[sends ? "send" : "receive"](row, 0, peer, seq, label, payload);
      if (verdict !== 0) throw new Error(`${machine.role} has a history that is none: ${label}`);
    }
    const state = machine.states[stepper.state(row, 0)];
    if (state === undefined || !("sends" in state)) throw new Error(`${machine.role} is asked where it receives`);
    return state;
  };

  const rightAnswer = (here: Sends, choose: any): unknown => {
    const nearest = Math.min(...here.sends.map((send) => distances[send.then] ?? Infinity));
    const leading = here.sends.filter((send) => distances[send.then] === nearest);
    const send = pick(random, random() < 0.7 && leading.length > 0 ? leading : here.sends);
    const payload = send.artifact === undefined ? undefined : { number: below(random, 1_000_000) };
    if (here.asks !== "choice") return payload;
    const addressed = here.sends.filter(({ label }) => label === send.label).length > 1;
    const asked = payload !== undefined && send.computes === undefined;
    if (random() < 0.5) return choose[send.label](...(addressed ? [send.to] : []), ...(asked ? [payload] : []));
    return { label: send.label, ...(addressed ? { to: send.to } : {}), ...(asked ? { payload } : {}) };
  };

  const wrongAnswer = (here: Sends): unknown => {
    if (here.asks === "payload") return pick(random, wrongPayloads);
    const { label, to, artifact, computes } = pick(random, here.sends);
    const right = artifact === undefined || computes !== undefined ? {} : { payload: { number: 1 } };
    return pick(random, [
      undefined,
      label,
      { label: `${label}!`, to, ...right },
      { label, to: machine.role, ...right },
      { label, to, ...right, more: 1 },
      { label, to, payload: artifact === undefined || computes !== undefined ? { number: 1 } : { number: "1" } },
    ]);
  };

  // Where nothing is to be decided a handler may be there or not.
  const names = random() < 0.5 ? handlers(machine) : decisions(machine);
  const labels = machine.states.flatMap((state) => ("receives" in state ? state.receives : [])).map((one) => one.label);
  const hear = process.work((_: unknown, ctx: any) => void ledger.heard.get(machine.role)?.add(ctx.idempotencyKey));
  return {
    ...Object.fromEntries(names.map((name) => [name, decide])),
    on: Object.fromEntries(labels.map((label) => [label, hear])),
  };
}

/** By state: how many messages it is to the end at least; infinitely many where no way leads there. */
function distancesToEnd({ states }: Machine): readonly number[] {
  const distances = states.map((state) => ("ends" in state ? 0 : Infinity));
  const ways = states.map((state): readonly number[] => {
    if ("sends" in state) return state.sends.map(({ then }) => then);
    if ("receives" in state) return state.receives.map(({ then }) => then);
    if ("enter" in state) return [state.then];
    return "repeat" in state ? [state.then, state.last] : [];
  });
  // Bellman and Ford: as many rounds as there are states are enough.
  for (let round = 0; round < states.length; round++) {
    ways.forEach((targets, state) => {
      for (const target of targets) distances[state] = Math.min(distances[state]!, distances[target]! + 1);
    });
  }
  return distances;
}
