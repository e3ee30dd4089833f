// @chor/grammar: the text of a `.chor` file and its syntax tree.

export type * from "./tree.js";
export type * from "./diagnostic.js";
export { lineStarts, positionAt } from "./source.js";
export type { LineStarts, Position, Source, Span } from "./source.js";
export { parse } from "./parse.js";
export type { Parsed } from "./parse.js";
export { lowerCamel, nearest, upperCamel } from "./names.js";
export { languages, parsers, printers } from "./print/plugin.js";
export { format } from "./print/format.js";
export type { FormatOptions, Formatted } from "./print/format.js";
