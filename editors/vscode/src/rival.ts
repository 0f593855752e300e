import { commands, type ExtensionContext, extensions, window } from "vscode";

const kRival = "Prisma.prisma";
const kTold = "told-about-prisma-extension";

// Two servers on one file show everything twice. Said once, and left to the person.
export async function tellAboutPrismaExtension(context: ExtensionContext): Promise<void> {
  if (extensions.getExtension(kRival) === undefined || context.globalState.get(kTold) === true) return;
  await context.globalState.update(kTold, true);
  const message =
    "Prisma's own extension is enabled beside Refract: problems, completions and formatting come twice. " +
    "Disable one of the two, for instance in this workspace only.";
  const chosen = await window.showWarningMessage(message, "Show Prisma's Extension");
  if (chosen !== undefined) await commands.executeCommand("extension.open", kRival);
}
