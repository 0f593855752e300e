#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "report/painted.h"
#include "support/result.h"
#include "workspace/project.h"

namespace CLI {
class App;
}

namespace refract::cli {

// Exit codes, documented in docs/commands.md.
inline constexpr int kDone = 0;
inline constexpr int kProblemsFound = 1;
inline constexpr int kUsage = 2;

// The format of errors that end the command, as `--format` in the words asks for it. Call it before any command runs.
void choose_error_format(std::span<const std::string_view> words);

// Ends a command: the exit code, or another one if standard output did not take the answer (a full disk).
int flushed(int exit_code);

// One line on stderr, and on standard output the error in the chosen format where programs read it; gives the exit code
// that belongs to the error.
int report_error(const Error& error);
// The second part alone.
void print_error_for_programs(const Error& error);

// Print text for people, with colours on a terminal: those of report::painted, or of another function of that header.
void print(std::string_view text, std::string (*paint)(std::string_view) = report::painted);
void print_notice(std::string_view text);  // on stderr

// `--prisma 5|6|7|auto`: nullopt for auto. Errors: usage.
Result<std::optional<schema::PrismaVersion>> parse_version(const std::string& text);

// The schema of a PATH argument: a file, a folder, "-" for standard input, or none for what Prisma would find.
Result<workspace::LoadedSchema> schema_of(const std::optional<std::string>& path,
                                          std::optional<schema::PrismaVersion> version);

// Problems in the project's settings, and a version that is not supported, unless one was asked for.
void print_notices(const workspace::Project& project, std::optional<schema::PrismaVersion> version);

// The schemas of PATH arguments, each once; a file's is the schema that it is part of. Without a path, as above.
// `files`: those that were named, of a schema that was not named as a whole.
struct NamedSchema {
  workspace::LoadedSchema schema;
  std::vector<std::filesystem::path> files;
};
Result<std::vector<NamedSchema>> schemas_of(const std::vector<std::string>& paths,
                                            std::optional<schema::PrismaVersion> version);

bool stderr_is_terminal();
// Whether standard output takes colours: a terminal, unless NO_COLOR is set or TERM is "dumb".
bool stdout_has_colours();

// A line on stderr that the next one overwrites; nothing when stderr is no terminal.
class Progress {
 public:
  ~Progress();
  void show(const std::string& what);

 private:
  bool shown_ = false;
};

// Each adds its subcommand; `exit_code` is set when it runs.
void add_check(CLI::App& app, int& exit_code);
void add_format(CLI::App& app, int& exit_code);
void add_describe(CLI::App& app, int& exit_code);
void add_explain(CLI::App& app, int& exit_code);
void add_migrate(CLI::App& app, int& exit_code);
void add_lint(CLI::App& migrate, int& exit_code);
void add_pull(CLI::App& migrate, int& exit_code);
void add_deploy(CLI::App& migrate, int& exit_code);
void add_rollback(CLI::App& migrate, int& exit_code);
void add_down(CLI::App& migrate, int& exit_code);
void add_database_commands(CLI::App& migrate, int& exit_code);
void add_reset(CLI::App& migrate, int& exit_code);
void add_lsp(CLI::App& app, int& exit_code);

}  // namespace refract::cli
