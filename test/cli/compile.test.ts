// `chorc compile`: what is written, what stays, and that nothing is written where anything is wrong.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { broken, chorc, folder, good } from "./run.js";

/** All files below a folder, with `/`. */
const below = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(path.length + 1)
        .replaceAll("\\", "/"),
    )
    .toSorted();

const all = ["good/artifacts.ts", "team/coder.ts", "team/index.ts", "team/lead.ts", "team/places.ts"];

test("a file for every role; the second time all is unchanged; what is no longer needed goes", async () => {
  const path = folder({ "good.chor": good });
  const out = join(path, "gen");
  const words = ["compile", join(path, "good.chor"), "--out", out];

  const first = await chorc(words);
  expect(first).toMatchObject({ code: 0, error: "" });
  expect(first.out.replaceAll(path, "")).toMatchInlineSnapshot(`
    "no errors in 1 file
    wrote   /gen/good/artifacts.ts
    wrote   /gen/team/coder.ts
    wrote   /gen/team/index.ts
    wrote   /gen/team/lead.ts
    wrote   /gen/team/places.ts
    5 files written, 0 unchanged, 0 removed
    "
  `);
  expect(below(out)).toEqual(all);

  const second = await chorc(words);
  expect(second).toMatchObject({ code: 0, error: "" });
  expect(second.out).toBe("no errors in 1 file\n0 files written, 5 unchanged, 0 removed\n");

  writeFileSync(join(path, "good.chor"), good.replaceAll("Coder", "Builder"));
  const third = await chorc(words);
  expect(third.code).toBe(0);
  expect(third.out.replaceAll(path, "")).toContain("removed /gen/team/coder.ts");
  expect(below(out)).toEqual(all.map((file) => file.replace("coder", "builder")).toSorted());
});

test("one file with an error: nothing of any file is written", async () => {
  const path = folder({ "good.chor": good, "broken.chor": broken });
  const out = join(path, "gen");
  const { code, out: shown } = await chorc(["compile", join(path, "good.chor"), join(path, "broken.chor"), "-o", out]);
  expect(code).toBe(1);
  expect(shown).toContain("broken.chor:2:11");
  expect(shown).not.toContain("written");
  expect(existsSync(out)).toBe(false);
});

test("one file that cannot be read: nothing is written, exit code 2", async () => {
  const path = folder({ "good.chor": good });
  const out = join(path, "gen");
  const { code, error } = await chorc(["compile", join(path, "good.chor"), join(path, "gone.chor"), "-o", out]);
  expect(code).toBe(2);
  expect(error).toContain("CHOR0001");
  expect(existsSync(out)).toBe(false);
});

test("two sources that would share a folder are refused", async () => {
  const path = folder({
    "a/plan.chor": good,
    "b/plan.chor": good.replace("Team", "Other"),
    "c.chor": good.replace("Team", "Plan"),
    "d.chor": good,
  });
  const out = join(path, "gen");
  const files = ["a/plan", "b/plan", "c", "d"].map((name) => join(path, `${name}.chor`));
  const { code, out: shown, error } = await chorc(["compile", ...files, "--out", out]);
  expect({ code, error }).toEqual({ code: 1, error: "" });
  expect(shown.replaceAll(path, "")).toMatchInlineSnapshot(`
    "error[CHOR0702] /b/plan.chor:1:1
    This file is written to the folder \`plan\`, which is already that of \`/a/plan.chor\`.

       1 | artifact Brief { title: string }
         | ^

      mend: Rename one of them, or compile them to different folders.

    error[CHOR0701] /c.chor:3:1
    \`Plan\` is written to the folder \`plan\`, which is already that of \`/a/plan.chor\`.

       3 | choreography Plan(Lead, Coder) {
         | ^^^^^^^^^^^^^^^^^

      mend: Give one of them another name, or compile them to different folders.

    error[CHOR0701] /d.chor:3:1
    \`Team\` is written to the folder \`team\`, which is already that of \`/a/plan.chor\`.

       3 | choreography Team(Lead, Coder) {
         | ^^^^^^^^^^^^^^^^^

      mend: Give one of them another name, or compile them to different folders.

    3 errors in 4 files
    "
  `);
  expect(existsSync(out)).toBe(false);
});

test("a file that chorc has not made stays, and nothing is written", async () => {
  const path = folder({ "good.chor": good, "gen/team/lead.ts": "export const mine = 1;\n" });
  const out = join(path, "gen");
  const { code, error, out: shown } = await chorc(["compile", join(path, "good.chor"), "--out", out]);
  expect(code).toBe(2);
  expect(error).toContain("lead.ts");
  expect(shown).not.toContain("written");
  expect(below(out)).toEqual(["team/lead.ts"]);
  expect(readFileSync(join(out, "team/lead.ts"), "utf8")).toBe("export const mine = 1;\n");
});

test("an output folder that is a file: one message, exit code 2", async () => {
  const path = folder({ "good.chor": good, gen: "" });
  const { code, error } = await chorc(["compile", join(path, "good.chor"), "--out", join(path, "gen")]);
  expect(code).toBe(2);
  expect(error).toMatch(/^chorc: .*\n$/);
});

test("JSON tells what was written", async () => {
  const path = folder({ "good.chor": good });
  mkdirSync(join(path, "gen"));
  const words = ["compile", join(path, "good.chor"), "--out", join(path, "gen"), "--format", "json"];
  expect(JSON.parse((await chorc(words)).out)).toEqual({
    files: [{ file: join(path, "good.chor"), ok: true, diagnostics: [] }],
    output: { written: all, unchanged: [], removed: [] },
  });
  expect(JSON.parse((await chorc(words)).out)).toMatchObject({ output: { written: [], unchanged: all, removed: [] } });
});

test("who only checks loads neither ts-morph nor Prettier", async () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["compiler/src/check.ts", "compiler/src/index.ts"],
    outdir: "out",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    external: ["ts-morph", "prettier"],
    alias: { "@chor/grammar": join(root, "grammar/src/index.ts") },
    write: false,
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.filter((file) => file.includes("compiler/src/emit/"))).toEqual([]);
  expect(inputs).toContain("compiler/src/coherence/coherent.ts");
});
