// `chorc verify`, from its words to what it prints.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { broken, chorc, folder, good, incoherent } from "./run.js";

const file = "a.chor";

test("what check accepts is proved, property by property", async () => {
  const { code, out, error } = await chorc(["verify", file], { folder: folder({ [file]: good }) });
  expect({ code, error }).toEqual({ code: 0, error: "" });
  expect(out).toMatchInlineSnapshot(`
    "Team
      no deadlock                                proved
      no message that nobody can take            proved
      no message left behind                     proved
      every role comes to its end and knows it   proved
      every run is a run of the choreography     proved
      an end can be reached from everywhere      proved
      nothing is unreachable                     proved
      5 situations, 4 steps, depth 4, 1 team, 0 % reduced
    "
  `);
});

test("what check refuses fails, and only in what is wrong with it", async () => {
  const { code, out } = await chorc(["verify", file], { folder: folder({ [file]: incoherent }) });
  expect(code).toBe(1);
  expect(out).toMatchInlineSnapshot(`
    "Talk
      no deadlock                                proved
      no message that nobody can take            proved
      no message left behind                     proved
      every role comes to its end and knows it   fails
      every run is a run of the choreography     proved
      an end can be reached from everywhere      proved
      nothing is unreachable                     proved
      7 situations, 6 steps, depth 4, 1 team, 14 % reduced

    fails: every role comes to its end and knows it after 0 steps, a shortest run
      \`Reviewer\` still waits for \`Look\` from \`Coder\`, and cannot know that it is over.
    "
  `);
});

test("for programs", async () => {
  const world = { folder: folder({ [file]: incoherent }) };
  const { code, out } = await chorc(["verify", file, "--format", "json"], world);
  expect(code).toBe(1);
  const { choreography, ok, properties } = JSON.parse(out);
  expect({ choreography, ok }).toEqual({ choreography: "Talk", ok: false });
  const failed = properties.filter(({ verdict }: { verdict: string }) => verdict === "fails");
  expect(failed.map(({ property }: { property: string }) => property)).toEqual(["unaware"]);
});

test("a limit that is reached is no proof, and fails where that is asked for", async () => {
  const world = { folder: folder({ [file]: good }) };
  const { code, out } = await chorc(["verify", file, "--states", "2"], world);
  expect({ code, isSaid: out.includes("not explored") }).toEqual({ code: 0, isSaid: true });
  expect((await chorc(["verify", file, "--states", "2", "--strict"], world)).code).toBe(1);
});

test("a model is written, and only over one of its own", async () => {
  const path = folder({ [file]: good, "notes.pml": "mine" });
  const { code, out } = await chorc(["verify", file, "--emit", "promela", "-o", "team.pml"], { folder: path });
  expect({ code, out }).toEqual({ code: 0, out: "wrote team.pml\n" });
  expect(readFileSync(join(path, "team.pml"), "utf8")).toMatch(/^\/\* Team, made by chorc verify \*\/\n[^]*proctype/);
  expect((await chorc(["verify", file, "--emit", "promela", "-o", "notes.pml"], { folder: path })).code).toBe(2);
  expect(readFileSync(join(path, "notes.pml"), "utf8")).toBe("mine");
});

test.each([
  [["--choreography", "Tame"], "there is no choreography `Tame`"],
  [["--lost", "Nobody"], "there is no role `Nobody`"],
  [["--members", "Coder=3"], "`Team` has no family `Coder`"],
  [["--members", "Coder"], "`--members` cannot be `Coder`"],
  [["--elements", "9"], "`--elements` cannot be `9`"],
  [["--states", "0"], "`--states` cannot be `0`"],
  [["--out", "x.pml"], "`--out` is for `--emit promela`"],
])("wrong use: %s", async (words, message) => {
  const { code, out, error } = await chorc(["verify", file, ...words], { folder: folder({ [file]: good }) });
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(error).toContain(`chorc: ${message}\n`);
  expect(error).toContain("\n  mend: ");
});

test("what leaves nothing to verify is refused", async () => {
  const { code, out } = await chorc(["verify", file], { folder: folder({ [file]: broken }) });
  expect(code).toBe(1);
  expect(out).toContain("error[CHOR01");
});
