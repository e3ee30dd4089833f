// `chorc init`: a project that runs as its README says, and nothing of anybody else's touched.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { check } from "@chor/compiler";
import { beforeAll, expect, test } from "vitest";
import { packageName, starter } from "../../compiler/src/init/template.js";
import { chorc, folder } from "../cli/run.js";

const bin = fileURLToPath(new URL("../../compiler/bin/chorc.js", import.meta.url));

const paths = [
  "package.json",
  "chor.config.json",
  "tsconfig.json",
  "team.chor",
  "src/agents.ts",
  "src/main.ts",
  "test/team.test.ts",
  "README.md",
  ".gitignore",
  ".vscode/extensions.json",
];

const without = (path: string, ...words: readonly string[]) =>
  chorc(["init", ...words, "--no-install"], { folder: path });

beforeAll(() => {
  if (!existsSync(join(dirname(bin), "../dist/chorc.cjs"))) throw new Error("chorc is not built: run `npm run build`");
});

test("as a user would: init, then what the README says", () => {
  const path = folder({});
  // As a user's shell has it, not as npm sets it for what it runs; packages from npm's cache where they are there.
  const own = Object.entries(process.env).filter(([name]) => !/^(?:npm_|INIT_CWD$|VITEST|NODE_)/.test(name));
  const env = { ...Object.fromEntries(own), npm_config_prefer_offline: "true", NO_COLOR: "1" };
  const run = (at: string, command: string, ...words: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(command, words, { cwd: at, env, encoding: "utf8" });
    expect({ command: [command, ...words].join(" "), status, stdout, stderr }).toMatchObject({ status: 0 });
    return stdout;
  };
  const said = run(path, process.execPath, bin, "init", "My Team");
  expect(said).toContain("Go on with\n\n  cd 'My Team'\n  npm start\n  npm test\n");
  const project = join(path, "My Team");
  const readme = readFileSync(join(project, "README.md"), "utf8");
  expect(readme).toContain("# my-team\n");
  expect(readme).toContain("    npm ci && npm start ");
  run(project, "npm", "ci", "--no-audit", "--no-fund");
  expect(run(project, "npm", "start", "--silent")).toMatch(
    /Writer -> Critic: Draft .*\nCritic -> Writer: Revise .*\nWriter -> Critic: Draft .*\nCritic -> Writer: Accept\n$/,
  );
  expect(run(project, "npm", "test")).toMatch(/pass 3\n/);
  expect(run(project, "npx", "chorc", "compile", "--check")).toContain("`gen` is up to date");
});

test("all files, and what to do next, without installing", async () => {
  const path = folder({});
  const { code, out, error } = await without(path);
  expect({ code, error }).toEqual({ code: 0, error: "" });
  expect(out).toBe(
    `${paths.map((file) => `wrote ${file}\n`).join("")}\nGo on with\n\n  npm install\n  npm start\n  npm test\n`,
  );
  for (const file of paths) expect(existsSync(join(path, file))).toBe(true);
  const text = readFileSync(join(path, "team.chor"), "utf8");
  expect(check({ file: "team.chor", text }).diagnostics).toEqual([]);
});

test("files in the way: all of them are named, nothing is written; --force writes what is missing", async () => {
  const path = folder({ "package.json": "{}", "src/agents.ts": "mine", LICENSE: "mine" });
  const refused = await without(path);
  expect(refused).toMatchObject({ code: 2, out: "" });
  expect(refused.error).toBe(
    "chorc: `.` has files in the way: `package.json` and `src/agents.ts`\n" +
      "  mend: name another folder, or add `--force`: it writes what is missing and leaves these as they are\n",
  );
  expect(readdirSync(path).toSorted()).toEqual(["LICENSE", "package.json", "src"]);

  const forced = await without(path, "--force");
  expect(forced.code).toBe(0);
  expect(forced.out).toContain("kept  package.json\nkept  src/agents.ts\n");
  expect(readFileSync(join(path, "package.json"), "utf8")).toBe("{}");
  expect(readFileSync(join(path, "src/agents.ts"), "utf8")).toBe("mine");
  expect(existsSync(join(path, "team.chor"))).toBe(true);
});

test("what is no folder, and links, are not gone through, not even with --force", async () => {
  const path = folder({ "a/src": "a file", "elsewhere/x": "" });
  mkdirSync(join(path, "b"));
  symlinkSync("../elsewhere", join(path, "b/src"));
  writeFileSync(join(path, "c"), "");
  for (const name of ["a", "b", "c"]) {
    const { code, error } = await without(path, name, "--force");
    expect({ name, code }).toEqual({ name, code: 2 });
    expect(error).toMatch(/in the way: it is no folder|could not be written/);
  }
  expect(readdirSync(join(path, "elsewhere"))).toEqual(["x"]);
  expect(readdirSync(join(path, "a"))).toEqual(["src"]);
});

test("the package's name is one that npm takes", () => {
  expect(
    [
      "My Team",
      "Größe",
      "..",
      "@scope/x",
      "a'\"`$(b)",
      "typescript",
      "node_modules",
      "日本",
      "A".repeat(300),
      "_x_",
    ].map(packageName),
  ).toEqual([
    "my-team",
    "gro-e",
    "team",
    "scope-x",
    "a-b",
    "typescript-team",
    "node_modules-team",
    "team",
    "a".repeat(100),
    "x",
  ]);
  const [manifest] = starter('"}, "scripts": {"x": "');
  expect(JSON.parse(manifest?.text ?? "")).toMatchObject({ name: "scripts-x" });
});

test("versions are those that chor itself is built with", () => {
  const own = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const [manifest] = starter("x");
  const { devDependencies } = JSON.parse(manifest?.text ?? "") as typeof own;
  for (const name of ["typescript", "@types/node"]) expect(devDependencies[name]).toBe(own.devDependencies[name]);
});
