// A rogue that can write on the carrier, but not into a journal: what it sends is refused, shown, and changes nothing.

import { describe, expect, it } from "vitest";
import { Fault, encodeOffer, inProcess, memory, type Carrier, type Event, type OfferParts } from "@chor/runtime";
import { decode, encodeAnswer, type Answer, type Offer } from "../../runtime/src/delivery/frame.js";
import { protocol, reviewLoop } from "../support/review-loop.js";
import { testWorld } from "../support/world.js";

const draft = { title: "T", text: "x" };
const base = { protocol, session: "s", from: "Author", to: "Reviewer", seq: 0, label: "Draft", payload: draft };

/** Plays the loop with one revision; `attack` runs while the Reviewer thinks about the first draft. */
async function attacked(attack: (send: (to: string, frame: Uint8Array) => void) => void) {
  const world = testWorld();
  const carrier = inProcess();
  const journal = memory();
  let attacks = 0;
  const run = reviewLoop(world).run({
    session: "s",
    journal,
    carrier,
    agents: {
      Author: { draft: ({ comments }: any) => ({ title: "T", text: comments === undefined ? "first" : "second" }) },
      Reviewer: {
        verdict: async ({ draft: { text } }: any, { choose }: any) => {
          if (attacks++ === 0) attack((to, frame) => carrier.send({ session: "s", owner: to }, frame));
          for (let turns = 0; turns < 5; turns++) await new Promise(setImmediate);
          return text === "first" ? choose.Revise({ points: ["p"] }) : choose.Accept();
        },
      },
    },
  });
  const events: Event[] = [];
  for await (const event of run.events) events.push(event);
  const end = await run;
  const records = await Promise.all(
    ["Author", "Reviewer", "Editor"].map((owner) => journal.read({ session: "s", owner }, 0)),
  );
  const kinds = records.map((all) =>
    all.map(({ kind, ...record }) => ("label" in record ? `${kind} ${record.label}` : kind)),
  );
  const refused = events.flatMap((event) => (event.kind === "refused" ? [event] : []));
  return { end, kinds, refused };
}

const offers: readonly {
  readonly name: string;
  readonly parts: Partial<OfferParts>;
  readonly code: string;
  readonly to?: string;
}[] = [
  { name: "from a role that never speaks to it", parts: { from: "Editor", label: "Publish" }, code: "CHOR0802" },
  { name: "from a role that does not exist", parts: { from: "Mallory" }, code: "CHOR0802" },
  { name: "from itself", parts: { from: "Reviewer" }, code: "CHOR0802" },
  { name: "with a label that this role never says", parts: { seq: 1, label: "Approve" }, code: "CHOR0801" },
  { name: "of another protocol", parts: { protocol: "sha256:other" }, code: "CHOR0812" },
  { name: "of another session", parts: { session: "t" }, code: "CHOR0813" },
  { name: "for another role", parts: { to: "Editor" }, code: "CHOR0813" },
  {
    name: "for a slot that is taken by another message",
    parts: { payload: { title: "T", text: "forged" } },
    code: "CHOR0814",
  },
  { name: "for a slot that is taken, with another label", parts: { label: "Revise" }, code: "CHOR0814" },
  { name: "far ahead", parts: { seq: 40 }, code: "CHOR0805" },
  { name: "with a digest of something else", parts: { digest: "sha256:0" }, code: "CHOR0811" },
  { name: "as a further attempt that nobody asked for", parts: { seq: 1, attempt: 3 }, code: "CHOR0805" },
  { name: "with hostile names", parts: { from: "__proto__", label: "constructor" }, code: "CHOR0802" },
];

const bytes = (json: string): Uint8Array => new TextEncoder().encode(json);

describe("a forged frame", () => {
  const quiet = attacked(() => {});

  it.each(offers)("$name is refused and changes nothing", async ({ parts, code }) => {
    const { end, kinds, refused } = await attacked((send) => send("Reviewer", encodeOffer({ ...base, ...parts })));
    expect(refused.map(({ role, report }) => [role, report.code])).toEqual([["Reviewer", code]]);
    expect(end).toEqual((await quiet).end);
    expect(kinds).toEqual((await quiet).kinds);
    expect(refused[0]!.report.text.length).toBeLessThanOrEqual(600);
  });

  it("that is garbage is refused and changes nothing", async () => {
    const garbage = [
      new Uint8Array(),
      new Uint8Array([0xff, 0xfe, 0]),
      bytes("null"),
      bytes("[".repeat(100_000)),
      bytes('{"kind":"offer"}'),
      bytes('{"kind":"answer","__proto__":{}}'),
      new Uint8Array((1 << 20) + 1),
      new Uint8Array([...encodeOffer(base), 0x20]),
    ];
    const { end, kinds, refused } = await attacked((send) => garbage.forEach((frame) => send("Reviewer", frame)));
    expect(refused.map(({ report }) => report.code)).toEqual(garbage.map(() => "CHOR0811"));
    expect(end).toEqual((await quiet).end);
    expect(kinds).toEqual((await quiet).kinds);
  });

  it("that answers what was not sent, or more than was sent, is refused", async () => {
    const answer = {
      kind: "answer",
      protocol,
      session: "s",
      from: "Author",
      to: "Reviewer",
      seq: 0,
      digest: "sha256:0",
      outcome: "accepted",
      report: null,
      upTo: 1,
      era: 0,
    } as const;
    const frames = [answer, { ...answer, seq: 7, upTo: 8 }, { ...answer, from: "Mallory" }].map(encodeAnswer);
    const { end, refused } = await attacked((send) => frames.forEach((frame) => send("Reviewer", frame)));
    expect(refused.map(({ report }) => report.code)).toEqual(["CHOR0813", "CHOR0813", "CHOR0813"]);
    expect(end).toEqual((await quiet).end);
  });

  it("that answers, for its receiver, what is not decided, or what is, is shown and changes nothing", async () => {
    // The Reviewer's first message will be `Revise`; the Author's first is `Draft`, decided by now, its digest known.
    const answer = {
      kind: "answer",
      protocol,
      session: "s",
      from: "Reviewer",
      to: "Author",
      report: null,
      era: 0,
    } as const;
    const own = decode(encodeOffer({ ...base, payload: { title: "T", text: "first" } }));
    const digest = own.ok ? own.frame.digest : expect.fail();
    const forged = [
      { ...answer, seq: 0, digest: "sha256:0", outcome: "accepted", upTo: 1 },
      { ...answer, seq: 0, digest: "sha256:0", outcome: "rejected", upTo: 0 },
      { ...answer, seq: 0, digest, outcome: "rejected", upTo: 0 },
      { ...answer, seq: 0, digest, outcome: "accepted", upTo: 0 },
      { ...answer, seq: 0, digest, outcome: "accepted", upTo: 5 },
    ] as const;
    const frames = forged.map(encodeAnswer);
    const { end, kinds, refused } = await attacked((send) => frames.forEach((frame) => send("Author", frame)));
    expect(refused.map(({ role, report }) => [role, report.code])).toEqual([
      ["Author", "CHOR0813"],
      ["Author", "CHOR0813"],
    ]);
    expect(end).toEqual((await quiet).end);
    expect(kinds).toEqual((await quiet).kinds);
  });

  it("in a channel whose turn has not come does not stand in the way of the true one", async () => {
    // Ahead of its time, with a payload that is no draft: the true offer of that slot comes later, and is taken.
    const forged = encodeOffer({ ...base, seq: 1, payload: { title: "T" } });
    const { end } = await attacked((send) => send("Reviewer", forged));
    expect(end).toEqual((await quiet).end);
  });

  it("to a role that is over is refused", async () => {
    const frame = encodeOffer({ ...base, from: "Reviewer", to: "Editor", label: "GiveUp", seq: 1, payload: undefined });
    const { end, refused } = await attacked((send) => send("Editor", frame));
    expect(refused.map(({ role, report }) => [role, report.code])).toEqual([["Editor", "CHOR0806"]]);
    expect(end).toEqual((await quiet).end);
  });
});

/** The Author is silent, so that the forger has the slot to itself until it stops. */
async function poisoned(frames: readonly Uint8Array[]) {
  const world = testWorld();
  const carrier = inProcess();
  const journal = memory();
  const answers: any[] = [];
  const heard: Carrier = {
    send(to, frame) {
      if (to.owner === "Author") answers.push(JSON.parse(new TextDecoder().decode(frame)));
      carrier.send(to, frame);
    },
    listen: (to, on) => carrier.listen(to, on),
  };
  const run = reviewLoop(world).run({
    session: "s",
    journal,
    carrier: heard,
    agents: {
      Author: {
        draft: async () => {
          for (const frame of frames) {
            carrier.send({ session: "s", owner: "Reviewer" }, frame);
            for (let turns = 0; turns < 5; turns++) await new Promise(setImmediate);
          }
          return draft;
        },
      },
      Reviewer: { verdict: (_: any, { choose }: any) => choose.Accept() },
    },
  });
  const end = await run.catch((error: unknown) => error);
  const rejected = (await journal.read({ session: "s", owner: "Reviewer" }, 0)).filter(
    ({ kind }) => kind === "rejected",
  );
  return { end, rejected, answers };
}

const bad = (n: number): Uint8Array => encodeOffer({ ...base, payload: { title: "T", text: n } });

describe("what the monitor refuses in an awaited slot", () => {
  it("is recorded and answered with the report, once for each message, and the true one is taken", async () => {
    const { end, rejected, answers } = await poisoned([bad(1), bad(1), bad(2)]);
    expect(end).toMatchObject({ known: { Editor: { publish: draft } } });
    expect(rejected).toHaveLength(2);
    expect(rejected[0]).toMatchObject({
      from: "Author",
      to: "Reviewer",
      seq: 0,
      attempt: 0,
      report: { code: "CHOR0803", attemptsLeft: 2 },
    });
    expect(rejected[1]).toMatchObject({ attempt: 1, report: { attemptsLeft: 1 } });
    const refusals = answers.filter(({ kind, outcome }) => kind === "answer" && outcome === "rejected");
    expect(refusals.map(({ report }) => report.code)).toEqual(["CHOR0803", "CHOR0803", "CHOR0803"]);
    expect(refusals[0].report.issues).toMatchObject([{ pointer: "/text" }]);
  });

  it("ends in a fault the third time, from which the session can be resumed", async () => {
    const { end, rejected } = await poisoned([bad(1), bad(2), bad(3)]);
    expect(end).toBeInstanceOf(Fault);
    expect(end).toMatchObject({
      name: "Fault",
      session: "s",
      role: "Reviewer",
      final: false,
      report: { code: "CHOR0803" },
    });
    expect(rejected).toHaveLength(3);
  });

  it("wrong labels count as well", async () => {
    const { end, rejected } = await poisoned([encodeOffer({ ...base, label: "Nonsense" })]);
    expect(end).toMatchObject({ known: { Editor: { publish: draft } } });
    expect(rejected).toMatchObject([{ report: { code: "CHOR0801" } }]);
  });
});

/** The Reviewer does not hear the Author's first offers, in place of which the forger hears them and answers. */
async function answeredFalsely(forge: (offer: Offer) => readonly Partial<Answer>[], deaf: number) {
  const carrier = inProcess();
  let offers = 0;
  const between: Carrier = {
    listen: (to, on) => carrier.listen(to, on),
    send(to, frame) {
      const decoded = decode(frame);
      const isDraft = decoded.ok && decoded.frame.kind === "offer" && decoded.frame.label === "Draft";
      if (!isDraft || offers++ >= deaf) return carrier.send(to, frame);
      const offer = decoded.frame as Offer;
      const head = { kind: "answer", protocol, session: "s", from: "Reviewer", to: "Author", era: 0 } as const;
      for (const parts of forge(offer)) {
        const answer = { ...head, seq: 0, digest: offer.digest, outcome: "rejected", report: null, upTo: 0 } as const;
        carrier.send({ session: "s", owner: "Author" }, encodeAnswer({ ...answer, ...parts }));
      }
    },
  };
  const run = reviewLoop(testWorld()).run({
    session: "s",
    carrier: between,
    agents: { Author: { draft: () => draft }, Reviewer: { verdict: (_: any, { choose }: any) => choose.Accept() } },
  });
  const refused: string[] = [];
  const seen = (async () => {
    for await (const event of run.events) if (event.kind === "refused") refused.push(event.report.code);
  })();
  const end = await run.catch((error: unknown) => error);
  await seen;
  return { end, refused };
}

describe("a forged answer to an offer that is on its way", () => {
  it("that accepts another message is not believed: the offer comes again, and is taken", async () => {
    const { end, refused } = await answeredFalsely(() => [{ outcome: "accepted", digest: "sha256:0", upTo: 1 }], 2);
    expect(end).toMatchObject({ known: { Editor: { publish: draft } } });
    expect(refused).toEqual(["CHOR0815", "CHOR0815"]);
  });

  it("that rejects it counts once for each time that it was offered, and does not fault the session", async () => {
    const { end, refused } = await answeredFalsely(() => [{}, {}, {}, {}, {}], 2);
    expect(end).toMatchObject({ known: { Editor: { publish: draft } } });
    expect(refused).toEqual(Array.from({ length: 10 }, () => "CHOR0816"));
  });

  it("that rejects it each time is a fault: so says a receiver with another table", async () => {
    const { end } = await answeredFalsely(() => [{}], 3);
    expect(end).toBeInstanceOf(Fault);
    expect(end).toMatchObject({ role: "Author", report: { code: "CHOR0816" } });
  });
});
