// The extension: the language server, and the commands that VS Code shows. In: the editor. Out: nothing but what it
// registers.

import { commands, Uri, window, workspace, type ExtensionContext } from "vscode";
import { startServer, type Server } from "./client.js";
import { Diagrams } from "./diagram.js";
import { openEndpoint } from "./endpoint.js";

let server: Server | null = null;

/** Called by the editor when the first `.chor` file is opened, or the first command is given. */
export async function activate(context: ExtensionContext): Promise<void> {
  const started = await startServer(context);
  server = started;
  const diagrams = new Diagrams(started);
  const register = (name: string, run: (...words: unknown[]) => unknown): void => {
    context.subscriptions.push(commands.registerCommand(`chor.${name}`, run));
  };
  context.subscriptions.push(diagrams);
  register("newFile", newFile);
  register("restartServer", started.restart);
  register("showOutput", started.showOutput);
  register("diagram", async (uri, choreography) => {
    const file = await savedFile(uri);
    if (file !== null) await diagrams.show(file, nameIn(choreography) ?? null);
  });
  register("endpoint", async (uri, choreography, role) => {
    const file = await savedFile(uri);
    const names = { choreography: nameIn(choreography), role: nameIn(role) };
    if (file !== null) await openEndpoint(file, Object.fromEntries(Object.entries(names).filter(([, name]) => name)));
  });
}

/** Called by the editor when it closes. */
export async function deactivate(): Promise<void> {
  await server?.stop();
  server = null;
}

/** The file of a command: the one that it names, else that of the editor; saved, because chorc reads it from the disk. */
async function savedFile(named: unknown): Promise<string | null> {
  const uri = named instanceof Uri ? named : typeof named === "string" ? Uri.parse(named) : activeUri();
  if (uri === undefined || uri.scheme !== "file") {
    await window.showInformationMessage("Open a .chor file that is saved on the disk first.");
    return null;
  }
  const document = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  if (document?.isDirty === true) await document.save();
  return uri.fsPath;
}

function activeUri(): Uri | undefined {
  const document = window.activeTextEditor?.document;
  return document?.languageId === "chor" ? document.uri : undefined;
}

/** A name that a code lens gives with its command; menus give other things there. */
function nameIn(word: unknown): string | undefined {
  return typeof word === "string" && /^[A-Za-z_]\w*$/.test(word) ? word : undefined;
}

async function newFile(): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ language: "chor", content: starter }));
}

/** What a new file begins with: accepted as it stands. */
const starter = `artifact Draft { text: string(1..4000) }
artifact Comments { points: string(1..500)[1..20] }

choreography Essay(Author, Editor) {
  loop round max 3 {
    Author -> Editor: Draft
    choice verdict at Editor {
      Editor -> Author: Accept()
      break round
    } or {
      Editor -> Author: Revise(Comments) as comments
    }
  }
}
`;
