#pragma once

#include <optional>
#include <string>
#include <vector>

#include "live/temporary_server.h"

namespace refract::test {

// The temporary server that the tests of one program share, started by the first that asks. nullptr: PostgreSQL's
// server programs are not installed, which is said once in the words that CTest counts as "skipped". What else keeps
// the server from starting fails the test.
const live::TemporaryServer* postgres();

// A new, empty database on it.
live::ConnectionString fresh_database();

// Another user's way into the same database.
live::ConnectionString as_role(const live::ConnectionString& database, const std::string& role);

// The database as a URL, with `parameters` ("schema=x&…") after the question mark.
std::string url_of(const live::ConnectionString& database, const std::string& parameters = "",
                   const std::string& role = "postgres");

// What pg_dump says of the database, data included; `options` go to it. nullopt: the program is not installed.
std::optional<std::string> dump(const live::ConnectionString& database, const std::vector<std::string>& options = {});

// Runs SQL that must succeed; the first field of its first row, "" if there is none or it is NULL.
std::string ask(const live::ConnectionString& database, const std::string& sql);
void run_sql(const live::ConnectionString& database, const std::string& sql);

}  // namespace refract::test

// Opens a test that needs the server: without the programs it ends there.
#define REFRACT_NEEDS_POSTGRES() \
  if (refract::test::postgres() == nullptr) return
