// What the checker knows about a file, as plain data that can cross a thread: the only place where the language server
// runs the stages of the compiler. In: a source, and the others that are being edited. Out: diagnostics, local protocols,
// and who knows what where.

import { dirname } from "node:path";
import type { Diagnostic, Source, Span } from "@chor/grammar";
import { checkFiles } from "../check-files.js";
import type { CheckedChoreography } from "../check.js";
import { protocolLines } from "../emit/protocol.js";
import { namesAt } from "../knowledge/names-at.js";
import { fromDisk } from "../modules/disk.js";
import { standardFile } from "../package.js";

export interface Question {
  /** `file` is a path where there is one. */
  readonly source: Source;
  /** Open documents stand for what is on the disk. */
  readonly others: readonly Source[];
}

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

/** The names that a role knows behind an interaction. */
export interface KnownHere {
  readonly role: string;
  readonly names: readonly string[];
  /** The interaction. */
  readonly span: Span;
}

/** Beyond so many interactions, who knows what is not worked out. */
const maxInteractions = 500;

/** Runs all stages, over what the source imports, too. Takes as long as they take: it belongs into a thread of its own. */
export function analyse({ source, others }: Question): Analysis {
  const load = fromDisk({ cwd: dirname(source.file), standard: standardFile(), known: [source, ...others] });
  const checked = checkFiles([source], load).find((each) => each.source === source)?.checked ?? null;
  const choreographies = checked?.choreographies ?? [];
  return {
    diagnostics: checked?.diagnostics ?? [],
    protocols: choreographies.flatMap(protocolsOf),
    known: choreographies.flatMap(knownIn),
  };
}

function protocolsOf({ choreography, locals }: CheckedChoreography): readonly Protocol[] {
  return locals.map((local) => ({
    choreography: choreography.name,
    role: local.role,
    lines: protocolLines(local, choreography),
  }));
}

function knownIn({ choreography }: CheckedChoreography): readonly KnownHere[] {
  if (choreography.interactions.length > maxInteractions) return [];
  return choreography.interactions.flatMap(({ span, labelSpan }) => {
    const names = namesAt(choreography, labelSpan.start);
    return choreography.roles.map(({ name: role }) => ({
      role,
      names: names.filter(({ knownBy }) => knownBy.includes(role)).map(({ name }) => name),
      span,
    }));
  });
}
