// Builds what the extension runs. In: the sources of the extension, of the compiler and of the highlighting; the folder to
// build into, `dist` if none is named. Out, there: `extension.cjs`, `chorc.cjs` (the compiler, for workspaces that have
// none) with the standard library, the licenses of all that is in them, the grammar and the schema.

import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const house = path("../../..");
const out = process.argv[2] ?? path("../dist");

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const node = {
  absWorkingDir: house,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};

const extension = await build({
  ...node,
  entryPoints: ["grammar/vscode/src/extension.ts"],
  outfile: `${out}/extension.cjs`,
  external: ["vscode"],
});

/** One program for all: the command line, the language server, and the threads in which the server checks. */
const chorc = `
  import { pathToFileURL } from "node:url";
  import { isMainThread } from "node:worker_threads";
  const start = async () => {
    if (!isMainThread) return (await import("./compiler/src/lsp/checker.ts")).answerChecks();
    if (process.argv[2] !== "lsp") return (await import("./compiler/src/cli/process.ts")).runProcess();
    return (await import("./compiler/src/lsp/main.ts")).serve({ error: process.stderr }, pathToFileURL(__filename));
  };
  void start();
`;

const compiler = await build({
  ...node,
  stdin: { contents: chorc, resolveDir: house, sourcefile: "chorc.ts" },
  outfile: `${out}/chorc.cjs`,
  // Only `compile` needs it, which is no business of an editor, and it is as large as everything else together.
  external: ["ts-morph"],
  alias: { "@chor/grammar": path("../../src/index.ts") },
  banner: { js: 'const chorcUrl = require("node:url").pathToFileURL(__filename).href;' },
  define: { "import.meta.url": "chorcUrl" },
  plugins: [withoutOtherLanguages()],
});

writeFileSync(`${out}/NOTICES.txt`, notices([extension, compiler]));
copyFileSync(path("../../textmate/chor.tmLanguage.json"), `${out}/chor.tmLanguage.json`);
copyFileSync(path("../../../compiler/std/std.chor"), `${out}/std.chor`);
copyFileSync(path("../../../compiler/schema/chor.config.schema.json"), `${out}/chor.config.schema.json`);

/**
 * Prettier is asked to lay out `.chor` only: its other languages would be more than half of the program. YAML it needs
 * itself, to read its configuration.
 */
function withoutOtherLanguages() {
  return {
    name: "without-other-languages",
    setup: ({ onResolve }) =>
      onResolve({ filter: /^\.\/plugins\/\w+\.mjs$/ }, ({ path, resolveDir }) =>
        /[\\/]node_modules[\\/]prettier$/.test(resolveDir) && path !== "./plugins/yaml.mjs"
          ? { path, external: true }
          : undefined,
      ),
  };
}

/** The license of every package of which something has been bundled, in the order of their names. */
function notices(results) {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const found = inputs.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  const folders = [...new Set(found)].filter((folder) => folder !== undefined);
  return folders
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(`${house}/${folder}/package.json`, "utf8"));
      const file = readdirSync(`${house}/${folder}`).find((each) => /^licen[cs]e(?:\.\w+)?$/i.test(each));
      const text = file === undefined ? "" : `\n\n${readFileSync(`${house}/${folder}/${file}`, "utf8").trim()}`;
      return `${name} ${version} (${license})${text}\n`;
    })
    .toSorted()
    .join(`\n${"-".repeat(80)}\n\n`);
}
