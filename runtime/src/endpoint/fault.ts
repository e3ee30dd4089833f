// What `await run` throws when a session cannot go on, and when it must not begin.

import type { Report } from "./agent.js";

/** The session cannot go on without somebody who looks at it. A run of the same session resumes it, unless `final`. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly session: string;
  readonly role: string;
  readonly report: Report;
  readonly final: boolean;

  constructor(session: string, role: string, report: Report, final = false) {
    super(`\`${role}\` cannot go on in session \`${session}\`. ${report.text}`);
    this.session = session;
    this.role = role;
    this.report = report;
    this.final = final;
  }
}

/** The journal has this session under another protocol, or is of another choreography: nothing was begun. */
export class OtherProtocol extends Error {
  override readonly name = "OtherProtocol";
}
