// The events of a run: every record of its journals, from the beginning, and what was refused while it ran. Each
// iterator reads the journals once and then follows; nothing is kept where nobody iterates.

import type { Message, Report } from "../endpoint/agent.js";
import type { JournalRecord } from "../journal/journal.js";
import type { Event } from "./run.js";

/** A record with what is needed to show it. */
export interface Recorded {
  readonly role: string;
  readonly record: JournalRecord;
  /** Of a `rejected` record. */
  readonly report: Report | null;
  readonly fresh: boolean;
}

export interface Events {
  readonly iterable: AsyncIterable<Event>;
  record(recorded: Recorded): void;
  refuse(role: string, at: number, report: Report): void;
  /** No event comes any more: the iterators end. */
  end(): void;
}

/** How many refused frames an iterator that does not keep up is told of; the rest is dropped. */
const mostRefused = 1_000;

interface Follower {
  readonly queue: (Recorded | Extract<Event, { readonly kind: "refused" }>)[];
  refused: number;
  wake: () => void;
}

/** `past` reads all that is journalled by now, by role; `followed` is called when somebody begins to iterate. */
export function events(past: () => Promise<readonly (readonly Recorded[])[]>, followed: () => void): Events {
  const followers = new Set<Follower>();
  let ended = false;

  const tell = (item: Follower["queue"][number], follower: Follower): void => {
    follower.queue.push(item);
    follower.wake();
  };

  async function* iterate(): AsyncGenerator<Event, void, undefined> {
    followed();
    const follower: Follower = { queue: [], refused: 0, wake: () => {} };
    followers.add(follower);
    try {
      const seen = new Map<string, number>();
      for (const recorded of inOrder(await past())) {
        seen.set(recorded.role, recorded.record.step);
        yield eventOf(recorded);
      }
      for (;;) {
        for (let item = follower.queue.shift(); item !== undefined; item = follower.queue.shift()) {
          if ("kind" in item) {
            follower.refused--;
            yield item;
          } else if (item.record.step > (seen.get(item.role) ?? -1)) yield eventOf(item);
        }
        if (ended) return;
        await new Promise<void>((resolve) => (follower.wake = resolve));
      }
    } finally {
      followers.delete(follower);
    }
  }

  return {
    iterable: { [Symbol.asyncIterator]: iterate },
    record: (recorded) => followers.forEach((follower) => tell(recorded, follower)),
    refuse(role, at, report) {
      for (const follower of followers) {
        if (follower.refused >= mostRefused) continue;
        follower.refused++;
        tell({ kind: "refused", role, at, report }, follower);
      }
    },
    end() {
      ended = true;
      for (const follower of followers) follower.wake();
    },
  };
}

/** Journals as one sequence: by time, each in its own order, and no message received before it was sent. */
function inOrder(journals: readonly (readonly Recorded[])[]): readonly Recorded[] {
  const next = journals.map(() => 0);
  const sent = new Map<string, number>();
  const order: Recorded[] = [];
  for (;;) {
    const heads = journals.flatMap((journal, index) => {
      const head = journal[next[index]!];
      return head === undefined ? [] : [{ index, head }];
    });
    if (heads.length === 0) return order;
    const ready = heads.filter(
      ({ head: { role, record } }) =>
        record.kind !== "received" || (sent.get(channel(record.from, role)) ?? 0) > record.seq,
    );
    // A journal that went back in time has messages that nobody sent: then by time alone.
    const { index, head } = (ready.length > 0 ? ready : heads).reduce((a, b) =>
      b.head.record.at < a.head.record.at ? b : a,
    );
    next[index]!++;
    if (head.record.kind === "sent") sent.set(channel(head.role, head.record.to), head.record.seq + 1);
    order.push(head);
  }
}

function channel(from: string, to: string): string {
  return JSON.stringify([from, to]);
}

function eventOf({ role, record, report, fresh }: Recorded): Event {
  const { step, at } = record;
  const base = { role, step, at, fresh };
  if (record.kind === "rejected") return { kind: "rejected", ...base, report: report! };
  if (record.kind === "sent")
    return { kind: "sent", ...base, message: messageOf(record.label, role, record.to, record.payload) };
  if (record.kind === "received") {
    return { kind: "received", ...base, message: messageOf(record.label, record.from, role, record.payload) };
  }
  return { kind: record.kind, ...base };
}

function messageOf(label: string, from: string, to: string, payload: unknown): Message {
  return payload === undefined ? { label, from, to } : { label, from, to, payload };
}
