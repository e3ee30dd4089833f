// `npm start`: the team plays its protocol once, and every message is shown.

import { memory } from "@chor/runtime";
import { Team } from "../gen/team/index.js";
import { critic, writer } from "./agents.js";

// A `memory` journal ends with its process. With `sqlite("team.db")` of "@chor/runtime/sqlite", a run that was killed goes
// on where it was.
const run = Team.run({ session: "first", journal: memory(), agents: { Writer: writer, Critic: critic } });

for await (const event of run.events) {
  if (event.kind !== "received") continue;
  const { message } = event;
  const payload = "payload" in message ? ` ${JSON.stringify(message.payload)}` : "";
  console.log(`${message.from} -> ${message.to}: ${message.label}${payload}`);
}
await run;
