// The figures about a choreography: how many messages and decisions, who is in how many of them, how long the longest
// chain is. In: a bound choreography. Out: numbers, `Infinity` where there is no bound. Polynomial: messages are counted in
// one pass, chains in one pass for every round until their growth is even.

import type { Artifacts } from "../bind/artifact-table.js";
import type { Choreography } from "../bind/program.js";
import { tooLarge } from "../core/measure.js";
import { counting, type Tally } from "./count.js";
import type { Range } from "./domain.js";
import { chains, type Weights } from "./path.js";
import { walk } from "./walk.js";

export interface Figures {
  readonly roles: readonly RoleFigures[];
  /** Received, over all runs and all sizes of families; what comes too late is not counted. */
  readonly messages: Range;
  /** What agents are asked; a choice and the message that it begins with are one decision, refused answers none. */
  readonly decisions: Range;
  /** Who takes part in most messages of the run with the most messages; null: there are no messages, or only families. */
  readonly busiest: { readonly role: string; readonly share: number } | null;
  /** The longest chain of messages each of which is received before the next is sent. Families at their greatest. */
  readonly path: Chain;
  /** The longest chain of decisions each of which may depend on the one before. */
  readonly thinking: Chain;
  /** Milliseconds until all is over if every wait lasts to its deadline, with families at their smallest. */
  readonly deadlines: Chain;
}

export interface Chain {
  readonly length: number;
  /** False: there was too much to go through, and it is at least about as long. */
  readonly exact: boolean;
}

export interface RoleFigures {
  readonly role: string;
  /** null: a single role. Of a family the figures are the sums over its members. */
  readonly members: Range | null;
  readonly sent: Range;
  readonly received: Range;
  readonly decisions: Range;
}

/** The figures of a choreography; null: what it calls is too large to be put in, or no run of it ends. */
export function figuresOf(choreography: Choreography, artifacts: Artifacts): Figures | null {
  if (tooLarge(choreography) !== null) return null;
  const all = choreography.roles.length;
  const counts = walk(choreography, artifacts, counting(all));
  if (counts === null) return null;
  const { least, most, heaviest } = counts;
  const range = (index: number): Range => ({ low: least[index] ?? 0, high: most[index] ?? 0 });
  const roles = choreography.roles.map(({ name, family }, role) => ({
    role: name,
    members: family,
    sent: range(role),
    received: range(all + role),
    decisions: range(2 * all + role),
  }));
  const chain = (weights: Weights): Chain => {
    const domain = chains(all, weights);
    const clocks = walk(choreography, artifacts, domain) ?? domain.start;
    const length = clocks.reduce((one, other) => Math.max(one, other), 0);
    return { length, exact: domain.exact() && (length === Infinity || length <= Number.MAX_SAFE_INTEGER) };
  };
  return {
    roles,
    messages: range(3 * all + 1),
    decisions: range(3 * all),
    busiest: busiestOf(choreography, heaviest),
    path: chain({ message: 1, decision: 0, deadlines: false }),
    thinking: chain({ message: 0, decision: 1, deadlines: false }),
    deadlines: chain({ message: 0, decision: 0, deadlines: true }),
  };
}

function busiestOf({ roles }: Choreography, heaviest: Tally): Figures["busiest"] {
  const all = heaviest.at(-1) ?? 0;
  const shares = roles.flatMap(({ name, family }, role) => {
    const own = (heaviest[role] ?? 0) + (heaviest[roles.length + role] ?? 0);
    return family === null && own > 0 ? [{ role: name, share: own / all }] : [];
  });
  return shares.reduce<Figures["busiest"]>(
    (best, one) => (best !== null && best.share >= one.share ? best : one),
    null,
  );
}
