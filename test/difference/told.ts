// The difference of two texts as a few lines, for tests: a line for each change of each role. In: two texts. Out: lines.

import { lineStarts, positionAt } from "@chor/grammar";
import { check, type Checked } from "../../compiler/src/check.js";
import { diff } from "../../compiler/src/difference/diff.js";
import type { Change, Difference, Place } from "../../compiler/src/difference/difference.js";

/** Checks a text; what is wrong with it is an error of the test. */
export function checked(text: string, file = "a.chor"): Checked {
  const result = check({ file, text });
  const errors = result.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0)
    throw new Error(`${file}: ${errors.map(({ code, message }) => `${code} ${message}`).join("; ")}`);
  return result;
}

/** The difference of two texts. */
export function difference(old: string, now: string): Difference {
  return diff([checked(old, "old.chor")], [checked(now, "new.chor")], { choreography: null, role: null });
}

/** `Role verdict for Others`, below it `id text old:line new:line`, the trace, the code. */
export function told(old: string, now: string): readonly string[] {
  return difference(old, now).choreographies.flatMap((each) => [
    `${each.name} ${each.verdict}; sessions ${each.sessions.goOn ? "go on" : "end"}`,
    ...each.changes.map((change) => `  ${changeText(change)}`),
    ...each.roles.flatMap((role) =>
      role.verdict === "nothing" && role.handlers.length === 0
        ? []
        : [
            `${role.role} ${role.verdict}${role.breaks.length === 0 ? "" : ` for ${role.breaks.join(", ")}`}${role.code === null ? "" : `; code ${role.code}`}`,
            ...role.changes.map((change) => `  ${changeText(change)}`),
            ...(role.trace === null
              ? []
              : [`  trace: ${[...role.trace.steps.map(({ text }) => text), role.trace.then].join(", ")}`]),
            ...role.handlers.map(({ id, text, verdict }) => `  code ${verdict}: ${id} ${text}`),
          ],
    ),
  ]);
}

function changeText({ id, text, breaking, old, now }: Change): string {
  return `${breaking ? "!" : " "} ${id} ${text}${line(" old", old)}${line(" new", now)}`;
}

function line(side: string, place: Place | null): string {
  return place === null ? "" : `${side}:${positionAt(lineStarts(place.source.text), place.span.start).line}`;
}

/** All categories that are told of two texts: of changes, of artifacts inside of them, of handlers. */
export function idsTold(old: string, now: string): readonly string[] {
  const inside = (text: string): readonly string[] =>
    [...text.matchAll(/(?:^|` |; )([a-z]+-[a-z]+|opened|closed)(?=:)/g)].map(([, id]) => id ?? "");
  return difference(old, now).choreographies.flatMap(({ changes, roles }) => [
    ...[...changes, ...roles.flatMap((role) => role.changes)].flatMap(({ id, text }) => [id, ...inside(text)]),
    ...roles.flatMap((role) => role.handlers.map(({ id }) => id)),
  ]);
}
