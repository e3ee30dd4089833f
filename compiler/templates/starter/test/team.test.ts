// `npm test`: the team ends as it should, and an agent that answers nonsense is refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Fault, memory } from "@chor/runtime";
import { Team, type CriticAgent, type TeamAgents, type WriterAgent } from "../gen/team/index.js";
import { critic, writer } from "../src/agents.js";

/** The labels of all messages, in the order in which they came. */
async function labels(agents: TeamAgents): Promise<readonly string[]> {
  const run = Team.run({ session: "test", journal: memory(), agents });
  const seen: string[] = [];
  for await (const event of run.events) if (event.kind === "received") seen.push(event.message.label);
  await run;
  return seen;
}

test("the critic is content with the second draft", async () => {
  assert.deepEqual(await labels({ Writer: writer, Critic: critic }), ["Draft", "Revise", "Draft", "Accept"]);
});

test("after three rounds the critic gives up", async () => {
  const strict: CriticAgent = { verdict: (_known, { choose }) => choose.Revise({ points: ["No."] }) };
  assert.equal((await labels({ Writer: writer, Critic: strict })).at(-1), "GiveUp");
});

test("an answer that is no draft is refused", async () => {
  const careless: WriterAgent = { draft: () => ({ title: "", text: "" }) };
  await assert.rejects(labels({ Writer: careless, Critic: critic }), Fault);
});
