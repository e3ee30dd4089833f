// A stand-in for the `vscode` module: as much of it as the extension and the language client touch while they start,
// run and stop. In: nothing. Out: the module, and what has been registered with it.

import { pathToFileURL, fileURLToPath } from "node:url";

export interface Editor {
  readonly vscode: object;
  readonly commands: Map<string, (...words: unknown[]) => unknown>;
  readonly messages: string[];
  readonly status: { text?: string; severity?: unknown };
}

/** An editor with no window and one folder or none. */
export function editor(folder: string | null): Editor {
  const commands = new Map<string, (...words: unknown[]) => unknown>();
  const messages: string[] = [];
  const status: Editor["status"] & { dispose: () => void } = { dispose: () => undefined };
  const say = (text: string): Promise<undefined> => {
    messages.push(text);
    return Promise.resolve(undefined);
  };
  const configuration = {
    get: (_key: string, standard?: unknown) => standard,
    has: () => false,
    inspect: () => undefined,
  };
  const known = {
    version: "1.91.0",
    env: { language: "en", appName: "test", appHost: "desktop", openExternal: () => Promise.resolve(true) },
    Uri,
    Disposable,
    EventEmitter,
    CancellationTokenSource,
    commands: space({
      registerCommand: (name: string, run: (...words: unknown[]) => unknown) => {
        commands.set(name, run);
        return disposable();
      },
      executeCommand: () => Promise.resolve(),
    }),
    languages: space({ createLanguageStatusItem: () => status, match: () => 0 }),
    window: space({
      showErrorMessage: say,
      showInformationMessage: say,
      createOutputChannel: () => space({ appendLine: say, error: say, logLevel: 0, dispose: () => undefined }),
      visibleTextEditors: [],
      tabGroups: space({ all: [] }),
      activeTextEditor: undefined,
    }),
    workspace: space({
      isTrusted: true,
      textDocuments: [],
      notebookDocuments: [],
      workspaceFolders: folder === null ? undefined : [{ uri: Uri.file(folder), name: "folder", index: 0 }],
      getConfiguration: () => configuration,
    }),
    extensions: space({ all: [] }),
  };
  const vscode = new Proxy(known, {
    get: (target, key) =>
      key in target ? Reflect.get(target, key) : typeof key === "string" ? anyClass(key) : undefined,
    has: () => true,
  });
  return { vscode, commands, messages, status };
}

class Uri {
  readonly scheme: string;
  readonly path: string;
  constructor(scheme: string, path: string) {
    this.scheme = scheme;
    this.path = path;
  }
  static file(path: string): Uri {
    return new Uri("file", path);
  }
  static parse(text: string): Uri {
    return new Uri("file", fileURLToPath(text));
  }
  get fsPath(): string {
    return this.path;
  }
  toString(): string {
    return pathToFileURL(this.path).href;
  }
}

class Disposable {
  readonly dispose: () => void;
  constructor(dispose: () => void) {
    this.dispose = dispose;
  }
  static from(...all: readonly Disposable[]): Disposable {
    return new Disposable(() => {
      for (const each of all) each.dispose();
    });
  }
}

class EventEmitter {
  private readonly listeners = new Set<(event: unknown) => void>();
  readonly event = (listener: (event: unknown) => void): object => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };
  fire(event: unknown): void {
    for (const listener of this.listeners) listener(event);
  }
  dispose(): void {
    this.listeners.clear();
  }
}

class CancellationTokenSource {
  readonly token = { isCancellationRequested: false, onCancellationRequested: () => disposable() };
  cancel(): void {
    this.token.isCancellationRequested = true;
  }
  dispose(): void {
    this.cancel();
  }
}

const classes = new Map<string, unknown>();

/** A class to be extended, made or asked for members as an enumeration is. */
function anyClass(name: string): unknown {
  const made =
    classes.get(name) ??
    new Proxy(emptyClass(), {
      get: (target, key) =>
        key in target || typeof key !== "string" || !/^[A-Z]/.test(key) ? Reflect.get(target, key) : `${name}.${key}`,
    });
  classes.set(name, made);
  return made;
}

function emptyClass(): object {
  return function Empty() {};
}

/** A namespace: what is not known of it is an event or a function that gives something disposable. */
function space(known: object): object {
  return new Proxy(known, {
    get: (target, key) => (key in target || typeof key !== "string" ? Reflect.get(target, key) : () => disposable()),
  });
}

function disposable(): object {
  const target: Record<string, unknown> = { dispose: () => undefined };
  return new Proxy(target, {
    get: (own, key) =>
      key in own || key === "then" || typeof key !== "string" ? own[key as string] : () => disposable(),
  });
}
