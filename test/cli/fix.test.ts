// `chorc check --fix` as a user runs it: what is shown, what is written, what never is.

import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { rewriteUnchanged } from "../../compiler/src/disk/rewrite.js";
import { reportSchema } from "../report/schema.js";
import { broken, chorc, folder, good, incoherent } from "./run.js";

const mended = incoherent.replace("Stop()\n", "Stop()\n    Coder -> Reviewer: Done()\n");

function text(path: string, name: string): string {
  return readFileSync(join(path, name), "utf8");
}

test("each mend is shown, made and reported; then nothing is wrong", async () => {
  const path = folder({ "talk.chor": incoherent });
  const { code, out, error } = await chorc(["check", "--fix", "talk.chor"], { folder: path });
  expect(error).toBe("");
  expect(out).toMatchInlineSnapshot(`
    "mend[CHOR0604] talk.chor:4:5
    Add \`Coder -> Reviewer: Done()\`.

    @@ -4,5 +4,6 @@
         Coder -> Reviewer: Look()
       } or {
         Lead -> Coder: Stop()
    +    Coder -> Reviewer: Done()
       }
     }

    no errors in 1 file
    1 mend made in 1 file
    wrote talk.chor
    Nothing is kept of how they were: your version control undoes it (\`git checkout -- FILE\`).
    "
  `);
  expect(code).toBe(0);
  expect(text(path, "talk.chor")).toBe(mended);
  expect((await chorc(["check", "--fix", "talk.chor"], { folder: path })).out).toBe("no errors in 1 file\nno mends\n");
});

test("`--dry-run` shows the same and writes nothing; what is wrong is still wrong", async () => {
  const path = folder({ "talk.chor": incoherent });
  const { code, out } = await chorc(["check", "--fix", "--dry-run", "talk.chor"], { folder: path });
  expect(out).toContain("+    Coder -> Reviewer: Done()");
  expect(out).toContain("1 mend could be made in 1 file");
  expect(out).not.toContain("wrote");
  expect(code).toBe(1);
  expect(text(path, "talk.chor")).toBe(incoherent);
});

test("one error after the other, in several files; what has no mend is left, and told", async () => {
  const typos = `artifact Brief { title: string }
choreography Team(Lead, Coder) {
  Lead -> Codr: Brief
  Coder -> Tester: Done()
}
`;
  const path = folder({ "talk.chor": incoherent, "typos.chor": typos, "broken.chor": broken, "good.chor": good });
  const { code, out } = await chorc(["check", "--fix", "."], { folder: path });
  expect(code).toBe(1);
  expect(text(path, "typos.chor")).toBe(typos.replace("Codr", "Coder").replace("Lead, Coder)", "Lead, Coder, Tester)"));
  expect(text(path, "talk.chor")).toBe(mended);
  expect(text(path, "broken.chor")).toBe(broken);
  expect(out).toMatch(/^error\[CHOR\d{4}\] broken\.chor:2:11$/m);
  expect(out).toContain("3 mends made in 2 files");
  expect(out).not.toContain("wrote good.chor");
});

test("JSON: the report of what is left, and the mends beside it", async () => {
  const path = folder({ "talk.chor": incoherent });
  const { code, out } = await chorc(["check", "--fix", "--format", "json", "talk.chor"], { folder: path });
  expect(code).toBe(0);
  const report = JSON.parse(out) as Record<string, unknown>;
  expect(new Ajv2020({ strict: true }).validate(reportSchema, { files: report["files"] })).toBe(true);
  expect(report).toMatchObject({
    files: [{ file: "talk.chor", ok: true, diagnostics: [] }],
    mends: [{ file: "talk.chor", code: "CHOR0604", title: "Add `Coder -> Reviewer: Done()`" }],
    cut: [],
    written: ["talk.chor"],
  });
});

test("what is left has the levels that the project wants", async () => {
  const config = JSON.stringify({ lints: { "unused-artifact": "error" } });
  const path = folder({ "talk.chor": `artifact Spare { a: int }\n${incoherent}`, "chor.config.json": config });
  const { code, out } = await chorc(["check", "--fix", "talk.chor"], { folder: path });
  expect(code).toBe(1);
  expect(out).toContain("error[CHOR0217]");
  expect(text(path, "talk.chor")).toContain("Coder -> Reviewer: Done()");
});

describe("is refused", () => {
  test.each([
    [["check", "--fix", "-"], "standard input cannot be mended"],
    [["check", "--dry-run", "a.chor"], "`--dry-run` is for `--fix`"],
    [["check", "--fix", "--watch", "a.chor"], "`--fix` goes with no other task"],
    [["check", "--fix", "--bounds", "a.chor"], "`--fix` goes with no other task"],
  ])("%j", async (words, message) => {
    const { code, error } = await chorc(words, { input: incoherent });
    expect(code).toBe(2);
    expect(error).toContain(message);
  });
});

test("a file that is imported has no more errors afterwards: what depends on it counts, too", async () => {
  const part = `choreography Part(A, B) {
  choice at A {
    B -> A: Yes()
  } or {
    B -> A: No()
  }
}
`;
  const whole = `import { Part } from "./part.chor"
choreography Whole(X, Y) {
  do Part(X, Y)
  X -> Y: Bye()
}
`;
  const path = folder({ "part.chor": part, "whole.chor": whole });
  const { code } = await chorc(["check", "--fix", "part.chor", "whole.chor"], { folder: path });
  expect(code).toBe(0);
  expect(text(path, "part.chor")).toBe(part.replace("choice at A", "choice at B"));
  expect(text(path, "whole.chor")).toBe(whole);
});

test("only named files are written, not those that they import", async () => {
  const part = "choreography Part(A, B) { choice at A { B -> A: Yes() } or { B -> A: No() } }\n";
  const whole = `import { Part } from "./part.chor"\nchoreography Whole(X, Y) { do Part(X, Y) }\n`;
  const path = folder({ "part.chor": part, "whole.chor": whole });
  expect((await chorc(["check", "--fix", "whole.chor"], { folder: path })).code).toBe(1);
  expect(text(path, "part.chor")).toBe(part);
});

test("a byte order mark, line ends and permissions stay; a link stays a link", async () => {
  const windows = `\ufeff${incoherent.replaceAll("\n", "\r\n")}`;
  const path = folder({ "talk.chor": windows });
  chmodSync(join(path, "talk.chor"), 0o640);
  symlinkSync(join(path, "talk.chor"), join(path, "link.chor"));
  expect((await chorc(["check", "--fix", "link.chor"], { folder: path })).code).toBe(0);
  expect(text(path, "talk.chor")).toBe(`\ufeff${mended.replaceAll("\n", "\r\n")}`);
  expect(statSync(join(path, "talk.chor")).mode & 0o777).toBe(0o640);
});

test("a file that has changed since it was read stays as it is", async () => {
  const file = join(folder({ "a.chor": "now" }), "a.chor");
  expect(await rewriteUnchanged(file, "before", "after")).toBe("It has changed since it was read.");
  expect(readFileSync(file, "utf8")).toBe("now");
  expect(await rewriteUnchanged(file, "now", "after")).toBeNull();
  expect(readFileSync(file, "utf8")).toBe("after");
  writeFileSync(file, Buffer.from([0xff]));
  expect(await rewriteUnchanged(file, "after", "later")).not.toBeNull();
});

test.skipIf(process.getuid?.() === 0)("a file that cannot be written: told, exit code 2", async () => {
  const path = folder({ "talk.chor": incoherent });
  chmodSync(join(path, "talk.chor"), 0o444);
  const { code, error } = await chorc(["check", "--fix", "talk.chor"], { folder: path });
  expect(code).toBe(2);
  expect(error).toContain("`talk.chor` is not mended.");
});

test("hostile names and contents reach the terminal spelt out", async () => {
  const name = "a\u001b]0;owned\u0007.chor";
  const path = folder({ [name]: incoherent.replace("Stop()", "Stop() // \u202e\u001b[2J") });
  const { out, error } = await chorc(["check", "--fix", name], { folder: path });
  expect(out + error).toMatch(/^[\n\x20-\x7e]+$/);
});
