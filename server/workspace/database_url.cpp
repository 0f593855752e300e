#include "workspace/database_url.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <initializer_list>
#include <iterator>

#include "platform/environment.h"
#include "support/url.h"
#include "workspace/dotenv.h"

namespace refract::workspace {
namespace {

namespace fs = std::filesystem;

// A variable's value and where it is set. nullopt: nowhere. Errors: conflict, when two files differ.
Result<std::optional<ConfiguredValue>> find_variable(const std::string& name, const Project& project) {
  if (auto value = platform::environment_variable(name)) return ConfiguredValue{std::move(*value), name};
  std::optional<ConfiguredValue> found;
  std::vector<EnvironmentVariable> known;  // of the files so far, which later ones may refer to
  std::vector<fs::path> files = environment_files(project);
  const std::size_t near = files.size();
  std::ranges::copy(outer_environment_files(project), std::back_inserter(files));
  const bool expands = project.config.file.empty() || project.config.expands_environment;
  for (std::size_t at = 0; at < files.size(); ++at) {
    if (at >= near && found) break;  // the nearest one counts
    const fs::path& file = files[at];
    const auto variables = read_dotenv(file);
    std::optional<std::string> value;
    for (const auto& variable : variables) {
      if (variable.name == name) value = variable.value;  // the last one counts
      known.push_back(variable);
    }
    if (!value) continue;
    if (expands) value = expand(*value, known, platform::environment_variable);
    const std::string shown = file.lexically_proximate(fs::current_path()).string();
    if (found && found->value != *value) {
      return fail(ErrorCode::usage, fmt::format("{} and {} set {} to different values; keep one of them.",
                                                found->source.substr(name.size() + 4), shown, name));
    }
    if (!found) found = ConfiguredValue{std::move(*value), fmt::format("{} in {}", name, shown)};
  }
  return found;
}

// One place where a URL may be configured, and the words for it.
struct Candidate {
  ConfigValue value;
  std::string key;    // "datasource.url"
  std::string where;  // "prisma.config.ts", "the datasource"
};

ConfigValue schema_value(const schema::Snapshot& schema, std::string_view property) {
  ConfigValue value;
  const schema::Datasource* datasource = schema.datasource();
  const syntax::Property* found = datasource == nullptr ? nullptr : datasource->block->find_property(property);
  if (found == nullptr || !found->value) return value;
  value.present = true;
  const syntax::Expression& expression = *found->value;
  const bool env = expression.kind == syntax::ExpressionKind::function && expression.value == "env" &&
                   expression.arguments.size() == 1 && expression.arguments[0].value;
  if (expression.kind == syntax::ExpressionKind::string) value.alternatives.push_back({false, expression.value});
  if (env) value.alternatives.push_back({true, expression.arguments[0].value->value});
  value.known = !value.alternatives.empty();
  return value;
}

// The text that a configured value has. Errors: usage.
Result<ConfiguredValue> resolve(const Candidate& candidate, const Project& project) {
  if (!candidate.value.known) {
    if (candidate.where == "the datasource") {
      return fail(ErrorCode::usage,
                  fmt::format("The datasource's {} is neither a string nor env(\"NAME\"); correct it, or "
                              "pass --url.",
                              candidate.key));
    }
    return fail(ErrorCode::usage, unreadable_message(project.config, candidate.key));
  }
  std::string variables;
  bool empty = false;
  for (const ConfigOperand& operand : candidate.value.alternatives) {
    if (!operand.variable) {
      if (operand.text.empty() && !operand.accepts_empty) continue;
      return ConfiguredValue{operand.text, fmt::format("{} of {}", candidate.key, candidate.where)};
    }
    const auto found = find_variable(operand.text, project);
    if (!found) return fail(found.error());
    if (*found && !(*found)->value.empty()) {
      return ConfiguredValue{(*found)->value,
                             fmt::format("{}, {} of {}", (*found)->source, candidate.key, candidate.where)};
    }
    empty = empty || found->has_value();
    variables += (variables.empty() ? "" : " or ") + operand.text;
    if (operand.required || (found->has_value() && operand.accepts_empty)) break;
  }
  if (empty) {
    return fail(
        ErrorCode::usage,
        fmt::format("The {} of {} is taken from {}, which is empty; set it to the database's URL, or pass --url.",
                    candidate.key, candidate.where, variables));
  }
  const ConfigFile& config = project.config;
  const std::string_view hint = config.file.empty() ? " (.env is read too)"
                                : config.other_environment_files
                                    ? " (the files that prisma.config loads are unknown without running it)"
                                : config.environment_files.empty() ? " (.env is read only if prisma.config loads it)"
                                                                   : " (.env is read too)";
  return fail(ErrorCode::usage, fmt::format("The {} of {} is taken from {}, which is not set{}; set it, or pass --url.",
                                            candidate.key, candidate.where, variables, hint));
}

std::string config_name(const Project& project) {
  return project.config.file.filename().string();
}

// The first of the places that is configured.
Result<std::optional<ConfiguredValue>> first_of(std::initializer_list<Candidate> candidates, const Project& project) {
  for (const Candidate& candidate : candidates) {
    if (!candidate.value.present) continue;
    auto found = resolve(candidate, project);
    if (!found) return fail(found.error());
    return std::optional(std::move(*found));
  }
  return std::optional<ConfiguredValue>();
}

}  // namespace

Result<std::optional<ConfiguredValue>> configured_database(const Project& project, const schema::Snapshot& schema) {
  const std::string config = config_name(project);
  return first_of({{project.config.direct_url, "datasource.directUrl", config},
                   {project.config.url, "datasource.url", config},
                   {schema_value(schema, "directUrl"), "directUrl", "the datasource"},
                   {schema_value(schema, "url"), "url", "the datasource"}},
                  project);
}

Result<std::optional<ConfiguredValue>> configured_shadow_database(const Project& project,
                                                                  const schema::Snapshot& schema) {
  return first_of({{project.config.shadow_url, "datasource.shadowDatabaseUrl", config_name(project)},
                   {schema_value(schema, "shadowDatabaseUrl"), "shadowDatabaseUrl", "the datasource"}},
                  project);
}

Result<std::optional<ConfiguredValue>> configured_preparation(const Project& project) {
  return first_of({{project.config.init_shadow_db, "migrations.initShadowDb", config_name(project)}}, project);
}

std::string own_schema(const Project& project, const schema::Snapshot& schema,
                       const std::optional<std::string>& given) {
  const schema::Datasource* datasource = schema.datasource();
  if (datasource != nullptr && !datasource->schemas.empty()) return "public";
  if (given) return schema_of_url(*given);
  const auto url = configured_database(project, schema);
  if (!url || !*url) return "public";
  return schema_of_url((*url)->value);
}

migrate::HistoryBase history_base(const Project& project, const schema::Snapshot& schema,
                                  const std::optional<std::string>& given) {
  const auto preparation = configured_preparation(project);
  std::string own = own_schema(project, schema, given);
  if (own == "public") own.clear();
  return {std::move(own), preparation && *preparation ? (*preparation)->value : std::string()};
}

}  // namespace refract::workspace
