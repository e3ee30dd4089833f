// Mends for the form of choices, loops and arms, and for what a role does not know. In: a scene. Out: candidates.

import { lowerCamel } from "@chor/grammar";
import type { BlockTree, Code, Span } from "@chor/grammar";
import { inOtherBranches } from "./tell.js";
import {
  around,
  interactionAt,
  interactionsIn,
  isInteraction,
  partiesOf,
  receiverAt,
  shownInteraction,
  statementAround,
} from "./scene.js";
import type { Placed, PlacedInteraction, Scene } from "./scene.js";
import { atStart, before, behind, instead, labelAt } from "./words.js";
import type { Candidate } from "./words.js";
import { bounded, obliged } from "./order.js";

const RANKS = { decider: 10, message: 12, swap: 14, rename: 16, leave: 18 } as const;

/** By code: what could mend it. */
const BY_CODE: Readonly<Partial<Record<Code, (scene: Scene) => readonly Candidate[]>>> = {
  CHOR0307: bounded,
  CHOR0317: forwarded,
  CHOR0325: relabelled,
  CHOR0326: renamed,
  CHOR0347: goesOn,
  CHOR0401: toldBefore,
  CHOR0405: toldBefore,
  CHOR0501: decided,
  CHOR0502: saidInBranch,
  CHOR0503: relabelled,
  CHOR0504: saidInBranch,
  CHOR0505: leftInSilence,
  CHOR0506: saidInBranch,
  CHOR0507: bounded,
  CHOR0511: begunByDecider,
  CHOR0512: begunByDecider,
  CHOR0609: (scene) => inOtherBranches(scene, /^(?:With [^,]*, )?`(\w+)/.exec(scene.diagnostic.message)?.[1] ?? ""),
  CHOR0630: obliged,
};

/** Takes a scene; gives candidates for what is wrong with the form of the choreography there. */
export function formed(scene: Scene): readonly Candidate[] {
  return BY_CODE[scene.diagnostic.code]?.(scene) ?? [];
}

/** Whether something is known here that could mend what a code stands for. */
export function isFormed(code: Code): boolean {
  return BY_CODE[code] !== undefined;
}

// ---- who decides -----------------------------------------------------------------------------------------

/** The choice is another role's; or the one that decides speaks first. */
function decided(scene: Scene): readonly Candidate[] {
  const at = interactionAt(scene, scene.diagnostic.span);
  const choice = at === null ? undefined : around(at).find(({ tree }) => tree.kind === "choice");
  if (at === null || choice?.tree.kind !== "choice" || choice.tree.at === null) return [];
  const decider = choice.tree.at;
  const sender = at.tree.from.name.text;
  const firsts = choice.tree.branches.map(({ body }) => interactionsIn(scene, body)[0]?.tree.from.name.text);
  const next = scene.statements.find((each) => each.block === at.block && each.index === at.index + 1);
  const receiver = receiverAt(scene, sender, at);
  const label = labelAt(scene, decider.text, sender, ["Go", `Go${sender}`], null);
  const message = `${decider.text} -> ${receiver}: ${label}()`;
  return [
    ...(firsts.every((first) => first === sender)
      ? [
          {
            title: `Let \`${sender}\` decide: \`choice at ${sender}\``,
            edits: [instead(decider, sender)],
            rank: RANKS.decider,
          },
        ]
      : []),
    ...(receiver === null
      ? []
      : [{ title: `Add \`${message}\``, edits: [before(scene, at, message)], rank: RANKS.message }]),
    ...(next !== undefined && isInteraction(next) && next.tree.from.name.text === decider.text
      ? [swap(scene, at, next)]
      : []),
  ];
}

function swap(scene: Scene, one: PlacedInteraction, other: PlacedInteraction): Candidate {
  const textOf = ({ tree }: Placed): string => scene.text.slice(tree.span.start, tree.span.end);
  const title = `Swap \`${shownInteraction(scene, one)}\` and \`${shownInteraction(scene, other)}\``;
  return { title, edits: [instead(one.tree, textOf(other)), instead(other.tree, textOf(one))], rank: RANKS.swap };
}

/** What begins without the decider begins with its message to whom takes part first. */
function begunByDecider(scene: Scene): readonly Candidate[] {
  const at = statementAround(scene, scene.diagnostic.span);
  const choice = at === null ? undefined : around(at).find(({ tree }) => tree.kind === "choice");
  if (at === null || choice?.tree.kind !== "choice" || choice.tree.at === null) return [];
  const decider = choice.tree.at.text;
  const inside = interactionsIn(scene, { statements: [], span: at.tree.span });
  const all = receiversOf(scene, inside.flatMap(partiesOf), decider, at);
  const first = receiversOf(scene, inside.slice(0, 1).flatMap(partiesOf), decider, at);
  return [first, all].flatMap((receivers) => {
    if (receivers.length === 0) return [];
    const message = `${decider} -> ${receivers.join(", ")}: ${labelAt(scene, decider, "", ["Go", "Begin"], null)}()`;
    return [{ title: `Add \`${message}\``, edits: [before(scene, at, message)], rank: RANKS.message }];
  });
}

// ---- what is said in a branch ----------------------------------------------------------------------------

/** A branch that says nothing says that it was taken: to everybody, or to those who hear in the others. */
function saidInBranch(scene: Scene): readonly Candidate[] {
  const found = branchAt(scene, scene.diagnostic.span);
  if (found === null) return [];
  const { block, decider, choice } = found;
  const label = labelAt(scene, decider, "", ["Nothing", "Done"], null);
  const heard = interactionsIn(scene, { statements: [], span: choice.tree.span }).flatMap(partiesOf);
  const first = heard.slice(0, 2);
  return [receiversOf(scene, first, decider, choice), receiversOf(scene, heard, decider, choice), ["*"]].flatMap(
    (receivers) => {
      if (receivers.length === 0) return [];
      const message = `${decider} -> ${receivers.join(", ")}: ${label}()`;
      return [{ title: `Add \`${message}\``, edits: [atStart(scene, block, message)], rank: RANKS.message }];
    },
  );
}

/** A round without a message: it says something, or the loop is left. */
function leftInSilence(scene: Scene): readonly Candidate[] {
  const loop = statementAround(scene, scene.diagnostic.span);
  return scene.diagnostic.related.flatMap(({ span }) => {
    const found = branchAt(scene, span);
    if (found === null || loop?.tree.kind !== "loop") return [];
    const leave = `break ${loop.tree.name.text}`;
    const spoken = saidInBranch({ ...scene, diagnostic: { ...scene.diagnostic, span } });
    if (found.block.statements.length > 0) return spoken;
    return [...spoken, { title: `Add \`${leave}\``, edits: [atStart(scene, found.block, leave)], rank: RANKS.leave }];
  });
}

function branchAt({ statements }: Scene, { start }: Span) {
  for (const choice of statements.toReversed()) {
    if (choice.tree.kind !== "choice" || choice.tree.at === null) continue;
    const branch = choice.tree.branches.find(({ body }) => body.span.start === start);
    if (branch !== undefined) return { block: branch.body satisfies BlockTree, decider: choice.tree.at.text, choice };
  }
  return null;
}

function receiversOf(scene: Scene, roles: readonly string[], but: string, at: Placed): readonly string[] {
  return [...new Set(roles)].filter((role) => role !== but).flatMap((role) => receiverAt(scene, role, at) ?? []);
}

// ---- names -----------------------------------------------------------------------------------------------

/** A message that cannot be told from another one gets a label of its own. */
function relabelled(scene: Scene): readonly Candidate[] {
  const at = statementAround(scene, scene.diagnostic.span);
  if (at === null || !isInteraction(at)) return [];
  const { from, message } = at.tree;
  const { label, payload } = message;
  const fresh = labelAt(scene, from.name.text, "", [`${label.text}2`, `${label.text}3`], null);
  const text =
    payload.kind === "same"
      ? `${fresh}(${label.text})`
      : payload.kind === "filled" && payload.artifact.span.start === label.span.start
        ? null
        : fresh;
  if (text === null) return [];
  const title = `Call it \`${fresh}\``;
  return [{ title, edits: [instead(label, text)], rank: RANKS.rename }];
}

function renamed(scene: Scene): readonly Candidate[] {
  const at = statementAround(scene, scene.diagnostic.span);
  if (at === null || !isInteraction(at)) return [];
  const { as, message } = at.tree;
  const name = `${as?.name.text ?? lowerCamel(message.label.text)}2`;
  const { end } = message.span;
  const edit = as === null ? { span: { start: end, end }, text: ` as ${name}` } : instead(as.name, name);
  return [{ title: `Call it \`${name}\``, edits: [edit], rank: RANKS.rename }];
}

/** What the hint says in so many words: a receiver more, or the name forwarded before it is needed. */
function toldBefore(scene: Scene): readonly Candidate[] {
  const { hint = "", related, span } = scene.diagnostic;
  const at = statementAround(scene, span);
  const [, forward] = /: add `([^`]+)` before this statement\.$/.exec(hint) ?? [];
  if (forward !== undefined && at !== null)
    return [{ title: `Add \`${forward}\``, edits: [before(scene, at, forward)], rank: RANKS.message }];
  const [, receivers, rest] = /, too: `\w+(?:\[\*\])? -> ([^:`]+): ([^`]+)`\.$/.exec(hint) ?? [];
  const bindings = related.flatMap((place) => interactionAt(scene, place.span) ?? []);
  const binding =
    bindings.find((each) => shownInteraction(scene, each).endsWith(`: ${rest?.split(" as ")[0] ?? ""}`)) ?? bindings[0];
  if (receivers === undefined || binding === undefined) return [];
  const title = `Send \`${shownInteraction(scene, binding)}\` to \`${receivers}\``;
  return [{ title, edits: [{ span: binding.tree.toSpan, text: receivers }], rank: RANKS.message }];
}

/** What may be given up has an `else`. */
function goesOn(scene: Scene): readonly Candidate[] {
  const at = statementAround(scene, scene.diagnostic.span);
  if (at?.tree.kind !== "do") return [];
  const { end } = at.tree.span;
  const title = "Let it end there: add `else { return }`";
  return [{ title, edits: [{ span: { start: end, end }, text: " else {\n  return\n}" }], rank: RANKS.message }];
}

/** One receiver judges, and passes on what it has got. */
function forwarded(scene: Scene): readonly Candidate[] {
  const at = statementAround(scene, scene.diagnostic.span);
  if (at === null || !isInteraction(at) || at.tree.to === null) return [];
  const { to, toSpan, message, as } = at.tree;
  const [judge, ...others] = to.map(({ span }) => scene.text.slice(span.start, span.end));
  if (judge === undefined || others.length === 0) return [];
  const name = as?.name.text ?? lowerCamel(message.label.text);
  const payload = message.payload.kind === "none" ? "" : name;
  const forward = `${judge} -> ${others.join(", ")}: ${message.label.text}(${payload})`;
  return [
    {
      title: `Send it to \`${judge}\` alone, and add \`${forward}\``,
      edits: [{ span: toSpan, text: judge }, behind(scene, at, forward)],
      rank: RANKS.message,
    },
  ];
}
