// `artifacts.ts` of a source file: a type, a schema, validators and a JSON Schema for each artifact, and schemas for
// the fields that are forwarded. In: the bound program. Out: the module, and how everything in it is called.

import { artifactsOf, type Artifacts } from "../bind/artifact-table.js";
import type { Artifact, Interaction, Program, RecordType, Type, UnionType } from "../bind/program.js";
import { conditionsOf } from "./conditions.js";
import { containedFirst, membersIn, referencesIn } from "./contained.js";
import { jsonSchemaText, type SchemaConstants } from "./json-schema.js";
import type { Declaration } from "./module.js";
import { scope, type Scope } from "./names.js";
import { partsCarried, type Part } from "./parts.js";
import { docs, onLines, quote } from "./text.js";
import { recordText, regExp, typeText, type ArtifactNames } from "./types.js";
import { checkStatements, isStatements, type ConditionFunction, type Validated } from "./validators.js";
import type { ValidatorFile, Validators } from "./writer.js";

/** The module, and how others name what is in it. */
export interface ArtifactsModule {
  readonly declarations: readonly Declaration[];
  /** How each artifact is called. */
  readonly names: ArtifactNames;
  /** The schema of what an interaction carries; null if it carries nothing. */
  schemaOf(choreography: string, interaction: Interaction): string | null;
  /** Everything that is exported. */
  readonly exported: readonly string[];
}

/** The artifacts of a program, those that others contain first, so that each constant is there when it is needed. */
export function artifactsModule(program: Program): ArtifactsModule {
  const file = scope();
  const artifacts = new Map(program.artifacts.map((artifact) => [artifact.name, artifact]));
  const called = new Map(program.artifacts.map(({ name }) => [name, file.claim(name)]));
  const names: ArtifactNames = (artifact) => called.get(artifact) ?? artifact;

  const parts = new Map<string, { readonly part: Part; readonly name: string }>();
  const carried = new Map<string, string>();
  for (const choreography of program.choreographies) {
    for (const [interaction, part] of partsCarried(choreography, artifacts)) {
      const key = [part.artifact, ...part.path].join(".");
      if (part.path.length > 0 && !parts.has(key)) {
        parts.set(key, { part, name: file.claim([names(part.artifact), ...part.path].join("$")) });
      }
      carried.set(`${choreography.name} ${interaction.id}`, parts.get(key)?.name ?? names(part.artifact));
    }
  }

  const types = [...program.artifacts, ...[...parts.values()].map(({ part }) => part)].map(({ type }) => type);
  const contained = new Set(types.flatMap(referencesIn));
  const members = new Set(types.flatMap(membersIn));
  const claimAll = (of: Iterable<string>, what: string): ReadonlyMap<string, string> =>
    new Map([...of].map((artifact) => [artifact, file.claim(`${names(artifact)}$${what}`)]));
  const json = claimAll(contained, "json");
  const labelledJson = claimAll(members, "labelled$json");
  const context: Context = {
    file,
    names,
    artifacts: artifactsOf([program]),
    json: {
      artifact: (artifact) => json.get(artifact) ?? "{}",
      labelled: (artifact) => labelledJson.get(artifact) ?? "{}",
    },
    contained,
    members,
    validators: new Map(program.artifacts.map(({ name }) => [name, claimValidators(file, names(name))])),
    labelled: new Map([...members].map((name) => [name, claimValidators(file, `${names(name)}$labelled`)])),
  };

  const declarations: Declaration[] = [];
  for (const artifact of containedFirst(program.artifacts, artifacts))
    declarations.push(...artifactDeclarations(artifact, context));
  for (const { part, name } of parts.values()) declarations.push(...partDeclarations(part, name, context));
  return {
    declarations,
    names,
    schemaOf: (choreography, interaction) => carried.get(`${choreography} ${interaction.id}`) ?? null,
    exported: [...called.values(), ...[...parts.values()].map(({ name }) => name)],
  };
}

interface Context {
  readonly file: Scope;
  readonly names: ArtifactNames;
  readonly artifacts: Artifacts;
  /** The JSON Schemas that are constants: those of artifacts inside others. */
  readonly json: SchemaConstants;
  readonly contained: ReadonlySet<string>;
  /** Artifacts that are members of unions. */
  readonly members: ReadonlySet<string>;
  readonly validators: ReadonlyMap<string, Validators>;
  readonly labelled: ReadonlyMap<string, Validators>;
}

function artifactDeclarations(artifact: Artifact, context: Context): Declaration[] {
  const { names, json, validators, contained } = context;
  const { type, open, doc } = artifact;
  const name = names(artifact.name);
  const schema = jsonSchemaText(type, doc, json, open);
  const isInside = contained.has(artifact.name);
  const invariants = conditionsOf(artifact, name, context);
  const of: SchemaConstant = {
    name,
    type: name,
    called: artifact.name,
    doc,
    json: isInside ? json.artifact(artifact.name) : schema,
    validators: validators.get(artifact.name)!,
    open,
    conditions: invariants.map(({ condition }) => condition),
  };
  const text = type.kind === "record" ? recordText(type.fields, open, names) : typeText(type, names);
  const inner = validatorsIn(context);
  return [
    { kind: "alias", name, type: text, docs: docs(onLines(doc)) },
    ...(isInside ? [jsonConstant(json.artifact(artifact.name), schema)] : []),
    ...labelledConstant(artifact, of, inner, context),
    ...schemaDeclarations(of, type, [artifact.name], inner),
    ...invariants.map(({ declaration }) => declaration),
  ];
}

function jsonConstant(name: string, value: string): Declaration {
  return { kind: "const", name, type: "chor.JsonSchema", value, exported: false };
}

/** An artifact as a member of a union: its record with the label that tells it from the others. Adds its validators. */
function labelledConstant(
  { name, type, doc, open }: Artifact,
  { conditions }: SchemaConstant,
  inner: InnerValidators,
  { members, json, labelled }: Context,
): Declaration[] {
  if (type.kind !== "record" || !members.has(name)) return [];
  const label = { name: "label", doc: "", optional: false, span: { start: 0, end: 0 } } as const;
  const fields = [{ ...label, type: { kind: "literals", values: [name] } } as const, ...type.fields];
  inner.add({ type, at: [name], called: name, open, label: name, conditions }, labelled.get(name)!, "boolean");
  return [jsonConstant(json.labelled(name), jsonSchemaText({ kind: "record", fields }, doc, json, open))];
}

function partDeclarations(part: Part, name: string, context: Context): Declaration[] {
  return schemaDeclarations(
    {
      name,
      type: typeText(part.type, context.names),
      called: [part.artifact, ...part.path].join("."),
      doc: part.doc,
      json: jsonSchemaText(part.type, part.doc, context.json),
      validators: claimValidators(context.file, name),
      open: false,
      conditions: [],
    },
    part.type,
    [part.artifact, ...part.path],
    validatorsIn(context),
  );
}

interface SchemaConstant {
  readonly name: string;
  /** What it is the schema of, in TypeScript. */
  readonly type: string;
  /** What messages call it. */
  readonly called: string;
  readonly doc: string;
  /** The JSON Schema: an expression. */
  readonly json: string;
  readonly validators: Validators;
  readonly open: boolean;
  readonly conditions: readonly ConditionFunction[];
}

/** The schema, then its validators, then those of what is inline in it, and what was added before. */
function schemaDeclarations(
  { name, type: typed, called, doc, json, validators, open, conditions }: SchemaConstant,
  type: Type,
  at: readonly string[],
  inner: InnerValidators,
): Declaration[] {
  inner.add({ type, at, called, open, label: null, conditions }, validators, `value is ${typed}`);
  const schema = `/* @__PURE__ */ chor.schema(${quote(called)}, ${quote(doc)}, ${validators.is}, ${validators.check}, ${json})`;
  return [{ kind: "const", name, type: `chor.Schema<${typed}>`, value: schema, exported: true }, ...inner.all()];
}

/** The validators of some types, of what is inline in them, and the constants that they need. */
interface InnerValidators {
  add(of: Validated, validators: Validators, returns: string): void;
  all(): readonly Declaration[];
}

function validatorsIn(context: Context): InnerValidators {
  const constants: Declaration[] = [];
  const waiting: { readonly of: Validated; readonly validators: Validators }[] = [];
  const known = new Map<string, string>();
  const inside = new Map<string, Validators>();
  /** Both validators ask for it; it is made once. */
  const constant = (place: readonly string[], what: string, type: string | null, value: () => string): string => {
    const wanted = `${place.join("$")}$${what}`;
    const found = known.get(wanted) ?? context.file.claim(wanted);
    if (!known.has(wanted)) constants.push({ kind: "const", name: found, type, value: value(), exported: false });
    known.set(wanted, found);
    return found;
  };
  const inline = (type: RecordType | UnionType, at: readonly string[]): Validators => {
    const key = at.join(".");
    const found = inside.get(key) ?? claimValidators(context.file, at.join("$"));
    const of = { type, at, called: key, open: false, label: null, conditions: [] };
    if (!inside.has(key)) waiting.push({ of, validators: found });
    inside.set(key, found);
    return found;
  };
  const file: ValidatorFile = {
    scope: context.file,
    artifact: (artifact) => context.validators.get(artifact)!,
    labelled: (artifact) => context.labelled.get(artifact)!,
    inline,
    pattern: (pattern, place) => constant(place, "pattern", null, () => patternText(pattern)),
    set: (literals, place, what) =>
      constant(place, what, "ReadonlySet<unknown>", () => `/* @__PURE__ */ new Set([${literals.join(", ")}])`),
  };
  const functions: Declaration[] = [];
  return {
    add(of, validators, returns) {
      functions.unshift(...validatorDeclarations(of, validators, returns, file));
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        functions.push(...validatorDeclarations(next.of, next.validators, "boolean", file));
    },
    all: () => [...constants, ...functions],
  };
}

function validatorDeclarations(
  of: Validated,
  { is, check }: Validators,
  returns: string,
  file: ValidatorFile,
): Declaration[] {
  return [
    {
      kind: "function",
      name: is,
      parameters: [{ name: "value", type: "unknown" }],
      returns,
      statements: isStatements(of, file),
      docs: [],
    },
    {
      kind: "function",
      name: check,
      parameters: [
        { name: "value", type: "unknown" },
        { name: "at", type: "string" },
        { name: "issues", type: "chor.Issue[]" },
      ],
      returns: "void",
      statements: checkStatements(of, file),
      docs: [],
    },
  ];
}

/** A literal; with a slash inside, which printers may take for the beginning of a comment, a constructor. */
function patternText(pattern: string): string {
  return pattern.includes("/") ? `/* @__PURE__ */ new RegExp(${quote(pattern)}, "u")` : regExp(pattern);
}

function claimValidators(file: Scope, name: string): Validators {
  return { is: file.claim(`is${name}`), check: file.claim(`check${name}`) };
}
