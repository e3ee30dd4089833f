// The words of commands that make a team: sizes of families, numbers within bounds. In: what stands behind an option.
// Out: what it means, or why it means nothing.

export interface Wrong {
  readonly message: string;
  readonly hint: string;
}

/** Of an option that may be repeated. */
export function collect(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word];
}

/** Whether it is a complaint. */
export function isWrong(of: number | ReadonlyMap<string, number> | Wrong): of is Wrong {
  return typeof of === "object" && "message" in of;
}

/** A whole number within bounds; null: the option was not given. */
export function numberIn(option: string, word: string | undefined, low: number, high: number): number | null | Wrong {
  if (word === undefined) return null;
  const number = /^\d{1,10}(?:e\d)?$/i.test(word) ? Number(word) : NaN;
  if (number >= low && number <= high) return number;
  return { message: `\`${option}\` cannot be \`${word}\``, hint: `it is a whole number from ${low} to ${high}` };
}

/** `Coder=3`, for each family once. */
export function membersIn(words: readonly string[]): ReadonlyMap<string, number> | Wrong {
  const members = new Map<string, number>();
  for (const word of words) {
    const [, family, count] = /^(\w+)=(\d{1,4})$/.exec(word) ?? [];
    if (family === undefined || count === undefined)
      return { message: `\`--members\` cannot be \`${word}\``, hint: "write it like `--members Coder=3`" };
    members.set(family, Number(count));
  }
  return members;
}
