// The highlighting of Chor as a TextMate grammar, written so that it can be read; `node write.mjs` makes
// chor.tmLanguage.json of it. In: nothing. Out: `grammar`, and the words that it knows.
//
// A TextMate grammar sees one line at a time, Chor does not care about lines. So a word that announces something
// (`loop`, `is`, `:`) opens a region that waits for it over as many lines as it takes. What needs a look ahead (a
// field is a word before a colon) is found where both stand on one line, as the formatter writes them.

/** The words of the language by what they do. A test holds them against the tokens of the parser. */
export const words = {
  control: "choice at or when loop break continue par and scatter pick do saga return abort fail else".split(" "),
  clause: "as where gate retry within quorum".split(" "),
  operator: "in is".split(" "),
  constant: "true false null".split(" "),
  /** Names wherever the grammar wants a name; keywords only in their place. */
  soft: "import from open artifact contract choreography schema type matches external require max over after step undo".split(
    " ",
  ),
};

/** The types that need no declaration. */
const types = "boolean int number string uuid datetime url path json bytes duration typescript map digest list".split(
  " ",
);

const hard = String.raw`\b(?:${[...words.control, ...words.clause, ...words.operator, ...words.constant].join("|")})\b`;
const declaration = String.raw`\b(?:import|open|artifact|contract|choreography)\b`;
const up = String.raw`\b[A-Z]\w*+`;
const low = String.raw`(?!${hard})\b[a-z_]\w*+`;
const word = String.raw`\b[A-Za-z_]\w*+`;

/** Where a block without its end is given up: nothing but a declaration looks like this. */
const nextDeclaration = String.raw`(?=\b(?:artifact|contract|choreography)\s++[A-Z]\w*+\s*+[{=(<])`;

const include = (...names) => names.map((name) => ({ include: `#${name}` }));
const scope = (name) => ({ name: `${name}.chor` });
const captures = (...names) => Object.fromEntries(names.map((name, index) => [index + 1, scope(name)]));
const keyword = (match, name) => ({ match: String.raw`\b(?:${match})\b`, ...scope(name) });

/** A word or sign that announces a name that begins with a capital, on whichever line it stands. */
const announcesUp = (begin, beginScope, name) => ({
  begin: String.raw`(${begin})\s*+`,
  beginCaptures: captures(beginScope),
  end: String.raw`(?<=\w)|(?=[^\sA-Z/])`,
  patterns: [...include("comment"), { match: up, ...scope(name) }],
});

/** The same for a name that begins with a small letter; a hard word is none. */
const announcesLow = (begin, beginScope, name) => ({
  begin: String.raw`(${begin})\s*+`,
  beginCaptures: captures(beginScope),
  end: String.raw`(?<=\w)|(?=[^\sa-z_/]|${hard})`,
  patterns: [...include("comment"), { match: low, ...scope(name) }],
});

/** A pair of brackets and what may stand in it. A stray `}` ends round and square ones, the next declaration all. */
const brackets = (open, close, patterns) => ({
  begin: open,
  beginCaptures: { 0: scope("punctuation.bracket") },
  end: `(${close})|${close === "\\}" ? "" : "(?=\\})|"}${nextDeclaration}`,
  endCaptures: captures("punctuation.bracket"),
  patterns,
});

/** A declaration: its keyword, and everything up to the next one. */
const declares = (name, patterns) => ({
  name: `meta.${name}.chor`,
  begin: String.raw`\b(${name})\b\s*+`,
  beginCaptures: captures(`storage.type.${name}`),
  end: String.raw`(?=${declaration})`,
  patterns,
});

const repository = {
  // ---- comments ----------------------------------------------------------------------------------------

  comment: {
    patterns: [
      // The line end belongs to the comment: what waits for a name must not take the comment's last word for it.
      { match: String.raw`(//).*$\n?`, name: "comment.line.double-slash.chor", captures: captures(commentMark()) },
      {
        name: "comment.block.documentation.chor",
        begin: String.raw`/\*\*(?!/)`,
        end: String.raw`\*/`,
        captures: { 0: scope(commentMark()) },
        patterns: [
          {
            match: String.raw`(?<![\w@])(@)[a-z]\w*+`,
            ...scope("entity.name.tag.documentation"),
            captures: captures("punctuation.definition.tag.documentation"),
          },
          { match: "`[^`]++`", ...scope("markup.inline.raw.documentation") },
        ],
      },
      {
        name: "comment.block.chor",
        begin: String.raw`/\*`,
        end: String.raw`\*/`,
        captures: { 0: scope(commentMark()) },
      },
    ],
  },

  // ---- literals ----------------------------------------------------------------------------------------

  string: {
    patterns: [
      {
        name: "string.quoted.double.chor",
        begin: '"',
        beginCaptures: { 0: scope("punctuation.definition.string.begin") },
        end: '(")|(?=$)',
        endCaptures: captures("punctuation.definition.string.end"),
        patterns: [
          {
            match: String.raw`\\(?:["\\nt]|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,6}\})`,
            ...scope("constant.character.escape"),
          },
          { match: String.raw`\\.`, ...scope("invalid.illegal.escape") },
        ],
      },
      // Read as strings, and refused: strings are written in double quotes.
      { match: "'[^']*+(?:'|$)|`[^`]*+(?:`|$)", ...scope("invalid.illegal.quotes") },
    ],
  },
  number: {
    patterns: [
      {
        match: String.raw`\b\d++(ms|[smhd])\b`,
        ...scope("constant.numeric.duration"),
        captures: captures("keyword.other.unit"),
      },
      { match: String.raw`\b\d++(?:\.\d++)?\b`, ...scope("constant.numeric.decimal") },
    ],
  },
  constant: {
    patterns: [keyword("true|false", "constant.language.boolean"), keyword("null", "constant.language.null")],
  },
  /** `matches`, and the regular expression that it announces: only there is a slash the beginning of one. */
  matches: {
    begin: String.raw`\b(matches)\b`,
    beginCaptures: captures("keyword.other.clause.matches"),
    end: String.raw`(?=[^\s/])`,
    patterns: [
      ...include("comment"),
      {
        name: "string.regexp.chor",
        begin: "/",
        beginCaptures: { 0: scope("punctuation.definition.string.begin") },
        end: String.raw`(/)([A-Za-z]*+)|(?=$)`,
        endCaptures: captures("punctuation.definition.string.end", "keyword.other.flags"),
        patterns: include("regexp"),
      },
    ],
  },
  regexp: {
    patterns: [
      {
        match: String.raw`\\(?:[dDwWsS]|[pP]\{[^}/]*+\})`,
        ...scope("constant.other.character-class.escape.regexp"),
      },
      { match: String.raw`\\[bB]|\^|\$`, ...scope("keyword.control.anchor.regexp") },
      { match: String.raw`\\(?:\d++|k<\w++>)`, ...scope("keyword.other.back-reference.regexp") },
      { match: String.raw`\\.`, ...scope("constant.character.escape.regexp") },
      { match: String.raw`[?+*]\??+|\{\d++(?:,\d*+)?\}\??+`, ...scope("keyword.operator.quantifier.regexp") },
      { match: String.raw`\|`, ...scope("keyword.operator.or.regexp") },
      {
        match: String.raw`\((?:\?(?:[:=!]|<[=!]|<\w++>))?+|\)`,
        ...scope("punctuation.definition.group.regexp"),
      },
      {
        name: "constant.other.character-class.set.regexp.chor",
        begin: String.raw`\[\^?+`,
        end: String.raw`\]|(?=$)`,
        captures: { 0: scope("punctuation.definition.character-class.regexp") },
        patterns: [
          { match: String.raw`\\(?:[pP]\{[^}]*+\}|.)`, ...scope("constant.character.escape.regexp") },
          {
            match: String.raw`([^\]\\])(-)([^\]\\])`,
            ...scope("constant.other.character-class.range.regexp"),
            captures: { 2: scope("keyword.operator.range.regexp") },
          },
        ],
      },
    ],
  },

  // ---- expressions -------------------------------------------------------------------------------------

  /** What every value is made of, wherever it stands. Capitals are left to the place. */
  value: {
    patterns: [
      ...include("comment", "string", "number"),
      {
        match: String.raw`(?<!\.)(\.)\s*+(${word})(?=\s*+\()`,
        captures: captures("punctuation.accessor", "entity.name.function.method"),
      },
      {
        match: String.raw`(?<!\.)(\.)\s*+(${word})`,
        captures: captures("punctuation.accessor", "variable.other.property"),
      },
      ...include("constant"),
      keyword("in", "keyword.operator.expression.in"),
      announcesUp(String.raw`\bis\b`, "keyword.operator.expression.is", "entity.name.type.artifact"),
      { match: String.raw`\b(?:digest)\b(?=\s*+\()`, ...scope("support.function") },
      { match: String.raw`(${low})(?=\s*+=>)`, captures: captures("variable.parameter") },
      {
        match: String.raw`(\()\s*+(${low})\s*+(,)\s*+(${low})\s*+(\))(?=\s*+=>)`,
        captures: captures(
          "punctuation.bracket",
          "variable.parameter",
          "punctuation.separator.comma",
          "variable.parameter",
          "punctuation.bracket",
        ),
      },
      { match: low, ...scope("variable.other.readwrite") },
      ...include("operator"),
    ],
  },
  operator: {
    patterns: [
      { match: "=>", ...scope("storage.type.function.arrow") },
      { match: String.raw`\.\.`, ...scope("keyword.operator.range") },
      { match: "&&|\\|\\||!(?!=)", ...scope("keyword.operator.logical") },
      { match: "==|!=|<=|>=|<|>", ...scope("keyword.operator.comparison") },
      { match: "[+\\-*/%]", ...scope("keyword.operator.arithmetic") },
      { match: "\\?", ...scope("keyword.operator.ternary") },
      { match: "\\|", ...scope("keyword.operator.type") },
      { match: "=", ...scope("keyword.operator.assignment") },
      { match: ",", ...scope("punctuation.separator.comma") },
      { match: ":", ...scope("punctuation.separator.colon") },
    ],
  },
  artifactName: { match: up, ...scope("entity.name.type.artifact") },
  roleName: { match: up, ...scope("variable.other.constant.role") },
  expression: { patterns: include("roundExpression", "squareExpression", "value", "artifactName") },
  roundExpression: brackets("\\(", "\\)", include("record", "expression")),
  squareExpression: brackets("\\[", "\\]", include("expression")),

  /** `{ name, of: Plan { n: 1 } }`: a word is a key until its colon, then a value until the comma. */
  record: brackets("\\{", "\\}", [
    ...include("comment"),
    {
      begin: ":",
      beginCaptures: { 0: scope("punctuation.separator.colon") },
      end: `(?=[,}])|${nextDeclaration}`,
      patterns: include("record", "expression"),
    },
    { match: word, ...scope("variable.other.property") },
    { match: ",", ...scope("punctuation.separator.comma") },
  ]),

  // ---- types -------------------------------------------------------------------------------------------

  type: {
    patterns: [
      ...include("comment", "string", "number", "constant", "matches", "artifactName"),
      keyword(types.join("|"), "support.type"),
      { match: low, ...scope("variable.other.readwrite") },
      { include: "#fields" },
      brackets("\\(", "\\)", include("type")),
      brackets("\\[", "\\]", include("type")),
      brackets("<", ">", include("type")),
      ...include("operator"),
    ],
  },

  /** The body of an artifact or of a record in a type: fields, then what holds of them. */
  fields: brackets("\\{", "\\}", [
    ...include("comment"),
    {
      match: String.raw`(${word})\s*+(\?)?+\s*+(:)`,
      captures: captures("variable.other.property", "keyword.operator.optional", "punctuation.separator.colon"),
    },
    {
      begin: String.raw`\b(where)\b`,
      beginCaptures: captures("keyword.other.clause.where"),
      end: `(?=\\}|\\bwhere\\b)|${nextDeclaration}`,
      patterns: include("expression"),
    },
    ...include("type"),
  ]),

  // ---- declarations ------------------------------------------------------------------------------------

  import: {
    name: "meta.import.chor",
    begin: String.raw`\b(import)\b`,
    beginCaptures: captures("keyword.control.import"),
    end: String.raw`(?=${declaration})`,
    patterns: [
      ...include("comment", "string"),
      keyword("from", "keyword.control.from"),
      brackets("\\{", "\\}", [
        ...include("comment", "artifactName"),
        keyword("as", "keyword.control.as"),
        { match: ",", ...scope("punctuation.separator.comma") },
      ]),
    ],
  },
  artifact: declares("artifact", [keyword("schema|type", "keyword.other.clause.reference"), ...include("type")]),
  contract: declares("contract", [
    ...include("comment", "parameters"),
    { match: up, ...scope("entity.name.function.contract") },
    keyword("external", "keyword.other.clause.external"),
    brackets("\\{", "\\}", [keyword("require", "keyword.other.clause.require"), ...include("expression")]),
  ]),
  choreography: declares("choreography", [
    ...include("comment", "number", "parameters"),
    { match: up, ...scope("entity.name.function.choreography") },
    keyword("within", "keyword.other.clause.within"),
    brackets("<", ">", [
      ...include("comment"),
      { match: up, ...scope("entity.name.type.parameter") },
      { match: ",", ...scope("punctuation.separator.comma") },
    ]),
    { include: "#block" },
    { match: low, ...scope("variable.other.readwrite") },
  ]),

  /** Roles and values, of a choreography or a contract: behind a colon stands a type. */
  parameters: brackets("\\(", "\\)", [
    {
      begin: ":",
      beginCaptures: { 0: scope("punctuation.separator.colon") },
      end: `(?=[,)}])|${nextDeclaration}`,
      patterns: include("type"),
    },
    ...include("comment", "roleName", "number"),
    { match: low, ...scope("variable.parameter") },
    { match: "\\?", ...scope("keyword.operator.optional") },
    brackets("\\[", "\\]", include("value")),
    ...include("operator"),
  ]),

  // ---- statements --------------------------------------------------------------------------------------

  block: brackets("\\{", "\\}", include("statement")),
  /** Everything in a block. A capital that nothing has announced is a role. */
  statement: {
    patterns: [
      ...include("comment", "block", "receivers", "message", "saga", "do", "scatter", "loop"),
      announcesLow(String.raw`\b(?:break|continue)\b`, "keyword.control.loop", "entity.name.label"),
      announcesLow(String.raw`\bchoice\b`, "keyword.control.choice", "entity.name.label"),
      announcesLow(String.raw`\bas\b`, "keyword.other.clause.as", "variable.other.readwrite"),
      announcesUp(String.raw`\bgate\b`, "keyword.other.clause.gate", "entity.name.function.contract"),
      announcesUp(String.raw`(?<=\))\s*+,`, "punctuation.separator.comma", "entity.name.function.contract"),
      {
        begin: String.raw`\b(quorum)\b\s*+`,
        beginCaptures: captures("keyword.other.clause.quorum"),
        end: String.raw`(?<=\w)|(?=[^\sa-z_/]|${hard})`,
        patterns: [
          ...include("comment"),
          keyword("all|majority", "constant.language.quorum"),
          { match: low, ...scope("variable.other.readwrite") },
        ],
      },
      keyword(words.control.join("|"), "keyword.control"),
      keyword(words.clause.join("|"), "keyword.other.clause"),
      { match: String.raw`${up}(?=\s*+\()`, ...scope("entity.name.function.contract") },
      ...include("everyMember", "roundExpression", "squareExpression", "value", "roleName"),
    ],
  },
  everyMember: {
    match: String.raw`(\[)\s*+(\*)\s*+(\])`,
    captures: captures("punctuation.bracket", "keyword.operator.every", "punctuation.bracket"),
  },
  /** `-> B, C[*]` up to the colon. Arrows that other hands write are refused, but read. */
  receivers: {
    begin: "-{1,2}+>|[→⟶➔]",
    beginCaptures: { 0: scope("keyword.operator.arrow") },
    end: String.raw`(?=[:{}()]|${hard})`,
    patterns: [
      ...include("comment", "roleName", "everyMember"),
      { match: "\\*", ...scope("keyword.operator.every") },
      { match: ",", ...scope("punctuation.separator.comma") },
    ],
  },
  /** `: Label`, perhaps with its record. The colon of a ternary or of a message text announces nothing. */
  message: {
    begin: ":",
    beginCaptures: { 0: scope("punctuation.separator.colon") },
    end: String.raw`(?<=[\w}])|(?=[^\sA-Z/])`,
    patterns: [
      ...include("comment"),
      {
        begin: String.raw`(${up})\s*+(?=\{)`,
        beginCaptures: captures("entity.name.function.label"),
        end: String.raw`(?<=\})`,
        patterns: include("record"),
      },
      { match: up, ...scope("entity.name.function.label") },
    ],
  },
  /** `do Agree<Brief>(Lead, [Coder[*], Reviewer], 2)`: in these parentheses a capital is a role. */
  do: {
    begin: String.raw`\b(do)\b\s*+`,
    beginCaptures: captures("keyword.control.do"),
    end: String.raw`(?<=\))|(?=[{}]|${hard})`,
    patterns: [
      ...include("comment"),
      { match: up, ...scope("entity.name.function.choreography") },
      brackets("<", ">", include("comment", "artifactName", "operator")),
      brackets("\\(", "\\)", include("arguments")),
    ],
  },
  arguments: {
    patterns: [
      ...include("everyMember"),
      brackets("\\[", "\\]", include("arguments")),
      ...include("roundExpression", "value", "roleName"),
    ],
  },
  scatter: {
    begin: String.raw`\b(scatter)\b`,
    beginCaptures: captures("keyword.control.scatter"),
    end: String.raw`(?=[{}])`,
    patterns: [
      announcesLow(String.raw`\bas\b`, "keyword.other.clause.as", "variable.other.readwrite"),
      { match: String.raw`(?<!\.)\bover\b(?=\s*+(?:[A-Z/]|$))`, ...scope("keyword.control.over") },
      { match: String.raw`(?<!\.)\bafter\b(?!\s*+(?:\.|as\b))`, ...scope("keyword.control.after") },
      ...include("roundExpression", "squareExpression", "value", "roleName"),
    ],
  },
  loop: {
    begin: String.raw`\b(loop)\b`,
    beginCaptures: captures("keyword.control.loop"),
    end: String.raw`(?=[{}]|->|${hard})`,
    patterns: [
      ...include("comment"),
      { match: String.raw`(?<=loop)\s++(${low})`, captures: captures("entity.name.label") },
      {
        match: String.raw`\b(max)\b(?:\s++(${low}))?+`,
        captures: captures("keyword.control.max", "variable.other.readwrite"),
      },
      { match: low, ...scope("entity.name.label") },
      ...include("number", "operator"),
    ],
  },
  /** Only here `step` and `undo` begin something. */
  saga: {
    begin: String.raw`\b(saga)\b`,
    beginCaptures: captures("keyword.control.saga"),
    end: String.raw`(?<=\})|(?=${hard}|->)`,
    patterns: [
      ...include("comment"),
      brackets("\\{", "\\}", [
        keyword("step|undo", "keyword.control.saga"),
        ...include("comment", "block", "statement"),
      ]),
    ],
  },
};

/** The grammar as TextMate wants it. */
export const grammar = {
  $schema: "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
  name: "chor",
  displayName: "Chor",
  scopeName: "source.chor",
  fileTypes: ["chor"],
  patterns: [
    ...include("comment", "import", "artifact", "contract", "choreography"),
    keyword("open", "storage.modifier.open"),
    ...include("string"),
  ],
  repository,
};

function commentMark() {
  return "punctuation.definition.comment";
}
