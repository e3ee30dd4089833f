// The three pure functions: the state is the fold of the records, what is wanted follows from it, and so does what is
// answered. Nothing here runs.

import { describe, expect, it } from "vitest";
import { memory, monitor, type JournalRecord, type RecordBody } from "@chor/runtime";
import { reply } from "../../runtime/src/endpoint/reply.js";
import { begin, fold, knownAs, type State } from "../../runtime/src/endpoint/state.js";
import { wants } from "../../runtime/src/endpoint/wants.js";
import { toArray } from "../../runtime/src/endpoint/list.js";
import { Author, Reviewer, reviewLoop } from "../support/review-loop.js";
import { testWorld } from "../support/world.js";

const draft = { title: "T", text: "x" };
const opened: RecordBody = { kind: "open", writer: "w", protocol: "sha256:p" };
const sent = (seq: number): RecordBody => ({
  kind: "sent",
  to: "Reviewer",
  seq,
  label: "Draft",
  digest: `d${seq}`,
  payload: draft,
});
const revised = (seq: number): RecordBody => ({
  kind: "received",
  from: "Reviewer",
  seq,
  label: "Revise",
  digest: `r${seq}`,
  payload: { points: [`${seq}`] },
});
const refused: RecordBody = {
  kind: "rejected",
  from: "Author",
  to: "Reviewer",
  seq: 0,
  attempt: 0,
  digest: "x",
  report: { code: "CHOR0803", text: "no" },
};

function folded(machine: typeof Author.machine, ...bodies: readonly RecordBody[]): State {
  return bodies.reduce(
    (state, body, step) => fold(state, { ...body, step, at: 100 + step }),
    begin(monitor(machine), {}),
  );
}

const decided = (state: State, upTo: number) => ({ upTo: state.sent.map(() => upTo), heard: -1 });

const word = (seq: number): RecordBody => ({
  kind: "sent",
  to: "B",
  seq,
  label: "Word",
  digest: "d",
  payload: undefined,
});

const memo = (point: number): RecordBody => ({ kind: "memo", point, attempt: 0, name: "n", value: point });

describe("wants", () => {
  it("asks at a point; then offers and waits; then hears, and asks at the next point", () => {
    let state = folded(Author.machine, opened);
    expect(wants(state, decided(state, 0))).toEqual([
      { want: "ask", handler: "draft", asks: "payload", point: 0, attempt: 0 },
    ]);
    state = folded(Author.machine, opened, sent(0));
    expect(wants(state, decided(state, 0))).toEqual([{ want: "offer", peer: 0, seq: 0 }, { want: "take" }]);
    expect(wants(state, decided(state, 1))).toEqual([{ want: "take" }]);
    state = folded(Author.machine, opened, sent(0), revised(0));
    expect(wants(state, decided(state, 1))).toEqual([{ want: "hear", step: 2 }]);
    expect(wants(state, { ...decided(state, 1), heard: 2 })).toEqual([
      { want: "ask", handler: "draft", asks: "payload", point: 2, attempt: 0 },
    ]);
  });

  it("asks again after a refusal, and faults after three in one era", () => {
    const asks = (count: number, ...more: RecordBody[]): unknown => {
      const state = folded(Author.machine, opened, ...Array.from({ length: count }, () => refused), ...more);
      return wants(state, decided(state, 0));
    };
    expect(asks(2)).toEqual([{ want: "ask", handler: "draft", asks: "payload", point: 0, attempt: 2 }]);
    expect(asks(3)).toEqual([{ want: "fault" }]);
    expect(asks(3, { kind: "era", era: 1, cause: "c" })).toEqual([]);
    expect(asks(3, { kind: "era", era: 1, cause: "c" }, opened, { kind: "era", era: 2, cause: "resumed" })).toEqual([
      { want: "ask", handler: "draft", asks: "payload", point: 0, attempt: 3 },
    ]);
  });

  it("closes when the automaton is over and all that was sent is decided", () => {
    const accepted: RecordBody = {
      kind: "received",
      from: "Reviewer",
      seq: 0,
      label: "Accept",
      digest: "a",
      payload: undefined,
    };
    const state = folded(Author.machine, opened, sent(0), accepted);
    const heard = { heard: 2 };
    expect(wants(state, { upTo: [0], ...heard })).toEqual([{ want: "offer", peer: 0, seq: 0 }]);
    expect(wants(state, { upTo: [1], ...heard })).toEqual([{ want: "close" }]);
    const closed = folded(Author.machine, opened, sent(0), accepted, { kind: "close", outcome: "done" });
    expect(wants(closed, { upTo: [1], ...heard })).toEqual([]);
  });

  it("has at most 16 offers of a channel at a time, and asks for no more while there is no room", () => {
    const chatty = {
      role: "A",
      choreography: "Stream",
      states: [
        { handler: "word", asks: "payload" as const, sends: [{ label: "Word", to: "B", then: 0, at: "Word" }] },
        { ends: true as const },
      ],
    };
    const state = folded(chatty, opened, ...Array.from({ length: 20 }, (_, seq) => word(seq)));
    const after = (upTo: number): readonly string[] =>
      wants(state, { upTo: [upTo], heard: -1 }).map((want) => want.want);
    expect(after(0)).toEqual(Array(16).fill("offer"));
    expect(after(4)).toEqual(Array(16).fill("offer"));
    expect(after(5)).toEqual([...Array(15).fill("offer"), "ask"]);
    expect(after(20)).toEqual(["ask"]);
  });
});

describe("fold", () => {
  it("leaves the state it is given as it is, and may be done twice from one state", () => {
    const before = folded(Author.machine, opened, sent(0));
    const row = [...before.row];
    const one = fold(before, { ...revised(0), step: 2, at: 102 });
    const two = fold(before, { ...revised(0), payload: { points: ["other"] }, step: 2, at: 102 } as JournalRecord);
    expect([...before.row]).toEqual(row);
    expect(toArray(before.history)).toHaveLength(1);
    expect(toArray(one.history).map(({ payload }) => payload)).toEqual([draft, { points: ["0"] }]);
    expect(toArray(two.history).map(({ payload }) => payload)).toEqual([draft, { points: ["other"] }]);
    expect(knownAs(one)).toEqual({ draft, comments: { points: ["0"] } });
    expect(knownAs(before)).toEqual({ draft });
  });

  it("counts openings, eras and the memos of the point it is at", () => {
    const state = folded(Author.machine, opened, memo(0), opened, sent(0), memo(0), revised(0), memo(5));
    expect(state).toMatchObject({ epoch: 2, era: 0, point: 5, protocol: "sha256:p", next: 7, at: 106 });
    expect(toArray(state.memos)).toEqual([{ attempt: 0, name: "n", value: 5 }]);
  });

  it("of a real journal gives, for any prefix, the state that a restart goes on from", async () => {
    const journal = memory();
    const agents = {
      Author: { draft: () => draft },
      Reviewer: {
        verdict: (_: any, { choose, history }: any) =>
          history.length > 4 ? choose.Accept() : choose.Revise({ points: ["p"] }),
      },
    };
    await reviewLoop(testWorld()).run({ session: "s", journal, agents });
    for (const { machine, name } of [Author, Reviewer]) {
      const records = await journal.read({ session: "s", owner: name }, 0);
      let state = begin(monitor(machine), {});
      for (const [index, record] of records.entries()) {
        state = fold(state, record);
        const again = records.slice(0, index + 1).reduce(fold, begin(monitor(machine), {}));
        expect({ ...again, monitor: null, history: toArray(again.history) }).toEqual({
          ...state,
          monitor: null,
          history: toArray(state.history),
        });
      }
    }
  });
});

describe("reply", () => {
  const bad: RecordBody = {
    kind: "rejected",
    from: "Author",
    to: "Reviewer",
    seq: 1,
    attempt: 0,
    digest: "bad",
    report: { code: "CHOR0803" },
  };
  const taken: RecordBody = { kind: "received", from: "Author", seq: 0, label: "Draft", digest: "d0", payload: draft };

  it("is the same for ever for a taken slot, whatever is offered for it", () => {
    const state = folded(Reviewer.machine, opened, taken);
    const accepted = { outcome: "accepted", digest: "d0", report: null, upTo: 1 };
    expect(reply(state, { from: "Author", seq: 0, digest: "d0" })).toEqual(accepted);
    expect(reply(state, { from: "Author", seq: 0, digest: "other" })).toEqual(accepted);
  });

  it("is nothing where nothing is decided", () => {
    const state = folded(Reviewer.machine, opened, taken);
    expect(reply(state, { from: "Author", seq: 1, digest: "d1" })).toBeNull();
    expect(reply(state, { from: "Editor", seq: 0, digest: "d0" })).toBeNull();
    expect(reply(state, { from: "__proto__", seq: 0, digest: "d0" })).toBeNull();
  });

  it("is the report for a message that was rejected, and nothing for another one of its slot", () => {
    const state = folded(Reviewer.machine, opened, { ...bad, seq: 0 } as RecordBody);
    expect(reply(state, { from: "Author", seq: 0, digest: "bad" })).toMatchObject({
      outcome: "rejected",
      digest: "bad",
      upTo: 0,
      report: { code: "CHOR0803" },
    });
    expect(reply(state, { from: "Author", seq: 0, digest: "d0" })).toBeNull();
  });
});
