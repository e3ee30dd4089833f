// The team of examples/feature-team, killed (SIGKILL) at random moments and started again: it always ends with the
// same module and the same messages, and no answer that was recorded is asked for again.
// `CHOR_KILLS=50 CHOR_SEED=7 npx vitest run test/example` widens and reproduces the search.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sqlite } from "@chor/runtime/sqlite";
import { randomFrom } from "../support/random.js";

const main = fileURLToPath(new URL("../../examples/feature-team/dist/src/main.js", import.meta.url));
const roles = ["Lead", "Architect", "Coder", "Reviewer"];
const kills = Number(process.env["CHOR_KILLS"] ?? "3");
const seed = Number(process.env["CHOR_SEED"] ?? "1");
const session = "killed";

interface Question {
  readonly role: string;
  readonly key: string;
}

describe("the feature team, killed", () => {
  const folder = mkdtempSync(join(tmpdir(), "chor-kill-"));
  let whole: { readonly took: number; readonly result: unknown };

  beforeAll(async () => {
    const out = join(folder, "whole");
    const began = performance.now();
    const { code } = await play(out, null);
    expect(code).toBe(0);
    whole = { took: performance.now() - began, result: await result(out) };
    expect(whole.result).toMatchObject({ module: expect.stringContaining("export function parse") as string });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  for (let number = 0; number < kills; number++) {
    test(`at moment ${number} of seed ${seed}`, async () => {
      const out = join(folder, String(number));
      await play(out, randomFrom(seed * 1_000_003 + number)() * whole.took);
      const recorded = await decided(out);
      const before = questions(out);
      const { code } = await play(out, null);
      expect(code).toBe(0);
      expect(await result(out)).toEqual(whole.result);
      const again = questions(out).slice(before.length);
      for (const role of roles) {
        const answered = new Set(
          distinct(before.filter((question) => question.role === role)).slice(0, recorded[role]),
        );
        expect(again.filter(({ key }) => answered.has(key))).toEqual([]);
      }
    });
  }
});

/** Runs the example; kills it after so many milliseconds unless null. */
function play(out: string, killAfter: number | null): Promise<{ readonly code: number | null }> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [main, "--out", out, "--session", session, "--pause", "20", "--log", `${out}.log`],
      { stdio: "ignore" },
    );
    const timer = killAfter === null ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
    child.on("exit", (code) => {
      clearTimeout(timer);
      resolve({ code });
    });
  });
}

/** The built module and all messages in the order of each role's journal, without times. */
async function result(out: string): Promise<unknown> {
  const journal = sqlite(join(out, "journal.db"));
  const messages: Record<string, readonly string[]> = {};
  for (const owner of roles) {
    const records = await journal.read({ session, owner }, 0);
    messages[owner] = records.flatMap((record) =>
      record.kind === "sent"
        ? [`! ${record.label} to ${record.to} ${record.digest}`]
        : record.kind === "received"
          ? [`? ${record.label} from ${record.from} ${record.digest}`]
          : [],
    );
  }
  await journal.close();
  return { messages, module: readFileSync(join(out, session, "durations.ts"), "utf8") };
}

/** How many answers of agents each role's journal holds: a multicast counts once. */
async function decided(out: string): Promise<Record<string, number>> {
  const asked = new Set([
    "Lead Brief Architect",
    "Architect Design Coder",
    "Coder Module Reviewer",
    "Reviewer Approve Coder",
    "Reviewer Revise Coder",
  ]);
  if (!existsSync(join(out, "journal.db"))) return {};
  const journal = sqlite(join(out, "journal.db"));
  const counts: Record<string, number> = {};
  for (const owner of roles) {
    const records = await journal.read({ session, owner }, 0);
    counts[owner] = records.filter(
      (record) => record.kind === "sent" && asked.has(`${owner} ${record.label} ${record.to}`),
    ).length;
  }
  await journal.close();
  return counts;
}

function questions(out: string): readonly Question[] {
  if (!existsSync(`${out}.log`)) return [];
  return readFileSync(`${out}.log`, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Question);
}

function distinct(asked: readonly Question[]): readonly string[] {
  return [...new Set(asked.map(({ key }) => key))];
}
