// What a user sees of diagnostics, as it stands on the screen.

import type { Diagnostic } from "@chor/grammar";
import { expect, test } from "vitest";
import { renderPretty, summary } from "../../compiler/src/report/render/pretty.js";
import { columns } from "../../compiler/src/report/render/text.js";
import { at, error, incoherent, team, unused } from "./examples.js";

const render = (text: string, diagnostics: readonly Diagnostic[], width = 100, name = "team.chor"): string =>
  renderPretty([{ file: name, source: { file: name, text }, diagnostics }], { width, color: false });

const step = (text: string, seen: boolean) => ({ text, seen, span: at(team, "Lead") });

const file = (diagnostics: readonly Diagnostic[]) => ({
  file: "a.chor",
  source: { file: "a.chor", text: team },
  diagnostics,
});

test("everything that a diagnostic can have", () => {
  expect(render(team, [incoherent])).toMatchInlineSnapshot(`
    "error[CHOR0604] team.chor:6:3
    \`Coder\` cannot know whether it is over: after \`Brief\` it may have to receive \`Revise\`, or nothing at
    all.

       6 |   choice verdict at Reviewer {
         |   ^^^^^^^^^^^^^^^^^^^^^^^^^^
      note: nobody tells \`Coder\` in this branch (7:5)
       7 |     Reviewer -> Lead: Deliver()
         |     ---------------------------
      note: in this one it is told (9:5)
       9 |>     Reviewer -> Coder: Revise(Review)
      10 |>     Coder -> Lead: Given()

      \`Coder\` sees the same in both runs (* marks what it sees) and cannot know which one it is in:

      first run                                       | second run
        5 * Lead -> Coder: Brief                      |   5 * Lead -> Coder: Brief
        7   Reviewer -> Lead: Deliver                 |
          => \`Coder\` must stop                        |     => \`Coder\` must receive \`Revise\` from
                                                      |        \`Reviewer\`

      mend: let \`Reviewer\` send something to \`Coder\` in this branch, too

    "
  `);
});

test("in a narrow terminal the runs stand one below the other", () => {
  expect(render(team, [incoherent], 50)).toMatchInlineSnapshot(`
    "error[CHOR0604] team.chor:6:3
    \`Coder\` cannot know whether it is over: after
    \`Brief\` it may have to receive \`Revise\`, or
    nothing at all.

       6 |   choice verdict at Reviewer {
         |   ^^^^^^^^^^^^^^^^^^^^^^^^^^
      note: nobody tells \`Coder\` in this branch (7:5)
       7 |     Reviewer -> Lead: Deliver()
         |     ---------------------------
      note: in this one it is told (9:5)
       9 |>     Reviewer -> Coder: Revise(Review)
      10 |>     Coder -> Lead: Given()

      \`Coder\` sees the same in both runs (* marks what
      it sees) and cannot know which one it is in:

      first run
        5 * Lead -> Coder: Brief
        7   Reviewer -> Lead: Deliver
          => \`Coder\` must stop

      second run
        5 * Lead -> Coder: Brief
          => \`Coder\` must receive \`Revise\` from
             \`Reviewer\`

      mend: let \`Reviewer\` send something to \`Coder\`
            in this branch, too

    "
  `);
});

test("a warning without anything else", () => {
  expect(render(team, [unused])).toMatchInlineSnapshot(`
    "warning[CHOR0217] team.chor:2:10
    The artifact \`Review\` is never used.

       2 | artifact Review { points: string[] }
         |          ^^^^^^

    "
  `);
});

test("a long span shows its first and last lines", () => {
  const span = { start: at(team, "choreography").start, end: team.length - 1 };
  expect(render(team, [error(span)])).toMatchInlineSnapshot(`
    "error[CHOR0101] team.chor:4:1
    Something is wrong.

       4 |> choreography Team(Lead, Coder, Reviewer) {
       5 |>   Lead -> Coder: Brief
       6 |>   choice verdict at Reviewer {
         ...
      11 |>   }
      12 |> }

    "
  `);
});

test("the end of the text has a place, too", () => {
  expect(render("role", [error({ start: 4, end: 4 })])).toMatchInlineSnapshot(`
    "error[CHOR0101] team.chor:1:5
    Something is wrong.

       1 | role
         |     ^

    "
  `);
  expect(render("", [error({ start: 0, end: 0 })])).toMatchInlineSnapshot(`
    "error[CHOR0101] team.chor:1:1
    Something is wrong.

       1 |
         | ^

    "
  `);
});

test("carets stand under tabs, wide and combined characters as a terminal draws them", () => {
  const text = '\tas: "漢字 e\u0301 🙂"\there';
  expect(render(text, [error(at(text, "here")), error(at(text, "漢字")), error(at(text, "🙂"))]))
    .toMatchInlineSnapshot(`
    "error[CHOR0101] team.chor:1:17
    Something is wrong.

       1 |     as: "漢字 é 🙂" here
         |                     ^^^^

    error[CHOR0101] team.chor:1:7
    Something is wrong.

       1 |     as: "漢字 é 🙂" here
         |          ^^^^

    error[CHOR0101] team.chor:1:13
    Something is wrong.

       1 |     as: "漢字 é 🙂" here
         |                 ^^

    "
  `);
});

test("a long line is cut around the place", () => {
  const text = `A -> B: ${"x".repeat(200)} here ${"y".repeat(200)}`;
  expect(render(text, [error(at(text, "here")), error(at(text, "A -> B")), error({ start: 3, end: text.length })], 60))
    .toMatchInlineSnapshot(`
    "error[CHOR0101] team.chor:1:210
    Something is wrong.

       1 | ...xxxxxxxxxx here yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy...
         |               ^^^^

    error[CHOR0101] team.chor:1:1
    Something is wrong.

       1 | A -> B: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...
         | ^^^^^^

    error[CHOR0101] team.chor:1:4
    Something is wrong.

       1 | A -> B: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...
         |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    "
  `);
});

test("what could hurt a terminal is spelt out, wherever it stands", () => {
  const text = 'artifact A { b: "\u001b[2J\u202eevil\u0000\u200b\u009b\u00a0" }';
  const bad: Diagnostic = {
    ...error(at(text, "\u001b[2J\u202eevil"), "The name `\u001b[2J` is `\u2066odd`\n\rreally."),
    related: [{ message: "\u0007bell", span: at(text, "b:") }],
    hint: "remove `\u202e`",
    runs: {
      role: "R\u001b",
      runs: [
        { steps: [{ text: "A -> B: \u001b[31m", span: at(text, "b:"), seen: true }], then: "\u001b[0m" },
        { steps: [], then: "stop\u0008" },
      ],
    },
  };
  const shown = render(text, [bad], 100, "a\u001b]0;title\u0007.chor");
  expect(shown).toMatchInlineSnapshot(`
    "error[CHOR0101] a\\u{1b}]0;title\\u{7}.chor:1:18
    The name \`\\u{1b}[2J\` is \`\\u{2066}odd\`\\u{a}\\u{d}really.

       1 | artifact A { b: "\\u{1b}[2J\\u{202e}evil\\u{0}\\u{200b}\\u{9b}\\u{a0}" }
         |                  ^^^^^^^^^^^^^^^^^^^^^
      note: \\u{7}bell (1:14)
       1 | artifact A { b: "\\u{1b}[2J\\u{202e}evil\\u{0}\\u{200b}\\u{9b}\\u{a0}" }
         |              --

      \`R\\u{1b}\` sees the same in both runs (* marks what it sees) and cannot know which one it is in:

      first run                                       | second run
        1 * A -> B: \\u{1b}[31m                        |       (nothing has happened yet)
          => \\u{1b}[0m                                |     => stop\\u{8}

      mend: remove \`\\u{202e}\`

    "
  `);
  expect(shown).toMatch(/^[\n\x20-\x7e]*$/);
});

test("colours are put around escaped text only, and can be taken off again", () => {
  const files = [{ file: "team.chor", source: { file: "team.chor", text: team }, diagnostics: [incoherent, unused] }];
  const plain = renderPretty(files, { width: 80, color: false });
  const painted = renderPretty(files, { width: 80, color: true });
  expect(painted).toContain("\u001b[31m");
  expect(painted.replace(/\u001b\[\d+m/g, "")).toBe(plain);
});

test("no line is wider than asked, none ends with a space", () => {
  const text = team.replace("Coder, Reviewer", `Coder, Reviewer, ${"Role".repeat(100)}`);
  const diagnostics = [
    incoherent,
    error({ start: 0, end: text.length }),
    error(at(text, "RoleRole", 50), "漢".repeat(300)),
  ];
  for (const width of [40, 63, 80, 120, 500]) {
    for (const line of render(text, diagnostics, width).split("\n")) {
      expect(columns(line), line).toBeLessThanOrEqual(Math.min(120, width));
      expect(line.trimEnd()).toBe(line);
    }
  }
});

test("a file of one endless line and thousands of errors is shown in time and in part", () => {
  const text = "\u0301x".repeat(500_000);
  const diagnostics = Array.from({ length: 5_000 }, (_, i) => error({ start: i * 200, end: text.length }));
  const shown = render(text, diagnostics);
  expect(shown.length).toBeLessThan(200_000);
  expect(shown).toContain("... 4800 more in team.chor; `--format json` prints all of them");
});

test("long runs lose their middle", () => {
  const steps = Array.from({ length: 1000 }, (_, i) => step(`A -> B: L${i}`, true));
  const runs = {
    role: "Coder",
    runs: [
      { steps, then: "stop" },
      { steps: steps.slice(0, 3), then: "go on" },
    ] as const,
  };
  const shown = render(team, [{ ...incoherent, runs, related: [] }]);
  expect(shown).toContain("L19");
  expect(shown).not.toContain("L20 ");
  expect(shown).toContain("... 960 more");
  expect(shown).toContain("L999");
  expect(shown.split("\n").length).toBeLessThan(60);
});

test("steps that the role sees stand side by side", () => {
  const runs = {
    role: "Coder",
    runs: [
      { steps: [step("A -> B: One", false), step("A -> B: Two", false), step("A -> Coder: Go", true)], then: "wait" },
      { steps: [step("A -> Coder: Go", true), step("A -> B: Three", false)], then: "stop" },
    ],
  } as const;
  const lines = render(team, [{ ...incoherent, runs }]).split("\n");
  expect(lines.filter((line) => line.includes("|") && line.includes("Go"))).toEqual([
    "    4 * A -> Coder: Go                            |   4 * A -> Coder: Go",
  ]);
});

test("the summary counts", () => {
  expect(summary([file([])], false)).toBe("no errors in 1 file");
  expect(summary([file([unused]), file([])], false)).toBe("1 warning in 2 files");
  expect(summary([file([incoherent, unused]), file([incoherent]), file([])], false)).toBe(
    "2 errors, 1 warning in 3 files",
  );
});
