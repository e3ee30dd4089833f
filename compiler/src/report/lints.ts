// What the lints of protocols say: CHOR0650 and up. In: names and places. Out: warnings. Who finds these things: the room
// `lints`, a file a lint.

import type { Diagnostic, Span } from "@chor/grammar";
import { listed, warning } from "./diagnostic.js";
import { durationText } from "./words.js";

/** So many places are shown. */
const mostShown = 3;

/** No deadline of the whole, and none of these waits. */
export function waitsForEver(choreography: string, waits: readonly Span[], span: Span): Diagnostic {
  const [count, are] = waits.length === 1 ? ["a wait", "has"] : [`${waits.length} waits`, "have"];
  return warning(
    "CHOR0650",
    `\`${choreography}\` has no deadline, and ${count} for an agent ${are} none either: if the agent does not answer, the session waits for ever.`,
    span,
    {
      related: waits.slice(0, mostShown).map((wait) => ({ message: "an agent is waited for", span: wait })),
      hint: "Give the choreography a deadline (`within 4h` behind its roles), or each of these waits its own.",
    },
  );
}

/** `A -> B: Plan`, and nothing checks the plan. */
export function unguarded(
  label: string,
  artifact: string,
  from: string,
  to: readonly string[],
  span: Span,
): Diagnostic {
  return warning(
    "CHOR0651",
    `\`${label}\` goes from the agent of \`${from}\` to ${listed(to)}, and nothing but its shape is checked.`,
    span,
    { hint: `Give the message a \`gate\` or a \`where\`, or the artifact \`${artifact}\` a \`where\`.` },
  );
}

/** `loop x` without `max`, and somebody is not in all of its rounds. */
export function unboundedLoop(
  loop: string,
  waiting: readonly string[],
  leavers: readonly string[],
  span: Span,
): Diagnostic {
  const who = listed(waiting);
  const message =
    leavers.length === 0
      ? `${who} may wait for ever: a round of \`${loop}\` may pass without a word to ${waiting.length === 1 ? "it" : "them"}, and nobody leaves the loop.`
      : `${who} may wait for ever unless ${listed(leavers)} ${leavers.length === 1 ? "leaves" : "leave"} loop \`${loop}\`.`;
  return warning("CHOR0652", message, span, {
    hint: `Bound the loop (\`loop ${loop} max 10\`), or give the choreography a deadline (\`within 4h\` behind its roles).`,
  });
}

/** Nearly everything goes through one role. */
export function bottleneck(choreography: string, role: string, share: number, span: Span): Diagnostic {
  return warning(
    "CHOR0653",
    `\`${role}\` takes part in ${Math.floor(share * 100)} % of the messages of \`${choreography}\`: the others wait for it.`,
    span,
    { hint: "Let the others talk to each other where it only passes on; `chorc check --figures` has the numbers." },
  );
}

/** `loop x max 3 { … }` that is left by `break`, and nothing behind it can tell whether it was. */
export function noElse(loop: string, span: Span): Diagnostic {
  return warning(
    "CHOR0654",
    `When the rounds of \`${loop}\` are used up without \`break\`, it goes on behind the loop as if it had been left.`,
    span,
    { hint: "Say what happens then: `else { … }`. An empty `else { }` says that this is meant." },
  );
}

/** `within 5h` in a session of four. */
export function lateDeadline(within: number, limit: number, span: Span): Diagnostic {
  return warning(
    "CHOR0655",
    `This wait ends after \`${durationText(within)}\`, but the whole session is over after \`${durationText(limit)}\`: its deadline never comes.`,
    span,
    { hint: "Shorten this deadline, or give the choreography more time." },
  );
}

/** `retry` where nothing is asked and nothing checked. */
export function needlessRetry(label: string, span: Span): Diagnostic {
  return warning(
    "CHOR0656",
    `\`${label}\` cannot be refused: no agent makes it and nothing checks it, so \`retry\` means nothing.`,
    span,
    { hint: "Remove `retry`, or check the message with `where` or `gate`." },
  );
}

/** A `where`, `require` or invariant that refuses everything. */
export function neverHolds(alone: boolean, span: Span): Diagnostic {
  const why = alone ? "No value satisfies this" : "No value satisfies this together with the conditions before it";
  return warning("CHOR0657", `${why}, so everything is refused.`, span, {
    hint: "Compare the condition with the ranges of what it speaks of.",
  });
}

/** A branch whose `when` is never true where it is asked. */
export function neverTaken(span: Span): Diagnostic {
  return warning("CHOR0657", "This is never true where it is asked, so the branch is never taken.", span, {
    hint: "Remove the branch, or compare its condition with those before it and with the ranges.",
  });
}

/** A `where`, `require` or invariant that refuses nothing. */
export function alwaysHolds(alone: boolean, span: Span): Diagnostic {
  const why = alone ? "Every value satisfies this" : "The conditions before it say this already";
  return warning("CHOR0658", `${why}, so it refuses nothing.`, span, {
    hint: "Remove the condition, or compare it with the ranges of what it speaks of.",
  });
}

/** A branch whose `when` is always true where it is asked. */
export function alwaysTaken(span: Span): Diagnostic {
  return warning("CHOR0658", "This is always true where it is asked, so no branch behind it is ever taken.", span, {
    hint: "Remove the branches behind it, or compare its condition with those before it and with the ranges.",
  });
}

/** `contract Fits(part: Part) { }`. */
export function emptyContract(contract: string, span: Span): Diagnostic {
  return warning("CHOR0659", `\`${contract}\` requires nothing, so its gate lets everything pass.`, span, {
    hint: "Give it a `require`, or make it `external` if the host decides.",
  });
}
