// Choices: by an agent, by data at a role, by data that all know. In: a choice's tree. Out: the choice; what its form
// does not allow goes to the sink. That its first messages are its decider's is asked later, see core; but where
// somebody waits for the decision, every branch has to begin with a message to him.

import type { BlockTree, ChoiceTree, InteractionTree, Span } from "@chor/grammar";
import { choiceNeedsName } from "../report/choreography.js";
import {
  branchOtherJudge,
  branchWaitsItself,
  branchWithoutMessage,
  elseNeedsDecider,
  noLastBranch,
  oneBranch,
  whenMissing,
} from "../report/branches.js";
import { bindCount, bindTime, RETRY_LIMIT } from "./head.js";
import { typeTest } from "./expressions/type-expression.js";
import { brace, maybeBlock, type Context } from "./context.js";
import { joinedLabels } from "./names.js";
import { deciderNamed } from "./parties.js";
import type { Statement } from "./program.js";
import { scopeAt } from "./scope.js";
import type { Place } from "./surroundings.js";

/** Takes a choice and the place where it stands. */
export function bindChoice(tree: ChoiceTree, place: Place, context: Context): Statement | null {
  const { surroundings, typed } = context;
  const { sink, head } = surroundings;
  const { at, branches } = tree;
  const decider = at === null ? null : deciderNamed(at, place, surroundings);
  const headSpan = { start: tree.span.start, end: (at ?? tree.name)?.span.end ?? tree.span.start + "choice".length };
  const byData = branches.some(({ when }) => when !== null);
  checkForm(tree, headSpan, context);
  const scope = scopeAt(place, null, typed.names, surroundings);
  const bound = branches.map(({ when, body }) => ({
    when: when === null ? null : typeTest(when, scope),
    body: context.block(body),
  }));
  const within = tree.within === null ? null : bindTime(tree.within, head, sink);
  const retry =
    tree.retry === null ? null : bindCount(tree.retry, "The number of `retry`", [0, RETRY_LIMIT], head, sink);
  const otherwise = maybeBlock(tree.otherwise, context);
  const name = tree.name?.text ?? joinedLabels(branches.flatMap(({ body }) => firstLabel(body) ?? []));
  if (name === "" && at !== null && !byData) sink.push(choiceNeedsName(headSpan));
  const isWhole = bound.every(({ when }, index) => (when === null) === (branches[index]?.when === null));
  if ((at !== null && decider === null) || !isWhole) return null;
  return {
    kind: "choice",
    doc: tree.doc,
    name,
    at: at?.text ?? null,
    within,
    retry,
    branches: bound,
    otherwise,
    span: tree.span,
    headSpan,
  };
}

function checkForm(tree: ChoiceTree, headSpan: Span, { surroundings }: Context): void {
  const { sink } = surroundings;
  const { at, branches, otherwise } = tree;
  const first = branches.find(({ when }) => when !== null)?.when ?? null;
  const last = branches.at(-1);
  if (at === null && otherwise !== null) sink.push(elseNeedsDecider(brace(otherwise)));
  if (branches.length === 1 && otherwise === null) sink.push(oneBranch(headSpan));
  else if (last !== undefined && last.when !== null) sink.push(noLastBranch(headSpan));
  if (first !== null) {
    for (const branch of branches)
      if (branch.when === null && branch !== last) sink.push(whenMissing(brace(branch.body), first.span));
  }
  if (at !== null) checkFirsts(tree, at.text, headSpan, surroundings.sink);
}

/** Where somebody waits, all branches begin with one message to him; nowhere does one branch wait by itself. */
function checkFirsts(tree: ChoiceTree, decider: string, headSpan: Span, sink: Context["surroundings"]["sink"]): void {
  const { within, otherwise, branches } = tree;
  const clause = otherwise !== null ? "`else`" : within !== null ? "`within`" : null;
  const firsts = branches.map(({ body }) => ({ body, message: firstMessage(body) }));
  const judge = firsts.find(({ message }) => message !== null && message.from.name.text === decider)?.message ?? null;
  for (const { body, message } of firsts) {
    const isDecision = message?.from.name.text === decider;
    if (
      message !== null &&
      isDecision &&
      (message.otherwise !== null || (clause !== null && message.within !== null))
    ) {
      const clauses = [
        ...(message.within === null ? [] : ["`within`"]),
        ...(message.otherwise === null ? [] : ["`else`"]),
      ];
      sink.push(branchWaitsItself(clauses.join(" and "), decider, message.message.span, headSpan));
    }
    if (clause === null) continue;
    if (message === null || message.from.name.text !== decider) {
      const receiver = judge === null ? null : receiversOf(judge);
      sink.push(branchWithoutMessage(clause, decider, receiver, message?.span ?? brace(body)));
    } else if (
      message.to?.length !== 1 ||
      message.to[0]?.all === true ||
      (judge !== null && receiversOf(judge) !== receiversOf(message))
    ) {
      const first = judge === null || judge === message ? null : { to: receiversOf(judge), span: judge.toSpan };
      sink.push(branchOtherJudge(clause, receiversOf(message), message.toSpan, first));
    }
  }
}

function firstMessage({ statements }: BlockTree): InteractionTree | null {
  const [first] = statements;
  return first?.kind === "interaction" ? first : null;
}

function receiversOf({ to }: InteractionTree): string {
  return to === null ? "*" : to.map(({ name, all }) => (all ? `${name.text}[*]` : name.text)).join(", ");
}

/** The label of the first message that stands in a block, whatever is around it; of a `do`, the name of its callee. */
function firstLabel({ statements }: BlockTree): string | null {
  const [first] = statements;
  switch (first?.kind) {
    case "interaction":
      return first.message.label.text;
    case "loop":
    case "scatter":
    case "pick":
      return firstLabel(first.body);
    case "choice":
      return first.branches[0] === undefined ? null : firstLabel(first.branches[0].body);
    case "par":
      return first.arms[0] === undefined ? null : firstLabel(first.arms[0]);
    case "saga":
      return first.steps[0] === undefined ? null : firstLabel(first.steps[0].step);
    case "do":
      return first.choreography.text;
    default:
      return null;
  }
}
