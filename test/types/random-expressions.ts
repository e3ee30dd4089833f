// Random expressions over a fixed set of names, and random values for these. In: a source of chance. Out: text; values.

import { artifactOf, type Artifacts } from "../../compiler/src/bind/artifact-table.js";
import type { Type } from "../../compiler/src/bind/program.js";
import { below, pick, type Random } from "../support/random.js";
import type { Value } from "./evaluate.js";

/** What the names of the expressions are made of. */
export const DECLARATIONS = `
artifact Opt { a?: int(1..5)  c: string(..2) | null  inner: int(0..3)[2]  deep?: Deep }
artifact Deep { k: int(0..3)  l: string(..2)[..2] }
artifact Yes { h: string(1..2)  k: int(0..3) }
artifact No { h: string(1..2)  l: int(0..3)[0..3] }
artifact Maybe = Yes | No
artifact Few = int(0..3)[0..4]
`;
/** The names, as parameters of a contract. */
export const PARAMETERS =
  'n: int(0..9), m: int(-5..5), r: number(-2..2), s: string(0..4), t: string(2..3), b: boolean, xs: Few, ys: string(1..2)[1..3], o: Opt, os: Opt[0..3], v: Maybe, w: Yes | No, vs: Maybe[..3], mp: map<int(0..9)>(0..3), e: "a" | "b" | "c", z: int(0..3) | null, d: Deep | null';

/** An expression of a kind, mostly well typed: what is needed to be there is sometimes tested and sometimes not. */
export function written(
  random: Random,
  kind: "bool" | "int" | "text" | "ints",
  fuel: number,
  locals: readonly string[] = [],
): string {
  const go = (of: typeof kind, also: readonly string[] = locals): string => written(random, of, fuel - 1, also);
  const ints = ["n", "m", "1", "0", "3", "-2", "xs.length", "ys.length", "o.inner[0]", "v.h.length", ...locals];
  const texts = ["s", "t", "e", '"a"', '""', '"b"', "ys[0]", "v.h", "w.h"];
  const lists = ["xs", "o.inner", "[1, n]", "[]", "[m]"];
  if (fuel <= 0) {
    if (kind === "bool") return pick(random, ["b", "true", "z == null", "v is Yes", "o.a != null", "xs.length > 0"]);
    return pick(random, kind === "int" ? ints : kind === "text" ? texts : lists);
  }
  switch (kind) {
    case "bool":
      return pick<() => string>(random, [
        () => `${go("bool")} && ${go("bool")}`,
        () => `(${go("bool")} || ${go("bool")})`,
        () => `!(${go("bool")})`,
        () => `${go("int")} ${pick(random, ["<", "<=", ">", ">=", "==", "!="])} ${go("int")}`,
        () => `${go("text")} ${pick(random, ["==", "!="])} ${go("text")}`,
        () => `${go("text")}.${pick(random, ["startsWith", "endsWith", "includes"])}(${go("text")})`,
        () => `${go("int")} in ${go("ints")}`,
        () => `${go("text")} in ${pick(random, ["ys", "mp", "mp.keys()"])}`,
        () => `z != null && z + ${go("int")} > 1`,
        () => `(z == null || ${go("bool")} || z < 2)`,
        () => `o.a == null || o.a * 2 > ${go("int")}`,
        () => `o.deep != null && o.deep.l.every(q => q == ${go("text")})`,
        () => `xs.length > ${below(random, 3)} && xs[${below(random, 4)}] > 1`,
        () => `(xs.length == 0 || xs[0] == ${go("int")})`,
        () => `n < xs.length && xs[n] >= 0`,
        () => `${go("text")} in mp && mp["a"] != 3`,
        () => `s in mp && mp[s] < 4`,
        () => `(v is Yes ? v.k : v.l.length) > ${go("int")}`,
        () => `v is No && v.l.some(q => q > 0)`,
        () => `vs.filter(q => q is No).every(q => q.l.length ${pick(random, ["<", ">"])} 2)`,
        () => `vs.every(q => q is Yes || q.l.sum() >= ${go("int")})`,
        () => `vs.filter(q => !(q is No)).map(q => q.k).includes(n)`,
        () => `v == w || digest(v) != digest(w)`,
        () => `${go("ints")}.${pick(random, ["every", "some"])}(q${fuel} => ${go("bool", [...locals, `q${fuel}`])})`,
        () => `xs.every((q, i) => xs[i] == q && xs[0] >= 0 && xs.max() >= q)`,
        () => `os.some(q => q.a != null && q.a > q.inner[1])`,
        () => `(d == null ? ${go("int")} : d.k) == ${go("int")}`,
        () => `${go("ints")} == ${go("ints")}`,
        () => `z == ${go("int")} && z > 0`,
      ])();
    case "int":
      return pick<() => string>(random, [
        () => pick(random, ints),
        () => `(${go("int")} ${pick(random, ["+", "-", "*", "%"])} ${go("int")})`,
        () => `-${go("int")}`,
        () => `${go("ints")}.length`,
        () => `${go("ints")}.sum()`,
        () => `${go("text")}.length`,
        () => `(${go("bool")} ? ${go("int")} : ${go("int")})`,
        () => `ys.map(q => q.length).${pick(random, ["min", "max", "sum"])}()`,
        () => `${go("ints")}.max()`,
        () => `mp["a"]`,
        () => `o.inner[${below(random, 3)}]`,
      ])();
    case "text":
      return pick<() => string>(random, [
        () => pick(random, texts),
        () => `(${go("text")} + ${go("text")})`,
        () => `${go("text")}.${pick(random, ["trim", "lower", "upper"])}()`,
        () => `ys.join(${go("text")})`,
        () => `${go("text")}.split(${go("text")}).join("")`,
        () => `${go("text")}.split(",")[0]`,
        () => `(${go("bool")} ? ${go("text")} : ${go("text")})`,
        () => `(o.c == null ? ${go("text")} : o.c)`,
      ])();
    case "ints":
      return pick<() => string>(random, [
        () => pick(random, lists),
        () => `${go("ints")}.filter(q${fuel} => ${go("bool", [...locals, `q${fuel}`])})`,
        () => `${go("ints")}.map((q${fuel}, i) => ${go("int", [...locals, `q${fuel}`, "i"])})`,
        () => `[${go("int")}, ${go("int")}]`,
        () => `(${go("bool")} ? ${go("ints")} : ${go("ints")})`,
        () => `ys.map(q => q.length)`,
      ])();
  }
}

/** A random value of a type. */
export function valueOf(type: Type, random: Random, artifacts: Artifacts): Value {
  const between = (min: number, max: number): number => min + below(random, max - min + 1);
  switch (type.kind) {
    case "string":
      return Array.from({ length: between(type.min, Math.min(type.max, type.min + 4)) }, () =>
        pick(random, ["a", "b", "c", " ", ",", "ß", "😀", "\u0001", '"']),
      ).join("");
    case "int":
      return between(Math.max(type.min, -1000), Math.min(type.max, 1000));
    case "number":
      return Math.min(type.max ?? 1e9, Math.max(type.min ?? -1e9, (random() - 0.5) * 5));
    case "boolean":
      return random() < 0.5;
    case "literals":
      return pick(random, type.values);
    case "nullable":
      return random() < 0.4 ? null : valueOf(type.of, random, artifacts);
    case "list":
      return Array.from({ length: between(type.min, Math.min(type.max, type.min + 4)) }, () =>
        valueOf(type.item, random, artifacts),
      );
    case "map": {
      const names = ["a", "b", "c", ""].slice(0, between(type.min, type.max));
      return new Map(names.map((name) => [name, valueOf(type.value, random, artifacts)]));
    }
    case "union":
      return valueOf(pick(random, type.members), random, artifacts);
    case "reference": {
      const artifact = artifactOf(type, artifacts);
      if (artifact === null) throw new Error("no artifact");
      if (artifact.type.kind !== "record") return valueOf(artifact.type, random, artifacts);
      const fields = artifact.type.fields.filter(({ optional }) => !optional || random() < 0.5);
      return {
        artifact: artifact.name,
        fields: new Map(fields.map((field) => [field.name, valueOf(field.type, random, artifacts)])),
      };
    }
    default:
      throw new Error(`no values of ${type.kind} here`);
  }
}
