// Finds the server program. Knows nothing of VS Code.
import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";

export interface BinaryQuery {
  setting: string; // as written in refract.server.path: a bare name or a path
  searchPath: string; // PATH
  folder: string | undefined; // what a relative path starts from
  windows: boolean;
}

export type BinaryAnswer = { path: string } | { problem: string };

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

// The program to start, or one sentence that says why it was not found.
export function findBinary(query: BinaryQuery): BinaryAnswer {
  const setting = query.setting.trim() || "refract";
  if (!/[\\/]/.test(setting)) {
    const names = query.windows && !/\.\w+$/.test(setting) ? [`${setting}.exe`, setting] : [setting];
    for (const folder of query.searchPath.split(delimiter)) {
      const found = names.map((name) => join(folder, name)).find((path) => folder !== "" && isProgram(path));
      if (found !== undefined) return { path: found };
    }
    return { problem: `The program “${setting}” was not found in PATH.` };
  }
  const expanded = setting.startsWith("~/") ? join(homedir(), setting.slice(2)) : setting;
  if (!isAbsolute(expanded) && query.folder === undefined) {
    return { problem: `The path “${setting}” is relative, but no folder is open.` };
  }
  const path = isAbsolute(expanded) ? expanded : join(query.folder ?? "", expanded);
  if (isProgram(path)) return { path };
  return { problem: exists(path) ? `“${path}” is not executable.` : `The file “${path}” does not exist.` };
}
