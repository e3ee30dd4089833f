// An interpreter of the notation in which generated files state a local protocol, written from what a reader is told of
// it and from nothing else. In: lines. Out: a machine that can be stepped. `!` sends, `?` receives, a comma or a new
// line is "then", `|` is another way; a way ends with its line (or what is indented under it), and then all ways of a
// group go on behind the group. `break` and `continue` mean the innermost loop, or the one that is named.

/** Where a reader is: a place in the text, and the rounds of each counted loop. */
export interface Place {
  readonly at: number;
  readonly rounds: readonly number[];
}

export interface Comment {
  readonly isNumbered: boolean;
  readonly start: Place;
  /** What may happen, and where that leads. Two ways of one word would be an error of the text: it throws. */
  steps(place: Place): ReadonlyMap<string, Place>;
  /** Whether the text says that the protocol is over. */
  isOver(place: Place): boolean;
}

type Node =
  | { readonly kind: "steps"; readonly steps: readonly { readonly word: string; readonly then: number }[] }
  | { readonly kind: "go"; readonly then: number }
  | { readonly kind: "enter"; readonly loop: number; readonly then: number }
  | {
      readonly kind: "again";
      readonly loop: number;
      readonly max: number;
      readonly then: number;
      readonly last: number;
    }
  | { readonly kind: "over" };

export function interpret(lines: readonly string[]): Comment {
  const isNumbered = /^ *\d+ {2}/.test(lines[0] ?? "");
  const { nodes, start } = isNumbered ? readNumbered(lines) : readText(lines);
  const begin: Place = { at: start, rounds: [] };
  return {
    isNumbered,
    start: begin,
    steps(place) {
      const { at, rounds } = settled(place);
      const node = nodes[at];
      const found = new Map<string, Place>();
      for (const { word, then } of node?.kind === "steps" ? node.steps : []) {
        if (found.has(word)) throw new Error(`Two ways of ${word}`);
        found.set(word, settled({ at: then, rounds }));
      }
      return found;
    },
    isOver: (place) => nodes[settled(place).at]?.kind === "over",
  };

  /** Goes on to where something happens. */
  function settled({ at, rounds }: Place): Place {
    const now = [...rounds];
    for (let moves = 0; moves < 1000; moves++) {
      const node = nodes[at];
      if (node === undefined) throw new Error(`No place ${at}`);
      if (node.kind === "go") at = node.then;
      else if (node.kind === "enter") {
        now[node.loop] = 0;
        at = node.then;
      } else if (node.kind === "again") {
        const done = (now[node.loop] ?? 0) + 1;
        now[node.loop] = done < node.max ? done : 0;
        at = done < node.max ? node.then : node.last;
      } else return { at, rounds: now.map((count) => count ?? 0) };
    }
    throw new Error("A loop in which nothing happens");
  }
}

interface Program {
  readonly nodes: Node[];
  readonly start: number;
}

// ---- the text that reads like a program ------------------------------------------------------------------

interface Open {
  readonly name: string;
  readonly again: number;
  readonly follow: number;
}

function readText(lines: readonly string[]): Program {
  const nodes: Node[] = [];
  let counted = 0;
  const put = (node: Node): number => nodes.push(node) - 1;
  const over = put({ kind: "over" });
  return { nodes, start: block(0, lines.length, 0, over, []) };

  /** The block of lines `from` to `to`, all indented by `margin`; gives where it begins. What is behind comes first. */
  function block(from: number, to: number, margin: number, next: number, open: readonly Open[]): number {
    let follow = next;
    for (const [first, last] of items(from, to, margin).toReversed()) follow = item(first, last, margin, follow, open);
    return follow;
  }

  /** The first and the last line (which is not in it) of each item. */
  function items(from: number, to: number, margin: number): [number, number][] {
    const found: [number, number][] = [];
    for (let i = from; i < to; i++) {
      const line = lines[i] ?? "";
      if (indent(line) < margin) throw new Error(`Outdented: ${line}`);
      const goesOn = indent(line) > margin || /^(?:\||\})/.test(line.slice(margin));
      const last = found.at(-1);
      if (!goesOn) found.push([i, i + 1]);
      else if (last === undefined) throw new Error(`Nothing to go on from: ${line}`);
      else last[1] = i + 1;
    }
    return found;
  }

  function item(from: number, to: number, margin: number, next: number, open: readonly Open[]): number {
    const line = (lines[from] ?? "").slice(margin);
    const loop = /^loop(?: (\w+))?(?: max (\d+))? \{$/.exec(line);
    if (loop !== null) return loopItem(from, to, margin, next, open, loop[1] ?? "", loop[2]);
    if (/^choice(?: [\w$]+)?$/.test(line)) return group(from + 1, to, margin + 2, next, open);
    if (line === "nothing") return next;
    if (isJump(line)) return jump(line, open);
    return group(from, to, margin, next, open);
  }

  function loopItem(
    from: number,
    to: number,
    margin: number,
    next: number,
    open: readonly Open[],
    name: string,
    max: string | undefined,
  ): number {
    const ends: number[] = [];
    for (let i = from + 1; i < to; i++) if (indent(lines[i] ?? "") === margin) ends.push(i);
    const middle = ends.find((i) => (lines[i] ?? "").slice(margin) === "} else {");
    const end = ends.at(-1) ?? to;
    if ((lines[end] ?? "").slice(margin) !== "}") throw new Error(`No end of ${lines[from]}`);
    const head = put({ kind: "go", then: 0 });
    const last = middle === undefined ? next : block(middle + 1, end, margin + 2, next, open);
    const number = counted++;
    const again = max === undefined ? head : put({ kind: "again", loop: number, max: Number(max), then: head, last });
    const body = block(from + 1, middle ?? end, margin + 2, again, [...open, { name, again, follow: next }]);
    nodes[head] = { kind: "go", then: body };
    return max === undefined ? head : put({ kind: "enter", loop: number, then: head });
  }

  /** One message, or several ways. */
  function group(from: number, to: number, margin: number, next: number, open: readonly Open[]): number {
    const starts: number[] = [];
    for (let i = from; i < to; i++) if (indent(lines[i] ?? "") === margin) starts.push(i);
    const kind = (lines[from] ?? "").slice(margin, margin + 2);
    const ways = starts.map((start, index) => {
      const line = (lines[start] ?? "").slice(margin).replace(/^\| /, "");
      const under = block(start + 1, starts[index + 1] ?? to, margin + 4, next, open);
      return messages(/^[!?] /.test(line) ? line : kind + line, under, open);
    });
    return put({ kind: "steps", steps: ways.flatMap((way) => stepsAt(way)) });
  }

  function stepsAt(at: number): readonly { readonly word: string; readonly then: number }[] {
    const node = nodes[at];
    return node?.kind === "steps" ? node.steps : [];
  }

  /** A line of messages, one after the other; several receivers get theirs in order. */
  function messages(line: string, next: number, open: readonly Open[]): number {
    const parts = line.split(/, (?=[!?] |then )/);
    return parts.toReversed().reduce((then, part) => {
      if (part.startsWith("then ")) return jump(part.slice("then ".length), open);
      return wordsOf(part)
        .toReversed()
        .reduce((after, word) => put({ kind: "steps", steps: [{ word, then: after }] }), then);
    }, next);
  }

  function jump(words: string, open: readonly Open[]): number {
    if (words === "end") return over;
    const [kind, name] = words.split(" ");
    const loop = open.findLast((one) => name === undefined || one.name === name);
    if (loop === undefined) throw new Error(`No loop for ${words}`);
    return kind === "break" ? loop.follow : loop.again;
  }
}

function isJump(line: string): boolean {
  return /^(?:end|(?:break|continue)(?: \w+)?)$/.test(line);
}

function indent(line: string): number {
  return line.length - line.trimStart().length;
}

/** `! M(T) to B, C` gives `! M B`, `! M C`. */
function wordsOf(text: string): string[] {
  const [, kind = "", label = "", peers = ""] = /^([!?]) (\w+)(?:\(.*\))? (?:to|from) (.*)$/.exec(text) ?? [];
  if (kind === "") throw new Error(`No message: ${text}`);
  return peers.split(", ").map((peer) => `${kind} ${label} ${peer}`);
}

// ---- the list of states ----------------------------------------------------------------------------------

function readNumbered(lines: readonly string[]): Program {
  const nodes: Node[] = [];
  const loops: string[] = [];
  const loopOf = (name: string): number => (loops.includes(name) ? loops.indexOf(name) : loops.push(name) - 1);
  let kind = "";
  for (const line of lines) {
    const [, number = "", words = ""] = /^ *(\d*) {2}(.*)$/.exec(line) ?? [];
    const begins = /^loop (\S+) begins, then (\d+)$/.exec(words);
    const again = /^loop (\S+) again: then (\d+), after (\d+) rounds then (\d+)$/.exec(words);
    const step = /^(?:\| )?(.*), then (\d+)$/.exec(words);
    if (number !== "" && Number(number) !== nodes.length) throw new Error(`Not in order: ${line}`);
    if (words === "end") nodes.push({ kind: "over" });
    else if (begins !== null) nodes.push({ kind: "enter", loop: loopOf(begins[1] ?? ""), then: Number(begins[2]) });
    else if (again !== null) {
      const [, name = "", then, max, last] = again;
      nodes.push({ kind: "again", loop: loopOf(name), max: Number(max), then: Number(then), last: Number(last) });
    } else if (step !== null) {
      const [, text = "", then] = step;
      if (number !== "") kind = text.slice(0, 2);
      const before = number === "" ? nodes.pop() : undefined;
      const [word = ""] = wordsOf(/^[!?] /.test(text) ? text : kind + text);
      const steps = before?.kind === "steps" ? before.steps : [];
      nodes.push({ kind: "steps", steps: [...steps, { word, then: Number(then) }] });
    } else throw new Error(`What is this: ${line}`);
  }
  return { nodes, start: 0 };
}
