// Everything that is no plain `chorc check FILES…`. In: the words of the command line. Out: an exit code. Each command
// is a file in commands/ and loads what it needs when it is used.

import { understand } from "./arguments/understand.js";
import { complain } from "./say.js";
import type { ExitCode } from "./say.js";
import type { Shell } from "./shell.js";

/** Understands the words and runs the command. */
export async function more(words: readonly string[], shell: Shell): Promise<ExitCode> {
  const request = understand(words);
  switch (request.kind) {
    case "print":
      shell.out.write(request.text);
      return 0;
    case "wrong":
      complain(shell, request.message, request.hint);
      return 2;
    case "check":
      if (request.watch) return (await import("./commands/watch-check.js")).watchCheck(request, shell);
      return (await import("./commands/check.js")).check(request, shell);
    case "fix":
      return (await import("./commands/fix.js")).fix(request, shell);
    case "compile":
      return (await import("./commands/compile.js")).compile(request, shell);
    case "fmt":
      return (await import("./commands/fmt.js")).format(request, shell);
    case "init":
      return (await import("./commands/init.js")).init(request, shell);
    case "explain":
      return (await import("./commands/explain.js")).explain(request, shell);
    case "diagram":
      return (await import("./commands/diagram.js")).diagram(request.file, request.options, shell);
    case "diff":
      return (await import("./commands/diff.js")).diffVersions(request, shell);
    case "simulate":
      return (await import("./commands/simulate.js")).simulate(request, shell);
    case "verify":
      return (await import("./commands/verify.js")).verifyFile(request, shell);
    case "lsp":
      return (await import("../lsp/main.js")).serve(shell);
  }
}
