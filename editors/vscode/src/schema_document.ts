import { Uri, window, workspace } from "vscode";

// The schema that a command applies to: its argument, the active or a visible editor, or a file of the workspace.
// Undefined if the user chose none, or if there is none (an error message was shown).
export async function schemaForCommand(argument: unknown): Promise<Uri | undefined> {
  if (argument instanceof Uri) return argument;
  if (typeof argument === "string" && argument !== "") return Uri.parse(argument);
  const active = window.activeTextEditor?.document;
  if (active?.languageId === "prisma") return active.uri;
  const visible = window.visibleTextEditors.find((editor) => editor.document.languageId === "prisma");
  if (visible !== undefined) return visible.document.uri;
  const found = await workspace.findFiles("**/*.prisma", "**/node_modules/**", 200);
  if (found.length === 0) {
    void window.showErrorMessage("This workspace has no Prisma schema. Open a .prisma file and try again.");
    return undefined;
  }
  const choices = found.map((uri) => ({ label: workspace.asRelativePath(uri), uri })).sort((a, b) => a.label.localeCompare(b.label));
  const chosen = choices.length === 1 ? choices[0] : await window.showQuickPick(choices, { title: "Which schema?" });
  if (chosen === undefined) return undefined;
  // The server answers for open documents only.
  await window.showTextDocument(chosen.uri);
  return chosen.uri;
}

// Saves the schema's modified files, so that the migration is generated from the same text that is on disk.
// Returns false if a file could not be saved.
export async function saveSchema(schema: Uri): Promise<boolean> {
  const folder = schema.path.slice(0, schema.path.lastIndexOf("/") + 1);
  const unsaved = workspace.textDocuments.filter(
    (document) => document.languageId === "prisma" && document.isDirty && document.uri.path.startsWith(folder),
  );
  const saved = await Promise.all(unsaved.map((document) => document.save()));
  return saved.every((done) => done);
}
