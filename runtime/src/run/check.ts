// Checks what `run` is given before anything starts: names above all, as the compiler of the user may not have seen
// them. In: anything. Out: all that is wrong, one sentence each.

import { notificationOf, handlerOf, type Handlers } from "../endpoint/handlers.js";
import { plain, quote, wellFormed } from "../schema/text.js";
import { decisions, handlers, labels } from "./role.js";
import type { Role } from "./run.js";

/** What is wrong with the options of a run; nothing, if it may begin. */
export function problems(roles: readonly Role<any>[], options: unknown): readonly string[] {
  if (!isObject(options)) return ["`run` takes options: `{ session, agents }`."];
  const { session, agents = {} } = options;
  const found: string[] = [];
  if (!isSessionName(session)) found.push("`session` is a name of 1 to 200 characters, without control characters.");
  if (!isObject(agents)) return [...found, "`agents` has an agent for each role, by its name."];
  const names = roles.map(({ name }) => name);
  for (const name of Object.keys(agents)) {
    if (!names.includes(name)) found.push(`There is no role ${quote(name)}${suggestion(name, names)}`);
  }
  for (const role of roles)
    found.push(...agentProblems(role, Object.hasOwn(agents, role.name) ? agents[role.name] : undefined));
  return found;
}

function agentProblems({ name, machine }: Role<any>, agent: unknown): readonly string[] {
  const needed = decisions(machine);
  if (agent === undefined)
    return needed.length === 0 ? [] : [`The role \`${name}\` has no agent: give it ${listed(needed)}.`];
  if (!isObject(agent)) return [`The agent of \`${name}\` is an object of handlers.`];
  const found = needed
    .filter((handler) => handlerOf(agent, handler) === undefined)
    .map((handler) => `The agent of \`${name}\` has no handler \`${handler}\`.`);
  const known = handlers(machine);
  for (const [key, value] of Object.entries(agent)) {
    if (key === "on") found.push(...hearsProblems(name, labels(machine), agent, value));
    else if (!known.includes(key))
      found.push(`The role \`${name}\` has no handler ${quote(key)}${suggestion(key, [...known, "on"])}`);
    else if (typeof value !== "function" && !needed.includes(key) && value !== undefined)
      found.push(`The handler \`${key}\` of \`${name}\` is no function.`);
  }
  return found;
}

function hearsProblems(role: string, known: readonly string[], agent: Handlers, on: unknown): readonly string[] {
  if (on === undefined) return [];
  if (!isObject(on)) return [`\`on\` of \`${role}\` is an object of functions, by label.`];
  return Object.entries(on).flatMap(([label, value]) => {
    if (!known.includes(label))
      return [`\`on\` of \`${role}\`: it receives no ${quote(label)}${suggestion(label, known)}`];
    return value === undefined || notificationOf(agent, label) !== undefined
      ? []
      : [`\`on.${label}\` of \`${role}\` is no function.`];
  });
}

function isSessionName(session: unknown): boolean {
  return typeof session === "string" && /^[^\u0000-\u001f\u007f]{1,200}$/u.test(session) && wellFormed(session);
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

/** The end of a sentence: what was meant, or what there is. */
function suggestion(name: string, known: readonly string[]): string {
  const nearest = known
    .map((one) => ({ one, distance: distance(name.toLowerCase(), one.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance)[0];
  if (nearest !== undefined && nearest.distance <= Math.max(1, nearest.one.length / 3))
    return `: did you mean \`${nearest.one}\`?`;
  return known.length === 0 ? "." : `: there is ${plain(listed(known), 200)}.`;
}

/** Levenshtein's distance, by rows (Wagner and Fischer, 1974); of the first 64 characters. */
function distance(a: string, b: string): number {
  const [left, right] = [a.slice(0, 64), b.slice(0, 64)];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const change = row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[right.length]!;
}
