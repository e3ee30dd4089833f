// From a checked source to a team: which choreography, with how many members. In: what `check` has made of a source, and
// wishes. Out: the team, or why there is none.

import { nearest } from "@chor/grammar";
import type { Diagnostic } from "@chor/grammar";
import type { Choreography } from "../bind/program.js";
import { sizesOf, type Sizes } from "../carried/sizes.js";
import type { Checked, CheckedChoreography } from "../check.js";
import type { Core } from "../core/core.js";
import { desugar } from "../core/desugar.js";
import { callsOf } from "../core/measure.js";
import { followersOf } from "../knowledge/knowledge.js";
import { teamOf, type Team } from "../team/team.js";

export interface TeamWish {
  /** null: the only one, or the only one that no other one calls. */
  readonly choreography: string | null;
  /** By family: how many members; the others are as many as stand for all of them. */
  readonly members: ReadonlyMap<string, number>;
  /** How many elements the list of every scatter has. */
  readonly elements: number;
}

export type Ready =
  | { readonly kind: "ready"; readonly team: Team; readonly choreography: Choreography }
  /** The wish names what there is not. */
  | { readonly kind: "wrong"; readonly message: string; readonly hint: string }
  /** Errors that leave nothing to run. */
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] };

/** What is found behind the automaton, or does not concern who sends what: a team can be run all the same. */
const RUNS_ALL_THE_SAME = /^CHOR(04|055|06|0901)/;

/** More members than this are not run. */
const mostMembers = 16;

/** Makes a choreography of a checked source ready to run. */
export function readyTeam(checked: Checked, wish: TeamWish): Ready {
  const all = checked.diagnostics.filter(({ severity }) => severity === "error");
  if (checked.choreographies.length === 0 && all.length > 0) return { kind: "refused", diagnostics: all };
  const chosen = choreographyNamed(checked, wish.choreography);
  if ("message" in chosen) return { kind: "wrong", ...chosen };
  const { choreography } = chosen;
  const errors = errorsBefore(checked, choreography);
  if (errors.length > 0) return { kind: "refused", diagnostics: errors };
  const wrong = wrongMembers(choreography, wish.members);
  if (wrong !== null) return { kind: "wrong", ...wrong };
  const core = coreFor(choreography, wish.members);
  const { team, diagnostics } = teamFor(chosen, core, wish.elements);
  return team === null ? { kind: "refused", diagnostics } : { kind: "ready", team, choreography };
}

/** The team of a core of a choreography: what is emitted, where it is. */
export function teamFor(
  { core: own, locals }: CheckedChoreography,
  core: Core,
  elements: number,
): ReturnType<typeof teamOf> {
  const isEmitted = own !== null && locals.length > 0 && locals.length === own.roles.length;
  return isEmitted ? teamOf(own, { locals, elements }) : teamOf(core, { elements });
}

/** The core of a choreography with so many members; those that are not named are the most that are checked. */
function coreFor(choreography: Choreography, members: ReadonlyMap<string, number>): Core {
  const sizes = sizesOf(choreography);
  const largest = sizes.findLast(({ options }) => options.mostRead === sizes[0]?.options.mostRead);
  return coreWith(choreography, largest, members);
}

/** The core with the sizes of a check, and with members of its own choosing. */
export function coreWith(
  choreography: Choreography,
  sizes: Sizes | undefined,
  members: ReadonlyMap<string, number> = new Map(),
): Core {
  const checked = sizes?.options.members ?? ((low: number) => Math.max(1, Math.min(low, 3)));
  return desugar(choreography, {
    ...sizes?.options,
    members: (low, high, family) => members.get(family) ?? checked(low, high, family),
    knowers: followersOf,
  });
}

/** The choreography that is meant. */
function choreographyNamed(
  { choreographies }: Checked,
  wanted: string | null,
): CheckedChoreography | { readonly message: string; readonly hint: string } {
  const names = choreographies.map(({ choreography }) => choreography.name);
  if (names.length === 0)
    return {
      message: "there is no choreography in this file that could be run",
      hint: "say `chorc check` to it first",
    };
  const listed = names.map((name) => `\`${name}\``).join(", ");
  if (wanted !== null) {
    const found = choreographies.find(({ choreography }) => choreography.name === wanted);
    const close = nearest(wanted, names);
    const hint = close === null ? `there is ${listed}` : `did you mean \`${close}\`?`;
    return found ?? { message: `there is no choreography \`${wanted}\``, hint };
  }
  const called = new Set(choreographies.flatMap(({ choreography }) => [...callsOf(choreography)]));
  const free = choreographies.filter(({ choreography }) => !called.has(choreography));
  const [only, another] = free.length > 0 ? free : choreographies;
  if (only !== undefined && another === undefined) return only;
  return { message: "this file has several choreographies", hint: `say \`--choreography NAME\`: ${listed}` };
}

/** Errors that come before the automaton, of this choreography, what it calls, and what stands outside of all. */
function errorsBefore(checked: Checked, choreography: Choreography): readonly Diagnostic[] {
  const ours = new Set([choreography]);
  for (const one of ours) for (const callee of callsOf(one)) ours.add(callee);
  const others = checked.program.choreographies.filter((each) => !ours.has(each));
  return checked.diagnostics.filter(
    ({ severity, code, span }) =>
      severity === "error" &&
      !RUNS_ALL_THE_SAME.test(code) &&
      !others.some((other) => span.start >= other.span.start && span.end <= other.span.end),
  );
}

function wrongMembers(
  { name, roles }: Choreography,
  members: ReadonlyMap<string, number>,
): { readonly message: string; readonly hint: string } | null {
  const families = roles.filter(({ family }) => family !== null);
  for (const [family, count] of members) {
    const found = families.find((each) => each.name === family);
    if (found?.family === undefined || found.family === null) {
      const names = families.map((each) => `\`${each.name}\``);
      const hint = names.length === 0 ? "leave `--members` out" : `its families: ${names.join(", ")}`;
      return { message: `\`${name}\` has no family \`${family}\``, hint };
    }
    const { low, high } = found.family;
    const most = Math.min(high, mostMembers);
    if (count < Math.max(1, low) || count > most)
      return {
        message: `\`${family}\` cannot have ${count} members`,
        hint: `say a number from ${Math.max(1, low)} to ${most}`,
      };
  }
  return null;
}
