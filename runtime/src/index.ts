// What generated code and its users import: `import * as chor from "@chor/runtime"`.

// ---- artifacts ----------------------------------------------------------------------------------------
export { schema, ArtifactError } from "./schema/artifact.js";
export { fits, isRecord, own, pointer, wrong } from "./schema/generated.js";
export type { Issue, JsonSchema, Schema, Standard, StandardIssue } from "./schema/schema.js";
export { fitsBytes, isBase64, isDateTime, isDigest, isPath, isUrl, isUuid } from "./schema/formats.js";
export {
  at,
  contains,
  divide,
  equal,
  finite,
  greatest,
  holds,
  keys,
  least,
  length,
  NotComputable,
  remainder,
  split,
  sum,
  whole,
} from "./schema/expressions.js";
export { canonical, parseJson } from "./canonical/canonical.js";
export { isJson } from "./canonical/json.js";
export type { Json, NotJson } from "./canonical/canonical.js";
export { digest } from "./canonical/digest.js";
export type { Digest } from "./canonical/digest.js";

// ---- machines and their monitors ------------------------------------------------------------------------
export { monitor, Verdict } from "./monitor/monitor.js";
export type { Monitor, Refused } from "./monitor/monitor.js";
export { report } from "./monitor/report.js";
export type { Refusal } from "./monitor/report.js";
export { actions } from "./monitor/actions.js";
export type { Places } from "./monitor/actions.js";
export type { Ends, Enter, Machine, Receive, Receives, Repeat, Send, Sends, State, Step } from "./monitor/machine.js";

// ---- agents ---------------------------------------------------------------------------------------------
export type {
  Action,
  Agent,
  Answer,
  Ctx,
  DecisionPoint,
  Heard,
  Here,
  KnownValues,
  Message,
  Report,
} from "./endpoint/agent.js";

// ---- running --------------------------------------------------------------------------------------------
export { role } from "./run/role.js";
export { choreography } from "./run/choreography.js";
export type { ChoreographyParts } from "./run/choreography.js";
export type { Choreography, Event, Options, Role, Run } from "./run/run.js";
export { Fault, OtherProtocol } from "./endpoint/fault.js";
export type { World } from "./run/world.js";

// ---- journals and carriers ------------------------------------------------------------------------------
export { memory } from "./journal/memory.js";
export { sqlite } from "./journal/sqlite.js";
export { Broken, Fenced, Gap } from "./journal/errors.js";
export type { EndpointId, Head, Journal, JournalRecord, RecordBody } from "./journal/journal.js";
export { inProcess } from "./delivery/in-process.js";
export type { Carrier } from "./delivery/carrier.js";
export { encodeOffer } from "./delivery/frame.js";
export type { OfferParts } from "./delivery/frame.js";
