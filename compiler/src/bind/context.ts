// What the statements of one choreography are bound with, and small things that all of them need. In: trees. Out: what
// they are asked for.

import type { BlockTree, Span, StatementTree } from "@chor/grammar";
import type { Block, Interaction } from "./program.js";
import { TOP, type Place, type Surroundings } from "./surroundings.js";
import type { Draft, Survey } from "./survey.js";
import type { TypedNames } from "./value-names.js";

export interface Context {
  readonly surroundings: Surroundings;
  readonly survey: Survey;
  readonly typed: TypedNames;
  readonly drafts: ReadonlyMap<StatementTree, Draft>;
  /** By index; those that are sound are added. */
  readonly interactions: Map<number, Interaction>;
  /** Binds a block inside a statement. */
  readonly block: (tree: BlockTree) => Block;
}

/** A block that need not be there. */
export function maybeBlock(tree: BlockTree | null, context: Context): Block | null {
  return tree === null ? null : context.block(tree);
}

/** Where a statement stands. */
export function placeOf(tree: StatementTree, { survey }: Context): Place {
  return survey.places.get(tree) ?? TOP;
}

/** The brace that opens a block. */
export function brace({ span }: BlockTree): Span {
  return { start: span.start, end: Math.min(span.end, span.start + 1) };
}
