// What must hold of all that is emitted: the same bytes for the same input, nothing but places changed by layout, the
// protocol as a comment, names that mean nothing else, and files that run.

import { describe, expect, it } from "vitest";
import { check } from "@chor/compiler";
import { memory } from "@chor/runtime";
import { digestOf } from "../../compiler/src/emit/digest.js";
import { folderOf, kebab, scope } from "../../compiler/src/emit/names.js";
import { protocolLines } from "../../compiler/src/emit/protocol.js";
import { emitText, load, textOf, typeErrors } from "./helpers.js";

const essay = `
/** What is written. */
artifact Essay { body: string(1..200) }
artifact Remarks { points: string[1..3] }
choreography Essays(Writer, Critic, Press) {
  loop reading max 3 {
    Writer -> Critic: Essay
    choice judgement at Critic { Critic -> Writer: Content() Critic -> Press: Print(essay.body) break reading }
    or { Critic -> Writer: Improve(Remarks) as remarks }
  } else { Critic -> Press: Abandon() }
}`;

function protocolOf(text: string, role: string, file = "a.chor"): readonly string[] {
  const { choreographies, diagnostics } = check({ file, text });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const [one] = choreographies;
  return protocolLines(
    one!.locals.find((local) => local.role === role)!,
    one!.choreography,
  );
}

describe("emit", () => {
  it("gives the same bytes for the same input", async () => {
    expect(await emitText(essay, "essay.chor")).toEqual(await emitText(essay, "essay.chor"));
  });

  it("does not tell where on this machine the source is", async () => {
    expect(await emitText(essay, "/home/somebody/essay.chor")).toEqual(await emitText(essay, "essay.chor"));
  });

  it("changes places alone when lines and comments change", async () => {
    const before = await emitText(essay, "essay.chor");
    const moved = essay.replaceAll("{", "{ // here\n\n").replaceAll("->", "/* to */ ->");
    const after = await emitText(moved, "essay.chor");
    const changed = after.filter(({ path, text }) => text !== textOf(before, path)).map(({ path }) => path);
    expect(changed).toEqual(["essays/places.ts"]);
  });

  it("has a digest of the protocol, not of its words", () => {
    const digest = (text: string): string => {
      const { program, choreographies } = check({ file: "a.chor", text });
      const [one] = choreographies;
      return digestOf(one!.choreography, one!.locals, program.artifacts);
    };
    const first = digest(essay);
    expect(first).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(digest(essay.replace("What is written", "Something else"))).toBe(first);
    expect(digest(`artifact Unused { a: int } ${essay}`)).toBe(first);
    expect(digest(essay.replace("max 3", "max 4"))).not.toBe(first);
    expect(digest(essay.replace("1..200", "1..201"))).not.toBe(first);
    expect(digest(essay.replaceAll("Content", "Pleased"))).not.toBe(first);
    expect(digest(essay.replace("essay.body", "essay"))).not.toBe(first);
  });

  it("carries the doc comments of the source, and shows each interaction whole", async () => {
    const files = await emitText(
      `
/** An essay, in one piece. */
artifact Essay {
  /** No headings. */
  body: string(1..200)
}
/** Until somebody is content. */
choreography Essays(Writer, Critic, Press) {
  /** Write it, or write it better. */
  Writer -> Critic: Draft(Essay) as essay
  /** Would you print it? */
  choice judgement at Critic {
    /** Nothing to mend. */
    Critic -> Writer: Content()
    /** The very text. */
    Critic -> Press: Print(essay.body) as text
  } or {
    Critic -> Writer, Press: Discontent()
  }
}`,
      "essay.chor",
    );
    const shown = (path: string): string => textOf(files, path).replaceAll(/^ *(?:\/\*\*|\*\/|\*) ?| \*\/$/gm, "");
    const [artifacts, index, writer, critic, press] = [
      shown("essay/artifacts.ts"),
      shown("essays/index.ts"),
      shown("essays/writer.ts"),
      shown("essays/critic.ts"),
      shown("essays/press.ts"),
    ];
    expect(artifacts).toContain("An essay, in one piece.\nexport type Essay");
    expect(artifacts).toContain("No headings.\n\n1 to 200 characters.\n\n  readonly body");
    expect(index).toContain("Until somebody is content.\nexport const Essays");
    expect(writer).toContain(
      "`Writer -> Critic: Draft(Essay) as essay`\n\nWrite it, or write it better.\n\n  readonly essay",
    );
    expect(writer).toContain("`Critic -> Writer: Content()`\n\nNothing to mend.\n\n  readonly Content?");
    expect(writer).toContain("`Critic -> Writer, Press: Discontent()`\n  readonly Discontent?");
    expect(critic).toContain("`choice judgement at Critic`\n\nWould you print it?\n\nAnswer with");
    expect(critic).toContain("`Critic -> Writer: Content()`\n\nNothing to mend.\n\n  Content(): CriticJudgement");
    expect(critic).toContain("`Critic -> Press: Print(essay.body) as text`\n\nThe very text.\n\nfunction text");
    expect(press).toContain("`Critic -> Press: Print(essay.body) as text`\n\nThe very text.\n\n  readonly Print?");
  });

  it("runs, and what is forwarded is what was checked", async () => {
    const files = await emitText(essay, "essay.chor");
    const { Essays } = load(files)("essays/index.ts");
    const heard: unknown[] = [];
    const { known } = await Essays.run({
      session: "one",
      journal: memory(),
      agents: {
        Writer: {
          essay: ({ essay: last, remarks }: any) => ({
            body: last === undefined ? "first" : `${last.body}, ${remarks.points[0]}`,
          }),
        },
        Critic: {
          judgement: ({ essay: now }: any, { choose, history }: any) =>
            history.length > 2 ? choose.Content() : choose.Improve({ points: [`not ${now.body}`] }),
        },
        Press: { on: { Print: (body: unknown, { from }: any) => void heard.push(body, from) } },
      },
    });
    expect(heard).toEqual(["first, not first", "Critic"]);
    expect(known.Press.print).toBe("first, not first");
    expect(known.Writer.essay.body).toBe(known.Press.print);
    expect(known.Writer.remarks.points).toEqual(["not first"]);
  });
});

describe("the local protocol", () => {
  it("reads like the source", () => {
    expect(protocolOf(essay, "Critic")).toEqual([
      "loop reading max 3 {",
      "  ? Essay from Writer",
      "  choice judgement",
      "    ! Content to Writer, ! Print(essay.body) to Press, then break",
      "    | ! Improve(Remarks) to Writer",
      "} else {",
      "  ! Abandon to Press",
      "}",
    ]);
    expect(protocolOf(essay, "Writer")).toEqual([
      "loop reading max 3 {",
      "  ! Essay to Critic",
      "  ? Content from Critic, then break",
      "  | Improve(Remarks) from Critic",
      "}",
    ]);
    expect(protocolOf(essay, "Press")).toEqual(["? Print(string) from Critic", "| Abandon from Critic"]);
  });

  it("names the loop that is left or goes on from within another one", () => {
    const text = `choreography P(A, B) {
      loop outer { A -> B: Begin()
        loop inner { choice step at B {
          B -> A: Inside() } or { B -> A: Next() continue outer } or { B -> A: Leave() break inner } or { B -> A: Stop() break outer } }
        B -> A: Behind() }
      A -> B: Bye() }`;
    expect(protocolOf(text, "A")).toEqual([
      "loop outer {",
      "  ! Begin to B",
      "  loop inner {",
      "    ? Inside from B",
      "    | Next from B, then continue outer",
      "    | Leave from B, then break",
      "    | Stop from B, then break outer",
      "  }",
      "  ? Behind from B",
      "}",
      "! Bye to B",
    ]);
  });

  it("says a multicast once", () => {
    expect(protocolOf("artifact M { a: int } choreography P(A, B, C, D) { A -> *: M B -> C, D: Ok() }", "A")).toEqual([
      "! M to B, C, D",
    ]);
  });

  it("counts what the automaton counts: a loop at the very beginning of another one", () => {
    const text = `choreography P(A, B) { loop outer max 2 { loop inner max 3 { A -> B: One() } } }`;
    expect(protocolOf(text, "B")).toEqual([
      "loop outer max 2 {",
      "  loop inner max 3 {",
      "    ? One from A",
      "  }",
      "}",
    ]);
  });

  it("lists the states where ways jump into one another, and says so of nothing", () => {
    const steps = Array.from({ length: 210 }, (_, index) => `A -> B: S${index}()`).join("\n");
    const lines = protocolOf(`choreography P(A, B, C) { ${steps} }`, "B");
    expect(lines.slice(0, 2)).toEqual(["  0  ? S0 from A, then 1", "  1  ? S1 from A, then 2"]);
    expect(lines.at(-1)).toBe("210  end");
    expect(protocolOf("choreography P(A, B, C) { A -> B: One() }", "C")).toEqual(["nothing"]);
  });
});

describe("names", () => {
  it("are kept where they mean nothing else, and get a $ where they do", () => {
    const names = scope();
    expect([names.claim("Draft"), names.claim("Draft"), names.claim("Draft")]).toEqual(["Draft", "Draft$", "Draft$2"]);
    expect([names.claim("Array"), names.claim("chor"), names.claim("then"), names.claim("__proto__")]).toEqual([
      "Array$",
      "chor$",
      "then$",
      "__proto__$",
    ]);
    const inner = names.child();
    expect([inner.claim("Draft"), inner.claim("other"), names.claim("other")]).toEqual(["Draft$3", "other", "other"]);
  });

  it("make files that every system can hold", () => {
    expect(["ReviewLoop", "CIReport", "A", "PRD", "Step42B"].map(kebab)).toEqual([
      "review-loop",
      "ci-report",
      "a",
      "prd",
      "step42-b",
    ]);
    expect(["a/b/Pull Request.chor", "..\\x.CHOR", "con.chor", "日本.chor", "a$b.chor"].map(folderOf)).toEqual([
      "pull-request",
      "x",
      "con$",
      "protocol",
      "a-b",
    ]);
  });

  it("that are hostile compile, and mean what they say", async () => {
    const text = `
/** Ends here @ts-expect-error */
artifact Array { constructor: string  then?: int  class: ("*/" | "\\\\u2028")[..2]  toString?: boolean  value: Object  at: { issues: int  isObject: int } }
/**
 * @ts-expect-error
 */
artifact Object { hasOwnProperty: string(..5) matches /^\\/*[*]\\/$/  default: "a" | "b" }
artifact Number { isSafeInteger: number }
artifact IndexAgent { a: int }
/** @ts-ignore */
choreography Promise(Index, Places, Artifacts, Con, Chor) {
  Index -> Places: Array as then
  /** @ts-expect-error */
  Places -> Artifacts: Object as constructor
  choice on at Index {
    Index -> Con: Then() as class
    Index -> Places: Machine(then)
    Index -> Artifacts: Chor(then.at.issues) as arguments
  } or {
    Index -> Con: Else(Number) as to
    Index -> Places: Finally()
    Index -> Artifacts: Elsewhere(IndexAgent) as payload
  }
}`.replace(" as class", "");
    const files = await emitText(text, "index.chor");
    expect(typeErrors(files)).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual([
      "index/artifacts.ts",
      "promise/index.ts",
      "promise/places.ts",
      "promise/index$.ts",
      "promise/places$.ts",
      "promise/artifacts$.ts",
      "promise/con$.ts",
      "promise/chor.ts",
    ]);
    const { Promise$, Array$ } = load(files)("promise/index.ts");
    const payload = {
      constructor: "c",
      class: ["*/"],
      value: { hasOwnProperty: "/*/", default: "b" },
      at: { issues: 7, isObject: 8 },
    };
    expect(Array$.issues(payload)).toEqual([]);
    expect(Array$.is({ ...payload, constructor: undefined })).toBe(false);
    const { known } = await Promise$.run({
      session: "hostile",
      agents: {
        Index: { then$: () => payload, payload: () => ({ a: 1 }), on$: (_: unknown, { choose }: any) => choose.Then() },
        Places: { constructor$: () => payload.value },
      },
    });
    expect(known.Artifacts.arguments$).toBe(7);
    expect(known.Places.machine).toEqual(payload);
  });
});
