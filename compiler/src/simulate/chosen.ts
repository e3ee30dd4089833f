// Which counterexample is meant. In: the choreography, and a code or the text of a report of `check --format json`. Out:
// the counterexample, or why there is none such.

import { lineStarts, positionAt } from "@chor/grammar";
import type { Choreography } from "../bind/program.js";
import { counterexamplesOf, type Told } from "./counterexamples.js";

export type Chosen =
  | { readonly kind: "chosen"; readonly told: Told }
  | { readonly kind: "wrong"; readonly message: string; readonly hint: string };

/** By code: the first with this code. */
export function toldByCode(choreography: Choreography, code: string): Chosen {
  const all = counterexamplesOf(choreography);
  const told = all.find(({ diagnostic }) => diagnostic.code === code);
  if (told !== undefined) return { kind: "chosen", told };
  const codes = [...new Set(all.map(({ diagnostic }) => `\`${diagnostic.code}\``))];
  return {
    kind: "wrong",
    message: `\`${choreography.name}\` has no counterexample with the code \`${code}\``,
    hint: codes.length === 0 ? "it has none: leave `--replay` out" : `it has ${codes.join(", ")}`,
  };
}

/** By a report: the first diagnostic in it that has runs and is one of this choreography. */
export function toldByReport(choreography: Choreography, report: string): Chosen {
  const wanted = diagnosticsIn(report);
  if (wanted === null)
    return {
      kind: "wrong",
      message: "the counterexample is no report of `chorc check --format json`",
      hint: "write one with `chorc check --format json FILE > report.json`, or name a code",
    };
  const starts = lineStarts(choreography.source.text);
  const all = counterexamplesOf(choreography);
  for (const { code, line, message } of wanted) {
    const alike = all.filter(
      ({ diagnostic }) => diagnostic.code === code && positionAt(starts, diagnostic.span.start).line === line,
    );
    const told = alike.find(({ diagnostic }) => diagnostic.message === message) ?? alike[0];
    if (told !== undefined) return { kind: "chosen", told };
  }
  return {
    kind: "wrong",
    message: `no counterexample of the report is one of \`${choreography.name}\``,
    hint: "check the file again: it may have changed",
  };
}

interface Wanted {
  readonly code: string;
  readonly line: number;
  readonly message: string;
}

/** Those that have runs; null: it is no report. A single diagnostic counts as a report of it alone. */
function diagnosticsIn(text: string): readonly Wanted[] | null {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return null;
  }
  const files = field(data, "files");
  const single = field(data, "code") === undefined ? null : [data];
  const all = Array.isArray(files) ? files.flatMap((file) => listIn(file, "diagnostics")) : single;
  if (all === null) return null;
  return all.flatMap((each): readonly Wanted[] => {
    const code = field(each, "code");
    const message = field(each, "message");
    const line = field(field(field(each, "span"), "start"), "line");
    if (field(each, "runs") === undefined) return [];
    return typeof code === "string" && typeof message === "string" && typeof line === "number"
      ? [{ code, line, message }]
      : [];
  });
}

function field(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined;
}

function listIn(of: unknown, name: string): readonly unknown[] {
  const found = field(of, name);
  return Array.isArray(found) ? found : [];
}
