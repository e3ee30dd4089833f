// A role that waits for one of two others, of which one is already further: what comes behind the message that is due
// waits for it, in whatever order the channels deliver.

import { describe, expect, it } from "vitest";
import { choreography, encodeOffer, inProcess, memory, role, type Machine } from "@chor/runtime";
import { testWorld } from "../support/world.js";

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
};

/** `choice at B { B -> C: Quick() C -> A: Late() } or { … }`: A hears X from B, then Z from C, or Y from C. */
const machines: readonly Machine[] = [
  {
    role: "A",
    choreography: "Overtaking",
    states: [
      {
        receives: [
          { label: "X", from: "B", then: 1, at: "X" },
          { label: "Y", from: "C", then: 2, at: "Y" },
        ],
      },
      { receives: [{ label: "Z", from: "C", then: 2, at: "Z" }] },
      { ends: true },
    ],
  },
  {
    role: "B",
    choreography: "Overtaking",
    states: [
      { handler: "go", asks: "forced", sends: [{ label: "Go", to: "C", then: 1, at: "Go" }] },
      { handler: "x", asks: "forced", sends: [{ label: "X", to: "A", then: 2, at: "X" }] },
      { ends: true },
    ],
  },
  {
    role: "C",
    choreography: "Overtaking",
    states: [
      { receives: [{ label: "Go", from: "B", then: 1, at: "Go" }] },
      { handler: "z", asks: "forced", sends: [{ label: "Z", to: "A", then: 2, at: "Z" }] },
      { ends: true },
    ],
  },
];

async function heard(attack: Uint8Array | null) {
  const order: string[] = [];
  const journal = memory();
  const carrier = inProcess();
  const hear = (_: unknown, { from }: any): number => order.push(from);
  const run = choreography<any, unknown>(
    { name: "Overtaking", digest: "sha256:o", source: "", places: {}, roles: machines.map(role<any>) },
    testWorld(),
  ).run({
    session: "s",
    carrier,
    journal,
    agents: {
      A: { on: { X: hear, Y: hear, Z: hear } },
      B: {
        x: async () => {
          if (attack !== null) carrier.send({ session: "s", owner: "A" }, attack);
          await turns(30);
        },
      },
    },
  });
  const end = await run.catch((error: unknown) => error);
  const records = await journal.read({ session: "s", owner: "A" }, 0);
  return { end, order, kinds: records.map(({ kind }) => kind) };
}

describe("a message that overtakes the one that is due", () => {
  it("waits, and is taken behind it", async () => {
    const { end, order, kinds } = await heard(null);
    expect(end).toMatchObject({ session: "s" });
    expect(kinds).toEqual(["open", "received", "received", "close"]);
    expect(order).toEqual(["B", "C"]);
  });

  it("is refused where it can never be right", async () => {
    const base = { protocol: "sha256:o", session: "s", from: "C", to: "A" };
    const { end, kinds } = await heard(encodeOffer({ ...base, seq: 0, label: "X" }));
    expect(end).toMatchObject({ session: "s" });
    expect(kinds).toEqual(["open", "rejected", "received", "received", "close"]);
  });
});
