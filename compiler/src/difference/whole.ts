// What has changed in a choreography as a whole: its parameters that are values, its deadline. In: two versions. Out:
// changes; each of them concerns every role.

import type { Choreography, Value } from "../bind/program.js";
import type { Comparing } from "./artifacts.js";
import type { Change, Place } from "./difference.js";
import { changesText, deadlines } from "./meaning.js";

/** The changes of the whole. Every role counts on the deadline and on the values, so each of them breaks. */
export function wholeChanges(old: Choreography, now: Choreography, types: Comparing): readonly Change[] {
  const places = { old: placeIn(old, old.nameSpan), now: placeIn(now, now.nameSpan) };
  const time = (value: Choreography["within"]): string => JSON.stringify(value);
  const within = deadlines(old.within, now.within, time, time).map(({ id, detail }): Change => ({
    id,
    text: `\`${now.name}\`${detail === "" ? "" : `: ${detail}`}`,
    breaking: true,
    ...places,
  }));
  const generic =
    old.typeParameters.length === now.typeParameters.length
      ? []
      : [{ id: "parameters-changed", text: `\`${now.name}\``, breaking: true, ...places }];
  return [...within, ...generic, ...valuesChanged(old, now, types)];
}

function valuesChanged(old: Choreography, now: Choreography, types: Comparing): readonly Change[] {
  const before = new Map(old.values.map((value) => [value.name, value]));
  const after = new Map(now.values.map((value) => [value.name, value]));
  const change = (id: string, a: Value | undefined, b: Value | undefined, detail: string): Change => ({
    id,
    text: `\`${(b ?? a)?.name ?? ""}\`${detail}`,
    breaking: true,
    old: a === undefined ? null : placeIn(old, a.span),
    now: b === undefined ? null : placeIn(now, b.span),
  });
  const lost = old.values.filter(({ name }) => !after.has(name));
  return [
    ...lost.map((value) => change("value-removed", value, undefined, "")),
    ...now.values.flatMap((value): readonly Change[] => {
      const same = before.get(value.name);
      if (same === undefined) return [change("value-added", undefined, value, "")];
      const changes = types(same.type, value.type);
      return changes.length === 0 ? [] : [change("value-changed", same, value, `: ${changesText(changes)}`)];
    }),
  ];
}

function placeIn({ source }: Choreography, span: Place["span"]): Place {
  return { source, span };
}
