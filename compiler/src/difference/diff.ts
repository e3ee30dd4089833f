// The difference between two versions of a protocol. In: what `check` has made of the files of both, without errors. Out:
// for every choreography and role what has changed, whether it breaks, for whom, and whether sessions go on.
//
// A role is compared with itself in the other version only; the product of the endpoints is never built. Cost: pairs of
// states of one role that belong together, so linear where little has changed.

import { artifactsOf } from "../bind/artifact-table.js";
import type { Program } from "../bind/program.js";
import { unwrittenIn } from "../carried/written.js";
import type { Checked, CheckedChoreography } from "../check.js";
import { callsOf } from "../core/measure.js";
import { digestOf } from "../emit/digest.js";
import { comparing } from "./artifacts.js";
import {
  worst,
  worstCode,
  type ChoreographyDifference,
  type Change,
  type Difference,
  type Place,
  type RoleDifference,
  type Sessions,
} from "./difference.js";
import { endpointsOf, numberFor, type Endpoint, type Endpoints } from "./endpoint.js";
import { handlersChanged } from "./handlers.js";
import { meaningOf, type Version } from "./meaning.js";
import { rolePairs, type RolePair } from "./roles.js";
import { roleDifference } from "./role.js";
import { wholeChanges } from "./whole.js";

export interface DiffOptions {
  /** Only the choreography of this name; null: all that no other one calls. */
  readonly choreography: string | null;
  /** Only this role, as one of the versions calls it; null: all. */
  readonly role: string | null;
}

/** A program of one version, checked. */
export interface OneChecked extends CheckedChoreography {
  readonly program: Program;
}

/** Compares two versions, each a list of checked files without errors. Never throws. */
export function diff(old: readonly Checked[], now: readonly Checked[], options: DiffOptions): Difference {
  const [before, after] = [comparedIn(old), comparedIn(now)];
  const names = new Set([...before.free, ...after.free]);
  const chosen = options.choreography === null ? [...names] : [options.choreography];
  const choreographies = chosen.toSorted().map((name) => {
    const [a, b] = [before.byName.get(name) ?? null, after.byName.get(name) ?? null];
    return choreographyDifference(name, a, b, options.role);
  });
  return { verdict: worst(choreographies.map(({ verdict }) => verdict)), choreographies };
}

/** The choreographies of files, by name; the first of a name counts. */
export function comparedIn(files: readonly Checked[]): {
  readonly byName: ReadonlyMap<string, OneChecked>;
  /** Those that no other one calls; all, if there are none. */
  readonly free: readonly string[];
} {
  const byName = new Map<string, OneChecked>();
  for (const { program, choreographies } of files)
    for (const each of choreographies)
      if (!byName.has(each.choreography.name)) byName.set(each.choreography.name, { ...each, program });
  const called = new Set([...byName.values()].flatMap(({ choreography }) => [...callsOf(choreography)]));
  const free = [...byName.values()].filter(({ choreography }) => !called.has(choreography));
  return { byName, free: (free.length > 0 ? free : [...byName.values()]).map(({ choreography }) => choreography.name) };
}

function choreographyDifference(
  name: string,
  old: OneChecked | null,
  now: OneChecked | null,
  role: string | null,
): ChoreographyDifference {
  if (old === null || now === null) {
    const place = ({ choreography }: OneChecked): Place => ({
      source: choreography.source,
      span: choreography.nameSpan,
    });
    const change: Change = {
      id: now === null ? "choreography-removed" : "choreography-added",
      text: `\`${name}\``,
      breaking: now === null,
      old: old === null ? null : place(old),
      now: now === null ? null : place(now),
    };
    const sessions = { goOn: old === null, old: digest(old), now: digest(now) };
    return { name, verdict: now === null ? "breaking" : "compatible", changes: [change], roles: [], sessions };
  }
  const pairs = rolePairs(old.choreography, now.choreography);
  const whole = wholeChanges(old.choreography, now.choreography, comparing(tableOf(old), tableOf(now)));
  const compared = compareRoles(old, now, pairs);
  const all = whole.length === 0 ? oneAlone(compared) : compared;
  const wholeVerdict = worst(whole.map(({ breaking }) => (breaking ? "breaking" : "compatible")));
  const roles = all.filter((each) => role === null || each.role === role || each.was === role);
  const verdict = worst([wholeVerdict, ...roles.map((each) => each.verdict)]);
  const isSame = whole.length === 0 && all.every((each) => each.verdict === "nothing" && each.handlers.length === 0);
  return { name, verdict, changes: whole, roles, sessions: sessionsOf(old, now, isSame) };
}

/**
 * Where one role alone has changed what it does, the old team with the new role is the new team, which `check` has proved:
 * what refinement does not cover, such as two messages to different roles in another order, breaks nothing then.
 */
function oneAlone(roles: readonly RoleDifference[]): readonly RoleDifference[] {
  const [only, another] = roles.filter(({ verdict }) => verdict !== "nothing");
  if (only === undefined || another !== undefined || only.verdict !== "breaking") return roles;
  // Another name, another size, a role more or less concern the session, not only what the role does.
  if (only.changes.some(({ id }) => id.startsWith("role-") || id.startsWith("family-"))) return roles;
  const changes = only.changes.map((change) => ({ ...change, breaking: false }));
  const proved: RoleDifference = { ...only, verdict: "compatible", breaks: [], changes, trace: null };
  return roles.map((each) => (each === only ? proved : each));
}

function compareRoles(old: OneChecked, now: OneChecked, pairs: readonly RolePair[]): readonly RoleDifference[] {
  const renamed = new Map(
    pairs.flatMap((pair) =>
      pair.old === null || pair.now === null || pair.old.name === pair.now.name ? [] : [[pair.old.name, pair.now.name]],
    ),
  );
  const called = (role: string): string => renamed.get(role) ?? role;
  const members = membersOf(pairs);
  const options = { members: (_low: number, _high: number, role: string) => members.get(role) ?? 1, value: numberFor };
  const before = endpointsOf(old.choreography, options, called);
  const after = endpointsOf(now.choreography, options, (role) => role);
  const meaning = meaningOf(versionOf(old), versionOf(now));
  const types = comparing(tableOf(old), tableOf(now));
  const others = new Map([...renamed].map(([before, after]) => [after, before]));
  return pairs.map((pair) => {
    const difference = roleDifference({
      pair,
      old: { choreography: old.choreography, endpoints: endpointsNamed(before, pair.old?.name) },
      now: { choreography: now.choreography, endpoints: endpointsNamed(after, pair.now?.name) },
      meaning,
      renamed: others,
    });
    const a = old.locals.find(({ role }) => role === pair.old?.name);
    const b = now.locals.find(({ role }) => role === pair.now?.name);
    if (a === undefined || b === undefined) return difference;
    const handlers = handlersChanged(a, b, types);
    return { ...difference, code: worstCode(handlers.map(({ verdict }) => verdict)), handlers };
  });
}

/** The endpoints of a role, one for each member of a family. */
function endpointsNamed(all: Endpoints | null, name: string | undefined): readonly Endpoint[] {
  return (all?.roles ?? []).flatMap(({ role, endpoint }) => (role.role === name ? [endpoint] : []));
}

/** How many members stand for a family, in both versions: three, or as many as both may have. */
function membersOf(pairs: readonly RolePair[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { old, now } of pairs) {
    const size = Math.max(1, Math.min(cutoff, old?.family?.high ?? cutoff, now?.family?.high ?? cutoff));
    for (const role of [old, now]) if (role !== null) sizes.set(role.name, size);
  }
  return sizes;
}

/** As for `check`: a fourth member adds nothing. */
const cutoff = 3;

function versionOf(one: OneChecked): Version {
  return { choreography: one.choreography, artifacts: tableOf(one) };
}

function tableOf({ program }: OneChecked): ReturnType<typeof artifactsOf> {
  return artifactsOf([program]);
}

/** A session is bound to the digest that it began with. Where there is none, all has to be the same. */
function sessionsOf(old: OneChecked, now: OneChecked, isSame: boolean): Sessions {
  const digests = { old: digest(old), now: digest(now) };
  const goOn = digests.old === null || digests.now === null ? isSame : digests.old === digests.now;
  return { goOn, ...digests };
}

function digest(one: OneChecked | null): string | null {
  if (one === null || one.locals.length === 0 || unwrittenIn(one.program).length > 0) return null;
  return digestOf(one.choreography, one.locals, one.program.artifacts);
}
