// The local protocol of a role as a reader wants it: `!` sends, `?` receives, `|` is another way, loops by name. In:
// the local automaton and its choreography. Out: lines of text, which mean what the automaton means: a place in the text
// stands for one state. Where the automaton has no such shape, its states are listed with their numbers.

import type { Block, Choreography, Loop } from "../bind/program.js";
import {
  targetsOf,
  type LocalAutomaton,
  type LocalReceive,
  type LocalSend,
  type LocalState,
} from "../project/local.js";
import { joinOf, loopsOf, OUTSIDE, roundRegion, wholeRegion, type Region } from "./flow.js";
import { numberedLines } from "./numbered.js";
import { messageText, stepText } from "./step.js";

/** More states than anybody reads as one text. */
const MOST_STATES = 200;

/** How long a line of messages may be. */
const WIDTH = 96;

/** No state: a text that ends before it does not just end, but says how it goes on. */
const NOWHERE = -2;

/** The lines of the protocol; never none. */
export function protocolLines(local: LocalAutomaton, choreography: Choreography): readonly string[] {
  const lines = local.states.length > MOST_STATES ? null : structured(local, choreography);
  return lines === null ? numberedLines(local) : lines.length === 0 ? ["nothing"] : lines;
}

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
  /** A round is over before this state: the one that counts it, or the head if nobody counts. */
  readonly again: number;
  /** What follows it; null: nothing, it goes on for ever. */
  readonly follow: number | null;
}

/** Lines; `flat`: messages only, which may stand side by side. */
interface Text {
  readonly lines: string[];
  flat: boolean;
}

type RepeatState = Extract<LocalState, { kind: "repeat" }>;

function structured(local: LocalAutomaton, choreography: Choreography): string[] | null {
  const { states } = local;
  const start = fresh(states);
  const heads = loopsOf(states, start);
  // States on several ways are written several times; too often, and the text is no help.
  let budget = 3 * states.length + 20;
  let isShapeless = false;
  const { lines } = textFrom(start, { regions: [wholeRegion(states)], loops: [], stop: OUTSIDE });
  return isShapeless ? null : lines;

  /** From a state on. `isRound`: it is the head of the innermost loop. Recursion is into ways and loops; the budget bounds it. */
  function textFrom(start: number, around: Around, isRound = false): Text {
    const text: Text = { lines: [], flat: true };
    for (let at: number | null = start, isFirst = isRound; at !== null; isFirst = false) {
      if (at === around.stop && !isFirst) return text;
      const jump = isFirst ? null : jumpAt(at, around);
      if (jump !== null) {
        if (jump !== "") text.lines.push(jump);
        return text;
      }
      const state: LocalState | undefined = states[at];
      const body = isFirst ? undefined : heads.get(at);
      if (isShapeless || state === undefined || budget-- <= 0) {
        isShapeless = true;
        return text;
      }
      if (body !== undefined) at = writeLoop(at, body, around, text);
      else if (state.kind === "sends" || state.kind === "receives") at = writeSteps(at, state, around, text);
      else at = silentStep(state, around);
    }
    return text;
  }

  /** Counting is not written: it goes without saying where the counter's own loop begins. */
  function silentStep(state: LocalState, { loops }: Around): number | null {
    if (state.kind === "repeat" && state.then === state.last) return state.then;
    if (state.kind === "enter") {
      const { counter, then } = state;
      if (!isCounted(counter)) return then;
      if (loops.every(({ head }) => head !== then) && repeatsOf(then).some((one) => one.counter === counter))
        return then;
    }
    isShapeless = true;
    return null;
  }

  /** Whether it matters how many rounds there were. */
  function isCounted(counter: number): boolean {
    return states.some((state) => state.kind === "repeat" && state.counter === counter && state.then !== state.last);
  }

  /** What is written instead of a state that is an end of something around; `""`: nothing, the text just ends. */
  function jumpAt(at: number, { loops, stop }: Around): string | null {
    for (const [depth, loop] of [...loops.entries()].toReversed()) {
      const inner = loops.slice(depth + 1);
      const isRoundOver = at === loop.again;
      if (!isRoundOver && at !== loop.follow && at !== loop.head) continue;
      // A way to the head that is not counted, or to a loop that has no name of its own.
      if (!isRoundOver && at !== loop.follow) isShapeless = true;
      if (inner.length > 0 && (loop.name === "" || inner.some(({ name }) => name === loop.name))) isShapeless = true;
      return `${isRoundOver ? "continue" : "break"}${inner.length === 0 ? "" : ` ${loop.name}`}`;
    }
    return states[at]?.kind === "end" ? (loops.length === 0 && stop === OUTSIDE ? "" : "end") : null;
  }

  function writeLoop(head: number, body: ReadonlySet<number>, around: Around, text: Text): number | null {
    text.flat = false;
    const repeats = repeatsOf(head);
    const [repeat] = repeats;
    if (repeats.length > 1) isShapeless = true;
    const counter = repeat === undefined ? undefined : local.counters[repeat.counter];
    const name = (counter === undefined ? sourceLoop(body)?.name : counter.loop) ?? "";
    const follow = followOf(body, name, repeat?.last ?? null, around);
    const loop: OpenLoop = { name, head, again: repeat === undefined ? head : states.indexOf(repeat), follow };
    const max = counter === undefined ? "" : ` max ${counter.max}`;
    const regions = [...around.regions, roundRegion(states, loop.again, body)];
    const round = textFrom(head, { regions, loops: [...around.loops, loop], stop: loop.again }, true);
    text.lines.push(`loop${name === "" ? "" : ` ${name}`}${max} {`, ...indented(round.lines));
    if (repeat !== undefined && repeat.last !== follow) {
      text.lines.push("} else {", ...indented(textFrom(repeat.last, { ...around, stop: follow ?? NOWHERE }).lines));
    }
    text.lines.push("}");
    return follow;
  }

  /** Where a loop leads when it is left; what goes on with a loop around it does not count, if there is anything else. */
  function followOf(body: ReadonlySet<number>, name: string, last: number | null, around: Around): number | null {
    const exits = [...body].flatMap((node) => targetsOf(states[node]).filter((target) => !body.has(target)));
    const isOfOuter = (exit: number): boolean =>
      around.loops.some(
        (outer) => (outer.again === exit || outer.follow === exit) && outer.name !== "" && outer.name !== name,
      );
    const own = exits.filter((exit) => exit === last || !isOfOuter(exit));
    const joins = around.regions.toReversed().map((region) => joinOf(region, own.length > 0 ? own : exits));
    return joins.find((join) => join !== null && join !== OUTSIDE) ?? null;
  }

  /** The states that count the rounds of a loop. */
  function repeatsOf(head: number): RepeatState[] {
    return [...(heads.get(head) ?? [])].flatMap((node) => {
      const state = states[node];
      return state?.kind === "repeat" && state.then === head && state.last !== head ? [state] : [];
    });
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
    if (isChoice) text.lines.push(`choice ${state.decision?.name ?? ""}`.trimEnd());
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

/** A state that comes to the same as the first one and says which loops begin there: at first, all counters are zero. */
function fresh(states: readonly LocalState[]): number {
  let start = 0;
  for (let left = states.length; left > 0; left--) {
    const enter = states.findIndex((state) => state.kind === "enter" && state.then === start);
    if (enter < 0) break;
    start = enter;
  }
  return start;
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
        return statement.branches.flatMap(({ body }) => loopsIn(body));
      default:
        return [];
    }
  });
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
