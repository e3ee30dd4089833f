// `--watch`: a round for every change, through errors, renames, deletions and a new configuration, until Ctrl-C.

import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { broken, chorc, folder, good } from "./run.js";

/** A watch that runs: `until` waits for a text that comes after what was waited for before. */
function watching(path: string, ...words: readonly string[]) {
  let heard = "";
  let wake: () => void = () => undefined;
  let stop: () => void = () => undefined;
  const interrupted = new Promise<void>((done) => (stop = done));
  const ended = chorc([...words, "--watch"], {
    folder: path,
    interrupted,
    heard: (text) => {
      heard += text;
      wake();
    },
  });
  let from = 0;
  return {
    ended,
    stop,
    async until(text: string): Promise<string> {
      for (;;) {
        const at = heard.indexOf(text, from);
        if (at >= 0) {
          const passed = heard.slice(from, at + text.length);
          from = at + text.length;
          return passed;
        }
        await new Promise<void>((done) => (wake = done));
      }
    },
  };
}

const IDLE = "Ctrl-C ends\n";

test("compile: changes, errors, new files, renames and deletions", async () => {
  const path = folder({ "p/good.chor": good });
  const gen = (name: string): boolean => existsSync(join(path, "gen", name));
  const watch = watching(path, "compile", "p", "--out", "gen");
  // Waits for what the round says, then for its end: a change may come as several.
  const round = async (text: string): Promise<string> => (await watch.until(text)) + (await watch.until(IDLE));
  await round("5 files written, 0 unchanged, 0 removed");

  writeFileSync(join(path, "p/good.chor"), good.replace("Done", "Ready"));
  expect(await round("wrote   gen/team/coder.ts")).toMatch(/^\d\d:\d\d:\d\d p\/good\.chor changed\n/);

  writeFileSync(join(path, "p/good.chor"), broken);
  expect(await round("CHOR01")).toContain("there are errors");
  expect(gen("team/coder.ts")).toBe(true);
  writeFileSync(join(path, "p/good.chor"), good.replace("Done", "Ready"));
  await round("0 files written, 5 unchanged, 0 removed");

  writeFileSync(join(path, "p/other.chor"), good.replace("Team", "Other"));
  expect(await round("wrote   gen/other/index.ts")).toContain("2 files watched");

  renameSync(join(path, "p/other.chor"), join(path, "p/third.chor"));
  await round("removed gen/other/artifacts.ts");
  expect([gen("third/artifacts.ts"), gen("other/index.ts")]).toEqual([true, true]);

  rmSync(join(path, "p/third.chor"));
  await round("removed gen/third/artifacts.ts");
  expect([gen("third"), gen("other"), gen("team")]).toEqual([false, false, true]);

  watch.stop();
  expect((await watch.ended).code).toBe(0);
});

test("compile: the configuration is read again", async () => {
  const path = folder({
    "a.chor": good,
    "sub/b.chor": good.replace("Team", "Other"),
    "chor.config.json": `{ "files": ["*.chor"], "out": "gen" }`,
  });
  const watch = watching(path, "compile");
  await watch.until(IDLE);
  writeFileSync(join(path, "chor.config.json"), `{ "files": ["*.chor"`);
  await watch.until("CHOR0052");
  writeFileSync(join(path, "chor.config.json"), `{ "files": ["**/*.chor"], "out": "made" }`);
  await watch.until("wrote   made/other/index.ts");
  await watch.until(IDLE);
  writeFileSync(join(path, "sub/b.chor"), good.replace("Team", "Third"));
  await watch.until("removed made/other/index.ts");
  watch.stop();
  expect((await watch.ended).code).toBe(0);
});

test("check: one report a round; as JSON, one a line", async () => {
  const path = folder({ "a.chor": good });
  const watch = watching(path, "check", "a.chor", "--format", "json");
  await watch.until('"ok":true');
  await watch.until(IDLE);
  writeFileSync(join(path, "a.chor"), broken);
  await watch.until('"ok":false');
  await watch.until(IDLE);
  rmSync(join(path, "a.chor"));
  await watch.until("CHOR0001");
  await watch.until(IDLE);
  writeFileSync(join(path, "a.chor"), good);
  await watch.until('"ok":true');
  watch.stop();
  const { code, out } = await watch.ended;
  expect(code).toBe(0);
  for (const line of out.trimEnd().split("\n")) expect(JSON.parse(line)).toMatchObject({ files: [{}] });
});

test("wrong use ends at once", async () => {
  expect((await chorc(["check", "--watch"], { folder: folder({}) })).code).toBe(2);
});
