// Bounds on depth, checked on the tokens before the parser recurses into them. In: balanced tokens; out: the
// tokens without the declarations that are too deep, and one diagnostic for each. Two measures: `levels`, what
// the parser recurses on (brackets, type arguments, `=>`, `?:`), and `chain`, what makes a tree deep although
// the parser loops (`a.b.c`, `1 + 1`, `T[][]`). Both are upper bounds, counted in one pass; so no later stage
// needs to fear its stack.

import type { IToken, TokenType } from "chevrotain";
import { startsDeclaration } from "./brackets.js";
import type { Diagnostic } from "./diagnostic.js";
import * as errors from "./errors.js";
import { is, spanOf } from "./lex.js";
import * as t from "./tokens.js";

const maxLevels = 64;
const maxChain = 500;

export interface Bounded {
  readonly tokens: IToken[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Leaves out every declaration that nests deeper than `maxLevels` or chains longer than `maxChain`. */
export function boundDepth(tokens: readonly IToken[]): Bounded {
  const output: IToken[] = [];
  const diagnostics: Diagnostic[] = [];
  let from = 0;
  for (let i = 1; i <= tokens.length; i++) {
    if (i < tokens.length && !startsDeclaration(tokens, i) && !startsImport(tokens, i)) continue;
    const declaration = tokens.slice(from, i);
    const found = tooDeep(declaration);
    if (found === null) for (const token of declaration) output.push(token);
    else diagnostics.push(found);
    from = i;
  }
  return { tokens: output, diagnostics };
}

/** Many imports are many, not one that is long. */
function startsImport(tokens: readonly IToken[], i: number): boolean {
  return tokens[i]?.tokenType === t.Import && tokens[i + 1]?.tokenType === t.LCurly;
}

/** What is open: a bracket, or the declaration itself. */
interface Frame {
  /** `=>`, `?` and `<` since the last boundary in this frame; each is a level. */
  pending: number;
  /** `?` that still wait for their `:`. */
  ternaries: number;
  /** Operators since the last boundary, with the chains of the brackets among the operands. */
  chain: number;
  /** The longest chain before the last boundary. */
  longest: number;
}

function tooDeep(tokens: readonly IToken[]): Diagnostic | null {
  const frames: Frame[] = [];
  let frame: Frame = { pending: 0, ternaries: 0, chain: 0, longest: 0 };
  let levels = 0;
  const boundary = (): void => {
    levels -= frame.pending;
    frame = { pending: 0, ternaries: 0, chain: 0, longest: Math.max(frame.longest, frame.chain) };
  };

  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as IToken;
    const type = token.tokenType;
    const named = tokens[i - 1]?.tokenType === t.Dot;
    if (openers.has(type)) {
      frames.push(frame);
      frame = { pending: 0, ternaries: 0, chain: 0, longest: 0 };
      levels++;
    } else if (closers.has(type)) {
      boundary();
      const inner = frame.longest + 1;
      frame = frames.pop() ?? frame;
      frame.chain += inner;
      levels--;
    } else if (type === t.Question && tokens[i + 1]?.tokenType !== t.Colon) {
      deepen(1);
      frame.ternaries++;
    } else if (type === t.Colon) {
      if (frame.ternaries > 0) frame.ternaries--;
      else boundary();
    } else if (type === t.FatArrow || type === t.Less) {
      deepen(1);
    } else if (type === t.Greater && frame.pending > 0) {
      deepen(-1);
      frame.chain++;
    } else if (type === t.Comma || type === t.Arrow || (boundaries.has(type) && !named)) {
      boundary();
    } else if (type === t.Dot || type === t.Not || type === t.Is || is(token, t.Operator)) {
      frame.chain++;
    }
    if (levels > maxLevels) return errors.tooDeep(spanOf(token), maxLevels);
    if (frame.chain > maxChain) return errors.tooLong(spanOf(token), maxChain);
  }
  return null;

  function deepen(by: 1 | -1): void {
    frame.pending += by;
    levels += by;
  }
}

const openers: ReadonlySet<TokenType> = new Set([t.LCurly, t.LRound, t.LSquare]);
const closers: ReadonlySet<TokenType> = new Set([t.RCurly, t.RRound, t.RSquare]);

/** Words that begin something new: what stands before and after them does not add up. */
const boundaries: ReadonlySet<TokenType> = new Set([...t.endsExpression, t.Require, t.Step, t.Undo]);
