// What a handler is given, and what becomes of what it answers.

import { describe, expect, it } from "vitest";
import { Fault, memory, type JournalRecord } from "@chor/runtime";
import { handOff } from "../support/hand-off.js";
import { Comments, Draft, reviewLoop } from "../support/review-loop.js";
import { testWorld } from "../support/world.js";

const draft = (): unknown => ({ title: "T", text: "x" });
const accept = (_: any, { choose }: any): unknown => choose.Accept();

async function records(journal: { read: any }, owner: string): Promise<readonly JournalRecord[]> {
  return journal.read({ session: "s", owner }, 0);
}

describe("ctx", () => {
  it("of a decision says where it is, what may be answered, and what happened", async () => {
    const seen: any[] = [];
    await reviewLoop(testWorld()).run({
      session: "s",
      agents: {
        Author: { draft },
        Reviewer: {
          verdict: (_: any, ctx: any) => {
            seen.push({ ...ctx, history: ctx.history });
            return seen.length === 1 ? ctx.choose.Revise({ points: ["p"] }) : ctx.choose.Accept();
          },
        },
      },
    });
    const [first, second] = seen;
    expect(Object.keys(first).toSorted()).toEqual(
      [
        "answer",
        "attempt",
        "choose",
        "decision",
        "epoch",
        "history",
        "idempotencyKey",
        "prompt",
        "role",
        "session",
        "signal",
        "step",
      ].toSorted(),
    );
    expect(first).toMatchObject({ session: "s", role: "Reviewer", epoch: 1, attempt: 1 });
    expect(first.decision).toMatchObject({
      name: "verdict",
      doc: "Accept what can be printed.",
      at: "review.chor:10:7, review.chor:14:7",
    });
    expect(first.decision.actions).toEqual([
      { label: "Accept", from: "Reviewer", to: "Author", artifact: null, doc: "", at: "review.chor:10:7" },
      {
        label: "Revise",
        from: "Reviewer",
        to: "Author",
        artifact: Comments,
        doc: "Say what to mend.",
        at: "review.chor:14:7",
      },
    ]);
    expect(first.history).toEqual([
      { label: "Draft", from: "Author", to: "Reviewer", payload: { title: "T", text: "x" } },
    ]);
    expect(second.history.map(({ label }: any) => label)).toEqual(["Draft", "Revise", "Draft"]);
    expect(first.idempotencyKey).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(second.idempotencyKey).not.toBe(first.idempotencyKey);
    expect(first.signal.aborted).toBe(false);
    expect(Object.isFrozen(first.history)).toBe(true);
  });

  it("has a `choose` without a prototype, and a schema of the union", async () => {
    let ctx: any;
    await handOff(testWorld()).run({
      session: "s",
      agents: {
        Customer: { question: () => ({ text: "Why?" }) },
        Desk: { route: (_: any, given: any) => ((ctx = given), given.choose.Take("Bob", { text: "a", why: "b" })) },
        Alice: { answer: () => ({ text: "x" }) },
        Bob: { answer: () => ({ text: "x" }) },
      },
    });
    expect(Object.getPrototypeOf(ctx.choose)).toBeNull();
    expect(Object.keys(ctx.choose)).toEqual(["Take"]);
    const answer = ctx.choose.Take("Alice", { text: "a", why: "b" });
    expect(answer).toEqual({ label: "Take", to: "Alice", payload: { text: "a", why: "b" } });
    expect(ctx.answer.is(answer)).toBe(true);
    expect(ctx.answer.issues({ label: "Take", payload: answer.payload })).toMatchObject([
      { pointer: "/to", code: "missing" },
    ]);
    expect(ctx.answer.issues({ label: "Take", to: "Zoe", payload: { text: "", why: "b" } })).toMatchObject([
      { pointer: "/to", code: "literal" },
    ]);
    expect(ctx.answer.issues({ ...answer, payload: { text: "a" } })).toMatchObject([
      { pointer: "/payload/why", code: "missing" },
    ]);
    expect(ctx.answer.issues({ ...answer, more: 1 })).toMatchObject([{ pointer: "/more", code: "unknown" }]);
    expect(ctx.answer.issues("Take")).toMatchObject([{ pointer: "", code: "type" }]);
    expect(
      ctx.answer.jsonSchema.anyOf.map(({ properties, required }: any) => [properties.label, properties.to, required]),
    ).toEqual([
      [{ const: "Take" }, { const: "Alice" }, ["label", "to", "payload"]],
      [{ const: "Take" }, { const: "Bob" }, ["label", "to", "payload"]],
    ]);
  });

  it("gives only what the state knows, frozen, without a prototype", async () => {
    const seen: any[] = [];
    await reviewLoop(testWorld()).run({
      session: "s",
      agents: {
        Author: { draft: (known: any) => (seen.push(known), draft()) },
        Reviewer: {
          verdict: (_: any, { choose, history }: any) =>
            history.length === 1 ? choose.Revise({ points: ["p"] }) : choose.Accept(),
        },
      },
    });
    expect(seen.map((known) => Object.keys(known))).toEqual([[], ["draft", "comments"]]);
    for (const known of seen) {
      expect(Object.getPrototypeOf(known)).toBeNull();
      expect(Object.isFrozen(known)).toBe(true);
    }
    expect(Object.isFrozen(seen[1].comments.points)).toBe(true);
  });

  it("gives an agent no way to change what it has answered", async () => {
    const answer = { title: "T", text: "x" };
    const { known } = await reviewLoop(testWorld()).run({
      session: "s",
      agents: {
        Author: { draft: () => answer },
        Reviewer: { verdict: (_: any, { choose }: any) => ((answer.text = "changed"), choose.Accept()) },
      },
    });
    expect(known.Author.draft.text).toBe("x");
    expect(known.Editor.publish?.text).toBe("x");
  });
});

describe("an answer", () => {
  const bad: readonly (readonly [string, unknown, string, string])[] = [
    ["with a wrong label", { label: "Approve" }, "CHOR0801", '"Approve" is no message that `Reviewer` can send now.'],
    ["that is no record", "Accept", "CHOR0801", ""],
    ["that is nothing", undefined, "CHOR0801", ""],
    ["with a payload too many", { label: "Accept", payload: {} }, "CHOR0803", ""],
    ["with a wrong payload", { label: "Revise", payload: { points: [] } }, "CHOR0803", "/points"],
    ["without its payload", { label: "Revise" }, "CHOR0803", ""],
    ["with a field too many", { label: "Accept", note: "x" }, "CHOR0803", "/note"],
    ["to somebody else", { label: "Accept", to: "Editor" }, "CHOR0802", "Editor"],
    ["that is no JSON", { label: "Revise", payload: { points: [1n] } }, "CHOR0803", "JSON"],
    [
      "that throws when it is read",
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error("no");
          },
          get: (_, name) => {
            if (name !== "then") throw new Error("no");
          },
        },
      ),
      "CHOR0801",
      "",
    ],
    ["of a class", new Map([["label", "Accept"]]), "CHOR0801", ""],
  ];

  it.each(bad)("%s is refused, and asked for again with the report", async (_name, answer, code, said) => {
    const journal = memory();
    const asked: any[] = [];
    await reviewLoop(testWorld()).run({
      session: "s",
      journal,
      agents: {
        Author: { draft },
        Reviewer: {
          verdict: (_: any, ctx: any) => {
            asked.push(ctx);
            return ctx.attempt < 3 ? answer : ctx.choose.Accept();
          },
        },
      },
    });
    expect(asked.map(({ attempt, rejection }) => [attempt, rejection?.code, rejection?.attemptsLeft])).toEqual([
      [1, undefined, undefined],
      [2, code, 2],
      [3, code, 1],
    ]);
    expect(asked[1].rejection.text).toContain(said);
    expect(asked[1].rejection.text.length).toBeLessThanOrEqual(600);
    expect(asked[1].rejection.expected.map(({ label, artifact }: any) => [label, artifact])).toEqual([
      ["Accept", null],
      ["Revise", Comments],
    ]);
    expect(asked[1].prompt()).toContain(asked[1].rejection.text);
    expect(new Set(asked.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(3);
    const rejected = (await records(journal, "Reviewer")).filter(({ kind }) => kind === "rejected");
    expect(rejected).toMatchObject([
      { from: "Reviewer", attempt: 0, report: { code } },
      { attempt: 1, report: { code } },
    ]);
  });

  it("that is too big for a frame is refused", async () => {
    let report: any;
    await reviewLoop(testWorld()).run({
      session: "s",
      agents: {
        Author: {
          draft: (_: any, ctx: any) => (
            (report = ctx.rejection),
            ctx.attempt === 1 ? { title: "T", text: "é".repeat(600_000) } : draft()
          ),
        },
        Reviewer: { verdict: accept },
      },
    });
    expect(report).toMatchObject({ code: "CHOR0803", issues: [{ code: "type", expected: "JSON" }] });
  });

  it("refused three times ends in a fault with the last report", async () => {
    let asked = 0;
    const run = reviewLoop(testWorld()).run({
      session: "s",
      agents: { Author: { draft: () => (asked++, { title: "" }) }, Reviewer: { verdict: accept } },
    });
    const fault = (await run.catch((error: unknown) => error)) as Fault;
    expect(asked).toBe(3);
    expect(fault).toBeInstanceOf(Fault);
    expect(fault.report).toMatchObject({
      code: "CHOR0803",
      at: "review.chor:8:5",
      attemptsLeft: 0,
      blame: { role: "Author", certain: true },
    });
    expect(fault.report.expected[0]!.artifact).toBe(Draft);
    expect(fault.message).toContain("`Author` cannot go on in session `s`. CHOR0803");
  });
});

describe("a handler that throws", () => {
  it("is called again with the same key, after more and more time", async () => {
    const world = testWorld();
    const calls: { readonly at: number; readonly key: string; readonly attempt: number }[] = [];
    await reviewLoop(world).run({
      session: "s",
      agents: {
        Author: {
          draft: (_: any, { idempotencyKey, attempt }: any) => {
            calls.push({ at: world.now(), key: idempotencyKey, attempt });
            if (calls.length < 6) throw new Error("busy");
            return draft();
          },
        },
        Reviewer: { verdict: accept },
      },
    });
    expect(new Set(calls.map(({ key, attempt }) => `${key} ${attempt}`)).size).toBe(1);
    const gaps = calls.slice(1).map(({ at }, index) => at - calls[index]!.at);
    expect(gaps).toHaveLength(5);
    gaps.forEach((gap, index) => {
      expect(gap).toBeLessThanOrEqual(1_000 * 2 ** index);
      expect(gap).toBeGreaterThanOrEqual(500 * 2 ** index);
    });
  });

  it("six times ends in a fault; the session can be resumed", async () => {
    const journal = memory();
    const world = testWorld();
    const failing = { draft: async () => Promise.reject(new Error("no \u202e key")) };
    const fault = (await reviewLoop(world)
      .run({ session: "s", journal, agents: { Author: failing, Reviewer: { verdict: accept } } })
      .catch((error: unknown) => error)) as Fault;
    expect(fault.report).toMatchObject({
      code: "CHOR0817",
      blame: { role: "Author", certain: true },
      got: { label: "draft" },
    });
    expect(fault.report.text).toContain('The handler `draft` of `Author` has thrown 6 times, at last "Error: no ');
    expect(fault.report.text).not.toContain("\u202e");
    expect(world.sleepers()).toBe(0);
    await reviewLoop(world).run({
      session: "s",
      journal,
      agents: { Author: { draft }, Reviewer: { verdict: accept } },
    });
  });

  it("stops waiting when the run is aborted", async () => {
    const world = testWorld();
    const controller = new AbortController();
    const failing = {
      draft: () => {
        setImmediate(() => controller.abort("stop"));
        throw new Error("busy");
      },
    };
    await expect(
      reviewLoop(world).run({
        session: "s",
        signal: controller.signal,
        agents: { Author: failing, Reviewer: { verdict: accept } },
      }),
    ).rejects.toBe("stop");
    expect(world.sleepers()).toBe(0);
  });
});

describe("ctx.step", () => {
  it("works once, and is replayed after a crash and after an error, as it was", async () => {
    const journal = memory();
    const controller = new AbortController();
    let worked = 0;
    const values: unknown[] = [];
    let calls = 0;
    const author = (then: () => unknown) => ({
      draft: async (_: any, ctx: any) => {
        values.push(await ctx.step("once", () => ({ n: ++worked, at: new Date(0), nothing: undefined })));
        return then();
      },
    });
    const throwing = author(() => {
      if (++calls === 1) throw new Error("later");
      controller.abort();
      return new Promise(() => {});
    });
    await reviewLoop(testWorld())
      .run({
        session: "s",
        journal,
        signal: controller.signal,
        agents: { Author: throwing, Reviewer: { verdict: accept } },
      })
      .catch(() => {});
    await reviewLoop(testWorld()).run({
      session: "s",
      journal,
      agents: { Author: author(draft), Reviewer: { verdict: accept } },
    });
    expect(worked).toBe(1);
    expect(values).toEqual([1, 2, 3].map(() => ({ n: 1, at: "1970-01-01T00:00:00.000Z" })));
  });

  it("belongs to its attempt; one name at the same time is one piece of work", async () => {
    const worked: string[] = [];
    await reviewLoop(testWorld()).run({
      session: "s",
      agents: {
        Author: {
          draft: async (_: any, ctx: any) => {
            const step = (name: string) => ctx.step(name, async () => void worked.push(`${name} ${ctx.attempt}`));
            await Promise.all([step("a"), step("a"), step("b")]);
            return ctx.attempt === 1 ? null : draft();
          },
        },
        Reviewer: { verdict: accept },
      },
    });
    expect(worked).toEqual(["a 1", "b 1", "a 2", "b 2"]);
  });

  it("does not remember work that failed, nor what is no JSON", async () => {
    let tries = 0;
    const work = (): number => {
      if (++tries === 1) throw new Error("first");
      return tries;
    };
    const errors: unknown[] = [];
    await reviewLoop(testWorld()).run({
      session: "s",
      agents: {
        Author: {
          draft: async (_: any, ctx: any) => {
            await ctx.step("x", work).catch((error: unknown) => errors.push(error));
            await ctx.step("f", () => () => 0).catch((error: unknown) => errors.push(error));
            return { title: "T", text: String(await ctx.step("x", work)) };
          },
        },
        Reviewer: { verdict: accept },
      },
    });
    expect(errors.map(String)).toEqual([
      "Error: first",
      'TypeError: `ctx.step("f")` gave a function: give JSON, which can be replayed.',
    ]);
    expect(tries).toBe(2);
  });
});

describe("a notification", () => {
  it("runs after the message is durable, and is awaited before the role goes on", async () => {
    const order: string[] = [];
    const store = memory();
    const journal = {
      ...store,
      append: async (of: any, step: number, batch: readonly JournalRecord[]) => {
        await store.append(of, step, batch);
        for (const record of batch)
          if (of.owner === "Reviewer" && "label" in record) order.push(`${record.kind} ${record.label}`);
      },
    };
    await reviewLoop(testWorld()).run({
      session: "s",
      journal,
      agents: {
        Author: { draft },
        Reviewer: {
          verdict: (...values: [any, any]) => (order.push("asked"), accept(...values)),
          on: {
            Draft: async (payload: any, ctx: any) => {
              order.push(`hears ${payload.text} from ${ctx.from}`);
              expect(Object.keys(ctx).toSorted()).toEqual([
                "epoch",
                "from",
                "history",
                "idempotencyKey",
                "role",
                "session",
                "signal",
                "step",
              ]);
              expect(await ctx.step("note", () => 7)).toBe(7);
              for (let turns = 0; turns < 5; turns++) await new Promise(setImmediate);
              order.push("has heard");
            },
          },
        },
      },
    });
    expect(order).toEqual([
      "received Draft",
      "hears x from Author",
      "has heard",
      "asked",
      "sent Accept",
      "sent Publish",
    ]);
  });

  it("that throws is called again, then is a fault of its role", async () => {
    let calls = 0;
    const run = reviewLoop(testWorld()).run({
      session: "s",
      agents: {
        Author: { draft },
        Reviewer: { verdict: accept },
        Editor: {
          on: {
            Publish: () => {
              calls++;
              throw "printer";
            },
          },
        },
      },
    });
    await expect(run).rejects.toMatchObject({
      name: "Fault",
      role: "Editor",
      report: { code: "CHOR0817", got: { label: "on.Publish" } },
    });
    expect(calls).toBe(6);
  });

  it("and a decision at the same point have keys of their own", async () => {
    const keys: string[] = [];
    const note = (_: unknown, ctx: any): void => void keys.push(ctx.idempotencyKey);
    await reviewLoop(testWorld()).run({
      session: "s",
      agents: {
        Author: { draft },
        Reviewer: { verdict: (known: any, ctx: any) => (note(known, ctx), accept(known, ctx)), on: { Draft: note } },
      },
    });
    expect(new Set(keys).size).toBe(2);
  });
});
