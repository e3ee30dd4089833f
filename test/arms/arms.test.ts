// What is said of arms that are not coherent, and what is accepted. The verdicts themselves are compared with an
// exploration of the endpoints in test/oracle.

import { expect, test } from "vitest";
import { check } from "../../compiler/src/check.js";

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
