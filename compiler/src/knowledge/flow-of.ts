// The flow of a choreography: every statement of the bound program as nodes of a graph, with what it binds and what
// it makes its roles read (SPEC.md, names and knowledge). In: a choreography and the results of those it calls. Out:
// its flow. Recursive over nesting, which the parser bounds.

import type { Block, Choreography, Statement } from "../bind/program.js";
import {
  addNode,
  emptyDraft,
  finished,
  leadTo,
  withLocal,
  type Builder,
  type Draft,
  type Exit,
  type Surroundings,
} from "./draft.js";
import { addChoice, addLoop, addPar, addSaga } from "./flow-control.js";
import { addInteraction } from "./flow-interaction.js";
import { addDo, addPick, addScatter } from "./flow-members.js";
import type { Flow } from "./flow.js";
import type { Results } from "./results.js";

/** Takes a choreography and what its callees leave, gives its flow. */
export function flowOf(choreography: Choreography, resultsOf: (callee: Choreography) => Results | undefined): Flow {
  const draft = emptyDraft(choreography);
  const returns: Exit = { scope: 0, from: [] };
  const aborts: Exit = { scope: 0, from: [] };
  let surroundings: Surroundings = {
    scope: 0,
    local: null,
    breaks: new Map(),
    continues: new Map(),
    returns,
    aborts,
  };
  for (const { name, type, span } of choreography.values)
    surroundings = withLocal(surroundings, { name, type, knownBy: null, span });
  const builder: Builder = {
    draft,
    resultsOf,
    block: (block, at, inside) => addBlock(builder, block, at, inside),
  };
  const last = addBlock(builder, choreography.body, 0, surroundings);
  returns.from.push(last);
  return finished(draft, addNode(draft, alive(draft, returns.from)), addNode(draft, alive(draft, aborts.from)));
}

function alive(draft: Draft, nodes: readonly number[]): readonly number[] {
  return nodes.filter((node) => node !== draft.nowhere);
}

/** Each adder takes the node before and gives the node behind. */
function addBlock(builder: Builder, { statements, span }: Block, at: number, surroundings: Surroundings): number {
  const { draft } = builder;
  const { scope, local } = surroundings;
  let node = at;
  let { start } = span;
  for (const statement of statements) {
    draft.places.push({ span: { start, end: statement.span.end }, node, scope, local });
    node = addStatement(builder, statement, node, surroundings);
    start = statement.span.end;
  }
  draft.places.push({ span: { start, end: span.end }, node, scope, local });
  return node;
}

function addStatement(builder: Builder, statement: Statement, at: number, surroundings: Surroundings): number {
  const { draft } = builder;
  switch (statement.kind) {
    case "interaction":
      return addInteraction(builder, statement.interaction, at, surroundings);
    case "choice":
      return addChoice(builder, statement, at, surroundings);
    case "loop":
      return addLoop(builder, statement, at, surroundings);
    case "par":
      return addPar(builder, statement, at, surroundings);
    case "scatter":
      return addScatter(builder, statement, at, surroundings);
    case "pick":
      return addPick(builder, statement, at, surroundings);
    case "do":
      return addDo(builder, statement, at, surroundings);
    case "saga":
      return addSaga(builder, statement, at, surroundings);
    case "fail":
      addNode(draft, [at], { kind: "fail" });
      return draft.nowhere;
    case "break":
    case "continue":
      leadTo(draft, surroundings[`${statement.kind}s`].get(statement.name), at, surroundings.scope);
      return draft.nowhere;
    case "return":
    case "abort":
      leadTo(draft, surroundings[`${statement.kind}s`], at, surroundings.scope);
      return draft.nowhere;
  }
}
