// A crash at every append and at every effect, then the same call again on the same journal: always the same
// result, and nothing that was recorded is asked for, or done, again.

import { describe, expect, it } from "vitest";
import { Fault, inProcess, memory, type Carrier, type Journal, type JournalRecord, type World } from "@chor/runtime";
import { Crash, doomed, type Doomed } from "../support/crash.js";
import { handOff } from "../support/hand-off.js";
import { lossy } from "../support/lossy.js";
import { randomFrom } from "../support/random.js";
import { reviewLoop } from "../support/review-loop.js";
import { testWorld } from "../support/world.js";

/** What must happen once only, over all processes: recorded answers and memos; and what has to be the same each time. */
interface Ledger {
  readonly journal: Journal;
  /** Keys of decisions whose answer, or whose work's result, is in the journal. */
  readonly recorded: Set<string>;
  readonly asked: string[];
  /** What a handler was last asked, by role. */
  readonly open: Map<string, string>;
}

function ledger(): Ledger {
  const store = memory();
  const recorded = new Set<string>();
  const open = new Map<string, string>();
  return {
    recorded,
    open,
    asked: [],
    journal: {
      ...store,
      async append(of, step, batch) {
        await store.append(of, step, batch);
        for (const record of batch) note(of.owner, record);
      },
    },
  };

  function note(owner: string, record: JournalRecord): void {
    const key = open.get(owner);
    if (record.kind === "memo") recorded.add(`${key} ${record.name}`);
    if (key === undefined || (record.kind !== "sent" && record.kind !== "rejected")) return;
    recorded.add(key);
    open.delete(owner);
  }
}

/** Handlers that check with the ledger, use `ctx.step`, and once give an answer that is refused. */
function agents(process: Doomed, { recorded, asked, open }: Ledger) {
  const decision = (answer: (known: any, ctx: any, work: unknown) => unknown) =>
    process.work(async (known: any, ctx: any) => {
      const key = ctx.idempotencyKey as string;
      expect(recorded.has(key), `${ctx.role} is asked again: ${ctx.decision.name}, attempt ${ctx.attempt}`).toBe(false);
      asked.push(key);
      open.set(ctx.role, key);
      const work = await ctx.step(
        "think",
        process.work(() => {
          expect(recorded.has(`${key} think`), "work is done again").toBe(false);
          return { thought: ctx.attempt };
        }),
      );
      expect(work).toEqual({ thought: ctx.attempt });
      return answer(known, ctx, work);
    });
  const hears = process.work(() => {});
  return {
    Author: {
      draft: decision(({ draft, comments }) => ({
        title: "T",
        text: draft === undefined ? "1" : `${draft.text}, ${comments.points[0]}`,
      })),
      on: { Accept: hears, Revise: hears },
    },
    Reviewer: {
      verdict: decision(({ draft }, { choose, attempt, history }) => {
        if (attempt === 1 && history.length === 1) return { label: "Revise", payload: { points: [] } };
        return draft.text.length > 7 ? choose.Accept() : choose.Revise({ points: [`${history.length}`] });
      }),
      on: { Draft: hears },
    },
    Editor: { on: { Publish: hears } },
  };
}

const desks = (process: Doomed, shared: Ledger) => {
  const decision = (answer: (known: any, ctx: any) => unknown) =>
    process.work((known: any, ctx: any) => {
      expect(shared.recorded.has(ctx.idempotencyKey)).toBe(false);
      shared.open.set(ctx.role, ctx.idempotencyKey);
      return answer(known, ctx);
    });
  return {
    Customer: { question: decision(() => ({ text: "Why?" })) },
    Desk: {
      route: decision((_, { choose }) => choose.Take("Bob", { text: "Why?", why: "knows" })),
      stand: decision(() => undefined),
    },
    Alice: { answer: decision(() => ({ text: "never" })) },
    Bob: { answer: decision(({ task }) => ({ text: `Because ${task.why}` })) },
  };
};

const programs = [
  { name: "the review loop", choreography: reviewLoop, agents },
  { name: "the hand-off", choreography: handOff, agents: desks },
] as const;

/** Runs until it dies or is over. */
async function life(
  program: (typeof programs)[number],
  shared: Ledger,
  at: number,
  carrier: (world: World) => Carrier = inProcess,
): Promise<{ readonly end: unknown; readonly effects: number }> {
  const world = testWorld();
  const process = doomed(shared.journal, carrier(world), at);
  const run = program.choreography(world).run({
    session: "s",
    journal: process.journal,
    carrier: process.carrier,
    signal: process.signal,
    agents: program.agents(process, shared) as never,
  });
  try {
    return { end: await run, effects: process.effects() };
  } catch (error) {
    // Where it dies too often at one point it stops by itself, once; it goes on when it is run again.
    const killed = error instanceof Fault && error.report.code === "CHOR0818";
    if (!(error instanceof Crash) && !killed) throw error;
    return { end: null, effects: process.effects() };
  } finally {
    if (carrier === inProcess) expect(world.sleepers(), "timers left").toBe(0);
  }
}

/** The messages in the journals, which must not depend on when somebody died. */
async function messages(journal: Journal): Promise<unknown> {
  const heads = [...(await journal.heads("s"))].toSorted((a, b) => (a.owner < b.owner ? -1 : 1));
  return Promise.all(
    heads.map(async ({ owner, closed }) => {
      const records = await journal.read({ session: "s", owner }, 0);
      expect(records.map(({ step }) => step)).toEqual(records.map((_, index) => index));
      const said = records.filter(({ kind }) => kind === "sent" || kind === "received" || kind === "rejected");
      return { owner, closed, said: said.map((record) => Object.assign({}, record, { step: 0, at: 0 })) };
    }),
  );
}

describe.each(programs)("a crash in $name", (program) => {
  it("at any effect changes nothing", async () => {
    const calm = ledger();
    const { end } = await life(program, calm, Infinity);
    const expected = await messages(calm.journal);
    let at = 0;
    for (let lived = false; !lived; at++) {
      const shared = ledger();
      lived = (await life(program, shared, at)).end !== null;
      expect((await life(program, shared, Infinity)).end, `effect ${at}`).toEqual(end);
      expect(await messages(shared.journal), `effect ${at}`).toEqual(expected);
    }
    expect(at).toBeGreaterThan(30);
  });

  it("again and again changes nothing", async () => {
    const calm = ledger();
    const { end, effects } = await life(program, calm, Infinity);
    const expected = await messages(calm.journal);
    const random = randomFrom(3);
    for (let round = 0; round < 12; round++) {
      const shared = ledger();
      let last: unknown = null;
      let lives = 0;
      while (last === null)
        last = (await life(program, shared, ++lives > 60 ? Infinity : Math.floor((random() * effects) / 3))).end;
      expect(last).toEqual(end);
      expect(await messages(shared.journal)).toEqual(expected);
    }
  });

  it("over a rough carrier changes nothing", async () => {
    const calm = ledger();
    const { end, effects } = await life(program, calm, Infinity);
    const random = randomFrom(5);
    for (let seed = 1; seed <= 10; seed++) {
      const shared = ledger();
      const carrier = (world: World): Carrier => lossy(world, seed);
      let last: unknown = null;
      let lives = 0;
      while (last === null) {
        const at = ++lives > 10 ? Infinity : Math.floor(random() * effects * 2);
        last = (await life(program, shared, at, carrier)).end;
      }
      expect(last, `seed ${seed}`).toEqual(end);
      expect(await messages(shared.journal), `seed ${seed}`).toEqual(await messages(calm.journal));
    }
  });
});
