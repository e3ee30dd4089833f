// Whether an accepted choreography is safe on another network than its own: where each role has one inbox, or messages come
// in any order. In: what check has made of it, the kind of the network, limits. Out: nothing where it is proved; else a
// diagnostic with the run that breaks, or what bounds the answer.

import type { Diagnostic } from "@chor/grammar";
import type { CheckedChoreography } from "../check.js";
import { boundedNetwork, brokenNetwork, unexploredNetwork } from "../report/networks.js";
import { troubleText } from "../simulate/words.js";
import type { NetworkKind } from "../team/situation.js";
import type { Team } from "../team/team.js";
import { explore, type Watch } from "./explore.js";
import { compareRuns } from "./faithful.js";
import { isFinite, USUAL_CHANNEL, type Act, type Play } from "./play.js";
import type { Bound, Limit, Setting } from "./properties.js";
import { settingsOf } from "./settings.js";
import { boundText, settingText, stepsOf } from "./told.js";

/** Networks that a choreography is not made for. */
export type OtherNetwork = Exclude<NetworkKind, "fifo">;

/** Elements of the list of a scatter, at most. */
const elements = 2;
/** Runs that are compared with the choreography. */
const histories = 1_500;

/** Takes a choreography that check accepts. `states`: places, at most, in all teams together. */
export function networkDiagnostics(
  checked: CheckedChoreography,
  network: OtherNetwork,
  states: number,
  watch: Watch,
): readonly Diagnostic[] {
  const { teams, bounds, diagnostics } = settingsOf(checked, { members: new Map(), elements });
  if (diagnostics.length > 0) return diagnostics;
  const { choreography } = checked;
  const found: Bound[] = [...bounds];
  let limit: Limit | null = null;
  let left = states;
  for (const { team, setting } of teams) {
    if (network === "mailbox" && hasOneSenderEach(team)) continue;
    const play = playOf(team, network);
    const explored = explore(play, { states: left, reduce: true, until: [], watch });
    left = Math.max(0, left - explored.states);
    const wrong = explored.found.find(({ property }) => property !== "ends");
    if (wrong !== undefined) {
      const near = nearest(play, watch) ?? wrong;
      const says = near.troubles.map((trouble) => troubleText(team, trouble));
      return [broken(checked, network, team, setting, near.acts, says)];
    }
    limit ??= explored.limit;
    if (explored.isHeld) add(found, { kind: "channel", messages: play.channel });
    // What comes in the order of one inbox comes in the order of its channels: those runs are compared by check.
    if (network === "mailbox") continue;
    const compared = compareRuns(play, histories, watch);
    if (compared.acts !== null)
      return [broken(checked, network, team, setting, compared.acts, ["No run of the choreography begins so."])];
    limit ??= compared.limit;
    if (compared.most !== null) add(found, { kind: "steps", most: compared.most });
  }
  if (limit !== null) return [unexploredNetwork(choreography, network)];
  return found.length === 0 ? [] : [boundedNetwork(choreography, network, found.map(boundText))];
}

/**
 * Whether every role hears from one other role at most. Then its inbox is that one channel, and nothing has to be explored:
 * linear in the size of the endpoints.
 */
function hasOneSenderEach({ roles, machines }: Team): boolean {
  const senders = roles.map(() => new Set<number>());
  for (const { role, states } of machines)
    for (const { kind, peer } of states.flatMap(({ steps }) => steps)) if (kind === "receive") senders[role]?.add(peer);
  return senders.every((own, role) => roles[role]?.kind === "network" || own.size < 2);
}

function playOf(team: Team, network: OtherNetwork): Play {
  return { team, network, channel: isFinite(team) ? Infinity : USUAL_CHANNEL, mortal: [] };
}

/** A nearest failure is looked for among so many places. */
const nearestAmong = 20_000;

function nearest(play: Play, watch: Watch): ReturnType<typeof explore>["found"][number] | undefined {
  const one = (["deadlock", "unexpected", "unread", "unaware"] as const).map((property) => {
    const search = { states: nearestAmong, reduce: false, until: [property], watch };
    return explore(play, search).found.find((each) => each.property === property);
  });
  return one.filter((each) => each !== undefined).toSorted((a, b) => a.acts.length - b.acts.length)[0];
}

function broken(
  { choreography }: CheckedChoreography,
  network: OtherNetwork,
  team: Team,
  setting: Setting,
  acts: readonly Act[],
  says: readonly string[],
): Diagnostic {
  const steps = stepsOf(team, acts).map(({ role, does, span }) => ({ text: `${role} ${does}`, span }));
  return brokenNetwork(choreography, network, { steps, says, setting: settingText(setting) });
}

function add(bounds: Bound[], bound: Bound): void {
  if (bounds.every(({ kind }) => kind !== bound.kind)) bounds.push(bound);
}
