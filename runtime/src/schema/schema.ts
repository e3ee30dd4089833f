// An artifact at run time: what generated code exports beside the type of the same name. It is a Standard
// Schema and a Standard JSON Schema as it stands, by structure alone.

/** One thing that is wrong with a value. */
export interface Issue {
  /** JSON Pointer into the value: `/modules/0/name`; `""` is the value itself. */
  readonly pointer: string;
  readonly code: "type" | "missing" | "unknown" | "range" | "pattern" | "literal" | "depth" | "invariant";
  /** What should be there: `string of 1 to 120 characters`. */
  readonly expected: string;
  /** What came, quoted as JSON and cut to 80 characters. */
  readonly actual: string;
}

export type JsonSchema = { readonly [keyword: string]: unknown };

export interface Schema<T> {
  readonly name: string;
  /** The doc comment in the source. */
  readonly doc: string;
  /** JSON Schema 2020-12. */
  readonly jsonSchema: JsonSchema;
  /** True for a valid value. Allocates nothing. */
  is(value: unknown): value is T;
  /** Everything that is wrong with it (at most 100 issues); empty for a valid value. Never throws. */
  issues(value: unknown): readonly Issue[];
  /** The value, or throws an `ArtifactError` with all issues. */
  parse(value: unknown): T;
  /** The value as it is: lets the compiler see a field too many in a literal. */
  of(value: T): T;
  readonly "~standard": Standard<T>;
}

/** https://standardschema.dev: Standard Schema and Standard JSON Schema, version 1. */
export interface Standard<T> {
  readonly version: 1;
  readonly vendor: "chor";
  readonly validate: (
    value: unknown,
  ) => { readonly value: T; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] };
  /** Targets `draft-2020-12` and `draft-07`; throws for another one, as that specification asks. */
  readonly jsonSchema: {
    readonly input: (options: { readonly target: string }) => Record<string, unknown>;
    readonly output: (options: { readonly target: string }) => Record<string, unknown>;
  };
  readonly types?: { readonly input: T; readonly output: T } | undefined;
}

export interface StandardIssue {
  readonly message: string;
  readonly path: readonly (string | number)[];
}
