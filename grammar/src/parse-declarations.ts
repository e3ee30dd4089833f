// The grammar of a file: imports, declarations, and the headers of choreographies. The last of the parser's
// classes: here Chevrotain analyses the whole grammar.

import { EOF } from "chevrotain";
import { is } from "./lex.js";
import { StatementParser } from "./parse-statements.js";
import { broken } from "./recovery.js";
import * as syntax from "./syntax-errors.js";
import * as t from "./tokens.js";
import type {
  BoundTree,
  ChoreographyTree,
  DeclarationTree,
  FamilyTree,
  FileTree,
  ImportTree,
  Name,
  ParameterTree,
  TimeTree,
} from "./tree.js";

type ImportName = ImportTree["names"][number];

export class ChorParser extends StatementParser {
  /** `skipValidations`: whether Chevrotain looks for ambiguities in the grammar; a test does, a user never. */
  constructor(skipValidations: boolean) {
    super(skipValidations);
    this.performSelfAnalysis();
  }

  readonly file = this.RULE(
    "file",
    (): Omit<FileTree, "span"> => {
      const imports: ImportTree[] = [];
      const declarations: DeclarationTree[] = [];
      this.MANY({
        GATE: () => this.toDeclaration(),
        DEF: () =>
          this.OR([
            {
              ALT: () => {
                const tree = this.SUBRULE(this.importDeclaration);
                this.ACTION(() => {
                  const first = declarations[0];
                  if (tree !== null && first !== undefined) this.mends.push(syntax.lateImport(tree.span, first.span));
                  if (tree !== null) imports.push(tree);
                });
              },
            },
            {
              ALT: () => {
                const tree = this.SUBRULE(this.declaration);
                this.ACTION(() => tree !== null && declarations.push(tree));
              },
            },
          ]),
      });
      return { imports, declarations };
    },
    { recoveryValueFunc: () => ({ imports: [], declarations: [] }) },
  );

  readonly importDeclaration = this.RULE(
    "importDeclaration",
    (): ImportTree | null => {
      const names: (ImportName | null)[] = [];
      const start = this.CONSUME(t.Import);
      this.CONSUME(t.LCurly);
      names.push(this.SUBRULE1(this.importName));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        names.push(this.SUBRULE2(this.importName));
      });
      this.close(t.RCurly, "importDeclaration");
      this.CONSUME(t.From);
      const from = this.text(1, "the path of a file as a string");
      return this.ACTION(() => ({
        kind: "import",
        names: names.filter((name) => name !== null),
        from,
        span: this.since(start),
      }));
    },
    broken,
  );

  readonly importName = this.RULE(
    "importName",
    (): ImportName | null => {
      let as: Name | null = null;
      const name = this.upper(1, "a name to import");
      this.OPTION(() => {
        this.CONSUME(t.As);
        as = this.upper(2, "a name that begins with a capital");
      });
      return this.ACTION(() => ({ name, as }));
    },
    broken,
  );

  readonly declaration = this.RULE(
    "declaration",
    (): DeclarationTree | null =>
      this.OR([
        { ALT: () => this.SUBRULE(this.artifact) },
        { ALT: () => this.SUBRULE(this.contract) },
        { ALT: () => this.SUBRULE(this.choreography) },
      ]),
    broken,
  );

  readonly choreography = this.RULE(
    "choreography",
    (): ChoreographyTree | null => {
      const start = this.CONSUME(t.Choreography);
      const head = this.SUBRULE(this.choreographyHead);
      const body = this.SUBRULE(this.block);
      return this.ACTION(() => {
        if (head === null || body === null) return null;
        return { kind: "choreography", doc: this.docAt(start), ...head, body, span: this.since(start) };
      });
    },
    broken,
  );

  readonly choreographyHead = this.RULE(
    "choreographyHead",
    (): Pick<ChoreographyTree, "name" | "typeParameters" | "parameters" | "within"> | null => {
      const typeParameters: Name[] = [];
      const parameters: ParameterTree[] = [];
      const add = (parameter: ParameterTree | null): void => void (parameter !== null && parameters.push(parameter));
      let within: TimeTree | null = null;
      const name = this.upper(1, "the name of a choreography");
      this.OPTION1(() => {
        this.CONSUME(t.Less);
        typeParameters.push(this.upper(2, "the name of a type"));
        this.MANY1(() => {
          this.CONSUME1(t.Comma);
          typeParameters.push(this.upper(3, "the name of a type"));
        });
        this.CONSUME(t.Greater);
      });
      this.CONSUME(t.LRound);
      add(this.SUBRULE1(this.parameter));
      this.MANY2(() => {
        this.CONSUME2(t.Comma);
        add(this.SUBRULE2(this.parameter));
      });
      this.close(t.RRound, "choreographyHead");
      this.OPTION2(() => {
        this.CONSUME(t.Within);
        within = this.SUBRULE(this.time);
      });
      this.ACTION(() => this.skipToBlock());
      return this.ACTION(() => ({ name, typeParameters, parameters, within }));
    },
    broken,
  );

  readonly parameter = this.RULE(
    "parameter",
    (): ParameterTree | null => {
      this.ACTION(() => {
        if (this.LA(2).tokenType === t.Colon) this.uncapitalize("the name of a value");
        else this.capitalize("a role");
      });
      return this.OR({
        DEF: [
          { ALT: () => this.SUBRULE(this.roleParameter) },
          {
            ALT: () => {
              const value = this.SUBRULE(this.value);
              return this.ACTION((): ParameterTree | null => (value === null ? null : { kind: "value", ...value }));
            },
          },
        ],
        ERR_MSG: "a role or a value",
      });
    },
    broken,
  );

  readonly roleParameter = this.RULE(
    "roleParameter",
    (): ParameterTree | null => {
      const start = this.LA(1);
      const name = this.upper(1, "a role");
      let family: FamilyTree | null = null;
      let optional = false;
      this.OPTION1(() => (family = this.SUBRULE(this.family)));
      this.OPTION2(() => {
        this.CONSUME(t.Question);
        optional = true;
      });
      return this.ACTION(() => ({ kind: "role", name, family, optional, span: this.since(start) }));
    },
    broken,
  );

  /** `[4]` or `[1..8]`. */
  readonly family = this.RULE(
    "family",
    (): FamilyTree | null => {
      const start = this.CONSUME(t.LSquare);
      let high: BoundTree | null = null;
      const low = this.SUBRULE1(this.bound);
      this.OPTION(() => {
        this.CONSUME(t.DotDot);
        high = this.SUBRULE2(this.bound);
      });
      this.close(t.RSquare, "family");
      return this.ACTION(() => (low === null ? null : { low, high, span: this.since(start) }));
    },
    broken,
  );

  /** Sees to it that a declaration begins here or the file ends; always true, for use as a gate. */
  private toDeclaration(): boolean {
    const found = (): boolean => {
      if (is(this.LA(2), t.Up)) this.respell(t.declarationWords);
      return declarationStarts.has(this.LA(1).tokenType);
    };
    this.respell(t.declarationWords);
    while (!found() && this.LA(1).tokenType !== EOF) this.skipGarbage("a declaration", found);
    return true;
  }
}

const declarationStarts: ReadonlySet<unknown> = new Set(t.declarationWords);
