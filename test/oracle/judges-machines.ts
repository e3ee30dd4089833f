// The endpoints of the oracle: for each role of each block what it can do, by the subset construction as in the textbook.
// In: the native runs of a choreography. Out: machines. There is no role of the network in them: a wait is a part of its
// judge and a part of each sender.

import { partiesOf, targetsOf, type Native, type Wait } from "./native.js";

/** What the oracle is to leave out, to see that the comparison catches it. */
export interface Weakness {
  /** Judges never give up. */
  readonly patient?: boolean;
}

/** What an endpoint can do next. */
export type Act =
  | { readonly kind: "send"; readonly to: number; readonly label: string }
  | { readonly kind: "receive"; readonly from: number; readonly label: string }
  /** The sender's part of a wait: its message, and its answer. */
  | { readonly kind: "offer"; readonly wait: Wait; readonly branch: number }
  | { readonly kind: "answered"; readonly wait: Wait; readonly counted: boolean; readonly branch: number }
  /** The judge's part of a wait: it reads, then takes or refuses what it has read, or gives up at any time before. */
  | { readonly kind: "read"; readonly wait: Wait; readonly sender: number; readonly branch: number }
  | { readonly kind: "verdict"; readonly wait: Wait; readonly counted: boolean; readonly branch: number }
  | { readonly kind: "decide"; readonly id: number; readonly branch: number }
  | { readonly kind: "fail" }
  | { readonly kind: "arms"; readonly construct: number };

/** A state of the runs as one role is in it: inside of a wait, the branch it has sent or read, and whom it has read. */
interface Point {
  readonly state: number;
  readonly branch: number;
  readonly read: readonly number[];
}

export interface Machine {
  readonly states: readonly Local[];
}

export interface Local {
  readonly acts: readonly { readonly act: Act; readonly target: number }[];
  readonly end: boolean;
}

/** The part of a role in the block that begins in a state. */
export function machineOf(native: Native, start: number, role: number, weakness: Weakness): Machine {
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
  numbered([{ state: start, branch: -1, read: [] }]);
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

/** The same for the same act of a role. */
export function nameOf(act: Act): string {
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
    if (move.kind === "arms" && partiesOf(move, native.constructs).includes(role))
      return [[{ kind: "arms", construct: move.construct }, at(move.target)]];
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
      if (!partiesOf(move, native.constructs).includes(role))
        for (const target of targetsOf(move)) set.set(textOf(at(target)), at(target));
  }
  return [...set.values()];
}
