// How the reporting rooms put a diagnostic together. In: code, message, place, and what else is to be said.
// Out: the plain value, without keys that say nothing.

import type { Code, Diagnostic, Related, Span } from "@chor/grammar";

export interface Extras {
  readonly related?: readonly Related[];
  readonly hint?: string | null;
}

/** An error: it refuses the program. */
export function error(code: Code, message: string, span: Span, extras: Extras = {}): Diagnostic {
  return assemble("error", code, message, span, extras);
}

/** A warning: it does not refuse the program. */
export function warning(code: Code, message: string, span: Span, extras: Extras = {}): Diagnostic {
  return assemble("warning", code, message, span, extras);
}

/** `a`, `b` and `c`, each in backticks; a long list is cut after `limit` names. */
export function listed(names: readonly string[], limit = 8): string {
  const shown = names.slice(0, limit).map((name) => `\`${name}\``);
  if (names.length > limit) return `${shown.join(", ")} and ${names.length - limit} more`;
  if (shown.length < 2) return shown.join("");
  return `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

function assemble(severity: "error" | "warning", code: Code, message: string, span: Span, extras: Extras): Diagnostic {
  const base = { code, severity, message, span, related: extras.related ?? [] };
  return extras.hint ? { ...base, hint: extras.hint } : base;
}
