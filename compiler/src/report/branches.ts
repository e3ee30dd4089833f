// What can be wrong with what branches: choices, arms, scatters, picks. CHOR0325 to CHOR0339. In: the pieces and their
// places. Out: diagnostics.

import type { Diagnostic, Name, Span } from "@chor/grammar";
import { error } from "./diagnostic.js";

/** One message in two arms that run side by side. */
export function sameMessageInArms(shown: string, span: Span, first: Span): Diagnostic {
  return error(
    "CHOR0325",
    `\`${shown}\` stands in two arms of one \`par\`: nobody could tell which of them it belongs to.`,
    span,
    {
      related: [{ message: "in the other arm it stands here", span: first }],
      hint: "Give one of them another label.",
    },
  );
}

/** One name bound in two arms that run side by side. */
export function sameNameInArms(name: string, span: Span, first: Span): Diagnostic {
  return error("CHOR0326", `\`${name}\` is bound in two arms of one \`par\`: which of them came last is open.`, span, {
    related: [{ message: "in the other arm it is bound here", span: first }],
    hint: "Rename one of them with `as`.",
  });
}

/** A choice of one branch. */
export function oneBranch(span: Span): Diagnostic {
  return error("CHOR0328", "There is only one branch, so there is nothing to choose.", span, {
    hint: "Add a branch, `or { … }`, or write its statements without `choice`.",
  });
}

/** A branch without `when` before others that have one. */
export function whenMissing(span: Span, when: Span): Diagnostic {
  return error("CHOR0329", "This branch has no `when`, so those behind it would never be taken.", span, {
    related: [{ message: "this choice is decided by `when`", span: when }],
    hint: "Give it a `when`, or put it last.",
  });
}

/** The last branch has a `when`. */
export function noLastBranch(span: Span): Diagnostic {
  return error("CHOR0330", "When none of its conditions is true, this choice has no branch to take.", span, {
    hint: "End it with a branch without `when`: `or { … }`.",
  });
}

/** `else` of a choice that nobody waits for. */
export function elseNeedsDecider(span: Span): Diagnostic {
  return error("CHOR0331", "Nobody is waited for in this choice, so its `else` is never reached.", span, {
    hint: "Let a role decide, `choice at Role`, or make it a last branch: `or { … }`.",
  });
}

/** A branch of a choice with `within` or `else` that does not begin with a message of the decider. */
export function branchWithoutMessage(clause: string, decider: string, receiver: string | null, span: Span): Diagnostic {
  return error(
    "CHOR0332",
    `A choice with ${clause} is decided by its first message, which one receiver waits for; this branch does not begin with a message of \`${decider}\`.`,
    span,
    { hint: `Begin it with \`${decider} -> ${receiver ?? "…"}: …\`.` },
  );
}

/** The branches of a choice with `within` or `else` begin with messages to different receivers, or to several. */
export function branchOtherJudge(
  clause: string,
  receivers: string,
  span: Span,
  first: { readonly to: string; readonly span: Span } | null,
): Diagnostic {
  return error(
    "CHOR0333",
    `A choice with ${clause} has one receiver, who waits for the decision; this branch begins with a message to \`${receivers}\`.`,
    span,
    {
      related:
        first === null
          ? []
          : [{ message: `another branch begins with a message to \`${first.to}\``, span: first.span }],
      hint: "Begin all branches with a message to the same single receiver, and tell the others behind it.",
    },
  );
}

/** The first message of a branch has a `within` or `else` of its own. */
export function branchWaitsItself(clauses: string, decider: string, span: Span, choice: Span): Diagnostic {
  return error(
    "CHOR0334",
    `This message is the decision of \`${decider}\`; ${clauses} cannot stand at one branch alone.`,
    span,
    {
      related: [{ message: "this choice", span: choice }],
      hint: `Put it at the choice: \`choice at ${decider} within … { … } else { … }\`.`,
    },
  );
}

/** `scatter xs as x over A`, `pick A at B`, where `A` is one role. */
export function nothingToClaim(name: Name, word: "scatter" | "pick", declared: Span): Diagnostic {
  return error("CHOR0336", `\`${name.text}\` is one role; a ${word} is over the members of a family.`, name.span, {
    related: [{ message: `\`${name.text}\` is declared here`, span: declared }],
    hint: `Declare a family: \`${name.text}[1..8]\`.`,
  });
}

/** A scatter or pick over a family inside another one over it. */
export function alreadyClaimed(name: Name, first: Span): Diagnostic {
  return error("CHOR0337", `\`${name.text}\` is one member here already.`, name.span, {
    related: [{ message: "it is claimed here", span: first }],
    hint: "Name another family, or move this behind the block in which it is claimed.",
  });
}

/** `scatter plan as x`, `after plan`. */
export function noListOfElements(need: string, type: string, span: Span): Diagnostic {
  return error("CHOR0338", `${need}; this is \`${type}\`.`, span, { hint: "Name a list." });
}

/** The first message in a pick goes from who picks to who is picked. */
export function pickFirst(decider: string, family: string, span: Span): Diagnostic {
  return error(
    "CHOR0339",
    `A pick begins with a message from \`${decider}\` to the \`${family}\` that it has chosen.`,
    span,
    {
      hint: `Begin with \`${decider} -> ${family}: …\`.`,
    },
  );
}
