// Choreographies built by hand, for tests: a few words of TypeScript become a bound choreography of the whole
// language, its source text (so that every span points at something) and its core. Independent of the parser and the
// binder.

import type { Source, Span } from "@chor/grammar";
import type {
  Block,
  Choreography,
  Expression,
  Interaction,
  Payload,
  Role,
  RoleReference,
  Statement,
  Type,
} from "../../compiler/src/bind/program.js";
import type { Core } from "../../compiler/src/core/core.js";
import { desugar, type Options } from "../../compiler/src/core/desugar.js";
import { innerParts, type Part, type SendOptions, type Sketch } from "./sketch.js";

export * from "./sketch.js";

/** The core of a sketch. */
export function core(sketch: Sketch, options: Options = {}): Core {
  return desugar(build(sketch).choreography, options);
}

const file = "sketch.chor";

/** The bound choreography of a sketch, and the text that its spans point into. What it calls stands before it. */
export function build(sketch: Sketch): { readonly choreography: Choreography; readonly source: Source } {
  const shared: Shared = { text: "", file, built: new Map() };
  const choreography = choreographyOf(sketch, shared);
  return { choreography, source: { file, text: `${shared.text}\n` } };
}

interface Shared {
  text: string;
  readonly file: string;
  readonly built: Map<Sketch, Choreography>;
}

function choreographyOf(sketch: Sketch, shared: Shared): Choreography {
  for (const callee of calleesOf(sketch.body))
    if (!shared.built.has(callee)) {
      choreographyOf(callee, shared);
      shared.text += "\n\n";
    }
  const start = shared.text.length;
  const writer = new Writer(shared);
  const name = sketch.name ?? "Sketch";
  const nameSpan = { start: start + "choreography ".length, end: start + "choreography ".length + name.length };
  writer.write(`choreography ${name}(${sketch.roles.join(", ")}) `);
  const body = writer.block(sketch.body);
  const choreography: Choreography = {
    name,
    source: { file, text: "" },
    doc: "",
    typeParameters: [],
    roles: sketch.roles.map((role) => roleOf(role, { start, end: start })),
    values: [],
    within: null,
    body,
    interactions: writer.interactions,
    span: { start, end: shared.text.length },
    nameSpan,
  };
  shared.built.set(sketch, choreography);
  return choreography;
}

function roleOf(text: string, span: Span): Role {
  const [, name = text, low, high] = /^(\w+)(?:\[(\d+)\.\.(\d+)\])?\??$/.exec(text) ?? [];
  const family = low === undefined || high === undefined ? null : { low: Number(low), high: Number(high) };
  return { name, family, optional: text.endsWith("?"), span };
}

/** The sketches that a part calls, in its own order. */
function calleesOf(part: Part): readonly Sketch[] {
  const inner = innerParts(part).flatMap(calleesOf);
  return part.kind === "do" ? [part.callee, ...inner] : inner;
}

const truth: Type = { kind: "boolean" };

class Writer {
  readonly interactions: Interaction[] = [];
  private readonly shared: Shared;
  private depth = 0;
  private readonly types = new Map<string, Type>();
  private readonly labels = new Map<string, number>();

  constructor(shared: Shared) {
    this.shared = shared;
  }

  write(text: string): Span {
    const start = this.shared.text.length;
    this.shared.text += text;
    return { start, end: this.shared.text.length };
  }

  block(part: Part): Block {
    const start = this.shared.text.length;
    this.write("{");
    this.depth++;
    const statements = flat(part).map((inner) => {
      this.write(`\n${"  ".repeat(this.depth)}`);
      return this.statement(inner);
    });
    this.depth--;
    this.write(statements.length === 0 ? "}" : `\n${"  ".repeat(this.depth)}}`);
    return { statements, span: { start, end: this.shared.text.length } };
  }

  private otherwise(part: Part | undefined): Block | null {
    if (part === undefined) return null;
    this.write(" else ");
    return this.block(part);
  }

  private statement(part: Exclude<Part, { kind: "seq" }>): Statement {
    const start = this.shared.text.length;
    const here = (): Span => ({ start, end: this.shared.text.length });
    switch (part.kind) {
      case "send": {
        const interaction = this.interaction(part);
        return { kind: "interaction", interaction, span: interaction.span };
      }
      case "choice":
        return this.choice(part, here);
      case "loop": {
        const max = part.options.max ?? null;
        const headSpan = this.write(`loop ${part.name}${max === null ? "" : ` max ${max}`}`);
        this.write(" ");
        const body = this.block(part.body);
        const otherwise = this.otherwise(part.options.otherwise);
        return { kind: "loop", name: part.name, max, body, otherwise, span: here(), headSpan };
      }
      case "break":
      case "continue":
        return { kind: part.kind, name: part.loop, span: this.write(`${part.kind} ${part.loop}`) };
      case "par": {
        const arms = part.arms.map((arm, i) => {
          this.write(i === 0 ? "par " : " and ");
          return this.block(arm);
        });
        return { kind: "par", arms, span: here() };
      }
      case "scatter": {
        const { as, over } = part;
        const headSpan = this.write(`scatter [1] as ${as} over ${over.join(", ")}`);
        this.write(" ");
        const item: Type = { kind: "int", min: 1, max: 1 };
        const list: Expression = {
          kind: "list",
          items: [{ kind: "literal", value: 1, type: item, span: headSpan }],
          type: { kind: "list", item, min: 0, max: 1 },
          span: headSpan,
        };
        return { kind: "scatter", list, as, over, after: null, body: this.block(part.body), span: here(), headSpan };
      }
      case "pick": {
        const headSpan = this.write(`pick ${part.family} at ${part.at}`);
        this.write(" ");
        const body = this.block(part.body);
        return { kind: "pick", family: part.family, as: null, at: part.at, body, span: here(), headSpan };
      }
      case "do": {
        const callee = this.shared.built.get(part.callee);
        if (callee === undefined) throw new Error("The callee is not built.");
        const given = part.roles.map((role) => (typeof role === "string" ? role : `[${role.join(", ")}]`));
        const headSpan = this.write(`do ${callee.name}(${given.join(", ")}) as ${part.as}`);
        const roles = part.roles.map((role) =>
          (typeof role === "string" ? [role] : role).map((one) => reference(one, headSpan)),
        );
        const otherwise = this.otherwise(part.otherwise);
        return { kind: "do", callee, types: [], roles, values: [], as: part.as, otherwise, span: here(), headSpan };
      }
      case "saga": {
        this.write("saga {");
        const steps = part.steps.map(({ step, undo }) => {
          this.write(" step ");
          const done = this.block(step);
          if (undo === undefined) return { step: done, undo: null };
          this.write(" undo ");
          return { step: done, undo: this.block(undo) };
        });
        this.write(" }");
        const otherwise = this.otherwise(part.otherwise);
        return { kind: "saga", steps, otherwise, span: here() };
      }
      case "return":
      case "abort":
        return { kind: part.kind, span: this.write(part.kind) };
      case "fail":
        return { kind: "fail", reason: "because", span: this.write('fail "because"') };
    }
  }

  private choice(part: Extract<Part, { kind: "choice" }>, here: () => Span): Statement {
    const { at, when: name } = part;
    const written = part.name === null ? "" : `${part.name} `;
    const headSpan = this.write(at === null ? "choice" : `choice ${written}at ${at}`);
    const branches = part.branches.map((branch, i) => {
      this.write(i === 0 ? " " : " or ");
      const last = i === part.branches.length - 1;
      if (name === undefined || last) return { when: null, body: this.block(branch) };
      this.write("when ");
      const condition: Expression = { kind: "name", name, type: truth, span: this.write(name) };
      this.write(" ");
      return { when: condition, body: this.block(branch) };
    });
    const otherwise = this.otherwise(part.otherwise);
    const key = part.name ?? joined(part.branches);
    return {
      kind: "choice",
      doc: "",
      name: key,
      at,
      within: null,
      retry: null,
      branches,
      otherwise,
      span: here(),
      headSpan,
    };
  }

  private interaction(part: Extract<Part, { kind: "send" }>): Interaction {
    const { from, to, label, options } = part;
    const inner = options.asked ?? options.forwarded ?? "";
    const message = options.asked === label ? label : `${label}(${inner})`;
    const named = options.as === undefined ? "" : ` as ${options.as}${options.collects === true ? "[]" : ""}`;
    const asked = options.majority === true ? "majority" : (options.quorum ?? null);
    const quorum = asked === null ? "" : ` quorum ${asked}`;
    const text = `${from} -> ${to.join(", ")}: ${message}${named}${quorum}`;
    const start = this.shared.text.length;
    const span = this.write(text);
    const payload = this.payload(options, span);
    const key = lower(label);
    const binds = payload.kind === "none" ? null : (options.as ?? key);
    const type = payload.kind === "none" ? null : payload.kind === "asked" ? payload.type : payload.expression.type;
    if (binds !== null && type !== null) this.types.set(binds, type);
    const count = (this.labels.get(label) ?? 0) + 1;
    this.labels.set(label, count);
    const id = count === 1 ? label : `${label}#${count}`;
    const index = this.interactions.length;
    const interaction: Interaction = {
      index,
      id,
      doc: "",
      from: reference(from, span),
      to: to.map((role) => reference(role, span)),
      label,
      labelSpan: span,
      payload,
      binds,
      collects: options.collects === true,
      own: binds === null ? null : key,
      handler: options.collects === true ? key : (binds ?? key),
      quorum: asked,
      where: [],
      gates: [],
      retry: null,
      within: null,
      otherwise: null,
      text,
      span,
    };
    this.interactions.push(interaction);
    if (options.otherwise === undefined) return interaction;
    const otherwise = this.otherwise(options.otherwise);
    const whole = { ...interaction, otherwise, span: { start, end: this.shared.text.length } };
    this.interactions[index] = whole;
    return whole;
  }

  private payload(options: SendOptions, span: Span): Payload {
    if (options.asked !== undefined)
      return { kind: "asked", type: { kind: "reference", artifact: options.asked, file: this.shared.file } };
    if (options.forwarded === undefined) return { kind: "none" };
    const [name = "", ...path] = options.forwarded.split(".");
    const whole: Type = this.types.get(name) ?? { kind: "reference", artifact: "Unknown", file: this.shared.file };
    const text: Type = { kind: "string", min: 0, max: 100, pattern: null };
    const root: Expression = { kind: "name", name, type: whole, span };
    const expression = path.reduce<Expression>(
      (of, field) => ({ kind: "field", of, field, fieldSpan: span, type: text, span }),
      root,
    );
    return { kind: "computed", expression };
  }
}

function reference(role: string, span: Span): RoleReference {
  return role.endsWith("[*]") ? { role: role.slice(0, -3), all: true, span } : { role, all: false, span };
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
