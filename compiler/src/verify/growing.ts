// A list of integers that only grows, without an object for each of them. In: integers. Out: the list.

/** An empty list. */
export function growing(): {
  readonly push: (value: number) => void;
  readonly at: (index: number) => number;
  readonly length: () => number;
} {
  let values = new Int32Array(1024);
  let count = 0;
  return {
    push(value) {
      if (count === values.length) {
        const larger = new Int32Array(values.length * 2);
        larger.set(values);
        values = larger;
      }
      values[count++] = value;
    },
    at: (index) => values[index] ?? -1,
    length: () => count,
  };
}
