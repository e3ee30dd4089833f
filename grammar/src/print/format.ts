// Formatting as a function. In: a text and Prettier's options for its layout. Out: the text in its layout, or what keeps
// it from being formatted. Prettier is loaded when there is something to lay out.

import type { Options } from "prettier";
import type { Diagnostic } from "../diagnostic.js";
import { parse } from "../parse.js";
import * as plugin from "./plugin.js";

/** What of Prettier's options concerns `.chor`. */
export type FormatOptions = Pick<Options, "printWidth" | "tabWidth" | "useTabs" | "endOfLine">;

export type Formatted = { readonly formatted: string } | { readonly diagnostics: readonly Diagnostic[] };

/** Formats a text. One with syntax errors is not formatted; the answer is then all its diagnostics. Does not throw. */
export async function format(text: string, options: FormatOptions = {}): Promise<Formatted> {
  const { diagnostics } = parse({ file: "", text });
  if (diagnostics.some(({ severity }) => severity === "error")) return { diagnostics };
  const prettier = await import("prettier/standalone");
  return { formatted: await prettier.format(text, { ...options, parser: "chor", plugins: [plugin] }) };
}
