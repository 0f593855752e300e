import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, test } from "node:test";
import { findBinary } from "../src/binary";
import { RestartBudget } from "../src/restarts";

const root = mkdtempSync(join(tmpdir(), "refract-binary-"));
after(() => rmSync(root, { recursive: true, force: true }));
const bin = join(root, "bin");
mkdirSync(bin);
const program = join(bin, "refract");
writeFileSync(program, "#!/bin/sh\n");
chmodSync(program, 0o755);
writeFileSync(join(root, "plain.txt"), "");
const query = { setting: "refract", searchPath: `${join(root, "none")}${delimiter}${bin}`, folder: root, windows: false };

test("binary: a bare name is looked up in PATH", () => {
  assert.deepEqual(findBinary(query), { path: program });
  assert.deepEqual(findBinary({ ...query, setting: "  " }), { path: program });
});

test("binary: a path is absolute or starts from the folder", () => {
  assert.deepEqual(findBinary({ ...query, setting: program }), { path: program });
  assert.deepEqual(findBinary({ ...query, setting: "./bin/refract" }), { path: program });
});

test("binary: each way of missing has its own sentence", () => {
  const problem = (change: object) => (findBinary({ ...query, ...change }) as { problem: string }).problem;
  assert.match(problem({ searchPath: "" }), /program “refract” was not found in PATH/);
  assert.match(problem({ setting: "/nowhere/refract" }), /“\/nowhere\/refract” does not exist/);
  assert.match(problem({ setting: join(root, "plain.txt") }), /is not executable/);
  assert.match(problem({ setting: bin }), /is not executable/);
  assert.match(problem({ setting: "./bin/refract", folder: undefined }), /no folder is open/);
});

test("restarts: three in three minutes, then none until the time has passed", () => {
  const budget = new RestartBudget();
  assert.deepEqual([0, 1, 2, 3].map((now) => budget.mayRestart(now)), [true, true, true, false]);
  assert.equal(budget.mayRestart(400_000), true);
});
