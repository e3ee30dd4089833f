// All that could mend a diagnostic, the smallest edits first. In: a source, its tree, a diagnostic. Out: candidates, each
// with edits that stay in one choreography. What the search on the core has found comes before what is guessed here.

import type { Diagnostic, FileTree, Source } from "@chor/grammar";
import { areApart, settled } from "./edits.js";
import type { Edit } from "./edits.js";
import { formed, isFormed } from "./form.js";
import { changing } from "./order.js";
import { behind } from "./words.js";
import type { Candidate } from "./words.js";
import { isInside, sceneOf } from "./scene.js";
import type { Scene } from "./scene.js";
import { telling } from "./tell.js";

/** Takes a source, its tree and one of its diagnostics; gives candidates, the best first. */
export function candidatesFor(source: Source, tree: FileTree, diagnostic: Diagnostic): readonly Candidate[] {
  const scene = sceneOf(source, tree, diagnostic);
  if (scene === null) return [];
  const found = [
    ...(diagnostic.fix ?? []).map(({ title, edits }) => ({ title, edits: laidOut(scene, edits), rank: rankOf(edits) })),
    ...formed(scene),
    ...(diagnostic.runs === undefined ? [] : [...telling(scene), ...changing(scene)]),
  ];
  return found
    .filter(({ edits }) => isWithin(scene, edits))
    .toSorted((a, b) => a.rank - b.rank || a.edits.length - b.edits.length);
}

/** Whether something is known that could mend what this code stands for. */
export function isMendable({ code, runs, fix }: Diagnostic): boolean {
  return runs !== undefined || fix !== undefined || isFormed(code);
}

/** One message first of all; two before others that are two; more behind what needs less. */
function rankOf({ length }: readonly Edit[]): number {
  return length === 1 ? 0 : length === 2 ? 13 : 25;
}

/** The search on the core knows no comments and no lines. */
function laidOut(scene: Scene, edits: readonly Edit[]): readonly Edit[] {
  return edits.map((edit) => {
    const { span, text } = edit;
    const at = scene.statements.find(({ tree }) => tree.kind === "interaction" && tree.span.end === span.start);
    return at === undefined || !/^\n\w/.test(text) ? edit : behind(scene, at, text.slice(1));
  });
}

function isWithin({ choreography, text }: Scene, edits: readonly Edit[]): boolean {
  return edits.every(({ span }) => isInside(choreography.span, span)) && areApart(settled(text, edits));
}
