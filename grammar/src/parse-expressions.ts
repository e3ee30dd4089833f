// The grammar of expressions. Binary operators are read in one loop and folded by their precedence afterwards,
// so the parser recurses only where brackets, `=>` or `?:` do.

import type { IToken } from "chevrotain";
import { is, spanOf } from "./lex.js";
import { lowerCamel } from "./names.js";
import { TypeParser } from "./parse-types.js";
import { broken, nameOf } from "./recovery.js";
import { cover } from "./source.js";
import * as syntax from "./syntax-errors.js";
import { durationValue, numberValue, unescape } from "./text.js";
import * as t from "./tokens.js";
import type { BinaryOperator, ConditionTree, ExpressionTree, Name, Text } from "./tree.js";

/** One step of a chain of operands: an operator with its right side, or `is` with an artifact. */
type Link =
  | { readonly operator: BinaryOperator; readonly right: ExpressionTree | null }
  | { readonly operator: "is"; readonly artifact: Name };

export class ExpressionParser extends TypeParser {
  readonly expression = this.RULE(
    "expression",
    (): ExpressionTree | null =>
      this.OR({
        MAX_LOOKAHEAD: 1,
        DEF: [
          { GATE: () => this.lambdaAhead(), ALT: () => this.SUBRULE(this.lambda), IGNORE_AMBIGUITIES: true },
          { ALT: () => this.SUBRULE(this.conditional) },
        ],
        ERR_MSG: "a value",
      }),
    broken,
  );

  readonly lambda = this.RULE(
    "lambda",
    (): ExpressionTree | null => {
      const start = this.LA(1);
      const parameters: Name[] = [];
      this.OR([
        { ALT: () => void parameters.push(this.lower(1, "a name")) },
        {
          ALT: () => {
            this.CONSUME(t.LRound);
            parameters.push(this.lower(2, "a name"));
            this.CONSUME(t.Comma);
            parameters.push(this.lower(3, "a name"));
            this.close(t.RRound, "lambda");
          },
        },
      ]);
      this.CONSUME(t.FatArrow);
      const body = this.SUBRULE(this.expression);
      return this.ACTION(() =>
        body === null ? null : { kind: "function", parameters, body, span: this.since(start) },
      );
    },
    broken,
  );

  readonly conditional = this.RULE(
    "conditional",
    (): ExpressionTree | null => {
      const test = this.SUBRULE(this.binary);
      let then: ExpressionTree | null = null;
      let otherwise: ExpressionTree | null = null;
      let decides = false;
      this.OPTION(() => {
        this.CONSUME(t.Question);
        then = this.SUBRULE1(this.expression);
        this.CONSUME(t.Colon);
        otherwise = this.SUBRULE2(this.expression);
        decides = true;
      });
      return this.ACTION(() => {
        if (!decides) return test;
        if (test === null || then === null || otherwise === null) return null;
        return { kind: "conditional", test, then, otherwise, span: this.since(test.span) };
      });
    },
    broken,
  );

  readonly binary = this.RULE(
    "binary",
    (): ExpressionTree | null => {
      const first = this.SUBRULE1(this.unary);
      const links: Link[] = [];
      this.MANY(() =>
        this.OR([
          {
            ALT: () => {
              const token = this.CONSUME(t.Operator);
              const right = this.SUBRULE2(this.unary);
              this.ACTION(() => links.push({ operator: operatorOf(token), right }));
            },
          },
          {
            ALT: () => {
              this.CONSUME(t.Is);
              links.push({ operator: "is", artifact: this.upper(1, "an artifact") });
            },
          },
        ]),
      );
      return this.ACTION(() => fold(first, links));
    },
    broken,
  );

  readonly unary = this.RULE(
    "unary",
    (): ExpressionTree | null => {
      const operators: IToken[] = [];
      this.MANY(() => {
        operators.push(this.OR([{ ALT: () => this.CONSUME(t.Not) }, { ALT: () => this.CONSUME(t.Minus) }]));
      });
      const operand = this.SUBRULE(this.postfix);
      return this.ACTION(() =>
        operators.reduceRight<ExpressionTree | null>(
          (inner, token) =>
            inner === null
              ? null
              : {
                  kind: "unary",
                  operator: token.tokenType === t.Not ? "!" : "-",
                  operand: inner,
                  span: cover(spanOf(token), inner.span),
                },
          operand,
        ),
      );
    },
    broken,
  );

  readonly postfix = this.RULE(
    "postfix",
    (): ExpressionTree | null => {
      let of = this.SUBRULE(this.primary);
      this.MANY(() =>
        this.OR([
          {
            ALT: () => {
              this.CONSUME(t.Dot);
              const field = nameOf(this.CONSUME(t.Word));
              this.ACTION(() => {
                if (of !== null) of = { kind: "field", of, field, span: this.since(of.span) };
              });
            },
          },
          {
            ALT: () => {
              this.CONSUME(t.LSquare);
              const index = this.SUBRULE(this.expression);
              this.close(t.RSquare, "postfix");
              this.ACTION(() => {
                of = of === null || index === null ? null : { kind: "index", of, index, span: this.since(of.span) };
              });
            },
          },
          {
            ALT: () => {
              const values = this.SUBRULE(this.callArguments);
              this.ACTION(() => {
                if (of === null || values === null) of = null;
                else of = { kind: "call", callee: of, arguments: values, span: this.since(of.span) };
              });
            },
          },
        ]),
      );
      return of;
    },
    broken,
  );

  /** `(a, b)`; null if one of them is broken. */
  readonly callArguments = this.RULE(
    "callArguments",
    (): readonly ExpressionTree[] | null => {
      this.CONSUME(t.LRound);
      const values: (ExpressionTree | null)[] = [];
      this.OPTION(() => {
        values.push(this.SUBRULE1(this.expression));
        this.MANY(() => {
          this.CONSUME(t.Comma);
          values.push(this.SUBRULE2(this.expression));
        });
      });
      this.close(t.RRound, "callArguments");
      return this.ACTION(() => allOf(values));
    },
    broken,
  );

  readonly primary = this.RULE(
    "primary",
    (): ExpressionTree | null => {
      const start = this.LA(1);
      return this.OR({
        DEF: [
          {
            ALT: () => {
              const name = nameOf(this.CONSUME(t.Low));
              return { kind: "name", name, span: name.span };
            },
          },
          { GATE: () => !this.startsInteraction(1), ALT: () => this.SUBRULE(this.capitalValue) },
          {
            ALT: () => {
              const value = numberValue(this.CONSUME(t.NumberLiteral).image) ?? 0;
              return this.ACTION((): ExpressionTree => ({ kind: "literal", value, span: this.since(start) }));
            },
          },
          {
            ALT: () => {
              const value = unescape(this.CONSUME(t.StringLiteral).image).value;
              return this.ACTION((): ExpressionTree => ({ kind: "literal", value, span: this.since(start) }));
            },
          },
          {
            ALT: () => {
              const milliseconds = durationValue(this.CONSUME(t.Duration).image);
              return this.ACTION((): ExpressionTree => ({ kind: "duration", milliseconds, span: this.since(start) }));
            },
          },
          { ALT: () => literal(this.CONSUME(t.True), true) },
          { ALT: () => literal(this.CONSUME(t.False), false) },
          { ALT: () => literal(this.CONSUME(t.Null), null) },
          {
            ALT: () => {
              this.CONSUME(t.LRound);
              const inner = this.SUBRULE(this.expression);
              this.close(t.RRound, "primary");
              return this.ACTION(() => (inner === null ? null : { ...inner, span: this.since(start) }));
            },
          },
          { ALT: () => this.SUBRULE(this.list) },
        ],
        ERR_MSG: "a value",
      });
    },
    broken,
  );

  /** `Module.name` where `module.name` is meant: a value never begins with a capital. */
  readonly capitalValue = this.RULE(
    "capitalValue",
    (): ExpressionTree | null => {
      const before = this.LA(0);
      const { text, span } = nameOf(this.CONSUME(t.Up));
      return this.ACTION(() => {
        const name = { text: lowerCamel(text), span };
        this.mends.push(syntax.smallWanted(span, "a value", text, name.text, comparisons.has(before.image)));
        return { kind: "name", name, span };
      });
    },
    broken,
  );

  readonly list = this.RULE(
    "list",
    (): ExpressionTree | null => {
      const start = this.LA(1);
      const items: (ExpressionTree | null)[] = [];
      this.CONSUME(t.LSquare);
      this.OPTION(() => {
        items.push(this.SUBRULE1(this.expression));
        this.MANY(() => {
          this.CONSUME(t.Comma);
          items.push(this.SUBRULE2(this.expression));
        });
      });
      this.close(t.RSquare, "list");
      return this.ACTION(() => {
        const whole = allOf(items);
        return whole === null ? null : { kind: "list", items: whole, span: this.since(start) };
      });
    },
    broken,
  );

  /** What stands behind `where` and `require`: an expression and what to say if it does not hold. */
  readonly condition = this.RULE(
    "condition",
    (): ConditionTree | null => {
      const start = this.LA(1);
      const expression = this.SUBRULE(this.expression);
      let message: Text | null = null;
      this.OPTION(() => {
        this.CONSUME(t.Colon);
        message = this.text(1, "a string that says why");
      });
      return this.ACTION(() => (expression === null ? null : { expression, message, span: this.since(start) }));
    },
    broken,
  );

  /** `x =>` or `(x, y) =>`: for the second the grammar needs three tokens. */
  private lambdaAhead(): boolean {
    if (this.LA(2).tokenType === t.FatArrow) return true;
    return this.LA(1).tokenType === t.LRound && is(this.LA(2), t.Low) && this.LA(3).tokenType === t.Comma;
  }
}

const precedence: Readonly<Record<Link["operator"], number>> = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  in: 4,
  is: 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
};

/** From a chain of operands to a tree, all operators to the left (Dijkstra's shunting yard); null if one is broken. */
function fold(first: ExpressionTree | null, links: readonly Link[]): ExpressionTree | null {
  if (first === null) return null;
  const operands = [first];
  const operators: BinaryOperator[] = [];
  const reduce = (atLeast: number): void => {
    while (operators.length > 0 && precedence[operators.at(-1) as BinaryOperator] >= atLeast) {
      const operator = operators.pop() as BinaryOperator;
      const right = operands.pop() as ExpressionTree;
      const left = operands.pop() as ExpressionTree;
      operands.push({ kind: "binary", operator, left, right, span: cover(left.span, right.span) });
    }
  };
  for (const link of links) {
    reduce(precedence[link.operator]);
    if (link.operator === "is") {
      const operand = operands.pop() as ExpressionTree;
      const span = cover(operand.span, link.artifact.span);
      operands.push({ kind: "is", operand, artifact: link.artifact, span });
      continue;
    }
    if (link.right === null) return null;
    operators.push(link.operator);
    operands.push(link.right);
  }
  reduce(0);
  return operands[0] ?? null;
}

/** The operator a token stands for; a look-alike stands for the right one. */
function operatorOf(token: IToken): BinaryOperator {
  return (t.lookAlikes.get(token.tokenType) ?? token.image) as BinaryOperator;
}

function literal(token: IToken, value: boolean | null): ExpressionTree {
  return { kind: "literal", value, span: spanOf(token) };
}

/** The list if all its elements could be read. */
function allOf<T>(elements: readonly (T | null)[]): readonly T[] | null {
  const whole = elements.filter((element) => element !== null);
  return whole.length === elements.length ? whole : null;
}

/** Behind which the member of a union is often written as if it were a value. */
const comparisons: ReadonlySet<string> = new Set(["==", "!=", "===", "!=="]);
