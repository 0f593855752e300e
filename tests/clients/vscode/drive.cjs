// Uses the extension step by step as a new user does; every step checks what the workbench shows.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { parseArgs } = require("node:util");
const { Workbench, until, urge } = require("./workbench.cjs");

const { values: given } = parseArgs({
  options: { server: { type: "string" }, binary: { type: "string" }, work: { type: "string" }, screenshots: { type: "string" } },
});
const project = path.join(given.work, "example");
const schemaFile = path.join(project, "prisma/schema.prisma");
const migrations = path.join(project, "prisma/migrations");
const lineOf = (text, file = schemaFile) => fs.readFileSync(file, "utf8").split("\n").findIndex((line) => line.includes(text)) + 1;
const fileOf = (model) => path.join(project, "prisma", `${model}.prisma`);
const squiggles = (workbench) => workbench.page.$$(".squiggly-error");
const schemaText = (workbench) => workbench.editorText("schema.prisma");

const steps = {
  async "a correct schema has no diagnostics"(workbench) {
    await workbench.openFile("schema.prisma");
    await until("the server to be ready", async () => (await workbench.texts(".codelens-decoration")).length > 0, () => lookAround(workbench));
    if ((await squiggles(workbench)).length > 0) throw new Error(`squiggles in a correct schema\n${await lookAround(workbench)}`);
  },

  async "a mistake is underlined while it is typed"(workbench) {
    await workbench.goTo(lineOf("  image "));
    await workbench.press("End", "Enter");
    await workbench.type("bio Strng?");
    await workbench.press("Escape");
    await until("a squiggle", async () => (await squiggles(workbench)).length > 0, () => lookAround(workbench));
  },

  async "hover on the mistake shows the diagnostic"(workbench) {
    await workbench.goTo(lineOf("  image ") + 1, 9);
    const hover = await urge("a hover", () => workbench.press("Control+k", "Control+i"), async () =>
      (await workbench.texts(".monaco-hover:not(.hidden) .hover-contents")).find((text) => text.includes("Strng")),
      () => lookAround(workbench));
    console.log(`    ${hover.trim()}`);
    await workbench.screenshot("diagnostic");
    await workbench.press("Escape");
  },

  async "the quick fix is offered and fixes the diagnostic"(workbench) {
    await workbench.goTo(lineOf("  image ") + 1, 9);
    const row = await urge("a fix to String", () => workbench.press("Control+."), async () => {
      const rows = await workbench.page.$$(".action-widget .monaco-list-row.action");
      for (const candidate of rows) if (/String/.test((await candidate.textContent()) ?? "")) return candidate;
      return undefined;
    }, () => lookAround(workbench));
    await workbench.screenshot("fix");
    await row.click();
    await until("the fixed line", async () => /bio\s+String\?/.test(await schemaText(workbench)), () => lookAround(workbench));
    await until("no squiggle", async () => (await squiggles(workbench)).length === 0, () => lookAround(workbench));
  },

  async "completion offers what is allowed at the cursor, with documentation"(workbench) {
    await workbench.press("End", "Enter");
    await workbench.type("owner U");
    const row = await urge("the model User in the list", () => workbench.press("Control+Space"), async () =>
      (await workbench.texts(".suggest-widget .monaco-list-row")).find((text) => text.includes("User")),
      () => lookAround(workbench));
    console.log(`    ${row.trim()}`);
    await workbench.screenshot("completion");
    await workbench.press("Escape");
    await backToTheLineBefore(workbench);
  },

  async "saving applies the safe fixes"(workbench) {
    await workbench.press("End", "Enter");
    await workbench.type("code: Int?");
    await workbench.press("Escape");
    await until("a squiggle", async () => (await squiggles(workbench)).length > 0, () => lookAround(workbench));
    await workbench.press("Control+s");
    await until("the field without its colon", async () => /code Int\?/.test(await schemaText(workbench)), () => lookAround(workbench));
    await until("the same on disk", () => lineOf("code Int?") > 0, () => lookAround(workbench));
    await workbench.screenshot("saved");
    await backToTheLineBefore(workbench);
  },

  async "the code lens counts the changes that no migration has"(workbench) {
    await workbench.press("End", "Enter");
    await workbench.type('role String @default("user")');
    await workbench.press("Escape");
    const lens = await until("a code lens for 2 changes", async () =>
      (await workbench.texts(".codelens-decoration")).find((text) => /\b2 schema changes/.test(text)), () => lookAround(workbench));
    console.log(`    ${lens.trim()}`);
  },

  async "formatting aligns the columns"(workbench) {
    await workbench.runCommand("Format Document");
    await until("aligned fields", async () => /bio {11}String\?/.test(await schemaText(workbench)), () => lookAround(workbench));
  },

  async "the preview shows the migration's SQL beside the schema"(workbench) {
    await workbench.press("Control+b"); // hide the side bar: two editors need the space
    await workbench.page.click(".codelens-decoration a:has-text('preview')");
    await until("the SQL of bio", async () => /ADD COLUMN\s+"bio" TEXT/.test(await previewText(workbench)), () => lookAround(workbench));
    // Highlighting is applied line by line from the top. The last line is a comment too, so wait until it is highlighted.
    await until("the SQL in colours", () => workbench.page.$$eval(".editor-instance:last-child .view-line", (lines) => {
      const classOf = (text) => lines.find((line) => (line.textContent ?? "").includes(text))?.querySelector("span span")?.className;
      return classOf("not\u00a0written\u00a0yet") !== classOf("ALTER") && classOf("not\u00a0written\u00a0yet") === classOf('--\u00a0DROP');
    }), () => lookAround(workbench));
    await workbench.screenshot("preview");
    await workbench.press("Control+b");
  },

  async "the preview follows the schema while it is typed"(workbench) {
    await workbench.page.click(".editor-instance:first-child .view-line:has-text('image')");
    await workbench.goTo(lineOf("  image ") + 2);
    await workbench.press("End", "Enter");
    await workbench.type("age Int?");
    await workbench.press("Escape");
    const began = Date.now();
    await until("the SQL of age", async () => /"age" INTEGER/.test(await previewText(workbench)), () => lookAround(workbench));
    console.log(`    the preview followed within ${Date.now() - began} ms of the last key`);
  },

  async "generate migration asks for a name and writes the folder"(workbench) {
    const before = fs.readdirSync(migrations);
    await workbench.page.click(".codelens-decoration a:has-text('generate')");
    await workbench.quickInput("Add User's profile!");
    await workbench.screenshot("name");
    await workbench.press("Enter");
    const folder = await until("a new folder", () => fs.readdirSync(migrations).find((name) => !before.includes(name)), () => lookAround(workbench));
    if (!/^\d{14}_add_users_profile$/.test(folder)) throw new Error(`the folder is named ${folder}`);
    const sqlFile = path.join(migrations, folder, "migration.sql");
    await until("migration.sql", () => fs.existsSync(sqlFile));
    const sql = fs.readFileSync(sqlFile, "utf8");
    for (const column of ["bio", "role", "age"]) if (!sql.includes(`"${column}"`)) throw new Error(`${column} is missing in\n${sql}`);
    if (!fs.existsSync(path.join(migrations, folder, "down.sql"))) throw new Error("there is no down.sql");
    if (lineOf("age Int?") === 0) throw new Error("the schema was not saved with its migration");
    const notice = await until("a notice", async () =>
      (await workbench.notifications()).find((text) => text.includes(folder)), () => lookAround(workbench));
    console.log(`    ${notice.trim()}`);
    await until("migration.sql in front", async () => (await workbench.texts(".tab.active")).some((tab) => tab.includes("migration.sql")), () => lookAround(workbench));
    await workbench.screenshot("generated");
  },

  async "a migration that can fail shows its hazards"(workbench) {
    await workbench.openFile("schema.prisma");
    await workbench.goTo(lineOf("  image "));
    await workbench.press("End", "Enter");
    await workbench.type("nick String");
    await workbench.press("Escape");
    await until("the risk in the preview", async () => /Fails if .*nick/.test(await previewText(workbench)), () => lookAround(workbench));
    await until("a code lens for the one change", async () =>
      (await workbench.texts(".codelens-decoration")).some((text) => /\b1 schema change without a migration\b/.test(text)), () => lookAround(workbench));
    await workbench.screenshot("risk");
  },

  async "a rename edits every file of the schema"(workbench) {
    await workbench.goTo(lineOf("datasource db"), 3);
    const split = await urge("the split in the menu", () => workbench.runCommand("Refactor..."), async () => {
      const rows = await workbench.page.$$(".action-widget .monaco-list-row.action");
      for (const candidate of rows) if (/Split this file/.test((await candidate.textContent()) ?? "")) return candidate;
      return undefined;
    }, () => lookAround(workbench));
    await workbench.screenshot("refactor");
    await split.click();
    await until("a file for each model", () => fs.existsSync(fileOf("user")) && fs.existsSync(fileOf("account")), () => lookAround(workbench));
    await workbench.runCommand("File: Save All Files");
    const line = await until("the model in its file", () => lineOf("model User", fileOf("user")), () => lookAround(workbench));
    await workbench.openFile("user.prisma");
    await until("the lens of both references", async () =>
      (await workbench.texts(".codelens-decoration")).some((text) => /\b2 references/.test(text)), () => lookAround(workbench));
    await workbench.goTo(line, 8);
    await urge("the box for the new name", () => workbench.press("F2"), () =>
      workbench.page.evaluate(() => document.activeElement?.matches(".rename-box input") && document.activeElement.value === "User"),
      () => lookAround(workbench));
    await workbench.press("Control+a");
    await workbench.type("Person");
    await workbench.screenshot("rename");
    await workbench.press("Enter");
    await until("the new name", async () => /model Person/.test(await workbench.editorText("user.prisma")), () => lookAround(workbench));
    await workbench.runCommand("File: Save All Files");
    await until("the new name in the other file", () => /user\s+Person\s+@relation/.test(fs.readFileSync(fileOf("account"), "utf8")),
      () => lookAround(workbench));
    await workbench.openFile("account.prisma");
    await workbench.screenshot("renamed");
  },

  async "a server that was killed is restarted"(workbench) {
    const [first] = serverProcesses();
    process.kill(first, "SIGKILL");
    await until("another server", () => serverProcesses().some((pid) => pid !== first));
    await workbench.openFile("user.prisma");
    await workbench.goTo(lineOf("  image ", fileOf("user")));
    await workbench.press("End", "Enter");
    await workbench.type("again Strng?");
    await until("a squiggle", async () => (await squiggles(workbench)).length > 0, () => lookAround(workbench));
  },

  async "a missing program is reported"(workbench) {
    workbench.changeSettings({ "refract.server.path": "/nowhere/refract" });
    const notice = await until("a notice", async () =>
      (await workbench.notifications()).find((text) => text.includes("/nowhere/refract")), () => lookAround(workbench));
    console.log(`    ${notice.trim()}`);
    await workbench.screenshot("missing");
  },

  async "a program that ends immediately is reported once and not restarted"(workbench) {
    const starts = path.join(given.work, "starts");
    const program = path.join(given.work, "ends-at-once");
    fs.writeFileSync(program, `#!/bin/sh\necho started >>"${starts}"\nexit 3\n`, { mode: 0o755 });
    workbench.changeSettings({ "refract.server.path": program });
    const reportsOf = async () => (await workbench.notifications()).filter((text) => text.includes(program));
    await until("a notice", async () => (await reportsOf()).length > 0, () => lookAround(workbench));
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const reports = await reportsOf();
    console.log(`    ${reports.join("\n    ")}`);
    if (reports.length !== 1) throw new Error(`reported ${reports.length} times`);
    const count = fs.readFileSync(starts, "utf8").trim().split("\n").length;
    if (count !== 1) throw new Error(`started ${count} times`);
  },

  async "the right path in the setting starts the server"(workbench) {
    workbench.changeSettings({ "refract.server.path": given.binary });
    await workbench.openFile("schema.prisma");
    await workbench.runCommand("Refract: Show Status");
    await until("the status page", async () => /\S/.test(await workbench.editorText("status")), () => lookAround(workbench));
    await workbench.screenshot("status");
  },
};

// Removes the line that a step added, whatever it contains.
async function backToTheLineBefore(workbench) {
  await workbench.press("End", "Shift+Home", "Shift+Home", "Delete", "Backspace");
  await until("no squiggle", async () => (await squiggles(workbench)).length === 0, () => lookAround(workbench));
}

function previewText(workbench) {
  return workbench.editorText("next-migration.sql");
}

// The server processes that work on our copy of the example.
function serverProcesses() {
  const program = fs.realpathSync(given.binary);
  const link = (pid, name) => {
    try {
      return fs.readlinkSync(`/proc/${pid}/${name}`);
    } catch {
      return ""; // ended, or another user's
    }
  };
  const pids = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => link(pid, "exe") === program && link(pid, "cwd").startsWith(given.work)).map(Number);
}

// What the workbench shows now, for the failure message.
async function lookAround(workbench) {
  const parts = {
    notifications: await workbench.notifications(),
    "code lenses": await workbench.texts(".codelens-decoration"),
    squiggles: [(await squiggles(workbench)).length],
    schema: [await schemaText(workbench)],
    preview: [await previewText(workbench)],
  };
  await workbench.screenshot("failure");
  return Object.entries(parts).map(([name, texts]) => `--- ${name}\n${texts.join("\n")}`).join("\n");
}

(async () => {
  const began = Date.now();
  const workbench = await Workbench.open({
    server: given.server,
    work: given.work,
    folder: project,
    screenshots: given.screenshots,
    settings: { "refract.server.path": given.binary },
  });
  let failed = false;
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step(workbench);
      console.log(`ok   ${name}`);
    } catch (problem) {
      console.log(`FAIL ${name}\n${problem.stack}`);
      failed = true;
      break;
    }
  }
  await workbench.close();
  console.log(`VS Code client: ${failed ? "failed" : "passed"} in ${((Date.now() - began) / 1000).toFixed(1)} s; screenshots in ${given.screenshots}`);
  process.exitCode = failed ? 1 : 0;
})().catch((problem) => {
  console.log(`FAIL VS Code client: ${problem.stack}`);
  process.exit(1);
});
