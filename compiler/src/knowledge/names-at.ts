// Which names can be read at a place of the source, for the editor. In: a choreography and an offset in its source.
// Out: the names, with their types, who knows them, and where they are bound.

import type { Source, Span } from "@chor/grammar";
import type { Choreography, Type } from "../bind/program.js";
import { analysisOf } from "./analysis.js";
import { knowersAt } from "./explain.js";
import { isInside, type Binding, type Flow, type LocalName, type Place } from "./flow.js";
import { numbersIn } from "./sets.js";
import { stateOf, type Solution } from "./solve.js";

export interface ScopedName {
  /** With its prefix where it comes out of a `do`: `pact.proposal`. */
  readonly name: string;
  /** That of the list, where it collects. */
  readonly type: Type;
  /** Bound on every way here; otherwise it has to be tested first. A list always is. */
  readonly definite: boolean;
  readonly collects: boolean;
  /** Roles, in the order of the choreography. */
  readonly knownBy: readonly string[];
  /** Where it is bound, in `source`: of this choreography, or of the one that a `do` calls. */
  readonly boundAt: readonly Span[];
  readonly source: Source;
}

/**
 * Takes an offset inside a choreography's body, gives the names that can be read there: those that hold only around
 * it first (innermost first), then those that messages bind, in the order of the source. Empty outside of the body.
 */
export function namesAt(choreography: Choreography, offset: number): readonly ScopedName[] {
  const { flow, solution } = analysisOf(choreography);
  const place = placeAt(flow, offset);
  if (place === null) return [];
  const local = localNames(flow, place);
  const hidden = new Set(local.map(({ name }) => name));
  const bound = solution === null ? [] : boundNames(flow, solution, place);
  return [...local, ...bound.filter(({ name }) => !hidden.has(name))];
}

/** The innermost place around an offset: the one that begins last. */
function placeAt({ places }: Flow, offset: number): Place | null {
  let found: Place | null = null;
  for (const place of places) {
    const { start, end } = place.span;
    if (start <= offset && offset <= end && (found === null || start >= found.span.start)) found = place;
  }
  return found;
}

function localNames({ choreography, scopes }: Flow, { local, scope }: Place): readonly ScopedName[] {
  const names = new Map<string, ScopedName>();
  const everybody = choreography.roles.map(({ name }) => name);
  for (let at: LocalName | null = local; at !== null; at = at.outer) {
    if (names.has(at.name)) continue;
    const knownBy = at.knownBy
      ?.filter((party) => party.scope < 0 || isInside(scope, party.scope, scopes))
      .map(({ role }) => role);
    names.set(at.name, {
      name: at.name,
      type: at.type,
      definite: true,
      collects: false,
      knownBy: everybody.filter((role) => knownBy?.includes(role) ?? true),
      boundAt: [at.span],
      source: choreography.source,
    });
  }
  return [...names.values()];
}

function boundNames(flow: Flow, { behind, heights }: Solution, { node, scope }: Place): readonly ScopedName[] {
  const environment = behind[node] ?? null;
  if (environment === null) return [];
  return [...flow.names.values()].flatMap((name): ScopedName[] => {
    const { bindings, unbound } = stateOf(environment, name, heights);
    if (bindings === null) return [];
    const definite = name.collects || !unbound;
    const reaching = numbersIn(bindings).flatMap((number) => flow.bindings[number] ?? []);
    const comes = new Set(reaching);
    const all = definite ? reaching : name.bindings.flatMap((number) => flow.bindings[number] ?? []);
    const told = knowersAt(
      flow,
      all.filter((binding) => comes.has(binding) || isInside(scope, binding.scope, flow.scopes)),
      scope,
    );
    const source = reaching[0]?.origin.source ?? flow.choreography.source;
    return [
      {
        name: name.name,
        type: name.type,
        definite,
        collects: name.collects,
        knownBy: told.map(({ role }) => role),
        boundAt: spansIn(reaching, source),
        source,
      },
    ];
  });
}

function spansIn(bindings: readonly Binding[], source: Source): readonly Span[] {
  return bindings.flatMap(({ origin }) => (origin.source === source ? origin.spans : []));
}
