// The words of `chorc diagram`. In: the program. Out: the same with this command, which says what was understood.

import { Option } from "commander";
import type { Command } from "commander";
import type { DiagramOptions } from "../commands/diagram.js";
import { command, examples, withFormat } from "./shared.js";
import type { Flags, Found } from "./shared.js";

export interface DiagramRequest {
  readonly kind: "diagram";
  readonly file: string;
  readonly options: DiagramOptions;
}

/** The words of `chorc diagram`. */
export function diagramCommand(program: Command, found: Found): void {
  const own = command(program, "diagram", "FILE")
    .addOption(new Option("--kind <kind>", "what is drawn").choices(["sequence", "talks", "role"]).default("sequence"))
    .option("--choreography <name>", "which one (default: the only one)")
    .option("--role <name>", "the role, with `--kind role`")
    .addOption(new Option("--as <language>", "how it is drawn").choices(["mermaid", "svg"]).default("mermaid"))
    .option("-o, --out <file>", "where to write");
  withFormat(own)
    .summary("draw who sends what to whom")
    .description("Draws a choreography of a file, as Mermaid or SVG, on standard output or in a file of its own.")
    .argument("<file>", "a `.chor` file; `-` is standard input")
    .addHelpText(
      "after",
      examples([
        ["chorc diagram team.chor", "messages in their order"],
        ["chorc diagram team.chor --as svg -o team.svg", "the same as a picture"],
        ["chorc diagram team.chor --kind role --role Critic", "what one role does"],
      ]),
    )
    .action((file: string, options: DiagramFlags) =>
      found({
        kind: "diagram",
        file,
        options: {
          kind: options.kind,
          as: options.as,
          choreography: options.choreography ?? null,
          role: options.role ?? null,
          out: options.out ?? null,
          format: options.format ?? "pretty",
          color: options.color,
        },
      }),
    );
}

interface DiagramFlags extends Flags {
  readonly kind: DiagramOptions["kind"];
  readonly as: DiagramOptions["as"];
  readonly choreography?: string;
  readonly role?: string;
}
