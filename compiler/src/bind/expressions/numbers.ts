// Interval arithmetic: in which range a sum, a difference, a product … is. In: the types of two numbers. Out: the
// type of the result. An `int` that leaves the safe integers, and a division by zero, are refused when they happen;
// so the type of what is left stays within them.

import type { Type } from "../program.js";
import { boundsOf, isInteger } from "../type-shapes.js";

interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** The type of `left operator right`, both numbers. `/` gives a `number` always, as in TypeScript. */
export function arithmetic(operator: "+" | "-" | "*" | "/" | "%", left: Type, right: Type): Type {
  const [a, b] = [boundsOf(left), boundsOf(right)];
  const isWhole = isInteger(left) && isInteger(right);
  switch (operator) {
    case "+":
      return numeric(isWhole, { min: a.min + b.min, max: a.max + b.max });
    case "-":
      return numeric(isWhole, { min: a.min - b.max, max: a.max - b.min });
    case "*":
      return numeric(
        isWhole,
        corners(a, b, (x, y) => (x === 0 || y === 0 ? 0 : x * y)),
      );
    case "/":
      // By a number around zero the quotient may be of any size.
      return numeric(
        false,
        b.min > 0 || b.max < 0 ? corners(a, b, (x, y) => x / y) : { min: -Infinity, max: Infinity },
      );
    case "%": {
      // The remainder has the sign of what is divided, and is smaller than both.
      const most = Math.max(Math.abs(b.min), Math.abs(b.max)) - (isWhole ? 1 : 0);
      return numeric(isWhole, {
        min: a.min >= 0 ? 0 : Math.max(a.min, -most),
        max: a.max <= 0 ? 0 : Math.min(a.max, most),
      });
    }
  }
}

/** The type of `-operand`. */
export function negated(operand: Type): Type {
  const { min, max } = boundsOf(operand);
  return numeric(isInteger(operand), { min: -max, max: -min });
}

/** The type of a sum of so many numbers. */
export function summed(item: Type, count: Bounds): Type {
  const { min, max } = boundsOf(item);
  const of = (x: number, y: number): number => (x === 0 || y === 0 ? 0 : x * y);
  return numeric(isInteger(item), {
    min: Math.min(of(min, count.min), of(min, count.max)),
    max: Math.max(of(max, count.min), of(max, count.max)),
  });
}

function corners(a: Bounds, b: Bounds, apply: (x: number, y: number) => number): Bounds {
  const all = [apply(a.min, b.min), apply(a.min, b.max), apply(a.max, b.min), apply(a.max, b.max)];
  // Infinity divided by infinity: nothing is known.
  if (all.some(Number.isNaN)) return { min: -Infinity, max: Infinity };
  return { min: Math.min(...all), max: Math.max(...all) };
}

function numeric(isWhole: boolean, { min, max }: Bounds): Type {
  if (isWhole) return { kind: "int", min: safe(min), max: safe(max) };
  return { kind: "number", min: finite(min), max: finite(max) };
}

function safe(value: number): number {
  const within = Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, value));
  return within === 0 ? 0 : within;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? (value === 0 ? 0 : value) : null;
}
