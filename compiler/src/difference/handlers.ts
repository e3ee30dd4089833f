// What becomes of the code of a role: its handlers against those that the new version asks for. In: the local automata of
// both versions. Out: for each handler that is concerned, whether the old code still compiles and is still right.

import { roleModel, type Handler } from "../emit/role-model.js";
import type { LocalAutomaton } from "../project/local.js";
import type { Comparing, TypeChange } from "./artifacts.js";
import type { CodeChange } from "./difference.js";

/** The changes, by name of the handler; none: the code of the role stays as it is. */
export function handlersChanged(old: LocalAutomaton, now: LocalAutomaton, types: Comparing): readonly CodeChange[] {
  const [before, after] = [roleModel(old), roleModel(now)];
  const names = [...new Set([...before.handlers, ...after.handlers].map(({ name }) => name))].toSorted();
  const changes = names.flatMap((name) => {
    const a = before.handlers.find((handler) => handler.name === name);
    const b = after.handlers.find((handler) => handler.name === name);
    return a === undefined ? added(b) : b === undefined ? removed(a) : handler(a, b, types);
  });
  const heard = new Set(after.heard.map(({ label }) => label));
  const silent = before.heard.filter(({ label }) => !heard.has(label));
  return [
    ...changes,
    ...silent.map(({ label }): CodeChange => ({ id: "heard-removed", text: `\`on.${label}\``, verdict: "check" })),
  ];
}

function added(handler: Handler | undefined): readonly CodeChange[] {
  if (handler === undefined) return [];
  return [{ id: "handler-added", text: `\`${handler.name}\``, verdict: handler.kind === "forced" ? "fits" : "change" }];
}

function removed({ name, kind }: Handler): readonly CodeChange[] {
  // A handler of a message without payload is optional: only who has one has to take it out.
  return [{ id: "handler-removed", text: `\`${name}\``, verdict: kind === "forced" ? "check" : "change" }];
}

function handler(old: Handler, now: Handler, types: Comparing): readonly CodeChange[] {
  const at = `\`${now.name}\``;
  if (old.kind !== now.kind)
    return [{ id: "handler-changed", text: `${at}: \`${now.kind}\`, was \`${old.kind}\``, verdict: "change" }];
  return [...answers(old, now, at, types), ...known(old, now, at, types)];
}

/** What the old code answers has to be an answer of the new version. */
function answers(old: Handler, now: Handler, at: string, types: Comparing): readonly CodeChange[] {
  const after = new Map(now.sends.map((send) => [send.label, send]));
  const before = new Map(old.sends.map((send) => [send.label, send]));
  const lost = [...before.keys()].filter((label) => !after.has(label));
  const more = [...after.keys()].filter((label) => !before.has(label));
  const changed = [...before].flatMap(([label, send]): readonly CodeChange[] => {
    const same = after.get(label);
    if (same === undefined) return [];
    const text = `${at}: \`${label}\``;
    if (send.payload === null || same.payload === null)
      return send.payload === same.payload ? [] : [{ id: "answer-changed", text, verdict: "change" }];
    return valuesChanged("answer-changed", text, types(send.payload, same.payload), "narrower");
  });
  return [
    ...(lost.length === 0
      ? []
      : [{ id: "answer-removed", text: `${at}: ${listed(lost)}`, verdict: "change" } as const]),
    ...(more.length === 0 ? [] : [{ id: "answer-added", text: `${at}: ${listed(more)}`, verdict: "fits" } as const]),
    ...changed,
  ];
}

/** What the new version gives has to be what the old code reads. */
function known(old: Handler, now: Handler, at: string, types: Comparing): readonly CodeChange[] {
  const after = new Map(now.knows.map((each) => [each.name, each]));
  const before = new Set(old.knows.map(({ name }) => name));
  const more = now.knows.filter(({ name }) => !before.has(name)).map(({ name }) => name);
  const changed = old.knows.flatMap((each): readonly CodeChange[] => {
    const text = `${at}: \`known.${each.name}\``;
    const same = after.get(each.name);
    if (same === undefined) return [{ id: "known-removed", text, verdict: "change" }];
    if (each.definite && !same.definite) return [{ id: "known-optional", text, verdict: "change" }];
    return valuesChanged("known-changed", text, types(each.type, same.type), "wider");
  });
  return [
    ...changed,
    ...(more.length === 0 ? [] : [{ id: "known-added", text: `${at}: ${listed(more)}`, verdict: "fits" } as const]),
  ];
}

/** `hurts`: the direction in which the old code is no longer right. Names of types are imported by name. */
function valuesChanged(
  id: string,
  text: string,
  changes: readonly TypeChange[],
  hurts: "wider" | "narrower",
): readonly CodeChange[] {
  if (changes.length === 0) return [];
  // Fields that are more do not hurt who reads; fields that are gone do.
  const isReading = hurts === "wider";
  const hurting = changes.filter((change) =>
    isReading && change.id.startsWith("field-") && !change.id.startsWith("field-optional")
      ? change.id === "field-removed"
      : change.direction === hurts || change.direction === "other",
  );
  const renamed = changes.some((change) => change.id === "artifact-renamed");
  const verdict = renamed || hurting.some(({ visible }) => visible) ? "change" : hurting.length > 0 ? "check" : "fits";
  return [{ id, text, verdict }];
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
