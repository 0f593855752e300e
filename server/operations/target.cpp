#include "operations/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "live/throwaway.h"
#include "migrate/managed_scope.h"
#include "workspace/dotenv.h"

namespace refract::operations {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> process_variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

struct Found {
  std::string value;
  std::string source;  // "DATABASE_URL", "DATABASE_URL in .env"
};

// A variable's value and where it is set. nullopt: nowhere. Errors: conflict, when two files differ.
Result<std::optional<Found>> find_variable(const std::string& name, const workspace::Project& project) {
  if (auto value = process_variable(name)) return Found{std::move(*value), name};
  std::optional<Found> found;
  std::vector<workspace::EnvironmentVariable> known;  // of the files so far, which later ones may refer to
  const bool expands = project.config.file.empty() || project.config.expands_environment;
  for (const fs::path& file : workspace::environment_files(project)) {
    const auto variables = workspace::read_dotenv(file);
    std::optional<std::string> value;
    for (const auto& variable : variables) {
      if (variable.name == name) value = variable.value;  // the last one counts
      known.push_back(variable);
    }
    if (!value) continue;
    if (expands) value = workspace::expand(*value, known, process_variable);
    const std::string shown = file.lexically_proximate(fs::current_path()).string();
    if (found && found->value != *value) {
      return fail(ErrorCode::usage, fmt::format("{} and {} set {} to different values; keep one of them.",
                                                found->source.substr(name.size() + 4), shown, name));
    }
    if (!found) found = Found{std::move(*value), fmt::format("{} in {}", name, shown)};
  }
  return found;
}

// One place where a URL may be configured, and the words for it.
struct Candidate {
  workspace::ConfigValue value;
  std::string key;    // "datasource.url"
  std::string where;  // "prisma.config.ts", "the datasource"
};

workspace::ConfigValue schema_value(const schema::Snapshot& schema, std::string_view property) {
  workspace::ConfigValue value;
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
Result<Found> resolve(const Candidate& candidate, const workspace::Project& project) {
  if (!candidate.value.known) {
    if (candidate.where == "the datasource") {
      return fail(ErrorCode::usage,
                  fmt::format("The datasource's {} is neither a text nor env(\"NAME\"); correct it, or "
                              "pass --url.",
                              candidate.key));
    }
    return fail(ErrorCode::usage, workspace::unreadable_message(project.config, candidate.key));
  }
  std::string variables;
  bool empty = false;
  for (const workspace::ConfigOperand& operand : candidate.value.alternatives) {
    if (!operand.variable) {
      if (operand.text.empty() && !operand.takes_empty) continue;
      return Found{operand.text, fmt::format("{} of {}", candidate.key, candidate.where)};
    }
    const auto found = find_variable(operand.text, project);
    if (!found) return fail(found.error());
    if (*found && !(*found)->value.empty()) {
      return Found{(*found)->value, fmt::format("{}, {} of {}", (*found)->source, candidate.key, candidate.where)};
    }
    empty = empty || found->has_value();
    variables += (variables.empty() ? "" : " or ") + operand.text;
    if (operand.required || (found->has_value() && operand.takes_empty)) break;
  }
  if (empty) {
    return fail(
        ErrorCode::usage,
        fmt::format("The {} of {} is taken from {}, which is empty; set it to the database's URL, or pass --url.",
                    candidate.key, candidate.where, variables));
  }
  const workspace::ConfigFile& config = project.config;
  const std::string_view hint =
      config.file.empty()                ? " (.env is read too)"
      : config.other_environment_files   ? " (the files that prisma.config loads are unknown without running it)"
      : config.environment_files.empty() ? " (with a prisma.config, .env is read only where that imports dotenv)"
                                         : " (.env is read too)";
  return fail(ErrorCode::usage, fmt::format("The {} of {} is taken from {}, which is not set{}; set it, or pass --url.",
                                            candidate.key, candidate.where, variables, hint));
}

Result<Target> connection(const Found& found, const workspace::Project& project, const schema::Snapshot& schema) {
  auto parsed = live::ConnectionString::parse(found.value, project.files.front().parent_path());
  if (!parsed) return fail(parsed.error());
  const schema::Datasource* datasource = schema.datasource();
  if (datasource != nullptr && !datasource->schemas.empty()) parsed->keep_schema_names();
  return Target{std::move(*parsed), found.source};
}

std::string config_name(const workspace::Project& project) {
  return project.config.file.filename().string();
}

}  // namespace

Result<Target> database_of(const std::optional<std::string>& given, const workspace::Project& project,
                           const schema::Snapshot& schema, Access access) {
  const auto chosen = [&]() -> Result<Target> {
    if (given) return connection({*given, "--url"}, project, schema);
    const std::string config = config_name(project);
    for (const Candidate& candidate : {Candidate{project.config.direct_url, "datasource.directUrl", config},
                                       Candidate{project.config.url, "datasource.url", config},
                                       Candidate{schema_value(schema, "directUrl"), "directUrl", "the datasource"},
                                       Candidate{schema_value(schema, "url"), "url", "the datasource"}}) {
      if (!candidate.value.present) continue;
      auto found = resolve(candidate, project);
      if (!found) return fail(found.error());
      return connection(*found, project, schema);
    }
    return fail(ErrorCode::usage,
                config.empty()
                    ? std::string("No database URL is configured: add url = env(\"DATABASE_URL\") to the "
                                  "datasource (Prisma 7: datasource.url to prisma.config.ts), or pass --url.")
                    : fmt::format("No database URL is configured: add datasource.url to {}, or pass --url.", config));
  }();
  if (chosen && access == Access::migrate && chosen->database.pooled()) {
    return fail(ErrorCode::usage,
                fmt::format("The {} is behind a transaction pooler (pgbouncer=true), where the migration lock does not "
                            "hold; set directUrl to the database's own address, or pass --url.",
                            chosen->database.label()));
  }
  return chosen;
}

Result<std::optional<Target>> shadow_database_of(const workspace::Project& project, const schema::Snapshot& schema) {
  for (const Candidate& candidate :
       {Candidate{project.config.shadow_url, "datasource.shadowDatabaseUrl", config_name(project)},
        Candidate{schema_value(schema, "shadowDatabaseUrl"), "shadowDatabaseUrl", "the datasource"}}) {
    if (!candidate.value.present) continue;
    auto found = resolve(candidate, project);
    if (!found) return fail(found.error());
    auto target = connection(*found, project, schema);
    if (!target) return fail(target.error());
    return std::optional(std::move(*target));
  }
  return std::optional<Target>();
}

Result<std::string> preparation_of(const workspace::Project& project) {
  const Candidate candidate{project.config.init_shadow_db, "migrations.initShadowDb", config_name(project)};
  if (!candidate.value.present) return std::string();
  auto found = resolve(candidate, project);
  if (!found) return fail(found.error());
  return std::move(found->value);
}

Result<live::VerifyPlace> verify_place(const std::optional<std::string>& server, const workspace::Project& project,
                                       const schema::Snapshot& schema) {
  live::VerifyPlace place;
  auto preparation = preparation_of(project);
  if (!preparation) return fail(preparation.error());
  place.preparation = std::move(*preparation);
  if (server) {
    auto target = connection({*server, "--server"}, project, schema);
    if (!target) return fail(target.error());
    place.server = std::move(target->database);
  } else if (!live::ThrowawayServer::available()) {
    auto shadow = shadow_database_of(project, schema);
    if (!shadow) return fail(shadow.error());
    if (*shadow) place.server = std::move((*shadow)->database);
  }
  if (!place.server) return place;
  const auto own = database_of(std::nullopt, project, schema, Access::read);
  place.names_own_database = own && place.server->label() == own->database.label();
  return place;
}

std::vector<std::string> external_tables(const live::ConnectionString& database, const schema::Snapshot& schema) {
  std::vector<std::string> tables;
  for (const std::string& written : schema.options().external_tables) {
    catalog::QualifiedName name = migrate::external_name(written, database.schema());
    if (name.schema == database.schema()) tables.push_back(std::move(name.name));
  }
  return tables;
}

live::ResetScope reset_scope(const live::ConnectionString& database, const schema::Snapshot& schema) {
  live::ResetScope scope{{database.schema()}, {}};
  if (const schema::Datasource* datasource = schema.datasource()) {
    for (const auto& listed : datasource->schemas) {
      const std::string name(listed);
      if (std::ranges::find(scope.schemas, name) == scope.schemas.end()) scope.schemas.push_back(name);
    }
  }
  for (const auto* names : {&schema.options().external_tables, &schema.options().external_enums}) {
    for (const std::string& name : *names) {
      const catalog::QualifiedName external = migrate::external_name(name, database.schema());
      scope.external.emplace_back(external.schema, external.name);
    }
  }
  return scope;
}

}  // namespace refract::operations
