// What can be wrong with the form of a choreography: its head, senders and receivers, jumps, loops. CHOR0301 to
// CHOR0349, with parties.ts, branches.ts and calls.ts. In: the pieces and their places. Out: diagnostics.

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

/** `max n`, `retry n`, `quorum n`: no whole number in its range. */
export function countOutOfRange(what: string, low: number, high: number, span: Span): Diagnostic {
  return error("CHOR0322", `${what} is a whole number from ${low} to ${high}.`, span, { hint: "Write such a number." });
}

/** `Coder[0..3]`, `Coder[5..2]`, `Coder[n]`. */
export function familyOutOfRange(name: Name, limit: number, span: Span): Diagnostic {
  return error(
    "CHOR0309",
    `How many there are of \`${name.text}\` is a range of whole numbers, from 1 to at most ${limit}, the smaller one first.`,
    span,
    { hint: `Write it with numbers: \`${name.text}[1..8]\`.` },
  );
}

/** `Coder[1..3]?`. */
export function optionalFamily(name: Name, span: Span): Diagnostic {
  return error("CHOR0310", `\`${name.text}\` is a family, so it cannot be optional.`, span, {
    hint: "Remove the `?`, or make it one optional role.",
  });
}

/** A jump that leaves an arm of a `par`, or the body of a scatter. */
export function leavesArm(jump: string, span: Span, around: "par" | "scatter", place: Span): Diagnostic {
  const what = around === "par" ? "an arm of this `par`" : "the body of this scatter";
  return error("CHOR0323", `\`${jump}\` would leave ${what} while the others go on.`, span, {
    related: [{ message: `it stands in this ${around === "par" ? "arm" : "scatter"}`, span: place }],
    hint:
      around === "par"
        ? "Collect what has happened, and leave behind the `par`."
        : "Collect what has happened, and leave behind the scatter; its `break` ends one instance.",
  });
}

/** `continue` of a scatter. */
export function continueOfScatter(name: Name, scatter: Span): Diagnostic {
  return error("CHOR0324", `\`${name.text}\` is the element of a scatter: it has no next round.`, name.span, {
    related: [{ message: "this scatter", span: scatter }],
    hint: `End the instance with \`break ${name.text}\`.`,
  });
}
