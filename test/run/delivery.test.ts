// Order, once-only and answers are made in the endpoint: over a carrier that loses, doubles, delays, reorders and
// damages, every session ends as over a perfect one.

import { describe, expect, it } from "vitest";
import { inProcess, memory, type Carrier, type Event } from "@chor/runtime";
import { handOff } from "../support/hand-off.js";
import { lossy } from "../support/lossy.js";
import { reviewLoop } from "../support/review-loop.js";
import { testWorld } from "../support/world.js";

function counted() {
  const asked: string[] = [];
  const agents = {
    Author: {
      draft: (_: any, { idempotencyKey, history }: any) => {
        asked.push(idempotencyKey);
        return { title: "T", text: `after ${history.length}` };
      },
    },
    Reviewer: {
      verdict: (_: any, { choose, history, idempotencyKey }: any) => {
        asked.push(idempotencyKey);
        return history.length > 6 ? choose.Accept() : choose.Revise({ points: [`${history.length}`] });
      },
    },
  };
  return { asked, agents };
}

describe("over a rough carrier", () => {
  it("the review loop ends as over a perfect one, each decision asked once", async () => {
    const calm = counted();
    const expected = await reviewLoop(testWorld()).run({ session: "s", agents: calm.agents });
    for (let seed = 1; seed <= 40; seed++) {
      const world = testWorld(seed);
      const { asked, agents } = counted();
      const end = await reviewLoop(world).run({ session: "s", carrier: lossy(world, seed), agents });
      expect(end, `seed ${seed}`).toEqual(expected);
      expect(asked, `seed ${seed}`).toEqual(calm.asked);
    }
  });

  it("the hand-off ends as over a perfect one", async () => {
    const agents = {
      Customer: { question: () => ({ text: "Why?" }) },
      Desk: { route: (_: any, { choose }: any) => choose.Take("Alice", { text: "Why?", why: "bill" }) },
      Alice: { answer: ({ task }: any) => ({ text: `Because of ${task.text}` }) },
      Bob: { answer: () => ({ text: "never" }) },
    };
    for (let seed = 1; seed <= 40; seed++) {
      const world = testWorld(seed);
      const { known } = await handOff(world).run({ session: "s", carrier: lossy(world, seed), agents });
      expect(known["Customer"], `seed ${seed}`).toEqual({
        question: { text: "Why?" },
        answer: { text: "Because of Why?" },
      });
    }
  });

  it("every frame twice, the last first, is as good as once", async () => {
    const inner = inProcess();
    let held: { readonly to: any; readonly frame: Uint8Array }[] = [];
    const carrier: Carrier = {
      listen: (to, on) => inner.listen(to, on),
      send(to, frame) {
        if (held.length === 0) {
          setImmediate(() => {
            const frames = held;
            held = [];
            for (const one of frames.toReversed()) inner.send(one.to, one.frame);
          });
        }
        held.push({ to, frame }, { to, frame });
      },
    };
    const journal = memory();
    const { asked, agents } = counted();
    const run = reviewLoop(testWorld()).run({ session: "s", journal, carrier, agents });
    const received: Event[] = [];
    for await (const event of run.events) if (event.kind === "received") received.push(event);
    await run;
    const calm = counted();
    await reviewLoop(testWorld()).run({ session: "s", agents: calm.agents });
    expect(asked).toEqual(calm.asked);
    expect(new Set(received.map((event) => JSON.stringify(event))).size).toBe(received.length);
  });

  it("waits with more and more patience for somebody who does not listen", async () => {
    const world = testWorld();
    const begin = world.now();
    const sent: number[] = [];
    const controller = new AbortController();
    const carrier: Carrier = {
      listen: () => () => {},
      send() {
        sent.push(world.now() - begin);
        if (sent.length === 10) controller.abort(new Error("enough"));
      },
    };
    const { agents } = counted();
    await expect(reviewLoop(world).run({ session: "s", carrier, agents, signal: controller.signal })).rejects.toThrow(
      "enough",
    );
    const gaps = sent.slice(1).map((at, index) => at - sent[index]!);
    expect(gaps[0]).toBeLessThanOrEqual(250);
    gaps.forEach((gap, index) => expect(gap).toBeLessThanOrEqual(Math.min(15_000, 250 * 2 ** index)));
    expect(gaps[8]).toBeGreaterThanOrEqual(7_500);
    expect(world.sleepers()).toBe(0);
  });
});
