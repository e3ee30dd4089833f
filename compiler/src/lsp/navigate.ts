// Where a name comes from and where it is used. In: an open file and an offset. Out: locations; highlights in the file.

import { DocumentHighlightKind } from "vscode-languageserver";
import type { DocumentHighlight, Location, LocationLink } from "vscode-languageserver";
import type { Occurrence } from "./builder.js";
import { occurrencesAt } from "./index.js";
import { placesOf, symbolOf } from "./symbol.js";
import type { Place } from "./symbol.js";
import { holds } from "../mends/edits.js";
import { rangeOf } from "./text.js";
import type { Open, Workspace } from "./workspace.js";

/** All places that the name at an offset is declared at: of a value, every message that binds it. */
export function definition(workspace: Workspace, open: Open, offset: number): LocationLink[] | null {
  const link = importAt(open, offset);
  if (link !== null) return importTarget(workspace, open, link);
  const [occurrence] = occurrencesAt(open.index, offset);
  if (occurrence === undefined) return null;
  const found = symbolOf(workspace, open.index, occurrence.key);
  if (found === null) return null;
  const { symbol, file } = found;
  const text = workspace.textOf(file);
  const places = workspace
    .index(file)
    .occurrences.filter(({ key, access }) => key === symbol.key && access === "bind")
    .map(({ span }) => span);
  const targets = symbol.kind === "value" && places.length > 0 ? places : [symbol.span];
  return targets.map((span) => ({
    originSelectionRange: rangeOf(open.text, occurrence.span),
    targetUri: workspace.uriOf(file),
    targetRange: rangeOf(text, targets.length === 1 ? around(symbol.whole, span) : span),
    targetSelectionRange: rangeOf(text, span),
  }));
}

/** Everywhere that the name at an offset is written, in all files of the workspace. */
export function references(workspace: Workspace, open: Open, offset: number, declaration: boolean): Location[] | null {
  const [occurrence] = occurrencesAt(open.index, offset);
  if (occurrence === undefined) return null;
  return placesOf(workspace, open.index, occurrence.key)
    .filter((place) => declaration || place.occurrence.access === "use")
    .map((place) => locationOf(workspace, place));
}

/** Everywhere that the name at an offset is written in this file. */
export function highlights(open: Open, offset: number): DocumentHighlight[] | null {
  const [occurrence] = occurrencesAt(open.index, offset);
  if (occurrence === undefined) return null;
  return open.index.occurrences
    .filter(({ key }) => key === occurrence.key)
    .map(({ span, access }: Occurrence) => ({
      range: rangeOf(open.text, span),
      kind: access === "use" ? DocumentHighlightKind.Read : DocumentHighlightKind.Write,
    }));
}

function locationOf(workspace: Workspace, { file, occurrence }: Place): Location {
  return { uri: workspace.uriOf(file), range: rangeOf(workspace.textOf(file), occurrence.span) };
}

type Import = Open["file"]["tree"]["imports"][number];

function importAt({ file }: Open, offset: number): Import | null {
  return file.tree.imports.find(({ from }) => holds(from.span, offset)) ?? null;
}

function importTarget(workspace: Workspace, open: Open, { from }: Import): LocationLink[] | null {
  const file = workspace.imported(open.file, from.value);
  if (file === null) return null;
  const start = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const originSelectionRange = rangeOf(open.text, from.span);
  return [{ originSelectionRange, targetUri: workspace.uriOf(file), targetRange: start, targetSelectionRange: start }];
}

/** The protocol wants the selection inside of the whole. */
function around(whole: { readonly start: number; readonly end: number }, span: Occurrence["span"]) {
  return whole.start <= span.start && span.end <= whole.end ? whole : span;
}
