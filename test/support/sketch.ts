// What a choreography is made of, for tests that make them by hand or at random: a few words of TypeScript, one for each
// construct of the language. In: parts. Out: parts; `build.ts` makes a bound choreography of them.

export type Part =
  | {
      readonly kind: "send";
      readonly from: string;
      readonly to: readonly string[];
      readonly label: string;
      readonly options: SendOptions;
    }
  | { readonly kind: "seq"; readonly parts: readonly Part[] }
  | {
      readonly kind: "choice";
      /** null: `choice when`. */
      readonly at: string | null;
      readonly name: string | null;
      readonly branches: readonly Part[];
      /** The condition of each branch but the last: a name, which is true or false. */
      readonly when?: string;
      readonly otherwise?: Part;
    }
  | { readonly kind: "loop"; readonly name: string; readonly options: LoopOptions; readonly body: Part }
  | { readonly kind: "break" | "continue"; readonly loop: string }
  | { readonly kind: "par"; readonly arms: readonly Part[] }
  | { readonly kind: "scatter"; readonly as: string; readonly over: readonly string[]; readonly body: Part }
  | { readonly kind: "pick"; readonly family: string; readonly at: string; readonly body: Part }
  | {
      readonly kind: "do";
      readonly callee: Sketch;
      /** One for each role of the callee; several for a family. */
      readonly roles: readonly (string | readonly string[])[];
      readonly as: string;
      readonly otherwise?: Part;
    }
  | {
      readonly kind: "saga";
      readonly steps: readonly { readonly step: Part; readonly undo?: Part }[];
      readonly otherwise?: Part;
    }
  | { readonly kind: "return" | "abort" | "fail" };

export interface SendOptions {
  /** The artifact that the sender's agent is asked for. */
  readonly asked?: string;
  /** What the sender passes on: `name` or `name.field`. */
  readonly forwarded?: string;
  readonly as?: string;
  /** `as name[]`; only with `as`. */
  readonly collects?: boolean;
  readonly quorum?: number;
  /** `quorum majority`. */
  readonly majority?: boolean;
  readonly otherwise?: Part;
}

export interface LoopOptions {
  readonly max?: number;
  readonly otherwise?: Part;
}

export interface Sketch {
  /** `Coder`, `Coder[2..4]`, `Coder?`. */
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

/** `choice when name { … } or { … }`. */
export function when(name: string, ...branches: readonly Part[]): Part {
  return { kind: "choice", at: null, name: null, branches, when: name };
}

/** `choice at Role { … } or { … } else { … }`. */
export function awaited(at: string, otherwise: Part, ...branches: readonly Part[]): Part {
  return { kind: "choice", at, name: null, branches, otherwise };
}

export function par(...arms: readonly Part[]): Part {
  return { kind: "par", arms };
}

/** `scatter [1] as name over Family, … { … }`. */
export function scatter(as: string, over: readonly string[], ...body: readonly Part[]): Part {
  return { kind: "scatter", as, over, body: seq(...body) };
}

export function pickOne(family: string, at: string, ...body: readonly Part[]): Part {
  return { kind: "pick", family, at, body: seq(...body) };
}

/** `do Callee(roles) as name else { … }`. */
export function call(
  callee: Sketch,
  roles: readonly (string | readonly string[])[],
  as: string,
  otherwise?: Part,
): Part {
  return { kind: "do", callee, roles, as, ...(otherwise === undefined ? {} : { otherwise }) };
}

export function saga(steps: readonly { readonly step: Part; readonly undo?: Part }[], otherwise?: Part): Part {
  return { kind: "saga", steps, ...(otherwise === undefined ? {} : { otherwise }) };
}

export const giveBack: Part = { kind: "return" };
export const abort: Part = { kind: "abort" };
export const fail: Part = { kind: "fail" };

/** The parts directly inside a part. */
export function innerParts(part: Part): readonly Part[] {
  const otherwise = (from: { readonly otherwise?: Part }): readonly Part[] =>
    from.otherwise === undefined ? [] : [from.otherwise];
  switch (part.kind) {
    case "send":
      return otherwise(part.options);
    case "seq":
      return part.parts;
    case "choice":
      return [...part.branches, ...otherwise(part)];
    case "loop":
      return [part.body, ...otherwise(part.options)];
    case "par":
      return part.arms;
    case "scatter":
    case "pick":
      return [part.body];
    case "do":
      return otherwise(part);
    case "saga":
      return [
        ...part.steps.flatMap(({ step, undo }) => (undo === undefined ? [step] : [step, undo])),
        ...otherwise(part),
      ];
    default:
      return [];
  }
}

/** The same part with other parts inside, in the order of `innerParts`. */
export function withInnerParts(part: Part, inner: readonly Part[]): Part {
  const [first = seq(), ...others] = inner;
  const last = inner.at(-1) ?? seq();
  const otherwise = <T extends { readonly otherwise?: Part }>(from: T): T =>
    from.otherwise === undefined ? from : { ...from, otherwise: last };
  switch (part.kind) {
    case "send":
      return { ...part, options: otherwise(part.options) };
    case "seq":
      return { ...part, parts: inner };
    case "choice":
      return otherwise({ ...part, branches: inner.slice(0, part.branches.length) });
    case "loop":
      return { ...part, body: first, options: others.length === 0 ? part.options : otherwise(part.options) };
    case "par":
      return { ...part, arms: inner };
    case "scatter":
    case "pick":
      return { ...part, body: first };
    case "do":
      return otherwise(part);
    case "saga": {
      let next = 0;
      const steps = part.steps.map(({ undo }) => {
        const step = inner[next++] ?? seq();
        return undo === undefined ? { step } : { step, undo: inner[next++] ?? seq() };
      });
      return otherwise({ ...part, steps });
    }
    default:
      return part;
  }
}
