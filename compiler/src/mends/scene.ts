// The choreography that a diagnostic is about, as its text has it: what stands where, and who takes part. In: a source,
// its tree, a diagnostic. Out: its statements with what is around them; roles as a message names them.

import type { BlockTree, ChoreographyTree, Diagnostic, FileTree, InteractionTree, Span } from "@chor/grammar";
import { lowerCamel } from "@chor/grammar";
import type { RunStep, Source, StatementTree } from "@chor/grammar";
import { blocksIn } from "../bind/trees.js";
import { holds } from "./edits.js";

export interface Scene {
  readonly text: string;
  readonly choreography: ChoreographyTree;
  /** Every statement, in the order of the source. */
  readonly statements: readonly Placed[];
  readonly diagnostic: Diagnostic;
}

/** A statement in its place. */
export interface Placed<S extends StatementTree = StatementTree> {
  readonly tree: S;
  readonly block: BlockTree;
  readonly index: number;
  /** The statement in one of whose blocks it stands; null: the choreography. */
  readonly around: Placed | null;
}

export type PlacedInteraction = Placed<InteractionTree>;

/** Takes a source with its tree and one of its diagnostics; null where that lies in no choreography. */
export function sceneOf(source: Source, tree: FileTree, diagnostic: Diagnostic): Scene | null {
  const choreography = tree.declarations.find(
    (each) => each.kind === "choreography" && holds(each.span, diagnostic.span.start),
  );
  if (choreography?.kind !== "choreography") return null;
  return { text: source.text, choreography, statements: placedIn(choreography.body, null), diagnostic };
}

function placedIn(block: BlockTree, around: Placed | null): readonly Placed[] {
  return block.statements.flatMap((tree, index) => {
    const placed = { tree, block, index, around };
    return [placed, ...blocksIn(tree).flatMap((inner) => placedIn(inner, placed))];
  });
}

/** The statement that begins where a span begins: an interaction, or what has its head there. */
export function statementAt({ statements }: Scene, { start }: Span): Placed | null {
  return statements.find(({ tree }) => tree.span.start === start) ?? null;
}

/** The statement of a step of a run; what a callee does is its `do`. */
export function stepAt(scene: Scene, { text, span }: RunStep): Placed | null {
  const [, prefix] = /: (\w+)\.\w/.exec(text) ?? [];
  if (prefix === undefined) return statementAt(scene, span);
  const isCalled = ({ tree }: Placed): boolean =>
    tree.kind === "do" && (tree.as?.text ?? lowerCamel(tree.choreography.text)) === prefix;
  return scene.statements.find(isCalled) ?? null;
}

export function interactionAt(scene: Scene, span: Span): PlacedInteraction | null {
  const found = statementAt(scene, span);
  return found !== null && isInteraction(found) ? found : null;
}

export function isInteraction(placed: Placed): placed is PlacedInteraction {
  return placed.tree.kind === "interaction";
}

/** The innermost statement in which a place lies. */
export function statementAround({ statements }: Scene, { start }: Span): Placed | null {
  return statements.findLast(({ tree }) => holds(tree.span, start)) ?? null;
}

/** The statements around one, the innermost first. */
export function around(placed: Placed): readonly Placed[] {
  const found: Placed[] = [];
  for (let at = placed.around; at !== null; at = at.around) found.push(at);
  return found;
}

export function interactionsIn({ statements }: Scene, block: BlockTree): readonly PlacedInteraction[] {
  return statements.filter(isInteraction).filter(({ tree }) => isInside(block.span, tree.span));
}

export function isInside(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** `Coder -> Reviewer: Patch(x)`, as the source has it, without clauses. */
export function shownInteraction({ text }: Scene, { tree }: PlacedInteraction): string {
  return text.slice(tree.span.start, tree.message.span.end).replaceAll(/\s+/g, " ");
}

// ---- roles -----------------------------------------------------------------------------------------------

/** The role of a name as diagnostics have it: `Coder[2]` is a `Coder`. */
export function plainRole(shown: string): string {
  return shown.replace(/\[\d+\]$/, "");
}

/** The role as a receiver at a statement: `Coder`, `Coder[*]`; null: the choreography has no role of this name. */
export function receiverAt(scene: Scene, role: string, at: Placed): string | null {
  const found = roleOf(scene, role);
  if (found === null) return null;
  return found.family === null || isClaimed(role, at) ? role : `${role}[*]`;
}

/** Whether one role sends for itself at a statement: a family does only where one of its members is claimed. */
export function canTell(scene: Scene, role: string, at: Placed): boolean {
  const found = roleOf(scene, role);
  return found !== null && (found.family === null || isClaimed(role, at));
}

export function roleOf({ choreography }: Scene, role: string) {
  const found = choreography.parameters.find(({ kind, name }) => kind === "role" && name.text === role);
  return found?.kind === "role" ? found : null;
}

function isClaimed(role: string, at: Placed): boolean {
  return around(at).some(
    ({ tree }) =>
      (tree.kind === "scatter" && tree.over.some(({ text }) => text === role)) ||
      (tree.kind === "pick" && tree.family.text === role),
  );
}

/** Who takes part in an interaction: the sender, then the receivers. */
export function partiesOf({ tree }: PlacedInteraction): readonly string[] {
  return [tree.from.name.text, ...(tree.to ?? []).map(({ name }) => name.text)];
}

/** Whether a role takes part in a block. */
export function takesPart(scene: Scene, block: BlockTree, role: string): boolean {
  return interactionsIn(scene, block).some((each) => each.tree.to === null || partiesOf(each).includes(role));
}
