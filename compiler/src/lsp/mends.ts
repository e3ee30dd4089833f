// What a diagnostic asks for, as edits where they can be worked out from the text and its tree. In: an open file and a
// diagnostic. Out: fixes, the best first; those that the stage itself has found come before.

import type { ChoreographyTree, Diagnostic, Fix, InteractionTree, Span } from "@chor/grammar";
import { statementsIn } from "../bind/trees.js";
import { CLAUSES } from "./frames.js";
import { scan } from "./scan.js";
import type { Piece } from "./scan.js";
import { relativePath } from "./links.js";
import { organisedImports } from "./organise-imports.js";
import { nodesAround } from "./walk.js";
import { holds, indentationAt } from "./text.js";
import type { Open, Workspace } from "./workspace.js";

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

/** Takes a diagnostic of an open file; gives its fixes, none where nothing can be worked out. */
export function mendsFor(workspace: Workspace, open: Open, diagnostic: Diagnostic): readonly Fix[] {
  return [...(diagnostic.fix ?? []), ...fromHint(diagnostic), ...fromTree(workspace, open, diagnostic)];
}

// ---- the hint says it ----------------------------------------------------------------------------------

function fromHint({ code, hint = "", span }: Diagnostic): readonly Fix[] {
  const meant = /^Did you mean `([^`]+)`\?$/.exec(hint)?.[1];
  if (meant !== undefined) return [{ title: `Write \`${meant}\``, edits: [{ span, text: meant }] }];
  const written = /^Write `([^`…]+)`(?: between two conditions| to compare)?\.$/.exec(hint)?.[1];
  if (written !== undefined && WRITES.has(code) && !written.endsWith(" name"))
    return [{ title: `Write \`${written}\``, edits: [{ span, text: written }] }];
  if (REMOVES.has(code) && hint.startsWith("Remove it")) return [{ title: "Remove it", edits: [{ span, text: "" }] }];
  return [];
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
    case "CHOR0203":
      return moreRoles(open, span, marked);
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
    case "CHOR0303":
      return [{ title: `Remove the second \`${marked}\``, edits: [{ span: withComma(file.text, span), text: "" }] }];
    case "CHOR0304":
      return withoutClause(open, interactionAt(open, span)?.as?.name.span ?? span);
    case "CHOR0306":
      return [{ title: "Remove what is never reached", edits: [{ span: wholeLines(file.text, span), text: "" }] }];
    case "CHOR0307":
      return countedRounds(open, span);
    case "CHOR0601":
    case "CHOR0602":
    case "CHOR0603":
    case "CHOR0604":
      return diagnostic.fix === undefined ? toldInElse(open, diagnostic) : [];
    default:
      return [];
  }
}

/** `R` into the head of the choreography that misses it. */
function moreRoles({ file }: Open, span: Span, role: string): readonly Fix[] {
  const tree = choreographyAt(file.tree, span);
  const last = tree?.parameters.findLast(({ kind }) => kind === "role");
  if (tree === null || last === undefined || !/^[A-Z]\w*$/.test(role)) return [];
  const { end } = last.span;
  const title = `Add \`${role}\` to the roles of \`${tree.name.text}\``;
  return [{ title, edits: [{ span: { start: end, end }, text: `, ${role}` }] }];
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

function countedRounds({ file }: Open, span: Span): readonly Fix[] {
  const loops = file.tree.declarations.flatMap((each) =>
    each.kind === "choreography" ? statementsIn(each.body).filter((statement) => statement.kind === "loop") : [],
  );
  const loop = loops.findLast((each) => each.max === null && each.otherwise !== null && holds(each.span, span.start));
  if (loop === undefined) return [];
  const { end } = loop.name.span;
  const title = `Count the rounds: \`loop ${loop.name.text} max 5\``;
  return [{ title, edits: [{ span: { start: end, end }, text: " max 5" }] }];
}

/** A single message that has to be told when the rounds of a loop are used up, as the hint says it. */
function toldInElse({ file }: Open, { hint = "", span }: Diagnostic): readonly Fix[] {
  const found = /: add `(\w+ -> \w+: \w+\(\))` at the beginning of the `else` of `loop (\w+)`\.$/.exec(hint);
  const [, message = "", name = ""] = found ?? [];
  const tree = choreographyAt(file.tree, span);
  const loops = tree === null ? [] : statementsIn(tree.body).filter((statement) => statement.kind === "loop");
  const named = loops.filter((loop) => loop.name.text === name);
  const [loop] = named;
  if (found === null || loop === undefined || named.length > 1) return [];
  const title = `Add \`${message}\` to the \`else\` of \`loop ${name}\``;
  const at = loop.otherwise === null ? loop.body.span.end : loop.otherwise.span.start + 1;
  const text = loop.otherwise === null ? ` else {\n  ${message}\n}` : `\n  ${message}`;
  return [{ title, edits: [{ span: { start: at, end: at }, text }] }];
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

function choreographyAt(tree: Open["file"]["tree"], { start }: Span): ChoreographyTree | null {
  const found = tree.declarations.find(
    (each): each is ChoreographyTree => each.kind === "choreography" && holds(each.span, start),
  );
  return found ?? null;
}

/** An element of a list with the comma that separates it. */
function withComma(text: string, { start, end }: Span): Span {
  const before = /,\s*$/.exec(text.slice(Math.max(0, start - 200), start))?.[0].length;
  if (before !== undefined) return { start: start - before, end };
  const behind = /^\s*,\s*/.exec(text.slice(end, end + 200))?.[0].length ?? 0;
  return { start, end: end + behind };
}

/** With its indentation and line break, if nothing else stands on its lines. */
function wholeLines(text: string, { start, end }: Span): Span {
  const indentation = indentationAt(text, start).length;
  const line = Math.max(text.lastIndexOf("\n", start - 1), text.lastIndexOf("\r", start - 1)) + 1;
  const rest = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(end, end + 1_000))?.[0];
  if (line + indentation !== start || rest === undefined) return { start, end };
  return { start: line, end: end + rest.length };
}
