// What the checker knows about a file, as plain data that can cross a thread: the only place where the language server
// runs the stages of the compiler. In: a source, and the others that are being edited. Out: diagnostics, local protocols,
// and who knows what where.

import { dirname } from "node:path";
import type { Diagnostic, Source, Span } from "@chor/grammar";
import { checkFiles } from "../check-files.js";
import { inOrder, type CheckedChoreography } from "../check.js";
import { wantedLints } from "../config/lints.js";
import { protocolLines } from "../emit/protocol.js";
import { namesAt } from "../knowledge/names-at.js";
import { lint } from "../lints/lint.js";
import { checkedAgain } from "../mends/again.js";
import { withMends } from "../mends/mends.js";
import { fromDisk } from "../modules/disk.js";
import { standardFile } from "../package.js";

export interface Question {
  /** `file` is a path where there is one. */
  readonly source: Source;
  /** Open documents stand for what is on the disk. */
  readonly others: readonly Source[];
  /** Where mends are asked for; they take longer than the rest. null: nowhere. */
  readonly mendsWithin: Span | null;
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

/** How long mends are looked for at most, in milliseconds: somebody waits for them. */
const patienceForMends = 1_500;
/** Beyond so many interactions, who knows what is not worked out. */
const maxInteractions = 500;

/** Runs all stages, over what the source imports, too. Takes as long as they take: it belongs into a thread of its own. */
export function analyse({ source, others, mendsWithin }: Question): Analysis {
  const load = fromDisk({ cwd: dirname(source.file), standard: standardFile(), known: [source, ...others] });
  const { checkOne, checkText } = checkedAgain(source);
  const checked = checkFiles([source], load, checkOne).find((each) => each.source === source)?.checked ?? null;
  const choreographies = checked?.choreographies ?? [];
  const linted = checked === null ? [] : lint(checked, wantedLints(new Map()));
  const shown = inOrder([...(checked?.diagnostics ?? []), ...linted]);
  const end = Date.now() + patienceForMends;
  return {
    diagnostics:
      mendsWithin === null ? shown : withMends(source, shown, mendsWithin, checkText, () => Date.now() < end),
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
