// Who is called what, and where: the names of a file as an editor asks for them, for the whole grammar and for files
// with errors. In: a file and the world around it. Out: symbols, and every place at which one is written.

import type { ContractTree, DeclarationTree } from "@chor/grammar";
import { define, occur } from "./builder.js";
import type { Builder, Occurrence, Probe, Sym } from "./builder.js";
import { declared, importedNames, topKey } from "./files.js";
import type { FileView, World } from "./files.js";
import { visitChoreography } from "./index-choreography.js";
import { visitConditions, visitFields, visitType } from "./index-types.js";
import { fieldOf } from "./shapes.js";
import type { Shape } from "./shapes.js";

export interface Index {
  readonly file: FileView;
  readonly symbols: ReadonlyMap<string, Sym>;
  /** Sorted by place; of several at one place the most telling comes first. */
  readonly occurrences: readonly Occurrence[];
}

/** What else an index may be asked for: a part of a file only, and what its expressions ask for. */
export interface Asked {
  readonly declarations?: readonly DeclarationTree[];
  readonly probe?: Probe;
}

/** Indexes a file. Linear in its size, but for a sort. */
export function indexOf(world: World, file: FileView, asked: Asked = {}): Index {
  const { declarations = file.tree.declarations, probe = () => {} } = asked;
  const builder: Builder = { world, file, symbols: new Map(), occurrences: [], probe };
  visitImports(builder);
  for (const tree of declarations) {
    const key = topKey(file.uri, tree.name.text);
    const sort = tree.kind === "artifact" && tree.open ? "open artifact" : tree.kind;
    define(builder, {
      key,
      kind: tree.kind,
      name: tree.name,
      whole: tree.span,
      scope: file.tree.span,
      doc: tree.doc,
      detail: `${sort} ${tree.name.text}`,
    });
    if (tree.kind === "contract") visitContract(builder, tree, key);
    else if (tree.kind === "choreography") visitChoreography(builder, tree, key);
    else if (tree.body.kind === "alias") visitType(builder, tree.body.type, null, key);
    else if (tree.body.kind === "record") {
      const { fields, invariants } = tree.body;
      visitFields(builder, fields, null, key);
      const shape: Shape = { kind: "record", file, owner: key, name: tree.name.text, fields };
      const names = new Map(
        fields.map((field) => {
          const fieldKey = `${key}.${field.name.text}`;
          return [
            field.name.text,
            { key: fieldKey, kind: "field" as const, shape: fieldOf(world, shape, field.name.text)?.shape ?? null },
          ];
        }),
      );
      visitConditions(builder, invariants, { names, parent: null });
    }
  }
  return { file, symbols: builder.symbols, occurrences: builder.occurrences.sort(byPlace) };
}

/** The occurrences that an offset touches, the most telling first. */
export function occurrencesAt({ occurrences }: Index, offset: number): readonly Occurrence[] {
  let low = 0;
  let high = occurrences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((occurrences[middle]?.span.end ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  const found: Occurrence[] = [];
  for (let at = low; (occurrences[at]?.span.start ?? Infinity) <= offset; at++) {
    const occurrence = occurrences[at];
    if (occurrence !== undefined && occurrence.span.end >= offset) found.push(occurrence);
  }
  // Between two names that touch, the one that begins here is meant.
  const begins = found.filter(({ span }) => span.end > offset);
  return begins.length > 0 ? begins : found;
}

function visitImports(builder: Builder): void {
  for (const { name, local } of importedNames(builder.file.tree)) {
    const found = declared(builder.world, builder.file, local.text);
    if (found === null || found.file === builder.file) continue;
    occur(builder, name.span, found.key, found.tree.kind);
    if (local !== name) occur(builder, local.span, found.key, found.tree.kind);
  }
}

function visitContract(builder: Builder, tree: ContractTree, key: string): void {
  const names = new Map(
    tree.parameters.map(({ name, type, span }) => {
      const own = `${key}/value/${name.text}`;
      const shape = visitType(builder, type, null, own);
      const detail = builder.file.text.slice(span.start, span.end);
      define(builder, { key: own, kind: "parameter", name, whole: span, scope: tree.span, doc: "", detail, shape });
      return [name.text, { key: own, kind: "parameter" as const, shape }];
    }),
  );
  visitConditions(builder, tree.requires ?? [], { names, parent: null });
}

function byPlace(a: Occurrence, b: Occurrence): number {
  return a.span.start - b.span.start || a.span.end - b.span.end;
}
