// Handlers: what one role is asked for under one key must be one thing. In: a bound choreography. Out: the
// clashes: a choice and a message of one key, or two that ask for different answers.
//
// The first messages of a choice's branches are answered by the choice's handler, all others by their own. Which
// are the first is not always to be read off the text (a branch may be empty, or a loop), so the choreography
// becomes a graph of points; a point is reached from a choice's head without a message, or right behind one.

import type { Diagnostic, Span } from "@chor/grammar";
import { listed } from "../report/diagnostic.js";
import { handlerTaken } from "../report/names.js";
import type { Block, Choice, Choreography, Interaction } from "./program.js";

/** Takes a choreography, gives an error for each place whose handler's key asks for something else at an earlier place. */
export function handlerClashes(choreography: Choreography): readonly Diagnostic[] {
  const graph = graphOf(choreography);
  const alone = askedAlone(graph);
  const answers = [...choiceAnswers(graph, alone), ...messageAnswers(graph, alone)].toSorted(
    (a, b) => a.span.start - b.span.start,
  );
  const firsts = new Map<string, Answer>();
  const clashes: Diagnostic[] = [];
  for (const answer of answers) {
    // Names have no spaces, so the two parts cannot run into each other.
    const slot = `${answer.role} ${answer.key}`;
    const first = firsts.get(slot);
    if (first === undefined) firsts.set(slot, answer);
    else if (first.is !== answer.is) {
      clashes.push(
        handlerTaken(answer.role, answer.key, answer.shown, answer.span, first.shown, first.span, answer.hint),
      );
    }
  }
  return clashes;
}

/** One place where a role's agent is asked. */
interface Answer {
  readonly role: string;
  readonly key: string;
  /** What is asked for; equal texts are the same answer. */
  readonly is: string;
  readonly shown: string;
  readonly span: Span;
  readonly hint: string;
}

/** Points are numbered; `silent[p]`: where one comes from `p` without a message. */
interface Graph {
  readonly silent: number[][];
  readonly messages: { readonly interaction: Interaction; readonly at: number; readonly after: number }[];
  readonly choices: { readonly choice: Choice; readonly at: number; readonly branches: readonly number[] }[];
}

interface LoopPoints {
  /** Where a round is over. */
  readonly over: number;
  /** What follows the loop. */
  readonly end: number;
}

function graphOf({ body }: Choreography): Graph {
  const graph: Graph = { silent: [], messages: [], choices: [] };
  addBlock(body, addPoint(graph), new Map(), graph);
  return graph;
}

function addPoint({ silent }: Graph): number {
  return silent.push([]) - 1;
}

/** Adds a block that begins at `from`, gives the point where it ends. Recursive over nesting. */
function addBlock(block: Block, from: number, loops: ReadonlyMap<string, LoopPoints>, graph: Graph): number {
  let at = from;
  const go = (source: number, target: number): void => void graph.silent[source]?.push(target);
  for (const statement of block.statements) {
    const after = addPoint(graph);
    switch (statement.kind) {
      case "interaction":
        graph.messages.push({ interaction: statement.interaction, at, after });
        break;
      case "choice": {
        const branches = statement.branches.map((branch) => {
          const begin = addPoint(graph);
          go(at, begin);
          go(addBlock(branch, begin, loops, graph), after);
          return begin;
        });
        graph.choices.push({ choice: statement, at, branches });
        break;
      }
      case "loop": {
        const begin = addPoint(graph);
        go(at, begin);
        const over = addPoint(graph);
        go(addBlock(statement.body, begin, new Map([...loops, [statement.name, { over, end: after }]]), graph), over);
        go(over, begin);
        if (statement.max !== null) {
          go(statement.otherwise === null ? over : addBlock(statement.otherwise, over, loops, graph), after);
        }
        break;
      }
      case "break":
      case "continue": {
        const loop = loops.get(statement.loop);
        if (loop !== undefined) go(at, statement.kind === "break" ? loop.end : loop.over);
        break;
      }
    }
    at = after;
  }
  return at;
}

/** How many first messages of a choice are compared; more than anybody decides between. */
const FIRST_MESSAGES = 200;

/** A choice asks for one of the messages that its branches begin with; one at the head of another's branch never does. */
function choiceAnswers(graph: Graph, alone: ReadonlySet<number>): Answer[] {
  const messageAt = new Map(graph.messages.map(({ interaction, at }) => [at, interaction]));
  return graph.choices.flatMap(({ choice, at, branches }) => {
    if (!alone.has(at)) return [];
    const asked = new Set<string>();
    for (const point of reached(branches, graph)) {
      const message = messageAt.get(point);
      if (message === undefined) continue;
      const { label, payload } = message;
      asked.add(payload.kind === "asked" ? `${label}(${payload.type.artifact})` : `${label}()`);
      if (asked.size === FIRST_MESSAGES) break;
    }
    const labels = [...asked].toSorted();
    return {
      role: choice.at,
      key: choice.name,
      is: labels.join(" "),
      shown: `a choice of ${listed(labels)}`,
      span: choice.headSpan,
      hint: "Give the choice another name: `choice name at …`.",
    };
  });
}

/** The points that are reached without a decision: from the beginning and from behind a message, up to the heads of choices. */
function askedAlone(graph: Graph): ReadonlySet<number> {
  const heads = new Set(graph.choices.flatMap(({ branches }) => branches));
  return new Set(reached([0, ...graph.messages.map(({ after }) => after)], graph, heads));
}

/** A message that is not only the first of a choice's branch has a handler of its own, unless the endpoint passes it on. */
function messageAnswers(graph: Graph, alone: ReadonlySet<number>): Answer[] {
  return graph.messages.flatMap(({ interaction, at }) => {
    const { payload, from, handler, label, span } = interaction;
    if (!alone.has(at) || payload.kind === "forwarded") return [];
    const asked = payload.kind === "asked";
    return [
      {
        role: from,
        key: handler,
        is: asked ? `a payload ${payload.type.artifact}` : `a message ${label}`,
        shown: asked ? `a \`${payload.type.artifact}\`` : `the message \`${label}()\``,
        span,
        hint: asked ? "Give one of them an `as`." : "Give one of them another label, or the other an `as`.",
      },
    ];
  });
}

/** The points that are reached in silence from `from`, without entering any of `closed`, as they are found. */
function* reached(
  from: readonly number[],
  { silent }: Graph,
  closed: ReadonlySet<number> = new Set(),
): Generator<number> {
  const seen = new Set(from);
  // Breadth first: a set is walked in the order of insertion, and goes on with what is added on the way.
  for (const point of seen) {
    yield point;
    for (const next of silent[point] ?? []) if (!closed.has(next)) seen.add(next);
  }
}
