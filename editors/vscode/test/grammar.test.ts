import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { loadWASM, OnigScanner, OnigString } from "vscode-oniguruma";
import { INITIAL, parseRawGrammar, Registry } from "vscode-textmate";

const kGrammar = "syntaxes/prisma.tmLanguage.json";

async function loadGrammar() {
  const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new OnigScanner(patterns),
      createOnigString: (text) => new OnigString(text),
    }),
    loadGrammar: async () => parseRawGrammar(readFileSync(kGrammar, "utf8"), kGrammar),
  });
  const grammar = await registry.loadGrammar("source.prisma");
  assert.ok(grammar);
  return grammar;
}

const loaded = loadGrammar();

// Every token that is more than white space, as "text scope" with the innermost scope and without its last part.
async function tokens(schema: string): Promise<string[]> {
  const grammar = await loaded;
  const found: string[] = [];
  let state = INITIAL;
  for (const line of schema.split("\n")) {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    for (const token of result.tokens) {
      const text = line.slice(token.startIndex, token.endIndex).trim();
      if (text !== "") found.push(`${text} ${token.scopes.at(-1)?.replace(/\.prisma$/, "")}`);
    }
  }
  return found;
}

async function check(schema: string, expected: string[]): Promise<void> {
  const found = await tokens(schema);
  for (const token of expected) assert.ok(found.includes(token), `${token}\nis not in\n${found.join("\n")}`);
}

test("grammar: configuration blocks", () =>
  check('datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL") // secret\n  relationMode = "prisma"\n}', [
    "datasource storage.type.datasource",
    "db entity.name.namespace",
    "provider variable.other.property",
    "= keyword.operator.assignment",
    "postgresql string.quoted.double",
    "env support.function",
    "// punctuation.definition.comment",
    "secret comment.line.double-slash",
  ]));

test("grammar: fields, types and modifiers", () =>
  check('model User {\n  id Int @id\n  tags String[]\n  boss User?\n  box Unsupported("box")?\n  String String\n}', [
    "model storage.type.model",
    "User entity.name.type.model",
    "id variable.other.member",
    "Int support.type.primitive",
    "id entity.name.function.attribute",
    "tags variable.other.member",
    "[] keyword.operator.list",
    "User entity.name.type.reference",
    "? keyword.operator.optional",
    "Unsupported support.type.unsupported",
    '"box" string.quoted.double',
    "String variable.other.member",
    "String support.type.primitive",
  ]));

test("grammar: attributes and their arguments over several lines", () =>
  check(
    'model A {\n  b B @relation(\n    fields: [bId],\n    onDelete: Cascade, // gone\n    map: "a\\"b"\n  )\n' +
      "  n Int @default(autoincrement()) @db.SmallInt\n  d Float @default(-1.5)\n  ok Boolean @default(true)\n" +
      "  @@index([n(sort: Desc)])\n}\nmodel After {\n}",
    [
      "@ punctuation.definition.attribute",
      "relation entity.name.function.attribute",
      "fields variable.parameter",
      "bId variable.other.constant",
      "Cascade support.constant",
      "gone comment.line.double-slash",
      '\\" constant.character.escape',
      "autoincrement support.function",
      "db.SmallInt entity.name.function.attribute",
      "-1.5 constant.numeric",
      "true constant.language.boolean",
      "@@ punctuation.definition.attribute",
      "n support.function",
      "Desc support.constant",
      "After entity.name.type.model",
    ],
  ));

test("grammar: enums, views, composite types, documentation", () =>
  check('/// Says who.\nenum Role {\n  admin @map("ADMIN")\n  user\n  @@map("roles")\n}\nview V {\n  a Int\n}\ntype T {\n  a Int\n}', [
    "Says who. comment.line.documentation",
    "Role entity.name.type.enum",
    "admin variable.other.enummember",
    "map entity.name.function.attribute",
    "user variable.other.enummember",
    "V entity.name.type.view",
    "T entity.name.type.type",
  ]));

test("grammar: an unfinished attribute or string does not colour the next block", () =>
  check('model A {\n  id Int @default(\n}\nmodel B {\n  s String @map("open\n  t Int\n}\nmodel C {\n}', [
    "B entity.name.type.model",
    "C entity.name.type.model",
  ]));

test("grammar: block comments, at the top, in blocks and over several lines", async () => {
  const text =
    "/*\nmodel Old {\n  id Int @id\n}\n*/\nmodel A {\n  id Int @id /* key */\n  /* n\n   * Int } */\n  s String @map(/* a */ \"/* b\")\n}\n" +
    "enum E { // /* no\n  a /* one */\n}\nmodel After {\n}";
  await check(text, [
    "/* punctuation.definition.comment.begin",
    "model Old { comment.block",
    "id Int @id comment.block",
    "*/ punctuation.definition.comment.end",
    "A entity.name.type.model",
    "key comment.block",
    "n comment.block",
    "* Int } comment.block",
    "a comment.block",
    "/* b string.quoted.double",
    "/* no comment.line.double-slash",
    "one comment.block",
    "After entity.name.type.model",
  ]);
  assert.ok(!(await tokens(text)).includes("Old entity.name.type.model"));
});

test("grammar: a block and a member may follow a comment on its line", async () => {
  const text =
    "/* a */ model F {\n  /* b */ id Int @id\n  s /* c */ String\n  /* d */ t G?\n}\n/* e\n*/ enum E {\n  /* f */ A\n}\n" +
    "/**/datasource db {\n  /* g */ provider = \"sqlite\"\n}";
  await check(text, [
    "model storage.type.model",
    "F entity.name.type.model",
    "id variable.other.member",
    "Int support.type.primitive",
    "t variable.other.member",
    "G entity.name.type.reference",
    "E entity.name.type.enum",
    "A variable.other.enummember",
    "datasource storage.type.datasource",
    "provider variable.other.property",
  ]);
  assert.ok(!(await tokens(text)).includes("String variable.other.member"));
});

test("grammar: names in any script", () =>
  check("model Größe {\n  名前 String?\n  ort Straße\n  @@index([名前])\n}", [
    "Größe entity.name.type.model",
    "名前 variable.other.member",
    "Straße entity.name.type.reference",
    "名前 variable.other.constant",
  ]));
