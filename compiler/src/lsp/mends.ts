// What a diagnostic asks for, as edits where they can be worked out from the text and its tree. In: an open file and a
// diagnostic. Out: fixes, the best first; those that were tried, and come with the diagnostic, stand before the others.

import type { Diagnostic, Fix, InteractionTree, Span } from "@chor/grammar";
import { holds, indentationAt } from "../mends/edits.js";
import { choreographyAt, hinted, withComma } from "../mends/hinted.js";
import { CLAUSES } from "./frames.js";
import { scan } from "./scan.js";
import type { Piece } from "./scan.js";
import { relativePath } from "./links.js";
import { organisedImports } from "./organise-imports.js";
import { nodesAround } from "./walk.js";
import type { Open, Workspace } from "./workspace.js";

/** Takes a diagnostic of an open file; gives its fixes, none where nothing can be worked out. */
export function mendsFor(workspace: Workspace, open: Open, diagnostic: Diagnostic): readonly Fix[] {
  const { text, tree } = open.file;
  return [...(diagnostic.fix ?? []), ...hinted(text, tree, diagnostic), ...fromTree(workspace, open, diagnostic)];
}

// ---- the tree shows it ---------------------------------------------------------------------------------

function fromTree(workspace: Workspace, open: Open, diagnostic: Diagnostic): readonly Fix[] {
  const { code, span } = diagnostic;
  const { file } = open;
  const marked = file.text.slice(span.start, span.end);
  switch (code) {
    case "CHOR0142":
      return withoutClause(open, span);
    case "CHOR0150":
      return clausesInOrder(open, span);
    case "CHOR0151": {
      const edits = organisedImports(open);
      return edits.length === 0 ? [] : [{ title: "Move the imports to the top", edits }];
    }
    case "CHOR0204":
      return /^[A-Z]\w*$/.test(marked) ? [...imports(workspace, open, marked), declaring(open, span, marked)] : [];
    case "CHOR0217":
    case "CHOR0221":
      return withoutDeclaration(open, span, marked);
    case "CHOR0220": {
      const edits = organisedImports(open);
      return edits.length === 0 ? [] : [{ title: "Remove the imports that nothing uses", edits }];
    }
    case "CHOR0218":
      return withoutRole(open, span, marked);
    case "CHOR0304":
      return withoutClause(open, interactionAt(open, span)?.as?.name.span ?? span);
    case "CHOR0306":
      return [{ title: "Remove what is never reached", edits: [{ span: wholeLines(file.text, span), text: "" }] }];
    default:
      return [];
  }
}

function withoutRole({ file }: Open, span: Span, role: string): readonly Fix[] {
  const tree = choreographyAt(file.tree, span);
  const parameter = tree?.parameters.find(({ name }) => name.span.start === span.start);
  if (parameter === undefined) return [];
  return [{ title: `Remove the role \`${role}\``, edits: [{ span: withComma(file.text, parameter.span), text: "" }] }];
}

function withoutDeclaration({ file }: Open, span: Span, name: string): readonly Fix[] {
  const tree = file.tree.declarations.find((each) => each.name.span.start === span.start);
  if (tree === undefined) return [];
  const edits = [{ span: wholeLines(file.text, tree.span), text: "" }];
  return [{ title: `Remove \`${name}\``, edits }];
}

/** An artifact of that name before the declaration that misses it. */
function declaring({ file }: Open, span: Span, name: string): Fix {
  const at = file.tree.declarations.find((each) => holds(each.span, span.start))?.span.start ?? 0;
  const start = Math.max(file.text.lastIndexOf("\n", at - 1), file.text.lastIndexOf("\r", at - 1)) + 1;
  const text = `artifact ${name} { text: string(1..2000) }\n\n`;
  return { title: `Declare the artifact \`${name}\``, edits: [{ span: { start, end: start }, text }] };
}

/** From the files of the workspace that declare it. */
function imports(workspace: Workspace, { file }: Open, name: string): readonly Fix[] {
  return workspace.files().flatMap((other) => {
    const has = other.tree.declarations.some((each) => each.name.text === name && each.kind === "artifact");
    const path = other.uri === file.uri || !has ? null : relativePath(file.uri, other.uri);
    if (path === null) return [];
    const title = `Import \`${name}\` from "${path}"`;
    const known = file.tree.imports.find(({ from, names }) => from.value === path && names.length > 0);
    const last = known?.names.at(-1);
    if (last !== undefined) {
      const { end } = (last.as ?? last.name).span;
      return [{ title, edits: [{ span: { start: end, end }, text: `, ${name}` }] }];
    }
    const behind = file.tree.imports.at(-1)?.span.end;
    const text = `import { ${name} } from ${JSON.stringify(path)}`;
    const edit =
      behind === undefined
        ? { span: { start: 0, end: 0 }, text: `${text}\n\n` }
        : { span: { start: behind, end: behind }, text: `\n${text}` };
    return [{ title, edits: [edit] }];
  });
}

// ---- clauses -------------------------------------------------------------------------------------------

interface Clause {
  readonly word: string;
  readonly span: Span;
}

/** The clauses of an interaction but for its `else`, in the order of the source. */
function clausesOf({ file }: Open, { message, span, otherwise }: InteractionTree): readonly Clause[] {
  const end = otherwise === null ? span.end : otherwise.span.start;
  const starts: Piece[] = [];
  let depth = 0;
  for (const piece of scan(file.text, end)) {
    if (piece.start < message.span.end || piece.kind === "comment") continue;
    if (piece.kind === "sign" && "{([".includes(piece.text)) depth++;
    if (piece.kind === "sign" && "})]".includes(piece.text)) depth--;
    if (depth === 0 && piece.kind === "word" && CLAUSES.includes(piece.text)) starts.push(piece);
  }
  return starts
    .map((piece, i) => {
      const last = file.text.slice(piece.start, starts[i + 1]?.start ?? end).trimEnd().length;
      return { word: piece.text, span: { start: piece.start, end: piece.start + last } };
    })
    .filter(({ word }) => word !== "else");
}

/** What stands where clauses stand stays; only the clauses change places. */
function clausesInOrder(open: Open, span: Span): readonly Fix[] {
  const tree = interactionAt(open, span);
  const clauses = tree === null ? [] : clausesOf(open, tree);
  const comment = scan(open.file.text, clauses.at(-1)?.span.end ?? 0).some(
    ({ kind, start }) => kind === "comment" && start >= (clauses[0]?.span.start ?? Infinity),
  );
  if (comment) return [];
  const rank = ({ word }: Clause): number => CLAUSES.indexOf(word);
  const sorted = clauses.toSorted((a, b) => rank(a) - rank(b));
  const edits = clauses.flatMap((clause, i) => {
    const other = sorted[i];
    if (other === undefined || other === clause) return [];
    return [{ span: clause.span, text: open.file.text.slice(other.span.start, other.span.end) }];
  });
  return edits.length === 0 ? [] : [{ title: "Put the clauses in order", edits }];
}

/** Without the clause that begins, or has its name, in `span`. */
function withoutClause(open: Open, span: Span): readonly Fix[] {
  const tree = interactionAt(open, span);
  const clause = tree === null ? undefined : clausesOf(open, tree).find((each) => holds(each.span, span.start));
  if (clause === undefined) return [];
  const before = /\s*$/.exec(open.file.text.slice(0, clause.span.start))?.[0].length ?? 0;
  const whole = { start: clause.span.start - before, end: clause.span.end };
  return [{ title: `Remove this \`${clause.word}\``, edits: [{ span: whole, text: "" }] }];
}

// ---- places --------------------------------------------------------------------------------------------

function interactionAt({ file }: Open, { start }: Span): InteractionTree | null {
  const around = nodesAround(file.tree, start).findLast(({ kind }) => kind === "interaction");
  return (around as InteractionTree | undefined) ?? null;
}

/** With its indentation and line break, if nothing else stands on its lines. */
function wholeLines(text: string, { start, end }: Span): Span {
  const indentation = indentationAt(text, start).length;
  const line = Math.max(text.lastIndexOf("\n", start - 1), text.lastIndexOf("\r", start - 1)) + 1;
  const rest = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(end, end + 1_000))?.[0];
  if (line + indentation !== start || rest === undefined) return { start, end };
  return { start: line, end: end + rest.length };
}
