// The machine of a role in one block, as the subset construction has it. In: the automaton of the block and what the role
// sees of it. Out: its machine: state i is local set i; behind them stand states in which counters begin anew.

import type { Span } from "@chor/grammar";
import type { Built } from "../arms/views.js";
import type { LocalEdge, LocalSet } from "../automaton/observe.js";
import type { View } from "../coherence/tables.js";
import { happening, roleName, shownHappening } from "../report/waits.js";
import { tableOf } from "./table.js";
import type { Machine, Pass, State, Step } from "./team.js";

/** Takes a block, the view of a role on it, and numbers for labels. */
export function observedMachine(built: Built, view: View, block: number, labelOf: (label: string) => number): Machine {
  const { tables, role, sets } = view;
  const { automaton } = tables;
  const loops = tableOf<number>();
  const enters: Pass[] = [];

  const follow = ({ target, enters: entered }: LocalEdge, fresh: number | null): number =>
    entered
      .filter((loop) => loop !== fresh)
      .reduceRight(
        (then, loop) => sets.length - 1 + enters.push({ kind: "enter", counter: loops.numberOf(loop), then }),
        target,
      );

  const stateOf = (set: LocalSet): State => {
    const final = set.states.some((state) => tables.final[state] === 1);
    const passes = passOf(set);
    const steps = passes === null ? set.edges.flatMap((edge) => stepOf(set, edge)) : [];
    const sends = steps.filter(({ kind }) => kind === "send").length;
    return { steps, final, passes, choice: sends > 1 ? choiceAt(view, set) : null };
  };

  const passOf = (set: LocalSet): Pass | null => {
    const edgeOf = (kind: "round" | "over"): LocalEdge | undefined =>
      set.edges.find(({ letter }) => automaton.letters[letter]?.kind === kind);
    const [round, over] = [edgeOf("round"), edgeOf("over")];
    const letter = automaton.letters[round?.letter ?? -1];
    if (round === undefined || over === undefined || letter?.kind !== "round") return null;
    const counter = loops.numberOf(letter.loop);
    return { kind: "repeat", counter, then: follow(round, null), last: follow(over, letter.loop) };
  };

  const stepOf = (set: LocalSet, edge: LocalEdge): readonly Step[] => {
    const letter = automaton.letters[edge.letter];
    if (letter === undefined || "loop" in letter) return [];
    const common = { then: follow(edge, null), span: spanOf(view, set, edge.letter) };
    const construct = built.constructOf[edge.letter] ?? -1;
    if (construct >= 0) return [{ ...common, kind: "begin", peer: construct, label: -1, text: null }];
    const happened = happening(automaton, edge.letter);
    if (letter.kind === "fail")
      return [{ ...common, kind: "fail", peer: -1, label: labelOf(letter.reason), text: shown() }];
    const { from, to } = letter;
    const label = labelOf(letter.label);
    if (from === role) return [{ ...common, kind: "send", peer: to, label, text: shown() }];
    const kind = tables.announces[from] === 1 ? "decide" : "receive";
    return [{ ...common, kind, peer: from, label, text: shown() }];

    function shown(): string | null {
      if (happened !== null) return shownHappening(automaton, happened);
      const name = (who: number): string => roleName(automaton, who);
      return letter?.kind === "message" ? `${name(letter.from)} -> ${name(letter.to)}: ${letter.label}` : null;
    }
  };

  const states = sets.map(stateOf);
  const passing = enters.map((passes): State => ({ steps: [], final: false, passes, choice: null }));
  const counters = loops.items.map((loop) => {
    const { name = "", max = null } = automaton.core.loops[loop] ?? {};
    return { loop: name, max: max ?? 1 };
  });
  return { role, block, states: [...states, ...passing], counters };
}

/** The first place in the source at which the role may take this letter. */
function spanOf({ tables }: View, set: LocalSet, wanted: number): Span {
  for (const state of set.states)
    for (let t = tables.first[state] ?? 0; t < (tables.first[state + 1] ?? 0); t++)
      if (tables.letter[t] === wanted) {
        const state = tables.source[t] ?? 0;
        return tables.transitions[t]?.send?.span ?? tables.automaton.states[state]?.span ?? tables.automaton.core.end;
      }
  return tables.automaton.core.end;
}

/** The decision of the role in a set; of several that it cannot tell apart, the first. */
function choiceAt({ tables, role }: View, set: LocalSet): State["choice"] {
  for (const state of set.states) {
    const { choice = null, transitions = [] } = tables.automaton.states[state] ?? {};
    if (choice !== null && tables.from[transitions[0]?.letter ?? -1] === role)
      return { name: choice.name, span: choice.span };
  }
  return null;
}
