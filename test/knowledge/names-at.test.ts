// What an editor can say of a place: which names there are, of which type, who knows them, where they are bound.

import { parse } from "@chor/grammar";
import { describe, expect, test } from "vitest";
import { bind } from "../../compiler/src/bind/bind.js";
import type { Choreography } from "../../compiler/src/bind/program.js";
import { namesAt, type ScopedName } from "../../compiler/src/knowledge/names-at.js";

const text = `
artifact Plan { parts: Part[1..4] }
artifact Part { name: string(1..4) }
artifact Module { name: string(1..4) }

choreography Agree<T>(P, Q[1..4]) {
  P -> Q[*]: Offer(T)
  Q[*] -> P: Answer(Part) as answers[]
}

choreography Build(Lead, Coder[1..4], Judge, limit: int(0..9)) {
  /*0*/ Lead -> Coder[*]: Plan /*1*/
  do Agree<Plan>(Judge, Coder[*]) as pact
  /*2*/ scatter plan.parts as part over Coder {
    /*3*/ Coder -> Lead: Module as modules[] where /*4*/ module.name == part.name within 5m else {
      /*5*/
      break part
    }
    /*6*/
  }
  /*7*/ pick Coder as who at Lead {
    Lead -> Coder: Note(Part) /*8*/
  }
  choice at Lead {
    Lead -> Judge: Hint(Part) /*9*/
  } or {
    Lead -> Judge: None()
  } /*10*/
}
`;

describe("names at a place", () => {
  const choreography = bound(text, "Build");
  const at = (mark: number): readonly ScopedName[] => namesAt(choreography, text.indexOf(`/*${mark}*/`));
  const shown = (mark: number): readonly string[] =>
    at(mark).map(
      ({ name, definite, collects, knownBy }) =>
        `${name}${collects ? "[]" : ""}${definite ? "" : "?"}: ${knownBy.join(" ")}`,
    );

  test("values everywhere, messages behind themselves", () => {
    expect(shown(0)).toEqual(["limit: Lead Coder Judge"]);
    expect(shown(1)).toEqual(["limit: Lead Coder Judge", "plan: Lead Coder"]);
  });

  test("what a `do` leaves, under its prefix, with the types that were put in", () => {
    expect(shown(2).slice(2)).toEqual(["pact.offer: Coder Judge", "pact.answers[]: Judge"]);
    const [offer, answers] = at(2).slice(2);
    expect(offer?.type).toEqual({ kind: "reference", artifact: "Plan", file: "x.chor" });
    expect(answers?.type.kind).toBe("list");
    expect(offer?.boundAt.map(({ start, end }) => text.slice(start, end))).toEqual(["P -> Q[*]: Offer(T)"]);
  });

  test("the element of a scatter, the message in its own clauses, `failure` in its `else`", () => {
    expect(shown(3).slice(0, 2)).toEqual(["part: Lead Coder", "limit: Lead Coder Judge"]);
    expect(shown(4).slice(0, 2)).toEqual(["module: Lead Coder Judge", "part: Lead Coder"]);
    expect(shown(5).slice(0, 2)).toEqual(["failure: Lead", "part: Lead Coder"]);
    expect(shown(6).slice(0, 2)).toEqual(["part: Lead Coder", "limit: Lead Coder Judge"]);
    expect(shown(6)).toContain("modules[]: Lead Coder");
  });

  test("lists outlive a scatter, what its members know does not", () => {
    expect(shown(7)).toContain("modules[]: Lead");
    expect(shown(7).filter((name) => /^(part|module|failure)\b/.test(name))).toEqual([]);
  });

  test("the member of a pick, and what it is told", () => {
    expect(shown(8)).toContain("who: Lead Coder");
    expect(shown(8)).toContain("note: Lead Coder");
    expect(shown(9).filter((name) => /^(who|note)\b/.test(name))).toEqual([]);
  });

  test("what one branch binds may be absent behind it", () => {
    expect(shown(9)).toContain("hint: Lead Judge");
    expect(shown(10)).toContain("hint?: Lead Judge");
  });

  test("nothing outside of the body", () => {
    expect(namesAt(choreography, 0)).toEqual([]);
    expect(namesAt(choreography, text.length + 99)).toEqual([]);
    expect(namesAt(choreography, -1)).toEqual([]);
  });
});

function bound(source: string, name: string): Choreography {
  const file = { file: "x.chor", text: source };
  const { program, diagnostics } = bind(file, parse(file).tree, new Map());
  const found = program.choreographies.find((each) => each.name === name);
  if (found === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return found;
}
