// One server process with a connected library client, and the client's open documents.
"use strict";
const { spawn } = require("node:child_process");
const { pathToFileURL } = require("node:url");
const rpc = require("vscode-jsonrpc/node");
const lsp = require("vscode-languageserver-protocol");
const { TextDocument } = require("vscode-languageserver-textdocument");

const kPatienceMs = 10_000;

function withPatience(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${kPatienceMs / 1000} s: ${what}`)), kPatienceMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

class Session {
  constructor(binary, folder) {
    this.folder = folder;
    this.process = spawn(binary, ["lsp", "--stdio"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
    this.ended = new Promise((resolve) => this.process.once("exit", (code, signal) => resolve({ code, signal })));
    this.connection = rpc.createMessageConnection(
      new rpc.StreamMessageReader(this.process.stdout),
      new rpc.StreamMessageWriter(this.process.stdin),
    );
    this.published = new Map(); // uri -> {version, diagnostics}
    this.listeners = new Set();
    this.shown = []; // uris the server asked to open
    this.registrations = [];
    this.progress = [];
    this.connection.onNotification(lsp.PublishDiagnosticsNotification.type, (published) => {
      this.published.set(published.uri, published);
      for (const listener of this.listeners) listener();
    });
    this.connection.onRequest(lsp.ShowDocumentRequest.type, ({ uri }) => {
      this.shown.push(uri);
      return { success: true };
    });
    this.connection.onRequest(lsp.RegistrationRequest.type, ({ registrations }) => void this.registrations.push(...registrations));
    this.connection.onRequest(lsp.WorkDoneProgressCreateRequest.type, ({ token }) => {
      this.connection.onProgress(lsp.WorkDoneProgress.type, token, (value) => this.progress.push(value.kind));
    });
    this.connection.onRequest("workspace/configuration", ({ items }) => items.map(() => null));
    this.connection.onRequest(lsp.CodeLensRefreshRequest.type, () => undefined);
    this.connection.onUnhandledNotification(() => undefined);
    this.connection.listen();
  }

  async initialize(positionEncodings, initializationOptions) {
    const uri = pathToFileURL(this.folder).href;
    this.server = await this.request(lsp.InitializeRequest.type, {
      processId: process.pid,
      clientInfo: { name: "refract-library-client" },
      rootUri: uri,
      workspaceFolders: [{ uri, name: "example" }],
      initializationOptions,
      capabilities: {
        general: { positionEncodings },
        window: { workDoneProgress: true, showDocument: { support: true } },
        workspace: { applyEdit: true, workspaceEdit: { documentChanges: true }, didChangeWatchedFiles: { dynamicRegistration: true }, codeLens: { refreshSupport: true } },
        textDocument: {
          publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true, dataSupport: true },
          codeAction: {
            codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "refactor", "source"] } },
            dataSupport: true,
            resolveSupport: { properties: ["edit"] },
          },
          completion: { completionItem: { snippetSupport: false } },
          documentSymbol: { hierarchicalDocumentSymbolSupport: true },
        },
      },
    });
    this.utf8 = this.server.capabilities.positionEncoding === "utf-8";
    await this.connection.sendNotification(lsp.InitializedNotification.type, {});
  }

  request(type, parameters, token) {
    const name = typeof type === "string" ? type : type.method;
    return withPatience(this.connection.sendRequest(type, parameters, token), name);
  }

  execute(command, ...args) {
    return this.request(lsp.ExecuteCommandRequest.type, { command, arguments: args });
  }

  async open(uri, text) {
    const document = TextDocument.create(uri, "prisma", 1, text);
    await this.connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: "prisma", version: 1, text },
    });
    return document;
  }

  // Replaces the first occurrence of `old` with an incremental change, in the document and in the server.
  async replace(document, old, text) {
    const start = document.getText().indexOf(old);
    if (start < 0) throw new Error(`${JSON.stringify(old)} is not in the document`);
    const end = start + old.length;
    const change = { range: { start: this.positionAt(document, start), end: this.positionAt(document, end) }, text };
    const local = { range: { start: document.positionAt(start), end: document.positionAt(end) }, text };
    TextDocument.update(document, [local], document.version + 1);
    await this.connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
      textDocument: { uri: document.uri, version: document.version },
      contentChanges: [change],
    });
  }

  // UTF-16 offset -> Position in the agreed encoding.
  positionAt(document, offset) {
    const position = document.positionAt(offset);
    if (!this.utf8) return position;
    const line = document.getText({ start: { line: position.line, character: 0 }, end: position });
    return { line: position.line, character: Buffer.byteLength(line, "utf8") };
  }

  // Position in the agreed encoding -> UTF-16 offset.
  offsetAt(document, position) {
    if (!this.utf8) return document.offsetAt(position);
    const start = document.offsetAt({ line: position.line, character: 0 });
    const line = document.getText({ start: { line: position.line, character: 0 }, end: { line: position.line + 1, character: 0 } });
    return start + Buffer.from(line, "utf8").subarray(0, position.character).toString("utf8").length;
  }

  at(document, text, after = "") {
    const from = document.getText().indexOf(after);
    const offset = document.getText().indexOf(text, from);
    if (from < 0 || offset < 0) throw new Error(`${JSON.stringify(text)} is not in the document`);
    return { textDocument: { uri: document.uri }, position: this.positionAt(document, offset) };
  }

  textOf(document, range) {
    return document.getText().slice(this.offsetAt(document, range.start), this.offsetAt(document, range.end));
  }

  // Applies one document's edits of a workspace edit to a copy, and returns the text.
  edited(document, edits) {
    const sorted = edits
      .map((edit) => ({ start: this.offsetAt(document, edit.range.start), end: this.offsetAt(document, edit.range.end), text: edit.newText }))
      .sort((a, b) => b.start - a.start || b.end - a.end);
    return sorted.reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), document.getText());
  }

  // The diagnostics published for the document's current version (or later ones without a version).
  async diagnostics(document, wanted = () => true) {
    const look = () => {
      const found = this.published.get(document.uri);
      const current = found !== undefined && (found.version === undefined || found.version === document.version);
      return current && wanted(found.diagnostics) ? found.diagnostics : undefined;
    };
    const now = look();
    if (now !== undefined) return now;
    let listener;
    const coming = new Promise((resolve) => {
      listener = () => look() !== undefined && resolve(look());
      this.listeners.add(listener);
    });
    return withPatience(coming, `diagnostics of version ${document.version}; last: ${JSON.stringify(this.published.get(document.uri))}`)
      .finally(() => this.listeners.delete(listener));
  }

  // Waits for a message that the server sends after its response.
  until(what, look) {
    const poll = async () => {
      while (!(await look())) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    return withPatience(poll(), what);
  }

  async close() {
    await this.request(lsp.ShutdownRequest.type);
    await this.connection.sendNotification(lsp.ExitNotification.type);
    const end = await withPatience(this.ended, "the end of the process");
    this.connection.dispose();
    return end;
  }

  kill() {
    this.process.kill("SIGKILL");
  }
}

function changesFor(edit, uri) {
  if (edit.changes?.[uri]) return edit.changes[uri];
  return (edit.documentChanges ?? []).filter((change) => change.textDocument?.uri === uri).flatMap((change) => change.edits);
}

module.exports = { Session, changesFor, lsp, rpc };
