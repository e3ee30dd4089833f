// An interaction: its parties, its payload, and its clauses. In: a draft, and what the names of the choreography mean.
// Out: the interaction, or null where something is wrong with it (it is in the sink then).

import type { InteractionTree } from "@chor/grammar";
import { namesNothing } from "../report/choreography.js";
import { gatherNeedsList, quorumOfOne, quorumTooLarge, severalJudges } from "../report/parties.js";
import { bindCount, bindTime, FAMILY_LIMIT, RETRY_LIMIT } from "./head.js";
import { typeConditions } from "./expressions/type-expression.js";
import { typeOfPayload } from "./callee.js";
import { bindGate } from "./gates.js";
import { lineBeforeElse, plural } from "./names.js";
import { partiesOf, type Parties } from "./parties.js";
import type { Block, Interaction } from "./program.js";
import { scopeAt } from "./scope.js";
import type { Surroundings } from "./surroundings.js";
import type { Draft } from "./survey.js";
import type { TypedNames } from "./value-names.js";

/** How often a message may be refused where nothing is written. */
const RETRY_DEFAULT = 2;

/** Takes a draft and its `else`, already bound, gives the interaction. */
export function bindInteraction(
  draft: Draft,
  otherwise: Block | null,
  typed: TypedNames,
  surroundings: Surroundings,
): Interaction | null {
  const { tree, place, index, id, binds, collects, own, handler } = draft;
  const { message, doc, span } = tree;
  const { sink, source, head } = surroundings;
  if (tree.as !== null && message.payload.kind === "none") sink.push(namesNothing(tree.as.name, message.label.text));
  const parties = partiesOf(tree, place, surroundings);
  const payload = typed.payloads.get(tree) ?? null;
  const ownName = own === null ? null : { name: own, type: payload === null ? null : typeOfPayload(payload) };
  const { conditions, scope } = typeConditions(tree.where, scopeAt(place, ownName, typed.names, surroundings));
  const where = conditions.flatMap((condition) => condition ?? []);
  const gates = tree.gates.flatMap((gate) => bindGate(gate, scope, surroundings) ?? []);
  const refusable = payload?.kind === "asked" || tree.where.length > 0 || tree.gates.length > 0;
  const retry =
    tree.retry === null
      ? refusable
        ? RETRY_DEFAULT
        : null
      : bindCount(tree.retry, "The number of `retry`", [0, RETRY_LIMIT], head, sink);
  const within = tree.within === null ? null : bindTime(tree.within, head, sink);
  if (parties !== null) refuseSeveralJudges(tree, parties, binds?.text ?? null, sink);
  const quorum = quorumOf(draft, parties, surroundings);
  // Some errors are told of where a name is imported or declared; what speaks of it is left out all the same.
  const isWhole = where.length === tree.where.length && gates.length === tree.gates.length;
  if (parties === null || payload === null || !isWhole) return null;
  return {
    index,
    id,
    doc,
    ...parties,
    label: message.label.text,
    labelSpan: message.label.span,
    payload,
    binds: binds?.text ?? null,
    collects,
    own,
    handler,
    quorum,
    where,
    gates,
    retry,
    within,
    otherwise,
    text: lineBeforeElse(source.text, span, tree.otherwise),
    span,
  };
}

/** `gate`, `within`, `quorum` and `else` need one receiver, who decides. */
function refuseSeveralJudges(
  tree: InteractionTree,
  { to }: Parties,
  binds: string | null,
  sink: Surroundings["sink"],
): void {
  const [first, second] = to;
  if (first === undefined || (second === undefined && !first.all)) return;
  const clauses = [
    ...(tree.quorum === null ? [] : ["quorum"]),
    ...(tree.gates.length === 0 ? [] : ["gate"]),
    ...(tree.within === null ? [] : ["within"]),
    ...(tree.otherwise === null ? [] : ["else"]),
  ];
  if (clauses.length === 0) return;
  const judge = to.find(({ all }) => !all);
  const others = to.filter((each) => each !== judge).map(({ role, all }) => (all ? `${role}[*]` : role));
  const forward = `${judge?.role ?? ""} -> ${others.join(", ")}: ${tree.message.label.text}(${binds ?? ""})`;
  sink.push(severalJudges(clauses, tree.toSpan, judge === undefined ? null : { role: judge.role, forward }));
}

/** The quorum of a gather: all, where nothing is written. */
function quorumOf(
  { tree, binds, collects }: Draft,
  parties: Parties | null,
  { head, sink }: Surroundings,
): Interaction["quorum"] {
  const { quorum, from, message } = tree;
  if (parties === null) return null;
  const family = head.rolesByName.get(from.name.text)?.family ?? null;
  if (!parties.from.all || family === null) {
    if (quorum !== null) sink.push(quorumOfOne(from.name.text, quorum.span));
    return null;
  }
  if (binds !== null && !collects) sink.push(gatherNeedsList(message.label.text, plural(binds.text), binds.span));
  if (quorum === null) return "all";
  if (quorum.kind !== "count") return quorum.kind;
  const { bound } = quorum;
  const count = bindCount(bound, "A quorum", [1, FAMILY_LIMIT], head, sink);
  if (typeof count === "number" && count > family.low && !head.unsized.has(from.name.text)) {
    const declared = head.rolesByName.get(from.name.text)?.span ?? from.name.span;
    sink.push(quorumTooLarge(count, from.name.text, family.low, bound.span, declared));
  }
  return count;
}
