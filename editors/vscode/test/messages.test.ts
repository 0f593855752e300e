import assert from "node:assert/strict";
import { test } from "node:test";
import { formatMilliseconds, generatedNotice, generatedSummary, previewProblemText, previewText, statusText } from "../src/messages";

const preview = {
  sql: '-- AlterTable\nALTER TABLE "User" ADD COLUMN     "bio" TEXT;\n',
  summary: "**Adds** column `bio` to `User`.\n\n- locks: short",
  downSql: '-- AlterTable: lossy\nALTER TABLE "User" DROP COLUMN "bio";\n',
  hazards: [{ code: "data-loss", message: "Values are lost." }],
  milliseconds: 1.234,
  steps: 1,
};

test("preview: the summary becomes a comment before the SQL, down.sql a comment after it", () => {
  assert.equal(
    previewText(preview),
    [
      "-- The next migration, not written yet: 1 change",
      "-- Computed offline in 1.2 ms",
      "--",
      "-- Adds column bio to User.",
      "--",
      "--   locks: short",
      "--",
      "-- Hazard: Values are lost.",
      "",
      "-- AlterTable",
      'ALTER TABLE "User" ADD COLUMN     "bio" TEXT;',
      "",
      "-- down.sql, which undoes this migration:",
      "",
      "-- AlterTable: lossy",
      '-- ALTER TABLE "User" DROP COLUMN "bio";',
      "",
    ].join("\n"),
  );
});

test("preview: without changes there is only a comment", () => {
  const text = previewText({ ...preview, steps: 0, sql: "-- This is an empty migration." });
  assert.match(text, /^-- No migration is needed/);
  assert.ok(text.split("\n").every((line) => line === "" || line.startsWith("--")));
});

test("preview: a long line is broken at spaces", () => {
  const text = previewProblemText(`${"word ".repeat(30)}${"z".repeat(90)} end`);
  const lines = text.trim().split("\n");
  assert.ok(lines.every((line) => line.startsWith("-- ") && (line.length <= 75 || line.includes("zzz"))), text);
  assert.equal(lines.slice(1).map((line) => line.slice(3)).join(" "), `${"word ".repeat(30)}${"z".repeat(90)} end`);
});

test("preview: a problem of several lines stays a comment", () => {
  assert.equal(previewProblemText("a\n\nb"), "-- The next migration cannot be computed yet.\n-- a\n--\n-- b\n");
});

test("preview: while the schema is broken, the last SQL stays visible", () => {
  const text = previewProblemText("The schema has errors.", preview);
  assert.match(text, /^-- The next migration cannot be computed yet\.\n-- The schema has errors\.\n\n-- The last SQL that was computed:\n\n-- AlterTable\n/);
});

test("milliseconds keep two digits", () => {
  assert.deepEqual([0.4213, 3.14159, 9.96, 17.6].map(formatMilliseconds), ["0.42 ms", "3.1 ms", "10 ms", "18 ms"]);
});

test("notice: names the folder and every hazard", () => {
  const migration = { folder: "/p/prisma/migrations/20260105_bio", files: [], summary: "Adds.", hazards: [] };
  assert.equal(generatedNotice(migration), "Migration 20260105_bio was written.");
  const hazards = [{ code: "data-loss", message: "Column name is dropped" }];
  assert.equal(
    generatedNotice({ ...migration, hazards }),
    "Migration 20260105_bio was written. It has 1 hazard: Column name is dropped.",
  );
  assert.match(generatedSummary({ ...migration, hazards }), /## Hazards\n\n- Column name is dropped \(`data-loss`\)/);
  assert.doesNotMatch(generatedSummary({ ...migration, hazards, summary: "Column name is dropped" }), /## Hazards/);
});

test("status: any shape becomes lines", () => {
  const text = statusText({ version: "0.1.0", schemas: [{ files: ["a.prisma", "b.prisma"], models: 4 }], open: [], last: null });
  assert.deepEqual(text.split("\n"), [
    "version: 0.1.0",
    "schemas:",
    "  - files:",
    "      - a.prisma",
    "      - b.prisma",
    "    models: 4",
    "open: none",
    "last: null",
  ]);
});
