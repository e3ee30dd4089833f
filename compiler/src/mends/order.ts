// To change what is said already: two messages change places, one is acknowledged, one falls away; a role need not be
// told; rounds are counted. In: a scene. Out: candidates.

import {
  around,
  canTell,
  interactionAt,
  isInside,
  isInteraction,
  partiesOf,
  plainRole,
  receiverAt,
  roleOf,
  shownInteraction,
  statementAt,
} from "./scene.js";
import type { Placed, PlacedInteraction, Scene } from "./scene.js";
import { apart } from "./tell.js";
import { before, behind, instead, labelAt, without } from "./words.js";
import type { Candidate } from "./words.js";

const RANKS = { swap: 15, acknowledgement: 19, optional: 30, bound: 32, remove: 60 } as const;
/** What is written where somebody has to count and nobody has said how far. */
const ROUNDS = 5;

/** Takes a scene with two runs; gives candidates that change what is there. */
export function changing(scene: Scene): readonly Candidate[] {
  const { diagnostic } = scene;
  const steps = apart(diagnostic).flat();
  const places = [diagnostic.span, ...diagnostic.related.map(({ span }) => span), ...steps.map(({ span }) => span)];
  const near = [...new Set(places.flatMap((span) => interactionAt(scene, span) ?? []))];
  const role = plainRole(diagnostic.runs?.role ?? "");
  return [
    ...near.flatMap((each) => swapped(scene, each)),
    ...near.flatMap((each) => acknowledged(scene, role, each)),
    ...optional(scene, role),
    ...near.flatMap((each) => counted(scene, each, role)),
    ...removed(scene, role),
  ];
}

/** With the next message of its block. */
function swapped(scene: Scene, at: PlacedInteraction): readonly Candidate[] {
  return [at.index - 1, at.index].flatMap((index) => {
    const one = neighbour(scene, at, index);
    const other = neighbour(scene, at, index + 1);
    if (one === null || other === null) return [];
    const { text } = scene;
    const edits = [
      instead(one.tree, text.slice(other.tree.span.start, other.tree.span.end)),
      instead(other.tree, text.slice(one.tree.span.start, one.tree.span.end)),
    ];
    const title = `Swap \`${shownInteraction(scene, one)}\` and \`${shownInteraction(scene, other)}\``;
    // What has blocks would be laid out anew.
    return text.slice(one.tree.span.start, one.tree.span.end).includes("\n") || edits[0]?.text.includes("\n") === true
      ? []
      : [{ title, edits, rank: RANKS.swap }];
  });
}

function neighbour({ statements }: Scene, { block }: Placed, index: number): PlacedInteraction | null {
  const found = statements.find((each) => each.block === block && each.index === index);
  return found !== undefined && isInteraction(found) ? found : null;
}

/** The role says that it has what came before, to the sender of this message, and only then is it sent. */
function acknowledged(scene: Scene, role: string, at: PlacedInteraction): readonly Candidate[] {
  const sender = at.tree.from.name.text;
  if (!["CHOR0603", "CHOR0607"].includes(scene.diagnostic.code) || sender === role) return [];
  const receiver = receiverAt(scene, sender, at);
  const tellers = [role].filter((each) => canTell(scene, each, at) && partiesOf(at).includes(each));
  return tellers.flatMap((teller) => {
    if (receiver === null) return [];
    const label = labelAt(scene, teller, sender, ["Ready", "Seen"], null);
    const message = `${teller} -> ${receiver}: ${label}()`;
    const title = `Add \`${message}\``;
    return [
      { title, edits: [before(scene, at, message)], rank: RANKS.acknowledgement },
      { title, edits: [behind(scene, at, message)], rank: RANKS.acknowledgement },
    ];
  });
}

/** An optional role need not know when it is over. */
function optional(scene: Scene, role: string): readonly Candidate[] {
  const parameter = roleOf(scene, role);
  if (parameter === null || parameter.optional) return [];
  const { end } = parameter.span;
  return [
    {
      title: `Declare \`${role}\` optional: \`${role}?\``,
      edits: [{ span: { start: end, end }, text: "?" }],
      rank: RANKS.optional,
    },
  ];
}

/** The loop around a place has a bound, and its `else` tells. */
function counted(scene: Scene, at: PlacedInteraction, role: string): readonly Candidate[] {
  return around(at).flatMap(({ tree, ...place }) => {
    if (tree.kind !== "loop" || tree.max !== null || tree.otherwise !== null) return [];
    const outer: Placed = { tree, ...place };
    const receiver = receiverAt(scene, role, outer);
    const teller = partiesOf(at).find((each) => each !== role && canTell(scene, each, outer));
    if (receiver === null || teller === undefined) return [];
    const message = `${teller} -> ${receiver}: ${labelAt(scene, teller, role, ["Enough", "Over"], null)}()`;
    return [
      {
        title: `Count the rounds, \`loop ${tree.name.text} max ${ROUNDS}\`, and add \`${message}\` to its \`else\``,
        edits: [
          { span: { start: tree.name.span.end, end: tree.name.span.end }, text: ` max ${ROUNDS}` },
          { span: { start: tree.body.span.end, end: tree.body.span.end }, text: ` else {\n  ${message}\n}` },
        ],
        rank: RANKS.bound,
      },
    ];
  });
}

/** The message that comes in one run only. */
function removed(scene: Scene, role: string): readonly Candidate[] {
  const at = interactionAt(scene, scene.diagnostic.span);
  if (at === null || at.tree.otherwise !== null) return [];
  const { to } = at.tree;
  if (to !== null && to.length > 1) {
    const index = to.findIndex(({ name }) => name.text === role);
    const own = to[index];
    if (own === undefined) return [];
    const [start, end] =
      index > 0 ? [to[index - 1]?.span.end ?? 0, own.span.end] : [own.span.start, to[1]?.span.start ?? own.span.end];
    const title = `Do not send \`${shownInteraction(scene, at)}\` to \`${role}\``;
    return [{ title, edits: [{ span: { start, end }, text: "" }], rank: RANKS.remove }];
  }
  const title = `Remove \`${shownInteraction(scene, at)}\``;
  return [{ title, edits: [without(scene, at)], rank: RANKS.remove }];
}

/** `max` for a loop that a diagnostic speaks of. */
export function bounded(scene: Scene): readonly Candidate[] {
  const { diagnostic, statements } = scene;
  const named = diagnostic.related.flatMap(({ span }) => statementAt(scene, span) ?? []);
  const own = statements.findLast(
    ({ tree }) => tree.kind === "loop" && tree.otherwise !== null && isInside(tree.span, diagnostic.span),
  );
  return [...named, ...(own === undefined ? [] : [own])].flatMap(({ tree }) => {
    if (tree.kind !== "loop" || tree.max !== null) return [];
    const { end } = tree.name.span;
    const title = `Count the rounds: \`loop ${tree.name.text} max ${ROUNDS}\``;
    return [{ title, edits: [{ span: { start: end, end }, text: ` max ${ROUNDS}` }], rank: RANKS.bound }];
  });
}

/** Optional roles that wait for each other: one of them takes part always. */
export function obliged({ choreography, diagnostic }: Scene): readonly Candidate[] {
  return choreography.parameters.flatMap((parameter) => {
    if (parameter.kind !== "role" || !parameter.optional || !diagnostic.message.includes(`\`${parameter.name.text}`))
      return [];
    const { end } = parameter.span;
    const title = `Let \`${parameter.name.text}\` take part always: without the question mark`;
    return [{ title, edits: [{ span: { start: end - 1, end }, text: "" }], rank: RANKS.optional }];
  });
}
