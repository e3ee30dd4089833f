// Which SQLite this process has: Node's own, `better-sqlite3` or `libsql`, in this order. Found when a journal is
// first used, so that a program without a file needs none of them. What they have in common is all that is used.

export interface Database {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  close(): unknown;
}

export interface Statement {
  run(...values: readonly (string | number)[]): unknown;
  get(...values: readonly (string | number)[]): Row | undefined;
  all(...values: readonly (string | number)[]): readonly Row[];
}

/** `INTEGER` comes as number, `TEXT` as string. */
export type Row = { readonly [column: string]: unknown };

type Opens = new (file: string) => Database;

const drivers: readonly { readonly module: string; readonly constructor: (module: any) => Opens }[] = [
  { module: "node:sqlite", constructor: (module) => module.DatabaseSync },
  { module: "better-sqlite3", constructor: (module) => module.default },
  { module: "libsql", constructor: (module) => module.default },
];

/** Opens a file with the first driver that is there. Throws what the driver throws, or what to install if there is none. */
export async function openDatabase(file: string): Promise<Database> {
  for (const { module, constructor } of drivers) {
    const loaded = await load(module);
    if (loaded !== undefined) return new (constructor(loaded))(file);
  }
  throw new Error(
    `No SQLite to open \`${file}\` with. Use Node 22.13 or later, or install a driver: \`npm install better-sqlite3\`.`,
  );
}

/** The module, or undefined where it is not installed, or not for this platform. */
async function load(name: string): Promise<unknown> {
  try {
    return await import(/* @vite-ignore */ name);
  } catch {
    return undefined;
  }
}
