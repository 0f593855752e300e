import {
  type CancellationToken,
  type Disposable,
  EventEmitter,
  type TextDocument,
  type TextDocumentContentProvider,
  Uri,
  ViewColumn,
  languages,
  window,
  workspace,
} from "vscode";
import { type MigrationPreview, previewProblemText, previewText } from "./messages";
import type { Server } from "./server";

export const kPreviewScheme = "refract-preview";
const kDebounceMs = 150;

// "Preview migration": one read-only SQL document for each schema, computed again whenever a schema or a migration changes.
export class PreviewProvider implements TextDocumentContentProvider, Disposable {
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  private readonly last = new Map<string, MigrationPreview>(); // by schema: the last preview that was computed
  private timer: NodeJS.Timeout | undefined;
  private readonly subscriptions: Disposable[];

  constructor(private readonly server: Server) {
    // A schema can have several files, and the SQL also depends on the migrations: a change of any of them refreshes.
    const migrations = workspace.createFileSystemWatcher("**/{migration.sql,down.sql,renames.toml}");
    const refresh = () => this.refreshSoon();
    this.subscriptions = [
      workspace.registerTextDocumentContentProvider(kPreviewScheme, this),
      workspace.onDidCloseTextDocument((document) => this.last.delete(document.uri.query)),
      workspace.onDidChangeTextDocument((event) => event.document.languageId === "prisma" && refresh()),
      migrations,
      migrations.onDidCreate(refresh),
      migrations.onDidChange(refresh),
      migrations.onDidDelete(refresh),
    ];
  }

  async show(schema: Uri): Promise<void> {
    const uri = previewUri(schema);
    this.changed.fire(uri);
    const document = await languages.setTextDocumentLanguage(await workspace.openTextDocument(uri), "sql");
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: false });
  }

  refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      for (const document of openPreviews()) this.changed.fire(document.uri);
    }, kDebounceMs);
  }

  async provideTextDocumentContent(uri: Uri, token: CancellationToken): Promise<string> {
    try {
      const schema = this.server.asServerUri(Uri.parse(uri.query, true));
      const preview = await this.server.execute<MigrationPreview>("refract.migration.preview", { uri: schema });
      this.last.set(uri.query, preview);
      return previewText(preview);
    } catch (problem) {
      if (token.isCancellationRequested) return "";
      return previewProblemText(problem instanceof Error ? problem.message : String(problem), this.last.get(uri.query));
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }
}

// The path sets the tab's title and the document's language; the query is the URI of the schema.
function previewUri(schema: Uri): Uri {
  const folder = schema.path.split("/").slice(-2, -1)[0] ?? "schema";
  return Uri.from({ scheme: kPreviewScheme, path: `/${folder}/next-migration.sql`, query: schema.toString() });
}

function openPreviews(): TextDocument[] {
  return workspace.textDocuments.filter((document) => document.uri.scheme === kPreviewScheme);
}
