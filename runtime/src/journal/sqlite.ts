// A journal in one SQLite file, for any number of sessions, endpoints and processes of one machine. Write-ahead
// log, a sync to disk for each commit; what is appended in one turn of the event loop shares one commit.
// Not for network file systems: SQLite's locks do not hold there.

import { afterThisTurn } from "../run/world.js";
import { openDatabase, type Database, type Statement } from "./driver.js";
import { Broken, Fenced, Gap } from "./errors.js";
import type { EndpointId, Head, Journal } from "./journal.js";

/** "Chor", in the file's header: how we know that a file is ours. */
const APPLICATION = 0x43686f72;
const SCHEMA_VERSION = 1;

interface Append {
  readonly of: EndpointId;
  readonly step: number;
  /** Kind and JSON of each record, as they were when they were handed over. */
  readonly rows: readonly { readonly kind: string; readonly json: string }[];
  readonly done: () => void;
  readonly failed: (reason: Error) => void;
}

interface Handle {
  readonly database: Database;
  readonly next: Statement;
  readonly insert: Statement;
  readonly read: Statement;
  readonly heads: Statement;
}

/**
 * A journal in a file, which is made if it is not there. Opens it at first use; rejects if no driver is installed,
 * or if the file is not a journal or of a later version. After a failed commit every call rejects with `Broken`.
 */
export function sqlite(file: string): Journal {
  let opening: Promise<Handle> | undefined;
  let broken: Broken | undefined;
  let waiting: Append[] = [];
  let flushed: Promise<void> | undefined;

  const use = async (): Promise<Handle> => {
    if (broken !== undefined) throw broken;
    const handle = await (opening ??= open(file));
    if (broken !== undefined) throw broken;
    return handle;
  };

  /** Commits what is waiting at the end of this turn of the event loop. Never rejects. */
  const flush = async (): Promise<void> => {
    const handle = await use().catch((error: Error) => error);
    await new Promise<void>(afterThisTurn);
    flushed = undefined;
    const appends = waiting;
    waiting = [];
    const outcomes = handle instanceof Error ? handle : (broken ?? commit(handle, appends));
    if (outcomes instanceof Broken) broken ??= outcomes;
    appends.forEach(({ done, failed }, index) => {
      const refusal = outcomes instanceof Error ? outcomes : outcomes[index];
      if (refusal === undefined) done();
      else failed(refusal);
    });
  };

  return {
    async read(of, from) {
      const { read } = await use();
      return read.all(keyOf(of.session), keyOf(of.owner), from).map((row) => JSON.parse(row["record"] as string));
    },
    append(of, step, batch) {
      const rows = batch.map((record) => ({ kind: record.kind, json: JSON.stringify(record) }));
      return new Promise((done, failed) => {
        waiting.push({ of, step, rows, done, failed });
        flushed ??= flush();
      });
    },
    async heads(session) {
      const { heads } = await use();
      return heads.all(keyOf(session)).map((row): Head => ({
        owner: nameOf(row["owner"] as string),
        next: row["next"] as number,
        closed: row["closed"] === 1,
      }));
    },
    async close() {
      await flushed;
      broken ??= new Broken(`The journal \`${file}\` is closed.`);
      const handle = await opening?.catch(() => undefined);
      opening = undefined;
      handle?.database.close();
    },
  };
}

/** One transaction for all of them: for each nothing or why it was refused; or `Broken` if it is unclear what is on disk. */
function commit(
  { database, next, insert }: Handle,
  appends: readonly Append[],
): readonly (Error | undefined)[] | Broken {
  try {
    database.exec("BEGIN IMMEDIATE");
    const outcomes = appends.map(({ of, step, rows }) => {
      const session = keyOf(of.session);
      const owner = keyOf(of.owner);
      const free = next.get(session, owner)?.["next"] as number;
      if (step < free) return new Fenced(`Step ${step} of \`${of.owner}\` is taken.`);
      if (step > free) return new Gap(`Step ${step} of \`${of.owner}\` is not the next one, ${free}.`);
      rows.forEach(({ kind, json }, index) => insert.run(session, owner, step + index, kind, json));
      return undefined;
    });
    database.exec("COMMIT");
    return outcomes;
  } catch (error) {
    rollBack(database);
    return new Broken(`The journal could not be written: ${reason(error)}.`, { cause: error });
  }
}

/** Gives the lock back, so that other processes go on; the handle is broken whether this works or not. */
function rollBack(database: Database): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // The transaction is over already, or the file is gone: there is nothing more to give back.
  }
}

async function open(file: string): Promise<Handle> {
  const database = await openDatabase(file).catch((error: unknown) => {
    throw new Error(`The journal \`${file}\` cannot be opened: ${reason(error)}`, { cause: error });
  });
  try {
    prepare(database, file);
    return {
      database,
      next: database.prepare("SELECT coalesce(max(step) + 1, 0) AS next FROM record WHERE session = ? AND owner = ?"),
      insert: database.prepare("INSERT INTO record (session, owner, step, kind, record) VALUES (?, ?, ?, ?, ?)"),
      read: database.prepare("SELECT record FROM record WHERE session = ? AND owner = ? AND step >= ? ORDER BY step"),
      heads: database.prepare(
        "SELECT owner, max(step) + 1 AS next, max(kind = 'close') AS closed FROM record WHERE session = ? GROUP BY owner",
      ),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Makes the table in an empty file; refuses a file of somebody else before anything in it is changed. */
function prepare(database: Database, file: string): void {
  database.exec("PRAGMA busy_timeout = 10000");
  if (!isOurs(database, file)) {
    database.exec("BEGIN IMMEDIATE");
    // Between the first look and the lock another process may have made it.
    if (!isOurs(database, file)) create(database);
    database.exec("COMMIT");
  }
  database.exec("PRAGMA journal_mode = WAL");
  database.exec("PRAGMA synchronous = FULL");
}

function create(database: Database): void {
  database.exec(`CREATE TABLE record (
    session TEXT NOT NULL,
    owner TEXT NOT NULL,
    step INTEGER NOT NULL,
    kind TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (session, owner, step)
  )`);
  database.exec(`PRAGMA application_id = ${APPLICATION}`);
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}

/** True for a journal, false for an empty file; throws for anything else. */
function isOurs(database: Database, file: string): boolean {
  const application = number(database, "PRAGMA application_id", "application_id", file);
  const version = number(database, "PRAGMA user_version", "user_version", file);
  if (application === APPLICATION) {
    if (version === SCHEMA_VERSION) return true;
    throw new Error(
      `The journal \`${file}\` has version ${version}, this is version ${SCHEMA_VERSION}: use a later @chor/runtime.`,
    );
  }
  const tables = number(database, "SELECT count(*) AS tables FROM sqlite_master", "tables", file);
  if (application === 0 && version === 0 && tables === 0) return false;
  throw new Error(`\`${file}\` is a database of another program: name another file for the journal.`);
}

function number(database: Database, sql: string, column: string, file: string): number {
  try {
    return database.prepare(sql).get()?.[column] as number;
  } catch (error) {
    throw new Error(`\`${file}\` is not a journal: ${reason(error)}`, { cause: error });
  }
}

/**
 * A name as the key columns hold it. SQL text cannot hold every string (NUL, half a surrogate pair), and two names
 * must never become one: such a name is stored as its JSON, and so is one that looks like it.
 */
function keyOf(name: string): string {
  return /^(?!")[^\u0000-\u001f\p{Surrogate}]*$/u.test(name) ? name : JSON.stringify(name);
}

function nameOf(key: string): string {
  return key.startsWith('"') ? (JSON.parse(key) as string) : key;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
