// What a choreography leaves to whoever calls it: its names where it ends well and where it ends by `abort`, and
// which of its roles know them. In: a solved flow. Out: two exits. And, for a `do`: these names in the caller.

import type { Source, Span } from "@chor/grammar";
import type { Choreography, Do, Type } from "../bind/program.js";
import { substitute } from "../bind/type-relations.js";
import { addBinding, addNode, shown, type Draft } from "./draft.js";
import type { Environment } from "./environment.js";
import { partyOf, type BoundName, type Flow, type Party } from "./flow.js";
import { numbersIn } from "./sets.js";
import { stateOf, type Solution } from "./solve.js";

/** null: it never ends that way. */
export interface Results {
  readonly ended: readonly Result[] | null;
  readonly aborted: readonly Result[] | null;
}

/** A name that is bound at the end, on some ways or on all. */
interface Result {
  readonly name: string;
  readonly collects: boolean;
  readonly type: Type;
  /** Who takes part in everything that can have been bound last. */
  readonly knownBy: readonly Party[];
  readonly unbound: boolean;
  readonly origin: { readonly source: Source; readonly spans: readonly Span[] };
}

/** How many names all `do`s of a choreography may bring; the names of calls in calls multiply. */
const RESULTS_LIMIT = 4_000;

/** Takes a flow and what reaches its nodes, gives what it leaves. */
export function resultsOf(flow: Flow, { before, heights }: Solution): Results {
  const at = (node: number): readonly Result[] | null => {
    const environment: Environment | null = before[node] ?? null;
    if (environment === null) return null;
    return [...flow.names.values()].flatMap((name) => {
      const { bindings, unbound } = stateOf(environment, name, heights);
      return bindings === null ? [] : [resultOf(flow, name, numbersIn(bindings), unbound)];
    });
  };
  return { ended: at(flow.end), aborted: at(flow.aborted) };
}

/** The results of a choreography of which nothing is known. */
export const UNKNOWN: Results = { ended: [], aborted: [] };

function resultOf(flow: Flow, name: BoundName, numbers: readonly number[], unbound: boolean): Result {
  const bindings = numbers.flatMap((number) => flow.bindings[number] ?? []);
  const [first] = bindings;
  // A member that stood for its family inside a scatter is not known any more.
  const knownBy = (first?.parties ?? []).filter(({ role, all }) =>
    bindings.every(({ parties }) => parties.some((one) => one.role === role && one.all === all && one.scope < 0)),
  );
  const source = first?.origin.source ?? flow.choreography.source;
  const spans = bindings.flatMap(({ origin }) => (origin.source === source ? origin.spans : []));
  return { name: name.name, collects: name.collects, type: name.type, knownBy, unbound, origin: { source, spans } };
}

/** Adds the node behind a `do` that left these results; `draft.whole` becomes false where they are too many. */
export function addCall(draft: Draft, call: Do, at: number, scope: number, results: readonly Result[]): number {
  draft.counts.called += results.length;
  if (draft.counts.called > RESULTS_LIMIT) {
    draft.whole = false;
    return at;
  }
  const { callee, headSpan } = call;
  const types = new Map(call.types.map((type, i) => [callee.typeParameters[i] ?? "", type]));
  const { text, span } = shown(draft, headSpan);
  const bound = results.map((result) => {
    const name = `${call.as}.${result.name}`;
    const parties = result.knownBy.flatMap((party) => partiesOf(draft, call, callee, party, scope));
    const binding = {
      name,
      parties,
      scope,
      node: draft.nodes.length,
      text,
      span,
      origin: result.origin,
      interaction: null,
    };
    const number = addBinding(draft, binding, substitute(result.type, types), result.collects);
    return { name, binding: number, maybe: result.unbound };
  });
  return addNode(draft, [at], { kind: "call", results: bound });
}

/** The roles that fill a role of the callee. */
function partiesOf(
  draft: Draft,
  { roles }: Do,
  callee: Choreography,
  { role }: Party,
  scope: number,
): readonly Party[] {
  const index = callee.roles.findIndex(({ name }) => name === role);
  return (roles[index] ?? []).map((one) => partyOf(one.role, one.all, scope, draft.scopes));
}
