// `chorc compile --check`, and what need not be emitted again: never trusted where anything is different.

import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keyOf } from "../../compiler/src/cli/emitted.js";
import { chorc, folder, good } from "./run.js";

/** A project with a place for the cache. */
function project(files: Readonly<Record<string, string>> = {}): string {
  return folder({
    "good.chor": good,
    "chor.config.json": `{ "files": ["*.chor"], "out": "gen" }`,
    "node_modules/x/package.json": "{}",
    ...files,
  });
}

const compile = (path: string, ...words: readonly string[]) => chorc(["compile", ...words], { folder: path });
const cache = (path: string): string => {
  const place = join(path, "node_modules/.cache/chorc");
  return join(place, readdirSync(place)[0] ?? "");
};

test("--check: nothing is written, exit code 1 and a diff where the output is stale", async () => {
  const path = project();
  const first = await compile(path, "--check");
  expect(first).toMatchObject({ code: 1, error: "" });
  expect(first.out).toContain("--- /dev/null\n+++ gen/good/artifacts.ts\n@@ -0,0 +1,");
  expect(existsSync(join(path, "gen"))).toBe(false);

  await compile(path);
  expect(await compile(path, "--check")).toEqual({
    code: 0,
    out: "no errors in 1 file\n`gen` is up to date\n",
    error: "",
  });

  writeFileSync(join(path, "good.chor"), good.replace("title", "name"));
  const stale = await compile(path, "--check");
  expect(stale.code).toBe(1);
  expect(stale.out).toContain("-  readonly title: string;\n+  readonly name: string;\n");
  expect(stale.out).toContain("`gen` is not up to date: run `chorc compile` again, and commit what it writes\n");
  expect(readFileSync(join(path, "gen/good/artifacts.ts"), "utf8")).toContain("readonly title");
});

test("--check: as JSON, with errors, edited by hand, left over, other ends of line", async () => {
  const path = project();
  await compile(path);
  const lead = join(path, "gen/team/lead.ts");
  const text = readFileSync(lead, "utf8");
  writeFileSync(lead, text.replaceAll("\n", "\r\n"));
  expect((await compile(path, "--check")).code).toBe(0);
  writeFileSync(lead, `${text}// mine\n`);
  const edited = await compile(path, "--check", "--format", "json");
  expect(edited.code).toBe(1);
  expect(JSON.parse(edited.out)).toMatchObject({
    stale: [{ file: "gen/team/lead.ts", diff: expect.stringContaining("\n-// mine\n") as string }],
  });
  writeFileSync(lead, text);
  writeFileSync(join(path, "other.chor"), good.replace("Team", "Other"));
  await compile(path);
  rmSync(join(path, "other.chor"));
  expect((await compile(path, "--check")).out).toContain("--- gen/other/lead.ts\n+++ /dev/null\n");
  writeFileSync(join(path, "good.chor"), "artifact");
  const wrong = await compile(path, "--check");
  expect(wrong.code).toBe(1);
  expect(wrong.out).toContain("CHOR01");
});

test("what the configuration no longer names is removed; what is named on the command line is no reason to", async () => {
  const path = project({ "other.chor": good.replace("Team", "Other") });
  await compile(path);
  expect((await compile(path, "good.chor")).out).toContain("0 files written, 5 unchanged, 0 removed");
  rmSync(join(path, "other.chor"));
  expect((await compile(path, "good.chor")).out).toContain("0 removed");
  expect((await compile(path, "--out", "gen")).out).toContain("0 removed");
  const { out } = await compile(path);
  expect(out).toContain("removed gen/other/index.ts");
  expect(readdirSync(join(path, "gen")).toSorted()).toEqual(["good", "team"]);
});

test("nothing is emitted again for the same input", async () => {
  const path = project();
  await compile(path);
  const remembered = readFileSync(cache(path), "utf8");
  expect(JSON.parse(remembered)).toMatchObject([[join(path, "good.chor"), { files: { length: 5 } }]]);
  const long = new Date(1_000_000_000_000);
  utimesSync(cache(path), long, long);
  expect((await compile(path)).out).toContain("0 files written, 5 unchanged, 0 removed");
  // Whoever emits writes the cache anew.
  expect(statSync(cache(path)).mtime).toEqual(long);
});

test("a file that was lost, changed or brought to another state is written again", async () => {
  const path = project();
  await compile(path);
  const lead = join(path, "gen/team/lead.ts");
  const right = readFileSync(lead, "utf8");
  rmSync(lead);
  expect((await compile(path)).out).toContain("wrote   gen/team/lead.ts\n1 file written, 4 unchanged");
  expect(readFileSync(lead, "utf8")).toBe(right);

  // Another state of the source, then the first one again, as a change of branches brings it.
  writeFileSync(join(path, "good.chor"), good.replace("Done", "Ready"));
  await compile(path, "--config", "chor.config.json");
  const other = readFileSync(lead, "utf8");
  expect(other).not.toBe(right);
  writeFileSync(join(path, "good.chor"), good);
  await compile(path);
  expect(readFileSync(lead, "utf8")).toBe(right);
  writeFileSync(lead, other);
  await compile(path);
  expect(readFileSync(lead, "utf8")).toBe(right);
});

test("a cache that says anything else than what it should is no cache", async () => {
  const path = project();
  await compile(path);
  const remembered = readFileSync(cache(path), "utf8");
  const right = readFileSync(join(path, "gen/team/lead.ts"), "utf8");
  const contents = [
    "",
    "[",
    "null",
    "[[1, 2]]",
    `[["${join(path, "good.chor")}", null]]`,
    `[["${join(path, "good.chor")}", { "key": "x", "files": [[1]] }]]`,
    remembered.replace(/"key":"./, '"key":"x'),
    remembered.replaceAll(/[0-9a-f]{64}(?="\])/g, "0".repeat(64)),
  ];
  for (const content of contents) {
    writeFileSync(cache(path), content);
    const { code, out } = await compile(path);
    expect({ content, code }).toEqual({ content, code: 0 });
    expect(out).toContain("0 files written, 5 unchanged");
    expect(readFileSync(join(path, "gen/team/lead.ts"), "utf8")).toBe(right);
  }
});

test("the key depends on chorc, the options, and the names and texts of all sources, each for itself", () => {
  const sources = [
    { file: "a.chor", text: "x" },
    { file: "b.chor", text: "y" },
  ];
  const keys = [
    keyOf("1", { targets: ["typescript"] }, sources),
    keyOf("2", { targets: ["typescript"] }, sources),
    keyOf("1", { targets: [] }, sources),
    keyOf("1", { targets: ["typescript"] }, sources.slice(0, 1)),
    keyOf("1", { targets: ["typescript"] }, [{ file: "a.chor", text: "xb.chor" }]),
    keyOf("1", { targets: ["typescript"] }, [{ file: "a.chorx", text: "" }, ...sources.slice(1)]),
    keyOf("1", { targets: ["typescript"] }, [{ file: "a.chor", text: "z" }, ...sources.slice(1)]),
    keyOf("1", { targets: ["typescript"] }, sources.toReversed()),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(keyOf("1", { targets: ["typescript"] }, sources)).toBe(keys[0]);
});
