// `chorc` as a process: the built bundle behind `bin/chorc.js`. Needs `npm run build`.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import module from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { beforeAll, expect, test } from "vitest";
import { broken, folder, good } from "./run.js";

const bin = fileURLToPath(new URL("../../compiler/bin/chorc.js", import.meta.url));

const bundle = join(bin, "../../dist/chorc.cjs");

beforeAll(() => {
  if (!existsSync(bundle)) throw new Error("chorc is not built: run `npm run build` first");
});

function run(words: readonly string[], input = "", environment: Record<string, string> = {}) {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words], {
    input,
    encoding: "utf8",
    env: { ...rest, ...environment },
  });
  return { code: status, out: stdout, error: stderr };
}

test("exit codes and streams", () => {
  const path = folder({ "good.chor": good, "broken.chor": broken });
  expect(run(["check", join(path, "good.chor")])).toEqual({ code: 0, out: "no errors in 1 file\n", error: "" });
  const bad = run(["check", join(path, "broken.chor")]);
  expect(bad.code).toBe(1);
  expect(bad.error).toBe("");
  expect(bad.out).toContain("broken.chor:2:11");
  const gone = run(["check", join(path, "gone.chor")]);
  expect(gone).toMatchObject({ code: 2, out: "" });
  expect(gone.error).toContain("There is no file");
  expect(run(["chekc"])).toMatchObject({ code: 2, out: "" });
});

test("the code caches beside the bundles are taken, and missed by nobody", () => {
  for (const file of [bundle, bundle.replace("chorc.cjs", "chorc-more.cjs")]) {
    const cachedData = readFileSync(`${file}.cache`);
    const script = new Script(module.wrap(readFileSync(file, "utf8")), { filename: file, cachedData });
    expect(script.cachedDataRejected).toBe(false);
  }
  const withOtherFlags = spawnSync(process.execPath, ["--stack-size=900", bin, "check", "-"], { input: good });
  expect({ code: withOtherFlags.status, out: withOtherFlags.stdout.toString() }).toEqual({
    code: 0,
    out: "no errors in 1 file\n",
  });
});

test("standard input", () => {
  expect(run(["check", "-"], good)).toEqual({ code: 0, out: "no errors in 1 file\n", error: "" });
  expect(run(["check", "-", "--format", "json"], broken).out).toContain('"file": "<stdin>"');
});

test("colours are asked of the environment", () => {
  expect(run(["check", "-"], broken, { FORCE_COLOR: "1" }).out).toContain("\u001b[31m");
  expect(run(["check", "-"], broken).out).not.toContain("\u001b");
});

test("a reader that goes away is no failure, and a long report comes whole", async () => {
  const many = `choreography A(B, C) {\n${"  B -> : X\n".repeat(500)}}\n`;
  const names = ["1.chor", "2.chor", "3.chor", "4.chor", "5.chor"];
  const path = folder(Object.fromEntries(names.map((name) => [name, many])));
  const words = ["check", ...names.map((name) => join(path, name)), "--format", "json"];
  const whole = run(words);
  expect(whole.code).toBe(1);
  expect(whole.out.length).toBeGreaterThan(65_536);
  expect(() => JSON.parse(whole.out) as unknown).not.toThrow();

  const child = spawn(process.execPath, [bin, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.once("data", () => child.stdout.destroy());
  let error = "";
  child.stderr.on("data", (chunk: Buffer) => (error += chunk.toString()));
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect({ code, error }).toEqual({ code: 1, error: "" });
});

test("a plain check needs nothing of what the other commands are made of", () => {
  const text = readFileSync(bundle, "utf8");
  for (const stranger of ["commander", "chokidar", "vscode-languageserver", "dagre", "ts-morph"]) {
    expect([stranger, text.includes(`node_modules/${stranger}/`), text.includes(`require("${stranger}")`)]).toEqual([
      stranger,
      false,
      false,
    ]);
  }
});

test("every command of the built program finds what it needs", () => {
  const path = folder({ "good.chor": good });
  expect(run(["explain", "CHOR0604"]).out).toMatch(/^CHOR0604: /);
  expect(run(["init", join(path, "new"), "--no-install"])).toMatchObject({ code: 0, error: "" });
  expect(run(["check", join(path, "*.chor")])).toEqual({ code: 0, out: "no errors in 1 file\n", error: "" });
  expect(run(["compile", join(path, "good.chor"), "--out", join(path, "gen")])).toMatchObject({ code: 0, error: "" });
  expect(run(["compile", join(path, "good.chor"), "--out", join(path, "gen"), "--check"])).toMatchObject({ code: 0 });
  expect(run(["fmt", "-"], good)).toEqual({ code: 0, out: good, error: "" });
  expect(run(["diagram", "-"], good)).toMatchObject({ code: 0, error: "" });
});

test("Ctrl-C ends a watch with 0", async () => {
  const path = folder({ "good.chor": good });
  const child = spawn(process.execPath, [bin, "check", join(path, "good.chor"), "--watch"], { stdio: "pipe" });
  let error = "";
  child.stderr.on("data", (chunk: Buffer) => {
    error += chunk.toString();
    if (error.includes("Ctrl-C ends")) child.kill("SIGINT");
  });
  expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
});
