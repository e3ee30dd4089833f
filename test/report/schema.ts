// The JSON Schema of `chorc --format json`, written by hand from SPEC.md.

const object = (properties: Record<string, unknown>, optional: readonly string[] = []) => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
const list = (items: unknown, more: Record<string, unknown> = {}) => ({ type: "array", items, ...more });
const text = { type: "string" };

const position = object({
  line: { type: "integer", minimum: 1 },
  column: { type: "integer", minimum: 1 },
  offset: { type: "integer", minimum: 0 },
});
const span = object({ start: position, end: position });

const diagnostic = object(
  {
    code: { type: "string", pattern: "^CHOR[0-9]{4}$" },
    severity: { enum: ["error", "warning"] },
    message: { type: "string", minLength: 1 },
    span,
    related: list(object({ message: text, span })),
    hint: { anyOf: [{ type: "string", minLength: 1 }, { type: "null" }] },
    runs: object({
      role: text,
      runs: list(object({ steps: list(object({ text, span, seen: { type: "boolean" } })), then: text }), {
        minItems: 2,
        maxItems: 2,
      }),
    }),
  },
  ["runs"],
);

export const reportSchema = object(
  {
    files: list(object({ file: text, ok: { type: "boolean" }, diagnostics: list(diagnostic) })),
    output: object({ written: list(text), unchanged: list(text), removed: list(text) }),
    stale: list(object({ file: text, diff: text })),
  },
  ["output", "stale"],
);
