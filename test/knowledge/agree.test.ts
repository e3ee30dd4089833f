// What reaches a place, worked out along the source, is what reaches the states of the automaton that stand for it:
// on random plain choreographies both say the same of every name and every role.

import { describe, expect, test } from "vitest";
import { globalAutomaton } from "../../compiler/src/automaton/build.js";
import type { Choreography, Interaction } from "../../compiler/src/bind/program.js";
import { boundName } from "../../compiler/src/core/message.js";
import { desugar } from "../../compiler/src/core/desugar.js";
import { namesAt } from "../../compiler/src/knowledge/names-at.js";
import { reachingBindings } from "../../compiler/src/knowledge/reaching.js";
import { build } from "../support/build.js";
import { randomSketch } from "../support/random-core.js";

const sizes = { roles: 4, labels: 4, statements: 4, depth: 3, loops: "both", payloads: true } as const;

describe("random plain choreographies", () => {
  test("source and automaton agree on what is bound where, and who knows it", () => {
    const seen = { definite: 0, nullable: 0, unknown: 0 };
    for (let seed = 1; seed <= 1000; seed++) {
      const { choreography } = build(randomSketch(seed, sizes));
      const expected = byAutomaton(choreography);
      for (const interaction of choreography.interactions) {
        const names = expected(interaction);
        if (names === null) continue;
        const found = namesAt(choreography, interaction.span.start).map(({ name, definite, knownBy, boundAt }) => ({
          name,
          definite,
          knownBy,
          boundAt: boundAt.map(({ start }) => start),
        }));
        expect([seed, interaction.text, found]).toEqual([seed, interaction.text, names]);
        for (const { definite, knownBy } of found) {
          seen[definite ? "definite" : "nullable"]++;
          seen.unknown += knownBy.length === 0 ? 1 : 0;
        }
      }
    }
    expect(Math.min(seen.definite, seen.nullable, seen.unknown)).toBeGreaterThan(80);
  });
});

/** For an interaction, what reaches the states in which its first message can be sent; null: it never is. */
function byAutomaton(choreography: Choreography): (interaction: Interaction) => readonly unknown[] | null {
  const core = desugar(choreography);
  const { automaton } = globalAutomaton(core);
  if (automaton === null) return () => null;
  const { reaching } = reachingBindings(automaton);
  const interactionOf = (message: number): Interaction | null => core.messages[message]?.interaction ?? null;
  const allNames = [...new Set(core.messages.flatMap((message) => boundName(message) ?? []))];
  return (interaction) => {
    const states = automaton.states.flatMap(({ transitions }, state) =>
      transitions.some(({ send }) => send?.copy === 0 && interactionOf(send.message) === interaction) ? [state] : [],
    );
    if (states.length === 0) return null;
    return allNames.flatMap((name) => {
      const at = states.map((state) => reaching(name, state));
      const bindings = [...new Set(at.flatMap((each) => each.bindings))].toSorted((a, b) => a - b);
      if (bindings.length === 0) return [];
      const definite = at.every(({ unbound }) => !unbound);
      const all = core.messages.flatMap((message, index) => (boundName(message) === name ? [index] : []));
      const asked = (definite ? bindings : all).flatMap((binding) => interactionOf(binding) ?? []);
      const knownBy = choreography.roles
        .map((role) => role.name)
        .filter((role) => asked.every(({ from, to }) => [from, ...to].some((one) => one.role === role)));
      return [{ name, definite, knownBy, boundAt: bindings.map((binding) => interactionOf(binding)?.span.start) }];
    });
  };
}
