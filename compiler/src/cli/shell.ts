// What the command line needs of the world besides files, as a parameter: streams, environment, working folder, clock
// and the wish to stop. Tests give their own.

export interface Output {
  readonly write: (text: string) => void;
  readonly isTTY: boolean;
  /** Columns of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
}

export interface Shell {
  readonly out: Output;
  readonly error: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Standard input to its end, or to one byte more than `limit`. */
  readonly readInput: (limit: number) => Promise<Uint8Array>;
  /** The working folder, absolute; the names on the command line are relative to it. */
  readonly folder: string;
  readonly now: () => Date;
  /** Settles when the user wants a command that watches to stop (Ctrl-C). */
  readonly interrupted: () => Promise<void>;
}

export type When = "auto" | "always" | "never";

/** Whether an output is to be coloured: the option first, then FORCE_COLOR and NO_COLOR, then whether it is a terminal. */
export function wantsColor(when: When, output: Output, environment: Shell["environment"]): boolean {
  if (when !== "auto") return when === "always";
  const force = environment["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  if (environment["NO_COLOR"] || environment["TERM"] === "dumb") return false;
  return output.isTTY;
}
