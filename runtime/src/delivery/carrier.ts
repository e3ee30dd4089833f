// A carrier promises fair loss and nothing else: a frame sent again and again to somebody who listens arrives
// some time. It may lose, double, delay and reorder. Order, dedup and acknowledgement are made in the endpoint.

import type { EndpointId } from "../journal/journal.js";

export interface Carrier {
  /** Never throws, never waits. */
  send(to: EndpointId, frame: Uint8Array): void;
  /** Calls `on` for each frame that comes for `to`, never within `send`; gives a function that stops it. */
  listen(to: EndpointId, on: (frame: Uint8Array) => void): () => void;
}
