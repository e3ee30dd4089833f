// @chor/compiler: choreographies checked and compiled, as functions. `emit` is not here: it loads ts-morph and
// Prettier, which take longer than everything else together; who compiles imports it when it is needed.

export { check } from "./check.js";
export type { Checked, CheckedChoreography, CheckOptions } from "./check.js";
export { version } from "./version.js";
export { renderPretty, summary } from "./report/render/pretty.js";
export type { PrettyOptions } from "./report/render/pretty.js";
export { toJson } from "./report/render/json.js";
export type {
  JsonDiagnostic,
  JsonFile,
  JsonPosition,
  JsonReport,
  JsonRun,
  JsonRuns,
  JsonSpan,
} from "./report/render/json.js";
export type { Reported } from "./report/render/reported.js";
export type * from "./bind/program.js";
export type * from "./core/core.js";
export type * from "./automaton/global.js";
export type { LocalEdge, LocalSet, Observation } from "./automaton/observe.js";
export type * from "./project/local.js";
export type { Diagnostic, Related, Run, RunStep, Source, Span, TwoRuns } from "@chor/grammar";
