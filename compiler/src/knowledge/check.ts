// Whether every role knows what it passes on. In: the global automaton and what reaches its states. Out: one
// diagnostic for each cause: the value was exchanged without the sender, or is not bound on some way.

import type { Diagnostic, Span } from "@chor/grammar";
import type { Interaction } from "../bind/program.js";
import type { GlobalAutomaton } from "../automaton/global.js";
import { notOnEveryWay, notTold, notYetBound, type BindingPlace } from "../report/knowledge.js";
import { completes, isParty, type NameAt, type Reaching } from "./reaching.js";

/** Takes an automaton and its reaching bindings; gives an error for each name that a sender passes on without knowing it for certain. */
export function checkKnowledge(automaton: GlobalAutomaton, reaching: Reaching): readonly Diagnostic[] {
  const { interactions } = automaton.core;
  const checked = new Set<number>();
  const causes = new Set<string>();
  const found: { readonly index: number; readonly diagnostic: Diagnostic }[] = [];
  const sends = automaton.states.flatMap(({ transitions }, state) =>
    transitions.flatMap(({ send }) => (send?.copy === 0 ? [{ state, index: send.interaction }] : [])),
  );
  // By interaction, so that the first place in the source stands for all with the same cause.
  for (const { state, index } of sends.toSorted((a, b) => a.index - b.index || a.state - b.state)) {
    const interaction = interactions[index];
    if (interaction === undefined || interaction.payload.kind !== "forwarded" || checked.has(index)) continue;
    const { name, span } = interaction.payload;
    const at = reaching.reaching(name, state);
    const without = at.bindings.filter((binding) => !isParty(interaction.from, binding));
    if (!at.unbound && without.length === 0) continue;
    checked.add(index);
    const cause = JSON.stringify([
      name,
      at.unbound ? "unbound" : interaction.from,
      at.bindings.map((binding) => binding.index),
    ]);
    if (causes.has(cause)) continue;
    causes.add(cause);
    found.push({ index, diagnostic: explain(automaton, interaction, name, span, state, at, without) });
  }
  return found.map(({ diagnostic }) => diagnostic);
}

function explain(
  automaton: GlobalAutomaton,
  interaction: Interaction,
  name: string,
  span: Span,
  state: number,
  { bindings, unbound }: NameAt,
  without: readonly Interaction[],
): Diagnostic {
  const { core } = automaton;
  const role = interaction.from;
  if (!unbound) {
    const knowers = core.roles.filter((other) => bindings.every((binding) => isParty(other, binding)));
    return notTold(role, name, span, without.map(placeOf), knowers);
  }
  if (bindings.length === 0) {
    const all = core.interactions.filter(({ binds }) => binds === name);
    return notYetBound(
      role,
      name,
      span,
      all.map(placeOf),
      all.some(({ index }) => index < interaction.index) ? "elsewhere" : "later",
    );
  }
  if (bindings.every((binding) => binding.index >= interaction.index)) {
    return notYetBound(role, name, span, bindings.map(placeOf), "round");
  }
  return notOnEveryWay(role, name, span, bindings.map(placeOf), parting(automaton, name, state));
}

function placeOf({ text, span, from, to }: Interaction): BindingPlace {
  return { text, span, from, parties: [from, ...to] };
}

/**
 * A message by which a way without the name leaves one that still could bind it: the last on a shortest unbound
 * way where the other messages lead on too. null: no message does, only the end of a loop's round.
 */
function parting(
  automaton: GlobalAutomaton,
  name: string,
  state: number,
): { readonly text: string; readonly span: Span } | null {
  const { core, states } = automaton;
  const from = new Map<number, { readonly state: number; readonly step: Interaction | null }>();
  const open = [0];
  for (let next = 0; next < open.length && !from.has(state); next++) {
    const source = open[next] ?? 0;
    for (const transition of states[source]?.transitions ?? []) {
      const { target, send } = transition;
      if (completes(transition, core.interactions)?.binds === name || target === 0 || from.has(target)) continue;
      from.set(target, { state: source, step: send === null ? null : (core.interactions[send.interaction] ?? null) });
      open.push(target);
    }
  }
  for (let step = from.get(state); step !== undefined; step = from.get(step.state)) {
    if (step.step !== null && (states[step.state]?.transitions.length ?? 0) > 1)
      return { text: step.step.text, span: step.step.span };
  }
  return null;
}
