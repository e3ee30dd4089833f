// The journal: what is in it has happened, what is not has not. One per endpoint (session, owner), written by
// one process at a time; the key of a record is (session, owner, step). Specification: RUNTIME in SPEC.md.

/** Whose journal: a role within a session. */
export interface EndpointId {
  readonly session: string;
  readonly owner: string;
}

interface RecordBase {
  readonly step: number;
  /** Milliseconds since 1970: max(clock, `at` of the record before). */
  readonly at: number;
}

/** Everything that comes from outside becomes a record before it has an effect. `kind` discriminates. */
export type JournalRecord = RecordBase & RecordBody;

export type RecordBody =
  /** This process asks, offers and answers from here on. */
  | { readonly kind: "open"; readonly writer: string; readonly protocol: string }
  /** Decided and on its way; `seq` counts the interactions of the channel (owner, to) from 0. */
  | {
      readonly kind: "sent";
      readonly to: string;
      readonly seq: number;
      readonly label: string;
      readonly digest: string;
      readonly payload: unknown;
    }
  /** Accepted by the monitor, and durable here before the sender is told. */
  | {
      readonly kind: "received";
      readonly from: string;
      readonly seq: number;
      readonly label: string;
      readonly digest: string;
      readonly payload: unknown;
    }
  /** An answer of this role's own agent, or a message from `from`, that the monitor refused. */
  | {
      readonly kind: "rejected";
      readonly from: string;
      readonly to: string;
      readonly seq: number;
      readonly attempt: number;
      readonly digest: string;
      readonly report: unknown;
    }
  /** The result of `ctx.step`. */
  | {
      readonly kind: "memo";
      readonly point: number;
      readonly attempt: number;
      readonly name: string;
      readonly value: unknown;
    }
  /** Odd: the session is faulted; even: it runs (again). */
  | { readonly kind: "era"; readonly era: number; readonly cause: string }
  | { readonly kind: "close"; readonly outcome: "done" | "failed" };

export interface Head {
  readonly owner: string;
  /** The next free step. */
  readonly next: number;
  readonly closed: boolean;
}

export interface Journal {
  /** The records of an endpoint from a step on, in order. */
  read(of: EndpointId, from: number): Promise<readonly JournalRecord[]>;
  /**
   * Durable when it resolves. `batch[i].step` is `step + i`. Rejects with `Fenced` when another writer has that
   * step, with `Broken` when it is unclear what was written; a broken handle stays broken. A crash may leave a prefix.
   */
  append(of: EndpointId, step: number, batch: readonly JournalRecord[]): Promise<void>;
  /** All endpoints of a session that have a record. */
  heads(session: string): Promise<readonly Head[]>;
  close(): Promise<void>;
}
