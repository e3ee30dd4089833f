// Choices, loops, arms and sagas in a flow: where ways part and meet. In: the bound statement and the node before.
// Out: the node behind.

import type { Block, Choice, Interaction, Loop, Par, Saga } from "../bind/program.js";
import {
  addNode,
  braceOf,
  JOIN,
  leadTo,
  meeting,
  party,
  pushRead,
  wayOn,
  type Builder,
  type Exit,
  type Surroundings,
} from "./draft.js";
import { partyOf, type Way } from "./flow.js";
import { addOtherwise } from "./flow-interaction.js";
import { readingOf, type Use } from "./narrow.js";

/** Adds a choice; conditions narrow in the branches that they lead to. */
export function addChoice(builder: Builder, choice: Choice, at: number, surroundings: Surroundings): number {
  const { draft } = builder;
  const { scope, local } = surroundings;
  const { branches, otherwise } = choice;
  const by = choice.at;
  const act = by === null ? null : { by, key: `choice ${choice.span.start}`, others: [] };
  const node = addNode(draft, [at], JOIN, { act });
  const uses: Use[] = [];
  let refuted: ReadonlySet<string> = new Set();
  const starts = branches.map(({ when, body }) => {
    let bound = refuted;
    if (when !== null) {
      const reading = readingOf(when, refuted);
      uses.push(...reading.uses);
      if (by !== null) {
        const reader = partyOf(by, false, scope, draft.scopes);
        pushRead(draft, node, surroundings, "choice", reading.uses, [reader], []);
      }
      bound = new Set([...refuted, ...reading.whenTrue]);
      refuted = new Set([...refuted, ...reading.whenFalse]);
    }
    return addNode(draft, [node], bound.size === 0 ? JOIN : { kind: "narrow", names: [...bound] }, {
      way: wayInto(body),
    });
  });
  if (by === null && uses.length > 0) draft.splits.push({ choice, branches: starts, uses, node, scope, local });
  const ends = branches.map(({ body }, i) => builder.block(body, starts[i] ?? node, surroundings));
  if (otherwise !== null) {
    const first = branches.map(({ body }) => firstInteraction(body)).find((found) => found !== null) ?? null;
    const judge = first === null ? [] : first.to.slice(0, 1).map((role) => party(draft, role, scope));
    const way = { text: `through the \`else\` of the choice \`${choice.name}\``, span: braceOf(otherwise) };
    ends.push(addOtherwise(builder, otherwise, node, way, surroundings, judge));
  }
  return meeting(draft, ends);
}

function wayInto(body: Block): Way {
  const [first] = body.statements;
  if (first?.kind === "interaction") {
    return { text: `by \`${first.interaction.text}\``, span: first.interaction.span };
  }
  return { text: "through this branch", span: braceOf(body) };
}

/** The message that a block begins with, whatever it stands inside of. */
function firstInteraction(block: Block): Interaction | null {
  const [first] = block.statements;
  switch (first?.kind) {
    case "interaction":
      return first.interaction;
    case "loop":
    case "scatter":
    case "pick":
      return firstInteraction(first.body);
    case "choice":
      return first.branches[0] === undefined ? null : firstInteraction(first.branches[0].body);
    default:
      return null;
  }
}

/** Adds a loop; the `else` of a counted one is entered only behind whole rounds. */
export function addLoop(builder: Builder, loop: Loop, at: number, surroundings: Surroundings): number {
  const { draft } = builder;
  const { name, max, body, otherwise } = loop;
  const { scope } = surroundings;
  const breaks: Exit = { scope, from: [] };
  const continues: Exit = { scope, from: [] };
  const head = addNode(draft, [at]);
  const end = builder.block(body, head, {
    ...surroundings,
    breaks: new Map(surroundings.breaks).set(name, breaks),
    continues: new Map(surroundings.continues).set(name, continues),
  });
  const round = meeting(draft, [end, ...continues.from]);
  if (round !== draft.nowhere) draft.nodes[head]?.inputs.push(round);
  if (max === null) return meeting(draft, breaks.from);
  const way =
    otherwise === null
      ? { text: `past the last round of \`${name}\``, span: loop.headSpan }
      : { text: `through the \`else\` of the loop \`${name}\``, span: braceOf(otherwise) };
  const over = wayOn(draft, round, way);
  return meeting(draft, [...breaks.from, otherwise === null ? over : builder.block(otherwise, over, surroundings)]);
}

/** Adds arms side by side: each sees what was before, behind them is what all have bound. */
export function addPar(builder: Builder, { arms }: Par, at: number, surroundings: Surroundings): number {
  const { draft } = builder;
  const ends = arms.map((arm) => builder.block(arm, addNode(draft, [at]), surroundings));
  return ends.includes(draft.nowhere) ? draft.nowhere : addNode(draft, ends, { kind: "arms", start: at });
}

/** Adds a saga; the `undo` of a step is entered from what was aborted behind it. */
export function addSaga(builder: Builder, saga: Saga, at: number, surroundings: Surroundings): number {
  const { draft } = builder;
  const { scope } = surroundings;
  const exits: Exit[] = [];
  let node = at;
  for (const { step } of saga.steps) {
    const aborts: Exit = { scope, from: [] };
    exits.push(aborts);
    node = builder.block(step, node, { ...surroundings, aborts });
  }
  // From the newest step on (nothing undoes it): a finished step is undone, then it meets what was aborted in it.
  let undone = draft.nowhere;
  for (const [i, { undo }] of [...saga.steps.entries()].toReversed()) {
    if (undo !== null) {
      const start = wayOn(draft, undone, { text: "through this `undo`", span: braceOf(undo) });
      undone = builder.block(undo, start, surroundings);
    }
    undone = meeting(draft, [undone, ...(exits[i]?.from ?? [])]);
  }
  if (saga.otherwise === null) {
    leadTo(draft, surroundings.aborts, undone, scope);
    return node;
  }
  const start = wayOn(draft, undone, { text: "through the `else` of the saga", span: braceOf(saga.otherwise) });
  return meeting(draft, [node, builder.block(saga.otherwise, start, surroundings)]);
}
