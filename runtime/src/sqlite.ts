// The subpath `@chor/runtime/sqlite`: the journal in a file, apart from the rest.

export { sqlite } from "./journal/sqlite.js";
