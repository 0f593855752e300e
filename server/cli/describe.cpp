#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "cli/command.h"
#include "cli/usage.h"
#include "report/describe.h"
#include "validation/core/text_tools.h"

namespace refract::cli {
namespace {

struct DescribeOptions {
  std::optional<std::string> name;
  std::optional<std::string> schema;
  std::string prisma = "auto";
  std::string format = "text";
};

int run_describe(const DescribeOptions& options) {
  const auto version = parse_version(options.prisma);
  if (!version) return report_error(version.error());
  const auto loaded = schema_of(options.schema, *version);
  if (!loaded) return report_error(loaded.error());
  const schema::Snapshot& snapshot = *loaded->snapshot;
  if (const auto notice = workspace::other_language_notice(snapshot)) {
    return report_error({ErrorCode::usage, *notice});
  }

  const schema::Placed* declaration = nullptr;
  if (options.name) {
    declaration = snapshot.find(*options.name);
    if (declaration == nullptr) {
      std::vector<std::string_view> names;
      for (const schema::Placed& placed : snapshot.declarations()) names.emplace_back(placed->name);
      const std::string_view meant = validation::nearest(*options.name, names);
      return report_error(
          {ErrorCode::not_found, fmt::format("The schema has no declaration named {}.{}", *options.name,
                                             meant.empty() ? std::string() : fmt::format(" Did you mean {}?", meant))});
    }
  }
  if (options.format == "json") {
    const auto json =
        declaration != nullptr ? report::describe_json(snapshot, *declaration) : report::describe_json(snapshot);
    fmt::print("{}\n", json.dump(2, ' ', false, protocol::Json::error_handler_t::replace));
  } else {
    print(declaration != nullptr ? report::describe_text(snapshot, *declaration) : report::describe_text(snapshot),
          report::painted_prisma);
  }
  return kDone;
}

}  // namespace

void add_describe(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<DescribeOptions>();
  CLI::App* command = app.add_subcommand("describe", "Print the structure of the schema, or of one declaration");
  command->add_option("name", options->name, "A model, view, type or enum; default: all of them");
  command->add_option("--schema", options->schema, "The schema file or folder");
  command->add_option("--prisma", options->prisma, "Prisma version: 5, 6, 7 or auto");
  command->add_option("--format", options->format, "Output format: text or json")->check(one_of({"text", "json"}));
  command->callback([options, &exit_code] { exit_code = run_describe(*options); });
}

}  // namespace refract::cli
