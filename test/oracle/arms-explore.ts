// The oracle for arms: the endpoints of a choreography with `par` and `scatter` run against each other in every order,
// with a thread for each arm. Records carry the path of the thread that has sent them; a thread takes only records of its own
// path, and looks past those of sibling arms, past nothing else. In: the runs of a choreography (arms-runs.ts). Out: the
// first failure, or none. Naive on purpose; it shares no code and no idea with the check.

import type { Failure, Limits, Outcome } from "./explore.js";
import type { ArmsRuns, BlockRuns, Step } from "./arms-runs.js";

interface Machine {
  readonly states: readonly { readonly moves: readonly Move[]; readonly end: boolean }[];
}

interface Move {
  readonly kind: "send" | "receive" | "construct";
  /** The other role; of a construct, its number. */
  readonly peer: number;
  readonly label: string;
  readonly target: number;
}

/** `construct.entry.arm`, for each arm around. */
type Path = readonly string[];

interface Thread {
  readonly block: number;
  readonly path: Path;
  /** The role in the block. */
  readonly role: number;
  readonly state: number;
  /** By construct: how often it was entered. */
  readonly entries: Readonly<Record<number, number>>;
  readonly inside: Inside | null;
}

interface Inside {
  readonly construct: number;
  readonly entry: number;
  readonly target: number;
  readonly threads: readonly Thread[];
}

interface Sent {
  readonly path: Path;
  readonly label: string;
}

interface Situation {
  /** By role; null: one that stands for a family in a scatter. */
  readonly threads: readonly (Thread | null)[];
  readonly channels: Readonly<Record<string, readonly Sent[]>>;
  /** By path, construct, entry and instance, and the role that is claimed: 1 claimed, 2 over. */
  readonly claims: Readonly<Record<string, 1 | 2>>;
  /** By path and role: what was done. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly trace: readonly string[];
}

/** How many elements the list of a scatter has when it is entered for the nth time, from 0. */
export type Sizes = (entry: number) => number;

interface World {
  readonly runs: ArmsRuns;
  readonly roles: number;
  readonly sizes: Sizes;
  readonly machines: Map<string, Machine>;
  /** Roles that need not come to an end. */
  readonly exempt: ReadonlySet<number>;
}

/**
 * Explores all that can happen. Without cycles, what each thread has done belongs to the situation, so that every ending
 * is compared with the runs of its block; with cycles, channels are bounded.
 */
export function exploreArms(
  runs: ArmsRuns,
  roles: number,
  sizes: Sizes,
  limits: Limits,
  exempt: ReadonlySet<number> = new Set(),
): Outcome {
  const claimed = new Set(runs.constructs.flatMap(({ claims }) => [...claims.values()]));
  const world: World = { runs, roles, sizes, machines: new Map(), exempt };
  const first: Situation = {
    threads: Array.from({ length: roles }, (_, role) => (claimed.has(role) ? null : threadOf(0, [], role))),
    channels: {},
    claims: {},
    words: {},
    trace: [],
  };
  const start = settled(world, first);
  const seen = new Set([keyOf(start, runs.cyclic)]);
  const work = [start];
  for (let i = 0; i < work.length; i++) {
    if (work.length > limits.situations) return runs.cyclic ? { kind: "sound" } : { kind: "unknown" };
    const here = work[i];
    if (here === undefined) break;
    const next: Situation[] = [];
    const bound = runs.cyclic ? limits.channel : Infinity;
    let held = false;
    here.threads.forEach((thread, role) => {
      if (thread === null) return;
      for (const way of waysOf(world, here, thread, role)) {
        if (Object.values(way.channels).some((channel) => channel.length > bound)) {
          held = true;
          continue;
        }
        next.push(settled(world, { ...way, threads: here.threads.with(role, way.thread) }));
      }
    });
    const failure = failureAt(world, here);
    if (failure !== null) return { kind: "failure", failure, trace: here.trace };
    const over = here.threads.every((thread, role) => thread === null || exempt.has(role) || isOver(world, thread));
    if (next.length === 0 && !held && !over) {
      const left = Object.values(here.channels).some((channel) => channel.length > 0);
      return { kind: "failure", failure: left ? "unspecified reception" : "deadlock", trace: here.trace };
    }
    for (const situation of next) {
      const key = keyOf(situation, runs.cyclic);
      if (seen.has(key)) continue;
      seen.add(key);
      work.push(situation);
    }
  }
  return { kind: "sound" };
}

function threadOf(block: number, path: Path, role: number): Thread {
  return { block, path, role, state: 0, entries: {}, inside: null };
}

function keyOf({ threads, channels, claims, words }: Situation, cyclic: boolean): string {
  return JSON.stringify(
    cyclic ? [threads, sorted(channels), sorted(claims)] : [threads, sorted(words), sorted(claims)],
  );
}

function sorted(record: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Object.entries(record)
    .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

// ---- what can happen -----------------------------------------------------------------------------------

/** Something that a thread can do: what it is afterwards, and the rest of the situation. */
interface Way extends Omit<Situation, "threads"> {
  readonly thread: Thread;
}

/** `actor`: who acts on the outside; in a scatter the member that has claimed. */
function waysOf(world: World, here: Situation, thread: Thread, actor: number): readonly Way[] {
  const { inside } = thread;
  if (inside !== null) return [...waysInside(world, here, thread, inside, actor)];
  const machine = machineOf(world, thread.block, thread.role);
  return (machine.states[thread.state]?.moves ?? []).flatMap((move): readonly Way[] => {
    const moved = { ...thread, state: move.target };
    switch (move.kind) {
      case "send": {
        const channel = `${actor}>${move.peer}`;
        const records = [...(here.channels[channel] ?? []), { path: thread.path, label: move.label }];
        const done = noted(here, thread, `!${move.peer}:${move.label}`);
        return [{ ...done, thread: moved, channels: { ...here.channels, [channel]: records } }];
      }
      case "receive":
        return received(world, here, thread, move).map((channels) => ({
          ...noted(here, thread, `?${move.peer}:${move.label}`),
          thread: moved,
          channels,
        }));
      case "construct":
        return entering(world, here, thread, move, actor);
    }
  });
}

function noted(here: Situation, { path, role }: Thread, what: string): Omit<Situation, "threads"> {
  const key = `${path.join("/")}|${role}`;
  const words = { ...here.words, [key]: [...(here.words[key] ?? []), what] };
  return { ...here, words, trace: [...here.trace, `${path.join("/")}|${role}${what}`] };
}

/** The channels after a reception: the first record that is not of a sibling arm has to be the one. */
function received(
  { runs }: World,
  here: Situation,
  thread: Thread,
  { peer, label }: Move,
): readonly Situation["channels"][] {
  const senders = runs.constructs.flatMap(({ claims }) => [...claims].filter(([, over]) => over === peer));
  const from = senders.length === 0 ? [peer] : senders.map(([member]) => member);
  return from.flatMap((sender) => {
    const channel = `${sender}>${thread.role}`;
    const records = here.channels[channel] ?? [];
    const at = records.findIndex(({ path }) => !isSibling(path, thread.path));
    const record = records[at];
    if (record === undefined || record.label !== label || record.path.join("/") !== thread.path.join("/")) return [];
    return [{ ...here.channels, [channel]: records.toSpliced(at, 1) }];
  });
}

/** Whether two paths part in two arms of the same entry of a construct. */
function isSibling(one: Path, other: Path): boolean {
  for (let i = 0; i < one.length && i < other.length; i++) {
    if (one[i] === other[i]) continue;
    return one[i]?.split(".").slice(0, 2).join() === other[i]?.split(".").slice(0, 2).join();
  }
  return false;
}

/** A `par` begins with what the thread does first in it; a scatter by an act of its own. */
function entering(world: World, here: Situation, thread: Thread, move: Move, actor: number): readonly Way[] {
  const construct = world.runs.constructs[move.peer];
  if (construct === undefined) return [];
  const entry = thread.entries[move.peer] ?? 0;
  const arm = (i: number, n: number): Thread =>
    threadOf(construct.arms[i] ?? 0, [...thread.path, `${move.peer}.${entry}.${n}`], thread.role);
  const claims = construct.claims.has(thread.role);
  const threads = construct.scatter
    ? claims
      ? []
      : Array.from({ length: world.sizes(entry) }, (_, n) => arm(0, n))
    : construct.arms.flatMap((_, i) => (construct.inArm[i]?.has(thread.role) === true ? [arm(i, i)] : []));
  const inside: Inside = { construct: move.peer, entry, target: move.target, threads };
  const entered = { ...thread, entries: { ...thread.entries, [move.peer]: entry + 1 }, inside };
  const begun = noted(here, thread, `#${move.peer}`);
  if (construct.scatter || threads.every((each) => isOver(world, each))) return [{ ...begun, thread: entered }];
  return waysInside(world, { ...here, ...begun }, entered, inside, actor);
}

function waysInside(world: World, here: Situation, thread: Thread, inside: Inside, actor: number): readonly Way[] {
  const construct = world.runs.constructs[inside.construct];
  const over = construct?.claims.get(thread.role);
  const found = inside.threads.flatMap((each, i) =>
    waysOf(world, here, each, actor).map((way) => ({
      ...way,
      thread: { ...thread, inside: { ...inside, threads: inside.threads.with(i, way.thread) } },
    })),
  );
  if (construct === undefined || over === undefined) return found;
  const claims = instances(world, thread, inside).flatMap((path, n): readonly Way[] => {
    const key = `${path.join("/")}|${over}`;
    if (here.claims[key] !== undefined) return [];
    const own = threadOf(construct.arms[0] ?? 0, path, over);
    return [
      {
        ...here,
        thread: { ...thread, inside: { ...inside, threads: [...inside.threads, own] } },
        claims: { ...here.claims, [key]: 1 },
        trace: [...here.trace, `${actor} claims ${n}`],
      },
    ];
  });
  return [...found, ...claims];
}

function instances({ sizes }: World, thread: Thread, { construct, entry }: Inside): readonly Path[] {
  return Array.from({ length: sizes(entry) }, (_, n) => [...thread.path, `${construct}.${entry}.${n}`]);
}

// ---- what happens by itself ----------------------------------------------------------------------------

/** Marks instances that are over, and lets threads join whose arms are. */
function settled(world: World, from: Situation): Situation {
  const claims = { ...from.claims };
  let { threads } = from;
  for (let before: typeof threads = []; before !== threads;) {
    before = threads;
    for (const thread of before) if (thread !== null) mark(world, thread, claims);
    const next = before.map((thread) => (thread === null ? null : joined(world, thread, claims)));
    if (next.some((thread, i) => thread !== before[i])) threads = next;
  }
  return { ...from, threads, claims };
}

function mark(world: World, { role, inside }: Thread, claims: Record<string, 1 | 2>): void {
  if (inside === null) return;
  for (const thread of inside.threads) {
    mark(world, thread, claims);
    if (thread.role !== role && isOver(world, thread)) claims[`${thread.path.join("/")}|${thread.role}`] = 2;
  }
}

function joined(world: World, thread: Thread, claims: Situation["claims"]): Thread {
  const { inside } = thread;
  if (inside === null) return thread;
  const threads = inside.threads.map((each) => joined(world, each, claims));
  const over = world.runs.constructs[inside.construct]?.claims.get(thread.role);
  const done =
    over === undefined
      ? threads.every((each) => isOver(world, each))
      : instances(world, thread, inside).every((path) => claims[`${path.join("/")}|${over}`] === 2);
  if (done) return { ...thread, state: inside.target, inside: null };
  return threads.every((each, i) => each === inside.threads[i])
    ? thread
    : { ...thread, inside: { ...inside, threads } };
}

function isOver(world: World, thread: Thread): boolean {
  return thread.inside === null && endsAt(world, thread);
}

function endsAt(world: World, { block, role, state }: Thread): boolean {
  return machineOf(world, block, role).states[state]?.end === true;
}

// ---- what is wrong -------------------------------------------------------------------------------------

function failureAt(world: World, here: Situation): Failure | null {
  for (const [role, thread] of here.threads.entries())
    if (thread !== null && !world.exempt.has(role) && unaware(world, thread)) return "unaware of termination";
  const plain = here.threads.filter((thread, role): thread is Thread => thread !== null && !world.exempt.has(role));
  if (!plain.every((thread) => isOver(world, thread))) return null;
  if (Object.values(here.channels).some((channel) => channel.length > 0))
    return here.threads.some((thread, role) => thread !== null && waysOf(world, here, thread, role).length > 0)
      ? null
      : "orphan message";
  return world.runs.cyclic || wordsAreRuns(world, here) ? null : "infidelity";
}

/** At an end, and something may still come, or be done. */
function unaware(world: World, thread: Thread): boolean {
  if (thread.inside !== null) return thread.inside.threads.some((each) => unaware(world, each));
  const state = machineOf(world, thread.block, thread.role).states[thread.state];
  return state?.end === true && state.moves.length > 0;
}

/** What was done in each block is one run of the block. */
function wordsAreRuns({ runs, roles, exempt }: World, { words }: Situation): boolean {
  const byPath = new Map<string, string[][]>();
  for (const [key, word] of Object.entries(words)) {
    const [path = "", role = ""] = key.split("|");
    const own = byPath.get(path) ?? Array.from({ length: roles }, () => []);
    own[Number(role)] = [...word];
    byPath.set(path, own);
  }
  for (const [path, own] of byPath) {
    const last = path.split("/").at(-1) ?? "";
    const [construct = "", , arm = ""] = last.split(".");
    const around = runs.constructs[Number(construct)];
    const block = path === "" ? 0 : (around?.arms[around.scatter ? 0 : Number(arm)] ?? 0);
    const found = runs.blocks[block];
    if (found === undefined || !isRunOf(found, runs, own, exempt)) return false;
  }
  return true;
}

function isRunOf(
  block: BlockRuns,
  { constructs }: ArmsRuns,
  words: readonly (readonly string[])[],
  exempt: ReadonlySet<number>,
): boolean {
  const seen = new Set<string>();
  const work: { state: number; at: readonly number[] }[] = [{ state: block.start, at: words.map(() => 0) }];
  for (let here = work.pop(); here !== undefined; here = work.pop()) {
    const key = `${here.state}:${here.at.join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const { state, at } = here;
    const done = at.every((position, role) => exempt.has(role) || position === words[role]?.length);
    if (done && block.states[state]?.end === true) return true;
    for (const target of block.states[state]?.silent ?? []) work.push({ state: target, at });
    for (const step of block.states[state]?.steps ?? []) {
      const acts: readonly (readonly [number, string])[] =
        step.construct >= 0
          ? [...(constructs[step.construct]?.parts ?? [])].map((role) => [role, `#${step.construct}`] as const)
          : [
              [step.from, `!${step.to}:${step.label}`],
              [step.to, `?${step.from}:${step.label}`],
            ];
      if (!acts.every(([role, act]) => words[role]?.[at[role] ?? 0] === act)) continue;
      const moved = [...at];
      for (const [role] of acts) moved[role] = (moved[role] ?? 0) + 1;
      work.push({ state: step.target, at: moved });
    }
  }
  return false;
}

// ---- endpoints -----------------------------------------------------------------------------------------

/** The subset construction as in the textbook, for one role of one block. */
function machineOf(world: World, block: number, role: number): Machine {
  const key = `${block} ${role}`;
  const known = world.machines.get(key);
  if (known !== undefined) return known;
  const machine = build(world.runs, block, role);
  world.machines.set(key, machine);
  return machine;
}

function build(runs: ArmsRuns, block: number, role: number): Machine {
  const own = runs.blocks[block];
  if (own === undefined) return { states: [] };
  const numbers = new Map<string, number>();
  const sets: (readonly number[])[] = [];
  const number = (from: readonly number[]): number => {
    const set = closed(own, runs, role, from);
    const key = set.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, sets.length);
    return sets.push(set) - 1;
  };
  number([own.start]);
  const states: Machine["states"][number][] = [];
  for (let i = 0; i < sets.length; i++) {
    const set = sets[i] ?? [];
    const steps = set.flatMap((state) => own.states[state]?.steps ?? []).filter((step) => concerns(runs, step, role));
    const moves = new Map<string, Move>();
    for (const step of steps) {
      const name = nameOf(step, role);
      if (moves.has(name)) continue;
      const target = number(steps.filter((other) => nameOf(other, role) === name).map((other) => other.target));
      moves.set(name, { ...kindOf(step, role), label: step.label, target });
    }
    states.push({ moves: [...moves.values()], end: set.some((state) => own.states[state]?.end === true) });
  }
  return { states };
}

function concerns({ constructs }: ArmsRuns, { from, to, construct }: Step, role: number): boolean {
  return construct >= 0 ? constructs[construct]?.parts.has(role) === true : from === role || to === role;
}

function kindOf({ from, to, construct }: Step, role: number): Pick<Move, "kind" | "peer"> {
  if (construct >= 0) return { kind: "construct", peer: construct };
  return from === role ? { kind: "send", peer: to } : { kind: "receive", peer: from };
}

function nameOf(step: Step, role: number): string {
  const { kind, peer } = kindOf(step, role);
  return `${kind} ${peer} ${step.label}`;
}

function closed(block: BlockRuns, runs: ArmsRuns, role: number, from: readonly number[]): readonly number[] {
  const set = new Set(from);
  for (const state of set) {
    for (const target of block.states[state]?.silent ?? []) set.add(target);
    for (const step of block.states[state]?.steps ?? []) if (!concerns(runs, step, role)) set.add(step.target);
  }
  return [...set].toSorted((a, b) => a - b);
}
