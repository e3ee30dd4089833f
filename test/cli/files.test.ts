// Which files a command is about: names, folders, patterns, and what `chor.config.json` says.

import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { broken, chorc, folder, good } from "./run.js";

interface Told {
  readonly file: string;
  readonly ok: boolean;
  readonly diagnostics: readonly { readonly code: string }[];
}

/** The files that were checked, in their order, `!` behind those that are not ok, with the codes. */
async function checked(path: string, ...words: readonly string[]): Promise<readonly string[]> {
  const { out } = await chorc(["check", ...words, "--format", "json"], { folder: path });
  const { files } = JSON.parse(out) as { readonly files: readonly Told[] };
  return files.map(({ file, ok, diagnostics }) =>
    ok ? file : `${file}! ${diagnostics.map(({ code }) => code).join(" ")}`,
  );
}

const tree = {
  "a.chor": good,
  "b.chor": good,
  "notes.txt": "",
  "sub/c.chor": good,
  "sub/deep/d.chor": good,
  "node_modules/x/e.chor": broken,
  "sub/node_modules/f.chor": broken,
  ".hidden/g.chor": broken,
  "w[1]/h.chor": good,
  "empty/readme.md": "",
};

test("patterns are expanded, sorted, each file once; node_modules and dot folders are skipped", async () => {
  const path = folder(tree);
  expect(await checked(path, "*.chor")).toEqual(["a.chor", "b.chor"]);
  expect(await checked(path, "sub/**/*.chor", "*.chor")).toEqual(["sub/c.chor", "sub/deep/d.chor", "a.chor", "b.chor"]);
  expect(await checked(path, "{a,b}.chor", "b.chor")).toEqual(["a.chor", "b.chor"]);
  expect(await checked(path, "**/*.chor", "!sub/**")).toEqual(["a.chor", "b.chor", "w[1]/h.chor"]);
  expect(await checked(path, join(path, "sub/*.chor"))).toEqual([join(path, "sub/c.chor")]);
  expect(await checked(join(path, "sub"), "../*.chor")).toEqual(["../a.chor", "../b.chor"]);
});

test("a folder is all `.chor` files in it", async () => {
  const path = folder(tree);
  expect(await checked(path, "sub")).toEqual(["sub/c.chor", "sub/deep/d.chor"]);
  expect(await checked(path, ".")).toEqual(["a.chor", "b.chor", "sub/c.chor", "sub/deep/d.chor", "w[1]/h.chor"]);
  expect(await checked(path, "w[1]")).toEqual(["w[1]/h.chor"]);
});

test("a name that exists is no pattern", async () => {
  expect(await checked(folder(tree), "w[1]/h.chor")).toEqual(["w[1]/h.chor"]);
});

test("what holds nothing is told, the rest is checked, exit code 2", async () => {
  const path = folder(tree);
  expect(await checked(path, "a.chor", "nope/*.chor", "empty", "gone.chor")).toEqual([
    "nope/*.chor! CHOR0050",
    "empty! CHOR0051",
    "a.chor",
    "gone.chor! CHOR0001",
  ]);
  const { code, out, error } = await chorc(["check", "nope/*.chor", "empty", "a.chor"], { folder: path });
  expect(code).toBe(2);
  expect(out).toBe("no errors in 1 file; 2 files not checked\n");
  expect(error).toMatchInlineSnapshot(`
    "error[CHOR0050] nope/*.chor
    No file matches \`nope/*.chor\`.
      mend: Check the pattern: \`*\` stays in one folder, \`**/*.chor\` goes into all of them;
            \`node_modules\` and folders that begin with a dot are skipped.

    error[CHOR0051] empty
    There is no \`.chor\` file in the folder \`empty\`.
      mend: Name the folder that holds them; \`node_modules\` and folders that begin with a dot are
            skipped.

    "
  `);
});

test("links are followed, circles end", async () => {
  const path = folder({ "sub/a.chor": good });
  symlinkSync("../sub", join(path, "sub/loop"));
  expect(await checked(path, ".")).toEqual(["sub/a.chor"]);
});

test("without files the configuration says which, from any folder below it", async () => {
  const path = folder({ ...tree, "chor.config.json": `{ "files": ["sub", "*.chor", "!b.chor"] }` });
  expect(await checked(path)).toEqual(["sub/c.chor", "sub/deep/d.chor", "a.chor"]);
  mkdirSync(join(path, "src"));
  expect(await checked(join(path, "src"))).toEqual(["../sub/c.chor", "../sub/deep/d.chor", "../a.chor"]);
  expect(await checked(path, "b.chor")).toEqual(["b.chor"]);
});

test("a configuration without `files` means all in its folder; the nearest one counts", async () => {
  const path = folder({ ...tree, "chor.config.json": `{ "files": ["a.chor"] }`, "sub/chor.config.json": "{}" });
  expect(await checked(join(path, "sub"))).toEqual(["c.chor", "deep/d.chor"]);
  expect(await checked(join(path, "sub"), "--config", "../chor.config.json")).toEqual(["../a.chor"]);
  const { code, error } = await chorc(["check", "--no-config"], { folder: path });
  expect(code).toBe(2);
  expect(error).toContain("no files are given");
});

test("a configuration that is wrong is told with all its places, and nothing else is done", async () => {
  const path = folder({
    "a.chor": broken,
    "chor.config.json": `{\n  "fils": ["a.chor"],\n  "lints": { "unused-rol": "off" },\n  "format": "xml"\n}\n`,
  });
  const { code, out, error } = await chorc(["check", "a.chor"], { folder: path });
  expect({ code, error }).toEqual({ code: 2, error: "" });
  expect(out).toMatchInlineSnapshot(`
    "error[CHOR0053] chor.config.json:2:3
    The configuration has no key \`fils\`.

       2 |   "fils": ["a.chor"],
         |   ^^^^^^

      mend: Write \`files\`.

    error[CHOR0056] chor.config.json:3:14
    There is no warning \`unused-rol\`.

       3 |   "lints": { "unused-rol": "off" },
         |              ^^^^^^^^^^^^

      mend: Write \`unused-role\`.

    error[CHOR0055] chor.config.json:4:13
    \`xml\` is nothing that \`format\` can be.

       4 |   "format": "xml"
         |             ^^^^^

      mend: Write one of \`pretty\` and \`json\`.

    3 errors in 1 file
    "
  `);
  expect(await checked(path)).toEqual(["chor.config.json! CHOR0053 CHOR0056 CHOR0055"]);
  expect((await chorc(["check", "a.chor", "--no-config"], { folder: path })).code).toBe(1);
  expect((await chorc(["check", "--config", "gone.json"], { folder: path })).error).toContain("CHOR0001");
  expect((await chorc(["compile", "a.chor", "--out", "gen"], { folder: path })).code).toBe(2);
});

const unused = `${good}artifact Spare { a: int }\n`;

test("warnings have the levels that the configuration gives them; the command line has none", async () => {
  const config = (level: string): string => `{ "lints": { "unused-artifact": "${level}" } }`;
  const run = async (text: string) => {
    const path = folder({ "a.chor": unused, "chor.config.json": text });
    const { code, out } = await chorc(["check", "a.chor"], { folder: path });
    return { code, summary: out.trimEnd().split("\n").at(-1) };
  };
  expect(await run("{}")).toEqual({ code: 0, summary: "1 warning in 1 file" });
  expect(await run(config("warning"))).toEqual({ code: 0, summary: "1 warning in 1 file" });
  expect(await run(config("off"))).toEqual({ code: 0, summary: "no errors in 1 file" });
  expect(await run(config("error"))).toEqual({ code: 1, summary: "1 error in 1 file" });
  expect(await run(`{ "lints": { "CHOR0217": "error" } }`)).toEqual({ code: 1, summary: "1 error in 1 file" });
});

test("`format` and `out` of the configuration hold unless the command line says otherwise", async () => {
  const path = folder({ "p/a.chor": good, "chor.config.json": `{ "format": "json", "out": "gen" }` });
  const ran = await chorc(["compile"], { folder: join(path, "p") });
  expect(ran.code).toBe(0);
  expect(JSON.parse(ran.out)).toMatchObject({ output: { unchanged: [], removed: [] } });
  const again = await chorc(["compile", "--format", "pretty"], { folder: join(path, "p") });
  expect(again.out).toContain("0 files written, 5 unchanged");
  const other = await chorc(["compile", "--format", "pretty", "--out", "made"], { folder: join(path, "p") });
  expect(other.out).toContain("wrote   made/team/lead.ts");
});

test("hostile words and configurations end in a sentence", async () => {
  const configs = ["", "[", "{".repeat(100_000), `"${"a".repeat(100)}`, "null", "\u0000", `{"__proto__": {"a": 1}}`];
  for (const text of configs) {
    const path = folder({ "a.chor": good, "chor.config.json": text });
    const { code, out, error } = await chorc(["check"], { folder: path });
    expect({ text, code, error }).toEqual({ text, code: 2, error: "" });
    expect(out).toMatch(/^error\[CHOR005\d\] chor\.config\.json/);
  }
  for (const word of ["[", "*".repeat(50), "{a,", "(", "!", "!(x", "**/".repeat(30), "\u001b*", "a\u0000b"]) {
    const { code, out, error } = await chorc(["check", word], { folder: folder({}) });
    expect({ word, code }).toEqual({ word, code: 2 });
    expect(out + error).not.toContain("bug in chorc");
  }
});
