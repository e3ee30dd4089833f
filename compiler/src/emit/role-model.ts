// What generated code says of one role, gathered from its local automaton: the handlers with their places, the
// messages, what is heard. In: the local automaton. Out: plain data in reading order, names as in the source.

import type { Interaction, Type } from "../bind/program.js";
import { typeText } from "../project/canonical.js";
import type { Decision, Known, LocalAutomaton, LocalReceive, LocalSend, SendingState } from "../project/local.js";

/** All that is generated for one role, before it is text. */
export interface RoleModel {
  readonly handlers: readonly Handler[];
  /** By the index of a state: the key of the handler that is asked there. */
  readonly handlerAt: ReadonlyMap<number, string>;
  readonly messages: readonly ModelMessage[];
  readonly heard: readonly Heard[];
  readonly endKnows: readonly Known[];
}

/** One key: what the agent is asked at one or several places. */
export interface Handler {
  readonly name: string;
  readonly kind: Decision["kind"];
  readonly doc: string;
  /** The messages that it answers with, without doubles. */
  readonly sends: readonly LocalSend[];
  /** The interactions of the source. */
  readonly interactions: readonly Interaction[];
  /** Definite only what is so at every place. */
  readonly knows: readonly Known[];
}

/** A message that the role sends or receives; null: without a payload. */
export interface ModelMessage {
  readonly label: string;
  readonly from: string;
  readonly to: string;
  readonly payload: Type | null;
}

/** All that comes with one label. */
export interface Heard {
  readonly label: string;
  readonly from: readonly string[];
  /** null among them: it also comes without a payload. */
  readonly payloads: readonly (Type | null)[];
  /** The name of the first payload; null: it carries nothing. */
  readonly binds: string | null;
  /** The interactions of the source. */
  readonly interactions: readonly Interaction[];
}

/** Gathers the model of a role. */
export function roleModel(local: LocalAutomaton): RoleModel {
  const places = local.states.flatMap((state, index) =>
    state.kind === "sends" && state.decision !== null ? [{ index, state, decision: state.decision }] : [],
  );
  const groups = new Map<string, Place[]>();
  const handlerAt = new Map<number, string>();
  for (const place of places) {
    const name = keyOf(place, groups);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [place]);
    else group.push(place);
    handlerAt.set(place.index, name);
  }
  return {
    handlers: [...groups].map(([name, group]) => handlerOf(name, group)),
    handlerAt,
    messages: messagesOf(local),
    heard: heardOf(local),
    endKnows: local.knowsAtEnd,
  };
}

/** A choice's message has to say to whom it goes: its label goes to several there. */
export function isAddressed(sends: readonly LocalSend[], label: string): boolean {
  return sends.filter((send) => send.label === label).length > 1;
}

/** Whether the agent is asked for a payload; the endpoint passes others on. */
export function isAsked({ payload, origin }: LocalSend): boolean {
  return payload !== null && origin === "asked";
}

interface Place {
  readonly index: number;
  readonly state: SendingState;
  readonly decision: Decision;
}

/** One key, one answer: a place that asks for something else under a key that is in use gets a key of its own. */
function keyOf({ state, decision }: Place, groups: ReadonlyMap<string, readonly Place[]>): string {
  const answer = answerOf(state, decision);
  for (let n = 1; ; n++) {
    const name = n === 1 ? decision.name : `${decision.name}$${n}`;
    const [first] = groups.get(name) ?? [];
    if (first === undefined || answerOf(first.state, first.decision) === answer) return name;
  }
}

/** What is asked for, as text; the same text is the same answer. */
function answerOf({ sends }: SendingState, { kind }: Decision): string {
  const ways = sends.map((send) =>
    [send.label, isAddressed(sends, send.label) ? send.to : "", isAsked(send) ? typeText(send.payload) : ""].join(" "),
  );
  return kind === "choice"
    ? [kind, ...ways.toSorted()].join("\n")
    : [kind, kind === "forced" ? "" : typeText(sends[0]?.payload ?? null)].join("\n");
}

function handlerOf(name: string, places: readonly Place[]): Handler {
  const [first] = places as readonly [Place, ...Place[]];
  return {
    name,
    kind: first.decision.kind,
    doc: places.map(({ decision }) => decision.doc).find((doc) => doc !== "") ?? "",
    sends: first.state.sends,
    interactions: withoutDoubles(places.flatMap(({ state }) => state.sends.flatMap((send) => send.interactions))),
    knows: meet(places.map(({ decision }) => decision.knows)),
  };
}

/** What is known at every place is definite; what is known at some may be absent. */
function meet(lists: readonly (readonly Known[])[]): Known[] {
  const all = new Map<string, Known>();
  for (const known of lists.flat()) if (!all.has(known.name)) all.set(known.name, known);
  return [...all.values()].map(({ name: called, type }) => ({
    name: called,
    type,
    definite: lists.every((list) => list.some(({ name, definite }) => name === called && definite)),
  }));
}

function messagesOf({ role, states }: LocalAutomaton): ModelMessage[] {
  const messages = states.flatMap((state): readonly ModelMessage[] => {
    if (state.kind === "sends")
      return state.sends.map(({ label, to, payload }) => ({ label, from: role, to, payload }));
    if (state.kind !== "receives") return [];
    return state.receives.map(({ label, from, payload }) => ({ label, from, to: role, payload }));
  });
  return withoutDoubles(messages, ({ label, from, to, payload }) => [label, from, to, typeText(payload)].join(" "));
}

function heardOf({ states }: LocalAutomaton): Heard[] {
  const byLabel = new Map<string, LocalReceive[]>();
  for (const receive of states.flatMap((state) => (state.kind === "receives" ? state.receives : []))) {
    const known = byLabel.get(receive.label);
    if (known === undefined) byLabel.set(receive.label, [receive]);
    else known.push(receive);
  }
  return [...byLabel].map(([label, receives]) => ({
    label,
    from: withoutDoubles(receives.map(({ from }) => from)),
    payloads: withoutDoubles(
      receives.map(({ payload }) => payload),
      typeText,
    ),
    binds: receives.map(({ binds }) => binds).find((name) => name !== null) ?? null,
    interactions: withoutDoubles(receives.flatMap(({ interactions }) => interactions)),
  }));
}

/** The first of each key. */
function withoutDoubles<T>(items: readonly T[], keyOf: (item: T) => unknown = (item) => item): T[] {
  const first = new Map<unknown, T>();
  for (const item of items) if (!first.has(keyOf(item))) first.set(keyOf(item), item);
  return [...first.values()];
}
