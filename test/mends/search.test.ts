// The search for mends: what is offered is accepted, small edits come first, what is not concerned stays as it is, and
// the effort is bounded.

import { describe, expect, test } from "vitest";
import type { Diagnostic, Fix } from "@chor/grammar";
import { check } from "../../compiler/src/check.js";
import { applied } from "../../compiler/src/mends/edits.js";
import { mendsOf } from "../../compiler/src/mends/search.js";

const file = "search.chor";
const always = (): boolean => true;

function checkText(text: string): readonly Diagnostic[] {
  return check({ file, text }).diagnostics;
}

function errorsIn(text: string): readonly Diagnostic[] {
  return checkText(text).filter(({ severity }) => severity === "error");
}

/** The mends of the first error. */
function mends(text: string, wanted = 5): readonly Fix[] {
  const said = checkText(text);
  const wrong = said.find(({ severity }) => severity === "error");
  if (wrong === undefined) throw new Error("nothing is wrong");
  return mendsOf({ file, text }, said, wrong, checkText, { wanted, hasTime: always }).fixes;
}

function first(text: string): string {
  const [fix] = mends(text, 1);
  return fix === undefined ? "" : applied(text, fix);
}

const untold = `choreography X(A, B, C) {
  choice at A {
    A -> B: Go()
    B -> C: Work()
  } or {
    A -> B: Stop() // for today
  }
}
`;

describe("a mend", () => {
  test("of an untold role is a message in the other branch, behind a comment on its line", () => {
    expect(first(untold)).toBe(untold.replace("// for today\n", "// for today\n    B -> C: Done()\n"));
  });

  test("is laid out as the file is: its line ends, or all on one line", () => {
    const windows = untold.replaceAll("\n", "\r\n");
    expect(first(windows)).toBe(windows.replace("// for today\r\n", "// for today\r\n    B -> C: Done()\r\n"));
    const short = "choreography X(A, B, C) { choice at A { A -> B: Go() B -> C: Work() } or { A -> B: Stop() } }";
    expect(first(short)).toBe(short.replace("Stop()", "Stop() B -> C: Done()"));
  });

  test("is one of several, each accepted, no two alike", () => {
    const found = mends(untold);
    expect(found.length).toBeGreaterThan(2);
    expect(new Set(found.map(({ title }) => title)).size).toBe(found.length);
    for (const fix of found) expect(checkText(applied(untold, fix))).toEqual([]);
    expect(found.map(({ title }) => title)).toContain("Send `A -> B: Stop()` to `C`, too");
  });

  test.each([
    ["a role that need not be told", "Declare `C` optional: `C?`", untold],
    [
      "two messages in the wrong order",
      "Swap `A -> C: Close()` and `B -> C: Result()`",
      `choreography X(A, B, C) {
  choice at A {
    A -> B: Go()
    B -> C: Result()
    A -> C: Close()
  } or {
    A -> B: Skip()
    A -> C: Close()
    B -> C: Result()
  }
}
`,
    ],
    [
      "a choice that stands at the wrong role",
      "Let `B` decide: `choice at B`",
      "choreography X(A, B) { choice at A { B -> A: Yes() } or { B -> A: No() } }",
    ],
    [
      "a message that only one branch has",
      "Remove `B -> C: Work()`",
      `choreography X(A, B, C) {
  A -> C: Hello()
  choice at A {
    A -> B: Go()
    B -> C: Work()
  } or {
    A -> B: Stop()
  }
}
`,
    ],
  ])("is found for %s", (_, title, text) => {
    const said = checkText(text);
    const wrong = said.find(({ severity }) => severity === "error");
    if (wrong === undefined) throw new Error("nothing is wrong");
    const { fixes } = mendsOf({ file, text }, said, wrong, checkText, { wanted: 50, hasTime: always });
    expect(fixes.map((fix) => fix.title)).toContain(title);
    for (const fix of fixes) expect(errorsIn(applied(text, fix)).length).toBeLessThan(errorsIn(text).length);
  });

  test("may be put together of several edits", () => {
    const text = `choreography X(A, B?, C?, D?) {
  choice at A {
    A -> B: Help()
    B -> C: Look()
  } or {
    A -> C: Help()
    C -> B: Look()
  } or {
    A -> D: Help()
  }
}
`;
    const [fix] = mends(text, 1);
    expect(fix?.edits.length).toBe(2);
    expect(first(text)).not.toBe("");
    expect(checkText(first(text))).toEqual([]);
  });

  test("leaves other choreographies and other errors as they are", () => {
    const other = `choreography Y(A, B, C) {
  choice at A {
    A -> B: Go()
    C -> B: Work()
  } or {
    A -> B: Stop()
  }
}
`;
    const text = `${untold}\n${other}`;
    for (const fix of mends(text)) {
      const after = applied(text, fix);
      expect(after.endsWith(other)).toBe(true);
      expect(errorsIn(after).map(({ code }) => code)).toEqual(["CHOR0601"]);
    }
  });

  test("makes no warning: a message whose artifact nothing else uses is not taken away", () => {
    const text = `artifact Work { text: string }\n${untold.replace("Work()", "Work")}`;
    for (const fix of mends(text, 50)) expect(checkText(applied(text, fix))).toEqual([]);
  });
});

describe("the search", () => {
  test("checks at most sixty texts for one diagnostic", () => {
    const roles = ["D", "E", "F", "G", "H"];
    const text = `choreography X(A, B, C, ${roles.join(", ")}) {
  choice at A {
    A -> B: Go()
    ${roles.map((role) => `${role} -> C: Work${role}()`).join("\n    ")}
    B -> C: Work()
  } or {
    A -> B: Stop()
    ${roles.map((role) => `B -> ${role}: Stop()\n    ${role} -> C: Work${role}()`).join("\n    ")}
  }
}
`;
    const said = checkText(text);
    let checks = 0;
    for (const wrong of said.slice(0, 3)) {
      checks = 0;
      mendsOf(
        { file, text },
        said,
        wrong,
        (each) => {
          checks++;
          return checkText(each);
        },
        { wanted: 50, hasTime: always },
      );
      expect(checks).toBeLessThanOrEqual(60);
    }
  });

  test("says that it was cut where there is no time", () => {
    const said = checkText(untold);
    const [wrong] = said;
    if (wrong === undefined) throw new Error("nothing is wrong");
    let time = 0;
    const effort = { wanted: 5, hasTime: () => ++time < 4 };
    expect(mendsOf({ file, text: untold }, said, wrong, checkText, effort).cut).toBe(true);
    expect(mendsOf({ file, text: untold }, said, wrong, checkText, { wanted: 1, hasTime: always }).cut).toBe(false);
  });

  test("gives the same every time", () => {
    expect(mends(untold)).toEqual(mends(untold));
  });
});
