// Words that several rooms put into sentences. In: parts, numbers. Out: text.

/** `a`, `a and b`, `a, b and c`. */
export function inWords(parts: readonly string[], last: "and" | "or" = "and"): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} ${last} ${parts.at(-1) ?? ""}`;
}

/** Milliseconds in the largest unit that they are a whole number of: `90m`. */
export function durationText(milliseconds: number): string {
  const [unit, size] = UNITS.find(([, length]) => milliseconds > 0 && milliseconds % length === 0) ?? ["ms", 1];
  return `${milliseconds / size}${unit}`;
}

/** The units of a duration in milliseconds, the largest first. */
export const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
] as const;
