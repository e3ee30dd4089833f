// What is found with some number of members of a family: said of the smallest number with which it is found, and once
// for all members alike. In: diagnostics and numbers of members. Out: diagnostics.

import type { Diagnostic } from "@chor/grammar";
import type { Choreography } from "../bind/program.js";
import { error } from "./diagnostic.js";
import { inWords } from "./words.js";

/** Says with how many members it is so, where the families of the choreography may have several sizes. */
export function withSizes(
  diagnostics: readonly Diagnostic[],
  { roles }: Choreography,
  members: ReadonlyMap<string, number>,
): readonly Diagnostic[] {
  const varying = roles.filter(({ family }) => family !== null && family.low !== family.high);
  const sizes = varying.map(({ name }) => {
    const size = members.get(name) ?? 1;
    return `${size} ${size === 1 ? "member" : "members"} of \`${name}\``;
  });
  const said = new Set<string>();
  return diagnostics
    .filter(({ code, span, message }) => {
      const key = `${code} ${span.start} ${message.replaceAll(/\[\d+\]/g, "")}`;
      return !said.has(key) && said.add(key);
    })
    .map((diagnostic) =>
      sizes.length === 0 ? diagnostic : { ...diagnostic, message: `With ${inWords(sizes)}, ${diagnostic.message}` },
    );
}

/** Optional roles that wait for each other to leave. */
export function neverLeaving(names: readonly string[], choreography: Choreography): Diagnostic {
  const [first = "", second] = names;
  const role = choreography.roles.find(({ name }) => name === first.replace(/\[\d+\]$/, ""));
  const circle =
    second === undefined
      ? `\`${first}\` waits for itself, so it never leaves`
      : `${names.map((name, i) => `\`${name}\` waits for \`${names[(i + 1) % names.length] ?? ""}\``).join(", and ")}, so none of them ever leaves`;
  return error(
    "CHOR0630",
    `An optional role leaves when those who could still send to it have left: ${circle}.`,
    role?.span ?? choreography.nameSpan,
    {
      hint: `Let one of them take part always: write \`${role?.name ?? first}\` without the question mark.`,
    },
  );
}
