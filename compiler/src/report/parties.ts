// What can be wrong with who speaks to whom: families and their members, receivers of several, quorums, who decides.
// CHOR0311 to CHOR0321, CHOR0335. In: the pieces and their places. Out: diagnostics.

import type { Diagnostic, Name, Span } from "@chor/grammar";
import { error, listed } from "./diagnostic.js";

/** `A[*]`, where `A` is one role. */
export function notAFamily(name: Name, span: Span, declared: Span): Diagnostic {
  return error("CHOR0311", `\`${name.text}\` is one role, not a family.`, span, {
    related: [{ message: `\`${name.text}\` is declared here`, span: declared }],
    hint: `Write \`${name.text}\`, or declare a family: \`${name.text}[1..8]\`.`,
  });
}

/** `Coder`, where no scatter or pick has made it one member. */
export function whichMember(name: Name, declared: Span): Diagnostic {
  return error("CHOR0312", `\`${name.text}\` is a family; nothing here says which member is meant.`, name.span, {
    related: [{ message: `\`${name.text}\` is declared here`, span: declared }],
    hint: `Write \`${name.text}[*]\` for all of them, or choose one: \`pick ${name.text} at … { … }\`.`,
  });
}

/** `Coder[*]` inside a scatter or a pick over `Coder`. */
export function allInside(name: Name, span: Span, claim: Span): Diagnostic {
  return error("CHOR0313", `Inside, \`${name.text}\` is one member; the others cannot be spoken to.`, span, {
    related: [{ message: `a member of \`${name.text}\` is claimed here`, span: claim }],
    hint: `Write \`${name.text}\` for the member, or speak to all before or behind.`,
  });
}

/** `Coder[*] -> Coder[*]`, or a member to a member. */
export function withinFamily(name: Name, sender: Span): Diagnostic {
  return error("CHOR0314", `Members of the family \`${name.text}\` send each other no messages.`, name.span, {
    related: [{ message: "the sender", span: sender }],
    hint: "Go through a hub: let one role collect and pass on.",
  });
}

/** `-> *` inside a scatter or a pick. */
export function everybodyInside(span: Span): Diagnostic {
  return error(
    "CHOR0315",
    "Inside a scatter or a pick `*` would not mean everybody: not all members take part in it.",
    span,
    {
      hint: "Name the receivers.",
    },
  );
}

/** `-> *`, and nobody is left. */
export function nobodyElse(sender: string, span: Span): Diagnostic {
  return error(
    "CHOR0316",
    `There is nobody but \`${sender}\` who could receive this: \`*\` leaves out optional roles.`,
    span,
    {
      hint: "Name the receivers.",
    },
  );
}

/** `gate`, `within`, `quorum`, `else` of a message to several. */
export function severalJudges(
  clauses: readonly string[],
  span: Span,
  judge: { readonly role: string; readonly forward: string } | null,
): Diagnostic {
  const need = clauses.length === 1 ? "needs" : "need";
  return error("CHOR0317", `${listed(clauses)} ${need} one receiver, who decides; this message has several.`, span, {
    hint:
      judge === null
        ? "Send it to one role, who decides and forwards it to all."
        : `Send it to \`${judge.role}\` alone and forward it behind: \`${judge.forward}\`.`,
  });
}

/** `F[*] -> A, B` or `F[*] -> G[*]`. */
export function gatherToSeveral(family: string, span: Span): Diagnostic {
  return error(
    "CHOR0318",
    `The messages of all of \`${family}\` are gathered by one receiver; here are several.`,
    span,
    {
      hint: "Let one role gather them and pass the list on.",
    },
  );
}

/** `quorum` of a message that one role sends. */
export function quorumOfOne(sender: string, span: Span): Diagnostic {
  return error("CHOR0319", `A \`quorum\` counts messages of a family, but \`${sender}\` sends one.`, span, {
    hint: "Remove the `quorum`, or let a family send: `Member[*] -> …`.",
  });
}

/** A quorum that may never be reached. */
export function quorumTooLarge(count: number, family: string, low: number, span: Span, declared: Span): Diagnostic {
  return error(
    "CHOR0320",
    `A quorum of ${count} may never be reached: there may be only ${low} of \`${family}\`.`,
    span,
    {
      related: [{ message: `\`${family}\` is declared here`, span: declared }],
      hint: `Write at most ${low}, or \`majority\`; or raise the family's lower bound.`,
    },
  );
}

/** Messages of a family under one name. */
export function gatherNeedsList(label: string, name: string, span: Span): Diagnostic {
  return error("CHOR0321", `Every member sends a \`${label}\`, so what is received is a list and needs a name.`, span, {
    hint: `Collect them: \`as ${name}[]\`.`,
  });
}

/** `choice at Coder`, `pick … at Coder`, where `Coder` is a family. */
export function familyDecides(name: Name, declared: Span): Diagnostic {
  return error("CHOR0335", `\`${name.text}\` is a family, but one role decides.`, name.span, {
    related: [{ message: `\`${name.text}\` is declared here`, span: declared }],
    hint: "Let one role decide, or collect votes: members choose by sending a union.",
  });
}
