// Diagrams: what is drawn of a program, that it is the same each time, and that nothing from a source becomes markup.
// What stands in the snapshots was read by Mermaid's own parser and looked at in a browser when they were made.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "@chor/grammar";
import type { ChoreographyTree, Source } from "@chor/grammar";
import { draw, type Wish } from "../../compiler/src/diagram/draw.js";
import { talksOf } from "../../compiler/src/diagram/graph.js";
import { sequenceOf, type Row } from "../../compiler/src/diagram/sequence.js";
import { statementsIn } from "../../compiler/src/bind/trees.js";

const lang = fileURLToPath(new URL("../../../shared/lang", import.meta.url));

const review: Source = {
  file: "review.chor",
  text: `
artifact Draft { text: string }
artifact Comments { points: string[1..20] }

choreography Review(Author, Editor, Printer?) {
  loop round max 3 {
    Author -> Editor: Draft
    choice verdict at Editor {
      Editor -> Author: Accept()
      Editor -> Printer: Print(draft)
      break round
    } or {
      Editor -> Author: Revise(Comments) as comments
    }
  } else {
    Editor -> *: GiveUp()
  }
}
`,
};

const whole: Source = {
  file: "whole.chor",
  text: `
artifact Plan { parts: Part[1..4] }
artifact Part { name: string }
artifact Vote { yes: boolean }
choreography Inner(A, B) { A -> B: Hello() choice at B { B -> A: Yes() } or { B -> A: No() abort } }
choreography Whole(Lead, Coder[1..4], Tester) {
  Lead -> Coder[*], Tester: Plan
  par { Tester -> Lead: Ready() } and { Coder[*] -> Lead: Vote as votes[] within 5m else { fail "no votes" } }
  scatter plan.parts as part over Coder { Coder -> Lead: Part as parts[] break part }
  pick Coder as chosen at Lead { Lead -> Coder: Thanks() }
  do Inner(Lead, Tester) as inner else { Lead -> Tester: Sorry() return }
  saga { step { Lead -> Tester: Begin() } undo { Lead -> Tester: Undo() } step { abort } } else { Lead -> Tester: Off() }
  choice when votes.length > 2 { Lead -> Tester: Many() } or { Lead -> Tester: Few() }
}
`,
};

const nothing = { choreography: null, role: null };

describe("what is drawn", () => {
  for (const as of ["mermaid", "svg"] as const) {
    test(`the sequence, as ${as}`, async () => {
      expect(await textOf(review, { kind: "sequence", as, ...nothing })).toMatchSnapshot();
    });
    test(`a sequence of every construct, as ${as}`, async () => {
      expect(await textOf(whole, { kind: "sequence", as, ...nothing })).toMatchSnapshot();
    });
    test(`who talks with whom, as ${as}`, async () => {
      expect(await textOf(review, { kind: "talks", as, ...nothing })).toMatchSnapshot();
    });
    test(`the automaton of a role, as ${as}`, async () => {
      const source = { ...review, text: review.text.replace("Printer?", "Printer") };
      const told = source.text.replace(
        "Revise(Comments) as comments",
        "Revise(Comments) as comments Editor -> Printer: Wait()",
      );
      expect(
        await textOf({ ...source, text: told }, { kind: "role", as, choreography: null, role: "Editor" }),
      ).toMatchSnapshot();
    });
  }
});

describe("every protocol of the language", () => {
  const files = existsSync(lang) ? readdirSync(lang).filter((file) => file.endsWith(".chor")) : [];
  test.skipIf(files.length > 0)("`../shared/lang` is not there: nothing to draw", (context) => context.skip());
  for (const file of files) {
    test(`${file}: each interaction once, frames closed, the same twice, sound SVG`, async () => {
      const source = { file, text: readFileSync(join(lang, file), "utf8") };
      for (const tree of choreographiesOf(source)) {
        const { rows, lanes } = sequenceOf(tree, source);
        expect(rows.filter(({ kind }) => kind === "message")).toHaveLength(interactionsIn(tree));
        expect(depths(rows)).toEqual({ end: 0, isNegative: false });
        const { edges } = talksOf(tree, source);
        expect(edges.every(({ from, to }) => from !== to && from < lanes.length && to < lanes.length)).toBe(true);
        for (const kind of ["sequence", "talks"] as const) {
          const wish: Wish = { kind, as: "svg", choreography: tree.name.text, role: null };
          const text = await textOf(source, wish);
          expect(await textOf(source, wish)).toBe(text);
          expect(faultsOf(text)).toEqual([]);
        }
      }
    });
  }
});

describe("hostile text", () => {
  const source = {
    file: "x.chor",
    text: `choreography End(Note, Loop) { Note -> Loop: Graph() fail "]]>&<script>\\"; end # %%{init: {}}%% \\u0007" }`,
  };
  test("is text in Mermaid", async () => {
    const text = await textOf(source, { kind: "sequence", as: "mermaid", ...nothing });
    expect(text).not.toMatch(/<script|%%\{|"; end/);
    expect(text.split("\n").filter((line) => line.includes("script"))).toHaveLength(1);
  });
  test("is text in SVG", async () => {
    const text = await textOf(source, { kind: "sequence", as: "svg", ...nothing });
    expect(faultsOf(text)).toEqual([]);
    expect(text).not.toContain("<script");
  });
  test("a sheet that is not sound is found", () => {
    expect(faultsOf("<svg><g></svg>")).not.toEqual([]);
    expect(faultsOf('<svg width="10" height="10"><rect x="NaN"/></svg>')).not.toEqual([]);
  });
});

describe("what cannot be drawn", () => {
  const cases: readonly (readonly [string, Source, Wish, unknown])[] = [
    [
      "a choreography that is not there",
      review,
      { kind: "talks", as: "svg", choreography: "Reviw", role: null },
      { kind: "wrong", hint: "did you mean `Review`?" },
    ],
    [
      "a role that is not there",
      { file: "a", text: "choreography A(B, C) { B -> C: D() }" },
      { kind: "role", as: "svg", choreography: null, role: "X" },
      { kind: "wrong", hint: "say `--role NAME`: `B`, `C`" },
    ],
    ["no choreography", { file: "a", text: "" }, { kind: "talks", as: "svg", ...nothing }, { kind: "wrong" }],
    [
      "two that nobody calls",
      { file: "a", text: "choreography A(B, C) { B -> C: D() } choreography E(B, C) { B -> C: D() }" },
      { kind: "talks", as: "svg", ...nothing },
      { kind: "wrong", hint: "say `--choreography NAME`: `A`, `E`" },
    ],
    [
      "a source that does not parse",
      { file: "a", text: "choreography A(B, C) { B -> }" },
      { kind: "talks", as: "svg", ...nothing },
      { kind: "refused" },
    ],
    [
      "the automaton of a source with errors",
      { file: "a", text: "choreography A(B, C) { B -> D: E() }" },
      { kind: "role", as: "svg", choreography: null, role: "B" },
      { kind: "refused" },
    ],
  ];
  for (const [name, source, wish, expected] of cases) {
    test(name, async () => {
      expect(await draw(source, wish)).toMatchObject(expected as object);
    });
  }
});

async function textOf(source: Source, wish: Wish): Promise<string> {
  const result = await draw(source, wish);
  if (result.kind !== "drawn") throw new Error(JSON.stringify(result));
  return result.text;
}

function choreographiesOf(source: Source): readonly ChoreographyTree[] {
  return parse(source).tree.declarations.filter((each) => each.kind === "choreography");
}

function interactionsIn(tree: ChoreographyTree): number {
  return statementsIn(tree.body).filter(({ kind }) => kind === "interaction").length;
}

function depths(rows: readonly Row[]): { readonly end: number; readonly isNegative: boolean } {
  let depth = 0;
  let isNegative = false;
  for (const { kind } of rows) {
    if (kind === "frame") depth++;
    if (kind === "end") depth--;
    isNegative ||= depth < 0;
  }
  return { end: depth, isNegative };
}

/** What is wrong with an SVG: tags that do not match, numbers that are none, shapes outside of the sheet. */
function faultsOf(svg: string): readonly string[] {
  const faults: string[] = [];
  const open: string[] = [];
  const bare = svg.replace(/<style>[^]*?<\/style>/, "");
  for (const [, closing, name = "", attributes = ""] of bare.matchAll(
    /<(\/?)([a-z]+)((?:\s+[\w:-]+="[^"<>]*")*)\s*\/?>/g,
  )) {
    if (closing === "/") {
      if (open.pop() !== name) faults.push(`</${name}> closes nothing`);
    } else if (!svg.includes(`<${name}${attributes}/>`)) open.push(name);
  }
  if (open.length > 0) faults.push(`open: ${open.join(" ")}`);
  if (/[<>]/.test(bare.replace(/<\/?[a-z]+(?:\s+[\w:-]+="[^"<>]*")*\s*\/?>/g, "")))
    faults.push("a bracket that is no tag");
  if (/NaN|Infinity|undefined/.test(bare)) faults.push("a number that is none");
  const width = Number(/width="([\d.]+)"/.exec(svg)?.[1]);
  for (const [, x] of bare.matchAll(/\sx[12]?="([-\d.]+)"/g))
    if (Number(x) < 0 || Number(x) > width) faults.push(`x ${x} is outside of ${width}`);
  return faults;
}
