// The warnings, which a project may silence or make errors: their codes and names. In: diagnostics and the levels of a
// configuration. Out: the diagnostics as the project wants them. A test holds the table against the reporting rooms.

import type { Diagnostic } from "@chor/grammar";

export type Level = "off" | "warning" | "error";

/** Code by name; both are stable. */
export const LINTS: ReadonlyMap<string, string> = new Map([
  ["clause-order", "CHOR0150"],
  ["late-import", "CHOR0151"],
  ["late-field", "CHOR0152"],
  ["unused-artifact", "CHOR0217"],
  ["unused-role", "CHOR0218"],
  ["unused-import", "CHOR0220"],
  ["unused-contract", "CHOR0221"],
  ["unused-value", "CHOR0222"],
  ["unused-type", "CHOR0223"],
  ["hidden-name", "CHOR0230"],
  ["needless-saga", "CHOR0239"],
  ["constant-comparison", "CHOR0291"],
  ["needless-else", "CHOR0348"],
  ["unreachable", "CHOR0507"],
  ["unreachable-else", "CHOR0508"],
  ["network-bound", "CHOR0642"],
  ["network-unknown", "CHOR0643"],
  ["may-wait-for-ever", "CHOR0650"],
  ["unguarded-artifact", "CHOR0651"],
  ["unbounded-loop", "CHOR0652"],
  ["bottleneck", "CHOR0653"],
  ["loop-without-else", "CHOR0654"],
  ["late-deadline", "CHOR0655"],
  ["needless-retry", "CHOR0656"],
  ["never-holds", "CHOR0657"],
  ["always-holds", "CHOR0658"],
  ["empty-contract", "CHOR0659"],
]);

/** Those that are silent unless a project asks for them: many a good protocol is meant like that. */
export const OFF: ReadonlySet<string> = new Set(["CHOR0650", "CHOR0651", "CHOR0653", "CHOR0654"]);

const CODES: ReadonlySet<string> = new Set(LINTS.values());

/** The code of a warning that is given by its name or its code; null: there is none. */
export function lintCode(word: string): string | null {
  return CODES.has(word) ? word : (LINTS.get(word) ?? null);
}

/** The codes whose warnings a project wants to hear of, as warnings or as errors. */
export function wantedLints(levels: ReadonlyMap<string, Level>): ReadonlySet<string> {
  return new Set([...CODES].filter((code) => (levels.get(code) ?? (OFF.has(code) ? "off" : "warning")) !== "off"));
}

/** Warnings at their levels; errors stay. The same list where no level is set. */
export function applyLints(
  diagnostics: readonly Diagnostic[],
  levels: ReadonlyMap<string, Level>,
): readonly Diagnostic[] {
  if (levels.size === 0) return diagnostics;
  return diagnostics.flatMap((each) => {
    const level = each.severity === "error" ? undefined : levels.get(each.code);
    if (level === undefined || level === "warning") return [each];
    return level === "off" ? [] : [{ ...each, severity: level }];
  });
}
