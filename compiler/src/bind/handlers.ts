// Handlers: what one role is asked for under one key must be one thing. In: a bound choreography. Out: the
// clashes: a choice and a message of one key, or two that ask for different answers.
//
// The first messages of a choice's branches are answered by the choice's handler, all others by their own. Which
// are the first is not always to be read off the text (a branch may be empty, or a loop), so the choreography
// becomes a graph of points; a point is reached from a choice's head without a message, or right behind one.

import type { Diagnostic, Span } from "@chor/grammar";
import { listed } from "../report/diagnostic.js";
import { handlerTaken } from "../report/names.js";
import { keyOf } from "./artifact-table.js";
import type { Block, Choice, Choreography, Do, Interaction, Statement } from "./program.js";
import { typeText } from "./type-text.js";

/** Takes a choreography, gives an error for each place whose handler's key asks for something else at an earlier place. */
export function handlerClashes(choreography: Choreography): readonly Diagnostic[] {
  const graph = graphOf(choreography);
  const alone = askedAlone(graph);
  const answers = [
    ...choiceAnswers(graph, alone),
    ...messageAnswers(graph, alone),
    ...graph.calls.flatMap(({ call }) => callAnswers(call)),
  ].toSorted((a, b) => a.span.start - b.span.start);
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
  /** Choices that an agent decides. */
  readonly choices: { readonly choice: Choice; readonly at: number; readonly branches: readonly number[] }[];
  /** What is done there is looked at for itself: its handlers are under its prefix. */
  readonly calls: { readonly call: Do; readonly at: number; readonly after: number }[];
  /** Where an `else` begins: no choice in front of it answers there. */
  readonly elses: number[];
}

interface LoopPoints {
  /** Where a round is over. */
  readonly over: number;
  /** What follows the loop. */
  readonly end: number;
}

/** Where the ways out of a block lead. */
interface Ways {
  /** By name; of a scatter, both are behind it. */
  readonly loops: ReadonlyMap<string, LoopPoints>;
  /** Where an `abort` goes on; null: nowhere inside. */
  readonly abort: number | null;
}

function graphOf({ body }: Choreography): Graph {
  const graph: Graph = { silent: [], messages: [], choices: [], calls: [], elses: [] };
  addBlock(body, addPoint(graph), { loops: new Map(), abort: null }, graph);
  return graph;
}

function addPoint({ silent }: Graph): number {
  return silent.push([]) - 1;
}

/** Adds a block that begins at `from`, gives the point where it ends. Recursive over nesting. */
function addBlock(block: Block, from: number, ways: Ways, graph: Graph): number {
  let at = from;
  for (const statement of block.statements) {
    const after = addPoint(graph);
    addStatement(statement, at, after, ways, graph);
    at = after;
  }
  return at;
}

function addStatement(statement: Statement, at: number, after: number, ways: Ways, graph: Graph): void {
  const go = (source: number, target: number): void => void graph.silent[source]?.push(target);
  /** A block on a way from `at` to `after`; gives where it begins. */
  const through = (block: Block, inside: Ways = ways): number => {
    const begin = addPoint(graph);
    go(at, begin);
    go(addBlock(block, begin, inside, graph), after);
    return begin;
  };
  const otherwise = (block: Block | null): void => {
    if (block === null) return;
    const begin = addPoint(graph);
    graph.elses.push(begin);
    go(addBlock(block, begin, ways, graph), after);
  };
  switch (statement.kind) {
    case "interaction":
      graph.messages.push({ interaction: statement.interaction, at, after });
      otherwise(statement.interaction.otherwise);
      return;
    case "choice": {
      const branches = statement.branches.map(({ body }) => through(body));
      if (isAsked(statement)) graph.choices.push({ choice: statement, at, branches });
      otherwise(statement.otherwise);
      return;
    }
    case "loop": {
      const begin = addPoint(graph);
      go(at, begin);
      const over = addPoint(graph);
      const loops = new Map([...ways.loops, [statement.name, { over, end: after }]]);
      go(addBlock(statement.body, begin, { ...ways, loops }, graph), over);
      go(over, begin);
      if (statement.max !== null)
        go(statement.otherwise === null ? over : addBlock(statement.otherwise, over, ways, graph), after);
      return;
    }
    case "par":
      for (const arm of statement.arms) through(arm);
      return;
    case "scatter":
      go(at, after);
      through(statement.body, {
        ...ways,
        loops: new Map([...ways.loops, [statement.as, { over: after, end: after }]]),
      });
      return;
    case "pick":
      through(statement.body);
      return;
    case "do":
      graph.calls.push({ call: statement, at, after });
      otherwise(statement.otherwise);
      return;
    case "saga": {
      // Undone is from the newest finished step to the oldest: each `undo` leads to the one before it.
      let abort = ways.abort;
      if (statement.otherwise !== null) {
        abort = addPoint(graph);
        go(addBlock(statement.otherwise, abort, ways, graph), after);
      }
      let end = at;
      for (const { step, undo } of statement.steps) {
        end = addBlock(step, end, { ...ways, abort }, graph);
        if (undo === null) continue;
        const begin = addPoint(graph);
        const undone = addBlock(undo, begin, ways, graph);
        if (abort !== null) go(undone, abort);
        abort = begin;
      }
      go(end, after);
      return;
    }
    case "break":
    case "continue": {
      const loop = ways.loops.get(statement.name);
      if (loop !== undefined) go(at, statement.kind === "break" ? loop.end : loop.over);
      return;
    }
    case "abort":
      if (ways.abort !== null) go(at, ways.abort);
      return;
    case "return":
    case "fail":
      return;
  }
}

/** Whether an agent decides, and not data. */
function isAsked({ at, branches }: Choice): boolean {
  return at !== null && branches.every(({ when }) => when === null);
}

/** How many first messages of a choice are compared; more than anybody decides between. */
const FIRST_MESSAGES = 200;

/** A choice asks for one of the messages that its branches begin with; one at the head of another's branch never does. */
function choiceAnswers(graph: Graph, alone: ReadonlySet<number>): Answer[] {
  const messageAt = new Map(graph.messages.map(({ interaction, at }) => [at, interaction]));
  const callAt = new Map(graph.calls.map(({ call, at }) => [at, call]));
  return graph.choices.flatMap(({ choice, at, branches }) => {
    if (choice.at === null || !alone.has(at)) return [];
    const asked = new Map<string, string>();
    for (const point of reached(branches, graph)) {
      const message = messageAt.get(point);
      const call = callAt.get(point);
      if (call !== undefined) asked.set(`do ${call.as}`, `do ${call.as}`);
      if (message !== undefined) asked.set(`${message.label}(${payloadKey(message)})`, shownMessage(message));
      if (asked.size === FIRST_MESSAGES) break;
    }
    const labels = [...asked.values()].toSorted();
    return {
      role: choice.at,
      key: choice.name,
      is: [...asked.keys()].toSorted().join(" "),
      shown: `a choice of ${listed(labels)}`,
      span: choice.headSpan,
      hint: "Give the choice another name: `choice name at …`.",
    };
  });
}

/** The points that are reached without a decision: from the beginning and from behind a message, up to the heads of choices. */
function askedAlone(graph: Graph): ReadonlySet<number> {
  const heads = new Set(graph.choices.flatMap(({ branches }) => branches));
  const behind = [...graph.messages, ...graph.calls].map(({ after }) => after);
  return new Set(reached([0, ...behind, ...graph.elses], graph, heads));
}

/** A message that is not only the first of a choice's branch has a handler of its own, unless the endpoint passes it on. */
function messageAnswers(graph: Graph, alone: ReadonlySet<number>): Answer[] {
  return graph.messages.flatMap(({ interaction, at }) => {
    const { payload, from, handler, label, span } = interaction;
    if (!alone.has(at) || payload.kind === "computed") return [];
    const asked = payload.kind === "asked";
    return [
      {
        role: from.role,
        key: handler,
        is: asked ? `a payload ${payloadKey(interaction)}` : `a message ${label}`,
        shown: asked ? `a \`${typeText(payload.type)}\`` : `the message \`${label}()\``,
        span,
        hint: asked ? "Give one of them an `as`." : "Give one of them another label, or another name with `as`.",
      },
    ];
  });
}

/** What a `do` asks for stands under its prefix, so nothing else of its roles may have that key. */
function callAnswers({ as, callee, roles, headSpan }: Do): Answer[] {
  return roles.flat().map(({ role }) => ({
    role,
    key: as,
    is: `do ${callee.name}`,
    shown: `all that \`do ${callee.name}\` asks for`,
    span: headSpan,
    hint: "Give the `do` another name: `do … as name`.",
  }));
}

/** What an agent is asked for; equal for the same artifact only. */
function payloadKey({ payload }: Interaction): string {
  if (payload.kind !== "asked") return "";
  return payload.type.kind === "reference" ? keyOf(payload.type) : payload.type.name;
}

function shownMessage({ label, payload }: Interaction): string {
  return payload.kind === "asked" ? `${label}(${typeText(payload.type)})` : `${label}()`;
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
