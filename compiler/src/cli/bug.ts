// An exception that should not be, in words: for the one line that a user sees instead of a stack trace.

import { escape } from "../report/render/text.js";

/** What was thrown and by which function: `RangeError: Maximum call stack size exceeded, in bindType`. */
export function describe(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem);
  const place = /\n\s+at (?:async )?(?:new )?([\w$.]+) \(/.exec(problem.stack ?? "")?.[1];
  return `${problem.name}: ${problem.message}${place === undefined ? "" : `, in ${place}`}`;
}

/** The whole stack, for `CHORC_DEBUG=1`. */
export function stackOf(problem: unknown): string {
  const stack = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
  return stack.split("\n").map(escape).join("\n");
}
