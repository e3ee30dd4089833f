// Where the statements of one validator are collected, and the loops in it. In: a type, and the names of the file.
// Out: lines of text.

import { KEY_LIMIT } from "../bind/limits.js";
import type { ListType, MapType, RecordType, ReferenceType, Type, UnionType } from "../bind/program.js";
import type { Scope } from "./names.js";

/** What the validators of one type need of the file around them. */
export interface ValidatorFile {
  readonly scope: Scope;
  /** `isTag`, `checkTag` for an artifact `Tag`. */
  artifact(name: string): Validators;
  /** The same for an artifact as a member of a union, with its label. */
  labelled(name: string): Validators;
  /** The validators of an inline record or union; `at` names it: the artifact and the fields that lead to it. */
  inline(type: RecordType | UnionType, at: readonly string[]): Validators;
  /** The constant that holds a pattern. */
  pattern(pattern: string, at: readonly string[]): string;
  /** The constant that holds a set of literals: an expression that compares with each would be too deep for a parser. */
  set(literals: readonly string[], at: readonly string[], what: "values" | "fields"): string;
}

/** The names of the two functions of one type. */
export interface Validators {
  readonly is: string;
  readonly check: string;
}

/** Where the statements of one function are collected. */
export interface Writer {
  readonly file: ValidatorFile;
  /** Names inside the function. */
  readonly scope: Scope;
  readonly lines: string[];
}

/** A writer for a function with these parameters. */
export function writerFor(file: ValidatorFile, ...parameters: readonly string[]): Writer {
  const scope = file.scope.child();
  for (const parameter of parameters) scope.claim(parameter);
  return { file, scope, lines: [] };
}

/** What runs under a condition, or again and again. */
export function inBlock(writer: Writer, head: string, body: () => void): void {
  writer.lines.push(`${head} {`);
  body();
  writer.lines.push("}");
}

/** Has validators of its own: one call says all. */
export type CalledType = RecordType | UnionType | ReferenceType;

export function isCalled(type: Type): type is CalledType {
  return type.kind === "record" || type.kind === "union" || type.kind === "reference";
}

// ---- lists and maps ------------------------------------------------------------------------------------

/** A loop over a list. Its items are `unknown` inside, and have a name where they are used more than once. */
export function eachItem(
  writer: Writer,
  { item: type }: ListType,
  list: string,
  body: (writer: Writer, item: string, index: string) => void,
): void {
  // A block of its own: lists side by side use the same names, lists inside one another do not.
  const inner: Writer = { ...writer, scope: writer.scope.child() };
  const index = inner.scope.claim("i");
  const head = `for (let ${index} = 0; ${index} < ${list}.length; ${index}++)`;
  if (isCalled(type)) {
    inner.lines.push(head);
    body(inner, `${list}[${index}]`, index);
    return;
  }
  const item = inner.scope.claim("item");
  inBlock(inner, head, () => {
    inner.lines.push(`const ${item}: unknown = ${list}[${index}];`);
    body(inner, item, index);
  });
}

export const KEY = `a key of at most ${KEY_LIMIT} characters, and not \`__proto__\``;

/** A condition: true where a key of a map is none. */
export function noKey(key: string): string {
  return `!chor.fits(${key}, 0, ${KEY_LIMIT}) || ${key} === "__proto__"`;
}

/** A loop over a map. */
export function eachEntry(
  writer: Writer,
  { value: type }: MapType,
  map: string,
  body: (writer: Writer, entry: () => string, key: string) => void,
): void {
  const inner: Writer = { ...writer, scope: writer.scope.child() };
  const key = inner.scope.claim("key");
  inBlock(inner, `for (const ${key} in ${map})`, () => body(inner, entryOf(inner, type, `${map}[${key}]`), key));
}

/** The entry, under a name where it is used more than once; the name is declared when it is asked for. */
function entryOf(writer: Writer, type: Type, entry: string): () => string {
  return () => {
    if (isCalled(type)) return entry;
    const name = writer.scope.claim("entry");
    writer.lines.push(`const ${name}: unknown = ${entry};`);
    return name;
  };
}
