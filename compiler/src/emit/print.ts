// Prints generated modules: ts-morph builds the declarations and keeps the imports that are used, Prettier lays them
// out, the mark goes in. In: modules. Out: files. Both libraries are loaded only when something is printed.

import { createRequire } from "node:module";
import type * as morphTypes from "ts-morph";
import type { SourceFile, StatementStructures, ts as typescript } from "ts-morph";
import { mark } from "./mark.js";
import { quote } from "./text.js";
import type { Declaration, EmittedFile, GeneratedModule, ImportFrom } from "./module.js";

/** Prints modules, each to a formatted file with its mark. The same modules give the same bytes. */
export async function print(modules: readonly GeneratedModule[]): Promise<readonly EmittedFile[]> {
  // Not with `import`: before it runs such a module, Node would read its nine megabytes for names that it may export.
  const morph = createRequire(import.meta.url)("ts-morph") as Morph;
  const [prettier, babelPlugin, estreePlugin] = await Promise.all([
    import("prettier/standalone"),
    import("prettier/plugins/babel"),
    import("prettier/plugins/estree"),
  ]);
  const project = new morph.Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: { indentationText: morph.IndentationText.TwoSpaces },
  });
  const files: EmittedFile[] = [];
  for (const { path, header, comment, imports, declarations } of modules) {
    const statements = declarations.map((one) => structure(one, morph));
    const source = project.createSourceFile("module.ts", { statements }, { overwrite: true });
    const text = await prettier.format(`${importsOf(source, imports, morph)}\n\n${spaced(source, morph)}`, {
      parser: "babel-ts",
      plugins: [babelPlugin.default, estreePlugin.default as never],
      printWidth: 120,
    });
    const lines = [header, ...comment].map((line) => (line === "" ? "//" : `// ${line}`));
    files.push({ path, text: mark(`${lines.join("\n")}\n\n${text}`) });
  }
  return files;
}

type Morph = typeof morphTypes;
type Node = typescript.Node;

function structure(declaration: Declaration, { StructureKind, VariableDeclarationKind }: Morph): StatementStructures {
  switch (declaration.kind) {
    case "interface":
      return {
        kind: StructureKind.Interface,
        name: declaration.name,
        isExported: true,
        docs: [...declaration.docs],
        extends: declaration.extends === undefined ? [] : [declaration.extends],
        properties: declaration.properties.map(({ name, type, optional, docs }) => ({
          name,
          type,
          isReadonly: true,
          hasQuestionToken: optional,
          docs: [...docs],
        })),
        methods: (declaration.methods ?? []).map(({ name, parameters, returns, docs }) => ({
          name,
          parameters: [...parameters],
          returnType: returns,
          docs: [...docs],
        })),
      };
    case "alias":
      return {
        kind: StructureKind.TypeAlias,
        name: declaration.name,
        isExported: true,
        docs: [...declaration.docs],
        typeParameters: [...(declaration.parameters ?? [])],
        type: declaration.type,
      };
    case "const":
      return {
        kind: StructureKind.VariableStatement,
        declarationKind: VariableDeclarationKind.Const,
        isExported: declaration.exported,
        docs: [...(declaration.docs ?? [])],
        declarations: [
          {
            name: declaration.name,
            initializer: declaration.value,
            ...(declaration.type === null ? {} : { type: declaration.type }),
          },
        ],
      };
    case "function":
      return {
        kind: StructureKind.Function,
        name: declaration.name,
        parameters: [...declaration.parameters],
        returnType: declaration.returns,
        statements: [declaration.statements.join("\n")],
        docs: [...declaration.docs],
      };
    case "export":
      return {
        kind: StructureKind.ExportDeclaration,
        isTypeOnly: declaration.typeOnly,
        namedExports: [...(declaration.names ?? [])],
        ...(declaration.from === null ? {} : { moduleSpecifier: declaration.from }),
      };
  }
}

/** The text with a blank line between declarations; exports of other names stand together. */
function spaced(source: SourceFile, { SyntaxKind }: Morph): string {
  const { statements } = source.compilerNode;
  const isExport = (index: number): boolean => statements[index]?.kind === SyntaxKind.ExportDeclaration;
  return statements
    .map((statement, index) => `${statement.getFullText().trim()}${isExport(index) && isExport(index + 1) ? "" : "\n"}`)
    .join("\n");
}

/** Imports of what the module names: as a type where it is only named as one. */
function importsOf(source: SourceFile, imports: readonly ImportFrom[], morph: Morph): string {
  const { types, values } = namesIn(source, morph);
  const isUsed = (name: string): boolean => types.has(name) || values.has(name);
  const lines = imports.flatMap(({ from, names }) => {
    const used = names.filter(isUsed).toSorted(byText);
    if (used.length === 0) return [];
    const isTyped = used.every((name) => !values.has(name));
    const named = used.map((name) => (isTyped || values.has(name) ? name : `type ${name}`));
    return [`import ${isTyped ? "type " : ""}{ ${named.join(", ")} } from ${quote(from)};`];
  });
  if (!isUsed("chor")) return lines.join("\n");
  return [`import ${values.has("chor") ? "" : "type "}* as chor from "@chor/runtime";`, ...lines].join("\n");
}

interface NamesUsed {
  readonly types: Set<string>;
  readonly values: Set<string>;
}

/** The names that a module uses as types and as values; names of members are neither. */
function namesIn(source: SourceFile, { ts, SyntaxKind }: Morph): NamesUsed {
  const used: NamesUsed = { types: new Set(), values: new Set() };
  const typePositions = new Set([
    SyntaxKind.TypeReference,
    SyntaxKind.QualifiedName,
    SyntaxKind.ExpressionWithTypeArguments,
  ]);
  const visit = (node: Node): void => {
    if (ts.isIdentifier(node) && !isNameOf(node)) (isTyped(node) ? used.types : used.values).add(node.text);
    ts.forEachChild(node, visit);
  };
  // `extends chor.Options`: a property access, whose parent says that it is a type.
  const isTyped = ({ parent }: Node): boolean =>
    typePositions.has(parent.kind) ||
    (ts.isPropertyAccessExpression(parent) && typePositions.has(parent.parent.kind)) ||
    (ts.isExportSpecifier(parent) && parent.parent.parent.isTypeOnly);
  const isNameOf = (node: Node): boolean => {
    const { parent } = node;
    return (
      "name" in parent &&
      parent.name === node &&
      !ts.isShorthandPropertyAssignment(parent) &&
      !ts.isExportSpecifier(parent)
    );
  };
  visit(source.compilerNode);
  return used;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
