// What an index is made of, and how names are put into it. In: names, their places and what they mean. Out: symbols and
// occurrences, in the builder that the visitors of the parts of a tree share.

import { lowerCamel } from "@chor/grammar";
import type { InteractionTree, Name, Span } from "@chor/grammar";
import { declared } from "./files.js";
import type { FileView, World } from "./files.js";
import type { Shape } from "./shapes.js";

export type SymbolKind =
  | "artifact"
  | "contract"
  | "choreography"
  | "typeParameter"
  | "role"
  | "label"
  | "value"
  | "parameter"
  | "field"
  | "loop"
  | "choice";

/** Something that has a name and is declared in this file. */
export interface Sym {
  /** The same wherever it is referred to, in other files, too. */
  readonly key: string;
  readonly kind: SymbolKind;
  readonly name: string;
  /** Where it is named first. */
  readonly span: Span;
  /** All of its declaration. */
  readonly whole: Span;
  /** Where it may be referred to. */
  readonly scope: Span;
  readonly doc: string;
  /** What it is, on one line of source: `role Coder[1..8]`. */
  readonly detail: string;
  /** Of values; null where it is not evident. */
  shape: Shape | null;
  /** Of values and labels: the interactions that bind or have it, in the order of the source. */
  readonly bindings: InteractionTree[];
}

export interface Occurrence {
  readonly span: Span;
  readonly key: string;
  readonly kind: SymbolKind;
  /** `bind`: a message that gives a value its name. */
  readonly access: "declare" | "bind" | "use";
  /** The value's name is not written here, but follows from the label that is. */
  readonly implicit: boolean;
  /** `{ opinions }`: one word is a field and a value. */
  readonly shorthand: "field" | "value" | null;
}

/** What the visitors of the parts of a tree write to. */
export interface Builder {
  readonly world: World;
  readonly file: FileView;
  readonly symbols: Map<string, Sym>;
  readonly occurrences: Occurrence[];
  /** Hears of every field that an expression asks for, and of what. */
  readonly probe: Probe;
}

export type Probe = (field: Name, of: Shape | null) => void;

/** Notes that a name is written somewhere. */
export function occur(
  { occurrences }: Builder,
  span: Span,
  key: string,
  kind: SymbolKind,
  access: Occurrence["access"] = "use",
  more: Partial<Pick<Occurrence, "implicit" | "shorthand">> = {},
): void {
  occurrences.push({ span, key, kind, access, implicit: more.implicit ?? false, shorthand: more.shorthand ?? null });
}

export interface Definition extends Omit<Sym, "name" | "span" | "shape" | "bindings"> {
  readonly name: Name;
  readonly shape?: Shape | null;
}

/** Notes a symbol and that it is declared where its name stands; a second one of the same key is only written again. */
export function define(builder: Builder, definition: Definition): Sym {
  // Member by member: a spread costs as much as everything else that is done for a name.
  const { name, key, kind, whole, scope, doc, detail, shape = null } = definition;
  const known = builder.symbols.get(key);
  occur(builder, name.span, key, kind, "declare");
  if (known !== undefined) return known;
  const symbol: Sym = { key, kind, name: name.text, span: name.span, whole, scope, doc, detail, shape, bindings: [] };
  builder.symbols.set(key, symbol);
  return symbol;
}

/** Refers to something at the top of a file by its name; nothing where it is unknown. */
export function refer(builder: Builder, name: Name): boolean {
  const found = declared(builder.world, builder.file, name.text);
  if (found === null) return false;
  occur(builder, name.span, found.key, found.tree.kind);
  return true;
}

/** The key of a part of a choreography. */
export function partKey(
  owner: string,
  part: "role" | "type" | "value" | "label" | "loop" | "choice",
  name: string,
): string {
  return `${owner}/${part}/${name}`;
}

/** The name that a message has in its own clauses when it is collected. */
export function ownName({ message }: InteractionTree): string {
  return lowerCamel(message.label.text);
}
