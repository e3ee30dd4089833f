// The grammar of one interaction but for its `else`: roles, receivers, the message with its payload, records,
// and the clauses `as`, `quorum`, `where`, `gate`, `retry`, `within`.

import { is, spanOf } from "./lex.js";
import { ArtifactParser } from "./parse-artifacts.js";
import { broken, nameOf } from "./recovery.js";
import type { Span } from "./source.js";
import * as syntax from "./syntax-errors.js";
import * as t from "./tokens.js";
import type {
  CheckTree,
  EntryTree,
  ExpressionTree,
  InteractionTree,
  MessageTree,
  PayloadTree,
  QuorumTree,
  RecordTree,
  RoleTree,
} from "./tree.js";

type Receivers = Pick<InteractionTree, "to" | "toSpan">;

export class InteractionParser extends ArtifactParser {
  readonly role = this.RULE(
    "role",
    (): RoleTree | null => {
      const start = this.LA(1);
      const name = this.upper(1, "a role");
      let all = false;
      this.OPTION(() => {
        this.CONSUME(t.LSquare);
        this.CONSUME(t.Star);
        this.close(t.RSquare, "role");
        all = true;
      });
      return this.ACTION(() => ({ name, all, span: this.since(start) }));
    },
    broken,
  );

  readonly receivers = this.RULE(
    "receivers",
    (): Receivers | null => {
      const start = this.LA(1);
      const roles: (RoleTree | null)[] = [];
      let everybody = false;
      this.ACTION(() => this.capitalize("a role"));
      this.OR({
        DEF: [
          {
            ALT: () => {
              this.CONSUME(t.Star);
              everybody = true;
            },
          },
          {
            ALT: () => {
              roles.push(this.SUBRULE1(this.role));
              this.MANY(() => {
                this.CONSUME(t.Comma);
                roles.push(this.SUBRULE2(this.role));
              });
            },
          },
        ],
        ERR_MSG: "the role that receives",
      });
      return this.ACTION(() => {
        const whole = roles.filter((role) => role !== null);
        if (whole.length < roles.length) return null;
        return { to: everybody ? null : whole, toSpan: this.since(start) };
      });
    },
    broken,
  );

  readonly message = this.RULE(
    "message",
    (): MessageTree | null => {
      const start = this.LA(1);
      const what = "a label or an artifact";
      this.ACTION(() => this.capitalize(what));
      // Without the gate a message that is missing would be taken from the next line.
      const label = this.OR1({
        DEF: [{ GATE: () => !this.startsInteraction(1), ALT: () => nameOf(this.CONSUME(t.Up)) }],
        ERR_MSG: what,
      });
      let payload: PayloadTree | null = { kind: "same" };
      this.OPTION(() =>
        this.OR2([
          {
            ALT: () => {
              const record = this.SUBRULE(this.record);
              this.ACTION(() => (payload = record === null ? null : { kind: "filled", artifact: label, record }));
            },
          },
          { ALT: () => (payload = this.SUBRULE(this.payload)) },
        ]),
      );
      return this.ACTION(() => (payload === null ? null : { label, payload, span: this.since(start) }));
    },
    broken,
  );

  readonly payload = this.RULE(
    "payload",
    (): PayloadTree | null => {
      let payload: PayloadTree | null = { kind: "none" };
      this.CONSUME(t.LRound);
      this.OPTION(() =>
        this.OR({
          MAX_LOOKAHEAD: 1,
          DEF: [
            {
              GATE: () => [t.RRound, t.LCurly].includes(this.LA(2).tokenType),
              ALT: () => (payload = this.SUBRULE(this.artifactPayload)),
              IGNORE_AMBIGUITIES: true,
            },
            {
              ALT: () => {
                const record = this.SUBRULE(this.record);
                this.ACTION(() => record !== null && this.mends.push(syntax.recordWithoutArtifact(record.span)));
                payload = null;
              },
            },
            {
              ALT: () => {
                const expression = this.SUBRULE(this.expression);
                this.ACTION(() => (payload = expression === null ? null : { kind: "computed", expression }));
              },
            },
          ],
          ERR_MSG: "an artifact or a value",
        }),
      );
      this.close(t.RRound, "payload");
      return this.ACTION(() => payload);
    },
    broken,
  );

  readonly artifactPayload = this.RULE(
    "artifactPayload",
    (): PayloadTree | null => {
      const artifact = nameOf(this.CONSUME(t.Up));
      let record: RecordTree | null = null;
      let filled = false;
      this.OPTION(() => {
        record = this.SUBRULE(this.record);
        filled = true;
      });
      return this.ACTION(() => {
        if (!filled) return { kind: "asked", artifact };
        return record === null ? null : { kind: "filled", artifact, record };
      });
    },
    broken,
  );

  readonly record = this.RULE(
    "record",
    (): RecordTree | null => {
      const start = this.LA(1);
      const entries: EntryTree[] = [];
      const add = (entry: EntryTree | null): void => void (entry !== null && entries.push(entry));
      this.CONSUME(t.LCurly);
      this.OPTION(() => {
        add(this.SUBRULE1(this.entry));
        this.MANY(() => {
          this.CONSUME(t.Comma);
          add(this.SUBRULE2(this.entry));
        });
      });
      this.close(t.RCurly, "record");
      return this.ACTION(() => ({ entries, span: this.since(start) }));
    },
    broken,
  );

  readonly entry = this.RULE(
    "entry",
    (): EntryTree | null => {
      const token = this.CONSUME(t.Word, { ERR_MSG: "the name of a field" });
      let value: EntryTree["value"] = null;
      let alone = true;
      this.OPTION(() => {
        this.CONSUME(t.Colon);
        alone = false;
        this.OR({
          MAX_LOOKAHEAD: 1,
          DEF: [
            {
              GATE: () => this.LA(2).tokenType === t.LCurly,
              ALT: () => (value = this.SUBRULE(this.recordValue)),
              IGNORE_AMBIGUITIES: true,
            },
            { ALT: () => (value = this.SUBRULE(this.expression)) },
          ],
          ERR_MSG: "a value",
        });
      });
      return this.ACTION(() => {
        if (alone && !is(token, t.Low)) this.mends.push(syntax.noShorthand(spanOf(token), token.image));
        return alone || value !== null ? { name: nameOf(token), value, span: this.since(token) } : null;
      });
    },
    broken,
  );

  readonly recordValue = this.RULE(
    "recordValue",
    (): EntryTree["value"] => {
      const artifact = nameOf(this.CONSUME(t.Up));
      const record = this.SUBRULE(this.record);
      return this.ACTION(() =>
        record === null ? null : { kind: "record", artifact, record, span: this.since(artifact.span) },
      );
    },
    broken,
  );

  readonly quorum = this.RULE(
    "quorum",
    (): QuorumTree | null => {
      const start = this.LA(1);
      return this.OR({
        MAX_LOOKAHEAD: 1,
        DEF: [
          {
            // `all` and `majority` are names everywhere else.
            GATE: () => ["all", "majority"].includes(this.LA(1).image),
            ALT: () => {
              const { image } = this.CONSUME(t.Low);
              return { kind: image === "all" ? "all" : "majority", span: spanOf(start) };
            },
            IGNORE_AMBIGUITIES: true,
          },
          {
            ALT: () => {
              const bound = this.SUBRULE(this.bound);
              return this.ACTION((): QuorumTree | null =>
                bound === null ? null : { kind: "count", bound, span: bound.span },
              );
            },
          },
        ],
        ERR_MSG: "`all`, `majority` or a number",
      });
    },
    broken,
  );

  readonly checks = this.RULE(
    "checks",
    (): readonly CheckTree[] => {
      const checks: CheckTree[] = [];
      const add = (check: CheckTree | null): void => void (check !== null && checks.push(check));
      add(this.SUBRULE1(this.check));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        add(this.SUBRULE2(this.check));
      });
      return checks;
    },
    { recoveryValueFunc: () => [] },
  );

  readonly check = this.RULE(
    "check",
    (): CheckTree | null => {
      const contract = this.upper(1, "a contract");
      const values: readonly ExpressionTree[] | null = this.SUBRULE(this.callArguments);
      return this.ACTION(() =>
        values === null ? null : { contract, arguments: values, span: this.since(contract.span) },
      );
    },
    broken,
  );

  /** `name` or `name[]` behind `as`. */
  readonly binding = this.RULE(
    "binding",
    (): InteractionTree["as"] => {
      const name = this.lower(1, "a name");
      let collects = false;
      this.OPTION(() => {
        this.CONSUME(t.LSquare);
        this.close(t.RSquare, "binding");
        collects = true;
      });
      return this.ACTION(() => ({ name, collects }));
    },
    broken,
  );

  /** Tells a clause that stands twice or behind one that it should precede. `seen` are the clauses before it. */
  protected noteClause(word: string, span: Span, seen: { readonly word: string; readonly span: Span }[]): void {
    const order = t.clauseWords.map((type) => String(type.PATTERN));
    const last = seen.at(-1);
    const twin = seen.find((clause) => clause.word === word);
    if (twin !== undefined && word !== "where") this.mends.push(syntax.clauseTwice(span, word, twin.span));
    else if (last !== undefined && order.indexOf(word) < order.indexOf(last.word)) {
      const follower = seen.find((clause) => order.indexOf(clause.word) > order.indexOf(word)) ?? last;
      this.mends.push(syntax.clauseOrder(span, word, follower.word, follower.span, order));
    }
    seen.push({ word, span });
  }
}
