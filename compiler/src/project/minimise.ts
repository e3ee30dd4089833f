// The smallest automaton with the same behaviour, by partition refinement. In: states as what they show and
// where they lead. Out: a class for each state, such that states of one class behave alike.

/** A state: `shows` is all that can be seen of it, so states that show the same have equally many targets. */
export interface Node {
  readonly shows: string;
  /** Indices of states, in an order that what is shown fixes. */
  readonly targets: readonly number[];
}

/**
 * The coarsest partition in which states of one class show the same and lead, one by one, to the same classes.
 * Gives for each state its class; classes are numbered in the order of their first states. Hopcroft's algorithm,
 * O(m log n): a class that was split is used as a splitter again by its smaller half only.
 */
export function minimise(nodes: readonly Node[]): readonly number[] {
  const partition = byWhatIsShown(nodes);
  const { blocks, blockOf } = partition;
  const sources = incoming(nodes);
  const waiting = new Set(blocks.keys());
  for (let splitter = first(waiting); splitter !== null; splitter = first(waiting)) {
    waiting.delete(splitter);
    // By position of the target: the states that lead into the splitter there.
    const leading = new Map<number, number[]>();
    for (const target of blocks[splitter] ?? []) {
      for (const { source, position } of sources[target] ?? []) {
        const list = leading.get(position);
        if (list === undefined) leading.set(position, [source]);
        else list.push(source);
      }
    }
    for (const states of leading.values()) {
      for (const [block, moved] of groups(states, blockOf)) {
        const whole = blocks[block];
        if (whole === undefined || moved.length === whole.size) continue;
        const split = blocks.push(new Set(moved)) - 1;
        for (const state of moved) {
          whole.delete(state);
          blockOf[state] = split;
        }
        if (waiting.has(block) || moved.length <= whole.size) waiting.add(split);
        else waiting.add(block);
      }
    }
  }
  return inOrder(blockOf);
}

interface Partition {
  readonly blocks: Set<number>[];
  readonly blockOf: number[];
}

function byWhatIsShown(nodes: readonly Node[]): Partition {
  const blocks: Set<number>[] = [];
  const byText = new Map<string, number>();
  const blockOf = nodes.map(({ shows }, state) => {
    const block = byText.get(shows) ?? blocks.push(new Set()) - 1;
    byText.set(shows, block);
    blocks[block]?.add(state);
    return block;
  });
  return { blocks, blockOf };
}

function incoming(
  nodes: readonly Node[],
): readonly (readonly { readonly source: number; readonly position: number }[])[] {
  const sources: { source: number; position: number }[][] = nodes.map(() => []);
  nodes.forEach(({ targets }, source) =>
    targets.forEach((target, position) => sources[target]?.push({ source, position })),
  );
  return sources;
}

function groups(states: readonly number[], blockOf: readonly number[]): ReadonlyMap<number, number[]> {
  const byBlock = new Map<number, number[]>();
  for (const state of states) {
    const block = blockOf[state] ?? 0;
    const list = byBlock.get(block);
    if (list === undefined) byBlock.set(block, [state]);
    else list.push(state);
  }
  return byBlock;
}

function first(waiting: ReadonlySet<number>): number | null {
  for (const block of waiting) return block;
  return null;
}

function inOrder(blockOf: readonly number[]): readonly number[] {
  const numbers = new Map<number, number>();
  return blockOf.map((block) => {
    const number = numbers.get(block) ?? numbers.size;
    numbers.set(block, number);
    return number;
  });
}
