// The local automaton of a role as the observation has it, before it is made small: state i is local set i, and
// behind them stand the `enter` states. In: the automaton, the observation, what is known where. Out: the states,
// and diagnostics where global states that the role cannot tell apart would need different states.

import type { Diagnostic } from "@chor/grammar";
import type { GlobalAutomaton, Letter, Transition } from "../automaton/global.js";
import type { LocalEdge, LocalSet, Observation } from "../automaton/observe.js";
import type { Interaction } from "../bind/program.js";
import type { Message, Send } from "../core/core.js";
import { boundName, carriedType, forwarded } from "../core/message.js";
import { cannotTell, whichDecision, type Difference } from "../report/merge.js";
import { expressionText, typeText } from "./canonical.js";
import type { Counter, Decision, Known, LocalReceive, LocalSend, LocalState } from "./local.js";

/** What a role knows in a global state, in the order of binding in the source. */
export type Knows = (role: number, state: number) => readonly Known[];

export interface Draft {
  /** `then` and `last` are indices into this list; the steps of a state are in the order of their letters. */
  readonly states: readonly LocalState[];
  readonly counters: readonly Counter[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Drafts the local automaton of a coherent program: where a set has both, its sends are taken and its receives are not. */
export function draftOf(automaton: GlobalAutomaton, observation: Observation, knows: Knows): Draft {
  const counters = countersOf(automaton, observation);
  const context: Context = {
    automaton,
    role: observation.role,
    knows,
    counterOf: new Map(counters.map((loop, counter) => [loop, counter])),
    states: observation.sets.map(() => ({ kind: "end" })),
    enters: new Map(),
    diagnostics: new Map(),
  };
  observation.sets.forEach((set, i) => (context.states[i] = stateOf(set, context)));
  return {
    states: context.states,
    counters: counters.map((loop) => ({
      loop: automaton.core.loops[loop]?.name ?? "",
      max: automaton.core.loops[loop]?.max ?? 1,
    })),
    diagnostics: [...context.diagnostics.values()],
  };
}

interface Context {
  readonly automaton: GlobalAutomaton;
  readonly role: number;
  readonly knows: Knows;
  /** By loop: its counter. */
  readonly counterOf: ReadonlyMap<number, number>;
  readonly states: LocalState[];
  /** The `enter` states, by counter and what follows. */
  readonly enters: Map<string, number>;
  /** By the two places, so that each pair is told once. */
  readonly diagnostics: Map<string, Diagnostic>;
}

/** The loops whose rounds the role counts, in the order of the source. */
function countersOf(automaton: GlobalAutomaton, observation: Observation): readonly number[] {
  const loops = new Set<number>();
  for (const set of observation.sets) {
    for (const edge of set.edges) {
      const letter = automaton.letters[edge.letter];
      if (letter !== undefined && "loop" in letter) loops.add(letter.loop);
    }
  }
  return [...loops].toSorted((a, b) => a - b);
}

function stateOf(set: LocalSet, context: Context): LocalState {
  const own = set.edges.map((edge) => ({ edge, letter: context.automaton.letters[edge.letter] }));
  const round = own.find(({ letter }) => letter?.kind === "round");
  const over = own.find(({ letter }) => letter?.kind === "over");
  if (round?.letter?.kind === "round" && over !== undefined) {
    const { loop } = round.letter;
    const counter = context.counterOf.get(loop) ?? 0;
    return { kind: "repeat", counter, then: follow(round.edge, null, context), last: follow(over.edge, loop, context) };
  }
  const steps = stepsOf(set, context);
  const sends = own.flatMap(({ edge, letter }) =>
    letter?.kind === "message" && letter.from === context.role ? [{ edge, letter }] : [],
  );
  if (sends.length > 0) {
    const decision = decisionOf(set, context);
    return {
      kind: "sends",
      decision,
      sends: sends.map(({ edge, letter }) => sendOf(edge, letter, steps.get(edge.letter) ?? new Set(), context)),
    };
  }
  const receives = own.flatMap(({ edge, letter }) => (letter?.kind === "message" ? [{ edge, letter }] : []));
  if (receives.length === 0) return { kind: "end" };
  return {
    kind: "receives",
    receives: receives.map(({ edge, letter }) => receiveOf(edge, letter, steps.get(edge.letter) ?? new Set(), context)),
  };
}

/** What follows an edge: its target, with the counters of the loops that are entered set to zero before. `fresh` is zero already. */
function follow(edge: LocalEdge, fresh: number | null, context: Context): number {
  return edge.enters.reduceRight((then, loop) => {
    const counter = context.counterOf.get(loop);
    if (counter === undefined || loop === fresh) return then;
    const key = `${counter} ${then}`;
    const known = context.enters.get(key) ?? context.states.push({ kind: "enter", counter, then }) - 1;
    context.enters.set(key, known);
    return known;
  }, edge.target);
}

/** The messages of the role that a set holds, by letter, without doubles. */
function stepsOf(set: LocalSet, { automaton, role }: Context): ReadonlyMap<number, ReadonlySet<Send>> {
  const steps = new Map<number, Set<Send>>();
  for (const state of set.states) {
    for (const { letter, send } of automaton.states[state]?.transitions ?? []) {
      if (send === null || (send.from !== role && send.to !== role)) continue;
      const known = steps.get(letter);
      if (known === undefined) steps.set(letter, new Set([send]));
      else known.add(send);
    }
  }
  return steps;
}

type MessageLetter = Extract<Letter, { kind: "message" }>;

function sendOf(edge: LocalEdge, letter: MessageLetter, sends: ReadonlySet<Send>, context: Context): LocalSend {
  const [first, interactions] = united(sends, context, origin);
  return {
    to: context.automaton.core.roles[letter.to]?.name ?? "",
    ...payloadOf(letter, first),
    origin: first === null ? "none" : origin(first),
    then: follow(edge, null, context),
    interactions,
  };
}

function receiveOf(edge: LocalEdge, letter: MessageLetter, sends: ReadonlySet<Send>, context: Context): LocalReceive {
  const [first, interactions] = united(sends, context, () => "none");
  return {
    from: context.automaton.core.roles[letter.from]?.name ?? "",
    ...payloadOf(letter, first),
    then: follow(edge, null, context),
    interactions,
  };
}

function payloadOf(letter: MessageLetter, meaning: Meaning | null): Pick<LocalSend, "label" | "payload" | "binds"> {
  return {
    label: letter.label,
    payload: meaning === null ? null : carriedType(meaning.message),
    binds: meaning === null ? null : boundName(meaning.message),
  };
}

function origin({ interaction, message, send }: Meaning): LocalSend["origin"] {
  const { payload } = interaction;
  if (payload.kind === "none") return "none";
  if (send.copy > 0) return "copy";
  if (payload.kind === "asked") return "asked";
  const passed = forwarded(payload.expression);
  const { prefix, substitution } = message;
  if (passed === null || substitution.values.has(passed.name))
    return { text: `${prefix}${expressionText(payload.expression)}` };
  return { ...passed, name: `${prefix}${passed.name}` };
}

interface Meaning {
  readonly send: Send;
  readonly message: Message;
  readonly interaction: Interaction;
}

/** The meaning that all messages of one letter have in a set, and their interactions; notes where they differ. */
function united(
  sends: ReadonlySet<Send>,
  context: Context,
  originOf: (meaning: Meaning) => LocalSend["origin"],
): [Meaning | null, readonly Interaction[]] {
  const meanings = [...sends].flatMap((send): Meaning[] => {
    const message = context.automaton.core.messages[send.message];
    const interaction = message?.interaction ?? null;
    return message === undefined || interaction === null ? [] : [{ send, message, interaction }];
  });
  meanings.sort((a, b) => a.send.message - b.send.message);
  const first = meanings[0] ?? null;
  for (const other of meanings) {
    const difference = first === null ? null : differ(first, other, originOf);
    if (first === null || difference === null) continue;
    const key = `step ${first.send.message} ${other.send.message}`;
    if (!context.diagnostics.has(key))
      context.diagnostics.set(key, cannotTell(roleName(context), first.interaction, other.interaction, difference));
  }
  return [first, [...new Set(meanings.map(({ interaction }) => interaction))]];
}

function differ(a: Meaning, b: Meaning, originOf: (meaning: Meaning) => LocalSend["origin"]): Difference | null {
  if (typeText(carriedType(a.message)) !== typeText(carriedType(b.message))) return "payload";
  if (boundName(a.message) !== boundName(b.message)) return "name";
  return originText(originOf(a)) === originText(originOf(b)) ? null : "origin";
}

/** The text of an origin: the same for the same. */
export function originText(from: LocalSend["origin"]): string {
  if (typeof from === "string") return from;
  return "text" in from ? `= ${from.text}` : `= ${[from.name, ...from.path].join(".")}`;
}

/** The one decision of all states of a set in which the role sends; notes where there are two. */
function decisionOf(set: LocalSet, context: Context): Decision | null {
  const sending = [...set.states].filter(
    (state) => context.automaton.states[state]?.transitions[0]?.send?.from === context.role,
  );
  const decisions = sending
    .flatMap((state) => decisionAt(state, context) ?? [])
    .toSorted((a, b) => a.span.start - b.span.start);
  const first = decisions[0];
  if (first === undefined) return null;
  for (const other of decisions) {
    // The handler of a single message is named by what it binds: where that differs, the message itself is the trouble.
    if (other.kind !== "choice" || other.name === first.name) continue;
    const key = `decision ${first.span.start} ${other.span.start}`;
    if (!context.diagnostics.has(key)) context.diagnostics.set(key, whichDecision(roleName(context), first, other));
  }
  return {
    name: first.name,
    kind: first.kind,
    doc: first.doc,
    knows: meet(sending.map((state) => context.knows(context.role, state))),
  };
}

interface PlacedDecision extends Omit<Decision, "knows"> {
  readonly span: Send["span"];
}

/** What an agent decides in a global state; null where its endpoint goes on alone. */
function decisionAt(state: number, { automaton }: Context): PlacedDecision | null {
  const { choice = null, transitions = [] } = automaton.states[state] ?? {};
  const [only, another]: readonly (Transition | undefined)[] = transitions;
  if (choice !== null && another !== undefined) return { ...choice, kind: "choice" };
  const { interaction = null, prefix = "" } = automaton.core.messages[only?.send?.message ?? -1] ?? {};
  if (interaction === null || (only?.send?.copy ?? 0) > 0 || interaction.payload.kind === "computed") return null;
  return {
    name: `${prefix}${interaction.handler}`,
    kind: interaction.payload.kind === "asked" ? "payload" : "forced",
    doc: interaction.doc,
    span: interaction.span,
  };
}

/** What is known in all of several states: definite only where it is so in each. */
export function meet(lists: readonly (readonly Known[])[]): readonly Known[] {
  const [first = [], ...others] = lists;
  if (others.length === 0) return first;
  const maps = others.map((list) => new Map(list.map((known) => [known.name, known])));
  return first.flatMap((known) => {
    const same = maps.map((map) => map.get(known.name));
    if (same.some((other) => other === undefined || typeText(other.type) !== typeText(known.type))) return [];
    return [{ ...known, definite: known.definite && same.every((other) => other?.definite === true) }];
  });
}

function roleName({ automaton, role }: Context): string {
  return automaton.core.roles[role]?.name ?? "";
}
