// The global automaton of a core. In: a core that the back end carries. Out: the automaton, or null where its form is
// wrong. Each state is a point of the program: nothing has to be determinised, because an ambiguous choice is an error.

import type { Diagnostic } from "@chor/grammar";
import { notCarried } from "../carried/never.js";
import type { ChoiceNode, Core } from "../core/core.js";
import { formOf, type Way } from "./form.js";
import type { GlobalAutomaton, GlobalState, Letter, Transition } from "./global.js";
import type { Point, Points } from "./points.js";

/** Builds the global automaton of a core. Diagnostics: those of its form. */
export function globalAutomaton(core: Core): {
  readonly automaton: GlobalAutomaton | null;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { program, ways, diagnostics } = formOf(core);
  const wrong = diagnostics.some(({ severity }) => severity === "error");
  return { automaton: wrong ? null : assemble(core, program, ways), diagnostics };
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

  /** One state lies behind every `fail`; -1: none is met yet. */
  let failed = -1;
  const behindFail = (): number => {
    if (failed < 0) failed = order.push(-1) - 1;
    return failed;
  };

  const arrive = (point: number): { readonly target: number; readonly enters: readonly number[] } => {
    const enters: number[] = [];
    let at = point;
    for (let here = points[at]; here !== undefined && passes(here); here = points[at]) {
      if (here.kind === "enter") enters.push(here.loop);
      at = here.next;
    }
    const known = stateOf.get(at);
    if (known !== undefined) return { target: known, enters };
    stateOf.set(at, order.length);
    return { target: order.push(at) - 1, enters };
  };

  const way = ({ point, enters }: Way): Transition => {
    if (point.kind === "fail") return failing(point, enters);
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

  const failing = ({ by, reason }: Extract<Point, { kind: "fail" }>, enters: readonly number[]): Transition => ({
    letter: letter(`fail ${by} ${reason}`, () => ({ kind: "fail", from: by, reason })),
    target: behindFail(),
    send: null,
    enters,
  });

  const counting = (kind: "round" | "over", loop: number, point: number): Transition => {
    return { letter: letter(`${kind} ${loop}`, () => ({ kind, loop })), send: null, ...arrive(point) };
  };

  const stateAt = (at: number): GlobalState => {
    const point = points[at];
    switch (point?.kind) {
      case "send":
        return { transitions: [way({ point, enters: [] })], choice: null, final: false, span: point.send.span };
      case "choice": {
        const choice = headOf(point.choice);
        return { transitions: (choices.get(at) ?? []).map(way), choice, final: false, span: choice.span };
      }
      case "tail": {
        const transitions = [counting("round", point.loop, point.again), counting("over", point.loop, point.over)];
        const choice = point.choice === null ? null : headOf(point.choice);
        return { transitions, choice, final: false, span: core.loops[point.loop]?.span ?? core.end };
      }
      case "fail":
        return { transitions: [failing(point, [])], choice: null, final: false, span: point.span };
      case "par":
      case "scatter":
        return notCarried(point.kind);
      default:
        return { transitions: [], choice: null, final: at >= 0, span: core.end };
    }
  };

  arrive(entry);
  const states: GlobalState[] = [];
  for (let i = 0; i < order.length; i++) states.push(stateAt(order[i] ?? 0));
  return { core, states, letters };
}

function headOf({ name, doc, span }: ChoiceNode): NonNullable<GlobalState["choice"]> {
  return { name, doc, span };
}

function passes(point: Point): point is Extract<Point, { kind: "enter" | "head" | "settled" }> {
  return point.kind === "enter" || point.kind === "head" || point.kind === "settled";
}

function union(a: readonly number[], b: readonly number[]): readonly number[] {
  return b.length === 0 ? a : [...new Set([...a, ...b])];
}
