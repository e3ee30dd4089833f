// A generated module as plain data: what the emitter says, before anything is text. `print.ts` makes a file of it.

/** One file to be generated. */
export interface GeneratedModule {
  /** Relative to the output folder, forward slashes. */
  readonly path: string;
  /** The first line of the file, a comment. */
  readonly header: string;
  /** Further lines of the comment, under the mark. */
  readonly comment: readonly string[];
  /** What may be imported, beside `chor`; what the module does not name is left out. */
  readonly imports: readonly ImportFrom[];
  readonly declarations: readonly Declaration[];
}

/** Names of another module. */
export interface ImportFrom {
  readonly from: string;
  readonly names: readonly string[];
}

export type Declaration =
  InterfaceDeclaration | AliasDeclaration | ConstDeclaration | FunctionDeclaration | ExportDeclaration;

/** A doc comment; none: an empty list. `text.ts` makes them. */
export type Docs = readonly { readonly description: string }[];

export interface InterfaceDeclaration {
  readonly kind: "interface";
  readonly name: string;
  readonly extends?: string;
  readonly docs: Docs;
  readonly properties: readonly PropertyDeclaration[];
  readonly methods?: readonly MethodDeclaration[];
}

/** Readonly. */
export interface PropertyDeclaration {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly docs: Docs;
}

export interface MethodDeclaration {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly returns: string;
  readonly docs: Docs;
}

export interface Parameter {
  readonly name: string;
  readonly type: string;
}

export interface AliasDeclaration {
  readonly kind: "alias";
  readonly name: string;
  readonly parameters?: readonly string[];
  readonly type: string;
  readonly docs: Docs;
}

export interface ConstDeclaration {
  readonly kind: "const";
  readonly name: string;
  readonly type: string | null;
  readonly value: string;
  readonly exported: boolean;
  readonly docs?: Docs;
}

/** Not exported. */
export interface FunctionDeclaration {
  readonly kind: "function";
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly returns: string;
  readonly statements: readonly string[];
  readonly docs: Docs;
}

/** `names` null: everything. `from` null: from this module. */
export interface ExportDeclaration {
  readonly kind: "export";
  readonly names: readonly string[] | null;
  readonly typeOnly: boolean;
  readonly from: string | null;
}

/** One generated file. */
export interface EmittedFile {
  /** Relative to the output folder, forward slashes. */
  readonly path: string;
  readonly text: string;
}
