// What can be wrong with the form of choices and loops, and how it is told: CHOR0501 and up. In: pieces of the
// core. Out: diagnostics. Who finds these things: core/reach.ts, automaton/build.ts, automaton/observe.ts.

import type { Diagnostic, Related, Span } from "@chor/grammar";
import type { ChoiceNode, Core, CoreLoop, Send } from "../core/core.js";

/** The first message of a branch is not sent by the role that decides. `branch` is the innermost one around it, or before it. */
export function notTheDecider(core: Core, choice: ChoiceNode, branch: Span, send: Send): Diagnostic {
  const decider = roleName(core, choice.at);
  const sender = roleName(core, send.from);
  return {
    code: "CHOR0501",
    severity: "error",
    message: `\`${decider}\` decides here, but the first message of this branch is \`${shownSend(core, send)}\`: whether it is sent is up to \`${sender}\`.`,
    span: send.span,
    related: [
      { message: `\`${decider}\` decides this choice`, span: choice.span },
      { message: "this branch begins with it", span: branch },
    ],
    hint: `Begin the branch with a message from \`${decider}\`, or put the choice at \`${sender}\`.`,
  };
}

/** A branch begins with a `fail` of somebody who does not decide. */
export function failsFirst(
  core: Core,
  choice: ChoiceNode,
  branch: Span,
  fail: { readonly by: number; readonly span: Span },
): Diagnostic {
  const decider = roleName(core, choice.at);
  const sender = roleName(core, fail.by);
  return {
    code: "CHOR0501",
    severity: "error",
    message: `\`${decider}\` decides here, but this branch begins with a \`fail\` of \`${sender}\`, which has spoken last.`,
    span: fail.span,
    related: [
      { message: `\`${decider}\` decides this choice`, span: choice.span },
      { message: "this branch begins with it", span: branch },
    ],
    hint: `Begin the branch with a message from \`${decider}\`, or write the \`fail\` into its branch.`,
  };
}

/** A branch says nothing, and behind it the choreography is over. */
export function endsInSilence(core: Core, choice: ChoiceNode, branch: Span): Diagnostic {
  const decider = roleName(core, choice.at);
  return {
    code: "CHOR0502",
    severity: "error",
    message: `When \`${decider}\` takes this branch the choreography is over without a message, so nobody can tell it from a decision that is still to come.`,
    span: branch,
    related: [
      { message: `\`${decider}\` decides this choice`, span: choice.span },
      { message: "the choreography ends here", span: core.end },
    ],
    hint: `Let \`${decider}\` say in this branch that it is over, for instance \`${decider} -> *: Done()\`.`,
  };
}

/** Two branches begin with the same message. */
export function sameMessage(core: Core, choice: ChoiceNode, first: Send, second: Send): Diagnostic {
  return {
    code: "CHOR0503",
    severity: "error",
    message: `Two branches of this choice begin with \`${shownSend(core, second)}\`, so \`${roleName(core, second.to)}\` cannot tell which of them was taken.`,
    span: second.span,
    related: [
      { message: "the other branch begins with it here", span: first.span },
      { message: "both belong to this choice", span: choice.span },
    ],
    hint: "Give the two messages different labels, or send the common message before the choice.",
  };
}

/** Two branches go on at the very same place without having said anything. */
export function sameWay(core: Core, choice: ChoiceNode, first: Span, second: Span): Diagnostic {
  const decider = roleName(core, choice.at);
  return {
    code: "CHOR0504",
    severity: "error",
    message:
      "Two branches of this choice go on at the same place and neither says anything before: there is nothing to decide between them.",
    span: second,
    related: [
      { message: "this branch says nothing either", span: first },
      { message: "both belong to this choice", span: choice.span },
    ],
    hint: `Remove one of the two branches, or let \`${decider}\` say something in it.`,
  };
}

/** A loop can go round without a message. `branches` are those on the way that say nothing. */
export function silentRound(loop: CoreLoop, branches: readonly Span[]): Diagnostic {
  const related: Related[] = branches.map((span) => ({ message: "nothing is said on this way", span }));
  return {
    code: "CHOR0505",
    severity: "error",
    message: `A round of the loop \`${loop.name}\` can pass without a message, so it could go round for ever while nothing happens.`,
    span: loop.span,
    related,
    hint:
      related.length === 0
        ? "Put an interaction into the loop, or remove it."
        : `Say something in this branch, or leave with \`break ${loop.name}\`.`,
  };
}

/**
 * In a branch the round of a counted loop is over without a message, and who decides is not the one who speaks next.
 * `next` is what comes then; null: nothing does.
 */
export function silentTail(
  core: Core,
  choice: ChoiceNode,
  branch: Span,
  loop: CoreLoop,
  next: Span | null,
): Diagnostic {
  const decider = roleName(core, choice.at);
  const then = next === null ? "the choreography may be over then" : `\`${decider}\` is not the one who speaks next`;
  return {
    code: "CHOR0506",
    severity: "error",
    message: `When \`${decider}\` takes this branch a round of \`${loop.name}\` is over without a message, and ${then}: nobody can tell that it was taken.`,
    span: branch,
    related: [
      { message: `\`${decider}\` decides this choice`, span: choice.span },
      { message: "its rounds are counted", span: loop.span },
      ...(next === null ? [] : [{ message: "this comes next", span: next }]),
    ],
    hint: `Say something in this branch: let \`${decider}\` tell that the round is over.`,
  };
}

/** A statement that no run reaches. `behind` is the statement that nothing gets past. */
export function neverReached(span: Span, behind: Span, why: string): Diagnostic {
  return {
    code: "CHOR0507",
    severity: "warning",
    message: `This is never reached: ${why}.`,
    span,
    related: [{ message: "nothing gets past this", span: behind }],
    hint: "Remove it, or move it to where it can happen.",
  };
}

/** The `else` of a counted loop in which no round comes to its end. */
export function neverOver(loop: CoreLoop, otherwise: Span): Diagnostic {
  return {
    code: "CHOR0508",
    severity: "warning",
    message: `The \`else\` of the loop \`${loop.name}\` never runs: no round comes to its end, so there are never ${String(loop.max)} of them.`,
    span: otherwise,
    related: [{ message: "it belongs to this loop", span: loop.span }],
    hint: `Remove the \`else\`, or let a round end without \`break ${loop.name}\`.`,
  };
}

/** A branch begins with arms side by side, so nobody is the first to speak. */
export function beginsTogether(
  core: Core,
  choice: ChoiceNode,
  branch: Span,
  kind: "par" | "scatter",
  span: Span,
): Diagnostic {
  const decider = roleName(core, choice.at);
  return {
    code: "CHOR0511",
    severity: "error",
    message: `\`${decider}\` decides here, but this branch begins with ${kind === "par" ? "several messages side by side" : "a `scatter`"}: nobody is the first to speak.`,
    span,
    related: [
      { message: `\`${decider}\` decides this choice`, span: choice.span },
      { message: "this branch begins with it", span: branch },
    ],
    hint: `Begin the branch with a message from \`${decider}\`, for instance to all who take part in what follows.`,
  };
}

/** A branch begins with what somebody else decides before anything is said: a wait with `else`, or a `choice when`. */
export function beginsWithWait(core: Core, choice: ChoiceNode, branch: Span, send: Send): Diagnostic {
  const decider = roleName(core, choice.at);
  const judge = core.roles[send.from]?.kind === "network" ? null : roleName(core, send.from);
  return {
    code: "CHOR0512",
    severity: "error",
    message:
      judge === null
        ? `\`${decider}\` decides here, but this branch begins with a \`choice when\`, which everybody follows before \`${decider}\` has said anything.`
        : `\`${decider}\` decides here, but this branch begins with a wait with \`else\`: nobody has been told yet that it was taken.`,
    span: send.span,
    related: [
      { message: `\`${decider}\` decides this choice`, span: choice.span },
      { message: "this branch begins with it", span: branch },
    ],
    hint:
      judge === null || judge === decider
        ? `Begin the branch with a message from \`${decider}\`.`
        : `Give the \`else\` to the choice, or begin the branch with a message from \`${decider}\` to \`${judge}\`.`,
  };
}

/** More than the checker is willing to spell out: callees put in again and again, members of families. */
export function tooMuchSpeltOut(name: string, limit: number, span: Span): Diagnostic {
  return {
    code: "CHOR0513",
    severity: "error",
    message: `The choreography \`${name}\` is too large to be checked: with what it calls put in, and families spelt out, it has more than ${limit} statements.`,
    span,
    related: [],
    hint: "Call less often, nest `pick` less deeply, or split the choreography.",
  };
}

/** More callees, and callees of callees, than the checker is willing to put in. */
export function tooManyCallees(name: string, limit: number, span: Span): Diagnostic {
  return {
    code: "CHOR0515",
    severity: "error",
    message: `The choreography \`${name}\` is too large to be checked: it calls more than ${limit} others, directly or not.`,
    span,
    related: [],
    hint: "Write some of them out, or split the choreography.",
  };
}

/** Callees in callees, or steps of a saga, deeper than the checker is willing to go. */
export function tooDeeplyNested(name: string, limit: number, span: Span): Diagnostic {
  return {
    code: "CHOR0514",
    severity: "error",
    message: `The choreography \`${name}\` is nested too deeply to be checked: with what it calls put in, it has more than ${limit} levels.`,
    span,
    related: [],
    hint: "Call less deeply, or split long sagas and gathers.",
  };
}

/** More transitions than the checker is willing to look at. */
export function tooManyTransitions(core: Core, limit: number): Diagnostic {
  return {
    code: "CHOR0509",
    severity: "error",
    message: `The choreography \`${core.name}\` is too large to be checked: its global automaton has more than ${limit} transitions.`,
    span: core.end,
    related: [],
    hint: "Split it, or let branches that say nothing say something: a row of them multiplies the ways to go on.",
  };
}

/** More local sets than the checker is willing to look at. */
export function tooManySets(core: Core, role: number): Diagnostic {
  return {
    code: "CHOR0510",
    severity: "error",
    message: `The choreography \`${core.name}\` is too large to be checked: there are too many situations that \`${roleName(core, role)}\` would have to tell apart.`,
    span: core.end,
    related: [],
    hint: `Tell \`${roleName(core, role)}\` more often which branch was taken, or split the choreography.`,
  };
}

function shownSend(core: Core, send: Send): string {
  const { interaction = null, prefix = "" } = core.messages[send.message] ?? {};
  const label = interaction === null ? send.label : `${prefix}${interaction.label}`;
  return `${roleName(core, send.from)} -> ${roleName(core, send.to)}: ${label}`;
}

/** As the source calls it: members are called by their family. */
function roleName(core: Core, role: number): string {
  const { name = "", role: declared = null, member = null } = core.roles[role] ?? {};
  return member === null ? name : (declared ?? name);
}
