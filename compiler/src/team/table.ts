// Numbers for things that are met one by one. In: things. Out: the number of each, the same for the same.

export interface Table<T> {
  readonly items: readonly T[];
  /** The number of a thing; a new one where it was not met yet. */
  readonly numberOf: (item: T) => number;
}

/** An empty table. */
export function tableOf<T>(): Table<T> {
  const items: T[] = [];
  const numbers = new Map<T, number>();
  const numberOf = (item: T): number => {
    const known = numbers.get(item);
    if (known !== undefined) return known;
    numbers.set(item, items.length);
    return items.push(item) - 1;
  };
  return { items, numberOf };
}
