// The form of choices and loops: whether the role that decides speaks first in each branch, whether branches can be
// told apart, whether something happens in every round. In: a core, of the whole language. Out: its points, the
// messages with which its choices can begin, and what is wrong.

import type { Diagnostic, Span } from "@chor/grammar";
import type { ChoiceNode, Core, CoreLoop, Send } from "../core/core.js";
import { unreachable } from "../core/reach.js";
import {
  beginsTogether,
  beginsWithWait,
  endsInSilence,
  failsFirst,
  notTheDecider,
  sameMessage,
  sameWay,
  silentRound,
  silentTail,
  tooManyTransitions,
} from "../report/form.js";
import { pointsOf, silentNext, type Point, type Points } from "./points.js";
import { settle } from "./settle.js";

/** A row of choices that may all be silent has quadratically many transitions; hostile input has a bound. */
const maximalTransitions = 1_000_000;

export interface Form {
  readonly program: Points;
  /** By point: the ways of the choice that stands there. */
  readonly ways: ReadonlyMap<number, readonly Way[]>;
  /** Errors and warnings, by place. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Looks at the form of a core. Errors: a choice in which another role speaks first, or that begins with arms or with
 * a wait of somebody else, two branches that begin alike, a branch that ends everything in silence, or a counted
 * round after which somebody else speaks, a loop that can go round in silence. Warnings: what is never reached.
 */
export function formOf(core: Core): Form {
  const written = pointsOf(core);
  const rounds = silentRounds(core, written, reachedPoints(written));
  const program = settle(core, written);
  const choices =
    program === null
      ? { ways: new Map(), diagnostics: [tooManyTransitions(core, maximalTransitions)] }
      : waysOfChoices(core, program, reachedPoints(program), new Set(rounds.keys()));
  const errors = [...rounds.values(), ...choices.diagnostics];
  const diagnostics = [...errors, ...unreachable(core)].sort((a, b) => a.span.start - b.span.start);
  return { program: program ?? written, ways: choices.ways, diagnostics };
}

/** Every point that some run comes to, in the order of the points. */
function reachedPoints({ points, entry }: Points): readonly number[] {
  const seen = new Uint8Array(points.length);
  const work = [entry];
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    if (seen[at] === 1) continue;
    seen[at] = 1;
    const point = points[at];
    for (const next of silentNext(point)) work.push(next);
    if (point?.kind === "send") work.push(point.next);
    if (point?.kind === "tail") work.push(point.over);
  }
  return [...points.keys()].filter((at) => seen[at] === 1);
}

/** For each loop that can go round without a message, the error: cycles of silent steps, by depth-first search. */
function silentRounds(core: Core, { points }: Points, reached: readonly number[]): ReadonlyMap<number, Diagnostic> {
  const found = new Map<number, Diagnostic>();
  const unseen = 0;
  const open = 1;
  const done = 2;
  const colour = new Uint8Array(points.length);
  for (const root of reached) {
    if (colour[root] !== unseen) continue;
    colour[root] = open;
    const path = [{ at: root, way: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = silentNext(points[top.at])[top.way];
      if (next === undefined) {
        colour[top.at] = done;
        path.pop();
        continue;
      }
      if (colour[next] === open) {
        const cycle = path.slice(path.findIndex((step) => step.at === next));
        const loop = outermostLoop(cycle.map((step) => points[step.at]));
        const info = core.loops[loop];
        if (info !== undefined && !found.has(loop)) found.set(loop, silentRound(info, silentBranches(points, cycle)));
      }
      top.way++;
      if (colour[next] === unseen) {
        colour[next] = open;
        path.push({ at: next, way: 0 });
      }
    }
  }
  return found;
}

/** A cycle goes round the outermost of its loops, which has the smallest number. */
function outermostLoop(cycle: readonly (Point | undefined)[]): number {
  return cycle.reduce(
    (least, point) => (point?.kind === "head" || point?.kind === "tail" ? Math.min(least, point.loop) : least),
    Infinity,
  );
}

function silentBranches(
  points: readonly Point[],
  path: readonly { readonly at: number; readonly way: number }[],
): readonly Span[] {
  return path.flatMap(({ at, way }) => {
    const point = points[at];
    const span = point?.kind === "choice" ? point.choice.branchSpans[way] : undefined;
    return span === undefined ? [] : [span];
  });
}

/** A message with which a choice can begin, or a `fail`. */
export interface Way {
  readonly point: Extract<Point, { kind: "send" | "fail" }>;
  /** Counted loops that are entered before it. */
  readonly enters: readonly number[];
}

interface WaysOfChoices {
  /** By point: the ways of the choice that stands there. */
  readonly ways: ReadonlyMap<number, readonly Way[]>;
  readonly diagnostics: readonly Diagnostic[];
}

function waysOfChoices(
  core: Core,
  program: Points,
  reached: readonly number[],
  silentLoops: ReadonlySet<number>,
): WaysOfChoices {
  const ways = new Map<number, readonly Way[]>();
  const notes = new Map<string, Diagnostic>();
  let total = 0;
  for (const at of reached) {
    const point = program.points[at];
    if (point?.kind !== "choice") continue;
    const own = waysOf(core, program, at, silentLoops, notes);
    ways.set(at, own);
    total += own.length;
    if (total > maximalTransitions) {
      notes.set("size", tooManyTransitions(core, maximalTransitions));
      break;
    }
  }
  return { ways, diagnostics: [...notes.values()] };
}

/**
 * Follows all silent steps of one choice to the first messages, and notes what is wrong with them, by what is wrong
 * where: an outer choice that begins with an inner one does not repeat its errors, nor one that is there twice.
 */
function waysOf(
  core: Core,
  { points }: Points,
  at: number,
  silentLoops: ReadonlySet<number>,
  notes: Map<string, Diagnostic>,
): readonly Way[] {
  const start = points[at];
  if (start?.kind !== "choice") return [];
  const { choice } = start;
  const ways: Way[] = [];
  const sendsByLetter = new Map<string, Send>();
  const branchOf = new Map<number, Arrival>();
  const note = ({ tail }: Step, key: string, next: Span | null, make: () => Diagnostic): void => {
    const told = tail === null ? key : `tail ${tail.branch.start}`;
    if (notes.has(told)) return;
    notes.set(told, tail === null ? make() : silentTail(core, tail.choice, tail.branch, tail.loop, next));
  };
  const work: Step[] = [];
  const branch = (from: Extract<Point, { kind: "choice" }>, enters: readonly number[], before: Step | null): void => {
    for (let i = from.branches.length - 1; i >= 0; i--) {
      const span = from.choice.branchSpans[i] ?? from.choice.span;
      const { outer = span, tail = null } = before ?? {};
      work.push({ at: from.branches[i] ?? 0, enters, branch: span, outer, choice: from.choice, tail });
    }
  };
  branch(start, [], null);
  for (let step = work.pop(); step !== undefined; step = work.pop()) {
    const here = step;
    const point = points[here.at];
    const earlier = branchOf.get(here.at);
    // Going round in silence is an error of the loop, not of the choice.
    if (here.at === at || (point?.kind === "head" && silentLoops.has(point.loop) && earlier !== undefined)) continue;
    if (point?.kind === "end") {
      note(here, `end ${here.branch.start}`, null, () => endsInSilence(core, here.choice, here.branch));
    } else if (earlier !== undefined) {
      // After the last round of a counted loop two branches may well go on at one place: in the others they do not.
      if (earlier.branch !== here.branch && !earlier.counted && here.tail === null)
        note(here, `way ${earlier.branch.start} ${here.branch.start}`, null, () =>
          sameWay(core, choice, earlier.branch, here.branch),
        );
    } else if (point !== undefined) {
      branchOf.set(here.at, { branch: here.branch, counted: here.tail !== null });
      if (point.kind === "choice") branch(point, here.enters, here);
      else if (point.kind === "head") work.push({ ...here, at: point.next });
      else if (point.kind === "enter") work.push({ ...here, at: point.next, enters: [...here.enters, point.loop] });
      else if (point.kind === "settled") {
        const loop = core.loops[point.loop];
        if (loop === undefined || silentLoops.has(point.loop)) continue;
        const tail = here.tail ?? { branch: here.branch, choice: here.choice, loop };
        work.push({ ...here, at: point.next, tail });
      } else if (point.kind === "par" || point.kind === "scatter") {
        const { kind, span } = point;
        note(here, `arms ${span.start}`, span, () => beginsTogether(core, choice, here.outer, kind, span));
      } else if (point.kind === "send") {
        const { send } = point;
        const who = `${send.message} ${send.to} ${choice.at}`;
        if (waitsFirst(core, choice, send))
          note(here, `wait ${who}`, send.span, () => beginsWithWait(core, choice, here.outer, send));
        else if (send.from !== choice.at)
          note(here, `sender ${who}`, send.span, () => notTheDecider(core, choice, here.outer, send));
        const letter = `${send.from} ${send.to} ${send.label}`;
        const other = sendsByLetter.get(letter);
        if (other !== undefined)
          note({ ...here, tail: null }, `letter ${other.span.start} ${send.span.start}`, null, () =>
            sameMessage(core, choice, other, send),
          );
        else sendsByLetter.set(letter, send);
        ways.push({ point, enters: here.enters });
      } else if (point.kind === "fail") {
        const { by, span } = point;
        if (by !== choice.at)
          note(here, `fail ${span.start} ${by} ${choice.at}`, span, () => failsFirst(core, choice, here.outer, point));
        const same = ways.some(({ point: other }) => other.kind === "fail" && other.reason === point.reason);
        if (!same) ways.push({ point, enters: here.enters });
      }
    }
  }
  return ways;
}

/**
 * Whether a branch of somebody's choice begins with a word of the network: a judge's wait, or what everybody decides for
 * himself. The choices of such a wait itself stand where it does.
 */
function waitsFirst(core: Core, choice: ChoiceNode, send: Send): boolean {
  const network = core.roles[choice.at]?.kind === "network";
  const own = send.span.start === choice.span.start;
  return !network && !own && core.messages[send.message]?.interaction === null;
}

/** By which branch a point is reached, and whether the end of a counted round lies before it. */
interface Arrival {
  readonly branch: Span;
  readonly counted: boolean;
}

interface Step {
  readonly at: number;
  readonly enters: readonly number[];
  /** The innermost branch on the way, and the choice that it belongs to. */
  readonly branch: Span;
  readonly choice: Extract<Point, { kind: "choice" }>["choice"];
  /** The branch of the choice that is looked at. */
  readonly outer: Span;
  /** The branch behind which a counted round was over on the way here; null: none was. */
  readonly tail: { readonly branch: Span; readonly choice: ChoiceNode; readonly loop: CoreLoop } | null;
}
