// The oracle for waits that may fail: the endpoints run against each other in every order, judges give up whenever they
// like, senders are answered, what is late is dropped on arrival. In: the native runs of a choreography (native.ts).
// Out: the first failure, or none. Naive on purpose; it shares no code and no idea with the compiler: there is no role
// of the network in it.

import type { Failure, Limits, Outcome } from "./explore.js";
import type { Move, Native, Wait } from "./native.js";

/** What an endpoint can do next. */
type Act =
  | { readonly kind: "send"; readonly to: number; readonly label: string }
  | { readonly kind: "receive"; readonly from: number; readonly label: string }
  /** The sender's part of a wait: its message, and its answer. */
  | { readonly kind: "offer"; readonly wait: Wait; readonly branch: number }
  | { readonly kind: "answered"; readonly wait: Wait; readonly counted: boolean; readonly branch: number }
  /** The judge's part of a wait: it reads, then takes or refuses what it has read, or gives up at any time before. */
  | { readonly kind: "read"; readonly wait: Wait; readonly sender: number; readonly branch: number }
  | { readonly kind: "verdict"; readonly wait: Wait; readonly counted: boolean; readonly branch: number }
  | { readonly kind: "decide"; readonly id: number; readonly branch: number }
  | { readonly kind: "fail" };

/** A state of the runs as one role is in it: inside of a wait, the branch it has sent or read, and whom it has read. */
interface Point {
  readonly state: number;
  readonly branch: number;
  readonly read: readonly number[];
}

interface Machine {
  readonly states: readonly Local[];
}

interface Local {
  readonly acts: readonly { readonly act: Act; readonly target: number }[];
  readonly end: boolean;
}

interface Situation {
  readonly states: readonly number[];
  /** By `from * roles + to`: `label`, or `id#round:branch` of a wait. */
  readonly channels: readonly (readonly string[])[];
  /** By role and wait or choice: how often it is over for the role. */
  readonly rounds: Readonly<Record<string, number>>;
  /** By wait and sender: the answers it has not taken yet. */
  readonly answers: Readonly<Record<string, readonly boolean[]>>;
  /** By choice and round: the branch that the data mean. */
  readonly data: Readonly<Record<string, number>>;
  readonly words: readonly (readonly string[])[];
  readonly trace: readonly string[];
  readonly failed: boolean;
}

/** What the oracle is to leave out, to see that the comparison catches it. */
export interface Weakness {
  /** Judges never give up. */
  readonly patient?: boolean;
}

export function exploreJudges(native: Native, limits: Limits, weakness: Weakness = {}): Outcome {
  const roles = native.roles.length;
  const machines = native.roles.map((_, role) => machineOf(native, role, weakness));
  const first: Situation = {
    states: machines.map(() => 0),
    channels: Array.from({ length: roles * roles }, () => []),
    rounds: {},
    answers: {},
    data: {},
    words: machines.map(() => []),
    trace: [],
    failed: false,
  };
  const seen = new Set([keyOf(first, native.cyclic)]);
  const work = [first];
  for (let i = 0; i < work.length; i++) {
    if (work.length > limits.situations) return native.cyclic ? { kind: "sound" } : { kind: "unknown" };
    const here = work[i];
    if (here === undefined) break;
    const failure = failureAt(here, machines, native, !native.cyclic || i < limits.compared);
    if (failure !== null) return { kind: "failure", failure, trace: here.trace };
    if (here.failed) continue;
    const { next, held } = nextOf(here, machines, native, native.cyclic ? limits.channel : Infinity);
    if (next.length === 0 && !held && left(here, machines, native).some((gone) => !gone)) {
      const failure = here.channels.some((channel) => channel.length > 0) ? "unspecified reception" : "deadlock";
      return { kind: "failure", failure, trace: here.trace };
    }
    for (const situation of next) {
      const key = keyOf(situation, native.cyclic);
      if (seen.has(key)) continue;
      seen.add(key);
      work.push(situation);
    }
  }
  return { kind: "sound" };
}

function keyOf({ states, channels, rounds, answers, data, words, failed }: Situation, cyclic: boolean): string {
  return JSON.stringify([
    cyclic ? states : words,
    states,
    channels,
    sorted(rounds),
    sorted(answers),
    sorted(data),
    failed,
  ]);
}

function sorted<T>(of: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(of).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

// ---- what goes wrong -------------------------------------------------------------------------------------

function failureAt(here: Situation, machines: readonly Machine[], native: Native, compare: boolean): Failure | null {
  const local = machines.map(({ states }, role) => states[here.states[role] ?? 0]);
  const unaware = local.some(
    (state, role) => state?.end === true && native.optional[role] === false && state.acts.length > 0,
  );
  if (unaware) return "unaware of termination";
  if (compare && !isRun(native, here.words, true)) return "infidelity";
  if (here.failed || left(here, machines, native).some((gone) => !gone)) return null;
  if (here.channels.some((channel) => channel.length > 0)) return "orphan message";
  return isRun(native, here.words, false) ? null : "infidelity";
}

/** Who has left: plain roles at their end; optional ones also while they wait, when all whom they wait for have left. */
function left(here: Situation, machines: readonly Machine[], native: Native): readonly boolean[] {
  const count = native.roles.length;
  const gone = machines.map(() => false);
  for (let changed = true; changed;) {
    changed = false;
    machines.forEach(({ states }, role) => {
      const state = states[here.states[role] ?? 0];
      if (gone[role] === true || state?.end !== true) return;
      const may = state.acts.every(({ act }) => {
        if (act.kind === "receive")
          return gone[act.from] === true && here.channels[act.from * count + role]?.length === 0;
        if (act.kind === "answered")
          return gone[act.wait.judge] === true && (here.answers[`${act.wait.id} ${role}`] ?? []).length === 0;
        return false;
      });
      if (!may) return;
      gone[role] = true;
      changed = true;
    });
  }
  return gone;
}

// ---- what can happen -------------------------------------------------------------------------------------

function nextOf(
  here: Situation,
  machines: readonly Machine[],
  native: Native,
  bound: number,
): { readonly next: readonly Situation[]; readonly held: boolean } {
  const count = native.roles.length;
  const next: Situation[] = [];
  let held = false;
  machines.forEach(({ states }, role) => {
    for (const { act, target } of states[here.states[role] ?? 0]?.acts ?? []) {
      const moved = step(here, act, role, count, bound);
      if (moved === "held") held = true;
      else if (moved !== null)
        next.push(
          withoutLate(
            {
              ...moved,
              states: moved.states.with(role, target),
              trace: [...here.trace, `${native.roles[role] ?? ""} ${nameOf(act)}`],
            },
            count,
          ),
        );
    }
  });
  return { next, held };
}

/** The situation after an act but for the role's state; null where it cannot be. */
function step(here: Situation, act: Act, role: number, count: number, bound: number): Situation | null | "held" {
  const word = wordOf(act, role);
  const said = word === null ? here : { ...here, words: here.words.with(role, [...(here.words[role] ?? []), word]) };
  const put = (to: number, label: string): Situation | "held" => {
    const channel = here.channels[role * count + to] ?? [];
    return channel.length >= bound
      ? "held"
      : { ...said, channels: here.channels.with(role * count + to, [...channel, label]) };
  };
  const take = (from: number, label: string): Situation | null => {
    const [head, ...rest] = here.channels[from * count + role] ?? [];
    return head === label ? { ...said, channels: here.channels.with(from * count + role, rest) } : null;
  };
  const roundOf = (id: number): number => (here.rounds[`${role} ${id}`] ?? 0) + 1;
  const over = (from: Situation, id: number): Situation => ({
    ...from,
    rounds: { ...from.rounds, [`${role} ${id}`]: roundOf(id) },
  });
  switch (act.kind) {
    case "send":
      return put(act.to, act.label);
    case "receive":
      return take(act.from, act.label);
    case "offer":
      return put(act.wait.judge, `${act.wait.id}#${roundOf(act.wait.id)}:${act.branch}`);
    case "read":
      return take(act.sender, `${act.wait.id}#${roundOf(act.wait.id)}:${act.branch}`);
    case "answered": {
      const key = `${act.wait.id} ${role}`;
      const [head, ...rest] = here.answers[key] ?? [];
      return head === act.counted ? over({ ...said, answers: { ...here.answers, [key]: rest } }, act.wait.id) : null;
    }
    case "verdict": {
      const answers = { ...here.answers };
      for (const sender of act.wait.senders) {
        const key = `${act.wait.id} ${sender}`;
        answers[key] = [...(answers[key] ?? []), act.counted];
      }
      return over({ ...said, answers }, act.wait.id);
    }
    case "decide": {
      const key = `${act.id}#${roundOf(act.id)}`;
      const meant = here.data[key] ?? act.branch;
      return meant === act.branch ? over({ ...said, data: { ...here.data, [key]: meant } }, act.id) : null;
    }
    case "fail":
      return { ...said, failed: true };
  }
}

/** What comes to a judge that is done with it is dropped. */
function withoutLate(here: Situation, count: number): Situation {
  const channels = here.channels.map((channel, index) => {
    const isLate = (label: string): boolean => {
      const [, id, round] = /^(\d+)#(\d+):/.exec(label) ?? [];
      return id !== undefined && (here.rounds[`${index % count} ${id}`] ?? 0) >= Number(round);
    };
    const first = channel.findIndex((label) => !isLate(label));
    return first === 0 ? channel : first < 0 ? [] : channel.slice(first);
  });
  return { ...here, channels };
}

// ---- runs ------------------------------------------------------------------------------------------------

/** How an act stands in the word of its role; null: only the outcome of a wait does. */
function wordOf(act: Act, role: number): string | null {
  switch (act.kind) {
    case "send":
      return `${role}>${act.to}:${act.label}`;
    case "receive":
      return `${act.from}>${role}:${act.label}`;
    case "answered":
    case "verdict":
      return `${act.wait.id}=${act.counted ? act.branch : "not"}`;
    case "decide":
      return `${act.id}=${act.branch}`;
    case "fail":
      return "fail";
    default:
      return null;
  }
}

/** Whether the words are the parts of one run, or (`prefix`) of one that goes on. Behind a `fail` everything is. */
function isRun(native: Native, words: readonly (readonly string[])[], prefix: boolean): boolean {
  const seen = new Set<string>();
  const work: { readonly state: number; readonly at: readonly number[] }[] = [
    { state: native.start, at: words.map(() => 0) },
  ];
  for (let here = work.pop(); here !== undefined; here = work.pop()) {
    const key = `${here.state}:${here.at.join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const { state, at } = here;
    const { end, failed, moves } = native.states[state] ?? { end: false, failed: false, moves: [] };
    if (failed || ((end || prefix) && at.every((position, role) => position === words[role]?.length))) return true;
    const advance = (target: number, said: readonly (readonly [number, string])[]): void => {
      const moved = [...at];
      for (const [role, own] of said) {
        const position = moved[role] ?? 0;
        const word = words[role] ?? [];
        if (position === word.length ? !prefix : word[position] !== own) return;
        if (position < word.length) moved[role] = position + 1;
      }
      work.push({ state: target, at: moved });
    };
    for (const move of moves) {
      if (move.kind === "silent") advance(move.target, []);
      if (move.kind === "message") {
        const own = `${move.from}>${move.to}:${move.label}`;
        advance(move.target, [
          [move.from, own],
          [move.to, own],
        ]);
      }
      if (move.kind === "fail") advance(move.target, [[move.by, "fail"]]);
      if (move.kind === "when")
        move.branches.forEach((target, i) =>
          advance(
            target,
            move.knowers.map((role) => [role, `${move.id}=${i}`]),
          ),
        );
      if (move.kind === "wait") {
        const parties = [move.judge, ...move.senders];
        move.branches.forEach(({ target }, i) =>
          advance(
            target,
            parties.map((role) => [role, `${move.id}=${i}`]),
          ),
        );
        if (move.otherwise !== null)
          advance(
            move.otherwise,
            parties.map((role) => [role, `${move.id}=not`]),
          );
      }
    }
  }
  return false;
}

// ---- endpoints -------------------------------------------------------------------------------------------

/** The subset construction as in the textbook, over points. */
function machineOf(native: Native, role: number, weakness: Weakness): Machine {
  const numbers = new Map<string, number>();
  const sets: (readonly Point[])[] = [];
  const numbered = (from: readonly Point[]): number => {
    const set = closed(native, role, from);
    const key = set.map(textOf).toSorted().join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, sets.length);
    return sets.push(set) - 1;
  };
  numbered([{ state: native.start, branch: -1, read: [] }]);
  const states: Local[] = [];
  for (let i = 0; i < sets.length; i++) {
    const set = sets[i] ?? [];
    const found = new Map<string, { readonly act: Act; readonly targets: Point[] }>();
    for (const point of set) {
      for (const [act, target] of stepsOf(native, role, point, weakness)) {
        const known = found.get(nameOf(act));
        if (known === undefined) found.set(nameOf(act), { act, targets: [target] });
        else known.targets.push(target);
      }
    }
    states.push({
      acts: [...found.values()].map(({ act, targets }) => ({ act, target: numbered(targets) })),
      end: set.some(({ state }) => native.states[state]?.end === true),
    });
  }
  return { states };
}

function textOf({ state, branch, read }: Point): string {
  return `${state}.${branch}.${read.join("-")}`;
}

function nameOf(act: Act): string {
  const { wait, ...rest } = "wait" in act ? act : { ...act, wait: null };
  return JSON.stringify({ ...rest, wait: wait?.id });
}

function stepsOf(native: Native, role: number, point: Point, weakness: Weakness): readonly (readonly [Act, Point])[] {
  return (native.states[point.state]?.moves ?? []).flatMap((move): readonly (readonly [Act, Point])[] => {
    if (move.kind === "message" && move.from === role)
      return [[{ kind: "send", to: move.to, label: move.label }, at(move.target)]];
    if (move.kind === "message" && move.to === role)
      return [[{ kind: "receive", from: move.from, label: move.label }, at(move.target)]];
    if (move.kind === "fail" && move.by === role) return [[{ kind: "fail" }, at(move.target)]];
    if (move.kind === "when" && move.knowers.includes(role))
      return move.branches.map((target, branch) => [{ kind: "decide", id: move.id, branch }, at(target)]);
    if (move.kind !== "wait") return [];
    if (move.judge === role) return judging(move, point, weakness);
    return move.senders.includes(role) ? offering(move, point) : [];
  });
}

function at(state: number): Point {
  return { state, branch: -1, read: [] };
}

function judging(wait: Wait, point: Point, { patient = false }: Weakness): readonly (readonly [Act, Point])[] {
  const whole = point.read.length === wait.needed;
  const reads = whole
    ? []
    : wait.senders
        .filter((sender) => !point.read.includes(sender))
        .flatMap((sender) =>
          wait.branches.map((_, branch): readonly [Act, Point] => [
            { kind: "read", wait, sender, branch },
            { ...point, branch, read: [...point.read, sender].toSorted((a, b) => a - b) },
          ]),
        );
  const taken: readonly (readonly [Act, Point])[] = whole
    ? [[{ kind: "verdict", wait, counted: true, branch: point.branch }, at(wait.branches[point.branch]?.target ?? 0)]]
    : [];
  const given: readonly (readonly [Act, Point])[] =
    wait.otherwise === null || (patient && !whole)
      ? []
      : [[{ kind: "verdict", wait, counted: false, branch: -1 }, at(wait.otherwise)]];
  return [...reads, ...taken, ...given];
}

/** A sender that is answered before it has sent never sends; of several branches only what was sent can have counted. */
function offering(wait: Wait, point: Point): readonly (readonly [Act, Point])[] {
  const offers =
    point.branch >= 0
      ? []
      : wait.branches.map((_, branch): readonly [Act, Point] => [
          { kind: "offer", wait, branch },
          { ...point, branch },
        ]);
  const counted: readonly (readonly [Act, Point])[] = wait.branches.flatMap(({ target }, branch) =>
    (point.branch < 0 && wait.branches.length === 1) || point.branch === branch
      ? [[{ kind: "answered", wait, counted: true, branch }, at(target)] as const]
      : [],
  );
  const missed: readonly (readonly [Act, Point])[] =
    wait.otherwise === null ? [] : [[{ kind: "answered", wait, counted: false, branch: -1 }, at(wait.otherwise)]];
  return [...offers, ...counted, ...missed];
}

function closed(native: Native, role: number, from: readonly Point[]): readonly Point[] {
  const set = new Map(from.map((point) => [textOf(point), point]));
  for (const { state, branch } of set.values()) {
    if (branch >= 0) continue;
    for (const move of native.states[state]?.moves ?? [])
      for (const target of pastOf(move, role)) set.set(textOf(at(target)), at(target));
  }
  return [...set.values()];
}

/** Where the runs go on without the role; nowhere if it takes part. */
function pastOf(move: Move, role: number): readonly number[] {
  switch (move.kind) {
    case "silent":
      return [move.target];
    case "message":
      return move.from === role || move.to === role ? [] : [move.target];
    case "fail":
      return move.by === role ? [] : [move.target];
    case "when":
      return move.knowers.includes(role) ? [] : move.branches;
    case "wait": {
      if (move.judge === role || move.senders.includes(role)) return [];
      const targets = move.branches.map(({ target }) => target);
      return move.otherwise === null ? targets : [...targets, move.otherwise];
    }
  }
}
