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
import { unprovedTail } from "../report/unsupported.js";
import { pointsOf, silentNext, type Point, type Points } from "./points.js";

/** A row of choices that may all be silent has quadratically many transitions; hostile input has a bound. */
const maximalTransitions = 1_000_000;

export interface Form {
  readonly program: Points;
  /** By point: the ways of the choice that stands there. */
  readonly ways: ReadonlyMap<number, readonly Way[]>;
  /** Errors and warnings, by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Where a counted round is over in silence and the form is right all the same: the automaton does not carry it yet. */
  readonly quiet: readonly Diagnostic[];
}

/**
 * Looks at the form of a core. Errors: a choice in which another role speaks first, or that begins with arms or with
 * a wait of somebody else, two branches that begin alike, a branch that ends everything or a counted round in
 * silence, a loop that can go round in silence. Warnings: what is never reached.
 */
export function formOf(core: Core): Form {
  const program = pointsOf(core);
  const reached = reachedPoints(program);
  const rounds = silentRounds(core, program, reached);
  const choices = waysOfChoices(core, program, reached, new Set(rounds.keys()));
  const errors = [...rounds.values(), ...choices.diagnostics];
  const diagnostics = [...errors, ...unreachable(core)].sort((a, b) => a.span.start - b.span.start);
  return { program, ways: choices.ways, diagnostics, quiet: choices.quiet };
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
  readonly quiet: readonly Diagnostic[];
}

function waysOfChoices(
  core: Core,
  program: Points,
  reached: readonly number[],
  silentLoops: ReadonlySet<number>,
): WaysOfChoices {
  const ways = new Map<number, readonly Way[]>();
  const notes: Notes = { errors: new Map(), quiet: new Map() };
  let total = 0;
  for (const at of reached) {
    const point = program.points[at];
    if (point?.kind !== "choice") continue;
    const own = waysOf(core, program, at, silentLoops, notes);
    ways.set(at, own);
    total += own.length;
    if (total > maximalTransitions) {
      notes.errors.set("size", tooManyTransitions(core, maximalTransitions));
      break;
    }
  }
  const quiet = [...notes.quiet].flatMap(([key, diagnostic]) => (notes.errors.has(key) ? [] : [diagnostic]));
  return { ways, diagnostics: [...notes.errors.values()], quiet };
}

/** By what is wrong where: an outer choice that begins with an inner one does not repeat its errors. */
interface Notes {
  readonly errors: Map<string, Diagnostic>;
  readonly quiet: Map<string, Diagnostic>;
}

/** Follows all silent steps of one choice to the first messages, and notes what is wrong with them. */
function waysOf(
  core: Core,
  { points }: Points,
  at: number,
  silentLoops: ReadonlySet<number>,
  notes: Notes,
): readonly Way[] {
  const start = points[at];
  if (start?.kind !== "choice") return [];
  const { choice } = start;
  const ways: Way[] = [];
  const sendsByLetter = new Map<string, Send>();
  const branchOf = new Map<number, Arrival>();
  const note = (here: Step, key: string, make: () => Diagnostic): void => {
    const tail = here.tail;
    const told = tail === null ? key : `tail ${tail.branch.start}`;
    if (!notes.errors.has(told))
      notes.errors.set(told, tail === null ? make() : silentTail(core, tail.choice, tail.branch, tail.loop));
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
      note(here, `end ${here.branch.start}`, () => endsInSilence(core, here.choice, here.branch));
    } else if (earlier !== undefined) {
      // After the last round of a counted loop two branches may well go on at one place: in the others they do not.
      if (earlier.branch !== here.branch && !earlier.counted && here.tail === null)
        note(here, `way ${earlier.branch.start} ${here.branch.start}`, () =>
          sameWay(core, choice, earlier.branch, here.branch),
        );
    } else if (point !== undefined) {
      branchOf.set(here.at, { branch: here.branch, counted: here.tail !== null });
      if (point.kind === "choice") branch(point, here.enters, here);
      else if (point.kind === "head") work.push({ ...here, at: point.next });
      else if (point.kind === "enter") work.push({ ...here, at: point.next, enters: [...here.enters, point.loop] });
      else if (point.kind === "tail") {
        const loop = core.loops[point.loop];
        if (loop === undefined || silentLoops.has(point.loop)) continue;
        const tail = here.tail ?? { branch: here.branch, choice: here.choice, loop };
        if (here.tail === null)
          notes.quiet.set(`tail ${here.branch.start}`, unprovedTail(core, here.choice, here.branch, loop));
        work.push({ ...here, at: point.over, tail }, { ...here, at: point.again, tail });
      } else if (point.kind === "par" || point.kind === "scatter") {
        note(here, `arms ${here.at}`, () => beginsTogether(core, choice, here.outer, point.kind, point.span));
      } else if (point.kind === "send") {
        const { send } = point;
        if (waitsFirst(core, choice, send))
          note(here, `wait ${here.at} ${choice.at}`, () => beginsWithWait(core, choice, here.outer, send));
        else if (send.from !== choice.at)
          note(here, `sender ${here.at} ${choice.at}`, () => notTheDecider(core, choice, here.outer, send));
        const letter = `${send.from} ${send.to} ${send.label}`;
        const other = sendsByLetter.get(letter);
        if (other !== undefined)
          note(here, `letter ${other.span.start} ${send.span.start}`, () => sameMessage(core, choice, other, send));
        else sendsByLetter.set(letter, send);
        ways.push({ point, enters: here.enters });
      } else if (point.kind === "fail") {
        if (point.by !== choice.at)
          note(here, `sender ${here.at} ${choice.at}`, () => failsFirst(core, choice, here.outer, point));
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
