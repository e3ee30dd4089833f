// Which way the parser goes at an alternative, an option or a repetition: by the one token that comes next. In: the
// rules as Chevrotain has recorded them; out: a function for each decision. Chevrotain has this for any number of
// tokens and works out all decisions of the grammar before it parses the first file; for one token sets of token types
// will do, and each decision is worked out when it is first taken. That is a good part of the time to the first answer.

import {
  Alternation,
  LLkLookaheadStrategy,
  NonTerminal,
  Option,
  Repetition,
  Terminal,
  type BaseParser,
  type IProduction,
  type Rule,
} from "chevrotain";

type Strategy = InstanceType<typeof LLkLookaheadStrategy>;
type Alternatives = Parameters<ReturnType<Strategy["buildLookaheadForAlternation"]>>[0];

/** What a piece of the grammar can begin with, as indices of token types, and whether it can be nothing at all. */
interface Beginning {
  readonly types: ReadonlySet<number>;
  readonly empty: boolean;
}

export class OneTokenLookahead extends LLkLookaheadStrategy {
  private readonly known = new Map<Rule, Beginning>();

  constructor() {
    super({ maxLookahead: 1 });
  }

  /** The first alternative that can begin with the next token and whose gate, if it has one, is open. */
  override buildLookaheadForAlternation({ rule, prodOccurrence }: { rule: Rule; prodOccurrence: number }) {
    let beginnings: readonly Beginning[] | null = null;
    /** The alternatives that can begin with a token type, in their order. */
    const ways = new Map<number, readonly number[]>();
    const waysFor = (type: number): readonly number[] => {
      beginnings ??= found(rule, Alternation, prodOccurrence).map((each) => this.beginningOf([each]));
      const fitting = beginnings.flatMap(({ types, empty }, i) => (empty || types.has(type) ? [i] : []));
      ways.set(type, fitting);
      return fitting;
    };
    return function (this: BaseParser, alternatives: Alternatives): number | undefined {
      const type = this.LA(1).tokenTypeIdx;
      return (ways.get(type) ?? waysFor(type)).find((way) => alternatives?.[way]?.GATE?.call(this) !== false);
    };
  }

  /** Whether the next token can begin what is optional or repeated. */
  override buildLookaheadForOptional(decision: { rule: Rule; prodOccurrence: number; prodType: string }) {
    const { rule, prodOccurrence, prodType } = decision;
    let beginning: Beginning | null = null;
    const work = (): Beginning =>
      this.beginningOf(found(rule, prodType === "Option" ? Option : Repetition, prodOccurrence));
    return function (this: BaseParser): boolean {
      beginning ??= work();
      return beginning.empty || beginning.types.has(this.LA(1).tokenTypeIdx);
    };
  }

  /** Of a sequence. Recurses as deep as rules begin with one another, which is finite without left recursion. */
  private beginningOf(sequence: readonly IProduction[]): Beginning {
    const types = new Set<number>();
    for (const production of sequence) {
      const first = this.beginningOfOne(production);
      for (const type of first.types) types.add(type);
      if (!first.empty) return { types, empty: false };
    }
    return { types, empty: true };
  }

  private beginningOfOne(production: IProduction): Beginning {
    if (production instanceof Terminal) {
      const { tokenTypeIdx, categoryMatches } = production.terminalType;
      return { types: new Set([tokenTypeIdx ?? 0, ...(categoryMatches ?? [])]), empty: false };
    }
    if (production instanceof NonTerminal) {
      const rule = production.referencedRule;
      const known = this.known.get(rule) ?? this.beginningOf(rule.definition);
      this.known.set(rule, known);
      return known;
    }
    const { definition } = production as IProduction & { readonly definition: IProduction[] };
    if (!(production instanceof Alternation)) {
      const { types, empty } = this.beginningOf(definition);
      return { types, empty: empty || production instanceof Option || production instanceof Repetition };
    }
    const each = definition.map((alternative) => this.beginningOf([alternative]));
    return { types: new Set(each.flatMap(({ types }) => [...types])), empty: each.some(({ empty }) => empty) };
  }
}

type Kind = typeof Alternation | typeof Option | typeof Repetition;

/** What is inside the production of a kind that has this number in the rule. */
function found(rule: Rule, kind: Kind, number: number): readonly IProduction[] {
  const waiting: IProduction[] = [...rule.definition];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next instanceof kind && next.idx === number) return next.definition;
    if (!(next instanceof Terminal) && !(next instanceof NonTerminal)) {
      waiting.push(...(next as IProduction & { readonly definition: IProduction[] }).definition);
    }
  }
  return [];
}
