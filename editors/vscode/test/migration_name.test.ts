import assert from "node:assert/strict";
import { test } from "node:test";
import { migrationNameProblem, normaliseMigrationName } from "../src/migration_name";

const cases: [typed: string, name: string][] = [
  ["add bio to user", "add_bio_to_user"],
  ["Add User's bio!", "add_users_bio"],
  ["addUserBio", "add_user_bio"],
  ["add-role/2", "add_role_2"],
  ["  __spaces__ and   tabs\t", "spaces_and_tabs"],
  ["Prénom ajouté", "prenom_ajoute"],
  ["42", "42"],
  ["日本", ""],
  ["x".repeat(300), "x".repeat(100)],
  [`${"y".repeat(99)} tail`, "y".repeat(99)],
];

for (const [typed, name] of cases) {
  test(`migration name: ${JSON.stringify(typed.slice(0, 30))}`, () => {
    assert.equal(normaliseMigrationName(typed), name);
    assert.equal(normaliseMigrationName(name), name, "a name that is normal stays as it is");
    assert.match(name, /^[a-z0-9_]*$/);
  });
}

test("migration name: what cannot be a name is told", () => {
  assert.match(migrationNameProblem("  ") ?? "", /few words/);
  assert.match(migrationNameProblem("日本") ?? "", /letter/);
  assert.equal(migrationNameProblem("Add bio"), undefined);
});
