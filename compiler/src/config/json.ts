// JSON with places: what `JSON.parse` does not tell. In: a text. Out: the value with the span of every part, or the
// first thing that is no JSON and where. Written by hand because a configuration is reported like any other source.

import type { Span } from "@chor/grammar";

export type Json =
  | { readonly kind: "object"; readonly entries: readonly Entry[]; readonly span: Span }
  | { readonly kind: "list"; readonly items: readonly Json[]; readonly span: Span }
  | { readonly kind: "string"; readonly value: string; readonly span: Span }
  | { readonly kind: "literal"; readonly value: number | boolean | null; readonly span: Span };

/** Every entry as it stands there: a key may come twice. */
export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Json;
}

export type ParsedJson =
  { readonly value: Json } | { readonly wrong: string; readonly hint: string | null; readonly span: Span };

/** Deeper than any configuration, and shallow enough for the stack. */
const MAXIMAL_DEPTH = 32;

const TOKEN =
  /[ \t\r\n]*(?:(?<mark>[{}[\]:,])|(?<string>"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(?<literal>true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])|(?<end>$)|(?<other>[^]))/uy;

interface Token {
  readonly kind: "mark" | "string" | "literal" | "end" | "other";
  readonly text: string;
  readonly span: Span;
}

/** Parses JSON (RFC 8259; a byte order mark is skipped). Gives the first error, in words, with its place; never throws. */
export function parseJson(text: string): ParsedJson {
  const reader = new Reader(text);
  try {
    const value = reader.value(0);
    const rest = reader.next();
    if (rest.kind !== "end") throw new Wrong("Something stands behind the end of the configuration", null, rest.span);
    return { value };
  } catch (problem) {
    if (!(problem instanceof Wrong)) throw problem;
    return { wrong: problem.message, hint: problem.hint, span: problem.span };
  }
}

/** Leaves the parser at the first error; never leaves this file. */
class Wrong extends Error {
  readonly hint: string | null;
  readonly span: Span;
  constructor(message: string, hint: string | null, span: Span) {
    super(message);
    this.hint = hint;
    this.span = span;
  }
}

class Reader {
  readonly #text: string;
  #at: number;

  constructor(text: string) {
    this.#text = text;
    this.#at = text.startsWith("\ufeff") ? 1 : 0;
  }

  next(): Token {
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#text);
    const [kind, text] = Object.entries(match?.groups ?? {}).find(([, found]) => found !== undefined) ?? ["end", ""];
    const end = match === null ? this.#text.length : TOKEN.lastIndex;
    this.#at = end;
    return { kind: kind as Token["kind"], text: text ?? "", span: { start: end - (text ?? "").length, end } };
  }

  value(depth: number): Json {
    const token = this.next();
    if (depth > MAXIMAL_DEPTH) throw new Wrong("This is nested too deep", null, token.span);
    if (token.kind === "string") return { kind: "string", value: JSON.parse(token.text) as string, span: token.span };
    if (token.kind === "literal") {
      return { kind: "literal", value: JSON.parse(token.text) as number | boolean | null, span: token.span };
    }
    if (token.text === "{") return this.#object(token.span.start, depth);
    if (token.text === "[") return this.#list(token.span.start, depth);
    throw this.#unexpected(token, "a value");
  }

  #object(start: number, depth: number): Json {
    const entries: Entry[] = [];
    for (let token = this.next(); ; token = this.next()) {
      if (token.text === "}" && entries.length === 0) return this.#objectTo(start, token, entries);
      if (token.kind !== "string") throw this.#unexpected(token, "a key in double quotes");
      const colon = this.next();
      if (colon.text !== ":") throw this.#unexpected(colon, "`:`");
      entries.push({ key: JSON.parse(token.text) as string, keySpan: token.span, value: this.value(depth + 1) });
      const behind = this.next();
      if (behind.text === "}" && behind.kind === "mark") return this.#objectTo(start, behind, entries);
      if (behind.text !== "," || behind.kind !== "mark") throw this.#unexpected(behind, "`,` or `}`");
    }
  }

  #objectTo(start: number, { span }: Token, entries: readonly Entry[]): Json {
    return { kind: "object", entries, span: { start, end: span.end } };
  }

  #list(start: number, depth: number): Json {
    const items: Json[] = [];
    const before = this.#at;
    const first = this.next();
    if (first.text === "]" && first.kind === "mark")
      return { kind: "list", items, span: { start, end: first.span.end } };
    this.#at = before;
    for (;;) {
      items.push(this.value(depth + 1));
      const behind = this.next();
      if (behind.text === "]" && behind.kind === "mark") {
        return { kind: "list", items, span: { start, end: behind.span.end } };
      }
      if (behind.text !== "," || behind.kind !== "mark") throw this.#unexpected(behind, "`,` or `]`");
    }
  }

  #unexpected(token: Token, wanted: string): Wrong {
    const found = token.kind === "end" ? "the text ends" : `there is \`${token.text}\``;
    return new Wrong(`Here ${wanted} is expected, and ${found}`, hintFor(token), token.span);
  }
}

function hintFor({ kind, text }: Token): string | null {
  if (kind === "other" && text === "/") return "Remove the comment: the file is plain JSON.";
  if (kind === "other" && text === "'") return "Use double quotes.";
  if (kind === "other" && text === '"') return "Close the string, and escape what it may not hold as it is.";
  if (kind === "mark" && (text === "}" || text === "]")) return "Remove the comma before it, or add what is missing.";
  return null;
}
