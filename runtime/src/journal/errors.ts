// What an append can end with beside success. Both end the endpoint that hears them; neither is ever retried.

/** Another process has written at this step: it plays the endpoint from here on, this one stops. */
export class Fenced extends Error {
  override readonly name = "Fenced";
}

/** It is unclear what has been written: the handle is of no more use. Open the journal again, read, go on. */
export class Broken extends Error {
  override readonly name = "Broken";
}

/** The step is beyond the next free one: the caller has lost count. Nothing was written. */
export class Gap extends Error {
  override readonly name = "Gap";
}
