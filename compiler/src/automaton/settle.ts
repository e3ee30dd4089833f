// Rounds of counted loops that may end in silence: a branch says nothing before the end of the round, and who decides
// speaks first in what follows. Whether there is another round is then settled before the choice, so that every branch
// begins with a message as everywhere else. In: the points of a program. Out: points in which no choice comes to the
// end of a round in silence.
//
// A round that is settled ends without the two letters of its loop. What stands between such a choice and the end of the
// round is there twice, for another round and for the last one: it may then know which it is, as the runs do that it
// stands for. Nothing that is sent or received is changed by this.

import type { Core } from "../core/core.js";
import type { Point, Points } from "./points.js";

/** Deeply nested loops with many such choices multiply; hostile input has a bound. */
const maximalPoints = 1_000_000;

/** Takes the points of a core, gives them with silent ends of rounds settled; null: they would be too many. */
export function settle(core: Core, program: Points): Points | null {
  const silent = silentlyEnding(program);
  if (!program.points.some((point, at) => point.kind === "choice" && silent[at] === 1)) return program;
  const { points, inside } = program;
  const made: Point[] = [];
  const places: number[] = [];
  const contexts: Context[] = [];
  const numbers = new Map<string, number>();
  const without = new Set<string>();

  const place = (at: number, context: Context): number => {
    const kept = within(core, inside[at] ?? -1, context);
    const key = keyOf(at, kept);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, places.length);
    contexts.push(kept);
    return places.push(at) - 1;
  };

  /** A loop whose round may end in silence from a point on, and is not settled; null: none. */
  const unsettled = (start: number, context: Context): number | null => {
    const seen = new Set([keyOf(start, context)]);
    const work = [{ at: start, context, left: noLoops }];
    for (let here = work.pop(); here !== undefined; here = work.pop()) {
      const point = points[here.at];
      const next: { at: number; context: Context; left: ReadonlySet<number> }[] = [];
      if (point?.kind === "choice") next.push(...point.branches.map((at) => ({ ...here, at })));
      else if (point?.kind === "head" || point?.kind === "enter") next.push({ ...here, at: point.next });
      else if (point?.kind === "tail") {
        const settled = here.context.get(point.loop);
        // Who comes twice to the end of a round has gone round in silence, which is an error of its own.
        if (settled === undefined && here.left.has(point.loop)) continue;
        if (settled === undefined) return point.loop;
        const left = new Set(here.left).add(point.loop);
        next.push({ at: settled ? point.again : point.over, context: dropped(here.context, point.loop), left });
      }
      for (const { at, context: around, left } of next) {
        if (silent[at] === 0) continue;
        const kept = within(core, inside[at] ?? -1, around);
        const key = keyOf(at, kept);
        if (seen.has(key) || without.has(key)) continue;
        seen.add(key);
        work.push({ at, context: kept, left });
      }
    }
    for (const key of seen) without.add(key);
    return null;
  };

  const entry = place(program.entry, new Map());
  for (let i = 0; i < places.length; i++) {
    if (places.length > maximalPoints) return null;
    const at = places[i] ?? 0;
    const context = contexts[i] ?? new Map<number, boolean>();
    const point = points[at];
    if (point === undefined) continue;
    const loop = point.kind === "choice" && silent[at] === 1 ? unsettled(at, context) : null;
    if (point.kind === "choice" && loop !== null) {
      const again = place(at, new Map(context).set(loop, true));
      const over = place(at, new Map(context).set(loop, false));
      made.push({ kind: "tail", loop, again, over, choice: point.choice });
      continue;
    }
    const settled = point.kind === "tail" ? context.get(point.loop) : undefined;
    if (point.kind === "tail" && settled !== undefined) {
      const next = place(settled ? point.again : point.over, dropped(context, point.loop));
      made.push({ kind: "settled", loop: point.loop, next });
    } else made.push(moved(point, (next) => place(next, context)));
  }
  return { points: made, entry, inside: places.map((at) => inside[at] ?? -1) };
}

/** By loop, what is settled of its round: that there is another one, or that it is the last. */
type Context = ReadonlyMap<number, boolean>;

const noLoops: ReadonlySet<number> = new Set();

/** By point, 1 where the end of a round of a counted loop can be reached from it without a message. */
function silentlyEnding({ points }: Points): Uint8Array {
  const into = new Map<number, number[]>();
  points.forEach((point, at) => {
    const next = point.kind === "choice" ? point.branches : "next" in point && isSilent(point) ? [point.next] : [];
    for (const target of next) {
      const before = into.get(target);
      if (before === undefined) into.set(target, [at]);
      else before.push(at);
    }
  });
  const silent = new Uint8Array(points.length);
  const work = [...points.keys()].filter((at) => points[at]?.kind === "tail");
  for (const at of work) silent[at] = 1;
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    for (const before of into.get(at) ?? []) {
      if (silent[before] === 1) continue;
      silent[before] = 1;
      work.push(before);
    }
  }
  return silent;
}

function isSilent({ kind }: Point): boolean {
  return kind === "enter" || kind === "head";
}

/** What is settled of loops in whose body a point does not stand is forgotten. */
function within({ loops }: Core, innermost: number, context: Context): Context {
  if (context.size === 0) return context;
  const kept = new Map<number, boolean>();
  for (let loop = innermost; loop >= 0; loop = loops[loop]?.parent ?? -1) {
    const settled = context.get(loop);
    if (settled !== undefined) kept.set(loop, settled);
  }
  return kept.size === context.size ? context : kept;
}

function dropped(context: Context, loop: number): Context {
  const others = new Map(context);
  others.delete(loop);
  return others;
}

function keyOf(at: number, context: Context): string {
  if (context.size === 0) return String(at);
  const settled = [...context].toSorted(([a], [b]) => a - b);
  return `${at} ${settled.map(([loop, again]) => `${loop}${again ? "+" : "-"}`).join(" ")}`;
}

function moved(point: Point, to: (at: number) => number): Point {
  switch (point.kind) {
    case "choice":
      return { ...point, branches: point.branches.map(to) };
    case "tail":
      return { ...point, again: to(point.again), over: to(point.over) };
    case "scatter":
      return { ...point, body: to(point.body), next: to(point.next) };
    case "fail":
    case "end":
      return point;
    default:
      return { ...point, next: to(point.next) };
  }
}
