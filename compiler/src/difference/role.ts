// One role of two versions: the verdict, whom it breaks with, and why. In: its endpoints on both sides. Out: the
// difference, without what becomes of its code.

import type { Choreography } from "../bind/program.js";
import { aligned } from "./align.js";
import type { Change, Place, RoleDifference, Trace } from "./difference.js";
import { isAnnounced, type Act, type Endpoint } from "./endpoint.js";
import type { Meaning } from "./meaning.js";
import type { Reason } from "./gathered.js";
import { refines, type Witness } from "./refine.js";
import type { RolePair } from "./roles.js";
import { changeOf, plainChange, traceOf, type Sides } from "./words.js";

export interface Compared {
  readonly pair: RolePair;
  readonly old: { readonly choreography: Choreography; readonly endpoints: readonly Endpoint[] };
  readonly now: { readonly choreography: Choreography; readonly endpoints: readonly Endpoint[] };
  readonly meaning: Meaning;
  /** By the new name of a role that has one: the old one. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** Compares a role with itself; a role that one version does not have breaks with all that it talks to. */
export function roleDifference(compared: Compared): RoleDifference {
  const { pair, old, now } = compared;
  const role = (pair.now ?? pair.old)?.name ?? "";
  const was = pair.old !== null && pair.now !== null && pair.old.name !== pair.now.name ? pair.old.name : null;
  const common = { role, was, code: null, handlers: [] };
  if (pair.old === null || pair.now === null) {
    const id = pair.old === null ? "role-added" : "role-removed";
    const change: Change = { id, text: `\`${role}\``, breaking: true, ...rolePlaces(compared) };
    const breaks = peersOf(pair.old === null ? now.endpoints : old.endpoints);
    return { ...common, verdict: "breaking", breaks, changes: [change], trace: null };
  }
  const found = members(compared);
  const kinds = kindChanges(compared);
  const names = renames(compared, was);
  const changes = sorted([...names.changes, ...kinds, ...found.changes]);
  const isBreaking = found.witnessed || changes.some(({ breaking }) => breaking);
  const breaks = new Set([...names.breaks, ...found.breaks]);
  // Where nobody in particular is meant, it is everybody whom the role talks to.
  if (breaks.size === 0) for (const peer of peersOf(now.endpoints)) breaks.add(peer);
  breaks.delete(role);
  return {
    ...common,
    verdict: isBreaking ? "breaking" : changes.length > 0 ? "compatible" : "nothing",
    breaks: isBreaking ? [...breaks].toSorted() : [],
    changes,
    trace: found.trace,
  };
}

interface Found {
  readonly changes: readonly Change[];
  readonly breaks: readonly string[];
  readonly trace: Trace | null;
  readonly witnessed: boolean;
}

/** Each member of a family for itself, and all of them together. */
function members({ old, now, meaning }: Compared): Found {
  const changes: Change[] = [];
  const breaks: string[] = [];
  let trace: Trace | null = null;
  const count = Math.min(old.endpoints.length, now.endpoints.length);
  for (let i = 0; i < count; i++) {
    const [before, after] = [old.endpoints[i], now.endpoints[i]];
    if (before === undefined || after === undefined) continue;
    const sides: Sides = {
      old: { choreography: old.choreography, endpoint: before },
      now: { choreography: now.choreography, endpoint: after },
    };
    const witness = refines(before, after, meaning);
    const reasons = aligned(before, after, meaning);
    changes.push(...reasons.map((reason) => changeOf(reason, sides)));
    breaks.push(...reasons.filter(({ breaking }) => breaking).flatMap((reason) => peersIn(reason, after)));
    if (witness !== null) {
      const { problem } = witness;
      if ("act" in problem) breaks.push(...peersOfAct(problem.act));
      trace ??= traceOf(witness, sides);
      if (!reasons.some(({ breaking }) => breaking)) changes.push(plainChange(witness, sides));
    } else if (reasons.length === 0) {
      const back = refines(after, before, (a, b) => meaning(b, a));
      if (back !== null) changes.push({ ...plainChange(swapped(back), sides), breaking: false });
    }
  }
  return { changes, breaks, trace, witnessed: trace !== null };
}

/** What was found with the versions the other way round. */
function swapped({ pair, problem }: Witness): Witness {
  const kinds = { more: "less", less: "more", end: "no end", "no end": "end" } as const;
  const back = (kind: string): kind is keyof typeof kinds => kind in kinds;
  const turned = back(problem.kind) ? ({ ...problem, kind: kinds[problem.kind] } as Witness["problem"]) : problem;
  return { pair: { ...pair, old: pair.now, now: pair.old, before: null, by: null }, problem: turned };
}

/** A loop that is counted and arms are everybody's. */
function peersIn({ old, now, about }: Reason, endpoint: Endpoint): readonly string[] {
  if (about !== null) return peersOf([endpoint]);
  return [old, now].flatMap((act) => (act === null ? [] : peersOfAct(act)));
}

/** Of what goes through the network: those that it stands between. */
function peersOfAct(act: Act): readonly string[] {
  const { kind, peer, network } = act;
  if (kind === "fail") return [];
  const names = network === null ? [peer] : isAnnounced(act) ? [] : network.split("~");
  return names.map((name) => name.replace(/\[\d+\]$/, ""));
}

/** Whom a role talks to, by name. */
function peersOf(endpoints: readonly Endpoint[]): readonly string[] {
  const states = endpoints.flatMap(({ blocks }) => [...blocks.values()].flat());
  const peers = new Set(states.flatMap(({ acts }) => acts.flatMap(peersOfAct)));
  return [...peers].toSorted();
}

/** Its own new name, and the new names of those it talks to: on the wire they are others. */
function renames(compared: Compared, was: string | null): Pick<Found, "changes" | "breaks"> {
  const { now, renamed } = compared;
  const peers = peersOf(now.endpoints);
  if (was !== null) {
    const text = `\`${compared.pair.now?.name ?? ""}\`, was \`${was}\``;
    return { changes: [{ id: "role-renamed", text, breaking: true, ...rolePlaces(compared) }], breaks: peers };
  }
  const others = peers.filter((peer) => renamed.has(peer));
  const changes = others.map((peer): Change => {
    const span = now.choreography.roles.find(({ name }) => name === peer)?.span ?? now.choreography.nameSpan;
    const place = { source: now.choreography.source, span };
    return {
      id: "role-renamed",
      text: `it talks to \`${peer}\`, was \`${renamed.get(peer) ?? ""}\``,
      breaking: true,
      old: null,
      now: place,
    };
  });
  return { changes, breaks: others };
}

/** Whether it is a family and how large, whether it is optional. */
function kindChanges(compared: Compared): readonly Change[] {
  const { old, now } = compared.pair;
  if (old === null || now === null) return [];
  const change = (id: string, text: string, breaking: boolean): Change => ({
    id,
    text: `\`${now.name}\`${text === "" ? "" : `: ${text}`}`,
    breaking,
    ...rolePlaces(compared),
  });
  const optional =
    old.optional === now.optional ? [] : [change(now.optional ? "role-optional" : "role-required", "", true)];
  const [before, after] = [old.family, now.family];
  if (before === null && after === null) return optional;
  if (before === null || after === null)
    return [...optional, change("family-changed", after === null ? "one role" : "a family", true)];
  if (before.low === after.low && before.high === after.high) return optional;
  const isWider = after.low <= before.low && after.high >= before.high;
  const text = `${after.low} to ${after.high} members, was ${before.low} to ${before.high}`;
  return [...optional, change(isWider ? "family-widened" : "family-narrowed", text, !isWider)];
}

function rolePlaces({ pair, old, now }: Compared): Pick<Change, "old" | "now"> {
  const place = ({ source }: Choreography, span: Place["span"] | undefined): Place | null =>
    span === undefined ? null : { source, span };
  return { old: place(old.choreography, pair.old?.span), now: place(now.choreography, pair.now?.span) };
}

/** Breaking ones first, then by place; each once. */
function sorted(changes: readonly Change[]): readonly Change[] {
  const byKey = new Map<string, Change>();
  for (const change of changes) {
    const key = [change.id, change.text, change.breaking, at(change.old), at(change.now)].join("\0");
    if (!byKey.has(key)) byKey.set(key, change);
  }
  const order = (change: Change): number => at(change.now ?? change.old);
  return [...byKey.values()].toSorted(
    (a, b) =>
      Number(b.breaking) - Number(a.breaking) || order(a) - order(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}

function at(place: Place | null): number {
  return place?.span.start ?? -1;
}
