import { commands, type ExtensionContext, extensions, window } from "vscode";

const kPrismaExtension = "Prisma.prisma";
const kWarned = "told-about-prisma-extension";

// Two servers for one file show every result twice. The user is warned once and decides.
export async function warnAboutPrismaExtension(context: ExtensionContext): Promise<void> {
  if (extensions.getExtension(kPrismaExtension) === undefined || context.globalState.get(kWarned) === true) return;
  await context.globalState.update(kWarned, true);
  const message =
    "Prisma's extension and Refract are both enabled, so diagnostics and completions are shown twice. " +
    "Disable one of them, for example in this workspace only.";
  const chosen = await window.showWarningMessage(message, "Show Prisma's Extension");
  if (chosen !== undefined) await commands.executeCommand("extension.open", kPrismaExtension);
}
