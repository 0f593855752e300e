#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

#include "cli/command.h"
#include "features/formatting.h"
#include "platform/file.h"
#include "workspace/project_settings.h"

namespace refract::cli {
namespace {

struct FormatCommand {
  std::vector<std::string> paths;
  std::string prisma = "auto";
  bool check = false;
  bool write = false;
  bool like_prisma = false;
};

std::string formatted_text(const workspace::LoadedSchema& loaded, schema::FileId file, const FormatCommand& command) {
  features::FormattingOptions options = workspace::formatting_options(loaded.project.settings.values);
  options.like_prisma |= command.like_prisma;
  return text::apply_edits(loaded.snapshot->files()[file].syntax->document().text(),
                           features::formatting(*loaded.snapshot, file, options));
}

void report_other_language(const schema::Snapshot& snapshot) {
  if (const auto notice = workspace::other_language_notice(snapshot))
    print_notice(fmt::format("refract: {}\n", *notice));
}

// Writes the result to standard output, because there is no file.
int format_standard_input(const FormatCommand& command, std::optional<schema::PrismaVersion> version) {
  const auto loaded = schema_of("-", version);
  if (!loaded) return report_error(loaded.error());
  report_other_language(*loaded->snapshot);
  const std::string text = formatted_text(*loaded, 0, command);
  if (command.check) return text == loaded->snapshot->files()[0].syntax->document().text() ? kDone : kProblemsFound;
  print(text, report::painted_prisma);
  return kDone;
}

int run_format(const FormatCommand& command) {
  const auto version = parse_version(command.prisma);
  if (!version) return report_error(version.error());
  if (command.paths == std::vector<std::string>{"-"}) return format_standard_input(command, *version);

  const auto schemas = schemas_of(command.paths, *version);
  if (!schemas) return report_error(schemas.error());
  bool differs = false;
  for (const NamedSchema& named : *schemas) {
    const workspace::LoadedSchema& loaded = named.schema;
    report_other_language(*loaded.snapshot);
    for (schema::FileId file = 0; file < loaded.snapshot->files().size(); ++file) {
      const schema::SourceFile& source = loaded.snapshot->files()[file];
      if (!named.files.empty() &&
          std::ranges::find(named.files, std::filesystem::path(source.path)) == named.files.end())
        continue;
      const std::string text = formatted_text(loaded, file, command);
      const bool changed = text != source.syntax->document().text();
      if (command.check) {
        if (changed) print(fmt::format("{} is not formatted; run refract format.\n", source.path));
      } else if (changed) {
        if (const std::error_code error = platform::write_file(source.path, text)) {
          return report_error(
              {ErrorCode::unwritable, fmt::format("{} cannot be written: {}.", source.path, error.message())});
        }
        print_notice(fmt::format("formatted {}\n", source.path));
      }
      differs = differs || changed;
    }
  }
  return command.check && differs ? kProblemsFound : kDone;
}

}  // namespace

void add_format(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<FormatCommand>();
  CLI::App* command = app.add_subcommand("format", "Format schema files");
  command->add_option("path", options->paths, "A .prisma file, a folder of .prisma files, or - for standard input");
  CLI::Option* check =
      command->add_flag("--check", options->check, "Change nothing; exit with 1 if a file would change");
  command->add_flag("--write", options->write, "Change the files in place (the default)")->excludes(check);
  command->add_flag("--like-prisma", options->like_prisma,
                    "Format byte for byte as prisma format does, even where it loses text");
  command->add_option("--prisma", options->prisma, "Prisma version: 5, 6, 7 or auto");
  command->callback([options, &exit_code] { exit_code = run_format(*options); });
}

}  // namespace refract::cli
