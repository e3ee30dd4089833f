// All properties of a choreography, verified: every team that stands for it is explored, and what was found is put
// together. In: what check has made of it, wishes, who watches. Out: a verdict for each property, and figures. Nothing of
// what check asks is used here.

import type { Diagnostic, Span } from "@chor/grammar";
import { blocksOf } from "../arms/blocks.js";
import { stageOf } from "../arms/views.js";
import type { CheckedChoreography } from "../check.js";
import type { Core, Node } from "../core/core.js";
import { innerNodes } from "../core/message.js";
import type { Team } from "../team/team.js";
import { explore, spanKey, type Explored, type Watch } from "./explore.js";
import { compareRuns, type Compared } from "./faithful.js";
import { isFinite, USUAL_CHANNEL, type Play } from "./play.js";
import {
  PROPERTIES,
  worse,
  type Bound,
  type Failure,
  type Limit,
  type Property,
  type Setting,
  type Verdict,
} from "./properties.js";
import { settingsOf, type SettingsWish } from "./settings.js";

export interface VerifyWish extends SettingsWish {
  /** How many messages of one sender may be under way to one receiver; null: as many as come, where every run ends, else 4. */
  readonly channel: number | null;
  /** Roles that may be lost, by name; `senders`: whoever is waited for with an `else`; null: nobody. */
  readonly lost: readonly string[] | "senders" | null;
  /** Places, at most, in all teams together. */
  readonly states: number;
  readonly reduce: boolean;
}

export interface Verified {
  readonly verdicts: ReadonlyMap<Property, Verdict>;
  readonly figures: Figures;
  /** Errors with which there is nothing to verify; then there are no verdicts. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface Figures {
  readonly teams: number;
  readonly states: number;
  readonly steps: number;
  /** Places where less than everything had to be tried. */
  readonly reduced: number;
  readonly depth: number;
}

/** Runs that are compared with the choreography: whole ones, and beginnings of those that may go on for ever. */
const wholeRuns = 20_000;
const beginnings = 1_500;
/** A shortest way is looked for among so many places. */
const shortestAmong = 60_000;

/** Verifies a choreography whose form is right, coherent or not. */
export function verify(checked: CheckedChoreography, wish: VerifyWish, watch: Watch): Verified {
  const { teams, bounds, diagnostics } = settingsOf(checked, wish);
  const nothing: Figures = { teams: 0, states: 0, steps: 0, reduced: 0, depth: 0 };
  if (diagnostics.length > 0 || teams.length === 0) return { verdicts: new Map(), figures: nothing, diagnostics };
  const verdicts = new Map<Property, Verdict>();
  const seen = new Set<string>();
  const asked = new Map<string, Span>();
  let figures = nothing;
  let limit: Limit | null = null;
  for (const { team, setting } of teams) {
    const one = verifyTeam(team, setting, { ...wish, states: Math.max(0, wish.states - figures.states) }, watch);
    for (const [property, verdict] of one.verdicts)
      verdicts.set(property, worse(verdicts.get(property) ?? verdict, verdict));
    for (const span of one.explored.seen) seen.add(span);
    for (const span of actsIn(team.core)) asked.set(spanKey(span), span);
    limit ??= one.explored.limit ?? (one.explored.isHeld ? "channel" : null);
    const { states, steps, reduced, depth } = one.explored;
    figures = {
      teams: figures.teams + 1,
      states: figures.states + states,
      steps: figures.steps + steps,
      reduced: figures.reduced + reduced,
      depth: Math.max(figures.depth, depth),
    };
  }
  for (const [property, verdict] of verdicts) verdicts.set(property, bounded(verdict, bounds));
  const missing = [...asked].filter(([key]) => !seen.has(key)).map(([, span]) => span);
  verdicts.set("reached", reachedVerdict(missing, limit, teams[0]));
  return {
    verdicts: new Map(PROPERTIES.map((each) => [each, verdicts.get(each) ?? { kind: "proved" }])),
    figures,
    diagnostics,
  };
}

/** What one team says of all properties but the last, which all of them answer together. */
export function verifyTeam(
  team: Team,
  setting: Setting,
  wish: VerifyWish,
  watch: Watch,
): { readonly verdicts: ReadonlyMap<Property, Verdict>; readonly explored: Explored } {
  const play = playOf(team, wish);
  const search = { states: wish.states, reduce: wish.reduce, until: [], watch };
  const explored = explore(play, search);
  const failures = failuresOf(play, setting, explored, watch);
  const channel: readonly Bound[] = [{ kind: "channel", messages: play.channel }];
  const otherwise = (isHeld: boolean): Verdict => {
    if (explored.limit !== null) return { kind: "unexplored", limit: explored.limit };
    return isHeld ? { kind: "held", bounds: channel } : { kind: "proved" };
  };
  const verdicts = new Map<Property, Verdict>();
  for (const property of PROPERTIES) {
    if (property === "reached") continue;
    const failure = failures.get(property);
    verdicts.set(property, failure === undefined ? otherwise(explored.isHeld) : { kind: "fails", failure });
  }
  if (verdicts.get("ends")?.kind === "fails" && failures.size === 1 && goesOnForEver(team.core))
    verdicts.set("ends", { kind: "unasked", reason: "the choreography itself goes on for ever" });
  const compared = compareRuns({ ...play, mortal: [] }, isFinite(team) ? wholeRuns : beginnings, watch);
  verdicts.set("faithful", faithfulVerdict(compared, team, setting, channel));
  return { verdicts, explored };
}

function playOf(team: Team, { channel, lost }: VerifyWish): Play {
  const room = channel ?? (isFinite(team) ? Infinity : USUAL_CHANNEL);
  const senders = new Set(team.roles.flatMap(({ network }) => (network?.kind === "wait" ? [network.wait.sender] : [])));
  const mortal = [...team.roles.keys()].filter((role) => {
    if (lost === null || team.roles[role]?.kind === "network") return false;
    const { name = "", role: family = "" } = team.core.roles[role] ?? {};
    return lost === "senders" ? senders.has(role) : lost.includes(name) || lost.includes(family ?? "");
  });
  return { team, network: "fifo", channel: room, mortal };
}

/** What has failed, each with a shortest way where one can be found. */
function failuresOf(play: Play, setting: Setting, explored: Explored, watch: Watch): ReadonlyMap<Property, Failure> {
  const { found, reduced } = explored;
  const far = found.map(({ property }) => property).filter((property) => property !== "ends");
  const nearest =
    reduced === 0 || far.length === 0
      ? []
      : explore(play, { states: shortestAmong, reduce: false, until: far, watch }).found;
  return new Map(
    found.map((each) => {
      const near = nearest.find(({ property }) => property === each.property);
      const { property, acts, troubles } = near ?? each;
      const isShortest = reduced === 0 || near !== undefined;
      return [property, { property, team: play.team, setting, acts, isShortest, troubles, missing: [] }];
    }),
  );
}

function faithfulVerdict(
  { acts, most, limit, isHeld }: Compared,
  team: Team,
  setting: Setting,
  channel: readonly Bound[],
): Verdict {
  if (acts !== null) {
    const failure: Failure = {
      property: "faithful",
      team,
      setting,
      acts,
      isShortest: most !== null,
      troubles: [],
      missing: [],
    };
    return { kind: "fails", failure };
  }
  if (limit !== null) return { kind: "unexplored", limit };
  if (most === null && !isHeld) return { kind: "proved" };
  return {
    kind: "held",
    bounds: [...(most === null ? [] : [{ kind: "steps", most } as const]), ...(isHeld ? channel : [])],
  };
}

/** What is never seen was not there to be seen, unless something was cut off. */
function reachedVerdict(
  missing: readonly Span[],
  limit: Limit | null,
  first: { readonly team: Team; readonly setting: Setting } | undefined,
): Verdict {
  if (missing.length === 0 || first === undefined) return { kind: "proved" };
  if (limit !== null) return { kind: "unexplored", limit };
  return {
    kind: "fails",
    failure: { property: "reached", ...first, acts: [], isShortest: true, troubles: [], missing },
  };
}

function bounded(verdict: Verdict, bounds: readonly Bound[]): Verdict {
  if (bounds.length === 0 || (verdict.kind !== "proved" && verdict.kind !== "held")) return verdict;
  return worse({ kind: "held", bounds: verdict.kind === "held" ? verdict.bounds : [] }, { kind: "held", bounds });
}

/** What the source says that somebody does: messages, and each `fail`. */
function actsIn(core: Core): readonly Span[] {
  const found: Span[] = [];
  const work: Node[] = [core.body];
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    if (node.kind === "send" && core.messages[node.message]?.interaction !== null) found.push(node.span);
    if (node.kind === "fail") found.push(node.span);
    work.push(...innerNodes(node));
  }
  return found;
}

/** Whether some run of the choreography comes to where no end can be reached any more. */
function goesOnForEver(core: Core): boolean {
  const { stage } = stageOf(blocksOf(core));
  return (
    stage?.built.some(({ tables }) => {
      const { states } = tables.automaton;
      const into: number[][] = states.map(() => []);
      states.forEach(({ transitions }, from) => transitions.forEach(({ target }) => into[target]?.push(from)));
      const work = states.flatMap(({ transitions }, state) => (transitions.length === 0 ? [state] : []));
      const canEnd = new Set(work);
      for (let state = work.pop(); state !== undefined; state = work.pop())
        for (const from of into[state] ?? [])
          if (!canEnd.has(from)) {
            canEnd.add(from);
            work.push(from);
          }
      return canEnd.size < states.length;
    }) ?? false
  );
}
