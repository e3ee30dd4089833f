// Ways out: `break`, `continue`, `return` and `abort`, and the names of what they leave. In: a jump and its place. Out:
// what is wrong goes to the sink.

import { nearest } from "@chor/grammar";
import type { Diagnostic, Name, Span, StatementTree } from "@chor/grammar";
import { continueOfScatter, leavesArm } from "../report/choreography.js";
import { loopTaken, unknownLoop } from "../report/names.js";
import type { Frame, Place } from "./surroundings.js";

type JumpTree = Extract<StatementTree, { readonly kind: "break" | "continue" }>;
type ExitTree = Extract<StatementTree, { readonly kind: "return" | "abort" }>;

/** `break x` could mean two things if two of one name were in each other. */
export function checkFrame(kind: "loop" | "scatter", name: Name, { frames }: Place, sink: Diagnostic[]): void {
  const outer = frames.find((frame) => isNamed(frame) && frame.name.text === name.text);
  if (outer === undefined || !isNamed(outer)) return;
  // Two elements of one name are told of as names.
  if (kind === "loop" || outer.kind === "loop") sink.push(loopTaken(kind, name, outer.kind, outer.name.span));
}

/** A `break` or `continue` names what is around it, and does not leave an arm on the way there. */
export function checkJump({ kind: jump, loop: name, span }: JumpTree, { frames }: Place, sink: Diagnostic[]): void {
  const names: string[] = [];
  let wall: Frame | null = null;
  for (const frame of frames.toReversed()) {
    if (isNamed(frame)) {
      if (frame.name.text === name.text) {
        if (wall !== null) sink.push(leaves(`${jump} ${name.text}`, span, wall));
        else if (frame.kind === "scatter" && jump === "continue") sink.push(continueOfScatter(name, frame.name.span));
        return;
      }
      names.push(frame.name.text);
    }
    if (frame.kind === "arm" || frame.kind === "scatter") wall ??= frame;
  }
  sink.push(unknownLoop(name, jump, names, nearest(name.text, names)));
}

/** `return` and `abort` stay inside an arm, unless a saga in it catches the `abort`. */
export function checkExit({ kind, span }: ExitTree, { frames }: Place, sink: Diagnostic[]): void {
  for (const frame of frames.toReversed()) {
    if (frame.kind === "saga" && kind === "abort") return;
    if (frame.kind !== "arm" && frame.kind !== "scatter") continue;
    sink.push(leaves(kind, span, frame));
    return;
  }
}

function leaves(jump: string, span: Span, wall: Frame): Diagnostic {
  return wall.kind === "arm"
    ? leavesArm(jump, span, "par", { start: wall.span.start, end: Math.min(wall.span.end, wall.span.start + 1) })
    : leavesArm(jump, span, "scatter", isNamed(wall) ? wall.name.span : span);
}

function isNamed(frame: Frame): frame is Extract<Frame, { readonly name: Name }> {
  return frame.kind === "loop" || frame.kind === "scatter";
}

/** Whether a saga with an `else` goes on where an `abort` leaves this place. */
export function isCaught({ frames }: Place): boolean {
  const frame = frames.findLast(({ kind }) => kind !== "loop");
  return frame?.kind === "saga";
}
