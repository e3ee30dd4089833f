// What can be wrong with names: unknown, taken, meant as something else. CHOR0201 to CHOR0249.
// In: the names and their places. Out: diagnostics.

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

/** A value that no interaction of the choreography binds. */
export function unknownValue(
  name: Name,
  hint: string | null,
  carrier: { readonly text: string; readonly span: Span } | null,
): Diagnostic {
  return error("CHOR0205", `No interaction of this choreography binds \`${name.text}\`.`, name.span, {
    related: carrier === null ? [] : [{ message: carrier.text, span: carrier.span }],
    hint,
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
  return error("CHOR0206", `\`${word} ${name.text}\` names no loop that it stands in: ${around}.`, name.span, {
    hint: suggestion === null ? `Put the \`${word}\` into the loop that it names.` : `Did you mean \`${suggestion}\`?`,
  });
}

/** A known name where something else is needed. */
export function wrongKind(name: Name, wanted: "an artifact" | "a role", kind: NameKind, place: Span): Diagnostic {
  return error("CHOR0207", `\`${name.text}\` is ${article(kind)}, but ${wanted} is needed here.`, name.span, {
    related: [{ message: `\`${name.text}\` is declared here`, span: place }],
    hint: `Write the name of ${wanted}.`,
  });
}

/** One name for payloads of two types. */
export function boundWithAnotherType(
  name: string,
  span: Span,
  type: string,
  first: Span,
  firstType: string,
): Diagnostic {
  return error(
    "CHOR0209",
    `\`${name}\` is bound here to \`${type}\`, but it is already bound to \`${firstType}\`: one name has one type.`,
    span,
    {
      related: [{ message: `\`${name}\` is bound to \`${firstType}\` here`, span: first }],
      hint: "Rename one of them with `as`.",
    },
  );
}

/** `plan.modles`: the record has no such field. */
export function unknownField(
  field: Name,
  of: string,
  fields: readonly string[],
  suggestion: string | null,
): Diagnostic {
  const has = fields.length === 0 ? "it has no fields" : `its fields are ${listed(fields)}`;
  return error("CHOR0210", `\`${of}\` has no field \`${field.text}\`: ${has}.`, field.span, {
    hint: suggestion === null ? "Name one of its fields." : `Did you mean \`${suggestion}\`?`,
  });
}

/** A path through a field that may be absent. */
export function optionalOnPath(field: Name, of: string): Diagnostic {
  return error("CHOR0211", `\`${of}.${field.text}\` may be absent, so it cannot be passed on.`, field.span, {
    hint: `Pass on \`${of}\` as a whole, or make the field compulsory.`,
  });
}

/** A field of something that is no record. */
export function noRecord(field: Name, of: string, type: string): Diagnostic {
  return error(
    "CHOR0212",
    `\`${of}\` has the type \`${type}\`, it is no record: it has no field \`${field.text}\`.`,
    field.span,
    {
      hint: `Pass on \`${of}\` as a whole.`,
    },
  );
}

/** A record names a field twice. */
export function fieldTwice(field: Name, first: Span): Diagnostic {
  return error("CHOR0213", `The field \`${field.text}\` is declared twice in one record.`, field.span, {
    related: [{ message: `\`${field.text}\` is declared here first`, span: first }],
    hint: "Remove one of them or give it another name.",
  });
}

/** A loop inside a loop of the same name. */
export function loopTaken(name: Name, outer: Span): Diagnostic {
  return error(
    "CHOR0214",
    `The loop \`${name.text}\` is inside another loop \`${name.text}\`; \`break ${name.text}\` would be ambiguous.`,
    name.span,
    {
      related: [{ message: "the outer loop", span: outer }],
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

/** `X(x)` where only messages like it bind `x`. */
export function onlyPassedOn(name: Name): Diagnostic {
  return error(
    "CHOR0216",
    `\`${name.text}\` is only ever passed on in this choreography: nobody makes one.`,
    name.span,
    {
      hint: "Let one interaction ask for an artifact: `Label(Artifact)`.",
    },
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
