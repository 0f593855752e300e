import { InputBoxValidationSeverity, type Location, Position, ProgressLocation, commands, window } from "vscode";
import { type GeneratedMigration, type Verification, generatedNotice, generatedSummary, statusText } from "./messages";
import { migrationNameProblem, normaliseMigrationName } from "./migration_name";
import type { Pages } from "./pages";
import type { PreviewProvider } from "./preview";
import { saveSchema, schemaForCommand } from "./schema_document";
import type { Server } from "./server";

const kShowSummary = "Show Summary";

// The commands that a user runs from the palette, a code lens, a code action or a button.
export class Commands {
  constructor(
    private readonly server: Server,
    private readonly previews: PreviewProvider,
    private readonly pages: Pages,
  ) {}

  // Tests and key bindings pass `name`; otherwise the user is asked for it.
  async generateMigration(argument: unknown, name?: unknown): Promise<void> {
    const schema = await schemaForCommand(argument);
    if (schema === undefined) return;
    const typed = typeof name === "string" ? name : await askForName();
    if (typed === undefined) return;
    await reportFailure("The migration was not generated", async () => {
      if (!(await saveSchema(schema))) throw new Error("the schema could not be saved.");
      const migration = await this.server.execute<GeneratedMigration>("refract.migration.generate", {
        uri: this.server.asServerUri(schema),
        name: normaliseMigrationName(typed),
      });
      this.previews.refreshSoon();
      await this.keepOpen(migration);
      await this.showGenerated(migration);
    });
  }

  async previewMigration(argument: unknown): Promise<void> {
    const schema = await schemaForCommand(argument);
    if (schema !== undefined) await reportFailure("The preview did not open", () => this.previews.show(schema));
  }

  async verifyMigration(argument: unknown): Promise<void> {
    const schema = await schemaForCommand(argument);
    if (schema === undefined) return;
    await reportFailure("The migrations were not verified", async () => {
      const progress = { location: ProgressLocation.Window, title: "Refract: verifying migrations" };
      const result = await window.withProgress(progress, () =>
        this.server.execute<Verification>("refract.migration.verify", { uri: this.server.asServerUri(schema) }),
      );
      const chosen = result.ok
        ? await window.showInformationMessage("Verified: the migrations produce this schema on PostgreSQL.", kShowSummary)
        : await window.showErrorMessage("Not verified: the migrations fail on PostgreSQL, or do not produce this schema.", kShowSummary);
      if (chosen === kShowSummary) await this.pages.showMarkdown("Verification", result.summary);
    });
  }

  // Run by a code lens only, so the palette does not list it.
  async showReferences(argument: unknown): Promise<void> {
    const { uri, position } = argument as { uri: string; position: { line: number; character: number } };
    await reportFailure("The references were not found", async () => {
      const document = this.server.asEditorUri(uri);
      const place = new Position(position.line, position.character);
      const found = await commands.executeCommand<Location[]>("vscode.executeReferenceProvider", document, place);
      await commands.executeCommand("editor.action.showReferences", document, place, found);
    });
  }

  async showStatus(): Promise<void> {
    await reportFailure("The status could not be read", async () => {
      await this.pages.showText("Refract status", statusText(await this.server.execute<unknown>("refract.status")) + "\n");
    });
  }

  private async showGenerated(migration: GeneratedMigration): Promise<void> {
    const notice = generatedNotice(migration);
    const chosen =
      migration.hazards.length === 0
        ? await window.showInformationMessage(notice, kShowSummary)
        : await window.showWarningMessage(notice, kShowSummary);
    if (chosen === kShowSummary) await this.pages.showMarkdown("Migration summary", generatedSummary(migration));
  }

  // The server opens migration.sql in a preview tab, which the next opened file would replace. This keeps the tab open.
  private async keepOpen(migration: GeneratedMigration): Promise<void> {
    const sql = migration.files.find((file) => file.endsWith("migration.sql"));
    if (sql !== undefined) await window.showTextDocument(this.server.asEditorUri(sql), { preview: false });
  }
}

async function askForName(): Promise<string | undefined> {
  return window.showInputBox({
    title: "Generate Migration",
    prompt: "What does the migration change? The answer becomes part of the folder's name.",
    placeHolder: "add bio to user",
    validateInput: (typed) => {
      const problem = migrationNameProblem(typed);
      if (problem !== undefined) return { message: problem, severity: InputBoxValidationSeverity.Error };
      return { message: `Folder: …_${normaliseMigrationName(typed)}`, severity: InputBoxValidationSeverity.Info };
    },
  });
}

async function reportFailure(what: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (problem) {
    void window.showErrorMessage(`${what}: ${problem instanceof Error ? problem.message : String(problem)}`);
  }
}
