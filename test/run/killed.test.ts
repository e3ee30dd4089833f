// A handler that takes its process with it each time: after a few lives the session stops and says so, rather than
// die for ever.

import { describe, expect, it } from "vitest";
import { Fault, memory, type Journal } from "@chor/runtime";
import { reviewLoop } from "../support/review-loop.js";
import { testWorld } from "../support/world.js";

const never = new Promise<never>(() => {});
const draft = (): unknown => ({ title: "T", text: "x" });
const accept = (_: unknown, { choose }: any): unknown => choose.Accept();

/** One process; `kill` ends it at once. */
async function life(journal: Journal, agents: (kill: () => Promise<never>) => object): Promise<unknown> {
  const controller = new AbortController();
  const kill = (): Promise<never> => (controller.abort("killed"), never);
  return reviewLoop(testWorld())
    .run({ session: "s", journal, signal: controller.signal, agents: agents(kill) as never })
    .catch((error: unknown) => error);
}

async function lives(journal: Journal, agents: (kill: () => Promise<never>) => object): Promise<readonly unknown[]> {
  const ends: unknown[] = [];
  while (ends.length < 12 && (ends.length === 0 || ends.at(-1) === "killed")) ends.push(await life(journal, agents));
  return ends;
}

describe("a handler that kills its process", () => {
  it("is a fault when its endpoint is opened for the sixth time, and can be resumed", async () => {
    const journal = memory();
    let asked = 0;
    const ends = await lives(journal, (kill) => ({
      Author: { draft },
      Reviewer: { verdict: () => (asked++, kill()) },
    }));
    // The first life came here by itself; five were opened here.
    expect(asked).toBe(6);
    expect(ends.slice(0, -1)).toEqual(Array.from({ length: 6 }, () => "killed"));
    const fault = ends.at(-1);
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({
      role: "Reviewer",
      final: false,
      report: { code: "CHOR0818", blame: { role: "Reviewer" } },
    });
    expect((fault as Fault).report.text).toBe(
      "CHOR0818: `Reviewer` was opened 6 times at `verdict`, and nothing came of it: that handler ends the process, or the process was ended each time before it had answered. See what ends it, then run the session again: it goes on here.",
    );
    expect(await life(journal, () => ({ Author: { draft }, Reviewer: { verdict: accept } }))).toMatchObject({
      known: { Editor: { publish: { text: "x" } } },
    });
  });

  it("counts for a notification as well", async () => {
    const ends = await lives(memory(), (kill) => ({
      Author: { draft },
      Reviewer: { verdict: accept, on: { Draft: kill } },
    }));
    expect(ends.at(-1)).toMatchObject({ role: "Reviewer", report: { code: "CHOR0818", got: { label: "on.Draft" } } });
  });

  it("is none while it gets further each time", async () => {
    const ends = await lives(memory(), (kill) => ({
      Author: { draft },
      Reviewer: {
        verdict: async (known: unknown, ctx: any) => {
          for (let part = 0; part < 8; part++) {
            let fresh = false;
            await ctx.step(`part ${part}`, () => (fresh = true));
            if (fresh) return kill();
          }
          return accept(known, ctx);
        },
      },
    }));
    expect(ends.length).toBe(9);
    expect(ends.at(-1)).toMatchObject({ known: { Editor: { publish: { text: "x" } } } });
  });

  it("does not fault a role that only waits, whatever it has heard", async () => {
    const ends = await lives(memory(), (kill) => ({
      Author: { draft: ({ comments }: any) => (comments === undefined ? draft() : kill()) },
      Reviewer: { verdict: (_: unknown, { choose }: any) => choose.Revise({ points: ["p"] }) },
    }));
    expect(ends.at(-1)).toMatchObject({ role: "Author", report: { code: "CHOR0818" } });
    expect(ends).toHaveLength(7);
  });
});
