// The documents that a client has open, over the files on disk, with their trees and names. In: what the client opens,
// changes and closes. Out: immutable documents; indexes, made when they are asked for and kept while they are true.

import { fileURLToPath, pathToFileURL } from "node:url";
import { dirname } from "node:path";
import { parse } from "@chor/grammar";
import type { Diagnostic } from "@chor/grammar";
import { STANDARD } from "../modules/specifier.js";
import { disk } from "./disk.js";
import { indexOf } from "./index.js";
import type { Index } from "./index.js";
import { changed, textOf } from "./text.js";
import type { FileView, World } from "./files.js";
import type { Change, Encoding, Text } from "./text.js";

/** One version of an open document. */
export interface Document {
  /** As the client spells it. */
  readonly uri: string;
  readonly version: number;
  readonly text: Text;
  /** Parsed when it is first needed. */
  readonly view: () => FileView;
  /** What the parser has to say. */
  readonly faults: () => readonly Diagnostic[];
}

/** A file, its names, and how its client counts: what the features of the server work on. */
export interface Open {
  readonly file: FileView;
  readonly text: Text;
  readonly index: Index;
  readonly world: World;
}

export interface Workspace extends World {
  readonly open: (uri: string, version: number, text: string) => Document;
  /** null if the document is not open. */
  readonly change: (uri: string, version: number, changes: readonly Change[]) => Document | null;
  readonly close: (uri: string) => void;
  readonly document: (uri: string) => Document | null;
  readonly documents: () => readonly Document[];
  readonly setFolders: (uris: readonly string[]) => void;
  readonly index: (file: FileView) => Index;
  /** All files of the workspace: open ones as they are in the editor, the others as they are on disk. */
  readonly files: () => readonly FileView[];
  /** How a client spells the URI of a file. */
  readonly uriOf: (file: FileView) => string;
  readonly textOf: (file: FileView) => Text;
}

interface Indexed {
  readonly index: Index;
  /** What the imports have led to. */
  readonly imports: ReadonlyMap<string, FileView | null>;
}

/** An empty workspace, whose client counts characters in `encoding`. */
export function workspace(encoding: Encoding): Workspace {
  const documents = new Map<string, Document>();
  const indexes = new WeakMap<FileView, Indexed>();
  let roots: readonly string[] = [];
  const files = disk(() => (roots.length > 0 ? roots : foldersOf([...documents.values()])));

  const imported: World["imported"] = (file, path) => {
    if (path === STANDARD) return files.standard();
    const uri = resolved(file.uri, path);
    if (uri === null) return null;
    const open = documents.get(uri);
    if (open !== undefined) return open.view();
    const place = pathOf(uri);
    return place === null ? null : files.read(place);
  };

  const self: Workspace = {
    imported,
    open: (uri, version, text) => keep(documentOf(uri, version, textOf(text, encoding))),
    change: (uri, version, changes) => {
      const before = documents.get(keyOf(uri));
      return before === undefined ? null : keep(documentOf(before.uri, version, changed(before.text, changes)));
    },
    close: (uri) => void documents.delete(keyOf(uri)),
    document: (uri) => documents.get(keyOf(uri)) ?? null,
    documents: () => [...documents.values()],
    setFolders: (uris) => {
      roots = uris.flatMap((uri) => pathOf(uri) ?? []);
    },
    index: (file) => {
      const known = indexes.get(file);
      if (known !== undefined && [...known.imports].every(([path, other]) => imported(file, path) === other))
        return known.index;
      const imports = new Map<string, FileView | null>();
      const noting: World = {
        imported: (from, path) => {
          const other = imported(from, path);
          if (from === file) imports.set(path, other);
          return other;
        },
      };
      const index = indexOf(noting, file);
      indexes.set(file, { index, imports });
      return index;
    },
    files: () => {
      const open = [...documents.values()].map((document) => document.view());
      const known = new Set(open.map(({ uri }) => uri));
      const others = files
        .list()
        .flatMap((path) => (known.has(pathToFileURL(path).href) ? [] : (files.read(path) ?? [])));
      return [...open, ...others];
    },
    uriOf: ({ uri }) => documents.get(uri)?.uri ?? uri,
    textOf: (file) => {
      const document = documents.get(file.uri);
      return document !== undefined && document.text.text === file.text ? document.text : textOf(file.text, encoding);
    },
  };
  return self;

  function keep(document: Document): Document {
    documents.set(keyOf(document.uri), document);
    return document;
  }
}

function documentOf(uri: string, version: number, text: Text): Document {
  let parsed: { readonly view: FileView; readonly faults: readonly Diagnostic[] } | null = null;
  const read = () => {
    if (parsed === null) {
      const { tree, diagnostics } = parse({ file: pathOf(uri) ?? uri, text: text.text });
      parsed = { view: { uri: keyOf(uri), text: text.text, tree }, faults: diagnostics };
    }
    return parsed;
  };
  return { uri, version, text, view: () => read().view, faults: () => read().faults };
}

/** One spelling for all URIs of a file: clients escape differently. */
export function keyOf(uri: string): string {
  const path = pathOf(uri);
  return path === null ? uri : pathToFileURL(path).href;
}

/** The path of a `file:` URI; null for any other, or one that is none. */
export function pathOf(uri: string): string | null {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : null;
  } catch {
    return null;
  }
}

/** A relative path as an import writes it, from the file that writes it. */
function resolved(uri: string, path: string): string | null {
  if (!path.startsWith("./") && !path.startsWith("../")) return null;
  try {
    return keyOf(new URL(path.split("/").map(encodeURIComponent).join("/"), uri).href);
  } catch {
    return null;
  }
}

function foldersOf(documents: readonly Document[]): readonly string[] {
  const folders = documents.flatMap(({ uri }) => {
    const path = pathOf(uri);
    return path === null ? [] : [dirname(path)];
  });
  return [...new Set(folders)];
}
