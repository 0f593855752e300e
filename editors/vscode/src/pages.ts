import { commands, type Disposable, EventEmitter, type TextDocumentContentProvider, Uri, window, workspace } from "vscode";

const kPageScheme = "refract-page";

// Read-only pages for what is too long for a notification: a migration's summary, the server's status.
export class Pages implements TextDocumentContentProvider, Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registration = workspace.registerTextDocumentContentProvider(kPageScheme, this);

  provideTextDocumentContent(uri: Uri): string {
    return this.texts.get(uri.path) ?? "";
  }

  async showMarkdown(title: string, text: string): Promise<void> {
    await commands.executeCommand("markdown.showPreview", this.put(`/${title}.md`, text));
  }

  async showText(title: string, text: string): Promise<void> {
    const document = await workspace.openTextDocument(this.put(`/${title}`, text));
    await window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }

  private put(path: string, text: string): Uri {
    const uri = Uri.from({ scheme: kPageScheme, path });
    this.texts.set(path, text);
    this.changed.fire(uri);
    return uri;
  }
}
