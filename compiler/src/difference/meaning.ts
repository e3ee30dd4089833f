// One action of two versions, side by side: what the message carries and which clauses stand behind it. In: the messages
// that it can be. Out: aspects that have changed, each with its direction: the new version lets more pass, less, or both.
// The direction is that of values: a sender may get narrower alone, a receiver wider.

import type { Artifacts } from "../bind/artifact-table.js";
import { shownType } from "../bind/type-text.js";
import type { Source } from "@chor/grammar";
import type { Bound, Choreography, Condition, Contract, Gate, Interaction, Time } from "../bind/program.js";
import { carriedType, forwardedBy } from "../core/message.js";
import type { Message } from "../core/core.js";
import { comparing, directionOf, type Direction, type TypeChange } from "./artifacts.js";
import { expressionForm, type Meant } from "../bind/expressions/form.js";
import { conditionsChanged } from "./conditions.js";
import { durationText } from "../report/words.js";

export interface Aspect {
  readonly id: string;
  /** What is different, behind the text of the message; may be empty. */
  readonly detail: string;
  /** null: others cannot tell. */
  readonly direction: Direction | null;
}

/** Whether a role that does this may have changed so alone: a sender may be pickier, a receiver more generous. */
export function fits({ id, direction }: Aspect, kind: "send" | "receive" | "fail"): boolean {
  if (direction === null) return true;
  // Who waits measures the time; who sends is answered in both versions.
  if (kind !== "receive") return direction === "narrower" || id.startsWith("deadline-");
  return direction === "wider";
}

/** Compares what an action can be in both versions. */
export type Meaning = (old: readonly Message[], now: readonly Message[]) => readonly Aspect[];

/** One version of a choreography, with the artifacts that it leads to. */
export interface Version {
  readonly choreography: Choreography;
  readonly artifacts: Artifacts;
}

/** Makes the comparison of two versions; pairs of messages are compared once. */
export function meaningOf(old: Version, now: Version): Meaning {
  const types = comparing(old.artifacts, now.artifacts);
  const known = new Map<Message, Map<Message, readonly Aspect[]>>();
  const sources = { old: old.choreography.source, now: now.choreography.source };
  const names = { old: namesOf(old.choreography), now: namesOf(now.choreography) };
  const compared = (a: Message, b: Message): readonly Aspect[] => {
    const row = known.get(a) ?? new Map<Message, readonly Aspect[]>();
    known.set(a, row);
    const found = row.get(b) ?? aspects(a, b, types, names.old, names.now, sources);
    row.set(b, found);
    return found;
  };
  return (before, after) => {
    // A role that cannot tell two messages of one version apart is to get on with both of the other.
    const isMatched = (one: Message, others: readonly Message[], flip: boolean): boolean =>
      others.some((other) => (flip ? compared(other, one) : compared(one, other)).length === 0);
    const same =
      before.every((one) => isMatched(one, after, false)) && after.every((one) => isMatched(one, before, true));
    return same ? [] : before.flatMap((one) => after.flatMap((other) => compared(one, other)));
  };
}

/** By name: the labels that bind it. A name that is only written differently has the same. */
function namesOf({ interactions }: Choreography): ReadonlyMap<string, string> {
  const labels = new Map<string, Set<string>>();
  for (const { binds, label } of interactions)
    if (binds !== null) labels.set(binds, (labels.get(binds) ?? new Set()).add(label));
  return new Map([...labels].map(([name, all]) => [name, `@${[...all].toSorted().join("|")}`]));
}

function aspects(
  a: Message,
  b: Message,
  types: ReturnType<typeof comparing>,
  oldNames: ReadonlyMap<string, string>,
  newNames: ReadonlyMap<string, string>,
  sources: { readonly old: Source; readonly now: Source },
): readonly Aspect[] {
  const [old, now] = [a.interaction, b.interaction];
  if (old === null || now === null)
    return old === now ? [] : [{ id: "message-changed", detail: "", direction: "other" }];
  const [meantBefore, meantNow] = [meantIn(a, old, oldNames), meantIn(b, now, newNames)];
  const conditions = conditionsChanged(old.where, now.where, meantBefore, meantNow).map(
    ({ added, condition }): Aspect => ({
      id: added ? "where-added" : "where-removed",
      detail: conditionText(added ? sources.now : sources.old, added ? now : old, condition),
      direction: added ? "narrower" : "wider",
    }),
  );
  return [
    ...payloads(carriedType(a), carriedType(b), types),
    ...origins(a, b, old, now, meantBefore, meantNow),
    ...conditions,
    ...gates(old.gates, now.gates, meantBefore, meantNow),
    ...bounds("retry-changed", boundText(old.retry ?? USUAL, meantBefore), boundText(now.retry ?? USUAL, meantNow)),
    ...bounds("quorum-changed", boundText(old.quorum, meantBefore), boundText(now.quorum, meantNow)),
    ...deadlines(
      old.within,
      now.within,
      (time) => boundText(time, meantBefore),
      (time) => boundText(time, meantNow),
    ),
  ];
}

/** The condition as the source has it; of an interaction of another file, what is said where it does not hold. */
function conditionText({ text }: Source, interaction: Interaction, { span, message }: Condition): string {
  const written = (place: Condition["span"]): string => text.slice(place.start, place.end).replaceAll(/\s+/g, " ");
  const isHere = written(interaction.span).startsWith(interaction.text.slice(0, interaction.text.indexOf(":")));
  return isHere ? `\`${written(span)}\`` : message === null ? "" : JSON.stringify(message);
}

/** How many refusals are given back where nothing is written. */
const USUAL = 2;

/** What a name in the clauses of a message stands for. */
function meantIn({ substitution }: Message, { own }: Interaction, names: ReadonlyMap<string, string>): Meant {
  return (name) => {
    if (name === own) return "#own";
    const value = substitution.values.get(name);
    return value === undefined
      ? (names.get(name) ?? name)
      : expressionForm(value, (inner) => names.get(inner) ?? inner);
  };
}

function payloads(
  old: ReturnType<typeof carriedType>,
  now: ReturnType<typeof carriedType>,
  types: ReturnType<typeof comparing>,
): readonly Aspect[] {
  if (old === null && now === null) return [];
  if (old === null)
    return [{ id: "payload-added", detail: now === null ? "" : `\`${shownType(now)}\``, direction: "other" }];
  if (now === null) return [{ id: "payload-removed", detail: `\`${shownType(old)}\``, direction: "other" }];
  const changes = types(old, now);
  if (changes.length === 0) return [];
  const direction = directionOf(changes);
  if (direction === null) return [{ id: "artifact-renamed", detail: changesText(changes), direction }];
  const id = { wider: "payload-widened", narrower: "payload-narrowed", other: "payload-changed" }[direction];
  return [{ id, detail: changesText(changes), direction }];
}

const SHOWN = 3;

/** The first changes of a type, with their paths. */
export function changesText(changes: readonly TypeChange[]): string {
  const shown = changes
    .slice(0, SHOWN)
    .map(({ id, path, text }) => `${path === "" ? "" : `\`${path}\` `}${id}: ${text}`);
  return `${shown.join("; ")}${changes.length > SHOWN ? `; and ${changes.length - SHOWN} more` : ""}`;
}

/** Where the payload comes from is the sender's own business, as long as it fits. */
function origins(
  a: Message,
  b: Message,
  old: Interaction,
  now: Interaction,
  meantBefore: Meant,
  meantNow: Meant,
): readonly Aspect[] {
  const text = ({ payload }: Interaction, meant: Meant): string =>
    payload.kind === "computed" ? expressionForm(payload.expression, meant) : payload.kind;
  const isNothing = carriedType(a) === null || carriedType(b) === null;
  if (isNothing || text(old, meantBefore) === text(now, meantNow)) return [];
  const detail = ({ payload }: Interaction, interaction: Interaction): string => {
    const passed = forwardedBy(interaction);
    if (passed !== null) return `\`${[passed.name, ...passed.path].join(".")}\``;
    return payload.kind === "asked" ? "asked of the agent" : "computed";
  };
  return [{ id: "origin-changed", detail: `${detail(now, now)}, was ${detail(old, old)}`, direction: null }];
}

function gates(old: readonly Gate[], now: readonly Gate[], meantBefore: Meant, meantNow: Meant): readonly Aspect[] {
  const form = (gate: Gate, meant: Meant): string =>
    `${gate.contract.name} ${gate.arguments.map((each) => expressionForm(each, meant)).join(" ")}`;
  const before = new Map(old.map((gate) => [form(gate, meantBefore), gate]));
  const after = new Map(now.map((gate) => [form(gate, meantNow), gate]));
  const found: Aspect[] = [];
  for (const [key, { contract }] of before) {
    const other = after.get(key);
    if (other === undefined) found.push({ id: "gate-removed", detail: `\`${contract.name}\``, direction: "wider" });
    else found.push(...contracts(contract, other.contract));
  }
  for (const [key, { contract }] of after)
    if (!before.has(key)) found.push({ id: "gate-added", detail: `\`${contract.name}\``, direction: "narrower" });
  return found;
}

function contracts(old: Contract, now: Contract): readonly Aspect[] {
  const detail = `\`${now.name}\``;
  if (old.requires === null || now.requires === null)
    return old.requires === now.requires ? [] : [{ id: "contract-changed", detail, direction: "other" }];
  const parameter =
    ({ parameters }: Contract): Meant =>
    (name) => {
      const at = parameters.findIndex((each) => each.name === name);
      return at < 0 ? name : `#${at}`;
    };
  const changes = conditionsChanged(old.requires, now.requires, parameter(old), parameter(now));
  const added = changes.some((change) => change.added);
  const removed = changes.some((change) => !change.added);
  if (added && removed) return [{ id: "contract-changed", detail, direction: "other" }];
  if (added) return [{ id: "contract-stricter", detail, direction: "narrower" }];
  return removed ? [{ id: "contract-looser", detail, direction: "wider" }] : [];
}

function bounds(id: string, old: string, now: string): readonly Aspect[] {
  return old === now ? [] : [{ id, detail: `${shown(now)}, was ${shown(old)}`, direction: "other" }];
}

function boundText(bound: Bound | Time | "all" | "majority" | null, meant: Meant): string {
  if (bound === null) return "";
  return typeof bound === "object" ? meant(bound.value) : String(bound);
}

function shown(text: string): string {
  return text === "" ? "none" : text;
}

/** Deadlines of two versions; the texts say what a name stands for. */
export function deadlines(
  old: Time | null,
  now: Time | null,
  oldText: (time: Time) => string,
  newText: (time: Time) => string,
): readonly Aspect[] {
  if (old === null && now === null) return [];
  if (now === null) return [{ id: "deadline-removed", detail: "", direction: "wider" }];
  if (old === null) return [{ id: "deadline-added", detail: timeText(now), direction: "narrower" }];
  if (typeof old === "number" && typeof now === "number") {
    if (old === now) return [];
    const detail = `${timeText(now)}, was ${timeText(old)}`;
    return now > old
      ? [{ id: "deadline-lengthened", detail, direction: "wider" }]
      : [{ id: "deadline-shortened", detail, direction: "narrower" }];
  }
  if (oldText(old) === newText(now)) return [];
  return [{ id: "deadline-changed", detail: `${timeText(now)}, was ${timeText(old)}`, direction: "other" }];
}

function timeText(time: Time): string {
  return typeof time === "object" ? `\`${time.value}\`` : durationText(time);
}
