// What a hint says in so many words, as edits: a word instead of another, something to remove, a role that is missing.
// In: a text, its tree, a diagnostic. Out: fixes, which nobody has tried.

import type { ChoreographyTree, Diagnostic, FileTree, Fix, Span } from "@chor/grammar";
import { holds } from "./edits.js";

/** Codes whose hint ``Write `x`.`` means: instead of what is marked. */
const WRITES: ReadonlySet<string> = new Set([
  "CHOR0104",
  "CHOR0111",
  "CHOR0117",
  "CHOR0133",
  "CHOR0134",
  "CHOR0135",
  "CHOR0136",
  "CHOR0137",
  "CHOR0144",
]);
/** Codes whose hint means: remove what is marked. */
const REMOVES: ReadonlySet<string> = new Set(["CHOR0101", "CHOR0102", "CHOR0121", "CHOR0143"]);

/** Takes a text, its tree and one of its diagnostics; gives the fixes that its hint means, none where it leaves a choice. */
export function hinted(text: string, tree: FileTree, diagnostic: Diagnostic): readonly Fix[] {
  const { code, hint = "", span } = diagnostic;
  const marked = text.slice(span.start, span.end);
  const meant = /^Did you mean `([^`]+)`\?$/.exec(hint)?.[1];
  if (meant !== undefined) return [{ title: `Write \`${meant}\``, edits: [{ span, text: meant }] }];
  const written = /^Write `([^`…]+)`(?: between two conditions| to compare)?\.$/.exec(hint)?.[1];
  if (written !== undefined && WRITES.has(code) && !written.endsWith(" name"))
    return [{ title: `Write \`${written}\``, edits: [{ span, text: written }] }];
  if (REMOVES.has(code) && hint.startsWith("Remove it")) return [{ title: "Remove it", edits: [{ span, text: "" }] }];
  if (code === "CHOR0203") return moreRoles(tree, span, marked);
  if (code === "CHOR0303")
    return [{ title: `Remove the second \`${marked}\``, edits: [{ span: withComma(text, span), text: "" }] }];
  return [];
}

/** The choreography in which a place lies. */
export function choreographyAt(tree: FileTree, { start }: Span): ChoreographyTree | null {
  const found = tree.declarations.find(
    (each): each is ChoreographyTree => each.kind === "choreography" && holds(each.span, start),
  );
  return found ?? null;
}

/** An element of a list with the comma that separates it. */
export function withComma(text: string, { start, end }: Span): Span {
  const before = /,\s*$/.exec(text.slice(Math.max(0, start - 200), start))?.[0].length;
  if (before !== undefined) return { start: start - before, end };
  const behind = /^\s*,\s*/.exec(text.slice(end, end + 200))?.[0].length ?? 0;
  return { start, end: end + behind };
}

/** `R` into the head of the choreography that misses it. */
function moreRoles(file: FileTree, span: Span, role: string): readonly Fix[] {
  const tree = choreographyAt(file, span);
  const last = tree?.parameters.findLast(({ kind }) => kind === "role");
  if (tree === null || last === undefined || !/^[A-Z]\w*$/.test(role)) return [];
  const { end } = last.span;
  const title = `Add \`${role}\` to the roles of \`${tree.name.text}\``;
  return [{ title, edits: [{ span: { start: end, end }, text: `, ${role}` }] }];
}
