// What stands around the statements of a choreography: the names of its file, its head, what its names mean, and where
// the diagnostics go.

import type { Diagnostic, Name, Source, Span } from "@chor/grammar";
import type { Artifacts } from "./artifact-table.js";
import type { Assumed } from "./assumed.js";
import type { Callees } from "./callee.js";
import type { Declarations } from "./declarations.js";
import type { Head } from "./head.js";
import type { Choreography, Contract } from "./program.js";
import type { TypeContext } from "./types.js";

/** What a choreography may speak of. */
export interface Surroundings {
  readonly source: Source;
  /** The name of the choreography. */
  readonly choreography: string;
  /** Its type parameters included. */
  readonly declarations: Declarations;
  readonly artifacts: Artifacts;
  /** Those of this file, by name; null: it has errors. */
  readonly contracts: ReadonlyMap<string, Contract | null>;
  /** Those of this file that are bound already, by name; null: it has errors. */
  readonly choreographies: ReadonlyMap<string, Choreography | null>;
  readonly callees: Callees;
  readonly types: TypeContext;
  readonly head: Head;
  /** Unknown roles that have been told of. */
  readonly undeclared: Set<string>;
  readonly sink: Diagnostic[];
}

/** Where a statement stands: what is around it inside its choreography. */
export interface Place {
  /** Families of which one member is claimed, and where. */
  readonly claimed: ReadonlyMap<string, Span>;
  /** Elements and members that are bound around it. */
  readonly locals: ReadonlySet<string>;
  /** Whether it is in the `else` of an interaction or of a choice. */
  readonly failure: boolean;
  /** Outermost first. */
  readonly frames: readonly Frame[];
  /** What the tests around and before have shown. */
  readonly assumed: readonly Assumed[];
}

/** What a jump may leave, be caught by, or must not cross. */
export type Frame =
  | { readonly kind: "loop" | "scatter"; readonly name: Name }
  | { readonly kind: "arm"; readonly span: Span }
  /** A step of a saga with an `else`. */
  | { readonly kind: "saga" };

/** The place of the outermost statements. */
export const TOP: Place = { claimed: new Map(), locals: new Set(), failure: false, frames: [], assumed: [] };
