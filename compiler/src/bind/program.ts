// The bound and typed program: what a `.chor` file means. Every name is resolved, every payload has a type,
// every interaction knows what it binds. It is still shaped like the source: sugar goes in the next stage.

import type { Source, Span } from "@chor/grammar";

export interface Program {
  readonly source: Source;
  readonly artifacts: readonly Artifact[];
  readonly choreographies: readonly Choreography[];
}

// ---- types ---------------------------------------------------------------------------------------------

export interface Artifact {
  readonly name: string;
  readonly doc: string;
  readonly type: RecordType;
  readonly span: Span;
}

export type Type =
  StringType | IntegerType | NumberType | BooleanType | LiteralsType | ListType | RecordType | ReferenceType;

/** `min` and `max` count code points; given or default, so every string is bounded. */
export interface StringType {
  readonly kind: "string";
  readonly min: number;
  readonly max: number;
  /** The source of a regular expression (flag `u`), which must match somewhere; null: none. */
  readonly pattern: string | null;
}

/** `int`: a safe integer. Bounds are inclusive; the default is the whole range of safe integers. */
export interface IntegerType {
  readonly kind: "int";
  readonly min: number;
  readonly max: number;
}

/** `number`: finite. Bounds are inclusive; null: none. */
export interface NumberType {
  readonly kind: "number";
  readonly min: number | null;
  readonly max: number | null;
}

export interface BooleanType {
  readonly kind: "boolean";
}

/** `"low" | "high"`, `1 | 2`: one of these values, in the order of the source, without doubles. */
export interface LiteralsType {
  readonly kind: "literals";
  readonly values: readonly (string | number | boolean)[];
}

export interface ListType {
  readonly kind: "list";
  readonly item: Type;
  readonly min: number;
  readonly max: number;
}

/** A closed record. */
export interface RecordType {
  readonly kind: "record";
  readonly fields: readonly Field[];
}

export interface Field {
  readonly name: string;
  readonly doc: string;
  readonly optional: boolean;
  readonly type: Type;
}

/** An artifact of the same file, by name. */
export interface ReferenceType {
  readonly kind: "reference";
  readonly artifact: string;
}

// ---- choreographies ------------------------------------------------------------------------------------

export interface Choreography {
  readonly name: string;
  readonly doc: string;
  /** In the order of the source. */
  readonly roles: readonly string[];
  readonly body: Block;
  /** All interactions, each once, in the order of the source; `Interaction.index` points here. */
  readonly interactions: readonly Interaction[];
  readonly span: Span;
}

export interface Block {
  readonly statements: readonly Statement[];
  readonly span: Span;
}

export type Statement = InteractionStatement | Choice | Loop | Jump;

export interface InteractionStatement {
  readonly kind: "interaction";
  readonly interaction: Interaction;
  readonly span: Span;
}

export interface Interaction {
  readonly index: number;
  /** How it is called outside the source: its label, with `#2`, `#3` from the second of that label on. */
  readonly id: string;
  readonly doc: string;
  readonly from: string;
  /** One or several, in the order of the source; `*` is spelt out (roles in declaration order). */
  readonly to: readonly string[];
  readonly label: string;
  readonly payload: Payload;
  /** The name under which the payload is known from here on, and the handler's key; null: it carries nothing. */
  readonly binds: string | null;
  /** The handler's key: `binds`, or the label in lower camel where it carries nothing. */
  readonly handler: string;
  /** The interaction as the source has it, on one line. */
  readonly text: string;
  readonly span: Span;
}

export type Payload =
  | { readonly kind: "none" }
  /** The sender's agent is asked for it. */
  | { readonly kind: "asked"; readonly type: ReferenceType }
  /** The sender's endpoint passes on what it knows: `name` or `name.field.field`. `path` is empty for the whole. */
  | {
      readonly kind: "forwarded";
      readonly name: string;
      readonly path: readonly string[];
      readonly type: Type;
      readonly span: Span;
    };

export interface Choice {
  readonly kind: "choice";
  readonly doc: string;
  /** The handler's key: as written, or the labels joined (`approveOrRevise`). */
  readonly name: string;
  readonly at: string;
  readonly branches: readonly Block[];
  readonly span: Span;
  /** `choice verdict at Reviewer`: the head alone. */
  readonly headSpan: Span;
}

export interface Loop {
  readonly kind: "loop";
  readonly name: string;
  /** null: not counted. */
  readonly max: number | null;
  readonly body: Block;
  readonly otherwise: Block | null;
  readonly span: Span;
  readonly headSpan: Span;
}

export interface Jump {
  readonly kind: "break" | "continue";
  readonly loop: string;
  readonly span: Span;
}
