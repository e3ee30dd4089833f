// The grammar of artifacts and contracts.

import { is } from "./lex.js";
import { ExpressionParser } from "./parse-expressions.js";
import { broken } from "./recovery.js";
import * as syntax from "./syntax-errors.js";
import * as t from "./tokens.js";
import type {
  ArtifactBody,
  ArtifactTree,
  ConditionTree,
  ContractTree,
  FieldTree,
  TypeTree,
  ValueTree,
} from "./tree.js";

export class ArtifactParser extends ExpressionParser {
  // ---- artifacts ---------------------------------------------------------------------------------------

  readonly artifact = this.RULE(
    "artifact",
    (): ArtifactTree | null => {
      const start = this.LA(1);
      const head = this.SUBRULE(this.artifactHead);
      const body: ArtifactBody | null = this.OR({
        DEF: [{ ALT: () => this.SUBRULE(this.recordBody) }, { ALT: () => this.SUBRULE(this.referenceBody) }],
        ERR_MSG: "`{` or `=`",
      });
      return this.ACTION(() => {
        if (head === null || body === null) return null;
        return { kind: "artifact", doc: this.docAt(start), ...head, body, span: this.since(start) };
      });
    },
    broken,
  );

  readonly artifactHead = this.RULE(
    "artifactHead",
    (): Pick<ArtifactTree, "open" | "name"> | null => {
      let open = false;
      this.OPTION(() => {
        this.CONSUME(t.Open);
        open = true;
      });
      this.CONSUME(t.Artifact);
      const name = this.upper(1, "the name of an artifact");
      return this.ACTION(() => ({ open, name }));
    },
    broken,
  );

  readonly recordBody = this.RULE(
    "recordBody",
    (): ArtifactBody | null => {
      const start = this.LA(1);
      const fields: FieldTree[] = [];
      const invariants: ConditionTree[] = [];
      this.CONSUME(t.LCurly);
      this.MANY(() =>
        this.OR({
          MAX_LOOKAHEAD: 1,
          DEF: [
            {
              // A field may be called `where`.
              GATE: () => !this.fieldAhead(),
              IGNORE_AMBIGUITIES: true,
              ALT: () => {
                this.CONSUME(t.Where);
                const condition = this.SUBRULE(this.condition);
                this.ACTION(() => condition !== null && invariants.push(condition));
              },
            },
            {
              ALT: () => {
                const field = this.SUBRULE(this.field);
                this.ACTION(() => {
                  const first = invariants[0];
                  if (field === null) return;
                  if (first !== undefined) this.mends.push(syntax.lateField(field.name, first.span));
                  fields.push(field);
                });
              },
            },
            { ALT: () => this.SUBRULE(this.separator) },
          ],
          ERR_MSG: "a field",
        }),
      );
      this.close(t.RCurly, "recordBody");
      return this.ACTION(() => ({ kind: "record", fields, invariants, span: this.since(start) }));
    },
    broken,
  );

  /** `= schema "…"`, `= type "…"`, `= Approve | Revise`. */
  readonly referenceBody = this.RULE(
    "referenceBody",
    (): ArtifactBody | null => {
      const start = this.CONSUME(t.Equal);
      const followedByText = (): boolean => is(this.LA(2), t.StringLiteral);
      return this.OR({
        MAX_LOOKAHEAD: 1,
        DEF: [
          {
            GATE: followedByText,
            IGNORE_AMBIGUITIES: true,
            ALT: () => {
              this.CONSUME(t.Schema);
              const path = this.text(1, "the path of a schema");
              return this.ACTION((): ArtifactBody => ({ kind: "schema", path, span: this.since(start) }));
            },
          },
          {
            GATE: followedByText,
            IGNORE_AMBIGUITIES: true,
            ALT: () => {
              this.CONSUME(t.TypeWord);
              const path = this.text(2, "the path of a type");
              return this.ACTION((): ArtifactBody => ({ kind: "typescript", path, span: this.since(start) }));
            },
          },
          {
            ALT: () => {
              const type: TypeTree | null = this.SUBRULE(this.type);
              return this.ACTION((): ArtifactBody | null =>
                type === null ? null : { kind: "alias", type, span: this.since(start) },
              );
            },
          },
        ],
        ERR_MSG: "a type",
      });
    },
    broken,
  );

  // ---- contracts ---------------------------------------------------------------------------------------

  readonly contract = this.RULE(
    "contract",
    (): ContractTree | null => {
      const start = this.CONSUME(t.Contract);
      const head = this.SUBRULE(this.contractHead);
      const requires: ConditionTree[] = [];
      let external = false;
      this.OR({
        DEF: [
          {
            ALT: () => {
              this.CONSUME(t.External);
              external = true;
            },
          },
          {
            ALT: () => {
              this.CONSUME(t.LCurly);
              this.MANY(() => {
                this.CONSUME(t.Require);
                const condition = this.SUBRULE(this.condition);
                this.ACTION(() => condition !== null && requires.push(condition));
              });
              this.close(t.RCurly, "contract");
            },
          },
        ],
        ERR_MSG: "`external` or `{`",
      });
      return this.ACTION(() => {
        if (head === null) return null;
        const span = this.since(start);
        return { kind: "contract", doc: this.docAt(start), ...head, requires: external ? null : requires, span };
      });
    },
    broken,
  );

  readonly contractHead = this.RULE(
    "contractHead",
    (): Pick<ContractTree, "name" | "parameters"> | null => {
      const parameters: ValueTree[] = [];
      const add = (value: ValueTree | null): void => void (value !== null && parameters.push(value));
      const name = this.upper(1, "the name of a contract");
      this.CONSUME(t.LRound);
      this.ACTION(() => this.uncapitalize("the name of a value"));
      this.OPTION(() => {
        add(this.SUBRULE1(this.value));
        this.MANY(() => {
          this.CONSUME(t.Comma);
          add(this.SUBRULE2(this.value));
        });
      });
      this.close(t.RRound, "contractHead");
      return this.ACTION(() => ({ name, parameters }));
    },
    broken,
  );

  readonly value = this.RULE(
    "value",
    (): ValueTree | null => {
      const name = this.lower(1, "the name of a value");
      this.CONSUME(t.Colon);
      const type = this.SUBRULE(this.type);
      return this.ACTION(() => (type === null ? null : { name, type, span: this.since(name.span) }));
    },
    broken,
  );
}
