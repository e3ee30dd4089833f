// The first look at a choreography: where each statement stands, which interactions there are, and what binds names,
// before anything has a type. In: its body. Out: lists in the order of the source. Says nothing about errors.

import { lowerCamel } from "@chor/grammar";
import type {
  BlockTree,
  DoTree,
  InteractionTree,
  Name,
  PickTree,
  ScatterTree,
  Span,
  StatementTree,
} from "@chor/grammar";
import { TOP, type Frame, type Place } from "./surroundings.js";

export interface Survey {
  readonly interactions: readonly Draft[];
  readonly binders: readonly Binder[];
  readonly places: ReadonlyMap<StatementTree, Place>;
}

/** An interaction on the way. */
export interface Draft {
  readonly tree: InteractionTree;
  readonly place: Place;
  readonly index: number;
  readonly id: string;
  /** null: it carries nothing. */
  readonly binds: Name | null;
  readonly collects: boolean;
  readonly own: string | null;
  readonly handler: string;
}

/** What binds a name. */
export type Binder = { readonly name: Name; readonly place: Place } & (
  | { readonly kind: "message"; readonly draft: Draft }
  | { readonly kind: "element"; readonly tree: ScatterTree }
  | { readonly kind: "member"; readonly tree: PickTree }
  | { readonly kind: "do"; readonly tree: DoTree }
);

interface Found {
  readonly interactions: Draft[];
  readonly binders: Binder[];
  readonly places: Map<StatementTree, Place>;
  readonly counts: Map<string, number>;
}

/** Takes the body of a choreography. */
export function surveyOf(body: BlockTree): Survey {
  const found: Found = { interactions: [], binders: [], places: new Map(), counts: new Map() };
  surveyBlock(body, TOP, found);
  return found;
}

/** The name under which what a `do` binds is known. */
export function prefixOf(tree: DoTree): Name {
  return tree.as ?? { text: lowerCamel(tree.choreography.text), span: tree.choreography.span };
}

/** Recursive over nesting, which the parser bounds. */
function surveyBlock(block: BlockTree, place: Place, found: Found): void {
  for (const statement of block.statements) {
    found.places.set(statement, place);
    surveyStatement(statement, place, found);
  }
}

function surveyStatement(statement: StatementTree, place: Place, found: Found): void {
  switch (statement.kind) {
    case "interaction":
      addInteraction(statement, place, found);
      if (statement.otherwise !== null) surveyBlock(statement.otherwise, { ...place, failure: true }, found);
      return;
    case "choice":
      for (const { body } of statement.branches) surveyBlock(body, place, found);
      if (statement.otherwise !== null) surveyBlock(statement.otherwise, { ...place, failure: true }, found);
      return;
    case "loop":
      surveyBlock(statement.body, framed(place, { kind: "loop", name: statement.name }), found);
      if (statement.otherwise !== null) surveyBlock(statement.otherwise, place, found);
      return;
    case "par":
      for (const arm of statement.arms) surveyBlock(arm, framed(place, { kind: "arm", span: arm.span }), found);
      return;
    case "scatter": {
      const { as: name, over, body } = statement;
      found.binders.push({ kind: "element", name, tree: statement, place });
      surveyBlock(body, framed(claimed(place, over, name), { kind: "scatter", name }), found);
      return;
    }
    case "pick": {
      const { as: name, family, body } = statement;
      if (name !== null) found.binders.push({ kind: "member", name, tree: statement, place });
      surveyBlock(body, claimed(place, [family], name), found);
      return;
    }
    case "do":
      found.binders.push({ kind: "do", name: prefixOf(statement), tree: statement, place });
      if (statement.otherwise !== null) surveyBlock(statement.otherwise, place, found);
      return;
    case "saga": {
      const inside = statement.otherwise === null ? place : framed(place, { kind: "saga" });
      for (const { step, undo } of statement.steps) {
        surveyBlock(step, inside, found);
        if (undo !== null) surveyBlock(undo, place, found);
      }
      if (statement.otherwise !== null) surveyBlock(statement.otherwise, place, found);
      return;
    }
    default:
      return;
  }
}

function addInteraction(tree: InteractionTree, place: Place, found: Found): void {
  const { label, payload } = tree.message;
  const count = (found.counts.get(label.text) ?? 0) + 1;
  found.counts.set(label.text, count);
  const natural = lowerCamel(label.text);
  const empty = payload.kind === "none";
  const collects = !empty && tree.as?.collects === true;
  const binds = empty ? null : (tree.as?.name ?? { text: natural, span: label.span });
  const draft: Draft = {
    tree,
    place,
    index: found.interactions.length,
    id: count === 1 ? label.text : `${label.text}#${count}`,
    binds,
    collects,
    own: empty ? null : collects ? natural : (binds?.text ?? natural),
    handler: collects ? natural : (binds?.text ?? natural),
  };
  found.interactions.push(draft);
  if (binds !== null) found.binders.push({ kind: "message", name: binds, draft, place });
}

function framed(place: Place, frame: Frame): Place {
  return { ...place, frames: [...place.frames, frame] };
}

function claimed(place: Place, families: readonly Name[], local: Name | null): Place {
  const spans = new Map<string, Span>([...families.map(({ text, span }) => [text, span] as const), ...place.claimed]);
  return { ...place, claimed: spans, locals: local === null ? place.locals : new Set([...place.locals, local.text]) };
}
