// Interactions: a message to one role, to several one after the other, from all members of a family; and the
// waits with an `else`, by the translation of LANGUAGE (section 4) and PROJECTION ("Gather"). In: an interaction
// and its place. Out: nodes of the core. Linear in senders and receivers; with a quorum, in senders times quorum.

import type { Span } from "@chor/grammar";
import type { Block, Interaction } from "../../bind/program.js";
import type { ChoiceNode, Node, Send } from "../core.js";
import {
  boundNumber,
  exitTo,
  networkRole,
  nothing,
  placed,
  rolesOf,
  sequence,
  unwritten,
  upTo,
  withElse,
  word,
  type Scope,
  type Target,
} from "./scope.js";

/** Translates one interaction; `inner` translates its `else`. */
export function interactionNode(scope: Scope, interaction: Interaction, inner: (block: Block) => Node): Node {
  const senders = rolesOf(scope, interaction.from);
  const receivers = interaction.to.flatMap((to) => rolesOf(scope, to));
  const message = messageOf(scope, interaction);
  const quorum = quorumOf(scope, interaction, senders.length);
  const [judge] = receivers;
  if (judge === undefined) return nothing;
  const { otherwise } = interaction;
  if (otherwise === null && quorum === senders.length) {
    const arms = senders.map((from) => sequence(...receivers.map((to, copy) => message(from, to, copy))));
    scope.draft.speaker = senders[0] ?? scope.draft.speaker;
    const [only] = arms;
    if (arms.length === 1 && only !== undefined) return only;
    const span = placed(scope, interaction.span);
    return { kind: "par", arms, armSpans: arms.map(() => span), span };
  }
  const wait: Wait = { scope, interaction, judge, senders, quorum, message, span: placed(scope, interaction.span) };
  const failed: Target = { block: null };
  const tried = gathered(wait, otherwise === null ? null : failed);
  scope.draft.speaker = judge;
  return withElse(scope, interaction.span, failed, tried, () => (otherwise === null ? nothing : inner(otherwise)));
}

/** Makes the sends of one interaction at one place: they are one message. */
export function messageOf(scope: Scope, interaction: Interaction): (from: number, to: number, copy: number) => Send {
  const label = `${scope.prefix}${interaction.label}${scope.suffix}`;
  const span = placed(scope, interaction.span);
  const { prefix, substitution } = scope;
  const message = scope.draft.messages.push({ label, prefix, interaction, substitution, span }) - 1;
  return (from, to, copy) => ({ kind: "send", from, to, label, message, copy, span });
}

/** How many of so many have to come. */
function quorumOf(scope: Scope, { quorum }: Interaction, senders: number): number {
  if (quorum === null || quorum === "all") return senders;
  if (quorum === "majority") return Math.floor(senders / 2) + 1;
  return Math.max(1, Math.min(senders, scope.draft.options.mostRead, boundNumber(scope, quorum)));
}

interface Wait {
  readonly scope: Scope;
  readonly interaction: Interaction;
  readonly judge: number;
  readonly senders: readonly number[];
  readonly quorum: number;
  readonly message: (from: number, to: number, copy: number) => Send;
  readonly span: Span;
}

/**
 * The wait of a judge, with a role of the network for each sender: it is over before anything is read, or the judge
 * decides whom it reads, reads so many, and has one outcome for all. `failed` null: it cannot fail.
 */
function gathered(wait: Wait, failed: Target | null): Node {
  const { scope, interaction, judge, senders, message, span } = wait;
  const networks = senders.map((from) =>
    networkRole(scope, `${scope.draft.roles[from]?.name ?? ""}~${scope.prefix}${interaction.id}`),
  );
  const said = (label: string): Send[] => networks.map((network) => word(scope, judge, network, label, span));
  const answered = (label: string): Send[] =>
    senders.map((from, i) => word(scope, networks[i] ?? 0, from, label, span));
  const counted = sequence(...said("pass"), ...answered("counted"));
  const read = reading(
    wait,
    networks,
    failed === null
      ? counted
      : either(wait, counted, sequence(...said("refused"), ...answered("not"), exitTo(scope, failed, quiet(wait)))),
  );
  if (failed === null) return read;
  const dropped = senders.map((from, i) => message(from, networks[i] ?? 0, 0));
  const late = sequence(...said("late"), ...dropped, ...answered("not"), exitTo(scope, failed, quiet(wait)));
  return either(wait, read, late);
}

/**
 * Reads the quorum, sender by sender: each is read (`ok`) or passed over (`skip`). States are pairs of how many
 * senders are decided on and how many of them are read; they are put one into the other as blocks, so none is copied.
 */
function reading(wait: Wait, networks: readonly number[], decided: Node): Node {
  const { scope, judge, senders, quorum, message, span } = wait;
  const step = (i: number, ok: boolean): Node => {
    const from = senders[i] ?? 0;
    const network = networks[i] ?? 0;
    const sent = [word(scope, judge, network, ok ? "ok" : "skip", span), message(from, network, 0)];
    return sequence(...sent, ...(ok ? [message(network, judge, 0)] : []));
  };
  if (quorum === senders.length) return sequence(...senders.map((_, i) => step(i, true)), decided);
  const targets = new Map<number, Target>();
  const at = (i: number, read: number): Target => {
    const key = i * (quorum + 1) + read;
    const target = targets.get(key) ?? { block: null };
    targets.set(key, target);
    return target;
  };
  let node: Node = nothing;
  for (let i = 0; i < senders.length; i++) {
    for (let read = Math.max(0, quorum - senders.length + i); read <= Math.min(i, quorum); read++) {
      const ways: Node[] = [];
      if (read < quorum) ways.push(sequence(step(i, true), exitTo(scope, at(i + 1, read + 1), quiet(wait))));
      if (senders.length - i > quorum - read)
        ways.push(sequence(step(i, false), exitTo(scope, at(i + 1, read), quiet(wait))));
      const [one = nothing, other] = ways;
      const here = other === undefined ? one : either(wait, one, other);
      node = i === 0 ? here : sequence(upTo(at(i, read), node), here);
    }
  }
  return sequence(upTo(at(senders.length, quorum), node), decided);
}

/** What the judge decides, without anybody's handler. */
function either({ judge, span }: Wait, one: Node, other: Node): ChoiceNode {
  return {
    kind: "choice",
    name: "",
    doc: "",
    at: judge,
    branches: [one, other],
    branchSpans: [span, span],
    span,
  };
}

function quiet({ scope, span }: Wait): Span {
  return unwritten(scope, span);
}
