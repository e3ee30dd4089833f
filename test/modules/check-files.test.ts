// Files that import each other, checked in one run: names go over, errors stay in their file.

import { describe, expect, test } from "vitest";
import { checkFiles } from "../../compiler/src/check-files.js";
import type { Load } from "../../compiler/src/modules/gather.js";

const SHARED = `artifact Draft { text: string }
contract Short(draft: Draft) { require draft.text.length < 100 : "too long" }
choreography Show<T>(From, To) { From -> To: Shown(T) as shown }`;

describe("names from another file", () => {
  test("artifacts, contracts and choreographies, under their own or another name", () => {
    expect(
      run({
        "a.chor": `import { Draft, Short, Show as Present } from "./b.chor"
          choreography Review(Author, Editor) {
            Author -> Editor: Draft where draft.text != "" gate Short(draft)
            do Present<Draft>(Editor, Author) as back
          }`,
        "b.chor": SHARED,
      }),
    ).toEqual([]);
  });

  test("over several files, without the names that lie between", () => {
    expect(
      run({
        "a.chor": `import { Letter } from "./b.chor" choreography Post(A, B) { A -> B: Letter where letter.draft.text != "" }`,
        "b.chor": `import { Draft } from "./c.chor" artifact Letter { draft: Draft }`,
        "c.chor": SHARED,
      }),
    ).toEqual([]);
  });

  test("what another file imports is used", () => {
    const files = {
      "a.chor": `import { Note } from "./b.chor" choreography Post(A, B) { A -> B: Note }`,
      "b.chor": `artifact Note { a: int } artifact Other { a: int } choreography Talk(A, B) { A -> B: Hello() }`,
    };
    expect(run(files, "warning")).toEqual(["b.chor CHOR0217"]);
  });

  test("the same artifact by two ways is one", () => {
    expect(
      run({
        "a.chor": `import { Draft } from "./c.chor" import { Fits } from "./b.chor"
          choreography Post(A, B) { A -> B: Draft gate Fits(draft) }`,
        "b.chor": `import { Draft } from "./c.chor" contract Fits(draft: Draft) external`,
        "c.chor": SHARED,
      }),
    ).toEqual([]);
  });
});

describe("errors", () => {
  test("of all files, each told in its own, once", () => {
    const found = run({
      "a.chor": `import { Draft, Draught } from "./b.chor" choreography Post(A, B) { A -> B: Draft  A -> C: Draft }`,
      "b.chor": `${SHARED} artifact Bad { a: text }`,
    });
    expect(found).toEqual(["b.chor CHOR0204", "a.chor CHOR0219", "a.chor CHOR0203"]);
  });

  test("a broken declaration is told where it stands, not where it is imported", () => {
    const found = run({
      "a.chor": `import { Bad } from "./b.chor" choreography Post(A, B) { A -> B: Bad where bad.a == 1 }`,
      "b.chor": "artifact Bad { a: text }",
    });
    expect(found).toEqual(["b.chor CHOR0204"]);
  });

  test("a syntax error in an imported file makes no noise elsewhere", () => {
    const found = run({
      "a.chor": `import { Draft, Lost } from "./b.chor" choreography Post(A, B) { A -> B: Draft  B -> A: Lost }`,
      "b.chor": `${SHARED} artifact Lost { a int }`,
    });
    expect(found.filter((each) => each.startsWith("a.chor"))).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  });

  test("a circle is told once, and nothing is said of the names in it", () => {
    const found = run({
      "a.chor": `import { X } from "./b.chor" artifact Y { a: int } choreography Post(A, B) { A -> B: X  B -> A: Y }`,
      "b.chor": `import { Y } from "./a.chor" artifact X { y: Y }`,
    });
    expect(found).toEqual(["b.chor CHOR0012"]);
  });
});

/** File and code of every error, or every warning, in the order of the run. */
function run(files: Record<string, string>, level = "error"): readonly string[] {
  const load: Load = (target) => {
    const text = target.kind === "file" ? files[target.file] : undefined;
    if (target.kind === "standard" || text === undefined)
      return { kind: "problem", what: "there is no such file", hint: "Check the path." };
    return { kind: "source", source: { file: target.file, text } };
  };
  return checkFiles([{ file: "a.chor", text: files["a.chor"] ?? "" }], load).flatMap(({ source, checked }) =>
    (checked?.diagnostics ?? [])
      .filter(({ severity, code }) => severity === level && code !== "CHOR0901")
      .map(({ code }) => `${source.file} ${code}`),
  );
}
