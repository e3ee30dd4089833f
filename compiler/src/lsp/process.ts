// The language server as a program of its own, for extensions that bring it with them bundled into one file. Its threads
// run the same program.

import { serve } from "./main.js";

void serve({
  error: {
    write: (text) => void process.stderr.write(text),
    isTTY: process.stderr.isTTY === true,
    columns: process.stderr.columns,
  },
});
