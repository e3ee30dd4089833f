// A team as a model in Promela, the language of the model checker SPIN. In: a team without arms. Out: one self-contained
// file: a process for each role, a bounded channel for each pair that talks, assertions for what `verify` asks of single
// places. `spin -a` accepts it, and SPIN finds an error in it iff verify finds a deadlock, a message that nobody can take or
// that is left behind, or a role that cannot know that it is over.
//
// A channel that is full cuts the run off: all processes stop, and nothing is asked of them any more. So does a `fail`.

import type { Machine, State, Step, Team } from "../team/team.js";
import { isFinite, USUAL_CHANNEL } from "./play.js";
import { stepNames, type Names } from "./promela-names.js";

export type Model =
  | { readonly kind: "model"; readonly text: string }
  /** There is something in it that the model does not carry. */
  | { readonly kind: "not carried"; readonly message: string; readonly hint: string };

/** SPIN has so many values of `mtype`, processes and channels, at most. */
const most = 255;
/** Where every run ends, a channel is made so large that it is hardly ever full. */
const roomy = 16;

/** Takes a team, the name of its choreography, how many messages a channel holds (null: as many as fit), a mark. */
export function promelaOf(team: Team, title: string, channel: number | null, mark: string): Model {
  if (team.constructs.length > 0)
    return {
      kind: "not carried",
      message: "arms side by side cannot be written as Promela yet",
      hint: "verify it without `--emit`",
    };
  const names = stepNames(team);
  const processes = names.roles.size + 1;
  if (names.labels.length > most || processes > most || names.channels.size > most)
    return {
      kind: "not carried",
      message: `SPIN carries ${most} labels, processes and channels at most, and there are ${Math.max(names.labels.length, processes, names.channels.size)}`,
      hint: "verify it without `--emit`",
    };
  const room = channel ?? (isFinite(team) ? roomy : USUAL_CHANNEL);
  const roles = [...names.roles].map(([role, name]) => processOf(team, names, role, name));
  const text = [
    `/* ${comment(title)}, ${mark} */`,
    "",
    ...(names.labels.length === 0 ? [] : [`mtype = { ${names.labels.join(", ")} };`]),
    "",
    "bool failed = false; /* somebody has failed: the session is over */",
    "bool cut = false;    /* a channel was full: the run is not followed any further */",
    "#define stopped (failed || cut)",
    "",
    ...[...names.channels.values()].map((name) => `chan ${name} = [${room}] of { mtype };`),
    ...[...names.roles].flatMap(([role, name]) =>
      team.roles[role]?.network?.kind === "wait"
        ? [`bool ready_${name} = ${listens(team, machineOf(team, role)?.states[0])};`]
        : [],
    ),
    "",
    ...roles,
    ...monitor(team, names),
    "",
  ];
  return { kind: "model", text: text.join("\n") };
}

/** Nothing happens any more: whatever is under way to a role is left behind. */
function monitor(team: Team, { channels }: Names): readonly string[] {
  const between = [...channels].flatMap(([key, name]) => {
    const [from = -1, to = -1] = key.split(" ").map(Number);
    const isWord = team.roles[to]?.kind === "network" || team.roles[from]?.network?.kind === "data";
    return isWord ? [] : [`empty(${name})`];
  });
  return [
    "active proctype monitor() {",
    `  timeout -> assert(stopped || ${between.length === 0 ? "true" : `(${between.join(" && ")})`})`,
    "}",
  ];
}

function processOf(team: Team, names: Names, role: number, name: string): string {
  const machine = machineOf(team, role);
  const counters = (machine?.counters ?? []).map((counter, i) => `  int n${i} = 0; /* ${comment(counter.loop)} */`);
  const states = (machine?.states ?? []).flatMap((state, i) =>
    stateLines({ team, names, role, name }, machine, state, i),
  );
  return [
    `active proctype ${name}() {`,
    ...counters,
    ...states,
    "over:",
    ...overLines(team, names, role),
    "halt:",
    "  skip",
    "}",
    "",
  ].join("\n");
}

interface Here {
  readonly team: Team;
  readonly names: Names;
  readonly role: number;
  readonly name: string;
}

/** At its end a role stays, and nothing may come any more. */
function overLines(team: Team, { channels }: Names, role: number): readonly string[] {
  const into = [...channels].flatMap(([key, name]) => {
    const [from = -1, to = -1] = key.split(" ").map(Number);
    return to === role && team.roles[from]?.network?.kind !== "data" ? [`nempty(${name})`] : [];
  });
  const isNetwork = team.roles[role]?.kind === "network";
  return [
    "end_over:",
    "  if",
    ...(into.length === 0 || isNetwork
      ? []
      : [`  :: !stopped && (${into.join(" || ")}) -> assert(false) /* left behind */`]),
    "  :: stopped -> goto halt",
    "  fi;",
  ];
}

function stateLines(here: Here, machine: Machine | null, state: State, i: number): readonly string[] {
  const { team, role } = here;
  const label = `S${i}:`;
  const { passes, steps, final } = state;
  if (passes?.kind === "enter") return [label, `  n${passes.counter} = 0; goto S${passes.then};`];
  if (passes !== null) {
    const { counter, then, last } = passes;
    const max = machine?.counters[counter]?.max ?? 1;
    return [
      label,
      "  if",
      `  :: n${counter} + 1 >= ${max} -> n${counter} = 0; goto S${last}`,
      `  :: else -> n${counter}++; goto S${then}`,
      "  fi;",
    ];
  }
  if (steps.length === 0 && final) return [label, "  goto over;"];
  const kind = team.roles[role]?.kind;
  const mayStay = kind === "network" || (kind === "optional" && final);
  return [
    label,
    ...(mayStay ? [`end_S${i}:`] : []),
    "  if",
    ...steps.flatMap((step) => stepLines(here, step)),
    ...(kind === "plain" && final ? ["  :: !stopped -> assert(false) /* cannot know that it is over */"] : []),
    ...(kind === "network" ? [] : blockedLines(here, steps)),
    "  :: stopped -> goto halt",
    "  fi;",
  ];
}

function stepLines(here: Here, step: Step): readonly string[] {
  const { team, names, role, name } = here;
  const { kind, peer, label, then } = step;
  const word = names.labels[names.labelOf(label)] ?? "";
  const text = step.text === null ? "" : ` /* ${comment(step.text)} */`;
  const isCarrier = team.roles[role]?.network?.kind === "wait";
  const ready = isCarrier ? ` ready_${name} = ${listens(team, machineOf(team, role)?.states[then])};` : "";
  const go = `goto S${then}${text}`;
  if (kind === "fail") return [`  :: !stopped -> failed = true; goto halt${text}`];
  if (kind === "begin") return [];
  if (kind === "receive") {
    const from = names.channelOf(peer, role);
    return [`  :: atomic { !stopped && ${from}?[${word}] -> ${from}?${word};${ready} } ${go}`];
  }
  if (kind === "decide") {
    const own = names.channelOf(peer, role);
    const others = knowersOf(team, peer)
      .filter((other) => other !== role)
      .map((other) => names.channelOf(peer, other));
    const room = others.map((each) => ` && nfull(${each})`).join("");
    const tell = others.map((each) => ` ${each}!${word};`).join("");
    return [
      `  :: atomic { !stopped && ${own}?[${word}] -> ${own}?${word} } ${go}`,
      `  :: atomic { !stopped && empty(${own})${room} ->${tell === "" ? " skip" : tell} } ${go}`,
      ...others.map((each) => `  :: !stopped && full(${each}) -> cut = true; goto halt`),
    ];
  }
  const to = names.channelOf(role, peer);
  const may = mayReadAt(here, step);
  return [
    `  :: atomic { !stopped && nfull(${to})${may} -> ${to}!${word};${ready} } ${go}`,
    `  :: !stopped && full(${to})${may} -> cut = true; goto halt`,
  ];
}

/** A judge says that it reads only when there is something to read. */
function mayReadAt({ team, names }: Here, { peer, label }: Step): string {
  const network = team.roles[peer]?.network;
  if (network?.kind !== "wait" || team.labels[label] !== "ok") return "";
  return ` && ready_${names.roles.get(peer) ?? ""} && nempty(${names.channelOf(network.wait.sender, peer)})`;
}

/** On every channel that a role waits for, something stands first that it cannot take. */
function blockedLines({ names, role }: Here, steps: readonly Step[]): readonly string[] {
  if (steps.length === 0 || steps.some(({ kind }) => kind !== "receive")) return [];
  const peers = [...new Set(steps.map(({ peer }) => peer))];
  const blocked = peers.map((peer) => {
    const channel = names.channelOf(peer, role);
    const own = steps.filter((step) => step.peer === peer);
    const takes = own.map(({ label }) => `${channel}?[${names.labels[names.labelOf(label)] ?? ""}]`);
    return `nempty(${channel}) && !(${takes.join(" || ")})`;
  });
  return [`  :: !stopped && ${blocked.join(" && ")} -> assert(false) /* nobody can take it */`];
}

function machineOf({ blocks, machines }: Team, role: number): Machine | null {
  return machines[blocks[0]?.[role] ?? -1] ?? null;
}

/** Whether a carrier is where its judge may say that it reads. */
function listens({ labels }: Team, state: State | undefined): boolean {
  return state?.steps.some(({ kind, label }) => kind === "receive" && labels[label] === "ok") === true;
}

function knowersOf({ roles }: Team, announcer: number): readonly number[] {
  const network = roles[announcer]?.network;
  return network?.kind === "data" ? network.knowers : [];
}

/** Nothing in a comment ends it, or is more than one line. */
function comment(text: string): string {
  return text
    .replaceAll(/[^\x20-\x7e]/g, "?")
    .replaceAll(/\*\/|\/\*/g, "* /")
    .slice(0, 120);
}
