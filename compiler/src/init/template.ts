// The starter project: which files it has. In: the name of its folder and where this chorc is. Out: paths and texts;
// nothing is written. The texts are compiler/templates/starter, but for the manifest, which depends on both.

import { readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { packageFolder } from "../package.js";
import { version } from "../version.js";

export interface TemplateFile {
  /** Below the new folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What a package on a registry may not have stands under another name in the template. */
const FILES: readonly (readonly [path: string, from: string])[] = [
  ["chor.config.json", "chor.config.json"],
  ["tsconfig.json", "tsconfig.json"],
  ["team.chor", "team.chor"],
  ["src/agents.ts", "src/agents.ts"],
  ["src/main.ts", "src/main.ts"],
  ["test/team.test.ts", "test/team.test.ts"],
  ["README.md", "README.md"],
  [".gitignore", "gitignore"],
  [".vscode/extensions.json", "extensions.json"],
];

/** All files of a project whose folder has this name. */
export function starter(folderName: string): readonly TemplateFile[] {
  const name = packageName(folderName);
  const folder = join(packageFolder(), "templates", "starter");
  return [
    { path: "package.json", text: manifest(name) },
    ...FILES.map(([path, from]) => ({
      path,
      text: readFileSync(join(folder, from), "utf8").replaceAll("{{name}}", name),
    })),
  ];
}

/** A name that npm takes: small letters, digits and `-._`; `team` where nothing is left, `-team` behind what is taken. */
export function packageName(folderName: string): string {
  const name = folderName
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+|[._-]+$/g, "")
    .slice(0, 100);
  if (name === "") return "team";
  return ["node_modules", "favicon.ico", ...Object.keys(TOOLS)].includes(name) ? `${name}-team` : name;
}

/** What the project needs besides chor; the versions are those that chor itself is built with. */
const TOOLS: Readonly<Record<string, string>> = { "@types/node": "^20.19.43", typescript: "^6.0.3" };

function manifest(name: string): string {
  const { runtime, compiler } = chorPackages();
  const value = {
    name,
    version: "0.1.0",
    private: true,
    type: "module",
    engines: { node: ">=20.19" },
    scripts: {
      build: "chorc compile && tsc",
      start: "npm run --silent build && node dist/src/main.js",
      test: "npm run --silent build && node --test dist/test/team.test.js",
    },
    dependencies: { "@chor/runtime": runtime },
    devDependencies: { "@chor/compiler": compiler, ...TOOLS },
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The packages beside this one where chorc runs out of a checkout, else its version from the registry. */
function chorPackages(): { readonly runtime: string; readonly compiler: string } {
  const compiler = packageFolder();
  const runtime = join(dirname(compiler), "runtime");
  const isCheckout = !compiler.includes(`${sep}node_modules${sep}`) && nameOf(runtime) === "@chor/runtime";
  if (!isCheckout) return { runtime: version, compiler: version };
  return { runtime: `file:${runtime}`, compiler: `file:${compiler}` };
}

function nameOf(folder: string): string | null {
  try {
    return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { readonly name: string }).name;
  } catch {
    return null;
  }
}
