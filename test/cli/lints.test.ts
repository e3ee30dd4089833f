// The lints of protocols and the figures on the command line: levels in the configuration, tables, JSON.

import { join } from "node:path";
import { expect, test } from "vitest";
import { chorc, folder } from "./run.js";

const team = `artifact Plan { text: string(1..100) }
contract Sound(plan: Plan) { }

choreography Team(Lead, Coder[2..4], Log) {
  Lead -> Coder[*]: Plan
  loop round max 3 {
    Coder[*] -> Lead: Done() within 10m else { }
  }
  Lead -> Log: Copy(plan) retry 2
}
`;

async function codes(config: string): Promise<{ readonly code: number; readonly told: readonly string[] }> {
  const path = folder({ "team.chor": team, "chor.config.json": config });
  const { code, out } = await chorc(["check", "--format", "json", "team.chor"], { folder: path });
  const report = JSON.parse(out) as {
    readonly files: readonly {
      readonly diagnostics: readonly { readonly code: string; readonly severity: string }[];
    }[];
  };
  return {
    code,
    told: report.files.flatMap((file) => file.diagnostics.map((each) => `${each.code} ${each.severity}`)),
  };
}

test("lints come as they are by default", async () => {
  expect(await codes("{}")).toEqual({
    code: 0,
    told: ["CHOR0221 warning", "CHOR0659 warning", "CHOR0656 warning"],
  });
});

test("a project silences them, asks for more, and makes them errors", async () => {
  const levels = `{ "lints": { "empty-contract": "off", "may-wait-for-ever": "error", "needless-retry": "off", "CHOR0651": "warning", "unused-contract": "off" } }`;
  expect(await codes(levels)).toEqual({ code: 1, told: ["CHOR0650 error", "CHOR0651 warning"] });
});

test("a program with errors is not linted", async () => {
  const path = folder({ "team.chor": team.replace("Log: Copy(plan)", "Log: Copy(plam)") });
  const { out } = await chorc(["check", join(path, "team.chor")]);
  expect(out).toContain("CHOR0205");
  expect(out).not.toContain("CHOR065");
});

test("`--figures` prints a table for each choreography", async () => {
  const path = folder({ "team.chor": team });
  const { code, out } = await chorc(["check", "--figures", join(path, "team.chor")]);
  expect(code).toBe(0);
  expect(out.slice(out.indexOf("\nTeam\n"))).toBe(`
Team
  messages        3 to 17
  decisions       1
  busiest         Lead, in 100 % of the messages
  longest chain   3 messages, 1 decision
  side by side    5.7 messages
  deadlines       some wait has none
  role             sent      received   decisions
  Lead             3 to 5    0 to 12    1
  Coder (2 to 4)   0 to 12   2 to 4     0
  Log              0         1          0
`);
});

test("and as JSON, where what has no bound is null", async () => {
  const path = folder({ "team.chor": team });
  const { out } = await chorc(["check", "--figures", "--format", "json", join(path, "team.chor")]);
  const { figures } = JSON.parse(out) as { readonly figures: readonly Readonly<Record<string, unknown>>[] };
  expect(figures).toHaveLength(1);
  expect(figures[0]).toMatchObject({
    choreography: "Team",
    messages: { least: 3, most: 17 },
    decisions: { least: 1, most: 1 },
    busiest: { role: "Lead", share: 1 },
    deadlines: { length: null, exact: true },
  });
  expect(figures[0]?.["roles"]).toHaveLength(3);
});

test("a choreography that never ends has no figures", async () => {
  const path = folder({ "a.chor": "choreography Ever(A, B) within 1h { loop x { A -> B: L() B -> A: M() } }" });
  const { out } = await chorc(["check", "--figures", join(path, "a.chor")]);
  expect(out).toContain("Ever\n  no figures: no run of it ends, or what it calls is too large\n");
});
