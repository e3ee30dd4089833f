// What can be wrong with expressions: fields, items, operands, methods, records, arguments. CHOR0210 to CHOR0212, and
// CHOR0280 to CHOR0298. In: how the pieces are called, their types, their places. Out: diagnostics. Names and paths
// come with their backticks ("`a.b`" or "this value"), types without.

import type { BinaryOperator, Diagnostic, ExpressionTree, Name, Span } from "@chor/grammar";
import type { Type } from "../bind/program.js";
import { error, listed, warning, type Extras } from "./diagnostic.js";

/** `plan.modles`: there is no such field. `of` has its backticks. */
export function unknownField(
  field: Name,
  of: string,
  fields: readonly string[],
  suggestion: string | null,
): Diagnostic {
  const only = fields.length === 1 ? "its only field is" : "its fields are";
  const has = fields.length === 0 ? "it has no fields" : `${only} ${listed(fields)}`;
  return error("CHOR0210", `${sentence(of)} has no field \`${field.text}\`: ${has}.`, field.span, {
    hint: suggestion === null ? "Name one of its fields." : `Did you mean \`${suggestion}\`?`,
  });
}

/** `answer.reasons`, where some members of the union have no such field, or of types that have nothing in common. */
export function someLackField(field: Name, of: string, members: readonly string[], isType: boolean): Diagnostic {
  const why = isType
    ? `${listed(members)} have it with different types`
    : `${listed(members)} ${members.length === 1 ? "has" : "have"} none`;
  return error(
    "CHOR0210",
    `Not every artifact that ${of} can be has the same field \`${field.text}\`: ${why}.`,
    field.span,
    { hint: `Ask first which one it is: \`${pathOf(of)} is Artifact && …\`.` },
  );
}

/** A field of something that has none. */
export function noFields(field: Name, of: string, type: string, hint: string): Diagnostic {
  return error("CHOR0212", `${sentence(of)} is \`${type}\`: it has no field \`${field.text}\`.`, field.span, { hint });
}

/** Why a value may be missing: it is `null`, an item or entry, the least or greatest of no items, or not there. */
export type Missing = "null" | "item" | "extreme" | "absent";

/** A value that may be missing, where one is needed. */
export function mayBeNull(of: string, why: Missing, span: Span): Diagnostic {
  if (why === "null")
    return error("CHOR0284", `${sentence(of)} is \`null\` here, but a value is needed.`, span, {
      hint: "Speak of it where it is not `null`.",
    });
  if (why === "extreme")
    return error(
      "CHOR0284",
      `${sentence(of)} may be \`null\` here: an empty list has no least or greatest item.`,
      span,
      {
        hint: "Ask it of the items, `.every(x => …)` or `.some(x => …)`, or test first that the list, by its name, has a `length > 0`.",
      },
    );
  const reason = why === "item" ? "it may be outside of the list or map" : "it may be absent";
  return error("CHOR0284", `${sentence(of)} may be \`null\` here: ${reason}.`, span, {
    hint: `Test it first: \`${pathOf(of)} != null && …\`${why === "item" ? ", or the length of the list" : ""}.`,
  });
}

/** A value that does not fit where it stands. `what` begins the sentence: "The field `why` of `Stall`". */
export function doesNotFit(what: string, to: string, value: string, from: string, why: string, span: Span): Diagnostic {
  return error("CHOR0280", `${what} is \`${to}\`, but ${value} is \`${from}\`.`, span, { hint: why });
}

/** What to do about a value of type `from` where `to` is needed; null: one of them is not known. */
export function unfitFor(from: Type | null, to: Type | null): string {
  if (to?.kind === "nullable") return unfitFor(from, to.of);
  if (from === null || to === null || from.kind === to.kind) return "Give a value that is possible there.";
  if (to.kind === "int" && from.kind === "number") return "Give a whole number: `/` makes fractions.";
  if (from.kind === "union")
    return "Ask first which member it is: `value is Artifact ? … : …`, or `filter(v => v is Artifact)`.";
  if (to.kind === "digest") return "Take the digest of it: `digest(x)`.";
  if (to.kind === "list") return "Put it into a list: `[x]`.";
  return "Give a value of that type.";
}

/** Two operands that an operator does not take. */
export function wrongOperands(
  operator: BinaryOperator,
  wanted: string,
  left: string,
  leftType: string,
  leftSpan: Span,
  right: string,
  rightType: string,
  rightSpan: Span,
  span: Span,
  hint: string | null,
): Diagnostic {
  return error(
    "CHOR0281",
    `\`${operator}\` takes ${wanted}; ${left} is \`${leftType}\`, ${right} is \`${rightType}\`.`,
    span,
    { ...both(leftType, leftSpan, rightType, rightSpan), hint: hint ?? "Give it operands of those types." },
  );
}

/** One operand that an operator does not take. */
export function wrongOperand(
  operator: string,
  wanted: string,
  of: string,
  type: string,
  span: Span,
  hint = "Give it a value of that type.",
): Diagnostic {
  return error("CHOR0281", `\`${operator}\` takes ${wanted}; ${of} is \`${type}\`.`, span, { hint });
}

/** `item in list` where no item can be equal to it. */
export function inWrong(
  of: string,
  type: string,
  list: string,
  listType: string,
  parts: "items" | "keys",
  span: Span,
): Diagnostic {
  const are = parts === "keys" ? "its keys are strings" : "no item of that can be equal to it";
  return error("CHOR0281", `${sentence(of)} is \`${type}\`, ${list} is \`${listType}\`: ${are}.`, span, {
    hint: parts === "keys" ? "Ask for a string." : "Compare what the items are made of: `.some(x => x.field == …)`.",
  });
}

/** Two values that can never be equal. */
export function neverEqual(
  left: string,
  leftType: string,
  leftSpan: Span,
  right: string,
  rightType: string,
  rightSpan: Span,
  span: Span,
  hint: string | null,
): Diagnostic {
  return error(
    "CHOR0282",
    `These can never be equal: ${left} is \`${leftType}\`, ${right} is \`${rightType}\`.`,
    span,
    {
      ...both(leftType, leftSpan, rightType, rightSpan),
      hint: hint ?? "Compare values of types that have a value in common.",
    },
  );
}

/** `field == null` of a field that is always there. */
export function neverNull(of: string, type: string, span: Span): Diagnostic {
  return error("CHOR0282", `${sentence(of)} is never \`null\`: it is \`${type}\`.`, span, { hint: "Remove the test." });
}

/** A condition that is neither true nor false. */
export function notBoolean(of: string, type: string, span: Span): Diagnostic {
  return error("CHOR0283", `A condition is true or false; ${of} is \`${type}\`.`, span, {
    hint: "Compare it with something: `==`, `<`, `in`, or `!= null`.",
  });
}

/** `xs.foo(…)`. */
export function unknownMethod(name: Name, methods: readonly string[], suggestion: string | null): Diagnostic {
  return error("CHOR0285", `There is no method \`${name.text}\`.`, name.span, {
    hint:
      suggestion === null ? `The methods are ${listed(methods, methods.length)}.` : `Did you mean \`${suggestion}\`?`,
  });
}

/** `text.every(…)`: a method of something else. */
export function methodOfAnother(
  name: Name,
  of: string,
  type: string,
  wanted: string,
  known: readonly string[],
): Diagnostic {
  return error("CHOR0285", `\`${name.text}\` is for ${wanted}; ${of} is \`${type}\`.`, name.span, {
    hint: known.length === 0 ? "Call it on one of its fields." : `Its methods are ${listed(known, 12)}.`,
  });
}

/** `xs.length()`. */
export function lengthIsNoMethod(name: Name): Diagnostic {
  return error("CHOR0286", "`length` is a property and no method.", name.span, { hint: "Remove the `()`." });
}

/** `text.trim` without a call. */
export function methodNotCalled(name: Name): Diagnostic {
  return error("CHOR0286", `\`${name.text}\` is a method: alone it is no value.`, name.span, {
    hint: `Call it: \`.${name.text}(…)\`.`,
  });
}

/** Too many arguments, or too few: of a method, of `digest`, of a contract. */
export function wrongArgumentCount(name: string, wanted: number, given: number, span: Span): Diagnostic {
  const counted = wanted === 0 ? "no arguments" : wanted === 1 ? "one argument" : `${wanted} arguments`;
  return error("CHOR0286", `\`${name}\` takes ${counted}, not ${given === 0 ? "none" : given}.`, span, {
    hint: given < wanted ? "Add what is missing." : "Remove the arguments that are too many.",
  });
}

/** `x => …` where no method takes it. */
export function functionMisplaced(span: Span): Diagnostic {
  return error("CHOR0287", "A function is no value: it stands only as the argument of a method.", span, {
    hint: "Write it into `every`, `some`, `map` or `filter`.",
  });
}

/** `xs.every(ok)`. */
export function functionWanted(method: string, span: Span): Diagnostic {
  return error("CHOR0287", `\`${method}\` takes a function of an item.`, span, {
    hint: `Write \`${method}(x => …)\`.`,
  });
}

/** `xs.every((x, x) => …)`, or parameters that the method does not give. */
export function functionParameters(method: string, most: number, span: Span): Diagnostic {
  const given = most === 2 ? "an item and its place" : "an item";
  return error("CHOR0287", `The function in \`${method}\` is given ${given}, each under a name of its own.`, span, {
    hint: "Write `x => …` or `(x, i) => …`.",
  });
}

/** `f(x)`, `x.y(z)(w)`. */
export function unknownFunction(callee: ExpressionTree): Diagnostic {
  const name = callee.kind === "name" ? `\`${callee.name.text}\`` : "This";
  return error(
    "CHOR0288",
    `${name} cannot be called: the only function is \`digest\`; all others are methods.`,
    callee.span,
    {
      hint: "Write `value.method(…)`, or `digest(value)`.",
    },
  );
}

/** `xs[5]` of a list that never has so many. */
export function indexNeverThere(of: string, max: number, span: Span): Diagnostic {
  return error("CHOR0289", `${sentence(of)} never has an item there: it has ${max} at most, counted from 0.`, span, {
    hint: "Ask for an item that it can have.",
  });
}

/** `xs[0.5]`, `xs["a"]`. */
export function indexNotWhole(type: string, span: Span): Diagnostic {
  return error("CHOR0290", `An item's place in a list is an \`int\`; this is \`${type}\`.`, span, {
    hint: "Give a whole number.",
  });
}

/** `map[0]`. */
export function keyNoText(type: string, span: Span): Diagnostic {
  return error("CHOR0290", `The keys of a map are strings; this is \`${type}\`.`, span, { hint: "Give a string." });
}

/** `record[0]`, `text[0]`. */
export function noItems(of: string, type: string, isText: boolean, span: Span): Diagnostic {
  return error("CHOR0290", `${sentence(of)} is \`${type}\`: only lists and maps have items.`, span, {
    hint: isText ? "Ask `startsWith`, `includes`, or `split` it." : "Name the field: `value.field`.",
  });
}

/** `count >= 0` of an `int(0..5)`. */
export function alwaysSo(
  verdict: boolean,
  left: string,
  leftType: string,
  right: string,
  rightType: string,
  span: Span,
): Diagnostic {
  return warning(
    "CHOR0291",
    `This is always ${verdict}: ${left} is \`${leftType}\`, ${right} is \`${rightType}\`.`,
    span,
    { hint: "Remove the comparison, or compare with a value inside of the range." },
  );
}

/** `v is Draft`, where `v` can be no `Draft`. */
export function isNever(
  artifact: Name,
  of: string,
  type: string,
  members: readonly string[],
  suggestion: string | null,
): Diagnostic {
  return error("CHOR0292", `${sentence(of)} is \`${type}\`, never \`${artifact.text}\`.`, artifact.span, {
    hint: suggestion === null ? `Ask for one of ${listed(members)}.` : `Did you mean \`${suggestion}\`?`,
  });
}

/** `v is Verdict`, which is a union itself. */
export function isOfUnion(artifact: Name, members: readonly string[]): Diagnostic {
  return error("CHOR0292", `\`${artifact.text}\` is a union: \`is\` asks for one artifact.`, artifact.span, {
    hint: `Ask for one of ${listed(members)}.`,
  });
}

/** `v is Draft` of something that is no union. */
export function isAlready(artifact: Name, of: string, type: string, isSame: boolean, span: Span): Diagnostic {
  return error(
    "CHOR0292",
    `\`is\` asks which member of a union a value is; ${of} is \`${type}\`${isSame ? " always" : `, never \`${artifact.text}\``}.`,
    span,
    { hint: "Remove the test." },
  );
}

/** `Verdict { … }` of something that is no record. */
export function notFilled(artifact: Name, what: string): Diagnostic {
  return error(
    "CHOR0293",
    `\`${artifact.text}\` is ${what}: only records with known fields can be filled.`,
    artifact.span,
    {
      hint: "Fill a record that is declared with its fields.",
    },
  );
}

/** `Stall { name: x }` without `why`. */
export function missingFields(artifact: Name, fields: readonly string[]): Diagnostic {
  return error("CHOR0294", `\`${artifact.text}\` is filled without ${listed(fields)}.`, artifact.span, {
    hint: `Add ${fields
      .slice(0, 4)
      .map((field) => `\`${field}: …\``)
      .join(", ")}${fields.length > 4 ? " …" : ""}${fields.length === 1 ? ", or make the field optional" : ""}.`,
  });
}

/** `Stall { name: x, name: y }`. */
export function entryTwice(name: Name, first: Span): Diagnostic {
  return error("CHOR0295", `The field \`${name.text}\` is filled twice.`, name.span, {
    related: [{ message: `\`${name.text}\` is filled here first`, span: first }],
    hint: "Remove one of them.",
  });
}

/** `contract C(a: A, a: B)`. */
export function parameterTwice(name: Name, contract: string, first: Span): Diagnostic {
  return error("CHOR0295", `\`${contract}\` has two parameters \`${name.text}\`.`, name.span, {
    related: [{ message: `\`${name.text}\` is declared here first`, span: first }],
    hint: "Give one of them another name.",
  });
}

/** `[1, "a"]`. */
export function mixedItems(first: string, other: string, span: Span): Diagnostic {
  return error(
    "CHOR0296",
    `The items of a list have one type; this is \`${other}\`, before it is \`${first}\`.`,
    span,
    {
      hint: "Use items of one type.",
    },
  );
}

/** `c ? 1 : "a"`. */
export function mixedBranches(then: string, thenSpan: Span, otherwise: string, otherwiseSpan: Span): Diagnostic {
  return error(
    "CHOR0296",
    `Both values behind \`?\` have one type; here they are \`${then}\` and \`${otherwise}\`.`,
    otherwiseSpan,
    {
      ...both(then, thenSpan, otherwise, otherwiseSpan),
      hint: "Give values of one type.",
    },
  );
}

/** `x / 0`. */
export function divisionByZero(span: Span): Diagnostic {
  return error("CHOR0297", "This divides by zero always.", span, { hint: "Divide by something else." });
}

/** A name in a `require` that is no parameter. */
export function unknownParameter(
  name: Name,
  contract: string,
  parameters: readonly string[],
  suggestion: string | null,
): Diagnostic {
  const has = parameters.length === 0 ? "it has none" : `its parameters are ${listed(parameters)}`;
  return error("CHOR0298", `\`${name.text}\` is no parameter of \`${contract}\`: ${has}.`, name.span, {
    hint:
      suggestion === null
        ? "Add it to the parameters: a contract speaks of nothing else."
        : `Did you mean \`${suggestion}\`?`,
  });
}

function both(left: string, leftSpan: Span, right: string, rightSpan: Span): Extras {
  return {
    related: [
      { message: `this is \`${left}\``, span: leftSpan },
      { message: `this is \`${right}\``, span: rightSpan },
    ],
  };
}

/** What stands in code for something that is called so: its path, or any value. */
function pathOf(of: string): string {
  return of.startsWith("`") ? of.slice(1, -1) : "value";
}

/** With a capital, to begin a sentence; a path stays as it is. */
function sentence(of: string): string {
  return of.charAt(0).toUpperCase() + of.slice(1);
}
