// What can be wrong with the types of artifacts: ranges, patterns, literals, nesting. CHOR0251 to CHOR0299.
// In: the piece of the type and its place. Out: diagnostics.

import type { Diagnostic, Name, Span } from "@chor/grammar";
import { error, listed } from "./diagnostic.js";

/** `boolean(1..2)`. */
export function rangeMisplaced(type: string, span: Span): Diagnostic {
  return error(
    "CHOR0251",
    `\`${type}\` takes no range: only \`string\`, \`int\`, \`number\` and lists have one.`,
    span,
    {
      hint: "Remove the range.",
    },
  );
}

/** `string(1.5)`. */
export function boundNotInteger(what: string, span: Span): Diagnostic {
  return error("CHOR0252", `A bound of ${what} is a whole number.`, span, { hint: "Write a whole number." });
}

/** `string(-1..4)`. */
export function boundNegative(what: string, span: Span): Diagnostic {
  return error("CHOR0253", `A bound of ${what} counts something, so it cannot be negative.`, span, {
    hint: "Write 0 or more.",
  });
}

/** `int(5..1)`. `written`: the upper bound is in the source and not the default. */
export function rangeEmpty(low: number, high: number, written: boolean, span: Span): Diagnostic {
  return written
    ? error("CHOR0254", `Nothing is in the range from ${low} to ${high}.`, span, {
        hint: "Put the smaller bound first.",
      })
    : error("CHOR0254", `The lower bound ${low} is above ${high}, which is the upper bound if none is written.`, span, {
        hint: "Write the upper bound too.",
      });
}

/** A bound that is too large for what it bounds. */
export function boundTooLarge(what: string, limit: number, span: Span): Diagnostic {
  return error("CHOR0255", `A bound of ${what} is at most ${limit}.`, span, {
    hint: `Write a bound of at most ${limit}.`,
  });
}

/** `int matches /x/`. */
export function patternMisplaced(type: string, span: Span): Diagnostic {
  return error("CHOR0257", `\`matches\` belongs to \`string\`; this is \`${type}\`.`, span, {
    hint: "Remove the `matches`.",
  });
}

/** `/x/i`. */
export function patternFlags(flags: string, span: Span): Diagnostic {
  return error(
    "CHOR0258",
    `A pattern takes no flags; this one has \`${flags}\`. It is always read as Unicode (\`u\`).`,
    span,
    {
      hint: "Remove the flags; for both cases write `[aA]`.",
    },
  );
}

/** The regular expression does not compile with flag `u`. */
export function patternBroken(reason: string, span: Span): Diagnostic {
  return error("CHOR0259", `This pattern is not valid when it is read as Unicode: ${reason}.`, span, {
    hint: "Mend the pattern; it is read with flag `u`.",
  });
}

/** The regular expression can take exponential time. */
export function patternExponential(part: string, span: Span): Diagnostic {
  return error(
    "CHOR0260",
    `This pattern can take exponential time: the repeated \`${part}\` matches the same text in more than one way.`,
    span,
    { hint: "Make every repetition begin or end with something that it cannot contain, like `[a-z]+(-[a-z]+)*`." },
  );
}

/** The regular expression is too long, or too large to be judged. */
export function patternTooLarge(what: string, span: Span): Diagnostic {
  return error("CHOR0261", `This pattern is too large: ${what}.`, span, { hint: "Make it simpler." });
}

/** An artifact that contains itself; `steps` are the fields on the way round. */
export function artifactInItself(
  path: readonly string[],
  span: Span,
  steps: readonly { readonly from: string; readonly to: string; readonly span: Span }[],
): Diagnostic {
  const way = path.length > 1 ? ` (by way of ${listed(path.slice(1))})` : "";
  return error(
    "CHOR0262",
    `The artifact \`${path[0]}\` contains itself${way}. Every artifact has a bounded depth, so that the cost of checking it is known.`,
    span,
    {
      related: steps.map((step) => ({ message: `\`${step.from}\` contains \`${step.to}\` here`, span: step.span })),
      hint: "Break the circle: refer to the inner one by a name or number, in a list beside it.",
    },
  );
}

/** Records and lists in one another, deeper than anybody reads. */
export function tooDeep(limit: number, span: Span): Diagnostic {
  return error("CHOR0263", `This type is nested more than ${limit} deep.`, span, { hint: "Make it flatter." });
}

/** `"a" | "b" | "a"`. */
export function literalTwice(text: string, span: Span): Diagnostic {
  return error("CHOR0264", `${text} is in this union twice.`, span, { hint: "Remove one of them." });
}

/** `Review<int>`. */
export function takesNoArguments(name: Name): Diagnostic {
  return error("CHOR0265", `\`${name.text}\` takes no type arguments.`, name.span, { hint: "Remove the `<…>`." });
}
