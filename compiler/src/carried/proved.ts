// What is bound and typed but not proved yet: constructs inside of arms that the conditions for arms do not cover.
// Everything in this folder shrinks as the back end grows. In: a choreography and its core. Out: CHOR0901 at each.

import type { Diagnostic, Span } from "@chor/grammar";
import type { Choreography } from "../bind/program.js";
import type { Core, Node } from "../core/core.js";
import { callsOf } from "../core/measure.js";
import { innerNodes } from "../core/message.js";
import { statementsIn } from "../bind/walk.js";
import { unproved, unprovedCall, type Unproved } from "../report/unsupported.js";

/** Everything in a choreography that cannot be proved yet, by place; what it calls stands at its `do`. */
export function unprovedIn(choreography: Choreography, core: Core): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const { span, nameSpan } = choreography;
  const isOwn = (place: Span): boolean => place.start >= span.start && place.end <= span.end;
  const calls = [...statementsIn(choreography.body)].filter((statement) => statement.kind === "do");
  for (const { what, at } of limitsIn(core)) {
    if (isOwn(at)) found.push(unproved(what, at));
    else {
      const call = calls.find(({ callee }) => [callee, ...calledBy(callee)].some((one) => within(at, one.span)));
      found.push(call === undefined ? unproved(what, nameSpan) : unprovedCall(call.callee.name, call.headSpan));
    }
  }
  const optional = hasArms(core) ? choreography.roles.filter((role) => role.optional) : [];
  found.push(...optional.map((role) => unproved("optionalInArm", role.span, role.name)));
  return found.toSorted((a, b) => a.span.start - b.span.start);
}

/** Whether there are arms in a core. */
export function hasArms(core: Core): boolean {
  return has(core, ["par", "scatter"]);
}

/** Whether somebody may `fail` in a core. */
export function hasFail(core: Core): boolean {
  return has(core, ["fail"]);
}

function has(core: Core, kinds: readonly Node["kind"][]): boolean {
  const work: Node[] = [core.body];
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    if (kinds.includes(node.kind)) return true;
    work.push(...innerNodes(node));
  }
  return false;
}

interface Limit {
  readonly what: Unproved;
  readonly at: Span;
}

/** What stands in arms, or beside them, and is not covered there; each construct once. */
function limitsIn(core: Core): readonly Limit[] {
  const found = new Map<string, Limit>();
  const beside = { arms: hasArms(core), scatter: has(core, ["scatter"]) };
  const work: { readonly node: Node; readonly inArm: boolean }[] = [{ node: core.body, inArm: false }];
  for (let item = work.pop(); item !== undefined; item = work.pop()) {
    const { node, inArm } = item;
    const what = beside.arms ? limitOf(core, node, inArm || beside.scatter) : null;
    if (what !== null && "span" in node) found.set(`${what} ${node.span.start}`, { what, at: node.span });
    const arms = node.kind === "par" || node.kind === "scatter";
    for (const inner of innerNodes(node)) work.push({ node: inner, inArm: inArm || arms });
  }
  return [...found.values()];
}

/** `isStrict`: in an arm, or where a scatter is: of waits with an `else` only those beside a `par` are covered. */
function limitOf(core: Core, node: Node, isStrict: boolean): Unproved | null {
  const isNetwork = (role: number): boolean => core.roles[role]?.kind === "network";
  if (node.kind === "fail") return "failInArm";
  if (node.kind === "choice") return isNetwork(node.at) ? "waitInArm" : null;
  if (node.kind !== "send" || !isStrict) return null;
  return isNetwork(node.from) || isNetwork(node.to) ? "waitInArm" : null;
}

function within(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** All that a choreography calls, directly or not. */
function calledBy(choreography: Choreography): ReadonlySet<Choreography> {
  const found = new Set(callsOf(choreography));
  for (const called of found) for (const further of callsOf(called)) found.add(further);
  return found;
}
