// `--bounds`: the most bytes that each artifact takes, the most steps that each contract takes. In: rows by name. Out: a
// table for a terminal. What has no bound says so.

import { paint } from "./paint.js";
import { columns, cut } from "./text.js";

export interface ByteBound {
  readonly name: string;
  /** null: a foreign type, of which nothing is known. */
  readonly bytes: number | null;
}

export interface StepBound {
  readonly name: string;
  /** null: an external contract, which takes its time. */
  readonly steps: number | null;
}

/** Names are cut to so many columns. */
const NAME = 40;

/** The table, largest first, a line for each row; `""` where there are none. */
export function renderBounds(artifacts: readonly ByteBound[], contracts: readonly StepBound[], color: boolean): string {
  const style = paint(color);
  const rows = [
    ...largestFirst(artifacts.map(({ name, bytes }) => ({ name, bound: bytes }))).map((row) => ({
      ...row,
      unit: "byte",
    })),
    ...largestFirst(contracts.map(({ name, steps }) => ({ name, bound: steps }))).map((row) => ({
      ...row,
      unit: "step",
    })),
  ].map(({ name, bound, unit }) => ({ name: cut(name, NAME), ...amount(bound, unit) }));
  const width = Math.max(0, ...rows.map(({ name }) => columns(name)));
  const digits = Math.max(0, ...rows.map(({ number }) => number.length));
  return rows
    .map(({ name, number, unit }) => {
      const pad = " ".repeat(width - columns(name) + 2 + digits - number.length);
      return `${style("bold", name)}${pad}${number} ${unit}\n`;
    })
    .join("");
}

function largestFirst<Row extends { readonly bound: number | null }>(rows: readonly Row[]): readonly Row[] {
  const size = ({ bound }: Row): number => bound ?? Number.POSITIVE_INFINITY;
  return rows.toSorted((a, b) => (size(a) === size(b) ? 0 : size(b) - size(a)));
}

/** `12,345 bytes`; a number that has reached its limit is only known to be more. */
function amount(bound: number | null, unit: string): { readonly number: string; readonly unit: string } {
  if (bound === null) return { number: "-", unit: `${unit}s are not bounded` };
  const number = bound.toLocaleString("en-US");
  return bound >= Number.MAX_SAFE_INTEGER
    ? { number, unit: `${unit}s or more` }
    : { number, unit: bound === 1 ? unit : `${unit}s` };
}
