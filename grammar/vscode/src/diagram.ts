// The diagram beside the text: one panel for each file, drawn by `chorc diagram`, drawn anew at every save.

import { dirname } from "node:path";
import { Uri, ViewColumn, window, workspace, type Disposable, type WebviewPanel } from "vscode";
import { run } from "./run.js";
import type { Server } from "./client.js";

/** The panels, by the file (and choreography) that they show. */
export class Diagrams implements Disposable {
  private readonly panels = new Map<string, WebviewPanel>();
  private readonly server: Server;
  private readonly saves: Disposable;

  constructor(server: Server) {
    this.server = server;
    this.saves = workspace.onDidSaveTextDocument(({ uri }) => {
      for (const [key, panel] of this.panels) {
        const shown = parseKey(key);
        if (shown.file === uri.fsPath) void this.draw(panel, shown);
      }
    });
  }

  /** Shows the diagram of a file on the disk, of the only choreography if none is named. */
  async show(file: string, choreography: string | null): Promise<void> {
    const shown: Shown = { file, choreography };
    const key = JSON.stringify(shown);
    const panel = this.panels.get(key) ?? this.open(key, shown);
    panel.reveal(undefined, true);
    await this.draw(panel, shown);
  }

  dispose(): void {
    this.saves.dispose();
    for (const panel of this.panels.values()) panel.dispose();
  }

  private open(key: string, { file, choreography }: Shown): WebviewPanel {
    const title = choreography ?? Uri.file(file).path.split("/").at(-1) ?? file;
    const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    const panel = window.createWebviewPanel("chor.diagram", `Diagram of ${title}`, place, { enableScripts: false });
    this.panels.set(key, panel);
    panel.onDidDispose(() => this.panels.delete(key));
    return panel;
  }

  private async draw(panel: WebviewPanel, { file, choreography }: Shown): Promise<void> {
    const named = choreography === null ? [] : ["--choreography", choreography];
    const ran = await run(this.server.chorc(), ["diagram", file, "--as", "svg", ...named], dirname(file));
    panel.webview.html = ran.kind === "output" ? page(picture(ran.text)) : page(`<pre>${escape(ran.why)}</pre>`);
  }
}

interface Shown {
  readonly file: string;
  readonly choreography: string | null;
}

function parseKey(key: string): Shown {
  return JSON.parse(key) as Shown;
}

/** As an image: what is in an SVG then is drawn, and never run. */
function picture(svg: string): string {
  return `<img alt="Diagram" src="data:image/svg+xml;base64,${Buffer.from(svg, "utf8").toString("base64")}">`;
}

/** A page in which nothing can be loaded or run. */
export function page(body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<style>body { padding: 1em } img { background: white; max-width: 100% } pre { white-space: pre-wrap }</style>
</head>
<body>${body}</body>
</html>`;
}

/** Text as the text of a page. */
export function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
