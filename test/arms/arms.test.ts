// What is said of arms that are not coherent, and what is accepted. The verdicts themselves are compared with an
// exploration of the endpoints in test/oracle.

import { describe, expect, test } from "vitest";
import { armsCoherence } from "../../compiler/src/arms/arms.js";
import { check } from "../../compiler/src/check.js";
import { desugar } from "../../compiler/src/core/desugar.js";
import { build } from "../support/build.js";
import { randomTeam } from "../support/random-teams.js";
import { toldKnowers } from "../support/random-waits.js";

function errorsOf(roles: string, body: string): readonly { code: string; message: string; runs: number }[] {
  const artifacts = "artifact Plan { modules: int[][0..9] }\n";
  const text = `${artifacts}choreography Team(${roles}) {\n${body}\n}\n`;
  return check({ file: "team.chor", text })
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ code, message, runs }) => ({ code, message, runs: runs?.runs.length ?? 0 }));
}

test("arms that everybody is told of are accepted", () => {
  const body = `Lead -> Coder, Tester: Go()
    par { Lead -> Coder: Write()  Coder -> Lead: Code() } and { Lead -> Tester: Plan()  Tester -> Lead: Cases() }
    Coder -> Tester: Done()`;
  expect(errorsOf("Lead, Coder, Tester", body)).toEqual([]);
});

test("messages from all members of a family are accepted", () => {
  expect(
    errorsOf("Lead, Coder[2..4]", "Lead -> Coder[*]: Go()\nCoder[*] -> Lead: Done()\nLead -> Coder[*]: Bye()"),
  ).toEqual([]);
});

test("a scatter whose list everybody knows is accepted", () => {
  const body = `Lead -> Coder[*]: Plan
    scatter plan.modules as module over Coder { Lead -> Coder: Write()  Coder -> Lead: Code() }
    Lead -> Coder[*]: Bye()`;
  expect(errorsOf("Lead, Coder[2..4]", body)).toEqual([]);
});

test("a role that begins an arm has to know that the arms begin", () => {
  const body = `choice at Lead {
      Lead -> Coder: Go()
      par { Tester -> Lead: Cases() } and { Coder -> Lead: Code() }
    } or { Lead -> Coder: Stop() }`;
  expect(errorsOf("Lead, Coder, Tester", body)).toContainEqual({
    code: "CHOR0605",
    message:
      "`Tester` cannot know that it must send `Cases` to `Lead` in arm 1 of the `par` here: in another run, which looks the same to it, the choreography is over for it.",
    runs: 2,
  });
});

test("a role that waits in an arm has to know whether it is done", () => {
  const body = `choice at Lead {
      Lead -> Coder: Go()
      par { Lead -> Tester: Check() } and { Coder -> Lead: Code() }
    } or { Lead -> Coder: Stop() }`;
  expect(errorsOf("Lead, Coder, Tester", body).map(({ code, message }) => [code, message])).toContainEqual([
    "CHOR0608",
    "`Tester` cannot know whether it is done: in one run it still waits for `Check` from `Lead` in arm 1 of the `par`, in another, which looks the same to it, nothing more comes.",
  ]);
});

test("a message behind the arms that can come before what is sent in them", () => {
  const body = `choice at Lead {
      Lead -> Coder: Go()
      par { Lead -> Tester: Check() } and { Lead -> Coder: Write() }
      Coder -> Tester: Try()
    } or { Lead -> Coder: Stop()  Coder -> Tester: Try() }`;
  expect(errorsOf("Lead, Coder, Tester", body).map(({ code }) => code)).toContain("CHOR0607");
});

test("to send or to wait in an arm", () => {
  const body = `choice at Lead {
      Lead -> Coder: Go()
      par { Lead -> Tester: Check() } and { Lead -> Coder: Write() }
      Lead -> Tester: End()
    } or { Lead -> Coder: Stop()  Tester -> Coder: Bye()  Lead -> Tester: End() }`;
  expect(errorsOf("Lead, Coder, Tester", body).map(({ code }) => code)).toContain("CHOR0606");
});

test("a role that is in some runs of the body of a scatter only", () => {
  const body = `Lead -> Coder[*], Tester: Plan
    scatter plan.modules as module over Coder {
      choice at Coder { Coder -> Lead: Code()  Coder -> Tester: Try() } or { Coder -> Lead: Give() }
    }`;
  expect(errorsOf("Lead, Coder[2..4], Tester", body).map(({ code, message }) => [code, message])).toContainEqual([
    "CHOR0609",
    "With 2 members of `Coder`, `Tester` takes part in some runs of the body of the scatter only: in the others it cannot know that its part is over.",
  ]);
});

test("a scatter begins by everybody's own act", () => {
  const body = `Lead -> Coder[*]: Plan
    choice at Lead {
      Lead -> Tester: Go()
      scatter plan.modules as module over Coder { Lead -> Coder: Write() }
      Lead -> Coder[*]: End()
    } or { Lead -> Tester: Stop()  Lead -> Coder[*]: Halt() }`;
  const found = errorsOf("Lead, Coder[2..4], Tester", body);
  expect(found.map(({ code }) => code)).toContain("CHOR0606");
  expect(found.map(({ message }) => message).join("\n")).toContain("begin the scatter");
});

test("what does not begin with the decider inside of an arm is not taken for what the next arm does", () => {
  const body = `par { choice at Lead { Lead -> Coder: Go() } or { } } and { Lead -> Tester: Plan() }`;
  expect(errorsOf("Lead, Coder, Tester", body).map(({ code }) => code)).toEqual(["CHOR0502"]);
});

describe("what stands in arms and beside them", () => {
  const plain = "Lead, Coder, Tester";
  const accepted: readonly (readonly [string, string, string])[] = [
    [
      "a wait whose `else` tells the others",
      plain,
      "par { Coder -> Lead: Code() within 5m else { Lead -> Tester: Late() } Lead -> Tester: Next() } and { Lead -> Coder: Go() }",
    ],
    [
      "a wait in the body of a scatter, which ends the instance",
      "Lead, Coder[2..3]",
      `Lead -> Coder[*]: Plan
      scatter plan.modules as module over Coder { Coder -> Lead: Code() within 1h else { break module }  Lead -> Coder: Seen() }`,
    ],
    [
      "a quorum beside a scatter",
      "Lead, Coder[2..3]",
      `Lead -> Coder[*]: Plan
      Coder[*] -> Lead: Ready() quorum 1 within 1h else { fail "nobody is ready" }
      scatter plan.modules as module over Coder { Coder -> Lead: Code() }`,
    ],
    [
      "`fail` in an arm",
      plain,
      `par { choice at Lead { Lead -> Coder: Bad() fail "bad" } or { Lead -> Coder: Good() } Coder -> Lead: Thanks() }
      and { Tester -> Lead: Cases() }`,
    ],
    [
      "a choice by data in an arm",
      plain,
      `Lead -> Coder, Tester: Plan
      par { choice when plan.modules.length > 1 { Coder -> Tester: Many() } or { Tester -> Coder: Few() } }
      and { Lead -> Coder: Go() }`,
    ],
    [
      "an optional role in an arm, with nothing to do behind it",
      "Lead, Coder, Tester?",
      "par { Coder -> Lead: Code() within 5m else { Lead -> Tester: Late() } } and { Lead -> Coder: Go() }  Lead -> Coder: Over()",
    ],
  ];

  test.each(accepted)("%s is accepted", (_, roles, body) => {
    expect(errorsOf(roles, body)).toEqual([]);
  });

  test("who waits in an arm, and may give up, has to know that it begins", () => {
    const body = `choice at Lead {
      Lead -> Tester: Go()
      par { Tester -> Coder: Code() within 5m else { } } and { Lead -> Tester: More() }
    } or { Lead -> Tester: Stop()  Lead -> Coder: Bye() }`;
    const found = errorsOf(plain, body);
    expect(found.map(({ code }) => code)).toEqual(["CHOR0606"]);
    expect(found[0]?.message).toContain("wait at most 5m for `Code` from `Tester` in arm 1 of the `par`");
  });

  test("who takes a branch by data in an arm has to know that it begins", () => {
    const body = `Lead -> Coder: Plan
    choice at Lead {
      Lead -> Tester: Go()
      par { choice when plan.modules.length > 1 { Coder -> Tester: A() } or { Coder -> Tester: B() } }
      and { Lead -> Tester: C() }
    } or { Lead -> Tester: No() }`;
    expect(errorsOf(plain, body).map(({ code, message }) => [code, message])).toEqual([
      [
        "CHOR0605",
        "`Coder` cannot know that it must take a branch of a `choice when` in arm 1 of the `par` here: in another run, which looks the same to it, the choreography is over for it.",
      ],
    ]);
  });

  test("who begins a scatter in an arm has to know that the arm begins", () => {
    const body = `Lead -> Coder[*]: Plan
    choice at Lead {
      Lead -> Tester: Go()
      par { Lead -> Tester: Y() } and { scatter plan.modules as module over Coder { Lead -> Coder: Write() } }
    } or { Lead -> Tester: Stop()  Lead -> Coder[*]: Halt() }`;
    const found = errorsOf("Lead, Coder[2..3], Tester", body);
    expect(found.map(({ code }) => code)).toContain("CHOR0606");
    expect(found.map(({ message }) => message).join("\n")).toContain("begin the scatter in arm 2 of the `par`");
  });

  test("an optional role that has something to do behind an arm has to know that it is over", () => {
    const body = `par { Coder -> Lead: Code() within 5m else { Lead -> Tester: Late() } } and { Lead -> Coder: Go() }
    Lead -> Tester: Over()`;
    expect(errorsOf("Lead, Coder, Tester?", body).map(({ code, message }) => [code, message])).toEqual([
      [
        "CHOR0631",
        "`Tester` takes part in some runs of arm 1 of the `par` only: in the others it cannot know that its part is over. `Tester` is optional, but has something to do behind the `par`.",
      ],
    ]);
    const always = `par { Lead -> Tester: Begin()  choice at Lead { Lead -> Coder: A() Coder -> Tester: B() } or { Lead -> Coder: C() } }
    and { Lead -> Coder: Go() }  Lead -> Tester: Over()`;
    expect(errorsOf("Lead, Coder, Tester?", always).map(({ code }) => code)).toEqual(["CHOR0631"]);
  });

  test("optional roles that wait for each other to leave, through arms", () => {
    const body = `choice at Lead { Lead -> Ann: Go() par { Ann -> Ben: Look() } and { Lead -> Coder: A() } }
    or { Lead -> Ben: Go() par { Ben -> Ann: Look() } and { Lead -> Coder: B() } } or { Lead -> Coder: C() }`;
    expect(errorsOf("Lead, Coder, Ann?, Ben?", body).map(({ code }) => code)).toEqual(["CHOR0630"]);
  });

  test("the roles of the network, and their words, are nobody's business", () => {
    let told = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const kinds = { roles: 3, labels: 2, statements: 2, depth: 2, arms: 2, waits: 0.4, data: 0.4, fails: 0.2 };
      const { choreography } = build(randomTeam(seed, kinds));
      for (const each of armsCoherence(desugar(choreography, { knowers: toldKnowers })).diagnostics) {
        told++;
        const { message, hint = "", related, runs } = each;
        const steps = (runs?.runs ?? []).flatMap((run) => [run.then, ...run.steps.map(({ text }) => text)]);
        const all = [message, hint, ...related.map((one) => one.message), ...steps];
        expect(all.join("\n")).not.toMatch(/~|#\d|: (ok|late|pass|refused|counted|not|skip|branch \d)\b|\?[A-Za-z]+\d/);
        expect(all.filter((text) => text === "")).toEqual([]);
      }
    }
    expect(told).toBeGreaterThan(100);
  });
});

test("128 workers side by side are accepted", () => {
  const workers = Array.from({ length: 128 }, (_, i) => `Worker${i}`);
  const arms = workers.map((worker) => `{ Lead -> ${worker}: Do()  ${worker} -> Lead: Done() }`).join(" and ");
  const text = `choreography Many(Lead, ${workers.join(", ")}) { par ${arms} }`;
  check({ file: "many.chor", text });
  const before = performance.now();
  const { diagnostics } = check({ file: "many.chor", text });
  const took = performance.now() - before;
  console.log(`128 workers as par: ${took.toFixed(0)} ms`);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
});
