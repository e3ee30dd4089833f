// Diagnostics for the tests of the renderings, with places found by what stands there.

import type { Diagnostic, Span } from "@chor/grammar";

export const team = `artifact Brief { title: string }
artifact Review { points: string[] }

choreography Team(Lead, Coder, Reviewer) {
  Lead -> Coder: Brief
  choice verdict at Reviewer {
    Reviewer -> Lead: Deliver()
  } or {
    Reviewer -> Coder: Revise(Review)
    Coder -> Lead: Given()
  }
}
`;

/** The `nth` place (from 0) where `piece` stands in `text`. */
export function at(text: string, piece: string, nth = 0): Span {
  let start = text.indexOf(piece);
  for (let i = 0; i < nth && start >= 0; i++) start = text.indexOf(piece, start + 1);
  if (start < 0) throw new Error(`the text has no ${nth}th ${piece}`);
  return { start, end: start + piece.length };
}

const brief = { text: "Lead -> Coder: Brief", span: at(team, "Lead -> Coder: Brief"), seen: true };

/** With everything that a diagnostic can have. */
export const incoherent: Diagnostic = {
  code: "CHOR0604",
  severity: "error",
  message: "`Coder` cannot know whether it is over: after `Brief` it may have to receive `Revise`, or nothing at all.",
  span: at(team, "choice verdict at Reviewer"),
  related: [
    { message: "nobody tells `Coder` in this branch", span: at(team, "Reviewer -> Lead: Deliver()") },
    {
      message: "in this one it is told",
      span: { start: at(team, "Reviewer -> Coder").start, end: at(team, "Given()").end },
    },
  ],
  runs: {
    role: "Coder",
    runs: [
      {
        steps: [brief, { text: "Reviewer -> Lead: Deliver", span: at(team, "Reviewer -> Lead"), seen: false }],
        then: "`Coder` must stop",
      },
      { steps: [brief], then: "`Coder` must receive `Revise` from `Reviewer`" },
    ],
  },
  hint: "let `Reviewer` send something to `Coder` in this branch, too",
};

export const unused: Diagnostic = {
  code: "CHOR0217",
  severity: "warning",
  message: "The artifact `Review` is never used.",
  span: at(team, "Review"),
  related: [],
};

/** Any error over a span. */
export function error(span: Span, message = "Something is wrong."): Diagnostic {
  return { code: "CHOR0101", severity: "error", message, span, related: [] };
}
