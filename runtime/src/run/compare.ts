// Whether the journals of one session go together: nobody can have received what its sender has not recorded, as a
// message leaves after its record is durable. In: the states of all roles. Out: a fault where one of two journals went
// back in time (a backup, a copy), or null. It is the only proof of that: an answer on the carrier may be forged.

import { Fault } from "../endpoint/fault.js";
import { get, type List } from "../endpoint/list.js";
import { endpointReport } from "../endpoint/reports.js";
import type { State } from "../endpoint/state.js";

/**
 * The fault of the first channel that does not go together: something was received and not, or otherwise, sent; or
 * its sender is over, which it is when all is received, and something is not.
 */
export function compared(session: string, states: readonly State[]): Fault | null {
  for (const sender of states) {
    for (const [peer, to] of sender.monitor.peers.entries()) {
      const receiver = states.find(({ role }) => role === to);
      const received = receiver?.received[receiver.monitor.peers.indexOf(sender.role)];
      const found = received === undefined ? null : wrong(sender, peer, received);
      if (found === null) continue;
      const came = { label: found.label, from: sender.role, to };
      const sentences = [`${found.what}: one of the two journals went back in time.`, mend];
      return new Fault(session, sender.role, endpointReport(sender, "diverged", came, sentences));
    }
  }
  return null;
}

const mend = "Restore both from one backup, or begin a new session.";

function wrong(
  sender: State,
  peer: number,
  received: List<string>,
): { readonly what: string; readonly label: string } | null {
  const { role } = sender;
  const to = sender.monitor.peers[peer];
  const sent = sender.sent[peer]!;
  for (let seq = 0; seq < received.length; seq++) {
    const mine = get(sent, seq);
    if (mine?.digest === get(received, seq)) continue;
    const has = mine === undefined ? "has no such message" : `has \`${mine.label}\` there, and it is another one`;
    return {
      what: `\`${to}\` has received message ${seq} from \`${role}\`, whose journal ${has}`,
      label: mine?.label ?? "",
    };
  }
  const lost = get(sent, received.length);
  if (sender.closed !== "done" || lost === undefined) return null;
  const what = `\`${role}\` is over, and \`${to}\` has not received its message ${received.length}, \`${lost.label}\``;
  return { what, label: lost.label };
}
