// A first run of what is slow the first time: the parser is made, code is compiled. In: nothing. Out: a program that uses
// much of the language, and the answers about it, which nobody reads.

import { pathToFileURL } from "node:url";
import { hover } from "./hover.js";
import { workspace } from "./workspace.js";

export const SAMPLE = `artifact Task { title: string(1..80)  parts: string[..8]  limit?: int(0..9)  where title != "none" }
artifact Done { result: string(1..2000) }
choreography Sample(Lead, Coder, Reviewer) {
  Lead -> Coder, Reviewer: Task
  loop attempt max 3 {
    Coder -> Reviewer: Done as done where done.result != task.title
    choice verdict at Reviewer {
      Reviewer -> Lead: Accept(done)
      Reviewer -> Coder: Stop()
      break attempt
    } or {
      Reviewer -> Coder: Again()
    }
  } else {
    Reviewer -> Lead: Nothing()
  }
}
`;

/** How often: what has run a few times is compiled for good. */
const ROUNDS = 5;

/** Takes nothing, leaves nothing: parses a program and looks up its names, as the first question of a client does. */
export function warmUp(): void {
  const uri = pathToFileURL("/warm.chor").href;
  const files = workspace("utf-16");
  for (let round = 0; round < ROUNDS; round++) {
    const { view, text } = files.open(uri, round, SAMPLE);
    const file = view();
    const open = { file, text, world: files, index: files.index(file) };
    for (const word of ["Task", "done", "Accept", "Coder"]) hover(files, open, null, SAMPLE.lastIndexOf(word));
  }
}
