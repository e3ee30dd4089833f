// What happens in a team, in words. In: moves, and what is wrong at the end. Out: sentences and lines, without colours.

import type { Awaited, Trouble } from "../team/ends.js";
import type { Move } from "../team/moves.js";
import type { Team } from "../team/team.js";
import { inWords } from "../report/words.js";

/** A move as one line, as a script writes it: `Coder -> Reviewer: Module`, `Reviewer takes Module from Coder`. */
export function lineOf(team: Team, move: Move): string {
  const isMessage = move.kind === "send" && move.text?.includes(" -> ") === true;
  return isMessage ? (move.text ?? "") : `${nameOf(team, move.role)} ${deedOf(team, move)}`;
}

/** What its role does: `sends Module to Reviewer`, `takes Module from Coder`, `gives up waiting for …`. */
export function deedOf(team: Team, move: Move): string {
  const { text, kind, role } = move;
  const place = placeOf(team, move);
  const arrow = text === null ? null : /^(.*?) -> (.*): (\S+)$/.exec(text);
  if (arrow !== null) {
    const [, from = "", to = "", label = ""] = arrow;
    return `${kind === "receive" ? `takes ${label} from ${from}` : `sends ${label} to ${to}`}${place}`;
  }
  const name = nameOf(team, move.as);
  const own = [name, nameOf(team, role)].find((each) => text?.startsWith(`${each} `) === true);
  if (text !== null) return `${own === undefined ? text.replace(/^[^:]*: /, "") : text.slice(own.length + 1)}${place}`;
  return kind === "begin" ? `goes past what is side by side${place}` : `${team.labels[move.label] ?? ""}${place}`;
}

/** Where in arms, for people: ` (element 2)`, ` (arm 1)`. */
function placeOf(team: Team, { path }: Move): string {
  if (path === "") return "";
  const parts = path.split("/").flatMap((part) => {
    const [construct = "", , arm = ""] = part.split(".");
    const kind = team.constructs[Number(construct)]?.kind;
    // The arms of a gather are one for each member, whose name says it.
    return kind === "gather" ? [] : [`${kind === "scatter" ? "element" : "arm"} ${Number(arm) + 1}`];
  });
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

/** What is wrong at the end, as a sentence. */
export function troubleText(team: Team, trouble: Trouble): string {
  switch (trouble.kind) {
    case "waits":
      return `\`${nameOf(team, trouble.role)}\` ${neededText(team, trouble.for)}, which never comes.`;
    case "unexpected": {
      const { from, label } = trouble.sent;
      return `\`${nameOf(team, trouble.role)}\` ${neededText(team, trouble.for)}, but \`${wordOf(team, from, label)}\` comes from \`${senderOf(team, from)}\` first.`;
    }
    case "unread": {
      const { from, to, label } = trouble.sent;
      return `Nobody reads \`${wordOf(team, from, label)}\`, which \`${senderOf(team, from)}\` has sent to \`${nameOf(team, to)}\`.`;
    }
    case "unaware":
      return `\`${nameOf(team, trouble.role)}\` still ${neededText(team, trouble.for)}, and cannot know that it is over.`;
  }
}

/** An answer of the network is told of as what it is. */
function wordOf(team: Team, from: number, label: number): string {
  const network = team.roles[from]?.network;
  const word = team.labels[label] ?? "";
  return network?.kind === "wait" && (word === "counted" || word === "not")
    ? `${word === "not" ? "not " : ""}counted`
    : word;
}

/** A message that the network carries is its sender's, an answer its judge's. */
function senderOf(team: Team, from: number): string {
  const network = team.roles[from]?.network;
  return nameOf(team, network?.kind === "wait" ? network.wait.judge : from);
}

/** `waits for `Module` from `Coder``, `would send `Done` to `Lead``. */
function neededText(team: Team, awaited: readonly Awaited[]): string {
  const all = awaited.filter(({ own }) => !own);
  const named = (all.length > 0 ? all : awaited).map(({ what, peer, own }) => {
    if (peer < 0) return what;
    return `${what} ${own ? "to" : "from"} \`${nameOf(team, peer)}\``;
  });
  return `${all.length > 0 || named.length === 0 ? "waits for" : "would have to send"} ${named.length === 0 ? "what it is not told" : inWords(named, "or")}`;
}

/** The name of a role as it is shown. */
export function nameOf({ roles }: Team, role: number): string {
  return roles[role]?.name ?? "";
}
