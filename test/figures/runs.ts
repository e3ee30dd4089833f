// The figures of a sketch counted over all of its runs, one by one, as the direct reading of the language tells them. In:
// a bound choreography whose scatters have a list of at most one element. Out: what `figuresOf` should say, or null where
// there are too many runs, or runs without end.

import type { Choreography } from "../../compiler/src/bind/program.js";
import type { Range } from "../../compiler/src/figures/domain.js";
import { runsOf, type Run } from "../../compiler/src/reference/meaning.js";

export interface Counted {
  /** Whether there is a run at all. */
  readonly ended: boolean;
  readonly messages: Range;
  /** By role of the choreography; those inside of a scatter in a callee are nobody's. */
  readonly sent: ReadonlyMap<string, Range>;
  readonly received: ReadonlyMap<string, Range>;
  /** The longest chain, where every role does one thing after the other. */
  readonly path: number;
}

export function counted(choreography: Choreography, longest: number): Counted | null {
  const all: Run[] = [];
  const atMost: Run[] = [];
  for (const end of ["low", "high"] as const)
    for (const instances of [0, 1]) {
      const members = (low: number, high: number): number => (end === "low" ? low : high);
      const runs = runsOf(choreography, { longest, instances, members, value: () => 3, most: 60 });
      if (runs === null || runs.some(({ over }) => !over)) return null;
      all.push(...runs);
      if (end === "high") atMost.push(...runs);
    }
  const roles = choreography.roles.map(({ name }) => name);
  const over = (count: (run: Run) => number): Range => {
    const counts = all.map(count);
    return { low: Math.min(...counts), high: Math.max(...counts) };
  };
  const by = (part: 0 | 1): ReadonlyMap<string, Range> =>
    new Map(
      roles.map((role) => [
        role,
        over(({ events }) => events.filter((each) => base(parties(each)[part]) === role).length),
      ]),
    );
  return {
    ended: all.length > 0,
    messages: over(({ events }) => events.length),
    sent: by(0),
    received: by(1),
    path: Math.max(0, ...atMost.map(pathOf)),
  };
}

/** The longest chain of one run: a message comes one later than the latest that its sender has received. */
function pathOf({ events }: Run): number {
  const clocks = new Map<string, number>();
  for (const event of events) {
    const [from, to] = parties(event);
    clocks.set(to, Math.max(clocks.get(to) ?? 0, (clocks.get(from) ?? 0) + 1));
  }
  return Math.max(0, ...clocks.values());
}

function parties(event: string): readonly [string, string] {
  const [, from = "", to = ""] = /^(\S+) -> (\S+): /.exec(event) ?? [];
  return [from, to];
}

/** `Coder[2]` is one of `Coder`. */
function base(role: string): string {
  return role.replace(/\[\d+\]$/, "");
}
