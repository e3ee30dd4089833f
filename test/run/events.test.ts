import { describe, expect, it } from "vitest";
import { Fault, memory, type Event } from "@chor/runtime";
import { reviewLoop } from "../support/review-loop.js";
import { testWorld } from "../support/world.js";

const agents = {
  Author: { draft: ({ comments }: any) => ({ title: "T", text: comments === undefined ? "first" : "second" }) },
  Reviewer: {
    verdict: ({ draft }: any, { choose, attempt }: any) =>
      attempt === 1 && draft.text === "first"
        ? { label: "Reject" }
        : draft.text === "first"
          ? choose.Revise({ points: ["p"] })
          : choose.Accept(),
  },
};

async function all(events: AsyncIterable<Event>): Promise<Event[]> {
  const found: Event[] = [];
  for await (const event of events) found.push(event);
  return found;
}

/** No message is received before it is sent, and each role's steps are in order, none left out. */
function expectCausal(found: readonly Event[]): void {
  const sent = new Set<string>();
  const steps = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const event of found) {
    if (event.kind === "refused") continue;
    expect(event.step).toBe(steps.get(event.role) ?? 0);
    steps.set(event.role, event.step + 1);
    if (event.kind !== "sent" && event.kind !== "received") continue;
    const { from, to } = event.message;
    const count = `${event.kind} ${from} ${to}`;
    const seq = counts.get(count) ?? 0;
    counts.set(count, seq + 1);
    if (event.kind === "sent") sent.add(`${from} ${to} ${seq}`);
    else expect(sent.has(`${from} ${to} ${seq}`)).toBe(true);
  }
}

const sorted = (found: readonly Event[]): readonly string[] => found.map((event) => JSON.stringify(event)).toSorted();

describe("events", () => {
  it("are every record, as it comes, in causal order, until the run ends", async () => {
    const journal = memory();
    const run = reviewLoop(testWorld()).run({ session: "s", journal, agents });
    const found = await all(run.events);
    await run;
    expectCausal(found);
    const heads = await journal.heads("s");
    expect(found).toHaveLength(heads.reduce((sum, { next }) => sum + next, 0));
    const author = found
      .filter((event) => event.role === "Author")
      .map((event) => ("message" in event ? `${event.kind} ${event.message.label}` : event.kind));
    expect(author).toEqual(["open", "sent Draft", "received Revise", "sent Draft", "received Accept", "close"]);
    expect(found.every((event) => "fresh" in event && event.fresh)).toBe(true);
    const rejected = found.find((event) => event.kind === "rejected");
    expect(rejected).toMatchObject({
      role: "Reviewer",
      report: { code: "CHOR0801", at: "review.chor:10:7, review.chor:14:7" },
    });
    expect(rejected?.kind === "rejected" && rejected.report.expected.map(({ label }) => label)).toEqual([
      "Accept",
      "Revise",
    ]);
  });

  it("are the same for everybody, whenever they begin", async () => {
    const run = reviewLoop(testWorld()).run({ session: "s", agents });
    const early = all(run.events);
    let late: Promise<Event[]> | undefined;
    for await (const event of run.events) if (event.kind === "rejected") late ??= all(run.events);
    await run;
    const after = await all(run.events);
    expectCausal(after);
    expect(sorted(await early)).toEqual(sorted(after));
    expect(sorted((await late)!)).toEqual(sorted(after));
  });

  it("come once, however long it takes to read the journal while the run goes on", async () => {
    const store = memory();
    let slow = false;
    const read: typeof store.read = async (of, from) => {
      if (slow) for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
      return store.read(of, from);
    };
    const run = reviewLoop(testWorld()).run({ session: "s", journal: { ...store, read }, agents });
    for (let turns = 0; turns < 3; turns++) await new Promise(setImmediate);
    slow = true;
    expectCausal(await all(run.events));
    await run;
  });

  it("replay what was there before the run, as not fresh", async () => {
    const journal = memory();
    const controller = new AbortController();
    const stopping = { ...agents, Reviewer: { verdict: () => (controller.abort(), new Promise(() => {})) } };
    await reviewLoop(testWorld())
      .run({ session: "s", journal, signal: controller.signal, agents: stopping })
      .catch(() => {});
    const run = reviewLoop(testWorld()).run({ session: "s", journal, agents });
    const found = await all(run.events);
    await run;
    expectCausal(found);
    const reviewer = found.flatMap((event) =>
      event.role === "Reviewer" && "fresh" in event ? [[event.kind, event.fresh]] : [],
    );
    expect(reviewer.slice(0, 3)).toEqual([
      ["open", false],
      ["received", false],
      ["open", true],
    ]);
  });

  it("of a finished session are all there", async () => {
    const journal = memory();
    await reviewLoop(testWorld()).run({ session: "s", journal, agents });
    const found = await all(reviewLoop(testWorld()).run({ session: "s", journal, agents }).events);
    expect(found.filter((event) => event.kind === "close")).toHaveLength(3);
    expect(found.every((event) => "fresh" in event && !event.fresh)).toBe(true);
  });

  it("may be left early", async () => {
    const run = reviewLoop(testWorld()).run({ session: "s", agents });
    for await (const event of run.events) if (event.kind === "sent") break;
    await run;
  });

  it("end when the run fails; the failure is for who awaits the run", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    try {
      const run = reviewLoop(testWorld()).run({
        session: "s",
        agents: { ...agents, Author: { draft: () => "no draft" } },
      });
      const found = await all(run.events);
      expect(found.filter((event) => event.kind === "rejected")).toHaveLength(3);
      expect(found.at(-1)).toMatchObject({ kind: "era", role: "Author" });
      for (let turns = 0; turns < 5; turns++) await new Promise(setImmediate);
      expect(unhandled).toEqual([]);
      await expect(run).rejects.toBeInstanceOf(Fault);
    } finally {
      process.off("unhandledRejection", note);
    }
  });
});
