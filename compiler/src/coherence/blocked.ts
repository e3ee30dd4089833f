// Searches in which some roles are blocked: sets of roles as bits, and the visits of a breadth-first search that keeps
// for each state the smallest blocked sets only. In: roles, visits. Out: larger sets, and what is still to be visited.
// Fewer blocked roles can do more, so the smallest sets are enough; where they are more than 32, their intersection
// stands for them: polynomial, and sound, since it only lets more happen.

/** A set of roles. */
export type Roles = Uint32Array;

/** A state with a set of blocked roles, and how the search came there. */
export interface Visit {
  readonly state: number;
  readonly blocked: Roles;
  readonly parent: Visit | null;
  /** The transition behind `parent`; -1 at the beginning. */
  readonly edge: number;
  /** Another visit of the state, with fewer blocked roles, has taken its place. */
  dead: boolean;
}

/** What a search has visited, by state, and in which order; `work` grows while it is walked through. */
export interface Visits {
  readonly byState: (readonly Visit[] | undefined)[];
  readonly work: Visit[];
}

const maximalBlockedSets = 32;

/** A search that begins at `state`. */
export function beginAt(state: number, blocked: Roles): Visits {
  const visits: Visits = { byState: [], work: [] };
  visit(visits, { state, blocked, parent: null, edge: -1, dead: false });
  return visits;
}

/** Adds a visit, unless one of its state has no more blocked roles; takes out those that have more. */
export function visit({ byState, work }: Visits, next: Visit): void {
  const here = byState[next.state] ?? [];
  if (here.some((v) => within(v.blocked, next.blocked))) return;
  const kept = here.filter((v) => !within(next.blocked, v.blocked));
  for (const v of here) if (!kept.includes(v)) v.dead = true;
  if (kept.length < maximalBlockedSets) {
    byState[next.state] = [...kept, next];
    work.push(next);
    return;
  }
  for (const v of kept) v.dead = true;
  const one = { ...next, blocked: intersection([next.blocked, ...kept.map(({ blocked }) => blocked)]) };
  byState[next.state] = [one];
  work.push(one);
}

/** The transitions that lead to a visit, the first one first. */
export function trace(end: Visit): readonly number[] {
  const edges: number[] = [];
  for (let v: Visit | null = end; v !== null && v.edge >= 0; v = v.parent) edges.push(v.edge);
  return edges.toReversed();
}

/** Without sets that hold another one; their intersection where they are too many. */
export function smallest(sets: readonly Roles[]): readonly Roles[] {
  const kept: Roles[] = [];
  for (const set of sets) {
    if (kept.some((other) => within(other, set))) continue;
    const left = kept.filter((other) => !within(set, other));
    kept.splice(0, kept.length, ...left, set);
  }
  return kept.length <= maximalBlockedSets ? kept : [intersection(kept)];
}

/** One role, in a set that has room for `count` of them. */
export function alone(role: number, count: number): Roles {
  return withRole(new Uint32Array((count >> 5) + 1), role);
}

export function has(roles: Roles, role: number): boolean {
  return (((roles[role >> 5] ?? 0) >>> (role & 31)) & 1) === 1;
}

/** The set with one role more; the same where it has it. */
export function withRole(roles: Roles, role: number): Roles {
  if (has(roles, role)) return roles;
  const more = roles.slice();
  more[role >> 5] = (more[role >> 5] ?? 0) | (1 << (role & 31));
  return more;
}

export function union(a: Roles, b: Roles): Roles {
  return a.map((word, i) => word | (b[i] ?? 0));
}

function intersection(sets: readonly Roles[]): Roles {
  return sets.reduce((common, set) => common.map((word, i) => word & (set[i] ?? 0)));
}

/** Whether all of `a` are in `b`. */
function within(a: Roles, b: Roles): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i] ?? 0) & ~(b[i] ?? 0)) !== 0) return false;
  return true;
}
