// Choreographies built by hand, for tests: a few words of TypeScript become a bound choreography, its source
// text (so that every span points at something) and its core. Independent of the parser and the binder.

import type { Source, Span } from "@chor/grammar";
import type { Block, Choreography, Interaction, Payload, Statement, Type } from "../../compiler/src/bind/program.js";
import type { Core } from "../../compiler/src/core/core.js";
import { desugar } from "../../compiler/src/core/desugar.js";

export type Part =
  | {
      readonly kind: "send";
      readonly from: string;
      readonly to: readonly string[];
      readonly label: string;
      readonly options: SendOptions;
    }
  | { readonly kind: "seq"; readonly parts: readonly Part[] }
  | { readonly kind: "choice"; readonly at: string; readonly name: string | null; readonly branches: readonly Part[] }
  | { readonly kind: "loop"; readonly name: string; readonly options: LoopOptions; readonly body: Part }
  | { readonly kind: "break" | "continue"; readonly loop: string };

export interface SendOptions {
  /** The artifact that the sender's agent is asked for. */
  readonly asked?: string;
  /** What the sender passes on: `name` or `name.field`. */
  readonly forwarded?: string;
  readonly as?: string;
}

export interface LoopOptions {
  readonly max?: number;
  readonly otherwise?: Part;
}

export interface Sketch {
  readonly roles: readonly string[];
  readonly body: Part;
  readonly name?: string;
}

/** `from -> to: Label()`; with options `Label(Artifact)`, `Label(name)`. Several receivers as a list. */
export function send(from: string, to: string | readonly string[], label: string, options: SendOptions = {}): Part {
  return { kind: "send", from, to: typeof to === "string" ? [to] : to, label, options };
}

export function seq(...parts: readonly Part[]): Part {
  return { kind: "seq", parts };
}

/** `choice at Role { … } or { … }`. For a branch of several statements (or of none) use `seq`. */
export function choice(at: string, ...branches: readonly Part[]): Part {
  return { kind: "choice", at, name: null, branches };
}

/** `choice name at Role { … } or { … }`. */
export function named(name: string, at: string, ...branches: readonly Part[]): Part {
  return { kind: "choice", at, name, branches };
}

/** `loop name max n { … } else { … }`. */
export function loop(name: string, options: LoopOptions, ...body: readonly Part[]): Part {
  return { kind: "loop", name, options, body: seq(...body) };
}

export function leave(name: string): Part {
  return { kind: "break", loop: name };
}

export function again(name: string): Part {
  return { kind: "continue", loop: name };
}

/** The core of a sketch. */
export function core(sketch: Sketch): Core {
  return desugar(build(sketch).choreography);
}

/** The bound choreography of a sketch, and the text that its spans point into. */
export function build(sketch: Sketch): { readonly choreography: Choreography; readonly source: Source } {
  const writer = new Writer();
  const name = sketch.name ?? "Sketch";
  writer.write(`choreography ${name}(${sketch.roles.join(", ")}) `);
  const body = writer.block(sketch.body);
  const choreography: Choreography = {
    name,
    doc: "",
    roles: sketch.roles,
    body,
    interactions: writer.interactions,
    span: { start: 0, end: writer.text.length },
  };
  return { choreography, source: { file: "sketch.chor", text: `${writer.text}\n` } };
}

class Writer {
  text = "";
  readonly interactions: Interaction[] = [];
  private depth = 0;
  private readonly types = new Map<string, Type>();
  private readonly labels = new Map<string, number>();

  write(text: string): Span {
    const start = this.text.length;
    this.text += text;
    return { start, end: this.text.length };
  }

  block(part: Part): Block {
    const start = this.text.length;
    this.write("{");
    this.depth++;
    const statements = flat(part).map((inner) => {
      this.write(`\n${"  ".repeat(this.depth)}`);
      return this.statement(inner);
    });
    this.depth--;
    this.write(statements.length === 0 ? "}" : `\n${"  ".repeat(this.depth)}}`);
    return { statements, span: { start, end: this.text.length } };
  }

  private statement(part: Exclude<Part, { kind: "seq" }>): Statement {
    const start = this.text.length;
    const here = (): Span => ({ start, end: this.text.length });
    switch (part.kind) {
      case "send": {
        const interaction = this.interaction(part);
        return { kind: "interaction", interaction, span: interaction.span };
      }
      case "choice": {
        const headSpan = this.write(`choice ${part.name === null ? "" : `${part.name} `}at ${part.at}`);
        const branches = part.branches.map((branch, i) => {
          this.write(i === 0 ? " " : " or ");
          return this.block(branch);
        });
        const name = part.name ?? joined(part.branches);
        return { kind: "choice", doc: "", name, at: part.at, branches, span: here(), headSpan };
      }
      case "loop": {
        const max = part.options.max ?? null;
        const headSpan = this.write(`loop ${part.name}${max === null ? "" : ` max ${max}`}`);
        this.write(" ");
        const body = this.block(part.body);
        let otherwise: Block | null = null;
        if (part.options.otherwise !== undefined) {
          this.write(" else ");
          otherwise = this.block(part.options.otherwise);
        }
        return { kind: "loop", name: part.name, max, body, otherwise, span: here(), headSpan };
      }
      case "break":
      case "continue":
        return { kind: part.kind, loop: part.loop, span: this.write(`${part.kind} ${part.loop}`) };
    }
  }

  private interaction(part: Extract<Part, { kind: "send" }>): Interaction {
    const { from, to, label, options } = part;
    const inner = options.asked ?? options.forwarded ?? "";
    const message = options.asked === label ? label : `${label}(${inner})`;
    const text = `${from} -> ${to.join(", ")}: ${message}${options.as === undefined ? "" : ` as ${options.as}`}`;
    const span = this.write(text);
    const payload = this.payload(options, span);
    const key = lower(label);
    const binds = payload.kind === "none" ? null : (options.as ?? key);
    if (binds !== null && payload.kind !== "none") this.types.set(binds, payload.type);
    const count = (this.labels.get(label) ?? 0) + 1;
    this.labels.set(label, count);
    const id = count === 1 ? label : `${label}#${count}`;
    const interaction = {
      index: this.interactions.length,
      id,
      doc: "",
      from,
      to,
      label,
      payload,
      binds,
      handler: binds ?? key,
      text,
      span,
    };
    this.interactions.push(interaction);
    return interaction;
  }

  private payload(options: SendOptions, span: Span): Payload {
    if (options.asked !== undefined) return { kind: "asked", type: { kind: "reference", artifact: options.asked } };
    if (options.forwarded === undefined) return { kind: "none" };
    const [name = "", ...path] = options.forwarded.split(".");
    const whole: Type = this.types.get(name) ?? { kind: "reference", artifact: "Unknown" };
    const type: Type = path.length === 0 ? whole : { kind: "string", min: 0, max: 100, pattern: null };
    return { kind: "forwarded", name, path, type, span };
  }
}

/** The statements of a part: sequences in sequences are one. */
function flat(part: Part): readonly Exclude<Part, { kind: "seq" }>[] {
  return part.kind === "seq" ? part.parts.flatMap(flat) : [part];
}

/** A choice's default name: the first labels, joined. */
function joined(branches: readonly Part[]): string {
  const labels = branches
    .map((branch) => flat(branch).find((part) => part.kind === "send"))
    .map((part) => (part?.kind === "send" ? part.label : "nothing"));
  return lower(labels.join("Or"));
}

function lower(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}
