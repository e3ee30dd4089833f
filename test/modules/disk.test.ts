// Imports from a real disk: one name for a file however it is reached, and nothing from outside of the project.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fromDisk } from "../../compiler/src/modules/disk.js";
import type { Loaded } from "../../compiler/src/modules/gather.js";

const base = realpathSync(mkdtempSync(join(tmpdir(), "chor-modules-")));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const project = join(base, "project");
put("project/package.json", "{}");
put("project/team/main.chor", "");
put("project/shared/types.chor", "artifact A { a: int }");
put("project/shared/latin.chor", Buffer.from([0xe4]));
put("project/shared/large.chor", " ".repeat(1_048_577));
put("project/shared/folder.chor/x", "");
put("outside/secret.chor", "artifact Secret { a: int }");
put("std.chor", "artifact S { s: int }");
symlinkSync(join(base, "outside/secret.chor"), join(project, "shared/link-out.chor"));
symlinkSync(join(project, "shared/types.chor"), join(project, "shared/link-in.chor"));
symlinkSync(join(project, "shared/loop.chor"), join(project, "shared/loop.chor"));

const load = fromDisk({ cwd: project, standard: join(base, "std.chor"), known: [] });
const get = (file: string): Loaded => load({ kind: "file", file }, "team/main.chor");

describe("what is read", () => {
  test("a file of the project", () => {
    expect(get("shared/types.chor")).toEqual({
      kind: "source",
      source: { file: "shared/types.chor", text: "artifact A { a: int }" },
    });
  });
  test("a link to it is the same source", () => {
    const [direct, linked] = [get("shared/types.chor"), get("shared/link-in.chor")];
    expect(linked).toEqual(direct);
  });
  test("the standard library", () => {
    expect(load({ kind: "standard" }, "team/main.chor")).toMatchObject({ source: { file: "chor:std" } });
  });
  test("what an editor holds stands for the disk", () => {
    const known = [{ file: "shared/types.chor", text: "// edited" }];
    const edited = fromDisk({ cwd: project, standard: join(base, "std.chor"), known });
    expect(edited({ kind: "file", file: "shared/link-in.chor" }, "team/main.chor")).toEqual({
      kind: "source",
      source: known[0],
    });
  });
  test("without marks the project is the folder of the file", () => {
    put("plain/a.chor", "");
    put("plain/b.chor", "// b");
    const plain = fromDisk({ cwd: join(base, "plain"), standard: "", known: [] });
    expect(plain({ kind: "file", file: "b.chor" }, "a.chor")).toMatchObject({ source: { text: "// b" } });
    expect(plain({ kind: "file", file: "../std.chor" }, "a.chor")).toMatchObject({ kind: "problem" });
  });
});

describe("what is not", () => {
  const cases: readonly (readonly [file: string, what: string])[] = [
    ["shared/none.chor", "there is no such file"],
    ["../outside/secret.chor", "it is outside of the project"],
    ["shared/link-out.chor", "it is a link that leads out of the project"],
    ["shared/loop.chor", "there is no such file"],
    ["shared/latin.chor", "it is not UTF-8"],
    ["shared/large.chor", "it is larger than 1 MiB"],
    ["shared/folder.chor", "it is no file"],
  ];
  for (const [file, what] of cases) {
    test(`${file}: ${what}`, () => {
      expect(get(file)).toMatchObject({ kind: "problem", what });
    });
  }
});

function put(path: string, content: string | Buffer): void {
  const target = join(base, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}
