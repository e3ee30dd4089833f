// `chorc` as a process: the real streams, and an exit code. The only file of the command line that knows `process`.

import { main } from "./main.js";
import type { Output, Shell } from "./shell.js";

/** Runs `chorc` with the words and streams of this process. The process ends by itself when all is written. */
export async function runProcess(): Promise<void> {
  const shell: Shell = {
    out: output(process.stdout),
    error: output(process.stderr),
    environment: process.env,
    readInput,
    folder: process.cwd(),
    now: () => new Date(),
    interrupted,
  };
  const code = await main(process.argv.slice(2), shell);
  process.exitCode = Math.max(code, Number(process.exitCode ?? 0));
}

function output(stream: NodeJS.WriteStream): Output {
  // `chorc … | head -1`: a reader that has gone away is no failure of ours.
  let open = true;
  stream.on("error", (problem: NodeJS.ErrnoException) => {
    open = false;
    if (problem.code !== "EPIPE") process.exitCode = 2;
  });
  return {
    write: (text) => void (open && text !== "" && stream.write(text)),
    isTTY: stream.isTTY === true,
    columns: stream.columns,
  };
}

/** From the first call on, Ctrl-C no longer ends the process by itself. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

async function readInput(limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit + 1);
}
