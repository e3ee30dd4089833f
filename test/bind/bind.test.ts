// What sound programs mean: names, ids, types, receivers, spans. And that no input makes the binder throw.

import { parse } from "@chor/grammar";
import { describe, expect, test } from "vitest";
import { bind } from "../../compiler/src/bind/bind.js";
import type { Choice, Choreography, Do, Loop, Program, RoleReference } from "../../compiler/src/bind/program.js";
import { typeText } from "../../compiler/src/bind/type-text.js";
import { below, pick, randomFrom } from "../support/random.js";

const NO_IMPORTS: ReadonlyMap<string, Program | null> = new Map();

function bound(
  text: string,
  file = "test.chor",
): { readonly program: Program; readonly choreographies: readonly Choreography[]; readonly codes: readonly string[] } {
  const source = { file, text };
  const parsed = parse(source);
  expect(parsed.diagnostics).toEqual([]);
  const { program, diagnostics } = bind(source, parsed.tree, NO_IMPORTS);
  return { program, choreographies: program.choreographies, codes: diagnostics.map(({ code }) => code) };
}

function only(text: string): Choreography {
  const { choreographies, codes } = bound(text);
  expect(codes).toEqual([]);
  const [choreography] = choreographies;
  if (choreography === undefined) throw new Error("no choreography");
  return choreography;
}

function many(count: number, make: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => make(i)).join("\n");
}

const brief = "artifact Brief { plan: Plan  names: string[2] } artifact Plan { steps: { done: boolean } }";

/** What a role reference, or several, look like in the source. */
function shown(roles: RoleReference | readonly RoleReference[]): string {
  return [roles]
    .flat()
    .map(({ role, all }) => (all ? `${role}[*]` : role))
    .join(", ");
}

describe("interactions", () => {
  test("names, ids, handlers, receivers, text", () => {
    const { interactions, roles } = only(`${brief}
      choreography Talk(A, B, C, F[1..3], O?) {
        /** to all */
        A -> *: Brief
        B -> C, A: /* again */ Brief
          as again
        C -> A: CIReport(Brief)
        C -> A: Brief() // nothing
        F[*] -> A: Brief as briefs[] quorum majority
          where brief.names[0] != "// no comment" && briefs.length < 9
          within 5m else { A -> F[*]: Late(Brief { plan: again.plan, names: again.names }) as late }
        A -> O: Forward(late)
      }`);
    expect(roles.map(({ name, family, optional }) => [name, family, optional])).toEqual([
      ["A", null, false],
      ["B", null, false],
      ["C", null, false],
      ["F", { low: 1, high: 3 }, false],
      ["O", null, true],
    ]);
    expect(
      interactions.map(({ index, id, doc, from, to, label, binds, own, handler, text }) => [
        index,
        id,
        doc,
        shown(from),
        shown(to),
        label,
        binds,
        own,
        handler,
        text,
      ]),
    ).toEqual([
      [0, "Brief", "to all", "A", "B, C, F[*]", "Brief", "brief", "brief", "brief", "A -> *: Brief"],
      [1, "Brief#2", "", "B", "C, A", "Brief", "again", "again", "again", "B -> C, A: Brief as again"],
      [2, "CIReport", "", "C", "A", "CIReport", "ciReport", "ciReport", "ciReport", "C -> A: CIReport(Brief)"],
      [3, "Brief#3", "", "C", "A", "Brief", null, null, "brief", "C -> A: Brief()"],
      [
        4,
        "Brief#4",
        "",
        "F[*]",
        "A",
        "Brief",
        "briefs",
        "brief",
        "brief",
        'F[*] -> A: Brief as briefs[] quorum majority where brief.names[0] != "// no comment" && briefs.length < 9 within 5m',
      ],
      [
        5,
        "Late",
        "",
        "A",
        "F[*]",
        "Late",
        "late",
        "late",
        "late",
        "A -> F[*]: Late(Brief { plan: again.plan, names: again.names }) as late",
      ],
      [6, "Forward", "", "A", "O", "Forward", "forward", "forward", "forward", "A -> O: Forward(late)"],
    ]);
  });

  test("clauses, given and by default", () => {
    const { interactions } = only(`${brief} contract Good(brief: Brief, n: int) external
      choreography Talk(A, B, F[3..4], n: int, soon: duration) {
        A -> B: Brief
        A -> B: Count(1 + n)
        A -> B: Ready()
        A -> B: Ready() where n > 2 : "too few"
        A -> B: Brief gate Good(brief, n), Good(brief, 1) retry 0 within soon
        A -> B: Brief retry n within 90s
        F[*] -> A: Brief as briefs[]
        F[*] -> A: Brief as briefs[] quorum 3
        F[*] -> A: Brief as briefs[] quorum n
      }`);
    expect(
      interactions.map(({ payload, where, gates, retry, within, quorum, collects }) => [
        payload.kind,
        where.map(({ message }) => message),
        gates.map((gate) => [gate.contract.name, gate.arguments.length]),
        retry,
        within,
        quorum,
        collects,
      ]),
    ).toEqual([
      ["asked", [], [], 2, null, null, false],
      ["computed", [], [], null, null, null, false],
      ["none", [], [], null, null, null, false],
      ["none", ["too few"], [], 2, null, null, false],
      [
        "asked",
        [],
        [
          ["Good", 2],
          ["Good", 2],
        ],
        0,
        { value: "soon" },
        null,
        false,
      ],
      ["asked", [], [], { value: "n" }, 90_000, null, false],
      ["asked", [], [], 2, null, "all", true],
      ["asked", [], [], 2, null, 3, true],
      ["asked", [], [], 2, null, { value: "n" }, true],
    ]);
  });

  test("what is computed has the type of what it is", () => {
    const payloads = only(`${brief}
      choreography Talk(A, B) {
        A -> B: Brief
        B -> A: Whole(brief)
        A -> B: Part(whole.plan)
        B -> A: Inner(part.steps)
        A -> B: Deep(whole.plan.steps.done)
        B -> A: Names(brief.names)
        B -> A: Ready(deep && brief.names.length == 2)
      }`).interactions.map(({ payload }) => payload);
    expect(
      payloads.map((payload) => (payload.kind === "computed" ? typeText(payload.expression.type) : payload.kind)),
    ).toEqual(["asked", "Brief", "Plan", "{ done: boolean }", "boolean", "string[2]", "boolean"]);
  });

  test("a name bound behind the place that speaks of it has its type there", () => {
    const { interactions } = only(`${brief} choreography Talk(A, B, F[1..2]) {
      loop l max 3 {
        A -> B: Pass(brief)
        scatter lists as each over F { A -> F: Take(each) }
        B -> A: Lists(pass.names)
        B -> A: Brief
      }
    }`);
    expect(
      interactions.map(({ payload }) =>
        payload.kind === "computed" ? typeText(payload.expression.type) : payload.kind,
      ),
    ).toEqual(["Brief", "string", "string[2]", "asked"]);
  });
});

describe("do", () => {
  const library = `artifact T { text: string } artifact U { text: string }
    choreography Agree<X>(Hub, n: int, Member[1..9], patience: duration) {
      Hub -> Member[*]: Propose(X) as proposal
      Member[*] -> Hub: Answer(X) as answers[] quorum n within patience else { abort }
      Hub -> Member[*]: Frozen(digest(proposal))
    }
    choreography Twice<Y>(A, F[2..4]) {
      do Agree<Y>(A, 1, F[*], 5m) as inner else { return }
      A -> F[*]: Last(inner.proposal)
    }`;

  test("arguments in the order of the callee, names with the types that are put in", () => {
    const { choreographies, codes } = bound(`${library}
      choreography Main(A, B, C, F[2..3], wait: duration) {
        do Agree<T>(A, 2, [F[*], B], wait) as pact else { C -> A: Failed() }
        do Twice<U>(C, [A, B])
        A -> C: One(pact.proposal)
        A -> C: Two(pact.answers)
        A -> C: Three(twice.inner.proposal)
        A -> C: Four(twice.last)
        A -> C: Five(pact.frozen)
      }`);
    expect(codes).toEqual([]);
    const main = choreographies.find(({ name }) => name === "Main");
    const [pact, twice] = (main?.body.statements ?? []) as [Do, Do];
    expect([pact.callee.name, pact.as, pact.types.map(typeText), pact.roles.map(shown)]).toEqual([
      "Agree",
      "pact",
      ["T"],
      ["A", "F[*], B"],
    ]);
    expect(pact.values.map(({ kind, type }) => [kind, typeText(type)])).toEqual([
      ["literal", "2"],
      ["name", "duration"],
    ]);
    expect([twice.as, twice.types.map(typeText), twice.roles.map(shown), twice.otherwise]).toEqual([
      "twice",
      ["U"],
      ["C", "A, B"],
      null,
    ]);
    const types = main?.interactions.map(({ payload }) =>
      payload.kind === "computed" ? typeText(payload.expression.type) : "",
    );
    expect(types).toEqual(["", "T", "T[..1000000]", "U", "U", "digest<T>"]);
  });

  test("the head is what stands before the `else`", () => {
    const text = `${library} choreography Main(A, F[2..3]) { do Twice<T>(A, /* ) */ F[*] ) do Twice<U>(A, F[*]) as more }`;
    const main = bound(text).choreographies.find(({ name }) => name === "Main");
    const heads = (main?.body.statements ?? []).map((each) =>
      each.kind === "do" ? text.slice(each.headSpan.start, each.headSpan.end) : "",
    );
    expect(heads).toEqual(["do Twice<T>(A, /* ) */ F[*] )", "do Twice<U>(A, F[*]) as more"]);
  });
});

describe("imports", () => {
  test("what is imported keeps its file, whatever it is called here", () => {
    const library = bound(
      "artifact Brief { plan: Plan } artifact Plan { text: string } contract Fits(b: Brief) external",
      "a.chor",
    );
    const source = {
      file: "b.chor",
      text: `import { Brief as Task, Fits } from "./a.chor" choreography Talk(A, B) { A -> B: Task gate Fits(task) B -> A: Back(task.plan) }`,
    };
    const { program, diagnostics } = bind(source, parse(source).tree, new Map([["./a.chor", library.program]]));
    expect(diagnostics).toEqual([]);
    const payloads = program.choreographies[0]?.interactions.map(({ payload }) =>
      payload.kind === "asked" ? payload.type : payload.kind === "computed" ? payload.expression.type : null,
    );
    expect(payloads).toEqual([
      { kind: "reference", artifact: "Brief", file: "a.chor" },
      { kind: "reference", artifact: "Plan", file: "a.chor" },
    ]);
    expect(program.imports.map(({ name, declaration }) => [name, declaration.kind])).toEqual([
      ["Task", "artifact"],
      ["Fits", "contract"],
    ]);
    expect(program.otherArtifacts.map(({ name }) => name)).toEqual(["Brief", "Plan"]);
  });

  test("a file that could not be loaded is not told of again, neither is a name that has errors there", () => {
    const library = bound("artifact Bad { x: Nothing } choreography Broken(A, B) { A -> C: X() }", "a.chor");
    expect(library.program.broken).toEqual(["Bad", "Broken"]);
    const source = {
      file: "b.chor",
      text: `import { X, Y, Z } from "./gone.chor" import { Bad, Broken } from "./a.chor"
        choreography Talk(A, B) { A -> B: X gate Z(x) B -> A: Bad do Y<X>(A, B) as y A -> B: Back(y.z) do Broken(A, B) }`,
    };
    const { program, diagnostics } = bind(
      source,
      parse(source).tree,
      new Map([
        ["./a.chor", library.program],
        ["./gone.chor", null],
      ]),
    );
    expect(diagnostics).toEqual([]);
    expect([program.choreographies, program.broken]).toEqual([[], ["Talk"]]);
  });

  test.each([
    "A -> B: T gate Z(t)",
    "A -> B: T where t.of is X",
    "A -> B: X",
    "A -> B: L(X { a: 1 })",
    "A -> B: T choice at A when t.of is X { A -> B: M() } or { A -> B: N() }",
    "A -> B: T A -> F[*]: P(t) scatter t.list as x over F after t.list.filter(y => t.of is X) { A -> F: M() }",
    "do Y(A, B)",
    "do Y(A, B) as y A -> B: L(y.z)",
    "do Own<X>(A, B)",
    "do Own<T>(A, B) do Y(A, B) else { A -> B: M() }",
  ])("%s: what speaks of a name that could not be had is left out", (body) => {
    const source = {
      file: "b.chor",
      text: `import { X, Y, Z } from "./gone.chor" artifact T { of: P | Q list: string[] } artifact P { a: int } artifact Q { a: int }
        choreography Own<Any>(A, B) { A -> B: Any } choreography Talk(A, B, F[1..2]) { ${body} }`,
    };
    const { program, diagnostics } = bind(source, parse(source).tree, new Map([["./gone.chor", null]]));
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(program.choreographies.map(({ name }) => name)).toEqual(["Own"]);
  });
});

describe("choices and loops", () => {
  test("names, heads, bodies", () => {
    const text = `choreography Talk(A, B) {
      loop round max 5 {
        choice at A { A -> B: Approve() break round } or { A -> B: Revise() continue round } or { break round }
      } else { loop more { choice last at B { B -> A: PRD() } or { loop x max 1 { B -> A: Z() } break more } } }
    }`;
    const [loop] = only(text).body.statements as [Loop];
    const cut = ({ start, end }: { readonly start: number; readonly end: number }): string => text.slice(start, end);
    expect([loop.name, loop.max, cut(loop.headSpan)]).toEqual(["round", 5, "loop round max 5"]);
    const [choice] = loop.body.statements as [Choice];
    expect([choice.name, choice.at, cut(choice.headSpan)]).toEqual(["approveOrRevise", "A", "choice at A"]);
    expect(choice.branches.map(({ body: { statements } }) => statements.map(({ kind }) => kind))).toEqual([
      ["interaction", "break"],
      ["interaction", "continue"],
      ["break"],
    ]);
    const [more] = (loop.otherwise?.statements ?? []) as unknown as [Loop];
    expect([more.max, cut(more.headSpan)]).toEqual([null, "loop more"]);
    expect(more.body.statements.map((each) => each.kind === "choice" && [each.name, cut(each.headSpan)])).toEqual([
      ["last", "choice last at B"],
    ]);
  });
});

describe("hostile input", () => {
  test("an error in one choreography leaves the others alone", () => {
    const { choreographies, codes } = bound(
      "choreography Bad(A, B) { A -> C: X() } choreography Good(A, B) { A -> B: X() }",
    );
    expect(codes).toEqual(["CHOR0203"]);
    expect(choreographies.map(({ name }) => name)).toEqual(["Good"]);
  });

  test("large files are bound in time", () => {
    for (const text of [
      `choreography X(A, B) {\n${many(10_000, (i) => `A -> B: L${i}(v${i})`)}\n}`,
      `artifact T { x: ${many(20_000, (i) => `"v${i}"`).replaceAll("\n", " | ")} } choreography X(A, B) { A -> B: T }`,
      `choreography X(A, B) { A -> B: Brief(zero0)\n${many(10_000, (i) => `A -> B: Zero${i}(zero${i + 1})`)} }`,
      many(5_000, (i) => `artifact T${i} { x: T${(i * 7919) % 5_000} y: T${(i * 104_729) % 5_000} }`),
      `choreography X(A, B) {\n${many(2_000, (i) => `choice c at A { A -> B: L${i}() } or { }`)}\nA -> B: End() }`,
    ]) {
      const source = { file: "large.chor", text };
      const { program, diagnostics } = bind(source, parse(source).tree, NO_IMPORTS);
      expect(program.choreographies.length + diagnostics.length).toBeGreaterThan(0);
    }
  });

  test("no mutilated program makes it throw", () => {
    const text = `artifact Brief { a: string(1..5) matches /^a+$/ b?: { c: "x" | 1 }[2] d: Plan } artifact Plan { x: int items: string[] }
      artifact Verdict = Brief | Plan contract Good(brief: Brief, n: int) { require brief.d.x > n : "small" }
      choreography Agree<T>(Hub, Member[1..4], n: int, soon: duration) { Hub -> Member[*]: Propose(T) as proposal
        Member[*] -> Hub: Verdict as verdicts[] quorum n within soon else { Hub -> Member[*]: No() abort } }
      choreography Talk(A, B, C?, F[1..3], G[2], n: int) within 3h { A -> *: Brief retry 2 B -> A: Brief gate Good(brief, n)
        loop l max n { choice v at B within 5m retry n { B -> A: Yes(brief.d) break l } or { B -> A: No() } else { A -> C: Why(failure.reason) } } else { A -> B: End(yes) }
        par { A -> B: P() } and { scatter brief.d.items as i over F after brief.d.items { pick G as g at A { A -> G: Go(g) } F -> A: Plan as ps[] where plan.x == 1 break i } }
        saga { step { do Agree<Brief>(A, [F[*], B], 2, 5m) as pact else { return } } undo { A -> B: Undo() } step { abort } } else { fail "why" }
        choice at A when ps.length > 1 && pact.proposal.a == "a" { A -> B: Fill(Plan { x: 1, items: ps.map(p => "x") }) } or { } }`;
    const words = text.match(/->|=>|\.\.|&&|[=!]=|"[^"]*"|\/\^a\+\$\/|\w+|\S/g) ?? [];
    const alike = (word: string): readonly string[] =>
      [
        /^[A-Z]/,
        /^(?!(?:as|where|gate|retry|within|quorum|else|choice|at|or|when|loop|max|break|par|and|scatter|over|after|pick|do|saga|step|undo|return|abort|fail|artifact|contract|choreography|require|matches)$)[a-z]/,
        /^\d/,
      ].flatMap((kind) => (kind.test(word) ? words.filter((other) => kind.test(other)) : []));
    let reached = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const random = randomFrom(seed);
      const broken = [...words];
      for (let n = 1 + below(random, 4); n > 0; n--) {
        const at = below(random, broken.length);
        const others = alike(broken[at] ?? "");
        // Mostly a name becomes another, so that the parser has nothing against it; sometimes anything happens.
        const gentle = random() < 0.9;
        if (gentle && others.length > 0) broken[at] = pick(random, others);
        if (!gentle) broken.splice(at, below(random, 3), ...(random() < 0.7 ? [pick(random, words)] : []));
      }
      const source = { file: "broken.chor", text: broken.join(" ") };
      const parsed = parse(source);
      const { program, diagnostics } = bind(source, parsed.tree, NO_IMPORTS);
      if (parsed.diagnostics.length === 0) reached++;
      expect(
        diagnostics.every(({ span }) => span.start >= 0 && span.start <= span.end && span.end <= source.text.length),
      ).toBe(true);
      // Nothing is dropped in silence, and nothing that is told of is kept.
      const told = [...parsed.diagnostics, ...diagnostics].some(({ severity }) => severity === "error");
      expect([source.text, program.broken.length > 0 && !told]).toEqual([source.text, false]);
      for (const { interactions, body } of program.choreographies)
        expect(interactions.length === 0 || body.statements.length > 0).toBe(true);
    }
    expect(reached).toBeGreaterThan(40);
  });
});
