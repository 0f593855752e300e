import { type ExtensionContext, LanguageStatusSeverity, commands, extensions, languages, window, workspace } from "vscode";
import { Commands } from "./commands";
import { Pages } from "./pages";
import { PreviewProvider } from "./preview";
import { warnAboutPrismaExtension } from "./prisma_extension";
import { Server } from "./server";

let running: Server | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel("Refract", { log: true });
  const trace = window.createOutputChannel("Refract Trace");
  const status = languages.createLanguageStatusItem("refract.status", { language: "prisma" });
  status.name = "Refract";
  status.command = { command: "refract.showStatus", title: "Show Status" };

  const server = new Server(log, trace, (text, wrong) => {
    status.text = `Refract: ${text}`;
    status.severity = wrong ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    status.command = wrong
      ? { command: "refract.restartServer", title: "Restart Server" }
      : { command: "refract.showStatus", title: "Show Status" };
  });
  running = server;
  const previews = new PreviewProvider(server);
  const pages = new Pages();
  const actions = new Commands(server, previews, pages);

  context.subscriptions.push(
    log,
    trace,
    status,
    server,
    previews,
    pages,
    commands.registerCommand("refract.generateMigration", (argument, name) => actions.generateMigration(argument, name)),
    commands.registerCommand("refract.previewMigration", (argument) => actions.previewMigration(argument)),
    commands.registerCommand("refract.verifyMigration", (argument) => actions.verifyMigration(argument)),
    commands.registerCommand("refract.showReferences", (argument) => actions.showReferences(argument)),
    commands.registerCommand("refract.showStatus", () => actions.showStatus()),
    commands.registerCommand("refract.restartServer", () => server.restart()),
    commands.registerCommand("refract.showOutput", () => log.show()),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("refract.server.path")) void server.restart();
    }),
    extensions.onDidChange(() => void warnAboutPrismaExtension(context)),
  );

  void warnAboutPrismaExtension(context);
  await server.start();
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}
