// What each role has sent and received in a run, as the reference interpreter asks for it. In: what has happened. Out: for
// each block that was entered, by role of the core, the network's included, its events in their order.
//
// The order of what one role does in several arms means nothing, so every arm is looked at for itself.

import { blocksOf } from "../arms/blocks.js";
import type { Core } from "../core/core.js";
import { isCompleteRun, isRun, type Event, type Traces } from "../reference/run.js";
import type { Team } from "../team/team.js";
import type { Happened } from "./run.js";

type Deeds = readonly Pick<Happened, "move" | "carried">[];

/** Whether what was done is the beginning of a run of the choreography, in every block; `complete`: a whole one. */
export function areRuns(team: Team, happened: Deeds, complete = false): boolean {
  const { blocks } = blocksOf(team.core);
  const paths = new Set(["", ...happened.map(({ move }) => move.path)]);
  return [...paths].every((path) => {
    const core: Core = blocks[blockAt(team, path)]?.core ?? team.core;
    const traces = tracesOf(team, happened, path);
    return complete && team.constructs.length === 0 ? isCompleteRun(core, traces) : isRun(core, traces);
  });
}

/** The traces on one path. Of a member in a scatter the events are those of its family's role. */
function tracesOf(team: Team, happened: Deeds, path: string): Traces {
  const traces: Event[][] = team.roles.map(() => []);
  const label = (number: number): string => team.labels[number] ?? "";
  const note = (role: number, kind: Event["kind"], peer: number, of: number): unknown =>
    traces[role]?.push({ kind, peer, label: label(of) });
  for (const { move, carried } of happened) {
    const isHere = move.path === path;
    if (isHere && move.kind === "send") note(move.as, "send", move.peer, move.label);
    if (isHere && (move.kind === "receive" || move.kind === "decide")) {
      const announcer = team.roles[move.peer]?.network;
      // Whoever comes to the choice first makes its announcer tell all.
      if (move.kind === "decide" && move.takes === null && announcer?.kind === "data")
        for (const role of announcer.knowers) note(move.peer, "send", role, move.label);
      note(move.as, "receive", move.peer, move.label);
    }
    for (const each of carried) if (each.path === path) note(each.role, each.kind, each.peer, each.label);
  }
  return traces;
}

/** The block of a path. */
function blockAt({ constructs }: Team, path: string): number {
  const [construct = "", , arm = ""] = path.slice(path.lastIndexOf("/") + 1).split(".");
  const own = constructs[Number(construct)];
  return path === "" || own === undefined ? 0 : (own.arms[own.kind === "scatter" ? 0 : Number(arm)] ?? 0);
}
