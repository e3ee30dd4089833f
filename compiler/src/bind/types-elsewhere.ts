// Types of other languages, and what is written here instead, as hints. In: a name. Out: a sentence.

const meant = (type: string): string => `Did you mean \`${type}\`?`;
const LIST = "Write the brackets behind the type of the items: `string[1..8]`.";
const MAP = "Write `map<T>`; its keys are strings.";

/** By name, if no artifact is called so. */
export const typesElsewhere: ReadonlyMap<string, string> = new Map([
  ...["text", "str"].map((name) => [name, meant("string")] as const),
  ...["integer", "long", "short", "Integer"].map((name) => [name, meant("int")] as const),
  ...["float", "double", "decimal"].map((name) => [name, meant("number")] as const),
  ...["bool", "Bool"].map((name) => [name, meant("boolean")] as const),
  ...["date", "Date", "time", "timestamp"].map((name) => [name, meant("datetime")] as const),
  ...["any", "unknown", "object"].map((name) => [name, meant("json")] as const),
  ...["Uint8Array", "Buffer", "blob"].map((name) => [name, meant("bytes")] as const),
  ...["uri", "URI"].map((name) => [name, meant("url")] as const),
  ...["Array", "ReadonlyArray", "List", "list", "array", "Set", "set"].map((name) => [name, LIST] as const),
  ...["Map", "Record", "dict", "Dict"].map((name) => [name, MAP] as const),
  ["undefined", "Make the field optional: `name?: T`."],
  ["enum", 'Write its values: `"low" | "high"`.'],
]);
