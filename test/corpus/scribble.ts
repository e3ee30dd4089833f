// Protocols of Scribble's test suite, written in our language. In: the text of a global protocol in the normalised
// form of the corpus (messages without payload, `choice at`, `rec` in tail position, `continue`). Out: the text of a
// choreography that means the same.

/** A piece of a global protocol. */
export type Piece =
  | { readonly kind: "message"; readonly label: string; readonly from: string; readonly to: string }
  | { readonly kind: "choice"; readonly at: string; readonly branches: readonly (readonly Piece[])[] }
  | { readonly kind: "rec"; readonly name: string; readonly body: readonly Piece[] }
  | { readonly kind: "continue"; readonly name: string };

export interface Protocol {
  readonly roles: readonly string[];
  readonly body: readonly Piece[];
}

/** Translates a protocol; throws on text that is not of the corpus' form, since then the test is wrong, not the text. */
export function choreographyOf(scribble: string, name: string): string {
  const { roles, body } = readProtocol(scribble);
  const lines = [`choreography ${name}(${roles.map(upper).join(", ")}) {`, ...block(body, [], "  "), "}"];
  return `${lines.join("\n")}\n`;
}

/**
 * In a `rec` only `continue` goes round, in a `loop` everything that comes to its end; so a way through a `rec` that
 * simply ends leaves the outermost loop, behind which, the `rec` being in tail position, there is nothing.
 */
function block(pieces: readonly Piece[], loops: readonly string[], indent: string): readonly string[] {
  const lines = pieces.flatMap((piece) => statement(piece, loops, indent));
  const last = pieces.at(-1);
  const outermost = loops[0];
  return outermost !== undefined && (last === undefined || last.kind === "message")
    ? [...lines, `${indent}break ${outermost}`]
    : lines;
}

function statement(piece: Piece, loops: readonly string[], indent: string): readonly string[] {
  switch (piece.kind) {
    case "message":
      return [`${indent}${upper(piece.from)} -> ${upper(piece.to)}: ${upper(piece.label)}()`];
    case "choice":
      return [
        ...piece.branches.flatMap((branch, i) => [
          `${indent}${i === 0 ? `choice at ${upper(piece.at)}` : "} or"} {`,
          ...block(branch, loops, `${indent}  `),
        ]),
        `${indent}}`,
      ];
    case "rec": {
      const name = lower(piece.name);
      return [`${indent}loop ${name} {`, ...block(piece.body, [...loops, name], `${indent}  `), `${indent}}`];
    }
    case "continue":
      return [`${indent}continue ${lower(piece.name)}`];
  }
}

function upper(name: string): string {
  return /^[a-z]/i.test(name) ? name.charAt(0).toUpperCase() + name.slice(1) : `L${name}`;
}

function lower(name: string): string {
  return /^[a-z]/i.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : `x${name}`;
}

/** Reads the text of a protocol. */
function readProtocol(text: string): Protocol {
  const tokens = text.match(/[A-Za-z_]\w*|[(){};,]/g) ?? [];
  let at = 0;
  const word = (): string => tokens[at++] ?? "";
  const expect = (...wanted: readonly string[]): void => {
    for (const token of wanted) {
      const found = word();
      if (found !== token) throw new Error(`expected ${token}, found ${found} in\n${text}`);
    }
  };
  const pieces = (): readonly Piece[] => {
    expect("{");
    const found: Piece[] = [];
    while (tokens[at] !== "}") found.push(piece());
    expect("}");
    return found;
  };
  const piece = (): Piece => {
    const first = word();
    if (first === "choice") {
      expect("at");
      const decider = word();
      const branches = [pieces()];
      while (tokens[at] === "or") {
        expect("or");
        branches.push(pieces());
      }
      return { kind: "choice", at: decider, branches };
    }
    if (first === "rec") return { kind: "rec", name: word(), body: pieces() };
    if (first === "continue") {
      const name = word();
      expect(";");
      return { kind: "continue", name };
    }
    expect("(", ")", "from");
    const from = word();
    expect("to");
    const to = word();
    expect(";");
    return { kind: "message", label: first, from, to };
  };
  expect("global", "protocol");
  word();
  const roles: string[] = [];
  do {
    at++;
    expect("role");
    roles.push(word());
  } while (tokens[at] === ",");
  expect(")");
  return { roles, body: pieces() };
}
