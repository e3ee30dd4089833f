// A regular expression as a position automaton (Glushkov, "The abstract theory of automata", 1961): its states
// are the characters and classes of the pattern. In: a pattern that compiles with flag `u`. Out: the automaton,
// with its edges counted: two ways from one position to the next are not the same as one.
//
// Look-around counts as if it were read, back references as nothing.

/** How often something is possible: once or more than once. Absent: not at all. */
export type Ways = Map<number, 1 | 2>;

export interface Position {
  readonly start: number;
  readonly end: number;
}

export interface PositionAutomaton {
  readonly source: string;
  readonly positions: readonly Position[];
  /** `edges[p]`: the positions that may follow `p`. */
  readonly edges: readonly Ways[];
  readonly repetitions: readonly Position[];
}

/** A part of the pattern: where it may begin and end, in how many ways it is empty (0, 1, 2: more), its length if fixed. */
interface Fragment {
  readonly first: Ways;
  readonly last: Ways;
  readonly empty: number;
  readonly length: number | null;
}

const EMPTY: Fragment = { first: new Map(), last: new Map(), empty: 1, length: 0 };

/** An open group: the branches before the current one, the current one, and its last piece with its place. */
interface Group {
  readonly start: number;
  branches: Fragment | null;
  done: Fragment;
  piece: Fragment;
  pieceStart: number;
}

/** Takes a valid pattern, gives its positions and which may follow which. Without recursion. */
export function positionAutomaton(source: string): PositionAutomaton {
  const positions: Position[] = [];
  const edges: Ways[] = [];
  const repetitions: Position[] = [];
  const stack: Group[] = [];
  let group = opened(0);

  const link = (from: Ways, to: Ways): void => {
    for (const [p, ways] of from) for (const [q, more] of to) add(edges[p], q, ways * more);
  };
  const joined = (a: Fragment, b: Fragment): Fragment => {
    link(a.last, b.first);
    return {
      first: sum(a.first, b.first, a.empty),
      last: sum(b.last, a.last, b.empty),
      empty: Math.min(2, a.empty * b.empty),
      length: a.length === null || b.length === null ? null : a.length + b.length,
    };
  };
  const push = (piece: Fragment, start: number): void => {
    group.done = joined(group.done, group.piece);
    group.piece = piece;
    group.pieceStart = start;
  };
  const branchEnd = (): void => {
    const branch = joined(group.done, group.piece);
    group.branches = group.branches === null ? branch : alternative(group.branches, branch);
    group.done = EMPTY;
    group.piece = EMPTY;
  };

  for (const token of tokens(source)) {
    switch (token.kind) {
      case "open":
        stack.push(group);
        group = opened(token.start);
        break;
      case "close": {
        branchEnd();
        const inner = group.branches ?? EMPTY;
        const start = group.start;
        group = stack.pop() ?? opened(0);
        push(inner, start);
        break;
      }
      case "or":
        branchEnd();
        break;
      case "nothing":
        push(EMPTY, token.start);
        break;
      case "atom": {
        const one: Ways = new Map([[positions.length, 1]]);
        positions.push({ start: token.start, end: token.end });
        edges.push(new Map());
        push({ first: one, last: one, empty: 0, length: 1 }, token.start);
        break;
      }
      case "quantifier": {
        const { piece } = group;
        // A piece of fixed length a fixed number of times can be cut up in one way only.
        const exact = token.min === token.max && piece.length !== null;
        const loops = token.max > 1 && !exact;
        if (loops) {
          link(piece.last, piece.first);
          repetitions.push({ start: group.pieceStart, end: token.end });
        }
        group.piece =
          token.max === 0
            ? EMPTY
            : {
                ...piece,
                empty: token.min === 0 ? 1 : piece.empty,
                length: exact ? (piece.length ?? 0) * token.min : null,
              };
        break;
      }
    }
  }
  branchEnd();
  return { source, positions, edges, repetitions };
}

function opened(start: number): Group {
  return { start, branches: null, done: EMPTY, piece: EMPTY, pieceStart: start };
}

function alternative(a: Fragment, b: Fragment): Fragment {
  return {
    first: sum(a.first, b.first, 1),
    last: sum(a.last, b.last, 1),
    empty: Math.min(2, a.empty + b.empty),
    length: a.length === b.length ? a.length : null,
  };
}

/** All ways of `a`, and those of `b` times `factor`. */
function sum(a: Ways, b: Ways, factor: number): Ways {
  const ways: Ways = new Map(a);
  if (factor > 0) for (const [p, more] of b) add(ways, p, more * factor);
  return ways;
}

function add(ways: Ways | undefined, position: number, more: number): void {
  ways?.set(position, (ways.get(position) ?? 0) + more > 1 ? 2 : 1);
}

// ---- tokens --------------------------------------------------------------------------------------------

type Token =
  | { readonly kind: "open" | "close" | "or" | "nothing"; readonly start: number; readonly end: number }
  | { readonly kind: "atom"; readonly start: number; readonly end: number }
  | {
      readonly kind: "quantifier";
      readonly min: number;
      readonly max: number;
      readonly start: number;
      readonly end: number;
    };

const TOKEN =
  /(?<open>\((?:\?(?:<?[=!]|<[^>]*>|[a-z-]*:))?)|(?<close>\))|(?<or>\|)|(?<nothing>[$^]|\\[bB1-9]\d*|\\k<[^>]*>)|(?<quantifier>(?:[*+?]|\{(?<min>\d+)(?<more>,(?<max>\d*))?\})\??)|(?<atom>\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\c[a-zA-Z]|\\.|\[(?:[^\]\\]|\\.)*\]|.)/suy;

function* tokens(source: string): Generator<Token> {
  const scanner = new RegExp(TOKEN);
  for (let match = scanner.exec(source); match !== null; match = scanner.exec(source)) {
    const groups = match.groups ?? {};
    const start = match.index;
    const end = scanner.lastIndex;
    if (groups["quantifier"] !== undefined) yield { kind: "quantifier", ...times(groups), start, end };
    else if (groups["atom"] !== undefined) yield { kind: "atom", start, end };
    else
      yield { kind: groups["open"] ? "open" : groups["close"] ? "close" : groups["or"] ? "or" : "nothing", start, end };
  }
}

function times(groups: Readonly<Record<string, string | undefined>>): { readonly min: number; readonly max: number } {
  const sign = groups["quantifier"]?.[0];
  if (sign === "*") return { min: 0, max: Infinity };
  if (sign === "+") return { min: 1, max: Infinity };
  if (sign === "?") return { min: 0, max: 1 };
  const min = Number(groups["min"]);
  if (groups["more"] === undefined) return { min, max: min };
  return { min, max: groups["max"] ? Number(groups["max"]) : Infinity };
}
