// The figures of programs small enough to count by hand, and of programs too long to go through.

import { describe, expect, test } from "vitest";
import { check } from "../../compiler/src/check.js";
import { artifactsOf } from "../../compiler/src/bind/artifact-table.js";
import { figuresOf, type Figures } from "../../compiler/src/figures/figures.js";

const artifacts = `artifact Plan { text: string(1..100)  parts: Part[2..4] }
artifact Part { name: string(1..20) }
`;

/** Of the last choreography of the text. */
function figures(text: string): Figures {
  const { program, diagnostics } = check({ file: "figures.chor", text: artifacts + text });
  expect(diagnostics.filter(({ severity, code }) => severity === "error" && code !== "CHOR0901")).toEqual([]);
  const last = program.choreographies.at(-1);
  const found = last === undefined ? null : figuresOf(last, artifactsOf([program]));
  if (found === null) throw new Error("There are no figures.");
  return found;
}

/** `role sent received decisions` of every role, each `least..most`. */
function rows({ roles }: Figures): readonly string[] {
  const range = ({ low, high }: { readonly low: number; readonly high: number }): string =>
    low === high ? String(low) : `${low}..${high}`;
  return roles.map(({ role, sent, received, decisions }) =>
    [role, range(sent), range(received), range(decisions)].join(" "),
  );
}

describe("the figures", () => {
  test("of a loop with a choice in it", () => {
    const found = figures(`choreography Review(Author, Editor, Printer) {
      loop round max 3 {
        Author -> Editor: Plan
        choice at Editor {
          Editor -> Author: Fine()
          Editor -> Printer: Print(plan)
          return
        } or {
          Editor -> Author: Again(Part) as again
        }
      } else {
        Editor -> Author, Printer: Enough()
      }
    }`);
    expect(rows(found)).toEqual(["Author 1..3 1..4 1..3", "Editor 2..5 1..3 1..3", "Printer 0 1 0"]);
    expect(found.messages).toEqual({ low: 3, high: 8 });
    // Plan, Again, three times: 6; and the word behind the last of them is sent with it.
    expect(found.path).toEqual({ length: 6, exact: true });
    // The choice and the remark are one decision.
    expect(found.thinking.length).toBe(6);
    expect(found.deadlines.length).toBe(Infinity);
    expect(found.busiest).toEqual({ role: "Editor", share: 1 });
  });

  test("of families: pick, scatter, gather, multicast", () => {
    const found = figures(`choreography Team(Lead, Coder[2..4], Log) {
      Lead -> Coder[*]: Plan
      scatter plan.parts as part over Coder {
        Coder -> Lead: Done(Part) as dones[]
      }
      Coder[*] -> Lead: Vote(Part) as votes[] quorum 2
      pick Coder at Lead {
        Lead -> Coder: You(Part) as you
        Coder -> Log: Me()
      }
      Lead -> Coder[*]: Over()
    }`);
    expect(rows(found)).toEqual(["Lead 5..9 4..6 2", "Coder 5..7 5..9 4..8", "Log 0 1 0"]);
    expect(found.messages).toEqual({ low: 10, high: 16 });
  });

  test("of arms: side by side, the chain is the longer one", () => {
    const found = figures(`choreography Nightly(Ci, Tester, Linter) within 1d {
      Ci -> Tester, Linter: Go(Plan) as plan
      par {
        Tester -> Ci: Tests(Part) as tests within 1h else { }
        Ci -> Tester: Thanks()
      } and {
        Linter -> Ci: Style(Part) as style within 2h else { }
      }
    }`);
    expect(found.path.length).toBe(3);
    expect(found.messages).toEqual({ low: 3, high: 5 });
    expect(found.deadlines.length).toBe(Infinity);
  });

  test("of deadlines: one behind the other they add up, side by side they do not", () => {
    const found = figures(`choreography Timed(A, B, C) within 1d {
      A -> B: Plan within 1h else { B -> C: Late() return }
      B -> C: Go()
      par {
        B -> A: One(Part) as one within 20m else { }
      } and {
        C -> A: Two(Part) as two within 30m else { }
      }
      B -> C: Plan(plan) as copy
      C -> B: Three(Part) as three within 10m else { }
    }`);
    expect(found.deadlines).toEqual({ length: 100 * 60_000, exact: true });
  });

  test("of a choreography that is called, with the roles and values that it is given", () => {
    const found = figures(`choreography Ask(P, Q[1..8], often: int, patience: duration) {
      loop round max often {
        P -> Q[*]: Question()
        Q[*] -> P: Answer(Part) as answers[] within patience else { }
      }
    }
    choreography Whole(A, B[2..3], C) {
      do Ask(A, [B[*], C], 5, 10m)
    }`);
    expect(rows(found)).toEqual(["A 15..20 0..20 0", "B 0..15 10..15 10..15", "C 0..5 5 5"]);
    expect(found.deadlines.length).toBe(50 * 60_000);
  });
});

describe("loops that are too long to go through", () => {
  const body = (rounds: number): string => `choreography Long(A, B, C) {
    loop outer max ${rounds} {
      loop inner max ${rounds} {
        A -> B: Ping()
        B -> C: Pass()
        C -> A: Pong()
      }
      C -> B: Over()
    }
  }`;
  const length = (rounds: number): Figures["path"] => figures(body(rounds)).path;

  test("their chain grows as it does in short ones", () => {
    expect([1, 2, 3, 4, 5, 6].map((rounds) => length(rounds).length)).toEqual([3, 12, 27, 48, 75, 108]);
    expect(length(1_000_000)).toEqual({ length: 3e12, exact: true });
  });

  test("also where two take turns", () => {
    const turns = (rounds: number): number =>
      figures(`choreography Turns(A, B, C) {
        C -> A: Go()
        A -> C: Went()
        C -> B: Go()
        loop x max ${rounds} {
          choice at C {
            C -> A: L()
            C -> B: M()
            A -> B: Left()
          } or {
            C -> B: L()
            C -> A: M()
            B -> A: Right()
          }
        }
      }`).path.length;
    const short = [1, 2, 3, 4, 5, 6, 7, 8].map(turns);
    const far = [...short];
    for (let i = far.length; i < 40; i++) far.push((far[i - 2] ?? 0) + ((short[7] ?? 0) - (short[5] ?? 0)));
    expect(turns(40)).toBe(far[39]);
  });

  test("without a number of rounds there is no bound where the chain grows, and one where it does not", () => {
    const talk = figures(`choreography Talk(A, B) {
      loop x {
        A -> B: Ping()
        choice at B { B -> A: Pong() } or { B -> A: Bye() break x }
      }
    }`);
    expect(talk.path).toEqual({ length: Infinity, exact: true });
    expect(talk.messages).toEqual({ low: 2, high: Infinity });
    const stream = figures(`choreography Stream(A, B) {
      loop x {
        choice at A { A -> B: More() } or { A -> B: Bye() break x }
      }
    }`);
    expect(stream.path).toEqual({ length: 1, exact: true });
  });
});
