import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Broken, type Journal } from "@chor/runtime";
import { sqlite } from "@chor/runtime/sqlite";
import { openDatabase } from "../../runtime/src/journal/driver.js";
import { conformance, sent } from "./conformance.js";

const folder = mkdtempSync(join(tmpdir(), "chor-journal-"));
let files = 0;
const newFile = (): string => join(folder, `${files++}.db`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

conformance("sqlite", async () => {
  const file = newFile();
  return { open: () => sqlite(file) };
});

const of = { session: "s", owner: "Author" };

describe("a journal in a file", () => {
  it("commits all appends of one turn at once, and syncs each commit", async () => {
    const file = newFile();
    const journal = sqlite(file);
    await journal.append(of, 0, [sent(0)]);
    const database = await openDatabase(file);
    const version = (): unknown => database.prepare("PRAGMA data_version").get()!["data_version"];
    const before = version() as number;
    await Promise.all(Array.from({ length: 100 }, (_, n) => journal.append({ ...of, session: `t${n}` }, 0, [sent(0)])));
    expect(version()).toBe(before + 1);
    expect(database.prepare("PRAGMA journal_mode").get()!["journal_mode"]).toBe("wal");
    database.close();
    await journal.close();
  });

  it("is there again after it was closed", async () => {
    const file = newFile();
    const first = sqlite(file);
    await first.append(of, 0, [sent(0)]);
    await first.close();
    const second = sqlite(file);
    expect(await second.read(of, 0)).toEqual([sent(0)]);
    await second.close();
  });

  it("finishes what is under way before it closes", async () => {
    const file = newFile();
    const first = sqlite(file);
    const appended = first.append(of, 0, [sent(0)]);
    await first.close();
    await appended;
    const second = sqlite(file);
    expect(await second.read(of, 0)).toEqual([sent(0)]);
    await second.close();
  });

  it("refuses a database of another program, and leaves it as it is", async () => {
    const file = newFile();
    const database = await openDatabase(file);
    database.exec("CREATE TABLE other (x)");
    database.close();
    const bytes = readFileSync(file);
    await expect(sqlite(file).heads("s")).rejects.toThrow(/is a database of another program/);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it("refuses a file that is no database, and leaves it as it is", async () => {
    const file = newFile();
    writeFileSync(file, "These are notes, not a journal. ".repeat(100));
    await expect(sqlite(file).append(of, 0, [sent(0)])).rejects.toThrow(/is not a journal/);
    expect(readFileSync(file, "utf8")).toMatch(/^These are notes/);
  });

  it("refuses a journal of a later version", async () => {
    const file = newFile();
    const journal = sqlite(file);
    await journal.append(of, 0, [sent(0)]);
    await journal.close();
    const database = await openDatabase(file);
    database.exec("PRAGMA user_version = 2");
    database.close();
    await expect(sqlite(file).read(of, 0)).rejects.toThrow(/has version 2, this is version 1/);
  });

  it("says which file it cannot open", async () => {
    await expect(sqlite(join(folder, "nowhere", "x.db")).heads("s")).rejects.toThrow(/nowhere.x\.db` cannot be opened/);
  });

  it("opens nothing before it is used", () => {
    const file = newFile();
    sqlite(file);
    expect(existsSync(file)).toBe(false);
  });

  it("stays broken once a commit has failed", async () => {
    const file = newFile();
    const journal = sqlite(file);
    await journal.append(of, 0, [sent(0)]);
    const database = await openDatabase(file);
    database.exec("ALTER TABLE record RENAME TO gone");
    await expect(journal.append(of, 1, [sent(1)])).rejects.toBeInstanceOf(Broken);
    database.exec("ALTER TABLE gone RENAME TO record");
    await expect(journal.append(of, 1, [sent(1)])).rejects.toBeInstanceOf(Broken);
    await expect(journal.read(of, 0)).rejects.toBeInstanceOf(Broken);
    database.close();
    await journal.close();
    const again = sqlite(file);
    expect(await again.read(of, 0)).toEqual([sent(0)]);
    await again.append(of, 1, [sent(1)]);
    await again.close();
  });
});

/** What the process has said to be durable by the time it is killed, in mid-work. */
const killedAfter = (child: ChildProcess, lines: number): Promise<number> =>
  new Promise((resolve, reject) => {
    let said = "";
    child.stdout!.on("data", (data: Buffer) => {
      said += data.toString();
      if (said.split("\n").length > lines) child.kill("SIGKILL");
    });
    child.on("error", reject);
    child.on("close", () => resolve(Number(said.trimEnd().split("\n").at(-1))));
  });

const steps = async (journal: Journal, session: string): Promise<number[]> =>
  (await journal.read({ session, owner: "Author" }, 0)).map(({ step }) => step);

describe("several processes on one file", () => {
  const module = join(folder, "sqlite.mjs");
  beforeAll(async () => {
    const entry = fileURLToPath(new URL("../../runtime/src/sqlite.ts", import.meta.url));
    await build({
      entryPoints: [entry],
      outfile: module,
      bundle: true,
      format: "esm",
      platform: "node",
      logLevel: "silent",
    });
    const driver = createRequire(import.meta.url).resolve("libsql");
    // The bundle stands outside of this repository: it is told where the driver is.
    writeFileSync(module, readFileSync(module, "utf8").replaceAll('"libsql"', JSON.stringify(driver)));
  });

  const start = (file: string, session: string): ChildProcess =>
    spawn(process.execPath, [fileURLToPath(new URL("writer.mjs", import.meta.url)), module, file, session], {
      stdio: ["ignore", "pipe", "inherit"],
    });

  it("has after SIGKILL all that was resolved, and a prefix of whole batches", async () => {
    const file = newFile();
    for (const lines of [1, 7, 40]) {
      const session = `killed after ${lines}`;
      const durable = await killedAfter(start(file, session), lines);
      const journal = sqlite(file);
      const there = await steps(journal, session);
      expect(there.length).toBeGreaterThanOrEqual(durable);
      expect(there).toEqual(Array.from(there, (_, index) => index));
      expect(there.length % 2).toBe(0);
      await journal.append({ session, owner: "Author" }, there.length, [sent(there.length)]);
      await journal.close();
    }
  });

  it("is made once when all begin at the same time, and nobody is in the way of another", async () => {
    const file = newFile();
    const sessions = ["a", "b", "c", "d"];
    const durable = await Promise.all(sessions.map((session) => killedAfter(start(file, session), 20)));
    const journal = sqlite(file);
    for (const [index, session] of sessions.entries()) {
      expect((await steps(journal, session)).length).toBeGreaterThanOrEqual(Math.max(40, durable[index]!));
    }
    await journal.close();
  });
});
