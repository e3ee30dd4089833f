// The shell of an endpoint: compares what is wanted with what is running, starts what is missing, stops what is no
// longer wanted, and appends what comes of it. It never acts on "just happened", only on "is so"; so a restart is
// the same as any other moment. All that it keeps beside the state may be forgotten.

import type { Carrier } from "../delivery/carrier.js";
import { encodeAnswer, encodeOffer, type Answer, type Offer } from "../delivery/frame.js";
import { Fenced } from "../journal/errors.js";
import type { EndpointId, Journal, JournalRecord, RecordBody } from "../journal/journal.js";
import { Fault } from "./fault.js";
import type { World } from "../run/world.js";
import type { Report } from "./agent.js";
import { heed } from "./answers.js";
import { handling } from "./handling.js";
import type { Handlers } from "./handlers.js";
import { admit, awaited, judge } from "./judge.js";
import { get } from "./list.js";
import { mailbox } from "./mailbox.js";
import { offering, type Offered } from "./offering.js";
import { sendByItself } from "./decide.js";
import { stored } from "./reports.js";
import { reply, type Slot } from "./reply.js";
import { fold, lastReport, reportIn, type State } from "./state.js";
import { retries, wants, type Want } from "./wants.js";

export interface EndpointParts {
  readonly id: EndpointId;
  /** Digest of the protocol. */
  readonly protocol: string;
  /** The fold of the journal as it was read. */
  readonly state: State;
  readonly handlers: Handlers;
  readonly journal: Journal;
  readonly carrier: Carrier;
  readonly world: World;
  readonly on: {
    /** A record is durable. `report` is that of a `rejected` one. */
    readonly recorded: (record: JournalRecord, report: Report | null) => void;
    /** A frame was refused: nothing has changed. */
    readonly refused: (report: Report) => void;
    readonly closed: () => void;
    /** The endpoint has stopped and does not go on by itself. */
    readonly failed: (reason: unknown) => void;
  };
}

export interface Endpoint {
  /** Takes the endpoint over and listens. One that is closed already only answers. */
  open(): Promise<void>;
  /** Begins to act. */
  go(): void;
  /** Resolves when nothing of it is running any more, but for handlers that do not heed their signal. */
  stop(reason: unknown): Promise<void>;
  state(): State;
}

type Make = (state: State) => readonly RecordBody[];

/** An endpoint that has not begun. */
export function endpoint({
  id,
  protocol,
  state: read,
  handlers,
  journal,
  carrier,
  world,
  on,
}: EndpointParts): Endpoint {
  const { session, owner: role } = id;
  const { peers } = read.monitor;
  let state = read;
  let going = false;
  let stopped = false;
  let unlisten: (() => void) | null = null;
  /** All appends, one after the other. */
  let appends: Promise<unknown> = Promise.resolve();
  /** Whether the endpoint is appending something by itself: one thing at a time. */
  let appending = false;
  /** What the receivers have told: all messages to a peer below this number are decided. */
  const upTo = peers.map(() => 0);
  const offers = offering(world, turn);
  const mail = mailbox({ session, role, protocol, state: () => state, offered, answered, refused: on.refused });
  const work = handling({ session, handlers, world, state: () => state, append, turn, fault, fail });

  /** Brings what is running in line with what is wanted. */
  function turn(): void {
    if (!going || stopped) return;
    const wanted = wants(state, { upTo, heard: work.heard() });
    offers.want(
      wanted.filter((want) => want.want === "offer"),
      send,
    );
    work.want(wanted.find((want) => want.want === "ask" || want.want === "hear") ?? null);
    for (const want of wanted) start(want);
  }

  /** Starts what the endpoint does by itself. */
  function start(want: Want): void {
    if (want.want === "send")
      once(
        ({ point }) => point === want.point,
        (current) => sendByItself(current),
      );
    else if (want.want === "take") take();
    else if (want.want === "close") {
      once(
        ({ closed }) => closed === null,
        () => ({ kind: "close", outcome: "done" }),
        () => {
          mail.refuseAll();
          on.closed();
        },
      );
    } else if (want.want === "fault") fault(lastReport(state)!);
  }

  function take(): void {
    const offer = awaited(state, mail.waiting);
    if (offer === undefined) return;
    once(
      () => true,
      (current) => judge(current, offer),
      () => {
        mail.drop(offer);
        tell(offer);
      },
    );
  }

  function once(
    isWanted: (state: State) => boolean,
    make: (state: State) => RecordBody | null,
    then = (): void => {},
  ): void {
    if (appending) return;
    appending = true;
    append((current) => {
      const body = isWanted(current) ? make(current) : null;
      return body === null ? [] : [body];
    })
      .then(() => {
        appending = false;
        if (stopped) return;
        then();
        turn();
      })
      .catch(fail);
  }

  /**
   * Appends what `make` says of the state as it is when its turn has come. Resolves when that is durable, or when
   * there was nothing to append; rejects with the reason why this endpoint has stopped.
   */
  function append(make: Make): Promise<void> {
    const job = appends.then(async () => {
      if (stopped) return;
      const bodies = make(state);
      if (bodies.length === 0) return;
      const { next } = state;
      const at = Math.max(world.now(), state.at);
      const records = bodies.map((body, index): JournalRecord => Object.assign({ step: next + index, at }, body));
      await journal.append(id, next, records);
      for (const record of records) {
        const report = record.kind === "rejected" ? reportIn(state, record) : null;
        state = fold(state, record);
        on.recorded(record, report);
      }
    });
    appends = job.catch((error: unknown) => fail(error instanceof Fenced ? fencedBy(error) : error));
    return job;
  }

  function fencedBy(cause: Fenced): Fenced {
    return new Fenced(`Another process acts as \`${role}\` in session \`${session}\`: this one has stopped.`, {
      cause,
    });
  }

  /** Records that the session cannot go on, then stops. */
  function fault(report: Report): void {
    append(({ era }) => (era % 2 === 1 ? [] : [{ kind: "era", era: era + 1, cause: report.text }]))
      .then(() => fail(new Fault(session, role, report)))
      .catch(fail);
  }

  /** Stops, and says why, the first time only: what fails later fails because of that. */
  function fail(reason: unknown): void {
    if (stopped) return;
    void stop(reason);
    on.failed(reason);
  }

  async function stop(reason: unknown): Promise<void> {
    if (!stopped) {
      stopped = true;
      unlisten?.();
      offers.stop();
      work.stop(reason);
    }
    await appends;
  }

  // ---- over the carrier ---------------------------------------------------------------------------------

  function send({ peer, seq }: Offered): void {
    const to = peers[peer]!;
    const { label, digest, payload } = get(state.sent[peer]!, seq)!;
    const parts = { protocol, session, from: role, to, seq, label, digest, payload, era: state.era };
    carrier.send({ session, owner: to }, encodeOffer(parts));
  }

  /** Answers what is decided; nothing else. */
  function tell(slot: Slot): void {
    const decided = reply(state, slot);
    if (decided === null) return;
    const { from: to, seq } = slot;
    const report = decided.report === null ? null : stored(decided.report);
    const head = { kind: "answer", protocol, session, from: role, to, seq, era: state.era } as const;
    carrier.send({ session, owner: to }, encodeAnswer({ ...head, ...decided, report }));
  }

  function offered(offer: Offer): void {
    const admission = admit(state, offer);
    if (admission.admission === "waits") {
      mail.keep(offer);
      turn();
    } else {
      if (admission.report !== null) on.refused(admission.report);
      if (admission.admission === "decided") tell(offer);
    }
  }

  function answered(answer: Answer): void {
    const answered = heed(state, upTo, answer);
    if (answered.heeded === "known") return;
    if (answered.heeded === "decided") {
      upTo[answered.peer] = answered.upTo;
      return turn();
    }
    on.refused(answered.report);
    if (answered.heeded === "refused") return;
    // One frame is easily forged. The true receiver says the same each time it is asked.
    if (offers.rejected({ peer: answered.peer, seq: answer.seq }) > retries) fault(answered.report);
  }

  return {
    async open() {
      if (state.closed === null) {
        const writer = Math.floor(world.random() * 2 ** 48).toString(36);
        await append(({ era }) => [
          { kind: "open", writer, protocol },
          ...(era % 2 === 1 ? [{ kind: "era", era: era + 1, cause: "resumed" } as const] : []),
        ]);
      }
      if (!stopped) unlisten = carrier.listen(id, mail.receive);
    },
    go() {
      going = true;
      turn();
    },
    stop,
    state: () => state,
  };
}
