// Paths of arms, and who stands for whom in them. In: paths, roles. Out: answers.

import type { Team } from "./team.js";

/** The path of an arm, or of an element, of a construct that is entered on a path. */
export function pathOf(path: string, construct: number, entry: number, arm: number): string {
  return `${path}${path === "" ? "" : "/"}${construct}.${entry}.${arm}`;
}

/** Whether two paths part in two arms of the same entry of a construct: then neither thread minds the other's messages. */
export function areSiblings(one: string, other: string): boolean {
  if (one === other || one === "" || other === "") return false;
  const [a, b] = [one.split("/"), other.split("/")];
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return entryOf(a[i]) === entryOf(b[i]);
  return false;
}

function entryOf(part = ""): string {
  return part.slice(0, part.lastIndexOf("."));
}

/** Whether a role is another one, or a member that may claim for it. */
export function belongs({ constructs }: Team, actor: number, role: number): boolean {
  return actor === role || constructs.some(({ claims }) => claims[actor] === role);
}

/** The key of an element of a scatter, by its path, and of the role inside. */
export function claimKey(path: string, role: number): string {
  return `${path}|${role}`;
}
