// Random programs, as tokens, and how they are written: with white space and comments between any two tokens. In: a
// source of numbers. Out: texts that the parser reads but for a few (a record may seem to lack a type).

import { below, pick, type Random } from "../support/random.js";

/** A program without syntax errors, as its tokens. */
export function randomProgram(random: Random): readonly string[] {
  const size = 1 + below(random, 4);
  return Array.from({ length: size }, () => declaration(random)).flat();
}

/** The tokens with white space and, now and then, comments between them. */
export function written(random: Random, tokens: readonly string[], comments: number): string {
  const gap = (before: string | undefined): string => {
    let text = random() < 0.85 ? " " : pick(random, ["\n", "\n\n", "\n\n\n", "\t", "  \n  "]);
    while (random() < comments) {
      text += pick(random, [
        "// c",
        "// two  words  ",
        "/* c */",
        "/* c\n   d */",
        "/*\n * c\n */",
        "/** d */",
        "/**\n   d\n * e */",
        "// prettier-ignore",
        "",
      ]);
      text += pick(random, ["\n", "\n", "\n\n", " ", "\n  \n\n"]);
      if (/\/\/[^\n]*$/.test(text)) text += "\n";
    }
    return before === undefined ? text.trimStart() : text;
  };
  return tokens.map((token, i) => gap(tokens[i - 1]) + token).join("") + gap("");
}

const low = ["a", "b", "list", "max", "over", "step", "open", "type", "from", "schema", "undo", "x1", "_y"];
const up = ["A", "B", "Coder", "Plan", "LongNameOfAnArtifact"];
const words = [...low, ...up, "where", "gate", "in", "is", "true", "or"];

function some<T>(random: Random, most: number, make: () => readonly T[], least = 0): readonly T[] {
  return Array.from({ length: least + below(random, most - least + 1) }, make).flat();
}

/** With a separator between. */
function listOf(random: Random, make: () => readonly string[], least = 1, most = 3): readonly string[] {
  return Array.from({ length: least + below(random, most - least + 1) }, (_, i) =>
    i === 0 ? make() : [",", ...make()],
  ).flat();
}

function maybe(random: Random, make: () => readonly string[], chance = 0.3): readonly string[] {
  return random() < chance ? make() : [];
}

const text = (random: Random): string => pick(random, ['""', '"why"', '"a longer message, with \\"quotes\\" in it"']);
const bound = (random: Random): readonly string[] => pick(random, [["3"], ["-", "1.5"], ["n"]]);
const time = (random: Random): string => pick(random, ["20m", "500ms", "patience"]);

function declaration(random: Random): readonly string[] {
  const name = pick(random, up);
  const makes: (() => readonly string[])[] = [
    () => [
      "import",
      "{",
      ...listOf(random, () => [pick(random, up), ...maybe(random, () => ["as", pick(random, up)])]),
      "}",
      "from",
      '"./x.chor"',
    ],
    () => [
      ...maybe(random, () => ["open"]),
      "artifact",
      name,
      "{",
      ...some(random, 4, () => field(random, 2)),
      ...some(random, 2, () => ["where", ...condition(random)]),
      "}",
    ],
    () => ["artifact", name, "=", ...pick(random, [["schema", '"./a"'], ["type", '"./b#C"'], type(random, 2)])],
    () => [
      "contract",
      name,
      "(",
      ...listOf(random, () => [pick(random, low), ":", ...type(random, 1)], 0),
      ")",
      ...pick(random, [["external"], ["{", ...some(random, 2, () => ["require", ...condition(random)]), "}"]]),
    ],
    () => choreography(random),
    () => choreography(random),
  ];
  return pick(random, makes)();
}

function choreography(random: Random): readonly string[] {
  const generic = maybe(random, () => ["<", ...listOf(random, () => [pick(random, up)]), ">"]);
  const parameter = (): readonly string[] =>
    pick(random, [
      [pick(random, up)],
      [pick(random, up), "[", "1", "..", "8", "]", ...maybe(random, () => ["?"])],
      [pick(random, low), ":", ...type(random, 1)],
    ]);
  const within = maybe(random, () => ["within", time(random)]);
  return [
    "choreography",
    pick(random, up),
    ...generic,
    "(",
    ...listOf(random, parameter, 1, 5),
    ")",
    ...within,
    ...block(random, 3),
  ];
}

function field(random: Random, depth: number): readonly string[] {
  return [pick(random, words), ...maybe(random, () => ["?"]), ":", ...type(random, depth)];
}

function type(random: Random, depth: number): readonly string[] {
  const range = (): readonly string[] => pick(random, [["5"], ["1", "..", "120"], ["..", "3"], ["-", "1", ".."]]);
  const named = (): readonly string[] => [
    pick(random, [...low, ...up]),
    ...maybe(random, () => ["(", ...range(), ")"]),
    ...maybe(random, () => ["matches", pick(random, ["/^[a-z/]+$/u", "/\\/x/"])], 0.15),
  ];
  if (depth === 0) return pick(random, [named(), ['"low"'], ["-", "4"], ["null"]]);
  const inner = (): readonly string[] => type(random, depth - 1);
  return pick(random, [
    named(),
    ["map", "<", ...listOf(random, inner, 1, 2), ">"],
    [...inner(), "[", ...maybe(random, range), "]"],
    ["{", ...some(random, 3, () => field(random, depth - 1)), "}"],
    ["(", ...inner(), ")"],
    [...inner(), "|", ...inner(), ...maybe(random, () => ["|", ...inner()])],
  ]);
}

function condition(random: Random): readonly string[] {
  return [...expression(random, 3), ...maybe(random, () => [":", text(random)])];
}

function expression(random: Random, depth: number): readonly string[] {
  const inner = (): readonly string[] => expression(random, depth - 1);
  const atom = (): readonly string[] =>
    pick(random, [[pick(random, low)], ["12"], ["2.5"], [text(random)], ["20m"], ["null"], ["true"]]);
  if (depth === 0) return atom();
  const round = (tokens: readonly string[]): readonly string[] => ["(", ...tokens, ")"];
  const operand = (): readonly string[] => (random() < 0.5 ? atom() : round(inner()));
  const target = (): readonly string[] => (random() < 0.6 ? [pick(random, low)] : round(inner()));
  return pick(random, [
    atom(),
    round(inner()),
    round(round(inner())),
    [
      ...operand(),
      pick(random, ["+", "-", "*", "/", "%", "&&", "||", "==", "<", "in"]),
      ...operand(),
      ...maybe(random, () => [pick(random, ["+", "*", "&&", "!="]), ...operand()]),
    ],
    [...operand(), "is", pick(random, up)],
    [pick(random, ["!", "-"]), ...operand()],
    [...target(), ".", pick(random, words)],
    [...target(), "[", ...inner(), "]"],
    [...target(), ".", "some", "(", ...listOf(random, inner, 0), ")"],
    ["[", ...listOf(random, inner, 0), "]"],
    [...operand(), "?", ...operand(), ":", ...operand()],
    [pick(random, low), "=>", ...inner()],
    ["(", "x", ",", "y", ")", "=>", ...inner()],
  ]);
}

function block(random: Random, depth: number): readonly string[] {
  return ["{", ...some(random, 3, () => statement(random, depth)), "}"];
}

const leaving = (random: Random): readonly string[] =>
  pick(random, [["break", "round"], ["continue", "max"], ["return"], ["abort"], ["fail", '"no"']]);

function statement(random: Random, depth: number): readonly string[] {
  if (depth === 0) return random() < 0.6 ? interaction(random, 0) : leaving(random);
  const inner = (): readonly string[] => block(random, depth - 1);
  const otherwise = (): readonly string[] => maybe(random, () => ["else", ...inner()]);
  const name = pick(random, low);
  const guarded = random() < 0.4;
  const branch = (): readonly string[] => [...(guarded ? ["when", ...expression(random, 2)] : []), ...inner()];
  return pick<() => readonly string[]>(random, [
    () => interaction(random, depth),
    () => interaction(random, depth),
    () => leaving(random),
    () => [
      "choice",
      ...maybe(random, () => [name]),
      "at",
      "A",
      ...maybe(random, () => ["retry", "2"]),
      ...maybe(random, () => ["within", time(random)]),
      ...branch(),
      "or",
      ...branch(),
      ...otherwise(),
    ],
    () => ["loop", name, ...maybe(random, () => ["max", ...bound(random)]), ...inner(), ...otherwise()],
    () => ["par", ...inner(), "and", ...inner()],
    () => [
      "scatter",
      ...expression(random, 1),
      "as",
      name,
      "over",
      ...listOf(random, () => [pick(random, up)]),
      ...maybe(random, () => ["after", ...expression(random, 1)]),
      ...inner(),
    ],
    () => ["pick", pick(random, up), ...maybe(random, () => ["as", name]), "at", "A", ...inner()],
    () => [
      "do",
      pick(random, up),
      ...maybe(random, () => ["<", pick(random, up), ">"]),
      "(",
      ...listOf(random, () =>
        pick(random, [["A"], ["A", "[", "*", "]"], ["[", "A", "[", "*", "]", ",", "B", "]"], expression(random, 1)]),
      ),
      ")",
      ...maybe(random, () => ["as", name]),
      ...otherwise(),
    ],
    () => [
      "saga",
      "{",
      ...some(random, 2, () => ["step", ...inner(), ...maybe(random, () => ["undo", ...inner()])]),
      "}",
      ...otherwise(),
    ],
  ])();
}

function interaction(random: Random, depth: number): readonly string[] {
  const role = (): readonly string[] => [pick(random, up), ...maybe(random, () => ["[", "*", "]"], 0.2)];
  const record = (): readonly string[] => [
    "{",
    ...listOf(
      random,
      () =>
        pick(random, [
          [pick(random, low)],
          [pick(random, words), ":", ...expression(random, 1)],
          [pick(random, low), ":", "Plan", "{", ...listOf(random, () => ["a"], 0), "}"],
        ]),
      0,
    ),
    "}",
  ];
  const payload = (): readonly string[] =>
    pick(random, [
      [],
      ["(", ")"],
      ["(", "Plan", ")"],
      ["(", "Plan", ...record(), ")"],
      record(),
      ["(", ...expression(random, 2), ")"],
    ]);
  const clauses: (readonly string[])[] = [
    maybe(random, () => ["as", pick(random, low), ...maybe(random, () => ["[", "]"])]),
    maybe(random, () => ["quorum", ...pick(random, [["all"], ["majority"], bound(random)])], 0.15),
    some(random, 2, () => ["where", ...condition(random)]),
    maybe(random, () => [
      "gate",
      ...listOf(random, () => [pick(random, up), "(", ...listOf(random, () => expression(random, 1), 0), ")"], 1, 2),
    ]),
    maybe(random, () => ["retry", ...bound(random)]),
    maybe(random, () => ["within", time(random)]),
  ];
  if (random() < 0.15) clauses.reverse();
  const otherwise = depth > 0 ? maybe(random, () => ["else", ...block(random, depth - 1)]) : [];
  const receivers = pick(random, [["*"], listOf(random, role)]);
  return [...role(), "->", ...receivers, ":", pick(random, up), ...payload(), ...clauses.flat(), ...otherwise];
}
