// What is asked of a team, and how it is answered. Plain data: the words of the table stand here and nowhere else.

import type { Span } from "@chor/grammar";
import type { Trouble } from "../team/ends.js";
import type { Team } from "../team/team.js";
import type { Act } from "./play.js";

/** In the order of the table. */
export const PROPERTIES = ["deadlock", "unexpected", "unread", "unaware", "faithful", "ends", "reached"] as const;

export type Property = (typeof PROPERTIES)[number];

/** What holds when a property does. */
export const MEANINGS: Readonly<Record<Property, string>> = {
  deadlock: "no deadlock",
  unexpected: "no message that nobody can take",
  unread: "no message left behind",
  unaware: "every role comes to its end and knows it",
  faithful: "every run is a run of the choreography",
  ends: "an end can be reached from everywhere",
  reached: "nothing is unreachable",
};

export type Verdict =
  /** Everything was explored, and nothing was cut off. */
  | { readonly kind: "proved" }
  /** Everything was explored within these bounds, and something lies beyond them. */
  | { readonly kind: "held"; readonly bounds: readonly Bound[] }
  /** A limit came before the end. */
  | { readonly kind: "unexplored"; readonly limit: Limit }
  /** It is not asked: the choreography itself has no end there. */
  | { readonly kind: "unasked"; readonly reason: string }
  | { readonly kind: "fails"; readonly failure: Failure };

/** What was cut off. */
export type Bound =
  | { readonly kind: "channel"; readonly messages: number }
  | { readonly kind: "elements"; readonly most: number }
  | { readonly kind: "members"; readonly family: string; readonly sizes: readonly number[] }
  /** Runs of so many steps were compared with those of the choreography. */
  | { readonly kind: "steps"; readonly most: number };

/** `channel`: something was not sent for want of room, and what was looked for may lie behind it. */
export type Limit = "states" | "memory" | "time" | "channel";

/** How a property fails. */
export interface Failure {
  readonly property: Property;
  /** The team that fails: with its numbers of members and elements. */
  readonly team: Team;
  readonly setting: Setting;
  /** What happens before; empty of what is never reached. */
  readonly acts: readonly Act[];
  /** Whether no other run that fails so is shorter. */
  readonly isShortest: boolean;
  readonly troubles: readonly Trouble[];
  /** Of `reached`: what never happens. */
  readonly missing: readonly Span[];
}

/** With how many members of each family, and how many elements; null: there is no scatter. */
export interface Setting {
  readonly members: ReadonlyMap<string, number>;
  readonly elements: number | null;
}

const ranks: Readonly<Record<Verdict["kind"], number>> = { proved: 0, unasked: 1, held: 2, unexplored: 3, fails: 4 };

/** The worse of two verdicts; of two that held, both bounds. */
export function worse(one: Verdict, other: Verdict): Verdict {
  if (one.kind === "held" && other.kind === "held") return { kind: "held", bounds: merged(one.bounds, other.bounds) };
  return ranks[other.kind] > ranks[one.kind] ? other : one;
}

function merged(one: readonly Bound[], other: readonly Bound[]): readonly Bound[] {
  const found = new Map<string, Bound>();
  for (const bound of [...one, ...other]) {
    const key = bound.kind === "members" ? `members ${bound.family}` : bound.kind;
    const before = found.get(key);
    if (bound.kind === "steps" && before?.kind === "steps" && before.most <= bound.most) continue;
    if (bound.kind === "elements" && before?.kind === "elements" && before.most >= bound.most) continue;
    found.set(key, bound);
  }
  return [...found.values()];
}
