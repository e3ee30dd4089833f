// The grammar of types: `type`, `postfixType`, `baseType`, `field`, `range`, `bound`, and `time`.

import { spanOf } from "./lex.js";
import { broken, nameOf, RecoveringParser } from "./recovery.js";
import * as syntax from "./syntax-errors.js";
import { durationValue, numberValue, patternParts, unescape } from "./text.js";
import * as t from "./tokens.js";
import type { BoundTree, FieldTree, PatternTree, RangeTree, TimeTree, TypeTree } from "./tree.js";

export class TypeParser extends RecoveringParser {
  readonly type = this.RULE(
    "type",
    (): TypeTree | null => {
      const start = this.LA(1);
      const members: (TypeTree | null)[] = [this.SUBRULE1(this.postfixType)];
      this.MANY(() => {
        this.CONSUME(t.Pipe);
        members.push(this.SUBRULE2(this.postfixType));
      });
      return this.ACTION(() => {
        const whole = members.filter((member) => member !== null);
        if (whole.length < members.length) return null;
        return whole.length === 1 ? (whole[0] ?? null) : { kind: "union", members: whole, span: this.since(start) };
      });
    },
    broken,
  );

  readonly postfixType = this.RULE(
    "postfixType",
    (): TypeTree | null => {
      const start = this.LA(1);
      let type = this.SUBRULE(this.baseType);
      this.MANY(() => {
        let range: RangeTree | null = null;
        this.CONSUME(t.LSquare);
        this.OPTION(() => (range = this.SUBRULE(this.range)));
        this.close(t.RSquare, "postfixType");
        this.ACTION(() => {
          if (type !== null) type = { kind: "list", item: type, range, span: this.since(start) };
        });
      });
      return type;
    },
    broken,
  );

  readonly baseType = this.RULE(
    "baseType",
    (): TypeTree | null => {
      const start = this.LA(1);
      return this.OR({
        // Without the gate a field that lacks its type would take the name of the next one for it.
        DEF: [
          { GATE: () => !this.fieldAhead() && !this.declarationAhead(), ALT: () => this.SUBRULE(this.namedType) },
          { ALT: () => this.SUBRULE(this.literalType) },
          { ALT: () => this.SUBRULE(this.recordType) },
          {
            ALT: () => {
              this.CONSUME(t.LRound);
              const type = this.SUBRULE(this.type);
              this.close(t.RRound, "baseType");
              return this.ACTION(() => (type === null ? null : { ...type, span: this.since(start) }));
            },
          },
        ],
        ERR_MSG: "a type",
      });
    },
    broken,
  );

  readonly namedType = this.RULE(
    "namedType",
    (): TypeTree | null => {
      const start = this.LA(1);
      const parameters: (TypeTree | null)[] = [];
      let range: RangeTree | null = null;
      let matches: PatternTree | null = null;
      const name = this.OR([{ ALT: () => this.CONSUME(t.Low) }, { ALT: () => this.CONSUME(t.Up) }]);
      this.OPTION1(() => {
        this.CONSUME(t.Less);
        parameters.push(this.SUBRULE1(this.type));
        this.MANY(() => {
          this.CONSUME(t.Comma);
          parameters.push(this.SUBRULE2(this.type));
        });
        this.CONSUME(t.Greater);
      });
      this.OPTION2(() => {
        this.CONSUME(t.LRound);
        range = this.SUBRULE(this.range);
        this.close(t.RRound, "namedType");
      });
      // A field may be called `matches`.
      this.OPTION3({ GATE: () => !this.fieldAhead(), DEF: () => (matches = this.SUBRULE(this.pattern)) });
      return this.ACTION(() => {
        const whole = parameters.filter((parameter) => parameter !== null);
        if (whole.length < parameters.length) return null;
        return { kind: "named", name: nameOf(name), arguments: whole, range, matches, span: this.since(start) };
      });
    },
    broken,
  );

  readonly pattern = this.RULE(
    "pattern",
    (): PatternTree | null => {
      const start = this.LA(1);
      this.CONSUME(t.Matches);
      const regex = this.CONSUME(t.Regex);
      return this.ACTION(() => ({ ...patternParts(regex.image), span: this.since(start) }));
    },
    broken,
  );

  readonly literalType = this.RULE(
    "literalType",
    (): TypeTree | null => {
      const start = this.LA(1);
      const value = this.OR([
        { ALT: () => unescape(this.CONSUME(t.StringLiteral).image).value },
        { ALT: () => this.SUBRULE(this.signed) },
        { ALT: () => (this.CONSUME(t.True), true) },
        { ALT: () => (this.CONSUME(t.False), false) },
        { ALT: () => (this.CONSUME(t.Null), null) },
      ]);
      return this.ACTION(() => ({ kind: "literal", value, span: this.since(start) }));
    },
    broken,
  );

  readonly signed = this.RULE(
    "signed",
    (): number => {
      let sign = 1;
      this.OPTION(() => {
        this.CONSUME(t.Minus);
        sign = -1;
      });
      const { image } = this.CONSUME(t.NumberLiteral);
      const value = numberValue(image) ?? 0;
      return value === 0 ? 0 : sign * value;
    },
    { recoveryValueFunc: () => 0 },
  );

  readonly recordType = this.RULE(
    "recordType",
    (): TypeTree | null => {
      const start = this.LA(1);
      const fields: FieldTree[] = [];
      this.CONSUME(t.LCurly);
      this.MANY(() =>
        this.OR([
          {
            ALT: () => {
              const field = this.SUBRULE(this.field);
              this.ACTION(() => field !== null && fields.push(field));
            },
          },
          { ALT: () => this.SUBRULE(this.separator) },
        ]),
      );
      this.close(t.RCurly, "recordType");
      return this.ACTION(() => ({ kind: "record", fields, span: this.since(start) }));
    },
    broken,
  );

  readonly field = this.RULE(
    "field",
    (): FieldTree | null => {
      const name = this.CONSUME(t.Word);
      let optional = false;
      this.OPTION(() => {
        this.CONSUME(t.Question);
        optional = true;
      });
      this.CONSUME(t.Colon);
      const type = this.SUBRULE(this.type);
      return this.ACTION(() =>
        type === null ? null : { doc: this.docAt(name), name: nameOf(name), optional, type, span: this.since(name) },
      );
    },
    broken,
  );

  /** A comma where nothing needs to be separated. */
  readonly separator = this.RULE("separator", (): void => {
    const comma = this.CONSUME(t.Comma);
    this.ACTION(() => void this.mends.push(syntax.separator(spanOf(comma))));
  });

  readonly range = this.RULE(
    "range",
    (): RangeTree | null => {
      const start = this.LA(1);
      let low: BoundTree | null = null;
      let high: BoundTree | null = null;
      let exact = false;
      this.OR({
        DEF: [
          {
            ALT: () => {
              this.CONSUME1(t.DotDot);
              high = this.SUBRULE1(this.bound);
            },
          },
          {
            ALT: () => {
              low = this.SUBRULE2(this.bound);
              high = low;
              exact = true;
              this.OPTION1(() => {
                this.CONSUME2(t.DotDot);
                exact = false;
                high = null;
                this.OPTION2(() => (high = this.SUBRULE3(this.bound)));
              });
            },
          },
        ],
        ERR_MSG: "a range like `1..120`",
      });
      return this.ACTION(() => ({ low, high, exact, span: this.since(start) }));
    },
    broken,
  );

  readonly bound = this.RULE(
    "bound",
    (): BoundTree | null => {
      const start = this.LA(1);
      return this.OR({
        DEF: [
          {
            ALT: () => {
              const value = this.SUBRULE(this.signed);
              return this.ACTION((): BoundTree => ({ kind: "number", value, span: this.since(start) }));
            },
          },
          {
            ALT: () => {
              const token = this.CONSUME(t.Low);
              return this.ACTION((): BoundTree => ({ kind: "value", name: token.image, span: spanOf(token) }));
            },
          },
        ],
        ERR_MSG: "a number",
      });
    },
    broken,
  );

  readonly time = this.RULE(
    "time",
    (): TimeTree | null =>
      this.OR({
        DEF: [
          {
            ALT: () => {
              const token = this.CONSUME(t.Duration);
              return { kind: "duration", milliseconds: durationValue(token.image), span: spanOf(token) };
            },
          },
          {
            ALT: () => {
              const token = this.CONSUME(t.Low);
              return { kind: "value", name: token.image, span: spanOf(token) };
            },
          },
        ],
        ERR_MSG: "a duration like `20m`",
      }),
    broken,
  );
}
