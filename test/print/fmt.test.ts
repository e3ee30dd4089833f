// `chorc fmt` on files: what is written, what is left, what is said, and the exit code.

import { chmodSync, readFileSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fmt, type FmtOptions } from "../../compiler/src/cli/fmt.js";
import type { Shell } from "../../compiler/src/cli/shell.js";
import { folder } from "../cli/run.js";

const ragged = "choreography Team(Lead,Coder){Lead->Coder:Go()}";
const tidy = `choreography Team(Lead, Coder) {
  Lead -> Coder: Go()
}
`;
const wrong = "choreography Team(Lead, Coder) {\n  Lead -> : Go()\n}\n";

async function run(at: string, files: readonly string[], options: Partial<FmtOptions> = {}, input = "") {
  let out = "";
  let error = "";
  const shell: Shell = {
    out: { write: (text) => void (out += text), isTTY: false, columns: undefined },
    error: { write: (text) => void (error += text), isTTY: false, columns: undefined },
    environment: {},
    readInput: async () => Buffer.from(input),
    folder: at,
    now: () => new Date(0),
    interrupted: () => new Promise(() => {}),
  };
  const code = await fmt(files, { check: false, format: "pretty", color: "never", ...options }, shell);
  return { code, out, error };
}

const read = (at: string, name: string): string => readFileSync(join(at, name), "utf8");

test("files are formatted in place; those that are formatted already are not touched", async () => {
  const at = folder({ "a.chor": ragged, "b.chor": tidy });
  const before = statSync(join(at, "b.chor")).mtimeMs;
  expect(await run(at, ["a.chor", "b.chor"])).toEqual({
    code: 0,
    out: "formatted a.chor\n1 file formatted, 1 unchanged\n",
    error: "",
  });
  expect(read(at, "a.chor")).toBe(tidy);
  expect(statSync(join(at, "b.chor")).mtimeMs).toBe(before);
  expect(readdirSync(at).toSorted()).toEqual(["a.chor", "b.chor"]);
});

test("`--check` writes nothing and fails where something would change", async () => {
  const at = folder({ "a.chor": ragged, "b.chor": tidy });
  const { code, out } = await run(at, ["a.chor", "b.chor"], { check: true });
  expect([code, out]).toEqual([1, "not formatted a.chor\n1 file not formatted, 1 unchanged\n"]);
  expect(read(at, "a.chor")).toBe(ragged);
  expect((await run(at, ["b.chor"], { check: true })).code).toBe(0);
});

test("a file with syntax errors stays as it is; the others are formatted", async () => {
  const at = folder({ "a.chor": wrong, "b.chor": ragged });
  const { code, out } = await run(at, ["a.chor", "b.chor"]);
  expect(code).toBe(1);
  expect(out).toContain("a.chor:2:11");
  expect(out).toContain("1 file formatted, 0 unchanged, 1 left as they are");
  expect(read(at, "a.chor")).toBe(wrong);
  expect(read(at, "b.chor")).toBe(tidy);
});

test("a file that is missing is told, the others are formatted", async () => {
  const at = folder({ "b.chor": ragged });
  const { code, error } = await run(at, ["a.chor", "b.chor"]);
  expect(code).toBe(2);
  expect(error).toContain("CHOR0001");
  expect(read(at, "b.chor")).toBe(tidy);
});

test("standard input goes to standard output, and nothing else does", async () => {
  const at = folder({});
  expect(await run(at, ["-"], {}, ragged)).toEqual({ code: 0, out: tidy, error: "" });
  const refused = await run(at, ["-"], {}, wrong);
  expect([refused.code, refused.out]).toEqual([1, ""]);
  expect(refused.error).toContain("<stdin>:2:11");
  expect((await run(at, ["-"], { check: true }, ragged)).code).toBe(1);
});

test("mode and links survive", async () => {
  const at = folder({ "real.chor": ragged });
  chmodSync(join(at, "real.chor"), 0o640);
  symlinkSync("real.chor", join(at, "link.chor"));
  expect((await run(at, ["link.chor"])).code).toBe(0);
  expect(read(at, "real.chor")).toBe(tidy);
  expect(statSync(join(at, "real.chor")).mode & 0o777).toBe(0o640);
  expect(readdirSync(at).toSorted()).toEqual(["link.chor", "real.chor"]);
});

test("the layout is that of the project: .prettierrc, .editorconfig, .prettierignore", async () => {
  const at = folder({
    ".prettierrc": '{ "tabWidth": 4 }',
    "sub/.editorconfig": "root = true\n[*.chor]\nindent_style = tab\nend_of_line = crlf\n",
    ".prettierignore": "kept.chor\n",
    "a.chor": ragged,
    "sub/b.chor": ragged,
    "kept.chor": ragged,
  });
  const { code, out } = await run(at, ["a.chor", "sub/b.chor", "kept.chor"]);
  expect([code, out]).toEqual([
    0,
    "formatted a.chor\nformatted sub/b.chor\n2 files formatted, 0 unchanged, 1 ignored\n",
  ]);
  expect(read(at, "a.chor")).toContain("\n    Lead -> Coder");
  expect(read(at, "sub/b.chor")).toContain("\r\n\tLead -> Coder");
  expect(read(at, "kept.chor")).toBe(ragged);
});

test("a configuration that Prettier cannot read is told, and nothing is written", async () => {
  const at = folder({ ".prettierrc": "{ tabWidth", "a.chor": ragged });
  const { code, error } = await run(at, ["a.chor"]);
  expect(code).toBe(2);
  expect(error).toContain("The configuration of Prettier cannot be read");
  expect(read(at, "a.chor")).toBe(ragged);
});

test("the same for programs", async () => {
  const at = folder({ "a.chor": ragged, "b.chor": tidy, "c.chor": wrong });
  const { code, out } = await run(at, ["a.chor", "b.chor", "c.chor"], { format: "json", check: true });
  const told = JSON.parse(out) as { files: { file: string; ok: boolean }[]; format: unknown };
  expect(code).toBe(1);
  expect(told.files.map(({ file, ok }) => [file, ok])).toEqual([
    ["a.chor", true],
    ["b.chor", true],
    ["c.chor", false],
  ]);
  expect(told.format).toEqual({ changed: ["a.chor"], unchanged: ["b.chor"], ignored: [] });
});
