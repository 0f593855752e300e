// The main functions over LSP, once with UTF-16 and once with UTF-8 positions.
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { Session, changesFor, lsp, rpc } = require("./session.cjs");

const [binary, example, work] = process.argv.slice(2);

// 🔑 is two units of UTF-16 and four bytes, ü one and two: a position in the wrong unit points at the wrong character.
const steps = {
  async "the position encoding is the client's preferred one"({ session, encoding }) {
    assert.equal(session.server.serverInfo?.name, "refract");
    assert.equal(session.server.capabilities.positionEncoding ?? "utf-16", encoding);
    const sync = session.server.capabilities.textDocumentSync;
    assert.equal(typeof sync === "object" ? sync.change : sync, lsp.TextDocumentSyncKind.Incremental);
  },

  async "a correct schema has no diagnostics"({ session, document }) {
    assert.deepEqual(await session.diagnostics(document), []);
  },

  async "a diagnostic after an emoji has the exact range"({ session, document }) {
    await session.replace(document, "  accounts ", "  /// 🔑 schlüssel\n  accounts ");
    await session.replace(document, "  accounts ", '  label String @default("🔑ü") @db.Txt\n  accounts ');
    const [found, ...more] = await session.diagnostics(document, (all) => all.length > 0);
    assert.deepEqual(more, []);
    assert.match(session.textOf(document, found.range), /^@?(db\.)?Txt$/);
    assert.equal(found.severity, lsp.DiagnosticSeverity.Error);
    assert.ok(found.code, "a diagnostic has a code");
    assert.ok(found.data, "a diagnostic has data");
    await session.replace(document, "  label String @default(\"🔑ü\") @db.Txt\n", "");
    assert.deepEqual(await session.diagnostics(document), []);
  },

  async "after many incremental changes client and server have the same text"({ session, document }) {
    const typed = "  bio Strng? // 🔑\n";
    await session.replace(document, "  accounts ", "@@@  accounts ");
    for (const character of typed) await session.replace(document, "@@@", `${character}@@@`);
    await session.replace(document, "@@@", "");
    assert.ok(document.getText().includes(`${typed}  accounts `));
    const [found, ...more] = await session.diagnostics(document, (all) => all.length > 0);
    assert.deepEqual(more, []);
    assert.equal(session.textOf(document, found.range), "Strng");
  },

  async "the quick fix removes the diagnostic"({ session, document }) {
    const diagnostics = await session.diagnostics(document);
    const actions = await session.request(lsp.CodeActionRequest.type, {
      textDocument: { uri: document.uri },
      range: diagnostics[0].range,
      context: { diagnostics, only: ["quickfix"] },
    });
    const fix = actions.find((action) => action.kind === "quickfix" && action.title.includes("String"));
    assert.ok(fix, `no fix to String in ${JSON.stringify(actions.map((action) => action.title))}`);
    const { edit } = fix.edit ? fix : await session.request(lsp.CodeActionResolveRequest.type, fix);
    const fixed = session.edited(document, changesFor(edit, document.uri));
    assert.match(fixed, /^ {2}bio String\? \/\/ 🔑$/m);
    await session.replace(document, "Strng", "String");
    assert.equal(document.getText(), fixed);
    assert.deepEqual(await session.diagnostics(document), []);
  },

  async "completion offers types and models"({ session, document }) {
    await session.replace(document, "  accounts ", "  role S\n  accounts ");
    const place = session.at(document, "\n  accounts ");
    const answer = await session.request(lsp.CompletionRequest.type, place);
    const labels = (answer.items ?? answer).map((item) => item.label);
    assert.ok(labels.includes("String") && labels.includes("Session"), `labels: ${labels}`);
    await session.replace(document, "  role S\n", "");
  },

  async "hover, definition and references of a model agree"({ session, document }) {
    const use = session.at(document, "User ", "model Account");
    const hover = await session.request(lsp.HoverRequest.type, use);
    assert.match(JSON.stringify(hover.contents), /A person who can sign in/);
    if (hover.range) assert.equal(session.textOf(document, hover.range), "User");
    const definition = [await session.request(lsp.DefinitionRequest.type, use)].flat();
    assert.equal(definition.length, 1);
    const target = definition[0].targetSelectionRange ?? definition[0].range;
    assert.match(session.textOf(document, { start: target.start, end: { line: target.start.line + 1, character: 0 } }), /User \{/);
    const references = await session.request(lsp.ReferencesRequest.type, { ...use, context: { includeDeclaration: true } });
    assert.deepEqual(references.map(({ range }) => session.textOf(document, range)), ["User", "User", "User"]);
  },

  async "rename changes every use and nothing else"({ session, document }) {
    const place = session.at(document, "expires ", "model Session");
    const edit = await session.request(lsp.RenameRequest.type, { ...place, newName: "endsAt" });
    const text = session.edited(document, changesFor(edit, document.uri));
    const sessionBlock = text.slice(text.indexOf("model Session {"), text.indexOf("model VerificationToken"));
    assert.match(sessionBlock, /^ {2}endsAt +DateTime/m);
    assert.doesNotMatch(sessionBlock, /^ {2}expires /m);
    assert.match(text.slice(text.indexOf("model VerificationToken")), /^ {2}expires +DateTime/m);
  },

  async "formatting twice is formatting once"({ session, document }) {
    const parameters = { textDocument: { uri: document.uri }, options: { tabSize: 2, insertSpaces: true } };
    const edits = await session.request(lsp.DocumentFormattingRequest.type, parameters);
    const formatted = session.edited(document, edits ?? []);
    assert.match(formatted, /^ {2}bio {11}String\? +\/\/ 🔑$/m);
    await session.replace(document, document.getText(), formatted);
    const again = await session.request(lsp.DocumentFormattingRequest.type, parameters);
    assert.equal(session.edited(document, again ?? []), formatted);
  },

  async "document symbols contain every block, with nested ranges"({ session, document }) {
    const symbols = await session.request(lsp.DocumentSymbolRequest.type, { textDocument: { uri: document.uri } });
    assert.deepEqual(symbols.map(({ name }) => name).sort(), ["Account", "Session", "User", "VerificationToken", "client", "db"]);
    for (const symbol of symbols) {
      const range = symbol.selectionRange ?? symbol.location.range;
      assert.ok(session.textOf(document, range).includes(symbol.name), `${symbol.name}: ${session.textOf(document, range)}`);
    }
  },

  async "a cancelled request is answered, and the next one works"({ session, document }) {
    const parameters = { ...session.at(document, "User {"), context: { includeDeclaration: true } };
    const sources = Array.from({ length: 50 }, () => new rpc.CancellationTokenSource());
    const answers = sources.map((source) => session.request(lsp.ReferencesRequest.type, parameters, source.token)
      .then((found) => found.length, (problem) => problem.code));
    for (const source of sources) source.cancel();
    for (const answer of await Promise.all(answers)) {
      assert.ok(answer === 3 || answer === lsp.LSPErrorCodes.RequestCancelled, `answered ${answer}`);
    }
    assert.equal((await session.request(lsp.ReferencesRequest.type, parameters)).length, 3);
  },

  async "an unknown method and an invalid position are answered with errors"({ session, document }) {
    await assert.rejects(session.request("prisma/unknown", {}), { code: rpc.ErrorCodes.MethodNotFound });
    const nowhere = { textDocument: { uri: document.uri }, position: { line: 99999, character: 9 } };
    await session.request(lsp.HoverRequest.type, nowhere).catch((problem) => assert.equal(problem.code, rpc.ErrorCodes.InvalidParams));
    assert.ok(await session.request(lsp.HoverRequest.type, session.at(document, "User ", "model Account")));
  },

  async "preview returns SQL offline, repeatedly"({ session, document }) {
    const first = await session.execute("refract.migration.preview", { uri: document.uri });
    assert.equal(first.sql, '-- AlterTable\nALTER TABLE "User" ADD COLUMN     "bio" TEXT;\n');
    assert.match(first.downSql, /DROP COLUMN\s+"bio"/);
    assert.equal(first.steps, 1);
    assert.ok(first.summary.length > 0);
    const times = [];
    for (let round = 0; round < 20; ++round) {
      const began = performance.now();
      await session.execute("refract.migration.preview", { uri: document.uri });
      times.push(performance.now() - began);
    }
    const middle = times.sort((a, b) => a - b)[10];
    console.log(`     server says ${first.milliseconds.toFixed(2)} ms; 20 round trips, median ${middle.toFixed(2)} ms`);
  },

  async "code lenses and code actions use the commands that the client supports"({ session, document, encoding }) {
    const textDocument = { uri: document.uri };
    // The migrations folder is read in the background; the first answer may come before that.
    let lenses = [];
    await session.until("a lens for one change", async () => {
      lenses = await session.request(lsp.CodeLensRequest.type, { textDocument });
      return lenses.some((lens) => /\b1 schema change without a migration\b/.test(lens.command?.title ?? ""));
    });
    const range = { start: session.positionAt(document, 0), end: session.positionAt(document, 0) };
    const context = { diagnostics: [], only: ["source"] };
    const actions = await session.request(lsp.CodeActionRequest.type, { textDocument, range, context });
    const commands = [...lenses, ...actions].map(({ command }) => command?.command ?? command);
    // The UTF-16 session provides the client's commands, the UTF-8 one does not.
    const wanted = encoding === "utf-16"
      ? ["refract.previewMigration", "refract.generateMigration"]
      : ["refract.migration.preview", "refract.migration.generate"];
    for (const name of wanted) assert.ok(commands.includes(name), `${name} is not among ${commands}`);
    const kinds = actions.map(({ kind }) => kind);
    assert.ok(kinds.includes("source.refract.migration"), `kinds: ${kinds}`);
  },

  async "generate writes the folder and opens it"({ session, document, folder }) {
    const result = await session.execute("refract.migration.generate", { uri: document.uri, name: "add_bio" });
    assert.match(path.basename(result.folder), /^\d{14}_add_bio$/);
    assert.equal(path.dirname(fs.realpathSync(result.folder)), path.join(fs.realpathSync(folder), "prisma/migrations"));
    assert.equal(fs.readFileSync(path.join(result.folder, "migration.sql"), "utf8"), '-- AlterTable\nALTER TABLE "User" ADD COLUMN     "bio" TEXT;\n');
    assert.ok(fs.existsSync(path.join(result.folder, "down.sql")));
    await session.until("the server to open migration.sql", () => session.shown.some((uri) => uri.endsWith("migration.sql")));
    assert.ok(result.files.some((uri) => uri.startsWith("file://") && uri.endsWith("migration.sql")), `files: ${result.files}`);
    assert.ok(Array.isArray(result.hazards) && typeof result.summary === "string");
    const after = await session.execute("refract.migration.preview", { uri: document.uri });
    assert.equal(after.steps, 0);
  },

  async "a required column is reported as a hazard"({ session, document }) {
    await session.replace(document, "  accounts ", "  nick String\n  accounts ");
    const result = await session.execute("refract.migration.generate", { uri: document.uri, name: "add_nick" });
    assert.ok(result.hazards.length > 0, "no hazard");
    for (const hazard of result.hazards) assert.ok(hazard.code && hazard.message, JSON.stringify(hazard));
    console.log(`     ${result.hazards.map(({ code, message }) => `${code}: ${message}`).join("; ")}`);
  },

  async "verify runs the migrations on a temporary PostgreSQL and reports progress"({ session, document, encoding }) {
    if (encoding !== "utf-16") return; // once is enough: it starts a database server
    if (!fs.existsSync("/usr/lib/postgresql")) {
      console.log("     skipped: PostgreSQL is not installed (Debian: apt-get install postgresql)");
      return;
    }
    const result = await session.execute("refract.migration.verify", { uri: document.uri });
    assert.equal(result.ok, true, result.summary);
    assert.ok(session.progress.includes("begin") && session.progress.includes("end"), `progress: ${session.progress}`);
  },

  async "shutdown and exit end the process with 0"({ session }) {
    assert.deepEqual(await session.close(), { code: 0, signal: null });
  },
};

async function run(encoding) {
  const folder = path.join(work, encoding);
  fs.cpSync(example, folder, { recursive: true });
  const file = path.join(folder, "prisma/schema.prisma");
  const session = new Session(binary, folder);
  let failures = 0;
  try {
    const encodings = encoding === "utf-8" ? ["utf-8", "utf-16"] : ["utf-16"];
    await session.initialize(encodings, encoding === "utf-16" ? { clientCommands: true } : {});
    const document = await session.open(pathToFileURL(file).href, fs.readFileSync(file, "utf8"));
    for (const [name, step] of Object.entries(steps)) {
      try {
        await step({ session, document, encoding, folder });
        console.log(`ok   ${encoding}: ${name}`);
      } catch (problem) {
        failures += 1;
        console.log(`FAIL ${encoding}: ${name}\n${problem.stack}`);
      }
    }
  } finally {
    session.kill();
  }
  return failures;
}

(async () => {
  const failures = (await run("utf-16")) + (await run("utf-8"));
  console.log(`library client: ${failures === 0 ? "passed" : `${failures} steps failed`}`);
  process.exit(failures === 0 ? 0 : 1);
})().catch((problem) => {
  console.log(`FAIL library client: ${problem.stack}`);
  process.exit(1);
});
