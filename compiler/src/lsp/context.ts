// What may stand at the cursor, by what stands before it. In: a text and an offset. Out: what is wanted there. It reads
// words and brackets, not the tree: what is being typed is broken most of the time, and what is behind it does not matter.

import type { Span } from "@chor/grammar";
import { scan } from "./scan.js";
import type { Piece } from "./scan.js";
import { CLAUSES, framesOf } from "./frames.js";
import type { Frame } from "./frames.js";

export type Wanted =
  | { readonly kind: "nothing" }
  | { readonly kind: "declaration"; readonly words: readonly string[] }
  /** A statement, or one of `words`, which go on with what is there. */
  | { readonly kind: "statement"; readonly words: readonly string[] }
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "role"; readonly everybody: boolean; readonly families: boolean }
  | { readonly kind: "message" }
  | { readonly kind: "contract" }
  | { readonly kind: "choreography" }
  | { readonly kind: "type"; readonly words: readonly string[] }
  | { readonly kind: "jump"; readonly word: "break" | "continue" }
  | { readonly kind: "duration" }
  | {
      readonly kind: "expression";
      readonly artifacts: boolean;
      readonly roles: boolean;
      readonly words: readonly string[];
    }
  /** Behind a `.`. */
  | { readonly kind: "field" }
  /** A field of the record of an artifact. */
  | { readonly kind: "entry"; readonly artifact: string; readonly given: readonly string[] }
  | { readonly kind: "importName" }
  | { readonly kind: "path" };

export interface Context {
  readonly wanted: Wanted;
  /** The word that is being typed: what completion replaces. */
  readonly word: Span;
  /** Outermost first. */
  readonly frames: readonly Frame[];
}

/** Takes any text and an offset in it; gives what is wanted there. Linear in the text before the offset. */
export function contextAt(text: string, offset: number): Context {
  const pieces = scan(text, offset);
  const last = pieces.at(-1);
  const touching = last !== undefined && last.end >= offset ? last : null;
  const typed = touching?.kind === "word" || touching?.kind === "number" ? touching : null;
  const end = typed === null ? offset : typed.start + (/^\w*/.exec(text.slice(typed.start))?.[0].length ?? 0);
  const word = { start: typed?.start ?? offset, end };
  const before = typed === null ? pieces : pieces.slice(0, -1);
  const frames = framesOf(before);
  const inside = touching !== null && touching.start < offset && isOpen(touching, offset);
  if (inside) {
    const path = touching.kind === "string" && before.at(-2)?.text === "from";
    return { wanted: path ? { kind: "path" } : { kind: "nothing" }, word: stringSpan(touching, offset), frames };
  }
  if (typed?.kind === "number") return { wanted: { kind: "nothing" }, word, frames };
  return { wanted: wantedIn(frames), word, frames };
}

/** Whether the offset lies in the piece, not behind it. */
function isOpen({ kind, text, end }: Piece, offset: number): boolean {
  if (kind === "comment") return text.startsWith("//") || offset < end || !text.endsWith("*/") || text.length < 4;
  if (kind === "string") return offset < end || text.length < 2 || !text.endsWith('"');
  return kind === "regex" && offset < end;
}

/** What stands in a string up to the cursor, or to its closing quote. */
function stringSpan({ start, end, text }: Piece, offset: number): Span {
  const closed = text.length > 1 && text.endsWith('"');
  return { start: Math.min(start + 1, offset), end: Math.max(offset, closed ? end - 1 : offset) };
}

// ---- what may come -------------------------------------------------------------------------------------

const nothing: Wanted = { kind: "nothing" };
const words = (...list: readonly string[]): Wanted => ({ kind: "words", words: list });
const statement = (...list: readonly string[]): Wanted => ({ kind: "statement", words: list });
const expression = (...list: readonly string[]): Wanted => ({
  kind: "expression",
  artifacts: false,
  roles: false,
  words: list,
});
const role: Wanted = { kind: "role", everybody: false, families: false };
const family: Wanted = { kind: "role", everybody: false, families: true };

function wantedIn(frames: readonly Frame[]): Wanted {
  const frame = frames.at(-1);
  if (frame === undefined) return nothing;
  const { kind, items, owner } = frame;
  const last = items.at(-1)?.text;
  if (last === ".") return { kind: "field" };
  switch (kind) {
    case "file":
      return inFile(items);
    case "fields":
      if (items[0]?.text === "where") return items.length > 1 || last === "where" ? expression() : nothing;
      return typeOr(items, words("where", "matches"));
    case "parameters":
      return typeOr(items, nothing);
    case "contract":
      return items[0]?.text === "require" ? expression("require") : words("require");
    case "saga":
      return words("step", "undo");
    case "import":
      return { kind: "importName" };
    case "block":
      return inBlock(items);
    case "message":
      return { kind: "expression", artifacts: items.length === 0, roles: false, words: [] };
    case "arguments":
      return { kind: "expression", artifacts: false, roles: true, words: [] };
    case "roles":
      return role;
    case "record": {
      if (last === undefined || last === ",")
        return {
          kind: "entry",
          artifact: owner,
          given: items.filter((_, i) => items[i + 1]?.text === ":").map(({ text }) => text),
        };
      return { kind: "expression", artifacts: last === ":", roles: false, words: [] };
    }
    case "call":
    case "list":
      return last === "is" ? { kind: "type", words: [] } : expression();
    case "range":
      return words("*");
  }
}

/** `wanted` is what may come behind a type. */
function typeOr(items: readonly Piece[], wanted: Wanted): Wanted {
  const last = items.at(-1)?.text;
  if (last === ":" || last === "|" || last === "<") return { kind: "type", words: [] };
  return items.length > 1 ? wanted : nothing;
}

function inFile(items: readonly Piece[]): Wanted {
  const first = items[0]?.text;
  const last = items.at(-1)?.text;
  const declaration = (...list: readonly string[]): Wanted => ({ kind: "declaration", words: list });
  if (first === undefined) return declaration();
  if (first === "import") {
    if (last === "}") return words("from");
    return items.at(-1)?.kind === "string" ? declaration() : nothing;
  }
  if (last === "open") return words("artifact");
  if (last === "}") return declaration();
  if (first === "artifact" || first === "open") {
    if (last === "=") return { kind: "type", words: ["schema", "type"] };
    if (last === "|" || last === "<") return { kind: "type", words: [] };
    return items.some(({ text }) => text === "=") ? declaration("matches") : nothing;
  }
  if (first === "contract") return last === ")" ? words("external") : last === "external" ? declaration() : nothing;
  if (last === "within") return { kind: "duration" };
  return last === ")" ? words("within") : nothing;
}

function inBlock(items: readonly Piece[]): Wanted {
  const first = items[0];
  const last = items.at(-1);
  if (first === undefined || last === undefined) return statement();
  const has = (text: string): boolean => items.some((piece) => piece.text === text);
  switch (first.text) {
    case "choice":
      return inChoice(items, last);
    case "loop":
      if (last.text === "}") return statement("else");
      return items.length === 2 ? words("max") : nothing;
    case "break":
    case "continue":
      return items.length === 1 ? { kind: "jump", word: first.text } : statement();
    case "par":
      return last.text === "}" ? statement("and") : nothing;
    case "scatter":
      if (last.text === "}") return statement();
      if (has("after")) return expression();
      if (last.text === "over" || (has("over") && last.text === ",")) return family;
      if (has("over")) return words("after");
      return last.text === "as" ? nothing : has("as") ? words("over") : expression("as");
    case "pick":
      if (last.text === "}") return statement();
      if (last.text === "pick") return family;
      if (last.text === "at") return role;
      return last.text === "as" || has("at") ? nothing : words("as", "at");
    case "do":
      if (last.text === "do") return { kind: "choreography" };
      if (last.text === "<" || last.text === ",") return { kind: "type", words: [] };
      if (last.text === ")") return statement("as", "else");
      return last.text === "}" || has(")") ? (last.text === "as" ? nothing : statement("else")) : nothing;
    case "saga":
      return last.text === "}" ? statement("else") : nothing;
    case "fail":
      return items.length > 1 ? statement() : nothing;
    case "return":
    case "abort":
      return statement();
    default:
      return inInteraction(items, last);
  }
}

function inChoice(items: readonly Piece[], last: Piece): Wanted {
  const when = items.findLastIndex(({ text }) => text === "when");
  const block = items.findLastIndex(({ text }) => text === "}");
  if (last.text === "}") return items.at(-2)?.text === "else" ? statement() : statement("or", "else");
  if (last.text === "at") return role;
  if (when > block) return expression();
  if (last.text === "within") return { kind: "duration" };
  if (last.text === "or") return words("when");
  if (last.text === "choice") return words("at", "when");
  return items.some(({ text }) => text === "at") ? words("when", "within", "retry") : words("at", "when");
}

function inInteraction(items: readonly Piece[], last: Piece): Wanted {
  const arrow = items.findIndex(({ text }) => text === "->");
  if (arrow < 0) return statement();
  const colon = items.findIndex(({ text }, i) => i > arrow && text === ":");
  if (colon < 0)
    return last.text === "->" || last.text === ","
      ? { kind: "role", everybody: last.text === "->", families: false }
      : nothing;
  const behind = items.slice(colon + 1);
  if (behind.length === 0) return { kind: "message" };
  const at = behind.findLastIndex(({ text }) => CLAUSES.includes(text));
  const later = CLAUSES.slice(CLAUSES.indexOf(behind[at]?.text ?? "") + 1);
  switch (behind[at]?.text) {
    case undefined:
      return statement(...CLAUSES);
    case "as":
      return last.text === "as" ? nothing : statement(...later);
    case "quorum":
      return last.text === "quorum" ? words("all", "majority") : statement(...later);
    case "where":
      if (last.text === "is") return { kind: "type", words: [] };
      return isOperand(last) ? statement("where", ...later, "is", "in") : expression();
    case "gate":
      return last.text === "gate" || last.text === "," ? { kind: "contract" } : statement(...later);
    case "within":
      return last.text === "within" ? { kind: "duration" } : statement(...later);
    case "retry":
      return last.text === "retry" ? nothing : statement(...later);
    default:
      return statement();
  }
}

/** Whether an expression may end with it. */
function isOperand({ kind, text }: Piece): boolean {
  if (kind === "word") return !["where", "in", "is"].includes(text);
  return kind === "number" || kind === "string" || text === ")" || text === "]" || text === "}";
}
