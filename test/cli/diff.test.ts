// `chorc diff`: words in, what has changed out, exit codes for CI.

import { expect, test } from "vitest";
import { broken, chorc, folder, good } from "./run.js";

const wider = good.replace("title: string", "title: string(..70000)");
const narrower = good.replace("title: string", "title: string(..100)");
const more = good.replace("Done()", "Done()\n  Lead -> Coder: Thanks()");

test("nothing, compatible, breaking: 0, 0, 1", async () => {
  const files = folder({ "a.chor": good, "b.chor": more, "c.chor": narrower, "d.chor": wider });
  expect(await chorc(["diff", "a.chor", "a.chor"], { folder: files })).toEqual({
    code: 0,
    out: "Team: nothing; running sessions can go on with it\n",
    error: "",
  });
  const lead = await chorc(["diff", "a.chor", "c.chor", "--role", "Lead"], { folder: files });
  expect(lead.code).toBe(0);
  expect(lead.out).toContain("Lead may be replaced alone.");
  const all = await chorc(["diff", "a.chor", "b.chor"], { folder: files });
  expect(all.code).toBe(1);
  expect(all.out).toMatch(/^Team: breaking; running sessions finish with the old build\n/);
  expect(all.out).toContain("  ! message-added `Lead -> Coder: Thanks()`");
  expect(all.out).toContain("new b.chor:6:3");
  expect(all.out).toContain("Lead and Coder move together.");
});

test("standard input, folders, one choreography", async () => {
  const files = folder({ "old/a.chor": good, "new/b.chor": more });
  const piped = await chorc(["diff", "-", "new/b.chor"], { folder: files, input: good });
  expect(piped.code).toBe(1);
  const folders = await chorc(["diff", "old", "new", "--choreography", "Team"], { folder: files });
  expect(folders.out).toBe(piped.out.replaceAll("<stdin>", "old/a.chor"));
});

test("as JSON", async () => {
  const files = folder({ "a.chor": good, "b.chor": more });
  const { code, out } = await chorc(["diff", "a.chor", "b.chor", "--format", "json"], { folder: files });
  expect(code).toBe(1);
  const { verdict, choreographies } = JSON.parse(out) as Record<string, any>;
  expect(verdict).toBe("breaking");
  expect(choreographies[0]).toMatchObject({
    name: "Team",
    alone: [],
    together: ["Lead", "Coder"],
    sessions: { goOn: false },
  });
  expect(choreographies[0].roles[0].changes[0]).toMatchObject({ id: "message-added", breaking: true, old: null });
});

test("errors in the files, and wrong use: 2", async () => {
  const files = folder({ "a.chor": good, "b.chor": broken });
  const wrong = await chorc(["diff", "a.chor", "b.chor"], { folder: files });
  expect(wrong.code).toBe(2);
  expect(wrong.out).toContain("error[");
  for (const [words, message] of [
    [["a.chor"], "missing required argument `new`"],
    [["-", "-"], "both versions are standard input"],
    [["a.chor", "a.chor", "--role", "Laed"], "did you mean `Lead`?"],
    [["a.chor", "a.chor", "--choreography", "Taem"], "did you mean `Team`?"],
    [["a.chor", "none.chor"], "none.chor"],
  ] as const) {
    const { code, error } = await chorc(["diff", ...words], { folder: files });
    expect(code).toBe(2);
    expect(error).toContain(message);
  }
});
