// The brackets that are open before a place, and what stands in each since something began there. In: pieces of a text.
// Out: frames. It takes anything: what is being typed is broken most of the time.

import type { Piece } from "./scan.js";

export type FrameKind =
  | "file"
  | "fields"
  | "block"
  | "contract"
  | "saga"
  | "record"
  | "import"
  | "message"
  | "arguments"
  | "parameters"
  | "call"
  | "list"
  | "roles"
  | "range";

/** An open bracket, and what stands in it since its last declaration, statement or field began. */
export interface Frame {
  readonly kind: FrameKind;
  readonly opening: string;
  /** The word before the bracket. */
  readonly owner: string;
  /** A bracket that is closed is its closing sign only. */
  items: Piece[];
  /** How many commas there have been. */
  commas: number;
}

const STATEMENTS: ReadonlySet<string> = new Set(
  "choice loop break continue par scatter pick do saga return abort fail".split(" "),
);
const DECLARATIONS: ReadonlySet<string> = new Set(["import", "open", "artifact", "contract", "choreography"]);
/** The words of the clauses of an interaction, in their order. */
export const CLAUSES: readonly string[] = ["as", "quorum", "where", "gate", "retry", "within", "else"];
const CLOSING: Readonly<Record<string, string>> = { "}": "{", ")": "(", "]": "[" };

/** The frames at the end of the pieces, the outermost first; never none. */
export function framesOf(pieces: readonly Piece[]): readonly Frame[] {
  const frames: Frame[] = [{ kind: "file", opening: "", owner: "", items: [], commas: 0 }];
  for (const piece of pieces) {
    if (piece.kind === "comment") continue;
    const frame = frames.at(-1);
    if (frame === undefined) break;
    const opens = piece.kind === "sign" && "{([".includes(piece.text);
    const closes = piece.kind === "sign" ? CLOSING[piece.text] : undefined;
    if (opens) {
      const owner = frame.items.findLast(({ kind }) => kind === "word")?.text ?? "";
      frames.push({ kind: kindOf(frame, piece.text), opening: piece.text, owner, items: [], commas: 0 });
    } else if (closes !== undefined) {
      const at = frames.findLastIndex(({ opening }) => opening === closes);
      if (at > 0) frames.length = at;
      frames.at(-1)?.items.push(piece);
    } else add(frame, piece);
  }
  return frames;
}

/** Puts a piece into its frame; where it begins something, what was there before is over. */
function add(frame: Frame, piece: Piece): void {
  const last = frame.items.at(-1);
  if (piece.text === ",") frame.commas++;
  const begins =
    (frame.kind === "file" && DECLARATIONS.has(piece.text) && last?.text !== "open" && last?.text !== "=") ||
    (frame.kind === "block" && piece.kind === "word" && STATEMENTS.has(piece.text)) ||
    (frame.kind === "contract" && piece.text === "require") ||
    (frame.kind === "fields" && piece.text === "where");
  if (begins) frame.items = [];
  if (frame.kind === "block" && piece.text === "->") frame.items = frame.items.slice(senderFrom(frame.items));
  if (frame.kind === "fields" && piece.text === ":" && last?.kind === "word" && frame.items[0]?.text !== "where")
    frame.items = [last];
  frame.items.push(piece);
}

/** Where `Role` or `Role[*]` at the end of the items begins. */
function senderFrom(items: readonly Piece[]): number {
  const last = items.at(-1);
  return Math.max(0, items.length - (last?.text === "]" ? 2 : 1));
}

function kindOf({ kind, items }: Frame, opening: string): FrameKind {
  const last = items.at(-1);
  const previous = items.at(-2)?.text;
  const first = items[0]?.text;
  if (opening === "{") {
    if (kind === "file") return ofDeclaration(items);
    if (kind === "saga") return "block";
    if (kind === "fields" || kind === "parameters") return "fields";
    if (kind !== "block") return "record";
    if (last?.text === "saga") return "saga";
    return isUpper(last) && (previous === ":" || previous === "(") ? "record" : "block";
  }
  if (opening === "(") {
    if (kind === "file")
      return last?.kind === "word" && first !== "artifact" && first !== "open"
        ? "parameters"
        : last?.text === ">"
          ? "parameters"
          : "range";
    if (kind === "fields" || kind === "parameters") return items[0]?.text === "where" ? "call" : "range";
    if (kind !== "block") return "call";
    if (first === "do" && !items.some(({ text }) => text === ")")) return "arguments";
    return isUpper(last) && previous === ":" && !items.some(({ text }) => CLAUSES.includes(text)) ? "message" : "call";
  }
  if (kind === "fields" || kind === "parameters" || kind === "file")
    return items[0]?.text === "where" ? "list" : "range";
  if (kind === "arguments") return last === undefined || last.text === "," ? "roles" : "range";
  if (kind === "block") return isUpper(last) || previous === "as" ? "range" : "list";
  return "list";
}

function ofDeclaration(items: readonly Piece[]): FrameKind {
  const head = items.find(({ text }) => DECLARATIONS.has(text) && text !== "open")?.text;
  return head === "contract" ? "contract" : head === "choreography" ? "block" : head === "import" ? "import" : "fields";
}

function isUpper(piece: Piece | undefined): boolean {
  return piece?.kind === "word" && /^[A-Z]/.test(piece.text);
}
