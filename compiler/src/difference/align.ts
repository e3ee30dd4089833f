// What has changed in what a role does, for people: its two endpoints are walked side by side, and where they part, the
// nearest place is looked for at which they meet again. In: two endpoints. Out: reasons. The verdict is not made here
// (refine.ts), so a guess that is wrong is a clumsy word and no wrong answer.

import { LARGEST_BOUND, isAnnounced, isOver, shownLabel, type Act, type Endpoint, type State } from "./endpoint.js";
import { fits, type Aspect, type Meaning } from "./meaning.js";
import { armsPaired, neverComes } from "./refine.js";
import { gathered, type Reason } from "./gathered.js";
import { goesOnTogether, rejoin } from "./rejoin.js";

/** Pairs of states that are looked at, at most. */
const maximalPairs = 50_000;

/** The reasons, in the order in which a walk meets them. Takes the endpoints and the comparison of messages. */
export function aligned(old: Endpoint, now: Endpoint, meaning: Meaning): readonly Reason[] {
  const walk: Walk = { meaning, seen: new Set(), work: [], reasons: [], loops: new Set() };
  meet(walk, { old, now, oldBlock: 0, newBlock: 0 }, 0, 0);
  for (let i = 0; i < walk.work.length && i < maximalPairs; i++) {
    const pair = walk.work[i];
    if (pair !== undefined) compare(walk, pair);
  }
  return gathered(walk.reasons);
}

interface Where {
  readonly old: Endpoint;
  readonly now: Endpoint;
  readonly oldBlock: number;
  readonly newBlock: number;
}

interface Paired extends Where {
  readonly before: number;
  readonly after: number;
}

interface Walk {
  readonly meaning: Meaning;
  readonly seen: Set<string>;
  readonly work: Paired[];
  readonly reasons: Reason[];
  readonly loops: Set<string>;
}

function meet(walk: Walk, where: Where, before: number, after: number): void {
  const { old, now, oldBlock, newBlock } = where;
  const key = `${oldBlock} ${newBlock} ${before} ${after}`;
  if (walk.seen.has(key)) return;
  walk.seen.add(key);
  walk.work.push({ old, now, oldBlock, newBlock, before, after });
}

function tell(walk: Walk, id: string, old: Act | null, now: Act | null, breaking: boolean, detail = ""): void {
  walk.reasons.push({ id, detail, old, now, breaking, about: null });
}

function compare(walk: Walk, pair: Paired): void {
  const old = stateAt(pair.old, pair.oldBlock, pair.before);
  const now = stateAt(pair.now, pair.newBlock, pair.after);
  if (old === null || now === null) return;
  const after = new Map(now.acts.map((act) => [act.key, act]));
  const matched = old.acts.flatMap((act) => {
    const same = after.get(act.key);
    return same === undefined ? [] : [[act, same] as const];
  });
  const renamed = renamedActs(
    walk,
    pair,
    without(
      old.acts,
      matched.map(([act]) => act),
    ),
    without(
      now.acts,
      matched.map(([, act]) => act),
    ),
  );
  for (const [before, act] of matched) aspects(walk, before, act);
  for (const [before, act] of renamed) {
    const id = before.network === null ? "message-renamed" : "condition-changed";
    tell(walk, id, before, act, true, before.network === null ? `was \`${shownLabel(before)}\`` : "");
  }
  const both = [...matched, ...renamed];
  for (const [before, act] of both) meet(walk, pair, before.target, act.target);
  const isRound = rounds(walk, pair, old, now);
  const isArms = arms(walk, pair, old, now);
  const isTogether = both.length > 0 || isRound || isArms;
  const lost = without(
    old.acts,
    both.map(([act]) => act),
  );
  const more = without(
    now.acts,
    both.map(([, act]) => act),
  );
  if (isTogether) branches(walk, pair, old, lost, more);
  else if (!(isOver(old) && isOver(now))) apart(walk, pair, lost, more);
}

function stateAt(endpoint: Endpoint, block: number, state: number): State | null {
  return endpoint.blocks.get(block)?.[state] ?? null;
}

function without(acts: readonly Act[], others: readonly Act[]): readonly Act[] {
  return acts.filter((act) => !others.includes(act));
}

function aspects(walk: Walk, old: Act, now: Act): void {
  for (const aspect of walk.meaning(old.messages, now.messages))
    tell(walk, aspect.id, old, now, !fits(aspect, now.kind), aspect.detail);
}

/** Some ways go on together; of the others there are more or less. */
function branches(walk: Walk, pair: Paired, old: State, lost: readonly Act[], more: readonly Act[]): void {
  const swapped = lost.flatMap((act) => {
    const other = more.find((each) => isSwapped(pair, act, each));
    return other === undefined ? [] : [[act, other] as const];
  });
  for (const [act, other] of swapped) {
    tell(walk, "order-changed", act, other, true);
    meet(walk, pair, targetOf(pair.old, pair.oldBlock, act, other), targetOf(pair.now, pair.newBlock, other, act));
  }
  for (const act of without(
    lost,
    swapped.map(([a]) => a),
  ))
    tell(walk, "choice-branch-removed", act, null, act.kind === "receive");
  for (const act of without(
    more,
    swapped.map(([, b]) => b),
  ))
    tell(walk, "choice-branch-added", null, act, act.kind !== "receive" || !neverComes(act, old, pair));
}

/** The one is behind the other in the old version, and before it in the new one. */
function isSwapped(pair: Paired, act: Act, other: Act): boolean {
  return targetOf(pair.old, pair.oldBlock, act, other) >= 0 && targetOf(pair.now, pair.newBlock, other, act) >= 0;
}

/** Where an action and then another one lead; -1: there is no such way. */
function targetOf(endpoint: Endpoint, block: number, first: Act, second: Act): number {
  const behind = stateAt(endpoint, block, first.target);
  return behind?.acts.find(({ key }) => key === second.key)?.target ?? -1;
}

/** Nothing goes on together here: what stands between here and the nearest place where something does. */
function apart(walk: Walk, pair: Paired, lost: readonly Act[], more: readonly Act[]): void {
  const found = rejoin(
    pair.old.blocks.get(pair.oldBlock) ?? [],
    pair.now.blocks.get(pair.newBlock) ?? [],
    pair.before,
    pair.after,
  );
  const [removed, added] = found === null ? [lost, more] : [found.removed, found.added];
  for (const act of removed) tell(walk, "message-removed", act, null, true);
  for (const act of added) tell(walk, "message-added", null, act, true);
  if (found !== null && removed.length + added.length === 0) roundChanged(walk, pair);
  if (found !== null) meet(walk, pair, found.before, found.after);
}

/** A round ends here in one version, and not in the other. */
function roundChanged(walk: Walk, pair: Paired): void {
  const before = stateAt(pair.old, pair.oldBlock, pair.before)?.round?.loop ?? null;
  const after = stateAt(pair.now, pair.newBlock, pair.after)?.round?.loop ?? null;
  if ((before === null) === (after === null)) return;
  const about = { kind: "loop", old: before, now: after } as const;
  walk.reasons.push({ id: "loop-changed", detail: "", old: null, now: null, breaking: true, about });
}

/** Actions that differ in their label only, and go on alike. */
function renamedActs(
  walk: Walk,
  pair: Paired,
  lost: readonly Act[],
  more: readonly Act[],
): readonly (readonly [Act, Act])[] {
  const left = [...more];
  return lost.flatMap((act) => {
    const at = left.findIndex((other) => isRenamed(walk, pair, act, other));
    const [found] = at < 0 ? [] : left.splice(at, 1);
    return found === undefined ? [] : [[act, found] as const];
  });
}

function isRenamed({ meaning }: Walk, pair: Paired, act: Act, other: Act): boolean {
  if (act.kind !== other.kind || act.kind === "fail") return false;
  if (act.network !== null || other.network !== null)
    return (
      act.network !== null &&
      other.network !== null &&
      isAnnounced(act) &&
      isAnnounced(other) &&
      act.label === other.label
    );
  if (act.peer !== other.peer) return false;
  const carried = meaning(act.messages, other.messages).some(({ id }: Aspect) => id.startsWith("payload-"));
  if (carried) return false;
  const before = stateAt(pair.old, pair.oldBlock, act.target);
  const after = stateAt(pair.now, pair.newBlock, other.target);
  return before !== null && after !== null && goesOnTogether(before, after);
}

/** Both are at the end of a round. */
function rounds(walk: Walk, pair: Paired, old: State, now: State): boolean {
  if (old.round === null || now.round === null) return false;
  const [a, b] = [old.round.loop, now.round.loop];
  const before = pair.old.core.loops[a]?.max ?? 0;
  const after = pair.now.core.loops[b]?.max ?? 0;
  const key = `${a} ${b}`;
  if (before !== after && !walk.loops.has(key)) {
    const isValue = Math.max(before, after) > LARGEST_BOUND;
    const id = isValue ? "bound-changed" : after > before ? "bound-raised" : "bound-lowered";
    const about = { kind: "loop", old: a, now: b } as const;
    walk.reasons.push({ id, detail: "", old: null, now: null, breaking: true, about });
  }
  walk.loops.add(key);
  meet(walk, pair, old.round.again.target, now.round.again.target);
  meet(walk, pair, old.round.over.target, now.round.over.target);
  return true;
}

/** Both come to constructs with arms. */
function arms(walk: Walk, pair: Paired, old: State, now: State): boolean {
  if (old.arms.length === 0 || now.arms.length === 0) return false;
  now.arms.forEach(({ construct, way }, i) => {
    const before = old.arms[i];
    if (before === undefined) return;
    meet(walk, pair, before.way.target, way.target);
    const pairs = armsPaired(pair.old, before.construct, pair.now, construct);
    if (pairs === null) {
      const about = { kind: "construct", old: before.construct, now: construct } as const;
      walk.reasons.push({ id: "arms-changed", detail: "", old: null, now: null, breaking: true, about });
      return;
    }
    const [inOld, inNew] = [pair.old.inside(before.construct), pair.now.inside(construct)];
    for (const [oldBlock, newBlock] of pairs) {
      const [has, had] = [inNew.blocks.has(newBlock), inOld.blocks.has(oldBlock)];
      if (has && had) meet(walk, { old: inOld, now: inNew, oldBlock, newBlock }, 0, 0);
      else if (has !== had)
        for (const act of (has ? inNew.blocks.get(newBlock) : inOld.blocks.get(oldBlock))?.[0]?.acts ?? [])
          tell(walk, has ? "message-added" : "message-removed", has ? null : act, has ? act : null, true);
    }
  });
  return true;
}
