// Sets of binding numbers that share what they have in common: big-endian Patricia trees (Okasaki and Gill, "Fast
// mergeable integer maps", 1998). Joining two costs where they differ, not how large they are. In: sets. Out: sets,
// the very same object where nothing is added. Recursive over the bits of a number, at most 31.

/** null: empty; a number: it alone. */
export type Numbers = Fork | number | null;

/** Two subsets that part at one bit; the numbers in `left` are the smaller ones. */
export interface Fork {
  /** The bits above `bit`, which all numbers share. */
  readonly prefix: number;
  /** A power of two. */
  readonly bit: number;
  readonly left: Fork | number;
  readonly right: Fork | number;
}

/** How many steps are still allowed; shared by all operations of one analysis. */
export interface Effort {
  left: number;
}

/** Takes two sets, gives the numbers that are in either; the first itself where the other adds nothing. */
export function union(a: Numbers, b: Numbers, effort: Effort): Numbers {
  if (b === null) return a;
  return a === null ? b : united(a, b, effort);
}

/** Takes a set, gives its numbers, ascending. */
export function numbersIn(set: Numbers): readonly number[] {
  const numbers: number[] = [];
  const open: (Fork | number)[] = set === null ? [] : [set];
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    if (typeof top === "number") numbers.push(top);
    else open.push(top.right, top.left);
  }
  return numbers;
}

/** Whether two sets hold the same numbers. */
export function isSameSet(a: Numbers, b: Numbers): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a === "number" || typeof b === "number") return false;
  return a.prefix === b.prefix && a.bit === b.bit && isSameSet(a.left, b.left) && isSameSet(a.right, b.right);
}

function united(a: Fork | number, b: Fork | number, effort: Effort): Fork | number {
  if (a === b) return a;
  effort.left--;
  if (typeof a === "number") return typeof b === "number" ? parted(a, b) : withSubset(b, a, a, effort);
  if (typeof b === "number") return withSubset(a, b, b, effort);
  if (a.bit < b.bit) return withSubset(b, a, a.prefix, effort);
  if (b.bit < a.bit) return withSubset(a, b, b.prefix, effort);
  if (a.prefix !== b.prefix) return parted(a, b);
  const left = united(a.left, b.left, effort);
  const right = united(a.right, b.right, effort);
  if (left === a.left && right === a.right) return a;
  return left === b.left && right === b.right ? b : { prefix: a.prefix, bit: a.bit, left, right };
}

/** A set with a smaller one, which parts below `set.bit`; `sample` has the bits that all its numbers share. */
function withSubset(set: Fork, smaller: Fork | number, sample: number, effort: Effort): Fork {
  if (above(sample, set.bit) !== set.prefix) return parted(set, smaller);
  if ((sample & set.bit) === 0) {
    const left = united(set.left, smaller, effort);
    return left === set.left ? set : { ...set, left };
  }
  const right = united(set.right, smaller, effort);
  return right === set.right ? set : { ...set, right };
}

/** Two sets no number of which is in the other's range. */
function parted(a: Fork | number, b: Fork | number): Fork {
  const one = typeof a === "number" ? a : a.prefix;
  const other = typeof b === "number" ? b : b.prefix;
  const bit = 1 << (31 - Math.clz32(one ^ other));
  const [left, right] = (one & bit) === 0 ? [a, b] : [b, a];
  return { prefix: above(one, bit), bit, left, right };
}

/** A number's bits above one. */
function above(number: number, bit: number): number {
  return number & ~(2 * bit - 1);
}
