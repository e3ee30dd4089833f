// `chorc check` as a user runs it: exit codes, what goes where, files of every kind.

import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import type { JsonReport } from "../../compiler/src/report/render/json.js";
import { reportSchema } from "../report/schema.js";
import { broken, chorc, folder, good, incoherent } from "./run.js";

const validate = new Ajv2020({ strict: true, allErrors: true }).compile(reportSchema);

/** The report that was printed, after it has been held against the schema. */
function parsed(out: string): JsonReport {
  const report = JSON.parse(out) as JsonReport;
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  return report;
}

test("a good file: exit code 0, one line on standard output", async () => {
  const path = join(folder({ "good.chor": good }), "good.chor");
  expect(await chorc(["check", path])).toEqual({ code: 0, out: "no errors in 1 file\n", error: "" });
});

test("errors in several files: all of them at once, exit code 1", async () => {
  const path = folder({ "good.chor": good, "broken.chor": broken, "talk.chor": incoherent });
  const { code, out, error } = await chorc([
    "check",
    ...["broken", "good", "talk"].map((name) => join(path, `${name}.chor`)),
  ]);
  expect(code).toBe(1);
  expect(error).toBe("");
  expect(out).toMatch(/^error\[CHOR\d{4}\] .*broken\.chor:2:11$/m);
  expect(out).toMatch(/^error\[CHOR\d{4}\] .*talk\.chor:\d+:\d+$/m);
  expect(out).toMatch(/\n\d errors in 3 files\n$/);
});

test("an error in one choreography does not silence another of the same file", async () => {
  const path = folder({ "both.chor": `${broken}\n${incoherent}` });
  const report = parsed((await chorc(["check", join(path, "both.chor"), "--format", "json"])).out);
  const lines = report.files[0]?.diagnostics.map(({ span }) => span.start.line) ?? [];
  expect(lines.some((line) => line <= 3)).toBe(true);
  expect(lines.some((line) => line > 4)).toBe(true);
});

test("JSON is all there is on standard output", async () => {
  const path = folder({ "good.chor": good, "talk.chor": incoherent });
  const { code, out, error } = await chorc([
    "check",
    join(path, "good.chor"),
    join(path, "talk.chor"),
    "--format=json",
  ]);
  expect(code).toBe(1);
  expect(error).toBe("");
  const { files } = parsed(out);
  expect(files.map(({ ok }) => ok)).toEqual([true, false]);
  expect(files[0]).toEqual({ file: join(path, "good.chor"), ok: true, diagnostics: [] });
  expect(files[1]?.diagnostics.some(({ runs }) => runs !== undefined)).toBe(true);
});

test("what cannot be read is told, the rest is checked, exit code 2", async () => {
  const path = folder({
    "good.chor": good,
    "latin.chor": Buffer.from("// \ufffd Gr\u00fc\u00dfe", "latin1"),
    "utf16.chor": Buffer.from(`\ufeff${good}`, "utf16le"),
    "large.chor": " ".repeat(1024 * 1024 + 1),
    "limit.chor": good.padEnd(1024 * 1024, " "),
    "talk.chor": incoherent,
  });
  mkdirSync(join(path, "sub"));
  const names = [
    "gone.chor",
    "sub",
    "latin.chor",
    "utf16.chor",
    "large.chor",
    "limit.chor",
    "talk.chor",
    "good.chor/x",
  ];
  const files = names.map((name) => join(path, name));
  const pretty = await chorc(["check", ...files], { columns: 120 });
  expect(pretty.code).toBe(2);
  expect(pretty.error.replaceAll(path, "")).toMatchInlineSnapshot(`
    "error[CHOR0051] /sub
    There is no \`.chor\` file in the folder \`/sub\`.
      mend: Name the folder that holds them; \`node_modules\` and folders that begin with a dot are
            skipped.

    error[CHOR0001] /gone.chor
    There is no file \`/gone.chor\`.
      mend: Check the path; it is relative to the current folder.

    error[CHOR0004] /latin.chor
    \`/latin.chor\` is not UTF-8: byte 3 does not belong to any character.
      mend: Save it as UTF-8.

    error[CHOR0004] /utf16.chor
    \`/utf16.chor\` is not UTF-8: byte 0 does not belong to any character.
      mend: Save it as UTF-8.

    error[CHOR0005] /large.chor
    \`/large.chor\` is larger than 1 MiB.
      mend: Split it: a file may hold a few choreographies.

    error[CHOR0001] /good.chor/x
    There is no file \`/good.chor/x\`.
      mend: Check the path; it is relative to the current folder.

    "
  `);
  expect(pretty.out).toContain("talk.chor:");
  expect(pretty.out).toMatch(/ in 2 files; 6 files not checked\n$/);

  const json = await chorc(["check", "--format", "json", ...files]);
  expect(json.code).toBe(2);
  expect(json.error).toBe("");
  expect(parsed(json.out).files.map(({ ok, diagnostics }) => [ok, diagnostics[0]?.code.slice(0, 6)])).toEqual([
    ...Array.from({ length: 5 }, () => [false, "CHOR00"]),
    [true, undefined],
    [false, "CHOR06"],
    [false, "CHOR00"],
  ]);
});

test.skipIf(process.getuid?.() === 0)("a file without permission", async () => {
  const file = join(folder({ "secret.chor": good }), "secret.chor");
  chmodSync(file, 0);
  const { code, error } = await chorc(["check", file]);
  expect(code).toBe(2);
  expect(error).toContain("permission denied");
});

test("a byte order mark is skipped", async () => {
  const path = folder({ "bom.chor": `\ufeff${good}` });
  expect((await chorc(["check", join(path, "bom.chor")])).code).toBe(0);
});

test("the same file twice is checked once", async () => {
  const path = folder({ "a.chor": good });
  symlinkSync(join(path, "a.chor"), join(path, "link.chor"));
  const { out } = await chorc([
    "check",
    join(path, "a.chor"),
    `${path}/./a.chor`,
    join(path, "link.chor"),
    "--format",
    "json",
  ]);
  expect(parsed(out).files.map(({ file }) => file)).toEqual([join(path, "a.chor")]);
});

test("`-` is standard input, once", async () => {
  expect(await chorc(["check", "-", "-"], { input: good })).toMatchObject({ code: 0, out: "no errors in 1 file\n" });
  const { code, out } = await chorc(["check", "-"], { input: broken });
  expect(code).toBe(1);
  expect(out).toContain("<stdin>:2:11");
  expect((await chorc(["check", "-"], { input: Buffer.from([0xff]) })).code).toBe(2);
  expect((await chorc(["check", "-"], { input: "x".repeat(2_000_000) })).error).toContain("larger than 1 MiB");
});

test("colours: the option, then FORCE_COLOR, NO_COLOR, and whether it is a terminal", async () => {
  const file = join(folder({ "broken.chor": broken }), "broken.chor");
  const colored = async (words: readonly string[], environment: Record<string, string>, isTTY: boolean) =>
    (await chorc(["check", file, ...words], { environment, isTTY })).out.includes("\u001b[");
  expect(await colored([], {}, false)).toBe(false);
  expect(await colored([], {}, true)).toBe(true);
  expect(await colored([], { NO_COLOR: "1" }, true)).toBe(false);
  expect(await colored([], { NO_COLOR: "" }, true)).toBe(true);
  expect(await colored([], { TERM: "dumb" }, true)).toBe(false);
  expect(await colored([], { FORCE_COLOR: "1", NO_COLOR: "1" }, false)).toBe(true);
  expect(await colored([], { FORCE_COLOR: "0" }, true)).toBe(false);
  expect(await colored(["--color", "never"], { FORCE_COLOR: "1" }, true)).toBe(false);
  expect(await colored(["--color=always"], { NO_COLOR: "1" }, false)).toBe(true);
  expect(await colored(["--color=always", "--format=json"], {}, true)).toBe(false);
});

test("hostile names and contents reach the terminal spelt out", async () => {
  const name = "a\u001b]0;owned\u0007\u202e\n.chor";
  const path = folder({ [name]: `choreography \u001b[2J\u202e\u0000(A, __proto__) {\r\n "\u009b" }` });
  for (const words of [
    ["check", join(path, name)],
    ["check", join(path, `gone${name}`)],
    ["check", `--${name}`],
    [name],
  ]) {
    const { code, out, error } = await chorc(words);
    expect(code).toBeGreaterThan(0);
    expect(out + error).toMatch(/^[\n\x20-\x7e]+$/);
  }
});

test("nothing that a file may hold makes chorc throw", async () => {
  const deep = 100_000;
  const contents = [
    "",
    "\u0000",
    "{".repeat(deep),
    `choreography A(B, C) ${"{ choice at B ".repeat(deep / 10)}`,
    `artifact A { a: ${"(".repeat(deep)} }`,
    `artifact A { a: ${"string | ".repeat(deep / 10)} string }`,
    `artifact A { a: string${"[]".repeat(deep)} }`,
    `choreography A(B, C) { ${"B -> C: L()\n".repeat(5_000)} }`,
    `choreography A(${Array.from({ length: 500 }, (_, i) => `R${i}`).join(", ")}) { R0 -> *: L() }`,
    "artifact __proto__ { constructor: string  __proto__: string } choreography toString(valueOf, hasOwnProperty) { }",
    "\ud800",
    "/*".repeat(deep),
    '"'.repeat(deep),
    "artifact A { a: string matches /(a+)+$/ }",
  ];
  const path = folder(Object.fromEntries(contents.map((content, i) => [`${i}.chor`, content])));
  const { code, error } = await chorc(["check", ...contents.map((_, i) => join(path, `${i}.chor`))]);
  expect(error).toBe("");
  expect(code).toBe(1);
});
