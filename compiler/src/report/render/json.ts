// Diagnostics for programs: the stable shape of `--format json`. In: reported files. Out: plain data with
// nothing in it but what SPEC.md names; text is as it stands in the source, JSON does the escaping.

import { lineStarts, positionAt } from "@chor/grammar";
import type { Diagnostic, LineStarts, Span } from "@chor/grammar";
import type { Reported } from "./reported.js";

export interface JsonReport {
  readonly files: readonly JsonFile[];
}

export interface JsonFile {
  /** As it was named on the command line; `<stdin>` for `-`. */
  readonly file: string;
  /** It was read and has no errors; it may have warnings. */
  readonly ok: boolean;
  /** Sorted by place. */
  readonly diagnostics: readonly JsonDiagnostic[];
}

export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** Of a file that could not be read: its very beginning. */
  readonly span: JsonSpan;
  readonly related: readonly { readonly message: string; readonly span: JsonSpan }[];
  /** What to do about it, in the imperative; null: nothing simple is known. */
  readonly hint: string | null;
  /** Only where a diagnostic has a counterexample. */
  readonly runs?: JsonRuns;
}

export interface JsonRuns {
  /** The role that sees the same in both runs. */
  readonly role: string;
  /** Exactly two. */
  readonly runs: readonly JsonRun[];
}

export interface JsonRun {
  readonly steps: readonly { readonly text: string; readonly span: JsonSpan; readonly seen: boolean }[];
  /** What the role would have to do at the end of this run. */
  readonly then: string;
}

/** `end` is exclusive. */
export interface JsonSpan {
  readonly start: JsonPosition;
  readonly end: JsonPosition;
}

/** Line and column from 1, offset from 0; column and offset count UTF-16 code units. */
export interface JsonPosition {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** The report of `files`, in their order. */
export function toJson(files: readonly Reported[]): JsonReport {
  return { files: files.map(toJsonFile) };
}

function toJsonFile({ file, source, diagnostics }: Reported): JsonFile {
  const starts = lineStarts(source?.text ?? "");
  return {
    file,
    ok: diagnostics.every(({ severity }) => severity !== "error"),
    diagnostics: diagnostics.map((each) => toJsonDiagnostic(each, starts)),
  };
}

function toJsonDiagnostic(diagnostic: Diagnostic, starts: LineStarts): JsonDiagnostic {
  const { code, severity, message, span, related, hint, runs } = diagnostic;
  const shared = {
    code,
    severity,
    message,
    span: toJsonSpan(span, starts),
    related: related.map((each) => ({ message: each.message, span: toJsonSpan(each.span, starts) })),
    hint: hint ?? null,
  };
  if (!runs) return shared;
  return {
    ...shared,
    runs: {
      role: runs.role,
      runs: runs.runs.map(({ steps, then }) => ({
        steps: steps.map(({ text, span: at, seen }) => ({ text, span: toJsonSpan(at, starts), seen })),
        then,
      })),
    },
  };
}

function toJsonSpan({ start, end }: Span, starts: LineStarts): JsonSpan {
  return { start: toJsonPosition(start, starts), end: toJsonPosition(end, starts) };
}

function toJsonPosition(offset: number, starts: LineStarts): JsonPosition {
  return { ...positionAt(starts, offset), offset };
}
