// What lints can be told beside their level. In: nothing. Out: the form of it, and what holds where nobody says otherwise.

export interface LintOptions {
  /** A role with a larger share of the messages is a bottleneck; 0.6 is 60 %. */
  readonly bottleneckShare: number;
}

export const LINT_DEFAULTS: LintOptions = { bottleneckShare: 0.6 };
