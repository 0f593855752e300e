#include "operations/target.h"

#include <fmt/format.h>

#include <algorithm>

#include "live/temporary_server.h"
#include "migrate/diff/managed_scope.h"
#include "workspace/database_url.h"

namespace refract::operations {
namespace {

Result<Target> connection(const workspace::ConfiguredValue& found, const workspace::Project& project,
                          const schema::Snapshot& schema) {
  // Where Prisma resolves relative paths of certificates.
  const bool by_config = schema.options().version >= schema::PrismaVersion::v7 && !project.config.file.empty();
  const auto folder = (by_config ? project.config.file : project.files.front()).parent_path();
  auto parsed = live::ConnectionString::parse(found.value, folder);
  if (!parsed) return fail(parsed.error());
  const schema::Datasource* datasource = schema.datasource();
  if (datasource != nullptr && !datasource->schemas.empty()) parsed->keep_schema_names();
  return Target{std::move(*parsed), found.source};
}

}  // namespace

Result<Target> database_of(const std::optional<std::string>& given, const workspace::Project& project,
                           const schema::Snapshot& schema, Access access) {
  const auto chosen = [&]() -> Result<Target> {
    if (given) return connection({*given, "--url"}, project, schema);
    auto found = workspace::configured_database(project, schema);
    if (!found) return fail(found.error());
    if (*found) return connection(**found, project, schema);
    const std::string config = project.config.file.filename().string();
    return fail(ErrorCode::usage,
                config.empty()
                    ? std::string("No database URL is configured: add url = env(\"DATABASE_URL\") to the "
                                  "datasource (Prisma 7: datasource.url to prisma.config.ts), or pass --url.")
                    : fmt::format("No database URL is configured: add datasource.url to {}, or pass --url.", config));
  }();
  if (chosen && access == Access::migrate && chosen->database.pooled()) {
    return fail(ErrorCode::usage,
                fmt::format("The {} connects through a transaction pooler (pgbouncer=true), which does not support the "
                            "migration lock; set directUrl to the database's own address, or pass --url.",
                            chosen->database.label()));
  }
  return chosen;
}

Result<std::optional<Target>> shadow_database_of(const workspace::Project& project, const schema::Snapshot& schema) {
  auto found = workspace::configured_shadow_database(project, schema);
  if (!found) return fail(found.error());
  if (!*found) return std::optional<Target>();
  auto target = connection(**found, project, schema);
  if (!target) return fail(target.error());
  return std::optional(std::move(*target));
}

Result<std::string> preparation_of(const workspace::Project& project) {
  auto found = workspace::configured_preparation(project);
  if (!found) return fail(found.error());
  return *found ? std::move((*found)->value) : std::string();
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
  } else if (!live::TemporaryServer::available()) {
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
      if (std::ranges::find(scope.schemas, listed) == scope.schemas.end()) scope.schemas.push_back(listed);
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
