// The local protocol of a role as a reader wants it: `!` sends, `?` receives, `|` is another way, loops by name. In:
// the local automaton and its choreography. Out: lines of text. Where the automaton has no such shape (ways that jump
// into one another), its states are listed with their numbers.

import type { Block, Choreography, Loop } from "../bind/program.js";
import type { LocalAutomaton, LocalReceive, LocalSend, LocalState } from "../project/local.js";
import { joinOf, loopsOf, OUTSIDE, roundRegion, targetsOf, wholeRegion, type Region } from "./flow.js";
import { sourceText } from "./types.js";

/** More states than anybody reads as one text. */
const MOST_STATES = 200;

/** How long a line of messages may be. */
const WIDTH = 96;

/** The lines of the protocol; never none. */
export function protocolLines(local: LocalAutomaton, choreography: Choreography): readonly string[] {
  const lines = local.states.length > MOST_STATES ? null : structured(local, choreography);
  return lines === null ? numbered(local) : lines.length === 0 ? ["nothing"] : lines;
}

// ---- structured ----------------------------------------------------------------------------------------

/** Where the text is: how far it goes on, and what is around it. */
interface Around {
  readonly regions: readonly Region[];
  /** Outermost first. */
  readonly loops: readonly OpenLoop[];
  /** The text ends before this state. */
  readonly stop: number;
}

interface OpenLoop {
  readonly name: string;
  readonly head: number;
  /** Its counter; null: it is not counted. */
  readonly counter: number | null;
  /** What follows it; null: nothing, it goes on for ever. */
  readonly follow: number | null;
}

/** Lines; `flat`: messages only, which may stand side by side. */
interface Text {
  readonly lines: string[];
  flat: boolean;
}

function structured(local: LocalAutomaton, choreography: Choreography): string[] | null {
  const { states } = local;
  const heads = loopsOf(states);
  // States on several ways are written several times; too often, and the text is no help.
  let budget = 3 * states.length + 20;
  let isShapeless = false;
  const { lines } = textFrom(0, { regions: [wholeRegion(states)], loops: [], stop: OUTSIDE });
  return isShapeless ? null : lines;

  /** Recursion goes into branches and loops; the budget bounds it. */
  function textFrom(start: number, around: Around): Text {
    const text: Text = { lines: [], flat: true };
    for (let at: number | null = start; at !== null && at !== around.stop;) {
      const jump = jumpAt(at, around);
      if (jump !== null) {
        if (jump !== "") text.lines.push(jump);
        return text;
      }
      const state: LocalState | undefined = states[at];
      if (state === undefined || budget-- <= 0) {
        isShapeless = true;
        return text;
      }
      const body = heads.get(at);
      if (body !== undefined && around.loops.every(({ head }) => head !== at)) at = writeLoop(at, body, around, text);
      else if (state.kind === "sends" || state.kind === "receives") at = writeSteps(at, state, around, text);
      else at = targetsOf(state)[0] ?? null;
    }
    return text;
  }

  /** What is written instead of a state that is an end of something around; `""`: nothing, the text just ends. */
  function jumpAt(at: number, { loops, stop }: Around): string | null {
    for (const loop of loops.toReversed()) {
      const name = loop === loops.at(-1) ? "" : ` ${loop.name}`;
      const isRoundOver = at === loop.head || isRepeatOf(states[at], loop);
      if (isRoundOver && (stop === loop.head || isRepeatOf(states[stop], loop)) && name === "") return "";
      if (isRoundOver) return `continue${name}`;
      if (at === loop.follow) return `break${name}`;
    }
    return states[at]?.kind === "end" ? (loops.length === 0 && stop === OUTSIDE ? "" : "end") : null;
  }

  function writeLoop(head: number, body: ReadonlySet<number>, around: Around, text: Text): number | null {
    text.flat = false;
    const repeats = [...body].flatMap((node) => {
      const state = states[node];
      return state?.kind === "repeat" && state.then === head ? [state] : [];
    });
    const [repeat] = repeats;
    if (repeats.some(({ counter, last }) => counter !== repeat?.counter || last !== repeat.last)) isShapeless = true;
    const exits = [...body].flatMap((node) => targetsOf(states[node]).filter((target) => !body.has(target)));
    const follow =
      around.regions
        .toReversed()
        .map((region) => joinOf(region, exits))
        .find((join) => join !== null && join !== OUTSIDE) ?? null;
    const counter = repeat?.counter ?? null;
    const name = counter === null ? sourceLoop(body)?.name : local.counters[counter]?.loop;
    const loop: OpenLoop = { name: name ?? "", head, counter, follow };
    const max = counter === null ? "" : ` max ${local.counters[counter]?.max}`;
    text.lines.push(`loop${loop.name === "" ? "" : ` ${loop.name}`}${max} {`);
    text.lines.push(...indented(roundText(head, body, { ...around, loops: [...around.loops, loop] })));
    if (repeat !== undefined && repeat.last !== follow) {
      text.lines.push("} else {", ...indented(textFrom(repeat.last, { ...around, stop: follow ?? OUTSIDE }).lines));
    }
    text.lines.push("}");
    return follow;
  }

  /** One round: it begins at the head, and ends before it. */
  function roundText(head: number, body: ReadonlySet<number>, around: Around): string[] {
    const inside: Around = { ...around, regions: [...around.regions, roundRegion(states, head, body)], stop: head };
    const state = states[head];
    if (state === undefined) return [];
    const text: Text = { lines: [], flat: true };
    const next =
      state.kind === "sends" || state.kind === "receives"
        ? writeSteps(head, state, inside, text)
        : (targetsOf(state)[0] ?? null);
    return next === null ? text.lines : [...text.lines, ...textFrom(next, inside).lines];
  }

  /** One message, or several ways; gives where they come together. */
  function writeSteps(
    at: number,
    state: Extract<LocalState, { kind: "sends" | "receives" }>,
    around: Around,
    text: Text,
  ): number | null {
    const steps: readonly (LocalSend | LocalReceive)[] = state.kind === "sends" ? state.sends : state.receives;
    const [only, another] = steps;
    if (only === undefined) return null;
    if (another === undefined) {
      const [words, next] = message(only, around);
      text.lines.push(words);
      return next;
    }
    text.flat = false;
    const region = around.regions.findLast(({ nodes }) => nodes.has(at));
    const join =
      region === undefined
        ? null
        : joinOf(
            region,
            steps.map(({ then }) => then),
          );
    const stop = join === null || join === OUTSIDE ? around.stop : join;
    const isChoice = state.kind === "sends";
    if (isChoice) text.lines.push(state.decision?.name ?? "choice");
    const margin = isChoice ? "  " : "";
    steps.forEach((step, index) => {
      const [words, next] = message(step, around);
      const way = textFrom(next, { ...around, stop });
      const first = `${margin}${index === 0 ? "" : "| "}${index > 0 && !isChoice ? words.slice(2) : words}`;
      const line = [first, ...way.lines.map((one) => (isJump(one) ? `then ${one}` : one))].join(", ");
      if (way.lines.length === 0) text.lines.push(first);
      else if (way.flat && line.length <= WIDTH) text.lines.push(line);
      else text.lines.push(first, ...way.lines.map((one) => `${margin}    ${one}`));
    });
    return stop;
  }

  /** A message, with the copies of a multicast behind it, and the state that follows. */
  function message(step: LocalSend | LocalReceive, { loops, stop }: Around): readonly [words: string, next: number] {
    if (!("to" in step)) return [stepText(step), step.then];
    const receivers = [step.to];
    let next = step.then;
    const isBoundary = (at: number): boolean =>
      at === stop || heads.has(at) || loops.some(({ follow }) => follow === at);
    for (let copy = copyAt(next, step); copy !== null && !isBoundary(next); copy = copyAt(next, step)) {
      receivers.push(copy.to);
      next = copy.then;
    }
    return [`! ${messageText(step)} to ${receivers.join(", ")}`, next];
  }

  function copyAt(at: number, { label, interactions }: LocalSend): LocalSend | null {
    const state = states[at];
    if (state?.kind !== "sends" || state.decision !== null) return null;
    const [send] = state.sends;
    return send?.origin === "copy" && send.label === label && send.interactions[0] === interactions[0] ? send : null;
  }

  /** The smallest loop of the source in which everything of `body` happens. */
  function sourceLoop(body: ReadonlySet<number>): Loop | null {
    const steps = [...body].flatMap((node): readonly (LocalSend | LocalReceive)[] => {
      const state = states[node];
      return state?.kind === "sends" ? state.sends : state?.kind === "receives" ? state.receives : [];
    });
    const inner = steps.filter(({ then }) => body.has(then));
    const holds = ({ span }: Loop): boolean =>
      inner.every(({ interactions }) =>
        interactions.some((one) => one.span.start >= span.start && one.span.end <= span.end),
      );
    return loopsIn(choreography.body).findLast(holds) ?? null;
  }
}

function isRepeatOf(state: LocalState | undefined, { counter, head }: OpenLoop): boolean {
  return state?.kind === "repeat" && state.counter === counter && state.then === head;
}

function isJump(line: string): boolean {
  return /^(?:break|continue|end)\b/.test(line);
}

/** All loops, outer before inner. */
function loopsIn({ statements }: Block): Loop[] {
  return statements.flatMap((statement) => {
    switch (statement.kind) {
      case "loop":
        return [
          statement,
          ...loopsIn(statement.body),
          ...(statement.otherwise === null ? [] : loopsIn(statement.otherwise)),
        ];
      case "choice":
        return statement.branches.flatMap(loopsIn);
      default:
        return [];
    }
  });
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

// ---- numbered ------------------------------------------------------------------------------------------

function numbered({ states, counters }: LocalAutomaton): string[] {
  const width = String(states.length - 1).length;
  return states.flatMap((state, index) =>
    stateLines(state).map((line, way) => `${(way === 0 ? String(index) : "").padStart(width)}  ${line}`),
  );

  function stateLines(state: LocalState): string[] {
    switch (state.kind) {
      case "sends":
      case "receives": {
        const steps: readonly (LocalSend | LocalReceive)[] = state.kind === "sends" ? state.sends : state.receives;
        return steps.map(
          (step, way) =>
            `${way === 0 ? stepText(step) : `| ${stepText(step).slice(state.kind === "sends" ? 0 : 2)}`}, then ${step.then}`,
        );
      }
      case "enter":
        return [`loop ${counters[state.counter]?.loop} begins, then ${state.then}`];
      case "repeat":
        return [
          `loop ${counters[state.counter]?.loop} again: ${state.then}, after ${counters[state.counter]?.max} rounds ${state.last}`,
        ];
      case "end":
        return ["end"];
    }
  }
}

// ---- both ----------------------------------------------------------------------------------------------

function stepText(step: LocalSend | LocalReceive): string {
  return "to" in step ? `! ${messageText(step)} to ${step.to}` : `? ${messageText(step)} from ${step.from}`;
}

/** As the source would write it: `Draft`, `Publish(draft)`, `Revise(Comments)`; what is passed on, only for its sender. */
function messageText(step: LocalSend | LocalReceive): string {
  const { label, payload, interactions } = step;
  if (payload === null) return label;
  const source = interactions[0]?.payload;
  if ("to" in step && source?.kind === "forwarded") return `${label}(${[source.name, ...source.path].join(".")})`;
  const type = sourceText(payload);
  return type === label ? label : `${label}(${type})`;
}
