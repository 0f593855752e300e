// The description part of a migration's folder name, as the server requires it: lower case ASCII letters,
// digits and single underscores. The limit keeps the whole path short enough for every file system.
const kLongest = 100;

// Converts what the user typed to a description: "Add User's bio!" becomes "add_users_bio".
// Empty when nothing usable is left.
export function normaliseMigrationName(typed: string): string {
  return typed
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’]/g, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+/, "")
    .slice(0, kLongest)
    .replace(/_+$/, "");
}

// The error message for a description, or undefined if it is valid after normalisation.
export function migrationNameProblem(typed: string): string | undefined {
  if (typed.trim() === "") return "Describe the change in a few words, for example: add bio to user.";
  if (normaliseMigrationName(typed) === "") return "Use at least one letter from a to z or a digit.";
  return undefined;
}
