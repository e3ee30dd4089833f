// The types of grammar.mjs.

/** The words of the language by what they do. */
export declare const words: Readonly<
  Record<"control" | "clause" | "operator" | "constant" | "soft", readonly string[]>
>;

/** The grammar, as TextMate, VS Code and Shiki take it. Shiki has a type for it, which this package does not depend on. */
export declare const grammar: {
  name: "chor";
  displayName: "Chor";
  scopeName: "source.chor";
  fileTypes: string[];
  patterns: any[];
  repository: any;
};
