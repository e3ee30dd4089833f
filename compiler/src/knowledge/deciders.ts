// Who has to decide a choice by data that nobody tells: whoever does something of his own in one branch that he does
// not do in another. In: a flow and one of its splits. Out: roles. What a role is told, it need not know: whether
// telling is enough is a matter of coherence.

import { successorsOf, type Flow, type Split } from "./flow.js";

/** Looks at the branches of one choreography; all its splits share `left`, the steps that are still allowed. */
export interface Search {
  readonly flow: Flow;
  readonly successors: readonly (readonly number[])[];
  left: number;
}

/** Steps for all choices of a choreography; beyond them nobody is taken for a decider, and coherence has the word. */
const STEPS = 2_000_000;

/** Takes a flow, gives what `decidersOf` needs. */
export function searchIn(flow: Flow): Search {
  return { flow, successors: successorsOf(flow), left: STEPS };
}

/** Takes a choice without `at`; gives the roles whose own first deeds are not the same in all branches. */
export function decidersOf({ branches }: Split, search: Search): readonly string[] {
  return search.flow.choreography.roles
    .map(({ name }) => name)
    .filter((role) => {
      const deeds = branches.flatMap((branch) => firstDeeds(role, branch, search) ?? []);
      return deeds.some((deed) => deed !== deeds[0]);
    });
}

/** What a role may do next without having been told anything, as one text; null where the session only fails. */
function firstDeeds(role: string, from: number, search: Search): string | null {
  const { flow, successors } = search;
  const deeds = new Set<string>();
  const seen = new Set([from]);
  let fails = true;
  for (const node of seen) {
    if (search.left-- < 0) return null;
    const { act = null, step = null } = flow.nodes[node] ?? {};
    if (act?.by === role) deeds.add(act.key);
    const isDone = act !== null && (act.by === role || act.others.includes(role));
    if (isDone || node === flow.end) fails = false;
    if (!isDone && step?.kind !== "fail") for (const next of successors[node] ?? []) seen.add(next);
  }
  return fails ? null : JSON.stringify([...deeds].toSorted());
}
