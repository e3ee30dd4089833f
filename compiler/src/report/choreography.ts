// What can be wrong with the form of a choreography: senders and receivers, jumps, loops, choices.
// CHOR0301 to CHOR0349. In: the pieces and their places. Out: diagnostics.

import type { Diagnostic, Name, Span } from "@chor/grammar";
import { error } from "./diagnostic.js";

/** A choreography of nobody or of one. */
export function tooFewRoles(name: Name, count: number): Diagnostic {
  const has = count === 0 ? "has no roles" : "has only one role";
  return error("CHOR0301", `\`${name.text}\` ${has}; a choreography is between two or more.`, name.span, {
    hint: "Add the roles that it is between.",
  });
}

/** `A -> A`. */
export function sendsToItself(role: Name, sender: Span): Diagnostic {
  return error("CHOR0302", `\`${role.text}\` cannot send to itself.`, role.span, {
    related: [{ message: "the sender", span: sender }],
    hint: "Name another receiver, or leave the step to the role's own agent.",
  });
}

/** `A -> B, B`. */
export function receivesTwice(role: Name, first: Span): Diagnostic {
  return error("CHOR0303", `\`${role.text}\` is a receiver of this message twice.`, role.span, {
    related: [{ message: "the first time", span: first }],
    hint: "Name every receiver once.",
  });
}

/** `L() as x`. */
export function namesNothing(name: Name, label: string): Diagnostic {
  return error(
    "CHOR0304",
    `\`${label}()\` carries nothing, so there is nothing that could be called \`${name.text}\`.`,
    name.span,
    {
      hint: `Remove \`as ${name.text}\`, or let the message carry an artifact.`,
    },
  );
}

/** None of the branches has a label that the choice could be called by. */
export function choiceNeedsName(span: Span): Diagnostic {
  return error(
    "CHOR0305",
    "This choice has no name, and no branch begins with a message that it could be called by.",
    span,
    {
      hint: "Give it a name: `choice verdict at …`.",
    },
  );
}

/** A statement right behind a `break` or `continue`. */
export function behindJump(span: Span, jump: string, jumpSpan: Span): Diagnostic {
  return error("CHOR0306", `This is never reached: \`${jump}\` leaves before it.`, span, {
    related: [{ message: "the way out", span: jumpSpan }],
    hint: `Put it before \`${jump}\` or remove it.`,
  });
}

/** A loop that is not counted cannot be over. */
export function elseWithoutMax(loop: string, span: Span): Diagnostic {
  return error(
    "CHOR0307",
    `The loop \`${loop}\` has an \`else\` but no \`max\`, so the \`else\` is never reached.`,
    span,
    {
      hint: `Count the rounds: \`loop ${loop} max 5 { … } else { … }\`, or remove the \`else\`.`,
    },
  );
}

/** `max 0`, `max 1.5`, `max 99999999`. */
export function roundsOutOfRange(loop: string, limit: number, span: Span): Diagnostic {
  return error("CHOR0308", `The number of rounds of \`${loop}\` is a whole number from 1 to ${limit}.`, span, {
    hint: "Write such a number.",
  });
}
