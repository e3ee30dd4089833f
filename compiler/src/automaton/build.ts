// The global automaton of a core, and all that is wrong with the form of its choices and loops. In: a core.
// Out: the automaton, or null where there are errors. Each state is a point of the program: nothing has to be
// determinised, because an ambiguous choice is an error.

import type { Diagnostic, Span } from "@chor/grammar";
import type { Core, Send } from "../core/core.js";
import { unreachable } from "../core/reach.js";
import {
  endsInSilence,
  notTheDecider,
  sameMessage,
  sameWay,
  silentRound,
  silentTail,
  tooManyTransitions,
} from "../report/form.js";
import type { GlobalAutomaton, GlobalState, Letter, Transition } from "./global.js";
import { pointsOf, silentNext, type Point, type Points } from "./points.js";

/** A row of choices that may all be silent has quadratically many transitions; hostile input has a bound. */
const maximalTransitions = 1_000_000;

/**
 * Builds the global automaton of a core. Errors: a choice in which another role speaks first, two branches that
 * begin alike, a branch that ends everything or a counted round in silence, a loop that can go round in silence.
 * Warnings: what is never reached.
 */
export function globalAutomaton(core: Core): {
  readonly automaton: GlobalAutomaton | null;
  readonly diagnostics: readonly Diagnostic[];
} {
  const program = pointsOf(core);
  const reached = reachedPoints(program);
  const rounds = silentRounds(core, program, reached);
  const choices = waysOfChoices(core, program, reached, new Set(rounds.keys()));
  const errors = [...rounds.values(), ...choices.diagnostics];
  const diagnostics = [...errors, ...unreachable(core)].sort((a, b) => a.span.start - b.span.start);
  return { automaton: errors.length > 0 ? null : assemble(core, program, choices.ways), diagnostics };
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

/** A message with which a choice can begin. */
interface Way {
  readonly point: Extract<Point, { kind: "send" }>;
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
  // By what is wrong where: an outer choice that begins with an inner one does not repeat its errors.
  const errors = new Map<string, Diagnostic>();
  let total = 0;
  for (const at of reached) {
    const point = program.points[at];
    if (point?.kind !== "choice") continue;
    const own = waysOf(core, program, at, silentLoops, errors);
    ways.set(at, own);
    total += own.length;
    if (total > maximalTransitions) {
      errors.set("size", tooManyTransitions(core, maximalTransitions));
      break;
    }
  }
  return { ways, diagnostics: [...errors.values()] };
}

/** Follows all silent steps of one choice to the first messages, and notes what is wrong with them. */
function waysOf(
  core: Core,
  { points }: Points,
  at: number,
  silentLoops: ReadonlySet<number>,
  errors: Map<string, Diagnostic>,
): readonly Way[] {
  const start = points[at];
  if (start?.kind !== "choice") return [];
  const { choice } = start;
  const ways: Way[] = [];
  const sendsByLetter = new Map<string, Send>();
  const branchOf = new Map<number, Span>();
  const note = (key: string, make: () => Diagnostic): void => {
    if (!errors.has(key)) errors.set(key, make());
  };
  const work: Step[] = [];
  const branch = (from: Extract<Point, { kind: "choice" }>, enters: readonly number[], outer: Span | null): void => {
    for (let i = from.branches.length - 1; i >= 0; i--) {
      const span = from.choice.branchSpans[i] ?? from.choice.span;
      work.push({ at: from.branches[i] ?? 0, enters, branch: span, outer: outer ?? span, choice: from.choice });
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
      note(`end ${here.branch.start}`, () => endsInSilence(core, here.choice, here.branch));
    } else if (point?.kind === "tail") {
      const loop = core.loops[point.loop];
      if (loop !== undefined && !silentLoops.has(point.loop))
        note(`tail ${here.branch.start}`, () => silentTail(core, here.choice, here.branch, loop));
    } else if (earlier !== undefined) {
      if (earlier !== here.branch)
        note(`way ${earlier.start} ${here.branch.start}`, () => sameWay(core, choice, earlier, here.branch));
    } else if (point !== undefined) {
      branchOf.set(here.at, here.branch);
      if (point.kind === "choice") branch(point, here.enters, here.outer);
      else if (point.kind === "head") work.push({ ...here, at: point.next });
      else if (point.kind === "enter") work.push({ ...here, at: point.next, enters: [...here.enters, point.loop] });
      else {
        const { send } = point;
        if (send.from !== choice.at)
          note(`sender ${here.at} ${choice.at}`, () => notTheDecider(core, choice, here.outer, send));
        const letter = `${send.from} ${send.to} ${send.label}`;
        const other = sendsByLetter.get(letter);
        if (other !== undefined)
          note(`letter ${other.span.start} ${send.span.start}`, () => sameMessage(core, choice, other, send));
        else sendsByLetter.set(letter, send);
        ways.push({ point, enters: here.enters });
      }
    }
  }
  return ways;
}

interface Step {
  readonly at: number;
  readonly enters: readonly number[];
  /** The innermost branch on the way, and the choice that it belongs to. */
  readonly branch: Span;
  readonly choice: Extract<Point, { kind: "choice" }>["choice"];
  /** The branch of the choice that is looked at. */
  readonly outer: Span;
}

/** Numbers the states breadth first and the letters as they are met. Only for a core without errors. */
function assemble(
  core: Core,
  { points, entry }: Points,
  choices: ReadonlyMap<number, readonly Way[]>,
): GlobalAutomaton {
  const order: number[] = [];
  const stateOf = new Map<number, number>();
  const letters: Letter[] = [];
  const letterOf = new Map<string, number>();

  const letter = (key: string, make: () => Letter): number => {
    const known = letterOf.get(key);
    if (known !== undefined) return known;
    letterOf.set(key, letters.length);
    return letters.push(make()) - 1;
  };

  const arrive = (point: number): { readonly target: number; readonly enters: readonly number[] } => {
    const enters: number[] = [];
    let at = point;
    for (let here = points[at]; here?.kind === "enter" || here?.kind === "head"; here = points[at]) {
      if (here.kind === "enter") enters.push(here.loop);
      at = here.next;
    }
    const known = stateOf.get(at);
    if (known !== undefined) return { target: known, enters };
    stateOf.set(at, order.length);
    return { target: order.push(at) - 1, enters };
  };

  const message = ({ point, enters }: Way): Transition => {
    const { send } = point;
    const arrival = arrive(point.next);
    const key = `${send.from} ${send.to} ${send.label}`;
    return {
      letter: letter(key, () => ({ kind: "message", from: send.from, to: send.to, label: send.label })),
      target: arrival.target,
      send,
      enters: union(enters, arrival.enters),
    };
  };

  const counting = (kind: "round" | "over", loop: number, point: number): Transition => {
    return { letter: letter(`${kind} ${loop}`, () => ({ kind, loop })), send: null, ...arrive(point) };
  };

  const stateAt = (at: number): GlobalState => {
    const point = points[at];
    switch (point?.kind) {
      case "send":
        return { transitions: [message({ point, enters: [] })], choice: null, final: false, span: point.send.span };
      case "choice": {
        const { name, doc, span } = point.choice;
        return { transitions: (choices.get(at) ?? []).map(message), choice: { name, doc, span }, final: false, span };
      }
      case "tail": {
        const transitions = [counting("round", point.loop, point.again), counting("over", point.loop, point.over)];
        return { transitions, choice: null, final: false, span: core.loops[point.loop]?.span ?? core.end };
      }
      default:
        return { transitions: [], choice: null, final: true, span: core.end };
    }
  };

  arrive(entry);
  const states: GlobalState[] = [];
  for (let i = 0; i < order.length; i++) states.push(stateAt(order[i] ?? 0));
  return { core, states, letters };
}

function union(a: readonly number[], b: readonly number[]): readonly number[] {
  return b.length === 0 ? a : [...new Set([...a, ...b])];
}
