// Text to tree: every construct of the grammar, what it becomes, and where it stands.

import { describe, expect, test } from "vitest";
import {
  lowerCamel,
  nearest,
  parse,
  type ChoreographyTree,
  type ExpressionTree,
  type StatementTree,
} from "@chor/grammar";
import { ChorParser } from "../../grammar/src/parse-declarations.js";
import { everything, onOneLine, sharedPrograms, shown, treeOf, withoutSpans } from "./support.js";

function statements(text: string): readonly StatementTree[] {
  const tree = treeOf(`choreography X(A) { ${text} }`).declarations[0] as ChoreographyTree;
  return tree.body.statements;
}

function interaction(text: string): Record<string, unknown> {
  return withoutSpans(statements(text)[0]) as Record<string, unknown>;
}

function type(text: string): unknown {
  const tree = withoutSpans(treeOf(`artifact X { a: ${text} }`)) as {
    declarations: { body: { fields: { type: unknown }[] } }[];
  };
  return tree.declarations[0]?.body.fields[0]?.type;
}

/** An expression with all brackets written, to see how it was grouped. */
function grouped(text: string): string {
  const source = `contract X() { require ${text} }`;
  const tree = treeOf(source).declarations[0];
  const expression = tree?.kind === "contract" ? tree.requires?.[0]?.expression : undefined;
  return expression === undefined ? "nothing" : show(expression);
}

function show(e: ExpressionTree): string {
  switch (e.kind) {
    case "name":
      return e.name.text;
    case "literal":
      return JSON.stringify(e.value);
    case "duration":
      return `${e.milliseconds}ms`;
    case "list":
      return `[${e.items.map(show).join(", ")}]`;
    case "field":
      return `${show(e.of)}.${e.field.text}`;
    case "index":
      return `${show(e.of)}[${show(e.index)}]`;
    case "call":
      return `${show(e.callee)}(${e.arguments.map(show).join(", ")})`;
    case "unary":
      return `(${e.operator}${show(e.operand)})`;
    case "binary":
      return `(${show(e.left)} ${e.operator} ${show(e.right)})`;
    case "is":
      return `(${show(e.operand)} is ${e.artifact.text})`;
    case "conditional":
      return `(${show(e.test)} ? ${show(e.then)} : ${show(e.otherwise)})`;
    case "function":
      return `(${e.parameters.map((p) => p.text).join(", ")}) => ${show(e.body)}`;
  }
}

test("the grammar has no ambiguities and no left recursion", () => {
  expect(() => new ChorParser(false)).not.toThrow();
});

describe("whole programs", () => {
  test("every construct is read without a complaint", () => {
    const tree = treeOf(everything);
    expect(tree.imports).toHaveLength(1);
    expect(tree.declarations.map((declaration) => declaration.kind)).toEqual([
      ...Array<string>(5).fill("artifact"),
      "contract",
      "contract",
      "choreography",
    ]);
    expect(withoutSpans(tree)).toMatchSnapshot();
  });

  const programs = sharedPrograms();
  test.skipIf(programs.length === 0)("the programs of ../shared are read without a complaint", () => {
    for (const { name, text } of programs) {
      expect(parse({ file: name, text }).diagnostics.map(shown), name).toEqual([]);
      const written = text.match(/^(?:open )?(?:artifact|contract|choreography) /gm)?.length;
      expect(treeOf(text).declarations, name).toHaveLength(written ?? 0);
    }
  });

  test("newlines never matter", () => {
    for (const text of [everything, ...programs.map((program) => program.text)]) {
      const line = onOneLine(text);
      expect(line.trim()).not.toContain("\n");
      expect(withoutSpans(treeOf(line))).toEqual(withoutDocs(treeOf(text), line.includes("/**")));
      expect(withoutSpans(treeOf(text.replaceAll("\n", "\r\n")))).toEqual(withoutSpans(treeOf(text)));
    }
  });

  test("a file may begin with a byte order mark, and may be empty", () => {
    expect(treeOf("\uFEFFartifact A { }").declarations[0]?.span).toEqual({ start: 1, end: 15 });
    expect(treeOf("")).toEqual({ imports: [], declarations: [], span: { start: 0, end: 0 } });
    expect(treeOf(" // nothing")).toMatchObject({ declarations: [], span: { start: 0, end: 11 } });
  });
});

/** On one line a doc comment's text is another one; its presence is not. */
function withoutDocs(tree: unknown, anyDocs: boolean): unknown {
  if (!anyDocs) return withoutSpans(tree);
  const joined = JSON.stringify(withoutSpans(tree)).replaceAll("A brief.\\nTwo lines.", "A brief. * Two lines.");
  return JSON.parse(joined);
}

describe("doc comments", () => {
  test("attach to the declaration, field, interaction or choice that follows", () => {
    const tree = treeOf(everything);
    expect(tree.declarations[0]).toMatchObject({ doc: "A brief.\nTwo lines." });
    const fields =
      tree.declarations[0]?.kind === "artifact" && tree.declarations[0].body.kind === "record"
        ? tree.declarations[0].body.fields
        : [];
    expect(fields.map(({ doc }) => doc).slice(0, 2)).toEqual(["What it is called.", ""]);
    const body = (tree.declarations.at(-1) as ChoreographyTree).body.statements;
    expect(body[0]).toMatchObject({ kind: "interaction", doc: "Starts." });
    expect(body[1]).toMatchObject({ doc: "" });
    expect(body.find(({ kind }) => kind === "choice")).toMatchObject({ doc: "Decided." });
  });

  test("of several the last counts; `/**/` and `//` are none", () => {
    expect(treeOf("/** a */ /** b */ artifact A { }").declarations[0]).toMatchObject({ doc: "b" });
    expect(treeOf("/**/ artifact A { }").declarations[0]).toMatchObject({ doc: "" });
    expect(treeOf("/** a */ // no\n open artifact A { }").declarations[0]).toMatchObject({ doc: "a", open: true });
  });
});

describe("payloads", () => {
  test.each([
    ["A -> B: T", { kind: "same" }],
    ["A -> B: L()", { kind: "none" }],
    ["A -> B: L(T)", { kind: "asked", artifact: { text: "T" } }],
    [
      "A -> B: T { x }",
      { kind: "filled", artifact: { text: "T" }, record: { entries: [{ name: { text: "x" }, value: null }] } },
    ],
    ["A -> B: L(T { })", { kind: "filled", artifact: { text: "T" }, record: { entries: [] } }],
    ["A -> B: L(x)", { kind: "computed", expression: { kind: "name" } }],
    ["A -> B: L(x.y)", { kind: "computed", expression: { kind: "field" } }],
  ])("%s", (text, payload) => {
    expect(interaction(text)["message"]).toMatchObject({ payload });
  });

  test("an entry may hold a record", () => {
    const { message } = interaction("A -> B: T { a: U { b: c }, where: d }");
    expect(message).toMatchObject({
      payload: {
        record: {
          entries: [
            { name: { text: "a" }, value: { kind: "record", artifact: { text: "U" } } },
            { name: { text: "where" }, value: { kind: "name" } },
          ],
        },
      },
    });
  });
});

describe("types and ranges", () => {
  test.each([
    ["string(5)", { low: { value: 5 }, high: { value: 5 }, exact: true }],
    ["string(1..9)", { low: { value: 1 }, high: { value: 9 }, exact: false }],
    ["string(..9)", { low: null, high: { value: 9 }, exact: false }],
    ["string(1..)", { low: { value: 1 }, high: null, exact: false }],
    ["number(-0.5..max)", { low: { value: -0.5 }, high: { kind: "value", name: "max" }, exact: false }],
  ])("%s", (text, range) => {
    expect(type(text)).toMatchObject({ kind: "named", range });
  });

  test("lists are read from the inside, unions are flat", () => {
    expect(type("A[2][..3]")).toMatchObject({
      kind: "list",
      range: { low: null },
      item: { kind: "list", range: { exact: true } },
    });
    expect(type('A | "b"[] | null')).toMatchObject({
      kind: "union",
      members: [{ kind: "named" }, { kind: "list", item: { value: "b" } }, { kind: "literal", value: null }],
    });
  });

  test("a regular expression is one only behind `matches`", () => {
    expect(type("string matches /a[/]\\/b/u")).toMatchObject({ matches: { source: "a[/]\\/b", flags: "u" } });
    expect(grouped("a / b / c")).toBe("((a / b) / c)");
  });

  test("fields may be called anything", () => {
    const words = "where in is null as loop matches max artifact open type Up".split(" ");
    const tree = treeOf(`artifact X { ${words.map((word) => `${word}: int ${word}2?: int`).join(" ")} }`);
    const fields =
      tree.declarations[0]?.kind === "artifact" && tree.declarations[0].body.kind === "record"
        ? tree.declarations[0].body.fields
        : [];
    expect(fields.map(({ name }) => name.text)).toEqual(words.flatMap((word) => [word, `${word}2`]));
  });
});

describe("expressions", () => {
  test.each([
    ["a || b && c == d", "(a || (b && (c == d)))"],
    ["a && b || c", "((a && b) || c)"],
    ["a - b - c", "((a - b) - c)"],
    ["a + b * c - d % e", "((a + (b * c)) - (d % e))"],
    ["a < b + 1 == true", "((a < (b + 1)) == true)"],
    ["a is T == b is U", "((a is T) == (b is U))"],
    ["a + b is T && c", "(((a + b) is T) && c)"],
    ["x in xs && !y", "((x in xs) && (!y))"],
    ["!-a.b", "(!(-a.b))"],
    ["- -1", "(-(-1))"],
    ["a.b[c].d(e, 1)(f)", "a.b[c].d(e, 1)(f)"],
    ["a.in.where", "a.in.where"],
    ["x => y => x", "(x) => (y) => x"],
    ["f((a, b) => a)", "f((a, b) => a)"],
    ["(a)", "a"],
    ["a ? b : c ? d : e", "(a ? b : (c ? d : e))"],
    ['[1, "x", [], null]', '[1, "x", [], null]'],
    ["20m + 500ms + 2d", "((1200000ms + 500ms) + 172800000ms)"],
    ['"\\u{1F600}\\n\\t\\"\\\\\\u0041"', JSON.stringify('\u{1F600}\n\t"\\A')],
  ])("%s", (text, expected) => {
    expect(grouped(text)).toBe(expected);
  });

  test("the ternary is greedy: its colon comes before the message's", () => {
    const [statement] = statements('A -> B: T where a ? b : "x" : "message" where c : "other"');
    expect(statement).toMatchObject({
      where: [{ expression: { kind: "conditional" }, message: { value: "message" } }, { message: { value: "other" } }],
    });
  });
});

describe("statements", () => {
  test("clauses in another order are understood", () => {
    const clauses = {
      retry: { value: 3 },
      within: { milliseconds: 300_000 },
      as: { name: { text: "x" }, collects: true },
    };
    expect(interaction("A -> B: T as x[] retry 3 within 5m")).toMatchObject(clauses);
    const { tree, diagnostics } = parse({ file: "", text: "choreography X(A) { A -> B: T within 5m retry 3 as x[] }" });
    expect((tree.declarations[0] as ChoreographyTree).body.statements[0]).toMatchObject(clauses);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ["CHOR0150", "warning"],
      ["CHOR0150", "warning"],
    ]);
  });

  test("`else` belongs to the nearest construct that lacks one", () => {
    const [loop] = statements("loop a { A -> B: T else { } } else { A -> B: U }");
    expect(loop).toMatchObject({
      otherwise: { statements: [{}] },
      body: { statements: [{ otherwise: { statements: [] } }] },
    });
    const [choice] = statements("choice at A { A -> B: T } or { } else { }");
    expect(choice).toMatchObject({ otherwise: {}, branches: [{ body: { statements: [{ otherwise: null }] } }, {}] });
  });

  test("arguments of `do`", () => {
    expect(statements("do F(A, B[*], [C, D[*]], [x], 3)")[0]).toMatchObject({
      arguments: [
        { kind: "role", role: { all: false } },
        { kind: "role", role: { all: true } },
        { kind: "roles", roles: [{}, { all: true }] },
        { kind: "value", expression: { kind: "list" } },
        { kind: "value" },
      ],
    });
  });

  test("soft words are names: `loop max max 3`, `as all quorum all`", () => {
    expect(statements("loop max max 3 { }")[0]).toMatchObject({ name: { text: "max" }, max: { value: 3 } });
    expect(statements("loop max max max { }")[0]).toMatchObject({ name: { text: "max" }, max: { name: "max" } });
    expect(interaction("A -> B: T as all quorum all")).toMatchObject({
      as: { name: { text: "all" } },
      quorum: { kind: "all" },
    });
    expect(interaction("A -> B: T quorum most")).toMatchObject({ quorum: { kind: "count", bound: { name: "most" } } });
  });
});

test("spans cover the construct", () => {
  const text = 'choreography X(A) { A -> B: L(T { a: (b + c) * d }) as e where f : "g" }';
  const at = ({ span }: { readonly span: { readonly start: number; readonly end: number } }): string =>
    text.slice(span.start, span.end);
  const tree = treeOf(text).declarations[0] as ChoreographyTree;
  expect(at(tree)).toBe(text);
  expect(at(tree.body)).toBe(text.slice(text.indexOf("{")));
  const statement = tree.body.statements[0];
  if (statement?.kind !== "interaction" || statement.message.payload.kind !== "filled")
    throw new Error("no interaction");
  expect(at(statement)).toBe(text.slice(20, -2));
  expect(at(statement.message)).toBe("L(T { a: (b + c) * d })");
  const entry = statement.message.payload.record.entries[0];
  expect(entry === undefined ? "" : at(entry)).toBe("a: (b + c) * d");
  const product = entry?.value;
  if (product?.kind !== "binary") throw new Error("no product");
  expect(at(product)).toBe("(b + c) * d");
  expect(at(product.left)).toBe("(b + c)");
  expect(statement.where.map(at)).toEqual(['f : "g"']);
  expect(statement.where[0]?.message?.span).toEqual({ start: text.indexOf('"g"'), end: text.indexOf('"g"') + 3 });
});

test("names: what a label binds, and what a misspelt word means", () => {
  expect(["Module", "PRD", "CIReport", "A", "TaskLedger"].map(lowerCamel)).toEqual([
    "module",
    "prd",
    "ciReport",
    "a",
    "taskLedger",
  ]);
  expect(nearest("choise", ["choice", "loop"])).toBe("choice");
  expect(nearest("chocie", ["choice", "loop"])).toBe("choice");
  expect(nearest("xyz", ["choice", "loop", "do"])).toBeNull();
});
