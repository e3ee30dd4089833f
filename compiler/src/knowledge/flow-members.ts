// Scatter, pick and `do` in a flow: members that stand for their families, names that end, names that come out of
// another choreography. In: the bound statement and the node before. Out: the node behind.

import type { Span } from "@chor/grammar";
import type { Do, Pick, Scatter, Type } from "../bind/program.js";
import {
  addNode,
  addRead,
  braceOf,
  JOIN,
  leadTo,
  meeting,
  party,
  shown,
  wayOn,
  withLocal,
  type Builder,
  type Draft,
  type Exit,
  type Surroundings,
} from "./draft.js";
import { partyOf } from "./flow.js";
import { participants } from "./participants.js";
import { addCall, UNKNOWN } from "./results.js";

/** Adds a scatter: one round of its body stands for all instances. */
export function addScatter(builder: Builder, scatter: Scatter, at: number, surroundings: Surroundings): number {
  const { draft } = builder;
  const { list, as, over, after, body, headSpan } = scatter;
  const roles = participants(body, draft.choreography);
  const others = [...new Set([...over, ...roles])];
  const node = addNode(draft, [at], JOIN, { act: { by: null, key: "", others } });
  // Every member of a family may claim an element, so all of them know the list.
  const readers = others.map((role) => partyOf(role, over.includes(role), surroundings.scope, draft.scopes));
  addRead(draft, node, surroundings, "scatter", list, readers);
  const inner = addScope(draft, surroundings, over, node, headSpan);
  const members = others.map((role) => partyOf(role, false, inner.scope, draft.scopes));
  const knownBy = [...members, ...readers];
  const item: Type = list.type.kind === "list" ? list.type.item : list.type;
  const named = withLocal(inner, { name: as, type: item, knownBy, span: headSpan });
  if (after !== null) addRead(draft, node, named, "after", after, readers);
  const breaks: Exit = { scope: named.scope, from: [] };
  const end = builder.block(body, addNode(draft, [node]), {
    ...named,
    breaks: new Map(surroundings.breaks).set(as, breaks),
  });
  // The list may be empty.
  const behind: Exit = { scope: surroundings.scope, from: [node] };
  leadTo(draft, behind, meeting(draft, [end, ...breaks.from]), named.scope);
  return meeting(draft, behind.from);
}

/** Adds a pick. */
export function addPick(builder: Builder, pick: Pick, at: number, surroundings: Surroundings): number {
  const { draft } = builder;
  const { family, as, body, headSpan } = pick;
  const act = { by: pick.at, key: `pick ${pick.span.start}`, others: [] };
  const node = addNode(draft, [at], JOIN, { act });
  let inner = addScope(draft, surroundings, [family], node, headSpan);
  if (as !== null) {
    const type: Type = { kind: "string", min: 1, max: 256, pattern: null };
    const members = [...new Set([pick.at, family, ...participants(body, draft.choreography)])];
    const knownBy = members.map((role) => partyOf(role, false, inner.scope, draft.scopes));
    inner = withLocal(inner, { name: as, type, knownBy, span: headSpan });
  }
  const end = builder.block(body, addNode(draft, [node]), inner);
  const behind: Exit = { scope: surroundings.scope, from: [] };
  leadTo(draft, behind, end, inner.scope);
  return meeting(draft, behind.from);
}

function addScope(
  draft: Draft,
  surroundings: Surroundings,
  families: readonly string[],
  start: number,
  headSpan: Span,
): Surroundings {
  const scope = draft.scopes.push({ parent: surroundings.scope, families, start, ...shown(draft, headSpan) }) - 1;
  return { ...surroundings, scope };
}

/** Adds a `do` as what its callee leaves. */
export function addDo(builder: Builder, call: Do, at: number, surroundings: Surroundings): number {
  const { draft } = builder;
  const { scope } = surroundings;
  const roles = call.roles.flat();
  const others = [...new Set(roles.map(({ role }) => role))];
  const node = addNode(draft, [at], JOIN, { act: { by: null, key: "", others } });
  const readers = roles.map((role) => party(draft, role, scope));
  for (const value of call.values) addRead(draft, node, surroundings, "do", value, readers);
  const { ended, aborted } = builder.resultsOf(call.callee) ?? UNKNOWN;
  const behind = ended === null ? draft.nowhere : addCall(draft, call, node, scope, ended);
  const failed = aborted === null ? draft.nowhere : addCall(draft, call, node, scope, aborted);
  if (call.otherwise === null) {
    leadTo(draft, surroundings.aborts, failed, scope);
    return behind;
  }
  const way = {
    text: `through the \`else\` of \`${shown(draft, call.headSpan).text}\``,
    span: braceOf(call.otherwise),
  };
  return meeting(draft, [behind, builder.block(call.otherwise, wayOn(draft, failed, way), surroundings)]);
}
