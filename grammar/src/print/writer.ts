// Sets pieces one after the other: each with what separates it from the one before and with the comments of the gap
// between them, at the place where they stand. In: pieces in the order in which they are to be printed. Out: Prettier's
// docs. How a gap is set depends on nothing but its comments, the line ends around them and the separator, and setting
// keeps all three as they are: that is why formatting twice is formatting once.

import type { Doc, doc } from "prettier";
import type { ExpressionTree, TypeTree } from "../tree.js";
import { gapOf, isIgnored, type Comment, type Piece } from "./pieces.js";
import { docText } from "../text.js";

export type Builders = (typeof doc)["builders"];

/** What stands between two pieces where there is no comment. */
export type Separator =
  /** Nothing; behind comments that end their line a new one, indented. */
  | "none"
  /** A blank; behind comments that end their line a new one, indented. */
  | "space"
  /** A blank; behind comments that end their line a new one, which is not indented: before braces and `else`. */
  | "join"
  /** A blank, or a new line where the group is broken. */
  | "line"
  /** Nothing, or a new line where the group is broken. */
  | "soft"
  /** Two blanks, or a new line where the group is broken: between what nothing else separates. */
  | "two"
  /** A new line. */
  | "first"
  /** A new line, with a blank one before it if there was one. */
  | "row"
  /** A new line with a blank one before it. */
  | "paragraph";

export interface Setting {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly pairs: ReadonlyMap<ExpressionTree | TypeTree, number>;
  readonly builders: Builders;
}

/** A cursor in the pieces. Docs are made in the order of the text: every piece is taken once. */
export class Writer {
  readonly to: Builders;
  readonly pairs: Setting["pairs"];
  private readonly text: string;
  private readonly pieces: readonly Piece[];
  private readonly byStart: ReadonlyMap<number, Piece>;
  /** The offsets at which pieces begin, ascending. */
  private readonly starts: readonly number[];
  private at = 0;

  constructor({ text, pieces, pairs, builders }: Setting) {
    this.text = text;
    this.pieces = pieces;
    this.pairs = pairs;
    this.to = builders;
    this.byStart = new Map(pieces.map((piece) => [piece.span.start, piece]));
    this.starts = pieces.map(({ span }) => span.start).sort((a, b) => a - b);
  }

  // ---- looking -----------------------------------------------------------------------------------------

  /** The text of the next piece. */
  peek(): string {
    return this.pieces[this.at]?.text ?? "";
  }

  /** Whether a line ends in the gap before the next piece, or before the piece that begins at an offset. */
  breaksBefore(offset?: number): boolean {
    const piece = offset === undefined ? this.pieces[this.at] : this.byStart.get(offset);
    return piece !== undefined && (piece.lines > 0 || piece.comments.some(({ lines }) => lines > 0));
  }

  /** Where the last piece begins that begins before an offset. */
  startBefore(offset: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? offset) < offset) low = middle + 1;
      else high = middle;
    }
    return this.starts[low - 1] ?? 0;
  }

  /** Whether what begins with the next piece is to be left as it is written. */
  isIgnored(): boolean {
    const piece = this.pieces[this.at];
    return piece !== undefined && isIgnored(piece, this.at === 0);
  }

  // ---- taking ------------------------------------------------------------------------------------------

  /** The next piece, whose gap has been set. A piece that is not the one expected is a bug of the printer. */
  take(expected?: string): Doc {
    const { text } = this.pieces[this.at++] as Piece;
    if (text === "" || (expected !== undefined && expected !== text)) {
      throw new Error(`the printer expected ${expected ?? "a token"} and found ${text === "" ? "the end" : text}`);
    }
    return text;
  }

  /** The gap before the next piece, and the piece. */
  token(separator: Separator, expected?: string): Doc {
    return [this.gap(separator), this.take(expected)];
  }

  /** Everything up to an offset as it is written; the gap before it has been set. */
  verbatim(end: number): Doc {
    const start = this.pieces[this.at]?.span.start ?? end;
    while ((this.pieces[this.at]?.span.start ?? end) < end) this.at++;
    const { join, literalline } = this.to;
    return join(literalline, this.text.slice(start, end).split("\n"));
  }

  /** The gap before the next piece: its comments, or what separates. */
  gap(separator: Separator): Doc {
    const set = this.set(separator);
    return separator === "none" || separator === "space" ? this.to.indent(set) : set;
  }

  private set(separator: Separator): Doc {
    const piece = this.pieces[this.at] as Piece;
    const { trailing, leading } = gapOf(piece, this.at === 0);
    const [first] = leading;
    if (first === undefined) {
      const begins =
        this.at === 0
          ? ""
          : trailing.length > 0
            ? this.newLine(separator, piece.lines)
            : this.separation(separator, piece.lines);
      return [this.behind(trailing), begins];
    }
    const forced = trailing.length > 0 || leading.some((_, i) => linesBehind(leading, i, piece) > 0);
    const docs: Doc[] = [this.behind(trailing)];
    if (forced && this.at > 0) docs.push(this.newLine(separator, first.lines));
    else if (this.at > 0) docs.push(this.beforeInline(separator, first.lines));
    for (const [i, comment] of leading.entries()) {
      const lines = linesBehind(leading, i, piece);
      const clings = i === leading.length - 1 && /^[,)\]]$/.test(piece.text);
      docs.push(
        this.comment(comment),
        lines > 0 ? this.newLine(isRow(separator) ? "row" : "first", lines) : clings ? "" : " ",
      );
    }
    return docs;
  }

  /**
   * The gap before a closing bracket and the bracket: the comments, which belong to what is inside, and the rest, which
   * belongs outside.
   */
  close(separator: Separator, expected: string): readonly [inside: Doc, outside: Doc] {
    const piece = this.pieces[this.at] as Piece;
    const { trailing, leading } = gapOf(piece, false);
    const forced = trailing.length > 0 || leading.some((_, i) => linesBehind(leading, i, piece) > 0);
    const opened = trailing.length === 0 && isOpening(this.pieces[this.at - 1]);
    const docs: Doc[] = [this.behind(trailing)];
    if (!forced && !opened && leading[0]?.lines === 0) docs.push(this.beforeClosing(separator, leading));
    else {
      for (const [i, comment] of leading.entries()) {
        if (i > 0) docs.push(comment.lines > 0 ? this.newLine("row", comment.lines) : " ");
        else if (forced) docs.push(this.newLine(opened ? "first" : "row", comment.lines));
        else if (opened) docs.push(this.beforeInline(separator, comment.lines));
        else docs.push(separator === "none" ? " " : this.to.line);
        docs.push(this.comment(comment));
      }
    }
    const ends = forced ? this.to.hardline : this.separation(separator, 0);
    return [docs, [ends, this.take(expected)]];
  }

  /** What stands between the last piece and the end of the file. */
  end(): Doc {
    const piece = this.pieces[this.at] as Piece;
    if (piece.text !== "") throw new Error(`the printer has left out ${piece.text}`);
    const { trailing, leading } = gapOf(piece, this.at === 0);
    const docs: Doc[] = [this.behind(trailing)];
    for (const [i, comment] of leading.entries()) {
      const isFirst = i === 0 && this.at === 0;
      if (!isFirst) docs.push(i > 0 && comment.lines === 0 ? " " : this.newLine("row", comment.lines));
      docs.push(this.comment(comment));
    }
    const isEmpty = this.at === 0 && leading.length === 0;
    return isEmpty ? "" : [...docs, this.to.hardline];
  }

  // ---- setting -----------------------------------------------------------------------------------------

  private separation(separator: Separator, lines: number): Doc {
    const { line, softline, ifBreak } = this.to;
    if (separator === "none") return "";
    if (separator === "space" || separator === "join") return " ";
    if (separator === "line") return line;
    if (separator === "soft") return softline;
    return separator === "two" ? [ifBreak("", " "), line] : this.newLine(separator, lines);
  }

  private newLine(separator: Separator, lines: number): Doc {
    const { hardline } = this.to;
    const isDouble = separator === "paragraph" || (separator === "row" && lines > 1);
    return isDouble ? [hardline, hardline] : hardline;
  }

  /** What stands before a comment that shares its line with what follows. */
  private beforeInline(separator: Separator, lines: number): Doc {
    if (separator !== "none") return this.separation(separator, lines);
    return isOpening(this.pieces[this.at - 1]) ? "" : " ";
  }

  /** Comments behind a piece on its line. They do not count for its width, unless one of them has lines of its own. */
  private behind(comments: readonly Comment[]): Doc {
    const docs = comments.map((comment) => [" ", this.comment(comment)]);
    if (comments.length === 0) return "";
    return comments.some(({ text }) => text.includes("\n")) ? docs : this.to.lineSuffix(docs);
  }

  /** Comments between a piece and a closing bracket on its line: behind the piece, if the bracket goes to the next. */
  private beforeClosing(separator: Separator, comments: readonly Comment[]): Doc {
    const inline = comments.map((comment) => [" ", this.comment(comment)]);
    const behind = this.behind(comments);
    if (separator === "none" || separator === "space" || separator === "join") return inline;
    return isRow(separator) ? behind : this.to.ifBreak(behind, inline);
  }

  private comment({ kind, text }: Comment): Doc {
    const { join, hardline, literalline } = this.to;
    if (kind === "line") return text.trimEnd();
    const lines = text.split("\n");
    if (kind === "doc") return join(hardline, docLines(text));
    const starred = lines.slice(1).every((line) => /^\s*\*/.test(line));
    return starred
      ? join(
          hardline,
          lines.map((line, i) => (i === 0 ? line.trimEnd() : ` ${line.trim()}`)),
        )
      : join(literalline, lines);
  }
}

/** Line ends behind a comment of a gap. */
function linesBehind(comments: readonly Comment[], i: number, piece: Piece): number {
  return comments[i + 1]?.lines ?? piece.lines;
}

function isRow(separator: Separator): boolean {
  return separator === "row" || separator === "paragraph" || separator === "first";
}

function isOpening(piece: Piece | undefined): boolean {
  return piece !== undefined && /^[([{]$/.test(piece.text);
}

/** A doc comment with a star before every line; what it says, as `docText` reads it, stays the same. */
function docLines(text: string): string[] {
  if (docText(text) === "") return ["/** */"];
  const [first = "", ...rest] = text.slice(3, -2).split("\n");
  const begins = first.trim() === "" ? "/**" : `/** ${first.trim()}`;
  if (rest.length === 0) return [`${begins} */`];
  const lines = rest.map((line) => line.replace(/^[ \t]*\*?[ \t]?/, "").trimEnd());
  const last = lines.pop() ?? "";
  const starred = lines.map((line) => (line === "" ? " *" : ` * ${line}`));
  return [begins, ...starred, last === "" ? " */" : ` * ${last} */`];
}
