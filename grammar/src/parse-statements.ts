// The grammar of blocks and of the statements that are no control structure: interactions, `do`, and the ways out.

import { EOF } from "chevrotain";
import { is, spanOf } from "./lex.js";
import { ControlParser } from "./parse-control.js";
import { broken, statementStarts } from "./recovery.js";
import type { Span } from "./source.js";
import * as t from "./tokens.js";
import type {
  ArgumentTree,
  BlockTree,
  BoundTree,
  CheckTree,
  ConditionTree,
  InteractionTree,
  Name,
  QuorumTree,
  RoleTree,
  StatementTree,
  TimeTree,
} from "./tree.js";

export class StatementParser extends ControlParser {
  readonly block = this.RULE(
    "block",
    (): BlockTree | null => {
      const start = this.LA(1);
      const statements: StatementTree[] = [];
      this.CONSUME(t.LCurly);
      this.MANY({
        GATE: () => this.toStatement(),
        DEF: () => {
          const statement = this.SUBRULE(this.statement);
          this.ACTION(() => statement !== null && statements.push(statement));
        },
      });
      this.CONSUME(t.RCurly);
      return this.ACTION(() => ({ statements, span: this.since(start) }));
    },
    broken,
  );

  readonly statement = this.RULE(
    "statement",
    (): StatementTree | null =>
      this.OR({
        DEF: [
          { ALT: () => this.SUBRULE(this.interaction) },
          { ALT: () => this.SUBRULE(this.choice) },
          { ALT: () => this.SUBRULE(this.loop) },
          { ALT: () => this.SUBRULE(this.par) },
          { ALT: () => this.SUBRULE(this.scatter) },
          { ALT: () => this.SUBRULE(this.pick) },
          { ALT: () => this.SUBRULE(this.doStatement) },
          { ALT: () => this.SUBRULE(this.saga) },
          { ALT: () => this.SUBRULE(this.jump) },
          { ALT: () => this.SUBRULE(this.wayOut) },
          { ALT: () => this.SUBRULE(this.stray) },
        ],
        ERR_MSG: "a statement",
      }),
    broken,
  );

  readonly interaction = this.RULE(
    "interaction",
    (): InteractionTree | null => {
      const start = this.LA(1);
      const from = this.SUBRULE(this.role);
      this.CONSUME(t.Arrow);
      const receivers = this.SUBRULE(this.receivers);
      this.CONSUME(t.Colon);
      const message = this.SUBRULE(this.message);

      let as: InteractionTree["as"] = null;
      let quorum: QuorumTree | null = null;
      const where: ConditionTree[] = [];
      const gates: CheckTree[] = [];
      let retry: BoundTree | null = null;
      let within: TimeTree | null = null;
      let otherwise: BlockTree | null = null;
      const seen: { word: string; span: Span }[] = [];
      this.MANY({
        GATE: () => this.toClause(),
        DEF: () => {
          this.ACTION(() => this.noteClause(this.LA(1).image, spanOf(this.LA(1)), seen));
          this.OR([
            { ALT: () => (this.CONSUME(t.As), (as = this.SUBRULE(this.binding))) },
            { ALT: () => (this.CONSUME(t.Quorum), (quorum = this.SUBRULE(this.quorum))) },
            {
              ALT: () => {
                this.CONSUME(t.Where);
                const condition = this.SUBRULE(this.condition);
                this.ACTION(() => condition !== null && where.push(condition));
              },
            },
            {
              ALT: () => {
                this.CONSUME(t.Gate);
                const checks = this.SUBRULE(this.checks);
                this.ACTION(() => checks.forEach((check) => gates.push(check)));
              },
            },
            { ALT: () => (this.CONSUME(t.Retry), (retry = this.SUBRULE(this.bound))) },
            { ALT: () => (this.CONSUME(t.Within), (within = this.SUBRULE(this.time))) },
            { ALT: () => (this.CONSUME(t.Else), (otherwise = this.SUBRULE(this.block))) },
          ]);
        },
      });
      return this.ACTION(() => {
        if (from === null || receivers === null || message === null) return null;
        const clauses = { as, quorum, where, gates, retry, within, otherwise };
        const doc = this.docAt(start);
        return { kind: "interaction", doc, from, ...receivers, message, ...clauses, span: this.since(start) };
      });
    },
    broken,
  );

  readonly doStatement = this.RULE(
    "doStatement",
    (): StatementTree | null => {
      const start = this.CONSUME(t.Do);
      const choreography = this.upper(1, "a choreography");
      const typeArguments: Name[] = [];
      const values: (ArgumentTree | null)[] = [];
      let as: Name | null = null;
      this.OPTION1(() => {
        this.CONSUME(t.Less);
        typeArguments.push(this.upper(2, "an artifact"));
        this.MANY1(() => {
          this.CONSUME1(t.Comma);
          typeArguments.push(this.upper(3, "an artifact"));
        });
        this.CONSUME(t.Greater);
      });
      this.CONSUME(t.LRound);
      values.push(this.SUBRULE1(this.argument));
      this.MANY2(() => {
        this.CONSUME2(t.Comma);
        values.push(this.SUBRULE2(this.argument));
      });
      this.close(t.RRound, "doStatement");
      this.OPTION2(() => {
        this.CONSUME(t.As);
        as = this.lower(4, "a name");
      });
      const otherwise = this.SUBRULE(this.otherwise);
      return this.ACTION(() => {
        const whole = values.filter((value) => value !== null);
        if (whole.length < values.length) return null;
        return { kind: "do", choreography, typeArguments, arguments: whole, as, otherwise, span: this.since(start) };
      });
    },
    broken,
  );

  readonly argument = this.RULE(
    "argument",
    (): ArgumentTree | null => {
      const start = this.LA(1);
      return this.OR({
        MAX_LOOKAHEAD: 1,
        DEF: [
          {
            IGNORE_AMBIGUITIES: true,
            ALT: () => {
              const role = this.SUBRULE1(this.role);
              return this.ACTION(() => (role === null ? null : { kind: "role" as const, role, span: role.span }));
            },
          },
          {
            GATE: () => is(this.LA(2), t.Up),
            IGNORE_AMBIGUITIES: true,
            ALT: () => {
              const roles: (RoleTree | null)[] = [];
              this.CONSUME(t.LSquare);
              roles.push(this.SUBRULE2(this.role));
              this.MANY(() => {
                this.CONSUME(t.Comma);
                roles.push(this.SUBRULE3(this.role));
              });
              this.close(t.RSquare, "argument");
              return this.ACTION(() => {
                const whole = roles.filter((role) => role !== null);
                if (whole.length < roles.length) return null;
                return { kind: "roles" as const, roles: whole, span: this.since(start) };
              });
            },
          },
          {
            ALT: () => {
              const expression = this.SUBRULE(this.expression);
              return this.ACTION(() =>
                expression === null ? null : { kind: "value" as const, expression, span: expression.span },
              );
            },
          },
        ],
        ERR_MSG: "a role or a value",
      });
    },
    broken,
  );

  /** `break attempt`, `continue attempt`. */
  readonly jump = this.RULE(
    "jump",
    (): StatementTree | null => {
      const token = this.OR([{ ALT: () => this.CONSUME(t.Break) }, { ALT: () => this.CONSUME(t.Continue) }]);
      const loop = this.lower(1, "the name of a loop");
      return this.ACTION(() => {
        const kind = token.tokenType === t.Break ? "break" : "continue";
        return { kind, loop, span: this.since(token) };
      });
    },
    broken,
  );

  readonly wayOut = this.RULE(
    "wayOut",
    (): StatementTree | null =>
      this.OR([
        { ALT: () => ({ kind: "return", span: spanOf(this.CONSUME(t.Return)) }) },
        { ALT: () => ({ kind: "abort", span: spanOf(this.CONSUME(t.Abort)) }) },
        {
          ALT: () => {
            const start = this.CONSUME(t.Fail);
            const reason = this.text(1, "a string that says why");
            return this.ACTION(() => ({ kind: "fail", reason, span: this.since(start) }));
          },
        },
      ]),
    broken,
  );

  /** A block that belongs to nothing, perhaps with `else`, `or` or `and`: told, and read for what is wrong in it. */
  readonly stray = this.RULE(
    "stray",
    (): null => {
      const token = this.LA(1);
      const previous = this.LA(0);
      this.OPTION1(() =>
        this.OR([
          { ALT: () => this.CONSUME(t.Else) },
          { ALT: () => this.CONSUME(t.Or) },
          { ALT: () => this.CONSUME(t.And) },
        ]),
      );
      this.ACTION(() => {
        // Behind a header that means nothing the block is what remains of it.
        if (token.tokenType === t.LCurly && this.garbage.at(-1)?.last === previous) return;
        this.garbage.push({
          expected: "something for this block to belong to",
          rule: "stray",
          token,
          last: null,
          sure: true,
        });
      });
      this.OPTION2(() => this.SUBRULE(this.guard));
      this.SUBRULE(this.block);
      return null;
    },
    broken,
  );

  /** Sees to it that a statement begins here or the block ends; always true, for use as a gate. */
  private toStatement(): boolean {
    this.respell(t.statementWords);
    if (is(this.LA(1), t.Low) && is(this.LA(2), t.Arrow)) this.capitalize("a role");
    // A capital alone is taken for an interaction that lacks its arrow; after other garbage only a whole one is.
    if (is(this.LA(1), t.Up)) return true;
    const found = (): boolean => this.startsInteraction(1) || this.startsBlock();
    while (!found() && ![t.RCurly, EOF].includes(this.LA(1).tokenType)) this.skipGarbage("a statement", found);
    return true;
  }

  /** A hard word that begins a statement, or a block, with or without a word that belongs to something before it. */
  private startsBlock(): boolean {
    const { tokenType } = this.LA(1);
    const joins = [t.Else, t.Or, t.And].includes(tokenType);
    if (joins) return [t.LCurly, t.When].includes(this.LA(2).tokenType);
    return tokenType === t.LCurly || statementStarts.has(tokenType);
  }

  private toClause(): boolean {
    this.respell(t.clauseWords, t.statementWords);
    return true;
  }
}
