// Makes a failing program small: takes away statements, branches and frames as long as it still fails. In: a sketch
// and whether a sketch fails. Out: a sketch that fails and from which nothing can be taken.

import { innerParts, withInnerParts, type Part, type Sketch } from "../support/build.js";

export function shrink(sketch: Sketch, fails: (smaller: Sketch) => boolean): Sketch {
  let best = sketch;
  for (;;) {
    const smaller = smallerParts(best.body)
      .map((body) => ({ ...best, body }))
      .find(fails);
    if (smaller === undefined) return best;
    best = smaller;
  }
}

/** All parts that are one step smaller, the smallest first. */
function smallerParts(part: Part): readonly Part[] {
  switch (part.kind) {
    case "send": {
      const { otherwise, ...options } = part.options;
      const fewer = part.to.length < 2 ? [] : part.to.map((to) => ({ ...part, to: [to] }));
      return otherwise === undefined ? fewer : [{ ...part, options }, ...fewer, ...smallerInside(part)];
    }
    case "seq":
      return [
        ...part.parts.map((_, i) => ({ ...part, parts: part.parts.toSpliced(i, 1) })),
        ...part.parts.flatMap((inner, i) =>
          smallerParts(inner).map((smaller) => ({ ...part, parts: part.parts.with(i, smaller) })),
        ),
      ];
    case "choice":
      return [
        ...part.branches,
        ...(part.branches.length > 2
          ? part.branches.map((_, i) => ({ ...part, branches: part.branches.toSpliced(i, 1) }))
          : []),
        ...part.branches.flatMap((branch, i) =>
          smallerParts(branch).map((smaller) => ({ ...part, branches: part.branches.with(i, smaller) })),
        ),
      ];
    case "loop": {
      const { max, otherwise } = part.options;
      const inner = jumpsTo(part.body, part.name) ? [] : [part.body];
      const without = max !== undefined && otherwise !== undefined ? [{ ...part, options: { max } }] : [];
      const others =
        otherwise === undefined
          ? []
          : smallerParts(otherwise).map((smaller) => ({ ...part, options: { ...part.options, otherwise: smaller } }));
      return [...inner, ...without, ...others, ...smallerParts(part.body).map((body) => ({ ...part, body }))];
    }
    default:
      return [...innerParts(part), ...smallerInside(part)];
  }
}

/** The part with one of the parts inside a step smaller. */
function smallerInside(part: Part): readonly Part[] {
  const inner = innerParts(part);
  return inner.flatMap((one, i) => smallerParts(one).map((smaller) => withInnerParts(part, inner.with(i, smaller))));
}

function jumpsTo(part: Part, loop: string): boolean {
  if (part.kind === "break" || part.kind === "continue") return part.loop === loop;
  return innerParts(part).some((inner) => jumpsTo(inner, loop));
}
