// Where two endpoints that do different things go on together again, by looking ahead a little on both sides. In: their
// states, and one state of each. Out: the actions that lie between on each side, or null: not nearby.

import { isOver, isWord, type Act, type State } from "./endpoint.js";

export interface Rejoined {
  /** States that go on together. */
  readonly before: number;
  readonly after: number;
  /** The actions on the way there, of each side. */
  readonly removed: readonly Act[];
  readonly added: readonly Act[];
}

/** How many actions are looked over on each side, and how many states. */
const depth = 6;
const breadth = 64;

/** The nearest states that have an action in common, or are both over; the fewest actions on both sides together. */
export function rejoin(old: readonly State[], now: readonly State[], before: number, after: number): Rejoined | null {
  const left = ahead(old, before);
  const right = ahead(now, after);
  let best: Rejoined | null = null;
  let cost = Infinity;
  for (const a of left) {
    for (const b of right) {
      const sum = a.acts.length + b.acts.length;
      if ((a === left[0] && b === right[0]) || sum >= cost) continue;
      const [x, y] = [old[a.state], now[b.state]];
      if (x === undefined || y === undefined || !goesOnTogether(x, y)) continue;
      best = { before: a.state, after: b.state, removed: a.acts, added: b.acts };
      cost = sum;
    }
  }
  return best;
}

interface Ahead {
  readonly state: number;
  readonly acts: readonly Act[];
}

/** The states that are a few actions away, each by a shortest way, breadth first; ends of rounds, arms and words are passed over. */
function ahead(states: readonly State[], from: number): readonly Ahead[] {
  const found: Ahead[] = [{ state: from, acts: [] }];
  const seen = new Set([from]);
  for (let i = 0; i < found.length && found.length < breadth; i++) {
    const { state, acts } = found[i] ?? { state: from, acts: [] };
    const here = states[state];
    if (here === undefined || acts.length >= depth) continue;
    const silent = [
      ...(here.round === null ? [] : [here.round.again, here.round.over]),
      ...here.arms.map(({ way }) => way),
    ];
    const next = [
      ...silent.map(({ target }) => ({ state: target, acts })),
      ...here.acts.map((act) => ({ state: act.target, acts: isWord(act) ? acts : [...acts, act] })),
    ];
    for (const each of next) {
      if (seen.has(each.state)) continue;
      seen.add(each.state);
      found.push(each);
    }
  }
  return found;
}

/** Both are over, or have something in common to do. */
export function goesOnTogether(old: State, now: State): boolean {
  if (isOver(old) || isOver(now)) return isOver(old) && isOver(now);
  const keys = new Set(old.acts.map(({ key }) => key));
  return (
    now.acts.some(({ key }) => keys.has(key)) ||
    (old.round !== null && now.round !== null) ||
    (old.arms.length > 0 && now.arms.length > 0)
  );
}
