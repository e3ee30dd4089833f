import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Fault, Fenced, OtherProtocol, memory, type Journal } from "@chor/runtime";
import { sqlite } from "@chor/runtime/sqlite";
import { handOff } from "../support/hand-off.js";
import { Reviewer, reviewLoop } from "../support/review-loop.js";
import { testWorld } from "../support/world.js";

const agents = {
  Author: {
    draft: ({ draft, comments }: any) => ({
      title: "Choreography",
      text: draft === undefined ? "First words" : `${draft.text} (${comments.points.length} points mended)`,
    }),
  },
  Reviewer: {
    verdict: ({ draft }: any, { choose }: any) =>
      draft.text.includes("mended") ? choose.Accept() : choose.Revise({ points: ["too short"] }),
  },
};
const mended = { title: "Choreography", text: "First words (1 points mended)" };
const end = {
  session: "essay-1",
  known: {
    Author: { draft: mended, comments: { points: ["too short"] } },
    Reviewer: { draft: mended, comments: { points: ["too short"] }, publish: mended },
    Editor: { publish: mended },
  },
};

const never = new Promise<never>(() => {});

describe("a run", () => {
  it("plays the review loop to its end, and leaves nothing behind", async () => {
    const world = testWorld();
    const run = reviewLoop(world).run({ session: "essay-1", agents });
    expect(run.session).toBe("essay-1");
    expect(await run).toEqual(end);
    expect(world.sleepers()).toBe(0);
  });

  it("plays it in the real world, on a file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "chor-run-"));
    const journal = sqlite(join(folder, "j.db"));
    expect(await reviewLoop().run({ session: "essay-1", journal, agents })).toEqual(end);
    await journal.close();
    const again = sqlite(join(folder, "j.db"));
    const refusing = {
      Author: { draft: () => expect.fail("asked again") },
      Reviewer: { verdict: () => expect.fail("asked again") },
    };
    expect(await reviewLoop().run({ session: "essay-1", journal: again, agents: refusing })).toEqual(end);
    await again.close();
    rmSync(folder, { recursive: true });
  });

  it("goes round as often as the loop says, then sends what is forced, after its handler", async () => {
    const order: string[] = [];
    const { known } = await reviewLoop(testWorld()).run({
      session: "s",
      agents: {
        Author: { draft: () => (order.push("draft"), { title: "T", text: "bad" }) },
        Reviewer: {
          verdict: (_: any, { choose }: any) => choose.Revise({ points: ["no"] }),
          giveUp: async ({ draft }: any) => {
            await Promise.resolve();
            order.push(`give up ${draft.text}`);
          },
        },
        Editor: { on: { GiveUp: (payload: any, { from }: any) => void order.push(`${from} gives up ${payload}`) } },
      },
    });
    expect(order).toEqual(["draft", "draft", "draft", "draft", "draft", "give up bad", "Reviewer gives up undefined"]);
    expect(known.Editor).toEqual({});
  });

  it("addresses a label that goes to one of several", async () => {
    for (const [to, other] of [
      ["Alice", "Bob"],
      ["Bob", "Alice"],
    ] as const) {
      const stood: string[] = [];
      const { known } = await handOff(testWorld()).run({
        session: "s",
        agents: {
          Customer: {
            question: () => ({ text: "Why?" }),
            on: { Answer: (_: any, { from }: any) => void stood.push(from) },
          },
          Desk: {
            route: ({ question }: any, { choose }: any) => choose.Take(to, { text: question.text, why: "knows" }),
          },
          Alice: {
            answer: ({ task }: any) => ({ text: `A: ${task.why}` }),
            on: { Stand: () => void stood.push("stand Alice") },
          },
          Bob: {
            answer: ({ task }: any) => ({ text: `B: ${task.why}` }),
            on: { Stand: () => void stood.push("stand Bob") },
          },
        },
      });
      expect(known["Customer"]!["answer"]).toEqual({ text: `${to[0]}: knows` });
      expect(known[other]).toEqual({});
      expect(stood.toSorted()).toEqual([to, `stand ${other}`].toSorted());
    }
  });

  it("lets a role be played by one agent, which may be spread", async () => {
    const agent = Reviewer.by(((_: any, ctx: any) => ctx.choose.Accept()) as never);
    expect(Object.keys(agent)).toEqual(["verdict"]);
    const { known } = await reviewLoop(testWorld()).run({
      session: "s",
      agents: { Author: agents.Author, Reviewer: { ...agent, on: {} } },
    });
    expect(known.Editor.publish?.text).toBe("First words");
  });

  it("returns the outcome of a finished session at once, and writes nothing", async () => {
    const journal = memory();
    await reviewLoop(testWorld()).run({ session: "essay-1", journal, agents });
    const before = await journal.heads("essay-1");
    expect(await reviewLoop(testWorld()).run({ session: "essay-1", journal, agents })).toEqual(end);
    expect(await journal.heads("essay-1")).toEqual(before);
  });

  it("keeps sessions on one journal apart, at the same time", async () => {
    const journal = memory();
    const choreography = reviewLoop(testWorld());
    const ends = await Promise.all(["a", "b", "c"].map((session) => choreography.run({ session, journal, agents })));
    expect(ends.map(({ session }) => session)).toEqual(["a", "b", "c"]);
    for (const one of ends) expect(one.known).toEqual(end.known);
  });
});

describe("the time of a record", () => {
  it("never goes back, whatever the clock does", async () => {
    const journal = memory();
    const world = testWorld();
    let minute = 100;
    await reviewLoop({ ...world, now: () => world.now() + 60_000 * minute-- }).run({ session: "s", journal, agents });
    const records = await journal.read({ session: "s", owner: "Author" }, 0);
    const times = records.map(({ at }) => at);
    expect(times).toEqual([...times].toSorted((a, b) => a - b));
    expect(times.length).toBeGreaterThan(4);
  });
});

describe("an aborted signal", () => {
  it("stops the run with its reason; the same call goes on", async () => {
    const journal = memory();
    const world = testWorld();
    const controller = new AbortController();
    const reason = new Error("lunch");
    let signal: AbortSignal | undefined;
    const waiting = {
      ...agents,
      Reviewer: {
        verdict: (_: any, ctx: any) => {
          signal = ctx.signal;
          setImmediate(() => controller.abort(reason));
          return never;
        },
      },
    };
    await expect(
      reviewLoop(world).run({ session: "essay-1", journal, signal: controller.signal, agents: waiting }),
    ).rejects.toBe(reason);
    expect(signal?.aborted).toBe(true);
    expect(signal?.reason).toBe(reason);
    expect(world.sleepers()).toBe(0);
    const { draft } = agents.Author;
    const drafted = { draft: (known: any) => (known.draft === undefined ? expect.fail("asked again") : draft(known)) };
    expect(
      await reviewLoop(world).run({ session: "essay-1", journal, agents: { ...agents, Author: drafted } }),
    ).toEqual(end);
  });

  it("that is aborted already lets nothing begin", async () => {
    const journal = memory();
    const run = reviewLoop(testWorld()).run({ session: "s", journal, signal: AbortSignal.abort("no"), agents });
    await expect(run).rejects.toBe("no");
    expect(await journal.heads("s")).toEqual([]);
  });

  it("leaves no listener on the signal", async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...values: any) => (listeners++, (addEventListener as any).apply(signal, values));
    signal.removeEventListener = (...values: any) => (listeners--, (removeEventListener as any).apply(signal, values));
    await reviewLoop(testWorld()).run({ session: "essay-1", signal, agents });
    expect(listeners).toBe(0);
  });
});

describe("who may go on with a session", () => {
  it("a second process fences the first, and ends the session alone", async () => {
    const journal = memory();
    let go!: () => void;
    const blocked = new Promise<void>((resolve) => (go = resolve));
    const slow = { ...agents, Author: { draft: async (known: any) => (await blocked, agents.Author.draft(known)) } };
    const first = reviewLoop(testWorld(1)).run({ session: "essay-1", journal, agents: slow });
    const fenced = first.catch((error: unknown) => error);
    while ((await journal.heads("essay-1")).length < 3) await new Promise(setImmediate);
    const second = await reviewLoop(testWorld(2)).run({ session: "essay-1", journal, agents });
    go();
    const error = await fenced;
    expect(error).toBeInstanceOf(Fenced);
    expect((error as Error).message).toBe(
      "Another process acts as `Author` in session `essay-1`: this one has stopped.",
    );
    expect(second).toEqual(end);
    const records = await journal.read({ session: "essay-1", owner: "Author" }, 0);
    expect(records.filter(({ kind }) => kind === "sent")).toHaveLength(2);
  });

  it("refuses a session that began under another protocol, by name, before anything is written", async () => {
    const journal = memory();
    const controller = new AbortController();
    const stopping = { ...agents, Reviewer: { verdict: () => (controller.abort(), never) } };
    await reviewLoop(testWorld())
      .run({ session: "s", journal, signal: controller.signal, agents: stopping })
      .catch(() => {});
    const before = await journal.heads("s");
    const run = reviewLoop(testWorld(), "sha256:later").run({ session: "s", journal, agents });
    await expect(run).rejects.toBeInstanceOf(OtherProtocol);
    await expect(run).rejects.toThrow(
      "Session `s` began under sha256:review-loop, this build is sha256:later: finish it with that one, or begin a new session.",
    );
    expect(await journal.heads("s")).toEqual(before);
  });

  it("refuses a session of another choreography", async () => {
    const journal = memory();
    await reviewLoop(testWorld()).run({ session: "essay-1", journal, agents });
    const desk = {
      Customer: { question: () => ({ text: "x" }) },
      Desk: { route: () => 0 },
      Alice: { answer: () => 0 },
      Bob: { answer: () => 0 },
    };
    await expect(handOff(testWorld()).run({ session: "essay-1", journal, agents: desk })).rejects.toBeInstanceOf(
      OtherProtocol,
    );
  });
});

describe("a journal that fails", () => {
  it("ends the run with what it said, and leaves nothing running", async () => {
    const world = testWorld();
    const store = memory();
    let appends = 0;
    const failure = new Error("disk full");
    const journal: Journal = {
      ...store,
      append: (...values) => (++appends > 6 ? Promise.reject(failure) : store.append(...values)),
    };
    await expect(reviewLoop(world).run({ session: "essay-1", journal, agents })).rejects.toBe(failure);
    expect(world.sleepers()).toBe(0);
    expect(await reviewLoop(world).run({ session: "essay-1", journal: store, agents })).toEqual(end);
  });

  it("that went back in time is told from the others, before anything is written", async () => {
    const journal = memory();
    await reviewLoop(testWorld()).run({ session: "s", journal, agents });
    /** The journals up to, not including, a role's last record of a kind. */
    const until = async (ends: { readonly [role: string]: string }): Promise<Journal> => {
      const copy = memory();
      for (const head of await journal.heads("s")) {
        const of = { session: "s", owner: head.owner };
        const records = await journal.read(of, 0);
        const last = records.findLastIndex((record) => record.kind === ends[of.owner]);
        await copy.append(of, 0, last < 0 ? records : records.slice(0, last));
      }
      return copy;
    };
    const faultOf = async (copy: Journal): Promise<unknown> => {
      const before = await copy.heads("s");
      const fault = await reviewLoop(testWorld())
        .run({ session: "s", journal: copy, agents })
        .catch((error: unknown) => error);
      expect(fault).toBeInstanceOf(Fault);
      expect(await copy.heads("s")).toEqual(before);
      return fault;
    };
    expect(await faultOf(await until({ Author: "sent" }))).toMatchObject({
      role: "Author",
      final: false,
      report: {
        code: "CHOR0815",
        text: expect.stringContaining(
          "`Reviewer` has received message 1 from `Author`, whose journal has no such message: one of the two journals",
        ),
      },
    });
    expect(await faultOf(await until({ Editor: "received" }))).toMatchObject({
      role: "Reviewer",
      report: {
        text: expect.stringContaining("`Reviewer` is over, and `Editor` has not received its message 0, `Publish`"),
      },
    });
    // While its sender is not over, what was not received is offered again.
    const deaf = await until({ Editor: "received", Reviewer: "close" });
    expect(await reviewLoop(testWorld()).run({ session: "s", journal: deaf, agents })).toEqual({
      ...end,
      session: "s",
    });
  });

  it("whose records are of another machine is refused", async () => {
    const journal = memory();
    await journal.append({ session: "s", owner: "Author" }, 0, [
      { kind: "open", step: 0, at: 1, writer: "w", protocol: "sha256:review-loop" },
      { kind: "sent", step: 1, at: 1, to: "Editor", seq: 0, label: "Draft", digest: "sha256:0", payload: {} },
    ]);
    await expect(reviewLoop(testWorld()).run({ session: "s", journal, agents })).rejects.toThrow(
      /does not follow its protocol: step 1/,
    );
  });
});

describe("a fault", () => {
  const failing = { ...agents, Reviewer: { verdict: () => ({ label: "Maybe" }) } };

  it("is thrown, is in the journal, and the session can be resumed with new attempts", async () => {
    const journal = memory();
    const fault = await reviewLoop(testWorld())
      .run({ session: "essay-1", journal, agents: failing })
      .catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({
      name: "Fault",
      session: "essay-1",
      role: "Reviewer",
      final: false,
      report: { code: "CHOR0801", attemptsLeft: 0 },
    });
    const records = await journal.read({ session: "essay-1", owner: "Reviewer" }, 0);
    expect(records.map(({ kind }) => kind)).toEqual(["open", "received", "rejected", "rejected", "rejected", "era"]);
    expect(await reviewLoop(testWorld()).run({ session: "essay-1", journal, agents })).toEqual(end);
  });

  it("does not depend on a crash between the last refusal and its record", async () => {
    const store = memory();
    const journal: Journal = {
      ...store,
      append: (of, step, batch) =>
        batch[0]!.kind === "era" ? Promise.reject(new Error("crash")) : store.append(of, step, batch),
    };
    await expect(reviewLoop(testWorld()).run({ session: "s", journal, agents: failing })).rejects.toThrow("crash");
    let asked = 0;
    const counting = { ...agents, Reviewer: { verdict: () => (asked++, { label: "Maybe" }) } };
    await expect(
      reviewLoop(testWorld()).run({ session: "s", journal: store, agents: counting }),
    ).rejects.toBeInstanceOf(Fault);
    expect(asked).toBe(0);
  });
});
