// What can happen next in a team. In: a team, a situation, the kind of the network. Out: every move that is possible,
// each with all that it changes. The roles of the network make none: they act by themselves (after.ts).

import type { Span } from "@chor/grammar";
import { carrierAt, firstFrom } from "./carry.js";
import { areSiblings, belongs, claimKey, pathOf } from "./paths.js";
import { isBetweenRoles, type NetworkKind, type Sent, type Situation } from "./situation.js";
import type { State, Step, Team } from "./team.js";
import { advance, elementsOf, isAtEnd, stateOf, threadOf, type Inside, type Round, type Thread } from "./thread.js";

export interface Move {
  /** Who acts, as a role of the core; in a scatter, the member. */
  readonly role: number;
  /** The role in its block: of a member in a scatter, the family's. */
  readonly as: number;
  /** `begin`: enters a scatter, or arms in which nothing is to be done. `claim`: takes an element of a scatter. */
  readonly kind: Step["kind"] | "claim";
  /** As in the step. */
  readonly peer: number;
  readonly label: number;
  /** Of the thread that acts, see `Thread.path`. */
  readonly path: string;
  readonly span: Span;
  /** How it is shown; null: it is not. */
  readonly text: string | null;
  /** The decision that is taken by it. */
  readonly choice: State["choice"];

  // What it changes:
  /** The thread of `role` afterwards. */
  readonly thread: Thread;
  readonly takes: { readonly inbox: number; readonly index: number } | null;
  readonly puts: readonly Sent[];
  /** The key of the element that is claimed. */
  readonly claims: string | null;
  /** Rounds that are over with it. */
  readonly rounds: readonly Round[];
}

/** All moves, by role and in the order of its steps. None behind a `fail`. */
export function movesFrom(team: Team, situation: Situation, network: NetworkKind = "fifo"): readonly Move[] {
  if (situation.failed) return [];
  const moves: Move[] = [];
  const here: Here = { team, situation, network };
  situation.threads.forEach((thread, role) => {
    if (thread !== null) moves.push(...movesOf(here, thread, role));
  });
  return moves;
}

interface Here {
  readonly team: Team;
  readonly situation: Situation;
  readonly network: NetworkKind;
}

function movesOf(here: Here, thread: Thread, actor: number): readonly Move[] {
  if (thread.inside !== null) return movesInside(here, thread, thread.inside, actor);
  const state = stateOf(here.team, thread);
  return state === null ? [] : state.steps.flatMap((step) => movesBy(here, thread, state, step, actor));
}

function movesBy(here: Here, thread: Thread, state: State, step: Step, actor: number): readonly Move[] {
  const { team, situation } = here;
  if (step.kind === "begin") return entering(here, thread, step, actor);
  const moved = advance(team, thread, step.then);
  const move = (takes: Move["takes"], puts: readonly Sent[]): readonly Move[] => [
    {
      role: actor,
      as: thread.role,
      kind: step.kind,
      peer: step.peer,
      label: step.label,
      path: thread.path,
      span: step.span,
      text: step.text,
      choice: step.kind === "send" ? state.choice : null,
      thread: moved.thread,
      takes,
      puts,
      claims: null,
      rounds: moved.rounds,
    },
  ];
  switch (step.kind) {
    case "fail":
      return move(null, []);
    case "send":
      if (readsTooEarly(here, thread, step)) return [];
      return move(null, [{ from: actor, to: step.peer, label: step.label, path: thread.path }]);
    case "decide":
      return deciding(here, thread, step).flatMap(({ takes, puts }) => move(takes, puts));
    case "receive": {
      const index = indexOf(here, thread, step);
      return index < 0 || situation.inboxes[thread.role] === undefined ? [] : move({ inbox: thread.role, index }, []);
    }
  }
}

// ---- receptions ------------------------------------------------------------------------------------------

/** Where the message that a step receives stands in the inbox, if the network hands it over; -1 where it does not. */
function indexOf({ team, situation, network }: Here, thread: Thread, step: Step): number {
  const inbox = situation.inboxes[thread.role] ?? [];
  const isMeant = ({ from, label, path }: Sent): boolean =>
    label === step.label && path === thread.path && belongs(team, from, step.peer);
  if (network === "bag") return inbox.findIndex((sent) => isBetweenRoles(team, sent) && isMeant(sent));
  const passed = new Set<number>();
  for (const [index, sent] of inbox.entries()) {
    if (!isBetweenRoles(team, sent) || areSiblings(sent.path, thread.path)) continue;
    if (passed.has(sent.from)) continue;
    if (isMeant(sent)) return index;
    if (network === "mailbox") return -1;
    passed.add(sent.from);
  }
  return -1;
}

/** Who knows the data comes to the branch that another one has come to, or is the first and takes one for all. */
function deciding({ team, situation }: Here, thread: Thread, step: Step): readonly Pick<Move, "takes" | "puts">[] {
  const inbox = situation.inboxes[thread.role] ?? [];
  const index = firstFrom(team, inbox, step.peer, thread.path);
  if (index >= 0) return inbox[index]?.label === step.label ? [{ takes: { inbox: thread.role, index }, puts: [] }] : [];
  const announcer = team.roles[step.peer]?.network;
  const others = announcer?.kind === "data" ? announcer.knowers.filter((role) => role !== thread.role) : [];
  return [{ takes: null, puts: others.map((to) => ({ from: step.peer, to, label: step.label, path: thread.path })) }];
}

/** A judge says that it reads only when there is something to read: until then it can wait, or give up. */
function readsTooEarly({ team, situation }: Here, thread: Thread, step: Step): boolean {
  const network = team.roles[step.peer]?.network;
  if (network?.kind !== "wait" || team.labels[step.label] !== "ok") return false;
  const carrier = carrierAt(team, situation, step.peer, thread.path);
  const listens = stateOf(team, carrier)?.steps.some((one) => one.kind === "receive" && one.label === step.label);
  const inbox = situation.inboxes[step.peer] ?? [];
  return listens !== true || firstFrom(team, inbox, network.wait.sender, thread.path) < 0;
}

// ---- arms ------------------------------------------------------------------------------------------------

/** Arms begin with what the thread does first in them; a scatter with an act of its own. */
function entering(here: Here, thread: Thread, step: Step, actor: number): readonly Move[] {
  const { team } = here;
  const construct = team.constructs[step.peer];
  if (construct === undefined) return [];
  const entry = thread.entries[step.peer] ?? 0;
  const arm = (block: number, which: number): Thread =>
    threadOf(team, block, pathOf(thread.path, step.peer, entry, which), thread.role);
  const isScatter = construct.kind === "scatter";
  const threads = isScatter
    ? (construct.claims[thread.role] ?? -1) >= 0
      ? []
      : Array.from({ length: team.elements }, (_, element) => arm(construct.arms[0] ?? 0, element))
    : construct.arms.map(arm).filter(({ machine }) => machine >= 0);
  const inside: Inside = { construct: step.peer, entry, then: step.then, threads };
  const entered: Thread = { ...thread, entries: { ...thread.entries, [step.peer]: entry + 1 }, inside };
  if (!isScatter && !threads.every((each) => isAtEnd(team, each))) return movesInside(here, entered, inside, actor);
  return [
    {
      role: actor,
      as: thread.role,
      kind: "begin",
      peer: step.peer,
      label: -1,
      path: thread.path,
      span: step.span,
      text: isScatter ? `${team.roles[actor]?.name ?? ""} begins the scatter` : null,
      choice: null,
      thread: entered,
      takes: null,
      puts: [],
      claims: null,
      rounds: [],
    },
  ];
}

/** What a thread can do in its arms, or in those elements that it has claimed; and to claim one. */
function movesInside(here: Here, thread: Thread, inside: Inside, actor: number): readonly Move[] {
  const { team, situation } = here;
  const found = inside.threads.flatMap((each, i) =>
    movesOf(here, each, actor).map((move) => ({
      ...move,
      thread: { ...thread, inside: { ...inside, threads: inside.threads.with(i, move.thread) } },
    })),
  );
  const construct = team.constructs[inside.construct];
  const over = construct?.claims[thread.role] ?? -1;
  if (over < 0) return found;
  const free = elementsOf(team, thread, inside).flatMap((path, element): readonly Move[] => {
    const key = claimKey(path, over);
    if (situation.claims[key] !== undefined) return [];
    const own = threadOf(team, construct?.arms[0] ?? 0, path, over);
    return [
      {
        role: actor,
        as: thread.role,
        kind: "claim",
        peer: inside.construct,
        label: element,
        path,
        span: construct?.span ?? team.core.end,
        text: `${team.roles[actor]?.name ?? ""} claims element ${element + 1}`,
        choice: null,
        thread: { ...thread, inside: { ...inside, threads: [...inside.threads, own] } },
        takes: null,
        puts: [],
        claims: key,
        rounds: [],
      },
    ];
  });
  return [...found, ...free];
}
