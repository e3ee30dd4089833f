// A journal in the memory of this process: for tests, and for sessions that need not survive it. It keeps the
// JSON text of each record, as a file would, so that nobody can change afterwards what was written.

import { Broken, Fenced, Gap } from "./errors.js";
import type { EndpointId, Journal, JournalRecord } from "./journal.js";

interface Log {
  readonly owner: string;
  readonly texts: string[];
  closed: boolean;
}

/** A new, empty journal. Its appends are durable as long as the process lives. */
export function memory(): Journal {
  const sessions = new Map<string, Map<string, Log>>();
  let open = true;

  return {
    async read(of, from) {
      use(open);
      const texts = sessions.get(of.session)?.get(of.owner)?.texts ?? [];
      return texts.slice(from).map((text) => JSON.parse(text) as JournalRecord);
    },
    async append(of, step, batch) {
      use(open);
      const log = logOf(sessions, of);
      if (step < log.texts.length) throw new Fenced(`Step ${step} of \`${of.owner}\` is taken.`);
      if (step > log.texts.length)
        throw new Gap(`Step ${step} of \`${of.owner}\` is not the next one, ${log.texts.length}.`);
      const texts = batch.map((record) => JSON.stringify(record));
      log.texts.push(...texts);
      if (batch.some((record) => record.kind === "close")) log.closed = true;
    },
    async heads(session) {
      use(open);
      const logs = [...(sessions.get(session)?.values() ?? [])];
      const used = logs.filter(({ texts }) => texts.length > 0);
      return used.map(({ owner, texts, closed }) => ({ owner, next: texts.length, closed }));
    },
    async close() {
      open = false;
    },
  };
}

function use(open: boolean): void {
  if (!open) throw new Broken("The journal is closed.");
}

function logOf(sessions: Map<string, Map<string, Log>>, { session, owner }: EndpointId): Log {
  let logs = sessions.get(session);
  if (logs === undefined) sessions.set(session, (logs = new Map()));
  let log = logs.get(owner);
  if (log === undefined) logs.set(owner, (log = { owner, texts: [], closed: false }));
  return log;
}
