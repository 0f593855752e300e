#pragma once

#include <optional>
#include <string>

#include "live/connection.h"
#include "live/reset.h"
#include "live/verify_server.h"
#include "workspace/project.h"

namespace refract::operations {

// The database that a command works on.
struct Target {
  live::ConnectionString database;
  std::string source;  // where its URL comes from, in a few words: "--url", "DATABASE_URL in .env"
};

// What a command does with the database.
enum class Access {
  read,
  migrate,  // holds Prisma's migration lock, which a transaction pooler does not support
};

// The one place that decides which database is meant, in Prisma's order: the URL given; else the configuration's
// datasource.directUrl, then its datasource.url; else the schema's directUrl, then its url. A variable is looked up in
// the environment, then in the project's .env files (workspace::environment_files). A URL that is configured but cannot
// be read, or whose variable nothing sets, is an error: no other one takes its place.
// Errors: usage, whose message names what is missing and where to add it; no message contains the URL.
Result<Target> database_of(const std::optional<std::string>& given, const workspace::Project& project,
                           const schema::Snapshot& schema, Access access);

// Where `verify` runs: on the server given (a postgresql:// URL); else on a temporary one, or, where its programs are
// not installed, on the shadowDatabaseUrl that the configuration or the schema names. Errors: usage.
Result<live::VerifyPlace> verify_place(const std::optional<std::string>& server, const workspace::Project& project,
                                       const schema::Snapshot& schema);

// The database for `verify` that the configuration or the schema names (shadowDatabaseUrl); nullopt: neither does.
Result<std::optional<Target>> shadow_database_of(const workspace::Project& project, const schema::Snapshot& schema);

// `migrations.initShadowDb` of the configuration: SQL that prepares an empty database for the migrations. Empty: none.
Result<std::string> preparation_of(const workspace::Project& project);

// The tables of the URL's schema that the configuration calls external.
std::vector<std::string> external_tables(const live::ConnectionString& database, const schema::Snapshot& schema);

// The schemas and objects that a reset of the database concerns: the URL's schema and the datasource's `schemas`,
// without what the configuration calls external.
live::ResetScope reset_scope(const live::ConnectionString& database, const schema::Snapshot& schema);

}  // namespace refract::operations
