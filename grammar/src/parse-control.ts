// The grammar of the control structures: choice, loop, par, scatter, pick, saga. What stands between a word and
// its block is a rule of its own (`loopHead` …): an error in it does not hide those in the block.

import { EOF, type ParserMethod } from "chevrotain";
import { spanOf } from "./lex.js";
import { InteractionParser } from "./parse-interactions.js";
import { broken, nameOf } from "./recovery.js";
import type { Span } from "./source.js";
import * as syntax from "./syntax-errors.js";
import * as t from "./tokens.js";
import type {
  BlockTree,
  BoundTree,
  ChoiceTree,
  ExpressionTree,
  LoopTree,
  Name,
  ParTree,
  PickTree,
  SagaTree,
  ScatterTree,
  TimeTree,
} from "./tree.js";

type Branch = ChoiceTree["branches"][number];
type Step = SagaTree["steps"][number];

export abstract class ControlParser extends InteractionParser {
  abstract readonly block: ParserMethod<[], BlockTree | null>;

  readonly choice = this.RULE(
    "choice",
    (): ChoiceTree | null => {
      const start = this.CONSUME(t.Choice);
      const head = this.SUBRULE(this.choiceHead);
      const branches: (Branch | null)[] = [this.SUBRULE1(this.branch)];
      this.MANY(() => {
        this.CONSUME(t.Or);
        branches.push(this.SUBRULE2(this.branch));
      });
      const otherwise = this.SUBRULE(this.otherwise);
      return this.ACTION(() => {
        const whole = branches.filter((branch) => branch !== null);
        if (head === null || whole.length < branches.length) return null;
        if (head.at === null && whole.every(({ when }) => when === null)) {
          this.mends.push(syntax.choiceWithoutRole(spanOf(start)));
          return null;
        }
        const doc = this.docAt(start);
        return { kind: "choice", doc, ...head, branches: whole, otherwise, span: this.since(start) };
      });
    },
    broken,
  );

  readonly choiceHead = this.RULE(
    "choiceHead",
    (): Pick<ChoiceTree, "name" | "at" | "within" | "retry"> | null => {
      let name: Name | null = null;
      let at: Name | null = null;
      let within: TimeTree | null = null;
      let retry: BoundTree | null = null;
      const seen: { word: string; span: Span }[] = [];
      this.ACTION(() => this.uncapitalize("the name of a choice"));
      this.OPTION1(() => (name = nameOf(this.CONSUME(t.Low))));
      this.OPTION2(() => {
        this.CONSUME(t.At);
        at = this.upper(1, "a role");
        this.MANY(() => {
          this.ACTION(() => this.noteChoiceClause(seen));
          this.OR([
            { ALT: () => (this.CONSUME(t.Within), (within = this.SUBRULE(this.time))) },
            { ALT: () => (this.CONSUME(t.Retry), (retry = this.SUBRULE(this.bound))) },
          ]);
        });
      });
      return this.ACTION(() => {
        const skipped = this.skipToBlock(at === null ? "`at` and the role that decides" : "`{`", t.When);
        return skipped && at === null ? null : { name, at, within, retry };
      });
    },
    broken,
  );

  readonly branch = this.RULE(
    "branch",
    (): Branch | null => {
      let when: ExpressionTree | null = null;
      let guarded = false;
      this.OPTION(() => {
        when = this.SUBRULE(this.guard);
        guarded = true;
      });
      const body = this.SUBRULE(this.block);
      return this.ACTION(() => (body === null || (guarded && when === null) ? null : { when, body }));
    },
    broken,
  );

  /** `when` and its expression, up to the block. */
  readonly guard = this.RULE(
    "guard",
    (): ExpressionTree | null => {
      this.CONSUME(t.When);
      const when = this.SUBRULE(this.expression);
      this.ACTION(() => this.skipToBlock());
      return when;
    },
    broken,
  );

  readonly otherwise = this.RULE(
    "otherwise",
    (): BlockTree | null => {
      let block: BlockTree | null = null;
      this.OPTION(() => {
        this.CONSUME(t.Else);
        block = this.SUBRULE(this.block);
      });
      return block;
    },
    broken,
  );

  readonly loop = this.RULE(
    "loop",
    (): LoopTree | null => {
      const start = this.CONSUME(t.Loop);
      const head = this.SUBRULE(this.loopHead);
      const body = this.SUBRULE(this.block);
      const otherwise = this.SUBRULE(this.otherwise);
      return this.ACTION(() => {
        if (head === null || head.name === null || body === null) return null;
        return { kind: "loop", name: head.name, max: head.max, body, otherwise, span: this.since(start) };
      });
    },
    broken,
  );

  readonly loopHead = this.RULE(
    "loopHead",
    (): { readonly name: Name | null; readonly max: BoundTree | null } | null => {
      let name: Name | null = null;
      let max: BoundTree | null = null;
      this.ACTION(() => this.uncapitalize("the name of a loop"));
      // A loop may be called `max`; `loop max 3` has no name.
      this.OPTION1({
        GATE: () => this.LA(1).tokenType !== t.Max || [t.LCurly, t.Max].includes(this.LA(2).tokenType),
        DEF: () => (name = nameOf(this.CONSUME(t.Low))),
      });
      const unnamed = "the name of a loop";
      this.ACTION(() => {
        const goesOn = [t.Max, t.LCurly].includes(this.LA(1).tokenType);
        if (name === null && goesOn) this.mends.push(syntax.loopWithoutName(spanOf(this.LA(0))));
      });
      this.OPTION2(() => {
        this.CONSUME(t.Max);
        max = this.SUBRULE(this.bound);
      });
      this.ACTION(() => this.skipToBlock(name === null && max === null ? unnamed : "`{`"));
      return this.ACTION(() => ({ name, max }));
    },
    broken,
  );

  readonly par = this.RULE(
    "par",
    (): ParTree | null => {
      const start = this.CONSUME(t.Par);
      const arms: (BlockTree | null)[] = [this.SUBRULE1(this.block)];
      this.MANY(() => {
        this.CONSUME(t.And);
        arms.push(this.SUBRULE2(this.block));
      });
      return this.ACTION(() => {
        const whole = arms.filter((arm) => arm !== null);
        if (arms.length === 1) this.mends.push(syntax.oneArm(spanOf(start)));
        if (whole.length < arms.length || arms.length === 1) return null;
        return { kind: "par", arms: whole, span: this.since(start) };
      });
    },
    broken,
  );

  readonly scatter = this.RULE(
    "scatter",
    (): ScatterTree | null => {
      const start = this.CONSUME(t.Scatter);
      const head = this.SUBRULE(this.scatterHead);
      const body = this.SUBRULE(this.block);
      return this.ACTION(() =>
        head === null || body === null ? null : { kind: "scatter", ...head, body, span: this.since(start) },
      );
    },
    broken,
  );

  readonly scatterHead = this.RULE(
    "scatterHead",
    (): Pick<ScatterTree, "list" | "as" | "over" | "after"> | null => {
      const over: Name[] = [];
      let after: ExpressionTree | null = null;
      const list = this.SUBRULE1(this.expression);
      this.CONSUME(t.As);
      const as = this.lower(1, "a name for one element");
      this.CONSUME(t.Over);
      over.push(this.upper(2, "a family"));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        over.push(this.upper(3, "a family"));
      });
      this.OPTION(() => {
        this.CONSUME(t.After);
        after = this.SUBRULE2(this.expression);
      });
      this.ACTION(() => this.skipToBlock());
      return this.ACTION(() => (list === null ? null : { list, as, over, after }));
    },
    broken,
  );

  readonly pick = this.RULE(
    "pick",
    (): PickTree | null => {
      const start = this.CONSUME(t.Pick);
      const head = this.SUBRULE(this.pickHead);
      const body = this.SUBRULE(this.block);
      return this.ACTION(() =>
        head === null || body === null ? null : { kind: "pick", ...head, body, span: this.since(start) },
      );
    },
    broken,
  );

  readonly pickHead = this.RULE(
    "pickHead",
    (): Pick<PickTree, "family" | "as" | "at"> | null => {
      let as: Name | null = null;
      const family = this.upper(1, "a family");
      this.OPTION(() => {
        this.CONSUME(t.As);
        as = this.lower(2, "a name for the member");
      });
      this.CONSUME(t.At);
      const at = this.upper(3, "a role");
      this.ACTION(() => this.skipToBlock());
      return this.ACTION(() => ({ family, as, at }));
    },
    broken,
  );

  readonly saga = this.RULE(
    "saga",
    (): SagaTree | null => {
      const start = this.CONSUME(t.Saga);
      const steps: (Step | null)[] = [];
      this.CONSUME(t.LCurly);
      this.MANY({ GATE: () => this.toStep(), DEF: () => steps.push(this.SUBRULE(this.step)) });
      this.close(t.RCurly, "saga");
      const otherwise = this.SUBRULE(this.otherwise);
      return this.ACTION(() => {
        const whole = steps.filter((step) => step !== null);
        return { kind: "saga", steps: whole, otherwise, span: this.since(start) };
      });
    },
    broken,
  );

  readonly step = this.RULE(
    "step",
    (): Step | null => {
      let undo: BlockTree | null = null;
      this.CONSUME(t.Step);
      const step = this.SUBRULE1(this.block);
      this.OPTION(() => {
        this.CONSUME(t.Undo);
        undo = this.SUBRULE2(this.block);
      });
      return this.ACTION(() => (step === null ? null : { step, undo }));
    },
    broken,
  );

  /** Sees to it that a step begins here or the saga ends; always true, for use as a gate. */
  private toStep(): boolean {
    const found = (): boolean => this.LA(1).tokenType === t.Step;
    while (!found() && ![t.RCurly, EOF].includes(this.LA(1).tokenType)) this.skipGarbage("`step`", found);
    return true;
  }

  private noteChoiceClause(seen: { word: string; span: Span }[]): void {
    const { image } = this.LA(1);
    const span = spanOf(this.LA(1));
    const twin = seen.find(({ word }) => word === image);
    const first = seen[0];
    if (twin !== undefined) this.mends.push(syntax.clauseTwice(span, image, twin.span));
    else if (first !== undefined && image === "within") {
      this.mends.push(syntax.clauseOrder(span, image, first.word, first.span, ["within", "retry"]));
    }
    seen.push({ word: image, span });
  }
}
