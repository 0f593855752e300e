import { type ConfigurationScope, workspace } from "vscode";

export function serverPathSetting(): string {
  return workspace.getConfiguration("refract").get<string>("server.path", "refract");
}

// The settings that are sent to the server in initializationOptions.
export function serverSettings(scope?: ConfigurationScope): object {
  const settings = workspace.getConfiguration("refract", scope);
  return {
    prisma: { version: settings.get<string>("prisma.version", "auto") },
    migrations: { naming: settings.get<string>("migrations.naming", "timestamp") },
    diagnostics: settings.get<object>("diagnostics", {}),
    format: settings.get<object>("format", {}),
    inlayHints: settings.get<object>("inlayHints", {}),
    codeLens: settings.get<object>("codeLens", {}),
    rename: { databaseName: settings.get<string>("rename.databaseName", "keep") },
  };
}
