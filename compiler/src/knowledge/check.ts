// Whether everybody knows what he has to read: at every place, every name of every expression, for every role that
// evaluates it. In: a solved flow. Out: one diagnostic for each cause, at the first place in the source.

import type { Diagnostic } from "@chor/grammar";
import type { Choice } from "../bind/program.js";
import {
  cannotTell,
  hasEnded,
  notOnEveryWay,
  notTold,
  notYetBound,
  onlyKnownBy,
  type Need,
} from "../report/knowledge.js";
import { decidersOf, searchIn } from "./deciders.js";
import {
  isInside,
  isSame,
  partyOf,
  type Binding,
  type BoundName,
  type Flow,
  type LocalName,
  type Party,
  type Read,
} from "./flow.js";
import { knowersAt, mendFor, wayWithout, written } from "./explain.js";
import type { Use } from "./narrow.js";
import { numbersIn, union, type Fork, type Numbers } from "./sets.js";
import { stateOf, type Solution } from "./solve.js";

/** Diagnostics that also say on which way a name is missing; to find it takes a walk through the whole. */
const EXPLAINED = 50;

/** Takes a flow and what reaches its nodes; gives an error for each name that a role needs and does not know for certain. */
export function checkReads(flow: Flow, solution: Solution): readonly Diagnostic[] {
  const causes = new Set<string>();
  const found: Diagnostic[] = [];
  // In the order of the source, so that the first place stands for all with the same cause.
  const all = [...flow.reads, ...splitReads(flow)].flatMap((read) => read.uses.map((use) => ({ read, use })));
  for (const { read, use } of all.toSorted((a, b) => a.use.span.start - b.use.span.start)) {
    const wrong = problem(flow, solution, read, use);
    if (wrong === null || causes.has(wrong.cause)) continue;
    causes.add(wrong.cause);
    found.push(wrong.tell(found.length < EXPLAINED));
  }
  return found;
}

/** Takes a choice by data, gives the roles that know everything that its conditions read. */
export function whoFollows(choice: Choice, flow: Flow, solution: Solution): readonly string[] {
  const roles = flow.choreography.roles.map(({ name }) => name);
  const split = flow.splits.find((each) => each.choice === choice);
  if (split === undefined) return roles;
  return roles.filter((role) => {
    const reader = partyOf(role, false, split.scope, flow.scopes);
    const read: Read = { ...split, readers: [reader], purpose: "when", near: [] };
    return split.uses.every((use) => problem(flow, solution, read, use) === null);
  });
}

/** What is wrong with one read. `cause` is the same for what one mend puts right. */
interface Problem {
  readonly cause: string;
  readonly tell: (explained: boolean) => Diagnostic;
}

/** A choice that nobody tells is read by whoever has to decide it. */
function splitReads(flow: Flow): readonly Read[] {
  if (flow.splits.length === 0) return [];
  const search = searchIn(flow);
  return flow.splits.map((split) => {
    const readers = decidersOf(split, search).map((role) => partyOf(role, false, split.scope, flow.scopes));
    return { ...split, readers, purpose: "when", near: [] };
  });
}

function problem(flow: Flow, solution: Solution, read: Read, use: Use): Problem | null {
  const environment = solution.before[read.node] ?? null;
  if (environment === null) return null;
  const local = localName(read.local, use.name);
  if (local !== null) return localProblem(read, use, local);
  const name = flow.names.get(use.name);
  if (name === undefined) return null;
  const { bindings, unbound } = stateOf(environment, name, solution.heights);
  if (!name.collects && bindings === null) return neverBound(flow, read, use, name);
  if (!name.collects && unbound) {
    if (use.kind === "value") return maybeBound(flow, read, use, bindingsIn(flow, bindings));
    return unknownTo(flow, read, use, name, inForce(flow, name, read.scope), true);
  }
  return unknownTo(flow, read, use, name, bindings, false);
}

/** Some reader does not take part in all of these bindings. `maybe`: the name is tested before it is read. */
function unknownTo(
  flow: Flow,
  read: Read,
  use: Use,
  name: BoundName,
  numbers: Numbers,
  maybe: boolean,
): Problem | null {
  const lacking = read.readers.filter((reader) => numbers !== null && !takesPartInAll(reader, numbers, flow));
  if (lacking.length === 0) return null;
  const bindings = bindingsIn(flow, numbers);
  const without = bindings.filter((binding) => lacking.some((reader) => !takesPart(reader, binding)));
  const roles = rolesOf(lacking);
  return {
    cause: JSON.stringify([use.name, roles, bindings.map(({ span }) => span.start), maybe]),
    tell: () => {
      const knowers = knowersAt(flow, bindings, read.scope);
      const mend = mendFor(flow, read, use.name, lacking, bindings, knowers);
      const need = { roles, purpose: read.purpose };
      if (maybe) return cannotTell(need, use.name, use.span, without, mend);
      const names = knowers.map((knower) => written(knower));
      return notTold(need, use.name, use.span, name.collects, without, names, mend);
    },
  };
}

/** What is known of sets that many reads share: whether a party, by its key, takes part in all of their bindings. */
const known = new WeakMap<Fork, Map<string, boolean>>();

function takesPartInAll(reader: Party, numbers: Fork | number, flow: Flow): boolean {
  if (typeof numbers === "number") return takesPart(reader, flow.bindings[numbers]);
  const answers = known.get(numbers) ?? new Map<string, boolean>();
  known.set(numbers, answers);
  const key = `${reader.role} ${String(reader.all)} ${reader.scope}`;
  const answer =
    answers.get(key) ?? (takesPartInAll(reader, numbers.left, flow) && takesPartInAll(reader, numbers.right, flow));
  answers.set(key, answer);
  return answer;
}

function takesPart(reader: Party, binding: Binding | undefined): boolean {
  return binding !== undefined && binding.parties.some((party) => isSame(party, reader));
}

const everywhere = new WeakMap<BoundName, Map<number, Numbers>>();

/** All bindings of a name that hold in a scope, whether they reach a place or not. */
function inForce(flow: Flow, name: BoundName, scope: number): Numbers {
  const sets = everywhere.get(name) ?? new Map<number, Numbers>();
  everywhere.set(name, sets);
  let set = sets.get(scope);
  if (set === undefined) {
    const effort = { left: Infinity };
    set = name.bindings
      .filter((number) => isInside(scope, flow.bindings[number]?.scope ?? 0, flow.scopes))
      .reduce<Numbers>((all, number) => union(all, number, effort), null);
    sets.set(scope, set);
  }
  return set;
}

function bindingsIn(flow: Flow, numbers: Numbers): readonly Binding[] {
  return numbersIn(numbers).flatMap((number) => flow.bindings[number] ?? []);
}

function maybeBound(flow: Flow, read: Read, use: Use, reaching: readonly Binding[]): Problem {
  const need = needOf(read);
  // What a way brings that comes from behind is of an earlier round.
  const isLater = reaching.every(({ node }) => node > read.node);
  return {
    cause: JSON.stringify([use.name, "unbound", reaching.map(({ span }) => span.start)]),
    tell: (explained) => {
      if (isLater) return notYetBound(need, use.name, use.span, reaching, "round");
      const way = explained ? wayWithout(flow, use.name, read.node) : null;
      return notOnEveryWay(need, use.name, use.span, reaching, way);
    },
  };
}

function neverBound(flow: Flow, read: Read, use: Use, { bindings }: BoundName): Problem {
  const all = bindings.flatMap((number) => flow.bindings[number] ?? []);
  const need = needOf(read);
  const ended = all.find(({ node, scope }) => node < read.node && !isInside(read.scope, scope, flow.scopes));
  const inside = ended === undefined ? undefined : flow.scopes[ended.scope];
  return {
    cause: JSON.stringify([use.name, "never"]),
    tell: () => {
      if (inside !== undefined) return hasEnded(need, use.name, use.span, inside, all);
      const isElsewhere = all.some(({ node }) => node < read.node);
      return notYetBound(need, use.name, use.span, all, isElsewhere ? "elsewhere" : "later");
    },
  };
}

function localProblem(read: Read, use: Use, { knownBy, span }: LocalName): Problem | null {
  if (knownBy === null) return null;
  const lacking = read.readers.filter((reader) => !knownBy.some((party) => isSame(party, reader)));
  if (lacking.length === 0 || knownBy.length === 0) return null;
  const roles = rolesOf(lacking);
  return {
    cause: JSON.stringify([use.name, roles, span.start]),
    tell: () => onlyKnownBy({ roles, purpose: read.purpose }, use.name, use.span, rolesOf(knownBy), span),
  };
}

/** The innermost local name of that name; null: none. */
function localName(local: LocalName | null, name: string): LocalName | null {
  for (let at = local; at !== null; at = at.outer) if (at.name === name) return at;
  return null;
}

function needOf({ readers, purpose }: Read): Need {
  return { roles: rolesOf(readers), purpose };
}

function rolesOf(parties: readonly Party[]): readonly string[] {
  return [...new Set(parties.map(({ role }) => role))];
}
