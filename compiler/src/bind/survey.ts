// The first look at a choreography: where each statement stands, which interactions there are, and what binds names,
// before anything has a type. In: its body. Out: lists in the order of the source. Says nothing about errors.

import { lowerCamel } from "@chor/grammar";
import type {
  BlockTree,
  DoTree,
  ExpressionTree,
  InteractionTree,
  Name,
  PickTree,
  ScatterTree,
  Span,
  StatementTree,
} from "@chor/grammar";
import { withTest, withoutNames } from "./assumed.js";
import { TOP, type Frame, type Place } from "./surroundings.js";
import { statementsIn } from "./trees.js";

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
  let here = place;
  for (const statement of block.statements) {
    const before = found.binders.length;
    found.places.set(statement, here);
    surveyStatement(statement, here, found);
    here = behind(statement, here, found.binders, before);
  }
}

function surveyStatement(statement: StatementTree, place: Place, found: Found): void {
  switch (statement.kind) {
    case "interaction":
      addInteraction(statement, place, found);
      if (statement.otherwise !== null) surveyBlock(statement.otherwise, failing(statement, place), found);
      return;
    case "choice": {
      let left = place;
      for (const { when, body } of statement.branches) {
        surveyBlock(body, when === null ? left : tested(left, when, true), found);
        if (when !== null) left = tested(left, when, false);
      }
      if (statement.otherwise !== null) surveyBlock(statement.otherwise, failing(statement, place), found);
      return;
    }
    case "loop": {
      const inside = changing(statement, place);
      surveyBlock(statement.body, framed(inside, { kind: "loop", name: statement.name }), found);
      if (statement.otherwise !== null) surveyBlock(statement.otherwise, inside, found);
      return;
    }
    case "par": {
      const inside = changing(statement, place);
      for (const arm of statement.arms) surveyBlock(arm, framed(inside, { kind: "arm", span: arm.span }), found);
      return;
    }
    case "scatter": {
      const { as: name, over, body } = statement;
      found.binders.push({ kind: "element", name, tree: statement, place });
      const inside = claimed(changing(statement, place), over, name);
      surveyBlock(body, framed(inside, { kind: "scatter", name }), found);
      return;
    }
    case "pick": {
      const { as: name, family, body } = statement;
      if (name !== null) found.binders.push({ kind: "member", name, tree: statement, place });
      surveyBlock(body, claimed(changing(statement, place), [family], name), found);
      return;
    }
    case "do":
      found.binders.push({ kind: "do", name: prefixOf(statement), tree: statement, place });
      if (statement.otherwise !== null) surveyBlock(statement.otherwise, changing(statement, place), found);
      return;
    case "saga": {
      const around = changing(statement, place);
      const inside = statement.otherwise === null ? around : framed(around, { kind: "saga" });
      for (const { step, undo } of statement.steps) {
        surveyBlock(step, inside, found);
        if (undo !== null) surveyBlock(undo, around, found);
      }
      if (statement.otherwise !== null) surveyBlock(statement.otherwise, around, found);
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
  const binds = bindsOf(tree);
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

// ---- what tests have shown -----------------------------------------------------------------------------

/** Behind a statement: not what spoke of names that it may have bound anew, but what its `where` asked for. */
function behind(statement: StatementTree, place: Place, binders: readonly Binder[], before: number): Place {
  const kept =
    place.assumed.length === 0
      ? place
      : knowing(place, withoutNames(place.assumed, new Set(binders.slice(before).map(({ name }) => name.text))));
  // Where the `else` may have run, or where each of several messages was asked, nothing is known.
  if (statement.kind !== "interaction" || statement.otherwise !== null || statement.as?.collects === true) return kept;
  return statement.where.reduce((here, { expression }) => tested(here, expression, true), kept);
}

function tested(place: Place, test: ExpressionTree, truth: boolean): Place {
  return knowing(place, withTest(place.assumed, test, truth));
}

/** Inside of what may bind names again before a place in it is reached once more, or while it is. */
function changing(statement: StatementTree, place: Place): Place {
  if (place.assumed.length === 0) return place;
  const names = statementsIn({ statements: [statement], span: statement.span }).flatMap((each) => boundBy(each) ?? []);
  return knowing(place, withoutNames(place.assumed, new Set(names)));
}

/** In an `else`: `failure` is another one. */
function failing(statement: StatementTree, place: Place): Place {
  const names = new Set([boundBy(statement) ?? "", "failure"]);
  return { ...knowing(place, withoutNames(place.assumed, names)), failure: true };
}

function boundBy(statement: StatementTree): string | null {
  switch (statement.kind) {
    case "interaction":
      return bindsOf(statement)?.text ?? null;
    case "scatter":
    case "pick":
      return statement.as?.text ?? null;
    case "do":
      return prefixOf(statement).text;
    default:
      return null;
  }
}

function knowing(place: Place, assumed: Place["assumed"]): Place {
  return assumed === place.assumed ? place : { ...place, assumed };
}

// ---- places --------------------------------------------------------------------------------------------

/** The name that a message binds; null: it carries nothing. */
function bindsOf({ as, message: { payload, label } }: InteractionTree): Name | null {
  return payload.kind === "none" ? null : (as?.name ?? { text: lowerCamel(label.text), span: label.span });
}

function framed(place: Place, frame: Frame): Place {
  return { ...place, frames: [...place.frames, frame] };
}

function claimed(place: Place, families: readonly Name[], local: Name | null): Place {
  const spans = new Map<string, Span>([...families.map(({ text, span }) => [text, span] as const), ...place.claimed]);
  return { ...place, claimed: spans, locals: local === null ? place.locals : new Set([...place.locals, local.text]) };
}
