// The symbol of a key, in this file or another, and everywhere that it is written. In: keys of occurrences. Out: symbols
// and places. Other files are looked at only as far as they are needed.

import type { Index } from "./index.js";
import type { Occurrence, Sym } from "./builder.js";
import type { FileView } from "./files.js";
import type { Workspace } from "./workspace.js";

export interface Found {
  readonly symbol: Sym;
  readonly file: FileView;
}

/** The symbol of a key; null for what is built in or cannot be found. */
export function symbolOf(workspace: Workspace, index: Index, key: string): Found | null {
  const own = index.symbols.get(key);
  if (own !== undefined) return { symbol: own, file: index.file };
  const uri = key.slice(0, key.lastIndexOf("#"));
  for (const { from } of index.file.tree.imports) {
    const file = workspace.imported(index.file, from.value);
    if (file?.uri !== uri) continue;
    const symbol = workspace.index(file).symbols.get(key);
    if (symbol !== undefined) return { symbol, file };
  }
  const file = workspace.files().find((each) => each.uri === uri);
  const symbol = file === undefined ? undefined : workspace.index(file).symbols.get(key);
  return file === undefined || symbol === undefined ? null : { symbol, file };
}

export interface Place {
  readonly file: FileView;
  readonly occurrence: Occurrence;
}

/** All places of a key, this file's first. A part of a choreography is only looked for where it can be. */
export function placesOf(workspace: Workspace, index: Index, key: string): readonly Place[] {
  const name = lastName(key);
  const others = workspace.files().filter((file) => file !== index.file && file.uri !== index.file.uri);
  const possible = others.filter((file) => file.text.includes(name));
  return [index, ...possible.map((file) => workspace.index(file))].flatMap(({ file, occurrences }) =>
    occurrences.filter((each) => each.key === key).map((occurrence) => ({ file, occurrence })),
  );
}

/** The name that a key ends with, as some place has to write it; of a value that follows from a label, a part of it. */
function lastName(key: string): string {
  const name = /([A-Za-z_]\w*)(?:@\d+)?$/.exec(key)?.[1] ?? "";
  return key.includes("/value/") ? "" : name;
}
