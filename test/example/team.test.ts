// The example as a newcomer sees it: the generated code that is committed is that of the protocol, the team builds a
// module that works, the rogue is refused, and the wrong twin is refused with two runs and a mend.

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chorc } from "../cli/run.js";

const home = fileURLToPath(new URL("../../examples/feature-team/", import.meta.url));
const out = mkdtempSync(join(tmpdir(), "chor-team-"));
afterAll(() => rmSync(out, { recursive: true, force: true }));

describe("the protocol", () => {
  test("is what the committed code was generated from", async () => {
    cpSync(join(home, "gen"), join(out, "gen"), { recursive: true });
    const ran = await chorc(["compile", join(home, "feature-team.chor"), "--out", join(out, "gen")]);
    expect(ran.out).toContain("0 files written, 7 unchanged, 0 removed");
  });

  test("without one line is refused with two runs and a mend that makes it right", async () => {
    const { code, out: told } = await chorc(["check", join(home, "feature-team.wrong.chor")]);
    expect(code).toBe(1);
    expect(told).toContain("`Coder` cannot know whether it is done");
    expect(told).toContain("first run");
    expect(told).toContain("`Reviewer -> Coder: Done()` after");
    const mended = readFileSync(join(home, "feature-team.wrong.chor"), "utf8").replace(
      "      break attempt",
      "      Reviewer -> Coder: Done()\n$&",
    );
    expect((await chorc(["check", "-"], { input: mended })).code).toBe(0);
  });
});

describe("the run", () => {
  let ran: { readonly status: number | null; readonly stdout: string; readonly stderr: string };
  beforeAll(() => {
    const main = join(home, "dist/src/main.js");
    ran = spawnSync(process.execPath, ["--no-warnings", main, "--out", out, "--pause", "0"], { encoding: "utf8" });
  });

  test("shows who sent what to whom, and the compiler's words", () => {
    expect(ran.stderr).toBe("");
    expect(ran.status).toBe(0);
    const lines = ran.stdout.split("\n");
    const messages = lines
      .slice(
        0,
        lines.findIndex((line) => line.startsWith("A rogue")),
      )
      .flatMap((line) => /^ {2}(\w+) +-> (\w+) +(\w+)/.exec(line)?.slice(1).join(" ") ?? []);
    expect(messages).toEqual([
      "Lead Architect Brief",
      "Architect Coder Design",
      "Architect Reviewer Design",
      "Coder Reviewer Module",
      "Reviewer Coder Revise",
      "Coder Reviewer Module",
      "Reviewer Coder Approve",
      "Reviewer Lead Deliver",
    ]);
    expect(ran.stdout).toContain("by the compiler, line 5: TS2538");
  });

  test("refuses the rogue, and says what would have been right", () => {
    expect(ran.stdout).toMatch(/refused {2}CHOR0802: `Lead` hears nothing from "Coder"/);
    expect(ran.stdout).toContain("Expected: `Deliver(Module)` from `Reviewer`");
  });

  test("leaves a module that does what the design says", async () => {
    const source = readFileSync(join(out, "feature-1", "durations.ts"), "utf8");
    const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.ES2022 } });
    const built = (await import(`data:text/javascript,${encodeURIComponent(outputText)}`)) as {
      parse(text: string): number | null;
      print(milliseconds: number): string;
    };
    expect(built.parse("1h 30m")).toBe(5_400_000);
    expect(built.parse("soon")).toBeNull();
    expect(built.print(5_400_000)).toBe("1h 30m");
  });

  test("tells wrong use in a line, with exit code 2", () => {
    const { status, stderr } = spawnSync(process.execPath, [join(home, "dist/src/main.js"), "--pause", "soon"], {
      encoding: "utf8",
    });
    expect(status).toBe(2);
    expect(stderr).toContain("--pause takes milliseconds, not 'soon'");
  });
});
