// The files that imports, schemas and TypeScript types name. In: an open file. Out: links that an editor can follow, and
// the paths that an import could name.

import type { DocumentLink } from "vscode-languageserver";
import type { Text as Literal } from "@chor/grammar";
import type { FileView } from "./files.js";
import { rangeOf } from "./text.js";
import type { Open, Workspace } from "./workspace.js";

/** Takes an open file; gives links for all relative paths in it. */
export function documentLinks({ file, text }: Open): DocumentLink[] {
  const paths: Literal[] = [
    ...file.tree.imports.map(({ from }) => from),
    ...file.tree.declarations.flatMap((each) =>
      each.kind === "artifact" && (each.body.kind === "schema" || each.body.kind === "typescript")
        ? [each.body.path]
        : [],
    ),
  ];
  return paths.flatMap(({ value, span }) => {
    const target = targetOf(file.uri, value);
    const inside = { start: span.start + 1, end: Math.max(span.start + 1, span.end - 1) };
    return target === null ? [] : [{ range: rangeOf(text, inside), target }];
  });
}

/** The other files of the workspace, as an import in `file` would name them. */
export function pathsFrom(workspace: Workspace, file: FileView): readonly string[] {
  return workspace.files().flatMap(({ uri }) => (uri === file.uri ? [] : (relativePath(file.uri, uri) ?? [])));
}

/** How `to` is named in an import of `from`; null where they have no common root. */
export function relativePath(from: string, to: string): string | null {
  const [base, target] = [from.split("/"), to.split("/")];
  let same = 0;
  while (same < base.length - 1 && same < target.length - 1 && base[same] === target[same]) same++;
  if (same < 3) return null;
  const up = base.length - 1 - same;
  const steps = target.slice(same).map(decodeURIComponent);
  return `${up === 0 ? "./" : "../".repeat(up)}${steps.join("/")}`;
}

/** What stands behind `#` names something in the file. */
function targetOf(uri: string, path: string): string | null {
  if (!uri.startsWith("file:") || !/^\.{1,2}\//.test(path)) return null;
  try {
    return new URL((path.split("#")[0] ?? "").split("/").map(encodeURIComponent).join("/"), uri).href;
  } catch {
    return null;
  }
}
