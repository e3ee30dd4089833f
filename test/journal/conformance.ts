// What every journal has to be: dense, fenced by its steps, durable when it resolves, exact. In: how to open a
// journal, twice on the same data where it can be. Out: tests.

import { describe, expect, it } from "vitest";
import { Fenced, Gap, type Journal, type JournalRecord } from "@chor/runtime";
import { randomFrom } from "../support/random.js";

export interface Store {
  /** Another handle on the same records; the same one where there is only one. */
  open(): Journal;
}

export function sent(step: number, payload: unknown = null, label = "Draft"): JournalRecord {
  return { kind: "sent", step, at: 1_000 + step, to: "Reviewer", seq: step, label, digest: "sha256:d", payload };
}

const hostile = [
  "",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udc00x",
  '"quoted"',
  '"',
  "__proto__",
  "constructor",
  "' OR 1=1; --",
  "\u202egnp.exe",
  "é",
  "e\u0301",
  "𝒳",
  "a\nb",
  " padded ",
  "x".repeat(10_000),
];

export function conformance(name: string, make: () => Promise<Store>): void {
  describe(`${name} as a journal`, () => {
    const of = { session: "s", owner: "Author" };

    it("gives back what was appended, from any step", async () => {
      const journal = (await make()).open();
      await journal.append(of, 0, [sent(0), sent(1)]);
      await journal.append(of, 2, [sent(2)]);
      expect(await journal.read(of, 0)).toEqual([sent(0), sent(1), sent(2)]);
      expect(await journal.read(of, 2)).toEqual([sent(2)]);
      expect(await journal.read(of, 3)).toEqual([]);
      expect(await journal.read({ ...of, owner: "Nobody" }, 0)).toEqual([]);
      await journal.close();
    });

    it("is dense: refuses a step that is taken and one that is too far, and keeps what it has", async () => {
      const journal = (await make()).open();
      await journal.append(of, 0, [sent(0, "first")]);
      await expect(journal.append(of, 0, [sent(0, "second")])).rejects.toBeInstanceOf(Fenced);
      await expect(journal.append(of, 2, [sent(2)])).rejects.toBeInstanceOf(Gap);
      await expect(journal.append(of, 0, [sent(0), sent(1)])).rejects.toBeInstanceOf(Fenced);
      expect(await journal.read(of, 0)).toEqual([sent(0, "first")]);
      await journal.append(of, 1, [sent(1)]);
      await journal.close();
    });

    it("lets one of many appends at a step win, whole", async () => {
      const store = await make();
      const handles = [store.open(), store.open(), store.open()];
      const tries = Array.from({ length: 30 }, (_, index) =>
        handles[index % 3]!.append(of, 0, [sent(0, index), sent(1, index)]).then(
          () => index,
          (error: unknown) => error,
        ),
      );
      const results = await Promise.all(tries);
      const winners = results.filter((result) => typeof result === "number");
      expect(winners).toHaveLength(1);
      expect(results.filter((result) => result instanceof Fenced)).toHaveLength(29);
      const records = await handles[0]!.read(of, 0);
      expect(records).toEqual([sent(0, winners[0]), sent(1, winners[0])]);
      for (const handle of new Set(handles)) await handle.close();
    });

    it("shows at once to others what it has resolved", async () => {
      const store = await make();
      const [writer, reader] = [store.open(), store.open()];
      for (let step = 0; step < 20; step++) {
        await writer.append(of, step, [sent(step)]);
        expect(await reader.read(of, step)).toEqual([sent(step)]);
      }
      await writer.close();
      if (reader !== writer) await reader.close();
    });

    it("keeps sessions and owners apart, whatever their names", async () => {
      const journal = (await make()).open();
      const names = hostile.flatMap((session) => hostile.slice(0, 8).map((owner) => ({ session, owner })));
      await Promise.all(names.map((one, index) => journal.append(one, 0, [sent(0, index)])));
      for (const [index, one] of names.entries()) expect(await journal.read(one, 0)).toEqual([sent(0, index)]);
      for (const session of hostile) {
        const heads = await journal.heads(session);
        expect(heads.map(({ owner }) => owner).toSorted()).toEqual(hostile.slice(0, 8).toSorted());
      }
      await journal.close();
    });

    it("keeps payloads exactly: hostile strings, numbers, order of fields", async () => {
      const journal = (await make()).open();
      const random = randomFrom(7);
      const strings = Array.from({ length: 200 }, () =>
        String.fromCharCode(...Array.from({ length: 8 }, () => Math.floor(random() * 0x10000))),
      );
      const payload = {
        z: 1,
        a: [0.1, 1e300, -1e-300, 5e-324, 9007199254740991, null, true],
        strings: [...hostile, ...strings],
        nested: JSON.parse('{"__proto__":{"x":1},"constructor":2}'),
      };
      await journal.append(of, 0, [sent(0, payload, "\ud800")]);
      const [record] = await journal.read(of, 0);
      expect(JSON.stringify(record)).toBe(JSON.stringify(sent(0, payload, "\ud800")));
      await journal.close();
    });

    it("does not change with what was appended", async () => {
      const journal = (await make()).open();
      const payload = { list: [1] };
      const done = journal.append(of, 0, [sent(0, payload)]);
      payload.list.push(2);
      await done;
      const [record] = await journal.read(of, 0);
      expect(record).toEqual(sent(0, { list: [1] }));
      ((record as any).payload.list as number[]).push(3);
      expect(await journal.read(of, 0)).toEqual([sent(0, { list: [1] })]);
      await journal.close();
    });

    it("lists the endpoints of a session, where they stand and whether they are closed", async () => {
      const journal = (await make()).open();
      await journal.append(of, 0, [sent(0), sent(1)]);
      await journal.append({ ...of, owner: "Editor" }, 0, [{ kind: "close", outcome: "done", step: 0, at: 1 }]);
      await journal.append({ ...of, session: "t" }, 0, [sent(0)]);
      await expect(journal.append({ ...of, owner: "Late" }, 1, [sent(1)])).rejects.toBeInstanceOf(Gap);
      const heads = [...(await journal.heads("s"))].toSorted((a, b) => (a.owner < b.owner ? -1 : 1));
      expect(heads).toEqual([
        { owner: "Author", next: 2, closed: false },
        { owner: "Editor", next: 1, closed: true },
      ]);
      expect(await journal.heads("nothing")).toEqual([]);
      await journal.close();
    });

    it("is of no use after it was closed", async () => {
      const journal = (await make()).open();
      await journal.append(of, 0, [sent(0)]);
      await journal.close();
      await expect(journal.read(of, 0)).rejects.toThrow();
      await expect(journal.append(of, 1, [sent(1)])).rejects.toThrow();
      await expect(journal.heads("s")).rejects.toThrow();
      await journal.close();
    });
  });
}
