// One line that says how far a long work is: on a terminal, on standard error, only when it takes a while, and gone
// when it is done. In: what is done, and how much of it there is. Out: the line.

import { cut } from "../report/render/text.js";
import type { Shell } from "./shell.js";

export interface Progress {
  /** `index` pieces are done; `name` is the one that comes now. */
  readonly at: (index: number, name: string) => void;
  readonly done: () => void;
}

/** Nothing is shown before so many milliseconds have passed, and nothing more often. */
const PATIENCE = 400;

/** A line for `total` pieces of work; silent where standard error is no terminal. */
export function progress(what: string, total: number, shell: Shell): Progress {
  if (!shell.error.isTTY || total < 2) return { at: () => undefined, done: () => undefined };
  let last = shell.now().getTime();
  let isShown = false;
  return {
    at(index, name) {
      const now = shell.now().getTime();
      if (now - last < PATIENCE) return;
      last = now;
      isShown = true;
      const line = `${what} ${index + 1} of ${total}: ${name}`;
      shell.error.write(`\r\u001b[K${cut(line, Math.max(20, (shell.error.columns ?? 80) - 1))}`);
    },
    done() {
      if (isShown) shell.error.write("\r\u001b[K");
      isShown = false;
    },
  };
}
