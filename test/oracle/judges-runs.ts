// Whether what the endpoints of the oracle have done are parts of one run, block by block. In: native runs and words, one
// for each role. Out: yes or no.

import type { Act } from "./judges-machines.js";
import type { Move, Native } from "./native.js";

/** How an act stands in the word of its role; null: only the outcome of a wait does. */
export function wordOf(act: Act, role: number): string | null {
  switch (act.kind) {
    case "send":
      return `${role}>${act.to}:${act.label}`;
    case "receive":
      return `${act.from}>${role}:${act.label}`;
    case "answered":
    case "verdict":
      return `${act.wait.id}=${act.counted ? act.branch : "not"}`;
    case "decide":
      return `${act.id}=${act.branch}`;
    case "arms":
      return `#${act.construct}`;
    case "fail":
      return "fail";
    default:
      return null;
  }
}

/**
 * Whether the words are the parts of one run of the block that begins in `start`, or (`prefix`) of one that goes on.
 * Behind a `fail` everything is.
 */
export function isRun(native: Native, start: number, words: readonly (readonly string[])[], prefix: boolean): boolean {
  const seen = new Set<string>();
  const work: { readonly state: number; readonly at: readonly number[] }[] = [{ state: start, at: words.map(() => 0) }];
  for (let here = work.pop(); here !== undefined; here = work.pop()) {
    const key = `${here.state}:${here.at.join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const { state, at } = here;
    const { end, failed, moves } = native.states[state] ?? { end: false, failed: false, moves: [] };
    if (failed || ((end || prefix) && at.every((position, role) => position === words[role]?.length))) return true;
    for (const move of moves) {
      for (const { target, said } of stepsOf(native, move)) {
        const moved = [...at];
        const agree = said.every(([role, own]) => {
          const position = moved[role] ?? 0;
          const word = words[role] ?? [];
          // An optional role need never hear that arms have begun.
          const mayMiss = move.kind === "arms" && native.optional[role] === true;
          if (position === word.length ? !prefix : word[position] !== own) return mayMiss;
          if (position < word.length) moved[role] = position + 1;
          return true;
        });
        if (agree) work.push({ state: target, at: moved });
      }
    }
  }
  return false;
}

interface Said {
  readonly target: number;
  /** By role: what stands in its word. */
  readonly said: readonly (readonly [number, string])[];
}

function stepsOf({ constructs }: Native, move: Move): readonly Said[] {
  switch (move.kind) {
    case "silent":
      return [{ target: move.target, said: [] }];
    case "message": {
      const own = `${move.from}>${move.to}:${move.label}`;
      const said = [
        [move.from, own],
        [move.to, own],
      ] as const;
      return [{ target: move.target, said }];
    }
    case "fail":
      return [{ target: move.target, said: [[move.by, "fail"]] }];
    case "when":
      return move.branches.map((target, i) => ({
        target,
        said: move.knowers.map((role) => [role, `${move.id}=${i}`]),
      }));
    case "arms": {
      const parts = [...(constructs[move.construct]?.parts ?? [])];
      return [{ target: move.target, said: parts.map((role) => [role, `#${move.construct}`]) }];
    }
    case "wait": {
      const parties = [move.judge, ...move.senders];
      const all = move.branches.map(({ target }, i): Said => ({
        target,
        said: parties.map((role) => [role, `${move.id}=${i}`]),
      }));
      if (move.otherwise === null) return all;
      return [...all, { target: move.otherwise, said: parties.map((role) => [role, `${move.id}=not`]) }];
    }
  }
}
