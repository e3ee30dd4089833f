// `artifacts.ts` of a source file: a type, a schema, validators and a JSON Schema for each artifact, and schemas for
// the fields that are forwarded. In: the bound program. Out: the module, and how everything in it is called.

import type { Artifact, Interaction, Program, RecordType, Type } from "../bind/program.js";
import { jsonSchemaText } from "./json-schema.js";
import type { Declaration } from "./module.js";
import { scope, type Scope } from "./names.js";
import { partsCarried, type Part } from "./parts.js";
import { docs, onLines, quote } from "./text.js";
import { regExp, typeText, type ArtifactNames } from "./types.js";
import { checkStatements, isStatements, type ValidatorFile, type Validators } from "./validators.js";

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

  const contained = new Set(
    [...artifacts.values(), ...[...parts.values()].map(({ part }) => part)].flatMap(({ type }) => artifactsIn(type)),
  );
  const constants: ArtifactNames = (artifact) => jsonConstants.get(artifact) ?? "{}";
  const jsonConstants = new Map([...contained].map((artifact) => [artifact, file.claim(`${names(artifact)}$json`)]));
  const validators = new Map<string, Validators>();
  for (const { name } of program.artifacts) validators.set(name, claimValidators(file, names(name)));
  const context: Context = { file, names, constants, validators };

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
  /** The JSON Schemas that are constants: those of artifacts inside others. */
  readonly constants: ArtifactNames;
  readonly validators: ReadonlyMap<string, Validators>;
}

function artifactDeclarations(artifact: Artifact, context: Context): Declaration[] {
  const { names, constants, validators } = context;
  const name = names(artifact.name);
  const json = constants(artifact.name);
  const schema = jsonSchemaText(artifact.type, artifact.doc, constants);
  return [
    { kind: "alias", name, type: typeText(artifact.type, names), docs: docs(onLines(artifact.doc)) },
    ...(json === "{}"
      ? []
      : [{ kind: "const", name: json, type: "chor.JsonSchema", value: schema, exported: false } as const]),
    ...schemaDeclarations(
      {
        name,
        type: name,
        called: artifact.name,
        doc: artifact.doc,
        json: json === "{}" ? schema : json,
        validators: validators.get(artifact.name)!,
      },
      artifact.type,
      [artifact.name],
      context,
    ),
  ];
}

function partDeclarations(part: Part, name: string, context: Context): Declaration[] {
  return schemaDeclarations(
    {
      name,
      type: typeText(part.type, context.names),
      called: [part.artifact, ...part.path].join("."),
      doc: part.doc,
      json: jsonSchemaText(part.type, part.doc, context.constants),
      validators: claimValidators(context.file, name),
    },
    part.type,
    [part.artifact, ...part.path],
    context,
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
}

/** The schema, then its validators, then those of the records inside. */
function schemaDeclarations(of: SchemaConstant, type: Type, at: readonly string[], context: Context): Declaration[] {
  const { name, called, doc, json, validators } = of;
  const constants: Declaration[] = [];
  const waiting: { readonly type: RecordType; readonly at: readonly string[]; readonly validators: Validators }[] = [];
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
  const file: ValidatorFile = {
    scope: context.file,
    artifact: (artifact) => context.validators.get(artifact)!,
    inline(record, place) {
      const key = place.join(".");
      const found = inside.get(key) ?? claimValidators(context.file, place.join("$"));
      if (!inside.has(key)) waiting.push({ type: record, at: place, validators: found });
      inside.set(key, found);
      return found;
    },
    pattern: (pattern, place) => constant(place, "pattern", null, () => patternText(pattern)),
    set: (literals, place, what) =>
      constant(place, what, "ReadonlySet<unknown>", () => `/* @__PURE__ */ new Set([${literals.join(", ")}])`),
  };
  const functions = validatorDeclarations(type, at, called, validators, `value is ${of.type}`, file);
  for (const record of waiting) {
    functions.push(
      ...validatorDeclarations(record.type, record.at, record.at.join("."), record.validators, "boolean", file),
    );
  }
  const schema = `/* @__PURE__ */ chor.schema(${quote(called)}, ${quote(doc)}, ${validators.is}, ${validators.check}, ${json})`;
  return [
    { kind: "const", name, type: `chor.Schema<${of.type}>`, value: schema, exported: true },
    ...constants,
    ...functions,
  ];
}

function validatorDeclarations(
  type: Type,
  at: readonly string[],
  called: string,
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
      statements: isStatements(type, at, file),
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
      statements: checkStatements(type, at, called, file),
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

/** The artifacts directly inside a type. */
function artifactsIn(type: Type): string[] {
  if (type.kind === "reference") return [type.artifact];
  if (type.kind === "list") return artifactsIn(type.item);
  return type.kind === "record" ? type.fields.flatMap((field) => artifactsIn(field.type)) : [];
}

/** Those that others contain come first, else the order of the source. No artifact contains itself. */
function containedFirst(all: readonly Artifact[], artifacts: ReadonlyMap<string, Artifact>): Artifact[] {
  const sorted = new Set<Artifact>();
  const visit = (artifact: Artifact): void => {
    if (sorted.has(artifact)) return;
    for (const name of artifactsIn(artifact.type)) {
      const inner = artifacts.get(name);
      if (inner !== undefined) visit(inner);
    }
    sorted.add(artifact);
  };
  for (const artifact of all) visit(artifact);
  return [...sorted];
}
