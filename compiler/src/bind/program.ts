// The bound and typed program: what a `.chor` file means. Every name is resolved, every expression has a type,
// every interaction knows what it binds. It is still shaped like the source: sugar goes in the next stage.

import type { BinaryOperator, Source, Span } from "@chor/grammar";

export interface Program {
  readonly source: Source;
  /** Those of this file, in the order of the source. */
  readonly artifacts: readonly Artifact[];
  readonly contracts: readonly Contract[];
  readonly choreographies: readonly Choreography[];
  /** Names that it declares, but with errors: whoever imports them is told nothing more. */
  readonly broken: readonly string[];
  /** What the file imports, under the name that it has here. */
  readonly imports: readonly Import[];
  /** Artifacts of other files that the types here lead to, imported or not: references find theirs here. */
  readonly otherArtifacts: readonly Artifact[];
}

export interface Import {
  /** The name in this file: that of the declaration, or what stands behind `as`. */
  readonly name: string;
  readonly declaration: Declaration;
  readonly span: Span;
}

/** What the top of a file declares and another file may import. */
export type Declaration =
  | { readonly kind: "artifact"; readonly artifact: Artifact }
  | { readonly kind: "contract"; readonly contract: Contract }
  | { readonly kind: "choreography"; readonly choreography: Choreography };

// ---- types ---------------------------------------------------------------------------------------------

export interface Artifact {
  readonly name: string;
  /** The file that declares it. */
  readonly source: Source;
  readonly doc: string;
  /** `open artifact`: fields that are not declared are let through. */
  readonly open: boolean;
  /** A record, a union of artifacts, or any other type (`artifact Name = type`); `foreign` where it stands elsewhere. */
  readonly type: Type;
  readonly invariants: readonly Condition[];
  /** The most bytes that its canonical JSON takes, as UTF-8; null where it is not bounded (a foreign type). */
  readonly bytes: number | null;
  readonly span: Span;
  readonly nameSpan: Span;
}

export type Type =
  | StringType
  | IntegerType
  | NumberType
  | BooleanType
  | LiteralsType
  | FormatType
  | JsonType
  | DurationType
  | DigestType
  | ListType
  | MapType
  | RecordType
  | ReferenceType
  | UnionType
  | NullableType
  | NullType
  | ParameterType
  | ForeignType;

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

/** A string of a given form. `min` and `max` count code points (of `bytes`: the bytes, not their Base64 text). */
export interface FormatType {
  readonly kind: "format";
  readonly format: "uuid" | "datetime" | "url" | "path" | "bytes" | "typescript";
  readonly min: number;
  readonly max: number;
}

/** Any JSON value; `max` bytes of canonical text. */
export interface JsonType {
  readonly kind: "json";
  readonly max: number;
}

/** `duration`: of a parameter and of literals such as `20m`; milliseconds. No field has it. */
export interface DurationType {
  readonly kind: "duration";
}

/** `digest<T>`; `of` is null for plain `digest`, of anything. */
export interface DigestType {
  readonly kind: "digest";
  readonly of: Type | null;
}

export interface ListType {
  readonly kind: "list";
  readonly item: Type;
  readonly min: number;
  readonly max: number;
}

/** `map<T>`: from strings (at most 256 code points) to `T`. */
export interface MapType {
  readonly kind: "map";
  readonly value: Type;
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
  readonly span: Span;
}

/** An artifact, of this file or another. Two references mean the same iff `artifact` and `file` are the same. */
export interface ReferenceType {
  readonly kind: "reference";
  /** As it is declared, whatever it is called where it is imported. */
  readonly artifact: string;
  readonly file: string;
}

/** `Approve | Revise`: artifacts, told apart on the wire by `label`. */
export interface UnionType {
  readonly kind: "union";
  readonly members: readonly ReferenceType[];
}

export interface NullableType {
  readonly kind: "nullable";
  /** Not itself nullable. */
  readonly of: Type;
}

/** The type of the expression `null`, and of nothing else. */
export interface NullType {
  readonly kind: "null";
}

/** The `T` of `choreography Agree<T>(…)`: some artifact. */
export interface ParameterType {
  readonly kind: "parameter";
  readonly name: string;
}

/** `schema "./x.schema.json"`, `type "./types.ts#X"`: the reference as it is written. Its fields are not known here. */
export interface ForeignType {
  readonly kind: "foreign";
  readonly by: "schema" | "typescript";
  readonly path: string;
}

// ---- contracts and expressions -------------------------------------------------------------------------

export interface Contract {
  readonly name: string;
  readonly source: Source;
  readonly doc: string;
  readonly parameters: readonly Value[];
  /** null: `external`, the host answers. */
  readonly requires: readonly Condition[] | null;
  /** The most steps that deciding it takes; null for an external one. */
  readonly steps: number | null;
  readonly span: Span;
  readonly nameSpan: Span;
}

/** A parameter: `module: Module`. */
export interface Value {
  readonly name: string;
  readonly type: Type;
  readonly span: Span;
}

/** What must be true, and what is said where it is not (null: nothing was written). */
export interface Condition {
  readonly expression: Expression;
  readonly message: string | null;
  /** The most steps that evaluating it takes: one for each operator, as often as it can run. */
  readonly steps: number;
  readonly span: Span;
}

/** A typed expression. It is total but for the refusals that SPEC.md names (division by zero, an index out of range). */
export type Expression = { readonly type: Type; readonly span: Span } & (
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  /** `Stall { name: spec.name }`: an artifact that is filled. Fields in the order of the source. */
  | {
      readonly kind: "record";
      readonly artifact: ReferenceType;
      readonly entries: readonly { readonly name: string; readonly value: Expression; readonly span: Span }[];
    }
  | { readonly kind: "field"; readonly of: Expression; readonly field: string; readonly fieldSpan: Span }
  | { readonly kind: "index"; readonly of: Expression; readonly index: Expression }
  | {
      readonly kind: "method";
      readonly of: Expression;
      readonly method: Method;
      readonly arguments: readonly Expression[];
      readonly methodSpan: Span;
    }
  | { readonly kind: "digest"; readonly of: Expression }
  | { readonly kind: "unary"; readonly operator: "!" | "-"; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "is"; readonly operand: Expression; readonly artifact: ReferenceType }
  | {
      readonly kind: "conditional";
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  /** Only as the argument of a method; `type` is that of the body. */
  | { readonly kind: "function"; readonly parameters: readonly Value[]; readonly body: Expression }
);

export type Method =
  | "startsWith"
  | "endsWith"
  | "includes"
  | "every"
  | "some"
  | "map"
  | "filter"
  | "sum"
  | "min"
  | "max"
  | "trim"
  | "lower"
  | "upper"
  | "split"
  | "join"
  | "keys";

// ---- choreographies ------------------------------------------------------------------------------------

export interface Choreography {
  readonly name: string;
  readonly source: Source;
  readonly doc: string;
  readonly typeParameters: readonly string[];
  /** In the order of the source. */
  readonly roles: readonly Role[];
  /** Parameters that are values, which every role knows. */
  readonly values: readonly Value[];
  readonly within: Time | null;
  readonly body: Block;
  /** All interactions of the body, each once, in the order of the source; `Interaction.index` points here. */
  readonly interactions: readonly Interaction[];
  readonly span: Span;
  readonly nameSpan: Span;
}

export interface Role {
  readonly name: string;
  /** null: one role; else how many members a family has at least and at most. */
  readonly family: { readonly low: number; readonly high: number } | null;
  readonly optional: boolean;
  readonly span: Span;
}

/** `Coder`, or `Coder[*]`: all members of a family. Inside a scatter or a pick over it, `Coder` is the member. */
export interface RoleReference {
  readonly role: string;
  readonly all: boolean;
  readonly span: Span;
}

/** A number, or a value parameter of the choreography. */
export type Bound = number | { readonly value: string };

/** Milliseconds, or a value parameter of type `duration`. */
export type Time = number | { readonly value: string };

export interface Block {
  readonly statements: readonly Statement[];
  /** From brace to brace. */
  readonly span: Span;
}

export type Statement =
  InteractionStatement | Choice | Loop | Par | Scatter | Pick | Do | Saga | Jump | Return | Abort | Fail;

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
  readonly from: RoleReference;
  /** One or several, in the order of the source; `*` is spelt out (roles in declaration order, families as `all`). */
  readonly to: readonly RoleReference[];
  readonly label: string;
  readonly labelSpan: Span;
  readonly payload: Payload;
  /** The name under which the payload is known from here on, and the handler's key; null: it carries nothing. */
  readonly binds: string | null;
  /** `as name[]`: the payload is appended to that list; `binds` is the list. In its own clauses the message is `own`. */
  readonly collects: boolean;
  /** What the payload is called in the interaction's own clauses; null: it carries nothing. */
  readonly own: string | null;
  /** The handler's key: the name that is bound (collecting: the label's), or the label in lower camel where it carries nothing. */
  readonly handler: string;
  readonly quorum: "all" | "majority" | Bound | null;
  readonly where: readonly Condition[];
  readonly gates: readonly Gate[];
  /** Default 2 where a refusal is possible. */
  readonly retry: Bound | null;
  readonly within: Time | null;
  readonly otherwise: Block | null;
  /** The interaction as the source has it, on one line, without its `else`. */
  readonly text: string;
  readonly span: Span;
}

/** `gate Contract(argument, …)`. */
export interface Gate {
  readonly contract: Contract;
  readonly arguments: readonly Expression[];
  readonly span: Span;
}

export type Payload =
  | { readonly kind: "none" }
  /** The sender's agent is asked for it. */
  | { readonly kind: "asked"; readonly type: ReferenceType | ParameterType }
  /** The sender's endpoint computes it; passing on `name` or `name.field` is the simplest kind. */
  | { readonly kind: "computed"; readonly expression: Expression };

export interface Choice {
  readonly kind: "choice";
  readonly doc: string;
  /** The handler's key: as written, or the labels joined (`approveOrRevise`). */
  readonly name: string;
  /** null: `choice when`, decided by everybody for himself. */
  readonly at: string | null;
  readonly within: Time | null;
  readonly retry: Bound | null;
  readonly branches: readonly Branch[];
  readonly otherwise: Block | null;
  readonly span: Span;
  /** `choice verdict at Reviewer`: the head alone. */
  readonly headSpan: Span;
}

export interface Branch {
  /** null: chosen by an agent, or the last branch of a choice by data. */
  readonly when: Expression | null;
  readonly body: Block;
}

export interface Loop {
  readonly kind: "loop";
  readonly name: string;
  /** null: not counted. */
  readonly max: Bound | null;
  readonly body: Block;
  readonly otherwise: Block | null;
  readonly span: Span;
  readonly headSpan: Span;
}

export interface Par {
  readonly kind: "par";
  readonly arms: readonly Block[];
  readonly span: Span;
}

export interface Scatter {
  readonly kind: "scatter";
  readonly list: Expression;
  /** The element's name inside. */
  readonly as: string;
  /** Families of which one member each is claimed for an element. */
  readonly over: readonly string[];
  /** The elements that must be over before this one begins. */
  readonly after: Expression | null;
  readonly body: Block;
  readonly span: Span;
  readonly headSpan: Span;
}

export interface Pick {
  readonly kind: "pick";
  readonly family: string;
  /** The name under which the member's name is known inside; null: none. */
  readonly as: string | null;
  readonly at: string;
  readonly body: Block;
  readonly span: Span;
  readonly headSpan: Span;
}

export interface Do {
  readonly kind: "do";
  readonly callee: Choreography;
  /** One for each type parameter of the callee, in its order. */
  readonly types: readonly Type[];
  /** One for each role of the callee, in its order; several where a list fills a family. */
  readonly roles: readonly (readonly RoleReference[])[];
  /** One for each value of the callee, in its order. */
  readonly values: readonly Expression[];
  /** The prefix of its names and labels: `pact.proposal`, `pact.Propose`. */
  readonly as: string;
  readonly otherwise: Block | null;
  readonly span: Span;
  readonly headSpan: Span;
}

export interface Saga {
  readonly kind: "saga";
  readonly steps: readonly { readonly step: Block; readonly undo: Block | null }[];
  readonly otherwise: Block | null;
  readonly span: Span;
}

/** `break name`, `continue name`: of a loop; `break` of a scatter ends the instance. */
export interface Jump {
  readonly kind: "break" | "continue";
  readonly name: string;
  readonly span: Span;
}

/** This choreography ends well here. */
export interface Return {
  readonly kind: "return";
  readonly span: Span;
}

/** On to the nearest `else` of a `do` or saga. */
export interface Abort {
  readonly kind: "abort";
  readonly span: Span;
}

/** The session ends as failed. */
export interface Fail {
  readonly kind: "fail";
  readonly reason: string;
  readonly span: Span;
}
