// A coder that does not keep to the protocol: while its module is still to be reviewed it writes a frame of its own
// onto the carrier and delivers to the lead. The lead's monitor refuses it, and the team goes on undisturbed.

import { encodeOffer, inProcess, type Carrier } from "@chor/runtime";
import { FeatureTeam, type CoderAgent } from "../gen/feature-team/index.js";
import { team } from "./agents.js";
import { dim, messageLine, refusal } from "./show.js";

const session = "rogue";

/** Plays a session in memory, shows what the lead hears of and what its monitor refuses. */
export async function rogue(workshop: string, pause: number, signal: AbortSignal): Promise<void> {
  const carrier = inProcess();
  const honest = team(workshop, pause, () => {});
  const run = FeatureTeam.run({
    session,
    carrier,
    signal,
    agents: { ...honest, Coder: impatient(honest.Coder, carrier) },
  });
  for await (const event of run.events) {
    if (event.kind === "refused") {
      console.log(refusal(event.report));
    } else if (event.kind === "received" && (event.role === "Lead" || event.message.from === "Coder")) {
      console.log(messageLine(event.message, event.fresh));
    }
  }
  await run;
  console.log(dim("\n  The team went on undisturbed: the lead has what was reviewed, and nothing else."));
}

/** Does what the coder does, but tries to get past the reviewer with its first module. */
function impatient(coder: CoderAgent, carrier: Carrier): CoderAgent {
  return {
    module: async (known, ctx) => {
      const module = await coder.module(known, ctx);
      const { digest: protocol } = FeatureTeam;
      const forged = { protocol, session, from: "Coder", to: "Lead", seq: 0, label: "Deliver", payload: module };
      if (known.review === undefined) carrier.send({ session, owner: "Lead" }, encodeOffer(forged));
      return module;
    },
  };
}
