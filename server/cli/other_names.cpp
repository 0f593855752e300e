#include "cli/other_names.h"

#include <algorithm>
#include <iterator>

namespace refract::cli {
namespace {

struct OtherCommand {
  std::string_view words;
  std::string_view answer;
};

constexpr OtherCommand kCommands[] = {
    {"validate", "Did you mean refract check?"},
    {"fmt", "Did you mean refract format?"},
    {"version", "Did you mean refract --version?"},
    {"server", "Did you mean refract lsp?"},
    {"language-server", "Did you mean refract lsp?"},
    {"migrate dev",
     "Run refract migrate new to write the next migration, and refract migrate deploy to apply it; npx prisma generate "
     "generates the client."},
    {"migrate generate", "Did you mean refract migrate new?"},
    {"migrate create", "Did you mean refract migrate new?"},
    {"introspect", "Did you mean refract migrate pull?"},
    {"db pull", "Did you mean refract migrate pull?"},
    {"db push",
     "It is a command of Prisma, which changes the database without a migration: npx prisma db push. With migrations, "
     "run refract migrate new and refract migrate deploy."},
    {"push",
     "It is a command of Prisma, which changes the database without a migration: npx prisma db push. With migrations, "
     "run refract migrate new and refract migrate deploy."},
    {"db seed", "It is a command of Prisma: npx prisma db seed."},
    {"seed", "It is a command of Prisma: npx prisma db seed."},
    {"db execute", "It is a command of Prisma: npx prisma db execute."},
    {"db",
     "Run refract migrate pull to update the schema from a database; db push, db seed and db execute are commands "
     "of Prisma: npx prisma db --help."},
    {"generate", "Prisma generates the client: npx prisma generate. A migration is written by refract migrate new."},
    {"studio", "It is a command of Prisma: npx prisma studio."},
    {"init", "It is a command of Prisma: npx prisma init."},
    {"dev", "Run refract migrate new to write the next migration. A local database is started by npx prisma dev."},
    {"debug", "It is a command of Prisma: npx prisma debug."},
    {"mcp", "It is a command of Prisma: npx prisma mcp."},
    {"platform", "It is a command of Prisma: npx prisma platform."},
};

struct OtherOption {
  std::string_view command;  // empty: each that does not have the option
  std::string_view option;
  std::string_view answer;
};

constexpr std::string_view kDiff = "refract migrate diff";
constexpr std::string_view kNew = "refract migrate new";
constexpr OtherOption kOptions[] = {
    {"refract check", "schema", "Pass the schema as an argument: refract check PATH."},
    {"refract format", "schema", "Pass the schema as an argument: refract format PATH."},
    {kNew, "name", "Pass the name as an argument: refract migrate new NAME."},
    {kNew, "n", "Pass the name as an argument: refract migrate new NAME."},
    {kNew, "create-only", "Leave it out: the migration is written and not applied."},
    {kDiff, "from-empty", "Write --from empty."},
    {kDiff, "to-empty", "Write --to empty."},
    {kDiff, "script", "Leave it out: SQL is what is printed."},
    {kDiff, "output", "Leave it out, and redirect standard output to the file."},
    {kDiff, "o", "Leave it out, and redirect standard output to the file."},
    {"", "shadow-database-url", "Leave it out: no shadow database is needed."},
    {"", "config", "Leave it out: the prisma.config.* in the schema's folder or above it is read."},
    {"", "skip-seed", "Leave it out: no seed is run."},
    {"", "skip-generate", "Leave it out: no client is generated."},
    {"", "skip-generators", "Leave it out: no client is generated."},
    {"", "no-hints", "Leave it out: there are no hints."},
};

}  // namespace

std::string_view other_command(std::string_view words) {
  const auto* found = std::ranges::find(kCommands, words, &OtherCommand::words);
  return found == std::end(kCommands) ? std::string_view() : found->answer;
}

std::string_view other_option(std::string_view command, std::string_view option) {
  const auto* found = std::ranges::find_if(kOptions, [&](const OtherOption& other) {
    return other.option == option && (other.command.empty() || other.command == command);
  });
  if (found != std::end(kOptions)) return found->answer;
  // --from-schema-datamodel, --to-url
  if (command == kDiff && option.starts_with("from-"))
    return "Write --from and the schema, the migrations folder or the URL.";
  if (command == kDiff && option.starts_with("to-"))
    return "Write --to and the schema, the migrations folder or the URL.";
  return {};
}

}  // namespace refract::cli
