// The oracle for waits that may fail, and for arms side by side: the endpoints run against each other in every order, with
// a thread for each arm; judges give up whenever they like, senders are answered, what is late is dropped on arrival. In:
// the native runs of a choreography (native.ts). Out: the first failure, or none. Naive on purpose; it shares no code
// and no idea with the compiler: there is no role of the network in it.
//
// Records and answers carry the path of the thread that they are for; a thread takes only records of its own path, and
// looks past those of sibling arms, past nothing else.

import type { Failure, Limits, Outcome } from "./explore.js";
import { machineOf, nameOf, type Act, type Local, type Machine, type Weakness } from "./judges-machines.js";
import { isRun, wordOf } from "./judges-runs.js";
import type { Native } from "./native.js";

export type { Weakness } from "./judges-machines.js";

/** How many elements the list of a scatter has when it is entered for the nth time, from 0. */
export type Sizes = (entry: number) => number;

interface Thread {
  /** The block, by the state in which it begins. */
  readonly block: number;
  /** `construct.entry.arm`, for each arm around, joined by `/`. */
  readonly path: string;
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
  readonly path: string;
  /** `label`, or `branch` of a wait. */
  readonly label: string;
  /** Of a wait: which, and how often it was entered before. */
  readonly wait: { readonly id: number; readonly round: number } | null;
}

interface Situation {
  /** By role; null: one that stands for a family in a scatter. */
  readonly threads: readonly (Thread | null)[];
  /** By `from>to`. */
  readonly channels: Readonly<Record<string, readonly Sent[]>>;
  /** By path of the instance, and the role that is claimed: 1 claimed, 2 over. */
  readonly claims: Readonly<Record<string, 1 | 2>>;
  /** By path, role and wait or choice: how often it is over for the role. */
  readonly rounds: Readonly<Record<string, number>>;
  /** By path, wait and sender: the answers that it has not taken yet. */
  readonly answers: Readonly<Record<string, readonly boolean[]>>;
  /** By path, choice and round: the branch that the data mean. */
  readonly data: Readonly<Record<string, number>>;
  /** By path and role: what was done. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly trace: readonly string[];
  readonly failed: boolean;
}

interface World {
  readonly native: Native;
  readonly machines: Map<string, Machine>;
  readonly weakness: Weakness;
  readonly sizes: Sizes;
  /** Messages in a channel, at most. */
  readonly bound: number;
}

/**
 * Explores all that can happen. Without cycles, what was done belongs to the situation, and every ending is compared with the
 * runs, block by block; of acts that nothing can change or come before, one order is enough. With cycles, channels are
 * bounded.
 */
export function exploreJudges(
  native: Native,
  limits: Limits,
  weakness: Weakness = {},
  sizes: Sizes = () => 1,
): Outcome {
  const { cyclic } = native;
  const world: World = { native, machines: new Map(), weakness, sizes, bound: cyclic ? limits.channel : Infinity };
  const claimed = new Set(native.constructs.flatMap(({ claims }) => [...claims.values()]));
  const first = settled(world, {
    threads: native.roles.map((_, role) => (claimed.has(role) ? null : threadOf(native.start, "", role))),
    channels: {},
    claims: {},
    rounds: {},
    answers: {},
    data: {},
    words: {},
    trace: [],
    failed: false,
  });
  const seen = new Set([keyOf(first, cyclic)]);
  const work = [first];
  for (let i = 0; i < work.length; i++) {
    if (work.length > limits.situations) return cyclic ? { kind: "sound" } : { kind: "unknown" };
    const here = work[i];
    if (here === undefined) break;
    const { next, held } = nextOf(world, here);
    const failure = failureAt(world, here, next.length === 0 && !held);
    if (failure !== null) return { kind: "failure", failure, trace: here.trace };
    for (const situation of next) {
      const key = keyOf(situation, cyclic);
      if (seen.has(key)) continue;
      seen.add(key);
      work.push(situation);
    }
  }
  return { kind: "sound" };
}

function threadOf(block: number, path: string, role: number): Thread {
  return { block, path, role, state: 0, entries: {}, inside: null };
}

function keyOf(
  { threads, channels, claims, rounds, answers, data, words, failed }: Situation,
  cyclic: boolean,
): string {
  const records = [channels, claims, rounds, answers, data, ...(cyclic ? [] : [words])];
  return JSON.stringify([threads, failed, ...records.map(sorted)]);
}

function sorted(record: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Object.entries(record)
    .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

// ---- what goes wrong -------------------------------------------------------------------------------------

function failureAt(world: World, here: Situation, stuck: boolean): Failure | null {
  const { native } = world;
  const ways = here.threads.map((thread) => (thread === null ? [] : leaves(thread)));
  const unaware = ways.some((own, role) =>
    own.some((leaf) => {
      const { end, acts } = localOf(world, leaf);
      return end && acts.length > 0 && native.optional[role] === false;
    }),
  );
  if (unaware) return "unaware of termination";
  if (here.failed) return wordsAreRuns(world, here, true) ? null : "infidelity";
  if (!stuck) return null;
  const gone = left(world, here);
  if (gone.some((each) => !each))
    return Object.values(here.channels).some((channel) => channel.length > 0) ? "unspecified reception" : "deadlock";
  if (Object.values(here.channels).some((channel) => channel.length > 0)) return "orphan message";
  return wordsAreRuns(world, here, false) ? null : "infidelity";
}

/** The threads of a thread that act. */
function leaves(thread: Thread): readonly Thread[] {
  return thread.inside === null ? [thread] : thread.inside.threads.flatMap(leaves);
}

/** Who has left: plain roles at their end; optional ones also while they wait, when all whom they wait for have left. */
function left(world: World, here: Situation): readonly boolean[] {
  const gone = here.threads.map((thread) => thread === null);
  for (let changed = true; changed;) {
    changed = false;
    here.threads.forEach((thread, role) => {
      if (thread === null || gone[role] === true || !mayLeave(world, here, thread, gone)) return;
      gone[role] = true;
      changed = true;
    });
  }
  return gone;
}

function mayLeave(world: World, here: Situation, thread: Thread, gone: readonly boolean[]): boolean {
  const { inside } = thread;
  if (inside === null) return mayEnd(world, here, thread, gone);
  return (
    world.native.constructs[inside.construct]?.claims.has(thread.role) !== true &&
    inside.threads.every((each) => mayLeave(world, here, each, gone)) &&
    mayEnd(world, here, { ...thread, state: inside.target }, gone)
  );
}

/** At an end, or before arms at whose ends it may be, and nothing of what it may still wait for can come. */
function mayEnd(world: World, here: Situation, thread: Thread, gone: readonly boolean[]): boolean {
  const { end, acts } = localOf(world, thread);
  const past = ({ act, target }: Local["acts"][number]): boolean =>
    act.kind === "arms" &&
    armsBefore(world, thread, act.construct).every((arm) => mayEnd(world, here, arm, gone)) &&
    mayEnd(world, here, { ...thread, state: target }, gone);
  return nothingComes(world, here, thread, gone) && (end || acts.some(past));
}

function nothingComes(world: World, here: Situation, thread: Thread, gone: readonly boolean[]): boolean {
  return localOf(world, thread).acts.every(({ act }) => {
    if (act.kind === "receive")
      return membersOf(world.native, act.from).every(
        (sender) => gone[sender] === true && (here.channels[`${sender}>${thread.role}`] ?? []).length === 0,
      );
    if (act.kind === "answered") {
      const answers = here.answers[answerKey(thread, act.wait.id, thread.role)] ?? [];
      return membersOf(world.native, act.wait.judge).every((judge) => gone[judge] === true) && answers.length === 0;
    }
    if (act.kind !== "arms" || world.native.constructs[act.construct]?.scatter !== false) return false;
    return armsBefore(world, thread, act.construct).every((arm) => nothingComes(world, here, arm, gone));
  });
}

/** The arms that a thread has before it, as they begin. */
function armsBefore({ native }: World, { path, role, entries }: Thread, number: number): readonly Thread[] {
  const { arms = [], inArm = [] } = native.constructs[number] ?? {};
  return arms.flatMap((arm, i) =>
    inArm[i]?.has(role) === true ? [threadOf(arm, below(path, `${number}.${entries[number] ?? 0}.${i}`), role)] : [],
  );
}

/** What was done in each block is part of one run of the block. */
function wordsAreRuns({ native }: World, { words }: Situation, prefix: boolean): boolean {
  const byPath = new Map<string, string[][]>();
  for (const [key, word] of Object.entries(words)) {
    const [path = "", role = ""] = key.split("|");
    const own = byPath.get(path) ?? native.roles.map((): string[] => []);
    own[Number(role)] = [...word];
    byPath.set(path, own);
  }
  return [...byPath].every(([path, own]) => {
    const [construct = "", , arm = ""] = (path.split("/").at(-1) ?? "").split(".");
    const around = native.constructs[Number(construct)];
    const block = path === "" ? native.start : (around?.arms[around.scatter ? 0 : Number(arm)] ?? 0);
    return isRun(native, block, own, prefix);
  });
}

// ---- what can happen -------------------------------------------------------------------------------------

/** Something that a thread can do: what it is afterwards, and the rest of the situation. */
interface Way extends Omit<Situation, "threads"> {
  readonly thread: Thread;
}

/** All that one thread can do. */
interface Ways {
  readonly ways: readonly Way[];
  /** Nothing that others do can change them, or add to them: it is enough to look at these, before all others. */
  readonly certain: boolean;
}

function nextOf(world: World, here: Situation): { readonly next: readonly Situation[]; readonly held: boolean } {
  if (here.failed) return { next: [], held: false };
  const all = here.threads.flatMap((thread, role) =>
    thread === null ? [] : waysOf(world, here, thread, role).map((own) => ({ ...own, role })),
  );
  const certain = world.native.cyclic ? undefined : all.find((own) => own.certain);
  const next: Situation[] = [];
  let held = false;
  for (const { ways, role } of certain === undefined ? all : [certain]) {
    for (const { thread, ...rest } of ways) {
      if (Object.values(rest.channels).some((channel) => channel.length > world.bound)) held = true;
      else next.push(settled(world, withoutLate({ ...rest, threads: here.threads.with(role, thread) })));
    }
  }
  return { next, held };
}

/** `actor`: who acts on the outside; in a scatter the member that has claimed. `tries`: arms around are not begun yet. */
function waysOf(world: World, here: Situation, thread: Thread, actor: number, tries = false): readonly Ways[] {
  const { inside } = thread;
  if (inside !== null) return waysInside(world, here, thread, inside, actor, tries);
  const { acts, end } = localOf(world, thread);
  const found = acts.flatMap(({ act, target }): readonly (Way & { readonly act: Act })[] => {
    if (act.kind === "arms") return [];
    const moved = { ...thread, state: target };
    const said = noted(world, here, thread, act);
    return stepped(world, here, said, thread, act, actor).map((rest) => ({ ...rest, thread: moved, act }));
  });
  const arms = acts.flatMap(({ act, target }) =>
    act.kind === "arms"
      ? entering(world, here, thread, act.construct, target, actor, acts.length === 1 && !end && !tries)
      : [],
  );
  const answers = found.filter(({ act }) => act.kind === "answered");
  // Who is answered never sends.
  const own = answers.length > 0 ? answers : found;
  return [{ ways: own, certain: isCertain(acts, own) }, ...arms];
}

/**
 * Whether what a thread can do next is certain. A message that is waited for may be sent at once: if it is not counted it
 * is as if it had never been sent.
 */
function isCertain(acts: Local["acts"], found: readonly { readonly act: Act }[]): boolean {
  if (found.length === 0) return false;
  const own = acts.map(({ act }) => act);
  const senders = (of: readonly Act[]): number =>
    new Set(of.flatMap((act) => (act.kind === "read" ? [act.sender] : []))).size;
  const from = new Set(own.map((act) => (act.kind === "receive" ? act.from : -1)));
  const waits = new Set(own.map((act) => ("wait" in act ? act.wait.id : -1)));
  const are = (...kinds: readonly Act["kind"][]): boolean => own.every(({ kind }) => kinds.includes(kind));
  return (
    are("send") ||
    (are("decide") && new Set(own.map((act) => (act.kind === "decide" ? act.id : -1))).size === 1) ||
    (are("receive") && from.size === 1) ||
    (are("offer", "answered") && waits.size === 1) ||
    (are("read", "verdict") && waits.size === 1 && senders(found.map(({ act }) => act)) === senders(own))
  );
}

/** The situations after an act but for the thread; none where it cannot be. */
function stepped(
  { native }: World,
  here: Situation,
  said: Situation,
  thread: Thread,
  act: Exclude<Act, { kind: "arms" }>,
  actor: number,
): readonly Situation[] {
  const { path, role } = thread;
  const put = (to: number, label: string, wait: Sent["wait"]): Situation => {
    const channel = `${actor}>${to}`;
    return {
      ...said,
      channels: { ...here.channels, [channel]: [...(here.channels[channel] ?? []), { path, label, wait }] },
    };
  };
  const take = (from: number, label: string, wait: Sent["wait"]): readonly Situation[] =>
    membersOf(native, from).flatMap((sender) => {
      const channel = `${sender}>${role}`;
      const records = here.channels[channel] ?? [];
      const at = records.findIndex((record) => !isSibling(record.path, path));
      const record = records[at];
      const fits =
        record !== undefined &&
        record.path === path &&
        record.label === label &&
        record.wait?.id === wait?.id &&
        record.wait?.round === wait?.round;
      return fits ? [{ ...said, channels: { ...here.channels, [channel]: records.toSpliced(at, 1) } }] : [];
    });
  const roundOf = (id: number): number => (here.rounds[roundKey(thread, id)] ?? 0) + 1;
  const over = (from: Situation, id: number): Situation => ({
    ...from,
    rounds: { ...from.rounds, [roundKey(thread, id)]: roundOf(id) },
  });
  switch (act.kind) {
    case "send":
      return [put(act.to, act.label, null)];
    case "receive":
      return take(act.from, act.label, null);
    case "offer":
      return [put(act.wait.judge, `${act.branch}`, { id: act.wait.id, round: roundOf(act.wait.id) })];
    case "read":
      return take(act.sender, `${act.branch}`, { id: act.wait.id, round: roundOf(act.wait.id) });
    case "answered": {
      const key = answerKey(thread, act.wait.id, role);
      const [head, ...rest] = here.answers[key] ?? [];
      return head === act.counted ? [over({ ...said, answers: { ...here.answers, [key]: rest } }, act.wait.id)] : [];
    }
    case "verdict": {
      const answers = { ...here.answers };
      for (const sender of act.wait.senders) {
        const key = answerKey(thread, act.wait.id, sender);
        answers[key] = [...(answers[key] ?? []), act.counted];
      }
      return [over({ ...said, answers }, act.wait.id)];
    }
    case "decide": {
      const key = `${path}|${act.id}#${roundOf(act.id)}`;
      const meant = here.data[key] ?? act.branch;
      return meant === act.branch ? [over({ ...said, data: { ...here.data, [key]: meant } }, act.id)] : [];
    }
    case "fail":
      return [{ ...said, failed: true }];
  }
}

/** Of a role that stands for a family: who may have claimed it. */
function membersOf({ constructs }: Native, role: number): readonly number[] {
  const members = constructs.flatMap(({ claims }) => [...claims].filter(([, over]) => over === role));
  return members.length === 0 ? [role] : members.map(([member]) => member);
}

function roundKey({ path, role }: Thread, id: number): string {
  return `${path}|${role}|${id}`;
}

function answerKey({ path }: Thread, id: number, sender: number): string {
  return `${path}|${id}|${sender}`;
}

function noted({ native }: World, here: Situation, { path, role }: Thread, act: Act): Situation {
  const word = wordOf(act, role);
  const trace = [...here.trace, `${path}|${native.roles[role] ?? ""} ${nameOf(act)}`];
  if (word === null) return { ...here, trace };
  const key = `${path}|${role}`;
  return { ...here, words: { ...here.words, [key]: [...(here.words[key] ?? []), word] }, trace };
}

/** What comes to a judge that is done with it is dropped. */
function withoutLate(here: Situation): Situation {
  const channels = { ...here.channels };
  for (const [channel, records] of Object.entries(channels)) {
    const to = channel.slice(channel.indexOf(">") + 1);
    const isLate = ({ path, wait }: Sent): boolean =>
      wait !== null && (here.rounds[`${path}|${to}|${wait.id}`] ?? 0) >= wait.round;
    if (records.some(isLate)) channels[channel] = records.filter((record) => !isLate(record));
  }
  return { ...here, channels };
}

/** Whether two paths part in two arms of the same entry of a construct. */
function isSibling(one: string, other: string): boolean {
  const a = one.split("/");
  const b = other.split("/");
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (a[i] === b[i]) continue;
    return a[i]?.split(".").slice(0, 2).join() === b[i]?.split(".").slice(0, 2).join() && a[i] !== "" && b[i] !== "";
  }
  return false;
}

// ---- arms ------------------------------------------------------------------------------------------------

/**
 * A `par` begins with what the thread does first in it; a scatter by an act of its own. `only`: there is nothing else that it
 * may do or be.
 */
function entering(
  world: World,
  here: Situation,
  thread: Thread,
  number: number,
  target: number,
  actor: number,
  only: boolean,
): readonly Ways[] {
  const construct = world.native.constructs[number];
  if (construct === undefined) return [];
  const entry = thread.entries[number] ?? 0;
  const arm = (i: number, n: number): Thread =>
    threadOf(construct.arms[i] ?? 0, below(thread.path, `${number}.${entry}.${n}`), thread.role);
  const threads = construct.scatter
    ? construct.claims.has(thread.role) || construct.inArm[0]?.has(thread.role) !== true
      ? []
      : Array.from({ length: world.sizes(entry) }, (_, n) => arm(0, n))
    : construct.arms.flatMap((_, i) => (construct.inArm[i]?.has(thread.role) === true ? [arm(i, i)] : []));
  const inside: Inside = { construct: number, entry, target, threads };
  const entered = { ...thread, entries: { ...thread.entries, [number]: entry + 1 }, inside };
  const begun = noted(world, here, thread, { kind: "arms", construct: number });
  if (construct.scatter || only || threads.every((each) => isOver(world, each)))
    return [{ ways: [{ ...begun, thread: entered }], certain: only }];
  return waysInside(world, begun, entered, inside, actor, true).map(({ ways }) => ({ ways, certain: false }));
}

function waysInside(
  world: World,
  here: Situation,
  thread: Thread,
  inside: Inside,
  actor: number,
  tries: boolean,
): readonly Ways[] {
  const construct = world.native.constructs[inside.construct];
  const over = construct?.claims.get(thread.role);
  const found = inside.threads.flatMap((each, i) =>
    waysOf(world, here, each, actor, tries).map(({ ways, certain }) => ({
      certain,
      ways: ways.map((way) => ({
        ...way,
        thread: { ...thread, inside: { ...inside, threads: inside.threads.with(i, way.thread) } },
      })),
    })),
  );
  if (construct === undefined || over === undefined) return found;
  const claims = instances(world, thread, inside).flatMap((path, n): readonly Way[] => {
    const key = `${path}|${over}`;
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
  return [...found, { ways: claims, certain: false }];
}

function instances({ sizes }: World, { path }: Thread, { construct, entry }: Inside): readonly string[] {
  return Array.from({ length: sizes(entry) }, (_, n) => below(path, `${construct}.${entry}.${n}`));
}

function below(path: string, step: string): string {
  return path === "" ? step : `${path}/${step}`;
}

/** Marks instances that are over, and lets threads join whose arms are. */
function settled(world: World, from: Situation): Situation {
  if (world.native.constructs.length === 0) return from;
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
    if (thread.role !== role && isOver(world, thread)) claims[`${thread.path}|${thread.role}`] = 2;
  }
}

function joined(world: World, thread: Thread, claims: Situation["claims"]): Thread {
  const { inside } = thread;
  if (inside === null) return thread;
  const threads = inside.threads.map((each) => joined(world, each, claims));
  const over = world.native.constructs[inside.construct]?.claims.get(thread.role);
  const done =
    over === undefined
      ? threads.every((each) => isOver(world, each))
      : instances(world, thread, inside).every((path) => claims[`${path}|${over}`] === 2);
  if (done) return { ...thread, state: inside.target, inside: null };
  return threads.every((each, i) => each === inside.threads[i])
    ? thread
    : { ...thread, inside: { ...inside, threads } };
}

/** At an end where nothing more can come: an optional role that may still wait goes on to nothing else. */
function isOver(world: World, thread: Thread): boolean {
  const { end, acts } = localOf(world, thread);
  return thread.inside === null && end && acts.length === 0;
}

function localOf({ native, machines, weakness }: World, { block, role, state }: Thread): Local {
  const key = `${block} ${role}`;
  const machine = machines.get(key) ?? machineOf(native, block, role, weakness);
  machines.set(key, machine);
  return machine.states[state] ?? { acts: [], end: false };
}
