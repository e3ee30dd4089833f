// A list that only grows, shared by the states that come one after the other: a state holds how much of it is
// its own. Adding is constant time along one history; a state that is folded a second time gets a copy.

export interface List<T> {
  readonly length: number;
  /** Longer than `length` where a later state has added to it: only the first `length` items are this list's. */
  readonly items: readonly T[];
}

/** The list without items. */
export function empty<T>(): List<T> {
  return { length: 0, items: [] };
}

/** The list with one more item at its end. The list given stays as it is. */
export function add<T>(list: List<T>, item: T): List<T> {
  const items = (list.items.length === list.length ? list.items : list.items.slice(0, list.length)) as T[];
  items.push(item);
  return { length: list.length + 1, items };
}

/** The item at an index, or undefined. */
export function get<T>(list: List<T>, index: number): T | undefined {
  return index < list.length ? list.items[index] : undefined;
}

/** The last so many items, oldest first. */
export function last<T>(list: List<T>, count: number): readonly T[] {
  return list.items.slice(Math.max(0, list.length - count), list.length);
}

/** The items as an array of its own. */
export function toArray<T>(list: List<T>): T[] {
  return list.items.slice(0, list.length);
}
