// Many runs in a few numbers. In: runs, one after the other. Out: how they ended, how long they were, which branches
// were taken, who sent how much, how many rounds there were, how often somebody gave up.

import type { Span } from "@chor/grammar";
import type { Team } from "../team/team.js";
import type { Run } from "./run.js";
import { lineOf } from "./words.js";

export interface Summary {
  readonly runs: number;
  /** By kind of ending: how many, and the seed of the first. */
  readonly endings: Readonly<Record<Run["ending"]["kind"], { readonly count: number; readonly seed: number | null }>>;
  /** How many messages one role has sent to another, in a run. */
  readonly messages: Spread;
  /** By role that has sent anything: messages in all runs. */
  readonly sent: readonly { readonly role: string; readonly count: number }[];
  /** By decision, in the order of the source: how often each branch was taken, by its first message. */
  readonly choices: readonly {
    readonly name: string;
    readonly span: Span;
    readonly branches: readonly { readonly line: string; readonly count: number }[];
  }[];
  /** By counted loop: how many rounds were over in a run that had any. */
  readonly rounds: readonly { readonly loop: string; readonly spread: Spread }[];
  /** What judges gave up, passed over or refused. */
  readonly givenUp: readonly { readonly line: string; readonly count: number }[];
}

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export interface Tally {
  readonly add: (run: Run) => void;
  readonly summary: () => Summary;
}

/** An empty tally for the runs of one team. */
export function tallyOf(team: Team): Tally {
  const endings = new Map<Run["ending"]["kind"], { count: number; seed: number }>();
  const lengths: number[] = [];
  const sent = new Map<string, number>();
  const choices = new Map<string, { span: Span; branches: Map<string, number> }>();
  const rounds = new Map<string, number[]>();
  const givenUp = new Map<string, number>();
  const count = (of: Map<string, number>, key: string): unknown => of.set(key, (of.get(key) ?? 0) + 1);

  const add = ({ seed, happened, ending }: Run): void => {
    const known = endings.get(ending.kind) ?? { count: 0, seed };
    endings.set(ending.kind, { ...known, count: known.count + 1 });
    let messages = 0;
    const own = new Map<string, Map<number, number>>();
    for (const { move, role, givesUp, rounds: over } of happened) {
      const line = lineOf(team, move);
      if (move.kind === "send" && line.includes(" -> ")) {
        messages++;
        count(sent, role);
      }
      if (move.choice !== null && line.includes(" -> ")) {
        const { name, span } = move.choice;
        const choice = choices.get(name) ?? { span, branches: new Map() };
        choices.set(name, choice);
        count(choice.branches, line);
      }
      if (givesUp && move.text !== null) count(givenUp, line);
      for (const round of over) {
        const byRole = own.get(round.loop) ?? new Map<number, number>();
        own.set(round.loop, byRole.set(round.role, (byRole.get(round.role) ?? 0) + 1));
      }
    }
    lengths.push(messages);
    for (const [loop, byRole] of own) rounds.set(loop, [...(rounds.get(loop) ?? []), Math.max(...byRole.values())]);
  };

  const summary = (): Summary => {
    const ended = (kind: Run["ending"]["kind"]): Summary["endings"][typeof kind] =>
      endings.get(kind) ?? { count: 0, seed: null };
    return {
      runs: lengths.length,
      endings: {
        over: ended("over"),
        failed: ended("failed"),
        stuck: ended("stuck"),
        lost: ended("lost"),
        open: ended("open"),
      },
      messages: spreadOf(lengths),
      sent: team.roles.flatMap(({ name }) => (sent.has(name) ? [{ role: name, count: sent.get(name) ?? 0 }] : [])),
      choices: [...choices]
        .toSorted(([, a], [, b]) => a.span.start - b.span.start)
        .map(([name, { span, branches }]) => ({ name, span, branches: counted(branches) })),
      rounds: [...rounds].map(([loop, all]) => ({ loop, spread: spreadOf(all) })),
      givenUp: counted(givenUp),
    };
  };
  return { add, summary };
}

function counted(of: ReadonlyMap<string, number>): readonly { readonly line: string; readonly count: number }[] {
  return [...of]
    .map(([line, count]) => ({ line, count }))
    .toSorted((a, b) => b.count - a.count || (a.line < b.line ? -1 : 1));
}

function spreadOf(numbers: readonly number[]): Spread {
  const sorted = numbers.toSorted((a, b) => a - b);
  return { min: sorted[0] ?? 0, median: sorted[sorted.length >> 1] ?? 0, max: sorted.at(-1) ?? 0 };
}
