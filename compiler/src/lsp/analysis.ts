// What the checker knows about a file, as plain data that can cross a thread: the only place where the language server
// runs the stages of the compiler. In: a source. Out: diagnostics, local protocols, and who knows what where.

import type { Diagnostic, Source, Span } from "@chor/grammar";
import { check } from "../check.js";
import type { CheckedChoreography } from "../check.js";
import { protocolLines } from "../emit/protocol.js";
import type { LocalState } from "../project/local.js";

export interface Analysis {
  readonly diagnostics: readonly Diagnostic[];
  readonly protocols: readonly Protocol[];
  readonly known: readonly KnownHere[];
}

/** What one role does, as a reader wants it. */
export interface Protocol {
  readonly choreography: string;
  readonly role: string;
  readonly lines: readonly string[];
}

/** The names that a role knows where it decides what an interaction carries. */
export interface KnownHere {
  readonly role: string;
  readonly names: readonly string[];
  /** The interaction. */
  readonly span: Span;
}

/** Runs all stages. Takes as long as they take: it belongs into a thread of its own. */
export function analyse(source: Source): Analysis {
  const { choreographies, diagnostics } = check(source);
  return { diagnostics, protocols: choreographies.flatMap(protocolsOf), known: choreographies.flatMap(knownIn) };
}

function protocolsOf({ choreography, locals }: CheckedChoreography): readonly Protocol[] {
  return locals.map((local) => ({
    choreography: choreography.name,
    role: local.role,
    lines: protocolLines(local, choreography),
  }));
}

function knownIn({ locals }: CheckedChoreography): readonly KnownHere[] {
  return locals.flatMap(({ role, states }) => states.flatMap((state) => knownAt(role, state)));
}

function knownAt(role: string, state: LocalState): readonly KnownHere[] {
  if (state.kind !== "sends" || state.decision === null) return [];
  const names = state.decision.knows.map(({ name }) => name);
  return state.sends.flatMap(({ interactions }) => interactions.map(({ span }) => ({ role, names, span })));
}
