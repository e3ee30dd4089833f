// What the language server answers, asked over its connection as an editor asks.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  LocationLink,
  SelectionRange,
  SemanticTokens,
  SemanticTokensDelta,
  SignatureHelp,
  TextEdit,
  WorkspaceEdit,
  WorkspaceSymbol,
} from "vscode-languageserver-protocol";
import { applied, bundled, find, marked, start, textIn } from "./client.js";
import type { Client } from "./client.js";
import { agree, build, review } from "./programs.js";

let client: Client;
let remove = (): void => {};
let count = 0;

beforeAll(async () => {
  const made = await bundled();
  remove = made.remove;
  client = await start(made.file);
  client.write("agree.chor", agree);
  client.open("build.chor", build);
  client.open("review.chor", review);
});

afterAll(async () => {
  expect(client.complaints).toEqual([]);
  expect(await client.stop()).toBe(0);
  remove();
});

/** Opens a text under a name of its own; its places are marked with `‸`. */
function opened(source: string) {
  const { text, places } = marked(source);
  const name = `case-${count++}.chor`;
  client.open(name, text);
  const place = places[0] ?? { line: 0, character: 0 };
  return { name, text, places, place };
}

async function hoverText(name: string, text: string, word: string, n = 0): Promise<string> {
  const found = await client.at<Hover | null>("textDocument/hover", name, find(text, word, n));
  return (found?.contents as { value: string } | undefined)?.value ?? "";
}

describe("diagnostics", () => {
  test("come with their version, place and hint", async () => {
    const { name, text } = opened(review.replace("Deliver(patch)", "Deliver(pach)"));
    const [only, ...others] = await client.diagnostics(name);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ severity: 1, code: "CHOR0205", source: "chor" });
    expect(textIn(text, only!.range)).toBe("pach");
    expect(only!.message).toContain("\n");
    expect(only!.data).toEqual({ explain: "chorc explain CHOR0205" });
  });

  test("show the two runs of a counterexample", async () => {
    const { name } = opened(review.replace("    Reviewer -> Lead: GiveUp()\n", ""));
    const found = await client.diagnostics(name);
    const first = found.find(({ code }) => String(code).startsWith("CHOR06"));
    const said = first?.relatedInformation?.map(({ message }) => message) ?? [];
    expect(said.some((message) => message.startsWith("first run: "))).toBe(true);
    expect(said.some((message) => message.startsWith("second run: "))).toBe(true);
  });

  test("mark what is not used", async () => {
    const { name } = opened(`${review}artifact Spare { a: int }\n`);
    expect(await client.diagnostics(name)).toMatchObject([{ code: "CHOR0217", severity: 2, tags: [1] }]);
  });

  test("follow the edits", async () => {
    const { name, text } = opened(review);
    expect(await client.diagnostics(name)).toEqual([]);
    const at = find(text, "break attempt", 0, 6);
    client.change(name, 2, [{ range: { start: at, end: { ...at, character: at.character + 7 } }, text: "atempt" }]);
    expect(await client.diagnostics(name, 2)).toMatchObject([{ code: "CHOR0206" }]);
  });
});

test("what a file imports is checked with it, as it is being edited", async () => {
  const lib = "artifact Box { size: int }\n";
  client.write("shelf.chor", lib);
  client.open("shelf.chor", lib);
  client.open(
    "store.chor",
    'import { Box } from "./shelf.chor"\nchoreography X(A, B) { A -> B: Put(Box) where put.size > 0 }\n',
  );
  const codes = async () => (await client.diagnostics("store.chor")).map(({ code }) => code);
  expect(await codes()).not.toContain("CHOR0210");
  const at = find(lib, "size");
  client.change("shelf.chor", 2, [
    { range: { start: at, end: { ...at, character: at.character + 4 } }, text: "volume" },
  ]);
  for (let waited = 0; waited < 100 && !(await codes()).includes("CHOR0210"); waited++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await codes()).toContain("CHOR0210");
});

describe("hover", () => {
  test("shows an artifact whole, with its comment", async () => {
    const said = await hoverText("review.chor", review, "Task", 1);
    expect(said).toContain("artifact Task { title: string(1..80) }");
    expect(said).toContain("What is to be done.");
  });

  test("shows what a role does", async () => {
    await client.diagnostics("review.chor");
    const said = await hoverText("review.chor", review, "Coder -> Reviewer");
    expect(said).toContain("role Coder");
    expect(said).toContain("! Patch to Reviewer");
  });

  test("says where a value comes from", async () => {
    const said = await hoverText("review.chor", review, "patch)");
    expect(said).toContain("patch: Patch");
    expect(said).toContain("Coder -> Reviewer: Patch");
    expect(said).toContain("Between `Coder`, `Reviewer`");
  });

  test("says who knows a value", async () => {
    await client.diagnostics("review.chor");
    const said = await hoverText("review.chor", review, "patch)");
    expect(said).toContain("Known here to `Coder`, `Reviewer`.");
  });

  test("knows fields, elements, functions and inner choreographies", async () => {
    expect(await hoverText("build.chor", build, "name == spec")).toContain("name: string(1..64)");
    expect(await hoverText("build.chor", build, "spec.name")).toContain("Element of a `scatter`");
    expect(await hoverText("build.chor", build, "m.name")).toContain("m");
    expect(await hoverText("build.chor", build, "of\n")).toContain("of: digest");
    expect(await hoverText("build.chor", build, "Builds(module, plan)")).toContain("The module compiles");
    expect(await hoverText("build.chor", build, "Agree<Plan>")).toContain("Propose, gather, freeze.");
  });

  test("explains the words of the language", async () => {
    expect(await hoverText("build.chor", build, "quorum")).toContain("majority");
    expect(await hoverText("build.chor", build, "every")).toContain("all are so");
    expect(await hoverText("build.chor", build, "typescript")).toContain("TypeScript source");
    expect(await hoverText("build.chor", build, "failure")).toContain("reason");
  });

  test("says nothing in a comment", async () => {
    expect(await hoverText("review.chor", review, "three times")).toBe("");
  });
});

describe("completion", () => {
  const around = (body: string): string =>
    `artifact Plan { steps: string[1..8]  parts: Part[1..4] }\nartifact Part { name: string  size: int }\ncontract Fits(part: Part, plan: Plan) external\nchoreography X(Lead, Coder[1..8], Reviewer) {\n  Lead -> *: Plan\n${body}\n}\n`;

  async function labels(source: string): Promise<readonly string[]> {
    const { name, place } = opened(source);
    const items = await client.at<CompletionItem[]>("textDocument/completion", name, place);
    return items.toSorted((a, b) => (a.sortText! < b.sortText! ? -1 : 1)).map(({ label }) => label);
  }

  test.each([
    ["a statement", "  ‸", ["Lead", "Coder", "choice", "scatter", "where", "as"], ["artifact", "max"]],
    ["a receiver", "  Lead -> ‸", ["Lead", "Coder", "Reviewer", "*"], ["Plan", "choice"]],
    ["another receiver", "  Lead -> Coder[*], ‸", ["Reviewer"], ["*", "Plan"]],
    ["a message", "  Lead -> Reviewer: ‸", ["Plan", "Part"], ["Lead", "Fits"]],
    ["a message that is begun", "  Lead -> Reviewer: Pa‸", ["Plan", "Part"], ["Lead"]],
    ["a payload", "  Lead -> Reviewer: Take(‸)", ["plan", "Plan", "digest"], ["Lead"]],
    ["clauses", "  Lead -> Reviewer: Part ‸", ["as", "where", "gate", "else", "Lead"], ["max", "over"]],
    [
      "later clauses",
      "  Lead -> Reviewer: Part gate Fits(part, plan) ‸",
      ["retry", "within", "else"],
      ["as", "quorum"],
    ],
    ["a contract", "  Lead -> Reviewer: Part gate ‸", ["Fits"], ["Plan", "Lead"]],
    ["a condition", "  Lead -> Reviewer: Part where ‸", ["part", "plan", "digest"], ["Lead", "choice"]],
    ["fields", "  Lead -> Reviewer: Part where part.‸", ["name", "size"], ["steps", "part"]],
    ["fields of an element", "  Lead -> Reviewer: Use(plan.parts[0].‸)", ["name", "size"], ["steps"]],
    ["fields in a function", "  choice when plan.parts.every(p => p.‸) { } or { }", ["name", "size"], ["steps"]],
    ["methods of a list", "  choice when plan.parts.‸", ["every", "length"], ["name", "trim"]],
    ["entries", "  Lead -> Reviewer: Part { name: plan.steps[0], ‸ }", ["size"], ["name"]],
    ["a quorum", "  Coder[*] -> Lead: Part as parts[] quorum ‸", ["all", "majority"], ["Lead"]],
    ["a family", "  scatter plan.parts as part over ‸", ["Coder"], ["Lead", "Reviewer"]],
    ["who decides", "  choice verdict at ‸", ["Lead", "Reviewer"], ["Plan"]],
    ["behind who decides", "  choice verdict at Lead ‸", ["when", "within", "retry"], ["Plan"]],
    ["another branch", "  choice at Lead { Lead -> Reviewer: A() } ‸", ["or", "else", "loop"], ["and"]],
    ["another arm", "  par { Lead -> Reviewer: A() } ‸", ["and", "Lead"], ["or"]],
    ["a loop to leave", "  loop outer { loop inner max 2 { break ‸ } }", ["inner", "outer"], ["Lead"]],
    ["an instance to end", "  scatter plan.parts as part over Coder { break ‸ }", ["part"], ["Lead"]],
    ["an instance is no loop", "  scatter plan.parts as part over Coder { loop a { continue ‸ } }", ["a"], ["part"]],
    ["a limit", "  loop round ‸", ["max"], ["Lead"]],
    [
      "the else of an interaction",
      "  Lead -> Reviewer: Part within 5m else { choice when failure.‸ }",
      ["reason"],
      ["plan"],
    ],
    ["nothing in a comment", "  // ‸", [], ["Lead"]],
    ["nothing in a string", '  fail "‸"', [], ["Lead"]],
  ])("%s", async (_, body, wanted, unwanted) => {
    const found = await labels(around(body));
    expect(found).toEqual(expect.arrayContaining(wanted));
    for (const label of unwanted) expect(found).not.toContain(label);
  });

  test("values come into being in the order of the program", async () => {
    const found = await labels(around("  Lead -> Reviewer: Use(‸)\n  Reviewer -> Lead: Part"));
    expect(found).toContain("plan");
    expect(found).not.toContain("part");
  });

  test.each([
    ["declarations", "‸", ["artifact", "choreography", "import", "contract"], []],
    ["a type", "artifact A { x: ‸ }", ["string", "int", "A"], ["Lead"]],
    ["a type of a contract", "artifact A { x: int }\ncontract C(a: ‸) external", ["A", "string"], []],
    ["behind the head of a contract", "contract C(a: int) ‸", ["external"], ["artifact"]],
    ["require", "contract C(a: int) { ‸ }", ["require"], ["where"]],
    ["a value of a contract", "contract C(limit: int) { require ‸ }", ["limit"], []],
    ["a field in a condition of its artifact", "artifact A { size: int where ‸ }", ["size"], []],
    ["names of another file", 'import { ‸ } from "./agree.chor"', ["Agree", "Frozen", "Ack"], []],
    ["files", 'import { Agree } from "./‸"', ["./agree.chor"], []],
    [
      "what an inner choreography has bound",
      'import { Agree } from "./agree.chor"\nartifact P { a: int }\nchoreography X(A, B[1..3]) { do Agree<P>(A, B[*], 1, 1m) as pact A -> B[*]: Use(pact.‸) }',
      ["proposal", "acks", "frozen"],
      [],
    ],
    [
      "what it can be called with",
      'import { Agree } from "./agree.chor"\nchoreography X(A, B[1..3]) { do Agree<P>(‸) }',
      ["A", "B"],
      [],
    ],
    ["choreographies", 'import { Agree } from "./agree.chor"\nchoreography X(A, B) { do ‸ }', ["Agree"], ["A"]],
  ])("%s", async (_, source, wanted, unwanted) => {
    const found = await labels(source);
    expect(found).toEqual(expect.arrayContaining(wanted));
    for (const label of unwanted) expect(found).not.toContain(label);
  });

  test("says of which type a field is, also while other things are broken", async () => {
    const { name, place } = opened(around("  Lead -> Reviewer: Part where part.‸\n  Lead -> : Plan"));
    const items = await client.at<CompletionItem[]>("textDocument/completion", name, place);
    expect(items.filter(({ kind }) => kind === 5).map(({ label, detail }) => [label, detail])).toEqual([
      ["name", "string"],
      ["size", "int"],
    ]);
  });

  test("replaces the word that is being typed", async () => {
    const { name, text, place } = opened(around("  Lead -> Rev‸iewer: Plan"));
    const items = await client.at<CompletionItem[]>("textDocument/completion", name, place);
    const edit = items.find(({ label }) => label === "Coder")?.textEdit as TextEdit;
    expect(applied(text, [edit])).toContain("Lead -> Coder: Plan");
  });
});

describe("navigation", () => {
  test("a value leads to the message that binds it", async () => {
    const [link] = await client.at<LocationLink[]>("textDocument/definition", "review.chor", find(review, "patch)"));
    expect(textIn(review, link!.targetSelectionRange)).toBe("Patch");
    expect(link!.targetSelectionRange.start).toEqual(find(review, "Patch", 1));
  });

  test("over files, through other names", async () => {
    const place = find(build, "Settled");
    const [link] = await client.at<LocationLink[]>("textDocument/definition", "build.chor", place);
    expect(link!.targetUri).toBe(client.uri("agree.chor"));
    expect(textIn(agree, link!.targetSelectionRange)).toBe("Frozen");
    const [inner] = await client.at<LocationLink[]>("textDocument/definition", "build.chor", find(build, "frozen.of"));
    expect(inner!.targetUri).toBe(client.uri("agree.chor"));
  });

  test("a break leads to its loop", async () => {
    const place = find(build, "break attempt", 0, 7);
    const [link] = await client.at<LocationLink[]>("textDocument/definition", "build.chor", place);
    expect(link!.targetSelectionRange.start).toEqual(find(build, "loop attempt", 0, 5));
  });

  test("references are in all files", async () => {
    const place = find(build, "Agree<Plan>");
    const found = await client.at<Location[]>("textDocument/references", "build.chor", place, {
      context: { includeDeclaration: true },
    });
    const own = found.map(({ uri }) => uri).filter((uri) => !uri.includes("case-"));
    expect(own.toSorted()).toEqual(
      [client.uri("agree.chor"), client.uri("build.chor"), client.uri("build.chor")].toSorted(),
    );
  });

  test("highlights tell reading from binding", async () => {
    const found = await client.at<DocumentHighlight[]>(
      "textDocument/documentHighlight",
      "review.chor",
      find(review, "patch)"),
    );
    expect(found.map(({ range, kind }) => [textIn(review, range), kind])).toEqual([
      ["Patch", 3],
      ["patch", 2],
    ]);
  });

  test("the path of an import is a link", async () => {
    const found = await client.ask<DocumentLink[]>("textDocument/documentLink", {
      textDocument: { uri: client.uri("build.chor") },
    });
    expect(found).toMatchObject([{ target: client.uri("agree.chor") }]);
    expect(textIn(build, found[0]!.range)).toBe("./agree.chor");
  });
});

describe("rename", () => {
  async function renamed(source: string, newName: string): Promise<string> {
    const { name, text, place } = opened(source);
    const edit = await client.at<WorkspaceEdit>("textDocument/rename", name, place, { newName });
    return applied(text, edit.changes?.[client.uri(name)] ?? []);
  }

  const program =
    'artifact Module { name: string }\nchoreography X(A, B) {\n  A -> B: Module where module.name != ""\n  B -> A: Module(module)\n  loop again max 2 { break again }\n}\n';

  test("an artifact takes its label and what it binds with it", async () => {
    const now = await renamed(program.replace("artifact Module", "artifact ‸Module"), "Part");
    expect(now).toBe(program.replaceAll("Module", "Part").replaceAll("module", "part"));
  });

  test("a label that is no artifact keeps the artifact", async () => {
    const now = await renamed(
      "artifact P { a: int }\nchoreography X(A, B) { A -> B: ‸Speak(P) where speak.a > 0 }",
      "Say",
    );
    expect(now).toBe("artifact P { a: int }\nchoreography X(A, B) { A -> B: Say(P) where say.a > 0 }");
  });

  test("a value gets its name with `as`", async () => {
    const now = await renamed(program.replace("(module)", "(‸module)"), "part");
    expect(now).toContain("A -> B: Module as part where part.name");
    expect(now).toContain("B -> A: Module(part) as part");
  });

  test("roles, loops and fields", async () => {
    expect(await renamed(program.replace("X(A", "X(‸A"), "Author")).toBe(program.replace(/\bA\b/g, "Author"));
    expect(await renamed(program.replace("break again", "break ‸again"), "round")).toBe(
      program.replaceAll("again", "round"),
    );
    expect(await renamed(program.replace("module.name", "module.‸name"), "title")).toBe(
      program.replaceAll("name", "title"),
    );
  });

  test("a word that is a field and a value is taken apart", async () => {
    const source =
      "artifact R { all: int[0..3] }\nartifact O { n: int }\nchoreography X(A, B) { A -> B: O(O) as all[] A -> B: R { ‸all } }";
    expect(await renamed(source, "every")).toContain("artifact R { every: int[0..3] }");
    expect(await renamed(source, "every")).toContain("R { every: all }");
  });

  test("over files, and only what is written so", async () => {
    client.write("lib.chor", "artifact Box { a: int }\n");
    const source = 'import { Box as Crate } from "./lib.chor"\nchoreography X(A, B) { A -> B: Take(Crate) }\n';
    client.open("user.chor", source);
    client.open("lib.chor", "artifact Box { a: int }\n");
    const edit = await client.at<WorkspaceEdit>(
      "textDocument/rename",
      "lib.chor",
      { line: 0, character: 9 },
      { newName: "Chest" },
    );
    expect(applied(source, edit.changes?.[client.uri("user.chor")] ?? [])).toBe(source.replace("Box", "Chest"));
    const alias = await client.at<WorkspaceEdit>("textDocument/rename", "user.chor", find(source, "Crate", 1), {
      newName: "Bin",
    });
    expect(Object.keys(alias.changes ?? {})).toEqual([client.uri("user.chor")]);
    expect(applied(source, alias.changes?.[client.uri("user.chor")] ?? [])).toBe(source.replaceAll("Crate", "Bin"));
  });

  test.each([
    ["artifact ‸Module", "module", "begin with a capital"],
    ["loop ‸again", "Again", "begin with a small letter"],
    ["loop ‸again", "when", "word of the language"],
    ["X(‸A", "B", "already the name"],
    ["X(‸A", "Ä", "is no name"],
    ["‸loop again", "x", "nothing here"],
  ])("refuses %s to %s", async (where, name, why) => {
    await expect(renamed(program.replace(where.replace("‸", ""), where), name)).rejects.toThrow(why);
  });

  test("says before what would be renamed", async () => {
    const place = find(build, "Coder[*] -> Architect");
    const found = await client.at<{ placeholder: string }>("textDocument/prepareRename", "build.chor", place);
    expect(found.placeholder).toBe("Coder");
    expect(await client.at("textDocument/prepareRename", "build.chor", find(build, "scatter"))).toBeNull();
  });
});

describe("outline", () => {
  test("a file", async () => {
    const found = await client.ask<DocumentSymbol[]>("textDocument/documentSymbol", {
      textDocument: { uri: client.uri("build.chor") },
    });
    expect(found.map(({ name }) => name)).toEqual([
      "ModuleSpec",
      "Plan",
      "Module",
      "Stall",
      "Approve",
      "Refuse",
      "Vote",
      "Builds",
      "BuildProject",
    ]);
    const inside = found.at(-1)?.children?.map(({ name }) => name) ?? [];
    expect(inside).toEqual(
      expect.arrayContaining(["Coder", "patience", "do Agree", "scatter spec", "Architect -> *: Plan"]),
    );
  });

  test("a workspace", async () => {
    const found = await client.ask<WorkspaceSymbol[]>("workspace/symbol", { query: "bldprj" });
    expect(found).toMatchObject([{ name: "BuildProject", location: { uri: client.uri("build.chor") } }]);
  });

  test("folds", async () => {
    const found = await client.ask<FoldingRange[]>("textDocument/foldingRange", {
      textDocument: { uri: client.uri("review.chor") },
    });
    const first = find(review, "choreography").line;
    expect(found).toContainEqual({ startLine: first, endLine: review.trimEnd().split("\n").length - 2 });
  });

  test("selections grow with the tree", async () => {
    const found = await client.ask<SelectionRange[]>("textDocument/selectionRange", {
      textDocument: { uri: client.uri("build.chor") },
      positions: [find(build, "spec.name")],
    });
    const chain: string[] = [];
    for (let at: SelectionRange | undefined = found[0]; at !== undefined; at = at.parent)
      chain.push(textIn(build, at.range));
    expect(chain.slice(0, 3)).toEqual(["spec", "spec.name", "module.name == spec.name"]);
    expect(chain.at(-1)).toBe(build);
  });
});

describe("colours and hints", () => {
  test("semantic tokens, whole, in part and as a difference", async () => {
    const { name, text } = opened(review);
    const textDocument = { uri: client.uri(name) };
    const whole = await client.ask<SemanticTokens>("textDocument/semanticTokens/full", { textDocument });
    const legend = client.capabilities.semanticTokensProvider?.legend.tokenTypes ?? [];
    const shown = decoded(whole.data, text, legend);
    expect(shown).toContain("struct Task");
    expect(shown).toContain("class Coder");
    expect(shown).toContain("enumMember Approve");
    expect(shown).toContain("variable patch");
    expect(shown).toContain("label attempt");
    expect(shown).toContain("keyword loop");
    expect(shown).toContain("type string");
    expect(shown).toContain("comment /** What is to be done. */");

    const range = { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } };
    const part = await client.ask<SemanticTokens>("textDocument/semanticTokens/range", { textDocument, range });
    expect(decoded(part.data, text, legend).every((each) => /artifact|Patch|diff|string|1|2000/.test(each))).toBe(true);

    client.change(name, 2, [
      { range: { start: { line: 1, character: 9 }, end: { line: 1, character: 13 } }, text: "Assignment" },
    ]);
    const delta = await client.ask<SemanticTokensDelta>("textDocument/semanticTokens/full/delta", {
      textDocument,
      previousResultId: whole.resultId,
    });
    const again = await client.ask<SemanticTokens>("textDocument/semanticTokens/full", { textDocument });
    const patched = [...whole.data];
    for (const { start, deleteCount, data = [] } of delta.edits) patched.splice(start, deleteCount, ...data);
    expect(patched).toEqual(again.data);
    expect(delta.edits.flatMap(({ data = [] }) => data).length).toBeLessThan(again.data.length);
  });

  test("inlay hints name what a message binds", async () => {
    const found = await client.ask<InlayHint[]>("textDocument/inlayHint", {
      textDocument: { uri: client.uri("review.chor") },
      range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
    });
    expect(found.map(({ label }) => label)).toEqual(["as task", "as patch", "as deliver", "as revise"]);
  });

  test("lenses lead to the diagram and the endpoints", async () => {
    const uri = client.uri("review.chor");
    const found = await client.ask<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
    expect(found.map(({ command }) => [command?.title, command?.command, command?.arguments])).toEqual([
      ["diagram", "chor.diagram", [uri, "Team"]],
      ["open Lead", "chor.endpoint", [uri, "Team", "Lead"]],
      ["open Coder", "chor.endpoint", [uri, "Team", "Coder"]],
      ["open Reviewer", "chor.endpoint", [uri, "Team", "Reviewer"]],
    ]);
  });

  test.each([
    ["gate Builds(", "Builds(module: Module, plan: Plan)", 0],
    ["gate Builds(module, ", "Builds(module: Module, plan: Plan)", 1],
    [
      "do Agree<Plan>(Architect, [Coder[*], Reviewer], ",
      "Agree<T>(Proposer, Member[1..32], needed: int, patience: duration)",
      2,
    ],
  ])("the signature at %s", async (before, label, parameter) => {
    const place = find(build, before, 0, before.length);
    const found = await client.at<SignatureHelp | null>("textDocument/signatureHelp", "build.chor", place);
    expect(found?.signatures[0]?.label).toBe(label);
    expect(found?.activeParameter).toBe(parameter);
  });

  test("formatting edits what differs", async () => {
    const { name, text } = opened("artifact A   { x: int }\n\nchoreography X(P, Q) {\nP -> Q: A\n}\n");
    const edits = await client.ask<TextEdit[]>("textDocument/formatting", {
      textDocument: { uri: client.uri(name) },
      options: { tabSize: 2, insertSpaces: true },
    });
    expect(applied(text, edits)).toBe("artifact A { x: int }\n\nchoreography X(P, Q) {\n  P -> Q: A\n}\n");
  });
});

describe("formatting a range", () => {
  async function within(source: string, from: number, to: number): Promise<string> {
    const { name, text } = opened(source);
    const edits = await client.ask<TextEdit[]>("textDocument/rangeFormatting", {
      textDocument: { uri: client.uri(name) },
      range: { start: { line: from, character: 2 }, end: { line: to, character: 3 } },
      options: { tabSize: 2, insertSpaces: true },
    });
    return applied(text, edits);
  }

  test("lays out its lines, and leaves the others as they are", async () => {
    const source = "artifact A   { x: int }\n\nchoreography X(P,  Q) {\nP   -> Q: A\n    P -> Q:  B()\n}\n";
    expect(await within(source, 3, 3)).toBe(source.replace("P   -> Q: A", "  P -> Q: A"));
    expect(await within(source, 4, 4)).toBe(source.replace("    P -> Q:  B()", "  P -> Q: B()"));
    expect(await within(source, 1, 1)).toBe(source);
  });

  test("where clauses change places all of it has to be inside", async () => {
    const source = "choreography X(P,  Q) {\n  P -> Q: A() within 5m retry 2\n}\n";
    expect(await within(source, 1, 1)).toBe(source);
    expect(await within(source, 0, 1)).toBe("choreography X(P, Q) {\n  P -> Q: A() retry 2 within 5m\n}\n");
  });
});

test("the width of the editor counts where the project says nothing", async () => {
  const { name } = opened("artifact Wide { first: string(1..20)  second: string(1..20) }\n");
  const edits = await client.ask<TextEdit[]>("textDocument/formatting", {
    textDocument: { uri: client.uri(name) },
    options: { tabSize: 4, insertSpaces: true, printWidth: 40 },
  });
  expect(edits.map(({ newText }) => newText).join("")).toContain("\n    second");
});

describe("code actions", () => {
  /** The text after the action of that title for the whole document. */
  async function acted(source: string, title: RegExp | string): Promise<string> {
    const { name, text } = opened(source);
    const uri = client.uri(name);
    const end = { line: text.split("\n").length, character: 0 };
    const found = await client.ask<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end },
      context: { diagnostics: [] },
    });
    const action = found.find((each) => (typeof title === "string" ? each.title === title : title.test(each.title)));
    if (action === undefined) throw new Error(`only ${found.map((each) => each.title).join("; ")}`);
    return applied(text, action.edit?.changes?.[uri] ?? []);
  }

  const with2 = (body: string, roles = "A, B"): string =>
    `artifact P { a: int }\nchoreography X(${roles}) {\n  ${body}\n}\n`;

  test.each([
    ["a misspelt role", with2("A -> Bb: P"), "Write `B`", with2("A -> B: P")],
    [
      "a misspelt word",
      with2("A -> B: P\n  looop x max 2 { A -> B: Q() }"),
      "Write `loop`",
      with2("A -> B: P\n  loop x max 2 { A -> B: Q() }"),
    ],
    [
      "a forgotten role",
      with2("A -> B: P\n  B -> Reviewer: Done()"),
      /^Add `Reviewer` to the roles/,
      with2("A -> B: P\n  B -> Reviewer: Done()", "A, B, Reviewer"),
    ],
    ["a role in small letters", with2("A -> b: P"), "Write `B`", with2("A -> B: P")],
    ["a comma between fields", "artifact P { a: int, b: int }\n", "Remove it", "artifact P { a: int b: int }\n"],
    ["a sign of another language", with2("A -> B: P where p.a === 1"), "Write `==`", with2("A -> B: P where p.a == 1")],
    [
      "clauses out of order",
      with2("A -> B: P within 5m where p.a > 1"),
      "Put the clauses in order",
      with2("A -> B: P where p.a > 1 within 5m"),
    ],
    ["a receiver twice", with2("A -> B, B: P"), "Remove the second `B`", with2("A -> B: P")],
    [
      "a name for nothing",
      with2("A -> B: Done() as x\n  A -> B: P"),
      "Remove this `as`",
      with2("A -> B: Done()\n  A -> B: P"),
    ],
    [
      "a break without its loop",
      with2("loop again { A -> B: P break }"),
      "Write `break again`",
      with2("loop again { A -> B: P break again }"),
    ],
    ["what is never used", `${with2("A -> B: P")}artifact Spare { a: int }\n`, "Remove `Spare`", with2("A -> B: P")],
    [
      "an unknown artifact",
      with2("A -> B: P\n  A -> B: Take(Thing)"),
      "Declare the artifact `Thing`",
      with2("A -> B: P\n  A -> B: Take(Thing)").replace(
        "choreography",
        "artifact Thing { text: string(1..2000) }\n\nchoreography",
      ),
    ],
    [
      "imports",
      'import { Frozen, Ack } from "./agree.chor"\nimport { Agree } from "./agree.chor"\nimport { Task } from "./review.chor"\nchoreography X(A, B) { A -> B: Take(Ack) A -> B: Get(Task) A -> B: See(Frozen) }\n',
      "Organise the imports",
      'import { Ack, Frozen } from "./agree.chor"\nimport { Task } from "./review.chor"\nchoreography X(A, B) { A -> B: Take(Ack) A -> B: Get(Task) A -> B: See(Frozen) }\n',
    ],
  ])("%s", async (_, source, title, wanted) => {
    expect(await acted(source, title)).toBe(wanted);
  });

  test("imports from the file that declares it", async () => {
    const now = await acted("choreography X(A, B) { A -> B: Take(Ack) }\n", /^Import `Ack`/);
    expect(now).toBe('import { Ack } from "./agree.chor"\n\nchoreography X(A, B) { A -> B: Take(Ack) }\n');
  });

  test.each([
    ["that is there", " else {\n  }\n", " else {\n    Coder -> Lead: "],
    ["that is not there yet", "\n", " else {\n    Coder -> Lead: "],
  ])("a message in an else %s", async (_, otherwise, wanted) => {
    const source = `artifact Patch { diff: string(1..2000) }\n\nchoreography Team(Lead, Coder, Reviewer) {\n  loop attempt max 3 {\n    Coder -> Reviewer: Patch\n    choice verdict at Reviewer {\n      Reviewer -> Coder: Approve()\n      Coder -> Lead: Finished()\n      break attempt\n    } or {\n      Reviewer -> Coder: Revise()\n    }\n  }${otherwise}}\n`;
    const now = await acted(source, /^Add `Coder -> Lead: /);
    expect(now).toContain(wanted);
    const { name } = opened(now);
    expect((await client.diagnostics(name)).filter(({ severity }) => severity === 1)).toEqual([]);
  });

  test("every mend that a check has proved, the best of them preferred", async () => {
    const source =
      "choreography X(A, B, C) {\n  choice at A {\n    A -> B: Go()\n    B -> C: Work()\n  } or {\n    A -> B: Stop()\n  }\n}\n";
    const { name } = opened(source);
    const found = await client.ask<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: client.uri(name) },
      range: { start: { line: 3, character: 6 }, end: { line: 3, character: 6 } },
      context: { diagnostics: [] },
    });
    const titles = found.map(({ title }) => title);
    expect(titles[0]).toBe("Add `B -> C: Done()`");
    expect(titles).toContain("Send `A -> B: Stop()` to `C`, too");
    expect(titles).toContain("Declare `C` optional: `C?`");
    expect(found.map(({ isPreferred = false }) => isPreferred)).toEqual(titles.map((_, i) => i === 0));
    for (const title of titles) {
      const { name: mended } = opened(await acted(source, title));
      expect(await client.diagnostics(mended)).toEqual([]);
    }
  });

  test("a message that a role has to be told", async () => {
    const source = review.replace("      Reviewer -> Lead: Deliver(patch)\n", "");
    const now = await acted(source, /^Add `Reviewer -> Lead/);
    expect(now).toMatch(/\n {6}Reviewer -> Coder: Approve\(\)\n {6}Reviewer -> Lead: \w+\(\)\n/);
    const { name } = opened(now);
    expect(await client.diagnostics(name)).toEqual([]);
  });
});

function decoded(data: readonly number[], text: string, legend: readonly string[]): readonly string[] {
  const lines = text.split("\n");
  const shown: string[] = [];
  let [line, character] = [0, 0];
  for (let i = 0; i < data.length; i += 5) {
    const [lineStep = 0, step = 0, length = 0, type = 0] = data.slice(i, i + 4);
    line += lineStep;
    character = lineStep === 0 ? character + step : step;
    shown.push(`${legend[type]} ${lines[line]?.slice(character, character + length)}`);
  }
  return shown;
}
