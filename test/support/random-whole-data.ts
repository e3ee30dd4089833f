// What messages carry in random choreographies of the whole language: artifacts with fields, contracts, payloads and
// conditions over what a role knows. In: who knows what. Out: text, and what is known afterwards.

import { pick, type Random } from "./random.js";
import type { ConstructName } from "./random-whole.js";

/** Declarations that every program begins with; what it does not use is a warning. */
export const artifactTexts: readonly string[] = [
  `artifact Draft { title: string(1..40)  size: int(0..9)  tags: string(1..9)[0..4] }`,
  `open artifact Note { size: int(0..9)  text?: string(..99)  where size != 7 : "seven" }`,
  `artifact Good { size: int(0..9) }`,
  `artifact Bad { size: int(0..9)  why: string }`,
  `artifact Mark = Good | Bad`,
  `artifact Part { name: string(1..9)  needs: string(1..9)[..4] }`,
  `artifact Plan { parts: Part[0..4] }`,
  `contract Fits(draft: Draft) { require draft.size < 9 : "too large" }`,
  `contract Builds(draft: Draft) external`,
];

export interface Data {
  readonly random: Random;
  readonly on: ReadonlySet<ConstructName>;
  readonly holds: Set<ConstructName>;
  readonly count: { of: number };
}

/** A name that is bound on every way, and who is a party to its binding. */
export interface Known {
  readonly name: string;
  readonly artifact: "Draft" | "Note" | "Mark";
  readonly by: ReadonlySet<string>;
}

/**
 * The message of a sender: its label, what it carries, and clauses. `forgotten`: what it binds may be bound on some ways
 * only, so that nobody reads it.
 */
export function payload(
  maker: Data,
  known: readonly Known[],
  from: string,
  to: readonly string[],
  forgotten: boolean,
): { readonly text: string; readonly known: readonly Known[] } {
  const { random, on, holds, count } = maker;
  const number = count.of++;
  const own = known.filter(({ by }) => by.has(from));
  if (!on.has("payload") || random() < 0.3) return { text: `Say${number}()`, known: [] };
  if (on.has("forward") && own.length > 0 && random() < 0.4) {
    holds.add("forward");
    return { text: `Pass${number}(${pick(random, own).name}) as passed${number}`, known: [] };
  }
  const drafts = own.filter(({ artifact }) => artifact === "Draft");
  if (on.has("record") && drafts.length > 0 && random() < 0.5) {
    holds.add("record");
    const { name } = pick(random, drafts);
    return { text: `Fill${number}(Good { size: ${name}.size }) as filled${number}`, known: [] };
  }
  holds.add("payload");
  const artifact = on.has("union") && random() < 0.3 ? "Mark" : on.has("open") && random() < 0.4 ? "Note" : "Draft";
  if (artifact === "Mark") holds.add("union");
  if (artifact === "Note") holds.add("open");
  const single = to.length === 1 && !to[0]?.endsWith("[*]");
  const collected = on.has("collect") && random() < 0.25;
  if (collected) holds.add("collect");
  const name = `name${number}`;
  const label = `Give${number}`;
  const said = collected ? label.charAt(0).toLowerCase() + label.slice(1) : name;
  const where = on.has("where") && random() < 0.4 ? ` where ${tested(said, artifact)}` : "";
  const gated = on.has("gate") && single && artifact === "Draft" && random() < 0.4;
  if (where !== "") holds.add("where");
  if (gated) holds.add("gate");
  const gate = gated ? ` gate ${pick(random, ["Fits", "Builds"])}(${said})` : "";
  const retry = on.has("retry") && random() < 0.3 ? " retry 1" : "";
  if (retry !== "") holds.add("retry");
  const binds = collected ? `${name}[]` : name;
  const parties = new Set([from, ...to.filter((role) => !role.endsWith("[*]"))]);
  return {
    text: `${label}(${artifact}) as ${binds}${where}${gate}${retry}`,
    known: collected || forgotten ? [] : [{ name, artifact, by: parties }],
  };
}

/** The label of an answer that a family gives: into a list, or without payload. */
export function answer({ random, on, count, holds }: Data): string {
  const number = count.of++;
  if (!on.has("payload") || random() < 0.4) return `Answer${number}()`;
  holds.add("collect");
  return `Answer${number}(Good) as answers${number}[]`;
}

/** Something to decide by, over what somebody knows. */
export function condition({ random }: Data, known: readonly Known[]): string {
  const { name, artifact } = pick(random, known);
  return tested(name, artifact);
}

function tested(name: string, artifact: Known["artifact"]): string {
  if (artifact === "Mark") return `${name} is Good`;
  return artifact === "Note" ? `${name}.size > 3` : `${name}.tags.length < 3 && ${name}.size > 2`;
}
