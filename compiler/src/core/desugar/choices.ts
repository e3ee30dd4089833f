// Choices: by an agent or an endpoint, with an `else` (one role of the network for all branches), by data that
// everybody knows (a private announcer), and of a member of a family. In: a choice and its place. Out: nodes of the core.

import type { Block, Choice, Interaction, Pick } from "../../bind/program.js";
import type { ChoiceNode, Node } from "../core.js";
import { messageOf } from "./interactions.js";
import {
  exitTo,
  known,
  networkRole,
  placed,
  roleOf,
  rolesOf,
  sequence,
  unwritten,
  withElse,
  word,
  type Scope,
  type Target,
} from "./scope.js";

/** Translates a choice; `inner` translates what stands in its branches. */
export function choiceNode(scope: Scope, choice: Choice, inner: (block: Block, scope: Scope) => Node): Node {
  if (choice.at === null) return announced(scope, choice, inner);
  const at = roleOf(scope, choice.at);
  if (choice.otherwise !== null) return awaited(scope, choice, choice.otherwise, at, inner);
  return plain(scope, choice, at, (body) => {
    scope.draft.speaker = at;
    return inner(body, scope);
  });
}

function plain(scope: Scope, choice: Choice, at: number, branch: (body: Block, index: number) => Node): ChoiceNode {
  return {
    kind: "choice",
    name: `${scope.prefix}${choice.name}`,
    doc: choice.doc,
    at,
    branches: choice.branches.map(({ body }, i) => branch(body, i)),
    branchSpans: choice.branches.map(({ body }) => placed(scope, body.span)),
    span: placed(scope, choice.headSpan),
  };
}

/**
 * `choice when`: a private announcer tells every role that knows what is asked which branch it is. Where no role does,
 * which is an error of knowledge, it tells all, so that nothing else is said about it.
 */
function announced(scope: Scope, choice: Choice, inner: (block: Block, scope: Scope) => Node): Node {
  const { options } = scope.draft;
  const names = options.knowers(choice, scope.choreography);
  const knowers = [...new Set(names.flatMap((role) => scope.roles.get(role) ?? []))];
  const hearers = knowers.length > 0 ? knowers : [...new Set([...scope.roles.values()].flat())];
  const announcer = networkRole(scope, `?${scope.prefix}${choice.name}${scope.draft.roles.length}`);
  const { speaker } = scope.draft;
  const span = placed(scope, choice.headSpan);
  return plain(scope, choice, announcer, (body, i) => {
    scope.draft.speaker = speaker;
    const said = hearers.map((role) => word(scope, announcer, role, `branch ${i + 1}`, span));
    return sequence(...said, inner(body, scope));
  });
}

/**
 * A choice with an `else`. All branches begin with a message to one judge, as the binder demands; one role of the
 * network carries them all.
 */
function awaited(
  scope: Scope,
  choice: Choice,
  otherwise: Block,
  at: number,
  inner: (block: Block, scope: Scope) => Node,
): Node {
  const firsts = choice.branches.map(({ body }) => firstMessage(body));
  const judge = judgeOf(choice);
  const [whole] = firsts;
  if (judge === null || whole === undefined || whole === null)
    return plain(scope, choice, at, (body) => inner(body, scope));
  const reader = roleOf(scope, judge);
  const network = networkRole(scope, `${scope.draft.roles[at]?.name ?? ""}~${scope.prefix}${choice.name}`);
  const span = placed(scope, choice.headSpan);
  const failed: Target = { block: null };
  const messages = firsts.map((first) => messageOf(scope, known(first ?? undefined, "first message")));
  const read = plain(scope, choice, at, (body, i) => {
    const message = known(messages[i], "first message");
    scope.draft.speaker = at;
    const rest = inner({ ...body, statements: body.statements.slice(1) }, scope);
    return sequence(
      message(at, network, 0),
      message(network, reader, 0),
      judged(reader, span, [
        sequence(word(scope, reader, network, "pass", span), word(scope, network, at, "counted", span), rest),
        sequence(
          word(scope, reader, network, "refused", span),
          word(scope, network, at, "not", span),
          exitTo(scope, failed, unwritten(scope, choice.headSpan)),
        ),
      ]),
    );
  });
  const dropped = plain(scope, choice, at, (_, i) => known(messages[i], "first message")(at, network, 0));
  const tried = judged(reader, span, [
    sequence(word(scope, reader, network, "ok", span), read),
    sequence(
      word(scope, reader, network, "late", span),
      dropped,
      word(scope, network, at, "not", span),
      exitTo(scope, failed, unwritten(scope, choice.headSpan)),
    ),
  ]);
  scope.draft.speaker = reader;
  return withElse(scope, choice.headSpan, failed, tried, () => inner(otherwise, scope));
}

function judged(at: number, span: ChoiceNode["span"], branches: readonly Node[]): ChoiceNode {
  return { kind: "choice", name: "", doc: "", at, branches, branchSpans: branches.map(() => span), span };
}

/** The judge of a choice with `else`: the one receiver of all its first messages; null: there is no such role. */
function judgeOf({ at, branches }: Choice): string | null {
  const firsts = branches.map(({ body }) => firstMessage(body));
  const judge = firsts[0]?.to[0];
  if (judge === undefined || at === null || judge.all) return null;
  const same = firsts.every(
    (first) =>
      first !== null &&
      first.otherwise === null &&
      first.from.role === at &&
      first.to.length === 1 &&
      first.to[0]?.role === judge.role &&
      !first.to[0].all,
  );
  return same ? judge.role : null;
}

function firstMessage({ statements }: Block): Interaction | null {
  const [first] = statements;
  return first?.kind === "interaction" ? first.interaction : null;
}

/** `pick`: a choice with a branch for each member; labels inside carry the member. */
export function pickNode(scope: Scope, pick: Pick, inner: (block: Block, scope: Scope) => Node): Node {
  const at = roleOf(scope, pick.at);
  const members = rolesOf(scope, { role: pick.family, all: true, span: pick.headSpan });
  const span = placed(scope, pick.headSpan);
  return {
    kind: "choice",
    name: `${scope.prefix}${pick.as ?? pick.family}`,
    doc: "",
    at,
    branches: members.map((member, i) => {
      scope.draft.speaker = at;
      const roles = new Map(scope.roles).set(pick.family, [member]);
      return inner(pick.body, { ...scope, roles, suffix: `${scope.suffix}[${i + 1}]` });
    }),
    branchSpans: members.map(() => placed(scope, pick.body.span)),
    span,
  };
}
