// The syntax tree: what a `.chor` file says, before anybody asks what it means. One type for each rule of
// the grammar in SPEC.md; `kind` discriminates. A tree is plain data. Where the parser had to recover, the
// broken piece is left out of its list: what is in a tree is well formed.

import type { Span } from "./source.js";

/** A name where it is written. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

export interface FileTree {
  readonly imports: readonly ImportTree[];
  readonly declarations: readonly DeclarationTree[];
  readonly span: Span;
}

export interface ImportTree {
  readonly kind: "import";
  readonly names: readonly { readonly name: Name; readonly as: Name | null }[];
  /** The text of the string, unescaped. */
  readonly from: Text;
  readonly span: Span;
}

/** A string literal: its value and its place (the quotes included). */
export interface Text {
  readonly value: string;
  readonly span: Span;
}

export type DeclarationTree = ArtifactTree | ContractTree | ChoreographyTree;

// ---- artifacts -----------------------------------------------------------------------------------------

export interface ArtifactTree {
  readonly kind: "artifact";
  /** The doc comment without its stars, `""` if there is none. */
  readonly doc: string;
  readonly open: boolean;
  readonly name: Name;
  readonly body: ArtifactBody;
  readonly span: Span;
}

export type ArtifactBody =
  | {
      readonly kind: "record";
      readonly fields: readonly FieldTree[];
      readonly invariants: readonly ConditionTree[];
      readonly span: Span;
    }
  | { readonly kind: "alias"; readonly type: TypeTree; readonly span: Span }
  | { readonly kind: "schema"; readonly path: Text; readonly span: Span }
  | { readonly kind: "typescript"; readonly path: Text; readonly span: Span };

export interface FieldTree {
  readonly doc: string;
  readonly name: Name;
  readonly optional: boolean;
  readonly type: TypeTree;
  readonly span: Span;
}

export type TypeTree =
  | {
      readonly kind: "named";
      readonly name: Name;
      readonly arguments: readonly TypeTree[];
      readonly range: RangeTree | null;
      readonly matches: PatternTree | null;
      readonly span: Span;
    }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null; readonly span: Span }
  | { readonly kind: "list"; readonly item: TypeTree; readonly range: RangeTree | null; readonly span: Span }
  | { readonly kind: "record"; readonly fields: readonly FieldTree[]; readonly span: Span }
  | { readonly kind: "union"; readonly members: readonly TypeTree[]; readonly span: Span };

/** `(5)` has `exact`; `(1..120)`, `(..120)`, `(1..)` have `low` and `high`, null where nothing is written. */
export interface RangeTree {
  readonly low: BoundTree | null;
  readonly high: BoundTree | null;
  readonly exact: boolean;
  readonly span: Span;
}

export type BoundTree =
  | { readonly kind: "number"; readonly value: number; readonly span: Span }
  | { readonly kind: "value"; readonly name: string; readonly span: Span };

/** `matches /source/flags`. */
export interface PatternTree {
  readonly source: string;
  readonly flags: string;
  readonly span: Span;
}

export interface ConditionTree {
  readonly expression: ExpressionTree;
  readonly message: Text | null;
  readonly span: Span;
}

// ---- contracts -----------------------------------------------------------------------------------------

export interface ContractTree {
  readonly kind: "contract";
  readonly doc: string;
  readonly name: Name;
  readonly parameters: readonly ValueTree[];
  /** null: `external`. */
  readonly requires: readonly ConditionTree[] | null;
  readonly span: Span;
}

export interface ValueTree {
  readonly name: Name;
  readonly type: TypeTree;
  readonly span: Span;
}

// ---- choreographies ------------------------------------------------------------------------------------

export interface ChoreographyTree {
  readonly kind: "choreography";
  readonly doc: string;
  readonly name: Name;
  readonly typeParameters: readonly Name[];
  readonly parameters: readonly ParameterTree[];
  readonly within: TimeTree | null;
  readonly body: BlockTree;
  readonly span: Span;
}

export type ParameterTree =
  | {
      readonly kind: "role";
      readonly name: Name;
      readonly family: FamilyTree | null;
      readonly optional: boolean;
      readonly span: Span;
    }
  | ({ readonly kind: "value" } & ValueTree);

/** `[4]` has `high` null; `[1..8]` both. */
export interface FamilyTree {
  readonly low: BoundTree;
  readonly high: BoundTree | null;
  readonly span: Span;
}

export interface BlockTree {
  readonly statements: readonly StatementTree[];
  /** From brace to brace. */
  readonly span: Span;
}

export type StatementTree =
  | InteractionTree
  | ChoiceTree
  | LoopTree
  | ParTree
  | ScatterTree
  | PickTree
  | DoTree
  | SagaTree
  | { readonly kind: "break"; readonly loop: Name; readonly span: Span }
  | { readonly kind: "continue"; readonly loop: Name; readonly span: Span }
  | { readonly kind: "return"; readonly span: Span }
  | { readonly kind: "abort"; readonly span: Span }
  | { readonly kind: "fail"; readonly reason: Text; readonly span: Span };

export interface InteractionTree {
  readonly kind: "interaction";
  readonly doc: string;
  readonly from: RoleTree;
  /** null: `*`. */
  readonly to: readonly RoleTree[] | null;
  /** Where the receivers stand, `*` included. */
  readonly toSpan: Span;
  readonly message: MessageTree;
  readonly as: { readonly name: Name; readonly collects: boolean } | null;
  readonly quorum: QuorumTree | null;
  readonly where: readonly ConditionTree[];
  readonly gates: readonly CheckTree[];
  readonly retry: BoundTree | null;
  readonly within: TimeTree | null;
  readonly otherwise: BlockTree | null;
  readonly span: Span;
}

/** `Coder` or `Coder[*]`. */
export interface RoleTree {
  readonly name: Name;
  readonly all: boolean;
  readonly span: Span;
}

export interface MessageTree {
  readonly label: Name;
  readonly payload: PayloadTree;
  /** `Label(…)`, without the clauses behind it. */
  readonly span: Span;
}

export type PayloadTree =
  /** `T`: short for `T(T)`, the label is the artifact. */
  | { readonly kind: "same" }
  /** `L()`. */
  | { readonly kind: "none" }
  /** `L(T)`: an agent is asked for a `T`. */
  | { readonly kind: "asked"; readonly artifact: Name }
  /** `L(T { … })` and `T { … }`: the sender's endpoint fills the record. */
  | { readonly kind: "filled"; readonly artifact: Name; readonly record: RecordTree }
  /** `L(expression)`: the sender's endpoint computes it. */
  | { readonly kind: "computed"; readonly expression: ExpressionTree };

export interface RecordTree {
  readonly entries: readonly EntryTree[];
  readonly span: Span;
}

/** `name: value`, or `name` alone (the value of that name). */
export interface EntryTree {
  readonly name: Name;
  readonly value:
    | ExpressionTree
    | { readonly kind: "record"; readonly artifact: Name; readonly record: RecordTree; readonly span: Span }
    | null;
  readonly span: Span;
}

export type QuorumTree =
  | { readonly kind: "all" | "majority"; readonly span: Span }
  | { readonly kind: "count"; readonly bound: BoundTree; readonly span: Span };

export interface CheckTree {
  readonly contract: Name;
  readonly arguments: readonly ExpressionTree[];
  readonly span: Span;
}

export type TimeTree =
  | { readonly kind: "duration"; readonly milliseconds: number; readonly span: Span }
  | { readonly kind: "value"; readonly name: string; readonly span: Span };

export interface ChoiceTree {
  readonly kind: "choice";
  readonly doc: string;
  readonly name: Name | null;
  /** null: `choice when`, decided by everybody for himself. */
  readonly at: Name | null;
  readonly within: TimeTree | null;
  readonly retry: BoundTree | null;
  readonly branches: readonly { readonly when: ExpressionTree | null; readonly body: BlockTree }[];
  readonly otherwise: BlockTree | null;
  readonly span: Span;
}

export interface LoopTree {
  readonly kind: "loop";
  readonly name: Name;
  readonly max: BoundTree | null;
  readonly body: BlockTree;
  readonly otherwise: BlockTree | null;
  readonly span: Span;
}

export interface ParTree {
  readonly kind: "par";
  readonly arms: readonly BlockTree[];
  readonly span: Span;
}

export interface ScatterTree {
  readonly kind: "scatter";
  readonly list: ExpressionTree;
  readonly as: Name;
  readonly over: readonly Name[];
  readonly after: ExpressionTree | null;
  readonly body: BlockTree;
  readonly span: Span;
}

export interface PickTree {
  readonly kind: "pick";
  readonly family: Name;
  readonly as: Name | null;
  readonly at: Name;
  readonly body: BlockTree;
  readonly span: Span;
}

export interface DoTree {
  readonly kind: "do";
  readonly choreography: Name;
  readonly typeArguments: readonly Name[];
  readonly arguments: readonly ArgumentTree[];
  readonly as: Name | null;
  readonly otherwise: BlockTree | null;
  readonly span: Span;
}

export type ArgumentTree =
  | { readonly kind: "role"; readonly role: RoleTree; readonly span: Span }
  | { readonly kind: "roles"; readonly roles: readonly RoleTree[]; readonly span: Span }
  | { readonly kind: "value"; readonly expression: ExpressionTree; readonly span: Span };

export interface SagaTree {
  readonly kind: "saga";
  readonly steps: readonly { readonly step: BlockTree; readonly undo: BlockTree | null }[];
  readonly otherwise: BlockTree | null;
  readonly span: Span;
}

// ---- expressions ---------------------------------------------------------------------------------------

export type BinaryOperator = "||" | "&&" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "+" | "-" | "*" | "/" | "%";

export type ExpressionTree =
  | { readonly kind: "name"; readonly name: Name; readonly span: Span }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null; readonly span: Span }
  | { readonly kind: "duration"; readonly milliseconds: number; readonly span: Span }
  | { readonly kind: "list"; readonly items: readonly ExpressionTree[]; readonly span: Span }
  | { readonly kind: "field"; readonly of: ExpressionTree; readonly field: Name; readonly span: Span }
  | { readonly kind: "index"; readonly of: ExpressionTree; readonly index: ExpressionTree; readonly span: Span }
  | {
      readonly kind: "call";
      readonly callee: ExpressionTree;
      readonly arguments: readonly ExpressionTree[];
      readonly span: Span;
    }
  | { readonly kind: "unary"; readonly operator: "!" | "-"; readonly operand: ExpressionTree; readonly span: Span }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: ExpressionTree;
      readonly right: ExpressionTree;
      readonly span: Span;
    }
  | { readonly kind: "is"; readonly operand: ExpressionTree; readonly artifact: Name; readonly span: Span }
  | {
      readonly kind: "conditional";
      readonly test: ExpressionTree;
      readonly then: ExpressionTree;
      readonly otherwise: ExpressionTree;
      readonly span: Span;
    }
  | {
      readonly kind: "function";
      readonly parameters: readonly Name[];
      readonly body: ExpressionTree;
      readonly span: Span;
    };
