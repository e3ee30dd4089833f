// Why a role does not know something, and what would mend it: the way on which a name is not bound, who knows it, and
// who could pass it on. In: a flow and the read that is wrong. Out: pieces of a diagnostic.

import { lowerCamel } from "@chor/grammar";
import type { Interaction, RoleReference } from "../bind/program.js";
import type { BindingPlace, Mend } from "../report/knowledge.js";
import { isInside, isSame, partyOf, successorsOf, type Binding, type Flow, type Party, type Read } from "./flow.js";

/** Who takes part in all of these bindings, as he takes part in a scope; in the order of the choreography. */
export function knowersAt(
  { choreography, scopes }: Flow,
  bindings: readonly Binding[],
  scope: number,
): readonly Party[] {
  return choreography.roles
    .map(({ name, family }) => {
      const party = partyOf(name, false, scope, scopes);
      return family === null || party.scope >= 0 ? party : { ...party, all: true };
    })
    .filter((reader) => bindings.every(({ parties }) => parties.some((party) => isSame(party, reader))));
}

/** Takes who lacks a name and who knows it; gives the message that tells it, or the one that is changed so that it does. */
export function mendFor(
  flow: Flow,
  read: Read,
  name: string,
  lacking: readonly Party[],
  bindings: readonly Binding[],
  knowers: readonly Party[],
): Mend | null {
  const [only, ...others] = bindings;
  if (only === undefined) return null;
  const interaction = only.interaction === null ? undefined : flow.choreography.interactions[only.interaction];
  if (others.length === 0 && interaction !== undefined && mayHaveMore(flow, interaction, only, read, lacking)) {
    const extra = lacking.map(({ role }) => written({ role, all: isFamilyAt(flow, role, only.scope), scope: -1 }));
    return { kind: "receiver", message: withReceivers(interaction, extra) };
  }
  const near = read.near.flatMap((role) => knowers.find((knower) => knower.role === role) ?? []);
  const giver = near[0] ?? knowers[0];
  if (giver === undefined) return null;
  const last = name.split(".").at(-1) ?? name;
  const label = interaction?.label ?? `${last.charAt(0).toUpperCase()}${last.slice(1)}`;
  const as = lowerCamel(label) === last ? "" : ` as ${last}`;
  const to = lacking.map((reader) => written(reader)).join(", ");
  return { kind: "forward", message: `${written(giver)} -> ${to}: ${label}(${name})${as}` };
}

/** A role as it is written where it takes part. */
export function written({
  role,
  all,
}: {
  readonly role: string;
  readonly all: boolean;
  readonly scope: number;
}): string {
  return all ? `${role}[*]` : role;
}

/** Whether a message could simply go to others, too: it has no judge, and they are not members that are chosen only later. */
function mayHaveMore(
  flow: Flow,
  { from, gates, within, quorum, where, otherwise, collects }: Interaction,
  { scope }: Binding,
  read: Read,
  lacking: readonly Party[],
): boolean {
  if (gates.length > 0 || within !== null || quorum !== null || where.length > 0 || otherwise !== null) return false;
  if (from.all || collects || lacking.some(({ role }) => role === from.role)) return false;
  return isInside(read.scope, scope, flow.scopes);
}

function isFamilyAt({ choreography, scopes }: Flow, role: string, scope: number): boolean {
  const isFamily = choreography.roles.some(({ name, family }) => name === role && family !== null);
  return isFamily && partyOf(role, false, scope, scopes).scope < 0;
}

/** `Lead -> Coder[*], Git: Board` with `Git` added. Its clauses are left out: it has none but a name. */
function withReceivers({ from, to, text }: Interaction, extra: readonly string[]): string {
  const message = text.slice(text.indexOf(":") + 1).trim();
  const receivers = [...to.filter(({ role }) => !extra.includes(role)).map(reference), ...extra];
  return `${reference(from)} -> ${receivers.join(", ")}: ${message}`;
}

function reference({ role, all }: RoleReference): string {
  return written({ role, all, scope: -1 });
}

/**
 * How the ways to a node on which a name is not bound are told from those on which it is: on a shortest way without
 * it, the first branch behind which nothing binds it any more, while its siblings lead to what does. null: there is none.
 */
export function wayWithout(flow: Flow, name: string, node: number): BindingPlace | null {
  const successors = successorsOf(flow);
  const binds = (index: number): boolean => bindsAt(flow, index, name);
  const path = shortestWithout(successors, binds, node);
  /** Whether what binds the name can come between a branch and the node, without another decision at the split. */
  const leadsToBinding = (branches: readonly number[], split: number): boolean => {
    const seen = new Set(branches);
    for (const at of seen) {
      if (binds(at)) return true;
      if (at !== node && at !== split) for (const next of successors[at] ?? []) seen.add(next);
    }
    return false;
  };
  let split = -1;
  for (const [i, at] of path.entries()) {
    if (i > 0 && (successors[path[i - 1] ?? 0] ?? []).length > 1) split = i - 1;
    const way = flow.nodes[at]?.way ?? null;
    if (way === null || split < 0) continue;
    const parting = path[split] ?? 0;
    const branch = path[split + 1] ?? 0;
    const siblings = (successors[parting] ?? []).filter((next) => next !== branch);
    if (!leadsToBinding([branch], parting) && leadsToBinding(siblings, parting)) return way;
  }
  return null;
}

/** The nodes of a shortest way from the entry on which nothing binds, the last one included; empty where there is none. */
function shortestWithout(
  successors: readonly (readonly number[])[],
  binds: (index: number) => boolean,
  node: number,
): readonly number[] {
  const from = new Map<number, number>([[0, 0]]);
  for (const at of from.keys()) {
    if (from.has(node)) break;
    if (!binds(at)) for (const next of successors[at] ?? []) if (!from.has(next)) from.set(next, at);
  }
  if (!from.has(node)) return [];
  const path = [node];
  for (let at = node; at !== 0;) {
    at = from.get(at) ?? 0;
    path.push(at);
  }
  return path.toReversed();
}

/** Whether a name is bound for certain behind a node, whatever it was before. */
function bindsAt({ nodes }: Flow, index: number, name: string): boolean {
  const step = nodes[index]?.step;
  if (step?.kind === "bind") return step.name === name;
  if (step?.kind === "call") return step.results.some((result) => result.name === name && !result.maybe);
  return step?.kind === "narrow" && step.names.includes(name);
}
