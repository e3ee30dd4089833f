// What can be wrong with names: unknown, taken, meant as something else. CHOR0201 to CHOR0249.
// In: the names and their places. Out: diagnostics. What is wrong with the names of values: see values.ts.

import type { Diagnostic, Name, Span } from "@chor/grammar";
import { error, listed, warning } from "./diagnostic.js";

/** What a name at the top of a file, or in the head of a choreography, stands for. */
export type NameKind = "artifact" | "contract" | "choreography" | "role" | "imported name" | "type parameter";

const article = (kind: NameKind): string =>
  kind === "artifact" || kind === "imported name" ? `an ${kind}` : `a ${kind}`;

/** Two things of one file have one name. */
export function nameTaken(name: Name, kind: NameKind, firstKind: NameKind, first: Span): Diagnostic {
  return error(
    "CHOR0201",
    `\`${name.text}\` is already the name of ${article(firstKind)}${kind === firstKind ? "" : `, it cannot be ${article(kind)} too`}.`,
    name.span,
    {
      related: [{ message: `${firstKind} \`${name.text}\``, span: first }],
      hint: "Give one of them another name: artifacts, contracts, choreographies and roles share their names.",
    },
  );
}

/** Two names of one file differ in capital and small letters only. */
export function nameTakenButForCase(name: Name, kind: NameKind, first: Name, firstKind: NameKind): Diagnostic {
  return error(
    "CHOR0202",
    `The ${kind} \`${name.text}\` and the ${firstKind} \`${first.text}\` differ in capital and small letters only; their generated files would collide.`,
    name.span,
    {
      related: [{ message: `${firstKind} \`${first.text}\``, span: first.span }],
      hint: "Give one of them another name.",
    },
  );
}

/** A role that the head of the choreography does not name. */
export function unknownRole(
  name: Name,
  choreography: string,
  roles: readonly string[],
  suggestion: string | null,
): Diagnostic {
  return error(
    "CHOR0203",
    `\`${name.text}\` is not a role of \`${choreography}\`; its roles are ${listed(roles)}.`,
    name.span,
    {
      hint:
        suggestion === null
          ? `Add \`${name.text}\` to the roles in the head of \`${choreography}\`.`
          : `Did you mean \`${suggestion}\`?`,
    },
  );
}

/** A type or a message's artifact that nothing declares. */
export function unknownArtifact(name: Name, suggestion: string | null, hint: string | null): Diagnostic {
  return error("CHOR0204", `There is no artifact or type \`${name.text}\`.`, name.span, {
    hint: suggestion === null ? hint : `Did you mean \`${suggestion}\`?`,
  });
}

/** `break` or `continue` of a loop that is not around it. */
export function unknownLoop(
  name: Name,
  word: "break" | "continue",
  loops: readonly string[],
  suggestion: string | null,
): Diagnostic {
  const around = loops.length === 0 ? "it stands in no loop" : `it stands in ${listed(loops)}`;
  const inner = loops[0];
  const hint =
    suggestion !== null
      ? `Did you mean \`${suggestion}\`?`
      : inner === undefined
        ? `Put the \`${word}\` into the loop that it names.`
        : `Write \`${word} ${inner}\`, or put it into the loop that it names.`;
  return error("CHOR0206", `\`${word} ${name.text}\` names nothing that it stands in: ${around}.`, name.span, { hint });
}

/** A known name where something else is needed. */
export function wrongKind(
  name: Name,
  wanted: "an artifact" | "a contract" | "a choreography" | "a role",
  kind: NameKind,
  place: Span,
): Diagnostic {
  return error("CHOR0207", `\`${name.text}\` is ${article(kind)}, but ${wanted} is needed here.`, name.span, {
    related: [{ message: `\`${name.text}\` is declared here`, span: place }],
    hint: `Write the name of ${wanted}.`,
  });
}

/** A record names a field twice. */
export function fieldTwice(field: Name, first: Span): Diagnostic {
  return error("CHOR0213", `The field \`${field.text}\` is declared twice in one record.`, field.span, {
    related: [{ message: `\`${field.text}\` is declared here first`, span: first }],
    hint: "Remove one of them or give it another name.",
  });
}

/** A loop or a scatter inside another of the same name. */
export function loopTaken(
  kind: "loop" | "scatter",
  name: Name,
  outerKind: "loop" | "scatter",
  outer: Span,
): Diagnostic {
  const around = kind === outerKind ? `another ${kind}` : `a ${outerKind}`;
  return error(
    "CHOR0214",
    `The ${kind} \`${name.text}\` is inside ${around} \`${name.text}\`; \`break ${name.text}\` would be ambiguous.`,
    name.span,
    {
      related: [{ message: `the outer ${outerKind}`, span: outer }],
      hint: "Give one of them another name.",
    },
  );
}

/** Two places of one role would share a handler, but ask for different things. */
export function handlerTaken(
  role: string,
  key: string,
  what: string,
  span: Span,
  first: string,
  firstSpan: Span,
  hint: string,
): Diagnostic {
  return error(
    "CHOR0215",
    `\`${role}\` would answer two different things with one handler \`${key}\`: ${what} here, ${first} elsewhere.`,
    span,
    { related: [{ message: `here \`${key}\` is ${first}`, span: firstSpan }], hint },
  );
}

/** An artifact that nothing uses. */
export function unusedArtifact(name: Name): Diagnostic {
  return warning("CHOR0217", `The artifact \`${name.text}\` is never used.`, name.span, {
    hint: "Send it, or remove it.",
  });
}

/** A role that never speaks and never hears. */
export function unusedRole(name: Name, choreography: string): Diagnostic {
  return warning(
    "CHOR0218",
    `The role \`${name.text}\` takes part in no interaction of \`${choreography}\`.`,
    name.span,
    {
      hint: "Let it take part, or remove it.",
    },
  );
}

/** A contract that no `gate` names. */
export function unusedContract(name: Name): Diagnostic {
  return warning("CHOR0221", `The contract \`${name.text}\` is never used.`, name.span, {
    hint: "Name it in a `gate`, or remove it.",
  });
}

/** An import that nothing uses. */
export function unusedImport(name: Name): Diagnostic {
  return warning("CHOR0220", `\`${name.text}\` is imported but never used.`, name.span, {
    hint: "Use it, or remove the import.",
  });
}

/** A type parameter of a choreography that no message carries. */
export function unusedTypeParameter(name: Name, choreography: string): Diagnostic {
  return warning("CHOR0223", `The type parameter \`${name.text}\` of \`${choreography}\` is never used.`, name.span, {
    hint: "Let a message carry it, or remove it.",
  });
}

/** `import { X } from "./f.chor"`, where the file has no `X`. */
export function unknownImport(
  name: Name,
  from: string,
  names: readonly string[],
  suggestion: string | null,
): Diagnostic {
  const has = names.length === 0 ? "it declares nothing" : `it declares ${listed(names)}`;
  return error("CHOR0219", `\`${from}\` declares no \`${name.text}\`: ${has}.`, name.span, {
    hint: suggestion === null ? "Import what it declares itself." : `Did you mean \`${suggestion}\`?`,
  });
}

/** A `gate` of a contract that nothing declares. */
export function unknownContract(name: Name, suggestion: string | null): Diagnostic {
  return error("CHOR0224", `There is no contract \`${name.text}\`.`, name.span, {
    hint:
      suggestion === null
        ? `Declare it: \`contract ${name.text}(…) { … }\`, or \`external\`.`
        : `Did you mean \`${suggestion}\`?`,
  });
}

/** A `do` of a choreography that nothing declares. */
export function unknownChoreography(name: Name, suggestion: string | null): Diagnostic {
  return error("CHOR0225", `There is no choreography \`${name.text}\`.`, name.span, {
    hint: suggestion === null ? "Declare or import it." : `Did you mean \`${suggestion}\`?`,
  });
}
