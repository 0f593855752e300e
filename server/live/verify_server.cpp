#include "live/verify_server.h"

#include <fmt/format.h>

#include <random>

#include "live/records.h"
#include "live/reset.h"
#include "live/session.h"
#include "live/temporary_server.h"

namespace refract::live {
namespace {

// Nothing in any schema that a person made, Prisma's record included.
constexpr const char* kIsEmpty =
    "SELECT NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname !~ '^pg_' "
    "AND n.nspname <> 'information_schema' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = "
    "'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('e', 'i'))) AND NOT EXISTS (SELECT FROM pg_namespace "
    "WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public'))";

constexpr const char* kSchemas =
    "SELECT nspname, nspname = 'public' FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'";

std::string unused_name() {
  std::random_device random;
  return fmt::format("refract_verify_{:08x}{:08x}", random(), random());
}

}  // namespace

struct VerifyDatabase::State {
  std::optional<TemporaryServer> temporary;
  std::optional<ConnectionString> server;  // where `created` has to be dropped
  std::string created;
  bool borrowed = false;  // `connection` is the database that the URL names
  std::optional<ConnectionString> connection;

  ~State() {
    if (!created.empty()) {
      if (auto session = Session::open(*server)) (void)session->execute(fmt::format("DROP DATABASE {}", created));
    } else if (borrowed) {
      empty();
    }
  }

  // It was empty before, so all that is in it now is ours.
  void empty() const {
    auto session = Session::open(*connection);
    if (!session) return;
    const auto rows = session->query(kSchemas);
    if (!rows) return;
    ResetScope scope;
    for (const Row& row : *rows) scope.schemas.push_back(row[0].value_or(""));
    const auto plan = plan_reset({}, *connection, scope);
    if (!plan || !reset({}, *connection, scope, *plan)) return;
    for (const Row& row : *rows) {
      if (row[1] != "t") (void)session->query(fmt::format("DROP SCHEMA IF EXISTS \"{}\"", row[0].value_or("")));
    }
  }
};

VerifyDatabase::VerifyDatabase(std::unique_ptr<State> state) : state_(std::move(state)) {}
VerifyDatabase::VerifyDatabase(VerifyDatabase&&) noexcept = default;
VerifyDatabase& VerifyDatabase::operator=(VerifyDatabase&&) noexcept = default;
VerifyDatabase::~VerifyDatabase() = default;

const ConnectionString& VerifyDatabase::connection() const {
  return *state_->connection;
}

Result<VerifyDatabase> VerifyDatabase::make(const VerifyPlace& place, std::stop_token stop) {
  auto state = std::make_unique<State>();
  if (!place.server) {
    auto server = TemporaryServer::start(stop);
    if (!server) return fail(server.error());
    auto database = server->create_database("verify");
    if (!database) return fail(database.error());
    state->temporary = std::move(*server);
    state->connection = std::move(*database);
    return VerifyDatabase(std::move(state));
  }

  auto session = Session::open(*place.server);
  if (!session) return fail(session.error());
  const std::string name = unused_name();
  const auto created = session->execute(fmt::format("CREATE DATABASE {} TEMPLATE template0", name));
  if (created) {
    state->server = place.server;
    state->created = name;
    state->connection = place.server->with_database(name);
    return VerifyDatabase(std::move(state));
  }
  if (created.error().code == ErrorCode::database_unreachable) return fail(created.error());
  if (auto writable = require_writable(*session); !writable) return fail(writable.error());
  const auto empty = session->query(kIsEmpty);
  if (!empty) return fail(empty.error());
  if (place.names_own_database || empty->at(0).at(0) != "t") {
    return fail(ErrorCode::conflict,
                fmt::format("The {} cannot be used for verify: its role may not create a database, and it is {}; grant "
                            "CREATEDB, or name an empty database.",
                            place.server->label(), place.names_own_database ? "the project's own" : "not empty"));
  }
  state->borrowed = true;
  state->connection = place.server;
  return VerifyDatabase(std::move(state));
}

}  // namespace refract::live
