// What can be wrong with the types of artifacts: ranges, patterns, unions, nesting. CHOR0251 to CHOR0279.
// In: the piece of the type and its place. Out: diagnostics.

import type { Diagnostic, Name, Span } from "@chor/grammar";
import { error, listed } from "./diagnostic.js";

/** `boolean(1..2)`. */
export function rangeMisplaced(type: string, span: Span): Diagnostic {
  return error("CHOR0251", `\`${type}\` takes no range: only text, numbers, lists, maps and \`json\` have one.`, span, {
    hint: "Remove the range.",
  });
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
      hint: "Send one list, and let each item refer to others by a name or a number.",
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

/** `string(1..n)`: in a type. */
export function boundIsName(name: string, span: Span): Diagnostic {
  return error(
    "CHOR0266",
    `The bound \`${name}\` is a name; a type's bounds are numbers, so that its size is known.`,
    span,
    {
      hint: "Write a number; compare with the value in a `where`.",
    },
  );
}

/** `timeout: duration` in a record. */
export function durationMisplaced(span: Span): Diagnostic {
  return error("CHOR0267", "A `duration` is a parameter's type only: no value of it travels.", span, {
    hint: "Write an `int` and say its unit in the name, like `seconds: int(0..3600)`.",
  });
}

/** `json(1..)`, `json(5)`. */
export function jsonRange(span: Span): Diagnostic {
  return error("CHOR0268", "`json` has an upper bound only: the bytes of its text.", span, {
    hint: "Write it like `json(..10000)`.",
  });
}

/** `map`, `map<A, B>`. */
export function mapArguments(span: Span, given: number): Diagnostic {
  return error(
    "CHOR0269",
    `\`map\` takes one type, that of its values, not ${given === 0 ? "none" : given}; its keys are strings.`,
    span,
    { hint: "Write `map<T>`." },
  );
}

/** `digest<A, B>`. */
export function digestArguments(span: Span): Diagnostic {
  return error("CHOR0270", "`digest` takes one type at most: that of the value that it is the digest of.", span, {
    hint: "Write `digest<T>`, or `digest` for one of anything.",
  });
}

/** `x: null`. */
export function nullAlone(span: Span): Diagnostic {
  return error("CHOR0271", "`null` alone says nothing: a type with it has another member.", span, {
    hint: "Write `T | null`, or make the field optional: `name?: T`.",
  });
}

/** `T | null | null`, or `Maybe | null` where `Maybe` may be null. */
export function nullTwice(span: Span): Diagnostic {
  return error("CHOR0272", "This type may be `null` already.", span, { hint: "Remove this `null`." });
}

/** `json | null`. */
export function nullableJson(span: Span): Diagnostic {
  return error("CHOR0273", "`null` is a value of `json` already: the two cannot be told apart.", span, {
    hint: "Remove the `null`, or make the field optional: `name?: json`.",
  });
}

/** `string | int`. */
export function unionMixed(types: readonly string[], span: Span): Diagnostic {
  return error(
    "CHOR0274",
    `The members of this union cannot be told apart by what they carry: ${listed(types)}. A union is of literals, or of artifacts (which carry their name), each perhaps with \`null\`.`,
    span,
    { hint: "Make each member an artifact: `artifact Text { text: string }`." },
  );
}

/** `A | B` where `B` is a list, or comes from elsewhere. */
export function memberIsNoRecord(name: Name, what: string): Diagnostic {
  return error(
    "CHOR0275",
    `\`${name.text}\` is ${what}, so it cannot be a member of a union: members are records, which carry their name as \`label\`.`,
    name.span,
    { hint: `Put it into a record: \`artifact X { value: ${name.text} }\`.` },
  );
}

/** A member of a union with a field `label`. */
export function memberHasLabel(name: Name, artifact: string): Diagnostic {
  return error(
    "CHOR0276",
    `\`${artifact}\` has a field \`label\`, so it cannot be a member of a union: there \`label\` says which member it is.`,
    name.span,
    { hint: "Give the field another name." },
  );
}

/** `A | B | A`, also by way of another union. */
export function memberTwice(artifact: string, span: Span): Diagnostic {
  return error("CHOR0264", `\`${artifact}\` is in this union twice.`, span, { hint: "Remove one of them." });
}

/** `string(5) matches /^abc$/`. */
export function patternOutOfRange(text: string, min: number, max: number, span: Span): Diagnostic {
  const range = min === max ? String(min) : `${min} to ${max}`;
  return error(
    "CHOR0277",
    `This pattern matches only \`${text}\`, which has ${text.length} characters; the range asks for ${range}.`,
    span,
    { hint: `Remove the range and the pattern: write the literal \`${JSON.stringify(text)}\`.` },
  );
}

/** `open artifact Names = string[]`. */
export function openNoRecord(name: Name): Diagnostic {
  return error(
    "CHOR0278",
    `\`${name.text}\` is no record that is declared here, so it cannot be \`open\`.`,
    name.span,
    {
      hint: "Remove the `open`.",
    },
  );
}

/** `schema "/x"`, `type "./x.ts"`. */
export function foreignPath(path: string, what: string, hint: string, span: Span): Diagnostic {
  return error("CHOR0279", `\`${path}\` cannot be read: ${what}.`, span, { hint });
}
