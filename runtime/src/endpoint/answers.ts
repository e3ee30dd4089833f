// What an endpoint makes of an answer to one of its messages. Pure. An answer is a claim of anybody who can write on the
// carrier, so it is believed only as far as this role's own journal bears it out; what it does not is shown.

import type { Answer } from "../delivery/frame.js";
import type { Report } from "./agent.js";
import { get } from "./list.js";
import { endpointReport, type Came } from "./reports.js";
import type { State } from "./state.js";

export type Heeded =
  /** All messages to this peer below the number are decided. */
  | { readonly heeded: "decided"; readonly peer: number; readonly upTo: number }
  /** The peer's monitor refuses what this role's has accepted, if it is the peer who says so. */
  | { readonly heeded: "rejected"; readonly peer: number; readonly report: Report }
  /** It is not believed, and changes nothing. */
  | { readonly heeded: "refused"; readonly report: Report }
  /** It says nothing new. */
  | { readonly heeded: "known" };

/** What an answer says. `upTo`, by peer: all messages below are decided already. */
export function heed(state: State, upTo: readonly number[], answer: Answer): Heeded {
  const { from, seq, digest, outcome } = answer;
  const peer = state.monitor.peers.indexOf(from);
  const sent = state.sent[peer];
  const mine = sent === undefined ? undefined : get(sent, seq);
  const came: Came = { label: mine?.label ?? "", from, to: state.role };
  const refused = (code: Parameters<typeof endpointReport>[1], ...sentences: readonly string[]): Heeded => ({
    heeded: "refused",
    report: endpointReport(state, code, came, sentences),
  });
  if (sent === undefined || mine === undefined || answer.upTo > sent.length) {
    return refused("otherAddress", `It answers message ${seq} to \`${from}\`, which is none of this role's.`);
  }
  if (outcome === "accepted" && answer.upTo <= seq) {
    return refused("otherAddress", `It accepts message ${seq} to \`${from}\`, and says that it is not decided.`);
  }
  if (seq < upTo[peer]! || state.closed !== null) return { heeded: "known" };
  if (mine.digest !== digest) {
    return outcome === "rejected"
      ? refused("otherAddress", `It rejects a message ${seq} to \`${from}\` that is not the one of this role.`)
      : refused(
          "diverged",
          `It accepts a message ${seq} from \`${state.role}\` that is not in this journal, and is not believed.`,
          `If it does come from \`${from}\`, one of the two journals went back in time: run the session again, which compares them.`,
        );
  }
  if (outcome === "accepted") return { heeded: "decided", peer, upTo: answer.upTo };
  const report = endpointReport(state, "rejected", came, [
    `The monitor of \`${from}\` refuses \`${mine.label}\`, which the one of \`${state.role}\` has accepted: their tables are not of one protocol.`,
    "Compile the choreography again, and begin a new session.",
  ]);
  return { heeded: "rejected", peer, report };
}
