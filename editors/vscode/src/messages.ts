// The results of the server's commands, as agreed with it, and the texts made of them. Knows nothing of VS Code.

const kWidth = 72; // columns of a comment's text

export interface Hazard {
  code: string;
  message: string;
}

export interface GeneratedMigration {
  folder: string;
  files: string[];
  summary: string;
  hazards: Hazard[];
}

export interface MigrationPreview {
  sql: string;
  summary: string;
  downSql: string;
  hazards?: Hazard[];
  milliseconds: number;
  steps: number;
}

export interface Verification {
  ok: boolean;
  summary: string;
}

// Markdown as plain text for an SQL comment: without emphasis, backquotes and heading marks; list items are indented.
function plainLines(markdown: string): string[] {
  return markdown
    .trim()
    .split(/\r?\n/)
    .map((line) => line.replace(/^#+\s*/, "").replace(/^[-*] /, "  ").replace(/\*\*|`/g, "").trimEnd());
}

// Breaks a line at spaces, so that it can be read beside the schema without scrolling.
function wrapped(line: string): string[] {
  const found = [];
  let rest = line;
  while (rest.length > kWidth) {
    const space = rest.lastIndexOf(" ", kWidth);
    if (space <= 0) break;
    found.push(rest.slice(0, space));
    rest = rest.slice(space + 1);
  }
  return [...found, rest];
}

function asSqlComment(lines: string[]): string {
  return lines
    .flatMap(wrapped)
    .map((line) => (line === "" ? "--" : `-- ${line}`))
    .join("\n");
}

// The document that "Preview Migration" shows: a comment that describes the SQL, the SQL, and down.sql as a comment.
export function previewText(preview: MigrationPreview): string {
  const changes = preview.steps === 1 ? "1 change" : `${preview.steps} changes`;
  const head =
    preview.steps === 0
      ? "No migration is needed: the migrations already produce this schema"
      : `The next migration, not written yet: ${changes}`;
  const lines = [head, `Computed offline in ${formatMilliseconds(preview.milliseconds)}`];
  if (preview.steps > 0 && preview.summary.trim() !== "") lines.push("", ...plainLines(preview.summary));
  for (const hazard of hazardsOutsideSummary(preview)) lines.push("", `Hazard: ${hazard.message}`);
  const parts = [asSqlComment(lines)];
  if (preview.steps > 0) {
    parts.push(preview.sql.trim());
    if (preview.downSql.trim() !== "") {
      const lines = preview.downSql.trim().split(/\r?\n/);
      parts.push("-- down.sql, which undoes this migration:", lines.map((line) => (line.startsWith("--") ? line : `-- ${line}`.trimEnd())).join("\n"));
    }
  }
  return parts.join("\n\n") + "\n";
}

// What the preview shows when the SQL cannot be computed (for example between two keystrokes): the reason, and the last
// SQL that was computed.
export function previewProblemText(problem: string, last?: MigrationPreview): string {
  const why = asSqlComment(["The next migration cannot be computed yet.", ...plainLines(problem)]);
  if (last === undefined || last.steps === 0) return why + "\n";
  return [why, asSqlComment(["The last SQL that was computed:"]), last.sql.trim()].join("\n\n") + "\n";
}

// Two significant digits below 10 ms, whole milliseconds above: 0.42 ms, 3.1 ms, 18 ms.
export function formatMilliseconds(milliseconds: number): string {
  return `${milliseconds >= 10 ? Math.round(milliseconds) : Number(milliseconds.toPrecision(2))} ms`;
}

// The last part of a path, whichever slashes it has.
export function folderName(path: string): string {
  return path.split(/[\\/]/).filter((part) => part !== "").pop() ?? path;
}

// The notification after a migration was written. It includes the hazards, because they matter most to the reader.
export function generatedNotice(migration: GeneratedMigration): string {
  const written = `Migration ${folderName(migration.folder)} was written.`;
  if (migration.hazards.length === 0) return written;
  const count = migration.hazards.length === 1 ? "1 hazard" : `${migration.hazards.length} hazards`;
  const messages = migration.hazards.map((hazard) => hazard.message.trim().replace(/([^.!?])$/, "$1."));
  return `${written} It has ${count}: ${messages.join(" ")}`;
}

// The hazards that the summary does not contain.
function hazardsOutsideSummary(result: { summary: string; hazards?: Hazard[] }): Hazard[] {
  return (result.hazards ?? []).filter((hazard) => !result.summary.includes(hazard.message));
}

// The document that "Show Summary" opens.
export function generatedSummary(migration: GeneratedMigration): string {
  const parts = [`# ${folderName(migration.folder)}`, migration.summary.trim()];
  const hazards = hazardsOutsideSummary(migration);
  if (hazards.length > 0) {
    parts.push("## Hazards", hazards.map((hazard) => `- ${hazard.message} (\`${hazard.code}\`)`).join("\n"));
  }
  return parts.join("\n\n") + "\n";
}

// Any JSON value as an indented list. Generic, because the server may add members to the status.
export function statusText(status: unknown): string {
  return statusLines(status).join("\n");
}

function statusLines(value: unknown): string[] {
  if (value === null || typeof value !== "object") return [String(value)];
  if (Array.isArray(value)) {
    return value.flatMap((item) => statusLines(item).map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`)));
  }
  return Object.entries(value).flatMap(([key, inner]) => {
    const lines = statusLines(inner);
    if (inner === null || typeof inner !== "object") return [`${key}: ${lines[0]}`];
    return lines.length === 0 ? [`${key}: none`] : [`${key}:`, ...lines.map((line) => `  ${line}`)];
  });
}
