// A run as a sequence diagram. In: a team and a run. Out: the lanes and rows that the diagrams are drawn from.

import type { Row, Sequence } from "../diagram/sequence.js";
import type { Team } from "../team/team.js";
import type { Run } from "./run.js";
import { troubleText } from "./words.js";

/** Messages where they are sent; what else is shown of a run as notes, its end included. Receptions are left out. */
export function sequenceOfRun(team: Team, run: Run, title: string): Sequence {
  const roles = team.roles.flatMap(({ kind }, role) => (kind === "network" || kind === "within" ? [] : [role]));
  const laneOf = (role: number): number => roles.indexOf(role);
  const lanes = roles.map((role) => {
    const name = team.roles[role]?.name ?? "";
    return { name, text: name };
  });
  const rows = run.happened.flatMap(({ move, isShown, does }): readonly Row[] => {
    if (!isShown || (move.kind === "receive" && move.text?.includes(" -> ") === true)) return [];
    const from = laneOf(move.role);
    const to = move.kind === "send" ? receiverOf(team, move.peer, move.text) : -1;
    if (to >= 0 && laneOf(to) >= 0)
      return [{ kind: "message", from, to: [laneOf(to)], text: team.labels[move.label] ?? "" }];
    return [{ kind: "note", over: [from, from], text: does }];
  });
  return { title, lanes, rows: [...rows, ...endRows(team, run, lanes.length)] };
}

/** The role that a message is for, also where the network carries it; -1: it is no message. */
function receiverOf(team: Team, peer: number, text: string | null): number {
  if (text?.includes(" -> ") !== true) return -1;
  const network = team.roles[peer]?.network;
  return network?.kind === "wait" ? network.wait.judge : peer;
}

function endRows(team: Team, { ending }: Run, lanes: number): readonly Row[] {
  if (lanes === 0) return [];
  const note = (text: string): Row => ({ kind: "note", over: [0, lanes - 1], text });
  if (ending.kind === "over") return [note("over")];
  if (ending.kind === "failed") return [note("failed")];
  if (ending.kind === "open") return [note("it could go on")];
  return ending.troubles.map((trouble) => note(troubleText(team, trouble).replaceAll("`", "")));
}
