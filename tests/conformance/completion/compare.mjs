// Compares completion with Prisma's: asks Prisma's engine, Prisma's language server and ours for completions at the same
// positions of real schemas, in complete and in half-typed lines, and lists the labels that only Prisma offers.
//
//   node compare.mjs BINARY ORACLE POSITIONS [--show] [--seed N] SCHEMA...
//
// ORACLE is the folder of oracle/lib.mjs. Exit code 1 if we miss a label and explained.mjs does not explain it.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { explanation } from "./explained.mjs";

const words = process.argv.slice(2);
const option = (name) => {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words.splice(at, name === "--show" ? 1 : 2)[1] ?? true;
};
const show = option("--show") !== undefined;
let state = Number(option("--seed") ?? 1) * 2654435761 >>> 0;
const [binary, oracle, wanted, ...schemas] = words;
const prisma = await import(pathToFileURL(path.join(oracle, "lib.mjs")).href);

function random(limit) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  state >>>= 0;
  return state % limit;
}

// ------------------------------------------------------------------------------------------------- our server

class Refract {
  #waiting = new Map();
  #left = Buffer.alloc(0);
  #next = 1;

  constructor(folder) {
    this.folder = folder;
    this.process = spawn(binary, ["lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    this.process.stdout.on("data", (bytes) => this.#take(bytes));
  }

  #take(bytes) {
    this.#left = Buffer.concat([this.#left, bytes]);
    for (;;) {
      const end = this.#left.indexOf("\r\n\r\n");
      if (end < 0) return;
      const size = Number(/Content-Length: (\d+)/i.exec(this.#left.subarray(0, end))[1]);
      if (this.#left.length < end + 4 + size) return;
      const message = JSON.parse(this.#left.subarray(end + 4, end + 4 + size));
      this.#left = this.#left.subarray(end + 4 + size);
      if (message.id !== undefined && !message.method) this.#waiting.get(message.id)(message);
      else if (message.id !== undefined) this.#send({ id: message.id, result: null });
    }
  }

  #send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.process.stdin.write(body);
  }

  notify(method, params) {
    this.#send({ method, params });
  }

  request(method, params) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, (message) => (message.error ? reject(new Error(message.error.message)) : resolve(message.result)));
      this.#send({ id, method, params });
    });
  }

  async start() {
    await this.request("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
    });
    this.notify("initialized", {});
  }

  open(name, text) {
    const file = path.join(this.folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    this.uri = pathToFileURL(file).href;
    this.version = 1;
    this.notify("textDocument/didOpen", { textDocument: { uri: this.uri, languageId: "prisma", version: 1, text } });
  }

  close() {
    this.notify("textDocument/didClose", { textDocument: { uri: this.uri } });
  }

  async complete(text, position) {
    this.notify("textDocument/didChange", {
      textDocument: { uri: this.uri, version: ++this.version },
      contentChanges: [{ text }],
    });
    const answer = await this.request("textDocument/completion", { textDocument: { uri: this.uri }, position });
    return answer?.items ?? answer ?? [];
  }

  async stop() {
    await this.request("shutdown", null);
    this.notify("exit", null);
  }
}

// ------------------------------------------------------------------------------------------------- positions

// Columns of a line at which completion is requested: the start, the indent, and before, inside and after each word or
// punctuation mark.
function columns(line) {
  const found = new Set([0, line.length, /^\s*/.exec(line)[0].length]);
  for (const token of line.matchAll(/[A-Za-z0-9_]+|[^\sA-Za-z0-9_]/g)) {
    found.add(token.index).add(token.index + token[0].length);
    if (token[0].length > 2) found.add(token.index + 2);
  }
  return [...found];
}

// Lines that are rare in real schemas: each is inserted into a model, an enum, or a configuration block of its kind.
const extra = {
  model: ["", "@", "@@", "  ", "extra ", "extra Str", "extra String ", "extra String @", "extra String @db.", "extra String @d",
    "extra String @default(", "extra DateTime @default(", "extra DateTime @", "extra Int @default(", "extra Boolean @default(",
    "extra Int[] ", "extra Int? ", "@@index([", "@@index([id], ", "@@index([id], type: ", "@@index([id(", "@@index([id(sort: ",
    "@@unique([", "@@unique([id], ", "@@id([", "@@map(", "@@map(\"", "@@schema(", "@@ignore", "@@index(", "@@unique(",
    "@@id(", "@@fulltext([", "extra $MODEL ", "extra $MODEL @", "extra $MODEL @relation(", "extra $MODEL @relation(fields: [",
    "extra $MODEL @relation(fields: [id], ", "extra $MODEL @relation(fields: [id], references: [",
    "extra $MODEL @relation(fields: [id], references: [id], onDelete: ", "extra $MODEL @relation(onUpdate: ",
    "extra $MODEL @relation(name: ", "extra $MODEL @relation(\"", "extra $MODEL @relation(references: [",
    "extra $MODEL? @relation(fields: [id, "],
  enum: ["", "@", "@@", "extra ", "extra @", "extra @map(", "@@map(", "@@schema("],
  datasource: ["", "p", "url = ", "url = env(", "url = env(\"", "directUrl = ", "shadowDatabaseUrl = ", "relationMode = ",
    "relationMode = \"", "provider = ", "provider = \"", "schemas = [", "schemas = ", "extensions = [", "extensions = "],
  generator: ["", "p", "provider = ", "provider = \"", "previewFeatures = ", "previewFeatures = [", "previewFeatures = [\"",
    "output = ", "engineType = ", "engineType = \"", "binaryTargets = [", "runtime = ", "runtime = \"", "moduleFormat = \"",
    "generatedFileExtension = \"", "importFileExtension = \"", "compilerBuild = \""],
};

// Every place of a schema: the line `at`, which `line` stands for, or is put before where `made`. Half of the places
// inside a line are on a line that ends there.
function* places(lines) {
  const models = lines.map((line) => /^model (\w+)/.exec(line)?.[1]).filter(Boolean);
  for (const [at, line] of lines.entries()) {
    for (const character of columns(line)) {
      yield { at, line, character };
      if (character < line.length) yield { at, line: line.slice(0, character), character };
    }
    const block = /^(model|enum|datasource|generator) /.exec(line)?.[1];
    for (const member of extra[block] ?? []) {
      const typed = `  ${member.replace("$MODEL", models[at % models.length])}`;
      const place = { at: at + 1, line: typed, character: typed.length, made: true };
      yield place;
      const closing = [...(/[([]?"?$/.exec(member)?.[0] ?? "")].reverse().join("").replace("(", ")").replace("[", "]");
      if (closing) yield { ...place, line: typed + closing };
    }
  }
}

const textOf = (lines, { at, line, made }) =>
  [...lines.slice(0, at), line, ...lines.slice(made ? at : at + 1)].join("\n");

// ------------------------------------------------------------------------------------------------- comparison

// `@relation([fields…])`, `@@map("")` and `cuid(2)` are one offer with `@relation`, `@@map` and `cuid`; quotes are how a value is
// written.
const plain = (label) => label.replace(/[([].*$/s, "").replace(/"/g, "").trim();

function theirs(version, text, position) {
  const before = text.split("\n")[position.line][position.character - 1];
  const triggers = [undefined, ...(['@', '"', "."].includes(before) ? [before] : [])];
  const offers = new Map();
  for (const trigger of triggers) {
    const ask = {
      engine: () => prisma.complete(version, [["file:///schema.prisma", text]], "file:///schema.prisma", position.line, position.character, trigger),
      server: () => prisma.server("complete", [["file:///schema.prisma", text]], "file:///schema.prisma", position.line, position.character, trigger),
    };
    for (const [who, offer] of Object.entries(ask)) {
      if (who === "server" && version !== 7) continue;  // it supports only the newest version
      let answer;
      try {
        answer = offer();
      } catch {
        continue;  // an engine that fails offers nothing
      }
      for (const item of answer?.items ?? []) offers.set(plain(item.label), { who, label: item.label });
    }
  }
  offers.delete("");
  return offers;
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "refract-completion-"));
const ours = new Refract(folder);
await ours.start();
const totals = { places: 0, answered: 0, theirs: 0, ours: 0, missing: 0, explained: 0 };
const unexplained = new Map();
const reasons = new Map();
for (const schema of schemas) {
  for (const version of [6, 7]) {
    const text = prisma.fixDatasource(fs.readFileSync(schema, "utf8"), version);
    const lines = text.split("\n");
    const all = [...places(lines)];
    const pools = [all.filter((place) => place.made), all.filter((place) => !place.made)];
    const chosen = Array.from({ length: Math.ceil(wanted / schemas.length / 2) }, (_, i) => {
      const pool = pools[i % 2];
      return pool.splice(random(pool.length), 1)[0];
    });
    ours.open(`${version}/${path.basename(path.dirname(schema))}/schema.prisma`, text);
    for (const place of chosen) {
      const position = { line: place.at, character: place.character };
      const typed = textOf(lines, place);
      const offered = theirs(version, typed, position);
      const items = await ours.complete(typed, position);
      const own = new Set(items.map((item) => plain(item.label)));
      totals.places += 1;
      totals.answered += offered.size > 0;
      totals.theirs += offered.size;
      totals.ours += own.size;
      const before = place.line.slice(0, place.character);
      const shown = `${before}│${place.line.slice(place.character)}`;
      for (const [label, { who }] of offered) {
        if (own.has(label)) continue;
        totals.missing += 1;
        const why = explanation({ label, who, before, line: place.line, own, lines, at: place.at, version });
        const found = why ? reasons : unexplained;
        const key = why ?? label;
        if (why) totals.explained += 1;
        if (!found.has(key)) found.set(key, []);
        found.get(key).push(`prisma ${version}, ${who}: ${label} at ${shown}`);
      }
      if (show) console.log(`${shown}\n  theirs: ${[...offered.keys()].join(" ")}\n  ours:   ${[...own].join(" ")}`);
    }
    ours.close();
  }
}
await ours.stop();
fs.rmSync(folder, { recursive: true });

const print = (found, examples) => {
  for (const [key, all] of [...found].sort((a, b) => b[1].length - a[1].length)) {
    console.log(`${String(all.length).padStart(6)}  ${key}`);
    for (const example of [...new Set(all)].slice(0, examples)) console.log(`          ${example}`);
  }
};
console.log(`${totals.places} positions; Prisma offers completions at ${totals.answered}: ${totals.theirs} labels, ours ${totals.ours}.`);
console.log(`${totals.missing} of Prisma's labels are missing in ours, ${totals.explained} of them for a known reason:`);
print(reasons, 1);
if (unexplained.size > 0) {
  console.log("without a known reason:");
  print(unexplained, 3);
}
process.exitCode = unexplained.size > 0 ? 1 : 0;
