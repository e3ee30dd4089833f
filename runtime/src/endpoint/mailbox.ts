// What comes over the carrier: read, checked for whom it is, and, if it is an offer whose turn has not come, kept
// for a while. Everything kept here may be lost: it comes again. In: bytes from anybody.

import { decode, type Answer, type Frame, type Offer } from "../delivery/frame.js";
import type { Report } from "./agent.js";
import { admit } from "./judge.js";
import { endpointReport } from "./reports.js";
import type { State } from "./state.js";

export interface MailboxParts {
  readonly session: string;
  readonly role: string;
  readonly protocol: string;
  readonly state: () => State;
  /** A readable offer, or answer, of this session and protocol for this role. */
  readonly offered: (offer: Offer) => void;
  readonly answered: (answer: Answer) => void;
  readonly refused: (report: Report) => void;
}

export interface Mailbox {
  readonly receive: (frame: Uint8Array) => void;
  /** Offers that wait for their turn, by sender and `seq`: no more of a sender than the window. */
  readonly waiting: ReadonlyMap<string, ReadonlyMap<number, Offer>>;
  /** Of two offers of one slot the later is kept: the true sender comes again, a forger need not. */
  keep(offer: Offer): void;
  drop(offer: Offer): void;
  /** The role is over: what waits is refused. */
  refuseAll(): void;
}

export function mailbox({ session, role, protocol, state, offered, answered, refused }: MailboxParts): Mailbox {
  const waiting = new Map<string, Map<number, Offer>>();

  const misdirected = (frame: Frame): Report | null => {
    const came = { label: frame.kind === "offer" ? frame.label : "", from: frame.from, to: frame.to };
    if (frame.session !== session || frame.to !== role) {
      return endpointReport(state(), "otherAddress", came, [
        `It is for \`${frame.to}\` in session \`${frame.session}\`.`,
      ]);
    }
    if (frame.protocol !== protocol) {
      return endpointReport(state(), "otherProtocol", came, [
        `It is of protocol ${frame.protocol}, this session of ${protocol}.`,
      ]);
    }
    return null;
  };

  return {
    waiting,
    receive(bytes) {
      const decoded = decode(bytes);
      if (!decoded.ok) {
        const came = { label: "", from: "", to: role };
        return refused(endpointReport(state(), "unreadable", came, [`The frame cannot be read: ${decoded.reason}.`]));
      }
      const report = misdirected(decoded.frame);
      if (report !== null) refused(report);
      else if (decoded.frame.kind === "offer") offered(decoded.frame);
      else answered(decoded.frame);
    },
    keep(offer) {
      const { from, seq } = offer;
      const kept = waiting.get(from) ?? new Map<number, Offer>();
      waiting.set(from, kept.set(seq, offer));
      // What is decided by now is never looked at again.
      const next = state().monitor.nextFrom(state().row, 0, from);
      for (const old of kept.keys()) if (old < next) kept.delete(old);
    },
    drop(offer) {
      const kept = waiting.get(offer.from);
      if (kept?.get(offer.seq) === offer) kept.delete(offer.seq);
    },
    refuseAll() {
      for (const kept of waiting.values()) {
        for (const offer of kept.values()) {
          const admission = admit(state(), offer);
          if (admission.admission === "refused") refused(admission.report);
        }
      }
      waiting.clear();
    },
  };
}
