// Each category of SPEC.md, section 15, by a pair of programs: what is said to whom. Every category that is documented is
// shown here, and every one that is shown is documented.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { idsTold, told } from "./told.js";

const essay = `artifact Draft { title: string(1..120)  text: string(1..4000) }
artifact Comments { points: string(1..500)[1..20] }
choreography Essay(Author, Editor, Printer) {
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
    Editor -> Printer: Nothing()
  }
}
`;

const stopped = essay.replace(
  "comments\n    }",
  "comments\n    } or {\n      Editor -> Author: Stop()\n      Editor -> Printer: Nothing()\n      break round\n    }",
);

const deliver = `artifact Module { name: string(1..40) }
artifact Missing { name: string(1..40) }
contract Compiles(module: Module) external
contract Short(module: Module) { require module.name.length < 10 }
choreography Deliver(Lead, Coder, Reviewer) {
  Lead -> Coder: Go()
  Coder -> Reviewer: Module where module.name != "index" gate Compiles(module), Short(module) within 20m
  Reviewer -> Lead: Deliver(module)
}
`;

const awaited = `artifact Module { name: string(1..40) }
choreography Deliver(Lead, Coder, Reviewer) {
  Coder -> Reviewer: Module within 20m else {
    Reviewer -> Lead: Missing()
    return
  }
  Reviewer -> Lead: Done()
}
`;

const vote = `artifact Vote { yes: boolean }
choreography Poll(Clerk, Voter[1..8]) {
  Clerk -> Voter[*]: Ask()
  Voter[*] -> Clerk: Vote as votes[] quorum majority within 5m else { }
  Clerk -> Voter[*]: Counted()
}
`;

const nightly = `artifact Report { text: string }
choreography Nightly(Ci, Tester, Linter) {
  par {
    Tester -> Ci: Tests(Report)
  } and {
    Linter -> Ci: Style(Report)
  }
  Ci -> Tester, Linter: Seen()
}
`;

const talk = `choreography Talk(Asker, Helper, Log) {
  Asker -> Helper: Question()
  Helper -> Asker: Answer()
  Asker -> Log: Done()
}
`;

const auction = `artifact Bid { price: int(0..1000) }
choreography Auction(Seller, Buyer) {
  Buyer -> Seller: Bid
  choice when bid.price >= 100 {
    Seller -> Buyer: Sold()
  } or {
    Buyer -> Seller: Bye()
  }
}
`;

const typed = (fields: string, more = "", head = "artifact"): string => `artifact Part { name: string(1..40) }
artifact Other { count: int(0..5) }
${more}
${head} Box { ${fields} }
choreography Ship(Lead, Coder) { Lead -> Coder: Box }
`;

const union = (members: string): string => `artifact Yes { a: int(0..1) }
artifact No { b: int(0..1) }
artifact Later { c: int(0..1) }
artifact Answer = ${members}
choreography Ask(Lead, Coder) { Lead -> Coder: Answer }
`;

type Case = readonly [name: string, old: string, now: string];

const cases: Readonly<Record<string, readonly Case[]>> = {
  messages: [
    ["a message more", talk, talk.replace("Helper -> Asker", "Helper -> Asker: Wait()\n  Helper -> Asker")],
    ["a message less", talk, talk.replace("  Asker -> Log: Done()\n", "")],
    ["another label", talk, talk.replace("Answer()", "Reply()")],
    [
      "another order",
      talk,
      talk.replace(
        "Asker -> Helper: Question()\n  Helper -> Asker: Answer()",
        "Helper -> Asker: Answer()\n  Asker -> Helper: Question()",
      ),
    ],
    ["a branch more", essay, stopped],
    ["a branch less", stopped, essay],
    ["another condition of a choice when", auction, auction.replace(">= 100", ">= 50")],
    ["arms more", nightly, nightly.replace("Style(Report)\n", "Style(Report)\n  } and {\n    Ci -> Linter: Hello()\n")],
    [
      "arms in another order",
      nightly,
      nightly.replace(
        "Tester -> Ci: Tests(Report)\n  } and {\n    Linter -> Ci: Style(Report)",
        "Linter -> Ci: Style(Report)\n  } and {\n    Tester -> Ci: Tests(Report)",
      ),
    ],
  ],
  loops: [
    ["more rounds", essay, essay.replace("max 3", "max 5")],
    ["fewer rounds", essay, essay.replace("max 3", "max 2")],
    [
      "rounds by a value",
      "choreography A(B, C, n: int) { loop x max n { B -> C: L() } }",
      "choreography A(B, C, n: int) { loop x max 4 { B -> C: L() } }",
    ],
    [
      "left nowhere",
      "choreography A(B, C) { loop x max 3 { B -> C: L()\n choice at B { B -> C: Y()\n break x } or { B -> C: N() } } }",
      "choreography A(B, C) { loop x max 3 { B -> C: L()\n choice at B { B -> C: Y() } or { B -> C: N() } } }",
    ],
  ],
  clauses: [
    ["a condition more", deliver, deliver.replace(" gate Compiles", ' where module.name != "main" gate Compiles')],
    ["a condition less", deliver, deliver.replace(' where module.name != "index"', "")],
    ["a gate less", deliver, deliver.replace("Compiles(module), ", "")],
    ["a gate more", deliver.replace("Compiles(module), ", ""), deliver],
    ["a stricter contract", deliver, deliver.replace("< 10", "< 10  require module.name.length > 1")],
    ["a looser contract", deliver.replace("< 10", "< 10  require module.name.length > 1"), deliver],
    ["another contract", deliver, deliver.replace("< 10", "< 12")],
    ["refused more often", deliver, deliver.replace(" within 20m", " retry 5 within 20m")],
    ["a deadline more", deliver.replace(" within 20m", ""), deliver],
    ["a deadline less", deliver, deliver.replace(" within 20m", "")],
    ["a longer deadline", deliver, deliver.replace("20m", "1h")],
    ["a shorter deadline", deliver, deliver.replace("20m", "5m")],
    [
      "a deadline that is a value",
      "choreography A(B, C, t: duration) { B -> C: L() within t }",
      "choreography A(B, C, t: duration) { B -> C: L() within 5m }",
    ],
    ["an else more", awaited.replace(/ else \{[^}]*\}/, ""), awaited],
    ["an else less", awaited, awaited.replace(/ else \{[^}]*\}/, "")],
    ["another quorum", vote, vote.replace("majority", "1")],
    [
      "the deadline of the whole",
      "choreography A(B, C) within 4h { B -> C: L() }",
      "choreography A(B, C) within 1h { B -> C: L() }",
    ],
  ],
  payloads: [
    ["a wider one", essay, essay.replace("[1..20]", "[1..30]")],
    ["a narrower one", essay, essay.replace("[1..20]", "[1..10]")],
    ["another one", essay, essay.replace("title: string(1..120)", "title: int")],
    ["one more", talk, `artifact Text { text: string }\n${talk.replace("Answer()", "Answer(Text)")}`],
    ["one less", `artifact Text { text: string }\n${talk.replace("Answer()", "Answer(Text)")}`, talk],
    ["from somewhere else", essay, essay.replace("Print(draft)", "Print(Draft)")],
  ],
  roles: [
    ["one more", talk, talk.replace("Log)", "Log, Boss)").replace("Done()", "Done()\n  Log -> Boss: Told()")],
    ["one less", talk.replace("Log)", "Log, Boss)").replace("Done()", "Done()\n  Log -> Boss: Told()"), talk],
    ["another name", talk, talk.replaceAll("Helper", "Tutor")],
    ["a larger family", vote, vote.replace("1..8", "1..9")],
    ["a smaller family", vote, vote.replace("1..8", "2..8")],
    ["a family", talk, talk.replace("Log)", "Log[1..3])").replace("Log:", "Log[*]:")],
    ["optional", talk, talk.replace("Log)", "Log?)")],
    ["no longer optional", talk.replace("Log)", "Log?)"), talk],
  ],
  choreographies: [
    ["one more", talk, `${talk}\n${essay}`],
    ["one less", `${talk}\n${essay}`, talk],
    [
      "a value more",
      "choreography A(B, C) { B -> C: L() }",
      "choreography A(B, C, n: int) { loop x max n { B -> C: L() } }",
    ],
    [
      "a value less",
      "choreography A(B, C, n: int) { loop x max n { B -> C: L() } }",
      "choreography A(B, C) { loop x max 3 { B -> C: L() } }",
    ],
    [
      "another value",
      "choreography A(B, C, n: int(1..9)) { loop x max n { B -> C: L() } }",
      "choreography A(B, C, n: int(1..5)) { loop x max n { B -> C: L() } }",
    ],
    [
      "a type more",
      "artifact T { a: int }\nchoreography A<X>(B, C) { B -> C: L(X) }",
      "artifact T { a: int }\nchoreography A<X, Y>(B, C) { B -> C: L(X)\n C -> B: M(Y) }",
    ],
  ],
  artifacts: [
    ["a field more", typed("a: int"), typed("a: int  b: string")],
    ["a field less", typed("a: int  b?: string"), typed("a: int")],
    ["a field that may be left out", typed("a: int"), typed("a?: int")],
    ["a field that may not be left out any more", typed("a?: int"), typed("a: int")],
    ["a wider range", typed("a: string(1..4)"), typed("a: string(..9)")],
    ["a narrower range", typed("a: int(0..9)"), typed("a: int(0..5)")],
    ["another range", typed("a: Part[1..4]"), typed("a: Part[2..8]")],
    ["values more", typed('a: "x" | "y"'), typed('a: "x" | "y" | "z"')],
    ["values less", typed('a: "x" | "y" | "z"'), typed('a: "x" | "y"')],
    ["a pattern more", typed("a: string"), typed("a: string matches /^a/")],
    ["a pattern less", typed("a: string matches /^a/"), typed("a: string")],
    ["another pattern", typed("a: string matches /^a/"), typed("a: string matches /^b/")],
    ["null", typed("a: int"), typed("a: int | null")],
    ["no null", typed("a: int | null"), typed("a: int")],
    ["another type", typed("a: int"), typed("a: string")],
    ["an invariant more", typed("a: int(0..9)"), typed("a: int(0..9)\n where a != 3")],
    ["an invariant less", typed("a: int(0..9)\n where a != 3"), typed("a: int(0..9)")],
    ["opened", typed("a: int"), typed("a: int", "", "open artifact")],
    ["closed", typed("a: int", "", "open artifact"), typed("a: int")],
    ["another artifact inside", typed("a: Part"), typed("a: Other")],
    ["another name inside", typed("a: Part"), typed("a: Piece", "artifact Piece { name: string(1..40) }")],
    ["a member more", union("Yes | No"), union("Yes | No | Later")],
    ["a member less", union("Yes | No | Later"), union("Yes | No")],
  ],
  "the order of what is written": [
    ["fields", typed("a: int  b: string"), typed("b: string  a: int")],
    ["a name", essay, essay.replace("as comments", "as remarks")],
    [
      "the parameter of a function",
      typed("a: int[1..5]\n where a.every(x => x > 0)"),
      typed("a: int[1..5]\n where a.every(y => y > 0)"),
    ],
  ],
};

for (const [kind, pairs] of Object.entries(cases))
  describe(kind, () => {
    for (const [name, old, now] of pairs)
      test(name, () => {
        expect(`\n${told(old, now).join("\n")}\n`).toMatchSnapshot();
      });
  });

test("a difference with itself is nothing", () => {
  for (const [, old, now] of Object.values(cases).flat())
    for (const text of [old, now])
      for (const line of told(text, text)) expect(line).toMatch(/^\w+ nothing; sessions go on$/);
});

const spec = readFileSync(fileURLToPath(new URL("../../SPEC.md", import.meta.url)), "utf8");

test("the categories that are shown here are those of SPEC.md", () => {
  const section = /\n## 15 [^]*?(?=\n## |$)/.exec(spec)?.[0] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  const documented = rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([a-z-]+)`/g)].map(([, id]) => id));
  const shown = new Set(
    Object.values(cases)
      .flat()
      .flatMap(([, old, now]) => idsTold(old, now)),
  );
  expect(documented.length).toBe(new Set(documented).size);
  expect(documented.toSorted()).toEqual([...shown].toSorted());
});
