// What is said about the name under the pointer: what it is in full, its doc comment, where a value comes from, what a
// role does. In: an open file, its analysis if there is one, and an offset. Out: Markdown, or null.

import type { Hover } from "vscode-languageserver";
import type { ChoreographyTree, InteractionTree } from "@chor/grammar";
import type { Analysis } from "./analysis.js";
import type { Occurrence, Sym } from "./builder.js";
import { occurrencesAt } from "./index.js";
import { KEYWORDS, METHODS, TYPES } from "./keywords.js";
import { scan } from "./scan.js";
import { shownShape } from "./shapes.js";
import { symbolOf } from "./symbol.js";
import { holds } from "../mends/edits.js";
import { rangeOf } from "./text.js";
import { interactionsIn } from "./walk.js";
import type { Workspace, Open } from "./workspace.js";

/** Longer declarations are cut. */
const maxLines = 40;
const maxPlaces = 12;

/** Takes an open file, its analysis if there is one, and an offset; gives what is said there, null if nothing is. */
export function hover(workspace: Workspace, open: Open, analysis: Analysis | null, offset: number): Hover | null {
  const [occurrence] = occurrencesAt(open.index, offset);
  if (occurrence === undefined) return hoverOfWord(open, offset);
  const symbol = symbolOf(workspace, open.index, occurrence.key);
  const parts = symbol === null ? builtIn(occurrence) : told(workspace, open, analysis, symbol, occurrence);
  if (parts.length === 0) return null;
  return {
    contents: { kind: "markdown", value: parts.join("\n\n") },
    range: rangeOf(open.text, occurrence.span),
  };
}

function told(
  workspace: Workspace,
  open: Open,
  analysis: Analysis | null,
  { symbol, file }: { readonly symbol: Sym; readonly file: Open["file"] },
  { span, key }: Occurrence,
): readonly string[] {
  const source = file.text.slice(symbol.whole.start, symbol.whole.end);
  const from = file.uri === open.file.uri ? [] : [`From \`${fileName(workspace.uriOf(file))}\`.`];
  const doc = symbol.doc === "" ? [] : [symbol.doc];
  switch (symbol.kind) {
    case "artifact":
    case "contract":
      return [code(cut(source)), ...doc, ...from];
    case "choreography":
      return [code(headOf(file.text, symbol)), ...doc, ...from];
    case "role":
      return [code(symbol.detail), ...doc, ...roleParts(open, analysis, symbol)];
    case "value":
      return [
        code(`${symbol.name}: ${shownShape(symbol.shape)}`),
        ...doc,
        ...valueParts(file, symbol),
        ...knownBy(analysis, span.start, symbol),
      ];
    case "label":
      return [code(listed(symbol.bindings.map((tree) => oneLine(file.text, tree)))), ...doc];
    case "field":
      return [code(symbol.detail), ...doc, `Field of \`${ownerOf(key)}\`.`, ...from];
    default:
      return [code(symbol.detail), ...doc];
  }
}

// ---- values --------------------------------------------------------------------------------------------

function valueParts({ text }: Open["file"], { bindings, detail, name }: Sym): readonly string[] {
  if (bindings.length === 0) return detail === name ? [] : [`${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`];
  const parties = new Set(
    bindings.flatMap(({ from, to }) => [from.name.text, ...(to?.map(({ name }) => name.text) ?? ["everybody"])]),
  );
  const places = listed(bindings.map((tree) => oneLine(text, tree)));
  const shown = [...parties].map((role) => `\`${role}\``).join(", ");
  return [`Bound by\n${code(places)}`, `Between ${shown}.`];
}

/** Who is known by the checker to know the value where it is asked about. */
function knownBy(analysis: Analysis | null, offset: number, { name }: Sym): readonly string[] {
  const around = (analysis?.known ?? []).filter(({ span }) => holds(span, offset));
  const innermost = Math.max(...around.map(({ span }) => span.start));
  const here = around.filter(({ span, names }) => span.start === innermost && names.includes(name));
  const roles = [...new Set(here.map(({ role }) => `\`${role}\``))];
  return roles.length === 0 ? [] : [`Known here to ${roles.join(", ")}.`];
}

// ---- roles ---------------------------------------------------------------------------------------------

/** The local protocol if the checker has made one, else the messages that the role takes part in. */
function roleParts({ file }: Open, analysis: Analysis | null, symbol: Sym): readonly string[] {
  const tree = file.tree.declarations.find(
    (each): each is ChoreographyTree => each.kind === "choreography" && holds(each.span, symbol.span.start),
  );
  if (tree === undefined) return [];
  const protocol = analysis?.protocols.find(
    ({ choreography, role }) => choreography === tree.name.text && role === symbol.name,
  );
  if (protocol !== undefined) {
    const lines = protocol.lines.slice(0, maxLines);
    const more = protocol.lines.length > maxLines ? ["…"] : [];
    return [
      `Its part of \`${tree.name.text}\` (\`!\` sends, \`?\` receives):`,
      code([...lines, ...more].join("\n"), "text"),
    ];
  }
  const own = interactionsIn(tree.body).filter(
    ({ from, to }) => from.name.text === symbol.name || (to?.some(({ name }) => name.text === symbol.name) ?? true),
  );
  if (own.length === 0) return [`It takes part in no interaction of \`${tree.name.text}\`.`];
  return [`Takes part in`, code(listed(own.map((each) => oneLine(file.text, each))))];
}

// ---- words ---------------------------------------------------------------------------------------------

function hoverOfWord({ text, file }: Open, offset: number): Hover | null {
  const pieces = scan(file.text, offset + 1).filter(({ kind }) => kind !== "comment");
  const at = pieces.findLastIndex((piece) => piece.kind === "word" && holds(piece, offset));
  const piece = pieces[at];
  if (piece === undefined) return null;
  const before = pieces[at - 1]?.text;
  const said =
    before === "."
      ? METHODS.get(piece.text)
      : (KEYWORDS.get(piece.text) ??
        (before === ":" || before === "|" || before === "=" ? TYPES.get(piece.text) : undefined));
  if (said === undefined) return null;
  const contents = { kind: "markdown" as const, value: `${code(piece.text)}\n\n${said}` };
  return { contents, range: rangeOf(text, piece) };
}

function builtIn({ key }: Occurrence): readonly string[] {
  return key.endsWith("#failure") ? [code("failure: { reason, report? }"), KEYWORDS.get("failure") ?? ""] : [];
}

// ---- text ----------------------------------------------------------------------------------------------

/** An interaction without its clauses, on one line. */
export function oneLine(text: string, { span, message, as }: InteractionTree): string {
  const end = Math.max(message.span.end, as?.name.span.end ?? 0);
  return `${text.slice(span.start, end).replace(/\s+/g, " ")}${as?.collects === true ? "[]" : ""}`;
}

function headOf(text: string, { whole }: Sym): string {
  const source = text.slice(whole.start, whole.end);
  const body = source.indexOf("{");
  return (body < 0 ? source : source.slice(0, body)).trim();
}

function listed(lines: readonly string[]): string {
  const more = lines.length > maxPlaces ? [`… ${lines.length - maxPlaces} more`] : [];
  return [...lines.slice(0, maxPlaces), ...more].join("\n");
}

function cut(source: string): string {
  const lines = source.split("\n");
  return lines.length > maxLines ? [...lines.slice(0, maxLines), "…"].join("\n") : source;
}

/** A fence that the text cannot close. */
function code(text: string, language = "chor"): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function ownerOf(key: string): string {
  const path = key.slice(key.lastIndexOf("#") + 1);
  return path.slice(0, path.lastIndexOf("."));
}

function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1));
}
