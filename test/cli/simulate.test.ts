// `chorc simulate`, from its words to what it prints.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { broken, chorc, folder, good, incoherent } from "./run.js";

const file = "a.chor";

function inFolder(text: string): string {
  return folder({ [file]: text });
}

test("one run as a table", async () => {
  const { code, out, error } = await chorc(["simulate", file, "--seed", "1"], { folder: inFolder(good) });
  expect({ code, error }).toEqual({ code: 0, error: "" });
  expect(out).toMatchInlineSnapshot(`
    "Team, seed 1, slow readers, judges give up rarely

    step  who    what                   line
       1  Lead   sends Brief to Coder      4
       2  Coder  takes Brief from Lead     4
       3  Coder  sends Done to Lead        5
       4  Lead   takes Done from Coder     5

    Over after 4 steps: everybody is at the end, and nothing is left unread.
    "
  `);
});

test("without a seed one is told, and gives the same run", async () => {
  const world = { folder: inFolder(good) };
  const { out } = await chorc(["simulate", file], world);
  const seed = /seed (\d+)/.exec(out)?.[1] ?? "";
  expect((await chorc(["simulate", file, "--seed", seed], world)).out).toBe(out);
});

test("as a sequence diagram, and as a picture", async () => {
  const world = { folder: inFolder(good) };
  const sequence = await chorc(["simulate", file, "--seed", "1", "--as", "sequence"], world);
  expect(sequence.out).toContain("r0->>r1: Brief");
  const svg = await chorc(["simulate", file, "--seed", "1", "--as", "svg"], world);
  expect(svg.out).toMatch(/^<svg [^]*Brief[^]*<\/svg>\n$/);
});

test("for programs", async () => {
  const { code, out } = await chorc(["simulate", file, "--seed", "1", "--format", "json"], { folder: inFolder(good) });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    choreography: "Team",
    seed: 1,
    steps: [
      { role: "Lead", kind: "send", line: "Lead -> Coder: Brief", at: { line: 4, column: 3 } },
      { role: "Coder", kind: "receive" },
      { role: "Coder", kind: "send", does: "sends Done to Lead" },
      { role: "Lead", kind: "receive" },
    ],
    end: { kind: "over" },
  });
});

test("many runs in a summary, and what is refused fails", async () => {
  const world = { folder: inFolder(incoherent) };
  const { code, out } = await chorc(["simulate", file, "--runs", "50", "--seed", "1"], world);
  expect(code).toBe(1);
  expect(out).toMatchInlineSnapshot(`
    "Talk, 50 runs, seeds 1 to 50

      endings      60.0 % over
                   40.0 % stuck, the first with \`--seed 1\`
      messages    1 to 2, half of the runs at most 2
      sent
         62.5 %      50  Lead
         37.5 %      30  Coder
      goOrStop, line 2
         60.0 %      30  Lead -> Coder: Go
         40.0 %      20  Lead -> Coder: Stop
    "
  `);
  const json = await chorc(["simulate", file, "--runs", "50", "--seed", "1", "--format", "json"], world);
  expect(JSON.parse(json.out)).toMatchObject({ seed: 1, summary: { runs: 50, messages: { min: 1, max: 2 } } });
});

test("a counterexample by its code, and by its report", async () => {
  const path = inFolder(incoherent);
  const byCode = await chorc(["simulate", file, "--replay", "CHOR0604"], { folder: path });
  expect(byCode.code).toBe(1);
  expect(byCode.out).toMatchInlineSnapshot(`
    "Talk, the runs of CHOR0604
    \`Reviewer\` cannot know whether it is done: in one run it still waits for \`Look\` from \`Coder\`, in
    another, which looks the same to it, nothing more comes.

      \`Reviewer\` has seen nothing yet in either run, so it cannot know which one it is in:

      first run                                       | second run
        3   Lead -> Coder: Go                         |   6   Lead -> Coder: Stop
          => \`Reviewer\` must wait for \`Look\` from     |     => the choreography is over for \`Reviewer\`
             \`Coder\`                                  |

    When the team takes the second run:

    After 2 steps it should be over, and somebody still waits.
      - \`Reviewer\` still waits for \`Look\` from \`Coder\`, and cannot know that it is over.
    "
  `);
  writeFileSync(join(path, "report.json"), (await chorc(["check", file, "--format", "json"], { folder: path })).out);
  const byReport = await chorc(["simulate", file, "--replay", "report.json"], { folder: path });
  expect(byReport.out).toBe(byCode.out);
});

test("a script", async () => {
  const { code, out } = await chorc(["simulate", "a.chor", "--script", "-"], {
    folder: inFolder(good),
    input: "Lead -> Coder: Brief\n",
  });
  expect(code).toBe(0);
  expect(out).toContain("Next could come:\n  - Coder -> Lead: Done\n");
});

test.each([
  [["--script", "-"], "line 1 of the script cannot happen there: `Lead -> Coder: Nothing`"],
  [["--replay", "CHOR0604"], "`Team` has no counterexample with the code `CHOR0604`"],
  [["--replay", "nowhere.json"], "`nowhere.json` is no code, and cannot be read"],
  [["--replay", "a.chor"], "the counterexample is no report of `chorc check --format json`"],
  [["--choreography", "Tame"], "there is no choreography `Tame`"],
  [["--lost", "Nobody"], "there is no role `Nobody`"],
  [["--members", "Coder=3"], "`Team` has no family `Coder`"],
  [["--members", "Coder"], "`--members` cannot be `Coder`"],
  [["--seed", "x"], "`--seed` cannot be `x`"],
  [["--runs", "0"], "`--runs` cannot be `0`"],
  [["--runs", "2", "--script", "-"], "`--runs` and `--script` do not go together"],
  [["--runs", "2", "--as", "svg"], "`--as svg` shows one run"],
  [["--as", "dance"], "`--as` cannot be `dance`"],
])("wrong use: %s", async (words, message) => {
  const world = { folder: inFolder(good), input: "Lead -> Coder: Nothing\n" };
  const { code, out, error } = await chorc(["simulate", file, ...words], world);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(error).toContain(`chorc: ${message}\n`);
  expect(error).toContain("\n  mend: ");
});

test("what cannot be run is refused", async () => {
  const { code, out } = await chorc(["simulate", file], { folder: inFolder(broken) });
  expect(code).toBe(1);
  expect(out).toContain("error[CHOR01");
  expect((await chorc(["simulate", "nothing.chor"], { folder: inFolder(good) })).code).toBe(2);
});

test("families have as many members as is said", async () => {
  const family = "choreography Ask(A, F[1..5]) { A -> F[*]: Ask() }";
  const world = { folder: inFolder(family) };
  for (const [words, count] of [
    [[], 3],
    [["--members", "F=5"], 5],
    [["--members", "F=1"], 1],
  ] as const) {
    const { out } = await chorc(["simulate", file, "--seed", "1", "--as", "sequence", ...words], world);
    expect(out.match(/->>/g)).toHaveLength(count);
  }
  const { code, error } = await chorc(["simulate", file, "--members", "F=6"], world);
  expect(code).toBe(2);
  expect(error).toContain("`F` cannot have 6 members");
});
