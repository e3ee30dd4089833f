// A sketch with one small edit, as a protocol changes from version to version: a message more or less, another label, two
// messages in another order, a branch more or less, another bound. In: a sketch and a source of numbers. Out: a sketch.

import { send, type Part, type Sketch } from "../support/sketch.js";
import { below, pick, type Random } from "../support/random.js";

/** The sketch with one edit at a random place; the same sketch where the edit does not fit there. */
export function edited(sketch: Sketch, random: Random): Sketch {
  const places = count(sketch.body);
  let left = below(random, places);
  const visit = (part: Part): Part => (left-- === 0 ? edit(part, sketch.roles, random) : withInner(part, visit));
  return { ...sketch, body: visit(sketch.body) };
}

function count(part: Part): number {
  let places = 0;
  withInner(part, (inner) => ((places += count(inner)), inner));
  return places + 1;
}

function withInner(part: Part, visit: (inner: Part) => Part): Part {
  switch (part.kind) {
    case "seq":
      return { ...part, parts: part.parts.map(visit) };
    case "choice":
      return { ...part, branches: part.branches.map(visit) };
    case "loop": {
      const { otherwise } = part.options;
      const options = otherwise === undefined ? part.options : { ...part.options, otherwise: visit(otherwise) };
      return { ...part, body: visit(part.body), options };
    }
    default:
      return part;
  }
}

function edit(part: Part, roles: readonly string[], random: Random): Part {
  const message = (): Part => {
    const from = pick(random, roles);
    const to = pick(
      random,
      roles.filter((role) => role !== from),
    );
    return send(from, to, `L${below(random, 4)}`);
  };
  switch (part.kind) {
    case "send":
      return random() < 0.5 ? { ...part, label: `L${below(random, 4)}` } : { kind: "seq", parts: [message(), part] };
    case "seq": {
      const at = below(random, part.parts.length + 1);
      const kind = random();
      if (kind < 0.35) return { ...part, parts: part.parts.toSpliced(at, 0, message()) };
      if (kind < 0.65) return { ...part, parts: part.parts.toSpliced(at, 1) };
      const [first, second] = [part.parts[at], part.parts[at + 1]];
      return first === undefined || second === undefined
        ? part
        : { ...part, parts: part.parts.toSpliced(at, 2, second, first) };
    }
    case "choice": {
      const { branches, at } = part;
      if (random() < 0.6 && branches.length > 1)
        return { ...part, branches: branches.toSpliced(below(random, branches.length), 1) };
      const copied = pick(random, branches);
      return { ...part, branches: [...branches, at === null ? copied : relabelled(copied, random)] };
    }
    case "loop":
      return part.options.max === undefined
        ? part
        : { ...part, options: { ...part.options, max: 1 + below(random, 4) } };
    default:
      return part;
  }
}

/** The part with another label on its first message. */
function relabelled(part: Part, random: Random): Part {
  let done = false;
  const visit = (inner: Part): Part => {
    if (done) return inner;
    if (inner.kind !== "send") return withInner(inner, visit);
    done = true;
    return { ...inner, label: `L${below(random, 6)}` };
  };
  return visit(part);
}
