// What an endpoint makes of an offer: first whether it may wait here at all, then, when its turn has come, whether
// it is taken. Pure. A refused frame changes nothing; a refused message of an awaited slot is a record.

import type { Offer } from "../delivery/frame.js";
import type { RecordBody } from "../journal/journal.js";
import type { Monitor } from "../monitor/monitor.js";
import { Verdict } from "../monitor/monitor.js";
import type { Report } from "./agent.js";
import { endpointReport, receiveReport, stored } from "./reports.js";
import { reply } from "./reply.js";
import { automaton, stepOf, type State } from "./state.js";
import { retries, window } from "./wants.js";

export type Admission =
  /** Its slot is decided: it is answered from the journal. `report`: another message stands there. */
  | { readonly admission: "decided"; readonly report: Report | null }
  /** It waits until the automaton waits for it. */
  | { readonly admission: "waits" }
  | { readonly admission: "refused"; readonly report: Report };

/** Whether an offer of this protocol, session and role may wait here. */
export function admit(state: State, offer: Offer): Admission {
  const decided = reply(state, offer);
  if (decided !== null)
    return { admission: "decided", report: decided.digest === offer.digest ? null : equivocation(state, offer) };
  const refused = (verdict: Exclude<Verdict, 0>): Admission => ({
    admission: "refused",
    report: receiveReport(state, verdict, offer, offer.seq, offer.payload, null),
  });
  const next = state.monitor.nextFrom(state.row, 0, offer.from);
  const labels = labelsFrom(state.monitor, offer.from);
  if (labels.size === 0) return refused(Verdict.role);
  const isAwaited = offer.seq === next && awaits(state, offer.from);
  if (!labels.has(offer.label) && !isAwaited) return refused(Verdict.label);
  if ("ends" in automaton(state)) return refused(Verdict.notNow);
  if (offer.seq >= next + window) return refused(Verdict.gap);
  if (offer.attempt > state.poisoned) return refused(Verdict.gap);
  return { admission: "waits" };
}

/** The offer that the automaton can take or refuse now, if one of those that wait is it; others wait on. */
export function awaited(state: State, waiting: ReadonlyMap<string, ReadonlyMap<number, Offer>>): Offer | undefined {
  const here = automaton(state);
  if (!("receives" in here)) return undefined;
  const offers = here.receives.map(({ from }) => waiting.get(from)?.get(state.monitor.nextFrom(state.row, 0, from)));
  return offers.find((offer) => offer !== undefined && isDue(state, offer));
}

/** Not where it may become right when another role has spoken. */
function isDue(state: State, { from, seq, label, payload }: Offer): boolean {
  if (stepOf(state, "receives", from, label) !== undefined) return true;
  return state.monitor.mayReceive(state.row, 0, from, seq, label, payload) !== Verdict.role;
}

/** Whether the automaton waits for the next message of a role now. */
function awaits(state: State, from: string): boolean {
  const here = automaton(state);
  return "receives" in here && here.receives.some((step) => step.from === from);
}

/** The record of an offer in an awaited slot; null where it is not awaited, or not yet. */
export function judge(state: State, offer: Offer): RecordBody | null {
  const { from, seq, label, digest, payload } = offer;
  if (seq !== state.monitor.nextFrom(state.row, 0, from) || !awaits(state, from)) return null;
  if (reply(state, offer) !== null || !isDue(state, offer)) return null;
  const verdict = state.monitor.mayReceive(state.row, 0, from, seq, label, payload);
  if (verdict === Verdict.accepted) return { kind: "received", from, seq, label, digest, payload };
  const report = receiveReport(state, verdict, offer, seq, payload, Math.max(0, retries - state.poisoned));
  return { kind: "rejected", from, to: state.role, seq, attempt: state.poisoned, digest, report: stored(report) };
}

function equivocation(state: State, offer: Offer): Report {
  return endpointReport(state, "equivocation", offer, [
    `Message ${offer.seq} from \`${offer.from}\` has been received already, and it was another one.`,
    "The first stands; this one is dropped.",
  ]);
}

/** All that a role ever says to this one; empty for a stranger. */
function labelsFrom({ machine }: Monitor, from: string): ReadonlySet<string> {
  let byRole = heard.get(machine);
  if (byRole === undefined) heard.set(machine, (byRole = new Map()));
  let labels = byRole.get(from);
  if (labels === undefined) {
    const steps = machine.states.flatMap((state) => ("receives" in state ? state.receives : []));
    labels = new Set(steps.filter((step) => step.from === from).map((step) => step.label));
    // Of strangers nothing is kept: their names are anybody's.
    if (labels.size > 0) byRole.set(from, labels);
  }
  return labels;
}

/** Computed once for each machine and role that speaks. */
const heard = new WeakMap<object, Map<string, ReadonlySet<string>>>();
