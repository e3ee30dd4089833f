// Edits that a mend is made of: a message behind a statement, before it, at the beginning of a block. In: a scene, a
// place, a text. Out: an edit that leaves comments where they are and puts each statement on a line of its own.

import type { BlockTree, Name, StatementTree } from "@chor/grammar";
import { labelFor } from "../coherence/tells.js";
import type { Said } from "../coherence/tells.js";
import type { Edit } from "./edits.js";
import { isInteraction, partiesOf } from "./scene.js";
import type { Placed, Scene } from "./scene.js";

/** What could mend something; whether it does is found out by checking the text with it. */
export interface Candidate {
  /** In the imperative, without a full stop. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** The smaller, the earlier it is tried. */
  readonly rank: number;
}

/** A statement on a line of its own behind another one, behind a comment on its line, too. */
export function behind({ text }: Scene, { tree, block }: Placed, statement: string): Edit {
  const comment = /^[ \t]*\/\/[^\r\n]*/.exec(text.slice(tree.span.end, tree.span.end + 2_000))?.[0].length ?? 0;
  const end = tree.span.end + comment;
  return { span: { start: end, end }, text: `${isOneLine(text, block) ? " " : "\n"}${statement}` };
}

export function before({ text }: Scene, { tree, block }: Placed, statement: string): Edit {
  const { start } = tree.span;
  return { span: { start, end: start }, text: `${statement}${isOneLine(text, block) ? " " : "\n"}` };
}

/** A statement as the first one of a block. */
export function atStart({ text }: Scene, { statements, span }: BlockTree, statement: string): Edit {
  const first: StatementTree | undefined = statements[0];
  if (first !== undefined) {
    const apart = text.slice(span.start, first.span.start).includes("\n") ? "\n" : " ";
    return { span: { start: first.span.start, end: first.span.start }, text: `${statement}${apart}` };
  }
  const inside = { start: span.start + 1, end: span.end - 1 };
  if (text.slice(inside.start, inside.end).trim() === "") return { span: inside, text: `\n  ${statement}\n` };
  return { span: { start: inside.start, end: inside.start }, text: `\n  ${statement}` };
}

/** A statement as the last one of a block, before a way out of it. */
export function atEnd(scene: Scene, block: BlockTree, statement: string): Edit {
  const last = block.statements.at(-1);
  if (last === undefined) return atStart(scene, block, statement);
  const placed: Placed = { tree: last, block, index: block.statements.length - 1, around: null };
  const leaves = ["break", "continue", "return", "abort", "fail"].includes(last.kind);
  return leaves ? before(scene, placed, statement) : behind(scene, placed, statement);
}

/** Without a statement: with its line, where nothing else stands on it. */
export function without({ text }: Scene, { tree }: Placed): Edit {
  const { start, end } = tree.span;
  const line = Math.max(text.lastIndexOf("\n", start - 1), text.lastIndexOf("\r", start - 1)) + 1;
  const rest = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(end, end + 1_000))?.[0];
  const alone = rest !== undefined && text.slice(line, start).trim() === "";
  return { span: alone ? { start: line, end: end + rest.length } : { start, end }, text: "" };
}

export function instead({ span }: Pick<Name, "span">, text: string): Edit {
  return { span, text };
}

function isOneLine(text: string, { span }: BlockTree): boolean {
  return !/[\r\n]/.test(text.slice(span.start, span.end));
}

/**
 * The label under which a role tells another something new at a statement: the first wish, if it is free there, else
 * the second, if need be with a number. `taken`: labels that the mend uses already.
 */
export function labelAt(
  scene: Scene,
  teller: string,
  role: string,
  wishes: readonly [string, string],
  at: Placed | null,
  taken: readonly string[] = [],
): string {
  const names = scene.choreography.parameters.map(({ name }) => name.text);
  const number = (name: string): number => names.indexOf(name);
  const said = scene.statements.flatMap((placed, message): readonly Said[] => {
    if (!isInteraction(placed)) return [];
    const [from = "", ...to] = partiesOf(placed);
    const { label, payload } = placed.tree.message;
    if (from !== teller) return [];
    return [{ message, label: label.text, to: to.map(number), carries: payload.kind !== "none" }];
  });
  const here = at === null ? null : scene.statements.indexOf(at);
  return labelFor(said, wishes, number(role), here, taken);
}
