// What can be wrong with the names of values: what interactions, scatters, picks, `do`s and parameters bind.
// CHOR0205 to CHOR0249. In: the names and their places. Out: diagnostics.

import type { Diagnostic, Name, Span } from "@chor/grammar";
import { error, listed, warning } from "./diagnostic.js";

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

/** What a name of a choreography can stand for. */
export type ValueKind =
  "a message" | "a list" | "the element of a scatter" | "the member of a pick" | "a `do`" | "a parameter";

/** One name for two kinds of things. */
export function nameOfAnotherKind(
  name: Name,
  kind: ValueKind,
  first: { readonly kind: ValueKind; readonly span: Span },
  inside: boolean,
): Diagnostic {
  const message =
    kind !== first.kind
      ? `\`${name.text}\` is already the name of ${first.kind}, it cannot be that of ${kind} too.`
      : inside
        ? `\`${name.text}\` is already the name of ${first.kind} around this one.`
        : `\`${name.text}\` is already the name of ${first.kind}.`;
  return error("CHOR0228", message, name.span, {
    related: [{ message: `\`${name.text}\` is ${first.kind} here`, span: first.span }],
    hint: "Rename one of them with `as`: within a choreography a name stands for one thing.",
  });
}

/** `failure`, for anything but the failure that an `else` knows. */
export function reservedName(name: Name): Diagnostic {
  return error("CHOR0229", `\`${name.text}\` is the name of what an \`else\` knows about its failure.`, name.span, {
    hint: "Choose another name with `as`.",
  });
}

/** `xs.map(plan => …)`, where `plan` is a value too. */
export function parameterHides(name: Name, first: Span): Diagnostic {
  return warning("CHOR0230", `\`${name.text}\` hides the value of that name inside this function.`, name.span, {
    related: [{ message: `\`${name.text}\` is bound here`, span: first }],
    hint: "Give the parameter another name.",
  });
}

/** The element of a scatter or the member of a pick, behind it. */
export function outOfScope(name: Name, kind: ValueKind, place: Span): Diagnostic {
  return error("CHOR0231", `\`${name.text}\` is ${kind}; outside of it there is no \`${name.text}\`.`, name.span, {
    related: [{ message: `\`${name.text}\` is bound here`, span: place }],
    hint: "Use it inside, or collect there what is needed here: `as name[]`.",
  });
}

/** `failure` where nothing has failed. */
export function noFailure(name: Name): Diagnostic {
  return error("CHOR0232", "`failure` is known in the `else` of an interaction or of a choice only.", name.span, {
    hint: "Use it in that `else`, or send it from there.",
  });
}

/** `pact.proposl`. */
export function unknownInside(
  name: Name,
  prefix: string,
  callee: string,
  names: readonly string[],
  suggestion: string | null,
): Diagnostic {
  const has = names.length === 0 ? "it binds nothing" : `it binds ${listed(names)}`;
  return error("CHOR0233", `\`${callee}\` binds no \`${name.text.slice(prefix.length + 1)}\`: ${has}.`, name.span, {
    hint:
      suggestion === null
        ? `Name one of them: \`${prefix}.${names[0] ?? "…"}\`.`
        : `Did you mean \`${prefix}.${suggestion}\`?`,
  });
}

/** `L(pact)`: a `do` is no value. */
export function prefixAlone(name: Name, callee: string, example: string | null): Diagnostic {
  return error(
    "CHOR0234",
    `\`${name.text}\` stands for all that \`do ${callee}\` binds; it is no value itself.`,
    name.span,
    {
      hint:
        example === null
          ? `\`${callee}\` binds nothing: name another value.`
          : `Name one of its values: \`${name.text}.${example}\`.`,
    },
  );
}

/** Two `do`s of one name that are not the same. */
export function prefixOfAnother(name: Name, callee: string, first: Span, firstCallee: string): Diagnostic {
  return error(
    "CHOR0235",
    `\`${name.text}\` stands for \`do ${callee}\` here, but for \`do ${firstCallee}\` elsewhere.`,
    name.span,
    {
      related: [{ message: `here it stands for \`do ${firstCallee}\``, span: first }],
      hint: "Give one of them another name: `do … as name`.",
    },
  );
}

/** A bound or a time that names no parameter. */
export function unknownParameter(
  name: string,
  span: Span,
  parameters: readonly string[],
  suggestion: string | null,
): Diagnostic {
  const has = parameters.length === 0 ? "there are none" : `its value parameters are ${listed(parameters)}`;
  return error("CHOR0226", `\`${name}\` is no parameter of this choreography that is a value: ${has}.`, span, {
    hint: suggestion === null ? "Write a literal, or the name of such a parameter." : `Did you mean \`${suggestion}\`?`,
  });
}

/** `within n`, where `n` is no duration. */
export function parameterOfAnotherType(
  name: string,
  span: Span,
  type: string,
  wanted: "int" | "duration",
  place: Span,
): Diagnostic {
  return error("CHOR0227", `\`${name}\` is \`${type}\`, but \`${wanted}\` is needed here.`, span, {
    related: [{ message: `\`${name}\` is declared here`, span: place }],
    hint: `Let the parameter be \`${wanted}\`, or write a literal.`,
  });
}

/** A parameter that nothing speaks of. */
export function unusedParameter(name: Name, choreography: string): Diagnostic {
  return warning("CHOR0222", `The parameter \`${name.text}\` of \`${choreography}\` is never used.`, name.span, {
    hint: "Use it, or remove it.",
  });
}

/** `votes` is bound by `Vote as votes[]`; `vote` is known in that message's own clauses only. */
export function ownNameElsewhere(name: Name, list: string, place: Span): Diagnostic {
  return error(
    "CHOR0237",
    `\`${name.text}\` is the name of each message in its own clauses only: what is kept is the list \`${list}\`.`,
    name.span,
    {
      related: [{ message: `it is collected as \`${list}\` here`, span: place }],
      hint: `Use \`${list}\`, or send it without \`as ${list}[]\`.`,
    },
  );
}

/** A payload that may be null. */
export function payloadMayBeNull(type: string, span: Span): Diagnostic {
  return error("CHOR0211", `This may be missing (\`${type}\`), so it cannot be sent.`, span, {
    hint: "Send the whole of which it is a part, or say what stands for it: `x == null ? … : x`.",
  });
}

/** A payload of a type that nothing on the wire has. */
export function payloadNotData(type: string, span: Span): Diagnostic {
  return error("CHOR0238", `A message cannot carry \`${type}\`.`, span, {
    hint: "Send an artifact, a field of one, or a value computed from them.",
  });
}
