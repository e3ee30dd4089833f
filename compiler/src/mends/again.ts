// How another text of a file is checked: with what the file imports as it was bound when the file itself was checked. In:
// a file of a run. Out: what takes part in the run, and a way to check texts afterwards.

import type { Source } from "@chor/grammar";
import type { Program } from "../bind/program.js";
import { check } from "../check.js";
import type { CheckOne } from "../check-files.js";
import type { CheckText } from "./search.js";

export interface Again {
  /** For `checkFiles`, instead of `check`. */
  readonly checkOne: CheckOne;
  /** Checks a text that would stand for the file; an edit does not change what is imported. */
  readonly checkText: CheckText;
}

/** Takes a source; `checkOne`: what a run checks a file with. */
export function checkedAgain(source: Source, checkOne: CheckOne = check): Again {
  let imports: ReadonlyMap<string, Program | null> = new Map();
  return {
    checkOne: (each, options) => {
      if (each.file === source.file) ({ imports } = options);
      return checkOne(each, options);
    },
    checkText: (text) => check({ file: source.file, text }, { imports }).diagnostics,
  };
}
